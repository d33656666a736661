using System.Globalization;
using System.Text;
using AiGuardrails.Core.Prompts;

namespace AiGuardrails.Core.Tests.Prompts;

public sealed class PromptTextParserTests
{
    [Theory]
    [InlineData("", "")]
    [InlineData("plain", "'plain'")]
    [InlineData("{Name}", "<Name>")]
    [InlineData("a {B} c {_d1} e", "'a '<B>' c '<_d1>' e'")]
    [InlineData("{A}{B}", "<A><B>")]
    [InlineData("{{A}}", "'{A}'")]
    [InlineData("{{{A}}}", "'{'<A>'}'")]
    [InlineData("{{}}", "'{}'")]
    [InlineData("{Größe}", "<Größe>")]
    [InlineData("a\r\nb\rc\n", "'a\nb\nc\n'")]
    [InlineData("\\# no heading here", "'\\# no heading here'")]
    [InlineData("a 😀 b", "'a 😀 b'")]
    public void Text_and_placeholders_are_told_apart(string text, string expected)
    {
        var (segments, problems) = Parse(text);

        Assert.Equal(expected, string.Concat(segments.Select(static segment => segment.IsPlaceholder ? $"<{segment.Text}>" : $"'{segment.Text}'")));
        Assert.Empty(problems);
    }

    [Theory]
    [InlineData("a {Name", 2, 5, "the placeholder '{Name' is not closed; add '}', or write '{{' for a brace that is text")]
    [InlineData("a {Name and more", 2, 5, "the placeholder '{Name' is not closed; add '}', or write '{{' for a brace that is text")]
    [InlineData("a {\n}}", 2, 1, "this '{' opens no placeholder; write '{{' for a brace that is text")]
    [InlineData("a }", 2, 1, "this '}' closes no placeholder; write '}}' for a brace that is text")]
    [InlineData("a {} b", 2, 2, "a placeholder has no name; write '{Name}', or '{{' and '}}' for braces that are text")]
    [InlineData("a { Name } b", 2, 8, "'{ Name }' is no placeholder, which is a name of letters, digits and '_' alone; write '{{' and '}}' for braces that are text")]
    [InlineData("{1st}", 0, 5, "'{1st}' is no placeholder, which is a name of letters, digits and '_' alone; write '{{' and '}}' for braces that are text")]
    [InlineData("{A.B}", 0, 5, "'{A.B}' is no placeholder, which is a name of letters, digits and '_' alone; write '{{' and '}}' for braces that are text")]
    [InlineData("a\0b", 1, 1, "the character U+0000 cannot stand in a prompt; remove it")]
    [InlineData("a\uFFFDb", 1, 1, "U+FFFD stands for a character that was lost, as where a file is not in UTF-8; write the character again")]
    public void A_mistake_is_told_at_its_place(string text, int start, int length, string message)
    {
        var problem = Assert.Single(Parse(text).Problems);

        Assert.Equal((start, length, message), (problem.Start, problem.Length, problem.Message));
    }

    [Fact]
    public void Half_a_character_is_told() =>
        Assert.Equal("U+D83D is one half of a character; write the other half beside it", Assert.Single(Parse("a" + (char)0xD83D).Problems).Message);

    [Fact]
    public void All_mistakes_are_told_and_the_rest_is_read()
    {
        var (segments, problems) = Parse("{A {B} } {} {C}");

        Assert.Equal([0, 7, 9], problems.Select(static problem => problem.Start));
        Assert.Equal(["B", "C"], segments.Where(static segment => segment.IsPlaceholder).Select(static segment => segment.Text));
    }

    [Fact]
    public void A_text_of_a_megabyte_is_refused()
    {
        var (segments, problems) = Parse(new string('{', 1 << 20));

        Assert.Empty(segments);
        Assert.Equal(PromptProblemKind.Size, Assert.Single(problems).Kind);
    }

    [Fact]
    public void Many_mistakes_are_cut_short() => Assert.Equal(PromptGrammar.MaxProblems, Parse(string.Concat(Enumerable.Repeat("} ", 50_000))).Problems.Count);

    [Fact]
    public void Any_text_is_read_without_an_exception_and_every_span_lies_inside()
    {
        var random = new Random(42);
        for (var i = 0; i < 20_000; i++)
        {
            var text = RandomText.Next(random, 40);
            var (segments, problems) = Parse(text);

            var end = 0;
            foreach (var segment in segments)
            {
                Assert.InRange(segment.Start, end, text.Length);
                Assert.InRange(segment.Length, 1, text.Length - segment.Start);
                end = segment.Start + segment.Length;
                if (segment.IsPlaceholder)
                {
                    Assert.Equal(segment.Text, text.Substring(segment.Start, segment.Length));
                    Assert.Equal(('{', '}'), (text[segment.Start - 1], text[segment.Start + segment.Length]));
                }
            }

            Assert.All(problems, problem => Assert.InRange(problem.Start + problem.Length, problem.Start + 1, text.Length));
            if (problems.Count == 0)
            {
                // What was read, written again, is read the same.
                var written = string.Concat(segments.Select(static segment => segment.IsPlaceholder ? $"{{{segment.Text}}}" : segment.Text.Replace("{", "{{", StringComparison.Ordinal).Replace("}", "}}", StringComparison.Ordinal)));
                Assert.Equal(segments.Select(static segment => (segment.IsPlaceholder, segment.Text)), Parse(written).Segments.Select(static segment => (segment.IsPlaceholder, segment.Text)));
            }
        }
    }

    private static (IReadOnlyList<PromptSegment> Segments, List<PromptProblem> Problems) Parse(string text)
    {
        var problems = new List<PromptProblem>();
        return (PromptTextParser.Parse(text, problems), problems);
    }
}

/// <summary>Text made of what a template, a file or an attacker could hold.</summary>
internal static class RandomText
{
    private static readonly string[] s_pieces =
    [
        "{", "}", "{{", "}}", "{Name}", "a", "_", "1", " ", "\t", "\n", "\r", "\r\n", "#", "# ", "# system", "# user\n", "## x", "\\#", "---\n", "id: x", ":", "\"", "'", "```", "~~~", "`",
        "\0", "\uFFFD", "\uFEFF", "\u200B", "\u200D", "\u200E", "\u202E", "\uD83D", "\uDE00", "😀", "👩\u200D💻", "می\u200Cخواهم", "क\u094D\u200Dष", "🏴\U000E0067\U000E0062\U000E007F", "\U000E0041", "\U000E007F",
        "\uFE0F", "[", "]", "[/customer ", "[customer 0123456789ab]", "é", "中", "\u2028", "\u0085", "\u001B", "\u007F", "שלום", "version", ": 3\n",
    ];

    public static string Next(Random random, int pieces)
    {
        var text = new StringBuilder();
        for (var i = random.Next(pieces); i > 0; i--)
        {
            text.Append(random.Next(8) == 0 ? ((char)random.Next(0x10000)).ToString(CultureInfo.InvariantCulture) : s_pieces[random.Next(s_pieces.Length)]);
        }

        return text.ToString();
    }
}
