using AiGuardrails.Core.Json;

namespace AiGuardrails.Core.Text;

/// <summary>Code points of a text in UTF-8 or UTF-16, forwards and backwards; what is neither reads as U+FFFD.</summary>
internal readonly ref struct Scalars
{
    private const int Replacement = 0xFFFD;

    private readonly ReadOnlySpan<byte> _utf8;
    private readonly ReadOnlySpan<char> _utf16;
    private readonly bool _isUtf16;

    public Scalars(ReadOnlySpan<byte> utf8)
    {
        this = default;
        _utf8 = utf8;
    }

    public Scalars(ReadOnlySpan<char> utf16)
    {
        this = default;
        _utf16 = utf16;
        _isUtf16 = true;
    }

    /// <summary>Gets the length in the units of the text: bytes or UTF-16 code units.</summary>
    public int Length => _isUtf16 ? _utf16.Length : _utf8.Length;

    /// <summary>Finds the first unit that is not ASCII, from an index on; the length where all are.</summary>
    public int IndexOfNonAscii(int from)
    {
        if (_isUtf16)
        {
            while (from < _utf16.Length && _utf16[from] < 0x80)
            {
                from++;
            }

            return from;
        }

        return from + Ascii.CountAtStart(_utf8.Slice(from));
    }

    /// <summary>Reads the code point at an index; -1 at the end.</summary>
    public int At(int index, out int size)
    {
        size = 1;
        if (index >= Length)
        {
            return -1;
        }

        if (_isUtf16)
        {
            var c = _utf16[index];
            if (char.IsHighSurrogate(c) && index + 1 < _utf16.Length && char.IsLowSurrogate(_utf16[index + 1]))
            {
                size = 2;
                return char.ConvertToUtf32(c, _utf16[index + 1]);
            }

            return char.IsSurrogate(c) ? Replacement : c;
        }

        var rest = _utf8.Slice(index);
        size = Utf8.SequenceLength(rest);
        switch (size)
        {
            case 1:
                return rest[0];
            case 2:
                return ((rest[0] & 0x1F) << 6) | (rest[1] & 0x3F);
            case 3:
                return ((rest[0] & 0x0F) << 12) | ((rest[1] & 0x3F) << 6) | (rest[2] & 0x3F);
            case 4:
                return ((rest[0] & 0x07) << 18) | ((rest[1] & 0x3F) << 12) | ((rest[2] & 0x3F) << 6) | (rest[3] & 0x3F);
            default:
                size = 1;
                return Replacement;
        }
    }

    /// <summary>Reads the code point before an index; -1 at the start.</summary>
    public int Before(int index, out int start)
    {
        start = index - 1;
        if (index <= 0)
        {
            return -1;
        }

        var furthest = Math.Max(0, index - (_isUtf16 ? 2 : 4));
        for (var i = index - 1; i >= furthest; i--)
        {
            var scalar = At(i, out var size);
            if (i + size == index && scalar != Replacement)
            {
                start = i;
                return scalar;
            }
        }

        return Replacement;
    }
}
