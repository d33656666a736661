using System.Text.RegularExpressions;
using AiGuardrails.Analyzers.Diagnostics;
using AiGuardrails.Analyzers.Options;
using AiGuardrails.Analyzers.Rules.TrainingData;
using AiGuardrails.Analyzers.Tests.Conventions.Translation;
using AiGuardrails.CodeFixes;
using AiGuardrails.Testing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Diagnostics;

namespace AiGuardrails.Analyzers.Tests.Conventions;

/// <summary>The page of a rule is a test: its bad code is reported as marked, its good code is silent, and the fix leads from one to the other.</summary>
public sealed partial class RulePageTests
{
    private static readonly string s_docs = Path.Combine(Repository.Root, "docs");

    public static TheoryData<string> Rules => [.. Descriptors.All.Select(static rule => rule.Descriptor.Id)];

    [Theory]
    [MemberData(nameof(Rules))]
    public void Page_has_the_sections_that_readers_look_for(string rule)
    {
        var page = Page(rule);
        var descriptor = Descriptors.All.Single(candidate => candidate.Descriptor.Id == rule).Descriptor;

        Assert.StartsWith($"# {rule}: {descriptor.Title}\n", page, StringComparison.Ordinal);
        Assert.EndsWith($"docs/rules/{rule}.md", descriptor.HelpLinkUri, StringComparison.Ordinal);
        Assert.All(["## Cause", "## Why it matters", "## Options", "## When to suppress"], section => Assert.Contains(section + "\n", page, StringComparison.Ordinal));
        Assert.Contains($"| {descriptor.Category} |", page, StringComparison.Ordinal);
    }

