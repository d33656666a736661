using Parsed = AiGuardrails.Testing.CSharpAnalyzerVerifier<AiGuardrails.Analyzers.Rules.Responses.TruncatedOutputParsedAnalyzer>;
using Part = AiGuardrails.Testing.CSharpAnalyzerVerifier<AiGuardrails.Analyzers.Rules.Responses.FirstContentPartUncheckedAnalyzer>;
using Status = AiGuardrails.Testing.CSharpAnalyzerVerifier<AiGuardrails.Analyzers.Rules.Responses.ResponseStatusUncheckedAnalyzer>;
using Trusted = AiGuardrails.Testing.CSharpAnalyzerVerifier<AiGuardrails.Analyzers.Rules.Responses.ModelOutputDeserializedUncheckedAnalyzer>;

namespace AiGuardrails.Analyzers.Tests.Rules.Responses;

/// <summary>The shapes in which teams write such code.</summary>
public sealed class RealCodeTests
{
    // A service that asks for JSON by a schema and takes it for granted.
    private const string Service =
        """
        #nullable enable
        using System;
        using System.Collections.Generic;
        using System.Linq;
        using System.Text.Json;
        using System.Threading;
        using System.Threading.Tasks;
        using OpenAI.Chat;

        record Analysis(string Title, List<string> Keywords);

        sealed class Analyzer(ChatClient client)
        {
            private static readonly JsonSerializerOptions s_json = new() { PropertyNameCaseInsensitive = true };

            public async Task<Analysis> AnalyzeAsync(string document, CancellationToken cancellationToken)
            {
                var messages = new List<ChatMessage> { new SystemChatMessage("Answer in JSON."), new UserChatMessage(document) };
                using var linked = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
                try
                {
                    linked.CancelAfter(TimeSpan.FromSeconds(30));
                }
                catch
                {
                }

                ChatCompletion response = await client.CompleteChatAsync(messages, new ChatCompletionOptions(), linked.Token);
                string text = PART0.Text;
                return PARSE;
            }
        }
        """;

    [Fact]
    public Task Part_of_a_service() => Part.VerifyAnalyzerAsync(Service.Replace("PART0", "{|AIG3002:response.Content[0]|}").Replace("PARSE", "JsonSerializer.Deserialize<Analysis>(text, s_json)!"));

    [Fact]
    public Task Parse_of_a_service() => Parsed.VerifyAnalyzerAsync(Service.Replace("PART0", "response.Content[0]").Replace("PARSE", "{|AIG3001:JsonSerializer.Deserialize<Analysis>(text, s_json)|}!"));

    [Fact]
    public Task Object_of_a_service() => Trusted.VerifyAnalyzerAsync(Service.Replace("PART0", "response.Content[0]").Replace("PARSE", "{|AIG3003:JsonSerializer.Deserialize<Analysis>(text, s_json)|}!"));

    [Theory]
    // A provider of a framework: the text first, then the reasons.
    [InlineData(
        """
        var call = response.OutputItems.OfType<FunctionCallResponseItem>().FirstOrDefault();
        var text = response.GetOutputText() ?? string.Empty;
        if (call != null)
        {
            return text;
        }
        else if (response.IncompleteStatusDetails?.Reason == ResponseIncompleteStatusReason.MaxOutputTokens)
        {
            return "cut off";
        }

        return text;
        """)]
    // A tool loop that ends on the status.
    [InlineData(
        """
        while (response.Status == ResponseStatus.Completed)
        {
            foreach (var item in response.OutputItems)
            {
                options.InputItems.Add(item);
            }

            response = await client.CreateResponseAsync(options, token);
        }
        """)]
    public Task Status_that_is_asked(string statements) => Status.VerifyAnalyzerAsync(ResponseSource.Response(statements));

    [Fact]
    public Task Tool_loop_without_a_status() => Status.VerifyAnalyzerAsync(ResponseSource.Response(
        """
        bool again;
        do
        {
            again = false;
            ResponseResult result = await client.CreateResponseAsync(options, token);
            foreach (var item in {|AIG3005:result.OutputItems|})
            {
                options.InputItems.Add(item);
                if (item is FunctionCallResponseItem call)
                {
                    options.InputItems.Add(ResponseItem.CreateFunctionCallOutputItem(call.CallId, "4"));
                    again = true;
                }
            }
        }
        while (again);
        """));

