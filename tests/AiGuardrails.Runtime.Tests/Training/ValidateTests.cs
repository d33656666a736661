using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using AiGuardrails.Core.Tests.Tokens;

namespace AiGuardrails.Runtime.Tests.Training;

public sealed class ValidateTests : IDisposable
{
    private const string Good = """{"messages":[{"role":"user","content":"q"},{"role":"assistant","content":"a"}]}""";

    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_finding_has_rule_level_place_and_words()
    {
        Write(Good + "\n" + """{"messages":[{"role":"user","content":"😀"},{"role":"bot","content":"a"}]}""" + "\n");

        var report = await TrainingFile.ValidateAsync(_folder.File(), TrainingTarget.OpenAIChat);

        var finding = Assert.Single(report.Findings, static finding => finding is { Rule: "AIG9002", Level: TrainingFindingLevel.Error, Message: var message } && message.Contains("'bot'", StringComparison.Ordinal));
        Assert.Equal((2, 53, 79 + 1 + 54, 5), (finding.Line, finding.Column, finding.Offset, finding.Length));
        Assert.StartsWith("(2,53): error AIG9002: ", finding.ToString(), StringComparison.Ordinal);
        Assert.Equal("data/train.jsonl" + finding, finding.ToString("data/train.jsonl"));
        var ofTheFile = Assert.Single(report.Findings, static finding => finding.Rule == "AIG9006");
        Assert.StartsWith("error AIG9006: ", ofTheFile.ToString(), StringComparison.Ordinal);
        Assert.Equal("data/train.jsonl: " + ofTheFile, ofTheFile.ToString("data/train.jsonl"));
        Assert.Equal((2, 2, new FileInfo(_folder.File()).Length, _folder.File(), TrainingTarget.OpenAIChat), (report.Lines, report.Records, report.Bytes, report.Path, report.Target));
        Assert.Equal((report.Errors, report.Warnings, report.Infos), (Count(report, TrainingFindingLevel.Error), Count(report, TrainingFindingLevel.Warning), Count(report, TrainingFindingLevel.Info)));
    }

