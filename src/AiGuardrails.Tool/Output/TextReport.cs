using System.Globalization;
using AiGuardrails.Tool.Findings;
using Spectre.Console;

namespace AiGuardrails.Tool.Output;

/// <summary>For people: one block a file, colours and links where a terminal has them, nothing ever cut off.</summary>
internal static class TextReport
{
    private static readonly Padding s_indent = new(2, 0, 0, 0);

    public static void Write(Report report, TextWriter writer, bool isTerminal, int width)
    {
        if (isTerminal)
        {
            Render(report, writer, isTerminal, width);
            return;
        }

        // Tables are filled up with blanks to their full width, which nobody wants in a file.
        using var text = new StringWriter(CultureInfo.InvariantCulture);
        Render(report, text, isTerminal, width);
        foreach (var line in text.ToString().ReplaceLineEndings("\n").TrimEnd('\n').Split('\n'))
        {
            writer.WriteLine(line.TrimEnd());
        }
    }

    private static void Render(Report report, TextWriter writer, bool isTerminal, int width)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = new AnsiConsoleOutput(writer),
            Ansi = isTerminal ? AnsiSupport.Detect : AnsiSupport.No,
            ColorSystem = isTerminal ? ColorSystemSupport.Detect : ColorSystemSupport.NoColors,
            Interactive = InteractionSupport.No,
        });
        console.Profile.Width = width;

        foreach (var file in report.Findings.GroupBy(finding => finding.Place.File, StringComparer.Ordinal))
        {
            console.Write(new Text(file.Key, new Style(decoration: Decoration.Bold)).Fold());
            console.WriteLine();
            console.Write(new Padder(TableOf(file, report), s_indent));
            console.WriteLine();
        }

        WriteList(console, "Not checked", "red", Sentences.Problems(report, problem => problem.ToString()));
        WriteList(console, "Notes", "blue", report.Notes);

        var colour = report.Problems.Count > 0 || report.Count(FindingLevel.Error) > 0 ? "red" : report.Findings.Count > 0 ? "yellow" : "green";
        console.Write(new Markup($"[{colour}]{Markup.Escape(Sentences.Summary(report))}[/]").Fold());
        console.WriteLine();
    }

    private static Table TableOf(IEnumerable<Finding> findings, Report report)
    {
        var table = new Table { ShowHeaders = false }
            .NoBorder()
            .AddColumn(new TableColumn("") { NoWrap = true, Alignment = Justify.Right, Padding = new Padding(0, 0, 2, 0) })
            .AddColumn(new TableColumn("") { NoWrap = true, Padding = new Padding(0, 0, 2, 0) })
            .AddColumn(new TableColumn("") { NoWrap = true, Padding = new Padding(0, 0, 2, 0) })
            .AddColumn(new TableColumn("") { Padding = new Padding(0, 0, 0, 0) });

        foreach (var finding in findings)
        {
            var place = finding.Place.Line == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $"{finding.Place.Line}:{finding.Place.Column}");
            _ = table.AddRow(new Text(place), new Markup(Level(finding.Level)), new Markup(Rule(finding.Rule, report)), new Text(finding.Message).Fold());
        }

        return table;
    }

    private static void WriteList(IAnsiConsole console, string title, string colour, IEnumerable<string> lines)
    {
        var table = new Table { ShowHeaders = false }
            .NoBorder()
            .AddColumn(new TableColumn("") { NoWrap = true, Padding = new Padding(0, 0, 1, 0) })
            .AddColumn(new TableColumn("") { Padding = new Padding(0, 0, 0, 0) });

        foreach (var line in lines)
        {
            _ = table.AddRow(new Text("-"), new Text(line).Fold());
        }

        if (table.Rows.Count > 0)
        {
            console.Write(new Markup($"[{colour}]{title}[/]"));
            console.WriteLine();
            console.Write(new Padder(table, s_indent));
            console.WriteLine();
        }
    }

    private static string Level(FindingLevel level) => level switch
    {
        FindingLevel.Error => "[red]error[/]",
        FindingLevel.Warning => "[yellow]warning[/]",
        _ => "[blue]info[/]",
    };

    private static string Rule(string id, Report report) =>
        report.Rules.TryGetValue(id, out var rule) && rule.HelpLink is { Length: > 0 } link ? $"[link={Markup.Escape(link)}]{id}[/]" : Markup.Escape(id);
}
