using System.Collections.Immutable;
using AiGuardrails.Analyzers.Diagnostics;
using AiGuardrails.Generators.TrainingRecords;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace AiGuardrails.Analyzers.Rules.TrainingData;

/// <summary>AIG9013: a type marked [TrainingRecord] for which nothing can be generated, and why.</summary>
/// <remarks>The generator runs the same parser and says nothing itself: only an analyzer's diagnostic can be suppressed in source.</remarks>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class InvalidTrainingRecordAnalyzer : DiagnosticAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [Descriptors.InvalidTrainingRecord];

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterCompilationStartAction(static start =>
        {
            if (!start.Compilation.GetTypesByMetadataName(TrainingRecordParser.AttributeName).IsEmpty)
            {
                start.RegisterSymbolAction(Analyze, SymbolKind.NamedType);
            }
        });
    }

    private static void Analyze(SymbolAnalysisContext context)
    {
        var type = (INamedTypeSymbol)context.Symbol;
        if (TrainingRecordParser.AttributeOf(type) is not { } attribute
            || TrainingRecordParser.Parse(type, attribute, context.Compilation, context.CancellationToken) is not { } result)
        {
            return;
        }

        foreach (var problem in result.Problems)
        {
            context.ReportDiagnostic(Diagnostic.Create(Descriptors.InvalidTrainingRecord, problem.Location, problem.Message));
        }
    }
}