    [Fact]
    public async Task Nothing_in_a_file_is_an_exception_until_it_is_asked_for()
    {
        Write("not JSON\n");

        var report = await TrainingFile.ValidateAsync(_folder.File(), TrainingTarget.OpenAIChat);
        var error = Assert.Throws<TrainingDataException>(() => report.ThrowIfAny());

        Assert.Same(report, error.Report);
        Assert.StartsWith($"'{_folder.File()}' has 2 errors, 0 warnings, 0 infos; the first: (1,1): error AIG9001: this is not JSON", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_clean_file_passes()
    {
        Write(Many(200));

        var report = await TrainingFile.ValidateAsync(_folder.File(), TrainingTarget.OpenAIChat);

        Assert.Empty(report.Findings);
        Assert.Same(report, report.ThrowIfAny(TrainingFindingLevel.Info));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(1_000)]
    public async Task A_stream_gives_what_the_file_gives_in_pieces_of_any_size(int piece)
    {
        Write("\ufeff" + Many(120).Replace("\n", "\r\n", StringComparison.Ordinal) + Good + "\n\nbroken");
        var file = await TrainingFile.ValidateAsync(_folder.File(), TrainingTarget.OpenAIChat);

        using var stream = new PieceStream(await File.ReadAllBytesAsync(_folder.File()), piece);
        var report = await TrainingFile.ValidateAsync(stream, TrainingTarget.OpenAIChat);

        Assert.Equal(file.Findings.Select(static finding => finding.ToString()), report.Findings.Select(static finding => finding.ToString()));
        Assert.Equal((file.Lines, file.Records, file.Bytes, file.Tokens), (report.Lines, report.Records, report.Bytes, report.Tokens));
        Assert.Equal((123, 121), (report.Lines, report.Records));
        Assert.True(stream.CanRead);
    }

    [Fact]
    public async Task Tokens_are_those_that_a_budget_is_checked_with_and_a_base_model_gives_the_cost()
    {
        Write(Many(300));
        var expected = new TrainingTokens("gpt-4o-mini-2024-07-18", maxTokensPerExample: 65_536);
        foreach (var line in await File.ReadAllLinesAsync(_folder.File()))
        {
            expected.AddLine(Encoding.UTF8.GetBytes(line));
        }

        var report = await TrainingFile.ValidateAsync(_folder.File(), TrainingTarget.OpenAIChat, new TrainingCheckOptions { BaseModel = "gpt-4o-mini-2024-07-18", Epochs = 3 });

        Assert.Equal(expected.Total, report.Tokens);
        Assert.Equal(TrainingEpochs.Exactly(3), report.Cost!.Epochs);
        Assert.Equal(expected.Total, report.Cost.Tokens);
        Assert.True(report.Cost.LowUsd > 0);
        Assert.Null((await TrainingFile.ValidateAsync(_folder.File(), TrainingTarget.OpenAIChat)).Cost);
        Assert.Null((await TrainingFile.ValidateAsync(_folder.File(), TrainingTarget.OpenAIChat, new TrainingCheckOptions { CountTokens = false, BaseModel = "gpt-4o-mini-2024-07-18" })).Tokens);
        Assert.Null((await TrainingFile.ValidateAsync(_folder.File(), TrainingTarget.OpenAIChat, new TrainingCheckOptions { BaseModel = "a-model-that-nobody-knows" })).Cost);
    }

    [Fact]
    public async Task With_the_vocabulary_of_the_model_tokens_are_counted_exactly()
    {
        Write(Many(300));
        var options = new TrainingCheckOptions { BaseModel = "gpt-4o-mini-2024-07-18", Epochs = 3, Tokenizer = SmallVocabulary.Read(SmallVocabulary.File) };

        var report = await TrainingFile.ValidateAsync(_folder.File(), TrainingTarget.OpenAIChat, options);

        var lines = await File.ReadAllLinesAsync(_folder.File());
        var texts = lines.Select(static line => JsonNode.Parse(line)!["messages"]!.AsArray()).SelectMany(static messages => messages).SelectMany(static message => message!.AsObject()).Select(static member => member.Value!.GetValue<string>());
        var expected = texts.Sum(text => options.Tokenizer.Count(text)) + (lines.Length * (3 + (2 * 3)));
        Assert.Equal(new TokenEstimate(expected, expected, expected), report.Tokens);
        Assert.Equal(report.Cost!.LowUsd, report.Cost.HighUsd);
        Assert.EndsWith(string.Create(CultureInfo.InvariantCulture, $" {expected:N0} tokens, {report.Cost}"), report.ToString(), StringComparison.Ordinal);

        options.BaseModel = null;
        Assert.Equal(expected, (await TrainingFile.ValidateAsync(_folder.File(), TrainingTarget.OpenAIChat, options)).Tokens!.Value.High);
    }

    [Fact]
    public async Task Vocabulary_of_another_model_is_refused_before_anything_is_read()
    {
        var options = new TrainingCheckOptions { BaseModel = "gpt-3.5-turbo-0125", Tokenizer = SmallVocabulary.Read(SmallVocabulary.File) };

        var error = await Assert.ThrowsAsync<ArgumentException>(() => TrainingFile.ValidateAsync(_folder.File("none.jsonl"), TrainingTarget.OpenAIChat, options));

        Assert.Contains("the vocabulary of 'gpt-3.5-turbo-0125' is cl100k_base", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_in_the_training_file_is_no_validation()
    {
        Write(Many(100));
        await File.WriteAllTextAsync(_folder.File("validation.jsonl"), Many(10).ToUpperInvariant().Replace("MESSAGES", "messages", StringComparison.Ordinal).Replace("ROLE", "role", StringComparison.Ordinal)
            .Replace("CONTENT", "content", StringComparison.Ordinal).Replace("\"USER\"", "\"user\"", StringComparison.Ordinal).Replace("ASSISTANT", "assistant", StringComparison.Ordinal));

        var report = await TrainingFile.ValidateAsync(_folder.File("validation.jsonl"), TrainingTarget.OpenAIChat, new TrainingCheckOptions { TrainingPath = _folder.File() });

        Assert.Equal(10, report.Findings.Count(static finding => finding is { Rule: "AIG9005", Line: > 0 }));
    }

    [Fact]
    public async Task Rules_can_be_off_and_listings_short()
    {
        Write(string.Concat(Enumerable.Repeat(Good + "\n", 100)));

        var all = await TrainingFile.ValidateAsync(_folder.File(), TrainingTarget.OpenAIChat, new TrainingCheckOptions { MaxFindingsPerRule = 5 });
        var without = await TrainingFile.ValidateAsync(_folder.File(), TrainingTarget.OpenAIChat, new TrainingCheckOptions { DisabledRules = { "AIG9003" } });

        Assert.Equal(99, all.Warnings);
        Assert.Equal(5, all.Findings.Count(static finding => finding is { Rule: "AIG9003", Line: > 0 }));
        Assert.Equal("94 more findings of this rule are not listed", all.Findings.Single(static finding => finding is { Rule: "AIG9003", Line: 0 }).Message);
        Assert.DoesNotContain(without.Findings, static finding => finding.Rule == "AIG9003");
    }

    [Fact]
    public async Task Every_target_can_be_checked()
    {
        Write("""{"prompt":"q","completion":"a"}""" + "\n");

        foreach (var target in TrainingTarget.All)
        {
            Assert.Equal(1, (await TrainingFile.ValidateAsync(_folder.File(), target)).Records);
        }
    }

    [Fact]
    public async Task Progress_is_told_and_cancellation_is_heard()
    {
        Write(Many(10_000));
        using var cancellation = new CancellationTokenSource();
        var reports = new List<TrainingProgress>();
        await TrainingFile.ValidateAsync(_folder.File(), TrainingTarget.OpenAIChat, progress: new ListProgress(reports.Add));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            TrainingFile.ValidateAsync(_folder.File(), TrainingTarget.OpenAIChat, progress: new ListProgress(_ => cancellation.Cancel()), cancellationToken: cancellation.Token));

        Assert.True(reports.Count > 3);
        Assert.Equal((10_000, new FileInfo(_folder.File()).Length), (reports[^1].Records, reports[^1].Bytes));
    }

    [Fact]
    public async Task Wrong_arguments_and_places_are_named()
    {
        await Assert.ThrowsAsync<ArgumentNullException>("path", () => TrainingFile.ValidateAsync((string)null!, TrainingTarget.OpenAIChat));
        await Assert.ThrowsAsync<ArgumentNullException>("stream", () => TrainingFile.ValidateAsync((Stream)null!, TrainingTarget.OpenAIChat));
        await Assert.ThrowsAsync<ArgumentNullException>("target", () => TrainingFile.ValidateAsync(_folder.File(), null!));
        await Assert.ThrowsAsync<FileNotFoundException>(() => TrainingFile.ValidateAsync(_folder.File(), TrainingTarget.OpenAIChat));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => TrainingFile.ValidateAsync(_folder.File(), TrainingTarget.OpenAIChat, new TrainingCheckOptions { Epochs = 0 }));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => TrainingFile.ValidateAsync(_folder.File(), TrainingTarget.OpenAIChat, new TrainingCheckOptions { MaxLineBytes = 0 }));
        Assert.Contains("is a folder", (await Assert.ThrowsAsync<IOException>(() => TrainingFile.ValidateAsync(_folder.Path, TrainingTarget.OpenAIChat))).Message, StringComparison.Ordinal);
    }

    private static int Count(TrainingReport report, TrainingFindingLevel level) => report.Findings.Count(finding => finding.Level == level);

    private static string Many(int count) => string.Concat(Enumerable.Range(0, count).Select(static i =>
        Good.Replace("\"q\"", string.Create(CultureInfo.InvariantCulture, $"\"what about case {i}\""), StringComparison.Ordinal).Replace("\"a\"", string.Create(CultureInfo.InvariantCulture, $"\"answer {i}\""), StringComparison.Ordinal) + "\n"));

    private void Write(string text) => File.WriteAllText(_folder.File(), text);

    private sealed class ListProgress(Action<TrainingProgress> report) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value) => report(value);
    }

    private sealed class PieceStream(byte[] bytes, int piece) : MemoryStream(bytes)
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => base.ReadAsync(buffer[..Math.Min(piece, buffer.Length)], cancellationToken);

        public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) => base.ReadAsync(buffer, offset, Math.Min(piece, count), cancellationToken);
    }
}
