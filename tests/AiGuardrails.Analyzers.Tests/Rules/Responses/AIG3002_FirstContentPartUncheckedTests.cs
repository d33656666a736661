using Verify = AiGuardrails.Testing.CSharpCodeFixVerifier<
    AiGuardrails.Analyzers.Rules.Responses.FirstContentPartUncheckedAnalyzer,
    AiGuardrails.CodeFixes.Rules.Responses.FirstContentPartUncheckedCodeFix>;

namespace AiGuardrails.Analyzers.Tests.Rules.Responses;

public sealed class AIG3002_FirstContentPartUncheckedTests
{
    [Theory]
    [InlineData("return {|AIG3002:completion.Content[0]|}.Text;")]
    [InlineData("return {|AIG3002:completion.Content[^1]|}.Text;")]
    [InlineData("return {|AIG3002:completion.Content.First()|}.Text;")]
    [InlineData("return {|AIG3002:completion.Content.Last()|}.Text;")]
    [InlineData("return {|AIG3002:completion.Content.Single()|}.Text;")]
    [InlineData("return {|AIG3002:completion.Content.First(part => part.Kind == ChatMessageContentPartKind.Text)|}.Text;")]
    [InlineData("return {|AIG3002:completion.Content.Where(part => part.Kind == ChatMessageContentPartKind.Text).First()|}.Text;")]
    [InlineData("var content = completion.Content; var text = {|AIG3002:content[0]|}.Text; return text;")]
    [InlineData("return {|AIG3002:completion.Content[0]|}?.Text ?? \"\";")] // the index throws first
    [InlineData("Console.WriteLine(completion.FinishReason); return {|AIG3002:completion.Content[0]|}.Text;")] // nothing depends on it
    [InlineData("if (token.CanBeCanceled) { if (completion.Content.Count == 0) { return null; } } return {|AIG3002:completion.Content[0]|}.Text;")] // on some ways only
    [InlineData("var first = {|AIG3002:completion.Content[0]|}.Text; var again = completion.Content[0].Text; return first + again;")] // one finding for each answer
    [InlineData("var first = {|AIG3002:completion.Content[0]|}.Text; if (completion.Content.Count == 0) { return null; } return first;")] // too late
    [InlineData("try { return {|AIG3002:completion.Content[0]|}.Text; } catch (HttpRequestException) { return null; }")]
    [InlineData("Console.WriteLine($\"Answer: {{|AIG3002:completion.Content[0]|}.Text}\");")]
    [InlineData("messages.Add(new AssistantChatMessage(completion)); return {|AIG3002:completion.Content[0]|}.Text;")]
    public Task Part_that_is_taken_unchecked_is_reported(string statements) => Verify.VerifyAnalyzerAsync(ResponseSource.Chat(statements));

    // A text that many statements change can come to its use on more ways than can be followed one by one, and in a loop without end.
    [Theory]
    [InlineData(40, false)]
    [InlineData(40, true)]
    [InlineData(60, false)]
    [InlineData(400, false)]
    [InlineData(400, true)]
    public Task Text_that_many_statements_change_does_not_take_for_ever(int statements, bool inLoop)
    {
        var changes = string.Concat(Enumerable.Range(0, statements).Select(static i => $"if (token.CanBeCanceled) {{ text = text.Trim() + {i}; }} "));
        return Verify.VerifyAnalyzerAsync(ResponseSource.Chat(
            "var text = token.ToString(); "
            + (inLoop ? $"while (token.CanBeCanceled) {{ {changes} }} " : changes)
            + "foreach (var character in text) { Console.Write(character); } return text + {|AIG3002:completion.Content[0]|}.Text;"));
    }

