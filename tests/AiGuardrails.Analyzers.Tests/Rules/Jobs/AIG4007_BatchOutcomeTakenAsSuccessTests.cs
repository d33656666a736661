using AiGuardrails.Testing;
using Verify = AiGuardrails.Testing.CSharpAnalyzerVerifier<AiGuardrails.Analyzers.Rules.Jobs.BatchOutcomeTakenAsSuccessAnalyzer>;

namespace AiGuardrails.Analyzers.Tests.Rules.Jobs;

public sealed class AIG4007_BatchOutcomeTakenAsSuccessTests
{
    [Theory]
    [InlineData("await files.DownloadFileAsync({|AIG4007:batch.OutputFileId|});")]
    [InlineData("var id = {|AIG4007:batch.OutputFileId|}; var file = await files.DownloadFileAsync(id);")]
    [InlineData("if (batch.OutputFileId != null) { await files.DownloadFileAsync({|AIG4007:batch.OutputFileId|}); }")]
    [InlineData("if ({|AIG4007:batch.OutputFileId|} is { } id) { await files.DownloadFileAsync(id); }")]
    [InlineData("var id = {|AIG4007:batch.OutputFileId|} ?? throw new InvalidOperationException(); await files.DownloadFileAsync(id);")]
    [InlineData("if (batch.CompletedAt is null) { return; } await files.DownloadFileAsync({|AIG4007:batch.OutputFileId|});")] // completed, and some requests failed
    [InlineData("Console.WriteLine(batch.Id); await files.DownloadFileAsync({|AIG4007:batch.OutputFileId|});")]
    [InlineData("await Save({|AIG4007:batch.OutputFileId|});")]
    [InlineData("var path = System.IO.Path.Combine(\"out\", {|AIG4007:batch.OutputFileId|}); await Save(path);")]
    [InlineData("await Save($\"out/{{|AIG4007:batch.OutputFileId|}}\");")]
    [InlineData("await Save({|AIG4007:((BatchJob)await operation.GetBatchAsync(null)).OutputFileId|});")]
    [InlineData("await foreach (var one in client.GetBatchesAsync()) { await Save({|AIG4007:one.OutputFileId|}); }")]
    [InlineData("await Save({|AIG4007:batch.OutputFileId|}.Trim());")]
    [InlineData("await Save({|AIG4007:batch.OutputFileId|}.ToString());")]
    [InlineData("await Save(Uri.EscapeDataString({|AIG4007:batch.OutputFileId|}));")]
    [InlineData("await Save(string.Concat(\"out/\", {|AIG4007:batch.OutputFileId|}));")]
    [InlineData("await Save(\"out/\" + {|AIG4007:batch.OutputFileId|});")]
    [InlineData("await Save(batch.Id == \"\" ? \"none\" : {|AIG4007:batch.OutputFileId|});")]
    [InlineData("string id; id = {|AIG4007:batch.OutputFileId|}; await Save(id);")]
    [InlineData("_ = new System.Net.Http.HttpRequestMessage(System.Net.Http.HttpMethod.Get, {|AIG4007:batch.OutputFileId|});")]
    public Task Output_that_is_used_alone_is_reported(string statements) => Verify.VerifyAnalyzerAsync(OpenAI(statements));

