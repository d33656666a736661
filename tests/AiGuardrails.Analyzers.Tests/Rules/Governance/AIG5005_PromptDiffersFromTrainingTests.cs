using AiGuardrails.Analyzers.Rules.Prompts;
using AiGuardrails.Testing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Verify = AiGuardrails.Testing.CSharpAnalyzerVerifier<AiGuardrails.Analyzers.Rules.Governance.PromptDiffersFromTrainingAnalyzer>;

namespace AiGuardrails.Analyzers.Tests.Rules.Governance;

public sealed class AIG5005_PromptDiffersFromTrainingTests
{
    private const string Source = """
        using AiGuardrails;

        [Prompt({|#0:"support/reply"|}, Version = 2)]
        [Block(BlockRole.System, "You answer in {Words} words.")]
        [Block(BlockRole.User, "{Question}")]
        public sealed partial record SupportReply
        {
            public int Words { get; init; } = 10;

            [Slot(Label = "customer")]
            public required string Question { get; init; }
        }
        """;

    // As the generator makes it.
    private static readonly string s_hash = HashOf(Source);

    private static readonly string s_fits = Line("You answer in 10 words.", "[customer 0123456789ab]\\nIs it open?\\n[/customer 0123456789ab]");

    // ----- A manifest -----

    [Fact]
    public Task Another_hash_in_the_manifest_is_reported() => VerifyPromptAsync(
        "", [Manifest("support/reply", 1, "0123456789abcdef")], "(version 1, hash 0123456789abcdef)");

    [Fact]
    public Task The_first_line_that_differs_is_in_the_message() => VerifyPromptAsync(
        Data("openai-chat"),
        [Manifest("support/reply", 1, "0123456789abcdef"), ("train.jsonl", s_fits + Line("You answer in 10 words, and politely.", "q"))],
        "(version 1, hash 0123456789abcdef); line 2 of 'train.jsonl': its system message has '10 words, and politely.' where the prompt has ' words.'");

    [Fact]
    public Task Data_of_the_same_text_differ_elsewhere() => VerifyPromptAsync(
        Data("openai-chat"),
        [Manifest("support/reply", 2, "0123456789abcdef"), ("train.jsonl", s_fits)],
        "(version 2, hash 0123456789abcdef); its messages have the same fixed text, so an input, a limit or the answer is another");

