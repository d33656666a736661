using System.Buffers;
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
/// <remarks>A fence makes injection harder to write; it proves nothing about what a model does with the text.</remarks>
public sealed class PromptFence
{
    private const int TagLength = 12;

    private readonly ulong _key0;
    private readonly ulong _key1;

    private PromptFence(byte[] key)
    {
        // Keys of any length come to the two halves that the hash takes.
#if NET
        var halves = SHA256.HashData(key);
#else
        using var sha = SHA256.Create();
        var halves = sha.ComputeHash(key);
#endif
        _key0 = BinaryPrimitives.ReadUInt64LittleEndian(halves);
        _key1 = BinaryPrimitives.ReadUInt64LittleEndian(halves.AsSpan(sizeof(ulong)));
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
        output.Append('[');
        output.Append(label);
        output.Append(' ');
        _ = output.Reserve(TagLength);
        output.Append("]\n");
        return output.Length;
    }

    /// <summary>Ends the fence around the cleaned text that was added since.</summary>
    internal void Close(PromptBuffer output, string label, int start)
    {
        Span<char> tag = stackalloc char[TagLength];
        WriteTag(output, label, start, tag);
        output.Fill(start - "]\n".Length - TagLength, tag);
        output.Append("\n[/");
        output.Append(label);
        output.Append(' ');
        output.Fill(output.Reserve(TagLength), tag);
        output.Append(']');
    }

    private void WriteTag(PromptBuffer output, string label, int start, Span<char> tag)
    {
        var text = output.Since(start);
        var bytes = ArrayPool<byte>.Shared.Rent(Encoding.UTF8.GetMaxByteCount(label.Length + 1 + text.Length));
        var length = Encoding.UTF8.GetBytes(label, 0, label.Length, bytes, 0);
        bytes[length++] = (byte)'\n';
        length += output.GetUtf8(start, bytes, length);

        // By chance or with a known key a text may hold its own tag; then another is taken. Texts have an end, and so has this.
        for (var attempt = 0UL; ; attempt++)
        {
            var hash = SipHash.Hash(_key0 ^ attempt, _key1, bytes.AsSpan(0, length));
            for (var i = 0; i < TagLength; i++)
            {
                tag[i] = "0123456789abcdef"[(int)(hash >> (4 * i)) & 0xF];
            }

            if (text.IndexOf(tag, StringComparison.OrdinalIgnoreCase) < 0)
            {
                break;
            }
        }

        ArrayPool<byte>.Shared.Return(bytes);
    }

    private static byte[] RandomKey()
    {
        var key = new byte[32];
        using var random = RandomNumberGenerator.Create();
        random.GetBytes(key);
        return key;
    }
}
