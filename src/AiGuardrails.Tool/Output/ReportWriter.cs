using AiGuardrails.Tool.Files;
using AiGuardrails.Tool.Findings;

namespace AiGuardrails.Tool.Output;

/// <summary>Shows a report: in one of the formats, on the console or in a file.</summary>
internal static class ReportWriter
{
    public static async Task WriteAsync(Report report, ReportFormat format, string? file, ToolContext context, CancellationToken cancellationToken)
    {
        if (file is null or DataFiles.StandardStream)
        {
            Write(report, format, context.Out, context.IsTerminal, context.Width, context.CurrentDirectory);
            await context.Out.FlushAsync(cancellationToken).ConfigureAwait(false);
        }
        else
        {
            await OutputFile.WriteAsync(
                file,
                context,
                stream =>
                {
                    using var writer = new StreamWriter(stream, leaveOpen: true);
                    Write(report, format, writer, isTerminal: false, context.Width, context.CurrentDirectory);
                    return Task.CompletedTask;
                },
                cancellationToken).ConfigureAwait(false);
        }

        // A program that reads the other formats may not look for it; a person who redirects them must.
        if (format != ReportFormat.Text || file is not null)
        {
            foreach (var problem in Sentences.Problems(report, problem => problem.ToString()))
            {
                await context.Error.WriteLineAsync($"Not checked: {problem}").ConfigureAwait(false);
            }

            foreach (var note in report.Notes)
            {
                await context.Error.WriteLineAsync($"Note: {note}").ConfigureAwait(false);
            }
        }
    }

    public static void Write(Report report, ReportFormat format, TextWriter writer, bool isTerminal, int width, string folder = "")
    {
        switch (format)
        {
            case ReportFormat.Json:
                JsonReport.Write(report, writer);
                break;
            case ReportFormat.Sarif:
                SarifReport.Write(report, writer, folder);
                break;
            case ReportFormat.Markdown:
                MarkdownReport.Write(report, writer);
                break;
            default:
                TextReport.Write(report, writer, isTerminal, width);
                break;
        }
    }
}
