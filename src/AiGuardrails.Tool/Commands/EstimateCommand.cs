using System.CommandLine;
using System.Globalization;
using AiGuardrails.Core.Models;
using AiGuardrails.Core.Prompts;
using AiGuardrails.Tool.Answers;
using AiGuardrails.Tool.Files;
using AiGuardrails.Tool.Findings;
using AiGuardrails.Tool.Output;
using Spectre.Console.Rendering;

namespace AiGuardrails.Tool.Commands;

/// <summary><c>aiguardrails estimate</c>: how many tokens a file has, and what training on it costs where.</summary>
internal static class EstimateCommand
{
    private const int PaybackMonths = 12;

    public static Command Create(ToolContext context)
    {
        var file = CommonOptions.DataFile();
        var target = CommonOptions.Target("--target", "The format of the file:", "-t");
        var models = new Option<string[]>("--model")
        {
            Description = "A model to be trained, several times for several; every model of the catalogue that can be trained and has a price otherwise.",
            HelpName = "id",
            DefaultValueFactory = static _ => [],
        };
        var tokenizer = CommonOptions.Tokenizer("models");
        var epochs = CommonOptions.Number("--epochs", "How often training goes through the file; what the service is likely to choose otherwise.", 1, 999, "a number of epochs");
        var requests = CommonOptions.Number("--requests-per-month", "How many requests a month the trained model will serve, for break-even.", 1L, 1_000_000_000_000L, "a number of requests");
        var saving = CommonOptions.Number("--saving-per-request", "What one request saves against today's way, in US dollars, for break-even.", 0m, 1_000_000m, "an amount", "usd");
        var today = CommonOptions.Today();
        var catalogue = CommonOptions.Catalogue();
        var format = CommonOptions.DataFormat();

        var command = new Command("estimate", "Estimates the tokens of a file of training data, and what training on it costs, model by model.")
        {
            file,
            target,
            models,
            tokenizer,
            epochs,
            requests,
            saving,
            today,
            catalogue,
            format,
        };

        command.SetAction(async (parsed, cancellationToken) =>
        {
            var (rows, _) = Catalogues.Read(parsed.GetValue(catalogue), context);
            var asked = parsed.GetValue(models) ?? [];
            MustBeKnown(asked, rows);

            var data = parsed.GetRequiredValue(file);
            var (vocabulary, problem) = parsed.GetValue(tokenizer) is { } given ? Vocabularies.Read(given, context, read => ProblemWith(read, asked)) : default;
            var table = new CostTable(rows, parsed.GetRequiredValue(target), asked, CommonOptions.DayOf(parsed.GetValue(today), context), vocabulary);
            await Reading.ReadAsync(data, "Counting tokens", context, table.Write, cancellationToken).ConfigureAwait(false);

            var result = new Estimate(
                Reading.NameOf(data, context), table, table.Complete(parsed.GetValue(epochs)), parsed.GetValue(requests), parsed.GetValue(saving))
            {
                Vocabulary = vocabulary,
                Problem = problem,
            };
            if (parsed.GetValue(format) == DataFormat.Json)
            {
                WriteJson(result, context);
            }
            else
            {
                WriteText(result, context);
            }

            return result.IsComplete ? ExitCodes.Clean : ExitCodes.NotChecked;
        });

        return command.WithExamples(
            "aiguardrails estimate train.jsonl --target openai-chat",
            "aiguardrails estimate train.jsonl --target openai-chat --model gpt-4.1-2025-04-14 --tokenizer o200k_base.tiktoken",
            "aiguardrails estimate train.jsonl --target openai-chat --model gpt-4o-mini-2024-07-18 --epochs 3 --requests-per-month 50000 --saving-per-request 0.002");
    }

    private static void MustBeKnown(string[] asked, ModelCatalogue catalogue)
    {
        foreach (var model in asked.Where(model => catalogue.Find(model) is null))
        {
            throw new ToolException(NearestName.Of(model, catalogue.Models.SelectMany(static known => (IEnumerable<string>)[known.Id, .. known.Aliases, .. known.DatedAliases])) is { } nearest
                ? $"'{model}' is not in the model catalogue; did you mean '{nearest}'?"
                : $"'{model}' is not in the model catalogue; run 'aiguardrails models' for what is, or add a row to {ModelCatalogueFile.Name}.");
        }
    }

