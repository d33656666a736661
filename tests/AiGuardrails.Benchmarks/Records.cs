using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace AiGuardrails.Benchmarks;

/// <summary>A chat example as a team declares it.</summary>
[TrainingRecord]
internal sealed partial record SupportExample
{
    [SystemMessage]
    public static string Persona => "You are a customer support agent for Acme Corp. Answer in one or two short, friendly sentences.";

    [UserMessage]
    public required string Question { get; init; }

    [AssistantMessage]
    public required string Answer { get; init; }
}

/// <summary>The same line as it is declared for System.Text.Json.</summary>
internal sealed record ChatLine([property: JsonPropertyName("messages")] ChatMessage[] Messages);

internal sealed record ChatMessage([property: JsonPropertyName("role")] string Role, [property: JsonPropertyName("content")] string Content);

[JsonSerializable(typeof(ChatLine))]
internal sealed partial class ChatJson : JsonSerializerContext;

internal static class Data
{
    private const string English =
        "Hello, I ordered two \"Aurora\" lamps on the 14th, and only one of them has come so far. The tracking page says that the parcel was "
        + "delivered in full, which it was not. Could you find out where the other lamp is?\nI need it before the end of the month, so please let me know soon.";

    private const string Chinese =
        "您好，我在十四号订购了两盏“极光”台灯，到目前为止只收到了一盏。物流页面显示包裹已经全部送达，但事实并非如此。请问另一盏台灯现在在哪里？"
        + "我在月底之前需要用到它，所以请尽快告诉我。如果已经丢失，能否重新发货，或者退还这一盏的款项？谢谢！";

    public static JsonWriterOptions Relaxed { get; } = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    /// <summary>Records that are all different, in one language.</summary>
    public static SupportExample[] Records(bool chinese, int count)
    {
        var text = chinese ? Chinese : English;
        return [.. Enumerable.Range(0, count).Select(i => new SupportExample
        {
            Question = string.Create(CultureInfo.InvariantCulture, $"{i}. {text}"),
            Answer = text[..(text.Length / 2)] + i.ToString(CultureInfo.InvariantCulture),
        })];
    }

    public static ChatLine ToLine(SupportExample record) =>
        new([new ChatMessage("system", SupportExample.Persona), new ChatMessage("user", record.Question), new ChatMessage("assistant", record.Answer)]);

    /// <summary>The lines of records, as a file holds them.</summary>
    public static byte[] File(bool chinese, int count)
    {
        using var block = new ByteBuffer();
        var sink = new RecordSink<SupportExample>("benchmark", CompilerServices.TrainingRecordSchema<SupportExample>.Instance.LayoutOf(TrainingTarget.OpenAIChat));
        foreach (var record in Records(chinese, count))
        {
            sink.Add(record, block);
        }

        return block.Written.ToArray();
    }
}
