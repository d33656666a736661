using AiGuardrails.Core.Prompts;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace AiGuardrails.Generators.Prompts;

/// <content>Where in the source something stands.</content>
internal sealed partial class PromptParser
{
    private Location Locate(PromptPlace place, List<IPropertySymbol> properties, List<Block> blocks) => place.Kind switch
    {
        PromptPlaceKind.Input => LocationOf(properties[place.Index]),
        PromptPlaceKind.Block => LocationIn(blocks[place.Index], place.Start, place.Length),
        PromptPlaceKind.FileArgument => LocationOfArgument(Attribute, "File") ?? At,
        PromptPlaceKind.Id => LocationOfArgument(Attribute, "id", 0) ?? At,
        PromptPlaceKind.Version => LocationOfArgument(Attribute, "Version") ?? LocationOfArgument(Attribute, "id", 0) ?? At,
        PromptPlaceKind.Limit => LocationOfArgument(Attribute, "MaxPromptTokens") ?? At,
        _ => At,
    };

    /// <summary>A span of the text of a block, in the literal that it comes from; the whole argument where it is put together otherwise.</summary>
    private Location LocationIn(Block block, int start, int length)
    {
        if (ArgumentSyntax(block.Attribute, "text", 1) is not { } expression)
        {
            return At;
        }

        var text = ConstantOf(expression) ?? expression;
        return SpanIn(text, start, length, out _) is { } span ? Location.Create(text.SyntaxTree, span) : expression.GetLocation();
    }

    /// <summary>Finds the text of a constant that the prompt itself declares, which is what its author has to change.</summary>
    private ExpressionSyntax? ConstantOf(ExpressionSyntax expression) =>
        expression is IdentifierNameSyntax { Identifier.ValueText: var name }
            && Type.GetMembers(name) is [IFieldSymbol { IsConst: true, DeclaringSyntaxReferences: [var reference] }]
            && reference.GetSyntax(CancellationToken) is VariableDeclaratorSyntax { Initializer.Value: var value }
            ? value
            : null;

    private static TextSpan? SpanIn(ExpressionSyntax expression, int start, int length, out int valueLength)
    {
        valueLength = -1;
        switch (expression)
        {
            case ParenthesizedExpressionSyntax parenthesized:
                return SpanIn(parenthesized.Expression, start, length, out valueLength);

            case LiteralExpressionSyntax { Token: var token } when token.Value is string value && CSharpLiteral.Map(token.Text) is { } map && map.Length == value.Length + 1:
                valueLength = value.Length;
                if (start < 0 || start + length > value.Length)
                {
                    return null;
                }

                // A whole text without its quotation marks; an empty one with them, to be seen at all.
                return length == 0 ? token.Span : TextSpan.FromBounds(token.SpanStart + map[start], token.SpanStart + EndOf(map, start + length));

            case BinaryExpressionSyntax { RawKind: (int)SyntaxKind.AddExpression } sum:
                var left = SpanIn(sum.Left, start, length, out var leftLength);
                if (leftLength < 0)
                {
                    return null;
                }

                var right = SpanIn(sum.Right, start - leftLength, length, out var rightLength);
                valueLength = rightLength < 0 ? -1 : leftLength + rightLength;
                return left ?? right;

            default:
                return null;
        }
    }

    // The end of the last character, not the start of the next, which may stand behind the indentation of a raw literal.
    private static int EndOf(int[] map, int end) => end < map.Length - 1 ? Math.Min(map[end], Math.Max(map[end - 1] + 1, map[end])) : map[end];

    private Location? LocationOfArgument(AttributeData attribute, string name, int position = -1)
    {
        var location = ArgumentSyntax(attribute, name, position)?.GetLocation();
        return location?.SourceTree is { } tree && Compilation.ContainsSyntaxTree(tree) ? location : null;
    }

    private ExpressionSyntax? ArgumentSyntax(AttributeData attribute, string name, int position)
    {
        if (attribute.ApplicationSyntaxReference?.GetSyntax(CancellationToken) is not AttributeSyntax { ArgumentList.Arguments: var arguments })
        {
            return null;
        }

        var named = arguments.FirstOrDefault(argument => (argument.NameEquals?.Name ?? argument.NameColon?.Name)?.Identifier.ValueText == name);
        if (named is not null || position < 0)
        {
            return named?.Expression;
        }

        return position < arguments.Count && arguments[position] is { NameEquals: null, NameColon: null } positional ? positional.Expression : null;
    }
}
