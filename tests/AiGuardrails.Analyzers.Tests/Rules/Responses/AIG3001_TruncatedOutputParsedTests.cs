using Verify = AiGuardrails.Testing.CSharpCodeFixVerifier<
    AiGuardrails.Analyzers.Rules.Responses.TruncatedOutputParsedAnalyzer,
    AiGuardrails.CodeFixes.Rules.Responses.TruncatedOutputParsedCodeFix>;

namespace AiGuardrails.Analyzers.Tests.Rules.Responses;

public sealed class AIG3001_TruncatedOutputParsedTests
{
    [Theory]
    [InlineData("return {|AIG3001:JsonSerializer.Deserialize<Invoice>(completion.Content[0].Text)|};")]
    [InlineData("string text = completion.Content[0].Text; return {|AIG3001:JsonSerializer.Deserialize<Invoice>(text, new JsonSerializerOptions { PropertyNameCaseInsensitive = true })|}!;")]
    [InlineData("var text = completion.Content[0].Text.Trim(); using var json = {|AIG3001:JsonDocument.Parse(text)|};")]
    [InlineData("var content = completion.Content; return {|AIG3001:JsonNode.Parse(content[0].Text)|};")]
    [InlineData("return {|AIG3001:JsonNode.Parse(completion.Content.First().Text)|};")]
    [InlineData("return {|AIG3001:JsonNode.Parse(completion.Content.FirstOrDefault()?.Text ?? \"{}\")|};")]
    [InlineData("return {|AIG3001:int.Parse(completion.Content[0].Text)|};")]
    [InlineData("return {|AIG3001:XDocument.Parse(completion.Content[0].Text)|};")]
    [InlineData("return {|AIG3001:Enum.Parse<DayOfWeek>(completion.Content[0].Text)|};")]
    [InlineData("var text = completion.Content[0].Text.Replace(\"```json\", \"\").Replace(\"```\", \"\").Trim(); return {|AIG3001:JsonSerializer.Deserialize<Invoice>(text)|};")]
    [InlineData("var match = Regex.Match(completion.Content[0].Text, @\"\\{.*\\}\"); return {|AIG3001:JsonSerializer.Deserialize<Invoice>(match.Value)|};")]
    [InlineData("var text = completion.Content[0].Text; text = text.Substring(text.IndexOf('{')); return {|AIG3001:JsonSerializer.Deserialize<Invoice>(text)|};")]
    [InlineData("var text = completion.Content[0].Text[1..]; return {|AIG3001:JsonSerializer.Deserialize<Invoice>(text)|};")]
    [InlineData("return {|AIG3001:JsonSerializer.Deserialize<Invoice>(Encoding.UTF8.GetBytes(completion.Content[0].Text))|};")]
    [InlineData("using var stream = new MemoryStream(Encoding.UTF8.GetBytes(completion.Content[0].Text)); return await {|AIG3001:JsonSerializer.DeserializeAsync<Invoice>(stream)|};")]
    [InlineData("return {|AIG3001:JsonSerializer.Deserialize<Invoice>(string.Concat(completion.Content.Select(part => part.Text)))|};")]
    [InlineData("foreach (var part in completion.Content) { _invoice = {|AIG3001:JsonSerializer.Deserialize<Invoice>(part.Text)|}; }")]
    [InlineData("var builder = new StringBuilder(); foreach (var part in completion.Content) { builder.Append(part.Text); } return {|AIG3001:JsonNode.Parse(builder.ToString())|};")]
    [InlineData("var all = \"\"; foreach (var part in completion.Content) { all += part.Text; } return {|AIG3001:JsonNode.Parse(all)|};")]
    [InlineData("var lines = completion.Content[0].Text.Split('\\n'); return lines.Select(line => {|AIG3001:int.Parse(line)|}).ToList();")]
    [InlineData("return {|AIG3001:JsonNode.Parse($\"[{completion.Content[0].Text}]\")|};")]
    [InlineData("return {|AIG3001:JsonNode.Parse(\"[\" + completion.Content[0].Text + \"]\")|};")]
    [InlineData("if (completion.Content is [var part, ..]) { return {|AIG3001:JsonNode.Parse(part.Text)|}; }")]
    [InlineData("if (completion.Content.Count == 0) { return null; } return {|AIG3001:JsonNode.Parse(completion.Content[0].Text)|};")] // asks how much, not why it ends
    [InlineData("try { return {|AIG3001:JsonNode.Parse(completion.Content[0].Text)|}; } catch (JsonException) { return null; }")] // a number is cut off as well
    [InlineData("var node = {|AIG3001:JsonNode.Parse(completion.Content[0].Text)|}; if (completion.FinishReason == ChatFinishReason.Length) { throw new InvalidOperationException(); } return node;")] // too late
    [InlineData("messages.Add(new AssistantChatMessage(completion)); return {|AIG3001:JsonNode.Parse(completion.Content[0].Text)|};")]
    [InlineData("logger.LogInformation(\"{Text}\", completion.Content[0].Text); return {|AIG3001:JsonNode.Parse(completion.Content[0].Text)|};")]
    [InlineData("Func<JsonNode?> parse = () => {|AIG3001:JsonNode.Parse(completion.Content[0].Text)|}; return parse();")]
    public Task Text_that_is_parsed_is_reported(string statements) => Verify.VerifyAnalyzerAsync(ResponseSource.Chat(statements));

