using System.Globalization;
using AiGuardrails.Analyzers.Baselines;
using AiGuardrails.Analyzers.Diagnostics;
using Microsoft.CodeAnalysis;
using static AiGuardrails.Analyzers.Tests.Baselines.BaselineRun;

namespace AiGuardrails.Analyzers.Tests.Baselines;

/// <summary>What a baseline lists is suppressed, and nothing else is.</summary>
public sealed class KnownFindingTests
{
    private const string Line = "    object M(string key) => new OpenAI.Chat.ChatClient(\"ft:gpt-4o-mini-2024-07-18:acme::AbC12345\", key);";
    private const string Source = "class C\n{\n" + Line + "\n}\n";
    private const string BadLine = "not json";

    [Fact]
    public async Task Finding_is_suppressed_where_its_line_has_moved_and_is_written_otherwise() => Assert.Equal(
        ["known a.cs(5): warning AIG1001"],
        await new BaselineRun()
            .Source("a.cs", "// A comment\n\n\nclass C {\nobject M(string  key)=>new OpenAI.Chat.ChatClient( \"ft:gpt-4o-mini-2024-07-18:acme::AbC12345\" ,key); // later\n}\n")
            .Baseline(Entry("AIG1001", "a.cs", Line))
            .RunAsync());

    [Theory]
    [InlineData("AIG1001", "b.cs", Line)]
    [InlineData("AIG4001", "a.cs", Line)]
    [InlineData("AIG1001", "a.cs", "    object M(string key) => new OpenAI.Chat.ChatClient(\"ft:gpt-4o-mini-2024-07-18:acme::Other\", key);")]
    public async Task Other_rule_file_or_code_is_new(string rule, string file, string code) =>
        Assert.Contains("a.cs(3): warning AIG1001", await new BaselineRun().Source("a.cs", Source).Baseline(Entry(rule, file, code)).RunAsync());

    [Fact]
    public async Task Second_equal_finding_in_the_file_is_new_and_the_last_one_is_told() => Assert.Equal(
        ["known a.cs(3): warning AIG1001", "known a.cs(7): warning AIG1001", "a.cs(11): warning AIG1001"],
        await new BaselineRun()
            .Source("a.cs", Source + Source.Replace("class C", "class D", StringComparison.Ordinal) + Source.Replace("class C", "class E", StringComparison.Ordinal))
            .Baseline(Entry("AIG1001", "a.cs", Line, count: 2))
            .RunAsync());

    [Fact]
    public async Task Two_files_do_not_share_their_entries() => Assert.Equal(
        ["known a.cs(3): warning AIG1001", "b.cs(3): warning AIG1001"],
        await new BaselineRun()
            .Source("a.cs", Source)
            .Source("b.cs", Source.Replace("class C", "class D", StringComparison.Ordinal))
            .Baseline(Entry("AIG1001", "a.cs", Line))
            .RunAsync());

    [Fact]
    public async Task Level_of_the_team_is_no_obstacle() => Assert.Equal(
        ["known a.cs(3): error AIG1001"],
        await new BaselineRun().Source("a.cs", Source).Level("AIG1001", ReportDiagnostic.Error).Baseline(Entry("AIG1001", "a.cs", Line)).RunAsync());

    /// <summary>The compiler lets nobody suppress what is an error by default, so that is reported in another way.</summary>
    [Fact]
    public async Task Error_of_a_data_file_is_suppressed_as_an_error()
    {
        var run = new BaselineRun()
            .Source("a.cs", "class C { }")
            .TrainingData("d.jsonl", BadLine + "\nanother\n" + BadLine + "\n")
            .Baseline(Entry("AIG9001", "d.jsonl", BadLine), WholeFile("AIG9006", "d.jsonl"));

        Assert.Equal(
            ["known d.jsonl(1): error AIG9001", "known d.jsonl(1): error AIG9006", "d.jsonl(2): error AIG9001", "d.jsonl(3): error AIG9001"],
            await run.RunAsync());
        Assert.All((await run.DiagnosticsAsync()).Where(static diagnostic => diagnostic.Id == "AIG9001"), static diagnostic =>
        {
            Assert.Equal(Descriptors.All.Single(static rule => rule.Descriptor.Id == "AIG9001").Descriptor.HelpLinkUri, diagnostic.Descriptor.HelpLinkUri);
            Assert.Contains("this is not JSON", diagnostic.GetMessage(CultureInfo.InvariantCulture), StringComparison.Ordinal);
        });
    }

    [Fact]
    public async Task Without_an_entry_for_it_an_error_is_what_it_was()
    {
        var diagnostics = await new BaselineRun()
            .Source("a.cs", "class C { }")
            .TrainingData("d.jsonl", BadLine)
            .Baseline(WholeFile("AIG9006", "d.jsonl"))
            .DiagnosticsAsync();

        Assert.Equal(DiagnosticSeverity.Error, Assert.Single(diagnostics, static diagnostic => diagnostic.Id == "AIG9001").DefaultSeverity);
    }

    [Fact]
    public async Task Prompt_and_prompt_file_are_known_too()
    {
        const string Prompt = "[AiGuardrails.Prompt(\"support\", Version = 1)] [AiGuardrails.Block(AiGuardrails.PromptRole.System, \"Hello {Nobody}\")] public sealed partial record P { }";
        var found = await new BaselineRun().Source("p.cs", Prompt).File("x.prompt.md", "---\nnonsense\n").DiagnosticsAsync();
        var entries = found.Select(static finding => finding.Location.GetLineSpan() is var place && place.EndLinePosition == default
            ? WholeFile(finding.Id, place.Path["/code/".Length..])
            : Entry(finding.Id, place.Path["/code/".Length..], place.Path.EndsWith(".cs", StringComparison.Ordinal) ? Prompt : "---\nnonsense\n".Split('\n')[place.StartLinePosition.Line])).Distinct().ToArray();

        var known = await new BaselineRun().Source("p.cs", Prompt).File("x.prompt.md", "---\nnonsense\n").Baseline(entries).RunAsync();

        Assert.Contains(found, static finding => finding.Id == "AIG8008" && finding.Location.Kind == LocationKind.ExternalFile);
        Assert.Contains(found, static finding => finding.DefaultSeverity == DiagnosticSeverity.Error && finding.Location.IsInSource);
        Assert.All(known, static finding => Assert.StartsWith("known ", finding, StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_is_wrong_with_the_settings_is_never_known() =>
        Assert.Contains("aiguardrails.models.json(1): warning AIG0002", await new BaselineRun()
            .Source("a.cs", Source)
            .File("aiguardrails.models.json", "x")
            .Baseline(Entry("AIG0002", "aiguardrails.models.json", "x"))
            .RunAsync());

    [Theory]
    [InlineData("my-aiguardrails.baseline.json")]
    [InlineData("aiguardrails.baseline.json.txt")]
    public async Task File_of_another_name_is_no_baseline(string name) =>
        Assert.Equal(["a.cs(3): warning AIG1001"], await new BaselineRun().Source("a.cs", Source).File(name, "{\"version\":1,\"findings\":[" + Entry("AIG1001", "a.cs", Line) + "]}").RunAsync());

    [Fact]
    public void Every_rule_but_those_of_settings_can_be_known() => Assert.Equal(
        Descriptors.All.Where(static rule => rule.Descriptor.Category != RuleCategories.Configuration).Select(static rule => rule.Descriptor.Id),
        new KnownFindingSuppressor().SupportedSuppressions.Select(static suppression => suppression.SuppressedDiagnosticId));
}
