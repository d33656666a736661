using System.Text;

namespace AiGuardrails.Analyzers.Sdks;

/// <summary>How enums of models spell the IDs of the wire: <c>ClaudeHaiku4_5_20251001</c> for <c>claude-haiku-4-5-20251001</c>.</summary>
internal static class ModelEnumNames
{
    public static string WireNameOf(string member)
    {
        var name = new StringBuilder(member.Length + 8);
        for (var i = 0; i < member.Length; i++)
        {
            var c = member[i];
            if (c == '_')
            {
                name.Append('-');
                continue;
            }

            // A hyphen before a capital, and where a word turns into a number.
            if (i > 0 && member[i - 1] != '_' && (c is >= 'A' and <= 'Z' || (c is >= '0' and <= '9' && member[i - 1] is not (>= '0' and <= '9'))))
            {
                name.Append('-');
            }

            name.Append(char.ToLowerInvariant(c));
        }

        return name.ToString();
    }
}
