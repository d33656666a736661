using System.CommandLine;
using AiGuardrails.Tool.Output;
using AiGuardrails.Tool.Prompts;

namespace AiGuardrails.Tool.Commands;

/// <summary><c>aiguardrails prompts lock</c>: writes down which text each version of a prompt has.</summary>
internal static class PromptsCommand
{
    public static Command Create(ToolContext context) => new("prompts", "What concerns the prompts of a project.") { CreateLock(context) };

    private static Command CreateLock(ToolContext context)
    {
        var paths = new Argument<string[]>("path")
        {
            Description = "Projects, solutions, or folders that hold them; the current folder by default.",
            Arity = ArgumentArity.ZeroOrMore,
        };
        paths.Validators.Add(CommonOptions.NoOptions);

        var check = new Option<bool>("--check") { Description = "Writes nothing, and ends with exit code 1 where it would change a file." };
        var configuration = new Option<string?>("--configuration", "-c")
        {
            Description = "The configuration to build, such as Release; the project's default otherwise.",
            HelpName = "name",
        };
        var format = CommonOptions.Format();
        var output = CommonOptions.Output();

        var command = new Command("lock", "Writes the version and the hash of every prompt to prompts.lock.json beside its project.")
        {
            paths,
            check,
            configuration,
            format,
            output,
        };

        command.SetAction(async (parsed, cancellationToken) =>
        {
            var locker = new PromptLocker(context) { Configuration = parsed.GetValue(configuration), OnlyChecks = parsed.GetValue(check) };
            var given = parsed.GetValue(paths) is { Length: > 0 } some ? some : ["."];
            var report = await ProgressLine.ShowAsync("Building aside", context, () => locker.RunAsync(given, cancellationToken)).ConfigureAwait(false);

            await ReportWriter.WriteAsync(report, parsed.GetRequiredValue(format), parsed.GetValue(output), context, cancellationToken).ConfigureAwait(false);
            return report.Problems.Count > 0 ? ExitCodes.NotChecked
                : locker.OnlyChecks && report.Findings.Count > 0 ? ExitCodes.Findings
                : ExitCodes.Clean;
        });

        return command.WithExamples("aiguardrails prompts lock src/SupportBot", "aiguardrails prompts lock --check --format json");
    }
}
