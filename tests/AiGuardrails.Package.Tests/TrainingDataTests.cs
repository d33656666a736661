namespace AiGuardrails.Package.Tests;

/// <summary>Files of training data that a project declares: checked in its build, with the settings of the team.</summary>
[Collection(PackageCollection.Name)]
public sealed class TrainingDataTests(PackageFixture package)
{
    private const string Project = "TrainingData";

    [Fact]
    public void Findings_stand_in_the_files_at_their_line_and_column()
    {
        var output = package.DefaultOutput(Project);

        Assert.Contains("train.jsonl(2,83): warning AIG9009: the answer is a placeholder", output, StringComparison.Ordinal);
        Assert.Contains("train.jsonl(3,1): warning AIG9003: the example is the same as that of line 1", output, StringComparison.Ordinal);
        Assert.Contains("train.jsonl(4,22): warning AIG9002: ", output, StringComparison.Ordinal);
        Assert.Contains("valid.jsonl(2,1): warning AIG9005: the input is that of line 1 of the training file", output, StringComparison.Ordinal);
        Assert.DoesNotContain("AIGM", output, StringComparison.Ordinal);
    }

    [Fact]
    public void Log_has_them_too_and_settings_beside_the_data_count() => Assert.Equal(
        ["train.jsonl(2): warning AIG9009", "train.jsonl(3): warning AIG9003", "train.jsonl(4): warning AIG9002", "valid.jsonl(2): warning AIG9005"],
        package.DefaultLog(Project).OurFindings.Where(static finding => finding.Level != "note").Select(static finding => finding.ToString()));

    [Fact]
    public async Task Editorconfig_sets_levels_for_one_file()
    {
        var (result, log) = await package.BuildAsync(
            Project,
            editorConfig: "[data/train.jsonl]\ndotnet_diagnostic.AIG9003.severity = error\ndotnet_diagnostic.AIG9009.severity = none\n[*.cs]\ndotnet_diagnostic.AIG9002.severity = none\n[data/valid.jsonl]\ndotnet_analyzer_diagnostic.category-AiGuardrails.TrainingData.severity = suggestion\n");

        Assert.NotEqual(0, result.ExitCode);
        Assert.Equal(
            ["train.jsonl(3): error AIG9003", "train.jsonl(4): warning AIG9002", "valid.jsonl(2): note AIG9005"],
            log.OurFindings.Where(static finding => finding.Line > 1).Select(static finding => finding.ToString()));
    }

    [Fact]
    public async Task Warnings_become_errors_and_are_silenced_for_the_project()
    {
        var (result, log) = await package.BuildAsync(Project, ["WarningsAsErrors=AIG9002", "NoWarn=AIG9003"]);

        Assert.NotEqual(0, result.ExitCode);
        Assert.Contains(result.Lines, static line => line.Contains("train.jsonl(4,22): error AIG9002", StringComparison.Ordinal));
        Assert.DoesNotContain(result.Lines, static line => line.Contains("AIG9003", StringComparison.Ordinal));
        Assert.Contains(log.OurFindings, static finding => finding is { Id: "AIG9009", Level: "warning" });
    }

