using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Verify = AiGuardrails.Testing.CSharpCodeFixVerifier<
    AiGuardrails.Analyzers.Rules.Prompts.HiddenUnicodeAnalyzer,
    AiGuardrails.CodeFixes.Rules.Prompts.HiddenUnicodeCodeFix>;

namespace AiGuardrails.Analyzers.Tests.Rules.Prompts;

public sealed class AIG8004_HiddenUnicodeTests
{
    private const string Space = "\u200B";
    private const string Tags = "\U000E0068\U000E0069";

    [Fact]
    public Task Characters_and_their_escapes_are_removed_from_every_form_of_literal() => Verify.VerifyCodeFixAsync(
        Raw(
            """"
            using OpenAI.Chat;

            class C
            {
                object[] M(string name) =>
                [
                    new SystemChatMessage("Be{|AIG8004:<ZWSP>|} kind.\t\"Never\" lie {|AIG8004:<TAGS>|}."),
                    new SystemChatMessage("Be {|AIG8004:\u200B|}kind{|AIG8004:\U000E0068\U000E0069|} and {|AIG8004:\x202E|}quick"),
                    new UserChatMessage(@"C:\u200B ""{|AIG8004:<ZWSP>|}x"""),
                    new UserChatMessage($"Hello{|AIG8004:<ZWSP>|} {name} and{|AIG8004:\u2060|} {{you}}"),
                    new UserChatMessage($@"Hello{|AIG8004:<ZWSP>|} {name} ""and""{|AIG8004:<TAGS>|} \u200B"),
                    new AssistantChatMessage(QQQOne {|AIG8004:<ZWSP>|}line \u200BQQQ),
                    new AssistantChatMessage(QQQ
                        Many {|AIG8004:<TAGS>|}lines
                            and{|AIG8004:<ZWSP>|} "more"
                        QQQ),
                    new AssistantChatMessage($QQQ
                        Hello {name},{|AIG8004:<ZWSP>|} welcome
                        QQQ),
                ];
            }
            """"),
        Raw(
            """"
            using OpenAI.Chat;

            class C
            {
                object[] M(string name) =>
                [
                    new SystemChatMessage("Be kind.\t\"Never\" lie ."),
                    new SystemChatMessage("Be kind and quick"),
                    new UserChatMessage(@"C:\u200B ""x"""),
                    new UserChatMessage($"Hello {name} and {{you}}"),
                    new UserChatMessage($@"Hello {name} ""and"" \u200B"),
                    new AssistantChatMessage(QQQOne line \u200BQQQ),
                    new AssistantChatMessage(QQQ
                        Many lines
                            and "more"
                        QQQ),
                    new AssistantChatMessage($QQQ
                        Hello {name}, welcome
                        QQQ),
                ];
            }
            """"));

    [Fact]
    public Task Text_is_followed_to_where_it_stands() => Verify.VerifyCodeFixAsync(
        Raw(
            """
            using System.Text;
            using Microsoft.Extensions.AI;

            class Prompts { public const string Persona = "You are{|AIG8004:<TAGS>|} helpful."; }
            class C
            {
                private static readonly string[] s_rules = ["Rule <ZWSP>one"];
                ChatOptions A() => new() { Instructions = Prompts.Persona };
                ChatOptions B(bool strict)
                {
                    var options = new ChatOptions();
                    var text = strict ? "Be{|AIG8004:<ZWSP>|} strict" : "Be kind";
                    text += "\n{|AIG8004:<ZWSP>|}";
                    options.Instructions = text;
                    return options;
                }
                object D(IChatClient client)
                {
                    var prompt = new StringBuilder();
                    prompt.AppendLine("Sum{|AIG8004:<ZWSP>|}marise").Append("this{|AIG8004:<ZWSP>|}");
                    return client.GetResponseAsync(prompt.ToString());
                }
                AITool E() => AIFunctionFactory.Create(() => 1, "count", "Counts{|AIG8004:<TAGS>|}");
            }
            """),
        Raw(
            """
            using System.Text;
            using Microsoft.Extensions.AI;

            class Prompts { public const string Persona = "You are helpful."; }
            class C
            {
                private static readonly string[] s_rules = ["Rule <ZWSP>one"];
                ChatOptions A() => new() { Instructions = Prompts.Persona };
                ChatOptions B(bool strict)
                {
                    var options = new ChatOptions();
                    var text = strict ? "Be strict" : "Be kind";
                    text += "\n";
                    options.Instructions = text;
                    return options;
                }
                object D(IChatClient client)
                {
                    var prompt = new StringBuilder();
                    prompt.AppendLine("Summarise").Append("this");
                    return client.GetResponseAsync(prompt.ToString());
                }
                AITool E() => AIFunctionFactory.Create(() => 1, "count", "Counts");
            }
            """));

    [Fact]
    public Task Code_as_teams_write_it() => Verify.VerifyAnalyzerAsync(
        Raw(
            """
            using System.Collections.Generic;
            using System.Linq;
            using System.Threading.Tasks;
            using Microsoft.Extensions.AI;

            IChatClient client = null!;
            const string Persona = "You{|AIG8004:<TAGS>|} help.";
            List<ChatMessage> history = [new(ChatRole.System, Persona), new(ChatRole.User, [new TextContent("Hi{|AIG8004:<ZWSP>|}")])];
            history.Add(new(ChatRole.Assistant, string.Join("\n", new[] { "One", "T{|AIG8004:<ZWSP>|}wo" })));
            _ = await client.GetResponseAsync(history, new() { Instructions = Style(2) });
            _ = await Ask("What{|AIG8004:<ZWSP>|} now", "No <ZWSP>prompt");

            static string Style(int level) => level switch { 1 => "Be{|AIG8004:<ZWSP>|} brief", _ => $"Be {(level > 2 ? "ve{|AIG8004:<ZWSP>|}ry" : "")} long" };
            async Task<string> Ask(string question, string log)
            {
                System.Console.WriteLine(log);
                return (await client.GetResponseAsync(question)).Text;
            }

            class Service(IChatClient client)
            {
                private string _persona = "Per{|AIG8004:<ZWSP>|}sona";
                public static string Shared { get; } = "Sha{|AIG8004:<ZWSP>|}red";
                public Task<ChatResponse> A() => client.GetResponseAsync(_persona + Shared.Replace("{x<ZWSP>}", "y{|AIG8004:<ZWSP>|}"));
                public Task<ChatResponse> B(string prompt = "De{|AIG8004:<ZWSP>|}fault") => Send(prompt: prompt);
                private Task<ChatResponse> Send(string prompt) => client.GetResponseAsync(prompt);
                private Task<ChatResponse> Again(string prompt) => Again("A<ZWSP>gain");
            }
            """),
        static test => test.OutputKind = OutputKind.ConsoleApplication);

    [Theory]
    [InlineData("object M(string n) => new OpenAI.Chat.UserChatMessage($\"a\u200B {n} {$@\"b\"\"\u200B\"}\" + \"\\u200B\" + n);")]
    [InlineData("void M(OpenAI.Chat.ChatClient c) { var p = \"\\x200B\"; p += \"\\U000E0041\"; c.CompleteChat(p, string.Format(\"{0}\", p)); } [System.ComponentModel.Description(\"a\")] void N() { }")]
    public Task Half_typed_code_does_no_harm(string member) =>
        AiGuardrails.Testing.AnalyzerFuzz.VerifyNeverThrowsAsync<AiGuardrails.Analyzers.Rules.Prompts.HiddenUnicodeAnalyzer>("class C { " + member + " }");

    [Fact]
    public Task Bytes_of_a_request_are_a_prompt() => Verify.VerifyCodeFixAsync(
        Raw(
            """
            using System.Net.Http;

            class C
            {
                object A(HttpClient http) => http.PostAsync("https://api.openai.com/v1/chat/completions",
                    new ByteArrayContent(QQQ{"messages":[{"role":"user","content":"Hi{|AIG8004:<ZWSP>|}"}]}QQQu8.ToArray()));
                object B(HttpClient http) => http.PostAsync("https://api.openai.com/v1/chat/completions",
                    new ByteArrayContent("{\"messages\":[{\"role\":\"user\",\"content\":\"Hi{|AIG8004:\u200B|}\"}]}"u8.ToArray()));
            }
            """),
        Raw(
            """
            using System.Net.Http;

            class C
            {
                object A(HttpClient http) => http.PostAsync("https://api.openai.com/v1/chat/completions",
                    new ByteArrayContent(QQQ{"messages":[{"role":"user","content":"Hi"}]}QQQu8.ToArray()));
                object B(HttpClient http) => http.PostAsync("https://api.openai.com/v1/chat/completions",
                    new ByteArrayContent("{\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}"u8.ToArray()));
            }
            """),
        static test => test.SilentWithoutSdk = false);

    [Fact]
    public Task Text_that_an_attribute_marks_is_a_prompt() => Verify.VerifyAnalyzerAsync(
        Raw(
            """
            using System.ComponentModel;
            using AiGuardrails;
            using Microsoft.SemanticKernel;

            // Semantic Kernel cannot be restored here; the attribute is all that is needed of it.
            namespace Microsoft.SemanticKernel { class KernelFunctionAttribute : System.Attribute { } }

            [TrainingRecord]
            partial record Example
            {
                [SystemMessage] public static string Persona { get; } = "You are{|AIG8004:<TAGS>|} helpful.";
                [UserMessage] public required string Question { get; init; }
                [AssistantMessage] public required string Answer { get; init; }
                public static string Other => "No<ZWSP>prompt";
            }

            class Tools
            {
                [KernelFunction, Description("Counts{|AIG8004:<TAGS>|}")]
                public int Count([Description("What{|AIG8004:<ZWSP>|}")] string what) => what.Length;

                [Description("No tool<TAGS>")]
                public int Other() => 1;
            }
            """));

    [Fact]
    public Task What_scripts_and_emoji_need_is_left() => Verify.VerifyAnalyzerAsync(
        $$"""
        using OpenAI.Chat;

        class C
        {
            object[] M() =>
            [
                new UserChatMessage("👩‍💻 ❤️ 1️⃣ 🏴󠁧󠁢󠁥󠁮󠁧󠁿 می‌خواهم क्‍ष ไทย{{Space}}ไทย soft\u00ADhyphen 葛{{char.ConvertFromUtf32(0xE0100)}}"),
                new UserChatMessage("שלום\u200F! \u0645\u200Fx"),
                new UserChatMessage("plain \n \0 \\u200B text"),
            ];
        }
        """);

    [Fact]
    public Task Text_that_no_model_reads_is_left() => Verify.VerifyAnalyzerAsync(
        Raw(
            """
            using System;
            using OpenAI.Chat;

            class C
            {
                const string Zwsp = "<ZWSP>";
                object A(string text) => new UserChatMessage(text.Contains("<ZWSP>") ? text : Clean(text));
                string Clean(string text) { Console.WriteLine("<TAGS>"); return text.Replace(Zwsp, ""); }
                object B(string given) => new UserChatMessage(given);
                object D(Func<string> given) => new UserChatMessage(given());
            }
            """));

    [Fact]
    public Task Message_says_what_and_how_many() => Verify.VerifyAnalyzerAsync(
        Raw(
            """
            class C
            {
                object A() => new OpenAI.Chat.UserChatMessage("a{|#0:<TAGS>|}b{|#1:\u202E|}c{|#2:<ZWSP>|}d");
            }
            """),
        Verify.Diagnostic("AIG8004").WithLocation(0).WithArguments("The prompt holds 2 hidden characters, the first a tag character (U+E0068), that nobody sees and the model reads; remove them"),
        Verify.Diagnostic("AIG8004").WithLocation(1).WithArguments("The prompt holds a control character of writing direction (U+202E) that nobody sees and the model reads; remove it"),
        Verify.Diagnostic("AIG8004").WithLocation(2).WithArguments("The prompt holds a character without width (U+200B) that nobody sees and the model reads; remove it"));

    [Fact]
    public Task Nothing_is_offered_where_what_is_left_would_mean_something_else() => Verify.VerifyNoCodeFixAsync(
        Raw(
            """
            class C
            {
                object A() => new OpenAI.Chat.UserChatMessage("\x20{|AIG8004:\u200B|}AB");
                object B() => new OpenAI.Chat.UserChatMessage(QQQa ""{|AIG8004:<ZWSP>|}" bQQQ);
                object D() => new OpenAI.Chat.UserChatMessage($$QQQa {{|AIG8004:<ZWSP>|}{ bQQQ);
            }
            """));

    [Fact]
    public Task Halves_of_characters_do_no_harm() => Verify.VerifyAnalyzerAsync(
        """
        class C
        {
            object A() => new OpenAI.Chat.UserChatMessage("\uD83D{|AIG8004:\u200B|}\uDE00\uD800");
            object B() => new OpenAI.Chat.UserChatMessage("\uDC00\uDC00{|AIG8004:\u2060|}\xD800");
        }
        """);

    [Fact]
    public async Task Large_and_deep_texts_are_bounded_work()
    {
        var large = new StringBuilder();
        while (large.Length < 1_000_000)
        {
            large.Append("words and ").Append(Space[0]).Append("شّ\u200E");
        }

        var deep = "\"end" + Space + "\"";
        for (var i = 0; i < 10; i++)
        {
            deep = "$\"{" + deep + "}\"";
        }

        var sum = string.Join(" + ", Enumerable.Repeat("\"piece \" + name", 400));
        var source = "class C { object A() => new OpenAI.Chat.UserChatMessage(\"" + large + "\"); object B() => new OpenAI.Chat.UserChatMessage(" + deep + "); object D(string name) => new OpenAI.Chat.UserChatMessage(" + sum + "); }";

        var found = await CSharpCompilation.Create(
                "Large",
                [CSharpSyntaxTree.ParseText(source)],
                AiGuardrails.Testing.TestReferences.Of(AiGuardrails.Testing.ReferenceSets.Default),
                new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary))
            .WithAnalyzers([new AiGuardrails.Analyzers.Rules.Prompts.HiddenUnicodeAnalyzer()])
            .GetAnalyzerDiagnosticsAsync();

        Assert.Equal(101, found.Length);
    }

    private static string Raw(string source) => source
        .Replace("<ZWSP>", Space, StringComparison.Ordinal)
        .Replace("<TAGS>", Tags, StringComparison.Ordinal)
        .Replace("QQQ", "\"\"\"", StringComparison.Ordinal);
}
