using System.Composition;
using AiGuardrails.Analyzers.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;

namespace AiGuardrails.CodeFixes.Rules.Models;

/// <summary>Fix of AIG1003: use the successor.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(ModelRetiresSoonCodeFix))]
[Shared]
public sealed class ModelRetiresSoonCodeFix : SuccessorCodeFix
{
    /// <summary>Initializes a new instance of the <see cref="ModelRetiresSoonCodeFix"/> class.</summary>
    public ModelRetiresSoonCodeFix()
        : base(RuleIds.ModelRetiresSoon)
    {
    }
}
