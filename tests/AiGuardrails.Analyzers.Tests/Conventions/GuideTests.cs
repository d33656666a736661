using System.Text.RegularExpressions;
using AiGuardrails.Analyzers.Diagnostics;
using AiGuardrails.Testing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;

namespace AiGuardrails.Analyzers.Tests.Conventions;

/// <summary>The good examples of the guides compile against the real packages, and no rule reports them.</summary>
public sealed partial class GuideTests
{
    private static readonly string s_guides = Path.Combine(Repository.Root, "docs", "guides");

    public static TheoryData<string> Guides => [.. Directory.GetFiles(s_guides, "*.md").Select(static path => Path.GetFileName(path)).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Guides))]
    public async Task Good_examples_compile_and_are_not_reported(string guide)
    {
        var analyzers = typeof(AiAnalyzer).Assembly.GetTypes()
            .Where(static type => !type.IsAbstract && typeof(DiagnosticAnalyzer).IsAssignableFrom(type))
            .Select(static type => (DiagnosticAnalyzer)Activator.CreateInstance(type)!)
            .ToArray();

        foreach (Match example in Example().Matches(File.ReadAllText(Path.Combine(s_guides, guide)).ReplaceLineEndings("\n")))
        {
            var compilation = CSharpCompilation.Create(
                "Guide",
                [CSharpSyntaxTree.ParseText(example.Groups["code"].Value)],
                TestReferences.Of(ReferenceSets.Default),
                new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary));
            var diagnostics = await compilation.WithAnalyzers([.. analyzers]).GetAllDiagnosticsAsync();

            // Warnings of the compiler are left: examples may be experimental.
            Assert.Empty(diagnostics.Where(static diagnostic => diagnostic.Severity == DiagnosticSeverity.Error && !IsExperimental(diagnostic)
                || Descriptors.All.Any(rule => rule.Descriptor.Id == diagnostic.Id && diagnostic.Severity >= DiagnosticSeverity.Warning)));
        }
    }

    private static bool IsExperimental(Diagnostic diagnostic) => diagnostic.Id.StartsWith("OPENAI", StringComparison.Ordinal);

    [GeneratedRegex("^```csharp good\n(?<code>.*?)^```$", RegexOptions.Multiline | RegexOptions.Singleline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Example();
}
