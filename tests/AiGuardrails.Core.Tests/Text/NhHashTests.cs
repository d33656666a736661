using System.Numerics;
using AiGuardrails.Core.Text;

namespace AiGuardrails.Core.Tests.Text;

/// <summary>The hash that condenses a text before it is tagged.</summary>
public sealed class NhHashTests
{
    private static readonly ulong[] s_first = Key(1);
    private static readonly ulong[] s_second = Key(2);

    [Fact]
    public void It_is_the_sum_of_products_of_the_definition()
    {
        var random = new Random(11);
        for (var length = 0; length <= NhHash.BlockLength; length++)
        {
            var block = Text(random, length);

            Assert.Equal((Definition(block, s_first), Definition(block, s_second)), NhHash.Hash(block, s_first, s_second));
        }
    }

    [Fact]
    public void The_short_way_is_the_long_way()
    {
        var random = new Random(12);
        for (var i = 0; i < 500; i++)
        {
            var pieces = Text(random, random.Next(16, NhHash.BlockLength + 1));

            Assert.Equal(NhHash.HashOneByOne(pieces, s_first, s_second), NhHash.Hash(pieces, s_first, s_second));
        }
    }

    [Fact]
    public void Every_character_counts()
    {
        var block = Text(new Random(13), NhHash.BlockLength);
        var hash = NhHash.Hash(block, s_first, s_second);
        for (var i = 0; i < block.Length; i++)
        {
            block[i] ^= '\u0100';
            var other = NhHash.Hash(block, s_first, s_second);
            block[i] ^= '\u0100';

            Assert.True(other.First != hash.First && other.Second != hash.Second, $"character {i}");
        }
    }

    // As the paper has it: the sum, to 64 bits, of (m1 + k1)(m2 + k2), (m3 + k3)(m4 + k4) …, each sum within to 32 bits.
    private static ulong Definition(ReadOnlySpan<char> block, ulong[] key)
    {
        var words = Words(block);
        var sum = BigInteger.Zero;
        for (var i = 0; i < words.Length; i += 4)
        {
            var low = ((BigInteger)words[i] + (words[i + 1] * 65_536L) + (key[i / 4] % (1UL << 32))) % (1L << 32);
            var high = ((BigInteger)words[i + 2] + (words[i + 3] * 65_536L) + (key[i / 4] / (1UL << 32))) % (1L << 32);
            sum += low * high;
        }

        return (ulong)(sum % BigInteger.Pow(2, 64));
    }

    // Pieces of sixteen characters, of which the last ends with the text; a text that has fewer is followed by zeros.
    private static char[] Words(ReadOnlySpan<char> block)
    {
        if (block.Length < 16)
        {
            var padded = new char[16];
            block.CopyTo(padded);
            return padded;
        }

        var whole = block.Length / 16 * 16;
        return whole == block.Length ? block.ToArray() : [.. block[..whole], .. block[^16..]];
    }

    private static char[] Text(Random random, int length) => [.. Enumerable.Range(0, length).Select(_ => (char)random.Next(0x10000))];

    private static ulong[] Key(int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, NhHash.KeyLength).Select(_ => (ulong)random.NextInt64(long.MinValue, long.MaxValue))];
    }
}
