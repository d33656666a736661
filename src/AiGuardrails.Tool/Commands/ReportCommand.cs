using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using System.Text;
using AiGuardrails.Core.Models;
using AiGuardrails.Tool.Output;
using AiGuardrails.Tool.Reports;
using AiGuardrails.Tool.Reports.Page;

namespace AiGuardrails.Tool.Commands;

/// <summary><c>aiguardrails report</c>: one page about the code and its training data, for people.</summary>
internal static class ReportCommand
{
    private const string DefaultFile = "aiguardrails-report.html";
    private const string StandardOutput = "-";

    private static readonly UTF8Encoding s_utf8 = new(encoderShouldEmitUTF8Identifier: false);

    public static Command Create(ToolContext context)
    {
        var paths = new Argument<string[]>("path")
        {
            Description = "Projects, solutions, .cs files, or folders that hold them; the current folder by default, and none where --data is given.",
            Arity = ArgumentArity.ZeroOrMore,
        };
        paths.Validators.Add(static result =>
        {
            foreach (var token in result.Tokens.Where(static token => token.Value.StartsWith('-')))
            {
                result.AddError($"'{token.Value}' is not an option of this command; write './{token.Value}' if it is a path.");
            }
        });

        var data = new Option<string[]>("--data", "-d")
        {
            Description = "A file of training data in JSON Lines, besides those that the projects declare; may be given several times.",
            HelpName = "file",
            DefaultValueFactory = static _ => [],
        };

        var target = new Option<TrainingTarget?>("--target", "-t")
        {
            Description = "The format of the files of --data, such as openai-chat.",
            HelpName = "name",
            CustomParser = static argument => Parse(argument, static text => TrainingTarget.TryParse(text, out var known) ? known : null, "a target", "choose one of " + string.Join(", ", TrainingTarget.All.Select(static known => known.Name))),
        };

        var validation = new Option<string?>("--validation") { Description = "The validation data of --data.", HelpName = "file" };
        var model = new Option<string?>("--base-model") { Description = "The model to be trained with --data.", HelpName = "id" };
        var epochs = new Option<int?>("--epochs")
        {
            Description = "How often training goes through a file of --data.",
            HelpName = "number",
            CustomParser = static argument => Parse(argument, static text => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number is >= 1 and <= 999 ? number : (int?)null, "a number of epochs", "give a whole number from 1 to 999"),
        };
        var maxCost = Dollars("--max-cost", "What training on a file of --data may cost, in US dollars.");
        var saving = Dollars("--saving", "What a request to the trained model saves, in US dollars, for the break-even.");
        var near = new Option<bool>("--near-duplicates") { Description = "Also looks for examples that are nearly the same: takes more time and memory." };
        var configuration = new Option<string?>("--configuration", "-c") { Description = "The configuration to build, such as Release; the project's default otherwise.", HelpName = "name" };
        var today = new Option<CalendarDate?>("--today")
        {
            Description = "The day that the report is made for, as yyyy-MM-dd: the same input then makes the same page.",
            HelpName = "date",
            CustomParser = static argument => Parse(argument, static text => CalendarDate.TryParse(text), "a day", "give it as yyyy-MM-dd"),
        };
        var output = new Option<string>("--output", "-o")
        {
            Description = "The file to write; '-' is the standard output.",
            HelpName = "file",
            DefaultValueFactory = static _ => DefaultFile,
        };

        var command = new Command("report", "Writes one HTML page about findings, training data, costs and decisions, for example: aiguardrails report src/Bot --data train.jsonl --target openai-chat -o report.html")
        {
            paths,
            data,
            target,
            validation,
            model,
            epochs,
            maxCost,
            saving,
            near,
            configuration,
            today,
            output,
        };

        command.Validators.Add(result =>
        {
            var hasData = result.GetResult(data) is { Implicit: false };
            if (hasData && result.GetResult(target) is null)
            {
                result.AddError("--data needs --target: the format of the files, such as openai-chat.");
            }

            foreach (var option in (Option[])[target, validation, model, epochs, maxCost])
            {
                if (!hasData && result.GetResult(option) is { Implicit: false })
                {
                    result.AddError($"{option.Name} is about the files of --data, and there are none.");
                }
            }
        });

        command.SetAction(async (parsed, cancellationToken) =>
        {
            var files = parsed.GetRequiredValue(data);
            var given = parsed.GetValue(paths) is { Length: > 0 } some ? some : files.Length > 0 ? [] : ["."];
            var requests = files
                .Where(file => parsed.GetValue(validation) is not { } other || PathOf(file, context) != PathOf(other, context))
                .Select(file => new DataRequest(ExistingFile(file, context), parsed.GetValue(target)!)
                {
                    Validation = parsed.GetValue(validation) is { } other ? ExistingFile(other, context) : null,
                    BaseModel = parsed.GetValue(model),
                    Epochs = parsed.GetValue(epochs),
                    MaxCostUsd = parsed.GetValue(maxCost),
                    SavingPerRequestUsd = parsed.GetValue(saving),
                })
                .DistinctBy(static request => request.Path)
                .ToList();

            var day = parsed.GetValue(today) ?? CalendarDate.TryParse(DateTime.UtcNow.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture))!.Value;
            var builder = new ReportBuilder(context, day)
            {
                Configuration = parsed.GetValue(configuration),
                NearDuplicates = parsed.GetValue(near),
            };

            var page = await ProgressLine.ShowAsync("Gathering the report", context, () => builder.BuildAsync(given, requests, cancellationToken)).ConfigureAwait(false);
            await WriteAsync(page, parsed.GetRequiredValue(output), context, cancellationToken).ConfigureAwait(false);
            return page.Report.Problems.Count > 0 ? ExitCodes.NotChecked : ExitCodes.Clean;
        });

