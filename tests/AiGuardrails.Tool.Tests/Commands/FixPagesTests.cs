using System.Text.RegularExpressions;

namespace AiGuardrails.Tool.Tests.Commands;

/// <summary>The page of a rule speaks of <c>aiguardrails fix</c> exactly where that mends findings of the rule.</summary>
public sealed partial class FixPagesTests
{
    private const string Hidden = "{\"messages\":[{\"role\":\"user\",\"content\":\"par\\u200bcel\"},{\"role\":\"assistant\",\"content\":\"It is on its way.\"}]}\n";

    public static TheoryData<string> Rules => new(Directory.GetFiles(Folder, "AIG*.md").Select(static path => Path.GetFileNameWithoutExtension(path))
        .Where(static rule => rule == "AIG8004" || Bad().IsMatch(Page(rule)))
        .Order(StringComparer.Ordinal));

    private static string Folder => Path.Combine(HelpTests.RepositoryRoot(), "docs", "rules");

    [Theory]
    [MemberData(nameof(Rules))]
    public async Task Page_speaks_of_the_command_where_it_mends_the_bad_example(string rule)
    {
        var page = Page(rule);
        var bad = Bad().Match(page);
        var (target, lines) = bad.Success ? (bad.Groups["target"].Value, bad.Groups["lines"].Value) : ("openai-chat", Hidden);
        using var run = new ToolRun().Write("bad.jsonl", lines);

        _ = await run.RunAsync("lint", "bad.jsonl", "--target", target, "--format", "json");
        var before = FindingsOf(run, rule);

        // What is wrong with an example goes with it where it stands there twice: that mends nothing.
        string[] options = rule == "AIG9003" ? ["--drop-duplicates"] : [];
        _ = await run.RunAsync(["fix", "bad.jsonl", "--target", target, "--format", "json", .. options]);
        var after = FindingsOf(run, rule);

        Assert.Equal(after < before, page.Contains("aiguardrails fix", StringComparison.Ordinal));
    }

    private static int FindingsOf(ToolRun run, string rule) =>
        run.Json.GetProperty("findings").EnumerateArray().Count(finding => finding.GetProperty("rule").GetString() == rule);

    private static string Page(string rule) => File.ReadAllText(Path.Combine(Folder, rule + ".md")).ReplaceLineEndings("\n");

    [GeneratedRegex("^```jsonl bad (?<target>[a-z-]+)[^\n]*\n(?<lines>.*?)^```$", RegexOptions.Multiline | RegexOptions.Singleline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Bad();
}
