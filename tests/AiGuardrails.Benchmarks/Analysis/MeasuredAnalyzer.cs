using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace AiGuardrails.Benchmarks.Analysis;

/// <summary>
/// One of our analyzers, with the processor time that its actions take on their thread. What the driver tells is time that passed,
/// which on a machine with other work is several times as much.
/// </summary>
#pragma warning disable RS1001, RS1036, RS1038 // Not an extension of the compiler: it lives in this program.
internal sealed class MeasuredAnalyzer(DiagnosticAnalyzer inner) : DiagnosticAnalyzer
#pragma warning restore RS1001, RS1036, RS1038
{
    private readonly Lock _gate = new();
    private double _milliseconds;

    public string Name => inner.GetType().Name;

    public double Milliseconds
    {
        get
        {
            lock (_gate)
            {
                return _milliseconds;
            }
        }
    }

    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics => inner.SupportedDiagnostics;

#pragma warning disable RS1025, RS1026 // The analyzer inside does both.
    public override void Initialize(AnalysisContext context) => inner.Initialize(new Context(this, context));
#pragma warning restore RS1025, RS1026

    private Action<T> Measured<T>(Action<T> action) => context =>
    {
        var before = GeneratorRuns.Clock();
        try
        {
            action(context);
        }
        finally
        {
            var taken = GeneratorRuns.Clock() - before;
            lock (_gate)
            {
                _milliseconds += taken;
            }
        }
    };

    /// <summary>Hands on what our analyzers register; anything else would not be measured, and fails.</summary>
    private sealed class Context(MeasuredAnalyzer owner, AnalysisContext real) : AnalysisContext
    {
        public override void ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags analysisMode) => real.ConfigureGeneratedCodeAnalysis(analysisMode);

        public override void EnableConcurrentExecution() => real.EnableConcurrentExecution();

        public override void RegisterCompilationStartAction(Action<CompilationStartAnalysisContext> action) =>
            real.RegisterCompilationStartAction(owner.Measured<CompilationStartAnalysisContext>(start => action(new Start(owner, start))));

        public override void RegisterCompilationAction(Action<CompilationAnalysisContext> action) => real.RegisterCompilationAction(owner.Measured(action));

        public override void RegisterSemanticModelAction(Action<SemanticModelAnalysisContext> action) => real.RegisterSemanticModelAction(owner.Measured(action));

        public override void RegisterSymbolAction(Action<SymbolAnalysisContext> action, ImmutableArray<SymbolKind> symbolKinds) => real.RegisterSymbolAction(owner.Measured(action), symbolKinds);

        public override void RegisterSyntaxTreeAction(Action<SyntaxTreeAnalysisContext> action) => real.RegisterSyntaxTreeAction(owner.Measured(action));

        public override void RegisterSyntaxNodeAction<TLanguageKindEnum>(Action<SyntaxNodeAnalysisContext> action, ImmutableArray<TLanguageKindEnum> syntaxKinds) => real.RegisterSyntaxNodeAction(owner.Measured(action), syntaxKinds);

        public override void RegisterCodeBlockStartAction<TLanguageKindEnum>(Action<CodeBlockStartAnalysisContext<TLanguageKindEnum>> action) => throw new NotSupportedException();

        public override void RegisterCodeBlockAction(Action<CodeBlockAnalysisContext> action) => throw new NotSupportedException();
    }

#pragma warning disable RS1012 // It registers what the analyzer inside registers.
    private sealed class Start(MeasuredAnalyzer owner, CompilationStartAnalysisContext real) : CompilationStartAnalysisContext(real.Compilation, real.Options, real.CancellationToken)
    {
        public override void RegisterCompilationEndAction(Action<CompilationAnalysisContext> action) => real.RegisterCompilationEndAction(owner.Measured(action));

        public override void RegisterSemanticModelAction(Action<SemanticModelAnalysisContext> action) => real.RegisterSemanticModelAction(owner.Measured(action));

        public override void RegisterSymbolAction(Action<SymbolAnalysisContext> action, ImmutableArray<SymbolKind> symbolKinds) => real.RegisterSymbolAction(owner.Measured(action), symbolKinds);

        public override void RegisterSyntaxTreeAction(Action<SyntaxTreeAnalysisContext> action) => real.RegisterSyntaxTreeAction(owner.Measured(action));

        public override void RegisterAdditionalFileAction(Action<AdditionalFileAnalysisContext> action) => real.RegisterAdditionalFileAction(owner.Measured(action));

        public override void RegisterSyntaxNodeAction<TLanguageKindEnum>(Action<SyntaxNodeAnalysisContext> action, ImmutableArray<TLanguageKindEnum> syntaxKinds) => real.RegisterSyntaxNodeAction(owner.Measured(action), syntaxKinds);

        public override void RegisterCodeBlockStartAction<TLanguageKindEnum>(Action<CodeBlockStartAnalysisContext<TLanguageKindEnum>> action) => throw new NotSupportedException();

        public override void RegisterCodeBlockAction(Action<CodeBlockAnalysisContext> action) => throw new NotSupportedException();
    }
#pragma warning restore RS1012
}
