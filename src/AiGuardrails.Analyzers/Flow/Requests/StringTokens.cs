using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;

namespace AiGuardrails.Analyzers.Flow.Requests;

/// <summary>The tokens of string literals in every form, and which source stands behind each character of their text.</summary>
internal static class StringTokens
{
    /// <summary>Whether the token is the text of a string: a literal of any form, or a piece of an interpolation.</summary>
    public static bool IsText(SyntaxToken token) => token.Kind() is
        SyntaxKind.StringLiteralToken or SyntaxKind.SingleLineRawStringLiteralToken or SyntaxKind.MultiLineRawStringLiteralToken
        or SyntaxKind.Utf8StringLiteralToken or SyntaxKind.Utf8SingleLineRawStringLiteralToken or SyntaxKind.Utf8MultiLineRawStringLiteralToken
        or SyntaxKind.InterpolatedStringTextToken;

    /// <summary>
    /// The characters between the quotes, escapes resolved, and for each of them where its source begins; one entry more for the
    /// end. The indentation of raw literals is left in: it changes nothing about the characters around it.
    /// </summary>
    public static (string Text, int[] Starts) Decode(SyntaxToken token, CancellationToken cancellationToken)
    {
        var source = token.Text;
        var (start, end, hasEscapes, hasDoubledQuotes) = BoundsOf(token, source);
        var text = new System.Text.StringBuilder(end - start);
        var starts = new List<int>(end - start + 1);
        for (var i = start; i < end;)
        {
            if ((i & 0xFFFF) == 0)
            {
                cancellationToken.ThrowIfCancellationRequested();
            }

            var length = 1;
            var unit = source[i].ToString();
            if (hasEscapes && source[i] == '\\' && i + 1 < end)
            {
                unit = Escaped(source, i, end, out length);
            }
            else if (hasDoubledQuotes && source[i] == '"' && i + 1 < end && source[i + 1] == '"')
            {
                length = 2;
            }

            foreach (var c in unit)
            {
                text.Append(c);
                starts.Add(token.SpanStart + i);
            }

            i += length;
        }

        starts.Add(token.SpanStart + end);
        return (text.ToString(), [.. starts]);
    }

    private static (int Start, int End, bool HasEscapes, bool HasDoubledQuotes) BoundsOf(SyntaxToken token, string source)
    {
        if (token.IsKind(SyntaxKind.InterpolatedStringTextToken))
        {
            var opening = (token.Parent?.Parent as Microsoft.CodeAnalysis.CSharp.Syntax.InterpolatedStringExpressionSyntax)?.StringStartToken.Kind();
            return (0, source.Length, opening == SyntaxKind.InterpolatedStringStartToken, opening == SyntaxKind.InterpolatedVerbatimStringStartToken);
        }

        var isVerbatim = source.StartsWith("@", StringComparison.Ordinal);
        var isRaw = token.Kind() is not (SyntaxKind.StringLiteralToken or SyntaxKind.Utf8StringLiteralToken);
        var start = isVerbatim ? 1 : 0;
        var quotes = 0;
        while (start < source.Length && source[start] == '"' && (isRaw || quotes == 0))
        {
            start++;
            quotes++;
        }

        // Half-typed literals have no end; the suffix of a UTF-8 literal stands behind it.
        var end = source.Length;
        if (token.Kind() is SyntaxKind.Utf8StringLiteralToken or SyntaxKind.Utf8SingleLineRawStringLiteralToken or SyntaxKind.Utf8MultiLineRawStringLiteralToken)
        {
            end = Math.Max(start, end - 2);
        }

        for (var i = 0; i < quotes && end > start && source[end - 1] == '"'; i++)
        {
            end--;
        }

        return (start, end, !isVerbatim && !isRaw, isVerbatim);
    }

    private static string Escaped(string source, int at, int end, out int length)
    {
        length = 2;
        switch (source[at + 1])
        {
            case 'u':
                return Code(source, at, 4, 4, end, ref length);
            case 'U':
                return Code(source, at, 8, 8, end, ref length);
            case 'x':
                return Code(source, at, 1, 4, end, ref length);
            case 'n':
                return "\n";
            case 'r':
                return "\r";
            case 't':
                return "\t";
            case '0':
                return "\0";
            default:
                // What other escapes stand for is a control character, or themselves: visible either way.
                return source[at + 1].ToString();
        }
    }

    private static string Code(string source, int at, int min, int max, int end, ref int length)
    {
        var digits = 0;
        while (digits < max && at + 2 + digits < end && Uri.IsHexDigit(source[at + 2 + digits]))
        {
            digits++;
        }

        if (digits < min)
        {
            return source[at + 1].ToString();
        }

        length = 2 + digits;
        var code = int.Parse(source.Substring(at + 2, digits), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
        return code is > 0xFFFF and <= 0x10FFFF ? char.ConvertFromUtf32(code) : ((char)code).ToString();
    }

    /// <summary>The source behind some characters of a decoded text.</summary>
    public static TextSpan SpanOf(int[] starts, int start, int length) => TextSpan.FromBounds(starts[start], starts[start + length]);
}
