using Verify = AiGuardrails.Testing.CSharpCodeFixVerifier<
    AiGuardrails.Analyzers.Rules.Responses.ModelOutputDeserializedUncheckedAnalyzer,
    AiGuardrails.CodeFixes.Rules.Responses.ModelOutputDeserializedUncheckedCodeFix>;

namespace AiGuardrails.Analyzers.Tests.Rules.Responses;

public sealed class AIG3003_ModelOutputDeserializedUncheckedTests
{
    private const string Members =
        """
        static async Task<Invoice> Typed(ChatClient client)
        {
            ChatCompletion answer = await client.CompleteChatAsync("x");
            return {|AIG3003:JsonSerializer.Deserialize<Invoice>(answer.Content[0].Text)|};
        }

        static async Task<Invoice?> Optional(ChatClient client)
        {
            ChatCompletion answer = await client.CompleteChatAsync("x");
            return JsonSerializer.Deserialize<Invoice>(answer.Content[0].Text);
        }

        static async Task<T> Generic<T>(ChatClient client)
        {
            ChatCompletion answer = await client.CompleteChatAsync("x");
            return {|AIG3003:JsonSerializer.Deserialize<T>(answer.Content[0].Text)|}!;
        }
        """;

    [Theory]
    [InlineData("return {|AIG3003:JsonSerializer.Deserialize<Invoice>(completion.Content[0].Text)|}!;")]
    [InlineData("var invoice = {|AIG3003:JsonSerializer.Deserialize<Invoice>(completion.Content[0].Text)|}!; return invoice.Number;")]
    [InlineData("var invoice = {|AIG3003:JsonSerializer.Deserialize<Invoice>(completion.Content[0].Text)|}; return invoice!.Number;")]
    [InlineData("return {|AIG3003:JsonSerializer.Deserialize<Invoice>(completion.Content[0].Text)|}!.Number;")]
    [InlineData("foreach (var line in {|AIG3003:JsonSerializer.Deserialize<List<string>>(completion.Content[0].Text)|}!) { Console.WriteLine(line); }")]
    [InlineData("var lines = {|AIG3003:JsonSerializer.Deserialize<List<string>>(completion.Content[0].Text)|}; foreach (var line in lines!) { Console.WriteLine(line); }")]
    [InlineData("_invoice = {|AIG3003:JsonSerializer.Deserialize<Invoice>(completion.Content[0].Text)|}!;")]
    [InlineData("Unknown.Take({|AIG3003:JsonSerializer.Deserialize<Invoice>(completion.Content[0].Text)|}!);")]
    [InlineData("return {|AIG3003:JsonNode.Parse(completion.Content[0].Text)|}![\"number\"];")]
    [InlineData("return ((Invoice){|AIG3003:JsonSerializer.Deserialize(completion.Content[0].Text, typeof(Invoice))|}!).Number;")]
    [InlineData("using var stream = new MemoryStream(Encoding.UTF8.GetBytes(completion.Content[0].Text)); return (await {|AIG3003:JsonSerializer.DeserializeAsync<Invoice>(stream)|})!.Number;")]
    [InlineData("if (completion.FinishReason != ChatFinishReason.Stop) { return null; } return {|AIG3003:JsonSerializer.Deserialize<Invoice>(completion.Content[0].Text)|}!.Number;")] // whole, and still not always good
    [InlineData("try { return {|AIG3003:JsonSerializer.Deserialize<Invoice>(completion.Content[0].Text)|}!.Number; } catch (HttpRequestException) { return null; }")]
    [InlineData("try { return {|AIG3003:JsonSerializer.Deserialize<Invoice>(completion.Content[0].Text)|}!.Number; } finally { Console.WriteLine(); }")]
    [InlineData("foreach (var call in completion.ToolCalls) { var arguments = {|AIG3003:JsonSerializer.Deserialize<Dictionary<string, string>>(call.FunctionArguments)|}!; Console.WriteLine(arguments[\"city\"]); }")]
    [InlineData("foreach (var call in completion.ToolCalls) { Console.WriteLine({|AIG3003:call.FunctionArguments.ToObjectFromJson<Invoice>()|}!.Number); }")]
    [InlineData("return completion.ToolCalls.Select(call => {|AIG3003:JsonSerializer.Deserialize<Invoice>(call.FunctionArguments.ToString())|}!.Number).ToList();")]
    public Task Object_that_is_trusted_is_reported(string statements) => Verify.VerifyAnalyzerAsync(ResponseSource.Chat(statements));

