using AiGuardrails.Testing;
using Microsoft.CodeAnalysis;
using Verify = AiGuardrails.Testing.CSharpAnalyzerVerifier<AiGuardrails.Analyzers.Rules.Prompts.PromptOverBudgetAnalyzer>;

namespace AiGuardrails.Analyzers.Tests.Rules.Prompts;

public sealed class AIG8007_PromptOverBudgetTests
{
    private const string Words = "Answer in one sentence, name the page of the manual that you have it from, and say so where the manual does not tell. ";

    // ----- Its own limit -----

    [Fact]
    public Task Full_slots_are_more_than_the_limit() => VerifyAsync(
        Prompt("MaxPromptTokens = {|#0:1_000|}", "{Manual} {Question} {Notes}", "[Slot(MaxTokens = 900)] public required string Manual", "[Slot(MaxTokens = 200)] public required string Question", "public string? Notes"),
        DiagnosticSeverity.Info,
        "the prompt 'p' can have 1,101 tokens where its slots are full: 1 of text, 900 of 'Manual', 200 of 'Question' ('Notes' has no limit and is not counted); MaxPromptTokens is 1,000, beyond which rendering throws; lower the limits of its slots, or raise it");

    [Fact]
    public Task Fixed_text_alone_is_more_than_the_limit() => VerifyAsync(
        Prompt("MaxPromptTokens = {|#0:100|}", string.Concat(Enumerable.Repeat(Words, 10)) + "{Question}", "public required string Question"),
        DiagnosticSeverity.Warning,
        "the prompt 'p' has at least 270 tokens before an input is placed: 270 of text; MaxPromptTokens is 100, beyond which rendering throws; shorten the text, or raise it");

    [Fact]
    public Task Trusted_text_has_a_limit_without_one() => VerifyAsync(
        Prompt("MaxPromptTokens = {|#0:499|}", "{Tone}", "[Slot(TrustedBecause = \"It is ours.\")] public required string Tone"),
        DiagnosticSeverity.Info,
        "the prompt 'p' can have 500 tokens where its slots are full: 500 of 'Tone'; MaxPromptTokens is 499, beyond which rendering throws; lower the limits of its slots, or raise it");

    [Fact]
    public Task A_slot_that_is_placed_twice_counts_twice() => VerifyAsync(
        Prompt("MaxPromptTokens = {|#0:150|}", "{Question} {Question}", "[Slot(MaxTokens = 100)] public required string Question"),
        DiagnosticSeverity.Info,
        "the prompt 'p' can have 201 tokens where its slots are full: 1 of text, 100 of 'Question', 100 of 'Question'; MaxPromptTokens is 150, beyond which rendering throws; lower the limits of its slots, or raise it");

    [Theory]
    [InlineData("MaxPromptTokens = 1_200", "{Question}", "[Slot(MaxTokens = 1_100)] public required string Question")]
    [InlineData("MaxPromptTokens = 10", "{Question}", "public required string Question")]
    [InlineData("MaxPromptTokens = 10", "{Number}", "public required int Number")]
    [InlineData("MaxPromptTokens = 0", "{Question}", "[Slot(MaxTokens = 1_000_000)] public required string Question")]
    [InlineData("Version = 1", "{Question}", "[Slot(MaxTokens = 1_000_000)] public required string Question")]
    [InlineData("MaxPromptTokens = 10", "{Question} {Unknown}", "[Slot(MaxTokens = 100)] public required string Question")] // another rule says what is wrong
    public Task What_fits_or_is_not_known_is_left_alone(string arguments, string text, string member) => VerifyAsync(Prompt(arguments, text, member));

    // ----- Examples -----

    [Theory]
    [InlineData("{ yield return {0}; yield return {1}; }", "")]
    [InlineData("{ var first = 1; yield return {0}; yield return {1}; yield break; }", "")]
    [InlineData("=> [{0}, {1}];", "")]
    [InlineData("{ return new Shot<P, Verdict>[] { {0}, {1} }; }", "")]
    [InlineData("{ yield return {0}; yield return {1}; if (System.DateTime.Now.Year > 0) yield return {0}; }", " (it may have more examples)")]
    public Task Examples_count_with_their_texts(string body, string more) => VerifyAsync(
        Examples("MaxPromptTokens = {|#0:120|}", body),
        DiagnosticSeverity.Info,
        $"the prompt 'p' can have 133 tokens where its slots are full: 3 of text, 30 of 2 examples, 100 of 'Question'{more}; MaxPromptTokens is 120, beyond which rendering throws; lower the limits of its slots, or raise it");

