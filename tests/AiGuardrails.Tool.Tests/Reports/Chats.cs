using System.Text.Json;

namespace AiGuardrails.Tool.Tests.Reports;

/// <summary>Lines of training data.</summary>
internal static class Chats
{
    private static readonly JsonSerializerOptions s_plain = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Line(string question, string answer) => JsonSerializer.Serialize(
        new
        {
            messages = new[]
            {
                new { role = "system", content = "Be brief." },
                new { role = "user", content = question },
                new { role = "assistant", content = answer },
            },
        },
        s_plain) + "\n";

    public static string Many(int count, string prefix = "") =>
        string.Concat(Enumerable.Range(0, count).Select(i => Line($"{prefix}question {i}", string.Join(' ', Enumerable.Repeat("word", 5 + (i % 40))))));
}
