using HiddenVerify = AiGuardrails.Testing.CSharpCodeFixVerifier<AiGuardrails.Analyzers.Rules.Prompts.HiddenUnicodeAnalyzer, AiGuardrails.CodeFixes.Rules.Prompts.HiddenUnicodeCodeFix>;
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

    [Fact]
    public Task A_placeholder_gets_the_nearest_name_in_every_form_of_literal() => InputsVerify.VerifyCodeFixAsync(
        """"
        using AiGuardrails;

        [Prompt("p")]
        [Block(BlockRole.System, @"Say ""hi"" in {{|AIG8001:Cuont|}} words.")]
        [Block(BlockRole.User, "\t\"\u0041\" {{|AIG8001:Nmae|}}\n" + ("and " + @"{{|AIG8001:Nmae|}}") + """ {{|AIG8001:Nmae|}} """)]
        [Block(BlockRole.User, Text)]
        public partial record X(string Name, int Count)
        {
            private const string Text = "Bye {{|AIG8001:Nmae|}}";
        }
        """",
        """"
        using AiGuardrails;

        [Prompt("p")]
        [Block(BlockRole.System, @"Say ""hi"" in {Count} words.")]
        [Block(BlockRole.User, "\t\"\u0041\" {Name}\n" + ("and " + @"{Name}") + """ {Name} """)]
        [Block(BlockRole.User, Text)]
        public partial record X(string Name, int Count)
        {
            private const string Text = "Bye {Name}";
        }
        """");

    [Fact]
    public Task An_input_is_added_to_a_record_without_a_body() => InputsVerify.VerifyCodeFixAsync(
        """"
        using AiGuardrails;

        public static partial class All
        {
            [Prompt("p")]
            [Block(BlockRole.User, """
                Dear {{|AIG8001:Customer|}}, {Count}
                """)]
            public partial record X(int Count);
        }
        """",
        """"
        using AiGuardrails;

        public static partial class All
        {
            [Prompt("p")]
            [Block(BlockRole.User, """
                Dear {Customer}, {Count}
                """)]
            public partial record X(int Count)
            {
                public required string Customer { get; init; }
            }
        }
        """");

    [Fact]
    public Task Lines_of_a_raw_literal_move_to_the_next_turn_of_the_user() => OpenVerify.VerifyCodeFixAsync(
        """"
        using AiGuardrails;

        [Prompt("p")]
        [Block(BlockRole.System, """
            You help.
            The customer is {{|AIG8003:Name|}}.

            Be brief.
              Notes: {{|AIG8003:Notes|}} of {{|AIG8003:Name|}}
            """)]
        [Block(BlockRole.User, """
              Hello.

              {Name}
              """)]
        [Block(BlockRole.Assistant, "Well.\nYou say {{|AIG8003:Name|}}")]
        [Block(BlockRole.User, "I say \"no\"")]
        public partial record X(string Name, string[] Notes);
        """",
        """"
        using AiGuardrails;

        [Prompt("p")]
        [Block(BlockRole.System, """
            You help.

            Be brief.
            """)]
        [Block(BlockRole.User, """
              Hello.

              {Name}
              The customer is {Name}.
                Notes: {Notes} of {Name}
              """)]
        [Block(BlockRole.Assistant, "Well.")]
        [Block(BlockRole.User, "I say \"no\"\nYou say {Name}")]
        public partial record X(string Name, string[] Notes);
        """");

    [Fact]
    public Task Lines_of_verbatim_and_added_literals_move() => OpenVerify.VerifyCodeFixAsync(
        """"
        using AiGuardrails;

        [Prompt("p")]
        [Block(BlockRole.System, @"Say ""you"".
        To ""{{|AIG8003:Name|}}"".
        Be brief.")]
        [Block(BlockRole.Developer, "One.\n" + "The \"name\" {{|AIG8003:Name|}}.\n" + "Two." + "\n{{|AIG8003:Name|}}")]
        [Block(BlockRole.User, "Hello." + @" ""Hi""")]
        public partial record X(string Name);
        """",
        """"
        using AiGuardrails;

        [Prompt("p")]
        [Block(BlockRole.System, @"Say ""you"".
        Be brief.")]
        [Block(BlockRole.Developer, "One.\n" + "Two.")]
        [Block(BlockRole.User, "Hello." + @" ""Hi""
        To ""{Name}"".
        The ""name"" {Name}.
        {Name}")]
        public partial record X(string Name);
        """");

    [Fact]
    public Task Without_a_block_that_can_take_them_lines_get_one_of_their_own() => OpenVerify.VerifyCodeFixAsync(
        """"
        using AiGuardrails;

        namespace One
        {
            [Prompt("p")]
            [Block(AiGuardrails.BlockRole.System, Text)]
            public partial record X(string Name)
            {
                private const string Text = "You help.\nFor {{|AIG8003:Name|}}";
            }
        }

        namespace Two
        {
            [Prompt("q"), Block(BlockRole.System, "You help.\nFor {{|AIG8003:Name|}}")] [Block(BlockRole.User, """Hello {Name}""")] public partial record Y(string Name);
        }
        """",
        """"
        using AiGuardrails;

        namespace One
        {
            [Prompt("p")]
            [Block(AiGuardrails.BlockRole.System, Text)]
            [Block(AiGuardrails.BlockRole.User, "For {Name}")]
            public partial record X(string Name)
            {
                private const string Text = "You help.";
            }
        }

        namespace Two
        {
            [Prompt("q"), Block(BlockRole.System, "You help.")] [Block(BlockRole.User, "For {Name}")] [Block(BlockRole.User, """Hello {Name}""")] public partial record Y(string Name);
        }
        """");

    [Fact]
    public Task The_user_says_the_whole_block_where_that_is_chosen() => OpenVerify.VerifyCodeFixAsync(
        """
        using AiGuardrails;

        [Prompt("p")]
        [Block(BlockRole.System, "You help.\nFor {{|AIG8003:Name|}}")]
        public partial record X(string Name);
        """,
        """
        using AiGuardrails;

        [Prompt("p")]
        [Block(BlockRole.User, "You help.\nFor {Name}")]
        public partial record X(string Name);
        """,
        static test => test.CodeActionEquivalenceKey = "AIG8003.User");

    [Fact]
    public Task A_text_from_elsewhere_and_a_role_that_is_computed_stay() => OpenVerify.VerifyNoCodeFixAsync(
        """
        using AiGuardrails;

        [Prompt("p")]
        [Block((BlockRole)0, {|AIG8003:Texts.Hello|})]
        public partial record X(string Name);

        public static class Texts { public const string Hello = "You help.\nFor {Name}"; }
        """);

    [Fact]
    public Task Hidden_characters_of_a_block_are_removed() => HiddenVerify.VerifyCodeFixAsync(
        """"
        using AiGuardrails;

        [Prompt("p")]
        [Block(BlockRole.System, "Be{|AIG8004:\u200B|} kind." + @" Be{|AIG8004:<H>|} brief.")]
        [Block(BlockRole.User, """
            Hello{|AIG8004:<H>|} {Name}
            """)]
        public partial record X(string Name);
        """".Replace("<H>", "\u202E", StringComparison.Ordinal),
        """"
        using AiGuardrails;

        [Prompt("p")]
        [Block(BlockRole.System, "Be kind." + @" Be brief.")]
        [Block(BlockRole.User, """
            Hello {Name}
            """)]
        public partial record X(string Name);
        """");
}
