using System.Composition;
using AiGuardrails.Analyzers.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;

namespace AiGuardrails.CodeFixes.Rules.Models;

/// <summary>Fix of AIG1002: use the successor.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(RetiredModelCodeFix))]
[Shared]
public sealed class RetiredModelCodeFix : SuccessorCodeFix
{
    /// <summary>Initializes a new instance of the <see cref="RetiredModelCodeFix"/> class.</summary>
    public RetiredModelCodeFix()
        : base(RuleIds.RetiredModel)
    {
    }
}
