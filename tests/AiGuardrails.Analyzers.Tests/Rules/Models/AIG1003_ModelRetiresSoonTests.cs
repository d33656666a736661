using AiGuardrails.Analyzers.Rules.Models;
using AiGuardrails.Testing;
using Verify = AiGuardrails.Testing.CSharpCodeFixVerifier<
    AiGuardrails.Analyzers.Rules.Models.ModelRetiresSoonAnalyzer,
    AiGuardrails.CodeFixes.Rules.Models.ModelRetiresSoonCodeFix>;

namespace AiGuardrails.Analyzers.Tests.Rules.Models;

public sealed class AIG1003_ModelRetiresSoonTests
{
    [Theory]
    [InlineData("2026-07-25", true)] // 90 days before
    [InlineData("2026-07-24", false)]
    [InlineData("2026-10-22", true)]
    [InlineData("2026-10-23", false)] // AIG1002 has it from here
    [InlineData("2028-01-01", false)]
    [InlineData("", false)]
    [InlineData("next week", false)]
    public Task Days_before_the_retirement_count(string today, bool isReported) => VerifyAsync(
        $"object M(string key) => new ChatClient({Marked("gpt-4.1-nano", isReported)}, key);", today);

    [Theory]
    [InlineData("aiguardrails.model_retirement_window_days = 10", "2026-10-13", true)]
    [InlineData("aiguardrails.AIG1003.model_retirement_window_days = 10", "2026-10-12", false)]
    [InlineData("aiguardrails.model_retirement_window_days = 3650", "2025-01-01", true)]
    [InlineData("aiguardrails.model_retirement_window_days = soon", "2026-07-25", true)] // unreadable: the default
    public Task Window_is_an_option(string option, string today, bool isReported) => VerifyAsync(
        $"object M(string key) => new ChatClient({Marked("gpt-4.1-nano", isReported)}, key);", today, option);

    [Theory]
    [InlineData("new ChatClient({|AIG1003:\"ft:gpt-4.1-nano-2025-04-14:acme::AbC12345\"|}, key)")]
    [InlineData("new ChatClient({|AIG1003:\"ft:gpt-3.5-turbo-0613:acme::AbC12345\"|}, key)")] // its base is retired, itself it was exempt
    [InlineData("new FineTuningClient(key).FineTune({|AIG1003:\"gpt-4.1-nano-2025-04-14\"|}, \"file-1\", false)")]
    [InlineData("new FineTuningClient(key).FineTune(\"davinci-002\", \"file-1\", false)")] // closed to training already
    [InlineData("new ChatClient(\"gpt-3.5-turbo-0613\", key)")] // retired already
    [InlineData("new ChatClient(\"gpt-4o-mini\", key)")] // an alias that nobody has dated
    [InlineData("new ChatClient(\"gpt-4o-mini-2024-07-18\", key)")] // not that soon
    [InlineData("new ChatClient(\"gpt-4.1-mini-2025-04-14.ft-b044a9d3cf9c4228b5d393567f693b83\", key)")]
    [InlineData("key == \"gpt-4.1-nano\"")]
    public Task Same_sinks_as_of_retired_models(string expression) => VerifyAsync($"object M(string key) => {expression};", "2026-09-01");

    [Fact]
    public Task Message_names_model_date_and_successor() => VerifyAsync(
        "object M(string key) => new ChatClient({|#0:\"gpt-4-0613\"|}, key);",
        "2026-09-01",
        expected: Verify.Diagnostic("AIG1003").WithLocation(0).WithArguments("gpt-4-0613", "2026-10-23", "use 'gpt-5.6-sol'"));

    [Fact]
    public Task Catalogue_of_the_team_counts() => VerifyAsync(
        "object M(string key) => (new ChatClient(\"gpt-4-0613\", key), new ChatClient({|AIG1003:\"acme-1\"|}, key));",
        "2026-09-01",
        models:
        """
        { "models": [
          { "id": "gpt-4-0613", "provider": "OpenAI", "retires": "2027-12-31", "source": "our contract", "asOf": "2026-01-31" },
          { "id": "acme-1", "provider": "OpenAI", "retires": "2026-09-30", "source": "us", "asOf": "2026-01-31" } ] }
        """);

    [Fact]
    public Task Test_code_is_silent() => VerifyAsync(
        """
        class FactAttribute : Attribute { }

        class Tests
        {
            [Fact]
            public void M() => new ChatClient("gpt-4-0613", "key");
        }
        """,
        "2026-09-01");

    [Fact]
    public Task Fix_uses_a_successor_that_stays() => Verify.VerifyCodeFixAsync(
        """
        class C
        {
            // The model.
            object A(string key) => new OpenAI.Chat.ChatClient({|AIG1003:"acme-1"|}, key);
        }
        """,
        """
        class C
        {
            // The model.
            object A(string key) => new OpenAI.Chat.ChatClient("acme-3", key);
        }
        """,
        static test =>
        {
            test.GlobalOptions["build_property.AiGuardrailsToday"] = "2026-09-01";
            test.AdditionalFiles.Add(
                "aiguardrails.models.json",
                """
                { "models": [
                  { "id": "acme-1", "provider": "OpenAI", "retires": "2026-09-30", "successors": ["acme-2"], "source": "us", "asOf": "2026-01-31" },
                  { "id": "acme-2", "provider": "OpenAI", "retires": "2026-10-30", "successors": ["acme-3"], "source": "us", "asOf": "2026-01-31" } ] }
                """);
        });

    [Theory]
    [InlineData("object M(string key) => new ChatClient(\"gpt-4-0613\", key")]
    [InlineData("const string A = B; const string B = A; object M() => new ChatClient(A, B);")]
    public Task Half_typed_and_cyclic_code_does_no_harm(string member) => AnalyzerFuzz.VerifyNeverThrowsAsync<ModelRetiresSoonAnalyzer>(In(member));

    private static string Marked(string model, bool isReported) => isReported ? $"{{|AIG1003:\"{model}\"|}}" : $"\"{model}\"";

    private static Task VerifyAsync(string member, string today, string option = "", string? models = null, params DiagnosticResult[] expected) =>
        Verify.VerifyAnalyzerAsync(
            In(member),
            test =>
            {
                if (today.Length > 0)
                {
                    test.GlobalOptions["build_property.AiGuardrailsToday"] = today;
                }

                test.EditorConfig = $"[*.cs]\n{option}\n";
                if (models is not null)
                {
                    test.AdditionalFiles.Add("aiguardrails.models.json", models);
                }
            },
            expected);

    private static string In(string member) =>
        $$"""
        using System;
        using OpenAI.Chat;
        using OpenAI.FineTuning;

        class C
        {
        {{string.Join('\n', member.Split('\n').Select(static line => line.Length == 0 ? line : "    " + line))}}
        }
        """;
}
