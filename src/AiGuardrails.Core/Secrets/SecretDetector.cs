using System.Buffers;
using AiGuardrails.Core.Text;

namespace AiGuardrails.Core.Secrets;

/// <summary>What a secret opens.</summary>
internal enum SecretKind
{
    OpenAIKey,
    AnthropicKey,
    HuggingFaceToken,
    GoogleKey,
    AwsAccessKey,
    GitHubToken,
    SlackToken,
    ReplicateToken,
    GroqKey,

    /// <summary>A key of the form <c>sk-…</c> of a service that is not known.</summary>
    ApiKey,
    ConnectionString,
    UriPassword,
    PrivateKey,
}

/// <summary>A secret in a text, without the secret.</summary>
/// <param name="Kind">What it opens.</param>
/// <param name="Start">The first unit: a byte or a UTF-16 code unit, as the text has it.</param>
/// <param name="Length">The number of units.</param>
/// <param name="PrefixLength">How much of the start is the same in all secrets of the kind, and may be shown.</param>
internal readonly record struct SecretMatch(SecretKind Kind, int Start, int Length, int PrefixLength)
{
    /// <summary>Gets a value indicating whether it is the key of an AI service.</summary>
    public bool IsAIKey => Kind is SecretKind.OpenAIKey or SecretKind.AnthropicKey or SecretKind.HuggingFaceToken or SecretKind.GoogleKey
        or SecretKind.ReplicateToken or SecretKind.GroqKey or SecretKind.ApiKey;

    /// <summary>Gets what it is, with its article: "an OpenAI API key".</summary>
    public Sentence Description => Kind switch
    {
        SecretKind.OpenAIKey => "an OpenAI API key",
        SecretKind.AnthropicKey => "an Anthropic API key",
        SecretKind.HuggingFaceToken => "a Hugging Face token",
        SecretKind.GoogleKey => "a Google API key",
        SecretKind.AwsAccessKey => "an AWS access key",
        SecretKind.GitHubToken => "a GitHub token",
        SecretKind.SlackToken => "a Slack token",
        SecretKind.ReplicateToken => "a Replicate token",
        SecretKind.GroqKey => "a Groq API key",
        SecretKind.ApiKey => "an API key",
        SecretKind.ConnectionString => "a connection string with a password",
        SecretKind.UriPassword => "an address with a password",
        _ => "a private key",
    };
}

/// <summary>
/// Finds keys whose form proves what they are: by prefix, length and entropy. Placeholders are left. Nothing is allocated.
/// </summary>
internal static class SecretDetector
{
    private const double MinEntropy = 3.5;
    private const double MinAwsEntropy = 3.0;

#if NET8_0_OR_GREATER
    // Every form has one of these at a fixed place.
    private static readonly SearchValues<byte> s_anchors = SearchValues.Create("-_A:="u8);
    private static readonly SearchValues<byte> s_authorityEnds = SearchValues.Create(AuthorityEnds);
    private static readonly SearchValues<byte> s_valueEnds = SearchValues.Create(ValueEnds);
#else
    private static ReadOnlySpan<byte> s_authorityEnds => AuthorityEnds;

    private static ReadOnlySpan<byte> s_valueEnds => ValueEnds;
#endif

    private static ReadOnlySpan<byte> AuthorityEnds => "/?# \t\r\n\"'<>`,;|\\"u8;

    private static ReadOnlySpan<byte> ValueEnds => ";\"'\r\n`"u8;

    /// <summary>Finds the first secret from an index on.</summary>
    public static bool TryFind(ReadOnlySpan<byte> utf8, int from, out SecretMatch match)
    {
        for (var i = NextAnchor(utf8, from); i < utf8.Length; i = NextAnchor(utf8, i + 1))
        {
            if (IsSecretAt(utf8, i, from, out match))
            {
                return true;
            }
        }

        match = default;
        return false;
    }

    /// <summary>Finds the first secret from an index on.</summary>
    public static bool TryFind(ReadOnlySpan<char> utf16, int from, out SecretMatch match)
    {
        // Secrets are ASCII: one byte for each code unit keeps all places.
        const int MaxOnStack = 512;
        var rented = utf16.Length > MaxOnStack ? ArrayPool<byte>.Shared.Rent(utf16.Length) : null;
        var bytes = rented is null ? stackalloc byte[MaxOnStack] : rented;
        for (var i = 0; i < utf16.Length; i++)
        {
            bytes[i] = utf16[i] < 0x80 ? (byte)utf16[i] : (byte)0xFF;
        }

        var found = TryFind(bytes.Slice(0, utf16.Length), from, out match);
        if (rented is not null)
        {
            // What was searched for secrets is not left lying about.
            ArrayPool<byte>.Shared.Return(rented, clearArray: true);
        }

        return found;
    }

