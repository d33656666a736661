using System.CommandLine;
using AiGuardrails.Tool.Checking;
using AiGuardrails.Tool.Findings;
using AiGuardrails.Tool.Output;

namespace AiGuardrails.Tool.Commands;

/// <summary><c>aiguardrails check</c>: the rules over code that knows nothing of them.</summary>
internal static class CheckCommand
{
    public static Command Create(ToolContext context)
    {
        var paths = new Argument<string[]>("path")
        {
            Description = "Projects, solutions, .cs files, or folders that hold them; the current folder by default.",
            Arity = ArgumentArity.ZeroOrMore,
        };

        paths.Validators.Add(CommonOptions.NoOptions);

        var format = CommonOptions.Format();
        var failOn = CommonOptions.FailOn();
        var output = CommonOptions.Output();

        var configuration = new Option<string?>("--configuration", "-c")
        {
            Description = "The configuration to build, such as Release; the project's default otherwise.",
            HelpName = "name",
        };

        var since = new Option<string?>("--since")
        {
            Description = "A branch, a tag or a commit: only findings on lines that have changed since the code left it count, and those in new files.",
            HelpName = "git ref",
        };

        var verbosity = new Option<string>("--verbosity", "-v")
        {
            Description = "'detailed' also shows what the build printed.",
            DefaultValueFactory = _ => "normal",
        };
        verbosity.AcceptOnlyFromAmong("normal", "detailed");

        var withoutKnown = new Option<bool>("--without-known")
        {
            Description = "Leaves what the baseline lists out of SARIF, for code hosts that show suppressed results as alerts; GitHub does.",
        };

        var command = new Command("check", "Checks projects, solutions or loose files without changing them.")
        {
            paths,
            format,
            failOn,
            output,
            configuration,
            since,
            verbosity,
            withoutKnown,
        };

        command.SetAction(async (parsed, cancellationToken) =>
        {
            var checker = new ProjectChecker(context)
            {
                Configuration = parsed.GetValue(configuration),
                ShowBuild = parsed.GetValue(verbosity) == "detailed",
            };

            var given = parsed.GetValue(paths) is { Length: > 0 } some ? some : ["."];

            // Asked before the build, which takes its time: a slip of the keys is told at once.
            var changes = parsed.GetValue(since) is { } reference
                ? await GitChanges.SinceAsync(reference, given.Select(path => FolderOf(path, context)), cancellationToken).ConfigureAwait(false)
                : null;

            var report = await ProgressLine.ShowAsync("Building aside, with the rules", context, () => checker.CheckAsync(given, cancellationToken)).ConfigureAwait(false);
            report = changes?.Filter(report, context.CurrentDirectory) ?? report;

            report = parsed.GetValue(withoutKnown) && parsed.GetRequiredValue(format) == ReportFormat.Sarif ? report with { Known = [] } : report;
            await ReportWriter.WriteAsync(report, parsed.GetRequiredValue(format), parsed.GetValue(output), context, cancellationToken).ConfigureAwait(false);
            return ExitCodeOf(report, parsed.GetRequiredValue(failOn));
        });

        return command.WithExamples("aiguardrails check src/SupportBot", "aiguardrails check --format sarif --output findings.sarif", "aiguardrails check --since origin/main", "aiguardrails check src --fail-on error");
    }

    private static string FolderOf(string path, ToolContext context)
    {
        var full = Path.GetFullPath(path, context.CurrentDirectory);
        return Directory.Exists(full) ? full
            : File.Exists(full) ? Path.GetDirectoryName(full)!
            : throw new ToolException($"'{path}' does not exist; give a project, a solution, a .cs file or a folder that holds them.");
    }

    /// <summary>What was not seen outweighs what was found: a script must not take half a check for a whole one.</summary>
    public static int ExitCodeOf(Report report, FindingLevel failOn)
    {
        if (report.Problems.Count > 0)
        {
            return ExitCodes.NotChecked;
        }

        return report.Findings.Any(finding => finding.Level >= failOn) ? ExitCodes.Findings : ExitCodes.Clean;
    }
}
