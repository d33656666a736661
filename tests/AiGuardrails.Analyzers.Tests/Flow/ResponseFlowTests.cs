using AiGuardrails.Analyzers.Flow.Responses;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AiGuardrails.Analyzers.Tests.Flow;

public sealed class ResponseFlowTests
{
    [Theory]
    [InlineData("completion", nameof(ModelValueKind.Answer))]
    [InlineData("result", nameof(ModelValueKind.Answer))]
    [InlineData("result.Value", nameof(ModelValueKind.Answer))]
    [InlineData("completion.Content", nameof(ModelValueKind.Parts))]
    [InlineData("completion.Content.Where(part => part.Text != null).ToList()", nameof(ModelValueKind.Parts))]
    [InlineData("completion.Content[0]", nameof(ModelValueKind.Part))]
    [InlineData("completion.Content.First()", nameof(ModelValueKind.Part))]
    [InlineData("completion.ToolCalls", nameof(ModelValueKind.Part))]
    [InlineData("completion.Content[0].Text", nameof(ModelValueKind.Text))]
    [InlineData("completion.Content[0].Text.Trim('`').Split('\\n')", nameof(ModelValueKind.Text))]
    [InlineData("new System.IO.StringReader(completion.Content[0].Text)", nameof(ModelValueKind.Text))]
    [InlineData("completion.Content.Select(part => part.Text)", nameof(ModelValueKind.Text))]
    [InlineData("completion.ToolCalls[0].FunctionArguments", nameof(ModelValueKind.Arguments))]
    [InlineData("completion.ToolCalls[0].FunctionArguments.ToString()", nameof(ModelValueKind.Arguments))]
    public void Value_is_known_for_what_it_is(string expression, string kind) => Assert.Equal([kind], KindsOf(expression));

    [Theory]
    [InlineData("given")]
    [InlineData("given.Content[0].Text")]
    [InlineData("completion.Id")]
    [InlineData("completion.Content.Count")]
    [InlineData("completion.Content[0].Text.Length")]
    [InlineData("other")]
    [InlineData("JsonSerializer.Deserialize<string>(completion.Content[0].Text)")]
    public void Other_values_are_not_followed(string expression) => Assert.Empty(KindsOf(expression));

    [Theory]
    [InlineData("Ask(); Use(1);", true, true)]
    [InlineData("if (flag) { Ask(); } Use(1);", true, false)]
    [InlineData("if (flag) { Ask(); } else { Ask(); } Use(1);", true, true)]
    [InlineData("if (flag) { Ask(); return; } Use(1);", false, false)]
    [InlineData("Use(1); Ask();", false, false)]
    [InlineData("while (flag) { Use(1); Ask(); }", true, false)]
    [InlineData("while (flag) { Ask(); Use(1); }", true, true)]
    [InlineData("Start(); while (flag) { Ask(); Start(); Use(1); }", false, false)] // asked of what was before
    [InlineData("try { Ask(); } catch { } Use(1);", true, true)] // code that is guarded counts as run
    [InlineData("try { Ask(); } finally { Use(1); }", true, true)]
    [InlineData("Action later = () => Use(1); Ask();", false, false)]
    [InlineData("Ask(); Action later = () => Use(1);", true, true)]
    [InlineData("Action later = () => { Ask(); Use(1); };", true, true)]
    [InlineData("void Later() => Ask(); Later(); Use(1);", true, true)]
    [InlineData("foreach (var x in new[] { 1 }) { Ask(); } Use(1);", true, false)]
    [InlineData("_ = flag && Is(Ask()) ? Use(1) : 0;", true, true)]
    [InlineData("_ = flag || Is(Ask()) ? Use(1) : 0;", true, false)]
    [InlineData("switch (Ask()) { case 1: Use(1); break; }", true, true)]
    public void Order_of_a_body(string statements, bool any, bool every)
    {
        var source = FlowSource.Of(
            $$"""
            class C
            {
                static int Start() => 0;
                static int Ask() => 0;
                static int Use(int x) => x;
                static bool Is(int x) => x == 0;

                void M(bool flag)
                {
                    {{(statements.StartsWith("Start", StringComparison.Ordinal) ? "" : "Start();")}}
                    {{statements}}
                }
            }
            """);
        var body = source.BodyOf("M");
        var calls = body.All<IInvocationOperation>(OperationKind.Invocation).ToLookup(static call => call.TargetMethod.Name, static call => call.Syntax);

        var passed = new FlowOrder(body, default).Between(calls["Start"].Last(), calls["Use"].Single(), [.. calls["Ask"]]);

        Assert.Equal((any, every), (passed.Any, passed.Every));
    }

    private static IEnumerable<string> KindsOf(string expression)
    {
        var source = FlowSource.Of(
            $$"""
            class C
            {
                static void Use(object? x) { }

                void M(OpenAI.Chat.ChatClient client, OpenAI.Chat.ChatCompletion given, string other)
                {
                    var result = client.CompleteChat("x");
                    OpenAI.Chat.ChatCompletion completion = result;
                    Use({{expression}});
                }
            }
            """);
        var body = source.BodyOf("M");
        var used = body.All<IInvocationOperation>(OperationKind.Invocation).Single(static call => call.TargetMethod.Name == "Use").Arguments[0].Value;

        return new ModelValues(source.Ai, body, default).Of(used).Select(static value => value.Kind.ToString()).Distinct();
    }
}
