using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Diagnostics;

namespace AiGuardrails.Testing;

/// <summary>The test of an analyzer with its fix, with every setting at hand; tests that need none use <see cref="CSharpCodeFixVerifier{TAnalyzer, TCodeFix}"/>.</summary>
public sealed class CSharpCodeFixTest<TAnalyzer, TCodeFix>() : CodeFixTest(new TAnalyzer(), new TCodeFix())
    where TAnalyzer : DiagnosticAnalyzer, new()
    where TCodeFix : CodeFixProvider, new();

/// <summary>What the tests of a rule with a fix name, by alias: <c>using Verify = CSharpCodeFixVerifier&lt;…&gt;</c>.</summary>
public static class CSharpCodeFixVerifier<TAnalyzer, TCodeFix>
    where TAnalyzer : DiagnosticAnalyzer, new()
    where TCodeFix : CodeFixProvider, new()
{
    public static DiagnosticResult Diagnostic(string id) => SupportedDiagnostic.Of<TAnalyzer>(id);

    public static Task VerifyAnalyzerAsync(string source, params DiagnosticResult[] expected) =>
        CSharpAnalyzerVerifier<TAnalyzer>.VerifyAnalyzerAsync(source, expected);

    public static Task VerifyAnalyzerAsync(string source, Action<CSharpAnalyzerTest<TAnalyzer>> configure, params DiagnosticResult[] expected) =>
        CSharpAnalyzerVerifier<TAnalyzer>.VerifyAnalyzerAsync(source, configure, expected);

    public static Task VerifyCodeFixAsync(string source, string fixedSource) => VerifyCodeFixAsync(source, [], fixedSource);

    public static Task VerifyCodeFixAsync(string source, DiagnosticResult expected, string fixedSource) => VerifyCodeFixAsync(source, [expected], fixedSource);

    public static Task VerifyCodeFixAsync(string source, DiagnosticResult[] expected, string fixedSource) => VerifyCodeFixAsync(source, fixedSource, static _ => { }, expected);

    public static Task VerifyCodeFixAsync(string source, string fixedSource, Action<CSharpCodeFixTest<TAnalyzer, TCodeFix>> configure, params DiagnosticResult[] expected)
    {
        var test = new CSharpCodeFixTest<TAnalyzer, TCodeFix> { Sources = { source }, FixedSources = { fixedSource } };
        return test.Expect(expected).Configure(configure).RunAsync();
    }

    /// <summary>The diagnostics are reported, and no fix is offered for any of them.</summary>
    public static Task VerifyNoCodeFixAsync(string source, params DiagnosticResult[] expected) => VerifyNoCodeFixAsync(source, static _ => { }, expected);

    public static Task VerifyNoCodeFixAsync(string source, Action<CSharpCodeFixTest<TAnalyzer, TCodeFix>> configure, params DiagnosticResult[] expected)
    {
        var test = new CSharpCodeFixTest<TAnalyzer, TCodeFix> { Sources = { source }, OffersNoFix = true };
        return test.Expect(expected).Configure(configure).RunAsync();
    }
}
