using AiGuardrails.Analyzers.Rules.Prompts;
using AiGuardrails.CodeFixes.Rules.Prompts;
using AiGuardrails.Testing;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Diagnostics;

namespace AiGuardrails.Analyzers.Tests.Rules.Prompts;

/// <summary>The fixes of prompts where the text stands in a prompt file.</summary>
public sealed class PromptFileCodeFixTests
{
    private const string Source = """
        using AiGuardrails;

        namespace Texts;

        public static partial class All
        {
            [Prompt("hello", File = "hello.prompt.md")]
            public partial record Hello(string Name, int Count);
        }
        """;

    [Fact]
    public void An_editor_asks_the_fixes_about_other_files_than_code() => Assert.All(
        [typeof(PromptInputsDisagreeCodeFix), typeof(OpenInputInTrustedBlockCodeFix), typeof(HiddenUnicodeCodeFix)],
        static type => Assert.Contains("AdditionalDocument", type.GetCustomAttributes(inherit: false).OfType<ExportCodeFixProviderAttribute>().Single().DocumentKinds));

    [Fact]
    public Task A_placeholder_gets_the_nearest_name() => VerifyAsync(
        new PromptInputsDisagreeAnalyzer(),
        new PromptInputsDisagreeCodeFix(),
        "---\r\nid: hello\r\n---\r\n# system\r\n{{|AIG8001:count|}} words\r\n# user\r\n{{|AIG8001:Nmae|}} {{|AIG8001:Nmae|}}",
        "---\r\nid: hello\r\n---\r\n# system\r\n{Count} words\r\n# user\r\n{Name} {Name}");

    [Fact]
    public Task An_input_is_added_to_the_prompt() => VerifyAsync(
        new PromptInputsDisagreeAnalyzer(),
        new PromptInputsDisagreeCodeFix(),
        "# user\n{{|AIG8001:Customer|}} {Name} {Count}",
        "# user\n{Customer} {Name} {Count}",
        Source.Replace("int Count);", "int Count)\n    {\n        public required string Customer { get; init; }\n    }", StringComparison.Ordinal));

    [Fact]
    public Task Nothing_is_added_to_instructions() => VerifyAsync(
        new PromptInputsDisagreeAnalyzer(),
        new PromptInputsDisagreeCodeFix(),
        "# system\n{{|AIG8001:Customer|}} {Count}\n# user\n{Name}",
        null);

    [Theory]
    [InlineData(
        "# system\nYou help.\nThe customer is {{|AIG8003:Name|}}.\nBe brief.\n\n# user\n\nHi {Count}\n",
        "# system\nYou help.\nBe brief.\n\n# user\n\nHi {Count}\nThe customer is {Name}.\n")]
    [InlineData(
        "# user\r\nHi {Count}\r\n\r\n# system\r\n\r\nYou help.\r\n\r\n{{|AIG8003:Name|}} {{|AIG8003:Name|}}\r\nand {{|AIG8003:Name|}}",
        "# user\r\nHi {Count}\r\n{Name} {Name}\r\nand {Name}\r\n\r\n# system\r\n\r\nYou help.\r\n")]
    [InlineData(
        "# developer\nYou help {Count}.\nThe customer is {{|AIG8003:Name|}}.\n",
        "# developer\nYou help {Count}.\n\n# user\n\nThe customer is {Name}.\n")]
    [InlineData(
        "# system\n{{|AIG8003:Name|}}\n\n# user\nHi {Count}",
        "# user\n{Name}\n\n# user\nHi {Count}")]
    [InlineData(
        "# system\nYou help.\n\n# user\n\n# system\n\nKind {{|AIG8003:Name|}}\nBe {Count}.",
        "# system\nYou help.\n\n# user\nKind {Name}\n\n# system\n\nBe {Count}.")]
    public Task Lines_with_open_text_move_to_the_user(string text, string expected) =>
        VerifyAsync(new OpenInputInTrustedBlockAnalyzer(), new OpenInputInTrustedBlockCodeFix(), text, expected);

    [Fact]
    public Task The_user_says_the_whole_block() => VerifyAsync(
        new OpenInputInTrustedBlockAnalyzer(),
        new OpenInputInTrustedBlockCodeFix(),
        "# System #\nYou help.\n{{|AIG8003:Name|}} {Count}",
        "# user\nYou help.\n{Name} {Count}",
        configure: static test => test.CodeActionEquivalenceKey = "AIG8003.User");

    [Fact]
    public Task Where_a_heading_is_wrong_nothing_moves() => VerifyAsync(
        new OpenInputInTrustedBlockAnalyzer(),
        new OpenInputInTrustedBlockCodeFix(),
        "# system\nYou help.\n{{|AIG8003:Name|}} {Count}\n# usre\nHi",
        null);

    [Fact]
    public Task Hidden_characters_are_removed() => VerifyAsync(
        new HiddenUnicodeAnalyzer(),
        new HiddenUnicodeCodeFix(),
        "---\nid: hello\n---\n# system\nB{|AIG8004:\u202E|}e kind{|AIG8004:\U000E0049\U000E0067|}.\n\n# user\nمی‌خواهم 👩‍💻 {Name}{|AIG8004:\u200B|} {Count}{|AIG8004:\u2060|}",
        "---\nid: hello\n---\n# system\nBe kind.\n\n# user\nمی‌خواهم 👩‍💻 {Name} {Count}");

    [Fact]
    public Task Braces_do_not_come_together() => VerifyAsync(
        new HiddenUnicodeAnalyzer(),
        new HiddenUnicodeCodeFix(),
        "# user\n{Name} {Count} {{|AIG8004:\u200B|}{ x }{|AIG8004:\u200B|}}",
        null);

    private static Task VerifyAsync(DiagnosticAnalyzer analyzer, CodeFixProvider fix, string text, string? expected, string? source = null, Action<Test>? configure = null)
    {
        var test = new Test(analyzer, fix) { FixesAdditionalFiles = true, OffersNoFix = expected is null };
        test.Sources.Add(Source);
        test.AdditionalFiles.Add("hello.prompt.md", text);
        test.FixedSources.Add(source ?? Source);
        test.FixedAdditionalFiles.Add("hello.prompt.md", expected ?? "");
        configure?.Invoke(test);
        return test.RunAsync();
    }

    private sealed class Test(DiagnosticAnalyzer analyzer, CodeFixProvider fix) : CodeFixTest(analyzer, fix);
}
