using Spectre.Console;

namespace AiGuardrails.Tool.Output;

/// <summary>A bar with rate and remaining time while files are read; nothing where nobody looks.</summary>
internal static class ReadingProgress
{
    /// <summary>Does some work that says after each piece how many bytes it was.</summary>
    /// <param name="text">What is done.</param>
    /// <param name="totalBytes">How many bytes there are; 0 where that is not known, as for a pipe.</param>
    /// <param name="context">Who looks.</param>
    /// <param name="work">The work.</param>
    public static async Task<T> ShowAsync<T>(string text, long totalBytes, ToolContext context, Func<Action<long>, Task<T>> work)
    {
        if (!context.ShowsProgress)
        {
            return await work(static _ => { }).ConfigureAwait(false);
        }

        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(context.Error) });
        if (console.Profile.Capabilities is not { Ansi: true, Interactive: true })
        {
            return await work(static _ => { }).ConfigureAwait(false);
        }

        return await console.Progress()
            .AutoClear(enabled: true)
            .Columns(ColumnsFor(totalBytes))
            .StartAsync(async progress =>
            {
                var task = progress.AddTask(Markup.Escape(text), maxValue: Math.Max(1, totalBytes));
                task.IsIndeterminate = totalBytes == 0;
                return await work(bytes => task.Increment(bytes)).ConfigureAwait(false);
            }).ConfigureAwait(false);
    }

    // Of a pipe nobody knows how much is still to come.
    private static ProgressColumn[] ColumnsFor(long totalBytes) => totalBytes == 0
        ? [new TaskDescriptionColumn(), new SpinnerColumn(), new ElapsedTimeColumn()]
        : [new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new TransferSpeedColumn(), new RemainingTimeColumn()];
}