    [Theory]
    [InlineData("var result = await client.CompleteChatAsync(messages); return {|AIG3001:JsonNode.Parse(result.Value.Content[0].Text)|};")]
    [InlineData("return {|AIG3001:JsonNode.Parse((await client.CompleteChatAsync(messages)).Value.Content[0].Text)|};")]
    [InlineData("var task = client.CompleteChatAsync(messages, options, token); var answer = (await task.ConfigureAwait(false)).Value; return {|AIG3001:JsonNode.Parse(answer.Content[0].Text)|};")]
    [InlineData("var answer = client.CompleteChat(messages).Value; return {|AIG3001:JsonNode.Parse(answer.Content[0].Text)|};")]
    [InlineData("ChatCompletion answer; do { answer = await client.CompleteChatAsync(messages); } while (token.CanBeCanceled); return {|AIG3001:JsonNode.Parse(answer.Content[0].Text)|};")]
    [InlineData("var all = new StringBuilder(); await foreach (var update in client.CompleteChatStreamingAsync(messages)) { foreach (var part in update.ContentUpdate) { all.Append(part.Text); } } return {|AIG3001:JsonNode.Parse(all.ToString())|};")]
    [InlineData("var all = \"\"; await foreach (StreamingChatCompletionUpdate update in client.CompleteChatStreamingAsync(messages)) { if (update.ContentUpdate.Count > 0) { all += update.ContentUpdate[0].Text; } } return {|AIG3001:JsonNode.Parse(all)|};")]
    public Task Answer_is_followed_from_the_call(string statements) => Verify.VerifyAnalyzerAsync(ResponseSource.ChatMethod(statements));

