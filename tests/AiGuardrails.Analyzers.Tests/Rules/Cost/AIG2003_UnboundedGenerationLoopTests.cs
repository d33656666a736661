using Verify = AiGuardrails.Testing.CSharpCodeFixVerifier<
    AiGuardrails.Analyzers.Rules.Cost.UnboundedGenerationLoopAnalyzer,
    AiGuardrails.CodeFixes.Rules.Cost.UnboundedGenerationLoopCodeFix>;

namespace AiGuardrails.Analyzers.Tests.Rules.Cost;

/// <summary>What is a bound is tested with <see cref="AiGuardrails.Analyzers.Flow.Loops.LoopBounds"/>.</summary>
public sealed class AIG2003_UnboundedGenerationLoopTests
{
    private const string Ask = "ChatCompletion reply = await chat.CompleteChatAsync(messages, options, token); ";

    [Theory]
    [InlineData("{|AIG2003:while|} (true) { " + Ask + "if (reply.FinishReason == ChatFinishReason.Stop) { return \"\"; } }")]
    [InlineData("{|AIG2003:for|} (;;) { " + Ask + "if (reply.Content[0].Text.EndsWith(\"DONE\")) { break; } }")]
    [InlineData("ChatCompletion last; do { last = await chat.CompleteChatAsync(messages); messages.Add(new AssistantChatMessage(last)); } while ({|AIG2003:last.FinishReason == ChatFinishReason.ToolCalls|});")]
    [InlineData("ChatCompletion last = await chat.CompleteChatAsync(messages); while ({|AIG2003:last.FinishReason == ChatFinishReason.Length|}) { last = await chat.CompleteChatAsync(messages); }")]
    [InlineData("{|AIG2003:while|} (true) { try { " + Ask + "return reply.Content[0].Text; } catch (ClientResultException e) when (e.Status == 429) { await Task.Delay(2000); } }")]
    [InlineData("while ({|AIG2003:!token.IsCancellationRequested|}) { " + Ask + "if (reply.ToolCalls.Count == 0) { break; } }")]
    [InlineData("string text; do { text = (await chat.CompleteChatAsync(messages)).Value.Content[0].Text; } while ({|AIG2003:!IsJson(text)|});")]
    [InlineData("{|AIG2003:while|} (true) { var text = \"\"; await foreach (var update in chat.CompleteChatStreamingAsync(messages)) { text += update.ContentUpdate[0].Text; } if (text.Contains(\"DONE\")) { return text; } }")]
    [InlineData("{|AIG2003:while|} (true) { for (var i = 0; i < 3; i++) { " + Ask + "if (reply.FinishReason == ChatFinishReason.Stop) { return \"\"; } } }")] // the outer loop has no end
    [InlineData("while (true) { var line = Console.ReadLine(); messages.Add(new UserChatMessage(line)); {|AIG2003:while|} (true) { " + Ask + "if (reply.ToolCalls.Count == 0) { break; } } }")] // the inner one has none
    [InlineData("{|AIG2003:while|} (true) { ChatCompletion reply = await Retry(() => chat.CompleteChatAsync(messages)); if (reply.FinishReason == ChatFinishReason.Stop) { break; } }")]
    [InlineData("while ({|AIG2003:!token.IsCancellationRequested|}) { " + Ask + "await Task.Delay(1000, token); }")]
    [InlineData("{|AIG2003:while|} (true) { " + Ask + "try { return System.Text.Json.JsonSerializer.Deserialize<string>(reply.Content[0].Text)!; } catch (System.Text.Json.JsonException) { messages.Add(new UserChatMessage(\"JSON, please\")); } }")]
    [InlineData("double score; do { " + Ask + "score = double.Parse(reply.Content[0].Text); } while ({|AIG2003:score < 0.8|});")]
    public Task Loop_that_only_the_model_ends_is_reported(string loop) => Verify.VerifyAnalyzerAsync(Chat(loop));