    [Theory]
    // The loop of the SDK's examples: a switch on the reason.
    [InlineData(
        """
        bool again;
        do
        {
            again = false;
            ChatCompletion answer = await client.CompleteChatAsync(messages, options);
            switch (answer.FinishReason)
            {
                case ChatFinishReason.Stop:
                    messages.Add(new AssistantChatMessage(answer));
                    Console.WriteLine(answer.Content[0].Text);
                    break;
                case ChatFinishReason.ToolCalls:
                    again = true;
                    break;
                default:
                    throw new NotImplementedException();
            }
        }
        while (again);
        """)]
    // A conversation that is shown: which message it was is not known.
    [InlineData(
        """
        foreach (ChatMessage message in messages)
        {
            if (message is AssistantChatMessage assistant)
            {
                Console.WriteLine(assistant.Content[0].Text);
            }
        }
        """)]
    // The answer as the last of a list.
    [InlineData(
        """
        var answers = new List<ChatCompletion>();
        answers.Add(await client.CompleteChatAsync(messages));
        Console.WriteLine(answers[0].Content[0].Text);
        """)]
    // A member of an object that the service keeps.
    [InlineData(
        """
        var kept = new { Answer = (await client.CompleteChatAsync(messages)).Value };
        Unknown.Take(kept);
        """)]
    public Task Part_that_is_fine_or_unknown(string statements) => Part.VerifyAnalyzerAsync(ResponseSource.ChatMethod(statements));

    [Theory]
    // Half-typed code says nothing, and crashes nothing.
    [InlineData("var answers = new List<ChatCompletion>(); foreach (var answer in answers) { Console.WriteLine(answer.Content[0].Text); }")]
    [InlineData("var tasks = messages.Select(message => client.CompleteChatAsync(message)); foreach (var answer in await Task.WhenAll(tasks)) { Console.WriteLine(answer.Value.Content[0].Text); }")]
    [InlineData("Task<System.ClientModel.ClientResult<ChatCompletion>> Ask() => client.CompleteChatAsync(messages); var answer = (await Ask()).Value; if (answer.Refusal != null) { return null; } return answer.Content[0].Text;")]
    public Task Part_of_an_answer_out_of_sight(string statements) => Part.VerifyAnalyzerAsync(ResponseSource.ChatMethod(statements));

    [Theory]
    [InlineData("Task<System.ClientModel.ClientResult<ChatCompletion>> Ask() => client.CompleteChatAsync(messages); var answer = (await Ask()).Value; return {|AIG3002:answer.Content[0]|}.Text;")]
    [InlineData("return {|AIG3002:(await AskAsync(client)).Content[0]|}.Text;")]
    [InlineData("ChatCompletion answer; try { answer = await client.CompleteChatAsync(messages); } catch (Exception e) { logger.LogError(e, \"failed\"); return null; } return {|AIG3002:answer.Content[0]|}.Text;")]
    [InlineData("ChatCompletion answer; try { answer = await client.CompleteChatAsync(messages); Console.WriteLine({|AIG3002:answer.Content[0]|}.Text); } catch (Exception e) { logger.LogError(e, \"failed\"); }")]
    [InlineData("var answers = messages.Select(async message => { ChatCompletion one = await client.CompleteChatAsync(message); return {|AIG3002:one.Content[0]|}.Text; }); return await Task.WhenAll(answers);")]
    [InlineData("var (answer, count) = ((await client.CompleteChatAsync(messages)).Value, 1); return answer.Content[0].Text + count;")] // a tuple is not followed
    public Task Part_behind_helpers(string statements) => Part.VerifyAnalyzerAsync(ResponseSource.ChatMethod(
        statements,
        "static async Task<ChatCompletion> AskAsync(ChatClient client) => await client.CompleteChatAsync(\"x\");"));

    [Fact]
    public Task Updates_that_are_joined_for_a_parser() => Parsed.VerifyAnalyzerAsync(ResponseSource.Extensions(
        """
        var updates = new List<ChatResponseUpdate>();
        await foreach (var update in client.GetStreamingResponseAsync(messages))
        {
            updates.Add(update);
        }

        return System.Text.Json.Nodes.JsonNode.Parse(updates.ToChatResponse().Text);
        """));

    [Theory]
    [InlineData("var invoice = JsonSerializer.Deserialize<Invoice>(completion.Content[0].Text); Check(invoice); return invoice!.Number;")]
    [InlineData("Invoice? invoice = null; try { invoice = JsonSerializer.Deserialize<Invoice>(completion.Content[0].Text); } catch (JsonException) { } return invoice!.Number;")]
    [InlineData("var list = JsonSerializer.Deserialize<List<string>>(completion.Content[0].Text) ?? []; return list.Count;")]
    [InlineData("var list = JsonSerializer.Deserialize<List<string>>(completion.Content[0].Text); return list is { Count: > 0 } ? list[0] : null;")]
    [InlineData("var text = completion.Content[0].Text; if (!text.StartsWith('{')) { return null; } return JsonSerializer.Deserialize<Invoice>(text);")]
    public Task Object_that_is_handled(string statements) => Trusted.VerifyAnalyzerAsync(ResponseSource.Chat(
        statements,
        "static void Check(Invoice? invoice) { if (invoice is null) { throw new InvalidOperationException(); } }"));
}
