using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Xunit;

namespace AiGuardrails.Testing.Generation;

/// <summary>What a generator may say (nothing) and what its output may make the compiler say (nothing either).</summary>
internal static class GeneratedOutput
{
    private const string MissingDocumentation = "CS1591";

    public static void Verify(GeneratorRun run, CSharpCompilation input)
    {
        if (run.Generated.Exception is { } exception)
        {
            Assert.Fail($"The generator threw {exception}");
        }

        if (!run.Generated.Diagnostics.IsEmpty)
        {
            Assert.Fail($"A generator reports nothing, an analyzer does:{Lines(run.Generated.Diagnostics)}");
        }

        var diagnostics = run.Output.GetDiagnostics()
            .Where(diagnostic => diagnostic is { Severity: >= DiagnosticSeverity.Warning, IsSuppressed: false })
            .Where(diagnostic => diagnostic.Id != MissingDocumentation || diagnostic.Location.SourceTree is not { } tree || !input.ContainsSyntaxTree(tree))
            .ToList();

        if (diagnostics.Count > 0)
        {
            Assert.Fail($"The output does not compile cleanly as C# {input.LanguageVersion.ToDisplayString()}:{Lines(diagnostics)}");
        }
    }

    private static string Lines(IEnumerable<Diagnostic> diagnostics) => string.Concat(diagnostics.Select(diagnostic =>
        $"{Environment.NewLine}{diagnostic}{Environment.NewLine}    {diagnostic.Location.SourceTree?.GetText().Lines.GetLineFromPosition(diagnostic.Location.SourceSpan.Start)}"));
}
