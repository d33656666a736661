using AiGuardrails.Analyzers.Rules.Cost;
using Verify = AiGuardrails.Testing.CSharpCodeFixVerifier<
    AiGuardrails.Analyzers.Rules.Cost.ToolIterationLimitRaisedAnalyzer,
    AiGuardrails.CodeFixes.Rules.Cost.ToolIterationLimitRaisedCodeFix>;

namespace AiGuardrails.Analyzers.Tests.Rules.Cost;

public sealed class AIG2004_ToolIterationLimitRaisedTests
{
    // Of packages that the tests do not reference, as far as the rule is concerned: Microsoft.Extensions.AI, where the limit was
    // an `int?` at first, and a planner of Semantic Kernel.
    private const string Around =
        """
        using System;
        using System.Collections.Generic;
        using Anthropic.Helpers.Beta;
        using Microsoft.Extensions.AI;
        using OpenAI.Responses;

        namespace Microsoft.Extensions.AI
        {
            public class FunctionInvokingChatClient { public int MaximumIterationsPerRequest { get; set; } = 40; }
            public class ChatClientBuilder { }
            public static class FunctionInvokingChatClientBuilderExtensions
            {
                public static ChatClientBuilder UseFunctionInvocation(this ChatClientBuilder builder, object? loggerFactory = null, Action<FunctionInvokingChatClient>? configure = null) => builder;
            }
        }
        namespace Microsoft.SemanticKernel { public class Kernel { } }
        namespace Microsoft.SemanticKernel.Planning { public class FunctionCallingStepwisePlannerOptions { public int MaxIterations { get; set; } = 15; } }

        static class Limits { public const int Many = 500; public const int Few = 5; public static int Some => 300; }

        """;

    [Theory]
    [InlineData("client.MaximumIterationsPerRequest = {|AIG2004:41|};")]
    [InlineData("client.MaximumIterationsPerRequest = {|AIG2004:int.MaxValue|};")]
    [InlineData("client.MaximumIterationsPerRequest = {|AIG2004:10 * 100|};")]
    [InlineData("client.MaximumIterationsPerRequest = {|AIG2004:Limits.Many|};")]
    [InlineData("client.MaximumIterationsPerRequest = {|AIG2004:Limits.Some|};")]
    [InlineData("var limit = {|AIG2004:1000|}; client.MaximumIterationsPerRequest = limit;")]
    [InlineData("client.MaximumIterationsPerRequest = flag ? {|AIG2004:1000|} : 10;")]
    [InlineData("client.MaximumIterationsPerRequest = given ?? {|AIG2004:1000|};")]
    [InlineData("new FunctionInvokingChatClient { MaximumIterationsPerRequest = {|AIG2004:1000|} }.ToString();")]
    [InlineData("builder.UseFunctionInvocation(configure: c => c.MaximumIterationsPerRequest = {|AIG2004:1000|});")]
    [InlineData("builder.UseFunctionInvocation(null, c => { c.MaximumIterationsPerRequest = {|AIG2004:1000|}; });")]
    [InlineData("messages.ToolRunner(parameters, tools, maxIterations: {|AIG2004:1000|});")]
    [InlineData("messages.ToolRunner(parameters, tools, {|AIG2004:null|});")]
    [InlineData("messages.ToolRunner(parameters, tools, maxIterations: {|AIG2004:default|});")]
    [InlineData("messages.ToolRunner(parameters, tools, flag ? {|AIG2004:null|} : 10);")]
    [InlineData("var o = new CreateResponseOptions { MaxToolCallCount = {|AIG2004:200|} };")]
    [InlineData("options.MaxToolCallCount = {|AIG2004:null|};")]
    [InlineData("options.MaxToolCallCount ??= {|AIG2004:200|};")]
    [InlineData("planner.MaxIterations = {|AIG2004:200|};")]
    public Task Raised_limit_is_reported(string statements) => Verify.VerifyAnalyzerAsync(In(statements), static test => test.SilentWithoutSdk = false);

