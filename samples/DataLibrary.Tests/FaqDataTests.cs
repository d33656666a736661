using AiGuardrails;

namespace DataLibrary.Tests;

public sealed class FaqDataTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("faq-").FullName;

    [Theory]
    [InlineData("openai-chat")]
    [InlineData("bedrock-converse")]
    [InlineData("trl-chat")]
    public async Task Data_have_no_error_and_no_warning_for(string target)
    {
        var path = Path.Combine(_folder, target + ".jsonl");
        await TrainingFile.WriteAsync(path, FaqData.Examples, new TrainingWriteOptions { Target = TrainingTarget.Parse(target), RefuseDuplicates = true, RefuseConflicts = true });

        var report = await TrainingFile.ValidateAsync(path, TrainingTarget.Parse(target));

        Assert.Equal(FaqData.Examples.Count(), report.Records);
        Assert.Empty(report.Findings.Where(static finding => finding.Level >= TrainingFindingLevel.Warning).Select(static finding => finding.ToString()));
    }

    [Fact]
    public async Task Held_out_examples_are_not_trained_on()
    {
        var (training, validation) = (Path.Combine(_folder, "train.jsonl"), Path.Combine(_folder, "valid.jsonl"));
        await TrainingFile.SplitAsync(training, validation, FaqData.Examples, new TrainingSplit { ValidationShare = 0.2 });

        var report = await TrainingFile.ValidateAsync(validation, TrainingTarget.OpenAIChat, new TrainingCheckOptions { IsValidation = true, TrainingPath = training });

        Assert.NotEqual(0, report.Records);
        Assert.DoesNotContain(report.Findings, static finding => finding.Rule == "AIG9005" && finding.Level >= TrainingFindingLevel.Warning);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