    [Theory]
    [InlineData("if (completion.Content.Count > 0) { return completion.Content[0].Text; }")]
    [InlineData("if (completion.Content.Count == 0) { throw new InvalidOperationException(); } return completion.Content[0].Text;")]
    [InlineData("return completion.Content.Count > 0 ? completion.Content[0].Text : \"\";")]
    [InlineData("if (completion.Content.Any() && completion.Content[0].Text.Length > 0) { return 1; }")]
    [InlineData("var count = completion.Content.Count; if (count == 0) { return null; } return completion.Content[0].Text;")]
    [InlineData("if (completion.Refusal is not null) { return null; } return completion.Content[0].Text;")]
    [InlineData("if (completion.Refusal is { } refusal) { throw new InvalidOperationException(refusal); } return completion.Content[0].Text;")]
    [InlineData("if (completion.ToolCalls.Count > 0) { return null; } return completion.Content[0].Text;")]
    [InlineData("if (completion.FinishReason == ChatFinishReason.ToolCalls) { return null; } return completion.Content[0].Text;")]
    [InlineData("switch (completion.FinishReason) { case ChatFinishReason.Stop: return completion.Content[0].Text; default: return null; }")]
    [InlineData("if (completion is { Content.Count: > 0 }) { return completion.Content[0].Text; }")]
    [InlineData("if (completion.Content is { Count: > 0 } content) { return content[0].Text; }")]
    [InlineData("if (completion.Content is [var part, ..]) { return part.Text; }")]
    [InlineData("if (completion.Content is not [var part]) { return null; } return part.Text;")]
    [InlineData("var part = completion.Content.FirstOrDefault(); return part?.Text;")]
    [InlineData("foreach (var part in completion.Content) { Console.WriteLine(part.Text); }")]
    [InlineData("for (var i = 0; i < completion.Content.Count; i++) { Console.WriteLine(completion.Content[i].Text); }")]
    [InlineData("if (!Unknown.IsGood(completion)) { return null; } return completion.Content[0].Text;")]
    [InlineData("Ensure(completion); return completion.Content[0].Text;")]
    [InlineData("if (IsEmpty(completion.Content)) { return null; } return completion.Content[0].Text;")]
    [InlineData("dynamic assert = Unknown.Get<object>(); assert.IsNotEmpty(completion.Content); return completion.Content[0].Text;")] // bound at run time
    [InlineData("dynamic assert = Unknown.Get<object>(); assert.IsGood(completion); return completion.Content[0].Text;")]
    [InlineData("try { return completion.Content[0].Text; } catch (ArgumentOutOfRangeException) { return null; }")]
    [InlineData("return string.Concat(completion.Content.Select(part => part.Text));")]
    [InlineData("var copy = new List<int> { 1 }; return copy[0];")]
    [InlineData("var requests = new UserChatMessage(\"x\"); return requests.Content[0].Text;")] // what goes to the model
    [InlineData("if (completion.Content.Count == 0) { return null; } Func<string> read = () => completion.Content[0].Text; return read();")]
    public Task Part_that_is_checked_or_not_of_an_answer_is_not_reported(string statements) => Verify.VerifyAnalyzerAsync(ResponseSource.Chat(
        statements,
        """
        static void Ensure(ChatCompletion answer) { if (answer.Content.Count == 0) { throw new InvalidOperationException(); } }
        static bool IsEmpty<T>(ICollection<T>? list) => list is null || list.Count == 0;
        static string OfParameter(ChatCompletion answer) => answer.Content[0].Text;
        """));

    [Theory]
    [InlineData("return {|AIG3002:client.CompleteChat(messages).Value.Content[0]|}.Text;")]
    [InlineData("var result = await client.CompleteChatAsync(messages); return {|AIG3002:result.Value.Content[0]|}.Text;")]
    [InlineData("await foreach (var update in client.CompleteChatStreamingAsync(messages)) { Console.Write({|AIG3002:update.ContentUpdate[0]|}.Text); }")]
    [InlineData("foreach (var update in client.CompleteChatStreaming(messages)) { Console.Write({|AIG3002:update.ContentUpdate.First()|}.Text); if (update.ContentUpdate.Count == 0) { break; } }")]
    public Task Answer_is_followed_from_the_call(string statements) => Verify.VerifyAnalyzerAsync(ResponseSource.ChatMethod(statements));

