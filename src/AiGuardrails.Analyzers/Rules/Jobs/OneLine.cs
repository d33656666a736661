using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace AiGuardrails.Analyzers.Rules.Jobs;

/// <summary>Code as a message quotes it: on one line, without comments.</summary>
internal static class OneLine
{
    public static string Of(SyntaxNode node) => Of(node, node.Span);

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
