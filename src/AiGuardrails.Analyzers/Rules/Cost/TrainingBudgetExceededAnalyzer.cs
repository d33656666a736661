using AiGuardrails.Analyzers.Diagnostics;
using AiGuardrails.Analyzers.Flow;
using AiGuardrails.Analyzers.Rules.TrainingData;
using AiGuardrails.Analyzers.Sdks;
using AiGuardrails.Core.Models;
using AiGuardrails.Core.Training;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace AiGuardrails.Analyzers.Rules.Cost;

/// <summary>AIG2009: training on a file that the build knows is estimated to cost more than its budget.</summary>
/// <remarks>
/// This is the half of the rule that is about code: a job that is started where the upload of its file is in view. The other
/// half, in TrainingDataAnalyzer, is about the file itself. Everything
/// must be known: the budget, the base model and its price, the file; of the epochs alone, a range is enough.
/// </remarks>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class TrainingBudgetExceededAnalyzer : AiAnalyzer
{
    /// <summary>Initializes a new instance of the <see cref="TrainingBudgetExceededAnalyzer"/> class.</summary>
    public TrainingBudgetExceededAnalyzer()
        : base(Descriptors.TrainingBudgetExceeded)
    {
    }

    private protected override void Analyze(BodyAnalysisContext context)
    {
        if (context.AdditionalFiles.IsEmpty || context.Ai.IsExcludedAsTest(context.Body.Owner, context.Options))
        {
            return;
        }

        foreach (var start in context.Body.TrainingStartsOf(context.CancellationToken))
        {
            if (start is { Kind: TrainingStartKind.Typed, Operation: IInvocationOperation call })
            {
                Analyze(context, start, call);
            }
        }
    }

    private static void Analyze(BodyAnalysisContext context, TrainingStart start, IInvocationOperation call)
    {
        if (BudgetOf(context, call) is not { } budget
            || FileOf(context, call) is not { } file
            || ModelOf(context, call) is not { } model
            || PriceOf(context, call, model) is not { } price
            || TrainingFiles.Count(
                context.Body.Model.Compilation, file, model.ModelId, model.TrainingLimits?.MaxExampleTokens, context.CancellationToken, vocabulary: VocabularyOf(context, file)) is not { } tokens)
        {
            return;
        }

        switch (TrainingBudget.Judge(model.ModelId, TrainingFiles.NameOf(file.Path), price, tokens, EpochsOf(context, call, tokens.Examples), budget))
        {
            case { IsCertain: true } excess:
                context.Report(start.Place.GetLocation(), excess.Message);
                break;
            case { } excess:
                context.ReportAs(RuleLevel.Suggestion, start.Place.GetLocation(), excess.Message);
                break;
        }
    }

    /// <summary>The vocabulary that the project names for the file, for an exact count.</summary>
    private static TokenVocabulary? VocabularyOf(BodyAnalysisContext context, AdditionalText file) =>
        DataFile.Of(file, context.Inputs) is { } data ? Tokenizers.Published.Of(data, context.Inputs, context.CancellationToken, out _) : null;

    /// <summary>The amount that the nearest <c>[CostBudget]</c> states; null where there is none, or where it states none.</summary>
    private static decimal? BudgetOf(BodyAnalysisContext context, IOperation call)
    {
        var attribute = Coverage.Nearest(context.Body, call, context.Ai.IsCostBudgetAttribute, context.CancellationToken);
        return attribute is null ? null : AmountOf(attribute);
    }

    /// <summary>The amount that a <c>[CostBudget]</c> states; null where it states none.</summary>
    internal static decimal? AmountOf(AttributeData attribute)
    {
        foreach (var argument in attribute.NamedArguments)
        {
            if (argument is { Key: "MaxUsd", Value.Value: double amount })
            {
                return Money.FromDouble(amount);
            }
        }

        return null;
    }

    /// <summary>The data file that was uploaded for the job.</summary>
    private static AdditionalText? FileOf(BodyAnalysisContext context, IInvocationOperation call)
    {
        foreach (var argument in call.Arguments)
        {
            if (argument.Parameter is { } parameter
                && context.Ai.IsTrainingFileParameter(parameter)
                && UploadedFiles.CallBehind(argument.Value, context.CancellationToken) is { } upload
                && UploadedFiles.PurposeOf(upload, context.Ai, context.CancellationToken) is null or UploadPurpose.FineTune)
            {
                return UploadedFiles.NamesOf(upload, context.Ai, context.CancellationToken).ToArray() is [{ Text: var name }] && KnownPartOf(name) is { } path
                    ? TrainingFiles.Find(context.AdditionalFiles, path)
                    : null;
            }
        }

        return null;
    }

    /// <summary>What is known of a path from a folder on; null where the name of the file itself is in part unknown.</summary>
    private static string? KnownPartOf(string path)
    {
        var hole = path.LastIndexOf(PartialTexts.Hole);
        return hole < 0 ? path
            : hole + 1 < path.Length && path[hole + 1] is '/' or '\\' ? path.Substring(hole + 2)
            : null;
    }

    private static ModelMatch? ModelOf(BodyAnalysisContext context, IInvocationOperation call)
    {
        foreach (var argument in call.Arguments)
        {
            if (argument.Parameter is { } parameter && context.Ai.IsModelParameter(parameter))
            {
                // One source, and a constant: a fallback behind a setting is not the model that is trained.
                return ValueSources.Of(argument.Value, context.CancellationToken) is [{ Value: var source }] && source.ConstantText() is { } id
                    ? context.Models.Catalogue.Find(id)
                    : null;
            }
        }

        return null;
    }

    /// <summary>The price of the provider that the job is started at; null where another one trains a model of that name.</summary>
    private static TrainingPrice? PriceOf(BodyAnalysisContext context, IInvocationOperation call, ModelMatch model)
    {
        var catalogue = context.Models.Catalogue;
        var origin = new ServiceOrigins(context.Ai, catalogue, context.CancellationToken).OfCall(call);
        var provider = origin.Kind switch
        {
            ServiceKind.Named => origin.Provider,
            ServiceKind.Default => ModelCatalogue.OpenAI,

            // Azure asks other prices for the same models.
            ServiceKind.Unknown when !context.Ai.MayUseDeployments => ModelCatalogue.OpenAI,
            _ => null,
        };

        return TrainingBudget.PriceOf(model, provider, catalogue);
    }

    /// <summary>The epochs that the options in view ask for; what the service may choose where they ask for none; anything from one where they are out of view.</summary>
    private static TrainingEpochs EpochsOf(BodyAnalysisContext context, IInvocationOperation call, long examples)
    {
        var given = call.Arguments.FirstOrDefault(argument => context.Ai.TrainingOptionsOf(argument.Parameter?.Type) is not null);
        if (given is null or { ArgumentKind: ArgumentKind.DefaultValue })
        {
            return TrainingEpochs.ChosenByService(examples);
        }

        if (VisibleObject.Of(given.Value, context.Ai, context.CancellationToken) is not [var options])
        {
            return TrainingEpochs.Unknown(examples);
        }

        var found = options.AllValues
            .OfType<IOperation>()
            .Where(static value => value.Unwrap().Type is not ({ SpecialType: not SpecialType.None } or { IsValueType: true }))
            .SelectMany(value => ValueSources.Of(value, context.CancellationToken))
            .Where(static source => !source.IsNull)
            .Select(source => EpochsOf(context, source.Value, examples))
            .ToArray();

        return found.Length == 0 ? TrainingEpochs.ChosenByService(examples) : found.Aggregate(TrainingEpochs.Either);
    }

    /// <summary>The epochs of a method of training, which is made by a factory that takes them.</summary>
    private static TrainingEpochs EpochsOf(BodyAnalysisContext context, IOperation method, long examples)
    {
        var setting = (method as IInvocationOperation)?.Arguments.FirstOrDefault(argument => context.Ai.HyperparameterOf(argument.Parameter?.Type) == Hyperparameter.Epochs);
        return setting switch
        {
            null => TrainingEpochs.Unknown(examples),
            { ArgumentKind: ArgumentKind.DefaultValue } => TrainingEpochs.ChosenByService(examples),
            _ when Number(setting.Value, context.CancellationToken) is { } number => TrainingEpochs.Exactly(number),
            _ => TrainingEpochs.Unknown(examples),
        };
    }

    private static int? Number(IOperation value, CancellationToken cancellationToken) =>
        ValueSources.Of(value, cancellationToken).Count == 1
        && ConstantNumbers.Of(value, cancellationToken).ToArray() is [{ Value: >= 1 and <= 1_000 and var number }]
        && number == decimal.Truncate(number)
            ? (int)number
            : null;
}