    [Theory]
    [InlineData("await foreach (var update in client.CompleteChatStreamingAsync(messages)) { if (update.ContentUpdate.Count > 0) { Console.Write(update.ContentUpdate[0].Text); } }")]
    [InlineData("await foreach (var update in client.CompleteChatStreamingAsync(messages)) { foreach (var part in update.ContentUpdate) { Console.Write(part.Text); } }")]
    [InlineData("await foreach (var update in client.CompleteChatStreamingAsync(messages)) { if (update.ContentUpdate.Count == 0) { continue; } Console.Write(update.ContentUpdate[0].Text); }")]
    [InlineData("while (true) { ChatCompletion answer = await client.CompleteChatAsync(messages); if (answer.FinishReason == ChatFinishReason.ToolCalls) { continue; } return answer.Content[0].Text; }")]
    public Task Checked_updates_are_not_reported(string statements) => Verify.VerifyAnalyzerAsync(ResponseSource.ChatMethod(statements));

    [Theory]
    [InlineData("return ((TextBlock){|AIG3002:message.Content[0]|}.Value!).Text;")]
    [InlineData("if ({|AIG3002:message.Content[0]|}.TryPickText(out var text)) { return text.Text; }")]
    [InlineData("return {|AIG3002:message.Content.First()|};")]
    public Task Part_of_a_message_is_reported(string statements) => Verify.VerifyAnalyzerAsync(ResponseSource.Claude(statements));

    [Theory]
    [InlineData("if (message.StopReason == StopReason.Refusal) { return null; } return message.Content[0];")]
    [InlineData("if (message.Content.Count == 0) { return null; } return message.Content[0];")]
    [InlineData("foreach (var block in message.Content) { if (block.TryPickText(out var text)) { return text.Text; } }")]
    public Task Checked_part_of_a_message_is_not_reported(string statements) => Verify.VerifyAnalyzerAsync(ResponseSource.Claude(statements));

    [Theory]
    [InlineData("foreach (var item in response.OutputItems) { if (item is MessageResponseItem answer) { Console.WriteLine({|AIG3002:answer.Content[0]|}.Text); } }")]
    [InlineData("return {|AIG3002:response.OutputItems.OfType<MessageResponseItem>().First().Content[0]|}.Text;")]
    public Task Part_of_an_item_is_reported(string statements) => Verify.VerifyAnalyzerAsync(ResponseSource.Response(statements));

    [Theory]
    [InlineData("if (response.Status != ResponseStatus.Completed) { return null; } return response.OutputItems.OfType<MessageResponseItem>().First().Content[0].Text;")]
    [InlineData("return response.OutputItems[0];")] // no list of parts
    public Task Checked_item_is_not_reported(string statements) => Verify.VerifyAnalyzerAsync(ResponseSource.Response(statements));

    [Theory]
    [InlineData("return response.Messages[0].Text;")] // another SDK: its messages are not empty
    [InlineData("return response.Messages.First().Contents.First();")]
    public Task Lists_of_an_abstraction_are_not_reported(string statements) => Verify.VerifyAnalyzerAsync(ResponseSource.Extensions(statements));

    [Fact]
    public Task Message_names_the_part_and_the_count() => Verify.VerifyAnalyzerAsync(
        ResponseSource.Chat("return {|#0:completion.Content[0]|}.Text;"),
        Verify.Diagnostic("AIG3002").WithLocation(0).WithArguments("completion.Content[0]", "completion.Content.Count"));

