using System.Buffers;
#if NET8_0_OR_GREATER
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
#else
using System.Buffers.Binary;
using AiGuardrails.Core.Text;
#endif

namespace AiGuardrails.Core.Json;

/// <summary>The inside of a JSON string: bytes to text and text to bytes.</summary>
/// <remarks>
/// Written strings escape what RFC 8259 demands (quotation mark, backslash, control characters) and U+2028 and U+2029,
/// which some line-based readers take for line ends. Everything else stays UTF-8.
/// </remarks>
internal static class JsonString
{
    /// <summary>The most bytes that one UTF-16 code unit can need: <c>\u001F</c>.</summary>
    public const int MaxBytesPerChar = 6;

    private static ReadOnlySpan<byte> HexDigits => "0123456789ABCDEF"u8;

    /// <summary>Gets whether a byte stands for itself in a JSON string.</summary>
    public static bool IsPlain(byte b) => b is >= 0x20 and < 0x80 and not (byte)'"' and not (byte)'\\';

    /// <summary>Gets whether a UTF-16 code unit is written as the one byte that it is.</summary>
    public static bool IsPlain(char c) => c is >= ' ' and < '\u0080' and not '"' and not '\\';

    /// <summary>Finds the first byte that is not plain; the length where all are.</summary>
    public static int IndexOfNotPlain(ReadOnlySpan<byte> utf8)
    {
        var i = 0;
#if NET8_0_OR_GREATER
        ref var start = ref MemoryMarshal.GetReference(utf8);
        if (Vector256.IsHardwareAccelerated)
        {
            for (; i + Vector256<byte>.Count <= utf8.Length; i += Vector256<byte>.Count)
            {
                var special = NotPlain(Vector256.LoadUnsafe(ref start, (nuint)i)).ExtractMostSignificantBits();
                if (special != 0)
                {
                    return i + BitOperations.TrailingZeroCount(special);
                }
            }
        }

        if (Vector128.IsHardwareAccelerated)
        {
            for (; i + Vector128<byte>.Count <= utf8.Length; i += Vector128<byte>.Count)
            {
                var special = NotPlain(Vector128.LoadUnsafe(ref start, (nuint)i)).ExtractMostSignificantBits();
                if (special != 0)
                {
                    return i + BitOperations.TrailingZeroCount(special);
                }
            }
        }
#endif
        while (i < utf8.Length && IsPlain(utf8[i]))
        {
            i++;
        }

        return i;
    }

    /// <summary>Finds the first byte that ends a run of text in a string: a quotation mark, a backslash or a control character.</summary>
    /// <param name="utf8">The text.</param>
    /// <param name="isAscii">Becomes false if a byte of the run is not ASCII.</param>
    /// <returns>The index; the length where there is none.</returns>
    public static int IndexOfSpecial(ReadOnlySpan<byte> utf8, ref bool isAscii)
    {
        var i = 0;
#if NET8_0_OR_GREATER
        ref var start = ref MemoryMarshal.GetReference(utf8);
        if (Vector256.IsHardwareAccelerated)
        {
            var seen = Vector256<byte>.Zero;
            for (; i + Vector256<byte>.Count <= utf8.Length; i += Vector256<byte>.Count)
            {
                var block = Vector256.LoadUnsafe(ref start, (nuint)i);
                var special = (Vector256.Equals(Vector256.Min(block, Vector256.Create((byte)0x1F)), block)
                    | Vector256.Equals(block, Vector256.Create((byte)'"'))
                    | Vector256.Equals(block, Vector256.Create((byte)'\\'))).ExtractMostSignificantBits();
                if (special != 0)
                {
                    var index = BitOperations.TrailingZeroCount(special);
                    var before = block.ExtractMostSignificantBits() & ((1u << index) - 1);
                    isAscii &= seen.ExtractMostSignificantBits() == 0 && before == 0;
                    return i + index;
                }

                seen |= block;
            }

            isAscii &= seen.ExtractMostSignificantBits() == 0;
        }
        else if (Vector128.IsHardwareAccelerated)
        {
            var seen = Vector128<byte>.Zero;
            for (; i + Vector128<byte>.Count <= utf8.Length; i += Vector128<byte>.Count)
            {
                var block = Vector128.LoadUnsafe(ref start, (nuint)i);
                var special = (Vector128.Equals(Vector128.Min(block, Vector128.Create((byte)0x1F)), block)
                    | Vector128.Equals(block, Vector128.Create((byte)'"'))
                    | Vector128.Equals(block, Vector128.Create((byte)'\\'))).ExtractMostSignificantBits();
                if (special != 0)
                {
                    var index = BitOperations.TrailingZeroCount(special);
                    var before = block.ExtractMostSignificantBits() & ((1u << index) - 1);
                    isAscii &= seen.ExtractMostSignificantBits() == 0 && before == 0;
                    return i + index;
                }

                seen |= block;
            }

            isAscii &= seen.ExtractMostSignificantBits() == 0;
        }
#else
        while (i + sizeof(ulong) <= utf8.Length)
        {
            // Whether there is one among the eight; which, is found byte by byte.
            var word = BinaryPrimitives.ReadUInt64LittleEndian(utf8.Slice(i));
            var quotes = word ^ (Ascii.EachByte * (byte)'"');
            var escapes = word ^ (Ascii.EachByte * (byte)'\\');
            var special = ((word - (Ascii.EachByte * 0x20)) & ~word) | ((quotes - Ascii.EachByte) & ~quotes) | ((escapes - Ascii.EachByte) & ~escapes);
            if ((special & Ascii.HighBits) != 0)
            {
                break;
            }

            isAscii &= (word & Ascii.HighBits) == 0;
            i += sizeof(ulong);
        }
#endif
        while (i < utf8.Length)
        {
            var b = utf8[i];
            if (b is < 0x20 or (byte)'"' or (byte)'\\')
            {
                return i;
            }

            isAscii &= b < 0x80;
            i++;
        }

        return i;
    }

