using System.Globalization;
using System.Text.RegularExpressions;
using AiGuardrails.Analyzers.Rules.Configuration;
using AiGuardrails.Analyzers.Rules.Models;
using AiGuardrails.Analyzers.Tests.Baselines;
using AiGuardrails.Analyzers.Tests.Conventions;
using AiGuardrails.CodeFixes.Rules.Configuration;
using AiGuardrails.Testing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using static AiGuardrails.Analyzers.Tests.Baselines.BaselineRun;

namespace AiGuardrails.Analyzers.Tests.Rules.Configuration;

public sealed partial class AIG0003_StaleBaselineEntryTests
{
    private const string Line = "    object M(string key) => new OpenAI.Chat.ChatClient(\"ft:gpt-4o-mini-2024-07-18:acme::AbC12345\", key);";
    private const string Mended = "class C\n{\n    object M(string model, string key) => new OpenAI.Chat.ChatClient(model, key);\n}\n";
    private const string Source = "class C\n{\n" + Line + "\n}\n";

    [Fact]
    public async Task Mended_finding_is_told_at_its_line()
    {
        var diagnostic = Assert.Single(await new BaselineRun()
            .Source("a.cs", Mended)
            .Baseline(Entry("AIG1001", "other.cs", Line), Entry("AIG1001", "a.cs", Line))
            .DiagnosticsAsync());

        Assert.Equal("The baseline lists AIG1001 in 'a.cs' that is no longer found; run: aiguardrails baseline --update", diagnostic.GetMessage(CultureInfo.InvariantCulture));
        Assert.Equal((DiagnosticSeverity.Info, 2, Entry("AIG1001", "a.cs", Line).Length), (diagnostic.Severity, diagnostic.Location.GetLineSpan().StartLinePosition.Line, diagnostic.Location.SourceSpan.Length));
    }

    [Fact]
    public async Task Count_that_is_too_high_says_by_how_many() => Assert.Contains(
        await new BaselineRun().Source("a.cs", Source).Baseline(Entry("AIG1001", "a.cs", Line, count: 3)).DiagnosticsAsync(),
        static diagnostic => diagnostic.GetMessage(CultureInfo.InvariantCulture).StartsWith("The baseline lists 2 × AIG1001 in 'a.cs'", StringComparison.Ordinal));

    [Fact]
    public async Task Mended_line_of_a_data_file_is_told() => Assert.Equal(
        ["aiguardrails.baseline.json(2): info AIG0003", "known d.jsonl(1): error AIG9006"],
        await new BaselineRun()
            .Source("a.cs", "class C { }")
            .TrainingData("d.jsonl", "{\"messages\":[{\"role\":\"user\",\"content\":\"a\"},{\"role\":\"assistant\",\"content\":\"b\"}]}\n")
            .Baseline(Entry("AIG9001", "d.jsonl", "not json"), WholeFile("AIG9006", "d.jsonl"))
            .RunAsync());

    [Fact]
    public async Task Finding_that_is_there_is_not_stale() =>
        Assert.Equal(["known a.cs(3): warning AIG1001"], await new BaselineRun().Source("a.cs", Source).Baseline(Entry("AIG1001", "a.cs", Line)).RunAsync());

    /// <summary>It is found and silenced otherwise: the entry does no harm, and may be needed elsewhere.</summary>
    [Fact]
    public async Task Finding_under_a_pragma_is_not_stale() => Assert.DoesNotContain(
        await new BaselineRun().Source("a.cs", "#pragma warning disable AIG1001\n" + Source).Baseline(Entry("AIG1001", "a.cs", Line)).DiagnosticsAsync(),
        static diagnostic => diagnostic.Id == "AIG0003");

    [Fact]
    public async Task File_that_is_not_of_the_project_is_left_out() =>
        Assert.Empty(await new BaselineRun().Source("a.cs", Mended).Baseline(Entry("AIG1001", "b.cs", Line), Entry("AIG9001", "d.jsonl", "x")).RunAsync());