    [Theory]
    [InlineData("=> Load(); static IEnumerable<Shot<P, Verdict>> Load() => [];")]
    [InlineData("{ foreach (var shot in new Shot<P, Verdict>[] { {0}, {1} }) yield return shot; }")]
    [InlineData("{ if (System.DateTime.Now.Year > 1) { yield return {0}; yield return {1}; } }")]
    public Task Examples_that_are_not_known_do_not_count(string body) => VerifyAsync(Examples("MaxPromptTokens = 105", body));

    // ----- The context of a model -----

    [Fact]
    public Task Prompt_and_answer_are_more_than_the_context_of_a_model() => VerifyAsync(
        Prompt("MaxOutputTokens = 16_000", "{Question}", "[Slot(MaxTokens = 120_000)] public required string Question").Replace("class P", "class {|#0:P|}", StringComparison.Ordinal),
        "[*.cs]\naiguardrails.prompt_models = some-model, gpt-4.1, gpt-4o-mini\n",
        DiagnosticSeverity.Info,
        "the prompt 'p' can have 136,000 tokens with its answer where its slots are full: 16,000 of MaxOutputTokens, 120,000 of 'Question'; the context of 'gpt-4o-mini' has 128,000; lower the limits of its slots, or lower the cap on the answer");

    [Fact]
    public Task The_cap_alone_is_more_than_the_context() => VerifyAsync(
        Prompt("MaxOutputTokens = 130_000", "Hello {Question}", "public required string Question").Replace("class P", "class {|#0:P|}", StringComparison.Ordinal),
        "[*.cs]\naiguardrails.AIG8007.prompt_models = ft:gpt-4o-mini-2024-07-18:acme::AbC12345\n",
        DiagnosticSeverity.Warning,
        "the prompt 'p' has at least 130,001 tokens with its answer before an input is placed: 1 of text, 130,000 of MaxOutputTokens; the context of 'ft:gpt-4o-mini-2024-07-18:acme::AbC12345' has 128,000; shorten the text, or lower the cap on the answer");

    [Theory]
    [InlineData("gpt-4.1")]
    [InlineData("some-model")]
    [InlineData("babbage-002")] // no context in the catalogue
    [InlineData("")]
    public Task A_model_that_has_room_or_is_not_known_is_left_alone(string model) => VerifyAsync(
        Prompt("MaxOutputTokens = 130_000", "{Question}", "[Slot(MaxTokens = 900_000)] public required string Question"), $"[*.cs]\naiguardrails.prompt_models = {model}\n");

    [Fact]
    public Task The_catalogue_of_the_team_counts() => VerifyAsync(
        Prompt("MaxOutputTokens = 100", "{Question}", "[Slot(MaxTokens = 1_000)] public required string Question").Replace("class P", "class {|#0:P|}", StringComparison.Ordinal),
        "[*.cs]\naiguardrails.prompt_models = acme-small\n",
        DiagnosticSeverity.Info,
        "the prompt 'p' can have 1,100 tokens with its answer where its slots are full: 100 of MaxOutputTokens, 1,000 of 'Question'; the context of 'acme-small' has 1,024; lower the limits of its slots, or lower the cap on the answer",
        ("aiguardrails.models.json", """{ "models": [ { "id": "acme-small", "provider": "OpenAI", "limits": { "contextWindow": 1024, "source": "handbook", "asOf": "2026-09-01" }, "source": "handbook", "asOf": "2026-09-01" } ] }"""));

    [Fact]
    public Task Training_data_name_the_model_of_a_prompt() => VerifyAsync(
        Prompt("Version = 1", "{Question}", "[Slot(MaxTokens = 130_000)] public required string Question").Replace("class P", "class {|#0:P|}", StringComparison.Ordinal),
        Data("p"),
        DiagnosticSeverity.Info,
        "the prompt 'p' can have 130,000 tokens where its slots are full: 130,000 of 'Question'; the context of 'gpt-4o-mini-2024-07-18' has 128,000; lower the limits of its slots, or take a model with a larger context",
        ("train.jsonl", ""));

    [Fact]
    public Task Training_data_of_another_prompt_name_none() => VerifyAsync(
        Prompt("Version = 1", "{Question}", "[Slot(MaxTokens = 130_000)] public required string Question"), Data("q"), ("train.jsonl", ""));

