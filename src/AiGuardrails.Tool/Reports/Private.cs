using System.Globalization;
using AiGuardrails.Core.Secrets;

namespace AiGuardrails.Tool.Reports;

/// <summary>Puts asterisks over secrets and data about people, byte by byte, so that nothing moves.</summary>
internal static class Private
{
    public static void Hide(Span<byte> utf8)
    {
        Hide(utf8, utf8, starts: null);

        // An escape hides nothing from whoever looks: what is found in the text that it stands for is covered as it is written.
        if (utf8.IndexOf((byte)'\\') >= 0)
        {
            var plain = new byte[utf8.Length];
            var starts = new int[utf8.Length + 1];
            var count = Unescape(utf8, plain, starts);
            Hide(plain.AsSpan(0, count), utf8, starts);
        }
    }

    public static void Fill(Span<byte> utf8, int start, int length)
    {
        for (var i = Math.Max(0, start); i < Math.Min(start + length, utf8.Length); i++)
        {
            utf8[i] = utf8[i] < 0x80 ? (byte)'*' : utf8[i];
        }
    }

    private static void Hide(ReadOnlySpan<byte> text, Span<byte> utf8, int[]? starts)
    {
        for (var from = 0; SecretDetector.TryFind(text, from, out var secret); from = secret.Start + secret.Length)
        {
            FillWritten(utf8, secret.Start + secret.PrefixLength, secret.Start + secret.Length, starts);
        }

        for (var from = 0; PersonalData.TryFind(text, from, out var data); from = data.Start + data.Length)
        {
            FillWritten(utf8, data.Start, data.Start + data.Length, starts);
        }
    }

    private static void FillWritten(Span<byte> utf8, int start, int end, int[]? starts)
    {
        (start, end) = starts is null ? (start, end) : (starts[start], starts[end]);
        Fill(utf8, start, end - start);
    }

    // The text that escapes stand for, as far as it is ASCII, which all that is hidden is; and where each of its bytes is written.
    private static int Unescape(ReadOnlySpan<byte> utf8, Span<byte> plain, Span<int> starts)
    {
        var count = 0;
        for (var i = 0; i < utf8.Length;)
        {
            starts[count] = i;
            var rest = utf8[i..];
            if (rest is [(byte)'\\', (byte)'u', _, _, _, _, ..] && ushort.TryParse(rest.Slice(2, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var character) && character < 0x80)
            {
                plain[count++] = (byte)character;
                i += 6;
            }
            else if (rest is [(byte)'\\', (byte)'/' or (byte)'\\' or (byte)'"', ..])
            {
                plain[count++] = rest[1];
                i += 2;
            }
            else
            {
                plain[count++] = rest[0];
                i++;
            }
        }

        starts[count] = utf8.Length;
        return count;
    }
}