    [Theory]
    [InlineData("for (var i = 0; i < 10; i++) { " + Ask + "if (reply.FinishReason == ChatFinishReason.Stop) { break; } }")]
    [InlineData("foreach (var file in files) { " + Ask + "}")]
    [InlineData("while (true) { " + Ask + "return reply.Content[0].Text; }")] // no second round
    [InlineData("while (true) { var line = Console.ReadLine(); if (line == null) { break; } messages.Add(new UserChatMessage(line)); " + Ask + "}")]
    [InlineData("while (true) { var line = await reader.ReadLineAsync(token).ConfigureAwait(false); " + Ask + "}")]
    [InlineData("await foreach (var line in channel.ReadAllAsync(token)) { " + Ask + "}")]
    [InlineData("while (await channel.WaitToReadAsync(token)) { while (channel.TryRead(out var line)) { " + Ask + "} }")]
    [InlineData("while (queue.Count > 0) { var line = queue.Dequeue(); " + Ask + "}")]
    [InlineData("while (!token.IsCancellationRequested) { var item = await inbox.NextAsync(token); " + Ask + "}")]
    [InlineData("while (!token.IsCancellationRequested) { foreach (var item in await inbox.PendingAsync(token)) { " + Ask + "} await Task.Delay(1000, token); }")]
    [InlineData("while (!token.IsCancellationRequested) { " + Ask + "await Task.Delay(TimeSpan.FromHours(1), token); }")] // paced like a timer
    [InlineData("while (!token.IsCancellationRequested) { " + Ask + "await Task.Delay(_pause, token); }")]
    [InlineData("using var timer = new PeriodicTimer(TimeSpan.FromMinutes(5)); while (await timer.WaitForNextTickAsync(token)) { " + Ask + "}")]
    [InlineData("using var timed = CancellationTokenSource.CreateLinkedTokenSource(token); timed.CancelAfter(_pause); while (true) { ChatCompletion reply = await chat.CompleteChatAsync(messages, options, timed.Token); if (reply.ToolCalls.Count == 0) { break; } }")]
    [InlineData("while (messages.Count < 50) { " + Ask + "messages.Add(new AssistantChatMessage(reply)); if (reply.ToolCalls.Count == 0) { break; } }")]
    [InlineData("while (true) { " + Ask + "if (_policy.IsSpent) { break; } }")]
    [InlineData("while (true) { " + Ask + "if (await inbox.IsDoneAsync(reply.Content[0].Text)) { break; } }")] // out of view
    [InlineData("while (true) { embeddings.GenerateEmbedding(\"text\"); }")] // no generation
    [InlineData("Func<Task> ask; while (true) { ask = async () => { " + Ask + "}; if (files.Length > 3) { break; } }")]
    [InlineData("while (true) { var line = Line(); messages.Add(new UserChatMessage(line)); " + Ask + "}")] // the helper reads
    [InlineData("var text = new System.Text.StringBuilder(); while (text.Length < 10_000) { " + Ask + "text.Append(reply.Content[0].Text); }")]
    [InlineData("var skip = 0; while (true) { var page = files.Skip(skip).ToList(); if (page.Count == 0) { break; } foreach (var file in page) { " + Ask + "} skip += page.Count; }")]
    public Task Loop_with_another_end_is_not_reported(string loop) => Verify.VerifyAnalyzerAsync(Chat(loop));

    [Theory]
    [InlineData("{|AIG2003:while|} (true) { var text = await AskAsync(messages, token); if (text.Contains(\"DONE\")) { break; } messages.Add(new UserChatMessage(text)); }")]
    [InlineData("string text; do { text = await AskAsync(messages); } while ({|AIG2003:string.IsNullOrEmpty(text)|});")]
    [InlineData("{|AIG2003:while|} (true) { try { return System.Text.Json.JsonSerializer.Deserialize<string>(await AskAsync(messages))!; } catch (System.Text.Json.JsonException) { } }")]
    [InlineData("ChatCompletion reply; do { reply = await NextAsync(); } while ({|AIG2003:reply.FinishReason == ChatFinishReason.ToolCalls|});")]
    [InlineData("var text = \"\"; while ({|AIG2003:!text.EndsWith(\"END\")|}) { text += await Stories.ContinueAsync(chat, text); }")]
    [InlineData("{|AIG2003:while|} (true) { await StepAsync(); }")]
    [InlineData("{|AIG2003:while|} (true) { if ((await Ask()).FinishReason == ChatFinishReason.Stop) { break; } } async Task<ChatCompletion> Ask() => await chat.CompleteChatAsync(messages);")]
    [InlineData("string text; do { text = await AskAsync(messages); if (text.StartsWith(\"```\")) { text = text.Substring(3); } } while ({|AIG2003:!text.EndsWith(\"END\")|});")] // filled again
    public Task Helper_that_asks_the_model_is_a_call_of_it(string loop) => Verify.VerifyAnalyzerAsync(Helpers(loop));

