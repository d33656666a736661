using System.Globalization;
using AiGuardrails.Core.Text;

namespace AiGuardrails.Core.Tests.Text;

public sealed class SentenceTests
{
    private static readonly CultureInfo s_chinese = CultureInfo.GetCultureInfo("zh-Hans");

    [Theory]
    [InlineData("zh-Hans")]
    [InlineData("zh-CN")]
    [InlineData("zh-SG")]
    public void Words_are_those_of_the_culture(string culture) =>
        Assert.Equal("文件为空", In(culture, "the file is empty"));

    [Theory]
    [InlineData("")]
    [InlineData("en-GB")]
    [InlineData("tr-TR")]
    [InlineData("de")]
    [InlineData("zh-Hant")]
    [InlineData("ar-SA")]
    public void Words_are_English_in_every_other(string culture)
    {
        Sentence sentence = $"{1234567:N0} examples, {12:N0} of them cut at the model's limit";

        Assert.Equal("the file is empty", In(culture, "the file is empty"));
        Assert.Equal("1,234,567 examples, 12 of them cut at the model's limit", In(culture, sentence));
    }

    [Fact]
    public void Text_without_a_translation_stays_English() => Assert.Equal("no such words", In("zh-Hans", "no such words"));

    [Fact]
    public void Arguments_are_sentences_too()
    {
        var list = Sentence.All(["'a'", Sentence.Of("a string"), "'c'"]);

        Assert.Equal("the record is 'a', a string and 'c', not a list", Sentence.Of("{0} is {1}, not {2}", Sentence.Of("the record"), list, Sentence.Of("a list")).English);
        Assert.Equal("记录 是'a'、字符串和'c'，而不是列表", Sentence.Of("{0} is {1}, not {2}", Sentence.Of("the record"), list, Sentence.Of("a list")).ToString(null, s_chinese));
        Assert.Equal("'a' or 'b'", Sentence.Any(["'a'", "'b'"]).English);
        Assert.Equal("'a', 'b'", Sentence.Some(["'a'", "'b'"]).English);
        Assert.Equal("a", Sentence.All(["a"]).English);
        Assert.Equal("", Sentence.All([]).English);
    }

    [Fact]
    public void A_message_hands_its_culture_on()
    {
        var arguments = new object[] { "x", Sentence.Of("a string") };

        Assert.Equal("x: 字符串", string.Format(s_chinese, "{0}: {1}", arguments));
        Assert.Equal("x: a string", string.Format(CultureInfo.InvariantCulture, "{0}: {1}", arguments));
    }

    [Fact]
    public void Braces_are_text_where_they_are_written_twice()
    {
        const string Name = "{0}";
        Sentence withHole = $"'{{{Name}}}' has {{no}} value";
        Sentence withoutHole = "this '}' closes no placeholder; write '}}' for a brace that is text";

        Assert.Equal("'{{0}}' has {no} value", withHole.English);
        Assert.Equal("this '}' closes no placeholder; write '}}' for a brace that is text", withoutHole.English);
    }

    [Fact]
    public void First_letter_of_a_message_is_a_capital()
    {
        var key = Sentence.Of("an OpenAI API key").AtStart;

        Assert.Equal("An OpenAI API key", key.English);
        Assert.Equal("OpenAI API 密钥", key.ToString(null, s_chinese));
    }

    [Fact]
    public void Equal_is_what_says_the_same()
    {
        Sentence one = $"{Sentence.Of("the record")} has no {"'x'"}";
        Sentence other = "the record has no 'x'";

        Assert.Equal(other, one);
        Assert.Equal(other.GetHashCode(), one.GetHashCode());
        Assert.NotEqual("the record has no 'y'", one);
    }

    [Fact]
    public void Without_a_culture_the_user_interface_has_its_own()
    {
        var before = CultureInfo.CurrentUICulture;
        try
        {
            CultureInfo.CurrentUICulture = s_chinese;

            Assert.Equal("文件为空", Sentence.Of("the file is empty").ToString(null, null));
            Assert.Equal("the file is empty", Sentence.Of("the file is empty").English);
        }
        finally
        {
            CultureInfo.CurrentUICulture = before;
        }
    }

    private static string In(string culture, Sentence sentence) => sentence.ToString(null, CultureInfo.GetCultureInfo(culture));
}
