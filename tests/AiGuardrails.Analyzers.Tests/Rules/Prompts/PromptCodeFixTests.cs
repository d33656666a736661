using InputsVerify = AiGuardrails.Testing.CSharpCodeFixVerifier<AiGuardrails.Analyzers.Rules.Prompts.PromptInputsDisagreeAnalyzer, AiGuardrails.CodeFixes.Rules.Prompts.PromptInputsDisagreeCodeFix>;
using OpenVerify = AiGuardrails.Testing.CSharpCodeFixVerifier<AiGuardrails.Analyzers.Rules.Prompts.OpenInputInTrustedBlockAnalyzer, AiGuardrails.CodeFixes.Rules.Prompts.OpenInputInTrustedBlockCodeFix>;

namespace AiGuardrails.Analyzers.Tests.Rules.Prompts;

public sealed class PromptCodeFixTests
{
    [Fact]
    public Task A_placeholder_gets_the_nearest_name() => InputsVerify.VerifyCodeFixAsync(
        """"
        using AiGuardrails;

        [Prompt("p")]
        [Block(BlockRole.System, "In {{|AIG8001:count|}} words.")]
        [Block(BlockRole.User, """
            Dear {{|AIG8001:Nmae|}}, // no comment
              {{|AIG8001:Nmae|}}
            """)]
        public partial record X(string Name, int Count);
        """",
        """"
        using AiGuardrails;

        [Prompt("p")]
        [Block(BlockRole.System, "In {Count} words.")]
        [Block(BlockRole.User, """
            Dear {Name}, // no comment
              {Name}
            """)]
        public partial record X(string Name, int Count);
        """");

    [Fact]
    public Task An_input_is_added() => InputsVerify.VerifyCodeFixAsync(
        """
        using AiGuardrails;

        [Prompt("p")]
        [Block(BlockRole.User, "Dear {{|AIG8001:Customer|}}, {Text} {{|AIG8001:Customer|}}")]
        public partial class X
        {
            // The text.
            public string Text { get; set; } = "";
        }
        """,
        """
        using AiGuardrails;

        [Prompt("p")]
        [Block(BlockRole.User, "Dear {Customer}, {Text} {Customer}")]
        public partial class X
        {
            // The text.
            public string Text { get; set; } = "";
            public required string Customer { get; init; }
        }
        """);

    [Fact]
    public Task In_instructions_no_text_is_added() => InputsVerify.VerifyNoCodeFixAsync(
        """
        using AiGuardrails;

        [Prompt("p")]
        [Block(BlockRole.System, "Dear {{|AIG8001:Customer|}}")]
        public partial class X
        {
        }
        """);

    [Fact]
    public Task A_text_that_is_put_together_is_left_to_its_author() => InputsVerify.VerifyNoCodeFixAsync(
        """
        using AiGuardrails;

        [Prompt("p")]
        [Block(BlockRole.System, {|AIG8001:Texts.Hello|})]
        public partial record X(int Name);

        public static class Texts { public const string Hello = "Hello {Naem}"; }
        """);

    [Fact]
    public Task The_user_says_what_others_wrote() => OpenVerify.VerifyCodeFixAsync(
        """
        using AiGuardrails;

        [Prompt("p")]
        [Block(BlockRole.System, "Be brief.")] // kept
        [Block(BlockRole.System, "Name: {{|AIG8003:Name|}}, notes: {{|AIG8003:Notes|}}")]
        [Block(text: "And {{|AIG8003:Notes|}}", role: AiGuardrails.BlockRole.Developer)]
        public partial record X(string Name, string[] Notes);
        """,
        """
        using AiGuardrails;

        [Prompt("p")]
        [Block(BlockRole.System, "Be brief.")] // kept
        [Block(BlockRole.User, "Name: {Name}, notes: {Notes}")]
        [Block(text: "And {Notes}", role: AiGuardrails.BlockRole.User)]
        public partial record X(string Name, string[] Notes);
        """);
}
