using AiGuardrails.Analyzers.Diagnostics;
using AiGuardrails.Core.Models;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace AiGuardrails.Analyzers.Rules.Models;

/// <summary>AIG1002: a model is called that is retired.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class RetiredModelAnalyzer : RetirementAnalyzer
{
    /// <summary>Initializes a new instance of the <see cref="RetiredModelAnalyzer"/> class.</summary>
    public RetiredModelAnalyzer()
        : base(Descriptors.RetiredModel)
    {
    }

    private protected override CalendarDate? HorizonOf(BodyAnalysisContext context, CalendarDate date, CalendarDate today) =>
        date <= today ? today : null;
}
