using Microsoft.CodeAnalysis.Diagnostics;

namespace AiGuardrails.Testing;

/// <summary>The test of one analyzer, with every setting at hand; tests that need none use <see cref="CSharpAnalyzerVerifier{TAnalyzer}"/>.</summary>
public sealed class CSharpAnalyzerTest<TAnalyzer>() : AnalyzerTest(new TAnalyzer())
    where TAnalyzer : DiagnosticAnalyzer, new();

/// <summary>What the tests of an analyzer name, by alias: <c>using Verify = CSharpAnalyzerVerifier&lt;…&gt;</c>.</summary>
public static class CSharpAnalyzerVerifier<TAnalyzer>
    where TAnalyzer : DiagnosticAnalyzer, new()
{
    public static DiagnosticResult Diagnostic(string id) => SupportedDiagnostic.Of<TAnalyzer>(id);

    public static Task VerifyAnalyzerAsync(string source, params DiagnosticResult[] expected) => VerifyAnalyzerAsync(source, static _ => { }, expected);

    public static Task VerifyAnalyzerAsync(string source, Action<CSharpAnalyzerTest<TAnalyzer>> configure, params DiagnosticResult[] expected)
    {
        var test = new CSharpAnalyzerTest<TAnalyzer> { Sources = { source } };
        return test.Expect(expected).Configure(configure).RunAsync();
    }
}
