using System.Collections.Immutable;
using AiGuardrails.Testing.Analysis;
using AiGuardrails.Testing.Generation;
using AiGuardrails.Testing.Inputs;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;
using Xunit;

namespace AiGuardrails.Testing;

/// <summary>
/// Runs an incremental generator. Each run fails on an exception, a diagnostic, an output that does not compile without
/// warnings at the lowest and at the given language version, and on a tracked value that holds on to the compiler's objects.
/// </summary>
public sealed class GeneratorTest
{
    private readonly IIncrementalGenerator _generator;
    private readonly ImmutableArray<string> _trackingNames;

    public GeneratorTest(IIncrementalGenerator generator, params string[] trackingNames)
    {
        Assert.True(trackingNames.Length > 0, "A generator test names the steps that must be cached.");

        _generator = generator;
        _trackingNames = [.. trackingNames];
    }

    public ReferenceSets References { get; init; } = ReferenceSets.Default;

    public LanguageVersion LanguageVersion { get; init; } = LanguageVersion.Latest;

    /// <summary>The oldest language version whose users can write the source of the test; records need C# 9.</summary>
    public LanguageVersion LowestLanguageVersion { get; init; } = LanguageVersion.CSharp8;

    public OutputKind OutputKind { get; init; } = OutputKind.DynamicallyLinkedLibrary;

    /// <summary>Additional files, as they are: no markup.</summary>
    public TestFileList AdditionalFiles { get; init; } = [];

    /// <inheritdoc cref="AnalyzerTest.EditorConfig"/>
    public string EditorConfig { get; init; } = "";

    /// <inheritdoc cref="AnalyzerTest.GlobalOptions"/>
    public IDictionary<string, string> GlobalOptions { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    public CSharpCompilation CreateCompilation(params string[] sources) => CSharpCompilation.Create(
        "Test",
        sources.Select((source, i) => Parse(source, $"/0/Test{i}.cs", ParseOptions(LanguageVersion))),
        ReferenceResolver.Resolve(References),
        new CSharpCompilationOptions(
            OutputKind,
            warningLevel: 9999,
            nullableContextOptions: NullableContextOptions.Enable,
            specificDiagnosticOptions: TestSolution.Suppressed));

    public GeneratorRun Run(params string[] sources) => Run(CreateCompilation(sources));

    public GeneratorRun Run(CSharpCompilation compilation)
    {
        Continue(CreateDriver(ParseOptions(LowestLanguageVersion)), WithLanguageVersion(compilation, LowestLanguageVersion));

        return Continue(CreateDriver(ParseOptions(compilation.LanguageVersion)), compilation);
    }

    /// <summary>After the first file's code moves down and an unrelated file comes in, nothing is computed or written again.</summary>
    public void VerifyCached(params string[] sources)
    {
        var compilation = CreateCompilation(sources);
        var first = Run(compilation);

        var tree = compilation.SyntaxTrees[0];
        var edited = compilation
            .ReplaceSyntaxTree(tree, Parse("// moved down\n\n" + tree, tree.FilePath, ParseOptions(LanguageVersion)))
            .AddSyntaxTrees(Parse("namespace Unrelated { internal static class Unrelated { } }", "/0/Unrelated.cs", ParseOptions(LanguageVersion)));

        TrackedRun.VerifyCached(first.Generated, Continue(first.Driver, edited).Generated, _trackingNames);
    }

    /// <summary>After an edit that matters the output is another, and wholly so: without this, a test of caching could pass by doing nothing.</summary>
    public void VerifyRegenerated(string before, string after)
    {
        var compilation = CreateCompilation(before);
        var first = Run(compilation);

        var tree = compilation.SyntaxTrees[0];
        var second = Continue(first.Driver, compilation.ReplaceSyntaxTree(tree, Parse(after, tree.FilePath, ParseOptions(LanguageVersion))));

        Assert.False(TextsOf(first).SequenceEqual(TextsOf(second)), "The edit does not change what is generated.");
        Assert.True(TextsOf(Run(after)).SequenceEqual(TextsOf(second)), "After the edit something stale is left: a run from scratch generates otherwise.");

        static IEnumerable<(string, string)> TextsOf(GeneratorRun run) =>
            run.Generated.GeneratedSources.Select(source => (source.HintName, source.SourceText.ToString())).Order();
    }

    private GeneratorRun Continue(GeneratorDriver driver, CSharpCompilation compilation)
    {
        driver = driver.RunGeneratorsAndUpdateCompilation(compilation, out var output, out _);
        var run = new GeneratorRun(driver, driver.GetRunResult(), output);

        GeneratedOutput.Verify(run, compilation);
        TrackedRun.VerifyHoldsNothing(run.Generated, _trackingNames);

        return run;
    }

    private CSharpGeneratorDriver CreateDriver(CSharpParseOptions options) => CSharpGeneratorDriver.Create(
        [_generator.AsSourceGenerator()],
        AdditionalFiles.Select(file => new InMemoryFile("/0/" + file.Name, file.Text)),
        options,
        new ConfigOptionsProvider(EditorConfig, GlobalOptions),
        new GeneratorDriverOptions(IncrementalGeneratorOutputKind.None, trackIncrementalGeneratorSteps: true));

    // Documentation is diagnosed, so that what is generated lacks no comment that the strictest user asks for.
    private static CSharpParseOptions ParseOptions(LanguageVersion version) => new(version, DocumentationMode.Diagnose);

    private static CSharpCompilation WithLanguageVersion(CSharpCompilation compilation, LanguageVersion version) =>
        compilation.RemoveAllSyntaxTrees().AddSyntaxTrees(compilation.SyntaxTrees.Select(tree => Parse(tree.ToString(), tree.FilePath, ParseOptions(version))));

    private static SyntaxTree Parse(string text, string path, CSharpParseOptions options) =>
        CSharpSyntaxTree.ParseText(SourceText.From(text, System.Text.Encoding.UTF8), options, path);

    private sealed class InMemoryFile(string path, string text) : AdditionalText
    {
        public override string Path => path;

        public override SourceText GetText(CancellationToken cancellationToken = default) => SourceText.From(text, System.Text.Encoding.UTF8);
    }
}

/// <summary>One run: the driver to go on with, what it made, and the compilation with it.</summary>
public sealed record GeneratorRun(GeneratorDriver Driver, GeneratorDriverRunResult Result, Compilation Output)
{
    internal GeneratorRunResult Generated => Result.Results.Single();
}
