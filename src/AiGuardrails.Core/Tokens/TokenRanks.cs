using System.Buffers;
using System.Buffers.Text;
using System.Runtime.InteropServices;

namespace AiGuardrails.Core.Tokens;

/// <summary>The tokens of a vocabulary with their ranks, as a <c>.tiktoken</c> file lists them: in base64, a space, the rank.</summary>
internal sealed class TokenRanks
{
    /// <summary>The rank of what is no token: above all others.</summary>
    public const int None = int.MaxValue;

    private const int LongestToken = 1024;

    // Five times the largest that is published. What each line needs is set aside before the first one is looked at.
    private const int MostTokens = 1_000_000;

    private readonly byte[] _bytes;
    private readonly int[] _starts;
    private readonly Slot[] _slots;
    private readonly int _longest;

    private TokenRanks(byte[] bytes, int[] starts, Slot[] slots, int longest)
    {
        _bytes = bytes;
        _starts = starts;
        _slots = slots;
        _longest = longest;
    }

    /// <summary>Gets the number of tokens.</summary>
    public int Count => _starts.Length - 1;

    /// <summary>Reads a file; null where something is wrong with it, which is said.</summary>
    public static TokenRanks? Read(ReadOnlySpan<byte> file, out string? problem)
    {
        var lines = LinesOf(file);
        if (lines > MostTokens)
        {
            problem = FormattableString.Invariant($"it has more than {MostTokens:N0} lines, which no published vocabulary has");
            return null;
        }

        var bytes = new byte[file.Length];
        var starts = new int[lines + 1];
        var ranks = new TokenRanks(bytes, starts, new Slot[SlotsFor(lines)], LongestToken);
        var longest = 0;
        for (var rank = 0; rank < lines; rank++)
        {
            var end = file.IndexOf((byte)'\n');
            var line = end < 0 ? file : file.Slice(0, end);
            file = file.Slice(Math.Min(file.Length, line.Length + 1));

            var length = Decode(line, rank, bytes.AsSpan(starts[rank]));
            if (length is 0 or > LongestToken)
            {
                problem = FormattableString.Invariant($"line {rank + 1:N0} is not a token in base64, a space and {rank}, its rank");
                return null;
            }

            starts[rank + 1] = starts[rank] + length;
            longest = Math.Max(longest, length);
            if (!ranks.TryAdd(rank))
            {
                problem = FormattableString.Invariant($"line {rank + 1:N0} has a token that an earlier line has too");
                return null;
            }
        }

        for (var value = 0; value <= byte.MaxValue; value++)
        {
            if (ranks.Of([(byte)value]) == None)
            {
                problem = FormattableString.Invariant($"there is no token for the byte {value:X2}");
                return null;
            }
        }

        problem = null;
        Array.Resize(ref bytes, starts[lines]);
        return new TokenRanks(bytes, starts, ranks._slots, longest);
    }

    /// <summary>The rank of a token; <see cref="None"/> where the bytes are none.</summary>
    public int Of(ReadOnlySpan<byte> token)
    {
        if (token.Length > _longest)
        {
            return None;
        }

        var hash = Hash(token);
        for (var i = hash & (uint)(_slots.Length - 1); ; i = (i + 1) & (uint)(_slots.Length - 1))
        {
            ref readonly var slot = ref _slots[i];
            if (slot.Number == 0)
            {
                return None;
            }

            if (slot.Hash == hash && token.SequenceEqual(BytesOf(slot.Number - 1)))
            {
                return slot.Number - 1;
            }
        }
    }

    private ReadOnlySpan<byte> BytesOf(int rank) => _bytes.AsSpan(_starts[rank], _starts[rank + 1] - _starts[rank]);

    private bool TryAdd(int rank)
    {
        var token = BytesOf(rank);
        var hash = Hash(token);
        for (var i = hash & (uint)(_slots.Length - 1); ; i = (i + 1) & (uint)(_slots.Length - 1))
        {
            if (_slots[i].Number == 0)
            {
                _slots[i] = new Slot { Hash = hash, Number = rank + 1 };
                return true;
            }

            if (_slots[i].Hash == hash && token.SequenceEqual(BytesOf(_slots[i].Number - 1)))
            {
                return false;
            }
        }
    }

    /// <summary>The length of the token of a line; 0 where the line is not as it should be. Ranks are without gaps and in order.</summary>
    private static int Decode(ReadOnlySpan<byte> line, int rank, Span<byte> token)
    {
        var space = line.IndexOf((byte)' ');
        if (space <= 0
            || !Utf8Parser.TryParse(line.Slice(space + 1), out int number, out var digits) || digits != line.Length - space - 1 || number != rank
            || Base64.DecodeFromUtf8(line.Slice(0, space), token, out var read, out var written) != OperationStatus.Done || read != space)
        {
            return 0;
        }

        return written;
    }

    private static int LinesOf(ReadOnlySpan<byte> file)
    {
        var lines = file.IsEmpty || file[file.Length - 1] == (byte)'\n' ? 0 : 1;
        for (int end; (end = file.IndexOf((byte)'\n')) >= 0; file = file.Slice(end + 1))
        {
            lines++;
        }

        return lines;
    }

    private static int SlotsFor(int tokens)
    {
        var slots = 512;
        while (slots < tokens * 2L)
        {
            slots *= 2;
        }

        return slots;
    }

    private static uint Hash(ReadOnlySpan<byte> token)
    {
        const ulong Factor = 0x9E3779B97F4A7C15;
        var hash = (ulong)token.Length;
        for (; token.Length >= sizeof(ulong); token = token.Slice(sizeof(ulong)))
        {
            hash = (hash ^ MemoryMarshal.Read<ulong>(token)) * Factor;
            hash ^= hash >> 29;
        }

        var rest = 0UL;
        foreach (var b in token)
        {
            rest = (rest << 8) | b;
        }

        hash = (hash ^ rest) * Factor;
        return (uint)(hash >> 32);
    }

    private struct Slot
    {
        public uint Hash;

        // The rank and one: 0 is an empty slot.
        public int Number;
    }
}
