using AiGuardrails.Core.Prompts;

namespace AiGuardrails.Core.Tests.Prompts;

public sealed class TextPatternTests
{
    // A star is a place for anything.
    [Theory]
    [InlineData("", "")]
    [InlineData("*", "")]
    [InlineData("*", "anything\nat all")]
    [InlineData("abc", "abc")]
    [InlineData("a*", "a")]
    [InlineData("a*", "abc")]
    [InlineData("*c", "c")]
    [InlineData("*c", "abcc")]
    [InlineData("a*c", "ac")]
    [InlineData("a*b*c", "a-b-c")]
    [InlineData("a*b*c", "a-b-b-c-c")]
    [InlineData("**a**", "xax")]
    [InlineData("*aab*", "aaab")] // what nearly fits is gone back over
    [InlineData("*abab*ab", "ababab")]
    [InlineData("Line: *.\nUntil *.", "Line: Oven.\nUntil 2026.")]
    public void What_fits(string pattern, string text) => Assert.Null(PatternOf(pattern).Match(text));

    [Theory]
    [InlineData("", "x", "", "x")]
    [InlineData("abc", "abd", "abc", "abd")]
    [InlineData("abc", "ab", "c", "")]
    [InlineData("abc", "abcd", "", "d")]
    [InlineData("You answer in one sentence. *", "You answer in two sentences. x", "one sentence. ", "two sentences. x")]
    [InlineData("a*", "b", "a", "b")]
    [InlineData("*c", "ab", "c", "ab")]
    [InlineData("in * words.", "in two sentences.", " words.", "two sentences.")]
    [InlineData("a*a", "a", "a", "")] // the two do not share a letter
    [InlineData("a*b*c", "a-c", "b", "-c")]
    [InlineData("a*b*c", "a-b-", "c", "-")]
    [InlineData("*aab*", "aaaa", "aab", "aaaa")]
    [InlineData("a\nb", "a\nc", "b", "c")]
    public void What_differs_is_shown(string pattern, string text, string expected, string found) =>
        Assert.Equal(new TextMismatch(expected, found), PatternOf(pattern).Match(text));

    [Fact]
    public void What_is_shown_is_short_and_one_line()
    {
        var mismatch = PatternOf(new string('a', 100)).Match("b\n\t" + new string('c', 100))!;

        Assert.Equal(new string('a', 40) + "…", mismatch.Expected);
        Assert.Equal("b↵ " + new string('c', 37) + "…", mismatch.Found);
    }

    [Fact]
    public void Halves_of_characters_are_not_shown() => Assert.Equal(new string('b', 39) + "…", PatternOf("a").Match(new string('b', 39) + "😀😀")!.Found);

    [Theory]
    [InlineData("Line: *. Text inside fences is by others.", "Line: Oven. Text inside fences is by strangers.", "others.", "strangers.")] // at the end
    [InlineData("*. Text inside fences is by others. *", "Oven. Text inside fences comes from others. x", "is by others. ", "comes from others. x")] // in the middle
    [InlineData("*. Text inside fences is by others.", "Oven. Text inside fences is by others. Be kind.", "", " Be kind.")] // and more
    [InlineData("*. Text inside fences is by others.", "Oven. Text inside fences is", " by others.", "")] // and less
    public void Where_most_of_it_stands_the_rest_is_shown(string pattern, string text, string expected, string found) =>
        Assert.Equal(new TextMismatch(expected, found), PatternOf(pattern).Match(text));

    [Fact]
    public void Of_an_end_the_last_words_are_shown() =>
        Assert.Equal(new TextMismatch("z", "…" + new string('b', 40)), PatternOf("a*z").Match("a" + new string('b', 50)));

    [Fact]
    public void Patterns_follow_one_another()
    {
        Assert.Null(PatternOf("a*").Then(PatternOf("*b")).Match("a-b"));
        Assert.Null(PatternOf("a").Text("\n\n").Then(PatternOf("b*c")).Match("a\n\nb-c"));
        Assert.NotNull(PatternOf("a").Text("\n\n").Then(PatternOf("b*c")).Match("a\nb-c"));
        Assert.Null(PatternOf("").Then(PatternOf("*a*")).Match("xax"));
    }

    [Theory]
    [InlineData("*", true)]
    [InlineData(" *\n*", true)]
    [InlineData("", true)]
    [InlineData("*.", false)]
    public void A_text_of_places_alone_may_be_missing(string pattern, bool expected) => Assert.Equal(expected, PatternOf(pattern).MayBeBlank);

    [Fact]
    public void A_text_that_nearly_repeats_the_pattern_is_read_once()
    {
        // Were every place tried anew, these were some 10^12 comparisons.
        var text = new string('a', 2_000_000);

        Assert.NotNull(PatternOf("*" + new string('a', 1_000_000) + "b*").Match(text));
        Assert.Null(PatternOf("*" + new string('a', 1_000_000) + "*").Match(text));
    }

    private static TextPattern PatternOf(string text)
    {
        var pattern = new TextPattern();
        var parts = text.Split('*');
        for (var i = 0; i < parts.Length; i++)
        {
            pattern = i == 0 ? pattern.Text(parts[0]) : pattern.Anything().Text(parts[i]);
        }

        return pattern;
    }
}
