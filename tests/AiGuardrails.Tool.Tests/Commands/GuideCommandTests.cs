using System.Globalization;
using System.Text.RegularExpressions;

namespace AiGuardrails.Tool.Tests.Commands;

/// <summary>The command lines of the guides are ones that the tool takes, and do what they are for.</summary>
public sealed partial class GuideCommandTests
{
    private static readonly string s_guides = Path.Combine(FindRoot(), "docs", "guides");

    public static TheoryData<string, string> Commands
    {
        get
        {
            var data = new TheoryData<string, string>();
            foreach (var guide in Directory.GetFiles(s_guides, "*.md").Order(StringComparer.Ordinal))
            {
                foreach (var block in Block().Matches(File.ReadAllText(guide)).Where(static match => match.Groups["language"].Value is "" or "yaml").Select(static match => match.Value))
                {
                    foreach (var command in Command().Matches(block).Select(static match => match.Groups["arguments"].Value.Trim()).Distinct(StringComparer.Ordinal))
                    {
                        data.Add(Path.GetFileName(guide), command);
                    }
                }
            }

            return data;
        }
    }

    public static TheoryData<string, string> CommandsWithoutBuild
    {
        get
        {
            var data = new TheoryData<string, string>();
            foreach (var row in Commands.Where(static row => ((string)row[1]).Split(' ')[0] is not ("check" or "baseline" or "prompts" or "report")))
            {
                data.Add((string)row[0], (string)row[1]);
            }

            return data;
        }
    }

    /// <summary>In an empty folder nothing is found and much is missing, but no command line may be wrong.</summary>
    [Theory]
    [MemberData(nameof(Commands))]
    public async Task Command_line_of_a_guide_is_understood(string guide, string arguments)
    {
        using var run = new ToolRun();

        _ = await run.RunAsync(arguments.Split(' ', StringSplitOptions.RemoveEmptyEntries));

        Assert.False(run.Error.Contains("for what is possible", StringComparison.Ordinal), $"{guide}: aiguardrails {arguments}\n{run.Error}");
    }

    /// <summary>With the files that the guides name, a command that needs no build comes to its end.</summary>
    [Theory]
    [MemberData(nameof(CommandsWithoutBuild))]
    public async Task Command_that_needs_no_build_is_done(string guide, string arguments)
    {
        var examples = string.Concat(Enumerable.Range(0, 60).Select(Example));
        using var run = new ToolRun { Input = examples };
        foreach (var file in (string[])["data.jsonl", "train.jsonl", "twice.jsonl", "data/train.jsonl"])
        {
            _ = run.Write(file, examples);
        }

        foreach (var file in (string[])["valid.jsonl", "data/valid.jsonl"])
        {
            _ = run.Write(file, string.Concat(Enumerable.Range(100, 12).Select(Example)));
        }

        var exitCode = await run.RunAsync(arguments.Split(' ', StringSplitOptions.RemoveEmptyEntries));

        Assert.True(exitCode is ExitCodes.Clean or ExitCodes.Findings, $"{guide}: aiguardrails {arguments}\n{exitCode}\n{run.Output}{run.Error}");
    }

    private static string Example(int i) => string.Create(
        CultureInfo.InvariantCulture,
        $$"""{"messages": [{"role": "user", "content": "Where is parcel number {{i}}, which I ordered on day {{i % 30}}?"}, {"role": "assistant", "content": "Parcel {{i}} is on its way."}]}""") + "\n";

    private static string FindRoot()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "AiGuardrails.sln")))
        {
            folder = Path.GetDirectoryName(folder)!;
        }

        return folder;
    }

    // Of any language, so that the end of one is not taken for the beginning of the next; in a list it is indented.
    [GeneratedRegex("^ *```(?<language>[^\r\n]*)\r?\n.*?^ *```\r?$", RegexOptions.Multiline | RegexOptions.Singleline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Block();

    // Up to a comment, a pipe or a redirection.
    [GeneratedRegex(@"(^ *|run: |/|\| |\$ )aiguardrails (?<arguments>[a-z][^#|>\r\n]*)", RegexOptions.Multiline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Command();
}
