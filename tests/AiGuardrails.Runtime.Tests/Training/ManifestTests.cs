using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;

namespace AiGuardrails.Runtime.Tests.Training;

public sealed class ManifestTests : IDisposable
{
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_manifest_says_what_was_written()
    {
        var result = await TrainingFile.WriteAsync(
            _folder.File(), [new Ticket { Question = "q", Answer = "a" }, new Ticket { Question = "r", Answer = "b" }], new TrainingWriteOptions { Checks = { BaseModel = "gpt-4o-mini" } });

        var manifest = await TrainingManifest.VerifyAsync(_folder.File());

        var bytes = await File.ReadAllBytesAsync(_folder.File());
        var file = Assert.Single(manifest.Files);
        Assert.Equal(("train.jsonl", 2, bytes.Length, Convert.ToHexStringLower(SHA256.HashData(bytes))), (file.Name, file.Records, file.Bytes, file.Sha256));
        Assert.Equal((TrainingTarget.OpenAIChat, 2, bytes.Length, "gpt-4o-mini"), (manifest.Target, manifest.Records, manifest.Bytes, manifest.BaseModel));
        Assert.Equal(result.Report!.Tokens, manifest.Tokens);
        Assert.Equal((result.Report.Errors, result.Report.Warnings, result.Report.Infos), (manifest.Findings!.Errors, manifest.Findings.Warnings, manifest.Findings.Infos));
        Assert.Equal(_folder.File("train.manifest.json"), result.ManifestPath);
        Assert.Equal([_folder.File()], result.Files);
        Assert.Equal(64, manifest.PromptHash!.Length);
        using var json = JsonDocument.Parse(await File.ReadAllTextAsync(result.ManifestPath!));
        Assert.Equal(["version", "target", "records", "bytes", "schemaHash", "promptHash", "baseModel", "tokens", "findings", "files"], json.RootElement.EnumerateObject().Select(static member => member.Name));
    }

    [Fact]
    public async Task Equal_data_have_equal_manifests_and_hashes_tell_type_and_prompt()
    {
        await TrainingFile.WriteAsync(_folder.File(), [new Ticket { Question = "q", Answer = "a" }]);
        var first = await File.ReadAllBytesAsync(_folder.File("train.manifest.json"));
        await TrainingFile.WriteAsync(_folder.File(), [new Ticket { Question = "q", Answer = "a" }]);
        var ticket = await TrainingManifest.ReadAsync(_folder.File());
        Assert.Equal(first, await File.ReadAllBytesAsync(_folder.File("train.manifest.json")));

        await TrainingFile.WriteAsync(_folder.File(), [new Positional("q", "a")]);

        var positional = await TrainingManifest.ReadAsync(_folder.File());
        Assert.NotEqual(ticket.SchemaHash, positional.SchemaHash);
        Assert.Null(positional.PromptHash);
    }

    [Fact]
    public async Task A_file_that_was_changed_is_told()
    {
        await TrainingFile.WriteAsync(_folder.File(), WriteCheckTests.Some(10));
        var text = await File.ReadAllTextAsync(_folder.File());

        await File.WriteAllTextAsync(_folder.File(), text.Replace("answer 3", "answer 4", StringComparison.Ordinal));
        Assert.Equal($"The files are not those of '{_folder.File("train.manifest.json")}': 'train.jsonl' holds other bytes than were written", await FailAsync());

        await File.WriteAllTextAsync(_folder.File(), text[..^5]);
        Assert.Equal(
            string.Create(CultureInfo.InvariantCulture, $"The files are not those of '{_folder.File("train.manifest.json")}': 'train.jsonl' has {text.Length - 5:N0} bytes, where {text.Length:N0} were written"), await FailAsync());

        File.Delete(_folder.File());
        Assert.Equal($"The files are not those of '{_folder.File("train.manifest.json")}': 'train.jsonl' is missing", await FailAsync());

        async Task<string> FailAsync() => (await Assert.ThrowsAsync<InvalidDataException>(() => TrainingManifest.VerifyAsync(_folder.File()))).Message;
    }

