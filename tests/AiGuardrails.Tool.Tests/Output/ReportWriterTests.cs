using System.Globalization;
using System.Text.Json;
using AiGuardrails.Tool.Findings;
using AiGuardrails.Tool.Output;

namespace AiGuardrails.Tool.Tests.Output;

public sealed class ReportWriterTests
{
    private const string LongMessage = "'ft:gpt-4o-mini:acme::AbC123' is a fine-tuned model ID; read it from configuration so that retraining needs no code change";

    private static readonly Report s_report = new()
    {
        Findings =
        [
            new("AIG1001", FindingLevel.Warning, new("src/a b#.cs", 12, 5), LongMessage),
            new("AIG4001", FindingLevel.Error, new("src/a b#.cs", 120, 15), "'[red]' | <T> *stays* as `it` is"),
            new("AIG9001", FindingLevel.Info, new("data.jsonl"), "whole file"),
        ],
        Rules = new Dictionary<string, RuleInfo>(StringComparer.Ordinal)
        {
            ["AIG1001"] = new("AIG1001", "Hard-coded", "https://example.org/AIG1001", "Models") { Tags = new(["LLM02:2026", "CWE-798"]) },
        },
        Problems = [new("CS0103", new("src/b.cs", 1, 2), "The name 'X' does not exist")],
        Notes = ["A note."],
        Suppressed = 2,
        ProjectsChecked = 1,
        FilesChecked = 12,
    };

    [Fact]
    public void Text_is_grouped_by_file_and_wrapped_never_cut()
    {
        Assert.Equal(
            """
            src/a b#.cs
                12:5  warning  AIG1001  'ft:gpt-4o-mini:acme::AbC123' is a fine-tuned model
                                        ID; read it from configuration so that retraining
                                        needs no code change
              120:15  error    AIG4001  '[red]' | <T> *stays* as `it` is

            data.jsonl
                info  AIG9001  whole file

            Not checked
              - src/b.cs(1,2): CS0103: The name 'X' does not exist

            Notes
              - A note.

            3 findings (1 error, 1 warning, 1 info) in 2 files; 1 project, 12 files
            analysed; 2 suppressed in code; not everything could be checked (1 problem)

            """,
            Write(s_report, ReportFormat.Text),
            ignoreLineEndingDifferences: true);
    }

