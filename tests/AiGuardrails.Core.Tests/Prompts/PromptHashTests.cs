using System.Globalization;
using AiGuardrails.Core.Prompts;

namespace AiGuardrails.Core.Tests.Prompts;

/// <summary>The hash is the same wherever a prompt says the same, and another one where it does not.</summary>
public sealed class PromptHashTests
{
    private const string Schema = """{"type":"object","properties":{"route":{"type":"string","enum":["a","b"]},"note":{"type":["string","null"]}},"required":["route","note"],"additionalProperties":false}""";
    private const string Reordered = """{"required":["note","route"],"additionalProperties":false,"type":"object","properties":{"note":{"type":["null","string"]},"route":{"enum":["b","a"],"type":"string"}}}""";

    [Fact]
    public void The_hash_is_known()
    {
        // A hash that changed would make every lock file of every team say that its prompts did.
        Assert.Equal("d1325acef24ab3ca", Of("Hello\n{X}", Schema));
    }

    [Fact]
    public void Ends_of_lines_and_blanks_before_them_do_not_count()
    {
        var random = new Random(8005);
        for (var i = 0; i < 500; i++)
        {
            var lines = Enumerable.Range(0, random.Next(1, 6)).Select(_ => new string(Enumerable.Range(0, random.Next(6)).Select(_ => "aé漢 \t\"{"[random.Next(7)]).ToArray()) + "x").ToList();
            var expected = Of(string.Join("\n", lines));

            Assert.Equal(expected, Of(string.Join("\r\n", lines)));
            Assert.Equal(expected, Of(string.Join("\r", lines)));
            Assert.Equal(expected, Of(string.Join("  \t\r\n", lines) + " "));
            Assert.NotEqual(expected, Of(string.Join("\n", lines) + "."));
            Assert.NotEqual(expected, Of(string.Join("\n\n", lines) + "\n\n"));
        }
    }

    [Fact]
    public void The_order_of_members_does_not_count() => Assert.Equal(Of("", Schema), Of("", Reordered));

    [Theory]
    [InlineData("\"route\"", "\"way\"")]
    [InlineData("[\"a\",\"b\"]", "[\"a\",\"c\"]")]
    [InlineData("[\"string\",\"null\"]", "\"string\"")]
    [InlineData("false", "true")]
    public void A_schema_that_says_something_else_counts(string old, string @new) =>
        Assert.NotEqual(Of("", Schema), Of("", Schema.Replace(old, @new, StringComparison.Ordinal)));

    [Fact]
    public void A_text_cannot_pass_for_a_placeholder()
    {
        var placed = new PromptHash();
        placed.AddText("a");
        placed.AddInput("X", "string", "X", 0, "Fail", isTrusted: false);
        placed.AddText("b");

        var one = new PromptHash();
        one.AddText("a\n{1 X\n:6 string\n[1 X\n<1 0\n!4 Fail\n}0 \n\"1 b");
        Assert.NotEqual(placed.ToString(), one.ToString());

        var (left, right) = (new PromptHash(), new PromptHash());
        left.AddInput("ab", "c", "", 0, "", isTrusted: false);
        right.AddInput("a", "bc", "", 0, "", isTrusted: false);
        Assert.NotEqual(left.ToString(), right.ToString());
    }

    [Fact]
    public void Everything_that_an_input_says_counts()
    {
        string[] hashes =
        [
            Input("X", "string", "X", 0, "Fail", false),
            Input("Y", "string", "X", 0, "Fail", false),
            Input("X", "object", "X", 0, "Fail", false),
            Input("X", "string", "customer", 0, "Fail", false),
            Input("X", "string", "X", 10, "Fail", false),
            Input("X", "string", "X", 0, "KeepEnd", false),
            Input("X", "string", "X", 0, "Fail", true),
        ];

        Assert.Equal(hashes.Length, hashes.Distinct(StringComparer.Ordinal).Count());

        static string Input(string name, string type, string label, int tokens, string overflow, bool isTrusted)
        {
            var hash = new PromptHash();
            hash.AddInput(name, type, label, tokens, overflow, isTrusted);
            return hash.ToString();
        }
    }

    [Fact]
    public void Blanks_before_a_placeholder_count()
    {
        Assert.NotEqual(Before("a"), Before("a "));
        Assert.NotEqual(Before("a\n"), Before("a\n "));
        Assert.Equal(Before("a\nb"), Before("a \nb"));

        static string Before(string text)
        {
            var hash = new PromptHash();
            hash.AddText(text);
            hash.AddInput("X", "string", "X", 0, "Fail", isTrusted: false);
            return hash.ToString();
        }
    }

    [Theory]
    [InlineData("tr-TR")]
    [InlineData("ar-SA")]
    public void A_culture_changes_nothing(string culture)
    {
        var expected = Of("I i İ ı", Schema);
        var before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = new CultureInfo(culture) { NumberFormat = { NegativeSign = "~" } };
            Assert.Equal(expected, Of("I i İ ı", Reordered));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    private static string Of(string text, string? schema = null)
    {
        var hash = new PromptHash();
        hash.AddBlock(BlockRole.System);
        hash.AddText(text);
        if (schema is not null)
        {
            hash.AddSchema(schema);
        }

        Assert.True(PromptHash.IsHash(hash.ToString()));
        return hash.ToString();
    }
}
