using System.Text;
using System.Text.Json;
using AiGuardrails.Core.Json;
using AiGuardrails.Core.Models;
using AiGuardrails.Core.Prompts;
using AiGuardrails.Core.Tests.Training.Linting;
using AiGuardrails.Core.Training.Linting;

namespace AiGuardrails.Fuzzing.Tests;

/// <summary>Damaged data files, prompt files and catalogues: findings with a place inside them, and nothing else.</summary>
public sealed class DataFileMutantTests
{
    // These run in microseconds; ten for one of the others costs nothing.
    private const int Cheap = 10;

    [Fact]
    public async Task Linter_finds_the_same_in_any_pieces_and_never_throws_or_hangs()
    {
        var random = new Random(Budget.Seed + 4);
        var mutator = new ByteMutator(random);
        var lines = TargetTests.Accepted.Select(static row => (Target: (string)row[0], Line: (string)row[1])).Concat(TargetTests.Refused.Select(static row => (Target: (string)row[0], Line: (string)row[1]))).ToArray();
        for (var i = 0; i < Budget.Share(5) * Cheap; i++)
        {
            var target = TrainingTarget.Parse(lines[random.Next(lines.Length)].Target);
            var file = Encoding.UTF8.GetBytes(string.Join('\n', Enumerable.Range(0, random.Next(1, 4)).Select(_ => lines[random.Next(lines.Length)].Line)) + "\n");
            var mutant = mutator.Mutate(file);
            try
            {
                var whole = await TimeLimit.HoldComputationAsync(() => Lint(target, mutant, [mutant.Length]));
                var pieces = Lint(target, mutant, [.. Enumerable.Range(0, 1 + (mutant.Length / 7)).Select(_ => random.Next(1, 40))]);

                Assert.Equal(whole, pieces);
                Assert.All(whole, finding => Assert.True(finding.Line >= 0 && finding.Column >= 0 && finding.Offset >= 0 && finding.Offset <= mutant.Length, finding.ToString()));
            }
            catch (Exception exception)
            {
                Assert.Fail($"mutant {i}, {target.Name}: {exception}\non:\n{Convert.ToBase64String(mutant)}\n{Encoding.UTF8.GetString(mutant)}");
            }
        }
    }

    [Fact]
    public async Task JSON_is_judged_as_by_the_platform()
    {
        var random = new Random(Budget.Seed + 5);
        var mutator = new ByteMutator(random);
        var lines = TargetTests.Accepted.Select(static row => (string)row[1]).ToArray();
        var accepted = 0;
        for (var i = 0; i < Budget.Share(5) * Cheap; i++)
        {
            var mutant = mutator.Mutate(Encoding.UTF8.GetBytes(lines[random.Next(lines.Length)]));
            var ours = await TimeLimit.HoldComputationAsync(() => Accepts(mutant));
            var theirs = PlatformAccepts(mutant);

            // The platform looks into a text only when it is asked for, and takes a byte-order mark for an error as we do.
            Assert.True(ours == theirs || !IsUtf8(mutant), $"mutant {i}: we {(ours ? "accept" : "refuse")} {Convert.ToBase64String(mutant)}\n{Encoding.UTF8.GetString(mutant)}");
            accepted += ours ? 1 : 0;
        }

        Assert.True(accepted > Budget.Share(5), $"only {accepted} mutants are JSON");
    }

    [Fact]
    public async Task Prompt_files_give_problems_inside_them()
    {
        var random = new Random(Budget.Seed + 6);
        var mutator = new ByteMutator(random);
        var seeds = Directory.EnumerateFiles(Path.Combine(SourceSeeds.Root, "tests"), "*" + PromptGrammar.FileExtension, SearchOption.AllDirectories)
            .Where(static path => !path.Contains($"{Path.DirectorySeparatorChar}bin{Path.DirectorySeparatorChar}", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)
            .Select(File.ReadAllBytes)
            .Append("---\nid: a/b\nversion: 3\n---\n\n# system\n\nYou route {Line}. {{literal}}\n\n# user\n\n```\n# code\n```\n{Complaint}\n"u8.ToArray())
            .ToArray();

        for (var i = 0; i < Budget.Share(5) * Cheap; i++)
        {
            var text = Encoding.UTF8.GetString(mutator.Mutate(seeds[random.Next(seeds.Length)]));
            try
            {
                var file = await TimeLimit.HoldComputationAsync(() => PromptFile.Parse(text));

                Assert.All(file.Problems, problem => Assert.True(problem.Start >= 0 && problem.Length >= 0 && problem.Start + problem.Length <= text.Length, problem.ToString()));
                Assert.All(file.Blocks.SelectMany(static block => block.Segments), segment => Assert.True(segment.Start >= 0 && segment.Start + segment.Length <= text.Length, segment.ToString()));
            }
            catch (Exception exception)
            {
                Assert.Fail($"mutant {i}: {exception}\non:\n{text}");
            }
        }
    }

    [Fact]
    public void Catalogue_files_give_an_error_inside_them()
    {
        var random = new Random(Budget.Seed + 7);
        var mutator = new ByteMutator(random);
        var seed = """{"models":[{"provider":"OpenAI","id":"gpt-4o","retires":"2027-01-01","source":"https://example.com","asOf":"2026-01-01"}]}"""u8.ToArray();
        for (var i = 0; i < Budget.Share(5); i++)
        {
            var mutant = mutator.Mutate(seed);
            var understood = ModelCatalogueFile.TryParse(mutant.AsSpan(), ["OpenAI"], out var rows, out var error);

            Assert.Equal(understood, rows is not null);
            Assert.Equal(understood, error is null);
            Assert.True(error is null || (error.Line >= 1 && error.Column >= 1), error?.ToString());
        }
    }

    private static List<LintFinding> Lint(TrainingTarget target, byte[] file, int[] pieces)
    {
        var findings = new List<LintFinding>();
        var linter = new TrainingLinter(target, new LintOptions(), findings.Add);
        var start = 0;
        for (var i = 0; start < file.Length; i++)
        {
            var length = Math.Min(pieces[i % pieces.Length], file.Length - start);
            linter.Write(file.AsSpan(start, length));
            start += length;
        }

        _ = linter.Complete();
        return findings;
    }

    private static bool Accepts(byte[] json)
    {
        var reader = new JsonUtf8Reader(json);
        while (reader.Read())
        {
        }

        return reader.Error.Kind == JsonErrorKind.None;
    }

    private static bool PlatformAccepts(byte[] json)
    {
        try
        {
            var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = JsonUtf8Reader.MaxDepth });
            while (reader.Read())
            {
            }

            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static bool IsUtf8(byte[] bytes) => System.Text.Unicode.Utf8.IsValid(bytes);
}
