using Verify = AiGuardrails.Testing.CSharpAnalyzerVerifier<AiGuardrails.Analyzers.Rules.Prompts.InvalidPromptAnalyzer>;

namespace AiGuardrails.Analyzers.Tests.Rules.Prompts;

/// <summary>AIG8008 for two prompts with one identifier.</summary>
public sealed class PromptIdTests
{
    private const string User = """[Block(BlockRole.User, "Hello")]""";

    [Fact]
    public Task The_second_of_two_is_reported() => Verify.VerifyAnalyzerAsync(
        $$"""
        using AiGuardrails;
        [Prompt("a/b")] {{User}} public partial class Z { }
        [Prompt({|#0:"a/b"|})] {{User}} public partial class A { }
        public static partial class Outer { [Prompt(id: {|#1:"a/b"|}, Version = 2)] {{User}} public partial class Inner { } }
        """,
        Verify.Diagnostic("AIG8008").WithLocation(0).WithMessage("the prompt 'Z' is called 'a/b' already; give 'A' an identifier of its own, so that logs and prompts.lock.json can tell them apart"),
        Verify.Diagnostic("AIG8008").WithLocation(1).WithMessage("the prompt 'Z' is called 'a/b' already; give 'Inner' an identifier of its own, so that logs and prompts.lock.json can tell them apart"));

    [Fact]
    public Task Files_count_by_their_names() => Verify.VerifyAnalyzerAsync(
        $$"""using AiGuardrails; namespace B { [Prompt({|AIG8008:"a"|})] {{User}} public partial class X { } }""",
        test => test.Sources.Add("A.cs", $$"""using AiGuardrails; namespace A { [Prompt("a")] {{User}} public partial class X { } }"""));

    [Theory]
    [InlineData($$"""[Prompt("b")] {{User}} public partial class A { }""")]
    [InlineData($$"""[Prompt("A")] {{User}} public partial class A { }""")]
    [InlineData($$"""[Prompt("a ")] {{User}} public partial class A { }""")]
    [InlineData("""public class A { [Prompt("a")] public string Text { get; set; } = ""; }""")]
    [InlineData("""public sealed class Mine : System.Attribute { public Mine(string id) { } } [Mine("a")] public class A { }""")]
    public Task Other_identifiers_and_other_attributes_are_silent(string other) => Verify.VerifyAnalyzerAsync(
        $$"""
        using AiGuardrails;
        [Prompt("a")] {{User}} public partial class X { }
        {{other}}
        """);

    [Fact]
    public Task Parts_of_one_prompt_are_one() => Verify.VerifyAnalyzerAsync(
        $$"""using AiGuardrails; [Prompt("a")] {{User}} public partial class X { }""",
        test => test.Sources.Add("A.cs", "public partial class X { public int Count { get; set; } }"));
}
