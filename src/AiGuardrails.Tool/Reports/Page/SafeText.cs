using System.Globalization;
using System.Text;

namespace AiGuardrails.Tool.Reports.Page;

/// <summary>
/// Text from files as it goes into a page: nothing in it is markup, nothing in it turns the writing around or hides, and what is no
/// character is shown as what it is.
/// </summary>
internal static class SafeText
{
    /// <summary>Appends text, encoded for elements and for attributes in quotation marks.</summary>
    public static void Append(StringBuilder page, string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            switch (c)
            {
                case '&': _ = page.Append("&amp;"); break;
                case '<': _ = page.Append("&lt;"); break;
                case '>': _ = page.Append("&gt;"); break;
                case '"': _ = page.Append("&quot;"); break;
                case '\'': _ = page.Append("&#39;"); break;
                case '\n' or '\t' or (>= ' ' and < '\u007F'): _ = page.Append(c); break;
                case '\r' when i + 1 < text.Length && text[i + 1] == '\n': break;
                default:
                    i += AppendRare(page, text, i) - 1;
                    break;
            }
        }
    }

    /// <summary>Encodes text.</summary>
    public static string Encode(string text)
    {
        var page = new StringBuilder(text.Length + 16);
        Append(page, text);
        return page.ToString();
    }

    /// <summary>Cuts a text that is longer than a reader would read; no character is cut in two.</summary>
    public static string Cut(string text, int most)
    {
        if (text.Length <= most)
        {
            return text;
        }

        var end = char.IsHighSurrogate(text[most - 1]) ? most - 1 : most;
        return string.Create(CultureInfo.InvariantCulture, $"{text.AsSpan(0, end)}… ({text.Length - end:N0} more characters)");
    }

    private static int AppendRare(StringBuilder page, string text, int index)
    {
        if (!Rune.TryGetRuneAt(text, index, out var rune))
        {
            // Half of a surrogate pair is no character: a page with it would be no text at all.
            AppendCode(page, text[index]);
            return 1;
        }

        if (IsShownAsCode(rune))
        {
            AppendCode(page, rune.Value);
        }
        else
        {
            _ = page.Append(text, index, rune.Utf16SequenceLength);
        }

        return rune.Utf16SequenceLength;
    }

    // Joiners stay: scripts and emoji need them, and they move nothing.
    private static bool IsShownAsCode(Rune rune) =>
        rune.Value is not (0x200C or 0x200D)
        && (Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
            || (rune.Value & 0xFFFE) == 0xFFFE
            || rune.Value is >= 0xFDD0 and <= 0xFDEF);

    private static void AppendCode(StringBuilder page, int code) => page.Append(CultureInfo.InvariantCulture, $"[U+{code:X4}]");
}
