using AiGuardrails.Analyzers.Diagnostics;
using AiGuardrails.Analyzers.Sdks;
using AiGuardrails.Core.Models;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace AiGuardrails.Analyzers.Rules.Models;

/// <summary>AIG1007: a training job is started at a provider that takes none any more, or will stop taking them.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class FineTuningServiceClosesAnalyzer : AiAnalyzer
{
    /// <summary>Initializes a new instance of the <see cref="FineTuningServiceClosesAnalyzer"/> class.</summary>
    public FineTuningServiceClosesAnalyzer()
        : base(Descriptors.FineTuningServiceCloses)
    {
    }

    private protected override void Analyze(BodyAnalysisContext context)
    {
        foreach (var start in TrainingStarts.In(context.Ai, context.Body, context.CancellationToken))
        {
            if (context.Models is not { Today: { } today, Catalogue: var catalogue })
            {
                return;
            }

            if (ProviderOf(context, start, catalogue) is { } provider && catalogue.FindClosure(provider) is { } closure)
            {
                Report(context, start, closure, today);
            }
        }
    }

    private static void Report(BodyAnalysisContext context, TrainingStart start, ServiceClosure closure, CalendarDate today)
    {
        var message = MessageOf(closure, today);
        if (closure.ClosedFrom <= today)
        {
            context.ReportAs(RuleLevel.Warning, start.Place.GetLocation(), message);
        }
        else
        {
            context.Report(start.Place.GetLocation(), message);
        }
    }

    private static Sentence MessageOf(ServiceClosure closure, CalendarDate today)
    {
        var last = closure.Steps[closure.Steps.Count - 1];
        Sentence fact;
        if (closure.ClosedFrom <= today)
        {
            fact = last.From is { } since
                ? Sentence.Of($"{closure.Provider} has taken no new fine-tuning jobs since {since}")
                : Sentence.Of($"{closure.Provider} takes no new fine-tuning jobs any more, as of {closure.AsOf}");
        }
        else
        {
            var past = closure.Steps.Where(step => step.From <= today).Select(static step => Sentence.Of($"{InWords(step.Affects)} ({step.From})")).ToArray();
            fact = past.Length == 0
                ? Sentence.Of($"{closure.Provider} takes no new fine-tuning jobs from {last.From ?? closure.AsOf} on")
                : Sentence.Of($"{closure.Provider} has closed fine-tuning to {Sentence.All(past)}, and closes it to {InWords(last.Affects)} on {last.From}");
        }

        return closure.Alternatives.Count switch
        {
            0 => Sentence.Of($"{fact}; train elsewhere"),
            1 => Sentence.Of($"{fact}; {closure.Alternatives[0]} reads the same files"),
            _ => Sentence.Of($"{fact}; {Sentence.All(closure.Alternatives)} read the same files"),
        };
    }

    // What the built-in catalogue says of whom is closed out is known in every language; a team's own rows are shown as they are.
    private static Sentence InWords(string affected) => affected switch
    {
        "everybody" => "everybody",
        "organisations that have never trained a model" => "organisations that have never trained a model",
        "organisations that have not called a fine-tuned model for 60 days" => "organisations that have not called a fine-tuned model for 60 days",
        _ => Sentence.Of("{0}", affected),
    };

    /// <summary>Where the job is started, as the catalogue calls it; null where that is not known.</summary>
    private static string? ProviderOf(BodyAnalysisContext context, TrainingStart start, ModelCatalogue catalogue)
    {
        var origins = new ServiceOrigins(context.Ai, catalogue, context.CancellationToken);
        var origin = start.Kind switch
        {
            TrainingStartKind.Typed or TrainingStartKind.Json => origins.OfCall(start.Operation),
            TrainingStartKind.Http => origins.OfUrl(start.Url ?? "") is { Kind: not ServiceKind.Unknown } told ? told : origins.OfTexts(context.Body),
            _ => new(ServiceKind.Deployments),
        };

        // Where nothing says otherwise, the client of OpenAI speaks to OpenAI, and the path is OpenAI's.
        return origin.Kind switch
        {
            ServiceKind.Named => origin.Provider,
            ServiceKind.Default => ModelCatalogue.OpenAI,
            ServiceKind.Unknown when !context.Ai.MayUseDeployments && (start.Url is not { } url || RawHttp.IsOpenAITrainingPath(url)) => ModelCatalogue.OpenAI,
            _ => null,
        };
    }
}
