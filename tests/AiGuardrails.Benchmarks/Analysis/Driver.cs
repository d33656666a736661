using System.Collections.Concurrent;
using System.Collections.Immutable;
using AiGuardrails.Testing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;

namespace AiGuardrails.Benchmarks.Analysis;

/// <summary>What one run of analyzers over a compilation took: milliseconds of processor time, of the whole and by the driver's own account.</summary>
/// <param name="Cpu">The whole: the compiler's binding that analyzers ask for, the driver, the analyzers.</param>
/// <param name="Own">What ran inside the analyzers, all together: for ours the time of their threads, for others what the driver says, which is time that passed.</param>
/// <param name="ByAnalyzer">The same for each analyzer.</param>
/// <param name="Findings">What was reported.</param>
internal sealed record DriverRun(double Cpu, double Own, ImmutableDictionary<string, double> ByAnalyzer, ImmutableArray<Diagnostic> Findings)
{
    /// <summary>The smaller of each figure: what nothing came between.</summary>
    public DriverRun Best(DriverRun? other) => other is null ? this : new(
        Math.Min(Cpu, other.Cpu),
        Math.Min(Own, other.Own),
        ByAnalyzer.ToImmutableDictionary(pair => pair.Key, pair => Math.Min(pair.Value, other.ByAnalyzer[pair.Key]), StringComparer.Ordinal),
        Findings);
}

/// <summary>Runs the compiler, or its driver of analyzers, and says what it took.</summary>
internal static class Driver
{
    private static readonly AnalyzerOptions s_inputs = new([], new Options());

    /// <summary>What csc does with these files: it parses, binds and emits them. Code that lacks references is bound only.</summary>
    public static double Compile(IReadOnlyList<SourceText> files, ReferenceSets references, bool isComplete = true)
    {
        var before = Clock();
        var compilation = Sources.Compile(Sources.Parse(files), references);
        if (!isComplete)
        {
            _ = compilation.GetDiagnostics();
            return Clock() - before;
        }

        using var output = new MemoryStream();
        var result = compilation.Emit(output);
        var milliseconds = Clock() - before;
        return result.Success ? milliseconds : throw new InvalidOperationException("The sources do not compile: " + result.Diagnostics.First(static diagnostic => diagnostic.Severity == DiagnosticSeverity.Error));
    }

    /// <summary>The analyzers over new trees of the files: what a compilation or a tree would remember is not there yet.</summary>
    public static DriverRun Analyze(IReadOnlyList<SourceText> files, ReferenceSets references, ImmutableArray<DiagnosticAnalyzer> analyzers, bool isConcurrent = false) =>
        Analyze(Sources.Compile(Sources.Parse(files), references), analyzers, isConcurrent);

    public static DriverRun Analyze(CSharpCompilation compilation, ImmutableArray<DiagnosticAnalyzer> analyzers, bool isConcurrent = false)
    {
        analyzers = [.. analyzers.Select(static analyzer => AnalyzerSets.IsOurs(analyzer) && analyzer is not DiagnosticSuppressor ? new MeasuredAnalyzer(analyzer) : analyzer)];
        var failures = new ConcurrentQueue<string>();
        var driver = compilation.WithAnalyzers(analyzers, new CompilationWithAnalyzersOptions(
            s_inputs,
            (exception, analyzer, _) => failures.Enqueue($"{analyzer.GetType().Name}: {exception.Message}"),
            concurrentAnalysis: isConcurrent,
            logAnalyzerExecutionTime: true));
        GC.Collect();
        var before = Clock();
        var result = driver.GetAnalysisResultAsync(CancellationToken.None).GetAwaiter().GetResult();
        var cpu = Clock() - before;
        foreach (var failure in failures.Distinct(StringComparer.Ordinal).Take(3))
        {
            Console.WriteLine("  threw: " + failure);
        }

        var byAnalyzer = result.AnalyzerTelemetryInfo.ToImmutableDictionary(
            static pair => pair.Key is MeasuredAnalyzer measured ? measured.Name : pair.Key.GetType().FullName!,
            static pair => pair.Key is MeasuredAnalyzer measured ? measured.Milliseconds : pair.Value.ExecutionTime.TotalMilliseconds,
            StringComparer.Ordinal);
        return new DriverRun(cpu, byAnalyzer.Values.Sum(), byAnalyzer, result.GetAllDiagnostics());
    }

    /// <summary>The milliseconds that this process has worked, on all threads: other work of the machine counts as little as can be.</summary>
    public static double Clock() => Environment.CpuUsage.TotalTime.TotalMilliseconds;

    // Rules about dates are told which day it is, so that they say the same on every day.
    private sealed class Options : AnalyzerConfigOptionsProvider
    {
        public override AnalyzerConfigOptions GlobalOptions { get; } = new Values();

        public override AnalyzerConfigOptions GetOptions(SyntaxTree tree) => GlobalOptions;

        public override AnalyzerConfigOptions GetOptions(AdditionalText textFile) => GlobalOptions;

        private sealed class Values : AnalyzerConfigOptions
        {
            public override bool TryGetValue(string key, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out string? value) =>
                (value = key == "build_property.AiGuardrailsToday" ? "2026-09-01" : null) is not null;
        }
    }
}
