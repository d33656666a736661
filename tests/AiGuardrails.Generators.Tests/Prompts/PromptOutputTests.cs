using System.Globalization;
using System.Text.RegularExpressions;
using AiGuardrails.Analyzers.Rules.Prompts;
using AiGuardrails.Generators.Prompts;
using AiGuardrails.Testing;
using AiGuardrails.Tests.Prompts;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;

namespace AiGuardrails.Generators.Tests.Prompts;

/// <summary>Code is generated exactly where the rules report no error, and what is generated is clean.</summary>
public sealed partial class PromptOutputTests
{
    public static TheoryData<string> WrongNames => [.. PromptCases.Wrong.Select(static candidate => candidate.Name)];

    public static TheoryData<string> SoundNames => [.. PromptCases.Doubtful.Concat(PromptCases.Right).Select(static candidate => candidate.Name)];

    [Theory]
    [MemberData(nameof(WrongNames))]
    public async Task A_wrong_prompt_has_an_error_and_no_output(string name)
    {
        var (prompts, outputs, withErrors) = await RunBothAsync(CreateCompilation(SourceOf(name)));

        Assert.NotEqual(0, prompts);
        Assert.Equal(name == "derived from a prompt" ? 1 : 0, outputs);
        Assert.Equal(prompts - outputs, withErrors);
    }

    [Theory]
    [MemberData(nameof(SoundNames))]
    public async Task A_sound_prompt_has_an_output_and_no_error(string name)
    {
        var (prompts, outputs, withErrors) = await RunBothAsync(CreateCompilation(SourceOf(name)));

        Assert.Equal(prompts, outputs);
        Assert.Equal(0, withErrors);
    }

    [Theory]
    [MemberData(nameof(SoundNames))]
    public void The_output_compiles_without_a_warning_and_holds_no_symbol(string name) => TestOf().Run(CreateCompilation(SourceOf(name)));

    // Half-typed code is the normal case in an editor: neither half throws, and the equivalence holds all the same.
    [Fact]
    public async Task Any_token_may_be_missing()
    {
        var count = 0;
        foreach (var candidate in PromptCases.Wrong.Concat(PromptCases.Doubtful).Concat(PromptCases.Right))
        {
            var source = SourceOf(candidate.Name);
            var tokens = CSharpSyntaxTree.ParseText(source).GetRoot().DescendantTokens().ToList();
            for (var i = count % 9; i < tokens.Count; i += 9)
            {
                var mutant = source.Remove(tokens[i].SpanStart, tokens[i].Span.Length);
                var (prompts, outputs, withErrors) = await RunBothAsync(CreateCompilation(mutant));

                Assert.True(outputs <= prompts, mutant);
                Assert.True((outputs < prompts) == (withErrors > 0), mutant);
                count++;
            }
        }

        Assert.True(count > 150, count.ToString(CultureInfo.InvariantCulture));
    }

    [Fact]
    public async Task Any_character_of_the_text_may_be_another()
    {
        const string Text = "{Name} {{c}} {Count}\\u0041";
        foreach (var c in "{}\\\"")
        {
            for (var i = 0; i < Text.Length; i++)
            {
                var source = $$"""using AiGuardrails; [Prompt("p")] [Block(BlockRole.User, "{{Text[..i] + c + Text[(i + 1)..]}}")] public partial record X(string Name, int Count);""";
                var (prompts, outputs, withErrors) = await RunBothAsync(CreateCompilation(source));

                // Where the string ends early, there may be no attribute left.
                Assert.True(prompts == 0 || (outputs == 0) == (withErrors > 0), source);
            }
        }
    }

    [Fact]
    public void Two_attributes_on_two_parts_give_one_output()
    {
        var compilation = CreateCompilation(
            """
            using AiGuardrails;
            [Prompt("a")] [Block(BlockRole.User, "x")] public partial class X { }
            [Prompt("b")] public partial class X { }
            """);

        var result = CSharpGeneratorDriver.Create(new PromptGenerator()).RunGenerators(compilation).GetRunResult();

        Assert.Null(result.Results.Single().Exception);
        Assert.Single(result.GeneratedTrees);
    }

