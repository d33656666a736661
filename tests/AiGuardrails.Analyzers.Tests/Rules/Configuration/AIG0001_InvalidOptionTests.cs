using Verify = AiGuardrails.Testing.CSharpAnalyzerVerifier<AiGuardrails.Analyzers.Rules.Configuration.InvalidOptionAnalyzer>;

namespace AiGuardrails.Analyzers.Tests.Rules.Configuration;

public sealed class AIG0001_InvalidOptionTests
{
    private const string Source = "class C { OpenAI.Chat.ChatClient M(string key) => new(\"gpt-4o\", key); }";

    [Fact]
    public Task Value_that_cannot_be_read_is_reported_once() => Verify.VerifyAnalyzerAsync(
        Source,
        test =>
        {
            test.Sources.Add("class Another { }");
            test.EditorConfig = "[*.cs]\naiguardrails.include_tests = sometimes\naiguardrails.AIG2008.include_tests = 1\n";
            test.SilentInGeneratedCode = false; // options are no code
            test.SilentUnderPragma = false;
        },
        Verify.Diagnostic("AIG0001").WithNoLocation().WithArguments("sometimes", "aiguardrails.include_tests", "true or false", "false"),
        Verify.Diagnostic("AIG0001").WithNoLocation().WithArguments("1", "aiguardrails.AIG2008.include_tests", "true or false", "false"));

    [Fact]
    public Task Value_for_training_data_is_read_without_ai_too() => Verify.VerifyAnalyzerAsync(
        "class C { }",
        test =>
        {
            test.AdditionalFiles.Add("train.jsonl", "{}");
            test.EditorConfig = "[*.jsonl]\nbuild_metadata.AdditionalFiles.AiTrainingTarget = openai-chat\naiguardrails.max_file_mb = 8 MB\n";
            test.SilentInGeneratedCode = false; // options are no code
            test.SilentUnderPragma = false;
            test.SilentWithoutSdk = false;
            test.References = AiGuardrails.Testing.ReferenceSets.Platform;
        },
        Verify.Diagnostic("AIG0001").WithNoLocation().WithArguments("8 MB", "aiguardrails.max_file_mb", "a whole number from 1 to 64", "8"));

    [Theory]
    [InlineData("")]
    [InlineData("[*.cs]\naiguardrails.include_tests = TRUE\n")]
    [InlineData("[*.cs]\naiguardrails.AIG2008.include_tests = false\naiguardrails.allowed_model_ids =\n")]
    [InlineData("[*.cs]\naiguardrails.unknown_option = 1\nsomebody_elses.include_tests = sometimes\n")]
    [InlineData("[*.vb]\naiguardrails.include_tests = sometimes\n")]
    public Task Anything_else_is_not_reported(string editorConfig) => Verify.VerifyAnalyzerAsync(
        Source,
        test => test.EditorConfig = editorConfig);

    [Fact]
    public Task Project_without_ai_is_not_looked_at() => Verify.VerifyAnalyzerAsync(
        "class C { }",
        test =>
        {
            test.EditorConfig = "[*.cs]\naiguardrails.include_tests = sometimes\n";
            test.References = AiGuardrails.Testing.ReferenceSets.Platform;
        });
}