    /// <summary>The line "Risks: …" under the title table, and the tags of the descriptor, which reports hand on.</summary>
    [Theory]
    [MemberData(nameof(Rules))]
    public void Page_names_the_risks_of_the_tags(string rule)
    {
        var descriptor = Descriptors.All.Single(candidate => candidate.Descriptor.Id == rule).Descriptor;
        var risks = descriptor.CustomTags.Where(Risks.Names.ContainsKey).Select(static tag => tag + " " + Risks.Names[tag]).ToList();
        var page = Page(rule);
        var head = page[..page.IndexOf("\n## Cause\n", StringComparison.Ordinal)];
        var line = risks.Count == 0 ? "" : "\nRisks: " + string.Join(" · ", risks) + "\n";

        Assert.EndsWith("|\n" + line, head, StringComparison.Ordinal);
        Assert.DoesNotContain("\nRisks:", page[head.Length..], StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Rules))]
    public async Task Examples_on_the_page_behave_as_it_says(string rule)
    {
        var bad = Blocks(rule, "bad");
        var good = Blocks(rule, "good");
        var isAboutOtherFiles = rule is RuleIds.InvalidOption or RuleIds.InvalidModelCatalogue or RuleIds.StaleBaselineEntry || IsAboutDataFiles(rule);
        Assert.True(isAboutOtherFiles || (bad.Length > 0 && good.Length > 0), $"The page of {rule} has no bad or no good example.");

        var analyzer = AnalyzerOf(rule);
        var fix = typeof(AiCodeFix).Assembly.GetTypes().Where(static type => !type.IsAbstract && typeof(CodeFixProvider).IsAssignableFrom(type))
            .Select(static type => (CodeFixProvider)Activator.CreateInstance(type)!).SingleOrDefault(candidate => candidate.FixableDiagnosticIds.Contains(rule));

        foreach (var code in good)
        {
            await With(rule, new PageTest(analyzer) { Sources = { code } }, isGood: true).RunAsync();
        }

        for (var i = 0; i < bad.Length; i++)
        {
            Assert.Contains("{|" + rule + ":", bad[i], StringComparison.Ordinal);
            await With(rule, fix is null || i >= good.Length
                ? new PageTest(analyzer) { Sources = { bad[i] } }
                : WithFixed(rule, new PageFixTest(analyzer, fix) { Sources = { bad[i] }, FixedSources = { good[i] } })).RunAsync();
        }
    }

    [Fact]
    public void Every_page_has_a_rule() =>
        Assert.Equal(
            Descriptors.All.Select(static rule => rule.Descriptor.Id).Order(StringComparer.Ordinal),
            Directory.GetFiles(Path.Combine(s_docs, "rules"), "AIG*.md").Select(Path.GetFileNameWithoutExtension).Order(StringComparer.Ordinal));

    [Fact]
    public void Every_option_is_documented_on_its_page_and_in_the_list()
    {
        var list = File.ReadAllText(Path.Combine(s_docs, "configuration.md"));
        foreach (var option in AiOptions.All)
        {
            Assert.NotEmpty(option.Rules);
            Assert.Contains("aiguardrails." + option.Name, list, StringComparison.Ordinal);
            Assert.All(option.Rules, rule => Assert.Contains("`aiguardrails." + option.Name + "`", Page(rule), StringComparison.Ordinal));
        }
    }

    /// <summary>The analyzer of a rule: the one for code, and for rules about data files alone the one for those.</summary>
    internal static DiagnosticAnalyzer AnalyzerOf(string rule)
    {
        var analyzers = typeof(AiAnalyzer).Assembly.GetTypes().Where(static type => !type.IsAbstract && typeof(DiagnosticAnalyzer).IsAssignableFrom(type))
            .Select(static type => (DiagnosticAnalyzer)Activator.CreateInstance(type)!)
            .Where(analyzer => analyzer.SupportedDiagnostics.Any(descriptor => descriptor.Id == rule))
            .ToArray();

        return analyzers.SingleOrDefault(static analyzer => analyzer is not TrainingDataAnalyzer) ?? analyzers.Single();
    }

    /// <summary>Whether only data files are reported by a rule; their examples are tested in <see cref="DataPageTests"/>.</summary>
    internal static bool IsAboutDataFiles(string rule) => AnalyzerOf(rule) is TrainingDataAnalyzer;

    /// <summary>
    /// Gives the examples a day, and the data files that the page shows: blocks named like one, such as
    /// <c>jsonl train.jsonl</c>. A block such as <c>json x.json good</c> takes the place of that file beside good examples.
    /// </summary>
    private static AnalyzerTest With(string rule, AnalyzerTest test, bool isGood = false)
    {
        // Examples of rules about dates say for which day they are; it is this one on every page.
        test.GlobalOptions["build_property.AiGuardrailsToday"] = "2026-09-01";
        AddFiles(rule, test.AdditionalFiles, isGood);
        return test;
    }

    private static PageFixTest WithFixed(string rule, PageFixTest test)
    {
        AddFiles(rule, test.FixedAdditionalFiles, isGood: true);
        return test;
    }

    private static void AddFiles(string rule, TestFileList files, bool isGood)
    {
        foreach (var file in DataFile().Matches(Page(rule)).GroupBy(static match => match.Groups["name"].Value, StringComparer.Ordinal))
        {
            var shown = file.LastOrDefault(match => match.Groups["good"].Success == isGood) ?? file.Last();
            files.Add(file.Key, shown.Groups["text"].Value);
        }
    }

    internal static string Page(string rule) => File.ReadAllText(Path.Combine(s_docs, "rules", rule + ".md")).ReplaceLineEndings("\n");

    private static string[] Blocks(string rule, string kind) =>
        [.. Block().Matches(Page(rule)).Where(match => match.Groups["kind"].Value == kind).Select(static match => match.Groups["code"].Value)];

    [GeneratedRegex("^```csharp (?<kind>bad|good)\n(?<code>.*?)^```$", RegexOptions.Multiline | RegexOptions.Singleline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Block();

    [GeneratedRegex("^```[a-z]+ (?<name>[^ \n]+\\.[a-z]+)(?<good> good)?\n(?<text>.*?)^```$", RegexOptions.Multiline | RegexOptions.Singleline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex DataFile();

    private sealed class PageTest(DiagnosticAnalyzer analyzer) : AnalyzerTest(analyzer)
    {
        protected override void Inspect(Diagnostic diagnostic) => Chinese.IsReadable(diagnostic.GetMessage(Chinese.Culture));
    }

    private sealed class PageFixTest(DiagnosticAnalyzer analyzer, CodeFixProvider fix) : CodeFixTest(analyzer, fix)
    {
        protected override void Inspect(Diagnostic diagnostic) => Chinese.IsReadable(diagnostic.GetMessage(Chinese.Culture));
    }
}

internal static class Repository
{
    /// <summary>Gets the folder of the solution.</summary>
    public static string Root { get; } = Find();

    private static string Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "AiGuardrails.sln")))
            {
                return folder.FullName;
            }
        }

        throw new InvalidOperationException("The tests do not run inside the repository.");
    }
}
