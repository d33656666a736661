using AiGuardrails.Analyzers.Rules.Governance;
using Verify = AiGuardrails.Testing.CSharpAnalyzerVerifier<AiGuardrails.Analyzers.Rules.Governance.WrongTrainingFileAnalyzer>;

namespace AiGuardrails.Analyzers.Tests.Rules.Governance;

public sealed class AIG5003_WrongTrainingFileTests
{
    private const string Usings =
        """
        using System;
        using System.ClientModel;
        using System.ClientModel.Primitives;
        using System.Collections.Generic;
        using System.IO;
        using System.Net.Http;
        using System.Net.Http.Json;
        using System.Text;
        using System.Text.Json;
        using System.Threading;
        using System.Threading.Tasks;
        using OpenAI;
        using OpenAI.Batch;
        using OpenAI.Files;
        using OpenAI.FineTuning;

        """;

    [Theory]
    [InlineData("client.FineTune(\"gpt-4o\", file, false, new FineTuningOptions { ValidationFile = {|AIG5003:file|} });")]
    [InlineData("client.FineTune(\"gpt-4o\", \"file-1\", false, new() { ValidationFile = {|AIG5003:\"file-1\"|} });")]
    [InlineData("client.FineTune(\"gpt-4o\", trainingFileId: uploaded.Id, waitUntilCompleted: false, options: new() { ValidationFile = {|AIG5003:uploaded.Id|} });")]
    [InlineData("client.FineTune(\"gpt-4o\", Settings.File, false, new() { ValidationFile = {|AIG5003:Settings.File|} });")]
    [InlineData("client.FineTune(\"gpt-4o\", files[0].Id, false, new() { ValidationFile = {|AIG5003:files[0].Id|} });")]
    [InlineData("var options = new FineTuningOptions { Suffix = \"x\" }; options.ValidationFile = {|AIG5003:file|}; client.FineTune(\"gpt-4o\", file, false, options);")]
    [InlineData("var training = uploaded.Id; var validation = uploaded.Id; client.FineTune(\"gpt-4o\", training, false, new() { ValidationFile = {|AIG5003:validation|} });")]
    [InlineData("const string Id = \"file-1\"; client.FineTune(\"gpt-4o\", Id, false, new() { ValidationFile = {|AIG5003:\"file-1\"|} });")]
    [InlineData("OpenAIFile up = await store.UploadFileAsync(\"train.jsonl\", FileUploadPurpose.FineTune); await client.FineTuneAsync(\"gpt-4o\", up.Id, false, new() { ValidationFile = {|AIG5003:up.Id|} });")]
    [InlineData("var up = await store.UploadFileAsync(\"train.jsonl\", FileUploadPurpose.FineTune); var id = up.Value.Id; await client.FineTuneAsync(\"gpt-4o\", id, false, new() { ValidationFile = {|AIG5003:up.Value.Id|} });")]
    [InlineData("var (a, b) = (Next(), Next()); string training = a, validation = a; client.FineTune(\"gpt-4o\", training, false, new() { ValidationFile = {|AIG5003:validation|} });")]
    [InlineData("var body = new FineTuningOptions(); if (file != \"\") { body.ValidationFile = {|AIG5003:file|}; } client.FineTune(\"gpt-4o\", file, false, body);")]
    [InlineData("foreach (var one in files) { client.FineTune(\"gpt-4o\", one.Id, false, new() { ValidationFile = {|AIG5003:one.Id|} }); }")]
    public Task Same_file_for_both_is_reported(string statements) => Verify.VerifyAnalyzerAsync(Usings + Body(statements));

