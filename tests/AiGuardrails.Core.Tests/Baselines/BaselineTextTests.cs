using AiGuardrails.Core.Baselines;

namespace AiGuardrails.Core.Tests.Baselines;

public sealed class BaselineTextTests
{
    [Theory]
    [InlineData("var a = M(1, 2);", "\t var a  =  M( 1,2 ) ;  ")]
    [InlineData("var a = M(1, 2);", "var a = M(1, 2); // now")]
    [InlineData("var a = M(1, 2);", "var a = M(1, 2);// https://example.org")]
    [InlineData("{ }", "{ }// x")]
    [InlineData("", "// nothing but this")]
    public void White_space_and_comments_do_not_count(string left, string right) => Assert.Equal(MarkOf(left), MarkOf(right));

    [Theory]
    [InlineData("var a = \"http://one\";", "var a = \"http://two\";")]
    [InlineData("var a = \" // one\";", "var a = \" // two\";")]
    [InlineData("var a = \" \\\" // one\";", "var a = \" \\\" // two\";")]
    [InlineData("https://one/a", "https://one/b")]
    [InlineData("M('\"'); N(\" // a\")", "M('\"'); N(\" // b\")")]
    [InlineData("a", "A")]
    [InlineData("包裹", "包里")]
    public void Code_counts(string left, string right) => Assert.NotEqual(MarkOf(left), MarkOf(right));

    [Fact]
    public void Text_that_is_not_CSharp_has_no_comments() =>
        Assert.NotEqual(
            new BaselineText("{\"a\": 1} // one", "a.jsonl").MarkOf(1, 1, 1, 5),
            new BaselineText("{\"a\": 1} // two", "a.jsonl").MarkOf(1, 1, 1, 5));

    [Theory]
    [InlineData("a\nfind me\nb")]
    [InlineData("a\r\nfind me\r\nb")]
    [InlineData("a\rfind me\rb")]
    [InlineData("a\u2028find me\u0085b")]
    public void Lines_are_those_of_the_compiler(string text) => Assert.Equal(MarkOf("find me"), new BaselineText(text, "a.cs").MarkOf(2, 1, 2, 4));

    [Fact]
    public void All_lines_of_the_place_count()
    {
        var one = new BaselineText("while (true)\n{\n  A();\n}\n", "a.cs");
        var other = new BaselineText("x();\nwhile (true)\n{\n  B();\n}\n", "a.cs");

        Assert.Equal(one.MarkOf(1, 1, 1, 6), other.MarkOf(2, 1, 2, 6));
        Assert.NotEqual(one.MarkOf(1, 1, 4, 2), other.MarkOf(2, 1, 5, 2));
    }

    [Theory]
    [InlineData(0, 0, 0, 0)]
    [InlineData(1, 1, 1, 1)]
    [InlineData(1, 0, 0, 0)]
    public void What_is_said_of_the_whole_file_has_one_mark(int line, int column, int endLine, int endColumn) =>
        Assert.Equal(BaselineText.WholeFile, new BaselineText("code", "a.cs").MarkOf(line, column, endLine, endColumn));

    [Fact]
    public void Place_behind_the_end_has_a_mark() => Assert.Equal(MarkOf(""), new BaselineText("code", "a.cs").MarkOf(7, 1, 9, 2));

    [Fact]
    public void Mark_never_changes() => Assert.Equal("1b7c738891322cf7", MarkOf("ChatClient chat = openAI.GetChatClient(\"ft:gpt-4o-mini-2024-07-18:acme::AbC12345\"); // expect AIG1001"));

    [Fact]
    public void Line_is_found_by_its_mark()
    {
        Assert.True(BaselineText.AnyLineHas(MarkOf("find me"), "a\n  find  me // here\nb", "a.cs"));
        Assert.False(BaselineText.AnyLineHas(MarkOf("find me"), "a\nfind us\nb", "a.cs"));
    }

    private static string MarkOf(string line) => new BaselineText(line, "a.cs").MarkOf(1, 1, 1, 2);
}
