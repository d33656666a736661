using System.CommandLine;
using System.Globalization;
using AiGuardrails.Tool.Files;
using AiGuardrails.Tool.Linting;
using AiGuardrails.Tool.Output;

namespace AiGuardrails.Tool.Commands;

/// <summary><c>aiguardrails lint</c>: the checks of training data, over files of any size.</summary>
internal static class LintCommand
{
    public static Command Create(ToolContext context)
    {
        var files = CommonOptions.DataFiles();
        var target = CommonOptions.Target("--target", "The format that the files are to have:", "-t");

        var validation = new Option<string?>("--validation")
        {
            Description = "The validation data of the files: checked too, and for examples that it shares with them.",
            HelpName = "file",
        };

        var model = new Option<string?>("--base-model")
        {
            Description = "The model to be trained: for its limits, and for an estimate of the cost.",
            HelpName = "id",
        };

        var tokenizer = CommonOptions.Tokenizer("the model");

        var epochs = new Option<int?>("--epochs")
        {
            Description = "How often training goes through a file; what the service is known to choose otherwise.",
            HelpName = "number",
            CustomParser = static argument => CommonOptions.Parse(argument, static text => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number is >= 1 and <= 999 ? number : (int?)null, "a number of epochs", "give a whole number from 1 to 999"),
        };

        var maxCost = new Option<decimal?>("--max-cost")
        {
            Description = "What training on a file may cost, in US dollars; needs --base-model.",
            HelpName = "usd",
            CustomParser = static argument => CommonOptions.Parse(argument, static text => decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var amount) ? amount : (decimal?)null, "an amount", "give US dollars, such as 25 or 0.50"),
        };

        var near = new Option<bool>("--near-duplicates") { Description = "Also looks for examples that are nearly the same: takes more time and memory." };

        var most = new Option<int>("--max-findings")
        {
            Description = "How many findings of a rule are listed for a file; the rest is counted.",
            HelpName = "number",
            DefaultValueFactory = static _ => 50,
            CustomParser = static argument => CommonOptions.Parse(argument, static text => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number is >= 1 and <= 1_000_000 ? number : (int?)null, "a number of findings", "give a whole number from 1 to 1000000") ?? 0,
        };

        var format = CommonOptions.Format();
        var failOn = CommonOptions.FailOn();
        var output = CommonOptions.Output();

        var command = new Command("lint", "Checks files of training data: format, duplicates, secrets, size, cost.")
        {
            files,
            target,
            validation,
            model,
            tokenizer,
            epochs,
            maxCost,
            near,
            most,
            format,
            failOn,
            output,
        };

        command.Validators.Add(result =>
        {
            if (result.GetResult(maxCost) is not null && result.GetResult(model) is null)
            {
                result.AddError("--max-cost needs --base-model: without a model there is no price.");
            }
        });

        command.SetAction(async (parsed, cancellationToken) =>
        {
            var checker = new FileChecker(context)
            {
                Target = parsed.GetRequiredValue(target),
                Validation = parsed.GetValue(validation),
                BaseModel = parsed.GetValue(model),
                Tokenizer = parsed.GetValue(tokenizer),
                Epochs = parsed.GetValue(epochs),
                MaxCostUsd = parsed.GetValue(maxCost),
                NearDuplicates = parsed.GetValue(near),
                MaxFindings = parsed.GetValue(most),
            };

            var given = DataFiles.Resolve(parsed.GetRequiredValue(files), context);
            var report = await ReadingProgress.ShowAsync(
                $"Reading {Words.Count(given.Count, "file")}",
                DataFiles.LengthOf(checker.Validation is null or DataFiles.StandardStream ? given : [.. given, DataFiles.MustExist(checker.Validation, context)], context),
                context,
                read => checker.CheckAsync(given, read, cancellationToken)).ConfigureAwait(false);

            await ReportWriter.WriteAsync(report, parsed.GetRequiredValue(format), parsed.GetValue(output), context, cancellationToken).ConfigureAwait(false);
            return CheckCommand.ExitCodeOf(report, parsed.GetRequiredValue(failOn));
        });

        return command.WithExamples(
            "aiguardrails lint train.jsonl --target openai-chat --validation valid.jsonl",
            "aiguardrails lint data --target openai-chat --format json",
            "gunzip -c train.jsonl.gz | aiguardrails lint - --target trl-chat");
    }
}
