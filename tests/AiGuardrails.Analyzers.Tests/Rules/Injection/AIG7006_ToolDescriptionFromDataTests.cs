using Verify = AiGuardrails.Testing.CSharpAnalyzerVerifier<AiGuardrails.Analyzers.Rules.Injection.ToolDescriptionFromDataAnalyzer>;

namespace AiGuardrails.Analyzers.Tests.Rules.Injection;

public sealed class AIG7006_ToolDescriptionFromDataTests
{
    [Theory]
    [InlineData("var tool = ChatTool.CreateFunctionTool(\"find\", $\"Finds {{|AIG7006:ask.Text|}}\");")]
    [InlineData("var tool = ChatTool.CreateFunctionTool(functionName: \"find\", functionDescription: {|AIG7006:Console.ReadLine()|});")]
    [InlineData("var text = \"Finds \" + tenant; var tool = ChatTool.CreateFunctionTool(\"find\", {|AIG7006:text|});")]
    [InlineData("var tool = new Anthropic.Models.Messages.Tool { Name = \"find\", Description = {|AIG7006:tenant|}, InputSchema = new() };")]
    [InlineData("ChatCompletion reply = await client.CompleteChatAsync(\"Hi\"); var tool = ChatTool.CreateFunctionTool(\"find\", {|AIG7006:reply.Content[0].Text|});")]
    [InlineData("foreach (var name in names.Find(tenant)) { var tool = ChatTool.CreateFunctionTool(\"find\", {|AIG7006:name|}); }", "INames names => null!; interface INames { [Retrieved] IEnumerable<string> Find(string of); }")]
    public Task Description_of_others_is_reported(string statements, string members = "") =>
        Verify.VerifyAnalyzerAsync(AspNet.Action(statements, members), static test => test.SilentWithoutSdk = false);

    [Theory]
    [InlineData("var tool = ChatTool.CreateFunctionTool(\"find\", \"Finds orders\");")]
    [InlineData("var tool = ChatTool.CreateFunctionTool(\"find\");")]
    [InlineData("var tool = ChatTool.CreateFunctionTool(\"find\", $\"Finds at most {ask.Count} orders\");")]
    [InlineData("var tool = ChatTool.CreateFunctionTool(\"find\", Environment.GetEnvironmentVariable(\"TOOL\"));")]
    [InlineData("var tool = ChatTool.CreateFunctionTool(\"find\", Describe());", "static string Describe() => \"Finds orders\";")]
    [InlineData("if (tenant is \"a\" or \"b\") { var tool = ChatTool.CreateFunctionTool(\"find\", $\"Finds orders of {tenant}\"); }")]
    [InlineData("var tool = new Tool { Description = tenant };", "sealed class Tool { public string Description { get; set; } = \"\"; }")]
    [InlineData("var tool = Make(\"Finds orders\");", "static ChatTool Make(string text) => ChatTool.CreateFunctionTool(\"find\", text);")]
    public Task Other_descriptions_are_left(string statements, string members = "") =>
        Verify.VerifyAnalyzerAsync(AspNet.Action(statements, members), static test => test.SilentWithoutSdk = false);

    [Fact]
    public Task Description_given_to_a_factory_of_functions_is_reported() =>
        Verify.VerifyAnalyzerAsync(
            """
            using System;
            using Microsoft.Extensions.AI;

            // The package of the factory is not referenced; these are its names.
            namespace Microsoft.Extensions.AI
            {
                public static class AIFunctionFactory { public static object Create(Delegate method, string? name = null, string? description = null) => null!; }
            }

            class C
            {
                object Tool(IChatClient client) => AIFunctionFactory.Create(() => 1, "count", {|AIG7006:Console.ReadLine()|});

                object Constant(IChatClient client) => AIFunctionFactory.Create(() => 1, "count", "Counts");
            }
            """,
            static test => test.SilentWithoutSdk = false);
}
