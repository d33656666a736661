using System.Text.RegularExpressions;

namespace AiGuardrails.Core.Tokens;

/// <summary>Which vocabulary a model cuts text into.</summary>
internal enum TokenEncoding
{
    /// <summary>A vocabulary of which nothing is known here.</summary>
    Unknown,

    /// <summary>GPT-4, GPT-3.5 and the base models of their time.</summary>
    Cl100k,

    /// <summary>GPT-4o and everything after it.</summary>
    O200k,
}

/// <summary>The vocabulary of a model, by its name. Source: openai/tiktoken, <c>tiktoken/model.py</c>, 2026-08-16.</summary>
internal static class TokenEncodings
{
    private static readonly (string Prefix, TokenEncoding Encoding)[] s_byPrefix =
    [
        ("gpt-5", TokenEncoding.O200k),
        ("gpt-4.5", TokenEncoding.O200k),
        ("gpt-4.1", TokenEncoding.O200k),
        ("gpt-4o", TokenEncoding.O200k),
        ("chatgpt-4o", TokenEncoding.O200k),
        ("gpt-oss", TokenEncoding.O200k),
        ("o1", TokenEncoding.O200k),
        ("o3", TokenEncoding.O200k),
        ("o4-mini", TokenEncoding.O200k),
        ("gpt-4", TokenEncoding.Cl100k),
        ("gpt-3.5", TokenEncoding.Cl100k),
        ("gpt-35", TokenEncoding.Cl100k), // Azure
        ("davinci-002", TokenEncoding.Cl100k),
        ("babbage-002", TokenEncoding.Cl100k),
        ("text-embedding-", TokenEncoding.Cl100k),
    ];

    private static readonly Regex s_azureFineTune = new("\\.ft-[0-9a-f]{32}", RegexOptions.CultureInvariant, TimeSpan.FromMilliseconds(200));

    /// <summary>
    /// Finds the vocabulary of a model or of a fine-tuned model. The base is cut out of the ID first: by prefix alone,
    /// <c>ft:gpt-4.1-…</c> would be taken for a GPT-4, which is what the list of tiktoken does.
    /// </summary>
    public static TokenEncoding Of(string model)
    {
        var name = BaseOf(model);
        foreach (var (prefix, encoding) in s_byPrefix)
        {
            if (name.StartsWith(prefix, StringComparison.Ordinal) && EndsWord(name, prefix))
            {
                return encoding;
            }
        }

        return TokenEncoding.Unknown;
    }

    private static string BaseOf(string model)
    {
        if (model.StartsWith("ft:", StringComparison.Ordinal))
        {
            var end = model.IndexOf(':', 3);
            return end < 0 ? model.Substring(3) : model.Substring(3, end - 3);
        }

        // A name of the provider in front, as routers write it.
        var slash = model.LastIndexOf('/');
        var name = slash < 0 ? model : model.Substring(slash + 1);
        return name.Length < 512 && s_azureFineTune.Match(name) is { Success: true } match ? name.Substring(0, match.Index) : name;
    }

    // "o1" and "o1-mini", and not "o1234".
    private static bool EndsWord(string name, string prefix) =>
        name.Length == prefix.Length || prefix[prefix.Length - 1] == '-' || !char.IsDigit(name[prefix.Length]);
}
