using System.CommandLine;
using System.Globalization;
using AiGuardrails.Core.Models;
using AiGuardrails.Core.Prompts;
using AiGuardrails.Tool.Answers;
using AiGuardrails.Tool.Output;
using Spectre.Console.Rendering;

namespace AiGuardrails.Tool.Commands;

/// <summary><c>aiguardrails models</c>: what is known of models, and where it is from.</summary>
internal static class ModelsCommand
{
    // As the rule about models that retire soon (AIG1003).
    private const int DefaultDays = 90;

    public static Command Create(ToolContext context)
    {
        var retiring = new Option<int?>("--retiring")
        {
            Description = FormattableString.Invariant($"Only models that are retired within so many days, {DefaultDays} where no number is given; those that are retired already are left out."),
            HelpName = "days",
            Arity = ArgumentArity.ZeroOrOne,
            CustomParser = static argument => argument.Tokens.Count == 0
                ? DefaultDays
                : CommonOptions.Parse(
                    argument,
                    static text => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var days) && days is >= 1 and <= 3650 ? days : (int?)null,
                    "a number of days",
                    "give a whole number from 1 to 3650"),
        };
        var provider = new Option<string?>("--provider") { Description = "Only models of this provider, such as OpenAI.", HelpName = "name" };
        var today = CommonOptions.Today();
        var catalogue = CommonOptions.Catalogue();
        var format = CommonOptions.DataFormat();

        var command = new Command("models", "Shows the model catalogue: retirement dates, successors and prices, each with its date.")
        {
            retiring,
            provider,
            today,
            catalogue,
            format,
        };

        command.SetAction(parsed =>
        {
            var (rows, file) = Catalogues.Read(parsed.GetValue(catalogue), context);
            var day = CommonOptions.DayOf(parsed.GetValue(today), context);
            var models = Select(rows, ProviderOf(parsed.GetValue(provider), rows), parsed.GetValue(retiring), day);
            if (parsed.GetValue(format) == DataFormat.Json)
            {
                WriteJson(models, rows, day, file, context);
            }
            else
            {
                WriteText(models, rows, day, file, parsed.GetValue(retiring), context);
            }

            return ExitCodes.Clean;
        });

        return command.WithExamples("aiguardrails models --retiring", "aiguardrails models --provider OpenAI --format json", "aiguardrails models --retiring 365 --today 2027-01-01");
    }

    private static string? ProviderOf(string? name, ModelCatalogue catalogue)
    {
        var names = catalogue.Providers.Select(static provider => provider.Name).ToList();
        if (name is null || names.Find(known => string.Equals(known, name, StringComparison.OrdinalIgnoreCase)) is { } found)
        {
            return name is null ? null : names.First(known => string.Equals(known, name, StringComparison.OrdinalIgnoreCase));
        }

        throw new ToolException(NearestName.Of(name, names) is { } nearest
            ? $"'{name}' is not a provider of the catalogue; did you mean '{nearest}'?"
            : $"'{name}' is not a provider of the catalogue; choose one of {string.Join(", ", names)}.");
    }

    private static List<ModelEntry> Select(ModelCatalogue catalogue, string? provider, int? withinDays, CalendarDate today) =>
    [
        .. catalogue.Models
            .Where(model => provider is null || model.Provider == provider)
            .Where(model => withinDays is not { } days || (model.Retires is { } date && date > today && today.DaysUntil(date) <= days))
            .OrderBy(model => withinDays is null ? 0 : today.DaysUntil(model.Retires!.Value))
            .ThenBy(static model => model.Provider, StringComparer.Ordinal)
            .ThenBy(static model => model.Id, StringComparer.Ordinal),
    ];

    private static void WriteText(List<ModelEntry> models, ModelCatalogue catalogue, CalendarDate today, string? file, int? withinDays, ToolContext context)
    {
        var parts = new List<IRenderable>();
        if (models.Count > 0)
        {
            parts.Add(Plain.TableOf(
                ["model", "provider", "retires", ">days", "successor", ">training", ">input", ">output", "as of"],
                models.Select(model => (IReadOnlyList<string>)
                [
                    model.Id,
                    model.Provider,
                    model.Retires?.ToString() ?? "",
                    model.Retires is { } date ? (date <= today ? "retired" : today.DaysUntil(date).ToString(CultureInfo.InvariantCulture)) : "",
                    model.Retires is null ? "" : catalogue.SuccessorOf(model, today) ?? string.Join(", ", model.Successors),
                    model.Price switch { { TrainingPerMillion: { } perMillion } => Money.Format(perMillion), { TrainingPerHour: { } perHour } => Money.Format(perHour) + "/h", _ => "" },
                    model.Price?.InputPerMillion is { } input ? Money.Format(input) : "",
                    model.Price?.OutputPerMillion is { } output ? Money.Format(output) : "",
                    (model.Price?.AsOf ?? model.AsOf).ToString(),
                ])));
            parts.Add(Plain.Line(""));
        }

        var within = withinDays is { } days ? $" retired within {Words.Count(days, "day")} of {today}" : $"; dates as of {today}";
        parts.Add(Plain.Line($"{Words.Count(models.Count, "model")}{within}; prices in US dollars per million tokens"));
        foreach (var closure in catalogue.Closures)
        {
            var step = closure.StepOn(today) ?? closure.StepAfter(today);
            var alternatives = closure.Alternatives.Count == 0 ? "" : $"; the same files are read by {string.Join(", ", closure.Alternatives)}";
            parts.Add(Plain.Line($"{closure.Provider} takes no new training jobs from {step!.From ?? closure.AsOf} on ({step.Affects}){alternatives}"));
        }

        if (file is not null)
        {
            parts.Add(Plain.Line($"With the rows of {file}"));
        }

        Plain.Write(context, [.. parts]);
    }

    private static void WriteJson(List<ModelEntry> models, ModelCatalogue catalogue, CalendarDate today, string? file, ToolContext context) => JsonOutput.Write(context.Out, new
    {
        Models = models.Select(model => new
        {
            model.Id,
            model.Provider,
            model.Aliases,
            Retires = model.Retires?.ToString(),
            DaysLeft = model.Retires is { } date ? today.DaysUntil(date) : (int?)null,
            TrainingEnds = model.TrainingEnds?.ToString(),
            model.Successors,
            Successor = catalogue.SuccessorOf(model, today),
            Price = model.Price is { } price
                ? new
                {
                    price.TrainingPerMillion,
                    price.TrainingPerHour,
                    price.InputPerMillion,
                    price.CachedInputPerMillion,
                    price.OutputPerMillion,
                    price.BatchInputPerMillion,
                    price.BatchOutputPerMillion,
                    price.MinimumPerJob,
                    price.Source,
                    AsOf = price.AsOf.ToString(),
                }
                : null,
            Limits = model.Limits is { } limits
                ? new { limits.ContextWindow, limits.MaxExampleTokens, limits.MinExamples, limits.Source, AsOf = limits.AsOf.ToString() }
                : null,
            model.Note,
            model.Source,
            AsOf = model.AsOf.ToString(),
        }),
        Closures = catalogue.Closures.Select(static closure => new
        {
            closure.Provider,
            Steps = closure.Steps.Select(static step => new { From = step.From?.ToString(), step.Affects }),
            closure.Alternatives,
            closure.Note,
            closure.Source,
            AsOf = closure.AsOf.ToString(),
        }),
        Summary = new { Models = models.Count, Today = today.ToString(), Catalogue = file },
    });
}