    [Theory]
    [InlineData("client.FineTune(\"gpt-4o\", file, false, new() { ValidationFile = other });")]
    [InlineData("client.FineTune(\"gpt-4o\", file, false);")]
    [InlineData("client.FineTune(\"gpt-4o\", \"file-1\", false, new() { ValidationFile = \"file-2\" });")]
    [InlineData("client.FineTune(\"gpt-4o\", Next(), false, new() { ValidationFile = Next() });")]
    [InlineData("client.FineTune(\"gpt-4o\", files[0].Id, false, new() { ValidationFile = files[1].Id });")]
    [InlineData("var i = 0; client.FineTune(\"gpt-4o\", files[i++].Id, false, new() { ValidationFile = files[i++].Id });")]
    [InlineData("client.FineTune(\"gpt-4o\", (await store.UploadFileAsync(file, FileUploadPurpose.FineTune)).Value.Id, false, new() { ValidationFile = (await store.UploadFileAsync(file, FileUploadPurpose.FineTune)).Value.Id });")]
    [InlineData("var up = await store.UploadFileAsync(file, FileUploadPurpose.FineTune); var training = up.Value.Id; up = await store.UploadFileAsync(other, FileUploadPurpose.FineTune); client.FineTune(\"gpt-4o\", training, false, new() { ValidationFile = up.Value.Id });")]
    [InlineData("var (a, b) = (Next(), Next()); client.FineTune(\"gpt-4o\", a, false, new() { ValidationFile = b });")]
    [InlineData("var (a, b) = (Next(), Next()); var training = a; (a, b) = (b, a); client.FineTune(\"gpt-4o\", training, false, new() { ValidationFile = a });")]
    [InlineData("var all = await Task.WhenAll(files.ConvertAll(one => store.UploadFileAsync(one.Filename, FileUploadPurpose.FineTune))); client.FineTune(\"gpt-4o\", all[0].Value.Id, false, new() { ValidationFile = all[1].Value.Id });")]
    [InlineData("Find(out var id); var training = id; Find(out id); client.FineTune(\"gpt-4o\", training, false, new() { ValidationFile = id });")]
    [InlineData("_current = Next(); var training = _current; _current = Next(); client.FineTune(\"gpt-4o\", training, false, new() { ValidationFile = _current });")]
    [InlineData("ClientResult<OpenAIFile>? last = null, now = null; foreach (var one in files) { last = now; now = await store.UploadFileAsync(one.Filename, FileUploadPurpose.FineTune); if (last != null) { client.FineTune(\"gpt-4o\", last.Value.Id, false, new() { ValidationFile = now.Value.Id }); } }")]
    [InlineData("client.FineTune(\"gpt-4o\", file, false, new() { ValidationFile = other, Suffix = file });")]
    public Task Other_files_are_left(string statements) => Verify.VerifyAnalyzerAsync(Usings + Body(statements));

    [Theory]
    [InlineData("http.PostAsJsonAsync(Url, new { training_file = file, validation_file = {|AIG5003:file|} });")]
    [InlineData("http.PostAsync(Url, new StringContent({|AIG5003:\"{\\\"training_file\\\":\\\"file-1\\\",\\\"validation_file\\\":\\\"file-1\\\"}\"|}));")]
    [InlineData("client.FineTune(BinaryContent.Create(BinaryData.FromObjectAsJson(new { training_file = file, validation_file = {|AIG5003:file|} })), false, new RequestOptions());")]
    public Task Same_file_in_json_is_reported(string statements) => Verify.VerifyAnalyzerAsync(
        Usings + Body(statements),
        test => test.SilentWithoutSdk = statements.StartsWith("client", StringComparison.Ordinal));

    [Theory]
    [InlineData("http.PostAsJsonAsync(Url, new { training_file = file, validation_file = other });")]
    [InlineData("http.PostAsJsonAsync(\"https://api.openai.com/v1/other\", new { training_file = file, validation_file = file });")]
    [InlineData("http.PostAsync(Url, new StringContent($$\"\"\"{ \"training_file\": \"{{file}}\", \"validation_file\": \"{{other}}\" }\"\"\"));")]
    [InlineData("http.PostAsync(Url, new StringContent(\"{\\\"training_file\\\":\\\"file-1\\\",\\\"validation_file\\\":\\\"file-2\\\"}\"));")]
    public Task Other_files_in_json_are_left(string statements) => Verify.VerifyAnalyzerAsync(Usings + Body(statements));

