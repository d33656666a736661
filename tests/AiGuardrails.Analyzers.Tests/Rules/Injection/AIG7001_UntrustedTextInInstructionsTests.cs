using Verify = AiGuardrails.Testing.CSharpCodeFixVerifier<
    AiGuardrails.Analyzers.Rules.Injection.UntrustedTextInInstructionsAnalyzer,
    AiGuardrails.CodeFixes.Rules.Injection.UntrustedTextInInstructionsCodeFix>;

namespace AiGuardrails.Analyzers.Tests.Rules.Injection;

public sealed class AIG7001_UntrustedTextInInstructionsTests
{
    [Theory]
    [InlineData("messages.Add(new SystemChatMessage({|AIG7001:ask.Text|}));")]
    [InlineData("messages.Add(new SystemChatMessage($\"You help {{|AIG7001:tenant|}} only.\"));")]
    [InlineData("messages.Add(new SystemChatMessage(\"You help \" + {|AIG7001:tenant|} + \".\"));")]
    [InlineData("messages.Add(new SystemChatMessage(string.Format(\"You help {0}.\", {|AIG7001:tenant|})));")]
    [InlineData("messages.Add(new SystemChatMessage(\"You help {t}.\".Replace(\"{t}\", {|AIG7001:tenant|})));")]
    [InlineData("var prompt = $\"You help {tenant}.\"; messages.Add(new SystemChatMessage({|AIG7001:prompt|}));")]
    [InlineData("var prompt = new StringBuilder(\"You help \"); prompt.Append(tenant); messages.Add(new SystemChatMessage({|AIG7001:prompt.ToString()|}));")]
    [InlineData("messages.Add(ChatMessage.CreateSystemMessage({|AIG7001:tenant|}));")]
    [InlineData("messages.Add(new SystemChatMessage(ChatMessageContentPart.CreateTextPart({|AIG7001:tenant|})));")]
    [InlineData("SystemChatMessage message = new({|AIG7001:tenant|});")]
    [InlineData("messages.Insert(0, new SystemChatMessage($\"{{|AIG7001:tenant|}}: {{|AIG7001:ask.Text|}}\"));")]
    [InlineData("messages.Add(new SystemChatMessage(ask.Count > 3 ? {|AIG7001:tenant|} : \"You help.\"));")]
    [InlineData("messages.Add(new SystemChatMessage({|AIG7001:Console.ReadLine()|}));")]
    [InlineData("ChatCompletion reply = await client.CompleteChatAsync(\"Hi\"); messages.Add(new SystemChatMessage($\"So far: {{|AIG7001:reply.Content[0].Text|}}\"));")]
    [InlineData("var o = new Microsoft.Extensions.AI.ChatOptions { Instructions = $\"You help {{|AIG7001:tenant|}}.\" };")]
    [InlineData("var o = new Microsoft.Extensions.AI.ChatOptions(); o.Instructions = {|AIG7001:tenant|};")]
    [InlineData("var o = new Microsoft.Extensions.AI.ChatOptions(); o.Instructions += {|AIG7001:tenant|};")]
    [InlineData("var m = new Microsoft.Extensions.AI.ChatMessage(Microsoft.Extensions.AI.ChatRole.System, {|AIG7001:tenant|});")]
    [InlineData("var m = new Microsoft.Extensions.AI.ChatMessage(new Microsoft.Extensions.AI.ChatRole(\"developer\"), {|AIG7001:tenant|});")]
    [InlineData("var m = new Microsoft.Extensions.AI.ChatMessage { Role = Microsoft.Extensions.AI.ChatRole.System, Contents = [new Microsoft.Extensions.AI.TextContent({|AIG7001:tenant|})] };")]
    [InlineData("Anthropic.Models.Messages.SystemMessageParam m = new($\"Now {{|AIG7001:tenant|}}\");")]
    [InlineData("var body = new { model = \"gpt-4o\", messages = new[] { new { role = \"system\", content = $\"You help {{|AIG7001:tenant|}}\" } } };")]
    [InlineData("var gpt = new { model = \"claude\", system = {|AIG7001:tenant|}, messages = new object[0] }; _ = \"gpt\";")]
    [InlineData("var m = new Dictionary<string, string> { [\"role\"] = \"developer\", [\"content\"] = {|AIG7001:tenant|} }; _ = \"gpt\";")]
    [InlineData("var json = $$\"\"\"{\"model\":\"gpt-4o\",\"messages\":[{\"role\":\"system\",\"content\":\"You help {{{|AIG7001:tenant|}}}.\"}]}\"\"\";")]
    public Task Text_of_others_is_reported(string statements) => Verify.VerifyAnalyzerAsync(AspNet.Action(statements), static test => test.SilentWithoutSdk = false);

