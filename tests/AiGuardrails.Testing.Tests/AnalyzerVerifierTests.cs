using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Verify = AiGuardrails.Testing.CSharpAnalyzerVerifier<AiGuardrails.Testing.Tests.Samples.BadCallAnalyzer>;

namespace AiGuardrails.Testing.Tests;

/// <summary>What a right test of a right analyzer looks like, and that each wrong test of it fails.</summary>
public sealed class AnalyzerVerifierTests
{
    private const string TwoCalls =
        """
        class C
        {
            void M() { {|KIT0001:Bad|}(); [|Bad|](); }
            void Bad() { }
        }
        """;

    [Fact]
    public Task Marked_diagnostics_are_found() => Verify.VerifyAnalyzerAsync(TwoCalls);

    [Fact]
    public Task Details_are_checked_at_a_markup_key() => Verify.VerifyAnalyzerAsync(
        "class C { void Bad() => {|#0:Bad|}(); void M() { {|#1:Bad|}(); } }",
        Verify.Diagnostic("KIT0001").WithLocation(0).WithArguments("Bad", "Good").WithSeverity(DiagnosticSeverity.Warning),
        Verify.Diagnostic("KIT0001").WithLocation(1).WithMessage("'Bad' is bad; call 'Good'"));

    [Fact]
    public Task The_first_character_of_a_file_can_be_marked() => Verify.VerifyAnalyzerAsync(
        "{|KIT0001:Bad|}(); static void Bad() { }",
        test => test.OutputKind = OutputKind.ConsoleApplication);

    [Fact]
    public Task Nested_markup_expects_both() => Verify.VerifyAnalyzerAsync(
        "class C { void M() => {|CS0103:{|KIT0001:Bad|}|}(); }");

    [Theory]
    [InlineData("using OpenAI.Chat; class C { object M(ChatCompletion c) => c.FinishReason; }")]
    [InlineData("class C { object M(OpenAI.FineTuning.FineTuningClient c, System.ClientModel.ApiKeyCredential k) => c; }")]
    [InlineData("class C { object M(Anthropic.AnthropicClient c) => c; }")]
    [InlineData("class C { object M(Microsoft.Extensions.AI.IChatClient c) => c; }")]
    [InlineData("[AiGuardrails.CostBudget(MaxUsd = 1)] class C { }")]
    public Task Real_packages_are_referenced(string source) => Verify.VerifyAnalyzerAsync(source);

    [Theory]
    [InlineData("class C { {|CS0246:OpenAIClient|}? F; }", ReferenceSets.Platform)]
    [InlineData("class C { {|CS0246:Anthropic|}.AnthropicClient? F; OpenAI.OpenAIClient? G; }", ReferenceSets.Platform | ReferenceSets.OpenAI)]
    public Task Packages_can_be_left_out(string source, ReferenceSets references) => Verify.VerifyAnalyzerAsync(source, test => test.References = references);

    [Fact]
    public Task The_process_that_runs_is_not_referenced() => Verify.VerifyAnalyzerAsync("class C { {|CS0246:Xunit|}.Assert? F; {|CS0246:AnalyzerTest|}? G; }");

    [Fact]
    public Task Language_version_is_settable() => Verify.VerifyAnalyzerAsync(
        "{|CS8773:namespace|} N; class C { }", test => test.LanguageVersion = LanguageVersion.CSharp9);

    [Fact]
    public Task Severities_of_editorconfig_hold_in_their_section() => Verify.VerifyAnalyzerAsync(
        "class C { void Bad() => {|#0:Bad|}(); }",
        test =>
        {
            test.EditorConfig = "root = true\n[*.cs]\ndotnet_diagnostic.KIT0001.severity = error\n[Silent.cs]\ndotnet_diagnostic.KIT0001.severity = none\n";
            test.Sources.Add("Silent.cs", "class D { void Bad() => Bad(); }");
        },
        Verify.Diagnostic("KIT0001").WithLocation(0).WithSeverity(DiagnosticSeverity.Error));

    [Fact]
    public Task Errors_in_the_source_fail() => KitAssert.FailsAsync("error CS0103", () => Verify.VerifyAnalyzerAsync("class C { void M() => Missing(); }"));

    [Fact]
    public Task An_expected_error_that_is_not_there_fails() => KitAssert.FailsAsync("CS0103", () => Verify.VerifyAnalyzerAsync("class C { void M() => {|CS0103:M|}(); }"));