    [Fact]
    public async Task Rule_that_is_off_is_left_out() =>
        Assert.Empty(await new BaselineRun().Source("a.cs", Mended).Level("AIG1001", ReportDiagnostic.Suppress).Baseline(Entry("AIG1001", "a.cs", Line)).RunAsync());

    [Fact]
    public async Task Rule_that_did_not_run_is_left_out() =>
        Assert.Empty(await new BaselineRun { Runs = static type => type != typeof(HardCodedFineTunedModelIdAnalyzer) }.Source("a.cs", Mended).Baseline(Entry("AIG1001", "a.cs", Line)).RunAsync());

    [Fact]
    public async Task File_with_errors_is_left_out() =>
        Assert.Empty(await new BaselineRun().Source("a.cs", Mended + "class D { Missing M() => null; }").Baseline(Entry("AIG1001", "a.cs", Line)).RunAsync());

    [Theory]
    [InlineData("NET8_0", 0)]
    [InlineData("OTHER", 1)]
    public async Task Code_of_another_target_framework_is_left_out(string symbol, int stale)
    {
        var found = await new BaselineRun().Source("a.cs", $"#if {symbol}\n{Source}\n#else\n{Mended}\n#endif").Symbols("OTHER").Baseline(Entry("AIG1001", "a.cs", Line), Entry("AIG1001", "a.cs", "gone")).DiagnosticsAsync();

        // What is in no branch is stale in both.
        Assert.Equal(1, found.Count(static diagnostic => diagnostic.Id == "AIG0003"));
        Assert.Equal(stale, found.Count(static diagnostic => diagnostic.IsSuppressed));
    }

    [Fact]
    public async Task More_findings_than_are_listed_leave_a_data_file_out()
    {
        var lines = string.Concat(Enumerable.Range(0, 60).Select(static number => $"not json {number}\n"));

        Assert.DoesNotContain(
            await new BaselineRun().Source("a.cs", "class C { }").TrainingData("d.jsonl", lines).Baseline(Entry("AIG9001", "d.jsonl", "not json 59")).DiagnosticsAsync(),
            static diagnostic => diagnostic.Id == "AIG0003");
    }

    [Fact]
    public async Task Examples_on_the_page_behave_as_it_says()
    {
        var page = RulePageTests.Page("AIG0003");
        var blocks = Block().Matches(page).ToDictionary(static match => match.Groups["name"].Value, static match => match.Groups["text"].Value, StringComparer.Ordinal);

        var bad = await new BaselineRun().Source("Support.cs", blocks["Support.cs"]).File("aiguardrails.baseline.json", blocks["bad"]).DiagnosticsAsync();
        var good = await new BaselineRun().Source("Support.cs", blocks["Support.cs"]).File("aiguardrails.baseline.json", blocks["good"]).DiagnosticsAsync();

        Assert.Contains($"`{Assert.Single(bad).GetMessage(CultureInfo.InvariantCulture)}`", page, StringComparison.Ordinal);
        Assert.Empty(good);
    }

