using AiGuardrails.Tool.Findings;

namespace AiGuardrails.Tool.Output;

/// <summary>Shows a report: in one of the formats, on the console or in a file.</summary>
internal static class ReportWriter
{
    public static async Task WriteAsync(Report report, ReportFormat format, string? file, ToolContext context, CancellationToken cancellationToken)
    {
        if (file is null)
        {
            Write(report, format, context.Out, context.IsTerminal, context.Width, context.CurrentDirectory);
            await context.Out.FlushAsync(cancellationToken).ConfigureAwait(false);
        }
        else
        {
            var path = Path.GetFullPath(file, context.CurrentDirectory);
            if (Path.GetDirectoryName(path) is { Length: > 0 } directory)
            {
                _ = Directory.CreateDirectory(directory);
            }

            var writer = new StreamWriter(path);
            await using (writer.ConfigureAwait(false))
            {
                Write(report, format, writer, isTerminal: false, context.Width, context.CurrentDirectory);
            }
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
