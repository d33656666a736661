using Verify = AiGuardrails.Testing.CSharpAnalyzerVerifier<AiGuardrails.Analyzers.Rules.Cost.TrainingBudgetExceededAnalyzer>;

namespace AiGuardrails.Analyzers.Tests.Rules.Cost;

public sealed class AIG2009_TrainingBudgetExceededTests
{
    private const string Usings =
        """
        using System;
        using System.IO;
        using System.Threading.Tasks;
        using AiGuardrails;
        using OpenAI.Files;
        using OpenAI.FineTuning;

        """;

    // 1,000 lines of about 30 tokens each; at $25 per million, $0.75 an epoch.
    private static readonly string s_file = string.Concat(Enumerable.Repeat(
        "{\"messages\":[{\"role\":\"user\",\"content\":\"Where is the parcel that I ordered last week?\"},{\"role\":\"assistant\",\"content\":\"It is on its way and arrives tomorrow.\"}]}\n", 1000));

    private static Task VerifyAsync(string source, params AiGuardrails.Testing.DiagnosticResult[] expected) =>
        Verify.VerifyAnalyzerAsync(Usings + source, static test => test.AdditionalFiles.Add("data/train.jsonl", s_file), expected);

    private static string Method(string body, string budget = "[CostBudget(MaxUsd = 0.25)]") => $$"""
        class Trainer
        {
            {{budget}}
            public async Task<FineTuningJob> Train(OpenAIFileClient files, FineTuningClient client, string text, bool flag, FineTuningOptions given)
            {
                {{body}}
            }
        }
        """;

    [Theory]
    [InlineData("OpenAIFile file = await files.UploadFileAsync(\"train.jsonl\", FileUploadPurpose.FineTune); return await client.{|AIG2009:FineTuneAsync|}(\"gpt-4.1-2025-04-14\", file.Id, false);")]
    [InlineData("var file = await files.UploadFileAsync(\"data/train.jsonl\", FileUploadPurpose.FineTune); return await client.{|AIG2009:FineTuneAsync|}(\"gpt-4.1\", file.Value.Id, false);")]
    [InlineData("var file = files.UploadFile(Path.Combine(text, \"train.jsonl\"), \"fine-tune\"); return client.{|AIG2009:FineTune|}(\"gpt-4.1-2025-04-14\", file.Value.Id, waitUntilCompleted: true);")]
    [InlineData("var file = files.UploadFile($\"{text}/train.jsonl\", \"fine-tune\").Value; var id = file.Id; return client.{|AIG2009:FineTune|}(\"gpt-4.1-2025-04-14\", id, true);")]
    [InlineData("await using var stream = File.OpenRead(text); OpenAIFile file = await files.UploadFileAsync(stream, \"train.jsonl\", FileUploadPurpose.FineTune); return await client.{|AIG2009:FineTuneAsync|}(\"gpt-4.1-2025-04-14\", file.Id, false);")]
    [InlineData("return await client.{|AIG2009:FineTuneAsync|}(\"gpt-4.1-2025-04-14\", (await files.UploadFileAsync(\"train.jsonl\", FileUploadPurpose.FineTune)).Value.Id, false);")]
    [InlineData("const string Model = \"gpt-4.1-2025-04-14\"; const string Name = \"TRAIN.jsonl\"; var file = files.UploadFileAsync(Name, FileUploadPurpose.FineTune).GetAwaiter().GetResult(); return client.{|AIG2009:FineTune|}(Model, file.Value.Id, false);")]
    [InlineData("OpenAIFile valid = await files.UploadFileAsync(\"valid.jsonl\", FileUploadPurpose.FineTune); OpenAIFile file = await files.UploadFileAsync(\"train.jsonl\", FileUploadPurpose.FineTune); return await client.{|AIG2009:FineTuneAsync|}(\"gpt-4.1-2025-04-14\", file.Id, false, new FineTuningOptions { ValidationFile = valid.Id, Suffix = \"acme\", Seed = 7 });")]
    [InlineData("var file = await files.UploadFileAsync(\"train.jsonl\", FileUploadPurpose.FineTune); var start = () => client.{|AIG2009:FineTune|}(\"gpt-4.1-2025-04-14\", file.Value.Id, false); return start();")]
    public Task Start_that_costs_more_than_its_budget_is_reported(string body) => VerifyAsync(Method(body));

