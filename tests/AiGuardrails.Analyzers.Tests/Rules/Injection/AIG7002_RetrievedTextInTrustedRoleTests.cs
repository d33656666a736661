using Verify = AiGuardrails.Testing.CSharpAnalyzerVerifier<AiGuardrails.Analyzers.Rules.Injection.RetrievedTextInTrustedRoleAnalyzer>;

namespace AiGuardrails.Analyzers.Tests.Rules.Injection;

public sealed class AIG7002_RetrievedTextInTrustedRoleTests
{
    // Microsoft.Extensions.VectorData is not referenced: its result type, as far as the rule is concerned.
    private const string Around =
        """
        using System;
        using System.Collections.Generic;
        using System.Linq;
        using System.Text;
        using System.Threading.Tasks;
        using AiGuardrails;
        using Microsoft.Extensions.VectorData;
        using OpenAI.Chat;

        namespace Microsoft.Extensions.VectorData { public class VectorSearchResult<T>(T record, double? score) { public T Record => record; public double? Score => score; } }
        class Note { public string Text { get; set; } = ""; }
        interface INotes { [Retrieved] Task<string> FindAsync(string query); Task<string> TitleAsync(string query); IAsyncEnumerable<VectorSearchResult<Note>> QueryAsync(string query); }
        [Retrieved] class Passage { public string Text { get; set; } = ""; }

        """;

    [Theory]
    [InlineData("await foreach (var hit in notes.QueryAsync(question)) { messages.Add(new SystemChatMessage({|AIG7002:hit.Record.Text|})); }")]
    [InlineData("var text = new StringBuilder(\"You know:\"); await foreach (var hit in notes.QueryAsync(question)) { text.AppendLine(hit.Record.Text); } messages.Add(new SystemChatMessage({|AIG7002:text.ToString()|}));")]
    [InlineData("List<VectorSearchResult<Note>> hits = []; var context = string.Join(\"\\n\", hits.Select(hit => $\"- {hit.Record.Text}\")); messages.Add(new SystemChatMessage($\"You know: {{|AIG7002:context|}}\"));")]
    [InlineData("messages.Add(new SystemChatMessage($\"You know: {{|AIG7002:await notes.FindAsync(question)|}}\"));")]
    [InlineData("foreach (var passage in passages) { messages.Add(new SystemChatMessage({|AIG7002:passage.Text|})); }")]
    [InlineData("var o = new Microsoft.Extensions.AI.ChatOptions { Instructions = $\"You know: {string.Join(\", \", {|AIG7002:passages.Select(p => p.Text)|})}\" };")]
    [InlineData("Say({|AIG7002:passages[0].Text|}); void Say(string prompt) => messages.Add(new SystemChatMessage(prompt));")]
    public Task Results_of_a_search_are_reported(string statements) => Verify.VerifyAnalyzerAsync(In(statements), static test => test.SilentWithoutSdk = false);

    [Theory]
    [InlineData("await foreach (var hit in notes.QueryAsync(question)) { messages.Add(new UserChatMessage(hit.Record.Text)); }")]
    [InlineData("await foreach (var hit in notes.QueryAsync(question)) { messages.Add(new SystemChatMessage($\"Best score: {hit.Score}\")); }")]
    [InlineData("messages.Add(new SystemChatMessage(await notes.TitleAsync(question)));")]
    [InlineData("messages.Add(new SystemChatMessage(question));")]
    [InlineData("messages.Add(new SystemChatMessage(new Note { Text = \"fixed\" }.Text));")]
    [InlineData("messages.Add(new SystemChatMessage(SearchPrompt(question))); static string SearchPrompt(string about) => \"You search.\";")]
    public Task Other_text_is_left(string statements) => Verify.VerifyAnalyzerAsync(In(statements), static test => test.SilentWithoutSdk = false);

    // The shape of a pipeline over notes in memory, in words of our own: nothing but the name says that this is a search.
    [Fact]
    public Task Text_that_a_method_named_as_a_search_returns_is_reported() => Verify.VerifyAnalyzerAsync(
        """
        using System.Collections.Generic;
        using System.Linq;
        using OpenAI.Chat;

        class Pipeline(ChatClient client)
        {
            private static readonly List<(string Title, string Text)> s_notes = [("Returns", "Send it back within 30 days."), ("Delivery", "Two days.")];

            public ChatCompletion Answer(string question)
            {
                var notes = Retrieve(question);
                var context = string.Join("\n", notes.Select(note => $"## {note.Title}\n{note.Text}"));
                var prompt = "Answer from these notes only. " + $"Notes:\n{context}";
                return client.CompleteChat([new SystemChatMessage({|AIG7002:prompt|}), new UserChatMessage(question)]);
            }

            private static List<(string Title, string Text)> Retrieve(string question) =>
                s_notes.OrderByDescending(note => question.Split(' ').Count(note.Text.Contains)).Take(2).ToList();
        }
        """);

    // The shape of a provider that adds what an extension has put into the agent, in words of our own.
    [Theory]
    [InlineData("messages.Add(new SystemChatMessage({|AIG7002:agent.Knowledges|}));")]
    [InlineData("messages.Add(ChatMessage.CreateSystemMessage({|AIG7002:agent.Knowledges|}));")]
    [InlineData("ai.Add(new(Microsoft.Extensions.AI.ChatRole.System, {|AIG7002:agent.Knowledges|}));")]
    [InlineData("items.Add(OpenAI.Responses.ResponseItem.CreateSystemMessageItem({|AIG7002:agent.Knowledges|}));")]
    [InlineData("messages.Insert(0, new SystemChatMessage($\"Notes: {{|AIG7002:agent.Knowledges|}}\"));")]
    public Task Knowledge_text_of_an_agent_is_reported(string statement) => Verify.VerifyAnalyzerAsync(
        $$"""
        using System.Collections.Generic;
        using OpenAI.Chat;

        class Agent { public string? Knowledges { get; set; } public string Instruction { get; set; } = ""; }

        class Provider
        {
            public void Prepare(Agent agent, List<ChatMessage> messages, List<Microsoft.Extensions.AI.ChatMessage> ai, List<OpenAI.Responses.ResponseItem> items)
            {
                messages.Add(new SystemChatMessage(agent.Instruction));
                if (!string.IsNullOrEmpty(agent.Knowledges))
                {
                    {{statement}}
                }
            }
        }
        """);

    [Fact]
    public Task Message_says_when_only_a_name_tells() => Verify.VerifyAnalyzerAsync(
        In("messages.Add(new SystemChatMessage({|#0:agent.Knowledge|})); messages.Add(new SystemChatMessage({|#1:passages[0].Text|}));"),
        static test => test.SilentWithoutSdk = false,
        Verify.Diagnostic("AIG7002").WithLocation(0).WithArguments("agent.Knowledge", "is retrieved text by its name"),
        Verify.Diagnostic("AIG7002").WithLocation(1).WithArguments("passages[0].Text", "was retrieved"));

    private static string In(string statements) =>
        $$"""
        {{Around}}
        class Agent { public string? Knowledge { get; set; } }

        class Answers
        {
            public async Task Answer(INotes notes, List<Passage> passages, Agent agent, string question, List<ChatMessage> messages)
            {
                await Task.Yield();
                {{statements}}
            }
        }
        """;
}