    /// <summary>Gets the Shannon entropy of a text in bits a character.</summary>
    public static double Entropy(ReadOnlySpan<byte> text)
    {
        if (text.IsEmpty)
        {
            return 0;
        }

        Span<int> counts = stackalloc int[256];
        counts.Clear();
        foreach (var b in text)
        {
            counts[b]++;
        }

        var entropy = 0.0;
        foreach (var count in counts)
        {
            if (count > 0)
            {
                var share = (double)count / text.Length;
                entropy -= share * Math.Log(share, 2);
            }
        }

        return entropy;
    }

    /// <summary>Gets whether a text says of itself that it is none: <c>your-key</c>, <c>xxxx</c>, <c>…EXAMPLE</c>.</summary>
    public static bool IsPlaceholder(ReadOnlySpan<byte> text) =>
        text.IsEmpty
        || text[0] is (byte)'<' or (byte)'{' or (byte)'$' or (byte)'%' or (byte)'['
        || Has(text, "example"u8) || Has(text, "your"u8) || Has(text, "placeholder"u8) || Has(text, "dummy"u8) || Has(text, "redacted"u8)
        || Has(text, "xxxx"u8) || Has(text, "****"u8) || Has(text, "...."u8) || Has(text, "0000000"u8) || Has(text, "1234567"u8)
        || Has(text, "abcdef"u8) || Has(text, "changeme"u8) || Has(text, "insert"u8) || Has(text, "fake"u8) || Has(text, "lm-studio"u8) || Has(text, "unused"u8)
        || HasWord(text, "key"u8) || HasWord(text, "test"u8) || HasWord(text, "tests"u8) || HasWord(text, "token"u8) || HasWord(text, "secret"u8)
        || HasWord(text, "sample"u8) || HasWord(text, "demo"u8) || HasWord(text, "mock"u8) || HasWord(text, "local"u8) || HasWord(text, "here"u8);

    /// <summary>
    /// Gets whether a text can be a key of a form that nobody published. It proves nothing by itself, and counts only where a key is
    /// expected: 20 characters or more, 3.5 bits a character, letters and digits, and no placeholder.
    /// </summary>
    public static bool CanBeKey(ReadOnlySpan<char> text)
    {
        const int MinLength = 20;
        const int MaxLength = 512;
        if (text.Length is < MinLength or > MaxLength)
        {
            return false;
        }

        Span<byte> bytes = stackalloc byte[MaxLength];
        var (letters, digits) = (0, 0);
        for (var i = 0; i < text.Length; i++)
        {
            // White space, or anything but ASCII, is prose.
            if (text[i] is <= ' ' or > '~')
            {
                return false;
            }

            bytes[i] = (byte)text[i];
            letters += Ascii.IsLetter(bytes[i]) ? 1 : 0;
            digits += bytes[i] is >= (byte)'0' and <= (byte)'9' ? 1 : 0;
        }

        var key = bytes.Slice(0, text.Length);
        return letters >= 4 && digits >= 2 && Entropy(key) >= MinEntropy && key.IndexOf("://"u8) < 0 && !IsPlaceholder(key);
    }

