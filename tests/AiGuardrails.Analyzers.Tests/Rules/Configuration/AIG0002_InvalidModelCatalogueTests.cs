using AiGuardrails.Testing;
using Verify = AiGuardrails.Testing.CSharpAnalyzerVerifier<AiGuardrails.Analyzers.Rules.Configuration.InvalidModelCatalogueAnalyzer>;

namespace AiGuardrails.Analyzers.Tests.Rules.Configuration;

public sealed class AIG0002_InvalidModelCatalogueTests
{
    private const string Source = "class C { OpenAI.Chat.ChatClient M(string key) => new(\"gpt-4o\", key); }";

    [Theory]
    [InlineData("{ \"models\": [ { {|#0:\"retired\"|}: \"2026-01-31\" } ] }", "'retired' is no member of a model, which has id, provider, aliases, datedAliases, bases, retires, trainingEnds, successors, price, limits, note, source and asOf")]
    [InlineData("{\r\n  \"models\": [\r\n    { \"id\": {|#0:4711|} }\r\n  ]\r\n}", "'id' must be a text")]
    [InlineData("{\r\n  \"models\": [\r\n    { \"id\": \"a\u2028b\", \"retires\": {|#0:\"soon\"|} }\r\n  ]\r\n}", "'soon' is not a date as yyyy-MM-dd")]
    [InlineData("{ {|#0:/|}/ none\n}", "JSON has no comments")]
    [InlineData("{ \"models\": [ {{|#0:|}", "the text ends inside a value")]
    [InlineData("{|#0:|}", "there is no value")]
    public Task Error_is_reported_where_it_is(string file, string message) => Verify.VerifyAnalyzerAsync(
        Source,
        test => test.AdditionalFiles.Add("aiguardrails.models.json", file),
        Verify.Diagnostic("AIG0002").WithLocation(0).WithArguments(message));

    [Fact]
    public Task Two_errors_are_one_finding() => Verify.VerifyAnalyzerAsync(
        Source,
        test => test.AdditionalFiles.Add("settings/AiGuardrails.Models.json", "{ {|AIG0002:\"a\"|}: 1, \"b\": 2 }"));

    [Theory]
    [InlineData("aiguardrails.models.json", "{}")]
    [InlineData("aiguardrails.models.json", "{ \"models\": [ { \"id\": \"m\", \"provider\": \"OpenAI\", \"source\": \"s\", \"asOf\": \"2026-01-31\" } ] }")]
    [InlineData("other.models.json", "{ \"a\": 1 }")]
    [InlineData("my-aiguardrails.models.json", "{ \"a\": 1 }")]
    public Task Other_file_is_not_reported(string name, string file) => Verify.VerifyAnalyzerAsync(
        Source,
        test => test.AdditionalFiles.Add(name, file));

    [Fact]
    public Task Project_without_ai_is_not_looked_at() => Verify.VerifyAnalyzerAsync(
        "class C { }",
        test =>
        {
            test.AdditionalFiles.Add("aiguardrails.models.json", "{ \"a\": 1 }");
            test.References = ReferenceSets.Platform;
        });

    [Fact]
    public Task Severity_is_set_for_the_file() => Verify.VerifyAnalyzerAsync(
        Source,
        test =>
        {
            test.AdditionalFiles.Add("aiguardrails.models.json", "{ \"a\": 1 }");
            test.GlobalOptions["dotnet_diagnostic.AIG0002.severity"] = "none";
        });
}