    /// <summary>Writes text as the inside of a JSON string.</summary>
    /// <param name="text">The text.</param>
    /// <param name="utf8">Where the bytes go.</param>
    /// <param name="charsRead">How much of the text was written; on <see cref="OperationStatus.InvalidData"/>, where the lone surrogate is.</param>
    /// <param name="bytesWritten">How many bytes it took.</param>
    /// <returns>
    /// <see cref="OperationStatus.DestinationTooSmall"/> may come while up to <see cref="MaxBytesPerChar"/> bytes are left;
    /// <see cref="OperationStatus.InvalidData"/> is a surrogate without its other half, which UTF-8 cannot hold.
    /// </returns>
    public static OperationStatus Encode(ReadOnlySpan<char> text, Span<byte> utf8, out int charsRead, out int bytesWritten)
    {
        var read = 0;
        var written = 0;
        var status = OperationStatus.Done;
        while (read < text.Length)
        {
            var plain = CopyPlain(text.Slice(read), utf8.Slice(written));
            read += plain;
            written += plain;

            // What follows is not plain, or there is no room; stay here as long as the text is not plain.
            while (read < text.Length)
            {
                var c = text[read];
                if (IsPlain(c) && written < utf8.Length)
                {
                    break;
                }

                if (utf8.Length - written < MaxBytesPerChar)
                {
                    status = OperationStatus.DestinationTooSmall;
                    break;
                }

                var target = utf8.Slice(written, MaxBytesPerChar);
                if (c >= 0x800)
                {
                    var run = CopyThreeByteRun(text.Slice(read), utf8.Slice(written));
                    if (run > 0)
                    {
                        read += run;
                        written += run * 3;
                    }
                    else if (char.IsSurrogate(c))
                    {
                        if (!char.IsHighSurrogate(c) || read + 1 == text.Length || !char.IsLowSurrogate(text[read + 1]))
                        {
                            status = OperationStatus.InvalidData;
                            break;
                        }

                        var scalar = char.ConvertToUtf32(c, text[read + 1]);
                        target[0] = (byte)(0xF0 | (scalar >> 18));
                        target[1] = (byte)(0x80 | ((scalar >> 12) & 0x3F));
                        target[2] = (byte)(0x80 | ((scalar >> 6) & 0x3F));
                        target[3] = (byte)(0x80 | (scalar & 0x3F));
                        read += 2;
                        written += 4;
                    }
                    else if (c is '\u2028' or '\u2029')
                    {
                        written += WriteEscape(c, target);
                        read++;
                    }
                    else
                    {
                        target[0] = (byte)(0xE0 | (c >> 12));
                        target[1] = (byte)(0x80 | ((c >> 6) & 0x3F));
                        target[2] = (byte)(0x80 | (c & 0x3F));
                        read++;
                        written += 3;
                    }
                }
                else if (c >= 0x80)
                {
                    target[0] = (byte)(0xC0 | (c >> 6));
                    target[1] = (byte)(0x80 | (c & 0x3F));
                    read++;
                    written += 2;
                }
                else
                {
                    written += WriteEscape(c, target);
                    read++;
                }
            }

            if (status != OperationStatus.Done)
            {
                break;
            }
        }

        charsRead = read;
        bytesWritten = written;
        return status;
    }