    [Theory]
    [InlineData("if (batch.ErrorFileId is not null) { Console.WriteLine(batch.ErrorFileId); } await Save(batch.OutputFileId);")]
    [InlineData("if (batch.FailedAt is not null || batch.ExpiredAt is not null) { return; } await Save(batch.OutputFileId);")]
    [InlineData("await Save(batch.OutputFileId); await Save(batch.ErrorFileId);")]
    [InlineData("if (batch is { CancelledAt: null }) { await Save(batch.OutputFileId); }")]
    [InlineData("Ensure(batch); await Save(batch.OutputFileId);")] // may look
    [InlineData("Report(batch.Id); await Save(batch.OutputFileId);")] // may fetch it again
    [InlineData("Ensure(operation); await Save(batch.OutputFileId);")]
    [InlineData("_last = batch; await Save(batch.OutputFileId);")]
    [InlineData("Console.WriteLine(batch.OutputFileId);")]
    [InlineData("if (batch.OutputFileId is null) { throw new InvalidOperationException(); }")]
    [InlineData("ArgumentNullException.ThrowIfNull(batch.OutputFileId);")]
    [InlineData("_output = batch.OutputFileId;")] // taken down
    [InlineData("var all = new System.Collections.Generic.List<string>(); all.Add(batch.OutputFileId);")]
    [InlineData("var entry = new Entry { Output = batch.OutputFileId };")]
    [InlineData("await Save(given.OutputFileId);")] // the caller may have looked
    [InlineData("await Save(_last.OutputFileId);")]
    [InlineData("await Save(batch.InputFileId);")]
    [InlineData("using var doc = JsonDocument.Parse((await operation.GetBatchAsync(null)).GetRawResponse().Content); if (doc.RootElement.GetProperty(\"request_counts\").GetProperty(\"failed\").GetInt32() == 0) { await Save(batch.OutputFileId); }")]
    [InlineData("System.Diagnostics.Debug.WriteLine(batch.OutputFileId);")]
    [InlineData("System.Diagnostics.Trace.WriteLine(batch.OutputFileId);")]
    [InlineData("Console.Out.WriteLine(batch.OutputFileId);")]
    [InlineData("static void LogOutput(string? id) { } LogOutput(batch.OutputFileId);")]
    [InlineData("if (string.IsNullOrEmpty(batch.OutputFileId)) { return; }")]
    [InlineData("if (string.IsNullOrWhiteSpace(batch.OutputFileId)) { return; }")]
    [InlineData("ArgumentException.ThrowIfNullOrEmpty(batch.OutputFileId);")]
    [InlineData("ArgumentException.ThrowIfNullOrWhiteSpace(batch.OutputFileId);")]
    [InlineData("if (string.Equals(batch.OutputFileId, \"file-1\")) { return; }")]
    [InlineData("var id = batch.OutputFileId; Console.WriteLine(id);")]
    [InlineData("var first = new BatchJob[] { given }; await Save(batch.Id);")]
    public Task Output_beside_the_rest_is_not_reported(string statements) => Verify.VerifyAnalyzerAsync(OpenAI(statements));

    [Theory]
    [InlineData("string", true)]
    [InlineData("string?", false)] // whoever gets it is told
    public Task Returned_output_is_reported_where_it_looks_certain(string type, bool isReported) => Verify.VerifyAnalyzerAsync(
        $$"""
        using System.Threading.Tasks;
        using OpenAI.Batch;

        class C
        {
            async Task<{{type}}> M(CreateBatchOperation operation)
            {
                await operation.WaitForCompletionAsync();
                var batch = (BatchJob)await operation.GetBatchAsync(null);
                return {{(isReported ? "{|AIG4007:batch.OutputFileId|}" : "batch.OutputFileId")}};
            }
        }
        """);

    [Fact]
    public Task Another_method_of_the_type_may_look_at_the_rest() => Verify.VerifyAnalyzerAsync(
        """
        using System.Threading.Tasks;
        using OpenAI.Batch;
        using OpenAI.Files;

        class C
        {
            async Task Output(BatchClient client, OpenAIFileClient files, string id)
            {
                var batch = (BatchJob)await client.GetBatchAsync(id, null);
                await files.DownloadFileAsync(batch.OutputFileId);
            }

            async Task Errors(BatchClient client, OpenAIFileClient files, string id)
            {
                var batch = (BatchJob)await client.GetBatchAsync(id, null);
                await files.DownloadFileAsync(batch.ErrorFileId);
            }
        }
        """);

    [Theory]
    [InlineData("var id = {|AIG4007:doc.RootElement.GetProperty(\"output_file_id\")|}.GetString(); await http.GetStringAsync($\"v1/files/{id}/content\");")]
    [InlineData("var root = doc.RootElement; await http.GetStringAsync(Files + {|AIG4007:root.GetProperty(\"output_file_id\")|}.GetString());")]
    [InlineData("if ({|AIG4007:doc.RootElement.TryGetProperty(\"output_file_id\", out var id)|}) { await http.GetStringAsync(Files + id.GetString()); }")]
    [InlineData("await http.GetStringAsync(Files + (string?){|AIG4007:node[\"output_file_id\"]|});")]
    [InlineData("await http.GetStringAsync(Files + {|AIG4007:batch!.OutputFileId|});")]
    [InlineData("if (batch!.Status == \"completed\") { await http.GetStringAsync(Files + {|AIG4007:batch.OutputFileId|}); }")]
    [InlineData("await http.SendAsync(new HttpRequestMessage(HttpMethod.Get, Files + {|AIG4007:batch!.Output|}));")]
    [InlineData("await http.GetStringAsync(Files + {|AIG4007:node[\"output_file_id\"]|}!.GetValue<string>());")]
    [InlineData("if ({|AIG4007:node.AsObject().TryGetPropertyValue(\"output_file_id\", out var id)|}) { await http.GetStringAsync(Files + id); }")]
    public Task Output_over_http_is_reported(string statements) => Verify.VerifyAnalyzerAsync(Http(statements), static test => test.SilentWithoutSdk = false);

