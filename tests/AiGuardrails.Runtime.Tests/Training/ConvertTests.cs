using AiGuardrails.CompilerServices;
using FsCheck;
using FsCheck.Fluent;

namespace AiGuardrails.Runtime.Tests.Training;

/// <summary>Files are converted between any two targets that can express the record, and nothing of it is lost on the way.</summary>
public sealed class ConvertTests : IDisposable
{
    private static readonly Gen<string> s_text = Gen.Frequency(
            (6, Gen.Choose(0x20, 0x7E).Select(static code => ((char)code).ToString())),
            (2, Gen.Choose(0xA0, 0xD7FF).Select(static code => ((char)code).ToString())),
            (1, Gen.Choose(0x10000, 0x10FFFF).Select(static code => char.ConvertFromUtf32(code))),
            (2, Gen.Elements("\"", "\\", "\n", "\r\n", "\t", "\u2028", "{\"a\":1}")))
        .NonEmptyListOf()
        .Select(static pieces => "x" + string.Concat(pieces));

    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Conversations() => Check(static texts => new Ticket { Question = texts[0], Answer = texts[1] });

    [Fact]
    public void Prompts_with_completions() => Check(static texts => new Continuation(texts[0], texts[1]));

    [Fact]
    public void Weights() => Check(static texts => new Turns { First = texts[0], Draft = texts[1], Second = texts[2], Final = texts[3] });

    [Fact]
    public void Optional_messages() => Check(static texts => new WithOptional { Instructions = texts[0].Length % 2 == 0 ? null : texts[0], Question = texts[1], Draft = texts[2].Length % 2 == 0 ? null : texts[2], Answer = texts[3] });

    [Fact]
    public void Pairs() => Check(static texts => new InstructedComparison { Instructions = texts[0].Length % 2 == 0 ? null : texts[0], Question = texts[1], Better = texts[2], Worse = texts[3] });

    [Fact]
    public void Texts() => Check(static texts => new Passage(texts[0]));

    [Fact]
    public void Verdicts() => Check(static texts => new Verdict(texts[0], texts[1], texts[0].Length > texts[1].Length));

    [Fact]
    public void Fields_for_a_grader() => Check(static texts => new Sum(texts[0], texts[1].Length, texts[2]));

    [Fact]
    public void Turns_of_a_conversation() => Check(static texts => new Dialogue { Instructions = texts[0], Turns = [ChatTurn.User(texts[1]), ChatTurn.Assistant(texts[2])] });

    [Fact]
    public void Calls_of_tools() => Check(static texts => new ToolUse
    {
        Question = texts[0],
        Request = new WeatherRequest(texts[1], texts[1].Length) { Unit = Unit.Fahrenheit },
        Weather = new Weather(1.10m, DateTimeOffset.UnixEpoch),
        Answer = texts[2],
    });

    [Fact]
    public async Task Target_that_cannot_express_the_record_is_named_and_nothing_is_written()
    {
        await TrainingFile.WriteAsync(_folder.File(), [new Ticket { Question = "q", Answer = "a" }], new TrainingWriteOptions { Manifest = false });

        var error = await Assert.ThrowsAsync<ArgumentException>(() => TrainingFile.ConvertAsync<Ticket>(_folder.File(), TrainingTarget.OpenAIChat, _folder.File("to.jsonl"), TrainingTarget.OpenAIDpo));

        Assert.StartsWith("'Ticket' cannot be written to 'openai-dpo'", error.Message, StringComparison.Ordinal);
        Assert.False(File.Exists(_folder.File("to.jsonl")));
    }

    private void Check<T>(Func<string[], T> make)
        where T : ITrainingRecord<T> => Prop.ForAll(Arb.From(Gen.ArrayOf(Gen.ArrayOf(s_text, 4), 12)), texts => ConvertAllAsync<T>([.. texts.Select(make)]).GetAwaiter().GetResult())
        .Check(Config.QuickThrowOnFailure.WithMaxTest(2));

    private async Task ConvertAllAsync<T>(T[] records)
        where T : ITrainingRecord<T>
    {
        var options = new TrainingWriteOptions { Manifest = false };
        options.Checks.CountTokens = false;
        var targets = TrainingRecordSchema<T>.Instance.Targets;
        Assert.NotEmpty(targets);
        foreach (var from in targets)
        {
            options.Target = from;
            await TrainingFile.WriteAsync(_folder.File(), records, options);
            foreach (var to in targets)
            {
                var result = await TrainingFile.ConvertAsync<T>(_folder.File(), from, _folder.File("to.jsonl"), to, options);
                var read = new List<T>();
                await foreach (var record in TrainingFile.ReadAsync<T>(_folder.File("to.jsonl"), new TrainingReadOptions { Target = to }))
                {
                    read.Add(record);
                }

                Assert.Equal(records.Length, result.Records);
                Assert.True(records.SequenceEqual(read), $"{typeof(T).Name}: {from} to {to}");
            }
        }
    }
}