    [Theory]
    [InlineData("messages.Add(new UserChatMessage(ask.Text));")]
    [InlineData("messages.Add(new SystemChatMessage(\"You help.\"));")]
    [InlineData("messages.Add(new SystemChatMessage($\"You help {ask.Count} people.\"));")]
    [InlineData("messages.Add(new SystemChatMessage($\"Today is {DateTime.UtcNow:d}.\"));")]
    [InlineData("messages.Add(new SystemChatMessage(Environment.GetEnvironmentVariable(\"PROMPT\")));")]
    [InlineData("messages.Add(new SystemChatMessage(System.IO.File.ReadAllText(\"prompts/system.txt\")));")]
    [InlineData("messages.Add(new SystemChatMessage(System.IO.File.ReadAllText(System.IO.Path.Combine(AppContext.BaseDirectory, \"system.txt\"))));")]
    [InlineData("if (tenant is \"a\" or \"b\") { messages.Add(new SystemChatMessage($\"You help {tenant}.\")); }")]
    [InlineData("var tone = tenant switch { \"a\" => \"kind\", _ => \"curt\" }; messages.Add(new SystemChatMessage($\"Be {tone}.\"));")]
    [InlineData("var m = new Microsoft.Extensions.AI.ChatMessage(Microsoft.Extensions.AI.ChatRole.User, tenant);")]
    [InlineData("var m = new Microsoft.Extensions.AI.ChatMessage(new Microsoft.Extensions.AI.ChatRole(tenant), tenant);")]
    [InlineData("var m = new { role = \"user\", content = tenant }; _ = \"gpt\";")]
    [InlineData("var m = new { role = ask.Text, content = tenant }; _ = \"gpt\";")]
    [InlineData("var m = new { system = tenant, version = 3 }; _ = \"gpt\";")]
    [InlineData("var json = $$\"\"\"{\"model\":\"gpt-4o\",\"messages\":[{\"role\":\"system\",\"content\":\"You help.\"},{\"role\":\"user\",\"content\":\"{{tenant}}\"}]}\"\"\";")]
    [InlineData("messages.Add(new SystemChatMessage(Prompt));", "string Prompt { get; } = \"You help.\";")]
    [InlineData("messages.Add(new SystemChatMessage(Load()));", "static string Load() => throw new NotSupportedException();")]
    [InlineData("messages.Add(new SystemChatMessage(prompts.Get(tenant)));", "IPrompts prompts => null!; interface IPrompts { string Get(string name); }")]
    public Task Other_text_is_left(string statements, string members = "") => Verify.VerifyAnalyzerAsync(AspNet.Action(statements, members), static test => test.SilentWithoutSdk = false);

    [Theory]
    [InlineData("Say(messages, {|AIG7001:tenant|});", "static void Say(List<ChatMessage> to, string about) => to.Add(new SystemChatMessage($\"You know {about}.\"));")]
    [InlineData("await SayAsync({|AIG7001:ask.Text|}, \"q\");", "async Task SayAsync(string prompt, string question) => await client.CompleteChatAsync([new SystemChatMessage(prompt), new UserChatMessage(question)]);")]
    [InlineData("Say(messages, {|AIG7001:ask|});", "static void Say(List<ChatMessage> to, Ask about) => to.Add(new SystemChatMessage($\"You know {about.Text}.\"));")]
    [InlineData("Say(messages, $\"You know {{|AIG7001:tenant|}}.\");", "static void Say(List<ChatMessage> to, string prompt) { to.Add(new SystemChatMessage(prompt)); }")]
    [InlineData("Prompts.Say(messages, {|AIG7001:tenant|});", "} static class Prompts { public static void Say(List<ChatMessage> to, string prompt) { to.Add(new SystemChatMessage(prompt)); }")]
    [InlineData("new Writer().Write({|AIG7001:tenant|});", "} class Writer { public void Write([Instructions] string text) { }")]
    [InlineData("IWriter writer = null!; writer.Write({|AIG7001:tenant|});", "} interface IWriter { void Write([Instructions] string text);")]
    [InlineData("new Kind().Write({|AIG7001:tenant|});", "} abstract class Writer { public virtual void Write([Instructions] string text) { } } class Kind : Writer { public override void Write(string text) { }")]
    [InlineData("new Writer { Text = {|AIG7001:tenant|} }.ToString();", "} class Writer { [Instructions] public string Text { get; set; } = \"\";")]
    public Task Argument_that_a_helper_puts_into_instructions_is_reported(string statements, string members) =>
        Verify.VerifyAnalyzerAsync(AspNet.Action(statements, members), static test => test.SilentWithoutSdk = false);