    [Theory]
    [InlineData("if (doc.RootElement.TryGetProperty(\"error_file_id\", out _)) { return; } await http.GetStringAsync(Files + doc.RootElement.GetProperty(\"output_file_id\").GetString());")]
    [InlineData("var failed = node[\"request_counts\"]![\"failed\"]; await http.GetStringAsync(Files + (string?)node[\"output_file_id\"]);")]
    [InlineData("if (batch!.ErrorFileId != null) { return; } await http.GetStringAsync(Files + batch.OutputFileId);")]
    [InlineData("System.Console.WriteLine(batch!.Counts); await http.GetStringAsync(Files + batch.OutputFileId);")] // by its name in JSON
    [InlineData("Check(node); await http.GetStringAsync(Files + (string?)node[\"output_file_id\"]);")]
    [InlineData("Check(batch); await http.GetStringAsync(Files + batch!.OutputFileId);")]
    [InlineData("await http.GetStringAsync(Files + (string?)node[\"input_file_id\"]);")]
    [InlineData("await http.GetStringAsync(Files + own.OutputFileId);")] // no reply is read into it
    public Task Output_over_http_beside_the_rest_is_not_reported(string statements) => Verify.VerifyAnalyzerAsync(Http(statements));

    [Fact]
    public Task Output_in_the_json_of_a_client_is_reported() => Verify.VerifyAnalyzerAsync(
        """
        using System.ClientModel;
        using System.Text.Json;
        using System.Threading.Tasks;
        using OpenAI.Batch;
        using OpenAI.Files;

        class C
        {
            async Task M(BatchClient client, OpenAIFileClient files, BinaryContent content)
            {
                CreateBatchOperation operation = await client.CreateBatchAsync(content, waitUntilCompleted: true);
                ClientResult reply = await operation.GetBatchAsync(null);
                using var doc = JsonDocument.Parse(reply.GetRawResponse().Content);
                string outputFileId = {|AIG4007:doc.RootElement.GetProperty("output_file_id")|}.GetString()!;
                await files.DownloadFileAsync(outputFileId);
            }
        }
        """);

    [Theory]
    [InlineData("if ({|AIG4007:item.Result.TryPickSucceeded(out var ok)|}) { Save(ok); }")]
    [InlineData("if ({|AIG4007:item.Result.TryPickSucceeded(out var ok)|} && ok.Message.ID != null) { Save(ok); }")]
    [InlineData("if ({|AIG4007:item.Result.TryPickSucceeded(out var ok)|}) { Save(ok); } count++;")]
    [InlineData("if (!{|AIG4007:item.Result.TryPickSucceeded(out var ok)|}) { continue; } Save(ok);")]
    [InlineData("if (!{|AIG4007:item.Result.TryPickSucceeded(out var ok)|}) continue; Save(ok);")]
    [InlineData("if ({|AIG4007:item.Result.TryPickSucceeded(out var ok)|}) { Save(ok); } else { }")]
    [InlineData("if ({|AIG4007:item.Result.Value is MessageBatchSucceededResult ok|}) { Save(ok); }")]
    [InlineData("if ({|AIG4007:item.Result.Value is MessageBatchSucceededResult { Message: var message }|}) { Save(message); }")]
    [InlineData("if ({|AIG4007:item.Result.Value is MessageBatchSucceededResult|}) { Save((MessageBatchSucceededResult)item.Result.Value); }")]
    [InlineData("var result = item.Result; if ({|AIG4007:result.TryPickSucceeded(out var ok)|}) { Save(ok); }")]
    [InlineData("var ok = {|AIG4007:item.Result.Value as MessageBatchSucceededResult|}; if (ok != null) { Save(ok); }")]
    [InlineData("var ok = {|AIG4007:item.Result.Value as MessageBatchSucceededResult|}; if (ok is null) { continue; } Save(ok);")]
    public Task Requests_that_are_passed_over_are_reported(string statements) => Verify.VerifyAnalyzerAsync(Anthropic(statements));

