using AiGuardrails.Analyzers.Diagnostics;
using AiGuardrails.Analyzers.Flow.Origins;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace AiGuardrails.Analyzers.Rules.Injection;

/// <summary>AIG7001: text that others wrote reaches the instructions of a model.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class UntrustedTextInInstructionsAnalyzer : InstructionOriginAnalyzer
{
    /// <summary>Creates the analyzer.</summary>
    public UntrustedTextInInstructionsAnalyzer()
        : base(Descriptors.UntrustedTextInInstructions)
    {
    }

    // What a search returned is the other rule's.
    private protected override bool IsAtFault(Origin origin) => origin.IsUntrusted;

    private protected override object[] MessageFor(Origin origin, string name) => [name, origin.Words];
}
