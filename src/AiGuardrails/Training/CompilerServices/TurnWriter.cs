using AiGuardrails.Core.Json;
using AiGuardrails.Core.Training.Records;

namespace AiGuardrails.CompilerServices;

/// <summary>Writes the turns of a conversation.</summary>
internal static class TurnWriter
{
    /// <summary>Writes the turns, with commas between them.</summary>
    /// <returns>Null, or what is wrong with them: a clause.</returns>
    public static string? Write(ref JsonUtf8Writer json, RecordPlan plan, int member, IEnumerable<ChatTurn> turns) => "it cannot be written yet";
}
