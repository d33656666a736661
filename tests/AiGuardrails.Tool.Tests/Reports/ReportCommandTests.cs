using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using AiGuardrails.Tool.Reports;

namespace AiGuardrails.Tool.Tests.Reports;

/// <summary>The page as a document; what only a browser can tell is in <see cref="ReportBrowserTests"/>.</summary>
public sealed class ReportCommandTests
{
    private static readonly string[] s_data = ["report", "--data", "train.jsonl", "--target", "openai-chat", "--today", "2026-06-01"];

    [Fact]
    public async Task Page_has_landmarks_headings_in_order_and_a_policy_that_allows_only_itself()
    {
        using var run = WithData();
        Assert.Equal(ExitCodes.Clean, await run.RunAsync(s_data));
        var html = await PageAsync(run);

        Assert.All((string[])["header", "nav", "main", "footer"], name => Assert.Single(html.All(name)));
        Assert.Equal("#main", html.WithClass("skip").Single().Attribute("href")!.Value);
        Assert.Equal("en", html.Root.Attribute("lang")!.Value);
        Assert.Single(html.All("h1"));

        // A heading is at most one deeper than the one before it.
        var depths = html.Root.Descendants().Where(static element => element.Name.LocalName is "h1" or "h2" or "h3" or "h4").Select(static element => element.Name.LocalName[1] - '0').ToList();
        Assert.All(depths.Zip(depths.Skip(1)), static pair => Assert.True(pair.Second <= pair.First + 1));

        var policy = html.All("meta").Single(static meta => meta.Attribute("http-equiv") is not null).Attribute("content")!.Value;
        Assert.StartsWith("default-src 'none'; ", policy, StringComparison.Ordinal);
        Assert.Contains($"style-src 'sha256-{HashOf(html.Style)}'", policy, StringComparison.Ordinal);
        Assert.Contains($"script-src 'sha256-{HashOf(html.Script)}'", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);

        Assert.DoesNotContain(html.Root.Descendants(), static element => element.Attribute("style") is not null || element.Attributes().Any(static attribute => attribute.Name.LocalName.StartsWith("on", StringComparison.Ordinal)));
        Assert.DoesNotContain(html.Root.Descendants(), static element => element.Attribute("src") is not null || element.Name.LocalName is "link" or "img" or "iframe");
        Assert.DoesNotContain("url(", html.Style, StringComparison.Ordinal);
        Assert.DoesNotContain("@import", html.Style, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_id_is_there_once_and_every_link_leads_somewhere()
    {
        using var run = WithData();
        _ = await run.RunAsync(s_data);
        var html = await PageAsync(run);

        var ids = html.Root.Descendants().Select(static element => element.Attribute("id")?.Value).OfType<string>().ToList();
        Assert.Equal(ids.Distinct(StringComparer.Ordinal), ids);
        Assert.All(html.All("a").Select(static link => link.Attribute("href")!.Value), link =>
            Assert.True(link.StartsWith("https://github.com/aiguardrails/aiguardrails/blob/main/docs/rules/AIG", StringComparison.Ordinal) || ids.Contains(link[1..], StringComparer.Ordinal), link));
        Assert.All(html.Root.Descendants().SelectMany(static element => (element.Attribute("aria-labelledby")?.Value ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries)), id => Assert.Contains(id, ids));
        Assert.All(html.All("label"), label => Assert.Contains(label.Attribute("for")!.Value, ids));
    }

    [Fact]
    public async Task Findings_are_shown_with_their_line_and_counted_by_rule()
    {
        using var run = WithData();
        _ = await run.RunAsync(s_data);
        var html = await PageAsync(run);

        var finding = Assert.Single(html.WithClass("finding"), static element => element.Attribute("data-rule")!.Value == "AIG9009");
        Assert.Contains("line 122", finding.Value, StringComparison.Ordinal);
        Assert.Equal("TODO", finding.Descendants("mark").Single().Value);
        Assert.Equal("warning", finding.Attribute("data-level")!.Value);

        var row = html.ById("rule-AIG9009");
        Assert.Equal("1", row.Elements().Last().Value);
        Assert.Equal("Damaged, placeholder or empty text", html.ById("rule-AIG9009").Descendants("span").First().Value);
    }

    [Fact]
    public async Task Data_is_described_with_charts_that_have_words_and_tables()
    {
        using var run = WithData();
        _ = await run.RunAsync([.. s_data, "--base-model", "gpt-4.1-mini-2025-04-14", "--epochs", "3", "--max-cost", "0.05", "--saving-per-request", "0.001", "--validation", "valid.jsonl"]);
        var html = await PageAsync(run);
        var text = html.ById("d1").Value;

        Assert.Contains("Conflicts", text, StringComparison.Ordinal);
        Assert.Contains("Line 121: another answer to line 4", text, StringComparison.Ordinal);
        Assert.Contains("user: question 3 → assistant: word", text, StringComparison.Ordinal);
        Assert.Contains("1 validation example (50 %)", text, StringComparison.Ordinal);
        Assert.Contains("gpt-4.1-mini-2025-04-14 (chosen)", text, StringComparison.Ordinal);
        Assert.Contains("The budget of $0.05 is enough for", text, StringComparison.Ordinal);
        Assert.Matches(@"has paid back after \d[\d,]* requests that save \$0\.001 each", text);

        var charts = html.WithClass("chart").ToList();
        Assert.Equal(2, charts.Count);
        Assert.All(charts, static chart =>
        {
            Assert.Equal("img", chart.Attribute("role")!.Value);
            Assert.NotEmpty(chart.Element("title")!.Value);
            Assert.NotEmpty(chart.Element("desc")!.Value);
            Assert.NotNull(chart.Parent!.Element("figcaption"));
            Assert.Single(chart.Parent.Descendants("table"));
        });

        // The bars of the histogram are those of its table, and all examples are in them.
        var histogram = charts[0].Parent!;
        var counts = histogram.Descendants("tbody").Single().Elements("tr").Select(static row => int.Parse(row.Elements().Last().Value, System.Globalization.CultureInfo.InvariantCulture)).ToList();
        Assert.Equal(122, counts.Sum());
        Assert.Equal(counts.Count, histogram.Descendants("rect").Count());
    }

    [Fact]
    public async Task Same_input_makes_the_same_page()
    {
        using var run = WithData();
        _ = await run.RunAsync([.. s_data, "-o", "a.html"]);
        _ = await run.RunAsync([.. s_data, "-o", "b.html"]);

        Assert.Equal(await File.ReadAllTextAsync(Path.Combine(run.Folder, "a.html")), await File.ReadAllTextAsync(Path.Combine(run.Folder, "b.html")));
        Assert.Equal(["a.html", "b.html", "train.jsonl", "valid.jsonl"], Directory.EnumerateFiles(run.Folder).Select(static file => Path.GetFileName(file)).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Hostile_data_is_text_and_nothing_else()
    {
        using var run = new ToolRun();
        await File.WriteAllBytesAsync(Path.Combine(run.Folder, "train.jsonl"), HostileData.File());

        Assert.Equal(ExitCodes.Clean, await run.RunAsync(s_data));
        var html = await PageAsync(run);

        // That it is well-formed has been seen when it was read: no text opened or closed anything.
        Assert.Single(html.All("script"));
        Assert.Single(html.All("style"));
        Assert.Contains("<script>window.pwned=1;alert(1)</script>", html.ById("findings").Value, StringComparison.Ordinal);
        Assert.Contains("[U+202E]", html.ById("main").Value, StringComparison.Ordinal);
        Assert.DoesNotMatch("[\\u0000-\\u0008\\u000B-\\u001F\\u007F-\\u009F\\u200B\\u200E\\u200F\\u2028-\\u202E\\u2066-\\u2069\\uD800-\\uDFFF\\uFEFF\\uFFFE\\uFFFF]", Regex.Replace(html.Text, "[\\uD800-\\uDBFF][\\uDC00-\\uDFFF]", "", RegexOptions.None, TimeSpan.FromSeconds(10)));
        Assert.True(html.Text.Length < 400_000, "Two strings of 300,000 characters are not shown in full.");
        Assert.True(Encoding.UTF8.GetString(await File.ReadAllBytesAsync(Path.Combine(run.Folder, "aiguardrails-report.html"))) == html.Text, "The page is not UTF-8.");
    }

    [Fact]
    public async Task Secrets_do_not_leave_with_the_report()
    {
        const string Key = "sk-proj-aB3dE5gH7jK9mN1pQ3sT5vW7yZ9aB3dE5gH7jK9mN1pQ3sT";
        const string Mail = "jane.miller@northwind-support.com";
        using var run = new ToolRun().Write("train.jsonl", Chats.Many(20) + Chats.Line("Which key?", "Use " + Key) + Chats.Line("Which key?", "No, " + Key) + Chats.Line("Who?", "Write to " + Mail) + Chats.Line("Who?", "Ask " + Mail));

        _ = await run.RunAsync(s_data);
        var html = await PageAsync(run);

        Assert.Contains(html.WithClass("finding"), static element => element.Attribute("data-rule")!.Value == "AIG9008");
        Assert.DoesNotContain(Key[12..], html.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("miller", html.Text, StringComparison.Ordinal);
        Assert.Contains("****", html.Text, StringComparison.Ordinal);
    }

    /// <summary>What stands in a file as escapes is plain in the preview of a duplicate, and hidden there as anywhere.</summary>
    [Fact]
    public async Task What_was_escaped_in_the_file_is_hidden_in_previews_too()
    {
        const string Escaped = """{"messages":[{"role":"user","content":"Who?"},{"role":"assistant","content":"Write to jane.miller\u0040northwind-support.com or use \u0073k-proj-aB3dE5gH7jK9mN1pQ3sT5vW7yZ9aB3dE5gH7jK9mN1pQ3sT"}]}""" + "\n";
        using var run = new ToolRun().Write("train.jsonl", Chats.Many(20) + Escaped + Escaped);

        _ = await run.RunAsync(s_data);
        var html = await PageAsync(run);

        // The record is shown, as one that stands there twice.
        Assert.Contains("user: Who? → assistant: Write to ****", html.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("northwind", html.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("aB3dE5gH7jK9", html.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Thousands_of_findings_are_counted_and_the_worst_are_listed()
    {
        var files = Enumerable.Range(0, 60).ToList();
        using var run = new ToolRun();
        foreach (var file in files)
        {
            // 50 of a rule are listed for a file, and one more says how many are not.
            _ = run.Write($"data/{file:00}.jsonl", string.Concat(Enumerable.Repeat(Chats.Line("a", "b"), 60)));
        }

        _ = run.Write("data/99.jsonl", "no JSON\n");

        Assert.Equal(ExitCodes.Clean, await run.RunAsync("report", "--data", "data", "--target", "openai-chat", "--today", "2026-06-01"));
        var html = await PageAsync(run);

        Assert.Equal(ReportBuilder.MostFindings, html.WithClass("finding").Count());
        Assert.Matches(@"The 2,000 most severe findings are listed; 1,\d\d\d more are counted", html.ById("findings").Value);
        Assert.Contains(html.WithClass("finding"), static element => element.Attribute("data-level")!.Value == "error");
    }

    [Fact]
    public async Task Nothing_found_is_said_well()
    {
        using var run = new ToolRun().Write("train.jsonl", Chats.Many(120));

        Assert.Equal(ExitCodes.Clean, await run.RunAsync(s_data));
        var html = await PageAsync(run);

        Assert.Equal("No findings", html.All("h1").Single().Value);
        Assert.Contains("Nothing to mend", html.ById("findings").Value, StringComparison.Ordinal);
        Assert.False(html.Has("filters"));
        Assert.Contains("No two examples are the same.", html.ById("d1").Value, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("\n\n")]
    [InlineData("no JSON")]
    public async Task Data_without_an_example_is_said_and_no_chart_is_drawn(string data)
    {
        using var run = new ToolRun().Write("train.jsonl", data);

        Assert.Equal(ExitCodes.Clean, await run.RunAsync(s_data));
        var html = await PageAsync(run);

        Assert.Contains("No example could be read", html.ById("d1").Value, StringComparison.Ordinal);
        Assert.Empty(html.WithClass("chart"));
    }

    [Fact]
    public async Task Price_that_is_not_known_is_said()
    {
        using var run = new ToolRun().Write("train.jsonl", string.Concat(Enumerable.Range(0, 120).Select(static i => $$"""{"text":"text number {{i}}"}""" + "\n")));

        Assert.Equal(ExitCodes.Clean, await run.RunAsync("report", "--data", "train.jsonl", "--target", "trl-text"));

        Assert.Contains("No price of training with TRL is known; ", (await PageAsync(run)).ById("d1").Value, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Project_brings_its_findings_data_and_decision()
    {
        using var run = new ToolRun()
            .Project(
                "Bot.csproj",
                properties: "<OutputType>Library</OutputType>",
                items: """<AiTrainingData Include="data/train.jsonl" TrainingTarget="openai-chat" BaseModel="gpt-4.1-mini-2025-04-14" Epochs="2" MaxCostUsd="12.5" ValidationData="data/valid.jsonl" /><AiTrainingData Include="data/gone.jsonl" TrainingTarget="openai-chat" />""")
            .Write(".editorconfig", "root = true\n[*.cs]\naiguardrails.decision_profile = starter\n")
            .Write("data/train.jsonl", Chats.Many(120))
            .Write("data/valid.jsonl", Chats.Many(20, "valid "))
            .Write("Code.cs", """
                namespace AiGuardrails
                {
                    public sealed class FineTuningDecisionAttribute : System.Attribute
                    {
                        public bool TriedPrompting { get; set; }
                        public bool TriedRag { get; set; }
                        public int LabeledExamples { get; set; }
                        public double BudgetUsd { get; set; }
                        public bool KnowledgeIsStable { get; set; }
                        public double SavingPerRequestUsd { get; set; }
                        public long RequestsPerMonth { get; set; }
                        public string Rationale { get; set; }
                        public string ReviewBy { get; set; }
                    }
                }

                namespace Bot
                {
                    using AiGuardrails;

                    public class Trainer
                    {
                        private const int Examples = 100;

                        [FineTuningDecision(TriedPrompting = true, TriedRag = true, LabeledExamples = Examples + 20, BudgetUsd = 500, KnowledgeIsStable = true,
                            SavingPerRequestUsd = 0.01, RequestsPerMonth = 200_000, Rationale = "<b>ours</b>", ReviewBy = "2026-01-31")]
                        public void Train() => System.Console.WriteLine("stub: <i>careful</i>");
                    }
                }
                """);

        // A file of data that is declared and not there is something that could not be checked.
        Assert.Equal(ExitCodes.NotChecked, await run.RunAsync("report", ".", "--today", "2026-06-01", "--format", "json"));
        var html = await PageAsync(run);
        var decision = html.ById("decisions").Value;

        Assert.Contains("Training is supported", decision, StringComparison.Ordinal);
        Assert.Contains("Trainer.Train()", decision, StringComparison.Ordinal);
        Assert.Contains("120 of 100", decision, StringComparison.Ordinal);
        Assert.Contains("starter (judged by)", decision, StringComparison.Ordinal);
        Assert.Contains("Reason given: <b>ours</b>", decision, StringComparison.Ordinal);
        Assert.Contains("2026-01-31: overdue", decision, StringComparison.Ordinal);
        Assert.Contains("The budget of $12.50 is enough for all of them.", html.ById("d1").Value, StringComparison.Ordinal);
        Assert.Contains("200,000 requests a month", html.ById("d1").Value, StringComparison.Ordinal);
        Assert.Contains("Leakage into data/valid.jsonl", html.ById("d1").Value, StringComparison.Ordinal);
        Assert.Contains("gone.jsonl", html.ById("not-checked").Value, StringComparison.Ordinal);
        Assert.Contains("gone.jsonl", run.Error, StringComparison.Ordinal);
        Assert.Equal(html.WithClass("finding").Count(), run.Findings.Count);
    }

    [Fact]
    public async Task Standard_output_takes_the_page_and_nothing_else()
    {
        using var run = WithData();

        Assert.Equal(ExitCodes.Clean, await run.RunAsync([.. s_data, "-o", "-"]));

        Assert.StartsWith("<!DOCTYPE html>", Encoding.UTF8.GetString(run.OutputBytes), StringComparison.Ordinal);
        Assert.EndsWith("</html>\n", Encoding.UTF8.GetString(run.OutputBytes), StringComparison.Ordinal);
        Assert.Empty(run.Output);
    }

    [Theory]
    [InlineData("report --data train.jsonl", "--data needs --target: ")]
    [InlineData("report --target openai-chat", "--target is about the files of --data, and there are none.")]
    [InlineData("report --max-cost 5", "--max-cost is about the files of --data, and there are none.")]
    [InlineData("report --data train.jsonl --target openai", "'openai' is not a target; ")]
    [InlineData("report --data train.jsonl --target openai-chat --today tomorrow", "'tomorrow' is not a day; give it as yyyy-MM-dd")]
    [InlineData("report --data train.jsonl --target openai-chat --saving-per-request lots", "'lots' is not an amount; ")]
    [InlineData("report --data train.jsonl --target openai-chat -o - --format json", "The page and JSON cannot both go to the standard output; ")]
    [InlineData("report --no-such-option", "'--no-such-option' is not an option of this command; ")]
    public async Task Wrong_usage_is_said_with_the_way_on(string arguments, string message)
    {
        using var run = WithData();

        Assert.Equal(ExitCodes.NotChecked, await run.RunAsync(arguments.Split(' ')));

        Assert.StartsWith(message, run.Error, StringComparison.Ordinal);
        Assert.Contains("Run 'aiguardrails report --help' for what is possible", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("nothing-here.jsonl", "'nothing-here.jsonl' does not exist; ")]
    [InlineData("-", "A report shows lines of its data and reads them again; ")]
    public async Task Data_that_cannot_be_read_is_one_line_and_no_page(string file, string message)
    {
        using var run = WithData();

        Assert.Equal(ExitCodes.NotChecked, await run.RunAsync("report", "--data", file, "--target", "openai-chat"));

        Assert.StartsWith(message, run.Error, StringComparison.Ordinal);
        Assert.Single(run.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.False(File.Exists(Path.Combine(run.Folder, "aiguardrails-report.html")));
    }

    private static ToolRun WithData() => new ToolRun()
        .Write("train.jsonl", Chats.Many(120) + Chats.Line("question 3", "other") + Chats.Line("a", "TODO"))
        .Write("valid.jsonl", Chats.Line("question 7", "known") + Chats.Line("new", "new"));

    private static async Task<ReportHtml> PageAsync(ToolRun run) => new(await File.ReadAllTextAsync(Path.Combine(run.Folder, "aiguardrails-report.html")));

    private static string HashOf(string text) => Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