    [Theory]
    [InlineData("if (item.Result.TryPickSucceeded(out var ok)) { Save(ok); } else { count++; }")]
    [InlineData("if (item.Result.TryPickSucceeded(out var ok)) { Save(ok); continue; } count++;")]
    [InlineData("if (!item.Result.TryPickSucceeded(out var ok)) { count++; continue; } Save(ok);")]
    [InlineData("if (!item.Result.TryPickSucceeded(out var ok)) { throw new InvalidOperationException(item.CustomID); } Save(ok);")]
    [InlineData("if (item.Result.TryPickErrored(out var error)) { Save(error); } else if (item.Result.TryPickSucceeded(out var ok)) { Save(ok); }")]
    [InlineData("if (item.Result.TryPickSucceeded(out var ok)) { Save(ok); } if (item.Result.TryPickErrored(out var error)) { Save(error); }")]
    [InlineData("item.Result.Switch(Save, Save, Save, Save);")]
    [InlineData("switch (item.Result.Value) { case MessageBatchSucceededResult ok: Save(ok); break; default: count++; break; }")]
    [InlineData("Save(item.Result.TryPickSucceeded(out var ok) ? ok : null);")]
    [InlineData("if (item.Result.Type != MessageBatchResultType.Succeeded) { count++; } if (item.Result.TryPickSucceeded(out var ok)) { Save(ok); }")]
    [InlineData("var ok = item.Result.Value as MessageBatchSucceededResult; if (ok is null) { count++; continue; } Save(ok);")]
    [InlineData("var ok = (MessageBatchSucceededResult)item.Result.Value; Save(ok);")] // throws for the others
    [InlineData("Save(item); if (item.Result.TryPickSucceeded(out var ok)) { Save(ok); }")] // may look
    [InlineData("if (item.Result.TryPickSucceeded(out var ok)) { Save(ok); } if (batch.RequestCounts.Errored > 0) { count++; }")]
    [InlineData("foreach (var given in items) { if (given.Result.TryPickSucceeded(out var ok)) { Save(ok); } }")] // the caller may have looked
    public Task Requests_that_are_dealt_with_are_not_reported(string statements) => Verify.VerifyAnalyzerAsync(Anthropic(statements));

    [Fact]
    public Task Filters_keep_what_succeeded() => Verify.VerifyAnalyzerAsync(
        """
        using System.Collections.Generic;
        using System.Linq;
        using System.Threading.Tasks;
        using Anthropic;
        using Anthropic.Models.Messages.Batches;

        class C
        {
            async Task<List<string>> M(AnthropicClient client, string id)
            {
                var all = new List<string>();
                await foreach (var item in client.Messages.Batches.ResultsStreaming(id).Where(r => {|AIG4007:r.Result.TryPickSucceeded(out _)|}))
                {
                    all.Add(item.CustomID);
                }

                return all;
            }
        }
        """);

    [Fact]
    public Task Beta_batches_are_batches() => Verify.VerifyAnalyzerAsync(
        """
        using System.Threading.Tasks;
        using Anthropic;
        using Anthropic.Models.Beta.Messages.Batches;

        class C
        {
            async Task M(AnthropicClient client, string id)
            {
                await foreach (var item in client.Beta.Messages.Batches.ResultsStreaming(id))
                {
                    if ({|#0:item.Result.TryPickSucceeded(out var ok)|})
                    {
                        System.Console.WriteLine(ok.Message.ID);
                    }
                }
            }
        }
        """,
        Verify.Diagnostic("AIG4007").WithLocation(0).WithArguments("'item.Result.TryPickSucceeded(out var ok)' passes over the requests of the message batch that failed, expired or were canceled; handle them too, or read 'RequestCounts'"));

    [Fact]
    public Task Message_names_where_the_rest_is() => Verify.VerifyAnalyzerAsync(
        OpenAI("await Save({|#0:batch.OutputFileId|});"),
        Verify.Diagnostic("AIG4007").WithLocation(0).WithArguments("'batch.OutputFileId' has the requests of the batch that succeeded; read 'ErrorFileId' or 'FailedAt' for the others"));

