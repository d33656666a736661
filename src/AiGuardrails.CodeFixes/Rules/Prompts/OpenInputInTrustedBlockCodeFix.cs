using System.Composition;
using AiGuardrails.Analyzers.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace AiGuardrails.CodeFixes.Rules.Prompts;

/// <summary>AIG8003: lets the user say the block that holds open text.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
[Shared]
public sealed class OpenInputInTrustedBlockCodeFix() : PromptCodeFix(RuleIds.OpenInputInTrustedBlock)
{
    private const string Key = "AIG8003.User";

    private protected override IEnumerable<PromptFixOffer> Offers(AttributeSyntax block, SemanticModel model, SourceText text, Diagnostic diagnostic)
    {
        // The role as code has it, BlockRole.System, so that the name of the type stays as it is written.
        var role = block.ArgumentList?.Arguments.FirstOrDefault(static argument => argument.NameColon?.Name.Identifier.ValueText is null or "role")?.Expression;
        var name = role switch
        {
            MemberAccessExpressionSyntax { RawKind: (int)SyntaxKind.SimpleMemberAccessExpression } access => access.Name,
            IdentifierNameSyntax identifier => identifier,
            _ => null,
        };

        if (name is not null && role is not null && model.GetSymbolInfo(role).Symbol is IFieldSymbol { ContainingType: { Name: "BlockRole", TypeKind: TypeKind.Enum } })
        {
            yield return new PromptFixOffer("Move to a user block", Key, new TextChange(name.Span, "User"));
        }
    }
}
