using Spectre.Console;

namespace AiGuardrails.Tool.Output;

/// <summary>A moving line while something takes its time.</summary>
internal static class ProgressLine
{
    public static Task<T> ShowAsync<T>(string text, ToolContext context, Func<Task<T>> work)
    {
        if (!context.ShowsProgress)
        {
            return work();
        }

        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(context.Error) });
        return console.Profile.Capabilities is { Ansi: true, Interactive: true }
            ? console.Status().StartAsync(Markup.Escape(text), _ => work())
            : work();
    }
}
