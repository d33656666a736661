using System.Collections.Immutable;
using AiGuardrails.Analyzers.Sdks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace AiGuardrails.Benchmarks.Analysis;

/// <summary>What all rules share, and no more: the context of the compilation, the scan of each file, and the operations of the bodies in it.</summary>
#pragma warning disable RS1001, RS1036, RS1038 // Not an extension of the compiler: it lives in this program.
internal sealed class SharedWork : DiagnosticAnalyzer
#pragma warning restore RS1001, RS1036, RS1038
{
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } =
        [new DiagnosticDescriptor("EMPTY3", "Shared", "Shared", "Benchmarks", DiagnosticSeverity.Warning, isEnabledByDefault: true)];

    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterCompilationStartAction(static start =>
        {
            if (AiContext.TryGet(start.Compilation, start.CancellationToken) is { } ai)
            {
                start.RegisterSemanticModelAction(file =>
                {
                    foreach (var body in ai.FileOf(file.SemanticModel, file.CancellationToken).Bodies)
                    {
                        _ = body.Collect(file.CancellationToken);
                    }
                });
            }
        });
    }
}