    // One vocabulary is that of some models and not of others: it is of no use where it is that of none.
    private static string? ProblemWith(TokenVocabulary vocabulary, string[] asked) =>
        asked.Length == 0 || asked.Any(vocabulary.IsFor) ? null : vocabulary.ProblemWith(asked[0]);

    private static void WriteText(Estimate result, ToolContext context)
    {
        var general = result.Table.General;
        var parts = new List<IRenderable> { Plain.Line(string.Create(CultureInfo.InvariantCulture, $"{result.File}: {general.Examples:N0} examples, {general.Total} {(result.Vocabulary is { } vocabulary ? $"by {vocabulary.Name}" : "where nothing is known of the model")}")), Plain.Line("") };
        if (result.Rows.Count > 0)
        {
            parts.Add(Plain.TableOf(
                ["model", "provider", ">tokens", ">epochs", ">cost", ">from", ">to", ">per million", "as of", .. result.Saves || result.HasRequests ? [result.Saves ? ">break-even" : ">saving needed"] : Array.Empty<string>()],
                result.Rows.Select(row => (IReadOnlyList<string>)
                [
                    row.Model,
                    row.Provider,
                    row.Tokens.Total.Expected.ToString("N0", CultureInfo.InvariantCulture),
                    row.Cost.Epochs.Low == row.Cost.Epochs.High ? Text(row.Cost.Epochs.Low) : $"{Text(row.Cost.Epochs.Low)}-{Text(row.Cost.Epochs.High)}",
                    Money.Format(row.Cost.ExpectedUsd),
                    Money.Format(row.Cost.LowUsd),
                    Money.Format(row.Cost.HighUsd),
                    Money.Format(row.Cost.Price.UsdPerMillionTokens),
                    row.Cost.Price.AsOf,
                    .. result.Saves || result.HasRequests ? [result.BreakEvenWords(row)] : Array.Empty<string>(),
                ])));
            parts.Add(Plain.Line(""));
        }

        parts.AddRange(Notes(result).Select(Plain.Line));
        Plain.Write(context, [.. parts]);

        static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
    }