    [Fact]
    public Task Fix_throws_where_there_is_no_content() => Verify.VerifyCodeFixAsync(
        ResponseSource.Chat(
            """
            // The first part.
            return {|AIG3002:completion.Content[0]|}.Text;
            """),
        ResponseSource.Chat(
            """
            if (completion.Content.Count == 0)
            {
                throw new InvalidOperationException("The model's answer has no content: it refused, or called a tool.");
            }
            // The first part.
            return completion.Content[0].Text;
            """));

    [Fact]
    public Task Fix_asks_the_variable_of_the_list() => Verify.VerifyCodeFixAsync(
        ResponseSource.ChatMethod(
            """
            var result = await client.CompleteChatAsync(messages);
            Console.WriteLine({|AIG3002:result.Value.Content.First()|}.Text);
            var content = client.CompleteChat(messages).Value.Content;
            return {|AIG3002:content[^1]|}.Text;
            """),
        ResponseSource.ChatMethod(
            """
            var result = await client.CompleteChatAsync(messages);
            if (result.Value.Content.Count == 0)
            {
                throw new InvalidOperationException("The model's answer has no content: it refused, or called a tool.");
            }

            Console.WriteLine(result.Value.Content.First().Text);
            var content = client.CompleteChat(messages).Value.Content;
            if (content.Count == 0)
            {
                throw new InvalidOperationException("The model's answer has no content: it refused, or called a tool.");
            }

            return content[^1].Text;
            """));

    [Fact]
    public Task Fix_of_a_message() => Verify.VerifyCodeFixAsync(
        ResponseSource.Claude(
            """
            return ((TextBlock){|AIG3002:message.Content[0]|}.Value!).Text;
            """),
        ResponseSource.Claude(
            """
            if (message.Content.Count == 0)
            {
                throw new InvalidOperationException("The model's answer has no content: it refused, or called a tool.");
            }

            return ((TextBlock)message.Content[0].Value!).Text;
            """));

    [Fact]
    public Task Fix_of_an_update_passes_over_empty_ones() => Verify.VerifyCodeFixAsync(
        ResponseSource.ChatMethod(
            """
            await foreach (var update in client.CompleteChatStreamingAsync(messages))
            {
                // To the screen.
                Console.Write({|AIG3002:update.ContentUpdate[0]|}.Text); // at once
            }
            """),
        ResponseSource.ChatMethod(
            """
            await foreach (var update in client.CompleteChatStreamingAsync(messages))
            {
                // To the screen.
                if (update.ContentUpdate.Count > 0)
                {
                    Console.Write(update.ContentUpdate[0].Text);
                } // at once
            }
            """));

    [Theory]
    [InlineData("return {|AIG3002:client.CompleteChat(messages).Value.Content[0]|}.Text;")] // no variable to ask
    [InlineData("Func<string> read = () => {|AIG3002:completion.Content[0]|}.Text; return read();")]
    [InlineData("return {|AIG3002:completion.Content[1]|}.Text;")] // one part is not enough
    [InlineData("return {|AIG3002:completion.Content.Single()|}.Text;")]
    [InlineData("return {|AIG3002:completion.Content.First(part => part.Text is not null)|}.Text;")]
    [InlineData("await foreach (var update in client.CompleteChatStreamingAsync(messages)) { var text = {|AIG3002:update.ContentUpdate[0]|}.Text; Console.Write(text); }")]
    public Task No_fix_where_a_count_does_not_settle_it(string statements) => Verify.VerifyNoCodeFixAsync(ResponseSource.Chat(statements));
    [Fact]
    public Task Test_may_fail_as_it_likes() =>
        Verify.VerifyAnalyzerAsync(
            """
            using System.Threading.Tasks;
            using OpenAI.Chat;

            sealed class TestMethodAttribute : System.Attribute { }

            class Tests
            {
                [TestMethod]
                public async Task Answers(ChatClient client)
                {
                    ChatCompletion reply = await client.CompleteChatAsync("Hi");
                    System.Console.WriteLine(reply.Content[0].Text);
                }
            }
            """);

}