    [Fact]
    public Task Services_as_teams_write_them() => Verify.VerifyAnalyzerAsync(
        """
        using System;
        using System.Collections.Generic;
        using System.Linq;
        using System.Threading;
        using System.Threading.Tasks;
        using Anthropic;
        using Anthropic.Models.Messages.Batches;

        record Answer(string Id, string? Text);

        interface ISink { Task StoreAsync(MessageBatchIndividualResponse item); }

        class Results(IAnthropicClient client, ISink sink)
        {
            // Keeps the answers, and forgets which questions have none.
            public async Task<IReadOnlyList<Answer>> Collect(string id, CancellationToken stop)
            {
                List<Answer> answers = [];
                await foreach (var item in client.Messages.Batches.ResultsStreaming(id, cancellationToken: stop).WithCancellation(stop))
                {
                    if ({|AIG4007:item.Result.TryPickSucceeded(out var succeeded)|})
                    {
                        answers.Add(new(item.CustomID, succeeded.Message.ID));
                    }
                }

                return answers;
            }

            public async Task Store(string id)
            {
                await foreach (var item in client.Messages.Batches.ResultsStreaming(id))
                {
                    await sink.StoreAsync(item);
                    if (item.Result.TryPickSucceeded(out var succeeded))
                    {
                        Console.WriteLine(succeeded.Message.ID);
                    }
                }
            }

            public async IAsyncEnumerable<Answer> Stream(string id)
            {
                await foreach (var item in client.Messages.Batches.ResultsStreaming(id))
                {
                    yield return item.Result.TryPickSucceeded(out var succeeded) ? new(item.CustomID, succeeded.Message.ID) : new(item.CustomID, null);
                }
            }

            public static bool Succeeded(MessageBatchIndividualResponse item) => item.Result.TryPickSucceeded(out _);
        }
        """);

    [Fact]
    public Task Half_typed_code_does_no_harm() => AnalyzerFuzz.VerifyNeverThrowsAsync<AiGuardrails.Analyzers.Rules.Jobs.BatchOutcomeTakenAsSuccessAnalyzer>(
        Anthropic("if (item.Result.TryPickSucceeded(out var ok) && item.Result.Value is MessageBatchSucceededResult) { Save(ok); }"));

    private static string OpenAI(string statements) =>
        $$"""
        #pragma warning disable CS1998, CS0219, CS8321
        using System;
        using System.Text.Json;
        using System.Threading.Tasks;
        using OpenAI.Batch;
        using OpenAI.Files;

        class C
        {
            BatchJob _last = null!;
            string? _output;

            async Task M(BatchClient client, OpenAIFileClient files, CreateBatchOperation operation, BatchJob given)
            {
                await operation.WaitForCompletionAsync();
                var batch = (BatchJob)await operation.GetBatchAsync(null);
                {{statements}}
            }

            static Task Save(string id) => Task.CompletedTask;

            static void Ensure(object batch) { }

            static void Report(string id) { }
        }

        class Entry { public string? Output { get; set; } }
        """;

    private static string Http(string statements) =>
        $$"""
        #pragma warning disable CS1998, CS0219, CS8321
        using System.Net.Http;
        using System.Net.Http.Json;
        using System.Text.Json;
        using System.Text.Json.Nodes;
        using System.Text.Json.Serialization;
        using System.Threading.Tasks;

        class C
        {
            const string Url = "https://api.openai.com/v1/batches/batch_1";
            const string Files = "https://api.openai.com/v1/files/";

            async Task M(HttpClient http, Own own)
            {
                var json = await http.GetStringAsync(Url);
                using var doc = JsonDocument.Parse(json);
                var node = JsonNode.Parse(json)!;
                var batch = await http.GetFromJsonAsync<Batch>(Url);
                {{statements}}
            }

            static void Check(object? value) { }

            class Batch
            {
                public string Status { get; set; } = "";
                public string? OutputFileId { get; set; }
                [JsonPropertyName("output_file_id")] public string? Output { get; set; }
                [JsonPropertyName("request_counts")] public object? Counts { get; set; }
                [JsonPropertyName("error_file_id")] public string? ErrorFileId { get; set; }
            }
        }

        class Own { public string? OutputFileId { get; set; } }
        """;

    private static string Anthropic(string statements) =>
        $$"""
        #pragma warning disable CS1998, CS0219, CS8321
        using System;
        using System.Collections.Generic;
        using System.Threading.Tasks;
        using Anthropic;
        using Anthropic.Models.Messages.Batches;

        class C
        {
            async Task M(AnthropicClient client, MessageBatch batch, List<MessageBatchIndividualResponse> items)
            {
                var count = 0;
                while (batch.ProcessingStatus != ProcessingStatus.Ended)
                {
                    batch = await client.Messages.Batches.Retrieve(batch.ID);
                }

                await foreach (var item in client.Messages.Batches.ResultsStreaming(batch.ID))
                {
                    {{statements}}
                }
            }

            static void Save(object? value) { }
        }
        """;
}