    [Theory]
    [InlineData("Say(messages, tenant);", "static void Say(List<ChatMessage> to, string about) => to.Add(new UserChatMessage($\"You know {about}.\"));")]
    [InlineData("Say(messages, tenant);", "static void Say(List<ChatMessage> to, string about) { if (about is \"a\") { to.Add(new SystemChatMessage($\"You know {about}.\")); } }")]
    [InlineData("Say(messages, \"fixed\", tenant);", "static void Say(List<ChatMessage> to, string prompt, string question) { to.Add(new SystemChatMessage(prompt)); to.Add(new UserChatMessage(question)); }")]
    [InlineData("Say(messages, tenant);", "protected virtual void Say(List<ChatMessage> to, string about) => to.Add(new SystemChatMessage(about));")]
    [InlineData("Say(messages, tenant.Length);", "static void Say(List<ChatMessage> to, int number) => to.Add(new SystemChatMessage($\"{number}\"));")]
    public Task Helper_that_does_not_is_left(string statements, string members) =>
        Verify.VerifyAnalyzerAsync(AspNet.Action(statements, members), static test => test.SilentWithoutSdk = false);

    [Fact]
    public Task Endpoint_whose_service_writes_the_message_is_reported_at_the_endpoint() => Verify.VerifyAnalyzerAsync(
        $$"""
        {{AspNet.Usings}}
        static class Start
        {
            public static void Map(IEndpointRouteBuilder app, Answers answers)
            {
                app.MapPost("/ask", async (Ask ask) => await answers.AnswerAsync({|AIG7001:ask.Text|}));
            }
        }

        class Answers(ChatClient client)
        {
            public async Task<string> AnswerAsync(string topic)
            {
                ChatCompletion reply = await client.CompleteChatAsync([new SystemChatMessage($"You know {topic}."), new UserChatMessage("Go on.")]);
                return reply.Content[0].Text;
            }
        }
        {{AspNet.Types}}
        """,
        static test => test.SilentWithoutSdk = false);

    // The shapes of prompts of other people's repositories that are constant, in words of our own: all of them are silent.
    [Theory]
    [InlineData("messages.Add(new SystemChatMessage(\"You are kind. \" +\n \"You are short. \" +\n \"You are right.\"));")]
    [InlineData("messages.Add(new SystemChatMessage(\"\"\"\n    You are kind.\n    You are short.\n    \"\"\"));")]
    [InlineData("var variants = new[] { (\"kind\", \"You are kind.\"), (\"curt\", \"You are curt.\") }; foreach (var (name, prompt) in variants) { Console.WriteLine(name); messages.Add(new SystemChatMessage(prompt)); }")]
    [InlineData("var variants = new Dictionary<string, string> { [\"kind\"] = \"You are kind.\" }; foreach (var variant in variants) { messages.Add(new SystemChatMessage(variant.Value)); }")]
    [InlineData("var prompt = s_prompt; messages.Add(new SystemChatMessage(prompt));")]
    [InlineData("const string Prompt = \"You are kind.\"; messages = [new SystemChatMessage(Prompt), new UserChatMessage(ask.Text)];")]
    [InlineData("var prompt = ask.Count > 3 ? \"You are kind.\" : s_prompt; messages.Add(new SystemChatMessage(prompt));")]
    [InlineData("messages.Add(new SystemChatMessage(Prompts.Kind));")]
    [InlineData("messages.Add(new SystemChatMessage(string.Join(\"\\n\", s_lines)));")]
    [InlineData("var prompt = new StringBuilder().AppendLine(s_prompt).Append($\"Answer in {ask.Count} words.\").ToString(); messages.Add(new SystemChatMessage(prompt));")]
    public Task Constant_prompts_are_left(string statements) => Verify.VerifyAnalyzerAsync(AspNet.Action(
        statements,
        "static readonly string s_prompt = \"You are kind.\"; static readonly string[] s_lines = [\"You are kind.\", \"You are short.\"]; } static class Prompts { public const string Kind = \"You are kind.\";"));

