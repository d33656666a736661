namespace AiGuardrails.Analyzers.Tests.Rules.Injection;

/// <summary>The names of ASP.NET Core that the tests of these rules need; its packages are not referenced.</summary>
internal static class AspNet
{
    public const string Usings =
        """
        using System;
        using System.Collections.Generic;
        using System.Linq;
        using System.Text;
        using System.Threading.Tasks;
        using AiGuardrails;
        using Microsoft.AspNetCore.Builder;
        using Microsoft.AspNetCore.Mvc;
        using Microsoft.AspNetCore.Routing;
        using OpenAI.Chat;

        """;

    public const string Types =
        """

        namespace Microsoft.AspNetCore.Mvc { public abstract class ControllerBase { } }
        namespace Microsoft.AspNetCore.Routing { public interface IEndpointRouteBuilder { } }
        namespace Microsoft.AspNetCore.Builder
        {
            public static class EndpointRouteBuilderExtensions
            {
                public static void MapPost(this Microsoft.AspNetCore.Routing.IEndpointRouteBuilder endpoints, string pattern, Delegate handler) { }
            }
        }
        public record Ask(string Text, string Tenant, int Count);
        """;

    /// <summary>Statements in the action of a controller.</summary>
    public static string Action(string statements, string members = "") =>
        $$"""
        {{Usings}}
        class AskController(ChatClient client) : ControllerBase
        {
            public async Task<object?> Post(Ask ask, string tenant, List<ChatMessage> messages)
            {
                {{statements}}
                return await Task.FromResult<object?>(null);
            }

            {{members}}
        }
        {{Types}}
        """;
}