    private static bool IsSecretAt(ReadOnlySpan<byte> text, int anchor, int from, out SecretMatch match)
    {
        match = default;
        switch (text[anchor])
        {
            case (byte)'-' when EndsWith(text, from, anchor, "sk"u8):
                return IsSk(text, anchor - 2, from, out match);
            case (byte)'-' when anchor >= from + 4 && text.Slice(anchor - 4, 3).SequenceEqual("xox"u8):
                return IsKey(text, anchor - 4, 5, SecretKind.SlackToken, 20, 250, Extra.Dash, MinAwsEntropy, from, out match);
            case (byte)'-' when text.Slice(anchor).StartsWith("-----BEGIN "u8):
                return IsPrivateKey(text, anchor, out match);
            case (byte)'_' when EndsWith(text, from, anchor, "hf"u8):
                return IsKey(text, anchor - 2, 3, SecretKind.HuggingFaceToken, 30, 40, Extra.None, MinEntropy, from, out match);
            case (byte)'_' when EndsWith(text, from, anchor, "r8"u8):
                return IsKey(text, anchor - 2, 3, SecretKind.ReplicateToken, 36, 40, Extra.None, MinEntropy, from, out match);
            case (byte)'_' when EndsWith(text, from, anchor, "gsk"u8):
                return IsKey(text, anchor - 3, 4, SecretKind.GroqKey, 48, 60, Extra.None, MinEntropy, from, out match);
            case (byte)'_' when EndsWith(text, from, anchor, "github_pat"u8):
                return IsKey(text, anchor - 10, 11, SecretKind.GitHubToken, 60, 100, Extra.Underscore, MinEntropy, from, out match);
            case (byte)'_' when anchor >= from + 3 && text[anchor - 3] == (byte)'g' && text[anchor - 2] == (byte)'h' && text[anchor - 1] is (byte)'p' or (byte)'o' or (byte)'u' or (byte)'s' or (byte)'r':
                return IsKey(text, anchor - 3, 4, SecretKind.GitHubToken, 36, 255, Extra.None, MinEntropy, from, out match);
            case (byte)'A' when text.Slice(anchor).StartsWith("AIza"u8):
                return IsKey(text, anchor, 4, SecretKind.GoogleKey, 35, 35, Extra.Dash | Extra.Underscore, MinEntropy, from, out match);
            case (byte)'A' when text.Slice(anchor).StartsWith("AKIA"u8) || text.Slice(anchor).StartsWith("ASIA"u8):
                return IsKey(text, anchor, 4, SecretKind.AwsAccessKey, 16, 16, Extra.UpperOnly, MinAwsEntropy, from, out match);
            case (byte)':' when text.Slice(anchor).StartsWith("://"u8):
                return IsUri(text, anchor, from, out match);
            case (byte)'=':
                return IsConnectionString(text, anchor, from, out match);
            default:
                return false;
        }
    }

    // sk-ant-api03-…, sk-proj-…, sk-svcacct-…, sk-admin-…, sk-…T3BlbkFJ…, and what others made of it.
    private static bool IsSk(ReadOnlySpan<byte> text, int start, int from, out SecretMatch match)
    {
        var rest = text.Slice(start);
        if (rest.StartsWith("sk-ant-"u8))
        {
            return IsKey(text, start, 7 + KindLength(rest.Slice(7)), SecretKind.AnthropicKey, 40, 200, Extra.Dash | Extra.Underscore, MinEntropy, from, out match);
        }

        var length = rest.StartsWith("sk-proj-"u8) ? 8 : rest.StartsWith("sk-svcacct-"u8) ? 11 : rest.StartsWith("sk-admin-"u8) ? 9 : rest.StartsWith("sk-None-"u8) ? 8 : 0;
        if (length > 0)
        {
            return IsKey(text, start, length, SecretKind.OpenAIKey, 40, 250, Extra.Dash | Extra.Underscore, MinEntropy, from, out match);
        }

        if (!IsKey(text, start, 3, SecretKind.ApiKey, 32, 64, Extra.None, MinEntropy, from, out match))
        {
            return false;
        }

        var body = text.Slice(start + 3, match.Length - 3);
        if (body.IndexOf("T3BlbkFJ"u8) >= 0)
        {
            match = match with { Kind = SecretKind.OpenAIKey };
            return true;
        }

        // Letters alone, or digits alone, are more likely a name or a number.
        var letters = 0;
        foreach (var b in body)
        {
            letters += Ascii.IsLetter(b) ? 1 : 0;
        }

        return letters >= 4 && body.Length - letters >= 4;
    }

    // api03-, admin01-, oat01-: small letters and two digits. Anything else behind sk-ant- is the secret itself.
    private static int KindLength(ReadOnlySpan<byte> rest)
    {
        const int LongestName = 6;
        var i = 0;
        while (i < rest.Length && i < LongestName && rest[i] is >= (byte)'a' and <= (byte)'z')
        {
            i++;
        }

        return i >= 3 && i + 2 < rest.Length && rest[i] == (byte)'0' && rest[i + 1] is >= (byte)'0' and <= (byte)'9' && rest[i + 2] == (byte)'-' ? i + 3 : 0;
    }

    private static bool IsKey(
        ReadOnlySpan<byte> text, int start, int prefix, SecretKind kind, int min, int max, Extra extra, double entropy, int from, out SecretMatch match)
    {
        match = default;

        // Part of a longer word, it is something else; only prose knows no dashes before it.
        if (start > from && (Ascii.IsLetterOrDigit(text[start - 1]) || text[start - 1] == (byte)'_'))
        {
            return false;
        }

        // No further than a key can be long: else a line of nothing but beginnings would be read over and over.
        var end = start + prefix;
        var last = Math.Min(text.Length, end + max + 1);
        while (end < last && IsOfBody(text[end], extra))
        {
            end++;
        }

        var body = text.Slice(Math.Min(start + prefix, text.Length), Math.Max(0, end - start - prefix));
        if (body.Length < min || body.Length > max || (end < text.Length && (Ascii.IsLetterOrDigit(text[end]) || text[end] == (byte)'_')))
        {
            return false;
        }

        match = new SecretMatch(kind, start, end - start, prefix);
        return Entropy(body) >= entropy && !IsPlaceholder(body);
    }

