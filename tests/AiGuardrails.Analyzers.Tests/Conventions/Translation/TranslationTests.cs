using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using AiGuardrails.Analyzers.Diagnostics;

namespace AiGuardrails.Analyzers.Tests.Conventions.Translation;

/// <summary>Whatever a reader is told in English, a reader of Chinese is told in Chinese.</summary>
public sealed partial class TranslationTests
{
    private static readonly string s_file = Path.Combine(Repository.Root, "src", "AiGuardrails.Core", "Text", "Translations.zh-Hans.resx");

    private static readonly Lazy<WordsInCode> s_code = new(WordsInCode.Read);

    private static readonly Lazy<IReadOnlyDictionary<string, string>> s_chinese = new(static () =>
        XDocument.Load(s_file).Root!.Elements("data").ToDictionary(static entry => (string)entry.Attribute("name")!, static entry => (string)entry.Element("value")!, StringComparer.Ordinal));

    [Fact]
    public void Words_in_the_code_are_constants() =>
        Assert.True(s_code.Value.Problems.Count == 0, string.Join("\n", s_code.Value.Problems));

    [Fact]
    public void Everything_has_a_translation()
    {
        var missing = English().Where(static words => !s_chinese.Value.ContainsKey(words.Text)).Select(static words => $"{words.Place}: {words.Text}").Distinct(StringComparer.Ordinal).ToList();

        Assert.True(missing.Count == 0, $"{missing.Count} texts have no translation in {Path.GetFileName(s_file)}:\n" + string.Join("\n", missing));
    }

    [Fact]
    public void Every_translation_is_of_something()
    {
        var english = All().Select(static words => words.Text).ToHashSet(StringComparer.Ordinal);

        var unused = s_chinese.Value.Keys.Where(words => !english.Contains(words)).ToList();
        Assert.True(unused.Count == 0, "Translations of texts that are gone:\n" + string.Join("\n", unused));
    }

    [Fact]
    public void Placeholders_are_the_same() =>
        Assert.All(s_chinese.Value, static entry => Assert.Equal(Placeholders(entry.Key), Placeholders(entry.Value)));

    /// <summary>What has a letter outside its holes.</summary>
    private static IEnumerable<FoundWords> English() => All().Where(static words => HoleOrSpace().Replace(words.Text, "").Any(char.IsLetter));

    private static IEnumerable<FoundWords> All() =>
        s_code.Value.Words
            .Concat(Descriptors.All.SelectMany(static rule => new[] { rule.Descriptor.Title, rule.Descriptor.MessageFormat, rule.Descriptor.Description }
                .Select(text => new FoundWords(text.ToString(CultureInfo.InvariantCulture), rule.Descriptor.Id))));

    private static IEnumerable<string> Placeholders(string text) => Hole().Matches(text).Select(static match => match.Value).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal);

    [GeneratedRegex(@"\{\d+(:[^{}]*)?\}", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Hole();

    [GeneratedRegex(@"\{\d+(:[^{}]*)?\}|\s", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex HoleOrSpace();
}
