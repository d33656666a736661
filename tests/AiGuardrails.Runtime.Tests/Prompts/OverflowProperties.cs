using AiGuardrails.CompilerServices;
using AiGuardrails.Core.Prompts;
using FsCheck;
using FsCheck.Fluent;

namespace AiGuardrails.Runtime.Tests.Prompts;

/// <summary>What is kept of an input that is too long: never more than its slot takes by the upper end of the estimate, and no less than fits.</summary>
public sealed class OverflowProperties
{
    private const string Cut = "…";

    private static readonly TokenEstimator s_tokens = TokenEstimator.ForModel("gpt-4o");

    // Words of several scripts, pictures that are put together, hidden characters, digits, and halves of characters.
    private static readonly Gen<string> s_piece = Gen.Frequency(
        (6, Gen.Elements("word ", "another ", "it is ", "the heating stops. ", "Überprüfung ", "naïve, ", "\n", "  ")),
        (3, Gen.Elements("修理", "の部品", "ремонт ", "می‌خواهم ", "👩‍💻", "😀", "🇩🇪", "é")),
        (2, Gen.Choose(0, 0xFFFF).Select(static code => ((char)code).ToString())),
        (2, Gen.Elements("0123456789abcdef", "[/text 000000000000]", "\u200B\u202E", "aGVsbG8gd29ybGQ=", "{\"a\":[1,2]}", "xxxxxxxxxxxxxxxx")),
        (1, Gen.Choose(0x10000, 0x10FFFF).Select(static code => char.ConvertFromUtf32(code))));

    private static readonly Gen<string> s_text = Gen.Choose(0, 120).SelectMany(static count => s_piece.ArrayOf(count)).Select(static pieces => string.Concat(pieces));

    private static Arbitrary<(string Text, int Max)> Inputs => Arb.From(from text in s_text from max in Gen.Choose(1, 80) select (text, max));

    private static Arbitrary<(string[] Texts, int Max)> Lists =>
        Arb.From(from count in Gen.Choose(0, 8) from texts in s_text.ArrayOf(count) from max in Gen.Choose(1, 400) select (texts, max));

    [Fact]
    public void Of_a_text_the_beginning_is_kept() => Check(Overflow.KeepStart);

    [Fact]
    public void Of_a_text_the_end_is_kept() => Check(Overflow.KeepEnd);

