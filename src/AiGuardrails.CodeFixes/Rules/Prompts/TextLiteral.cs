using System.Collections.Immutable;
using AiGuardrails.Core.Prompts;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace AiGuardrails.CodeFixes.Rules.Prompts;

/// <summary>A string literal, alone or a piece of a sum, whose text can be changed where it is written.</summary>
internal sealed class TextLiteral
{
    private readonly LiteralExpressionSyntax _syntax;
    private readonly int[] _map;

    private TextLiteral(LiteralExpressionSyntax syntax, int[] map)
    {
        _syntax = syntax;
        _map = map;
    }

    /// <summary>Gets the length of its text.</summary>
    public int Length => _map.Length - 1;

    private string Text => _syntax.Token.Text;

    /// <summary>Finds the literals of a text; null where something else is part of it.</summary>
    public static ImmutableArray<TextLiteral>? In(ExpressionSyntax? expression)
    {
        var pieces = ImmutableArray.CreateBuilder<TextLiteral>();
        return expression is not null && Collect(expression, pieces) ? pieces.ToImmutable() : null;
    }

    /// <summary>The source of a part of the text, which may begin before it and end behind it.</summary>
    public TextSpan Removal(int start, int end)
    {
        if (start <= 0 && end >= Length && Length > 0 && _syntax.Parent is BinaryExpressionSyntax sum && sum.Right == _syntax)
        {
            // The whole literal goes, with its plus sign.
            return TextSpan.FromBounds(sum.Left.Span.End, _syntax.Span.End);
        }

        (start, end) = (Math.Max(start, 0), Math.Min(end, Length));
        return start < end ? TextSpan.FromBounds(_syntax.SpanStart + _map[start], _syntax.SpanStart + _map[end]) : default;
    }

    /// <summary>Adds lines at the end; null where the literal cannot hold them.</summary>
    public TextChange? Appended(string lines, string lineEnd)
    {
        var end = _syntax.SpanStart + _map[Length];
        var quotes = Text.Length - Text.TrimStart('"').Length;
        if (Text[0] == '@')
        {
            return new TextChange(new TextSpan(end, 0), lineEnd + lines.Replace("\"", "\"\"").Replace("\n", lineEnd));
        }

        if (quotes < 3)
        {
            var literal = SymbolDisplay.FormatLiteral("\n" + lines, quote: true);
            return new TextChange(new TextSpan(end, 0), literal.Substring(1, literal.Length - 2));
        }

        // A raw literal of one line has no place for another, and none has one for its own quotation marks.
        var last = Text.LastIndexOf('\n');
        if (last < 0 || lines.Contains(new string('"', quotes)))
        {
            return null;
        }

        var indentation = Text.Substring(last + 1, Text.Length - quotes - last - 1);
        return new TextChange(new TextSpan(end, 0), string.Concat(lines.Split('\n').Select(line => lineEnd + (line.Length == 0 ? "" : indentation + line))));
    }

    private static bool Collect(ExpressionSyntax expression, ImmutableArray<TextLiteral>.Builder pieces)
    {
        switch (expression)
        {
            case ParenthesizedExpressionSyntax parenthesized:
                return Collect(parenthesized.Expression, pieces);

            case BinaryExpressionSyntax { RawKind: (int)SyntaxKind.AddExpression } sum:
                return Collect(sum.Left, pieces) && Collect(sum.Right, pieces);

            case LiteralExpressionSyntax literal when literal.Token.Value is string value && CSharpLiteral.Map(literal.Token.Text) is { } map && map.Length == value.Length + 1:
                pieces.Add(new TextLiteral(literal, map));
                return true;

            default:
                return false;
        }
    }
}
