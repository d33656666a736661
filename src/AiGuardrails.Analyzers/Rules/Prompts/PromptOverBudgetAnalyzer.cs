using System.Collections.Immutable;
using AiGuardrails.Analyzers.Diagnostics;
using AiGuardrails.Analyzers.Options;
using AiGuardrails.Analyzers.Rules.TrainingData;
using AiGuardrails.Analyzers.Sdks;
using AiGuardrails.Core.Tokens;
using AiGuardrails.Generators.Prompts;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;

namespace AiGuardrails.Analyzers.Rules.Prompts;

/// <summary>
/// AIG8007: a prompt that has more tokens than its own limit, or, with the answer, than the context of a model that it goes to.
/// It is a warning where the fixed text and the examples are too much, and information where full slots are.
/// </summary>
/// <remarks>
/// Models are known from the option <c>prompt_models</c>, from training data that name the prompt and a base model, and from a call
/// of the generated <c>ToAnthropicParams</c> with a constant.
/// </remarks>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class PromptOverBudgetAnalyzer : DiagnosticAnalyzer
{
    private const string ParametersMethod = "ToAnthropicParams";

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [Descriptors.PromptOverBudget];

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterCompilationStartAction(static start =>
        {
            if (!NamedTypes.In(start.Compilation, PromptParser.AttributeName).IsEmpty
                && SourceMarks.NameLibrary(start.Compilation, start.CancellationToken))
            {
                start.RegisterSymbolAction(Analyze, SymbolKind.NamedType);
                start.RegisterSemanticModelAction(AnalyzeCalls);
            }
        });
    }

    private static void Analyze(SymbolAnalysisContext context)
    {
        if (ComposedPrompt.Of((INamedTypeSymbol)context.Symbol, context.Compilation, context.Options, context.CancellationToken) is not { } prompt)
        {
            return;
        }

        var declaration = prompt.Model.Declaration;
        var examples = PromptExamples.Of(prompt, context.CancellationToken);
        if (declaration.MaxPromptTokens > 0)
        {
            // By the vocabulary by which rendering counts.
            var budget = new PromptBudget(prompt.Model, examples, TokenEstimator.For(TokenEncoding.O200k));
            Report(
                context.ReportDiagnostic,
                prompt.LocationOf(PromptPlaceKind.Limit),
                prompt.Id,
                budget,
                withAnswer: false,
                declaration.MaxPromptTokens,
                Sentence.Of($"MaxPromptTokens is {PromptBudget.Text(declaration.MaxPromptTokens)}, beyond which rendering throws"),
                "raise it");
        }

        if (SmallestOf(ModelsOf(prompt, context), context.Options, context.CancellationToken) is { Model: { } model, Context: var window })
        {
            var budget = new PromptBudget(prompt.Model, examples, TokenEstimator.ForModel(model));
            budget.AddAnswer(declaration.MaxOutputTokens, "MaxOutputTokens");
            ReportContext(context.ReportDiagnostic, prompt.LocationOf(PromptPlaceKind.Type), prompt.Id, budget, declaration.MaxOutputTokens > 0, model, window);
        }
    }

    private static IEnumerable<string> ModelsOf(ComposedPrompt prompt, SymbolAnalysisContext context)
    {
        var tree = prompt.LocationOf(PromptPlaceKind.Type).SourceTree;
        var named = tree is null ? [] : AiOptions.PromptModelsOption.Get(context.Options.AnalyzerConfigOptionsProvider.GetOptions(tree), RuleIds.PromptOverBudget);
        return named.Concat(DataFile.AllOf(context.Options).Where(file => file.Prompt == prompt.Id).Select(static file => file.BaseModel).OfType<string>());
    }

    private static (string? Model, int Context) SmallestOf(IEnumerable<string> models, AnalyzerOptions options, CancellationToken cancellationToken)
    {
        (string? Model, int Context) smallest = default;
        foreach (var model in models)
        {
            if (ContextOf(model, options, cancellationToken) is { } context && (smallest.Model is null || context < smallest.Context))
            {
                smallest = (model, context);
            }
        }

        return smallest;
    }

    private static int? ContextOf(string model, AnalyzerOptions options, CancellationToken cancellationToken) =>
        ModelFacts.Of(options, cancellationToken).Catalogue.Find(model) is { } match ? match.Own?.Limits?.ContextWindow ?? match.Base?.Limits?.ContextWindow : null;

    // Looks for the word in the text: an action on nodes would make the compiler walk the syntax of every file of the project.
    private static void AnalyzeCalls(SemanticModelAnalysisContext context)
    {
        var tree = context.SemanticModel.SyntaxTree;
        var text = tree.GetText(context.CancellationToken).ToString();
        for (var at = text.IndexOf(ParametersMethod, StringComparison.Ordinal); at >= 0; at = text.IndexOf(ParametersMethod, at + ParametersMethod.Length, StringComparison.Ordinal))
        {
            if (tree.GetRoot(context.CancellationToken).FindToken(at) is { Parent: SimpleNameSyntax { Parent: MemberAccessExpressionSyntax { Parent: InvocationExpressionSyntax call } access } name } token
                && access.Name == name
                && call.Expression == access
                && token.SpanStart == at)
            {
                AnalyzeCall(context, call);
            }
        }
    }

    /// <summary>A call that brings a prompt and the name of a model together.</summary>
    private static void AnalyzeCall(SemanticModelAnalysisContext context, InvocationExpressionSyntax call)
    {
        if (call.Expression is not MemberAccessExpressionSyntax { Name.Identifier.ValueText: ParametersMethod }
            || context.SemanticModel.GetSymbolInfo(call, context.CancellationToken).Symbol is not IMethodSymbol { IsStatic: false, ContainingType: { } type } method
            || ArgumentOf(call, method, "model") is not { } argument
            || context.SemanticModel.GetConstantValue(argument, context.CancellationToken) is not { HasValue: true, Value: string model }
            || ContextOf(model, context.Options, context.CancellationToken) is not { } window
            || ComposedPrompt.Of(type, context.SemanticModel.Compilation, context.Options, context.CancellationToken) is not { } prompt)
        {
            return;
        }

        var cap = method.Parameters.FirstOrDefault(static parameter => parameter.Name == "maxTokens");
        var maxTokens = ArgumentOf(call, method, "maxTokens") is { } given ? context.SemanticModel.GetConstantValue(given, context.CancellationToken).Value
            : cap is { HasExplicitDefaultValue: true } ? cap.ExplicitDefaultValue
            : null;
        var answer = maxTokens switch { int number => number, long number => number, _ => 0 };
        var budget = new PromptBudget(prompt.Model, PromptExamples.Of(prompt, context.CancellationToken), TokenEstimator.ForModel(model));
        budget.AddAnswer(answer, "maxTokens");
        ReportContext(context.ReportDiagnostic, argument.GetLocation(), prompt.Id, budget, answer > 0, model, window);
    }

    private static ExpressionSyntax? ArgumentOf(InvocationExpressionSyntax call, IMethodSymbol method, string name)
    {
        var arguments = call.ArgumentList.Arguments;
        if (arguments.FirstOrDefault(argument => argument.NameColon?.Name.Identifier.ValueText == name) is { } named)
        {
            return named.Expression;
        }

        var index = method.Parameters.IndexOf(method.Parameters.FirstOrDefault(parameter => parameter.Name == name)!);
        return index >= 0 && index < arguments.Count && arguments[index].NameColon is null ? arguments[index].Expression : null;
    }

    private static void ReportContext(Action<Diagnostic> report, Location location, string id, PromptBudget budget, bool withAnswer, string model, int window) =>
        Report(report, location, id, budget, withAnswer, window, Sentence.Of($"the context of '{model}' has {PromptBudget.Text(window)}"), withAnswer ? Sentence.Of("lower the cap on the answer") : "take a model with a larger context");

    private static void Report(Action<Diagnostic> report, Location location, string id, PromptBudget budget, bool withAnswer, int limit, Sentence reason, Sentence wayOut)
    {
        var isSure = budget.AtLeast > limit;
        if (!isSure && budget.Full <= limit)
        {
            return;
        }

        var tokens = PromptBudget.Text(isSure ? budget.AtLeast : budget.Full);
        var parts = budget.Describe(withSlots: !isSure);
        var message = (isSure, withAnswer) switch
        {
            (true, true) => Sentence.Of($"the prompt '{id}' has at least {tokens} tokens with its answer before an input is placed: {parts}; {reason}; shorten the text, or {wayOut}"),
            (true, false) => Sentence.Of($"the prompt '{id}' has at least {tokens} tokens before an input is placed: {parts}; {reason}; shorten the text, or {wayOut}"),
            (false, true) => Sentence.Of($"the prompt '{id}' can have {tokens} tokens with its answer where its slots are full: {parts}; {reason}; lower the limits of its slots, or {wayOut}"),
            _ => Sentence.Of($"the prompt '{id}' can have {tokens} tokens where its slots are full: {parts}; {reason}; lower the limits of its slots, or {wayOut}"),
        };
        report(Diagnostic.Create(
            Descriptors.PromptOverBudget,
            location,
            isSure ? DiagnosticSeverity.Warning : Descriptors.PromptOverBudget.DefaultSeverity,
            additionalLocations: null,
            properties: null,
            message));
    }
}
