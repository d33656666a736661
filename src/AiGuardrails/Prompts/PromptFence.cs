using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using AiGuardrails.CompilerServices;
using AiGuardrails.Core.Text;

namespace AiGuardrails;

/// <summary>
/// The key of the fences around open text. The tag on a fence is a keyed hash of the text inside: whoever wrote the text
/// cannot know it, and the same text has the same tag, so that the provider's cache of prompts still works.
/// </summary>
/// <remarks>
/// <para>Two things keep a text from closing its own fence. The text is searched for its tag, in either case, and gets another tag where it
/// holds it: this needs no secret. And the tag is a keyed hash of the label and of every character, so that a tag which somebody has seen is that
/// of no other text: who reads the tags of earlier prompts cannot put one into a text of theirs in a form that the search does not know and a
/// model may still read as the same, such as with a blank inside. (Were only the length and the ends hashed, they could.) Without the key, a
/// tag is guessed once in 2^48.</para>
/// <para>The hash is made in two steps, as in UMAC: NH condenses each block of 512 characters to 128 bits, at the cost of two
/// multiplications for four characters, and SipHash-2-4 makes the tag of these, of the length and of the number of the attempt. Two texts
/// come to the same bits with one key in 2^64, whatever they are, as long as nobody knows the keys of NH; and of these nothing is
/// shown, since only what SipHash makes of the result is.</para>
/// <para>A fence makes injection harder to write; it proves nothing about what a model does with the text.</para>
/// </remarks>
public sealed class PromptFence
{
    // What stands between the label and the text, with the tag not yet known.
    private const int BetweenLength = 1 + FenceTag.Length + 2;

    private readonly ulong _key0;
    private readonly ulong _key1;
    private readonly ulong[] _blockKey0 = new ulong[NhHash.KeyLength];
    private readonly ulong[] _blockKey1 = new ulong[NhHash.KeyLength];

    private PromptFence(byte[] key)
    {
        // Keys of any length come to four numbers: two for SipHash, and two that the keys of NH are drawn with.
#if NET
        var numbers = SHA256.HashData(key);
#else
        using var sha = SHA256.Create();
        var numbers = sha.ComputeHash(key);
#endif
        _key0 = NumberAt(numbers, 0);
        _key1 = NumberAt(numbers, 1);
        var draw = new SipHash(NumberAt(numbers, 2), NumberAt(numbers, 3));
        for (var i = 0; i < NhHash.KeyLength; i++)
        {
            _blockKey0[i] = draw.End((ulong)i);
            _blockKey1[i] = draw.End((ulong)(i + NhHash.KeyLength));
        }
    }

    /// <summary>Gets the fence of this process, with a key that nobody knows. It is what <c>Render()</c> uses.</summary>
    public static PromptFence Process { get; } = new(RandomKey());

    /// <summary>Gets a fence whose key is public, so that what is rendered is the same in every run: for snapshots in tests, for training data, and for no call of a model.</summary>
    public static PromptFence Deterministic { get; } = new(Encoding.ASCII.GetBytes("AiGuardrails.PromptFence.Deterministic"));

    /// <summary>Makes a fence with a key of your own, for tags that stay the same across processes.</summary>
    /// <param name="key">The key: at least 16 random bytes, kept like a password.</param>
    /// <returns>The fence.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="key"/> is null.</exception>
    /// <exception cref="ArgumentException">The key has fewer than 16 bytes.</exception>
    public static PromptFence WithKey(byte[] key)
    {
        _ = key ?? throw new ArgumentNullException(nameof(key));
        return key.Length >= 16 ? new PromptFence(key) : throw new ArgumentException("A key has at least 16 bytes.", nameof(key));
    }

    /// <summary>Begins a fence, with room for its tag.</summary>
    /// <returns>Where the text begins.</returns>
    internal static int Open(PromptBuffer output, string label)
    {
        var room = output.Add(1 + label.Length + BetweenLength);
        room[0] = '[';
        label.AsSpan().CopyTo(room.Slice(1));
        room = room.Slice(1 + label.Length);
        room.Clear();
        room[0] = ' ';
        room[1 + FenceTag.Length] = ']';
        room[2 + FenceTag.Length] = '\n';
        return output.Length;
    }

    /// <summary>Ends the fence around the cleaned text that was added since.</summary>
    internal void Close(PromptBuffer output, string label, int start)
    {
        var tag = TagOf(output.Since(start - BetweenLength - label.Length), output.Since(start));
        tag.CopyTo(output.At(start - BetweenLength + 1));

        var room = output.Add(label.Length + BetweenLength + 2);
        "\n[/".AsSpan().CopyTo(room);
        label.AsSpan().CopyTo(room.Slice(3));
        room = room.Slice(3 + label.Length);
        room[0] = ' ';
        tag.CopyTo(room.Slice(1));
        room[1 + FenceTag.Length] = ']';
    }

    // The label goes in with the text. No cleaned text and no label holds the zeros that keep the place of the tag, so that it is plain
    // which is which.
    private FenceTag TagOf(ReadOnlySpan<char> labelled, ReadOnlySpan<char> text)
    {
        var hash = new SipHash(_key0, _key1);
        for (var rest = labelled; !rest.IsEmpty; rest = rest.Slice(Math.Min(rest.Length, NhHash.BlockLength)))
        {
            var (first, second) = NhHash.Hash(rest.Slice(0, Math.Min(rest.Length, NhHash.BlockLength)), _blockKey0, _blockKey1);
            hash.Add(first);
            hash.Add(second);
        }

        // By chance or with a known key a text may hold its own tag; then another is taken. Texts have an end, and so has this.
        for (var attempt = 0UL; ; attempt++)
        {
            var tag = new FenceTag(hash.End((attempt << 32) | (uint)labelled.Length));
            if (!tag.IsIn(text))
            {
                return tag;
            }
        }
    }

    private static ulong NumberAt(byte[] bytes, int index) => BinaryPrimitives.ReadUInt64LittleEndian(bytes.AsSpan(index * sizeof(ulong)));

    private static byte[] RandomKey()
    {
        var key = new byte[32];
        using var random = RandomNumberGenerator.Create();
        random.GetBytes(key);
        return key;
    }
}
