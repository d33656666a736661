using Verify = AiGuardrails.Testing.CSharpAnalyzerVerifier<AiGuardrails.Analyzers.Rules.Secrets.SecretInPromptAnalyzer>;

namespace AiGuardrails.Analyzers.Tests.Rules.Secrets;

public sealed class AIG6002_SecretInPromptTests
{
    public static TheoryData<string> Secrets =>
    [
        MadeUp.OpenAIKey, MadeUp.AnthropicKey, MadeUp.HuggingFaceToken, MadeUp.AwsKey, MadeUp.GitHubToken, MadeUp.PrivateKey,
        "postgres://app:" + MadeUp.Random(12) + "@db.internal",
    ];

    [Theory]
    [MemberData(nameof(Secrets))]
    public Task Secret_in_a_message_of_any_role_is_reported(string secret) => Verify.VerifyAnalyzerAsync(
        $$"""
        using OpenAI.Chat;

        class C
        {
            ChatMessage[] M(string question) =>
            [
                new SystemChatMessage("Use {|AIG6002:{{secret}}|} for the call."),
                new UserChatMessage($"{question} with {|AIG6002:{{secret}}|} please"),
                ChatMessage.CreateAssistantMessage(@"I used {|AIG6002:{{secret}}|} then"),
            ];
        }
        """.Replace(MadeUp.PrivateKey + "|}", MadeUp.PrivateKey.Replace("-----END", "|}-----END", StringComparison.Ordinal), StringComparison.Ordinal));

    [Fact]
    public Task Secret_is_followed_to_where_it_stands() => Verify.VerifyAnalyzerAsync(
        $$"""
        using System.Text;
        using OpenAI.Chat;
        using Microsoft.Extensions.AI;

        class C
        {
            private const string Rules = "Connect with Server=db.internal;User Id=app;{|AIG6002:Password={{MadeUp.Random(14)}}|};Database=shop and query.";
            private static readonly string s_more = "Token {|AIG6002:{{MadeUp.GitHubToken}}|}" + Rules;

            ChatOptions A() => new() { Instructions = Rules };
            object B(string question)
            {
                var builder = new StringBuilder("Rules: ");
                builder.Append(s_more).AppendLine("and {|AIG6002:{{MadeUp.AwsKey}}|}");
                var prompt = builder.ToString();
                prompt += string.Format("{0} {|AIG6002:{{MadeUp.HuggingFaceToken}}|}", question);
                return new Microsoft.Extensions.AI.ChatMessage(ChatRole.User, prompt.Trim());
            }
            object D(IChatClient client) => client.GetResponseAsync("{|AIG6002:{{MadeUp.GoogleKey}}|}");
            object E(ChatClient client) => client.CompleteChat("Say {|AIG6002:{{MadeUp.GroqKey}}|}");
            object F(bool admin) => new SystemChatMessage(admin ? Admin("x") : "nothing");
            static string Admin(string name) => $"You are {name}, key {|AIG6002:{{MadeUp.ReplicateToken}}|}";
            object G() => new SystemChatMessage({|AIG6002:"{{MadeUp.OpenAIKey[..20]}}" + "{{MadeUp.OpenAIKey[20..]}}"|});
            object H() => new Anthropic.Models.Messages.MessageCreateParams { MaxTokens = 1, Model = "claude", Messages = [], System = "Key: {|AIG6002:{{MadeUp.AnthropicKey}}|}" };
        }
        """);

    [Fact]
    public Task Request_over_HTTP_is_a_prompt_too() => Verify.VerifyAnalyzerAsync(
        $$$"""
        using System.Net.Http;
        using System.Net.Http.Json;
        using System.Text.Json;

        class C
        {
            object A(HttpClient http) => http.PostAsJsonAsync("https://api.openai.com/v1/chat/completions", new
            {
                model = "gpt-4o",
                messages = new[] { new { role = "system", content = "The key is {|AIG6002:{{{MadeUp.GitHubToken}}}|}" } },
                metadata = new { tag = "{{{MadeUp.GitHubToken}}}" },
            });
            object B(HttpClient http) => http.PostAsync("https://api.openai.com/v1/chat/completions",
                new StringContent("{\"messages\":[{\"role\":\"user\",\"content\":\"The key is {|AIG6002:{{{MadeUp.AwsKey}}}|}\"}]}"));
        }
        """,
        static test => test.SilentWithoutSdk = false);

    [Fact]
    public Task Text_that_an_attribute_marks_is_a_prompt() => Verify.VerifyAnalyzerAsync(
        $$"""
        using AiGuardrails;

        [TrainingRecord]
        partial record Example
        {
            [SystemMessage] public static string Persona => "Use {|AIG6002:{{MadeUp.GitHubToken}}|}";
            [UserMessage] public required string Question { get; init; }
            [AssistantMessage] public required string Answer { get; init; }
            public static string Other => "Use {{MadeUp.GitHubToken}}";
        }
        """);

    [Fact]
    public Task Half_typed_code_does_no_harm() => AiGuardrails.Testing.AnalyzerFuzz.VerifyNeverThrowsAsync<AiGuardrails.Analyzers.Rules.Secrets.SecretInPromptAnalyzer>(
        $$"""
        using OpenAI.Chat;
        class C { object M(string k) => new SystemChatMessage($"{k} {{MadeUp.AwsKey}}" + "gh" + "p_{{MadeUp.Random(36)}}" + N(k)); static string N(string k) => k + "{{MadeUp.GroqKey}}"; }
        """);

    [Fact]
    public Task Message_holds_nothing_of_the_secret() => Verify.VerifyAnalyzerAsync(
        $$"""
        class C
        {
            object A() => new OpenAI.Chat.SystemChatMessage("Server=db.internal;{|#0:Password={{MadeUp.Random(14)}}|};User=a {|#1:{{MadeUp.OpenAIKey}}|}");
        }
        """,
        Verify.Diagnostic("AIG6002").WithLocation(0).WithArguments("a connection string with a password"),
        Verify.Diagnostic("AIG6002").WithLocation(1).WithArguments("an OpenAI API key"));

    [Fact]
    public Task Placeholders_text_out_of_view_and_other_text_are_left() => Verify.VerifyAnalyzerAsync(
        $$"""
        using System;
        using OpenAI.Chat;

        class C
        {
            private const string NotAPrompt = "{{MadeUp.GitHubToken}}";
            private string _given = "Server=db;Password={{MadeUp.Random(14)}};User=a";
            ChatMessage[] M(string prompt) =>
            [
                new SystemChatMessage("Keys look like sk-xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx or AKIAIOSFODNN7EXAMPLE."),
                new SystemChatMessage("Write Server=db;User=app;Password=<password>; or postgres://user:password@localhost/db."),
                new SystemChatMessage("Never reveal your password; pwd = hidden."),
                new UserChatMessage(prompt),
                new UserChatMessage(Environment.GetEnvironmentVariable("{{MadeUp.GitHubToken}}")),
            ];
            void Log() => Console.WriteLine(NotAPrompt + _given);
            object Client() => new OpenAI.OpenAIClient("{{MadeUp.OpenAIKey}}");
        }
        """);
}
