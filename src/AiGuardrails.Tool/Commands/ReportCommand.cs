using System.CommandLine;
using System.Text;
using AiGuardrails.Tool.Files;
using AiGuardrails.Tool.Output;
using AiGuardrails.Tool.Reports;
using AiGuardrails.Tool.Reports.Page;

namespace AiGuardrails.Tool.Commands;

/// <summary><c>aiguardrails report</c>: one page about the code and its training data, for people.</summary>
internal static class ReportCommand
{
    private const string DefaultFile = "aiguardrails-report.html";

    private static readonly UTF8Encoding s_utf8 = new(encoderShouldEmitUTF8Identifier: false);

    public static Command Create(ToolContext context)
    {
        var paths = new Argument<string[]>("path")
        {
            Description = "Projects, solutions, .cs files, or folders that hold them; the current folder by default, and none where --data is given.",
            Arity = ArgumentArity.ZeroOrMore,
        };
        paths.Validators.Add(CommonOptions.NoOptions);

        var data = new Option<string[]>("--data", "-d")
        {
            Description = "A file of training data in JSON Lines, besides those that the projects declare; may be given several times.",
            HelpName = "file",
            DefaultValueFactory = static _ => [],
        };

        var target = CommonOptions.Target("--target", "The format of the files of --data:", "-t");
        target.Required = false;

        var validation = new Option<string?>("--validation") { Description = "The validation data of --data.", HelpName = "file" };
        var model = new Option<string?>("--base-model") { Description = "The model to be trained with --data.", HelpName = "id" };
        var epochs = CommonOptions.Number("--epochs", "How often training goes through a file of --data.", 1, 999, "a number of epochs");
        var maxCost = CommonOptions.Number("--max-cost", "What training on a file of --data may cost, in US dollars.", 0m, 1_000_000_000m, "an amount", "usd");
        var saving = CommonOptions.Number("--saving-per-request", "What one request saves against today's way, in US dollars, for break-even; what the recorded decision says otherwise.", 0m, 1_000_000m, "an amount", "usd");
        var requests = CommonOptions.Number("--requests-per-month", "How many requests a month the trained model will serve, for break-even.", 1L, 1_000_000_000_000L, "a number of requests");
        var near = new Option<bool>("--near-duplicates") { Description = "Also looks for examples that are nearly the same: takes more time and memory." };
        var configuration = new Option<string?>("--configuration", "-c") { Description = "The configuration to build, such as Release; the project's default otherwise.", HelpName = "name" };
        var catalogue = CommonOptions.Catalogue();
        var today = CommonOptions.Today();
        var format = CommonOptions.DataFormat();
        format.Description = "How to say on the console what was found.";
        var output = new Option<string>("--output", "-o")
        {
            Description = "The file to write; '-' is the standard output.",
            HelpName = "file",
            DefaultValueFactory = static _ => DefaultFile,
        };

        var command = new Command("report", "Writes one HTML page for people: findings with their code, training data, costs and the decision to train.")
        {
            paths,
            data,
            target,
            validation,
            model,
            epochs,
            maxCost,
            saving,
            requests,
            near,
            configuration,
            catalogue,
            today,
            format,
            output,
        };

        command.Validators.Add(result =>
        {
            var hasData = result.GetResult(data) is { Implicit: false };
            if (hasData && result.GetResult(target) is null)
            {
                result.AddError("--data needs --target: the format of the files, such as openai-chat.");
            }

            if (result.GetValue(output) == DataFiles.StandardStream && result.GetValue(format) == DataFormat.Json)
            {
                result.AddError("The page and JSON cannot both go to the standard output; give --output a file.");
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
            var validated = parsed.GetValue(validation) is { } other ? PathOf(other, context) : null;
            var files = DataFiles.Resolve(parsed.GetRequiredValue(data), context).Select(file => PathOf(file, context)).Where(file => file != validated).ToList();
            var given = parsed.GetValue(paths) is { Length: > 0 } some ? some : files.Count > 0 ? [] : ["."];
            var builder = new ReportBuilder(context, CommonOptions.DayOf(parsed.GetValue(today), context))
            {
                Catalogue = parsed.GetValue(catalogue),
                Configuration = parsed.GetValue(configuration),
                NearDuplicates = parsed.GetValue(near),
                SavingPerRequestUsd = parsed.GetValue(saving),
                RequestsPerMonth = parsed.GetValue(requests),
            };

            var described = files.Select(file => new DataRequest(file, parsed.GetValue(target)!)
            {
                Validation = validated,
                BaseModel = parsed.GetValue(model),
                Epochs = parsed.GetValue(epochs),
                MaxCostUsd = parsed.GetValue(maxCost),
            }).ToList();

            var page = await ProgressLine.ShowAsync("Gathering the report", context, () => builder.BuildAsync(given, described, cancellationToken)).ConfigureAwait(false);
            await WriteAsync(page, parsed.GetRequiredValue(output), parsed.GetValue(format), context, cancellationToken).ConfigureAwait(false);
            return page.Report.Problems.Count > 0 ? ExitCodes.NotChecked : ExitCodes.Clean;
        });

        return command.WithExamples(
            "aiguardrails report src/SupportBot",
            "aiguardrails report --data train.jsonl --target openai-chat --validation valid.jsonl --base-model gpt-4.1-mini-2025-04-14 --max-cost 25 -o report.html");
    }

    private static async Task WriteAsync(ReportPage page, string file, DataFormat format, ToolContext context, CancellationToken cancellationToken)
    {
        var html = s_utf8.GetBytes(HtmlReport.Render(page));
        await OutputFile.WriteAsync(file, context, stream => stream.WriteAsync(html, cancellationToken).AsTask(), cancellationToken).ConfigureAwait(false);

        if (format == DataFormat.Json)
        {
            JsonReport.Write(page.Report, context.Out);
        }
        else if (file != DataFiles.StandardStream)
        {
            await context.Out.WriteLineAsync($"{Sentences.Summary(page.Report)}; the report is '{file}'").ConfigureAwait(false);
        }

        foreach (var problem in Sentences.Problems(page.Report, static problem => problem.ToString()))
        {
            await context.Error.WriteLineAsync($"Not checked: {problem}").ConfigureAwait(false);
        }
    }

    // What is shown of a file is read from it again, which a pipe does not allow.
    private static string PathOf(string file, ToolContext context) => file == DataFiles.StandardStream
        ? throw new ToolException("A report shows lines of its data and reads them again; give a file and not the standard input.")
        : DataFiles.PathOf(DataFiles.MustExist(file, context), context);
}
