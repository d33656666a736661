using AiGuardrails.Core.Prompts;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AiGuardrails.Analyzers.Tests.Rules.Prompts;

/// <summary>The way from the value of a literal back to its source, held against the compiler's own reading.</summary>
public sealed class CSharpLiteralTests
{
    [Theory]
    [InlineData("\"\"")]
    [InlineData("\"abc\"")]
    [InlineData("\"a\\n\\t\\\\\\\"\\0b\"")]
    [InlineData("\"\\u0041\\x41\\x4\\x0041F\\U0001F600z\"")]
    [InlineData("@\"\"")]
    [InlineData("@\"a\"\"b\\n\r\nc\"")]
    [InlineData("\"\"\"abc\"\"\"")]
    [InlineData("\"\"\"\" a\"\"\"b \"\"\"\"")]
    [InlineData("\"\"\"\n    a\n      b\n\n    c {x}\n    \"\"\"")]
    [InlineData("\"\"\"\r\n\ta\r\n\tb\r\n\t\"\"\"")]
    [InlineData("\"\"\"\n  \n  \"\"\"")]
    [InlineData("\"\"\"   \n\n\n    \"\"\"")]
    public void Every_character_is_found_again(string literal)
    {
        var token = ((LiteralExpressionSyntax)SyntaxFactory.ParseExpression(literal)).Token;
        Assert.False(token.ContainsDiagnostics);

        var map = CSharpLiteral.Map(token.Text);

        Assert.NotNull(map);
        Assert.Equal(token.ValueText.Length + 1, map.Length);
        for (var i = 0; i < token.ValueText.Length; i++)
        {
            var c = literal[map[i]];
            Assert.True(c == token.ValueText[i] || c == '\\', $"{i}: '{c}' is not '{token.ValueText[i]}'");
            Assert.InRange(map[i + 1], map[i], literal.Length);
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("abc")]
    [InlineData("\"abc")]
    [InlineData("@\"abc")]
    [InlineData("\"\"\"")]
    [InlineData("\"\"\"a\"\"")]
    [InlineData("\"a\\")]
    [InlineData("\"a\"u8")]
    public void What_is_no_literal_has_no_map(string text) => Assert.Null(CSharpLiteral.Map(text));
}