    [Theory]
    [InlineData("new() { TrainingMethod = FineTuningTrainingMethod.CreateSupervised(epochCount: 3) }")]
    [InlineData("new FineTuningOptions { TrainingMethod = FineTuningTrainingMethod.CreateSupervised(batchSize: 4, epochCount: 3, learningRate: 0.1) }")]
    [InlineData("new() { TrainingMethod = FineTuningTrainingMethod.CreateDirectPreferenceOptimization(epochCount: 3) }")]
    [InlineData("new() { TrainingMethod = flag ? FineTuningTrainingMethod.CreateSupervised(epochCount: 2) : FineTuningTrainingMethod.CreateSupervised(epochCount: 3) }")]
    [InlineData("Options()")]
    public Task Epochs_of_the_options_count(string options) => VerifyAsync(
        Method($"OpenAIFile file = await files.UploadFileAsync(\"train.jsonl\", FileUploadPurpose.FineTune); return await client.{{|AIG2009:FineTuneAsync|}}(\"gpt-4.1-2025-04-14\", file.Id, false, {options});", "[CostBudget(MaxUsd = 1.25)]")
            .Replace("class Trainer\n{", "class Trainer\n{\n    private static FineTuningOptions Options() => new() { TrainingMethod = FineTuningTrainingMethod.CreateSupervised(epochCount: HyperparameterEpochCount.CreateEpochCount(3)) };\n", StringComparison.Ordinal));

    [Fact]
    public Task Message_names_everything_that_the_estimate_is_made_of() => VerifyAsync(
        Method(
            "OpenAIFile file = await files.UploadFileAsync(\"train.jsonl\", FileUploadPurpose.FineTune); return await client.{|#0:FineTuneAsync|}(\"gpt-4.1-2025-04-14\", file.Id, false, new FineTuningOptions { TrainingMethod = FineTuningTrainingMethod.CreateSupervised(epochCount: 3) });",
            "[CostBudget(MaxUsd = 2)]"),
        Verify.Diagnostic("AIG2009").WithLocation(0).WithArguments(
            "Training 'gpt-4.1-2025-04-14' with 'train.jsonl' is estimated to cost $2.25, and the budget is $2: 1,000 examples, 30,000 tokens (30,000 to 32,088), 3 epochs, $25 per million tokens as of 2026-08-21, $2.25 to $2.41 in all"));

    [Fact]
    public Task Start_whose_upper_bound_alone_is_over_is_a_suggestion() => VerifyAsync(
        Method("OpenAIFile file = await files.UploadFileAsync(\"train.jsonl\", FileUploadPurpose.FineTune); return await client.{|#0:FineTuneAsync|}(\"gpt-4.1-2025-04-14\", file.Id, false);", "[CostBudget(MaxUsd = 1.5)]"),
        Verify.Diagnostic("AIG2009").WithLocation(0).WithSeverity(Microsoft.CodeAnalysis.DiagnosticSeverity.Info).WithArguments(
            "Training 'gpt-4.1-2025-04-14' with 'train.jsonl' may cost up to $2.41, and the budget is $1.50: 1,000 examples, 30,000 tokens (30,000 to 32,088), 1 to 3 epochs, $25 per million tokens as of 2026-08-21, $0.75 to $2.41 in all"));

