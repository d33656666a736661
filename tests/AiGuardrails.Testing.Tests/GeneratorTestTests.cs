using AiGuardrails.Testing.Tests.Samples;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace AiGuardrails.Testing.Tests;

/// <summary>A right test passes the right generator, and fails each wrong one.</summary>
public sealed class GeneratorTestTests
{
    private const string Source = "namespace N { } [Hello] partial class C { }";

    private static readonly GeneratorTest s_test = new(new HelloGenerator(), HelloGenerator.Models);

    [Fact]
    public void Generated_code_is_in_the_output()
    {
        var output = s_test.Run(Source).Output;

        Assert.NotNull(output.GetTypeByMetadataName("C")!.GetMembers("Hello").Single());
    }

    [Fact]
    public void Edit_elsewhere_reruns_nothing() => s_test.VerifyCached(Source);

    [Fact]
    public void Edit_of_the_class_is_seen() => s_test.VerifyRegenerated(Source, Source.Replace("class C", "class D", StringComparison.Ordinal));

    [Fact]
    public void Files_and_options_reach_the_generator()
    {
        var test = new GeneratorTest(new OptionsGenerator(), HelloGenerator.Models)
        {
            AdditionalFiles = { { "a.prompt.md", "Hello" } },
            EditorConfig = "[*.md]\nbuild_metadata.AdditionalFiles.Kind = Greeting\n",
            GlobalOptions = { ["build_property.Who"] = "World" },
        };

        Assert.Contains("// Hello Greeting World", test.Run("").Output.SyntaxTrees.Last().ToString(), StringComparison.Ordinal);
        test.VerifyCached("");
    }

    [Fact]
    public void A_test_without_tracking_names_fails() => KitAssert.Fails("names the steps", () => _ = new GeneratorTest(new HelloGenerator()));

    [Fact]
    public void A_step_that_does_not_exist_fails() => KitAssert.Fails("No step named 'Other'", () => new GeneratorTest(new HelloGenerator(), "Other").VerifyCached(Source));

    [Fact]
    public void A_source_that_nothing_is_made_of_fails() => KitAssert.Fails("No step named 'Models' made anything", () => s_test.VerifyCached("class C { }"));

    [Fact]
    public void A_source_that_does_not_compile_fails() => KitAssert.Fails("error CS0246", () => s_test.Run("class C : Missing { }"));

    [Fact]
    public void A_source_too_new_for_the_lowest_version_fails() => KitAssert.Fails(
        "does not compile cleanly as C# 8.0", () => s_test.Run("[Hello] partial record C { }"));

    [Fact]
    public void A_lowest_version_can_be_named() =>
        new GeneratorTest(new HelloGenerator(), HelloGenerator.Models) { LowestLanguageVersion = LanguageVersion.CSharp10 }.Run("namespace N; class C { }");

    [Fact]
    public void Generator_that_throws_fails() => Fails<Throws>("The generator threw System.InvalidOperationException: sabotage");

    [Fact]
    public void Generator_that_throws_in_initialize_fails() => Fails<ThrowsInInitialize>("sabotage");

    [Fact]
    public void Generator_whose_hint_names_collide_fails() => Fails<Collides>("The generator threw System.ArgumentException", Source + " [Hello] partial class c { }");

    [Fact]
    public void Generator_that_reports_fails() => Fails<Reports>("A generator reports nothing, an analyzer does");

    [Fact]
    public void Output_with_an_error_fails() => Fails<EmitsError>("error CS0103");

    [Fact]
    public void Output_with_a_warning_fails() => Fails<EmitsWarning>("warning CS0168");

    [Fact]
    public void Output_without_documentation_fails() => Fails<EmitsUndocumented>("warning CS1591", Source.Replace("partial class", "public partial class", StringComparison.Ordinal));

    [Fact]
    public void Output_too_new_for_the_lowest_version_fails() => Fails<EmitsNewSyntax>("does not compile cleanly as C# 8.0");

    [Fact]
    public void Pipeline_whose_step_runs_again_fails() => FailsCached<DependsOnPosition>("step 'Models' is Modified");

