using Microsoft.CodeAnalysis.Diagnostics;
using Xunit;

namespace AiGuardrails.Testing;

/// <summary>What the verifiers share.</summary>
internal static class SupportedDiagnostic
{
    public static DiagnosticResult Of<TAnalyzer>(string id)
        where TAnalyzer : DiagnosticAnalyzer, new()
    {
        Assert.True(new TAnalyzer().SupportedDiagnostics.Any(descriptor => descriptor.Id == id), $"{typeof(TAnalyzer).Name} does not know {id}.");

        return new DiagnosticResult(id);
    }

    extension<TTest>(TTest test)
        where TTest : AnalyzerTest
    {
        public TTest Expect(IEnumerable<DiagnosticResult> expected)
        {
            foreach (var result in expected)
            {
                test.ExpectedDiagnostics.Add(result);
            }

            return test;
        }

        public TTest Configure(Action<TTest> configure)
        {
            configure(test);
            return test;
        }
    }
}