    [Theory]
    [InlineData("given")]
    [InlineData("Options(text)")]
    [InlineData("new() { TrainingMethod = Method(text) }")]
    [InlineData("new() { TrainingMethod = FineTuningTrainingMethod.CreateSupervised(epochCount: int.Parse(text)) }")]
    [InlineData("flag ? null : new() { TrainingMethod = FineTuningTrainingMethod.CreateSupervised(epochCount: 1) }")]
    public Task Epochs_out_of_view_are_at_least_one(string options) => VerifyAsync(
        Method(
            $"OpenAIFile file = await files.UploadFileAsync(\"train.jsonl\", FileUploadPurpose.FineTune); return await client.{{|#0:FineTuneAsync|}}(\"gpt-4.1-2025-04-14\", file.Id, false, {options});",
            "[CostBudget(MaxUsd = 1.5)]").Replace("class Trainer\n{", "class Trainer\n{\n    private static FineTuningOptions Options(string text) => throw new Exception();\n    private static FineTuningTrainingMethod Method(string text) => throw new Exception();\n", StringComparison.Ordinal),
        Verify.Diagnostic("AIG2009").WithLocation(0).WithSeverity(Microsoft.CodeAnalysis.DiagnosticSeverity.Info));

    [Theory]
    [InlineData("[CostBudget(MaxUsd = 5)]", "train.jsonl", "\"gpt-4.1-2025-04-14\"")] // enough
    [InlineData("", "train.jsonl", "\"gpt-4.1-2025-04-14\"")] // AIG2008
    [InlineData("[CostBudget]", "train.jsonl", "\"gpt-4.1-2025-04-14\"")]
    [InlineData("[CostBudget(Reason = \"later\")]", "train.jsonl", "\"gpt-4.1-2025-04-14\"")]
    [InlineData("[CostBudget(MaxUsd = double.NaN)]", "train.jsonl", "\"gpt-4.1-2025-04-14\"")]
    [InlineData("[CostBudget(MaxUsd = double.PositiveInfinity)]", "train.jsonl", "\"gpt-4.1-2025-04-14\"")]
    [InlineData("[CostBudget(MaxUsd = 0.25)]", "other.jsonl", "\"gpt-4.1-2025-04-14\"")]
    [InlineData("[CostBudget(MaxUsd = 0.25)]", "in.jsonl", "\"gpt-4.1-2025-04-14\"")]
    [InlineData("[CostBudget(MaxUsd = 0.25)]", "train.jsonl", "text")]
    [InlineData("[CostBudget(MaxUsd = 0.25)]", "train.jsonl", "text ?? \"gpt-4.1-2025-04-14\"")]
    [InlineData("[CostBudget(MaxUsd = 0.25)]", "train.jsonl", "flag ? \"gpt-4.1-2025-04-14\" : \"gpt-4.1-nano-2025-04-14\"")]
    [InlineData("[CostBudget(MaxUsd = 0.25)]", "train.jsonl", "\"a-model-of-ours\"")]
    [InlineData("[CostBudget(MaxUsd = 0.25)]", "train.jsonl", "\"gpt-4.1-nano-2025-04-14\"")] // $0.045 an epoch
    public Task Anything_that_is_not_known_or_not_over_is_silent(string budget, string file, string model) => VerifyAsync(
        Method($"OpenAIFile file = await files.UploadFileAsync(\"{file}\", FileUploadPurpose.FineTune); return await client.FineTuneAsync({model}, file.Id, false);", budget));

    [Theory]
    [InlineData("return await client.FineTuneAsync(\"gpt-4.1-2025-04-14\", text, false);")]
    [InlineData("return await client.FineTuneAsync(\"gpt-4.1-2025-04-14\", \"file-abc\", false);")]
    [InlineData("OpenAIFile file = await files.UploadFileAsync(text, FileUploadPurpose.FineTune); return await client.FineTuneAsync(\"gpt-4.1-2025-04-14\", file.Id, false);")]
    [InlineData("OpenAIFile file = await files.UploadFileAsync(text + \"train.jsonl\", FileUploadPurpose.FineTune); return await client.FineTuneAsync(\"gpt-4.1-2025-04-14\", file.Id, false);")]
    [InlineData("OpenAIFile file = await files.UploadFileAsync(flag ? \"train.jsonl\" : \"small.jsonl\", FileUploadPurpose.FineTune); return await client.FineTuneAsync(\"gpt-4.1-2025-04-14\", file.Id, false);")]
    [InlineData("OpenAIFile file = await files.UploadFileAsync(\"train.jsonl\", FileUploadPurpose.Batch); return await client.FineTuneAsync(\"gpt-4.1-2025-04-14\", file.Id, false);")]
    [InlineData("await files.UploadFileAsync(\"train.jsonl\", FileUploadPurpose.FineTune); OpenAIFile other = files.GetFile(text); return await client.FineTuneAsync(\"gpt-4.1-2025-04-14\", other.Id, false);")]
    [InlineData("OpenAIFile file = await files.UploadFileAsync(\"train.jsonl\", FileUploadPurpose.FineTune); return await client.FineTuneAsync(\"gpt-4.1-2025-04-14\", flag ? file.Id : text, false);")]
    public Task File_that_is_not_in_view_is_silent(string body) => VerifyAsync(Method(body));