    [Theory]
    [InlineData("store.UploadFile({|AIG5003:\"train.csv\"|}, FileUploadPurpose.FineTune);")]
    [InlineData("store.UploadFileAsync({|AIG5003:\"train.json\"|}, FileUploadPurpose.FineTune);")]
    [InlineData("store.UploadFile({|AIG5003:\"train\"|}, \"fine-tune\");")]
    [InlineData("store.UploadFile(data, {|AIG5003:\"train.json\"|}, FileUploadPurpose.FineTune);")]
    [InlineData("store.UploadFile(stream, filename: {|AIG5003:\"train.txt\"|}, purpose: new FileUploadPurpose(\"fine-tune\"));")]
    [InlineData("FileUploadPurpose tune = \"fine-tune\"; store.UploadFile({|AIG5003:\"train.csv\"|}, tune);")]
    [InlineData("store.UploadFile(Path.Combine(folder, {|AIG5003:\"train.csv\"|}), FileUploadPurpose.FineTune);")]
    [InlineData("store.UploadFile(Path.Combine(folder, \"a\", \"b\", \"c\", {|AIG5003:\"train.csv\"|}), FileUploadPurpose.FineTune);")]
    [InlineData("var path = Path.Join(folder, {|AIG5003:\"train.csv\"|}); store.UploadFile(stream, Path.GetFileName(path), FileUploadPurpose.FineTune);")]
    [InlineData("store.UploadFile({|AIG5003:$\"{folder}/train.json\"|}, FileUploadPurpose.FineTune);")]
    [InlineData("store.UploadFile({|AIG5003:folder + \"/train-\" + file + \".json\"|}, FileUploadPurpose.FineTune);")]
    [InlineData("store.UploadFile(Path.ChangeExtension(file, {|AIG5003:\"json\"|}), FileUploadPurpose.FineTune);")]
    [InlineData("store.UploadFile(file == \"\" ? {|AIG5003:\"train.csv\"|} : \"train.jsonl\", FileUploadPurpose.FineTune);")]
    [InlineData("store.UploadFile({|AIG5003:TrainingData|}, FileUploadPurpose.FineTune);")]
    public Task Upload_of_another_format_is_reported(string statements) => Verify.VerifyAnalyzerAsync(Usings + Body(statements));

    [Theory]
    [InlineData("store.UploadFile(\"train.jsonl\", FileUploadPurpose.FineTune);")]
    [InlineData("store.UploadFile(\"TRAIN.JSONL\", FileUploadPurpose.FineTune);")]
    [InlineData("store.UploadFile(Path.Combine(\"data.csv\", \"train.jsonl\"), FileUploadPurpose.FineTune);")]
    [InlineData("store.UploadFile(Path.Combine(\"data.csv\", file), FileUploadPurpose.FineTune);")]
    [InlineData("store.UploadFile($\"{folder}/train.{file}\", FileUploadPurpose.FineTune);")]
    [InlineData("store.UploadFile($\"train.{file}l\", FileUploadPurpose.FineTune);")]
    [InlineData("store.UploadFile(Path.ChangeExtension(\"train.csv\", \".jsonl\"), FileUploadPurpose.FineTune);")]
    [InlineData("store.UploadFile(file, FileUploadPurpose.FineTune);")]
    [InlineData("store.UploadFile(\"manual.pdf\", FileUploadPurpose.Assistants);")]
    [InlineData("store.UploadFile(\"manual.pdf\", \"user_data\");")]
    [InlineData("store.UploadFile(\"train.csv\", purpose);")]
    [InlineData("store.UploadFile(\"train.csv\", file == \"\" ? FileUploadPurpose.FineTune : FileUploadPurpose.Assistants);")]
    [InlineData("new Other().UploadFile(\"train.csv\", FileUploadPurpose.FineTune);")]
    public Task Upload_of_json_lines_or_for_something_else_is_left(string statements) => Verify.VerifyAnalyzerAsync(Usings + Body(statements));

