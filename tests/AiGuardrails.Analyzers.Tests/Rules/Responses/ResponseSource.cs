namespace AiGuardrails.Analyzers.Tests.Rules.Responses;

/// <summary>Code around an answer, for each SDK: a method with the answer in a local, as teams write it.</summary>
internal static class ResponseSource
{
    private const string Usings =
        """
        #nullable enable
        using System;
        using System.Collections.Generic;
        using System.IO;
        using System.Linq;
        using System.Net.Http;
        using System.Text;
        using System.Text.Json;
        using System.Text.Json.Nodes;
        using System.Text.RegularExpressions;
        using System.Threading;
        using System.Threading.Tasks;
        using System.Xml.Linq;

        """;

    /// <summary>OpenAI .NET, chat: the statements stand after the call, whose answer is <c>completion</c>.</summary>
    public static string Chat(string statements, string members = "") => ChatMethod("ChatCompletion completion = await client.CompleteChatAsync(messages, options, token);\n" + statements, members);

    /// <summary>OpenAI .NET, chat: the whole body of the method.</summary>
    public static string ChatMethod(string statements, string members = "") => Method("using OpenAI.Chat;", "ChatClient client, List<ChatMessage> messages, ChatCompletionOptions options, ILogger logger", statements, members);

    /// <summary>OpenAI .NET, responses.</summary>
    public static string Response(string statements, string members = "") => Method(
        "using OpenAI.Responses;",
        "ResponsesClient client, CreateResponseOptions options, ILogger logger",
        "ResponseResult response = await client.CreateResponseAsync(options, token);\n" + statements,
        members);

    /// <summary>Anthropic.</summary>
    public static string Claude(string statements, string members = "") => Method(
        "using Anthropic.Models.Messages;\nusing Anthropic.Services;",
        "IMessageService client, MessageCreateParams parameters, ILogger logger",
        "Message message = await client.Create(parameters, token);\n" + statements,
        members);

    /// <summary>Microsoft.Extensions.AI.</summary>
    public static string Extensions(string statements, string members = "") => Method(
        "using Microsoft.Extensions.AI;",
        "IChatClient client, List<ChatMessage> messages, ILogger logger",
        "ChatResponse response = await client.GetResponseAsync(messages, cancellationToken: token);\n" + statements,
        members);

    /// <summary>A reply over HTTP.</summary>
    public static string Http(string statements) => Method(
        "",
        "HttpClient client, string body",
        """
        using var reply = await client.PostAsync("https://api.openai.com/v1/chat/completions", new StringContent(body), token);
        using var json = JsonDocument.Parse(await reply.Content.ReadAsStringAsync(token));

        """ + statements,
        "");

    private static string Indented(string text, string by) => text.Replace("\n", "\n" + by).Replace("\n" + by + "\n", "\n\n").TrimEnd(' ');

    private static string Method(string usings, string parameters, string statements, string members) => Usings + usings + "\n" +
        $$"""

        interface ILogger { void LogInformation(string text, params object?[] values); void LogError(Exception error, string text); }

        interface IValidator { bool IsValid(object? value); }

        record Invoice { public string Number { get; init; } = ""; public List<string> Lines { get; init; } = []; }

        static class Unknown { public static extern bool IsGood(object? value); public static extern void Take(object? value); public static extern T Get<T>(); }

        class C
        {
            private Invoice? _invoice;
            private string _text = "";

            async Task<object?> M({{parameters}}, CancellationToken token)
            {
                {{Indented(statements, "        ")}}
                return null;
            }

            object? State => (_invoice, _text);

            {{Indented(members, "    ")}}
        }
        """;
}
