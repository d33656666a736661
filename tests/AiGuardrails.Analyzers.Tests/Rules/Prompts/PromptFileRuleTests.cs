using AiGuardrails.Analyzers.Rules.Prompts;
using AiGuardrails.Testing;
using Microsoft.CodeAnalysis.Diagnostics;

namespace AiGuardrails.Analyzers.Tests.Rules.Prompts;

/// <summary>What the rules say of prompt files, and where.</summary>
public sealed class PromptFileRuleTests
{
    private const string Source = """
        using AiGuardrails;

        [Prompt("hello", File = "hello.prompt.md")]
        public partial class Hello { public string Name => ""; }
        """;

    [Theory]
    [InlineData("# user\nHello {Name}")]
    [InlineData("---\nid: hello\nversion: 1\n---\n# user\nHello {Name}")]
    public Task A_sound_file_is_left_alone(string text) => VerifyAsync(new InvalidPromptAnalyzer(), text, new PromptInputsDisagreeAnalyzer(), new UnusedPromptPartAnalyzer(), new OpenInputInTrustedBlockAnalyzer());

    [Theory]
    [InlineData("{|AIG8008:# usre|}\nHello {Name}")]
    [InlineData("# user\nHello {|AIG8008:{Name|} you")]
    [InlineData("---\n{|AIG8008:- id|}\n---\n# user\nHello {Name}")]
    [InlineData("---\nid: {|AIG8008:other|}\n---\n# user\nHello {Name}")]
    [InlineData("---\nversion: {|AIG8008:x|}\n---\n# user\nHello {Name}")]
    [InlineData("# user\r\n{|AIG8008:\0|}H\0i\0")]
    public Task A_mistake_is_reported_in_the_file(string text) => VerifyAsync(new InvalidPromptAnalyzer(), text);

    [Fact]
    public Task An_unknown_placeholder_is_reported_in_the_file() => VerifyAsync(new PromptInputsDisagreeAnalyzer(), "# user\r\n\r\nHello {{|AIG8001:Nmae|}}{Name}");

    [Fact]
    public Task Open_text_is_reported_in_the_file() => VerifyAsync(new OpenInputInTrustedBlockAnalyzer(), "# system\nHello {{|AIG8003:Name|}}");

    [Fact]
    public Task An_empty_block_is_reported_in_the_file() => VerifyAsync(new UnusedPromptPartAnalyzer(), "{|AIG8002:# system|}\n\n# user\nHello {Name}");

    [Fact]
    public Task A_file_of_no_prompt_is_checked_too() => VerifyAsync(
        new InvalidPromptAnalyzer(),
        "# user\nHello {Name}",
        test => test.AdditionalFiles.Add("other.prompt.md", "# user\n{|AIG8008:}|} alone"));

    [Fact]
    public Task A_file_of_another_name_is_none() => VerifyAsync(
        new InvalidPromptAnalyzer(),
        "# user\nHello {Name}",
        test => test.AdditionalFiles.Add("README.md", "# Title\n{"));

    private static Task VerifyAsync(DiagnosticAnalyzer analyzer, string text, params DiagnosticAnalyzer[] others) =>
        VerifyAsync(analyzer, text, test => Array.ForEach(others, test.AdditionalAnalyzers.Add));

    private static Task VerifyAsync(DiagnosticAnalyzer analyzer, string text, Action<Test> configure)
    {
        var test = new Test(analyzer);
        test.Sources.Add(Source);
        test.AdditionalFiles.Add("hello.prompt.md", text);
        configure(test);
        return test.RunAsync();
    }

    private sealed class Test(DiagnosticAnalyzer analyzer) : AnalyzerTest(analyzer);
}