    [Fact]
    public Task Nearest_budget_counts() => VerifyAsync(
        """
        [assembly: CostBudget(MaxUsd = 0.1)]

        [CostBudget(MaxUsd = 0.1)]
        class Outer
        {
            [CostBudget(MaxUsd = 10)]
            class Enough
            {
                public object M(OpenAIFileClient files, FineTuningClient client) =>
                    client.FineTune("gpt-4.1-2025-04-14", files.UploadFile("train.jsonl", FileUploadPurpose.FineTune).Value.Id, false);
            }

            class TooLittle
            {
                public object M(OpenAIFileClient files, FineTuningClient client) =>
                    client.{|AIG2009:FineTune|}("gpt-4.1-2025-04-14", files.UploadFile("train.jsonl", FileUploadPurpose.FineTune).Value.Id, false);
            }
        }

        class OfTheAssembly
        {
            public object M(OpenAIFileClient files, FineTuningClient client) =>
                client.{|AIG2009:FineTune|}("gpt-4.1-2025-04-14", files.UploadFile("train.jsonl", FileUploadPurpose.FineTune).Value.Id, false);
        }
        """);

    [Fact]
    public Task Top_level_statements_are_looked_at() => Verify.VerifyAnalyzerAsync(
        """
        using AiGuardrails;
        using OpenAI.Files;
        using OpenAI.FineTuning;

        [assembly: CostBudget(MaxUsd = 0.25)]

        var files = new OpenAIFileClient("key");
        OpenAIFile file = await files.UploadFileAsync("train.jsonl", FileUploadPurpose.FineTune);
        await new FineTuningClient("key").{|AIG2009:FineTuneAsync|}("gpt-4.1-2025-04-14", file.Id, waitUntilCompleted: false);
        """,
        static test =>
        {
            test.OutputKind = Microsoft.CodeAnalysis.OutputKind.ConsoleApplication;
            test.AdditionalFiles.Add("train.jsonl", s_file);
        });

    [Fact]
    public Task Files_of_one_name_are_told_apart_by_their_folder() => Verify.VerifyAnalyzerAsync(
        Usings + Method("OpenAIFile file = await files.UploadFileAsync(\"b/train.jsonl\", FileUploadPurpose.FineTune); return await client.{|AIG2009:FineTuneAsync|}(\"gpt-4.1-2025-04-14\", file.Id, false);"),
        static test =>
        {
            test.AdditionalFiles.Add("a/train.jsonl", "{\"messages\":[]}");
            test.AdditionalFiles.Add("b/train.jsonl", s_file);
        });

    [Fact]
    public Task Files_of_one_name_that_nothing_tells_apart_are_silent() => Verify.VerifyAnalyzerAsync(
        Usings + Method("OpenAIFile file = await files.UploadFileAsync(\"train.jsonl\", FileUploadPurpose.FineTune); return await client.FineTuneAsync(\"gpt-4.1-2025-04-14\", file.Id, false);"),
        static test =>
        {
            test.AdditionalFiles.Add("a/train.jsonl", s_file);
            test.AdditionalFiles.Add("b/train.jsonl", s_file);
        });