    [Fact]
    public void Pipeline_whose_output_is_written_again_fails() => FailsCached<DependsOnCompilation>("an output is Modified");

    [Fact]
    public void Generator_that_never_changes_fails() => KitAssert.Fails(
        "The edit does not change what is generated",
        () => new GeneratorTest(new NeverChanges(), HelloGenerator.Models).VerifyRegenerated(Source, Source.Replace("C", "D", StringComparison.Ordinal)));

    [Fact]
    public void Generator_whose_model_compares_too_little_fails() => KitAssert.Fails(
        "something stale is left",
        () => new GeneratorTest(new ComparesTooLittle(), HelloGenerator.Models).VerifyRegenerated(Source, "[Hello] internal abstract partial class C { } [Hello] partial class D { }"));

    [Theory]
    [InlineData(typeof(HoldsSymbol), "NamedTypeSymbol")]
    [InlineData(typeof(HoldsNode), "ClassDeclarationSyntax")]
    [InlineData(typeof(HoldsTree), "SyntaxTree")]
    [InlineData(typeof(HoldsLocation), "SourceLocation")]
    [InlineData(typeof(HoldsCompilation), "CSharpCompilation")]
    [InlineData(typeof(HoldsModel), "SemanticModel")]
    [InlineData(typeof(HoldsAttribute), "AttributeData")]
    [InlineData(typeof(HoldsOperation), "Operation")]
    public void Model_that_holds_on_to_the_compiler_fails(Type generator, string held) => KitAssert.Fails(
        held,
        () => new GeneratorTest((IIncrementalGenerator)Activator.CreateInstance(generator, nonPublic: true)!, HelloGenerator.Models).Run(Source));

    [Fact]
    public void Positions_may_be_held() => new GeneratorTest(new HoldsPosition(), HelloGenerator.Models).Run(Source);

    private static void Fails<TGenerator>(string because, string source = Source)
        where TGenerator : IIncrementalGenerator, new() => KitAssert.Fails(because, () => new GeneratorTest(new TGenerator(), HelloGenerator.Models).Run(source));

    private static void FailsCached<TGenerator>(string because)
        where TGenerator : IIncrementalGenerator, new() => KitAssert.Fails(because, () => new GeneratorTest(new TGenerator(), HelloGenerator.Models).VerifyCached(Source));

    private sealed class OptionsGenerator : IIncrementalGenerator
    {
        public void Initialize(IncrementalGeneratorInitializationContext context) => context.RegisterSourceOutput(
            context.AdditionalTextsProvider
                .Combine(context.AnalyzerConfigOptionsProvider)
                .Select(static (pair, cancellationToken) =>
                {
                    var (file, options) = pair;
                    options.GetOptions(file).TryGetValue("build_metadata.AdditionalFiles.Kind", out var kind);
                    options.GlobalOptions.TryGetValue("build_property.Who", out var who);
                    return $"// {file.GetText(cancellationToken)} {kind} {who}";
                })
                .WithTrackingName(HelloGenerator.Models),
            static (production, text) => production.AddSource("Options.g.cs", text));
    }

    private sealed class Throws : HelloGenerator
    {
        protected override void Write(SourceProductionContext production, string name) => throw new InvalidOperationException("sabotage");
    }

    private sealed class ThrowsInInitialize : HelloGenerator
    {
        public override void Initialize(IncrementalGeneratorInitializationContext context) => throw new InvalidOperationException("sabotage");
    }

    private sealed class Collides : HelloGenerator
    {
        protected override void Register(IncrementalGeneratorInitializationContext context) => context.RegisterSourceOutput(
            Attributed(context, static attributed => attributed.TargetSymbol.Name), (production, name) => Write(production, name));
    }

    private sealed class Reports : HelloGenerator
    {
        private static readonly DiagnosticDescriptor s_rule = new("KIT0005", "Said", "Said", "Kit", DiagnosticSeverity.Info, isEnabledByDefault: true);

        protected override void Write(SourceProductionContext production, string name)
        {
            base.Write(production, name);
            production.ReportDiagnostic(Diagnostic.Create(s_rule, Location.None));
        }
    }