    [Theory]
    [InlineData("prompt.ToAnthropicParams({|#0:\"claude-haiku-4-5\"|})", "can have 210,300 tokens with its answer where its slots are full: 300 of maxTokens, 210,000 of 'Question'; the context of 'claude-haiku-4-5' has 200,000; lower the limits of its slots, or lower the cap on the answer")]
    [InlineData("prompt.ToAnthropicParams(maxTokens: 200, model: {|#0:Model|})", "can have 210,200 tokens with its answer where its slots are full: 200 of maxTokens, 210,000 of 'Question'; the context of 'claude-haiku-4-5-20251001' has 200,000; lower the limits of its slots, or lower the cap on the answer")]
    public Task A_call_names_the_model(string call, string message) => VerifyAsync(Call(call), DiagnosticSeverity.Info, "the prompt 'p' " + message);

    [Theory]
    [InlineData("prompt.ToAnthropicParams(\"claude-opus-4-8\")")]
    [InlineData("prompt.ToAnthropicParams(System.Environment.MachineName)")]
    [InlineData("new Other().ToAnthropicParams(\"claude-haiku-4-5\")")]
    public Task A_call_with_room_or_of_something_else_is_left_alone(string call) => VerifyAsync(Call(call));

    private static string Prompt(string arguments, string text, params string[] members) =>
        $$"""
        using AiGuardrails;

        [Prompt("p", {{arguments}})]
        [Block(BlockRole.User, "{{text}}")]
        public partial class P
        {
            {{string.Join("\n    ", members.Select(static member => member + " { get; init; }"))}}
        }
        """;

    private static string Examples(string arguments, string body) =>
        $$"""
        using System.Collections.Generic;
        using AiGuardrails;

        public sealed record Verdict(string Reason, int Points);

        [Prompt("p", {{arguments}}, Output = typeof(Verdict))]
        [Block(BlockRole.User, "Judge this: {Question}")]
        public partial record P
        {
            [Slot(MaxTokens = 100)]
            public required string Question { get; init; }

            public string Unplaced => "";

            [Examples]
            private static IEnumerable<Shot<P, Verdict>> Shots() {{body
                .Replace("{0}", "new Shot<P, Verdict>(new P { Question = \"The door of the fridge does not close.\" }, new Verdict(\"It is a matter of the hinge.\", 3))", StringComparison.Ordinal)
                .Replace("{1}", "new(new() { Question = \"It does not cool.\" }, new(\"Compressor.\", 1))", StringComparison.Ordinal)}}
        }
        """;

    private static string Call(string call) =>
        $$"""
        using AiGuardrails;

        [Prompt("p")]
        [Block(BlockRole.User, "{Question}")]
        public partial class P
        {
            [Slot(MaxTokens = 210_000)]
            public string Question { get; init; } = "";

            [System.CodeDom.Compiler.GeneratedCode("AiGuardrails.Generators", "1")]
            public object ToAnthropicParams(string model, long maxTokens = 300) => model;
        }

        public class Other { public object ToAnthropicParams(string model) => model; }

        public class C
        {
            private const string Model = "claude-haiku-4-5-20251001";

            public object M(P prompt) => {{call}};
        }
        """;

    private static string Data(string prompt) =>
        $"""
        [*.jsonl]
        build_metadata.AdditionalFiles.AiTrainingTarget = openai-chat
        build_metadata.AdditionalFiles.AiTrainingBaseModel = gpt-4o-mini-2024-07-18
        build_metadata.AdditionalFiles.AiTrainingPrompt = {prompt}
        """;

    private static Task VerifyAsync(string source) => VerifyAsync(source, "");

    private static Task VerifyAsync(string source, string config, params (string Name, string Text)[] files) => VerifyAsync(source, config, files, []);

    private static Task VerifyAsync(string source, DiagnosticSeverity severity, string message) => VerifyAsync(source, "", severity, message);

    private static Task VerifyAsync(string source, string config, DiagnosticSeverity severity, string message, params (string Name, string Text)[] files) =>
        VerifyAsync(source, config, files, Verify.Diagnostic("AIG8007").WithLocation(0).WithMessage(message).WithSeverity(severity));

    private static Task VerifyAsync(string source, string config, (string Name, string Text)[] files, params DiagnosticResult[] expected) => Verify.VerifyAnalyzerAsync(
        source,
        test =>
        {
            test.EditorConfig = config;
            test.SilentWithoutSdk = false;
            foreach (var (name, text) in files)
            {
                test.AdditionalFiles.Add(name, text);
            }
        },
        expected);
}
