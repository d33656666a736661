using Verify = AiGuardrails.Testing.CSharpCodeFixVerifier<
    AiGuardrails.Analyzers.Rules.Injection.RoleFromDataAnalyzer,
    AiGuardrails.CodeFixes.Rules.Injection.RoleFromDataCodeFix>;

namespace AiGuardrails.Analyzers.Tests.Rules.Injection;

public sealed class AIG7004_RoleFromDataTests
{
    private const string Types =
        """

        namespace Microsoft.AspNetCore.Mvc { public abstract class ControllerBase { } }
        public enum Speaker { User, Assistant, System }
        public record Said(string Role, string Text, Speaker Speaker);
        public record Ask(List<Said> History, List<ChatMessage> Messages, ChatRole ChatRole, string Role, string Text, Speaker Speaker);
        """;

    [Theory]
    [InlineData("history.Add(new ChatMessage({|AIG7004:new ChatRole(ask.Role)|}, ask.Text));")]
    [InlineData("history.Add(new({|AIG7004:new(ask.Role)|}, ask.Text));")]
    [InlineData("foreach (var said in ask.History) { history.Add(new ChatMessage({|AIG7004:new ChatRole(said.Role)|}, said.Text)); }")]
    [InlineData("history.AddRange(ask.History.Select(said => new ChatMessage({|AIG7004:new ChatRole(said.Role)|}, said.Text)));")]
    [InlineData("history.AddRange(from said in ask.History select new ChatMessage({|AIG7004:new ChatRole(said.Role.ToLowerInvariant())|}, said.Text));")]
    [InlineData("var role = new ChatRole(ask.Role == \"bot\" ? \"assistant\" : ask.Role); history.Add(new ChatMessage(role, ask.Text));", "new ChatRole(ask.Role == \"bot\" ? \"assistant\" : ask.Role)")]
    [InlineData("history.Add(new ChatMessage({|AIG7004:ask.ChatRole|}, ask.Text));")]
    [InlineData("foreach (var message in ask.Messages) { history.Add(new ChatMessage({|AIG7004:message.Role|}, message.Text)); }")]
    [InlineData("var role = ask.Role switch { \"system\" => {|AIG7004:ChatRole.System|}, \"assistant\" => ChatRole.Assistant, _ => ChatRole.User };")]
    [InlineData("var role = ask.Role.ToLower() switch { \"user\" => ChatRole.User, \"assistant\" => ChatRole.Assistant, _ => {|AIG7004:ChatRole.System|} };")]
    [InlineData("var role = ask.Speaker switch { Speaker.System => {|AIG7004:ChatRole.System|}, Speaker.Assistant => ChatRole.Assistant, _ => ChatRole.User };")]
    [InlineData("var role = ask.Role == \"system\" ? {|AIG7004:ChatRole.System|} : ChatRole.User;")]
    [InlineData("var role = ask.Role == \"user\" ? ChatRole.User : {|AIG7004:ChatRole.System|};")]
    [InlineData("var role = ask.Role != \"user\" ? {|AIG7004:ChatRole.System|} : ChatRole.User;")]
    [InlineData("OpenAI.Chat.ChatMessage m = ask.Role == \"system\" ? {|AIG7004:new OpenAI.Chat.SystemChatMessage(\"x\")|} : new OpenAI.Chat.UserChatMessage(ask.Text);")]
    [InlineData("await client.GetResponseAsync({|AIG7004:ask.Messages|});")]
    [InlineData("await client.GetResponseAsync({|AIG7004:ask.Messages.TakeLast(20).ToList()|});")]
    [InlineData("history.AddRange({|AIG7004:ask.Messages|}); await client.GetResponseAsync(history);")]
    [InlineData("var sent = ask.Messages; await client.GetResponseAsync({|AIG7004:sent|});")]
    [InlineData("await client.GetResponseAsync({|AIG7004:System.Text.Json.JsonSerializer.Deserialize<List<ChatMessage>>(ask.Text)|}!);")]
    public Task Role_that_was_sent_is_reported(string statements, string? marked = null) =>
        Verify.VerifyAnalyzerAsync(Action(marked is null ? statements : statements.Replace(marked, "{|AIG7004:" + marked + "|}", StringComparison.Ordinal)), static test => test.SilentWithoutSdk = false);

