using System.CommandLine;
using System.Text;
using System.Text.Json;
using AiGuardrails.Core.Baselines;
using AiGuardrails.Tool.Baselines;
using AiGuardrails.Tool.Checking;
using AiGuardrails.Tool.Files;
using AiGuardrails.Tool.Findings;
using AiGuardrails.Tool.Output;

namespace AiGuardrails.Tool.Commands;

/// <summary><c>aiguardrails baseline</c>: writes down the findings that are there, so that the build speaks of new ones only.</summary>
internal static class BaselineCommand
{
    private const string Stale = "AIG0003";

    private static readonly JsonSerializerOptions s_json = new()
    {
        WriteIndented = true,
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private enum Mode
    {
        Create,
        Update,
        Check,
    }

    public static Command Create(ToolContext context)
    {
        var paths = new Argument<string[]>("path")
        {
            Description = "Projects, solutions, or folders that hold them; the current folder by default.",
            Arity = ArgumentArity.ZeroOrMore,
        };
        paths.Validators.Add(static result =>
        {
            foreach (var token in result.Tokens.Where(static token => token.Value.StartsWith('-')))
            {
                result.AddError($"'{token.Value}' is not an option of this command; write './{token.Value}' if it is a path.");
            }
        });

        var update = new Option<bool>("--update") { Description = "Takes out what is mended. New findings are not taken in." };
        var check = new Option<bool>("--check") { Description = "Writes nothing; the exit code is 1 where --update would take something out." };
        var output = new Option<string?>("--output", "-o")
        {
            Description = $"The folder of {BaselineFile.Name}, or its path; by default the current folder, and for --update and --check the nearest one above.",
            HelpName = "path",
        };
        var configuration = new Option<string?>("--configuration", "-c")
        {
            Description = "The configuration to build, such as Release; the project's default otherwise.",
            HelpName = "name",
        };
        var format = new Option<string>("--format", "-f")
        {
            Description = "How to say what was done.",
            DefaultValueFactory = static _ => "text",
            HelpName = "text|json",
        };
        format.AcceptOnlyFromAmong("text", "json");

        var command = new Command("baseline", $"Writes the findings that are there to {BaselineFile.Name}; the build then knows them and speaks of new ones only. Example: aiguardrails baseline MySolution.sln")
        {
            paths,
            update,
            check,
            output,
            configuration,
            format,
        };
        command.Validators.Add(result =>
        {
            if (result.GetResult(update) is not null && result.GetResult(check) is not null)
            {
                result.AddError("--update writes and --check does not; give one of them.");
            }
        });

        command.SetAction((parsed, cancellationToken) => RunAsync(
            context,
            parsed.GetValue(paths) is { Length: > 0 } some ? some : ["."],
            parsed.GetValue(update) ? Mode.Update : parsed.GetValue(check) ? Mode.Check : Mode.Create,
            parsed.GetValue(output),
            parsed.GetValue(configuration),
            isJson: parsed.GetValue(format) == "json",
            cancellationToken));
        return command.WithExamples("aiguardrails baseline MySolution.sln", "aiguardrails baseline --check");
    }

    private static async Task<int> RunAsync(
        ToolContext context, string[] paths, Mode mode, string? output, string? configuration, bool isJson, CancellationToken cancellationToken)
    {
        var path = BaselinePlace.Find(output, context.CurrentDirectory, mustExist: mode != Mode.Create);
        var name = new DisplayPaths(context.CurrentDirectory).Of(path);
        var before = Read(path, name, mode);
        if (CheckInputs.Resolve(paths, context.CurrentDirectory).OfType<CheckInput.Loose>().Any())
        {
            throw new ToolException("A baseline is for projects, whose build reads it; give projects, solutions or folders that hold them.");
        }

        var checker = new ProjectChecker(context) { Configuration = configuration };
        var report = await ProgressLine.ShowAsync("Building aside, with the rules", context, () => checker.CheckAsync(paths, cancellationToken)).ConfigureAwait(false);
        if (report.Problems.Count > 0)
        {
            foreach (var problem in Sentences.Problems(report, static problem => problem.ToString()))
            {
                await context.Error.WriteLineAsync($"Not checked: {problem}").ConfigureAwait(false);
            }

            await context.Error.WriteLineAsync($"{name} was not written: half of the findings would be missing from it. Mend what is named above.").ConfigureAwait(false);
            return ExitCodes.NotChecked;
        }

        var outcome = new BaselineUpdate(before, report, path, context.CurrentDirectory);
        var written = mode == Mode.Create ? outcome.Found : outcome.After;
        if (mode == Mode.Update ? outcome.Stale.Any() : mode == Mode.Create && BaselineUpdate.Count(written) > 0)
        {
            await OutputFile.WriteAsync(path, context, stream => stream.WriteAsync(Encoding.UTF8.GetBytes(BaselineFile.Write(written)), cancellationToken).AsTask(), cancellationToken).ConfigureAwait(false);
        }

        if (isJson)
        {
            WriteJson(context.Out, outcome, written, name, report, mode);
        }
        else
        {
            WriteText(context.Out, outcome, written, name, mode);
        }

        foreach (var project in report.Projects.Where(project => !IsAbove(path, project.Path)))
        {
            await context.Error.WriteLineAsync(
                $"Note: the build of {new DisplayPaths(context.CurrentDirectory).Of(project.Path)} does not see {name}, which lies in no folder above it; set AiGuardrailsBaseline in the project, or use --output.").ConfigureAwait(false);
        }

        return mode == Mode.Check && outcome.Stale.Any() ? ExitCodes.Findings : ExitCodes.Clean;
    }

    private static Baseline Read(string path, string name, Mode mode)
    {
        if (mode == Mode.Create)
        {
            return File.Exists(path)
                ? throw new ToolException($"{name} is there already; --update takes out what is mended. To take in new findings too, delete the file first.")
                : new Baseline([]);
        }

        if (!File.Exists(path))
        {
            throw new ToolException($"{name} does not exist; 'aiguardrails baseline' without --{(mode == Mode.Update ? "update" : "check")} writes it.");
        }

        return BaselineFile.Parse(File.ReadAllText(path), out var error)
            ?? throw new ToolException($"{name}({error!.Line},{error.Column}) cannot be read: {error.Message}. Mend the line, or delete the file and write it anew.");
    }

    /// <summary>Whether the build of a project looks for a baseline where this one is.</summary>
    private static bool IsAbove(string baseline, string project) =>
        Path.GetDirectoryName(project) is { } folder
        && (folder + Path.DirectorySeparatorChar).StartsWith(Path.TrimEndingDirectorySeparator(Path.GetDirectoryName(baseline)!) + Path.DirectorySeparatorChar, StringComparison.Ordinal);

    private static void WriteText(TextWriter writer, BaselineUpdate outcome, Baseline written, string name, Mode mode)
    {
        var known = BaselineUpdate.Count(written);
        var gone = outcome.Stale.Sum(static stale => stale.Gone);
        var more = outcome.New == 0 ? "" : $"; {Words.Count(outcome.New, "finding")} {(outcome.New == 1 ? "is" : "are")} not in it";

        if (mode == Mode.Create)
        {
            writer.WriteLine(known == 0
                ? $"No findings, so there is nothing to know and {name} was not written."
                : $"Wrote {Words.Count(known, "known finding")} in {Words.Count(written.Files.Count, "file")} to {name}; commit it, and the build speaks of new findings only.");
        }
        else if (mode == Mode.Update)
        {
            writer.WriteLine(gone == 0
                ? $"{name} is in step: {Words.Count(known, "known finding")}, none of them mended{more}."
                : $"{name}: {gone} mended and taken out, {known} still known{more}.");
        }
        else
        {
            foreach (var (entry, count) in outcome.Stale)
            {
                writer.WriteLine($"{name}({entry.Line}): {SentenceOf(entry, count)}");
            }

            writer.WriteLine(gone == 0
                ? $"{name} is in step: {Words.Count(known, "known finding")}, none of them mended{more}."
                : $"{name} lists {Words.Count(gone, "finding")} too many{more}; run: aiguardrails baseline --update");
        }
    }

    private static string SentenceOf(BaselineEntry entry, int count) => $"{(count == 1 ? "" : $"{count} × ")}{entry.Key.Rule} in '{entry.Key.File}' is no longer found";

    private static void WriteJson(TextWriter writer, BaselineUpdate outcome, Baseline written, string name, Report report, Mode mode)
    {
        var stale = outcome.Stale.ToList();
        var json = new
        {
            Findings = stale.Select(item => new
            {
                Rule = Stale,
                Level = Sentences.NameOf(FindingLevel.Info),
                File = name,
                item.Entry.Line,
                Column = 1,
                Message = SentenceOf(item.Entry, item.Gone),
            }),
            Summary = new
            {
                Findings = stale.Count,
                Baseline = name,
                Known = BaselineUpdate.Count(written),
                Mended = stale.Sum(static item => item.Gone),
                New = mode == Mode.Create ? 0 : outcome.New,
                Written = mode == Mode.Update ? stale.Count > 0 : mode == Mode.Create && BaselineUpdate.Count(written) > 0,
                Projects = report.ProjectsChecked,
                Files = report.FilesChecked,
            },
        };

        writer.WriteLine(JsonSerializer.Serialize(json, s_json));
    }
}