    [Theory]
    [InlineData("for (var i = 0; i < 5; i++) { if (await AskAsync(messages) == \"DONE\") { break; } }")]
    [InlineData("var tries = 0; while (true) { if (await AskAsync(messages) == \"DONE\" || ++tries > 3) { break; } }")]
    [InlineData("using var timed = new CancellationTokenSource(TimeSpan.FromMinutes(1)); while (true) { if (await AskAsync(messages, timed.Token) == \"DONE\") { break; } }")]
    [InlineData("while (true) { var line = Console.ReadLine(); if (line is null) { break; } messages.Add(new UserChatMessage(line)); Console.WriteLine(await AskAsync(messages)); }")]
    [InlineData("while (true) { Console.WriteLine(await AskAsync(messages)); await Task.Delay(TimeSpan.FromMinutes(5), token); }")] // paced like a timer
    [InlineData("foreach (var message in messages.ToArray()) { Console.WriteLine(await AskAsync([message])); }")]
    [InlineData("while (true) { if (await CountedAsync(messages) == \"DONE\") { break; } }")] // throws by itself
    [InlineData("while (await AskOrStopAsync(messages) is { } text) { messages.Add(new UserChatMessage(text)); }")] // says when to stop
    [InlineData("while (await TurnAsync(messages)) { }")] // reads a line
    [InlineData("while (true) { if (await AnyAsync(messages) == \"DONE\") { break; } }")] // another may run in its place
    [InlineData("while (true) { if (await MeteredAsync(messages) == \"DONE\") { break; } }")] // keeps a budget
    [InlineData("while (true) { if (await SometimesAsync(messages) == \"DONE\") { break; } }")] // does not always ask
    [InlineData("while (!_done) { await LookAsync(); }")] // the field says
    [InlineData("while (true) { await LogAsync(messages); }")] // out of view
    [InlineData("var text = messages[0].Content[0].Text; while (text.Length > 0) { var head = text[..Math.Min(100, text.Length)]; text = text[head.Length..]; await Stories.ContinueAsync(chat, head); }")] // gets shorter
    [InlineData("var text = messages[0].Content[0].Text; while (text != \"\") { await Stories.ContinueAsync(chat, text); text = text.Substring(1); }")]
    [InlineData("var rest = messages.AsEnumerable(); while (rest.Any()) { await AskAsync(rest.Take(5).ToList()); rest = rest.Skip(5); }")]
    public Task Helper_that_may_end_the_loop_is_left(string loop) => Verify.VerifyAnalyzerAsync(Helpers(loop));

    [Fact]
    public Task Fix_counts_the_rounds_of_a_helper() => Verify.VerifyCodeFixAsync(
        Helpers("string text; do { text = await AskAsync(messages); } while ({|AIG2003:string.IsNullOrEmpty(text)|});"),
        Helpers(
            """
            string text; var attempts = 0;
                    do {
                        if (++attempts > 10)
                        {
                            throw new InvalidOperationException("No end after 10 attempts.");
                        }

                        text = await AskAsync(messages); } while (string.IsNullOrEmpty(text));
            """));

