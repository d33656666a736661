using System.Collections.Immutable;
using AiGuardrails.Generators.Prompts;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace AiGuardrails.CodeFixes.Rules.Prompts;

/// <summary>The blocks of a prompt in the attributes of its type.</summary>
internal sealed class PromptAttributeSource : PromptSource
{
    private readonly PromptFixTarget _target;
    private readonly ImmutableArray<AttributeSyntax> _attributes;
    private readonly ImmutableArray<string> _texts;

    private PromptAttributeSource(PromptFixTarget target, ImmutableArray<AttributeSyntax> attributes, EquatableArray<PromptBlockText> blocks)
    {
        _target = target;
        _attributes = attributes;
        _texts = [.. blocks.Select(static block => block.Text)];
        Roles = [.. blocks.Select(static block => block.Role)];
    }

    public override ImmutableArray<BlockRole> Roles { get; }

    public static PromptAttributeSource? Open(PromptFixTarget target, PromptDeclarationResult result)
    {
        var attributes = target.Type.GetAttributes()
            .Where(static attribute => PromptParser.IsOurs(attribute.AttributeClass, "BlockAttribute"))
            .Select(static attribute => attribute.ApplicationSyntaxReference?.GetSyntax())
            .OfType<AttributeSyntax>()
            .ToImmutableArray();

        // One that cannot be read, or that stands in another file, and which is which is a guess.
        return attributes.Length == result.Declaration.Blocks.Count && attributes.All(attribute => attribute.SyntaxTree == target.Declaration.SyntaxTree)
            ? new PromptAttributeSource(target, attributes, result.Declaration.Blocks)
            : null;
    }

    public override IEnumerable<(int Block, int Start, int Length)> OpenPlaces(PromptFixRequest request, PromptFixTarget target, PromptDeclarationResult result) =>
        PlacesOf(result).Select(static place => (place.Index, place.Start, place.Length));

    public override int BlockOf(Diagnostic diagnostic, PromptDeclarationResult result) =>
        PlacesOf(result).Where(place => result.LocationOf(place) == diagnostic.Location).Select(static place => place.Index).DefaultIfEmpty(-1).First();

    public override string TextOf(int block) => _texts[block];

    public override bool IsSum(int block) => TextLiteral.In(TextExpressionOf(block)) is { Length: > 1 };

    public override PromptFixChange? ToUser(int block) => RoleOf(block) is { } role ? Change(role.Name.Span, "User") : null;

    public override ImmutableArray<PromptFixChange>? Remove(int block, int start, int end)
    {
        var changes = ImmutableArray.CreateBuilder<PromptFixChange>();
        if (TextLiteral.In(TextExpressionOf(block)) is not { } pieces)
        {
            return null;
        }

        foreach (var piece in pieces)
        {
            if (piece.Removal(start, end) is { IsEmpty: false } span)
            {
                changes.Add(Change(span, ""));
            }

            start -= piece.Length;
            end -= piece.Length;
        }

        return changes.ToImmutable();
    }

    public override PromptFixChange? Append(int block, string lines) =>
        TextLiteral.In(TextExpressionOf(block)) is [.., var last] && last.Appended(lines, LineEndOf(_target.Text)) is { } change
            ? new PromptFixChange(_target.Document.Id, change)
            : null;

    public override PromptFixChange? NewUserBlock(int like, int before, string lines)
    {
        if (RoleOf(like) is not { } role || _attributes[before < 0 ? _attributes.Length - 1 : before].Parent is not AttributeListSyntax list)
        {
            return null;
        }

        var roleText = _target.Text.ToString(TextSpan.FromBounds(role.Expression.SpanStart, role.Name.SpanStart)) + "User";
        var attribute = $"[{_attributes[like].Name}({roleText}, {SymbolDisplay.FormatLiteral(lines, quote: true)})]";

        // On a line of its own, where the other is.
        var line = _target.Text.Lines.GetLineFromPosition(before < 0 ? list.Span.End : list.SpanStart);
        var indentation = _target.Text.ToString(TextSpan.FromBounds(_target.Text.Lines.GetLineFromPosition(list.SpanStart).Start, list.SpanStart));
        var isAlone = string.IsNullOrWhiteSpace(indentation) && (before >= 0 || string.IsNullOrWhiteSpace(_target.Text.ToString(TextSpan.FromBounds(list.Span.End, line.End))));
        var gap = isAlone ? LineEndOf(_target.Text) + indentation : " ";
        return before < 0 ? Change(new TextSpan(list.Span.End, 0), gap + attribute) : Change(new TextSpan(list.SpanStart, 0), attribute + gap);
    }

    private static IEnumerable<PromptPlace> PlacesOf(PromptDeclarationResult result) =>
        PromptComposer.Compose(result.Declaration, []).Findings
            .Where(static finding => finding is { Rule: PromptRule.OpenInput, Place.Kind: PromptPlaceKind.Block })
            .Select(static finding => finding.Place);

    private ExpressionSyntax? ArgumentOf(int block, string name, int position) =>
        _attributes[block].ArgumentList is not { Arguments: var arguments } ? null
        : arguments.FirstOrDefault(argument => argument.NameColon?.Name.Identifier.ValueText == name) is { } named ? named.Expression
        : position < arguments.Count && arguments[position] is { NameColon: null, NameEquals: null } positional ? positional.Expression
        : null;

    // The literal itself, or that of a constant of the prompt, which is where the finding stands.
    private ExpressionSyntax? TextExpressionOf(int block) => ArgumentOf(block, "text", 1) switch
    {
        IdentifierNameSyntax { Identifier.ValueText: var name } when _target.Type.GetMembers(name) is [IFieldSymbol { IsConst: true, DeclaringSyntaxReferences: [var reference] }] =>
            reference.SyntaxTree == _target.Declaration.SyntaxTree && reference.GetSyntax() is VariableDeclaratorSyntax { Initializer.Value: var value } ? value : null,
        var expression => expression,
    };

    /// <summary>The role as code has it, BlockRole.System, so that the name of the type stays as it is written.</summary>
    private (ExpressionSyntax Expression, SimpleNameSyntax Name)? RoleOf(int block) => ArgumentOf(block, "role", 0) switch
    {
        MemberAccessExpressionSyntax { RawKind: (int)SyntaxKind.SimpleMemberAccessExpression } access when IsRole(access) => (access, access.Name),
        IdentifierNameSyntax identifier when IsRole(identifier) => (identifier, identifier),
        _ => null,
    };

    private bool IsRole(ExpressionSyntax expression) =>
        _target.Compilation.GetSemanticModel(expression.SyntaxTree).GetSymbolInfo(expression).Symbol is IFieldSymbol { ContainingType: { Name: nameof(BlockRole), TypeKind: TypeKind.Enum } };

    private PromptFixChange Change(TextSpan span, string text) => new(_target.Document.Id, new TextChange(span, text));
}