    private sealed class EmitsError : HelloGenerator
    {
        protected override string Emit(string name) => $"partial class {name} {{ void M() => Missing(); }}";
    }

    private sealed class EmitsWarning : HelloGenerator
    {
        protected override string Emit(string name) => $"partial class {name} {{ void M() {{ int unused; }} }}";
    }

    private sealed class EmitsUndocumented : HelloGenerator
    {
        protected override string Emit(string name) => $"partial class {name} {{ public const int Number = 1; }}";
    }

    private sealed class EmitsNewSyntax : HelloGenerator
    {
        protected override string Emit(string name) => $"partial class {name} {{ object o = new System.Action(static () => {{ }}); }}";
    }

    private sealed class DependsOnPosition : HelloGenerator
    {
        protected override void Register(IncrementalGeneratorInitializationContext context) => context.RegisterSourceOutput(
            Attributed(context, static attributed => (attributed.TargetSymbol.Name, attributed.TargetNode.SpanStart)).WithTrackingName(Models),
            (production, model) => Write(production, model.Name));
    }

    private sealed class DependsOnCompilation : HelloGenerator
    {
        protected override void Register(IncrementalGeneratorInitializationContext context) => context.RegisterSourceOutput(
            Attributed(context, static attributed => attributed.TargetSymbol.Name).WithTrackingName(Models).Combine(context.CompilationProvider),
            (production, model) => Write(production, model.Left));
    }

    private sealed class NeverChanges : HelloGenerator
    {
        protected override void Register(IncrementalGeneratorInitializationContext context) => context.RegisterSourceOutput(
            Attributed(context, static _ => "Fixed").WithTrackingName(Models), (production, name) => Write(production, name));
    }

    private sealed class ComparesTooLittle : HelloGenerator
    {
        protected override void Register(IncrementalGeneratorInitializationContext context) => context.RegisterSourceOutput(
            Attributed(context, static attributed => new Model(attributed.TargetSymbol.Name, attributed.TargetSymbol.IsAbstract)).WithTrackingName(Models),
            static (production, model) => production.AddSource(model.Name + ".g.cs", $"// abstract: {model.IsAbstract}"));

        private sealed record Model(string Name, bool IsAbstract)
        {
            public bool Equals(Model? other) => Name == other?.Name;

            public override int GetHashCode() => Name.GetHashCode(StringComparison.Ordinal);
        }
    }

    private abstract class Holds<T>(Func<GeneratorAttributeSyntaxContext, T> value) : HelloGenerator
    {
        protected override void Register(IncrementalGeneratorInitializationContext context) => context.RegisterSourceOutput(
            Attributed(context, attributed => new Holder(attributed.TargetSymbol.Name, [value(attributed)])).WithTrackingName(Models),
            (production, model) => Write(production, model.Name));

        private sealed record Holder(string Name, List<T> Held);
    }

    private sealed class HoldsSymbol() : Holds<ISymbol>(static attributed => attributed.TargetSymbol);

    private sealed class HoldsNode() : Holds<SyntaxNode>(static attributed => attributed.TargetNode);

    private sealed class HoldsTree() : Holds<SyntaxTree>(static attributed => attributed.TargetNode.SyntaxTree);

    private sealed class HoldsLocation() : Holds<Location>(static attributed => attributed.TargetNode.GetLocation());

    private sealed class HoldsCompilation() : Holds<Compilation>(static attributed => attributed.SemanticModel.Compilation);

    private sealed class HoldsModel() : Holds<SemanticModel>(static attributed => attributed.SemanticModel);

    private sealed class HoldsAttribute() : Holds<AttributeData>(static attributed => attributed.Attributes[0]);

    private sealed class HoldsOperation() : Holds<IOperation?>(static attributed => attributed.SemanticModel.GetOperation(attributed.Attributes[0].ApplicationSyntaxReference!.GetSyntax()));

    private sealed class HoldsPosition() : Holds<FileLinePositionSpan>(static attributed => attributed.TargetNode.GetLocation().GetLineSpan());
}