    private static string Helpers(string loop) =>
        $$"""
        using System;
        using System.Collections.Generic;
        using System.Linq;
        using System.Threading;
        using System.Threading.Tasks;
        using AiGuardrails;
        using OpenAI.Chat;

        interface ISink { Task WriteAsync(string text); Task<string> ReadAsync(); }

        static class Stories
        {
            public static async Task<string> ContinueAsync(ChatClient chat, string text) => (await chat.CompleteChatAsync(text)).Value.Content[0].Text;
        }

        class C(ChatClient chat, ISink sink, CostMeter meter)
        {
            readonly List<ChatMessage> _history = [];
            bool _done;
            int _count;

            async Task<string> M(List<ChatMessage> messages, CancellationToken token)
            {
                {{loop}}
                return "";
            }

            async Task<string> AskAsync(List<ChatMessage> messages, CancellationToken token = default)
            {
                ChatCompletion reply = await chat.CompleteChatAsync(messages, cancellationToken: token);
                return reply.Content[0].Text;
            }

            async Task<ChatCompletion> NextAsync()
            {
                ChatCompletion reply = await chat.CompleteChatAsync(_history);
                _history.Add(new AssistantChatMessage(reply));
                return reply;
            }

            async Task StepAsync() => _history.Add(new AssistantChatMessage(await chat.CompleteChatAsync(_history)));

            async Task<string> CountedAsync(List<ChatMessage> messages) =>
                ++_count > 3 ? throw new InvalidOperationException() : (await chat.CompleteChatAsync(messages)).Value.Content[0].Text;

            async Task<string?> AskOrStopAsync(List<ChatMessage> messages)
            {
                if (_done)
                {
                    return null;
                }

                return (await chat.CompleteChatAsync(messages)).Value.Content[0].Text;
            }

            async Task<bool> TurnAsync(List<ChatMessage> messages)
            {
                var line = Console.ReadLine();
                messages.Add(new AssistantChatMessage(await chat.CompleteChatAsync(messages)));
                return line is not null;
            }

            protected virtual async Task<string> AnyAsync(List<ChatMessage> messages) => (await chat.CompleteChatAsync(messages)).Value.Content[0].Text;

            async Task<string> MeteredAsync(List<ChatMessage> messages)
            {
                Console.WriteLine(meter);
                return (await chat.CompleteChatAsync(messages)).Value.Content[0].Text;
            }

            async Task<string> SometimesAsync(List<ChatMessage> messages)
            {
                var text = "";
                if (messages.Count < 9)
                {
                    text = (await chat.CompleteChatAsync(messages)).Value.Content[0].Text;
                }

                return text;
            }

            async Task LookAsync()
            {
                ChatCompletion reply = await chat.CompleteChatAsync(_history);
                _done = reply.FinishReason == ChatFinishReason.Stop;
            }

            async Task LogAsync(List<ChatMessage> messages)
            {
                messages.Add(new UserChatMessage(await sink.ReadAsync()));
                await chat.CompleteChatAsync(messages);
            }
        }
        """;

    [Fact]
    public Task Agent_loop_of_the_samples_is_reported() => Verify.VerifyAnalyzerAsync(Chat(
        """
        bool requiresAction;
        do
        {
            requiresAction = false;
            ChatCompletion completion = await chat.CompleteChatAsync(messages, options);
            switch (completion.FinishReason)
            {
                case ChatFinishReason.Stop:
                    messages.Add(new AssistantChatMessage(completion));
                    break;

                case ChatFinishReason.ToolCalls:
                    messages.Add(new AssistantChatMessage(completion));
                    foreach (ChatToolCall toolCall in completion.ToolCalls)
                    {
                        messages.Add(new ToolChatMessage(toolCall.Id, Weather(toolCall)));
                    }

                    requiresAction = true;
                    break;

                default:
                    throw new NotImplementedException();
            }
        }
        while ({|AIG2003:requiresAction|});
        """));

    [Fact]
    public Task Other_sdks_have_loops_too() => Verify.VerifyAnalyzerAsync(
        """
        using System.Collections.Generic;
        using System.Linq;
        using System.Threading;
        using System.Threading.Tasks;
        using Anthropic;
        using Anthropic.Models.Messages;
        using Microsoft.Extensions.AI;

        class C
        {
            async Task<ChatResponse> Agent(IChatClient client, List<ChatMessage> history, ChatOptions options, CancellationToken token)
            {
                {|AIG2003:while|} (true)
                {
                    var response = await client.GetResponseAsync(history, options, token);
                    history.AddMessages(response);
                    var calls = response.Messages.SelectMany(m => m.Contents).OfType<FunctionCallContent>().ToList();
                    if (calls.Count == 0)
                    {
                        return response;
                    }

                    foreach (var call in calls)
                    {
                        history.Add(new ChatMessage(ChatRole.Tool, [new FunctionResultContent(call.CallId, "result")]));
                    }
                }
            }

            async Task Claude(AnthropicClient client, MessageCreateParams parameters)
            {
                Message message;
                do
                {
                    message = await client.Messages.Create(parameters);
                }
                while ({|AIG2003:message.StopReason == StopReason.ToolUse|});
            }

            async Task Bounded(AnthropicClient client, MessageCreateParams parameters)
            {
                Message message;
                var rounds = 0;
                do
                {
                    message = await client.Messages.Create(parameters);
                }
                while (message.StopReason == StopReason.ToolUse && rounds++ < 5);
            }
        }
        """);

