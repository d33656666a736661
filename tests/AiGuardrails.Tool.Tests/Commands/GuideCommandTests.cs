using System.Text.RegularExpressions;

namespace AiGuardrails.Tool.Tests.Commands;

/// <summary>The command lines of the guides are ones that the tool takes.</summary>
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
                foreach (var block in Block().Matches(File.ReadAllText(guide)).Select(static match => match.Value))
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

    /// <summary>In an empty folder nothing is found and much is missing, but no command line may be wrong.</summary>
    [Theory]
    [MemberData(nameof(Commands))]
    public async Task Command_line_of_a_guide_is_understood(string guide, string arguments)
    {
        using var run = new ToolRun();

        _ = await run.RunAsync(arguments.Split(' ', StringSplitOptions.RemoveEmptyEntries));

        Assert.False(run.Error.Contains("for what is possible", StringComparison.Ordinal), $"{guide}: aiguardrails {arguments}\n{run.Error}");
    }

    private static string FindRoot()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "AiGuardrails.sln")))
        {
            folder = Path.GetDirectoryName(folder)!;
        }

        return folder;
    }

    [GeneratedRegex("^```(yaml|sh|bash)?\r?\n.*?^```\r?$", RegexOptions.Multiline | RegexOptions.Singleline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Block();

    // Up to a comment, a pipe or a redirection.
    [GeneratedRegex(@"(^|run: |/|\| )aiguardrails (?<arguments>[a-z][^#|>\r\n]*)", RegexOptions.Multiline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Command();
}