    private static bool IsOfBody(byte b, Extra extra) =>
        (extra & Extra.UpperOnly) != Extra.None
            ? b is (>= (byte)'A' and <= (byte)'Z') or (>= (byte)'2' and <= (byte)'7')
            : Ascii.IsLetterOrDigit(b) || (b == (byte)'-' && (extra & Extra.Dash) != Extra.None) || (b == (byte)'_' && (extra & Extra.Underscore) != Extra.None);

    private static bool IsPrivateKey(ReadOnlySpan<byte> text, int start, out SecretMatch match)
    {
        match = default;
        const int LongestHeader = 64;
        var header = text.Slice(start, Math.Min(LongestHeader, text.Length - start));
        var end = header.IndexOf("PRIVATE KEY-----"u8);
        if (end < 0)
        {
            return false;
        }

        var prefix = end + "PRIVATE KEY-----"u8.Length;

        // The header alone is talk about keys. Line breaks may be written as \n.
        var body = start + prefix;
        var characters = 0;
        while (body < text.Length && characters < 40)
        {
            var b = text[body];
            if (b == (byte)'\\' && body + 1 < text.Length && text[body + 1] is (byte)'n' or (byte)'r')
            {
                body += 2;
                continue;
            }

            if (Ascii.IsLetterOrDigit(b) || b is (byte)'+' or (byte)'/' or (byte)'=')
            {
                characters++;
            }
            else if (b is not ((byte)' ' or (byte)'\n' or (byte)'\r' or (byte)'\t'))
            {
                return false;
            }

            body++;
        }

        if (characters < 40 || Entropy(text.Slice(start + prefix, body - start - prefix)) < MinEntropy)
        {
            return false;
        }

        const int LongestKey = 16 * 1024;
        var tail = text.Slice(start + prefix, Math.Min(LongestKey, text.Length - start - prefix)).IndexOf("-----END"u8);
        match = new SecretMatch(SecretKind.PrivateKey, start, tail < 0 ? body - start : prefix + tail, prefix);
        return true;
    }

    private static bool IsUri(ReadOnlySpan<byte> text, int colon, int from, out SecretMatch match)
    {
        match = default;
        var start = colon;
        while (start > from && (Ascii.IsLetterOrDigit(text[start - 1]) || text[start - 1] is (byte)'+' or (byte)'.' or (byte)'-'))
        {
            start--;
        }

        const int LongestAuthority = 1024;
        var authority = text.Slice(colon + 3, Math.Min(LongestAuthority, text.Length - colon - 3));
        var end = authority.IndexOfAny(s_authorityEnds);
        authority = end < 0 ? authority : authority.Slice(0, end);
        var at = authority.LastIndexOf((byte)'@');
        var split = at < 0 ? -1 : authority.Slice(0, at).IndexOf((byte)':');
        if (start == colon || split < 0)
        {
            return false;
        }

        var user = authority.Slice(0, split);
        var password = authority.Slice(split + 1, at - split - 1);
        var host = authority.Slice(at + 1);
        match = new SecretMatch(SecretKind.UriPassword, start, colon + 3 + authority.Length - start, colon + 3 - start);
        return !IsWeakPassword(password) && !password.SequenceEqual(user) && !IsLoopback(host) && Ascii.IndexOfIgnoreCase(host, "example"u8) < 0;
    }

