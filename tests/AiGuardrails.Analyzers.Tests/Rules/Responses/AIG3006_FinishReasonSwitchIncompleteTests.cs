using Verify = AiGuardrails.Testing.CSharpAnalyzerVerifier<AiGuardrails.Analyzers.Rules.Responses.FinishReasonSwitchIncompleteAnalyzer>;

namespace AiGuardrails.Analyzers.Tests.Rules.Responses;

public sealed class AIG3006_FinishReasonSwitchIncompleteTests
{
    [Theory]
    [InlineData("switch ({|AIG3006:completion.FinishReason|}) { case ChatFinishReason.Stop: return 1; case ChatFinishReason.ToolCalls: return 2; }")]
    [InlineData("switch ({|AIG3006:completion.FinishReason|}) { case ChatFinishReason.Stop: return 1; default: break; }")]
    [InlineData("switch ({|AIG3006:completion.FinishReason|}) { case ChatFinishReason.Stop: return 1; default: return completion.Content[0].Text; }")]
    [InlineData("switch ({|AIG3006:completion.FinishReason|}) { case ChatFinishReason.Stop: return 1; case ChatFinishReason.Length: return 2; default: return null; }")]
    [InlineData("foreach (var part in completion.Content) { switch ({|AIG3006:completion.FinishReason|}) { case ChatFinishReason.Stop: break; default: continue; } }")]
    [InlineData("return {|AIG3006:completion.FinishReason|} switch { ChatFinishReason.Stop => completion.Content[0].Text, _ => \"\" };")]
    [InlineData("return {|AIG3006:completion.FinishReason|} switch { ChatFinishReason.Stop => 1, ChatFinishReason.ContentFilter => 2, _ => 0 };")]
    [InlineData("ChatFinishReason? reason = completion.FinishReason; switch ({|AIG3006:reason|}) { case ChatFinishReason.Stop: return 1; case null: return 2; }")]
    [InlineData("switch ({|AIG3006:completion.FinishReason.ToString()|}) { case \"Stop\": return 1; default: return null; }")]
    public Task Switch_that_passes_over_a_reason_is_reported(string statements) => Verify.VerifyAnalyzerAsync(ResponseSource.Chat(statements));

    [Theory]
    [InlineData("switch (completion.FinishReason) { case ChatFinishReason.Stop: return 1; case ChatFinishReason.Length: case ChatFinishReason.ContentFilter: return 2; default: return null; }")]
    [InlineData("switch (completion.FinishReason) { case ChatFinishReason.Stop: return 1; default: throw new InvalidOperationException(); }")]
    [InlineData("switch (completion.FinishReason) { case ChatFinishReason.Stop: return 1; default: logger.LogInformation(\"{Reason}\", completion.FinishReason); return null; }")]
    [InlineData("switch (completion.FinishReason) { case ChatFinishReason.Stop: return 1; default: Unknown.Take(completion); break; }")]
    [InlineData("switch (completion.FinishReason) { case ChatFinishReason.Stop: return 1; } throw new InvalidOperationException();")]
    [InlineData("return completion.FinishReason switch { ChatFinishReason.Stop => 1, _ => throw new InvalidOperationException() };")]
    [InlineData("return completion.FinishReason switch { ChatFinishReason.Stop => 1, ChatFinishReason.Length or ChatFinishReason.ContentFilter => 2, _ => 0 };")]
    [InlineData("return completion.FinishReason switch { ChatFinishReason.Stop => 1, not (ChatFinishReason.Length or ChatFinishReason.ContentFilter) => 2, _ => 0 };")]
    [InlineData("if (completion.FinishReason is ChatFinishReason.Length or ChatFinishReason.ContentFilter) { return null; } switch (completion.FinishReason) { case ChatFinishReason.Stop: return 1; default: return null; }")]
    [InlineData("switch (completion.Role) { case ChatMessageRole.Assistant: return 1; default: return null; }")]
    [InlineData("switch (completion.Content.Count) { case 1: return 1; default: return null; }")]
    [InlineData("switch (completion.FinishReason.ToString()) { case \"Stop\": return 1; case \"Length\": case \"ContentFilter\": return 2; }")]
    public Task Switch_with_all_arms_or_a_loud_default_is_not_reported(string statements) => Verify.VerifyAnalyzerAsync(ResponseSource.Chat(statements));

    [Theory]
    [InlineData("switch ({|AIG3006:message.StopReason?.Value()|}) { case StopReason.EndTurn: return 1; case StopReason.ToolUse: return 2; default: return null; }")]
    [InlineData("return {|AIG3006:message.StopReason!.Value()|} switch { StopReason.EndTurn => 1, StopReason.MaxTokens => 2, _ => 0 };")]
    [InlineData("switch ({|AIG3006:message.StopReason?.Raw()|}) { case \"end_turn\": return 1; default: return null; }")]
    public Task Stop_reason_is_reported(string statements) => Verify.VerifyAnalyzerAsync(ResponseSource.Claude(statements));

    [Theory]
    [InlineData("switch (message.StopReason?.Value()) { case StopReason.EndTurn: return 1; case StopReason.MaxTokens: case StopReason.Refusal: return 2; default: return null; }")]
    [InlineData("switch (message.StopReason?.Raw()) { case \"end_turn\": return 1; case \"max_tokens\": return 2; case \"refusal\": return 3; default: return null; }")]
    public Task Stop_reason_with_all_arms_is_not_reported(string statements) => Verify.VerifyAnalyzerAsync(ResponseSource.Claude(statements));

    [Theory]
    [InlineData("switch ({|AIG3006:response.FinishReason|}) { case var reason when reason == ChatFinishReason.Stop: return 1; default: return null; }")]
    [InlineData("switch ({|AIG3006:response.FinishReason?.Value|}) { case \"stop\": return 1; case \"length\": return 2; }")]
    public Task Reason_of_an_abstraction_is_reported(string statements) => Verify.VerifyAnalyzerAsync(ResponseSource.Extensions(statements));

    [Theory]
    [InlineData("switch (response.FinishReason) { case var reason when reason == ChatFinishReason.Length || reason == ChatFinishReason.ContentFilter: return 1; default: return null; }")]
    [InlineData("switch (response.FinishReason?.Value) { case \"stop\": return 1; case \"length\": case \"content_filter\": return 2; }")]
    public Task Reason_of_an_abstraction_with_all_arms_is_not_reported(string statements) => Verify.VerifyAnalyzerAsync(ResponseSource.Extensions(statements));

    [Fact]
    public Task Message_names_what_is_missing() => Verify.VerifyAnalyzerAsync(
        ResponseSource.Chat("switch ({|#0:completion.FinishReason|}) { case ChatFinishReason.Stop: return 1; default: return null; }"),
        Verify.Diagnostic("AIG3006").WithLocation(0).WithArguments("completion.FinishReason", "ChatFinishReason.Length and ChatFinishReason.ContentFilter"));
}
