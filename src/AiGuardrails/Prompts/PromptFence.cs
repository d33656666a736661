using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace AiGuardrails;

/// <summary>
/// The key of the fences around open text. The tag on a fence is a keyed hash of the text inside: whoever wrote the text
/// cannot know it, and the same text has the same tag, so that the provider's cache of prompts still works.
/// </summary>
/// <remarks>A fence makes injection harder to write; it proves nothing about what a model does with the text.</remarks>
public sealed class PromptFence
{
    private const int TagBytes = 6;

    private readonly byte[] _key;

    private PromptFence(byte[] key) => _key = key;

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
        return key.Length >= 16 ? new PromptFence((byte[])key.Clone()) : throw new ArgumentException("A key has at least 16 bytes.", nameof(key));
    }

    /// <summary>Puts a fence around a text that was cleaned.</summary>
    internal void Write(StringBuilder output, string label, string text)
    {
        var tag = TagOf(label, text);
        output.Append('[').Append(label).Append(' ').Append(tag).Append("]\n").Append(text).Append("\n[/").Append(label).Append(' ').Append(tag).Append(']');
    }

    private string TagOf(string label, string text)
    {
        // By chance or with a known key a text may hold its own tag; then another is taken. Texts have an end, and so has this.
        for (var attempt = 0; ; attempt++)
        {
            var tag = Hash(FormattableString.Invariant($"{attempt}\n{label}\n{text}"));
            if (text.IndexOf(tag, StringComparison.OrdinalIgnoreCase) < 0)
            {
                return tag;
            }
        }
    }

    private string Hash(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
#if NET
        var hash = HMACSHA256.HashData(_key, bytes);
#else
        using var hmac = new HMACSHA256(_key);
        var hash = hmac.ComputeHash(bytes);
#endif
        var tag = new StringBuilder(TagBytes * 2);
        for (var i = 0; i < TagBytes; i++)
        {
            tag.Append(hash[i].ToString("x2", CultureInfo.InvariantCulture));
        }

        return tag.ToString();
    }

    private static byte[] RandomKey()
    {
        var key = new byte[32];
        using var random = RandomNumberGenerator.Create();
        random.GetBytes(key);
        return key;
    }
}