    [Fact]
    public Task Console_program_of_top_level_statements_is_reported() => Verify.VerifyAnalyzerAsync(
        """
        using System;
        using System.Collections.Generic;
        using OpenAI.Chat;

        var client = new ChatClient("gpt-4o-mini", Environment.GetEnvironmentVariable("KEY"));
        Console.Write("Who am I? ");
        string? persona = Console.ReadLine();
        if (string.IsNullOrWhiteSpace(persona))
        {
            persona = "a helpful assistant";
        }

        List<ChatMessage> history = [new SystemChatMessage($"You are {{|AIG7001:persona|}}.")];
        while (Console.ReadLine() is { Length: > 0 } line)
        {
            history.Add(new UserChatMessage(line));
            ChatCompletion reply = client.CompleteChat(history);
            history.Add(new AssistantChatMessage(reply));
            Console.WriteLine(reply.Content[0].Text);
        }
        """,
        static test => test.OutputKind = Microsoft.CodeAnalysis.OutputKind.ConsoleApplication);

    [Fact]
    public Task Conversation_that_answers_in_turns_is_left() => Verify.VerifyAnalyzerAsync(
        """
        using System;
        using System.Collections.Generic;
        using System.Linq;
        using System.Threading.Tasks;
        using Microsoft.Extensions.AI;

        record Turn(string Role, string Text);

        class Conversation(IChatClient client, string persona)
        {
            private readonly List<ChatMessage> _history = [new(ChatRole.System, persona)];
            private readonly string _style = "short";

            public async Task<string> AskAsync(string question)
            {
                _history.Add(new ChatMessage(ChatRole.User, question));
                var reply = await client.GetResponseAsync(_history, new ChatOptions { Instructions = $"Be {_style}." });
                _history.AddRange(reply.Messages);
                return reply.Text;
            }

            public IEnumerable<ChatMessage> Restore(IEnumerable<Turn> turns) =>
                turns.Select(turn => turn.Role == "user" ? new ChatMessage(ChatRole.User, turn.Text) : new ChatMessage(ChatRole.Assistant, turn.Text));
        }
        """);

    [Fact]
    public Task Summary_that_a_model_wrote_is_reported() => Verify.VerifyAnalyzerAsync(
        """
        using System.Collections.Generic;
        using System.Threading.Tasks;
        using Microsoft.Extensions.AI;

        class Memory(IChatClient client)
        {
            private string _summary = "";

            public async Task KeepAsync(List<ChatMessage> messages)
            {
                var reply = await client.GetResponseAsync(messages);
                _summary = reply.Text;
            }

            public ChatMessage Recall() => new(ChatRole.System, "So far: " + {|AIG7001:_summary|});
        }
        """);

    [Fact]
    public Task Rendered_instructions_of_unknown_origin_are_left() => Verify.VerifyAnalyzerAsync(
        """
        using System.Collections.Generic;
        using OpenAI.Chat;

        class Agent { public string Instruction { get; set; } = ""; public Dictionary<string, object> State { get; } = []; }
        interface IRenderer { string Render(string template, Dictionary<string, object> state); }

        class Provider(IRenderer renderer)
        {
            public List<ChatMessage> Prepare(Agent agent, string language) =>
                [new SystemChatMessage(renderer.Render(agent.Instruction, agent.State)), new SystemChatMessage($"Answer in {language}.")];
        }
        """);

    [Fact]
    public Task Options_name_sources_and_checks() => Verify.VerifyAnalyzerAsync(
        """
        using System.Collections.Generic;
        using OpenAI.Chat;

        class Mail { public string Body { get; set; } = ""; }
        static class Cleaner { public static string Clean(string text) => text.Trim(); }

        class Reader
        {
            public void Read(Mail mail, List<ChatMessage> messages)
            {
                messages.Add(new SystemChatMessage({|AIG7001:mail.Body|}));
                messages.Add(new SystemChatMessage(Cleaner.Clean(mail.Body)));
            }
        }
        """,
        static test => test.EditorConfig = "[*.cs]\naiguardrails.untrusted_sources = Mail.Body\naiguardrails.AIG7001.sanitizers = Cleaner");

    [Fact]
    public Task Message_names_the_data_and_its_source() => Verify.VerifyAnalyzerAsync(
        AspNet.Action("var prompt = $\"You help {ask.Tenant}.\"; messages.Add(new SystemChatMessage({|#0:prompt|}));"),
        Verify.Diagnostic("AIG7001").WithLocation(0).WithArguments("ask.Tenant", "the request"));