    private static IEnumerable<string> Notes(Estimate result)
    {
        if (result.Problem is { } problem)
        {
            yield return $"{problem.Place.File}: {problem.Message}";
        }

        if (result.Vocabulary is { } vocabulary && result.Rows.Any(row => !vocabulary.IsFor(row.Model)))
        {
            yield return $"Tokens are counted for the models whose vocabulary is {vocabulary.Name}, and estimated for the others";
        }

        foreach (var model in result.Table.Unpriced)
        {
            yield return $"Not known: what training '{model}' costs per token; a row in {ModelCatalogueFile.Name} would tell";
        }

        foreach (var row in result.Rows.Where(static row => row.Tokens.CutExamples > 0))
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"{row.Tokens.CutExamples:N0} examples are longer than '{row.Model}' takes, and are counted as cut there");
        }

        if (result.Table.Ended > 0)
        {
            yield return $"{Words.Count(result.Table.Ended, "model")} with a price can no longer be trained and {(result.Table.Ended == 1 ? "is" : "are")} left out; name one with --model to see it";
        }

        foreach (var source in result.Rows.Select(static row => $"{row.Provider}: prices as of {row.Cost.Price.AsOf}, {row.Cost.Price.Source}").Distinct(StringComparer.Ordinal))
        {
            yield return source;
        }

        yield return result switch
        {
            { Saves: true, HasRequests: true } => string.Create(CultureInfo.InvariantCulture, $"Break-even: after how many requests, and months of {result.RequestsPerMonth:N0} requests, the likely cost has paid back at {Money.Format(result.SavingPerRequest!.Value)} a request"),
            { Saves: true } => $"Break-even: after how many requests the likely cost has paid back at {Money.Format(result.SavingPerRequest!.Value)} a request; --requests-per-month makes months of it",
            { HasRequests: true } => string.Create(CultureInfo.InvariantCulture, $"Saving needed: what a request must save for the likely cost to pay back within {PaybackMonths} months of {result.RequestsPerMonth:N0} requests"),
            _ => "Break-even needs --saving-per-request, or --requests-per-month for what a request would have to save",
        };
        yield return "Only the training of one job is counted: neither its validation file nor hosting and use of the trained model";
        if (result.NotCounted > 0)
        {
            yield return $"Not counted: {Words.Count(result.NotCounted, "line")} that {(result.NotCounted == 1 ? "is" : "are")} no JSON object; 'aiguardrails lint' says which";
        }
    }

    private static void WriteJson(Estimate result, ToolContext context) => JsonOutput.Write(context.Out, new
    {
        result.File,
        result.Table.General.Examples,
        Tokens = Range(result.Table.General.Total),
        Models = result.Rows.Select(row => new
        {
            row.Model,
            row.Provider,
            Tokens = Range(row.Tokens.Total),
            Exact = result.Vocabulary?.IsFor(row.Model) == true,
            row.Tokens.CutExamples,
            Epochs = new { row.Cost.Epochs.Low, row.Cost.Epochs.Expected, row.Cost.Epochs.High },
            CostUsd = new { Low = row.Cost.LowUsd, Expected = row.Cost.ExpectedUsd, High = row.Cost.HighUsd },
            Price = new { row.Cost.Price.UsdPerMillionTokens, row.Cost.Price.MinimumUsd, row.Cost.Price.Source, row.Cost.Price.AsOf },
            Use = row.Use is { } use ? new { use.InputPerMillion, use.CachedInputPerMillion, use.OutputPerMillion, use.Source, AsOf = use.AsOf.ToString() } : null,
            BreakEvenRequests = result.BreakEven(row),
            BreakEvenMonths = result.Months(row),
            SavingNeededUsd = result.SavingNeeded(row),
        }),
        Summary = new
        {
            result.RequestsPerMonth,
            result.SavingPerRequest,
            NotCounted = result.NotCounted,
            Complete = result.IsComplete,
            Tokenizer = result.Vocabulary?.Name,
            Problems = result.Problem is { } problem ? new[] { new { File = problem.Place.File, problem.Message } } : [],
            Unpriced = result.Table.Unpriced,
            LeftOut = result.Table.Ended,
        },
    });

    private static object Range(TokenEstimate tokens) => new { tokens.Minimum, tokens.Low, tokens.Expected, tokens.High, tokens.Maximum };

    private sealed record Estimate(string File, CostTable Table, IReadOnlyList<CostRow> Rows, long? RequestsPerMonth, decimal? SavingPerRequest)
    {
        public TokenVocabulary? Vocabulary { get; init; }

        public Problem? Problem { get; init; }

        public bool Saves => SavingPerRequest is not null;

        public bool HasRequests => RequestsPerMonth is not null;

        public int NotCounted => (int)Math.Min(int.MaxValue, Table.General.InvalidLines + Table.TooLong);

        public bool IsComplete => NotCounted == 0 && Problem is null;

        public long? BreakEven(CostRow row) => SavingPerRequest is { } saving ? row.Cost.BreakEvenRequests(saving) : null;

        public decimal? Months(CostRow row) => BreakEven(row) is { } breakEven && RequestsPerMonth is { } requests ? Math.Round((decimal)breakEven / requests, 2) : null;

        public decimal? SavingNeeded(CostRow row) => RequestsPerMonth is { } requests ? row.Cost.ExpectedUsd / (requests * (decimal)PaybackMonths) : null;

        public string BreakEvenWords(CostRow row) => SavingPerRequest is null
            ? Money.Format(SavingNeeded(row)!.Value)
            : (BreakEven(row), Months(row)) switch
            {
                (null, _) => "never",
                ({ } breakEven, null) => breakEven.ToString("N0", CultureInfo.InvariantCulture),
                ({ } breakEven, < 0.1m) => string.Create(CultureInfo.InvariantCulture, $"{breakEven:N0} (under 0.1 months)"),
                ({ } breakEven, { } months) => string.Create(CultureInfo.InvariantCulture, $"{breakEven:N0} ({months:0.#} months)"),
            };
    }
}
