using System.Collections.Immutable;
using AiGuardrails.Testing.Tests.Samples;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;

namespace AiGuardrails.Testing.Tests;

/// <summary>A right test must fail each wrong analyzer.</summary>
public sealed class AnalyzerSabotageTests
{
    private const string Source = "class C { void Bad() => {|KIT0001:Bad|}(); }";

    [Fact]
    public Task Analyzer_that_throws_in_an_action_fails() => FailsAsync<Throwing>("Throwing threw System.InvalidOperationException: sabotage");

    [Fact]
    public Task Analyzer_that_throws_on_silent_code_fails() => KitAssert.FailsAsync(
        "sabotage", () => CSharpAnalyzerVerifier<Throwing>.VerifyAnalyzerAsync("class C { void Worse() => Worse(); }"));

    [Fact]
    public Task Analyzer_that_throws_in_initialize_fails() => FailsAsync<ThrowingInInitialize>("threw System.InvalidOperationException: sabotage");

    [Fact]
    public Task Analyzer_that_throws_cannot_be_expected_to() => KitAssert.FailsAsync(
        "sabotage", () => CSharpAnalyzerVerifier<Throwing>.VerifyAnalyzerAsync("class C { void Bad() => Bad(); }", new DiagnosticResult("AD0001").WithNoLocation()));

    [Fact]
    public Task Analyzer_that_throws_without_the_sdk_fails() => KitAssert.FailsAsync(
        "sabotage",
        () => CSharpAnalyzerVerifier<ThrowingWithoutSdk>.VerifyAnalyzerAsync("class C { }", test => test.SilentWithoutSdk = false));

    [Fact]
    public Task Analyzer_that_reports_the_wrong_span_fails() => FailsAsync<WrongSpan>("1 are missing; 1 are unexpected");

    [Fact]
    public Task Analyzer_that_reports_twice_fails() => FailsAsync<Twice>("0 are missing; 1 are unexpected");

    [Fact]
    public Task Analyzer_that_misses_fails() => FailsAsync<Deaf>("1 are missing; 0 are unexpected");

    [Fact]
    public Task Analyzer_that_reports_another_of_its_rules_fails() => FailsAsync<OtherRule>("warning KIT0002");

    [Fact]
    public Task Analyzer_that_reports_in_generated_code_fails() => FailsAsync<LoudInGeneratedCode>("silent in generated code");

    [Fact]
    public Task Analyzer_that_a_pragma_cannot_reach_fails() => KitAssert.FailsAsync(
        "silent under '#pragma warning disable'",
        () => CSharpAnalyzerVerifier<DetachedFromSource>.VerifyAnalyzerAsync("class C { void Bad() => Bad(); }", new DiagnosticResult("KIT0001").WithNoLocation()));

    [Fact]
    public Task Analyzer_of_the_whole_compilation_may_say_so() => CSharpAnalyzerVerifier<DetachedFromSource>.VerifyAnalyzerAsync(
        "class C { void Bad() => Bad(); }", test => test.SilentUnderPragma = false, new DiagnosticResult("KIT0001").WithNoLocation());

    [Fact]
    public Task Analyzer_that_reports_without_the_sdk_fails() => FailsAsync<LoudWithoutSdk>("silent without a reference to an AI SDK");

    [Fact]
    public Task Analyzer_of_code_without_the_sdk_may_say_so() =>
        CSharpAnalyzerVerifier<LoudWithoutSdk>.VerifyAnalyzerAsync(Source, test => test.SilentWithoutSdk = false);

    [Fact]
    public Task Rule_off_by_default_is_switched_on() => CSharpAnalyzerVerifier<OffByDefault>.VerifyAnalyzerAsync(
        "class C { void Bad() => {|#0:Bad|}(); }", CSharpAnalyzerVerifier<OffByDefault>.Diagnostic("KIT0003").WithLocation(0).WithSeverity(DiagnosticSeverity.Info));

    [Fact]
    public Task Rule_off_by_default_obeys_editorconfig() => CSharpAnalyzerVerifier<OffByDefault>.VerifyAnalyzerAsync(
        "class C { void Bad() => Bad(); }", test => test.EditorConfig = "[*.cs]\ndotnet_diagnostic.KIT0003.severity = none\n");