    [Theory]
    [InlineData("client.MaximumIterationsPerRequest = 40;")]
    [InlineData("client.MaximumIterationsPerRequest = Limits.Few;")]
    [InlineData("client.MaximumIterationsPerRequest = count;")]
    [InlineData("client.MaximumIterationsPerRequest = Math.Min(count, 1000);")]
    [InlineData("client.MaximumIterationsPerRequest = int.Parse(\"1000\");")]
    [InlineData("var limit = 1000; limit = 10; client.MaximumIterationsPerRequest = limit;")]
    [InlineData("if (client.MaximumIterationsPerRequest > 1000) { }")]
    [InlineData("messages.ToolRunner(parameters, tools, 10);")]
    [InlineData("messages.ToolRunner(parameters, tools, given);")]
    [InlineData("messages.ToolRunner(parameters, tools);")]
    [InlineData("int? limit = null; if (flag) { limit = 10; } messages.ToolRunner(parameters, tools, limit);")]
    [InlineData("var o = new CreateResponseOptions { MaxToolCallCount = 10, MaxOutputTokenCount = 4000 };")]
    [InlineData("other.MaximumIterationsPerRequest = 1000;")]
    public Task Anything_else_is_not_reported(string statements) => Verify.VerifyAnalyzerAsync(In(statements));

    [Fact]
    public Task Limit_is_an_option() => Verify.VerifyCodeFixAsync(
        In("client.MaximumIterationsPerRequest = {|AIG2004:11|}; options.MaxToolCallCount = 10;"),
        In("client.MaximumIterationsPerRequest = 10; options.MaxToolCallCount = 10;"),
        static test =>
        {
            test.SilentWithoutSdk = false;
            test.EditorConfig = "[*.cs]\naiguardrails.max_tool_iterations = 10";
        });

    [Fact]
    public Task Message_says_how_often() => Verify.VerifyAnalyzerAsync(
        In("client.MaximumIterationsPerRequest = {|#0:50|}; client.MaximumIterationsPerRequest = {|#1:int.MaxValue|}; messages.ToolRunner(parameters, tools, {|#2:null|});"),
        static test => test.SilentWithoutSdk = false,
        Verify.Diagnostic("AIG2004").WithLocation(0).WithArguments("MaximumIterationsPerRequest", "up to 50 times", "40"),
        Verify.Diagnostic("AIG2004").WithLocation(1).WithArguments("MaximumIterationsPerRequest", "without limit", "40"),
        Verify.Diagnostic("AIG2004").WithLocation(2).WithArguments("maxIterations", "without limit", "40"));

    [Fact]
    public Task Test_code_is_silent() => Verify.VerifyAnalyzerAsync(
        """
        using System;
        using OpenAI.Responses;

        class TestMethodAttribute : Attribute { }

        class Tests
        {
            [TestMethod]
            public void M(CreateResponseOptions options) => options.MaxToolCallCount = 1000;
        }
        """);

    [Fact]
    public Task Fix_writes_the_limit() => Verify.VerifyCodeFixAsync(
        In(
            """
            client.MaximumIterationsPerRequest = {|AIG2004:int.MaxValue|}; // as often as it likes
            builder.UseFunctionInvocation(configure: c => c.MaximumIterationsPerRequest = {|AIG2004:Limits.Many|});
            messages.ToolRunner(parameters, tools, /* no limit */ {|AIG2004:null|});
            var limit = {|AIG2004:1_000|};
            options.MaxToolCallCount = flag ? limit : {|AIG2004:Limits.Some|};
            """),
        In(
            """
            client.MaximumIterationsPerRequest = 40; // as often as it likes
            builder.UseFunctionInvocation(configure: c => c.MaximumIterationsPerRequest = 40);
            messages.ToolRunner(parameters, tools, /* no limit */ 40);
            var limit = 40;
            options.MaxToolCallCount = flag ? limit : 40;
            """),
        static test => test.SilentWithoutSdk = false);

    [Theory]
    [InlineData("void M(CreateResponseOptions o) { o.MaxToolCallCount = ; o.MaxToolCallCount = 10 * ")]
    [InlineData("void M(CreateResponseOptions o) { int n = n; o.MaxToolCallCount = n; ")]
    public Task Half_typed_code_does_no_harm(string member) =>
        AiGuardrails.Testing.AnalyzerFuzz.VerifyNeverThrowsAsync<ToolIterationLimitRaisedAnalyzer>("using OpenAI.Responses; class C { " + member + " }");

    private static string In(string statements) => Around + $$"""
        class Other { public int MaximumIterationsPerRequest { get; set; } }

        class C
        {
            void M(
                FunctionInvokingChatClient client, ChatClientBuilder builder, Other other, CreateResponseOptions options, Microsoft.SemanticKernel.Planning.FunctionCallingStepwisePlannerOptions planner,
                Anthropic.Services.Beta.IMessageService messages, Anthropic.Models.Beta.Messages.MessageCreateParams parameters, IReadOnlyList<IBetaRunnableTool> tools, int count, int? given, bool flag)
            {
                {{statements}}
            }
        }
        """;
}