    [Theory]
    [InlineData("if (completion.FinishReason == ChatFinishReason.Length) { throw new InvalidOperationException(); } return JsonNode.Parse(completion.Content[0].Text);")]
    [InlineData("if (completion.FinishReason is ChatFinishReason.Length or ChatFinishReason.ContentFilter) { return null; } return JsonNode.Parse(completion.Content[0].Text);")]
    [InlineData("if (completion is { FinishReason: ChatFinishReason.Stop }) { return JsonNode.Parse(completion.Content[0].Text); }")]
    [InlineData("return completion.FinishReason == ChatFinishReason.Stop ? JsonNode.Parse(completion.Content[0].Text) : null;")]
    [InlineData("switch (completion.FinishReason) { case ChatFinishReason.Stop: return JsonNode.Parse(completion.Content[0].Text); default: throw new InvalidOperationException(); }")]
    [InlineData("return completion.FinishReason switch { ChatFinishReason.Stop => JsonNode.Parse(completion.Content[0].Text), _ => throw new InvalidOperationException() };")]
    [InlineData("var reason = completion.FinishReason; var text = completion.Content[0].Text; if (reason != ChatFinishReason.Stop) { return null; } return JsonNode.Parse(text);")]
    [InlineData("var text = completion.Content[0].Text; if (completion.FinishReason != ChatFinishReason.Stop) { return null; } return JsonNode.Parse(text);")]
    [InlineData("logger.LogInformation(\"{Reason}\", completion.FinishReason); return JsonNode.Parse(completion.Content[0].Text);")] // somebody reads it
    [InlineData("Unknown.Take(completion); return JsonNode.Parse(completion.Content[0].Text);")] // out of view
    [InlineData("if (!Unknown.IsGood(completion)) { return null; } return JsonNode.Parse(completion.Content[0].Text);")]
    [InlineData("Ensure(completion); return JsonNode.Parse(completion.Content[0].Text);")]
    [InlineData("EnsureFurther(completion); return JsonNode.Parse(completion.Content[0].Text);")]
    [InlineData("var pair = (completion, token); return JsonNode.Parse(completion.Content[0].Text);")]
    [InlineData("void Check() { if (completion.FinishReason == ChatFinishReason.Length) { throw new InvalidOperationException(); } } Check(); return JsonNode.Parse(completion.Content[0].Text);")]
    [InlineData("return completion.Content[0].Text;")]
    [InlineData("return JsonNode.Parse(completion.Id);")]
    [InlineData("return JsonDocument.Parse(completion.ToolCalls[0].FunctionArguments);")] // the arguments of a tool call are no text of the answer
    [InlineData("return JsonNode.Parse(Unknown.Get<string>());")]
    [InlineData("return int.TryParse(completion.Content[0].Text, out var number) ? number : null;")]
    [InlineData("var score = int.Parse(Regex.Match(completion.Content[0].Text, \"[1-5]\").Groups[0].Value); return null;")]
    public Task Text_is_not_reported_where_the_reason_is_read_or_unknown(string statements) => Verify.VerifyAnalyzerAsync(ResponseSource.Chat(
        statements,
        """
        static void Ensure(ChatCompletion answer) { if (answer.FinishReason != ChatFinishReason.Stop) { throw new InvalidOperationException(); } }
        static void EnsureFurther(ChatCompletion answer) => Ensure(answer);
        """));

    [Theory]
    [InlineData("var all = \"\"; ChatFinishReason? reason = null; await foreach (var update in client.CompleteChatStreamingAsync(messages)) { reason ??= update.FinishReason; foreach (var part in update.ContentUpdate) { all += part.Text; } } if (reason != ChatFinishReason.Stop) { return null; } return JsonNode.Parse(all);")]
    [InlineData("return JsonNode.Parse(Stored(messages).Content[0].Text);")]
    [InlineData("var answer = await Checked(client, messages); return JsonNode.Parse(answer.Content[0].Text);")]
    public Task Answer_that_is_asked_elsewhere_is_not_reported(string statements) => Verify.VerifyAnalyzerAsync(ResponseSource.ChatMethod(
        statements,
        """
        static extern ChatCompletion Stored(List<ChatMessage> messages);

        static async Task<ChatCompletion> Checked(ChatClient client, List<ChatMessage> messages)
        {
            ChatCompletion answer = await client.CompleteChatAsync(messages);
            if (answer.FinishReason != ChatFinishReason.Stop) { throw new InvalidOperationException(); }
            return answer;
        }

        static JsonNode? Parameter(ChatCompletion answer) => JsonNode.Parse(answer.Content[0].Text);
        """));

    [Theory]
    [InlineData("return {|AIG3001:JsonNode.Parse(CleanUp(completion.Content[0].Text))|};")]
    [InlineData("return {|AIG3001:JsonNode.Parse(Short(completion.Content[0].Text))|};")]
    [InlineData("LogOnly(completion); return {|AIG3001:JsonNode.Parse(completion.Content[0].Text)|};")]
    public Task Helpers_that_ask_nothing_are_looked_through(string statements) => Verify.VerifyAnalyzerAsync(ResponseSource.Chat(
        statements,
        """
        static string CleanUp(string text)
        {
            if (text.StartsWith("```json"))
            {
                return text.Substring(7).TrimEnd('`');
            }

            return text;
        }

        static string Short(string text) => text.Trim();

        static void LogOnly(ChatCompletion answer) => Console.WriteLine(answer.Id);
        """));

    [Theory]
    [InlineData("return {|AIG3001:JsonNode.Parse(response.GetOutputText())|};")]
    [InlineData("var text = response.GetOutputText() ?? \"{}\"; return {|AIG3001:JsonNode.Parse(text)|};")]
    [InlineData("foreach (var item in response.OutputItems) { if (item is MessageResponseItem answer) { return {|AIG3001:JsonNode.Parse(answer.Content[0].Text)|}; } }")]
    public Task Text_of_a_response_is_reported(string statements) => Verify.VerifyAnalyzerAsync(ResponseSource.Response(statements));