    [Theory]
    [InlineData("history.Add(new ChatMessage(ChatRole.User, ask.Text));")]
    [InlineData("history.Add(new ChatMessage(new ChatRole(\"tool\"), ask.Text));")]
    [InlineData("var role = ask.Role switch { \"user\" => ChatRole.User, \"assistant\" => ChatRole.Assistant, _ => throw new InvalidOperationException() };")]
    [InlineData("var role = ask.Role == \"assistant\" ? ChatRole.Assistant : ChatRole.User;")]
    [InlineData("var role = ask.Speaker switch { Speaker.Assistant => ChatRole.Assistant, _ => ChatRole.User };")]
    [InlineData("if (ask.Role is \"user\" or \"assistant\") { history.Add(new ChatMessage(new ChatRole(ask.Role), ask.Text)); }")]
    [InlineData("if (!s_roles.Contains(ask.Role)) { return null; } history.Add(new ChatMessage(new ChatRole(ask.Role), ask.Text));")]
    [InlineData("var role = loaded.Role switch { \"system\" => ChatRole.System, _ => ChatRole.User };")]
    [InlineData("history.Add(new ChatMessage(new ChatRole(loaded.Role), loaded.Text));")]
    [InlineData("history.AddRange(ask.Messages.Where(message => message.Role != ChatRole.System)); await client.GetResponseAsync(history);")]
    [InlineData("await client.GetResponseAsync(ask.Messages.Select(message => new ChatMessage(ChatRole.User, message.Text)));")]
    [InlineData("await client.GetResponseAsync([new ChatMessage(ChatRole.User, ask.Text)]);")]
    [InlineData("history.AddRange((await client.GetResponseAsync(history)).Messages);")]
    [InlineData("var tone = ask.Role == \"system\" ? \"formal\" : \"friendly\";")]
    [InlineData("var role = configured == \"system\" ? ChatRole.System : ChatRole.User;")]
    public Task Other_roles_are_left(string statements) => Verify.VerifyAnalyzerAsync(Action(statements), static test => test.SilentWithoutSdk = false);

    [Fact]
    public Task Role_in_the_json_of_a_request_is_reported() =>
        Verify.VerifyAnalyzerAsync(
            Action("using var http = new System.Net.Http.HttpClient { BaseAddress = new Uri(\"https://api.openai.com/v1/\") }; var body = new { model = \"gpt-4o\", messages = new[] { new { role = {|AIG7004:ask.Role|}, content = ask.Text } } };"),
            static test => test.SilentWithoutSdk = false);

    [Fact]
    public Task Fix_lets_the_roles_of_a_client_through() =>
        Verify.VerifyCodeFixAsync(
            Action("history.Add(/* as it came */ new ChatMessage({|AIG7004:new ChatRole(ask.Role)|}, ask.Text)); // kept"),
            Action(
                """
                history.Add(/* as it came */ new ChatMessage(ask.Role switch
                        {
                            "user" => ChatRole.User,
                            "assistant" => ChatRole.Assistant,
                            _ => throw new InvalidOperationException("The role of a message is that of the user or the assistant."),
                        }, ask.Text)); // kept
                """),
            static test => test.SilentWithoutSdk = false);

    [Fact]
    public Task Mapping_has_no_fix() =>
        Verify.VerifyNoCodeFixAsync(Action("var role = ask.Role == \"system\" ? {|AIG7004:ChatRole.System|} : ChatRole.User;"), static test => test.SilentWithoutSdk = false);

    private static string Action(string statements) =>
        $$"""
        using System;
        using System.Collections.Generic;
        using System.Linq;
        using System.Threading.Tasks;
        using Microsoft.AspNetCore.Mvc;
        using Microsoft.Extensions.AI;

        class AskController(IChatClient client, Said loaded, string configured) : ControllerBase
        {
            private static readonly string[] s_roles = ["user", "assistant"];

            public async Task<object?> Post(Ask ask)
            {
                var history = new List<ChatMessage>();
                {{statements}}
                return await Task.FromResult<object?>(null);
            }
        }
        {{Types}}
        """;
}
