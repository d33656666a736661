using System.Globalization;
using System.Text.RegularExpressions;

namespace AiGuardrails.Tool.Tests.Commands;

/// <summary>What the guide shows as the output of a command is what the command prints.</summary>
public sealed partial class GuideOutputTests
{
    public static TheoryData<string, string> Outputs
    {
        get
        {
            var data = new TheoryData<string, string>();
            var guide = File.ReadAllText(Path.Combine(HelpTests.RepositoryRoot(), "docs", "guides", "tool.md")).ReplaceLineEndings("\n");
            foreach (var match in Example().Matches(guide).Where(static match => match.Groups["output"].Length > 0))
            {
                data.Add(match.Groups["arguments"].Value, match.Groups["output"].Value);
            }

            return data;
        }
    }

    [Fact]
    public void There_is_one_for_each_command_that_needs_no_build() =>
        Assert.Superset(
            new HashSet<string>(["fix", "estimate", "split", "convert", "dedup", "decide", "models"], StringComparer.Ordinal),
            Outputs.Select(static row => ((string)row[0]).Split(' ')[0]).ToHashSet(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Outputs))]
    public async Task Output_in_the_guide_is_that_of_the_command(string arguments, string output)
    {
        var lines = Enumerable.Range(0, 600).Select(Line).ToList();
        using var run = new ToolRun { Today = "2026-11-21" }
            .Write("data.jsonl", string.Concat(lines.Select(static line => line + "\n")))
            .Write("twice.jsonl", string.Concat(lines.Concat(lines.Take(3)).Select(static line => line + "\n")))
            .Write("train.jsonl", Untidy(lines.Take(120).ToList()));

        _ = await run.RunAsync(arguments.Split(' '));

        Assert.Equal(output, run.Output.ReplaceLineEndings("\n"));
    }

    private static string Line(int i) => string.Create(
        CultureInfo.InvariantCulture,
        $$"""{"messages": [{"role": "system", "content": "You are a customer support agent for Acme Corp."}, {"role": "user", "content": "Where is parcel number {{i}}, which I ordered on day {{i % 30}}?"}, {"role": "assistant", "content": "Parcel {{i}} is on its way and arrives in {{(i % 7) + 1}} days; you can follow it in your account."}]}""");

    private static string Untidy(List<string> lines)
    {
        lines[3] += ",";
        lines.Insert(10, "");
        lines[20] = lines[20].Replace("parcel", "par\\u200bcel", StringComparison.Ordinal);
        lines[40] = "{\"messages\":]}";
        return "\uFEFF" + string.Concat(lines.Select(static line => line + "\r\n"));
    }

    [GeneratedRegex(@"^```\n\$ aiguardrails (?<arguments>[^\n]*)\n(?<output>.*?)^```$", RegexOptions.Multiline | RegexOptions.Singleline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Example();
}