    [Fact]
    public Task A_diagnostic_that_is_not_expected_fails() => KitAssert.FailsAsync(
        "unexpected: Test0.cs(1,25)-(1,28): warning KIT0001: 'Bad' is bad; call 'Good'", () => Verify.VerifyAnalyzerAsync("class C { void Bad() => Bad(); }"));

    [Fact]
    public Task An_expected_diagnostic_that_is_missing_fails() => KitAssert.FailsAsync(
        "missing: Test0.cs(1,25)-(1,28): KIT0001", () => Verify.VerifyAnalyzerAsync("class C { void Fad() => [|Fad|](); }"));

    [Fact]
    public async Task The_source_line_is_shown_and_underlined()
    {
        var exception = await Assert.ThrowsAnyAsync<Xunit.Sdk.XunitException>(() => Verify.VerifyAnalyzerAsync("class C { void Bad() => Bad(); }"));
        Assert.Contains(
            """
                class C { void Bad() => Bad(); }
                                        ~~~
            """.ReplaceLineEndings(), exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("class C { void Bad() => [|Bad();|] }")]
    [InlineData("class C { void Bad() =>[| Bad|](); }")]
    [InlineData("class C { void Bad() => [|Bad(|]); }")]
    [InlineData("class C { void Bad() => [|Ba|]d(); }")]
    public Task An_inexact_span_fails(string source) => KitAssert.FailsAsync("1 are missing; 1 are unexpected", () => Verify.VerifyAnalyzerAsync(source));

    [Fact]
    public Task Two_expected_and_one_found_fails() => KitAssert.FailsAsync("1 are missing", () => Verify.VerifyAnalyzerAsync("class C { void Bad() => [|[|Bad|]|](); }"));

    [Theory]
    [InlineData("class C { [|void M() { } }", "Test0.cs(1,11): markup is opened and never closed")]
    [InlineData("class C { void M() { } |] }", "nothing opened")]
    [InlineData("class C { {|KIT0001:void M() { } |] }", "opened otherwise")]
    [InlineData("class C { {|void M() { } |} }", "without a name")]
    [InlineData("class C { {|#0:void|} M() { } }", "Nothing is expected at markup key #0")]
    [InlineData("class C { {|#0:void|} {|#0:M|}() { } }", "used twice")]
    public Task Markup_that_does_not_pair_up_fails(string source, string because) => KitAssert.FailsAsync(because, () => Verify.VerifyAnalyzerAsync(source));

    [Fact]
    public Task An_expectation_without_a_place_fails() =>
        KitAssert.FailsAsync("without saying where", () => Verify.VerifyAnalyzerAsync("class C { }", Verify.Diagnostic("KIT0001")));

    [Fact]
    public Task An_expectation_at_a_key_that_is_not_there_fails() =>
        KitAssert.FailsAsync("which no file has", () => Verify.VerifyAnalyzerAsync("class C { }", Verify.Diagnostic("KIT0001").WithLocation(0)));

    [Fact]
    public Task An_id_that_the_analyzer_does_not_know_fails() =>
        KitAssert.FailsAsync("does not know KIT0009", () => Verify.VerifyAnalyzerAsync("class C { }", Verify.Diagnostic("KIT0009").WithLocation(0)));

    [Theory]
    [InlineData("Bad", "Better")]
    [InlineData("Bad", "Good", "Best")]
    [InlineData("Good", "Bad")]
    public Task Wrong_arguments_fail(params string[] arguments) => KitAssert.FailsAsync(
        $"KIT0001, arguments ({string.Join(", ", arguments)})",
        () => Verify.VerifyAnalyzerAsync("class C { void Bad() => {|#0:Bad|}(); }", Verify.Diagnostic("KIT0001").WithLocation(0).WithArguments([.. arguments])));

    [Fact]
    public Task A_wrong_severity_fails() => KitAssert.FailsAsync(
        "severity Error",
        () => Verify.VerifyAnalyzerAsync("class C { void Bad() => {|#0:Bad|}(); }", Verify.Diagnostic("KIT0001").WithLocation(0).WithSeverity(DiagnosticSeverity.Error)));

    [Fact]
    public Task A_wrong_message_fails() => KitAssert.FailsAsync(
        "message \"Bad\"",
        () => Verify.VerifyAnalyzerAsync("class C { void Bad() => {|#0:Bad|}(); }", Verify.Diagnostic("KIT0001").WithLocation(0).WithMessage("Bad")));
}