    [Fact]
    public async Task The_hash_of_the_prompt_is_that_of_the_generated_constant()
    {
        await VerifyAsync("", [Manifest("support/reply", 2, s_hash)]);
        await VerifyAsync("", [Manifest("other", 2, "0123456789abcdef")]);

        // Of several prompts of one name, one is the prompt as it is.
        await VerifyAsync("", [("train.manifest.json", $$"""{"prompts":[{"id":"support/reply","version":1,"hash":"0123456789abcdef"},{"id":"support/reply","version":2,"hash":"{{s_hash}}"}],"files":[]}""")]);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"prompts":{}}""")]
    [InlineData("""{"prompts":[1,null,"x",{}]}""")]
    [InlineData("""{"prompts":[{"id":"support/reply"}]}""")]
    [InlineData("""{"prompts":[{"id":1,"hash":2}]}""")]
    [InlineData("""{"promptHash":"0123456789abcdef"}""")]
    public Task What_is_no_manifest_of_a_prompt_says_nothing(string manifest) => VerifyAsync("", [("train.manifest.json", manifest)]);

    [Fact]
    public Task A_file_of_another_name_is_no_manifest() => VerifyAsync("", [("train.json", Manifest("support/reply", 1, "0123456789abcdef").Text)]);

    [Fact]
    public Task Data_that_the_manifest_vouches_for_are_not_compared() => VerifyAsync(
        Data("openai-chat", "support/reply"), [Manifest("support/reply", 2, s_hash), ("train.jsonl", Line("Another.", "q"))]);

    // ----- No manifest -----

    [Theory]
    [InlineData("openai-chat", """{"messages":[{"role":"system","content":"You answer in two sentences."},{"role":"user","content":"[customer 1]\nq\n[/customer 1]"},{"role":"assistant","content":"a"}]}""", "its system message has 'two sentences.' where the prompt has ' words.'")]
    [InlineData("openai-chat", """{"messages":[{"role":"system","content":"You are kind."},{"role":"user","content":"q"},{"role":"assistant","content":"a"}]}""", "its system message has 'are kind.' where the prompt has 'answer in '")]
    [InlineData("openai-chat", """{"messages":[{"role":"user","content":"[customer 1]\nq\n[/customer 1]"},{"role":"assistant","content":"a"}]}""", "it has no system message, and the prompt has one")]
    [InlineData("openai-chat", """{"messages":[{"role":"system","content":"You answer in 3 words."},{"role":"system","content":"Be kind."},{"role":"user","content":"q"},{"role":"assistant","content":"a"}]}""", "it has a system message, and the prompt has none more")]
    [InlineData("openai-chat", """{"messages":[{"role":"system","content":"You answer in 3 words."},{"role":"user","content":"Is it open?"},{"role":"assistant","content":"a"}]}""", "its user message has 'Is it open?' where the prompt has '[customer '")]
    [InlineData("bedrock-converse", """{"schemaVersion":"bedrock-conversation-2024","system":[{"text":"You are kind."}],"messages":[{"role":"user","content":[{"text":"q"}]},{"role":"assistant","content":[{"text":"a"}]}]}""", "its system message has 'are kind.' where the prompt has 'answer in '")]
    [InlineData("gemini", """{"systemInstruction":{"parts":[{"text":"You answer in 3 words, always."}]},"contents":[{"role":"user","parts":[{"text":"q"}]},{"role":"model","parts":[{"text":"a"}]}]}""", "its system message has '3 words, always.' where the prompt has ' words.'")]
    [InlineData("sharegpt", """{"conversations":[{"from":"human","value":"q"},{"from":"gpt","value":"a"}]}""", "it has no system message, and the prompt has one")]
    public Task A_line_that_the_prompt_cannot_become_is_reported(string target, string line, string difference) => VerifyAsync(
        Data(target, "support/reply"),
        [("train.jsonl", "\n{|#0:" + line + "|}\n" + line + "\n")],
        Verify.Diagnostic("AIG5005").WithLocation(0).WithSeverity(DiagnosticSeverity.Info)
            .WithMessage($"this example was not rendered from the prompt 'support/reply': {difference}; write the data with ToTrainingRecord and train again, or keep the text that the model was trained with"),
        Unmarked(Source));

    [Theory]
    [InlineData("openai-chat", """{"messages":[{"role":"system","content":"You answer in 3 words."},{"role":"user","content":"[customer 1]\nq\n[/customer 1]"},{"role":"assistant","content":"a"}]}""")]
    [InlineData("openai-chat", """{"messages":[{"role":"system","content":"You answer in 3 words."},{"role":"user","content":"[customer 1]\n\n[/customer 1]"},{"role":"assistant","content":"a","weight":0},{"role":"user","content":"[customer 2]\nq\n[/customer 2]"},{"role":"assistant","content":"a"}]}""")]
    [InlineData("trl-prompt-completion", """{"prompt":[{"role":"system","content":"You answer in 3 words."},{"role":"user","content":"[customer 1]\nq\n[/customer 1]"}],"completion":[{"role":"assistant","content":"a"}]}""")]
    [InlineData("bedrock-haiku", """{"system":"You answer in 3 words.","messages":[{"role":"user","content":"[customer 1]\nq\n[/customer 1]"},{"role":"assistant","content":"a"}]}""")]
    [InlineData("alpaca", """{"instruction":"q","output":"a"}""")] // no conversation
    [InlineData("openai-chat", """{"messages":[{"role":"system","content":"Other.","name":"x"},{"role":"user","content":"q"},{"role":"assistant","content":"a"}]}""")] // of another form
    [InlineData("openai-chat", "{ this is no JSON")]
    [InlineData("openai-chat", "")]
    public Task A_line_that_fits_or_cannot_be_read_is_left_alone(string target, string line) => VerifyAsync(Data(target, "support/reply"), [("train.jsonl", line)]);

    [Theory]
    [InlineData("")]
    [InlineData("another/prompt")]
    public Task Data_that_name_no_prompt_of_the_project_are_left_alone(string prompt) => VerifyAsync(Data("openai-chat", prompt), [("train.jsonl", Line("Another.", "q"))]);

    [Fact]
    public Task A_prompt_that_is_no_prompt_is_for_another_rule() => VerifyAsync(
        Data("openai-chat", "support/reply"),
        [Manifest("support/reply", 1, "0123456789abcdef"), ("train.jsonl", Line("Another.", "q"))],
        expected: null,
        Source.Replace("partial ", "", StringComparison.Ordinal));

    [Fact]
    public Task A_file_that_is_too_large_is_not_compared() => VerifyAsync(
        Data("openai-chat", "support/reply") + "aiguardrails.max_file_mb = 1\n", [("train.jsonl", Line("Another.", new string('q', 1_100_000)))]);

    [Fact]
    public Task Editorconfig_of_the_data_sets_the_level()
    {
        var config = Data("openai-chat", "support/reply") + "dotnet_diagnostic.AIG5005.severity = none\n";
        return VerifyAsync(config, [("train.jsonl", Line("Another.", "q")), (".editorconfig", config)]);
    }

    [Fact]
    public Task What_may_be_left_out_may_be_missing() => VerifyAsync(
        Data("openai-chat", "support/reply"),
        [("train.jsonl", """{"messages":[{"role":"user","content":"Hello"},{"role":"assistant","content":"a"}]}""" + "\n" + """{"messages":[{"role":"system","content":"Be kind."},{"role":"user","content":"Hello\nworld"},{"role":"assistant","content":"a"}]}""")],
        expected: null,
        """
        using AiGuardrails;

