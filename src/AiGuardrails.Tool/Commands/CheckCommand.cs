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

        var verbosity = new Option<string>("--verbosity", "-v")
        {
            Description = "'detailed' also shows what the build printed.",
            DefaultValueFactory = _ => "normal",
        };
        verbosity.AcceptOnlyFromAmong("normal", "detailed");

        var command = new Command("check", "Checks projects, solutions or loose files without changing them.")
        {
            paths,
            format,
            failOn,
            output,
            configuration,
            verbosity,
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

            await ReportWriter.WriteAsync(report, parsed.GetRequiredValue(format), parsed.GetValue(output), context, cancellationToken).ConfigureAwait(false);
            return ExitCodeOf(report, parsed.GetRequiredValue(failOn));
        });

        return command.WithExamples("aiguardrails check src/SupportBot", "aiguardrails check --format sarif --output findings.sarif", "aiguardrails check src --fail-on error");
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