    [Theory]
    [InlineData("if (response.Status != ResponseStatus.Completed) { return null; } return JsonNode.Parse(response.GetOutputText());")]
    [InlineData("if (response.IncompleteStatusDetails is not null) { return null; } return JsonNode.Parse(response.GetOutputText());")]
    public Task Text_of_a_response_is_not_reported_where_the_status_is_read(string statements) => Verify.VerifyAnalyzerAsync(ResponseSource.Response(statements));

    [Theory]
    [InlineData("return {|AIG3001:JsonNode.Parse(response.Text)|};")]
    [InlineData("return {|AIG3001:JsonNode.Parse(response.ToString())|};")]
    [InlineData("return {|AIG3001:JsonNode.Parse(response.Messages.Last().Text)|};")]
    [InlineData("return {|AIG3001:JsonNode.Parse(response.Messages[0].Contents.OfType<TextContent>().First().Text)|};")]
    [InlineData("var all = new StringBuilder(); await foreach (var update in client.GetStreamingResponseAsync(\"x\")) { all.Append(update.Text); } return {|AIG3001:JsonNode.Parse(all.ToString())|};")]
    [InlineData("var all = new List<string>(); await foreach (var update in client.GetStreamingResponseAsync(\"x\")) { all.Add(update.Text); } return {|AIG3001:JsonNode.Parse(string.Concat(all))|};")]
    public Task Text_of_an_abstraction_is_reported(string statements) => Verify.VerifyAnalyzerAsync(ResponseSource.Extensions(statements));

    [Theory]
    [InlineData("if (response.FinishReason == ChatFinishReason.Length) { return null; } return JsonNode.Parse(response.Text);")]
    [InlineData("if (response is not { FinishReason: { Value: \"stop\" } }) { return null; } return JsonNode.Parse(response.Text);")]
    [InlineData("if (response.RawRepresentation is not null) { return null; } return JsonNode.Parse(response.Text);")]
    public Task Text_of_an_abstraction_is_not_reported_where_the_reason_is_read(string statements) => Verify.VerifyAnalyzerAsync(ResponseSource.Extensions(statements));

    [Theory]
    [InlineData("return {|AIG3001:JsonNode.Parse(((TextBlock)message.Content[0].Value!).Text)|};")]
    [InlineData("if (message.Content[0].TryPickText(out var block)) { return {|AIG3001:JsonNode.Parse(block.Text)|}; }")]
    [InlineData("foreach (var part in message.Content) { if (part.Value is TextBlock text) { return {|AIG3001:JsonNode.Parse(text.Text)|}; } }")]
    [InlineData("var text = string.Concat(message.Content.Select(part => part.Value).OfType<TextBlock>().Select(part => part.Text)); return {|AIG3001:JsonNode.Parse(text)|};")]
    public Task Text_of_a_message_is_reported(string statements) => Verify.VerifyAnalyzerAsync(ResponseSource.Claude(statements));

    [Theory]
    [InlineData("if (message.StopReason == StopReason.MaxTokens) { return null; } return JsonNode.Parse(((TextBlock)message.Content[0].Value!).Text);")]
    [InlineData("if (message.StopReason?.Value() is StopReason.Refusal) { return null; } if (message.Content[0].TryPickText(out var block)) { return JsonNode.Parse(block.Text); }")]
    public Task Text_of_a_message_is_not_reported_where_the_reason_is_read(string statements) => Verify.VerifyAnalyzerAsync(ResponseSource.Claude(statements));

    [Fact]
    public Task Message_names_the_parser_and_the_reason() => Verify.VerifyAnalyzerAsync(
        ResponseSource.Chat("return {|#0:JsonNode.Parse(completion.Content[0].Text)|};"),
        Verify.Diagnostic("AIG3001").WithLocation(0).WithArguments("JsonNode.Parse", "completion.FinishReason"));

