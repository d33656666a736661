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

        // A misspelt option would otherwise be taken for a path.
        paths.Validators.Add(static result =>
        {
            foreach (var token in result.Tokens.Where(token => token.Value.StartsWith('-')))
            {
                result.AddError($"'{token.Value}' is not an option of this command; write './{token.Value}' if it is a path.");
            }
        });

        var format = CommonOptions.Format();
        var failOn = CommonOptions.FailOn();
        var output = CommonOptions.Output();

        var configuration = new Option<string?>("--configuration", "-c")
        {
            Description = "The configuration to build, such as Release; the project's default otherwise.",
            HelpName = "name",
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

            var report = await ProgressLine.ShowAsync("Building aside, with the rules", context, () => checker.CheckAsync(given, cancellationToken)).ConfigureAwait(false);

            report = parsed.GetValue(withoutKnown) && parsed.GetRequiredValue(format) == ReportFormat.Sarif ? report with { Known = [] } : report;
            await ReportWriter.WriteAsync(report, parsed.GetRequiredValue(format), parsed.GetValue(output), context, cancellationToken).ConfigureAwait(false);
            return ExitCodeOf(report, parsed.GetRequiredValue(failOn));
        });

        return command;
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
