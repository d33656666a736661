using Verify = AiGuardrails.Testing.CSharpCodeFixVerifier<
    AiGuardrails.Analyzers.Rules.Responses.ResponseStatusUncheckedAnalyzer,
    AiGuardrails.CodeFixes.Rules.Responses.ResponseStatusUncheckedCodeFix>;

namespace AiGuardrails.Analyzers.Tests.Rules.Responses;

public sealed class AIG3005_ResponseStatusUncheckedTests
{
    [Theory]
    [InlineData("return {|AIG3005:response.GetOutputText()|};")]
    [InlineData("Console.WriteLine($\"Answer: {{|AIG3005:response.GetOutputText()|}}\");")]
    [InlineData("var text = {|AIG3005:response.GetOutputText()|} ?? \"\"; return text;")]
    [InlineData("foreach (var item in {|AIG3005:response.OutputItems|}) { Console.WriteLine(item.Id); }")]
    [InlineData("var first = {|AIG3005:response.GetOutputText()|}; foreach (var item in response.OutputItems) { Console.WriteLine(item.Id); } return first;")] // one for each response
    [InlineData("Console.WriteLine({|AIG3005:response.GetOutputText()|}); if (response.Status != ResponseStatus.Completed) { return null; }")] // too late
    [InlineData("return (await client.CreateResponseAsync(options)).Value is { } again ? {|AIG3005:again.GetOutputText()|} : null;")]
    [InlineData("return {|AIG3005:client.CreateResponse(\"gpt-5.1\", \"Hello\").Value.GetOutputText()|};")]
    public Task Output_is_reported(string statements) => Verify.VerifyAnalyzerAsync(ResponseSource.Response(statements));

    [Theory]
    [InlineData("if (response.Status != ResponseStatus.Completed) { throw new InvalidOperationException(); } return response.GetOutputText();")]
    [InlineData("if (response.Error is not null) { return null; } return response.GetOutputText();")]
    [InlineData("if (response.IncompleteStatusDetails?.Reason == ResponseIncompleteStatusReason.MaxOutputTokens) { return null; } return response.GetOutputText();")]
    [InlineData("var text = response.GetOutputText() ?? \"\"; if (response.Status == ResponseStatus.Failed) { return null; } return text;")]
    [InlineData("return response is { Status: ResponseStatus.Completed } ? response.GetOutputText() : null;")]
    [InlineData("return response.Status switch { ResponseStatus.Completed => response.GetOutputText(), _ => null };")]
    [InlineData("logger.LogInformation(\"{Status}\", response.Status); return response.GetOutputText();")]
    [InlineData("Unknown.Take(response); return response.GetOutputText();")]
    [InlineData("Ensure(response); return response.GetOutputText();")]
    [InlineData("return response.Id;")]
    public Task Output_is_not_reported_where_the_status_is_read(string statements) => Verify.VerifyAnalyzerAsync(ResponseSource.Response(
        statements,
        """
        static void Ensure(ResponseResult response) { if (response.Status != ResponseStatus.Completed) { throw new InvalidOperationException(); } }
        static string OfParameter(ResponseResult response) => response.GetOutputText();
        static async Task<string> Polled(ResponsesClient client) { ResponseResult response = await client.GetResponseAsync("id"); return response.GetOutputText(); } // a job: AIG4003
        """));

    [Fact]
    public Task Chat_is_not_reported() => Verify.VerifyAnalyzerAsync(ResponseSource.Chat("return completion.Content[0].Text;"));

    [Fact]
    public Task Message_names_the_use_and_the_status() => Verify.VerifyAnalyzerAsync(
        ResponseSource.Response("return {|#0:response.GetOutputText()|};"),
        Verify.Diagnostic("AIG3005").WithLocation(0).WithArguments("response.GetOutputText()", "response.Status"));

    [Fact]
    public Task Fix_throws_unless_completed() => Verify.VerifyCodeFixAsync(
        ResponseSource.Response(
            """
            // To the screen.
            Console.WriteLine({|AIG3005:response.GetOutputText()|}); // at once
            foreach (var item in response.OutputItems) { Console.WriteLine(item.Id); }
            """),
        ResponseSource.Response(
            """
            if (response.Status != ResponseStatus.Completed)
            {
                throw new InvalidOperationException($"The response ended as '{response.Status}'.");
            }
            // To the screen.
            Console.WriteLine(response.GetOutputText()); // at once
            foreach (var item in response.OutputItems) { Console.WriteLine(item.Id); }
            """));

    [Fact]
    public Task Fix_in_top_level_statements() => Verify.VerifyCodeFixAsync(
        """
        using System;
        using OpenAI.Responses;

        var client = new ResponsesClient("key");
        var result = await client.CreateResponseAsync("gpt-5.1", "Hello");
        Console.WriteLine({|AIG3005:result.Value.GetOutputText()|});
        """,
        """
        using System;
        using OpenAI.Responses;

        var client = new ResponsesClient("key");
        var result = await client.CreateResponseAsync("gpt-5.1", "Hello");

        if (result.Value.Status != ResponseStatus.Completed)
        {
            throw new InvalidOperationException($"The response ended as '{result.Value.Status}'.");
        }

        Console.WriteLine(result.Value.GetOutputText());
        """,
        static test => test.OutputKind = Microsoft.CodeAnalysis.OutputKind.ConsoleApplication);

    [Theory]
    [InlineData("return {|AIG3005:client.CreateResponse(\"gpt-5.1\", \"Hello\").Value.GetOutputText()|};")]
    [InlineData("return (await client.CreateResponseAsync(options)).Value is { } again ? {|AIG3005:again.GetOutputText()|} : null;")]
    [InlineData("Func<string> read = () => {|AIG3005:response.GetOutputText()|}; return read();")]
    public Task No_fix_without_a_place_for_the_guard(string statements) => Verify.VerifyNoCodeFixAsync(ResponseSource.Response(statements));
}
