using System.Text;
using AiGuardrails.Core.Json;
#if NET8_0_OR_GREATER
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
#else
using System.Buffers.Binary;
#endif

namespace AiGuardrails.Core.Text;

/// <summary>
/// A text as it is compared with others: NFKC, case folded, white space collapsed. The usual scripts take a short way,
/// character by character; whatever could compose or decompose goes through the platform. One instance serves any
/// number of texts and keeps its buffer.
/// </summary>
internal sealed partial class NormalisedText
{
    private byte[] _buffer = new byte[1024];

    /// <summary>Normalises a text; the result is valid until the next call.</summary>
    public ReadOnlySpan<byte> Of(ReadOnlySpan<byte> utf8)
    {
        // No character becomes longer on the short way; the margin is for blocks that write more than counts.
        if (_buffer.Length < utf8.Length + Margin)
        {
            _buffer = new byte[Math.Max(utf8.Length + Margin, _buffer.Length * 2)];
        }

        return TryShortWay(utf8, _buffer, out var length)
            ? _buffer.AsSpan(0, length)
            : LongWay(utf8);
    }

    private const int Margin = 64;

#if NET8_0_OR_GREATER
    private const uint FiveLeads = 0b1_0010_0100_1001;
#endif

    private static bool TryShortWay(ReadOnlySpan<byte> utf8, byte[] output, out int written)
    {
        // Places are kept in locals whose address nobody takes: this is the loop in which the time goes.
        written = 0;
        var length = 0;
        var i = 0;
        while (i < utf8.Length)
        {
            if (utf8[i] < 0x80)
            {
                (i, length) = CopyAscii(utf8, output, i, length);
                continue;
            }

            var kana = EndOfKana(utf8, i);
            if (kana > i)
            {
                utf8.Slice(i, kana - i).CopyTo(output.AsSpan(length));
                length += kana - i;
                i = kana;
                continue;
            }

#if NET8_0_OR_GREATER
            if (utf8[i] >= 0xE2)
            {
                var from = i;
                (i, length) = CopyThrees(utf8, output, i, length);
                if (i > from)
                {
                    continue;
                }
            }
#endif
            if (utf8[i] is >= 0xE4 and <= 0xE9)
            {
                // Han: what most of a Chinese text is, and nothing to do but to copy it.
                var end = EndOfHan(utf8, i);
                utf8.Slice(i, end - i).CopyTo(output.AsSpan(length));
                length += end - i;
                i = end;
                continue;
            }

            if (utf8[i] < 0xE0 && i + 1 < utf8.Length && (utf8[i + 1] & 0xC0) == 0x80)
            {
                var folded = Folds[((utf8[i] & 0x1F) << 6) | (utf8[i + 1] & 0x3F)];
                if (folded == '\0')
                {
                    return false;
                }

                i += 2;
                if (folded == ' ')
                {
                    length = PutSpace(output, length);
                    continue;
                }

                output[length] = (byte)(0xC0 | (folded >> 6));
                output[length + 1] = (byte)(0x80 | (folded & 0x3F));
                length += 2;
                continue;
            }

            var size = Utf8.SequenceLength(utf8.Slice(i));
            if (size is 0 or 4)
            {
                // Emoji and the like stay as they are; mathematical letters and symbols of Latin letters do not.
                if (size == 0 || utf8[i + 1] != 0x9F || utf8[i + 2] is < 0x8C or > 0xAB)
                {
                    return false;
                }

                utf8.Slice(i, 4).CopyTo(output.AsSpan(length));
                i += 4;
                length += 4;
                continue;
            }

            var c = size == 2
                ? (char)(((utf8[i] & 0x1F) << 6) | (utf8[i + 1] & 0x3F))
                : (char)(((utf8[i] & 0x0F) << 12) | ((utf8[i + 1] & 0x3F) << 6) | (utf8[i + 2] & 0x3F));
            i += size;
            if (IsSpace(c))
            {
                length = PutSpace(output, length);
                continue;
            }

            if (c is >= '\uFF01' and <= '\uFF5E')
            {
                output[length++] = Lower((byte)(c - 0xFEE0));
                continue;
            }

            if (c == '…')
            {
                output.AsSpan(length, 3).Fill((byte)'.');
                length += 3;
                continue;
            }

            c = Fold(c);
            if (c == '\0')
            {
                return false;
            }

            if (c < 0x800)
            {
                output[length++] = (byte)(0xC0 | (c >> 6));
                output[length++] = (byte)(0x80 | (c & 0x3F));
            }
            else
            {
                output[length++] = (byte)(0xE0 | (c >> 12));
                output[length++] = (byte)(0x80 | ((c >> 6) & 0x3F));
                output[length++] = (byte)(0x80 | (c & 0x3F));
            }
        }

        if (length > 0 && output[length - 1] == (byte)' ')
        {
            length--;
        }

        written = length;
        return true;
    }

#if NET8_0_OR_GREATER
    private const int CharactersInBlock = 5;
    private const int BytesOfBlock = 15;

