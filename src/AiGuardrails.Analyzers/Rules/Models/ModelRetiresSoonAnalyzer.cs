using AiGuardrails.Analyzers.Diagnostics;
using AiGuardrails.Core.Models;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace AiGuardrails.Analyzers.Rules.Models;

/// <summary>AIG1003: a model is called that will be retired soon.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class ModelRetiresSoonAnalyzer : RetirementAnalyzer
{
    /// <summary>Initializes a new instance of the <see cref="ModelRetiresSoonAnalyzer"/> class.</summary>
    public ModelRetiresSoonAnalyzer()
        : base(Descriptors.ModelRetiresSoon)
    {
    }

    // What goes within the window as well is no way out.
    private protected override CalendarDate? HorizonOf(BodyAnalysisContext context, CalendarDate date, CalendarDate today) =>
        date > today && today.DaysUntil(date) <= context.Options.ModelRetirementWindowDays ? today.AddDays(context.Options.ModelRetirementWindowDays) : null;
}