    [Theory]
    [InlineData("", "it is not JSON")]
    [InlineData("[]", "it is not JSON")]
    [InlineData("{}", "it names no version")]
    [InlineData("""{"version":2}""", "it was written by a later version of this library")]
    [InlineData("""{"version":1,"target":"x"}""", "it names the target 'x'")]
    [InlineData("""{"version":1,"target":"openai-chat"}""", "it names no files")]
    [InlineData("""{"version":1,"target":"openai-chat","files":[{"name":"a"}]}""", "one of its files has no name, SHA-256, number of records or number of bytes")]
    [InlineData("""{"version":1,"target":"openai-chat","files":[{"name":"../a","records":1,"bytes":1,"sha256":""}]}""", "'../a' is no name of a file beside it")]
    [InlineData("""{"version":1,"target":"openai-chat","records":2,"bytes":1,"files":[{"name":"a","records":1,"bytes":1,"sha256":""}]}""", "its sums are not those of its files")]
    [InlineData("""{"version":1,"target":"openai-chat","records":1,"bytes":1,"tokens":{"maximum":1},"files":[{"name":"a","records":1,"bytes":1,"sha256":""}]}""", "its numbers of tokens are not in order")]
    public async Task A_file_that_is_no_manifest_is_told(string json, string reason)
    {
        await File.WriteAllTextAsync(_folder.File("train.manifest.json"), json);

        var error = await Assert.ThrowsAsync<InvalidDataException>(() => TrainingManifest.ReadAsync(_folder.File()));

        Assert.Equal($"'{_folder.File("train.manifest.json")}' is no manifest of training files: {reason}", error.Message);
    }

    [Fact]
    public async Task Members_that_a_later_version_adds_are_passed_over()
    {
        await TrainingFile.WriteAsync(_folder.File(), WriteCheckTests.Some(10));
        var path = _folder.File("train.manifest.json");
        await File.WriteAllTextAsync(path, (await File.ReadAllTextAsync(path)).Replace("\"records\": 10,\n", "\"records\": 10, \"new\": [1, {\"a\": [\"b\"]}, \"c\"], \"more\": {\"x\": null},\n", StringComparison.Ordinal));

        Assert.Equal(10, (await TrainingManifest.VerifyAsync(path)).Records);
    }

    [Fact]
    public async Task Shards_hold_all_records_in_order_and_no_more_than_they_may()
    {
        var records = WriteCheckTests.Some(1_003).ToList();

        var result = await TrainingFile.WriteAsync(_folder.File(), records, new TrainingWriteOptions { MaxRecordsPerShard = 250 });

        Assert.Equal(["train-00001-of-00005.jsonl", "train-00002-of-00005.jsonl", "train-00003-of-00005.jsonl", "train-00004-of-00005.jsonl", "train-00005-of-00005.jsonl", "train.manifest.json"], _folder.Names());
        var manifest = await TrainingManifest.VerifyAsync(_folder.File());
        Assert.Equal([250, 250, 250, 250, 3], manifest.Files.Select(static file => file.Records));
        Assert.Equal(manifest.Files.Select(file => _folder.File(file.Name)), result.Files);
        Assert.Equal((1_003, 1_003), (result.Records, result.Report!.Records));
        Assert.Equal(records, await ReadAsync(_folder.File("train.manifest.json")));
        Assert.Equal(250, (await File.ReadAllLinesAsync(_folder.File("train-00002-of-00005.jsonl"))).Length);
    }

    [Theory]
    [InlineData(110)]
    [InlineData(1_000)]
    [InlineData(10_000)]
    [InlineData(100_000)]
    public async Task Shards_have_no_more_bytes_than_they_may(int most)
    {
        var records = WriteCheckTests.Some(1_500).ToList();

        await TrainingFile.WriteAsync(_folder.File(), records, new TrainingWriteOptions { MaxBytesPerShard = most, MaxRecordsPerShard = 900 });

        var manifest = await TrainingManifest.VerifyAsync(_folder.File());
        Assert.All(manifest.Files, file => Assert.InRange(file.Bytes, 1, most));
        Assert.All(manifest.Files, static file => Assert.InRange(file.Records, 1, 900));
        Assert.Equal(records, await ReadAsync(_folder.File("train.manifest.json")));
    }

