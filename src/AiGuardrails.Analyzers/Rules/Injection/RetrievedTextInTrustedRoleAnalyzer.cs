using AiGuardrails.Analyzers.Diagnostics;
using AiGuardrails.Analyzers.Flow.Origins;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace AiGuardrails.Analyzers.Rules.Injection;

/// <summary>AIG7002: what a search returned reaches the instructions of a model.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class RetrievedTextInTrustedRoleAnalyzer : InstructionOriginAnalyzer
{
    /// <summary>Creates the analyzer.</summary>
    public RetrievedTextInTrustedRoleAnalyzer()
        : base(Descriptors.RetrievedTextInTrustedRole)
    {
    }

    private protected override bool IsAtFault(Origin origin) => origin.Kind == OriginKind.Retrieved;

    // A name is no proof, and the message says so.
    private protected override object[] MessageFor(Origin origin, string name) => [name, origin.IsByName ? Sentence.Of("is retrieved text by its name") : Sentence.Of("was retrieved")];
}
