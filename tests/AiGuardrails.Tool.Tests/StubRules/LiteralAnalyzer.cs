using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace AiGuardrails.StubRules;

/// <summary>Reports string literals: <c>"ft:…"</c> as AIG1001, a warning, and <c>"hint:…"</c> as AIG1002, a suggestion.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class LiteralAnalyzer : DiagnosticAnalyzer
{
    private static readonly DiagnosticDescriptor s_warning = new(
        "AIG1001", "Stub of a warning", "'{0}' is a stub", "AiGuardrails.Stub", DiagnosticSeverity.Warning, isEnabledByDefault: true, helpLinkUri: "https://example.org/AIG1001");

    private static readonly DiagnosticDescriptor s_suggestion = new(
        "AIG1002", "Stub of a suggestion", "'{0}' is a hint", "AiGuardrails.Stub", DiagnosticSeverity.Info, isEnabledByDefault: true, helpLinkUri: "https://example.org/AIG1002");

    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics => ImmutableArray.Create(s_warning, s_suggestion);

    public override void Initialize(AnalysisContext context)
    {
        context.EnableConcurrentExecution();
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.RegisterOperationAction(
            static operation =>
            {
                if (operation.Operation.ConstantValue is { HasValue: true, Value: string text })
                {
                    if (text.StartsWith("ft:", System.StringComparison.Ordinal))
                    {
                        operation.ReportDiagnostic(Diagnostic.Create(s_warning, operation.Operation.Syntax.GetLocation(), text));
                    }
                    else if (text.StartsWith("hint:", System.StringComparison.Ordinal))
                    {
                        operation.ReportDiagnostic(Diagnostic.Create(s_suggestion, operation.Operation.Syntax.GetLocation(), text));
                    }
                }
            },
            OperationKind.Literal);
    }
}