    [Theory]
    [InlineData("ChatCompletion reply = await chat.CompleteChatAsync(messages); if (reply.FinishReason == ChatFinishReason.ToolCalls) { messages.Add(new AssistantChatMessage(reply)); return await {|AIG2003:AskAsync|}(chat, messages, prompt, depth); } return \"\";")]
    [InlineData("try { ChatCompletion reply = await chat.CompleteChatAsync(messages); return reply.Content[0].Text; } catch (ClientResultException) { return await {|AIG2003:AskAsync|}(chat, messages, prompt, depth); }")]
    [InlineData("ChatCompletion reply = await chat.CompleteChatAsync(prompt); var text = reply.Content[0].Text; return IsJson(text) ? text : await {|AIG2003:AskAsync|}(chat, messages, prompt + \" Answer in JSON.\", depth);")]
    [InlineData("ChatCompletion reply = await chat.CompleteChatAsync(prompt); var text = reply.Content[0].Text; if (IsJson(text)) { return text; } return await {|AIG2003:AskAsync|}(chat, messages, $\"{prompt} This is wrong: {text}\", depth);")]
    public Task Recursion_that_only_the_model_ends_is_reported(string body) => Verify.VerifyAnalyzerAsync(Recursive(body));

    [Theory]
    [InlineData("if (depth > 5) { return \"\"; } ChatCompletion reply = await chat.CompleteChatAsync(messages); return reply.FinishReason == ChatFinishReason.ToolCalls ? await AskAsync(chat, messages, prompt, depth + 1) : \"\";")]
    [InlineData("ChatCompletion reply = await chat.CompleteChatAsync(messages); return reply.FinishReason == ChatFinishReason.ToolCalls && messages.Count < 20 ? await AskAsync(chat, messages, prompt, depth) : \"\";")]
    [InlineData("try { ChatCompletion reply = await chat.CompleteChatAsync(messages); return \"\"; } catch (ClientResultException) when (depth < 3) { return await AskAsync(chat, messages, prompt, depth + 1); }")]
    [InlineData("if (prompt.Length < 1000) { ChatCompletion reply = await chat.CompleteChatAsync(prompt); return reply.Content[0].Text; } return await AskAsync(chat, messages, prompt.Substring(1000), depth);")] // works its way through the data
    [InlineData("ChatCompletion first = await chat.CompleteChatAsync(prompt); if (prompt.Length > 1000) { return await AskAsync(chat, messages, prompt[1000..], depth); } return \"\";")]
    [InlineData("if (prompt == \"again\") { return \"\"; } ChatCompletion reply = await chat.CompleteChatAsync(prompt); return IsJson(reply.Content[0].Text) ? \"\" : await AskAsync(chat, messages, \"again\", depth);")] // a second try
    [InlineData("ChatCompletion reply = await chat.CompleteChatAsync(messages); return _policy.IsSpent ? \"\" : await AskAsync(chat, messages, prompt, depth);")]
    [InlineData("var line = Console.ReadLine(); ChatCompletion reply = await chat.CompleteChatAsync(line); return await AskAsync(chat, messages, prompt, depth);")]
    [InlineData("if (messages.Count == 0) { return await AskAsync(chat, messages, prompt, depth); } ChatCompletion reply = await chat.CompleteChatAsync(messages); return \"\";")] // not after the call
    public Task Recursion_with_another_end_is_not_reported(string body) => Verify.VerifyAnalyzerAsync(Recursive(body));

