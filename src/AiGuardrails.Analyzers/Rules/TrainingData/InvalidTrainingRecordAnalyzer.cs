using System.Collections.Immutable;
using AiGuardrails.Analyzers.Baselines;
using AiGuardrails.Analyzers.Diagnostics;
using AiGuardrails.Analyzers.Sdks;
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
            if (!NamedTypes.In(start.Compilation, TrainingRecordParser.AttributeName).IsEmpty)
            {
                var log = FindingLog.Of(start.Compilation, start.Options, start.CancellationToken);
                if (SourceMarks.NameLibrary(start.Compilation, start.CancellationToken))
                {
                    start.RegisterSymbolAction(context => Analyze(context, log), SymbolKind.NamedType);
                }

                log?.LookAtAllFiles(start, RuleIds.InvalidTrainingRecord);
            }
        });
    }

    private static void Analyze(SymbolAnalysisContext context, FindingLog? log)
    {
        var type = (INamedTypeSymbol)context.Symbol;
        if (TrainingRecordParser.AttributeOf(type) is not { } attribute
            || TrainingRecordParser.Parse(type, attribute, context.Compilation, context.CancellationToken) is not { } result)
        {
            return;
        }

        var report = log.Noting(context.ReportDiagnostic);
        foreach (var problem in result.Problems)
        {
            report(Diagnostic.Create(Descriptors.InvalidTrainingRecord, problem.Location, problem.Message));
        }
    }
}
