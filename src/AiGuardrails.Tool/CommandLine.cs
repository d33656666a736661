using System.CommandLine;
using AiGuardrails.Tool.Commands;

namespace AiGuardrails.Tool;

/// <summary>The commands, and the promise that nobody ever sees a stack trace.</summary>
internal static class CommandLine
{
    // A build that is told to stop takes a moment to do so, and its temporary folder goes after it.
    private static readonly TimeSpan s_timeToStop = TimeSpan.FromSeconds(15);

    /// <summary>All commands.</summary>
    public static RootCommand Create(ToolContext context)
    {
        var root = new RootCommand("Static guardrails for C# code that integrates AI.")
        {
            BaselineCommand.Create(context),
            CheckCommand.Create(context),
            LintCommand.Create(context),
            PromptsCommand.Create(context),
            ReportCommand.Create(context),
            FixCommand.Create(context),
            EstimateCommand.Create(context),
            SplitCommand.Create(context),
            ConvertCommand.Create(context),
            DedupCommand.Create(context),
            ModelsCommand.Create(context),
            DecideCommand.Create(context),
        };

        Examples.ShowInHelp(root);
        return root;
    }

    public static async Task<int> RunAsync(IReadOnlyList<string> args, ToolContext context, CancellationToken cancellationToken = default)
    {
        var root = Create(context);
        var parsed = root.Parse(args);
        if (parsed.Errors.Count > 0)
        {
            foreach (var error in parsed.Errors)
            {
                await context.Error.WriteLineAsync(error.Message).ConfigureAwait(false);
            }

            var command = NameOf(parsed.CommandResult.Command);
            await context.Error.WriteLineAsync($"Run 'aiguardrails {command}--help' for what is possible.").ConfigureAwait(false);
            return ExitCodes.NotChecked;
        }

        try
        {
            var configuration = new InvocationConfiguration
            {
                Output = context.Out,
                Error = context.Error,
                EnableDefaultExceptionHandler = false,
                ProcessTerminationTimeout = s_timeToStop,
            };

            return await parsed.InvokeAsync(configuration, cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            await context.Error.WriteLineAsync("Cancelled.").ConfigureAwait(false);
            return ExitCodes.Cancelled;
        }
        catch (ToolException e)
        {
            await context.Error.WriteLineAsync(e.Message).ConfigureAwait(false);
            return ExitCodes.NotChecked;
        }
        catch (Exception e) when (e is TrainingRecordException or TrainingDataException or InvalidDataException)
        {
            await context.Error.WriteLineAsync($"{OneLine(e.Message)}; nothing was written.").ConfigureAwait(false);
            return ExitCodes.NotChecked;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            await context.Error.WriteLineAsync($"{OneLine(e.Message)}. Free the path, or give one that can be used.").ConfigureAwait(false);
            return ExitCodes.NotChecked;
        }
        catch (Exception e)
        {
            // A mistake of ours. The type and the message are what a report needs; the trace is for a debugger.
            await context.Error.WriteLineAsync(
                $"aiguardrails met an error of its own ({e.GetType().Name}: {OneLine(e.Message)}); please report it at https://github.com/aiguardrails/aiguardrails/issues.").ConfigureAwait(false);
            return ExitCodes.NotChecked;
        }
    }

    private static string OneLine(string message) => message.ReplaceLineEndings(" ").TrimEnd('.');

    private static string NameOf(Command command) =>
        command is RootCommand ? "" : string.Concat(command.Parents.OfType<Command>().Select(NameOf)) + command.Name + " ";
}
