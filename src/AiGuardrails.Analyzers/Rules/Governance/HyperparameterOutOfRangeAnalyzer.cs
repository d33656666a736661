using System.Collections.Immutable;
using System.Globalization;
using AiGuardrails.Analyzers.Diagnostics;
using AiGuardrails.Analyzers.Sdks;
using AiGuardrails.Core.Training;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace AiGuardrails.Analyzers.Rules.Governance;

/// <summary>AIG5004: a constant for a hyperparameter that the provider does not take, or more epochs than usual.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class HyperparameterOutOfRangeAnalyzer : AiAnalyzer
{
    /// <summary>The property of a finding that has the nearest value that this rule does not report.</summary>
    internal const string NearestProperty = "nearest";

    /// <summary>Initializes a new instance of the <see cref="HyperparameterOutOfRangeAnalyzer"/> class.</summary>
    public HyperparameterOutOfRangeAnalyzer()
        : base(Descriptors.HyperparameterOutOfRange)
    {
    }

    private protected override void Analyze(BodyAnalysisContext context)
    {
        if (context.Ai.IsExcludedAsTest(context.Body.Owner, context.Options))
        {
            return;
        }

        AnalyzeTyped(context);
        foreach (var start in context.Body.TrainingStartsOf(context.CancellationToken))
        {
            if (start.Kind is TrainingStartKind.Json or TrainingStartKind.Http)
            {
                AnalyzeJson(context, start);
            }
        }
    }

    private static void AnalyzeTyped(BodyAnalysisContext context)
    {
        var values = new List<(Hyperparameter Hyperparameter, IOperation Value)>();
        foreach (var conversion in context.Body.All<IConversionOperation>(OperationKind.Conversion))
        {
            if (conversion.OperatorMethod is not null && context.Ai.HyperparameterOf(conversion.Type) is { } hyperparameter)
            {
                values.Add((hyperparameter, conversion.Operand));
            }
        }

        foreach (var creation in context.Body.All<IObjectCreationOperation>(OperationKind.ObjectCreation))
        {
            if (creation.Arguments is [var argument] && context.Ai.HyperparameterOf(creation.Type) is { } hyperparameter)
            {
                values.Add((hyperparameter, argument.Value));
            }
        }

        foreach (var factory in context.Body.All<IInvocationOperation>(OperationKind.Invocation))
        {
            if (factory is { TargetMethod.IsStatic: true, Arguments: [var argument] } && context.Ai.HyperparameterOf(factory.TargetMethod.ContainingType) is { } hyperparameter)
            {
                values.Add((hyperparameter, argument.Value));
            }
        }

        var provider = new Lazy<TrainingProvider?>(() => TrainingProviders.Of(context.Body, url: null));
        foreach (var (hyperparameter, value) in values)
        {
            foreach (var number in ConstantNumbers.Of(value, context.CancellationToken))
            {
                AnalyzeNumber(context, provider.Value, hyperparameter, number.Value, PlaceOf(context, number.Syntax));
            }
        }

        foreach (var assignment in context.Body.All<ISimpleAssignmentOperation>(OperationKind.SimpleAssignment))
        {
            if (assignment.Target is IPropertyReferenceOperation { Property: var property } && context.Ai.TrainingOptionsOf(property.ContainingType)?.Suffix == property.Name)
            {
                AnalyzeSuffix(context, provider.Value, PartialTexts.Of(assignment.Value, context.CancellationToken));
            }
        }
    }

    private static void AnalyzeJson(BodyAnalysisContext context, TrainingStart start)
    {
        var provider = TrainingProviders.Of(context.Body, start.Url);
        foreach (var body in VisibleJson.Of(start.Content, context.Ai, context.CancellationToken))
        {
            foreach (var suffix in body.Member(RawHttp.SuffixMember))
            {
                AnalyzeSuffix(context, provider, suffix.Texts(context.CancellationToken));
            }

            foreach (var path in RawHttp.HyperparameterObjects)
            {
                IEnumerable<VisibleJson> holders = [body];
                foreach (var member in path)
                {
                    holders = holders.SelectMany(holder => holder.Member(member)).ToArray();
                }

                foreach (var holder in holders)
                {
                    foreach (var (member, hyperparameter) in RawHttp.Hyperparameters)
                    {
                        foreach (var number in holder.Member(member).SelectMany(value => value.Numbers(context.CancellationToken)))
                        {
                            AnalyzeNumber(context, provider, hyperparameter, number.Value, number.Expression is { } expression ? PlaceOf(context, expression) : number.Place);
                        }
                    }
                }
            }
        }
    }

    private static void AnalyzeNumber(BodyAnalysisContext context, TrainingProvider? provider, Hyperparameter hyperparameter, decimal value, Location place)
    {
        var range = provider is { } known ? HyperparameterRanges.Of(known, hyperparameter) : null;
        if (range is not null && !range.Contains(value))
        {
            var (what, bounds) = (NameOf(hyperparameter), BoundsOf(range));
            context.Report(place, Nearest(context, range, value), Sentence.Of($"{Text(value)} is no {what} that {NameOf(range.Provider)} takes; use {bounds}"));
        }
        else if (hyperparameter == Hyperparameter.Epochs && value > context.Options.TypicalMaxEpochs)
        {
            context.ReportAs(
                RuleLevel.Suggestion,
                place,
                Nearest(context.Options.TypicalMaxEpochs),
                Sentence.Of($"{Text(value)} epochs are more than the usual {Text(context.Options.TypicalMaxEpochs)}; start with fewer, and add some while the validation loss falls"));
        }
    }

    private static void AnalyzeSuffix(BodyAnalysisContext context, TrainingProvider? provider, IEnumerable<PartialText> texts)
    {
        if (provider is not { } known || HyperparameterRanges.Of(known, Hyperparameter.SuffixLength) is not { } range)
        {
            return;
        }

        foreach (var text in texts)
        {
            // What is unknown of it can only make it longer.
            var isKnown = text.Text.IndexOf(PartialTexts.Hole) < 0;
            var length = text.Text.Count(static c => c != PartialTexts.Hole && !char.IsLowSurrogate(c));
            if (length > range.Maximum || (isKnown && length < range.Minimum))
            {
                context.Report(text.Syntax.GetLocation(), Sentence.Of($"a suffix of {Text(length)} characters is none that {NameOf(range.Provider)} takes; use {BoundsOf(range)} characters"));
            }
        }
    }

    /// <summary>The literal behind a constant that is declared in the same file; else the use of it.</summary>
    private static Location PlaceOf(BodyAnalysisContext context, SyntaxNode constant)
    {
        if (constant.SyntaxTree == context.Body.Syntax.SyntaxTree
            && context.Body.Model.GetSymbolInfo(constant, context.CancellationToken).Symbol is { } symbol and (IFieldSymbol { IsConst: true } or ILocalSymbol { IsConst: true })
            && symbol.DeclaringSyntaxReferences is [var declaration]
            && declaration.SyntaxTree == constant.SyntaxTree
            && declaration.GetSyntax(context.CancellationToken) is VariableDeclaratorSyntax { Initializer.Value: var value })
        {
            return value.GetLocation();
        }

        return constant.GetLocation();
    }

    /// <summary>The nearest value that is not reported either: within the range, and no more epochs than usual.</summary>
    private static ImmutableDictionary<string, string?> Nearest(BodyAnalysisContext context, HyperparameterRange range, decimal value)
    {
        if (value > range.Maximum)
        {
            return Nearest(range.Hyperparameter == Hyperparameter.Epochs ? Math.Min(range.Maximum, context.Options.TypicalMaxEpochs) : range.Maximum);
        }

        // Above a minimum that is not in the range itself, no value is the nearest.
        return range.MinimumIsTaken ? Nearest(range.Minimum) : ImmutableDictionary<string, string?>.Empty;
    }

    private static ImmutableDictionary<string, string?> Nearest(decimal value) => ImmutableDictionary<string, string?>.Empty.Add(NearestProperty, Text(value));

    private static Sentence BoundsOf(HyperparameterRange range) => range.MinimumIsTaken
        ? Sentence.Of($"{Text(range.Minimum)} to {Text(range.Maximum)}")
        : Sentence.Of($"more than {Text(range.Minimum)}, and up to {Text(range.Maximum)}");

    private static Sentence NameOf(Hyperparameter hyperparameter) => hyperparameter switch
    {
        Hyperparameter.Epochs => "number of epochs",
        Hyperparameter.BatchSize => "batch size",
        Hyperparameter.LearningRateMultiplier => "learning rate multiplier",
        _ => "beta",
    };

    private static string NameOf(TrainingProvider provider) => provider == TrainingProvider.Together ? "Together AI" : "OpenAI";

    private static string Text(decimal value) => value.ToString("G29", CultureInfo.InvariantCulture);
}
