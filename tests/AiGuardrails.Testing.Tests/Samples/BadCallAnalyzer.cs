using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;

namespace AiGuardrails.Testing.Tests.Samples;

/// <summary>An analyzer as it should be: each call of a method named Bad is reported at its name. The sabotages derive from it.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public class BadCallAnalyzer : DiagnosticAnalyzer
{
    protected const string Id = "KIT0001";

    protected static readonly DiagnosticDescriptor Rule = new(Id, "Bad call", "'{0}' is bad; call '{1}'", "Kit", DiagnosticSeverity.Warning, isEnabledByDefault: true);

    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics => [Rule];

    protected virtual GeneratedCodeAnalysisFlags InGeneratedCode => GeneratedCodeAnalysisFlags.None;

    protected virtual bool NeedsSdk => true;

    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(InGeneratedCode);
        context.EnableConcurrentExecution();
        context.RegisterCompilationStartAction(start =>
        {
            if (!NeedsSdk || start.Compilation.GetTypeByMetadataName("OpenAI.Chat.ChatClient") is not null)
            {
                start.RegisterSyntaxNodeAction(Analyze, SyntaxKind.InvocationExpression);
            }
        });
    }

    protected virtual void Report(SyntaxNodeAnalysisContext context, IdentifierNameSyntax name) =>
        context.ReportDiagnostic(Diagnostic.Create(Rule, name.GetLocation(), name.Identifier.ValueText, "Good"));

    private void Analyze(SyntaxNodeAnalysisContext context)
    {
        if (((InvocationExpressionSyntax)context.Node).Expression is IdentifierNameSyntax { Identifier.ValueText: "Bad" or "Worse" } name)
        {
            Report(context, name);
        }
    }
}