    [Fact]
    public Task Recursion_over_a_tree_is_left() => Verify.VerifyAnalyzerAsync(
        """
        using System.Collections.Generic;
        using System.Threading.Tasks;
        using OpenAI.Chat;

        class Node
        {
            public string Text { get; set; } = "";
            public List<Node> Children { get; } = [];
        }

        class C
        {
            async Task Summarize(ChatClient chat, Node node)
            {
                node.Text = (await chat.CompleteChatAsync(node.Text)).Value.Content[0].Text;
                foreach (var child in node.Children)
                {
                    await Summarize(chat, child);
                }
            }
        }
        """);

    [Fact]
    public Task Budget_and_names_of_the_team_are_bounds() => Verify.VerifyAnalyzerAsync(
        Chat(
            """
            while (true) { ChatCompletion reply = await chat.CompleteChatAsync(messages); _policy.Spend(reply.Usage.TotalTokenCount); }
            """),
        test => test.EditorConfig = "[*.cs]\naiguardrails.loop_guards = Policy, Quota");

    [Fact]
    public Task Tests_are_left_unless_the_team_asks() => Verify.VerifyAnalyzerAsync(
        """
        using System.Threading.Tasks;
        using OpenAI.Chat;

        class FactAttribute : System.Attribute { }

        class Tests
        {
            [Fact]
            public async Task Chat(ChatClient chat) { while (true) { ChatCompletion reply = await chat.CompleteChatAsync("x"); if (reply.FinishReason == ChatFinishReason.Stop) { break; } } }
        }
        """);

    [Theory]
    [InlineData("var n = 0; var (a, b) = (1, 2); do { try { ChatCompletion reply = await chat.CompleteChatAsync(messages, options, token); a = b; b = a + n; n += reply.Content switch { [var one, ..] => one.Text.Length, _ => 0 }; } catch (Exception e) when (e is ClientResultException { Status: 429 } c && c.Status > b) { } } while (a < 3 ? n > 2 : queue.TryDequeue(out var line) && line != null);")]
    public Task Half_typed_code_does_no_harm(string code) =>
        AiGuardrails.Testing.AnalyzerFuzz.VerifyNeverThrowsAsync<AiGuardrails.Analyzers.Rules.Cost.UnboundedGenerationLoopAnalyzer>(Chat(code));

    [Fact]
    public Task Loop_of_many_branches_is_bounded() => Verify.VerifyAnalyzerAsync(Chat(
        "{|AIG2003:while|} (true) { " + Ask
        + string.Join('\n', Enumerable.Range(0, 700).Select(static i => $"if (reply.Content.Count == {i}) {{ messages.Clear(); }}"))
        + "if (reply.ToolCalls.Count == 0) { break; } }"));

    [Fact]
    public Task Locals_that_are_made_of_each_other_are_bounded() => Verify.VerifyAnalyzerAsync(Chat(
        "var x0 = 0; " + string.Join(' ', Enumerable.Range(1, 40).Select(static i => $"var x{i} = 0;"))
        + " while (true) { " + Ask
        + string.Join(' ', Enumerable.Range(1, 40).Select(static i => $"x{i} = reply.Content.Count > {i} ? x{i - 1} : reply.ToolCalls.Count > {i} ? x{i - 1} + reply.Content.Count : x{(i + 7) % 40};"))
        + " if (x40 > 3) { break; } }"));

    [Fact]
    public Task Message_names_the_call() => Verify.VerifyAnalyzerAsync(
        Chat("{|#0:while|} (true) { " + Ask + "}"),
        Verify.Diagnostic("AIG2003").WithLocation(0).WithArguments("CompleteChatAsync"));

