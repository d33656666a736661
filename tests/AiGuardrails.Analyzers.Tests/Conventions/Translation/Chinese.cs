using System.Globalization;
using System.Text.RegularExpressions;

namespace AiGuardrails.Analyzers.Tests.Conventions.Translation;

/// <summary>What a reader of Chinese sees.</summary>
internal static partial class Chinese
{
    public static CultureInfo Culture { get; } = CultureInfo.GetCultureInfo("zh-Hans");

    /// <summary>
    /// Whether a message is Chinese to its end. A piece that is put into a sentence as plain text stays English in every language:
    /// three English words in a row, outside quotation marks and code, are one.
    /// </summary>
    public static void IsReadable(string message)
    {
        Assert.Matches(@"\p{IsCJKUnifiedIdeographs}", message);
        Assert.False(English().IsMatch(Quoted().Replace(message, "")), $"A part of this message is not translated; make it a Sentence: {message}");
    }

    [GeneratedRegex(@"\b[a-z]{2,}( [a-z]{2,}){2,}\b", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex English();

    [GeneratedRegex(@"'[^']*'|\[[^\]]*\]|<[^>]*>", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Quoted();
}
