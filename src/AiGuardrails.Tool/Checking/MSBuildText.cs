using System.Globalization;
using System.Text;

namespace AiGuardrails.Tool.Checking;

/// <summary>Text that MSBuild must take as it is, although it gives some characters a meaning.</summary>
internal static class MSBuildText
{
    private const string Special = "%$@';,?*()";

    public static string Escape(string text)
    {
        var escaped = new StringBuilder(text.Length);
        foreach (var c in text)
        {
            _ = Special.Contains(c, StringComparison.Ordinal)
                ? escaped.Append(CultureInfo.InvariantCulture, $"%{(int)c:x2}")
                : escaped.Append(c);
        }

        return escaped.ToString();
    }
}
