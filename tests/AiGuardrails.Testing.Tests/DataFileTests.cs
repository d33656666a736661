using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;
using Verify = AiGuardrails.Testing.CSharpAnalyzerVerifier<AiGuardrails.Testing.Tests.DataFileTests.BadWordAnalyzer>;

namespace AiGuardrails.Testing.Tests;

/// <summary>Markup in additional files, and the options that reach analyzers.</summary>
public sealed class DataFileTests
{
    [Fact]
    public Task Markup_in_an_additional_file_is_expected_there() => Verify.VerifyAnalyzerAsync(
        "class C { }",
        test =>
        {
            test.SilentWithoutSdk = false;
            test.AdditionalFiles.Add("data/train.jsonl", "{\"a\": 1}\n{\"a\": \"{|#0:bad|}\"}\n");
        },
        Verify.Diagnostic("KIT0004").WithLocation(0).WithArguments("bad"));

    [Fact]
    public Task Unmarked_finding_in_an_additional_file_fails() => KitAssert.FailsAsync(
        "unexpected: train.jsonl(2,1)-(2,4): warning KIT0004", () => VerifyDataAsync("\nbad"));

    [Fact]
    public Task Marked_finding_that_is_missing_fails() => KitAssert.FailsAsync("missing: train.jsonl(1,1)-(1,5): KIT0004", () => VerifyDataAsync("[|good|]"));

    [Fact]
    public Task Right_offsets_with_wrong_lines_fail() => KitAssert.FailsAsync("its lines say", () => VerifyDataAsync("[|bad|]", test => test.GlobalOptions.Add("build_property.WrongLines", "true")));

    [Fact]
    public Task Finding_without_the_sdk_must_be_admitted() => KitAssert.FailsAsync(
        nameof(AnalyzerTest.SilentWithoutSdk), () => VerifyDataAsync("[|bad|]", test => test.SilentWithoutSdk = true));

    [Fact]
    public Task Global_options_are_read() => VerifyDataAsync("bad [|worse|]", test => test.GlobalOptions.Add("build_property.Word", "worse"));

    [Fact]
    public Task Options_of_one_file_are_read_from_its_section() => VerifyDataAsync("bad [|worst|]", test => test.EditorConfig = "[*.jsonl]\naiguardrails.word = worst\n[*.cs]\naiguardrails.word = bad\n");

    [Fact]
    public Task Metadata_of_additional_files_are_read() => VerifyDataAsync(
        "bad [|worst|]", test => test.EditorConfig = "[train.jsonl]\nbuild_metadata.AdditionalFiles.Word = worst\n");

    private static Task VerifyDataAsync(string data, Action<CSharpAnalyzerTest<BadWordAnalyzer>>? configure = null) => Verify.VerifyAnalyzerAsync(
        "class C { }",
        test =>
        {
            test.SilentWithoutSdk = false;
            test.AdditionalFiles.Add("train.jsonl", data);
            configure?.Invoke(test);
        });

    public sealed class BadWordAnalyzer : DiagnosticAnalyzer
    {
        private static readonly DiagnosticDescriptor s_rule = new("KIT0004", "Bad word", "'{0}' is bad", "Kit", DiagnosticSeverity.Warning, isEnabledByDefault: true);

        public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics => [s_rule];

        public override void Initialize(AnalysisContext context)
        {
            context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
            context.EnableConcurrentExecution();
            context.RegisterAdditionalFileAction(Analyze);
        }

        private static void Analyze(AdditionalFileAnalysisContext context)
        {
            var file = context.Options.AnalyzerConfigOptionsProvider.GetOptions(context.AdditionalFile);
            var global = context.Options.AnalyzerConfigOptionsProvider.GlobalOptions;
            if (!file.TryGetValue("aiguardrails.word", out var word)
                && !file.TryGetValue("build_metadata.AdditionalFiles.Word", out word)
                && !global.TryGetValue("build_property.Word", out word))
            {
                word = "bad";
            }

            var text = context.AdditionalFile.GetText(context.CancellationToken)!;
            var start = text.ToString().IndexOf(word, StringComparison.Ordinal);
            if (start >= 0)
            {
                var span = new TextSpan(start, word.Length);
                var lines = global.TryGetValue("build_property.WrongLines", out _) ? default : text.Lines.GetLinePositionSpan(span);
                context.ReportDiagnostic(Diagnostic.Create(s_rule, Location.Create(context.AdditionalFile.Path, span, lines), word));
            }
        }
    }
}
