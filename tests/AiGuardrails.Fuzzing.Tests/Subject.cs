using System.Collections.Immutable;
using AiGuardrails.Analyzers;
using AiGuardrails.CodeFixes;
using AiGuardrails.Testing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;

namespace AiGuardrails.Fuzzing.Tests;

/// <summary>Every analyzer and every fix, and a compilation of mutants that they run on.</summary>
internal static class Subject
{
    private const string AnalyzerThrew = "AD0001";

    private static readonly CSharpParseOptions s_parse = new(LanguageVersion.Latest);
    private static readonly CSharpCompilation s_empty = CSharpCompilation.Create("Mutant", references: TestReferences.Of(ReferenceSets.Default), options: new(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable));
    private static readonly AnalyzerOptions s_options = new([], new FixedToday());

    /// <summary>Gets every analyzer.</summary>
    public static ImmutableArray<DiagnosticAnalyzer> Analyzers { get; } = [.. Instances<DiagnosticAnalyzer>(typeof(AiAnalyzer))];

    /// <summary>Gets every fix.</summary>
    public static ImmutableArray<CodeFixProvider> Fixes { get; } = [.. Instances<CodeFixProvider>(typeof(AiCodeFix))];

    /// <summary>A compilation of these files, against the real SDKs.</summary>
    public static CSharpCompilation Compile(IEnumerable<string> sources) =>
        s_empty.AddSyntaxTrees(sources.Select(static (source, index) => CSharpSyntaxTree.ParseText(source, s_parse, $"File{index}.cs")));

    /// <summary>What the analyzers say; a crash or a hang fails.</summary>
    public static async Task<ImmutableArray<Diagnostic>> AnalyzeAsync(Compilation compilation, bool isConcurrent = true)
    {
        var failures = new List<string>();
        var run = compilation.WithAnalyzers(Analyzers, new CompilationWithAnalyzersOptions(
            s_options,
            onAnalyzerException: (exception, analyzer, _) =>
            {
                lock (failures)
                {
                    failures.Add($"{analyzer.GetType().Name} threw {exception}");
                }
            },
            concurrentAnalysis: isConcurrent,
            logAnalyzerExecutionTime: false));

        var diagnostics = await TimeLimit.HoldAsync(run.GetAnalyzerDiagnosticsAsync);
        return failures.Count == 0 && diagnostics.FirstOrDefault(static diagnostic => diagnostic.Id == AnalyzerThrew) is null
            ? diagnostics
            : throw new InvalidOperationException(string.Join('\n', failures));
    }

    /// <summary>The findings as lines, in an order that does not depend on the run.</summary>
    public static IReadOnlyList<string> Show(IEnumerable<Diagnostic> diagnostics) => [.. diagnostics.Select(static diagnostic => diagnostic.ToString()).Order(StringComparer.Ordinal)];

    private static IEnumerable<T> Instances<T>(Type inAssemblyOf) => inAssemblyOf.Assembly.GetTypes()
        .Where(static type => !type.IsAbstract && typeof(T).IsAssignableFrom(type))
        .OrderBy(static type => type.FullName, StringComparer.Ordinal)
        .Select(static type => (T)Activator.CreateInstance(type)!);

    // Rules about dates would be silent without a day.
    private sealed class FixedToday : AnalyzerConfigOptionsProvider
    {
        public override AnalyzerConfigOptions GlobalOptions { get; } = new Options();

        public override AnalyzerConfigOptions GetOptions(SyntaxTree tree) => GlobalOptions;

        public override AnalyzerConfigOptions GetOptions(AdditionalText textFile) => GlobalOptions;

        private sealed class Options : AnalyzerConfigOptions
        {
            public override bool TryGetValue(string key, out string value)
            {
                value = key == "build_property.AiGuardrailsToday" ? "2026-09-01" : "";
                return value.Length > 0;
            }
        }
    }
}
