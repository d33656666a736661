using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace AiGuardrails.Analyzers.Tests.Flow;

/// <summary>What is known of the text of a literal, of a text that is put together, and of a host.</summary>
public sealed class TextsTests
{
    [Theory]
    [InlineData("\"a\"", "a")]
    [InlineData("\"\"", "")]
    [InlineData("\"\\n\\r\\t\\0\"", "\n\r\t\0")]
    [InlineData("\"\\u0041\\x42\\x0043\\U0001F600\"", "AB\u0043😀")]
    [InlineData("\"\\\"\\\\\"", "\"\\")]
    [InlineData("\"a\\x4g\"", "a\u0004g")]
    [InlineData("@\"a\\n\"\"b\"\"\"", "a\\n\"b\"")]
    [InlineData("\"\"\"a\"\"b\\n\"\"\"", "a\"\"b\\n")]
    [InlineData("\"a\"u8", "a")]
    [InlineData("\"\"\"a\"\"\"u8", "a")]
    [InlineData("@\"a\"\"\"u8", "a\"")]
    [InlineData("$\"a\\n{1}\"", "a\n")]
    [InlineData("$@\"a\\\"\"{1}\"", "a\\\"")]
    [InlineData("$\"\"\"a\\n{1}\"\"\"", "a\\n")]
    public void Literal_is_decoded_with_the_place_of_each_character(string literal, string expected)
    {
        var token = SyntaxFactory.ParseExpression(literal).DescendantTokens().First(StringTokens.IsText);

        var (text, starts) = StringTokens.Decode(token, default);

        Assert.Equal(expected, text);
        Assert.Equal(text.Length + 1, starts.Length);
        Assert.Equal(starts.Order(), starts);
        for (var i = 0; i < text.Length; i++)
        {
            // A character that stands for itself stands where it is said to; one that is escaped begins with its escape.
            var source = literal[StringTokens.SpanOf(starts, i, 1).Start];
            Assert.True(source == text[i] || source is '\\' || char.IsSurrogate(text[i]), $"{i}: {source}");
        }
    }

    [Theory]
    [InlineData("\"open")]
    [InlineData("\"\\")]
    [InlineData("\"\\u12\"")]
    [InlineData("@\"")]
    [InlineData("\"\"\"a")]
    public void Half_typed_literal_is_decoded_as_far_as_it_goes(string literal)
    {
        var token = SyntaxFactory.ParseExpression(literal).DescendantTokens().First(StringTokens.IsText);

        var (text, starts) = StringTokens.Decode(token, default);

        Assert.Equal(text.Length + 1, starts.Length);
        Assert.All(starts, start => Assert.InRange(start, 0, literal.Length));
    }

    [Theory]
    [InlineData("\"a\" + \"b\"", "ab")]
    [InlineData("\"a\" + given", "a?")]
    [InlineData("given", "")]
    [InlineData("$\"a{given}b\"", "a?b")]
    [InlineData("$\"a{1}b\"", "a1b")]
    [InlineData("$\"a{1:x2}b{2,5}\"", "a?b?")]
    [InlineData("\"a\"u8.ToArray()", "")]
    [InlineData("string.Concat(\"a\", given, \"3\")", "a?3")]
    [InlineData("string.Concat(list)", "")]
    [InlineData("string.Format(\"{0}/{1}\", \"a\", given)", "a/?")]
    [InlineData("string.Format(\"{1}{0}{1}\", \"1\", \"2\")", "212")]
    [InlineData("string.Format(\"{{{0}}}\", \"a\")", "{a}")]
    [InlineData("string.Format(\"{0,3}{0:x}{5}\", \"a\")", "???")]
    [InlineData("string.Format(\"a{\", given)", "a{")]
    [InlineData("string.Format(null, \"{0}b\", \"a\")", "ab")]
    [InlineData("string.Format(\"{0}{1}{2}{3}\", \"1\", \"2\", \"3\", \"4\")", "1234")]
    [InlineData("string.Format(\"{0}\", list)", "")]
    [InlineData("flag ? \"a\" : \"b\"", "a|b")]
    [InlineData("given ?? \"a\"", "a")]
    public void Text_with_unknown_parts_has_holes(string expression, string expected)
    {
        var flow = FlowSource.Of($$"""class C { void M(string given, bool flag, string[] list) { Use({{expression}}); } static void Use(object text) { } }""");

        var texts = PartialTexts.Of(flow.Used(), default);

        Assert.Equal(expected, string.Join('|', texts.Select(static text => text.Text.Replace(PartialTexts.Hole, '?')).Order(StringComparer.Ordinal)));
    }

    [Theory]
    [InlineData("", true)]
    [InlineData("localhost", true)]
    [InlineData("api.localhost", true)]
    [InlineData("API.LOCALHOST", true)]
    [InlineData("ollama", true)] // of the same network
    [InlineData("::1", true)]
    [InlineData("[::1]", true)]
    [InlineData("0.0.0.0", true)]
    [InlineData("host.docker.internal", true)]
    [InlineData("127.0.0.1", true)]
    [InlineData("127.255.0.9", true)]
    [InlineData("127.0.0.256", false)]
    [InlineData("127.0.0", false)]
    [InlineData("127.0.0.1.example.com", false)]
    [InlineData("127.a.b.com", false)]
    [InlineData("128.0.0.1", false)]
    [InlineData("10.0.0.1", false)]
    [InlineData("[fe80::1]", false)]
    [InlineData("localhost.example.com", false)]
    [InlineData("example.com", false)]
    public void Host_is_the_machine_itself(string host, bool isLocal) => Assert.Equal(isLocal, Loopback.IsLocal(host));
}