    // For each set of characters of a block that become one byte: where the bytes that are left come from.
    private static readonly byte[] s_moves = Moves();

    private static byte[] Moves()
    {
        var moves = new byte[Vector128<byte>.Count << CharactersInBlock];
        moves.AsSpan().Fill(0xFF);
        for (var set = 0; set < 1 << CharactersInBlock; set++)
        {
            var to = set * Vector128<byte>.Count;
            for (var each = 0; each < CharactersInBlock; each++)
            {
                for (var part = 0; part < (((set >> each) & 1) == 0 ? 3 : 1); part++)
                {
                    moves[to++] = (byte)((each * 3) + part);
                }
            }
        }

        return moves;
    }

    /// <summary>
    /// Copies characters of three bytes, five at a time, as long as they are Han, the comma and full stop that go with it and curved
    /// quotation marks, all of which stay, or of full width (U+FF01 to U+FF3F), which become ASCII.
    /// </summary>
    private static (int Index, int Length) CopyThrees(ReadOnlySpan<byte> utf8, byte[] output, int i, int length)
    {
        if (!Utf8Validator.IsSupported)
        {
            return (i, length);
        }

        ref var source = ref MemoryMarshal.GetReference(utf8);
        ref var target = ref MemoryMarshal.GetArrayDataReference(output);
        while (i + Vector128<byte>.Count + 2 <= utf8.Length)
        {
            var first = Vector128.LoadUnsafe(ref source, (nuint)i);
            var second = Vector128.LoadUnsafe(ref source, (nuint)(i + 1));
            var third = Vector128.LoadUnsafe(ref source, (nuint)(i + 2));

            // The bytes between the leads are well-formed, and what is found there is of no interest.
            var han = Within(first, 0xE4, 0xE9);
            var kept = Vector128.Equals(second, Vector128.Create((byte)0x80))
                & ((Vector128.Equals(first, Vector128.Create((byte)0xE3)) & Within(third, 0x81, 0x82))
                    | (Vector128.Equals(first, Vector128.Create((byte)0xE2)) & Within(third, 0x98, 0x9F)));
            var wide = Vector128.Equals(first, Vector128.Create((byte)0xEF)) & Vector128.Equals(second, Vector128.Create((byte)0xBC)) & Within(third, 0x81, 0xBF);
            var upper = Within(third, 0xA1, 0xBA) & Vector128.Create((byte)0x20);
            var block = Vector128.ConditionalSelect(wide, third - Vector128.Create((byte)0x60) + upper, first);
            var others = ~(han | kept | wide).ExtractMostSignificantBits() & FiveLeads;
            var wides = wide.ExtractMostSignificantBits();
            if (others != 0)
            {
                // As many as there are; what follows is for others.
                var count = BitOperations.TrailingZeroCount(others);
                length = PutThrees(block, wides & ((1u << count) - 1), count, ref target, length);
                return (i + count, length);
            }

            length = PutThrees(block, wides & FiveLeads, BytesOfBlock, ref target, length);
            i += BytesOfBlock;
        }

        return (i, length);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int PutThrees(Vector128<byte> block, uint wides, int count, ref byte target, int length)
    {
        var set = (wides & 1) | ((wides >> 2) & 2) | ((wides >> 4) & 4) | ((wides >> 6) & 8) | ((wides >> 8) & 16);
        ref var moves = ref MemoryMarshal.GetArrayDataReference(s_moves);
        Utf8Validator.LookUp(block, Vector128.LoadUnsafe(ref moves, set * (nuint)Vector128<byte>.Count)).StoreUnsafe(ref target, (nuint)length);
        return length + count - (2 * BitOperations.PopCount(wides));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<byte> Within(Vector128<byte> bytes, byte least, byte most)
    {
        var above = bytes - Vector128.Create(least);
        return Vector128.Equals(Vector128.Min(above, Vector128.Create((byte)(most - least))), above);
    }
#endif

    private static (int Index, int Length) CopyAscii(ReadOnlySpan<byte> utf8, byte[] output, int i, int length)
    {
#if NET8_0_OR_GREATER
        // Blocks without line breaks and double spaces: lower case is all that there is to do.
        if (Vector128.IsHardwareAccelerated)
        {
            ref var source = ref MemoryMarshal.GetReference(utf8);
            ref var target = ref MemoryMarshal.GetArrayDataReference(output);
            while (i + Vector128<byte>.Count < utf8.Length)
            {
                var block = Vector128.LoadUnsafe(ref source, (nuint)i);
                var spaces = Vector128.Equals(block, Vector128.Create((byte)' '));
                var next = Vector128.Equals(Vector128.LoadUnsafe(ref source, (nuint)(i + 1)), Vector128.Create((byte)' '));
                var odd = Vector128.LessThan(block.AsSByte(), Vector128.Create((sbyte)' ')).AsByte() | (spaces & next);
                if (odd != Vector128<byte>.Zero || (utf8[i] == (byte)' ' && (length == 0 || output[length - 1] == (byte)' ')))
                {
                    break;
                }

                var shifted = (block + Vector128.Create((byte)(0x80 - 'A'))).AsSByte();
                var upper = Vector128.LessThan(shifted, Vector128.Create((sbyte)(-128 + 26))).AsByte();
                (block + (upper & Vector128.Create((byte)0x20))).StoreUnsafe(ref target, (nuint)length);
                i += Vector128<byte>.Count;
                length += Vector128<byte>.Count;
            }
        }
#else
        // Eight bytes without line breaks and double spaces: lower case is all that there is to do.
        while (i + sizeof(ulong) <= utf8.Length)
        {
            // All of them are below 0x80, so that nothing is carried from one to the next.
            var word = BinaryPrimitives.ReadUInt64LittleEndian(utf8.Slice(i));
            var spaces = ~((word ^ (Ascii.EachByte * (byte)' ')) + (Ascii.EachByte * 0x7F)) & Ascii.HighBits;
            var controls = ~(word + (Ascii.EachByte * 0x60)) & Ascii.HighBits;
            if (((word & Ascii.HighBits) | controls | (spaces & (spaces << 8))) != 0 || ((byte)word == (byte)' ' && (length == 0 || output[length - 1] == (byte)' ')))
            {
                break;
            }

            var upper = ((word + (Ascii.EachByte * (0x80 - 'A'))) & ~(word + (Ascii.EachByte * (0x80 - 'Z' - 1)))) & Ascii.HighBits;
            BinaryPrimitives.WriteUInt64LittleEndian(output.AsSpan(length), word | (upper >> 2));
            i += sizeof(ulong);
            length += sizeof(ulong);
        }
#endif
        // To the end of the run, or of what the block could not do.
        var stop = Math.Min(utf8.Length, i + 16);
        while (i < stop && utf8[i] < 0x80)
        {
            var b = utf8[i++];
            if (b is (byte)' ' or (>= (byte)'\t' and <= (byte)'\r'))
            {
                length = PutSpace(output, length);
            }
            else
            {
                output[length++] = Lower(b);
            }
        }

        return (i, length);
    }

    private static int PutSpace(byte[] output, int length)
    {
        if (length > 0 && output[length - 1] != (byte)' ')
        {
            output[length++] = (byte)' ';
        }

        return length;
    }

    // Texts of rarer scripts and with combining marks. It allocates.
    internal ReadOnlySpan<byte> LongWay(ReadOnlySpan<byte> utf8)
    {
        string text;
        try
        {
            text = Utf8.GetString(utf8).Normalize(NormalizationForm.FormKC).ToUpperInvariant().ToLowerInvariant().Normalize(NormalizationForm.FormKC);
        }
        catch (ArgumentException)
        {
            // No text: surrogates alone, or code points that the platform has no place for.
            _buffer = _buffer.Length < utf8.Length + Margin ? new byte[utf8.Length + Margin] : _buffer;
            utf8.CopyTo(_buffer);
            return _buffer.AsSpan(0, utf8.Length);
        }

        var builder = new StringBuilder(text.Length);
        foreach (var c in text)
        {
            if (!char.IsWhiteSpace(c))
            {
                builder.Append(c == 'ς' ? 'σ' : c);
            }
            else if (builder.Length > 0 && builder[builder.Length - 1] != ' ')
            {
                builder.Append(' ');
            }
        }

        _buffer = Encoding.UTF8.GetBytes(builder.ToString().TrimEnd(' '));
        var result = _buffer.AsSpan();
        if (_buffer.Length < Margin)
        {
            Array.Resize(ref _buffer, Margin);
        }

        return result;
    }
}
