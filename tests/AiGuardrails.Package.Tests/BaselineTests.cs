namespace AiGuardrails.Package.Tests;

/// <summary>The tool writes a baseline, and builds that treat warnings as errors succeed with it until something is new.</summary>
[Collection(PackageCollection.Name)]
public sealed class BaselineTests(PackageFixture package)
{
    private const string Name = "aiguardrails.baseline.json";

    private static readonly string[] s_strict = ["TreatWarningsAsErrors=true"];

    [Fact]
    public async Task Code_with_a_baseline_builds_until_something_is_new()
    {
        var (baseline, added) = (package.PathOf("Chat", Name), package.PathOf("Chat", "Added.cs"));
        try
        {
            var written = (await package.RunToolAsync("Chat", "baseline")).EnsureSuccess();
            Assert.Contains("known findings in 2 files", written.Output, StringComparison.Ordinal);

            // Suppressed, and still counted.
            var (result, log) = await package.BuildAsync("Chat", s_strict);
            Assert.DoesNotContain("AIG", result.EnsureSuccess().Output, StringComparison.Ordinal);
            Assert.Equal(package.MarkedLines("Chat").Count(), log.OurFindings.Count());
            Assert.All(log.OurFindings, static finding => Assert.True(finding.IsSuppressed, finding.ToString()));
            SarifRequirements.Verify(package.PathOf("Chat", "Chat.case.sarif"));

            var summary = await package.RunToolAsync("Chat", "check", "--format", "json");
            Assert.Contains($"\"known\": {log.OurFindings.Count()}", summary.EnsureSuccess().Output, StringComparison.Ordinal);

            await File.WriteAllTextAsync(added, "namespace Chat;\ninternal static class Added\n{\n    public static OpenAI.Chat.ChatClient Create(string key) => new(\"ft:gpt-4o-mini-2024-07-18:acme::AbC12345\", key);\n}\n");
            (result, log) = await package.BuildAsync("Chat", s_strict);
            Assert.Equal(1, result.ExitCode);
            Assert.Equal(["Added.cs(4): error AIG1001"], log.OurFindings.Where(static finding => !finding.IsSuppressed).Select(static finding => finding.ToString()));
        }
        finally
        {
            File.Delete(baseline);
            File.Delete(added);
        }
    }

    [Fact]
    public async Task Data_with_errors_builds_and_a_mended_line_is_stale()
    {
        // In the folder above, where a solution would have it.
        var (baseline, data) = (package.PathOf(Name), package.PathOf("TrainingData", "data", "train.jsonl"));
        var before = await File.ReadAllTextAsync(data);
        try
        {
            await File.WriteAllTextAsync(data, before + "not json\n");
            _ = (await package.RunToolAsync("TrainingData", "baseline", "-o", "..")).EnsureSuccess();
            Assert.Contains("{\"rule\":\"AIG9001\",\"file\":\"TrainingData/data/train.jsonl\",\"code\":\"", await File.ReadAllTextAsync(baseline), StringComparison.Ordinal);

            // What is an error by default is known, too.
            var (result, log) = await package.BuildAsync("TrainingData", s_strict);
            _ = result.EnsureSuccess();
            Assert.Contains(log.OurFindings, static finding => finding is { Id: "AIG9001", Level: "error", IsSuppressed: true });

            await File.WriteAllTextAsync(data, before);
            (result, log) = await package.BuildAsync("TrainingData", s_strict);
            _ = result.EnsureSuccess();
            Assert.Equal([$"{Name}: note AIG0003"], log.OurFindings.Where(static finding => !finding.IsSuppressed).Select(static finding => $"{finding.File}: {finding.Level} {finding.Id}"));

            // Not this one.
            (result, log) = await package.BuildAsync("TrainingData", ["AiGuardrailsBaseline=None"]);
            Assert.DoesNotContain(log.OurFindings, static finding => finding.IsSuppressed);

            // A file that cannot be read, and one that is not there.
            await File.WriteAllTextAsync(baseline, "{ \"version\": 1,\n<<<<<<< HEAD\n");
            (result, log) = await package.BuildAsync("TrainingData");
            Assert.Single(log.OurFindings, static finding => finding is { Id: "AIG0003", Level: "warning", Line: 2 });
            Assert.Contains(result.Lines, static line => line.Contains($"{Name}(2,1): warning AIG0003: The baseline cannot be used and no finding counts as known", StringComparison.Ordinal));
            Assert.DoesNotContain(log.OurFindings, static finding => finding.IsSuppressed);

            (result, _) = await package.BuildAsync("TrainingData", ["AiGuardrailsBaseline=nowhere/aiguardrails.baseline.json"]);
            Assert.Single(result.Lines, static line => line.Contains("warning AIGM009: The baseline ", StringComparison.Ordinal));
        }
        finally
        {
            File.Delete(baseline);
            await File.WriteAllTextAsync(data, before);
        }
    }

    [Fact]
    public async Task Search_ends_at_the_root_of_the_repository()
    {
        var (baseline, repository) = (package.PathOf(Name), package.PathOf("Plain", ".git"));
        await File.WriteAllTextAsync(baseline, "{\"version\":1,\"findings\":[]}");
        try
        {
            Assert.Contains(Name, await FilesAsync(), StringComparison.Ordinal);

            // As in a worktree.
            await File.WriteAllTextAsync(repository, "gitdir: elsewhere\n");
            Assert.DoesNotContain(Name, await FilesAsync(), StringComparison.Ordinal);

            await File.WriteAllTextAsync(package.PathOf("Plain", Name), "{\"version\":1,\"findings\":[]}");
            Assert.Contains(package.PathOf("Plain", Name), await FilesAsync(), StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(baseline);
            File.Delete(repository);
            File.Delete(package.PathOf("Plain", Name));
        }

        async Task<string> FilesAsync() =>
            (await package.RunAsync("msbuild", package.PathOf("Plain"), "-nologo", "-t:AiGuardrailsConfigureCompiler", "-getItem:AdditionalFiles")).EnsureSuccess().Output.Replace("\\\\", "\\", StringComparison.Ordinal);
    }
}