    [Fact]
    public Task Community_package_uploads_for_training_by_default() => Verify.VerifyAnalyzerAsync(
        """
        using System.Threading.Tasks;

        // The shape of the community package, whose package ID is that of OpenAI .NET, so that both cannot be referenced.
        namespace OpenAI_API
        {
            public class OpenAIAPI { public Files.IFilesEndpoint Files { get; } }
        }

        namespace OpenAI_API.Files
        {
            public class File { }

            public interface IFilesEndpoint { Task<File> UploadFileAsync(string filePath, string purpose = "fine-tune"); }
        }

        class C
        {
            async Task M(OpenAI_API.OpenAIAPI api)
            {
                await api.Files.UploadFileAsync({|AIG5003:"train.csv"|});
                await api.Files.UploadFileAsync({|AIG5003:"train.csv"|}, "fine-tune");
                await api.Files.UploadFileAsync("train.jsonl");
                await api.Files.UploadFileAsync("manual.pdf", "assistants");
            }
        }
        """,
        test =>
        {
            test.SilentWithoutSdk = false;
            test.NullableContext = Microsoft.CodeAnalysis.NullableContextOptions.Disable;
        });

    [Theory]
    [InlineData("OpenAIFile up = await store.UploadFileAsync(\"a.jsonl\", FileUploadPurpose.Batch); await client.FineTuneAsync(\"gpt-4o\", {|AIG5003:up.Id|}, false);")]
    [InlineData("var up = await store.UploadFileAsync(\"a.jsonl\", \"batch\"); await client.FineTuneAsync(\"gpt-4o\", {|AIG5003:up.Value.Id|}, false);")]
    [InlineData("var id = store.UploadFile(\"a.jsonl\", FileUploadPurpose.Batch).Value.Id; client.FineTune(\"gpt-4o\", file, false, new() { ValidationFile = {|AIG5003:id|} });")]
    [InlineData("var up = store.UploadFileAsync(\"a.jsonl\", FileUploadPurpose.Batch).GetAwaiter().GetResult(); client.FineTune(\"gpt-4o\", {|AIG5003:up.Value.Id|}, false);")]
    [InlineData("OpenAIFile up = await store.UploadFileAsync(\"a.jsonl\", FileUploadPurpose.FineTune); await batches.CreateBatchAsync(BinaryContent.Create(BinaryData.FromObjectAsJson(new { input_file_id = {|AIG5003:up.Id|}, endpoint = \"/v1/chat/completions\" })), false);")]
    [InlineData("OpenAIFile up = await store.UploadFileAsync(\"a.jsonl\", FileUploadPurpose.FineTune); var body = new Dictionary<string, object> { [\"input_file_id\"] = {|AIG5003:up.Id|} }; await batches.CreateBatchAsync(BinaryContent.Create(BinaryData.FromObjectAsJson(body)), false);")]
    [InlineData("OpenAIFile up = await store.UploadFileAsync(\"a.jsonl\", FileUploadPurpose.FineTune); var body = new Dictionary<string, object>(); body.Add(\"input_file_id\", {|AIG5003:up.Id|}); await batches.CreateBatchAsync(BinaryContent.Create(BinaryData.FromObjectAsJson(body)), false);")]
    public Task Mixed_up_purpose_is_reported(string statements) => Verify.VerifyAnalyzerAsync(Usings + Body(statements));

