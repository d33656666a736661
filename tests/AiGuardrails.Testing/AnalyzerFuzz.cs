using System.Collections.Immutable;
using AiGuardrails.Testing.Analysis;
using AiGuardrails.Testing.Markup;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Xunit;

namespace AiGuardrails.Testing;

/// <summary>Half-typed code is the normal case of an editor: no analyzer may throw on it, or take long.</summary>
public static class AnalyzerFuzz
{
    private static readonly TimeSpan s_limitPerMutant = TimeSpan.FromSeconds(10);

    public static Task VerifyNeverThrowsAsync<TAnalyzer>(string source)
        where TAnalyzer : DiagnosticAnalyzer, new() => VerifyNeverThrowsAsync(source, new TAnalyzer());

    /// <summary>Cuts the source off at every token and leaves every token out once; markup is allowed and means nothing.</summary>
    public static Task VerifyNeverThrowsAsync(string source, params DiagnosticAnalyzer[] analyzers) => VerifyNeverThrowsAsync(source, s_limitPerMutant, analyzers);

    internal static async Task VerifyNeverThrowsAsync(string source, TimeSpan limitPerMutant, params DiagnosticAnalyzer[] analyzers)
    {
        var test = new FuzzTest(analyzers[0]);
        foreach (var analyzer in analyzers.Skip(1))
        {
            test.AdditionalAnalyzers.Add(analyzer);
        }

        test.Sources.Add(source);
        var project = TestSolution.Create(test, MarkedFiles.Parse(test, test.Sources, test.AdditionalFiles), test.References).Projects.Single();
        var compilation = (await project.GetCompilationAsync())!;
        var tree = compilation.SyntaxTrees.Single();

        foreach (var mutant in Mutants((await tree.GetRootAsync()).DescendantTokens().ToList(), tree.ToString()).Distinct(StringComparer.Ordinal))
        {
            var mutated = compilation.ReplaceSyntaxTree(tree, CSharpSyntaxTree.ParseText(mutant, (CSharpParseOptions)tree.Options, tree.FilePath));
            await VerifyAsync(mutated, mutant, project.AnalyzerOptions, [.. analyzers], limitPerMutant);
        }
    }

    private static IEnumerable<string> Mutants(List<SyntaxToken> tokens, string text)
    {
        foreach (var token in tokens)
        {
            yield return text[..token.SpanStart];
            yield return text.Remove(token.SpanStart, token.Span.Length);
        }
    }

    private static async Task VerifyAsync(Compilation mutated, string mutant, AnalyzerOptions options, ImmutableArray<DiagnosticAnalyzer> analyzers, TimeSpan limit)
    {
        using var timer = new CancellationTokenSource(limit);
        try
        {
            // The token asks the analyzers to stop; the wait does not depend on their answer.
            await Task.Run(() => AnalyzerRun.RunAsync(mutated, options, analyzers, timer.Token), CancellationToken.None).WaitAsync(limit + limit, CancellationToken.None);
        }
        catch (Exception exception) when (exception is OperationCanceledException or TimeoutException)
        {
            Assert.Fail($"The analyzers take longer than {limit} on:{Environment.NewLine}{mutant}");
        }
        catch (Xunit.Sdk.XunitException exception)
        {
            Assert.Fail($"{exception.Message}{Environment.NewLine}on:{Environment.NewLine}{mutant}");
        }
    }

    private sealed class FuzzTest(DiagnosticAnalyzer analyzer) : AnalyzerTest(analyzer);
}