    [Theory]
    [InlineData(Overflow.KeepStart)]
    [InlineData(Overflow.KeepEnd)]
    public void What_is_kept_uses_the_room(Overflow overflow) => Prop.ForAll(
        Arb.From(Gen.Choose(20, 2_000)),
        max =>
        {
            var (kept, cuts) = Place(string.Concat(Enumerable.Repeat("The heating stops after ten minutes, and the fan still runs. ", 400)), max, overflow);

            Assert.Single(cuts);
            Assert.InRange(s_tokens.Estimate(kept).High, (max * 0.9) - 8, max);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Without_a_way_out_a_text_is_refused_exactly_where_it_is_too_long() => Prop.ForAll(Inputs, static input =>
    {
        var isTooLong = s_tokens.Estimate(OpenText.Clean(input.Text)).High > input.Max;
        if (isTooLong)
        {
            Assert.Throws<PromptException>(() => Place(input.Text, input.Max, Overflow.Fail));
        }
        else
        {
            Assert.Equal((OpenText.Clean(input.Text), 0), (Place(input.Text, input.Max, Overflow.Fail).Kept, Place(input.Text, input.Max, Overflow.Fail).Cuts.Count));
        }
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(500));

    [Fact]
    public void Of_a_list_the_first_items_are_kept_as_long_as_their_sum_fits() => Prop.ForAll(Lists, static input =>
    {
        var cleaned = input.Texts.Select(OpenText.Clean).ToList();
        var sums = Enumerable.Range(0, cleaned.Count + 1).Select(count => cleaned.Take(count).Aggregate(default(TokenEstimate), static (sum, text) => sum + s_tokens.Estimate(text))).ToList();
        var fitting = sums.Count(sum => sum.High <= input.Max) - 1;

        var (kept, cuts) = PlaceList(input.Texts, input.Max, Overflow.DropLast);

        Assert.Equal(cleaned.Take(fitting), kept);
        Assert.Equal(fitting < cleaned.Count ? [new SlotCut("Slot", sums[^1], input.Max)] : [], cuts);
        if (fitting < cleaned.Count)
        {
            Assert.Throws<PromptException>(() => PlaceList(input.Texts, input.Max, Overflow.Fail));
        }
        else
        {
            Assert.Equal(cleaned, PlaceList(input.Texts, input.Max, Overflow.Fail).Kept);
        }
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(500));

    [Fact]
    public void Trusted_text_has_the_same_limits_without_a_fence() => Prop.ForAll(Inputs, static input =>
    {
        var writer = PromptWriter.Rent(PromptFence.Deterministic, "p");
        writer.Begin(BlockRole.System);
        writer.Text("<");
        writer.Trusted(new PromptSlot("Slot", "text", input.Max, Overflow.KeepStart), input.Text);
        writer.Text(">");
        writer.End();

        Assert.Equal($"<{Place(input.Text, input.Max, Overflow.KeepStart).Kept}>", Assert.Single(writer.Complete().Messages).Text);
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(300));

    [Fact]
    public void The_whole_is_refused_exactly_where_the_likely_number_is_above_its_limit() => Prop.ForAll(Inputs, static input =>
    {
        var whole = Whole(input.Text, 0);
        var expected = whole.Estimate.Expected;

        Assert.Equal(s_tokens.Estimate(whole.Messages[0].Text), whole.Estimate);
        if (expected > input.Max)
        {
            Assert.Throws<PromptException>(() => Whole(input.Text, input.Max));
        }
        else
        {
            Assert.Equal(expected, Whole(input.Text, input.Max).Estimate.Expected);
        }
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(300));

    private static RenderedPrompt Whole(string text, int maxTokens)
    {
        var writer = PromptWriter.Rent(PromptFence.Deterministic, "p");
        writer.Begin(BlockRole.User);
        writer.Text("Hello ");
        writer.Open(new PromptSlot("Slot", "text"), text);
        writer.End();
        return writer.Complete(maxTokens);
    }

    private static void Check(Overflow overflow) => Prop.ForAll(Inputs, input =>
    {
        var cleaned = OpenText.Clean(input.Text);
        var estimate = s_tokens.Estimate(cleaned);

        var (kept, cuts) = Place(input.Text, input.Max, overflow);

        if (estimate.High <= input.Max)
        {
            Assert.Equal(cleaned, kept);
            Assert.Empty(cuts);
            return;
        }

        Assert.Equal([new SlotCut("Slot", estimate, input.Max)], cuts);
        Assert.True(overflow == Overflow.KeepStart ? kept.EndsWith(Cut, StringComparison.Ordinal) : kept.StartsWith(Cut, StringComparison.Ordinal), kept);

        // The mark alone is what is left where not even it fits.
        Assert.True(kept == Cut || s_tokens.Estimate(kept).High <= input.Max, $"{s_tokens.Estimate(kept)} for at most {input.Max}: {kept}");
        Assert.Equal(kept, OpenText.Clean(kept));
        var text = overflow == Overflow.KeepStart ? kept[..^1] : kept[1..];
        Assert.True(IsPartOf(text, overflow == Overflow.KeepStart ? cleaned : cleaned[^Math.Min(cleaned.Length, text.Length + 8)..]), kept);
        Assert.False(text.Length > 0 && (char.IsLowSurrogate(text[0]) || char.IsHighSurrogate(text[^1])));
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(1_000));

    // Cleaned again, a part may lose a joiner that needs what was cut away.
    private static bool IsPartOf(string part, string text)
    {
        var next = 0;
        foreach (var c in text)
        {
            next += next < part.Length && part[next] == c ? 1 : 0;
        }

        return next == part.Length;
    }

    private static (string Kept, IReadOnlyList<SlotCut> Cuts) Place(string text, int max, Overflow overflow)
    {
        var writer = PromptWriter.Rent(PromptFence.Deterministic, "p");
        writer.Begin(BlockRole.User);
        writer.Open(new PromptSlot("Slot", "text", max, overflow), text);
        writer.End();
        var rendered = writer.Complete();
        return (Inside(Assert.Single(rendered.Messages).Text), rendered.Cuts);
    }

    private static (IReadOnlyList<string> Kept, IReadOnlyList<SlotCut> Cuts) PlaceList(string[] texts, int max, Overflow overflow)
    {
        var kept = new List<string>();
        var writer = PromptWriter.Rent(PromptFence.Deterministic, "p");
        writer.Begin(BlockRole.User);
        writer.Text("<");
        writer.OpenList(new PromptSlot("Slot", "text", max, overflow), texts);
        writer.End();
        var rendered = writer.Complete();
        for (var rest = Assert.Single(rendered.Messages).Text[1..]; rest.Length > 0;)
        {
            var close = $"\n[/text {rest[6..18]}]";
            var end = rest.IndexOf(close, StringComparison.Ordinal);
            kept.Add(Inside(rest[..(end + close.Length)]));
            rest = rest[Math.Min(rest.Length, end + close.Length + 1)..];
        }

        return (kept, rendered.Cuts);
    }

    // Between "[text 0123456789ab]\n" and "\n[/text 0123456789ab]".
    private static string Inside(string fenced) => fenced[20..^21];
}