    [Theory]
    [InlineData("try { return JsonSerializer.Deserialize<Invoice>(completion.Content[0].Text)!.Number; } catch (JsonException) { return null; }")]
    [InlineData("try { return JsonSerializer.Deserialize<Invoice>(completion.Content[0].Text)!.Number; } catch (Exception e) when (e is not OperationCanceledException) { return null; }")]
    [InlineData("try { return JsonSerializer.Deserialize<Invoice>(completion.Content[0].Text)!.Number; } catch { return null; }")]
    [InlineData("try { try { return JsonSerializer.Deserialize<Invoice>(completion.Content[0].Text)!.Number; } finally { Console.WriteLine(); } } catch (JsonException) { return null; }")]
    [InlineData("var invoice = JsonSerializer.Deserialize<Invoice>(completion.Content[0].Text); if (invoice is null) { throw new InvalidOperationException(); } return invoice.Number;")]
    [InlineData("var invoice = JsonSerializer.Deserialize<Invoice>(completion.Content[0].Text); return invoice?.Number;")]
    [InlineData("var invoice = JsonSerializer.Deserialize<Invoice>(completion.Content[0].Text) ?? throw new InvalidOperationException(); return invoice.Number;")]
    [InlineData("var invoice = JsonSerializer.Deserialize<Invoice>(completion.Content[0].Text); ArgumentNullException.ThrowIfNull(invoice); return invoice.Number;")]
    [InlineData("var invoice = JsonSerializer.Deserialize<Invoice>(completion.Content[0].Text)!; if (!new Validator().IsValid(invoice)) { return null; } return invoice.Number;")]
    [InlineData("if (JsonSerializer.Deserialize<Invoice>(completion.Content[0].Text) is { } invoice) { return invoice.Number; }")]
    [InlineData("return JsonSerializer.Deserialize<Invoice>(completion.Content[0].Text);")] // says that it may be null
    [InlineData("_invoice = JsonSerializer.Deserialize<Invoice>(completion.Content[0].Text);")]
    [InlineData("return JsonSerializer.Deserialize<int>(completion.Content[0].Text);")] // no reference
    [InlineData("return JsonSerializer.Deserialize<JsonElement>(completion.Content[0].Text).GetProperty(\"number\");")]
    [InlineData("return JsonSerializer.Deserialize<Invoice>(_text)!.Number;")] // not of the model
    [InlineData("return JsonSerializer.Deserialize<Invoice>(completion.Id)!.Number;")]
    public Task Object_that_is_checked_or_not_of_the_model_is_not_reported(string statements) => Verify.VerifyAnalyzerAsync(ResponseSource.Chat(
        statements, "sealed class Validator : IValidator { public bool IsValid(object? value) => value is not null; }"));

    [Fact]
    public Task What_a_method_says_that_it_returns_counts() => Verify.VerifyAnalyzerAsync(ResponseSource.Chat("", Members));

    [Theory]
    [InlineData("return {|AIG3003:JsonSerializer.Deserialize<Invoice>(response.GetOutputText())|}!;")]
    [InlineData("foreach (var call in response.OutputItems.OfType<FunctionCallResponseItem>()) { Console.WriteLine({|AIG3003:JsonNode.Parse(call.FunctionArguments)|}![\"x\"]); }")]
    public Task Response_is_reported(string statements) => Verify.VerifyAnalyzerAsync(ResponseSource.Response(statements));

    [Fact]
    public Task Abstraction_is_reported() => Verify.VerifyAnalyzerAsync(ResponseSource.Extensions("return {|AIG3003:JsonSerializer.Deserialize<Invoice>(response.Text)|}!;"));

    [Fact]
    public Task Message_is_reported() => Verify.VerifyAnalyzerAsync(ResponseSource.Claude(
        "if (message.Content[0].TryPickText(out var text)) { return {|AIG3003:JsonSerializer.Deserialize<Invoice>(text.Text)|}!; }"));

    [Fact]
    public Task Wrapper_of_the_team_is_reported() => Verify.VerifyAnalyzerAsync(
        """
        using System.Text.Json;
        using System.Threading.Tasks;
        using AiGuardrails;

        interface IAssistant { [GeneratesText] Task<string> AskAsync(string question); Task<string> ReadAsync(string path); }

        record Invoice(string Number);

        class C(IAssistant assistant)
        {
            async Task<string> Ask() => {|AIG3003:JsonSerializer.Deserialize<Invoice>(await assistant.AskAsync("Which?"))|}!.Number;

            async Task<string> Read() => JsonSerializer.Deserialize<Invoice>(await assistant.ReadAsync("a.json"))!.Number;
        }
        """);

    [Theory]
    [InlineData("var text = json.RootElement.GetProperty(\"choices\")[0].GetProperty(\"message\").GetProperty(\"content\").GetString(); return {|AIG3003:JsonSerializer.Deserialize<Invoice>(text!)|}!;")]
    [InlineData("var message = json.RootElement.GetProperty(\"choices\").EnumerateArray().First().GetProperty(\"message\"); return {|AIG3003:JsonSerializer.Deserialize<Invoice>(message.GetProperty(\"content\").GetString()!)|}!;")]
    [InlineData("var node = JsonNode.Parse(await reply.Content.ReadAsStringAsync(token)); var text = node?[\"choices\"]?[0]?[\"message\"]?[\"content\"]?.ToString(); return {|AIG3003:JsonSerializer.Deserialize<Invoice>(text!)|}!.Number;")]
    [InlineData("return JsonSerializer.Deserialize<Invoice>(await reply.Content.ReadAsStringAsync(token))!;")] // the reply itself
    [InlineData("return JsonSerializer.Deserialize<Invoice>(json.RootElement.GetProperty(\"data\").GetProperty(\"content\").GetString()!)!;")]
    [InlineData("return JsonSerializer.Deserialize<Invoice>(json.RootElement.GetProperty(\"choices\")[0].GetRawText())!;")]
    public Task Text_of_a_reply_over_http(string statements) => Verify.VerifyAnalyzerAsync(ResponseSource.Http(statements), static test => test.SilentWithoutSdk = false); // the host is enough

