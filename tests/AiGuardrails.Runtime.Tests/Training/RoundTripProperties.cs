using System.Globalization;
using System.Text;
using AiGuardrails.CompilerServices;
using FsCheck;
using FsCheck.Fluent;

namespace AiGuardrails.Runtime.Tests.Training;

/// <summary>
/// Any record of any form, with any text at all: written to every target that can express it, found in order by the
/// linter, and read back equal; or refused, with the member named.
/// </summary>
public sealed class RoundTripProperties
{
    // What an escape, an encoding or a provider might stumble over, and halves of characters among it.
    private static readonly Gen<string> s_piece = Gen.Frequency(
        (8, Gen.Choose(0x20, 0x7E).Select(static code => ((char)code).ToString())),
        (2, Gen.Choose(0, 0xFF).Select(static code => ((char)code).ToString())),
        (2, Gen.Choose(0x100, 0xD7FF).Select(static code => ((char)code).ToString())),
        (2, Gen.Choose(0xE000, 0xFFFF).Select(static code => ((char)code).ToString())),
        (2, Gen.Choose(0x10000, 0x10FFFF).Select(static code => char.ConvertFromUtf32(code))),
        (2, Gen.Elements("\"", "\\", "/", "\n", "\r", "\t", " ", "\u2028", "\u0000", "\u007f", "\ufeff", "\nHuman:", "\nAssistant:", "</s>", "{\"a\":1}")));

    private static readonly Gen<string> s_broken = Gen.Choose(0xD800, 0xDFFF).Select(static code => ((char)code).ToString());

    private static readonly Gen<string> s_text = Gen.Frequency(
        (30, s_piece.ListOf().Select(static pieces => string.Concat(pieces))),
        (1, from before in s_piece from half in s_broken from after in s_piece select before + half + after));

    private static Arbitrary<string[]> Texts => Arb.From(Gen.ArrayOf(s_text, 5), static texts => texts
        .SelectMany((text, index) => text.Length == 0 ? [] : new[] { text[..^1], text[1..] }.Select(shorter => texts.Select((other, at) => at == index ? shorter : other).ToArray())));

    [Fact]
    public void Conversations() => Check(static texts =>
    {
        Try(new Ticket { Question = texts[0], Answer = texts[1] }, texts[..2]);
        Try(new Positional(texts[0], texts[1]), texts[..2]);
        Try(new Turns { First = texts[0], Draft = texts[1], Second = texts[2], Final = texts[3] }, texts[..4]);
        Try(new WithOptional { Instructions = texts[0], Question = texts[1], Draft = texts[2], Answer = texts[3] }, texts[..4]);
        Try(new Classified { Ticket = texts[0], Team = Team.Technical }, texts[..1]);
    });

    [Fact]
    public void Texts_and_pairs() => Check(static texts =>
    {
        Try(new Passage(texts[0]), texts[..1]);
        Try(new Continuation(texts[0], texts[1]), texts[..2]);
        Try(new Comparison(texts[0], texts[1], texts[2]), texts[..3]);
        Try(new InstructedComparison { Instructions = texts[0], Question = texts[1], Better = texts[2], Worse = texts[3] }, texts[..4]);
        Try(new InstructedComparison { Question = texts[1], Better = texts[2], Worse = texts[3] }, texts[1..4]);
        Try(new Ranking(texts[0], texts[1]), texts[..2]);
        Try(new Verdict(texts[0], texts[1], IsGood: texts[0].Length > texts[1].Length), texts[..2]);
    });

    [Fact]
    public void Tools_and_turns() => Check(static texts =>
    {
        Try(new Talk { Turns = [ChatTurn.User(texts[0]), ChatTurn.Assistant(texts[1]), ChatTurn.User(texts[2]), ChatTurn.Assistant(texts[3])] }, texts[..4]);
        Try(new Dialogue { Instructions = texts[0], Turns = [ChatTurn.User(texts[1]), ChatTurn.Assistant(texts[2])] }, texts[..3]);

        // An argument may be blank.
        if (IsUnicode(texts[3]))
        {
            var request = new WeatherRequest(texts[3], texts[3].Length) { Unit = Unit.Fahrenheit };
            Try(new CallOnly(texts[0], request), texts[..1]);
            Try(new ToolUse { Question = texts[0], Request = request, Weather = new Weather(1.10m, DateTimeOffset.UnixEpoch), Answer = texts[1] }, texts[..2]);
        }
    });

    [Fact]
    public void Values_of_every_type() => Prop.ForAll<NormalFloat, decimal, DateTime>(static (real, amount, date) =>
    {
        var number = (int)(date.Ticks >> 8) ^ real.Item.GetHashCode();
        var id = new Guid(number, 1, 2, [3, 4, 5, 6, 7, 8, 9, 10]);
        Lines.AssertRoundTrip(new Values
        {
            Id = id,
            Number = number,
            Date = date,
            Amount = amount,
            Day = DateOnly.FromDateTime(date),
            Team = (Team)Math.Abs(number % 3),
            Length = TimeSpan.FromTicks(date.Ticks),
            Yes = number > 0,
        });
        Lines.AssertRoundTrip(new Sum(number.ToString(CultureInfo.InvariantCulture), number, "unit"));
        Lines.AssertRoundTrip(new Graded
        {
            Question = "q",
            Answer = id.ToString(),
            Tolerance = number,
            Score = real.Item,
            IsExact = number < 0,
            Alternatives = [.. Enumerable.Range(1, 1 + Math.Abs(number % 4)).Select(static i => new string('x', i))],
            Digits = [number, -number],
            Team = Team.Sales,
        });
    }).QuickCheckThrowOnFailure();

    // Not as a theory: the arguments of a test go through UTF-8.
    [Fact]
    public void Half_a_character_is_refused_by_every_target()
    {
        foreach (var (target, text) in TrainingRecordSchema<Ticket>.Instance.Targets.SelectMany(static target => new[] { "a\ud800", "\udc00b", "\ud800\ud800\udc00" }.Select(text => (target, text))))
        {
            var exception = Assert.Throws<TrainingRecordException>(() => Lines.Write(target, new Ticket { Question = "q", Answer = text }));

            Assert.Equal("Answer", exception.MemberName);
            Assert.StartsWith("it holds a surrogate without its other half", exception.Reason, StringComparison.Ordinal);
        }
    }

    private static void Check(Action<string[]> property) => Prop.ForAll(Texts, property).Check(Config.QuickThrowOnFailure.WithMaxTest(150));

    private static void Try<T>(T record, string[] texts)
        where T : ITrainingRecord<T>
    {
        var areSound = true;
        var hasReserved = false;
        foreach (var text in texts)
        {
            areSound &= IsUnicode(text) && !string.IsNullOrWhiteSpace(text);
            hasReserved |= text.Contains("\nHuman:", StringComparison.Ordinal) || text.Contains("\nAssistant:", StringComparison.Ordinal);
        }

        foreach (var target in TrainingRecordSchema<T>.Instance.Targets)
        {
            if (areSound && !(hasReserved && target == TrainingTarget.BedrockHaiku))
            {
                Lines.AssertRoundTrip(record, target);
            }
            else
            {
                Assert.NotNull(Assert.Throws<TrainingRecordException>(() => Lines.Write(target, record)).MemberName);
            }
        }
    }

    private static bool IsUnicode(string text)
    {
        try
        {
            _ = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true).GetByteCount(text);
            return true;
        }
        catch (EncoderFallbackException)
        {
            return false;
        }
    }
}
