#if NET8_0_OR_GREATER
using System.Buffers;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
#endif
using System.Text;
using AiGuardrails.Core.Text;

namespace AiGuardrails.Core.Prompts;

/// <summary>Cleans text that others wrote before it is placed in a prompt.</summary>
internal static class OpenText
{
    // Taking a character away may uncover another; in sound text nothing is left after one pass.
    private const int MaxPasses = 8;

#if NET8_0_OR_GREATER
    private static readonly SearchValues<char> s_ascii = SearchValues.Create(Concat((' ', '~'), ('\n', '\n'), ('\t', '\t')));

    // All that is ever taken out or replaced, halves of characters apart; where one of them stands, the long way decides.
    private static readonly SearchValues<char> s_special = SearchValues.Create(Concat(
        ('\0', '\b'), ('\v', '\u001F'), ('\u007F', '\u009F'), ('\u061C', '\u061C'), ('\u180B', '\u180F'), ('\u200B', '\u200F'),
        ('\u2028', '\u202E'), ('\u2060', '\u2069'), ('\uFE00', '\uFE0F'), ('\uFEFF', '\uFEFF')));

    private static string Concat(params (char First, char Last)[] ranges) =>
        string.Concat(ranges.SelectMany(static range => Enumerable.Range(range.First, range.Last - range.First + 1)).Select(static c => (char)c));
#endif

    /// <summary>
    /// Takes out what nobody sees (see <see cref="HiddenUnicode"/>) and control characters other than tabs and line breaks,
    /// ends every line with a line feed, and puts U+FFFD for halves of characters.
    /// </summary>
    public static string Clean(string text) => IsPlain(text.AsSpan()) ? text : CleanThoroughly(text);

    /// <summary>Does the same without the short way.</summary>
    internal static string CleanThoroughly(string text)
    {
        text = WithoutControls(text);
        for (var pass = 0; pass < MaxPasses; pass++)
        {
            var hasRightToLeft = (bool?)null;
            if (!HiddenUnicode.TryFind(text.AsSpan(), 0, ref hasRightToLeft, out var run))
            {
                break;
            }

            var cleaned = new StringBuilder(text.Length);
            var position = 0;
            do
            {
                cleaned.Append(text, position, run.Start - position);
                position = run.Start + run.Length;
            }
            while (HiddenUnicode.TryFind(text.AsSpan(), position, ref hasRightToLeft, out run));

            text = cleaned.Append(text, position, text.Length - position).ToString();
        }

        return text;
    }

    /// <summary>Whether no character of the text can be one to take out or to replace, wherever it stands.</summary>
    private static bool IsPlain(ReadOnlySpan<char> text)
    {
#if NET8_0_OR_GREATER
        var start = text.IndexOfAnyExcept(s_ascii);
        if (start >= 0 && Vector256.IsHardwareAccelerated && text.Length - start >= Vector256<ushort>.Count)
        {
            start = IndexOfUncommon(MemoryMarshal.Cast<char, ushort>(text), start);
        }

        return start < 0 || (text.Slice(start).IndexOfAny(s_special) < 0 && text.Slice(start).IndexOfAnyInRange('\uD800', '\uDFFF') < 0);
#else
        foreach (var c in text)
        {
            if (c is not ((>= ' ' and < '\u007F') or '\n' or '\t'))
            {
                return false;
            }
        }

        return true;
#endif
    }

#if NET8_0_OR_GREATER
    /// <summary>
    /// Finds where characters begin that are not of the common ones, none of which is special: the ranges of Latin to Hebrew, of
    /// punctuation, of Chinese, Japanese and Korean. A look for the special ones is many times slower on these scripts.
    /// </summary>
    /// <returns>The index of sixteen characters of which at least one is not common, or -1.</returns>
    private static int IndexOfUncommon(ReadOnlySpan<ushort> text, int start)
    {
        // The last sixteen are looked at again rather than one by one.
        for (var i = start; i < text.Length; i += Vector256<ushort>.Count)
        {
            i = Math.Min(i, text.Length - Vector256<ushort>.Count);
            var characters = Vector256.LoadUnsafe(ref MemoryMarshal.GetReference(text), (nuint)i);
            var common = IsIn(characters, '\u3000', '\uD7FF') | IsIn(characters, ' ', '~') | IsIn(characters, '\uFF01', '\uFFEF');
            if (common != Vector256<ushort>.AllBitsSet)
            {
                common |= IsIn(characters, '\u00A0', '\u0600') | IsIn(characters, '\u2010', '\u2027') | IsIn(characters, '\t', '\n');
                if (common != Vector256<ushort>.AllBitsSet)
                {
                    return i;
                }
            }
        }

        return -1;
    }

    private static Vector256<ushort> IsIn(Vector256<ushort> characters, char first, char last) =>
        Vector256.LessThanOrEqual(characters - Vector256.Create((ushort)first), Vector256.Create((ushort)(last - first)));
#endif

    private static string WithoutControls(string text)
    {
        var first = 0;
        while (first < text.Length && (text[first] is (>= ' ' and < '\u007F') or '\n' or '\t' or (> '\u00A0' and < '\u2000') or (> '\u2029' and < '\uD800')))
        {
            first++;
        }

        if (first == text.Length)
        {
            return text;
        }

        var cleaned = new StringBuilder(text.Length).Append(text, 0, first);
        for (var i = first; i < text.Length; i++)
        {
            var c = text[i];
            switch (c)
            {
                case '\r':
                    if (i + 1 == text.Length || text[i + 1] != '\n')
                    {
                        cleaned.Append('\n');
                    }

                    break;
                case '\u0085' or '\u2028' or '\u2029':
                    cleaned.Append('\n');
                    break;
                case '\n' or '\t':
                    cleaned.Append(c);
                    break;
                case < ' ' or (>= '\u007F' and < '\u00A0'):
                    break;
                case >= '\uD800' and <= '\uDBFF' when i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]):
                    cleaned.Append(c).Append(text[++i]);
                    break;
                case >= '\uD800' and <= '\uDFFF':
                    cleaned.Append('\uFFFD');
                    break;
                default:
                    cleaned.Append(c);
                    break;
            }
        }

        // Most often, what stopped the quick look was a letter that is in order.
        var result = cleaned.ToString();
        return string.Equals(result, text, StringComparison.Ordinal) ? text : result;
    }
}
