using System.Collections.Immutable;
using System.Reflection;
using AiGuardrails.Analyzers;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace AiGuardrails.Benchmarks.Analysis;

/// <summary>The analyzers that are measured: ours, those of others, and some that do nothing.</summary>
internal static class AnalyzerSets
{
    /// <summary>Gets every analyzer of the package, the suppressor of known findings too.</summary>
    public static ImmutableArray<DiagnosticAnalyzer> Ours =>
    [
        .. typeof(AiAnalyzer).Assembly.GetTypes()
            .Where(static type => !type.IsAbstract && typeof(DiagnosticAnalyzer).IsAssignableFrom(type))
            .OrderBy(static type => type.Name, StringComparer.Ordinal)
            .Select(static type => (DiagnosticAnalyzer)Activator.CreateInstance(type)!),
    ];

    /// <summary>Whether the analyzer is one of the package, of which what it registers is known.</summary>
    public static bool IsOurs(DiagnosticAnalyzer analyzer) => analyzer is SharedWork || analyzer.GetType().Assembly == typeof(AiAnalyzer).Assembly;

    /// <summary>Gets an analyzer that registers nothing: what remains is the compiler, and the driver around it.</summary>
    public static ImmutableArray<DiagnosticAnalyzer> Nothing => [new NothingAnalyzer()];

    /// <summary>An analyzer that registers what ours do, and does nothing when it is called.</summary>
    public static ImmutableArray<DiagnosticAnalyzer> Idle => [new IdleAnalyzer()];

    /// <summary>The analyzers of a package that the project file names.</summary>
    public static ImmutableArray<DiagnosticAnalyzer> Of(string package)
    {
        var path = typeof(AnalyzerSets).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(entry => entry.Key == package).Value!;
        var reference = new AnalyzerFileReference(Path.GetFullPath(path), new Loader());
        reference.AnalyzerLoadFailed += static (_, failure) => Console.WriteLine($"  not loaded: {failure.TypeName} {failure.Message}");
        return reference.GetAnalyzers(LanguageNames.CSharp);
    }

    /// <summary>The version of a package, as its folder says.</summary>
    public static string VersionOf(string package) =>
        typeof(AnalyzerSets).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(entry => entry.Key == package).Value!.Split("/analyzers/")[0].TrimEnd('/').Split('/', '\\')[^1];

    // Assemblies beside the one that is loaded are found by the runtime.
    private sealed class Loader : IAnalyzerAssemblyLoader
    {
        public void AddDependencyLocation(string fullPath)
        {
        }

        public Assembly LoadFromPath(string fullPath) => Assembly.LoadFrom(fullPath);
    }

    private abstract class EmptyAnalyzer(string id) : DiagnosticAnalyzer
    {
        public sealed override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } =
            [new DiagnosticDescriptor(id, "Empty", "Empty", "Benchmarks", DiagnosticSeverity.Warning, isEnabledByDefault: true)];
    }

#pragma warning disable RS1001, RS1036, RS1038 // Not an extension of the compiler: it lives in this program.
    private sealed class NothingAnalyzer() : EmptyAnalyzer("EMPTY1")
    {
        public override void Initialize(AnalysisContext context)
        {
            context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
            context.EnableConcurrentExecution();
        }
    }

    private sealed class IdleAnalyzer() : EmptyAnalyzer("EMPTY2")
    {
        public override void Initialize(AnalysisContext context)
        {
            context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
            context.EnableConcurrentExecution();
            context.RegisterCompilationStartAction(static start => start.RegisterSemanticModelAction(static _ => { }));
        }
    }
#pragma warning restore RS1001, RS1036, RS1038
}