    [Theory]
    [InlineData("")]
    [InlineData("not JSON\n[1, 2]\n")]
    public Task File_without_an_example_is_silent(string text) => Verify.VerifyAnalyzerAsync(
        Usings + Method("OpenAIFile file = await files.UploadFileAsync(\"train.jsonl\", FileUploadPurpose.FineTune); return await client.FineTuneAsync(\"gpt-4.1-2025-04-14\", file.Id, false);", "[CostBudget(MaxUsd = 0)]"),
        test => test.AdditionalFiles.Add("train.jsonl", text));

    [Fact]
    public Task File_above_eight_megabytes_is_not_read() => Verify.VerifyAnalyzerAsync(
        Usings + Method("OpenAIFile file = await files.UploadFileAsync(\"train.jsonl\", FileUploadPurpose.FineTune); return await client.FineTuneAsync(\"gpt-4.1-2025-04-14\", file.Id, false);", "[CostBudget(MaxUsd = 0)]"),
        static test => test.AdditionalFiles.Add("train.jsonl", string.Concat(Enumerable.Repeat(s_file, (8 * 1024 * 1024 / s_file.Length) + 1))));

    [Fact]
    public Task Price_of_the_team_counts() => Verify.VerifyAnalyzerAsync(
        Usings + Method("OpenAIFile file = await files.UploadFileAsync(\"train.jsonl\", FileUploadPurpose.FineTune); return await client.{|AIG2009:FineTuneAsync|}(\"gpt-4.1-nano-2025-04-14\", file.Id, false);"),
        static test =>
        {
            test.AdditionalFiles.Add("train.jsonl", s_file);
            test.AdditionalFiles.Add(
                "aiguardrails.models.json",
                """{ "models": [ { "id": "gpt-4.1-nano-2025-04-14", "provider": "OpenAI", "price": { "trainingPerMillion": 90, "source": "our contract", "asOf": "2026-09-01" }, "source": "our contract", "asOf": "2026-09-01" } ] }""");
        });

    [Fact]
    public Task Azure_in_the_project_leaves_the_price_open() => Verify.VerifyAnalyzerAsync(
        Usings + Method("OpenAIFile file = await files.UploadFileAsync(\"train.jsonl\", FileUploadPurpose.FineTune); return await client.FineTuneAsync(\"gpt-4.1-2025-04-14\", file.Id, false);"),
        static test =>
        {
            test.References |= AiGuardrails.Testing.ReferenceSets.AzureOpenAI;
            test.AdditionalFiles.Add("train.jsonl", s_file);
        });

    [Fact]
    public Task Test_code_is_silent() => VerifyAsync(
        """
        class TestMethodAttribute : Attribute { }

        class Tests
        {
            [TestMethod]
            [CostBudget(MaxUsd = 0.25)]
            public void M(OpenAIFileClient files, FineTuningClient client) =>
                client.FineTune("gpt-4.1-2025-04-14", files.UploadFile("train.jsonl", FileUploadPurpose.FineTune).Value.Id, false);
        }
        """);

    [Theory]
    [InlineData("client.FineTune(\"gpt-4.1-2025-04-14\", files.UploadFile(\"train.jsonl\", ).Value.Id, ")]
    [InlineData("client.FineTune(, files.UploadFile(\"train.jsonl\", FileUploadPurpose.FineTune).Value.Id, false, new() { TrainingMethod = FineTuningTrainingMethod.CreateSupervised(epochCount: ")]
    [InlineData("var file = files.UploadFile(\"\", file); client.FineTune(\"gpt-4.1\", file.Value.Id, false)")]
    public Task Half_typed_code_does_no_harm(string statement) =>
        AiGuardrails.Testing.AnalyzerFuzz.VerifyNeverThrowsAsync<AiGuardrails.Analyzers.Rules.Cost.TrainingBudgetExceededAnalyzer>(
            Usings + "class C { [CostBudget(MaxUsd = 1)] void M(OpenAIFileClient files, FineTuningClient client) { " + statement + " } }");
}