    [Fact]
    public Task Fix_counts_the_rounds() => Verify.VerifyCodeFixAsync(
        Chat(
            """
            // Until the model has no more calls.
            {|AIG2003:while|} (true) // rounds
            {
                ChatCompletion reply = await chat.CompleteChatAsync(messages);
                if (reply.ToolCalls.Count == 0)
                {
                    break;
                }
            }

            ChatCompletion last;
            do
                last = await chat.CompleteChatAsync(messages); // again
            while ({|AIG2003:last.FinishReason == ChatFinishReason.ToolCalls|});

            if (files.Length > 0)
                while ({|AIG2003:last.FinishReason == ChatFinishReason.Length|})
                    last = await chat.CompleteChatAsync(messages);
            """),
        Chat(
            """
            var attempts = 0;
            // Until the model has no more calls.
            while (true) // rounds
            {
                if (++attempts > 10)
                {
                    throw new InvalidOperationException("No end after 10 attempts.");
                }

                ChatCompletion reply = await chat.CompleteChatAsync(messages);
                if (reply.ToolCalls.Count == 0)
                {
                    break;
                }
            }

            ChatCompletion last;
            var attempts2 = 0;
            do
            {
                if (++attempts2 > 10)
                {
                    throw new InvalidOperationException("No end after 10 attempts.");
                }

                last = await chat.CompleteChatAsync(messages); // again
            }
            while (last.FinishReason == ChatFinishReason.ToolCalls);

            if (files.Length > 0)
            {
                var attempts3 = 0;
                while (last.FinishReason == ChatFinishReason.Length)
                {
                    if (++attempts3 > 10)
                    {
                        throw new InvalidOperationException("No end after 10 attempts.");
                    }

                    last = await chat.CompleteChatAsync(messages);
                }
            }
            """));

    [Fact]
    public Task Fix_keeps_what_the_compiler_knows() => Verify.VerifyCodeFixAsync(
        Chat(
            """
            string answer;
            {|AIG2003:for|} (;;)
            {
                ChatCompletion reply = await chat.CompleteChatAsync(messages);
                answer = reply.Content[0].Text;
                if (answer.Length > 0)
                {
                    break;
                }
            }

            Console.WriteLine(answer);
            """),
        Chat(
            """
            string answer;
            var attempts = 0;
            for (;;)
            {
                if (++attempts > 10)
                {
                    throw new InvalidOperationException("No end after 10 attempts.");
                }

                ChatCompletion reply = await chat.CompleteChatAsync(messages);
                answer = reply.Content[0].Text;
                if (answer.Length > 0)
                {
                    break;
                }
            }

            Console.WriteLine(answer);
            """));

    [Fact]
    public Task No_fix_for_a_recursion() => Verify.VerifyNoCodeFixAsync(Recursive(
        "ChatCompletion reply = await chat.CompleteChatAsync(messages); return reply.ToolCalls.Count > 0 ? await {|AIG2003:AskAsync|}(chat, messages, prompt, depth) : \"\";"));

    private static string Recursive(string body) => Chat("return await AskAsync(chat, messages, \"\", 0);").Replace(
        "static bool IsJson(",
        $$"""
        async Task<string> AskAsync(ChatClient chat, List<ChatMessage> messages, string prompt, int depth)
            {
                {{body}}
            }

            static bool IsJson(
        """,
        StringComparison.Ordinal);

    private static string Chat(string code) =>
        $$"""
        using System;
        using System.ClientModel;
        using System.Collections.Generic;
        using System.IO;
        using System.Linq;
        using System.Threading;
        using System.Threading.Channels;
        using System.Threading.Tasks;
        using OpenAI.Chat;
        using OpenAI.Embeddings;

        interface IInbox
        {
            Task<string> NextAsync(CancellationToken token);
            Task<string[]> PendingAsync(CancellationToken token);
            Task<bool> IsDoneAsync(string text);
        }

        class Policy
        {
            public bool IsSpent { get; set; }
            public void Spend(int tokens) { }
        }

        class C
        {
            readonly Policy _policy = new();
            readonly TimeSpan _pause;

            static Task<T> Retry<T>(Func<Task<T>> action) => action();

            static string? Line()
            {
                Console.Write("> ");
                return Console.ReadLine();
            }

            static string Weather(ChatToolCall call) => call.FunctionArguments.ToString();

            static bool IsJson(string text) => text.StartsWith('{');

            async Task<string> M(ChatClient chat, EmbeddingClient embeddings, List<ChatMessage> messages, ChatCompletionOptions options, IInbox inbox, ChannelReader<string> channel, Queue<string> queue, TextReader reader, string[] files, CancellationToken token)
            {
        {{Indent(code)}}
                return "";
            }
        }
        """;

    private static string Indent(string code) => string.Join('\n', code.Split('\n').Select(static line => line.Length == 0 ? line : "        " + line));
}