    [Fact]
    public Task Message_names_the_parser() => Verify.VerifyAnalyzerAsync(
        ResponseSource.Chat("return {|#0:JsonSerializer.Deserialize<Invoice>(completion.Content[0].Text)|}!;"),
        Verify.Diagnostic("AIG3003").WithLocation(0).WithArguments("JsonSerializer.Deserialize"));

    [Fact]
    public Task Fix_of_a_return() => Verify.VerifyCodeFixAsync(
        ResponseSource.Chat(
            """
            // The invoice.
            return {|AIG3003:JsonSerializer.Deserialize<Invoice>(completion.Content[0].Text)|}!; // as it is
            """),
        ResponseSource.Chat(
            """
            // The invoice.
            try
            {
                return JsonSerializer.Deserialize<Invoice>(completion.Content[0].Text) ?? throw new InvalidOperationException("The model's text holds no object.");
            }
            catch (JsonException exception)
            {
                throw new InvalidOperationException("The model's text is not the JSON that was asked for.", exception);
            } // as it is

            """));

    [Fact]
    public Task Fix_of_a_declaration() => Verify.VerifyCodeFixAsync(
        ResponseSource.Chat(
            """
            var invoice = {|AIG3003:JsonSerializer.Deserialize<Invoice>(completion.Content[0].Text)|}!;
            return invoice.Number;
            """),
        ResponseSource.Chat(
            """
            Invoice invoice;
            try
            {
                invoice = JsonSerializer.Deserialize<Invoice>(completion.Content[0].Text) ?? throw new InvalidOperationException("The model's text holds no object.");
            }
            catch (JsonException exception)
            {
                throw new InvalidOperationException("The model's text is not the JSON that was asked for.", exception);
            }

            return invoice.Number;
            """));

    [Fact]
    public Task Fix_of_a_member_and_of_a_loop() => Verify.VerifyCodeFixAsync(
        ResponseSource.Chat(
            """
            var number = {|AIG3003:JsonSerializer.Deserialize<Invoice>(completion.Content[0].Text)|}!.Number;
            foreach (var line in {|AIG3003:JsonSerializer.Deserialize<List<string>>(completion.Content[0].Text)|}!)
            {
                Console.WriteLine(line);
            }
            """),
        ResponseSource.Chat(
            """
            string number;
            try
            {
                number = (JsonSerializer.Deserialize<Invoice>(completion.Content[0].Text) ?? throw new InvalidOperationException("The model's text holds no object.")).Number;
            }
            catch (JsonException exception)
            {
                throw new InvalidOperationException("The model's text is not the JSON that was asked for.", exception);
            }

            try
            {
                foreach (var line in JsonSerializer.Deserialize<List<string>>(completion.Content[0].Text) ?? throw new InvalidOperationException("The model's text holds no object."))
                {
                    Console.WriteLine(line);
                }
            }
            catch (JsonException exception)
            {
                throw new InvalidOperationException("The model's text is not the JSON that was asked for.", exception);
            }

            """));

    [Fact]
    public Task Fix_of_an_awaited_object() => Verify.VerifyCodeFixAsync(
        ResponseSource.Chat(
            """
            using var stream = new MemoryStream(Encoding.UTF8.GetBytes(completion.Content[0].Text));
            Invoice invoice = (await {|AIG3003:JsonSerializer.DeserializeAsync<Invoice>(stream)|})!;
            return invoice.Number;
            """),
        ResponseSource.Chat(
            """
            using var stream = new MemoryStream(Encoding.UTF8.GetBytes(completion.Content[0].Text));
            Invoice invoice;
            try
            {
                invoice = await JsonSerializer.DeserializeAsync<Invoice>(stream) ?? throw new InvalidOperationException("The model's text holds no object.");
            }
            catch (JsonException exception)
            {
                throw new InvalidOperationException("The model's text is not the JSON that was asked for.", exception);
            }

            return invoice.Number;
            """));

    [Theory]
    [InlineData("Func<Invoice> read = () => {|AIG3003:JsonSerializer.Deserialize<Invoice>(completion.Content[0].Text)|}!; return read();")]
    [InlineData("if ({|AIG3003:JsonSerializer.Deserialize<Invoice>(completion.Content[0].Text)|}!.Number == \"\") { return 1; }")]
    public Task No_fix_without_a_statement_to_enclose(string statements) => Verify.VerifyNoCodeFixAsync(ResponseSource.Chat(statements));
}
