using System.Text.RegularExpressions;
using AiGuardrails.Analyzers.Diagnostics;

namespace AiGuardrails.Analyzers.Tests.Conventions.Translation;

/// <summary>Every page of a rule is there in Chinese too, with the same examples, tables, options and links as in English, whose examples are tests.</summary>
public sealed partial class ChinesePageTests
{
    private static readonly string s_folder = Path.Combine(Repository.Root, "docs", "rules", "zh-Hans");

    public static TheoryData<string> Rules => [.. Descriptors.All.Select(static rule => rule.Descriptor.Id)];

    [Fact]
    public void Every_rule_has_a_page_and_no_page_is_of_no_rule() =>
        Assert.Equal(
            Descriptors.All.Select(static rule => rule.Descriptor.Id).Order(StringComparer.Ordinal),
            Directory.GetFiles(s_folder, "*.md").Select(Path.GetFileNameWithoutExtension).Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Rules))]
    public void Page_has_the_title_of_the_rule_in_Chinese(string rule)
    {
        var title = Descriptors.All.Single(candidate => candidate.Descriptor.Id == rule).Descriptor.Title.ToString(Chinese.Culture);

        Assert.StartsWith($"# {rule}：{title}\n", Page(rule), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Rules))]
    public void Page_has_the_parts_of_the_English_one(string rule)
    {
        var (english, chinese) = (RulePageTests.Page(rule), Page(rule));

        Assert.Equal(All(Example(), english), All(Example(), chinese));
        Assert.Equal(Parts(english), Parts(chinese));
        Assert.Equal(All(Option(), english), All(Option(), chinese));
        Assert.Equal(All(Link(), english), All(Link(), chinese).Select(static link => link.Replace("(../../", "(../", StringComparison.Ordinal)));
    }

    private static string Page(string rule) => File.ReadAllText(Path.Combine(s_folder, rule + ".md")).ReplaceLineEndings("\n");

    private static IEnumerable<string> All(Regex part, string page) => part.Matches(page).Select(static match => match.Value).Order(StringComparer.Ordinal);

    // What each block begins with: a heading, a row, an item of a list, or a paragraph, which may have other line ends.
    private static IEnumerable<string> Parts(string page) => Example().Replace(page, "").Split("\n\n", StringSplitOptions.RemoveEmptyEntries)
        .Select(static block => block.TrimStart('\n'))
        .Where(static block => block.Length > 0)
        .SelectMany(static block => block[0] switch
        {
            '#' => [new string('#', block.TakeWhile(static character => character == '#').Count())],
            '|' => block.TrimEnd('\n').Split('\n').Select(static row => "row of " + row.Count(static character => character == '|')),
            '-' => block.Split('\n').Where(static line => line.StartsWith("- ", StringComparison.Ordinal)).Select(static _ => "item"),
            _ => Enumerable.Repeat("paragraph", 1),
        });

    [GeneratedRegex("^```[^\n]*\n.*?^```$", RegexOptions.Multiline | RegexOptions.Singleline, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Example();

    [GeneratedRegex("^- `aiguardrails[.][a-z_]+`", RegexOptions.Multiline, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Option();

    [GeneratedRegex(@"\]\([^)]*\)", RegexOptions.None, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Link();
}
