using System.Globalization;
using System.Security.Cryptography;
using AiGuardrails.CompilerServices;
using AiGuardrails.Core.Json;

namespace AiGuardrails;

/// <summary>
/// What a manifest says of the records: a hash of the members of their type, one of the instructions that all of them have, and the
/// prompts that they were rendered from, which are known when all of them are written.
/// </summary>
internal readonly record struct RecordFingerprint(string? SchemaHash, string? PromptHash, HashSet<TrainingManifestPrompt>? Prompts)
{
    /// <summary>Gets the fingerprint of records of a type.</summary>
    public static RecordFingerprint Of<T>()
        where T : ITrainingRecord<T>
    {
        var schema = TrainingRecordSchema<T>.Instance;
        using var members = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        using var prompt = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var hasPrompt = false;
        for (var i = 0; i < schema.Members.Count; i++)
        {
            var member = schema.Members[i];
            Add(members, FormattableString.Invariant($"{member.Name}:{member.Role}:{member.Weight}:{member.Value}:{member.WireName}:{(member.IsOptional ? "optional" : "required")}:{(member.IsStatic ? "static" : "instance")}"));
            if (member.IsStatic && member.Role == TrainingRole.System && schema.GetStaticText(i) is { } text)
            {
                hasPrompt = true;
                Add(prompt, text);
            }
        }

        return new RecordFingerprint(Hex.Of(members.GetHashAndReset()), hasPrompt ? Hex.Of(prompt.GetHashAndReset()) : null, []);
    }

    // With its length, so that two texts are not the same as one. A text that is no Unicode fails when a record is written.
    private static void Add(IncrementalHash hash, string text)
    {
        var utf8 = System.Text.Encoding.UTF8.GetBytes(text);
        hash.AppendData(Utf8.GetBytes(utf8.Length.ToString(CultureInfo.InvariantCulture) + ":"));
        hash.AppendData(utf8);
    }
}

internal static class Hex
{
    private const string Digits = "0123456789abcdef";

    public static string Of(byte[] bytes) => string.Concat(bytes.Select(static b => $"{Digits[b >> 4]}{Digits[b & 0xF]}"));
}