    [Theory]
    [InlineData("OpenAIFile up = await store.UploadFileAsync(\"a.jsonl\", FileUploadPurpose.FineTune); await client.FineTuneAsync(\"gpt-4o\", up.Id, false);")]
    [InlineData("OpenAIFile up = await store.UploadFileAsync(\"a.jsonl\", FileUploadPurpose.Batch); await batches.CreateBatchAsync(BinaryContent.Create(BinaryData.FromObjectAsJson(new { input_file_id = up.Id })), false);")]
    [InlineData("OpenAIFile up = await store.UploadFileAsync(\"a.jsonl\", purpose); await client.FineTuneAsync(\"gpt-4o\", up.Id, false);")]
    [InlineData("OpenAIFile up = await store.UploadFileAsync(\"a.jsonl\", FileUploadPurpose.Batch); up = await store.UploadFileAsync(\"b.jsonl\", FileUploadPurpose.FineTune); await client.FineTuneAsync(\"gpt-4o\", up.Id, false);")]
    [InlineData("OpenAIFile up = file == \"\" ? await store.UploadFileAsync(\"a.jsonl\", FileUploadPurpose.Batch) : uploaded; await client.FineTuneAsync(\"gpt-4o\", up.Id, false);")]
    [InlineData("OpenAIFile up = await store.UploadFileAsync(\"a.jsonl\", FileUploadPurpose.Batch); await client.FineTuneAsync(\"gpt-4o\", up.Filename, false);")]
    public Task Right_or_unknown_purpose_is_left(string statements) => Verify.VerifyAnalyzerAsync(Usings + Body(statements));

    [Fact]
    public Task Messages_name_the_file() => Verify.VerifyAnalyzerAsync(
        Usings + """
        class C
        {
            void M(FineTuningClient client, OpenAIFileClient store, string file)
            {
                client.FineTune("gpt-4o", file, false, new() { ValidationFile = {|#0:file|} });
                store.UploadFile({|#1:$"{file}.json"|}, FileUploadPurpose.FineTune);
                var up = store.UploadFile("a.jsonl", FileUploadPurpose.Batch);
                client.FineTune("gpt-4o", {|#2:up.Value.Id|}, false);
            }
        }
        """,
        Verify.Diagnostic("AIG5003").WithLocation(0).WithMessage("'file' is both the training file and the validation file; validate with examples that the model has not seen"),
        Verify.Diagnostic("AIG5003").WithLocation(1).WithMessage("'….json' is uploaded for training and does not end in .jsonl; write the examples as JSON Lines, into a file of that ending"),
        Verify.Diagnostic("AIG5003").WithLocation(2).WithMessage("'up.Value.Id' was uploaded with purpose 'batch' and is used for training; upload it with purpose 'fine-tune'"));

    [Fact]
    public Task Test_code_is_silent() => Verify.VerifyAnalyzerAsync(
        Usings + """
        class TestMethodAttribute : Attribute { }

        class Tests
        {
            [TestMethod]
            public void M(FineTuningClient client, string file) => client.FineTune("gpt-4o", file, false, new() { ValidationFile = file });
        }
        """);

    [Theory]
    [InlineData("void M(FineTuningClient client, string file) => client.FineTune(\"gpt-4o\", file, false, new FineTuningOptions { ValidationFile = file")]
    [InlineData("void M(OpenAIFileClient store, string file) => store.UploadFile(Path.Combine(file, \"train.csv\"), FileUploadPurpose.")]
    [InlineData("void M(OpenAIFileClient store) { var up = store.UploadFile(\"a.jsonl\", FileUploadPurpose.FineTune); var body = new { input_file_id = up.Value.")]
    public Task Half_typed_code_does_no_harm(string member) =>
        AiGuardrails.Testing.AnalyzerFuzz.VerifyNeverThrowsAsync<WrongTrainingFileAnalyzer>(Usings + "class C { " + member + " }");

    private static string Body(string statements) =>
        $$"""
        static class Settings { public static string File => Environment.GetEnvironmentVariable("FILE") ?? ""; }

        class Other { public void UploadFile(string path, FileUploadPurpose purpose) { } }

        class C
        {
            private const string Url = "https://api.openai.com/v1/fine_tuning/jobs";
            private const string TrainingData = "data/train.tsv";

            private string? _current;

            private static string Next() => Guid.NewGuid().ToString();

            private static void Find(out string id) => id = Next();

            async Task M(
                FineTuningClient client, OpenAIFileClient store, BatchClient batches, HttpClient http,
                string file, string other, string folder, OpenAIFile uploaded, List<OpenAIFile> files, FileUploadPurpose purpose, BinaryData data, Stream stream)
            {
                await Task.Yield();
                {{statements}}
            }
        }
        """;
}
