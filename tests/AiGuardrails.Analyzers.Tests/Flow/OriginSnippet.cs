using AiGuardrails.Analyzers.Flow.Origins;

namespace AiGuardrails.Analyzers.Tests.Flow;

/// <summary>A value in the code of a web application, for tests of where values come from.</summary>
internal static class OriginSnippet
{
    private const string Around =
        """

        static class Sink { public static T Use<T>(T value) => value; }

        namespace Microsoft.AspNetCore.Mvc
        {
            public abstract class ControllerBase { public Microsoft.AspNetCore.Http.HttpRequest Request => null!; public Microsoft.AspNetCore.Http.HttpContext HttpContext => null!; }
            public class FromServicesAttribute : Attribute { }
            public class NonActionAttribute : Attribute { }
        }

        namespace Microsoft.AspNetCore.Http
        {
            public abstract class HttpContext { public abstract HttpRequest Request { get; } public abstract IServiceProvider RequestServices { get; } }
            public abstract class HttpRequest
            {
                public abstract HttpContext HttpContext { get; }
                public abstract IQueryCollection Query { get; }
                public abstract System.IO.Stream Body { get; }
            }
            public interface IQueryCollection { string this[string key] { get; } bool TryGetValue(string key, out string value); }
        }

        namespace Microsoft.AspNetCore.Routing { public interface IEndpointRouteBuilder { } }

        namespace Microsoft.AspNetCore.Builder
        {
            public static class EndpointRouteBuilderExtensions
            {
                public static void MapPost(this Microsoft.AspNetCore.Routing.IEndpointRouteBuilder endpoints, string pattern, Delegate handler) { }
                public static void MapGet(this Microsoft.AspNetCore.Routing.IEndpointRouteBuilder endpoints, string pattern, Delegate handler) { }
            }
        }

        namespace Microsoft.AspNetCore.SignalR { public abstract class Hub { } }

        namespace Microsoft.Extensions.Configuration { public interface IConfiguration { string this[string key] { get; } } }

        namespace Microsoft.Extensions.Options { public interface IOptions<out T> { T Value { get; } } }

        namespace Microsoft.Extensions.AI { public static class AIFunctionFactory { public static object Create(Delegate method) => null!; } }

        namespace Grpc.Core { public abstract class ServerCallContext { } }

        namespace MassTransit
        {
            public interface ConsumeContext<out T> { T Message { get; } }
            public interface IConsumer<in T> { Task Consume(ConsumeContext<T> context); }
        }

        namespace Azure.Messaging.ServiceBus { public class ServiceBusReceivedMessage { public BinaryData Body => null!; } }
        """;

    private const string Usings =
        """
        using System.IO;
        using System.Text;
        using AiGuardrails;
        using OpenAI.Chat;
        using Microsoft.AspNetCore.Builder;
        using Microsoft.AspNetCore.Http;
        using Microsoft.AspNetCore.Mvc;
        using Microsoft.AspNetCore.Routing;
        using Microsoft.Extensions.Configuration;
        using Microsoft.Extensions.Options;
        using static Sink;

        """;

    /// <summary>The origins of what is given to <c>Use(…)</c> in a source of its own.</summary>
    public static OriginSet InSource(string source, OriginOptions? options = null)
    {
        var flow = FlowSource.Of(Usings + source + Around);
        var used = flow.Used();
        var body = flow.Model.SyntaxTree.GetRoot().FindNode(used.Syntax.Span).AncestorsAndSelf().First(static node =>
            node is Microsoft.CodeAnalysis.CSharp.Syntax.BaseMethodDeclarationSyntax or Microsoft.CodeAnalysis.CSharp.Syntax.CompilationUnitSyntax);

        return ValueOrigins.In(flow.Ai, new AiGuardrails.Analyzers.Flow.AiBody(flow.Ai, flow.Model, body, default), options ?? OriginOptions.None).Of(used, default);
    }

    /// <summary>The origins of what is given to <c>Use(…)</c> in the statements of an action.</summary>
    public static OriginSet InAction(string statements, string members = "", OriginOptions? options = null) => InSource(
        $$"""
        enum Tone { Kind, Curt }
        record Ask(string Text, Tone Tone, int Count, List<string> Tags);

        class AskController(IConfiguration configuration, IOptions<Settings> settings) : ControllerBase
        {
            static readonly string[] s_topics = ["billing", "delivery"];
            static readonly Dictionary<string, string> s_prompts = new() { ["billing"] = "You know all of billing." };

            public async Task<object> Post(Ask ask, string topic, [FromServices] Settings service)
            {
                await Task.Yield();
                {{statements}}
                return "";
            }

            {{members}}
        }

        class Settings { public string Prompt { get; set; } = ""; }
        """,
        options);

    /// <summary>A value in short: what it comes from, and through which expression it is named.</summary>
    public static string Text(OriginSet origins) =>
        string.Join("; ", origins.Origins.Where(static origin => origin.Kind != OriginKind.Constant)
            .Select(static origin => origin.Kind + (origin.Words.English.Length > 0 ? " " + origin.Words : "") + ": " + origin.Source.Syntax + (origin.IsPart ? " (part)" : "")).OrderBy(static text => text, StringComparer.Ordinal));
}