    [Fact]
    public async Task A_record_longer_than_a_shard_is_an_error()
    {
        var error = await Assert.ThrowsAsync<TrainingRecordException>(() =>
            TrainingFile.WriteAsync(_folder.File(), [new Positional("q", "a"), new Positional("q", new string('a', 2_000))], new TrainingWriteOptions { MaxBytesPerShard = 1_000 }));

        Assert.Equal((2, "its line has 2,079 bytes, and a shard at most 1,000; raise MaxBytesPerShard, or shorten the record"), (error.RecordNumber, error.Reason));
        Assert.Empty(_folder.Names());
    }

    [Fact]
    public async Task Shards_of_an_earlier_run_go_and_those_of_others_stay()
    {
        await File.WriteAllTextAsync(_folder.File("train-00001-of-00007.jsonl"), "of somebody else");
        await TrainingFile.WriteAsync(_folder.File(), WriteCheckTests.Some(100), new TrainingWriteOptions { MaxRecordsPerShard = 10 });
        Assert.Equal(12, _folder.Names().Length);

        await TrainingFile.WriteAsync(_folder.File(), WriteCheckTests.Some(100), new TrainingWriteOptions { MaxRecordsPerShard = 50 });
        Assert.Equal(["train-00001-of-00002.jsonl", "train-00001-of-00007.jsonl", "train-00002-of-00002.jsonl", "train.manifest.json"], _folder.Names());

        await TrainingFile.WriteAsync(_folder.File(), WriteCheckTests.Some(100));
        Assert.Equal(["train-00001-of-00007.jsonl", "train.jsonl", "train.manifest.json"], _folder.Names());
        await TrainingManifest.VerifyAsync(_folder.File());
    }

    [Fact]
    public async Task No_records_are_one_empty_shard()
    {
        var result = await TrainingFile.WriteAsync(_folder.File(), WriteCheckTests.Some(0), new TrainingWriteOptions { MaxRecordsPerShard = 10 });

        Assert.Equal([_folder.File("train-00001-of-00001.jsonl")], result.Files);
        Assert.Empty(await ReadAsync(result.ManifestPath!));
    }

    [Fact]
    public async Task A_set_that_lacks_a_part_is_not_read_as_whole()
    {
        await TrainingFile.WriteAsync(_folder.File(), WriteCheckTests.Some(100), new TrainingWriteOptions { MaxRecordsPerShard = 10 });
        await File.AppendAllTextAsync(_folder.File("train-00003-of-00010.jsonl"), "x");

        Assert.Contains("train-00003-of-00010.jsonl' has", (await Assert.ThrowsAsync<InvalidDataException>(() => ReadAsync(_folder.File("train.manifest.json")))).Message, StringComparison.Ordinal);
        File.Delete(_folder.File("train-00003-of-00010.jsonl"));
        await Assert.ThrowsAsync<FileNotFoundException>(() => ReadAsync(_folder.File("train.manifest.json")));
    }

    [Theory]
    [InlineData("data.v1", "data.v1.manifest.json")]
    [InlineData("data.JSONL", "data.manifest.json")]
    [InlineData("数据.jsonl", "数据.manifest.json")]
    public async Task Every_name_has_its_manifest(string name, string manifest)
    {
        await TrainingFile.WriteAsync(_folder.File(name), WriteCheckTests.Some(10));

        Assert.Equal(new[] { name, manifest }.Order(StringComparer.Ordinal), _folder.Names());
        Assert.Equal(name, (await TrainingManifest.VerifyAsync(_folder.File(name))).Files[0].Name);
    }

    private static async Task<List<Positional>> ReadAsync(string path)
    {
        var records = new List<Positional>();
        await foreach (var record in TrainingFile.ReadAsync<Positional>(path))
        {
            records.Add(record);
        }

        return records;
    }
}
