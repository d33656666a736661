using System.Collections.Immutable;
using AiGuardrails.Core.Models;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AiGuardrails.Analyzers.Rules.Models;

/// <summary>
/// What the rules about retirement dates share: a constant names a model whose date the catalogue has, at a service that keeps to
/// that date. Which dates count is the rule's own.
/// </summary>
public abstract class RetirementAnalyzer : AiAnalyzer
{
    /// <summary>The property of a finding that names the model to use instead, for the fix.</summary>
    internal const string SuccessorProperty = "Successor";

    /// <summary>The property of a finding that names the model, for the fix.</summary>
    internal const string ModelProperty = "Model";

    private protected RetirementAnalyzer(DiagnosticDescriptor rule)
        : base(rule)
    {
    }

    /// <summary>The day on which what replaces the model must still be in service; null where the date does not concern the rule.</summary>
    private protected abstract CalendarDate? HorizonOf(BodyAnalysisContext context, CalendarDate date, CalendarDate today);

    private protected sealed override void Analyze(BodyAnalysisContext context)
    {
        if (context.Ai.IsExcludedAsTest(context.Body.Owner, context.Options))
        {
            return;
        }

        var names = ModelSinks.In(context.Ai, context.Body, context.CancellationToken);
        if (names.IsEmpty || context.Models is not { Today: { } day, Catalogue: var catalogue })
        {
            return;
        }

        foreach (var name in names)
        {
            if (catalogue.Find(name.Text) is { } match
                && (name.Kind == ModelSinkKind.Training ? match.TrainingEnds : match.Retires) is { } date
                && HorizonOf(context, date, day) is { } horizon
                && KeepsToTheDate(context, catalogue, name, match))
            {
                Report(context, catalogue, name, match, date, horizon);
            }
        }
    }

    private static void Report(BodyAnalysisContext context, ModelCatalogue catalogue, ModelName name, ModelMatch match, CalendarDate date, CalendarDate horizon)
    {
        // Of a fine-tuned model without a date of its own, the base is what goes.
        var isOwn = match.Dated == match.Own;
        var isTraining = name.Kind == ModelSinkKind.Training;
        var successor = isTraining || match.Own is null or { IsFineTuned: true } ? null : catalogue.SuccessorOf(match.Own, horizon);
        var advice = isTraining ? Sentence.Of("train a model that is in service")
            : match.Own is null or { IsFineTuned: true } ? Sentence.Of("train a model that is in service and use that one")
            : successor is not null ? Sentence.Of($"use '{successor}'")
            : match.Own.Successors.Count > 1 ? Sentence.Of($"use {Sentence.Any(match.Own.Successors.Select(static one => $"'{one}'"))}")
            : Sentence.Of("use a model that is in service");

        context.Report(
            name.Syntax.GetLocation(),
            successor is null ? ImmutableDictionary<string, string?>.Empty : ImmutableDictionary<string, string?>.Empty.Add(ModelProperty, name.Text).Add(SuccessorProperty, successor),
            isOwn || match.Base is null ? name.Text : match.Base.Id,
            isTraining && date != match.Retires ? Sentence.Of($"{date} for new training jobs") : date.ToString(),
            advice);
    }

    /// <summary>Whether the name goes to the provider whose dates these are: a deployment has any name, and another server other dates.</summary>
    private static bool KeepsToTheDate(BodyAnalysisContext context, ModelCatalogue catalogue, ModelName name, ModelMatch match)
    {
        var provider = (match.Own ?? match.Base)?.Provider;
        if (name.Sink is IArgumentOperation { Parameter: { } parameter } && context.Ai.IsDeploymentParameter(parameter))
        {
            return false;
        }

        var origin = new ServiceOrigins(context.Ai, catalogue, context.CancellationToken).Of(name, context.Body);
        return origin.Kind switch
        {
            ServiceKind.Default => true,
            ServiceKind.Named => origin.Provider == provider,
            ServiceKind.Deployments => false,
            _ => provider != ModelCatalogue.OpenAI || !context.Ai.MayUseDeployments,
        };
    }
}
