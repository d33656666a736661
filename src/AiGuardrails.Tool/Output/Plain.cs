using System.Globalization;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace AiGuardrails.Tool.Output;

/// <summary>Shows tables and paragraphs: as a terminal can, and elsewhere as plain text without blanks at the ends of lines.</summary>
internal static class Plain
{
    private const int WidthOfFiles = 10_000;

    public static void Write(ToolContext context, params IRenderable[] parts) => Write(context.Out, context.IsTerminal, context.Width, parts);

    public static void Write(TextWriter writer, bool isTerminal, int width, params IRenderable[] parts)
    {
        if (isTerminal)
        {
            Render(writer, isTerminal, width, parts);
            return;
        }

        // Nothing is broken or cut where a program may read it.
        using var text = new StringWriter(CultureInfo.InvariantCulture);
        Render(text, isTerminal, WidthOfFiles, parts);
        foreach (var line in text.ToString().ReplaceLineEndings("\n").TrimEnd('\n').Split('\n'))
        {
            writer.WriteLine(line.TrimEnd());
        }
    }

    /// <summary>A table of texts, without frame; columns of numbers are named with a <c>&gt;</c> before them.</summary>
    public static Table TableOf(IEnumerable<string> columns, IEnumerable<IReadOnlyList<string>> rows)
    {
        var table = new Table().NoBorder();
        foreach (var column in columns)
        {
            var isNumber = column.StartsWith('>');
            var isName = table.Columns.Count == 0;
            _ = table.AddColumn(new TableColumn(new Text(column.TrimStart('>'), new Style(decoration: Decoration.Bold)))
            {
                Padding = new Padding(0, 0, 2, 0),
                Alignment = isNumber ? Justify.Right : Justify.Left,
                // Names are to be copied, and numbers to be compared.
                NoWrap = isNumber || isName,
            });
        }

        foreach (var row in rows)
        {
            _ = table.AddRow(row.Select(static cell => new Text(cell).Fold()));
        }

        return table;
    }

    /// <summary>A paragraph, which is broken at the width of the window.</summary>
    public static Paragraph Line(string text) => new Paragraph(text + "\n").Fold();

    private static void Render(TextWriter writer, bool isTerminal, int width, IRenderable[] parts)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = new AnsiConsoleOutput(writer),
            Ansi = isTerminal ? AnsiSupport.Detect : AnsiSupport.No,
            ColorSystem = isTerminal ? ColorSystemSupport.Detect : ColorSystemSupport.NoColors,
            Interactive = InteractionSupport.No,
        });
        console.Profile.Width = width;
        foreach (var part in parts)
        {
            console.Write(part);
        }
    }
}