    [Fact]
    public Task Brackets_need_an_analyzer_of_one_rule() => FailsAsync<OtherRule>("exactly one rule", "class C { void Bad() => [|Bad|](); }");

    [Fact]
    public Task Several_analyzers_run_in_one_compilation() => CSharpAnalyzerVerifier<BadCallAnalyzer>.VerifyAnalyzerAsync(
        "class C { void Bad() => {|KIT0003:[|Bad|]|}(); }", test => test.AdditionalAnalyzers.Add(new OffByDefault()));

    private static Task FailsAsync<TAnalyzer>(string because, string source = Source)
        where TAnalyzer : DiagnosticAnalyzer, new() => KitAssert.FailsAsync(because, () => CSharpAnalyzerVerifier<TAnalyzer>.VerifyAnalyzerAsync(source));

    private sealed class Throwing : BadCallAnalyzer
    {
        protected override void Report(SyntaxNodeAnalysisContext context, IdentifierNameSyntax name) => throw new InvalidOperationException("sabotage");
    }

    private sealed class ThrowingInInitialize : BadCallAnalyzer
    {
        public override void Initialize(AnalysisContext context) => throw new InvalidOperationException("sabotage");
    }

    private sealed class ThrowingWithoutSdk : BadCallAnalyzer
    {
        public override void Initialize(AnalysisContext context) => context.RegisterCompilationAction(static compilation =>
        {
            if (compilation.Compilation.GetTypeByMetadataName("OpenAI.Chat.ChatClient") is null)
            {
                throw new InvalidOperationException("sabotage");
            }
        });
    }

    private sealed class WrongSpan : BadCallAnalyzer
    {
        protected override void Report(SyntaxNodeAnalysisContext context, IdentifierNameSyntax name) =>
            context.ReportDiagnostic(Diagnostic.Create(Rule, name.Parent!.GetLocation(), "Bad", "Good"));
    }

    private sealed class Twice : BadCallAnalyzer
    {
        protected override void Report(SyntaxNodeAnalysisContext context, IdentifierNameSyntax name)
        {
            base.Report(context, name);
            base.Report(context, name);
        }
    }

    private sealed class Deaf : BadCallAnalyzer
    {
        protected override void Report(SyntaxNodeAnalysisContext context, IdentifierNameSyntax name)
        {
        }
    }

    private sealed class OtherRule : BadCallAnalyzer
    {
        private static readonly DiagnosticDescriptor s_other = new("KIT0002", "Other", "Other", "Kit", DiagnosticSeverity.Warning, isEnabledByDefault: true);

        public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics => [Rule, s_other];

        protected override void Report(SyntaxNodeAnalysisContext context, IdentifierNameSyntax name) =>
            context.ReportDiagnostic(Diagnostic.Create(s_other, name.GetLocation()));
    }

    private sealed class LoudInGeneratedCode : BadCallAnalyzer
    {
        protected override GeneratedCodeAnalysisFlags InGeneratedCode => GeneratedCodeAnalysisFlags.Analyze | GeneratedCodeAnalysisFlags.ReportDiagnostics;
    }

    private sealed class LoudWithoutSdk : BadCallAnalyzer
    {
        protected override bool NeedsSdk => false;
    }

    // A diagnostic without a location is out of every pragma's reach. It is expected here, so that only the second run can tell.
    private sealed class DetachedFromSource : BadCallAnalyzer
    {
        protected override void Report(SyntaxNodeAnalysisContext context, IdentifierNameSyntax name) =>
            context.ReportDiagnostic(Diagnostic.Create(Rule, Location.None, "Bad", "Good"));
    }

    private sealed class OffByDefault : BadCallAnalyzer
    {
        private static readonly DiagnosticDescriptor s_off = new("KIT0003", "Off", "Off", "Kit", DiagnosticSeverity.Info, isEnabledByDefault: false);

        public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics => [s_off];

        protected override void Report(SyntaxNodeAnalysisContext context, IdentifierNameSyntax name) =>
            context.ReportDiagnostic(Diagnostic.Create(s_off, name.GetLocation()));
    }
}
