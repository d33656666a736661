using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace AiGuardrails.Analyzers.Rules;

/// <summary>Code as a message quotes it: on one line, without comments.</summary>
internal static class OneLine
{
    private const int MaxLength = 60;

    public static string Of(SyntaxNode node) => Of(node, node.Span);

    /// <summary>The code of a value, cut where it is long; behind a <c>?.</c>, without the dot.</summary>
    public static string Short(IOperation value)
    {
        var text = Of(value.Syntax).TrimStart('.');
        return text.Length <= MaxLength ? text : text.Substring(0, MaxLength - 1) + "…";
    }

    public static string Of(SyntaxNode root, TextSpan span)
    {
        var text = new StringBuilder();
        foreach (var token in root.DescendantTokens(span, static _ => true).Where(token => span.Contains(token.Span)))
        {
            text.Append(token.Text);
            if (token.HasTrailingTrivia || token.GetNextToken().HasLeadingTrivia)
            {
                text.Append(' ');
            }
        }

        return text.ToString().TrimEnd();
    }
}