        return command;
    }

    private static async Task WriteAsync(ReportPage page, string file, ToolContext context, CancellationToken cancellationToken)
    {
        var html = HtmlReport.Render(page);
        if (file == StandardOutput)
        {
            await context.Out.WriteAsync(html.AsMemory(), cancellationToken).ConfigureAwait(false);
            await context.Out.FlushAsync(cancellationToken).ConfigureAwait(false);
        }
        else
        {
            await ReplaceAsync(PathOf(file, context), html, cancellationToken).ConfigureAwait(false);
            await context.Out.WriteLineAsync($"{Sentences.Summary(page.Report)}. Open {file}.").ConfigureAwait(false);
        }

        foreach (var problem in Sentences.Problems(page.Report, static problem => problem.ToString()))
        {
            await context.Error.WriteLineAsync($"Not checked: {problem}").ConfigureAwait(false);
        }
    }

    // Beside the old page, and then in its place: who stops the command has one of the two, and never half of one.
    private static async Task ReplaceAsync(string path, string html, CancellationToken cancellationToken)
    {
        _ = Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var temporary = path + "." + Path.GetRandomFileName();
        try
        {
            await File.WriteAllTextAsync(temporary, html, s_utf8, cancellationToken).ConfigureAwait(false);
            File.Move(temporary, path, overwrite: true);
        }
        finally
        {
            File.Delete(temporary);
        }
    }

    private static Option<decimal?> Dollars(string name, string description) => new(name)
    {
        Description = description,
        HelpName = "usd",
        CustomParser = static argument => Parse(argument, static text => decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var amount) ? amount : (decimal?)null, "an amount", "give US dollars, such as 25 or 0.50"),
    };

    private static string PathOf(string file, ToolContext context) => Path.GetFullPath(file, context.CurrentDirectory);

    private static string ExistingFile(string file, ToolContext context)
    {
        var path = PathOf(file, context);
        return File.Exists(path) ? path
            : Directory.Exists(path) ? throw new ToolException($"'{file}' is a folder; give the files in it, such as {file.TrimEnd('/', '\\')}/train.jsonl.")
            : throw new ToolException($"'{file}' does not exist; give the path of a JSON Lines file.");
    }

    private static T? Parse<T>(ArgumentResult argument, Func<string, T?> parse, string what, string expected)
    {
        var text = argument.Tokens[0].Value;
        if (parse(text) is { } value)
        {
            return value;
        }

        argument.AddError($"'{text}' is not {what}; {expected}.");
        return default;
    }
}