    [Fact]
    public async Task File_beyond_the_limit_is_named_and_kept_from_the_compiler()
    {
        var path = package.PathOf(Project, "data", "large, #1.jsonl");
        await File.WriteAllTextAsync(path, string.Concat(Enumerable.Repeat("nonsense ", 1024 * 1024)));
        try
        {
            var (result, log) = await package.BuildAsync(Project);

            _ = result.EnsureSuccess();
            var finding = Assert.Single(log.OurFindings, static finding => finding.File.StartsWith("large", StringComparison.Ordinal));
            Assert.Equal(("AIG9012", "note"), (finding.Id, finding.Level));

            var files = await package.RunAsync("msbuild", package.PathOf(Project), "-nologo", "-t:AiGuardrailsConfigureCompiler", "-getItem:AdditionalFiles");
            Assert.Contains("train.jsonl", files.EnsureSuccess().Output, StringComparison.Ordinal);
            Assert.DoesNotContain("large, #1.jsonl\"", files.Output, StringComparison.Ordinal);

            // What .editorconfig allows, the build lets in.
            (_, log) = await package.BuildAsync(Project, editorConfig: "[data/*.jsonl]\naiguardrails.max_file_mb = 16\n");
            Assert.Contains(log.OurFindings, static finding => finding.File.StartsWith("large", StringComparison.Ordinal) && finding.Id == "AIG9001");
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public async Task Declarations_that_cannot_be_read_give_one_warning_each()
    {
        var (result, log) = await package.BuildAsync(Project, ["Broken=true"]);

        _ = result.EnsureSuccess();
        Assert.Single(result.Lines, static line => line.Contains("warning AIGM004: 'openai' is not a target", StringComparison.Ordinal));
        Assert.Single(result.Lines, static line => line.Contains("warning AIGM005: The training data", StringComparison.Ordinal) && line.Contains("missing.jsonl", StringComparison.Ordinal));
        Assert.Single(result.Lines, static line => line.Contains("warning AIGM005: The validation data", StringComparison.Ordinal) && line.Contains("none.jsonl", StringComparison.Ordinal));
        Assert.Single(result.Lines, static line => line.Contains("warning AIGM006: 'many' is not a number of epochs", StringComparison.Ordinal));
        Assert.Single(result.Lines, static line => line.Contains("warning AIGM006", StringComparison.Ordinal) && line.Contains("has a MaxCostUsd and no BaseModel", StringComparison.Ordinal));
        Assert.Contains(log.OurFindings, static finding => finding is { Id: "AIG9003", File: "train.jsonl" });

        // A vocabulary that is none, and one that is not there.
        Assert.Single(result.Lines, static line => line.Contains("warning AIG0001: 'Names.cs' is not a valid value of 'Tokenizer'; expected the published vocabulary of the model, and line 1 is not", StringComparison.Ordinal));
        Assert.Single(result.Lines, static line => line.Contains("warning AIGM005: The vocabulary", StringComparison.Ordinal) && line.Contains("none.tiktoken", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Change_of_the_data_alone_is_seen_by_the_next_build()
    {
        var path = package.PathOf(Project, "data", "more.jsonl");
        string[] build = ["msbuild", package.PathOf(Project), "-t:Build", "-nologo", "-v:q", "-tl:off", "-p:Case=incremental"];
        try
        {
            await File.WriteAllTextAsync(path, "{\"messages\":[{\"role\":\"user\",\"content\":\"a\"},{\"role\":\"assistant\",\"content\":\"b\"}]}\n");
            Assert.DoesNotContain("more.jsonl", (await package.RunAsync(build)).EnsureSuccess().Output, StringComparison.Ordinal);

            await File.WriteAllTextAsync(path, "nonsense\n");
            Assert.Contains("more.jsonl(1,1): error AIG9001", (await package.RunAsync(build)).Output, StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(path);
        }
    }

    /// <summary>The names in the targets file are those of the linter.</summary>
    [Fact]
    public void Build_knows_every_target()
    {
        var text = package.TextOf("build/AiGuardrails.TrainingData.targets");
        var start = text.IndexOf("<_AiTrainingTargets>", StringComparison.Ordinal) + "<_AiTrainingTargets>".Length;
        var names = text[start..text.IndexOf('<', start)].Split(';', StringSplitOptions.RemoveEmptyEntries);
        var source = File.ReadAllText(Path.Combine(BuildFacts.RepositoryRoot, "src", "AiGuardrails.Core", "Training", "TrainingTarget.cs"));

        Assert.Equal(
            System.Text.RegularExpressions.Regex.Matches(source, "= new\\(\"(?<name>[a-z-]+)\"\\)", System.Text.RegularExpressions.RegexOptions.None, TimeSpan.FromSeconds(5)).Select(static match => match.Groups["name"].Value),
            names);
    }
}
