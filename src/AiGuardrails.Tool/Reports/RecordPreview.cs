using System.Text.Json;

namespace AiGuardrails.Tool.Reports;

/// <summary>What a record says, without the syntax around it: who says what, instructions aside, since they are the same everywhere.</summary>
internal static class RecordPreview
{
    /// <summary>The conversation in a line; the line itself where it is none, or not whole.</summary>
    public static string Of(string line)
    {
        try
        {
            using var json = JsonDocument.Parse(line);
            return json.RootElement is { ValueKind: JsonValueKind.Object } record
                && record.TryGetProperty("messages", out var messages)
                && messages.ValueKind == JsonValueKind.Array
                && string.Join(" → ", messages.EnumerateArray().Select(TextOf).OfType<string>()) is { Length: > 0 } text
                    ? text
                    : line;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // Cut off, or text that is no text: half of a surrogate pair.
            return line;
        }
    }

    private static string? TextOf(JsonElement message) =>
        message.ValueKind == JsonValueKind.Object
        && message.TryGetProperty("role", out var role) && role.ValueKind == JsonValueKind.String && role.GetString() is { } who and not ("system" or "developer")
        && message.TryGetProperty("content", out var content) && content.ValueKind == JsonValueKind.String
            ? $"{who}: {content.GetString()}"
            : null;
}