    /// <summary>Takes the escapes out of the inside of a JSON string that the reader has accepted.</summary>
    /// <returns>The number of bytes, never more than there were. An escaped lone surrogate becomes the three bytes that UTF-8 forbids.</returns>
    public static int Unescape(ReadOnlySpan<byte> escaped, Span<byte> utf8)
    {
        var written = 0;
        while (!escaped.IsEmpty)
        {
            var plain = escaped.IndexOf((byte)'\\');
            if (plain != 0)
            {
                var run = plain < 0 ? escaped : escaped.Slice(0, plain);
                run.CopyTo(utf8.Slice(written));
                written += run.Length;
                escaped = escaped.Slice(run.Length);
                continue;
            }

            int scalar = escaped[1];
            var length = 2;
            switch (scalar)
            {
                case 'b': scalar = '\b'; break;
                case 'f': scalar = '\f'; break;
                case 'n': scalar = '\n'; break;
                case 'r': scalar = '\r'; break;
                case 't': scalar = '\t'; break;
                case 'u':
                    scalar = ReadHex(escaped.Slice(2));
                    length = 6;
                    if (IsHighSurrogate(scalar) && escaped.Length >= 12 && escaped[6] == '\\' && escaped[7] == 'u')
                    {
                        var low = ReadHex(escaped.Slice(8));
                        if (IsLowSurrogate(low))
                        {
                            scalar = 0x10000 + ((scalar - 0xD800) << 10) + (low - 0xDC00);
                            length = 12;
                        }
                    }

                    break;
            }

            escaped = escaped.Slice(length);
            written += WriteScalar(scalar, utf8.Slice(written));
        }

        return written;
    }

    /// <summary>Finds where a byte of the text without escapes comes from.</summary>
    /// <returns>The first byte of what stands for it; the length at the end.</returns>
    public static int SourceOffset(ReadOnlySpan<byte> escaped, int offset)
    {
        Span<byte> one = stackalloc byte[12];
        var source = 0;
        while (source < escaped.Length && offset > 0)
        {
            if (escaped[source] != (byte)'\\')
            {
                source++;
                offset--;
                continue;
            }

            var length = escaped[source + 1] != (byte)'u' ? 2 : 6;
            if (length == 6
                && escaped.Length - source >= 12
                && IsHighSurrogate(ReadHex(escaped.Slice(source + 2)))
                && escaped[source + 6] == (byte)'\\' && escaped[source + 7] == (byte)'u'
                && IsLowSurrogate(ReadHex(escaped.Slice(source + 8))))
            {
                length = 12;
            }

            offset -= Unescape(escaped.Slice(source, length), one);
            source += length;
        }

        return source;
    }