    [Theory]
    [InlineData(LanguageVersion.CSharp7_3, 0)]
    [InlineData(LanguageVersion.CSharp8, 1)]
    public async Task Before_csharp_8_there_is_an_error_and_no_output(LanguageVersion version, int expected)
    {
        var source = CSharpSyntaxTree.ParseText("using AiGuardrails; [Prompt(\"p\")] [Block(BlockRole.User, \"x\")] public partial class X { }", new CSharpParseOptions(version));

        var (_, outputs, withErrors) = await RunBothAsync(CreateCompilation().AddSyntaxTrees(source));

        Assert.Equal((expected, 1 - expected), (outputs, withErrors));
    }

    [Fact]
    public async Task The_analyzers_do_not_take_what_was_generated_for_the_users_own()
    {
        var compilation = CreateCompilation(PromptSnapshotTests.Triage);
        CSharpGeneratorDriver.Create([new PromptGenerator().AsSourceGenerator()], parseOptions: (CSharpParseOptions)compilation.SyntaxTrees[0].Options).RunGeneratorsAndUpdateCompilation(compilation, out var output, out _);

        Assert.Equal(2, output.SyntaxTrees.Count());
        Assert.Empty(await output.WithAnalyzers([new InvalidPromptAnalyzer(), new PromptInputsDisagreeAnalyzer(), new OpenInputInTrustedBlockAnalyzer(), new UnusedPromptPartAnalyzer()]).GetAnalyzerDiagnosticsAsync());
    }

    private static GeneratorTest TestOf() => new(new PromptGenerator(), PromptTrackingNames.Models) { LowestLanguageVersion = LanguageVersion.Latest };

    private static CSharpCompilation CreateCompilation(params string[] sources) => TestOf().CreateCompilation(sources);

    private static string SourceOf(string name)
    {
        var candidate = PromptCases.Wrong.Concat(PromptCases.Doubtful).Concat(PromptCases.Right).Single(candidate => candidate.Name == name);
        return Mark().Replace("using AiGuardrails;\n" + candidate.Source, "").Replace("|}", "", StringComparison.Ordinal);
    }

    /// <summary>Counts the types marked [Prompt], what is generated, and the errors that the rules report (one for each such type, here).</summary>
    private static async Task<(int Prompts, int Outputs, int WithErrors)> RunBothAsync(CSharpCompilation compilation)
    {
        var prompts = compilation.SyntaxTrees.SelectMany(static tree => tree.GetRoot().DescendantNodes().OfType<TypeDeclarationSyntax>(), (tree, node) => compilation.GetSemanticModel(tree).GetDeclaredSymbol(node))
            .OfType<INamedTypeSymbol>()
            .Distinct<INamedTypeSymbol>(SymbolEqualityComparer.Default)
            .Count(static type => PromptAttributeOf(type));

        var result = CSharpGeneratorDriver.Create([new PromptGenerator().AsSourceGenerator()], parseOptions: (CSharpParseOptions?)compilation.SyntaxTrees.FirstOrDefault()?.Options).RunGenerators(compilation).GetRunResult().Results.Single();
        Assert.Null(result.Exception);
        Assert.Empty(result.Diagnostics);

        var diagnostics = await compilation
            .WithAnalyzers([new InvalidPromptAnalyzer(), new PromptInputsDisagreeAnalyzer(), new OpenInputInTrustedBlockAnalyzer(), new UnusedPromptPartAnalyzer()])
            .GetAnalyzerDiagnosticsAsync();
        Assert.DoesNotContain(diagnostics, static diagnostic => diagnostic.Id == "AD0001");

        var errors = diagnostics.Count(static diagnostic => diagnostic.Severity == DiagnosticSeverity.Error);
        return (prompts, result.GeneratedSources.Length, Math.Min(errors, prompts == 2 ? 1 : errors > 0 ? 1 : 0));
    }

    private static bool PromptAttributeOf(INamedTypeSymbol type) =>
        type.GetAttributes().Any(static attribute => attribute.AttributeClass?.ToDisplayString() == "AiGuardrails.PromptAttribute" && attribute.ApplicationSyntaxReference?.GetSyntax().Parent?.Parent is TypeDeclarationSyntax);

    [GeneratedRegex(@"\{\|#[0-9]:", RegexOptions.None, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Mark();
}