    private static bool IsConnectionString(ReadOnlySpan<byte> text, int equals, int from, out SecretMatch match)
    {
        match = default;
        var nameEnd = equals;
        while (nameEnd > from && text[nameEnd - 1] == (byte)' ')
        {
            nameEnd--;
        }

        var name = nameEnd;
        while (name > from && Ascii.IsLetterOrDigit(text[name - 1]))
        {
            name--;
        }

        var word = text.Slice(name, nameEnd - name);
        var isKey = Ascii.EqualsIgnoreCase(word, "accountkey"u8) || Ascii.EqualsIgnoreCase(word, "sharedaccesskey"u8);
        if (!isKey && !Ascii.EqualsIgnoreCase(word, "password"u8) && !Ascii.EqualsIgnoreCase(word, "pwd"u8))
        {
            return false;
        }

        // One member among others: a connection string, and not a query or a line of code.
        var before = name;
        while (before > from && text[before - 1] == (byte)' ')
        {
            before--;
        }

        const int LongestMember = 1024;
        var rest = text.Slice(equals + 1, Math.Min(LongestMember, text.Length - equals - 1));
        var end = rest.IndexOfAny(s_valueEnds);
        var value = Ascii.Trim(end < 0 ? rest : rest.Slice(0, end));
        var isMember = (before > from && text[before - 1] == (byte)';' && EndsInMember(text.Slice(from, before - 1 - from))) || (end >= 0 && rest[end] == (byte)';' && rest.Slice(end).IndexOf((byte)'=') >= 0);
        if (!isMember || value.IndexOf((byte)' ') >= 0)
        {
            return false;
        }

        match = new SecretMatch(SecretKind.ConnectionString, name, equals + 1 + (end < 0 ? rest.Length : end) - name, equals + 1 - name);
        return isKey ? value.Length >= 40 && Entropy(value) >= MinEntropy && !IsPlaceholder(value) : !IsWeakPassword(value);
    }

    // name=value: prose has semicolons too.
    private static bool EndsInMember(ReadOnlySpan<byte> text)
    {
        const int LongestMember = 256;
        var tail = text.Slice(Math.Max(0, text.Length - LongestMember));
        return tail.Slice(tail.LastIndexOf((byte)';') + 1).IndexOf((byte)'=') >= 0;
    }

    // What stands for a password in documentation.
    private static bool IsWeakPassword(ReadOnlySpan<byte> password) =>
        password.Length < 4
        || IsPlaceholder(password)
        || Entropy(password) < 1.5
        || Ascii.StartsWithIgnoreCase(password, "password"u8) || Ascii.EqualsIgnoreCase(password, "pass"u8) || Ascii.EqualsIgnoreCase(password, "pwd"u8)
        || Ascii.EqualsIgnoreCase(password, "passwd"u8) || Ascii.EqualsIgnoreCase(password, "secret"u8) || Ascii.EqualsIgnoreCase(password, "token"u8) || Ascii.EqualsIgnoreCase(password, "test"u8) || Ascii.EqualsIgnoreCase(password, "admin"u8)
        || Ascii.EqualsIgnoreCase(password, "root"u8) || Ascii.EqualsIgnoreCase(password, "guest"u8) || Ascii.EqualsIgnoreCase(password, "postgres"u8);

    private static bool IsLoopback(ReadOnlySpan<byte> host) =>
        Ascii.StartsWithIgnoreCase(host, "localhost"u8) || host.StartsWith("127."u8) || host.StartsWith("[::1]"u8) || host.StartsWith("0.0.0.0"u8) || host.StartsWith("host.docker.internal"u8);

    /// <summary>The word stands there between other things than letters: <c>sk-test-…</c>, not a key that happens to hold it.</summary>
    private static bool HasWord(ReadOnlySpan<byte> text, ReadOnlySpan<byte> word)
    {
        for (var start = 0; Ascii.IndexOfIgnoreCase(text.Slice(start), word) is >= 0 and var index; start += index + word.Length)
        {
            var at = start + index;
            var end = at + word.Length;
            if ((at == 0 || !Ascii.IsLetterOrDigit(text[at - 1])) && (end == text.Length || !Ascii.IsLetterOrDigit(text[end])))
            {
                return true;
            }
        }

        return false;
    }

    private static bool Has(ReadOnlySpan<byte> text, ReadOnlySpan<byte> word) => Ascii.IndexOfIgnoreCase(text, word) >= 0;

    private static bool EndsWith(ReadOnlySpan<byte> text, int from, int end, ReadOnlySpan<byte> word) =>
        end - word.Length >= from && text.Slice(end - word.Length, word.Length).SequenceEqual(word);

    private static int NextAnchor(ReadOnlySpan<byte> text, int from)
    {
        if (from >= text.Length)
        {
            return text.Length;
        }

#if NET8_0_OR_GREATER
        var index = text.Slice(from).IndexOfAny(s_anchors);
        return index < 0 ? text.Length : from + index;
#else
        while (from < text.Length)
        {
            from = Ascii.SkipProse(text, from);
            for (var stop = Math.Min(text.Length, from + sizeof(ulong)); from < stop; from++)
            {
                if (text[from] is (byte)'-' or (byte)'_' or (byte)'A' or (byte)':' or (byte)'=')
                {
                    return from;
                }
            }
        }

        return from;
#endif
    }

    [Flags]
    private enum Extra
    {
        None = 0,
        Dash = 1,
        Underscore = 2,
        UpperOnly = 4,
    }
}