    [GeneratedRegex("^```(csharp|json) (?<name>[^ \n]+)\n(?<text>.*?)^```$", RegexOptions.Multiline | RegexOptions.Singleline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Block();

    /// <summary>An entry goes, a count goes down, and what is still found stays: one at a time, and all at once in one project and in two.</summary>
    [Theory]
    [InlineData("\n", false)]
    [InlineData("\r\n", true)]
    public async Task Fix_takes_out_what_is_mended(string lineEnd, bool inTwoProjects)
    {
        var there = Entry("AIG1001", "a.cs", Line);
        var more = Entry("AIG1001", "a.cs", Line, count: 3);
        var gone = Entry("AIG1001", "a.cs", "gone();");
        var other = Entry("AIG1001", "z.cs", Line);

        await FixTest(
            Text($"    {{|AIG0003:{more},|}}\n    {{|AIG0003:{gone},|}}\n    {other}", shift: true),
            Text($"    {there},\n    {other}", shift: false),
            test => test.FixAllInTwoProjects = inTwoProjects);

        string Text(string entries, bool shift) =>
            ("{\n  \"version\": 1,\n  \"findings\": [\n" + (shift ? entries.Replace("    {|", "{|", StringComparison.Ordinal) : entries) + "\n  ]\n}\n").Replace("\n", lineEnd, StringComparison.Ordinal);
    }

    [Fact]
    public Task Fix_of_the_last_entry_leaves_an_empty_baseline() => FixTest(
        "{\"version\":1,\"findings\":[\n{|AIG0003:" + Entry("AIG1001", "a.cs", "gone();") + "|}\n]}",
        "{\n  \"version\": 1,\n  \"findings\": []\n}\n");

    [Fact]
    public async Task Baseline_that_cannot_be_read_has_no_fix()
    {
        var test = new CSharpCodeFixTest<StaleBaselineEntryAnalyzer, StaleBaselineEntryCodeFix>
        {
            Sources = { ("a.cs", Source) },
            AdditionalFiles = { ("aiguardrails.baseline.json", "{\"version\":1,\"findings\":[\n{|AIG0003:<<<<<<< HEAD|}\n]}") },
            FixesAdditionalFiles = true,
            OffersNoFix = true,
            SilentWithoutSdk = false,
        };

        await test.RunAsync();
    }

    [Fact]
    public void An_editor_asks_the_fix_about_other_files_than_code() =>
        Assert.Equal(["AdditionalDocument"], typeof(StaleBaselineEntryCodeFix).GetCustomAttributes(inherit: false).OfType<ExportCodeFixProviderAttribute>().Single().DocumentKinds);

    private static Task FixTest(string before, string after, Action<CSharpCodeFixTest<StaleBaselineEntryAnalyzer, StaleBaselineEntryCodeFix>>? configure = null)
    {
        var test = new CSharpCodeFixTest<StaleBaselineEntryAnalyzer, StaleBaselineEntryCodeFix>
        {
            Sources = { ("a.cs", Source.Replace("\"ft", "{|AIG1001:\"ft", StringComparison.Ordinal).Replace("345\"", "345\"|}", StringComparison.Ordinal)) },
            FixedSources = { ("a.cs", Source.Replace("\"ft", "{|AIG1001:\"ft", StringComparison.Ordinal).Replace("345\"", "345\"|}", StringComparison.Ordinal)) },
            AdditionalFiles = { ("aiguardrails.baseline.json", before) },
            FixedAdditionalFiles = { ("aiguardrails.baseline.json", after) },
            AdditionalAnalyzers = { new HardCodedFineTunedModelIdAnalyzer() },
            FixesAdditionalFiles = true,
            FixesAllAdditionalFiles = true,
            SilentInGeneratedCode = false,
            SilentUnderPragma = false,
        };
        configure?.Invoke(test);
        return test.RunAsync();
    }

    [Fact]
    public async Task Empty_baseline_is_silent() => Assert.Empty(await new BaselineRun().Source("a.cs", Mended).Baseline().RunAsync());

    [Fact]
    public async Task Baseline_that_cannot_be_read_is_one_warning_and_nothing_is_known()
    {
        var found = await new BaselineRun()
            .Source("a.cs", Source)
            .File("aiguardrails.baseline.json", "{\"version\":1,\"findings\":[\n<<<<<<< HEAD\n" + Entry("AIG1001", "a.cs", Line) + "\n]}")
            .DiagnosticsAsync();

        Assert.Equal(["AIG1001", "AIG0003"], found.Select(static diagnostic => diagnostic.Id));
        Assert.Equal(
            ("The baseline cannot be used and no finding counts as known: a merge was left unfinished: keep the entries of both sides", DiagnosticSeverity.Warning, 1),
            (found[1].GetMessage(CultureInfo.InvariantCulture), found[1].Severity, found[1].Location.GetLineSpan().StartLinePosition.Line));
    }
}