    [Theory]
    [InlineData("messages.Add(new SystemChatMessage({|AIG7001:ask.Text|}));", "messages.Add(new UserChatMessage(ask.Text));")]
    [InlineData("messages.Add(new OpenAI.Chat.SystemChatMessage({|AIG7001:ask.Text|}));", "messages.Add(new OpenAI.Chat.UserChatMessage(ask.Text));")]
    [InlineData("messages.Add(ChatMessage.CreateSystemMessage({|AIG7001:tenant|}));", "messages.Add(ChatMessage.CreateUserMessage(tenant));")]
    [InlineData("messages = [new SystemChatMessage({|AIG7001:ask.Text|})];", "messages = [new UserChatMessage(ask.Text)];")]
    [InlineData("messages = [new SystemChatMessage($\"You know: {{|AIG7001:ask.Text|}}\")];", "messages = [new SystemChatMessage(\"You know:\"), new UserChatMessage(ask.Text)];")]
    [InlineData("messages = [new SystemChatMessage($\"You know: {{|AIG7001:ask.Text|}}\"), new UserChatMessage(\"Go on.\")];", "messages = [new SystemChatMessage(\"You know:\"), new UserChatMessage(ask.Text), new UserChatMessage(\"Go on.\")];")]
    [InlineData("messages = new() { new SystemChatMessage(\"You know: \" + {|AIG7001:ask.Text|}) };", "messages = new() { new SystemChatMessage(\"You know: \"), new UserChatMessage(ask.Text) };")]
    [InlineData("var m = new Microsoft.Extensions.AI.ChatMessage(Microsoft.Extensions.AI.ChatRole.System, {|AIG7001:tenant|});", "var m = new Microsoft.Extensions.AI.ChatMessage(Microsoft.Extensions.AI.ChatRole.User, tenant);")]
    [InlineData("Microsoft.Extensions.AI.ChatMessage[] m = [new(Microsoft.Extensions.AI.ChatRole.System, $\"{ask.Count}: {{|AIG7001:tenant|}}\")];", "Microsoft.Extensions.AI.ChatMessage[] m = [new(Microsoft.Extensions.AI.ChatRole.System, $\"{ask.Count}: \"), new(Microsoft.Extensions.AI.ChatRole.User, tenant)];")]
    public Task Fix_moves_the_text(string before, string after) => Verify.VerifyCodeFixAsync(AspNet.Action(before), AspNet.Action(after));

    [Fact]
    public Task Fix_adds_a_statement_and_keeps_comments() => Verify.VerifyCodeFixAsync(
        AspNet.Action(
            """
            // The topic.
                    messages.Add(new SystemChatMessage($"You know: {{|AIG7001:ask.Text|}}")); // all of it
                    messages = [
                        new SystemChatMessage($"You know: {{|AIG7001:tenant|}}"), // the tenant
                        new UserChatMessage("Go on."),
                    ];
            """),
        AspNet.Action(
            """
            // The topic.
                    messages.Add(new SystemChatMessage("You know:")); // all of it
                    messages.Add(new UserChatMessage(ask.Text));
                    messages = [
                        new SystemChatMessage("You know:"), // the tenant
                        new UserChatMessage(tenant),
                        new UserChatMessage("Go on."),
                    ];
            """));

    [Theory]
    [InlineData("messages.Add(new SystemChatMessage($\"You help {{|AIG7001:tenant|}} only.\"));")]
    [InlineData("var prompt = $\"You help {tenant}.\"; messages.Add(new SystemChatMessage({|AIG7001:prompt.Trim()|} + \".\"));")]
    [InlineData("SystemChatMessage message = new({|AIG7001:tenant|});")]
    [InlineData("SystemChatMessage message = new SystemChatMessage({|AIG7001:tenant|});")]
    [InlineData("messages.Add(new SystemChatMessage({|AIG7001:tenant|}) { ParticipantName = \"x\" });")]
    [InlineData("if (ask.Count > 3) messages.Add(new SystemChatMessage($\"You help: {{|AIG7001:tenant|}}\"));")]
    [InlineData("var o = new Microsoft.Extensions.AI.ChatOptions { Instructions = {|AIG7001:tenant|} };")]
    [InlineData("messages.Insert(0, new SystemChatMessage($\"You help: {{|AIG7001:tenant|}}\"));")]
    public Task No_fix_where_the_sentence_or_the_place_would_break(string statements) => Verify.VerifyNoCodeFixAsync(AspNet.Action(statements));

    [Fact]
    public Task Text_marked_as_the_users_is_reported_in_instructions_and_not_in_a_user_message() => Verify.VerifyAnalyzerAsync(
        """
        using System.Collections.Generic;
        using AiGuardrails;
        using OpenAI.Chat;

        class Support
        {
            public List<ChatMessage> Ask([UserText] string question) => [new SystemChatMessage("You help."), new UserChatMessage(question)];

            public List<ChatMessage> Confuse([UserText] string question) => [new SystemChatMessage($"You help with {{|AIG7001:question|}}.")];
        }

        class Page(Support support)
        {
            public List<ChatMessage> Post(string form) => support.Ask(System.Console.ReadLine() + form);
        }
        """);
}
