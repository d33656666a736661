using System.Globalization;

namespace AiGuardrails.Runtime.Tests.Training;

public sealed class SplitTests : IDisposable
{
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Every_record_is_on_one_side_in_its_order()
    {
        var records = Records(2_000);

        var result = await SplitAsync(records);

        Assert.Equal(2_000, result.Training.Records + result.Validation.Records);
        Assert.Equal(records.Select(static record => record.Answer).Order(StringComparer.Ordinal), [.. (await ReadAsync("train.jsonl")).Concat(await ReadAsync("validation.jsonl")).Select(static record => record.Answer).Order(StringComparer.Ordinal)]);
        Assert.Equal(await ReadAsync("validation.jsonl"), records.Where((await ReadAsync("validation.jsonl")).ToHashSet().Contains));
        Assert.InRange(result.Validation.Records, 140, 260);
        Assert.Equal(["train.jsonl", "train.manifest.json", "validation.jsonl", "validation.manifest.json"], _folder.Names());
    }

    [Fact]
    public async Task The_sides_are_the_same_on_every_machine_and_in_every_version()
    {
        await SplitAsync(Records(40), new TrainingSplit { ValidationShare = 0.25 });

        Assert.Equal(Golden, (await ReadAsync("validation.jsonl")).Select(static record => record.Question));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Order_and_growth_move_no_record(int seed)
    {
        var random = new Random(seed);
        var records = Records(1_000);
        await SplitAsync(records);
        var sides = await SidesAsync();

        for (var round = 0; round < 5; round++)
        {
            Positional[] shuffled = [.. records];
            random.Shuffle(shuffled);
            await SplitAsync([.. shuffled.Take(random.Next(100, 1_000)), .. Enumerable.Range(0, 500).Select(i => new Positional(string.Create(CultureInfo.InvariantCulture, $"new {round} {i}"), "x"))]);

            foreach (var (question, isValidation) in await SidesAsync())
            {
                Assert.Equal(sides.GetValueOrDefault(question, isValidation), isValidation);
            }
        }
    }

    [Fact]
    public async Task Equal_questions_are_on_the_same_side_and_nothing_leaks()
    {
        string[] spellings = ["What is  the {0} price?", "what is the {0} PRICE?", "ｗhat is the {0} price？", " What is the {0} price?\n"];
        var records = Enumerable.Range(0, 200)
            .SelectMany(i => spellings.Select((spelling, j) => new Positional(string.Format(CultureInfo.InvariantCulture, spelling, i), $"answer {j}")))
            .ToList();

        await SplitAsync(records);

        var training = (await ReadAsync("train.jsonl")).Select(Number).ToHashSet();
        Assert.All((await ReadAsync("validation.jsonl")).Select(Number), number => Assert.DoesNotContain(number, training));
        var report = await TrainingFile.ValidateAsync(_folder.File("validation.jsonl"), TrainingTarget.OpenAIChat, new TrainingCheckOptions { TrainingPath = _folder.File() });
        Assert.DoesNotContain(report.Findings, static finding => finding is { Rule: "AIG9005", Line: > 0 });

        static string Number(Positional record) => string.Concat(record.Question.Where(char.IsDigit));
    }

    [Fact]
    public async Task Other_instructions_move_no_question()
    {
        var questions = Enumerable.Range(0, 300).Select(static i => string.Create(CultureInfo.InvariantCulture, $"question {i}")).ToList();
        await TrainingFile.SplitAsync(_folder.File(), _folder.File("validation.jsonl"), questions.Select(static question => new Positional(question, "a")));
        var plain = await SidesAsync();

        await TrainingFile.SplitAsync(_folder.File(), _folder.File("validation.jsonl"), questions.Select(static question => new Ticket { Question = question, Answer = "a" }));

        var validation = new List<string>();
        await foreach (var ticket in TrainingFile.ReadAsync<Ticket>(_folder.File("validation.jsonl")))
        {
            validation.Add(ticket.Question);
        }

        Assert.Equal(plain.Where(static pair => pair.Value).Select(static pair => pair.Key).Order(StringComparer.Ordinal), validation.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_larger_share_takes_in_what_a_smaller_one_did()
    {
        await SplitAsync(Records(1_000), new TrainingSplit { ValidationShare = 0.1 });
        var small = await ReadAsync("validation.jsonl");

        await SplitAsync(Records(1_000), new TrainingSplit { ValidationShare = 0.3 });

        var large = await ReadAsync("validation.jsonl");
        Assert.Empty(small.Except(large));
        Assert.InRange(large.Count, 250, 350);
    }

    [Fact]
    public async Task Another_seed_is_another_split()
    {
        await SplitAsync(Records(1_000));
        var first = await ReadAsync("validation.jsonl");

        await SplitAsync(Records(1_000), new TrainingSplit { Seed = 1 });

        Assert.InRange((await ReadAsync("validation.jsonl")).Intersect(first).Count(), 1, 30);
    }

    [Fact]
    public async Task A_file_is_split_as_its_records_are_line_by_line()
    {
        var records = Records(500);
        await SplitAsync(records);
        var sides = await SidesAsync();
        await File.WriteAllTextAsync(_folder.File("all.jsonl"), "\ufeff" + string.Concat(records.Select(static record =>
            $$"""{"messages": [{"role": "user", "content": "{{record.Question}}"}, {"role": "assistant", "content": "{{record.Answer}}"}]}""" + "\r\n")));

        var result = await TrainingFile.SplitAsync(_folder.File("all.jsonl"), _folder.File(), _folder.File("validation.jsonl"));

        Assert.Equal(sides, await SidesAsync());
        Assert.All(await File.ReadAllLinesAsync(_folder.File()), static line => Assert.StartsWith("""{"messages": [{"role": "user", "content": "question """, line, StringComparison.Ordinal));
        Assert.Equal(500, result.Training.Records + result.Validation.Records);
        Assert.Equal((null, null), ((await TrainingManifest.VerifyAsync(_folder.File())).SchemaHash, (await TrainingManifest.VerifyAsync(_folder.File("validation.jsonl"))).PromptHash));
    }

    [Fact]
    public async Task A_file_can_be_split_into_itself()
    {
        await TrainingFile.WriteAsync(_folder.File(), Records(500));

        var result = await TrainingFile.SplitAsync(_folder.File(), _folder.File(), _folder.File("validation.jsonl"));

        Assert.Equal(500, result.Training.Records + result.Validation.Records);
        Assert.Equal(result.Training.Records, (await ReadAsync("train.jsonl")).Count);
    }

    [Fact]
    public async Task Broken_lines_refuse_the_split_or_go_along_and_are_never_dropped()
    {
        await File.WriteAllTextAsync(_folder.File("all.jsonl"), string.Concat(Enumerable.Range(0, 100).Select(static i => string.Create(CultureInfo.InvariantCulture, $"broken {i}\n"))));

        var error = await Assert.ThrowsAsync<TrainingDataException>(() => TrainingFile.SplitAsync(_folder.File("all.jsonl"), _folder.File(), _folder.File("validation.jsonl")));
        Assert.Contains("AIG9001", error.Message, StringComparison.Ordinal);
        Assert.Equal(["all.jsonl"], _folder.Names());

        await TrainingFile.SplitAsync(_folder.File("all.jsonl"), _folder.File(), _folder.File("validation.jsonl"), options: new TrainingWriteOptions { RefuseFrom = null });
        Assert.Equal(
            (await File.ReadAllLinesAsync(_folder.File("all.jsonl"))).Order(StringComparer.Ordinal),
            (await File.ReadAllLinesAsync(_folder.File())).Concat(await File.ReadAllLinesAsync(_folder.File("validation.jsonl"))).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Preferences_and_prompts_of_any_target_are_split_by_what_is_asked()
    {
        await File.WriteAllTextAsync(_folder.File("all.jsonl"), string.Concat(Enumerable.Range(0, 400).Select(static i =>
            string.Create(CultureInfo.InvariantCulture, $$"""{"prompt":"p{{i % 100}}","completion":"c{{i}}"}""") + "\n")));

        await TrainingFile.SplitAsync(
            _folder.File("all.jsonl"), _folder.File(), _folder.File("validation.jsonl"), options: new TrainingWriteOptions { Target = TrainingTarget.TrlPromptCompletion, RefuseFrom = null });

        var validation = (await File.ReadAllLinesAsync(_folder.File("validation.jsonl"))).GroupBy(static line => line.Split('"')[3], StringComparer.Ordinal).ToList();
        Assert.NotEmpty(validation);
        Assert.All(validation, static group => Assert.Equal(4, group.Count()));
    }

    [Fact]
    public async Task An_empty_side_is_told()
    {
        var result = await SplitAsync([new Positional("q", "a")]);

        var empty = result.Training.Records == 0 ? result.Training : result.Validation;
        Assert.Contains(empty.Report!.Findings, static finding => finding is { Rule: "AIG9006", Level: TrainingFindingLevel.Error, Message: "the file is empty" });
    }

    [Fact]
    public async Task A_failure_on_one_side_leaves_both_old_files()
    {
        await File.WriteAllTextAsync(_folder.File(), "old");
        await File.WriteAllTextAsync(_folder.File("validation.jsonl"), "old too");

        await Assert.ThrowsAsync<TrainingRecordException>(() => SplitAsync([.. Records(3_000), new Positional("q", "")]));

        Assert.Equal("old", await File.ReadAllTextAsync(_folder.File()));
        Assert.Equal("old too", await File.ReadAllTextAsync(_folder.File("validation.jsonl")));
        Assert.Equal(["train.jsonl", "validation.jsonl"], _folder.Names());
    }

    [Fact]
    public async Task Wrong_arguments_are_named()
    {
        await Assert.ThrowsAsync<ArgumentNullException>("trainingPath", () => TrainingFile.SplitAsync(null!, _folder.File(), Records(1)));
        await Assert.ThrowsAsync<ArgumentException>("validationPath", () => TrainingFile.SplitAsync(_folder.File(), "", Records(1)));
        await Assert.ThrowsAsync<ArgumentException>("validationPath", () => TrainingFile.SplitAsync(_folder.File(), _folder.File("../" + Path.GetFileName(_folder.Path) + "/train.jsonl"), Records(1)));
        await Assert.ThrowsAsync<ArgumentNullException>("records", () => TrainingFile.SplitAsync(_folder.File(), _folder.File("v.jsonl"), (IEnumerable<Positional>)null!));
        foreach (var share in new[] { 0, 1, -0.1, double.NaN })
        {
            await Assert.ThrowsAsync<ArgumentOutOfRangeException>("split", () => SplitAsync(Records(1), new TrainingSplit { ValidationShare = share }));
        }
    }

    private static string[] Golden =>
    [
        "question 0", "question 1", "question 2", "question 3", "question 10", "question 11", "question 14", "question 26", "question 33", "question 38", "question 39",
    ];

    private static List<Positional> Records(int count) => [.. WriteCheckTests.Some(count)];

    private Task<TrainingSplitResult> SplitAsync(IEnumerable<Positional> records, TrainingSplit? split = null) =>
        TrainingFile.SplitAsync(_folder.File(), _folder.File("validation.jsonl"), records, split);

    private async Task<Dictionary<string, bool>> SidesAsync()
    {
        var sides = (await ReadAsync("train.jsonl")).ToDictionary(static record => record.Question, static _ => false, StringComparer.Ordinal);
        foreach (var record in await ReadAsync("validation.jsonl"))
        {
            sides.Add(record.Question, true);
        }

        return sides;
    }

    private async Task<List<Positional>> ReadAsync(string name)
    {
        var records = new List<Positional>();
        await foreach (var record in TrainingFile.ReadAsync<Positional>(_folder.File(name)))
        {
            records.Add(record);
        }

        return records;
    }
}