        [Prompt("support/reply")]
        [Block(BlockRole.Developer, "{Tone}")]
        [Block(BlockRole.User, "Hello{Name}")]
        public partial class SupportReply
        {
            [Slot(TrustedBecause = "It is ours.")]
            public string? Tone { get; set; }
            public string? Name { get; set; }
        }
        """);

    [Fact]
    public Task Instructions_are_joined_where_there_is_one_place()
    {
        const string Two = """
            using AiGuardrails;

            [Prompt("support/reply")]
            [Block(BlockRole.System, "You answer.")]
            [Block(BlockRole.Developer, "In {Words} words.")]
            [Block(BlockRole.User, "{Question}")]
            public partial class SupportReply
            {
                public int Words { get; set; }
                public string? Question { get; set; }
            }
            """;
        return VerifyAsync(
            Data("bedrock-haiku", "support/reply"),
            [("train.jsonl", """{"system":"You answer.\n\nIn 3 words.","messages":[{"role":"user","content":"q"},{"role":"assistant","content":"a"}]}""" + "\n{|#0:" + """{"system":"You answer. In 3 words.","messages":[{"role":"user","content":"q"},{"role":"assistant","content":"a"}]}""" + "|}")],
            Verify.Diagnostic("AIG5005").WithLocation(0)
                .WithMessage("this example was not rendered from the prompt 'support/reply': its system message has 'answer. In 3 words.' where the prompt has 'answer.↵↵In '; write the data with ToTrainingRecord and train again, or keep the text that the model was trained with"),
            Two);
    }

    private static string Unmarked(string source) => source.Replace("{|#0:", "", StringComparison.Ordinal).Replace("|}", "", StringComparison.Ordinal);

    private static string HashOf(string source)
    {
        var tree = CSharpSyntaxTree.ParseText(Unmarked(source));
        var compilation = CSharpCompilation.Create("Prompts", [tree], TestReferences.Of(ReferenceSets.Default), new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary));
        return ComposedPrompt.Of(compilation.GetTypeByMetadataName("SupportReply")!, compilation, new AnalyzerOptions([]), CancellationToken.None)!.Model.Hash;
    }

    private static (string Name, string Text) Manifest(string id, int version, string hash) =>
        ("train.manifest.json", $$"""{"version":1,"prompts":[{"id":"{{id}}","version":{{version}},"hash":"{{hash}}"}],"files":[{"name":"train.jsonl"}]}""");

    private static string Line(string system, string user) =>
        $$"""{"messages":[{"role":"system","content":"{{system}}"},{"role":"user","content":"{{user}}"},{"role":"assistant","content":"a"}]}""" + "\n";

    private static string Data(string target, string prompt = "") =>
        $"""
        [*.jsonl]
        build_metadata.AdditionalFiles.AiTrainingTarget = {target}
        build_metadata.AdditionalFiles.AiTrainingPrompt = {prompt}

        """;

    private static Task VerifyPromptAsync(string config, (string Name, string Text)[] files, string trained) => VerifyAsync(
        config,
        files,
        Verify.Diagnostic("AIG5005").WithLocation(0)
            .WithMessage($"the prompt 'support/reply' (version 2, hash {s_hash}) is not the one that 'train.manifest.json' names {trained}; train again, or keep the text that the model was trained with"));

    private static Task VerifyAsync(string config, (string Name, string Text)[] files, DiagnosticResult? expected = null, string source = Source) => Verify.VerifyAnalyzerAsync(
        expected is null || source != Source ? Unmarked(source) : source,
        test =>
        {
            test.EditorConfig = config;
            test.SilentWithoutSdk = false;
            foreach (var (name, text) in files)
            {
                test.AdditionalFiles.Add(name, text);
            }
        },
        expected is null ? [] : [expected]);
}