    [Fact]
    public Task Fix_throws_before_the_text_is_read() => Verify.VerifyCodeFixAsync(
        ResponseSource.Chat(
            """
            // The text of the answer.
            string text = completion.Content[0].Text;
            return {|AIG3001:JsonNode.Parse(text)|}; // the object
            """),
        ResponseSource.Chat(
            """
            if (completion.FinishReason == ChatFinishReason.Length || completion.FinishReason == ChatFinishReason.ContentFilter)
            {
                throw new InvalidOperationException($"The model stopped early: {completion.FinishReason}.");
            }
            // The text of the answer.
            string text = completion.Content[0].Text;
            return JsonNode.Parse(text); // the object
            """));

    [Fact]
    public Task Fix_of_a_message() => Verify.VerifyCodeFixAsync(
        ResponseSource.Claude(
            """
            return {|AIG3001:JsonNode.Parse(((TextBlock)message.Content[0].Value!).Text)|};
            """),
        ResponseSource.Claude(
            """
            if (message.StopReason == StopReason.MaxTokens || message.StopReason == StopReason.ModelContextWindowExceeded || message.StopReason == StopReason.Refusal)
            {
                throw new InvalidOperationException($"The model stopped early: {message.StopReason}.");
            }

            return JsonNode.Parse(((TextBlock)message.Content[0].Value!).Text);
            """));

    [Fact]
    public Task Fix_of_an_abstraction() => Verify.VerifyCodeFixAsync(
        ResponseSource.Extensions(
            """
            if (token.CanBeCanceled)
                return {|AIG3001:JsonNode.Parse(response.Text)|};
            """),
        ResponseSource.Extensions(
            """
            if (token.CanBeCanceled)
            {
                if (response.FinishReason == ChatFinishReason.Length || response.FinishReason == ChatFinishReason.ContentFilter)
                {
                    throw new InvalidOperationException($"The model stopped early: {response.FinishReason}.");
                }

                return JsonNode.Parse(response.Text);
            }

            """));

    [Fact]
    public Task Fix_of_a_response() => Verify.VerifyCodeFixAsync(
        ResponseSource.Response(
            """
            return {|AIG3001:JsonNode.Parse(response.GetOutputText())|};
            """),
        ResponseSource.Response(
            """
            if (response.Status != ResponseStatus.Completed)
            {
                throw new InvalidOperationException($"The response ended as '{response.Status}'.");
            }

            return JsonNode.Parse(response.GetOutputText());
            """));

    [Fact]
    public Task Fix_of_several_findings_writes_one_guard_for_each_answer() => Verify.VerifyCodeFixAsync(
        ResponseSource.Chat(
            """
            var first = {|AIG3001:JsonNode.Parse(completion.Content[0].Text)|};
            var second = {|AIG3001:JsonDocument.Parse(completion.Content[0].Text)|};
            ChatCompletion other = client.CompleteChat(messages);
            var third = {|AIG3001:JsonDocument.Parse(other.Content[0].Text)|};
            """),
        ResponseSource.Chat(
            """
            if (completion.FinishReason == ChatFinishReason.Length || completion.FinishReason == ChatFinishReason.ContentFilter)
            {
                throw new InvalidOperationException($"The model stopped early: {completion.FinishReason}.");
            }

            var first = JsonNode.Parse(completion.Content[0].Text);
            var second = JsonDocument.Parse(completion.Content[0].Text);
            ChatCompletion other = client.CompleteChat(messages);
            if (other.FinishReason == ChatFinishReason.Length || other.FinishReason == ChatFinishReason.ContentFilter)
            {
                throw new InvalidOperationException($"The model stopped early: {other.FinishReason}.");
            }

            var third = JsonDocument.Parse(other.Content[0].Text);
            """));

    [Theory]
    [InlineData("return {|AIG3001:JsonNode.Parse(client.CompleteChat(messages).Value.Content[0].Text)|};")] // no variable to ask
    [InlineData("Func<JsonNode?> parse = () => {|AIG3001:JsonNode.Parse(completion.Content[0].Text)|}; return parse();")] // no place for a statement
    [InlineData("var all = \"\"; await foreach (var update in client.CompleteChatStreamingAsync(messages)) { foreach (var part in update.ContentUpdate) { all += part.Text; } } return {|AIG3001:JsonNode.Parse(all)|};")]
    [InlineData("if (client.CompleteChat(messages).Value is { } again && {|AIG3001:JsonNode.Parse(again.Content[0].Text)|} is null) { return 1; }")]
    public Task No_fix_without_a_place_for_the_guard(string statements) => Verify.VerifyNoCodeFixAsync(ResponseSource.Chat(statements));
}
