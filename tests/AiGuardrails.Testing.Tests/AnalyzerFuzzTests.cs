using AiGuardrails.Testing.Tests.Samples;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;

namespace AiGuardrails.Testing.Tests;

public sealed class AnalyzerFuzzTests
{
    private const string Source = "class C { void M() { [|Bad|](M); } }";

    [Fact]
    public Task Robust_analyzer_passes() => AnalyzerFuzz.VerifyNeverThrowsAsync<BadCallAnalyzer>(Source);

    [Fact]
    public Task Analyzer_that_half_typed_code_surprises_fails() => KitAssert.FailsAsync(
        "threw System.InvalidCastException", () => AnalyzerFuzz.VerifyNeverThrowsAsync<TrustsTheSyntax>(Source));

    [Fact]
    public Task Analyzer_that_takes_long_fails() => KitAssert.FailsAsync(
        "take longer than", () => AnalyzerFuzz.VerifyNeverThrowsAsync(Source, TimeSpan.FromMilliseconds(200), new WaitsUntilCancelled()));

    private sealed class TrustsTheSyntax : BadCallAnalyzer
    {
        protected override void Report(SyntaxNodeAnalysisContext context, IdentifierNameSyntax name)
        {
            var call = (InvocationExpressionSyntax)name.Parent!;
            _ = call.ArgumentList.Arguments is [] ? throw new InvalidCastException("no argument") : call.Kind() == SyntaxKind.None;
        }
    }

    private sealed class WaitsUntilCancelled : BadCallAnalyzer
    {
        protected override void Report(SyntaxNodeAnalysisContext context, IdentifierNameSyntax name)
        {
            context.CancellationToken.WaitHandle.WaitOne();
            context.CancellationToken.ThrowIfCancellationRequested();
        }
    }
}