    [Theory]
    [InlineData(40)]
    [InlineData(80)]
    [InlineData(200)]
    public void Text_keeps_to_its_width_and_loses_no_word(int width)
    {
        var text = Write(s_report, ReportFormat.Text, width);

        Assert.All(text.Split('\n'), line => Assert.InRange(line.Length, 0, width));
        Assert.DoesNotContain('…', text);
        foreach (var word in LongMessage.Split(' ').Where(word => word.Length < 10))
        {
            Assert.Contains(word, text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Text_without_findings_says_so()
    {
        Assert.Equal(
            "No findings; 1 project, 1 file analysed" + Environment.NewLine,
            Write(new Report { Findings = [], ProjectsChecked = 1, FilesChecked = 1 }, ReportFormat.Text));
    }

    [Fact]
    public void Json_has_the_stable_shape()
    {
        var json = JsonDocument.Parse(Write(s_report, ReportFormat.Json)).RootElement;

        Assert.Equal(["findings", "summary"], json.EnumerateObject().Select(property => property.Name));

        var finding = json.GetProperty("findings")[0];
        Assert.Equal(["rule", "level", "file", "line", "column", "message"], finding.EnumerateObject().Select(property => property.Name));
        Assert.Equal(
            ("AIG1001", "warning", "src/a b#.cs", 12, 5, LongMessage),
            (finding.GetProperty("rule").GetString(), finding.GetProperty("level").GetString(), finding.GetProperty("file").GetString(),
                finding.GetProperty("line").GetInt32(), finding.GetProperty("column").GetInt32(), finding.GetProperty("message").GetString()));
        Assert.Equal(["warning", "error", "info"], json.GetProperty("findings").EnumerateArray().Select(each => each.GetProperty("level").GetString()));
        Assert.Equal(0, json.GetProperty("findings")[2].GetProperty("line").GetInt32());

        var summary = json.GetProperty("summary");
        Assert.Equal((3, 1, 1, 1, 2), (Number("findings"), Number("errors"), Number("warnings"), Number("infos"), Number("suppressed")));
        Assert.False(summary.GetProperty("complete").GetBoolean());
        Assert.Equal("CS0103", summary.GetProperty("problems")[0].GetProperty("code").GetString());

        int Number(string name) => summary.GetProperty(name).GetInt32();
    }

    [Fact]
    public void Sarif_is_one_run_with_rules_and_links()
    {
        var sarif = JsonDocument.Parse(Write(s_report, ReportFormat.Sarif)).RootElement;
        Assert.Equal("2.1.0", sarif.GetProperty("version").GetString());

        var run = Assert.Single(sarif.GetProperty("runs").EnumerateArray());
        var rule = Assert.Single(run.GetProperty("tool").GetProperty("driver").GetProperty("rules").EnumerateArray());
        Assert.Equal("https://example.org/AIG1001", rule.GetProperty("helpUri").GetString());
        Assert.Equal(["security", "LLM02:2026", "CWE-798", "external/cwe/cwe-798"], rule.GetProperty("properties").GetProperty("tags").EnumerateArray().Select(tag => tag.GetString()));
        Assert.Equal(("5.0", "high"), (rule.GetProperty("properties").GetProperty("security-severity").GetString(), rule.GetProperty("properties").GetProperty("precision").GetString()));
        Assert.StartsWith("Hard-coded See https://example.org/AIG1001", rule.GetProperty("help").GetProperty("text").GetString(), StringComparison.Ordinal);
        Assert.Equal("aiguardrails/check/", run.GetProperty("automationDetails").GetProperty("id").GetString());

        var results = run.GetProperty("results");
        Assert.Equal(["warning", "error", "note"], results.EnumerateArray().Select(result => result.GetProperty("level").GetString()));
        Assert.Equal(0, results[0].GetProperty("ruleIndex").GetInt32());

        var location = results[0].GetProperty("locations")[0].GetProperty("physicalLocation");
        Assert.Equal("%SRCROOT%", location.GetProperty("artifactLocation").GetProperty("uriBaseId").GetString());
        Assert.Equal("src/a%20b%23.cs", location.GetProperty("artifactLocation").GetProperty("uri").GetString());
        Assert.Equal(12, location.GetProperty("region").GetProperty("startLine").GetInt32());
        Assert.Equal("""{"startLine":1,"startColumn":1,"endLine":1,"endColumn":2}""", JsonSerializer.Serialize(results[2].GetProperty("locations")[0].GetProperty("physicalLocation").GetProperty("region")));

        var invocation = run.GetProperty("invocations")[0];
        Assert.False(invocation.GetProperty("executionSuccessful").GetBoolean());
        Assert.Equal(2, invocation.GetProperty("toolExecutionNotifications").GetArrayLength());
    }

    [Fact]
    public void Sarif_of_files_has_paths_from_the_root_ends_and_fingerprints()
    {
        using var run = new ToolRun().Write("src/a.cs", "one\ntwo\nthree\n").Write("b.cs", "other");
        _ = Directory.CreateDirectory(Path.Combine(run.Folder, ".git"));
        var report = new Report
        {
            Findings =
            [
                new("AIG1001", FindingLevel.Warning, new("a.cs", 2, 1), "m") { End = (2, 4) },
                new("AIG9006", FindingLevel.Info, new("../b.cs"), "whole"),
                new("AIG1001", FindingLevel.Warning, new("../../c.cs", 1, 1), "outside"),
            ],
            Known = [new("AIG1001", FindingLevel.Error, new("a.cs", 3, 1), "known")],
        };

        using var writer = new StringWriter(CultureInfo.InvariantCulture);
        ReportWriter.Write(report, ReportFormat.Sarif, writer, isTerminal: false, 80, Path.Combine(run.Folder, "src"));
        var results = JsonDocument.Parse(writer.ToString()).RootElement.GetProperty("runs")[0].GetProperty("results");

        Assert.Equal(["src/a.cs", "b.cs", new Uri(Path.GetFullPath(Path.Combine(run.Folder, "..", "c.cs"))).AbsoluteUri, "src/a.cs"], results.EnumerateArray().Select(result => Physical(result).GetProperty("artifactLocation").GetProperty("uri").GetString()));
        Assert.False(Physical(results[2]).GetProperty("artifactLocation").TryGetProperty("uriBaseId", out _));
        Assert.Equal((2, 4), (Physical(results[0]).GetProperty("region").GetProperty("endLine").GetInt32(), Physical(results[0]).GetProperty("region").GetProperty("endColumn").GetInt32()));
        Assert.Equal(LineHashes.Of("one\ntwo\nthree\n")[1], results[0].GetProperty("partialFingerprints").GetProperty("primaryLocationLineHash").GetString());
        Assert.NotEqual(results[0].GetProperty("partialFingerprints").GetProperty("aiguardrails/v1").GetString(), results[3].GetProperty("partialFingerprints").GetProperty("aiguardrails/v1").GetString());
        Assert.Equal(["primaryLocationLineHash", "aiguardrails/v1"], results[1].GetProperty("partialFingerprints").EnumerateObject().Select(property => property.Name));
        Assert.Equal(["accepted"], results[3].GetProperty("suppressions").EnumerateArray().Select(suppression => suppression.GetProperty("status").GetString()));
        Assert.False(results[0].TryGetProperty("suppressions", out _));

        static JsonElement Physical(JsonElement result) => result.GetProperty("locations")[0].GetProperty("physicalLocation");
    }

    [Fact]
    public void Markdown_is_a_table_that_no_message_breaks()
    {
        Assert.Equal(
            $$"""
            ### AiGuardrails

            3 findings (1 error, 1 warning, 1 info) in 2 files; 1 project, 12 files analysed; 2 suppressed in code; not everything could be checked (1 problem).

            | | Place | Rule | Message |
            |---|---|---|---|
            | warning | `src/a b#.cs:12` | [AIG1001](https://example.org/AIG1001) | {{LongMessage}} |
            | error | `src/a b#.cs:120` | AIG4001 | '\[red\]' \| \<T\> \*stays\* as \`it\` is |
            | info | `data.jsonl` | AIG9001 | whole file |

            **Not checked**

            - `src/b.cs(1,2)` CS0103 The name 'X' does not exist

            **Notes**

            - A note.

            """,
            Write(s_report, ReportFormat.Markdown),
            ignoreLineEndingDifferences: true);
    }

    private static string Write(Report report, ReportFormat format, int width = 80)
    {
        using var writer = new StringWriter(CultureInfo.InvariantCulture);
        ReportWriter.Write(report, format, writer, isTerminal: false, width);
        return writer.ToString();
    }
}

public sealed class ReportFileTests
{
    [Fact]
    public async Task File_gets_the_report_and_the_error_stream_what_was_not_checked()
    {
        using var run = new ToolRun();
        using var output = new StringWriter(CultureInfo.InvariantCulture);
        using var error = new StringWriter(CultureInfo.InvariantCulture);
        var report = new Report { Findings = [], Problems = Enumerable.Range(1, 25).Select(line => new Problem("CS0103", new("a.cs", line, 1), "m")).ToList(), Notes = ["A note."] };

        await ReportWriter.WriteAsync(
            report,
            ReportFormat.Json,
            "new/folder/report.json",
            new ToolContext { Out = output, Error = error, CurrentDirectory = run.Folder },
            CancellationToken.None);

        Assert.Empty(output.ToString());
        Assert.Equal(25, JsonDocument.Parse(await File.ReadAllTextAsync(Path.Combine(run.Folder, "new", "folder", "report.json"))).RootElement.GetProperty("summary").GetProperty("problems").GetArrayLength());

        var lines = error.ToString().Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(["Not checked: a.cs(20,1): CS0103: m", "Not checked: and 5 more", "Note: A note."], lines[^3..]);
    }
}