    /// <summary>Decodes the inside of a JSON string that the reader has accepted and that holds no lone surrogate.</summary>
    public static string Decode(ReadOnlySpan<byte> escaped, bool hasEscapes)
    {
        if (!hasEscapes)
        {
            return Utf8.GetStringUnchecked(escaped);
        }

        var buffer = ArrayPool<byte>.Shared.Rent(escaped.Length);
        try
        {
            return Utf8.GetStringUnchecked(buffer.AsSpan(0, Unescape(escaped, buffer)));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    /// <summary>Reads four hexadecimal digits; -1 where there are none.</summary>
    public static int ReadHex(ReadOnlySpan<byte> utf8)
    {
        if (utf8.Length < 4)
        {
            return -1;
        }

        var value = 0;
        for (var i = 0; i < 4; i++)
        {
            int b = utf8[i];
            var digit = b switch
            {
                >= '0' and <= '9' => b - '0',
                >= 'a' and <= 'f' => b - 'a' + 10,
                >= 'A' and <= 'F' => b - 'A' + 10,
                _ => -1,
            };
            if (digit < 0)
            {
                return -1;
            }

            value = (value << 4) | digit;
        }

        return value;
    }

    public static bool IsHighSurrogate(int codeUnit) => codeUnit is >= 0xD800 and <= 0xDBFF;

    public static bool IsLowSurrogate(int codeUnit) => codeUnit is >= 0xDC00 and <= 0xDFFF;

    private static int WriteEscape(char c, Span<byte> utf8)
    {
        utf8[0] = (byte)'\\';
        switch (c)
        {
            case '"': utf8[1] = (byte)'"'; return 2;
            case '\\': utf8[1] = (byte)'\\'; return 2;
            case '\b': utf8[1] = (byte)'b'; return 2;
            case '\f': utf8[1] = (byte)'f'; return 2;
            case '\n': utf8[1] = (byte)'n'; return 2;
            case '\r': utf8[1] = (byte)'r'; return 2;
            case '\t': utf8[1] = (byte)'t'; return 2;
            default:
                utf8[1] = (byte)'u';
                utf8[2] = HexDigits[c >> 12];
                utf8[3] = HexDigits[(c >> 8) & 0xF];
                utf8[4] = HexDigits[(c >> 4) & 0xF];
                utf8[5] = HexDigits[c & 0xF];
                return 6;
        }
    }

    private static int WriteScalar(int scalar, Span<byte> utf8)
    {
        if (scalar < 0x80)
        {
            utf8[0] = (byte)scalar;
            return 1;
        }

        if (scalar < 0x800)
        {
            utf8[0] = (byte)(0xC0 | (scalar >> 6));
            utf8[1] = (byte)(0x80 | (scalar & 0x3F));
            return 2;
        }

        if (scalar < 0x10000)
        {
            utf8[0] = (byte)(0xE0 | (scalar >> 12));
            utf8[1] = (byte)(0x80 | ((scalar >> 6) & 0x3F));
            utf8[2] = (byte)(0x80 | (scalar & 0x3F));
            return 3;
        }

        utf8[0] = (byte)(0xF0 | (scalar >> 18));
        utf8[1] = (byte)(0x80 | ((scalar >> 12) & 0x3F));
        utf8[2] = (byte)(0x80 | ((scalar >> 6) & 0x3F));
        utf8[3] = (byte)(0x80 | (scalar & 0x3F));
        return 4;
    }

    /// <summary>Copies the plain characters at the start, as long as there is room, and counts them.</summary>
    private static int CopyPlain(ReadOnlySpan<char> text, Span<byte> utf8)
    {
        var count = Math.Min(text.Length, utf8.Length);
        var i = 0;
#if NET8_0_OR_GREATER
        // Bytes behind the first character that is not plain are written too, and overwritten by the caller: they are within the room.
        ref var source = ref Unsafe.As<char, ushort>(ref MemoryMarshal.GetReference(text));
        ref var target = ref MemoryMarshal.GetReference(utf8);
        if (Vector256.IsHardwareAccelerated)
        {
            for (; i + Vector256<byte>.Count <= count; i += Vector256<byte>.Count)
            {
                var low = Vector256.LoadUnsafe(ref source, (nuint)i);
                var high = Vector256.LoadUnsafe(ref source, (nuint)(i + Vector256<ushort>.Count));
                if (((low | high) & Vector256.Create((ushort)0xFF80)) != Vector256<ushort>.Zero)
                {
                    break;
                }

                var bytes = Vector256.Narrow(low, high);
                bytes.StoreUnsafe(ref target, (nuint)i);
                var special = NotPlain(bytes).ExtractMostSignificantBits();
                if (special != 0)
                {
                    return i + BitOperations.TrailingZeroCount(special);
                }
            }
        }

        if (Vector128.IsHardwareAccelerated && count >= Vector128<byte>.Count)
        {
            while (i < count)
            {
                // The last step overlaps the one before it, so that no remainder is left to single characters.
                var at = Math.Min(i, count - Vector128<byte>.Count);
                var low = Vector128.LoadUnsafe(ref source, (nuint)at);
                var high = Vector128.LoadUnsafe(ref source, (nuint)(at + Vector128<ushort>.Count));
                if (((low | high) & Vector128.Create((ushort)0xFF80)) != Vector128<ushort>.Zero)
                {
                    break;
                }

                var bytes = Vector128.Narrow(low, high);
                bytes.StoreUnsafe(ref target, (nuint)at);
                var special = NotPlain(bytes).ExtractMostSignificantBits();
                if (special != 0)
                {
                    return at + BitOperations.TrailingZeroCount(special);
                }

                i = at + Vector128<byte>.Count;
            }
        }
#endif
        while (i < count && IsPlain(text[i]))
        {
            utf8[i] = (byte)text[i];
            i++;
        }

        return i;
    }

    /// <summary>Writes the characters at the start that need three bytes each, as far as that goes eight at a time, and counts them.</summary>
    private static int CopyThreeByteRun(ReadOnlySpan<char> text, Span<byte> utf8)
    {
        var i = 0;
#if NET8_0_OR_GREATER
        const int Step = 8;
        const int RoomForStep = 32; // Two vectors; 24 bytes of them count.
        if (!Vector128.IsHardwareAccelerated)
        {
            return 0;
        }

        ref var source = ref Unsafe.As<char, ushort>(ref MemoryMarshal.GetReference(text));
        ref var target = ref MemoryMarshal.GetReference(utf8);
        while (i + Step <= text.Length && (i * 3) + RoomForStep <= utf8.Length)
        {
            var units = Vector128.LoadUnsafe(ref source, (nuint)i);
            var others = Vector128.LessThan(units, Vector128.Create((ushort)0x800))
                | Vector128.Equals(units & Vector128.Create((ushort)0xF800), Vector128.Create((ushort)0xD800))
                | Vector128.Equals(units & Vector128.Create((ushort)0xFFFE), Vector128.Create((ushort)0x2028));

            // Lead and second byte side by side in one vector, the third bytes in the first half of another; then each to its place.
            var firstTwo = Vector128.ShiftRightLogical(units, 12)
                | Vector128.ShiftLeft(Vector128.ShiftRightLogical(units, 6) & Vector128.Create((ushort)0x3F), 8)
                | Vector128.Create((ushort)0x80E0);
            var third = (units & Vector128.Create((ushort)0x3F)) | Vector128.Create((ushort)0x80);
            var pairs = firstTwo.AsByte();
            var singles = Vector128.Narrow(third, third);
            var low = Vector128.Shuffle(pairs, Vector128.Create((byte)0, 1, 255, 2, 3, 255, 4, 5, 255, 6, 7, 255, 8, 9, 255, 10))
                | Vector128.Shuffle(singles, Vector128.Create(255, 255, 0, 255, 255, 1, 255, 255, 2, 255, 255, 3, 255, 255, (byte)4, 255));
            var high = Vector128.Shuffle(pairs, Vector128.Create((byte)11, 255, 12, 13, 255, 14, 15, 255, 255, 255, 255, 255, 255, 255, 255, 255))
                | Vector128.Shuffle(singles, Vector128.Create(255, (byte)5, 255, 255, 6, 255, 255, 7, 255, 255, 255, 255, 255, 255, 255, 255));
            low.StoreUnsafe(ref target, (nuint)(i * 3));
            high.StoreUnsafe(ref target, (nuint)((i * 3) + Vector128<byte>.Count));

            var mask = others.ExtractMostSignificantBits();
            if (mask != 0)
            {
                return i + BitOperations.TrailingZeroCount(mask);
            }

            i += Step;
        }
#endif
        return i;
    }

#if NET8_0_OR_GREATER
    // As signed bytes, both the control characters and everything from 0x80 are less than 0x20.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<byte> NotPlain(Vector256<byte> bytes) =>
        Vector256.LessThan(bytes.AsSByte(), Vector256.Create((sbyte)0x20)).AsByte()
        | Vector256.Equals(bytes, Vector256.Create((byte)'"'))
        | Vector256.Equals(bytes, Vector256.Create((byte)'\\'));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<byte> NotPlain(Vector128<byte> bytes) =>
        Vector128.LessThan(bytes.AsSByte(), Vector128.Create((sbyte)0x20)).AsByte()
        | Vector128.Equals(bytes, Vector128.Create((byte)'"'))
        | Vector128.Equals(bytes, Vector128.Create((byte)'\\'));
#endif
}
