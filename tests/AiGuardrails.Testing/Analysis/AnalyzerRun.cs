using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Xunit;

namespace AiGuardrails.Testing.Analysis;

/// <summary>What compiler and analyzers say of one project. Nothing is filtered by id; an analyzer that throws fails at once.</summary>
internal static class AnalyzerRun
{
    private const string AnalyzerThrew = "AD0001";

    public static async Task<ImmutableArray<Diagnostic>> CompilerErrorsAsync(Project project, CancellationToken cancellationToken = default) =>
        [.. (await project.GetCompilationAsync(cancellationToken))!.GetDiagnostics(cancellationToken).Where(diagnostic => diagnostic is { Severity: DiagnosticSeverity.Error, IsSuppressed: false })];

    public static async Task<ImmutableArray<Diagnostic>> RunAsync(Project project, ImmutableArray<DiagnosticAnalyzer> analyzers, CancellationToken cancellationToken = default) =>
        await RunAsync((await project.GetCompilationAsync(cancellationToken))!, project.AnalyzerOptions, analyzers, cancellationToken);

    public static async Task<ImmutableArray<Diagnostic>> RunAsync(
        Compilation compilation, AnalyzerOptions options, ImmutableArray<DiagnosticAnalyzer> analyzers, CancellationToken cancellationToken)
    {
        var failures = new ConcurrentQueue<string>();
        var run = compilation.WithAnalyzers(analyzers, new CompilationWithAnalyzersOptions(
            options,
            onAnalyzerException: (exception, analyzer, _) => failures.Enqueue($"{analyzer.GetType().Name} threw {exception}"),
            concurrentAnalysis: true,
            logAnalyzerExecutionTime: false,
            reportSuppressedDiagnostics: false));

        var diagnostics = await run.GetAnalyzerDiagnosticsAsync(cancellationToken);
        foreach (var diagnostic in diagnostics.Where(diagnostic => diagnostic.Id == AnalyzerThrew))
        {
            failures.Enqueue(diagnostic.GetMessage(CultureInfo.InvariantCulture));
        }

        Assert.True(failures.IsEmpty, string.Join(Environment.NewLine, failures));

        return diagnostics;
    }
}
