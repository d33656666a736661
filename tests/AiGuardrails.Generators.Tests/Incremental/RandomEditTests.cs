using AiGuardrails.Generators.Prompts;
using AiGuardrails.Generators.TrainingRecords;
using AiGuardrails.Testing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace AiGuardrails.Generators.Tests.Incremental;

/// <summary>Whatever is edited, what a driver makes that has seen all earlier edits is what one makes that has seen nothing.</summary>
public sealed class RandomEditTests
{
    private const int Steps = 200;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    public void The_result_is_that_of_a_fresh_driver(int seed)
    {
        var project = new RandomProject(seed);
        var test = new GeneratorTest(new TrainingRecordGenerator(), TrackingNames.TrainingRecordModels);
        var compilation = test.CreateCompilation("").RemoveAllSyntaxTrees();
        var everything = new EverythingGenerator();
        var parsedAfresh = 0;
        GeneratorDriver driver = Driver(everything);
        var trees = new Dictionary<string, SyntaxTree>(StringComparer.Ordinal);
        var (before, changedElsewhere) = (new Dictionary<string, string>(StringComparer.Ordinal), 0);
        for (var step = 0; step < Steps; step++)
        {
            var edited = project.Edit();
            if (!project.Files.TryGetValue(edited, out var text))
            {
                compilation = compilation.RemoveSyntaxTrees(trees[edited]);
                trees.Remove(edited);
            }
            else
            {
                var tree = Parse(text, edited);
                compilation = trees.TryGetValue(edited, out var known) ? compilation.ReplaceSyntaxTree(known, tree) : compilation.AddSyntaxTrees(tree);
                trees[edited] = tree;
            }

            // Ours keep what they made with the file, so that a fresh one needs files of its own; the other has a cache of its own.
            var all = new EverythingGenerator();
            var fresh = Sources(Driver().RunGenerators(compilation.RemoveAllSyntaxTrees().AddSyntaxTrees(compilation.SyntaxTrees.Select(static tree => Parse(tree.ToString(), tree.FilePath)))))
                .Concat(Sources(CSharpGeneratorDriver.Create(all).RunGenerators(compilation)))
                .ToDictionary(StringComparer.Ordinal);
            parsedAfresh += all.Parsed;
            driver = driver.RunGenerators(compilation);
            var now = Sources(driver);
            if (!now.OrderBy(static source => source.Key, StringComparer.Ordinal).SequenceEqual(fresh.OrderBy(static source => source.Key, StringComparer.Ordinal)))
            {
                Assert.Fail($"seed {seed}, step {step}, edit of {edited}:\n{project}\n--- fresh ---\n{Shown(fresh)}\n--- after all edits ---\n{Shown(now)}");
            }

            // Something must have been at stake: a type whose own file is as it was, and what it comes to is not.
            changedElsewhere += now.Count(source => before.TryGetValue(source.Key, out var old) && old != source.Value && !source.Key.Contains(Path.GetFileName(edited), StringComparison.Ordinal));
            before = now;
        }

        Assert.True(changedElsewhere >= 10, $"only {changedElsewhere} times an edit mattered to another file");
        Assert.True(everything.Parsed < parsedAfresh * 9 / 10, $"{everything.Parsed} of {parsedAfresh} types were parsed again");
    }

    private static CSharpGeneratorDriver Driver(params IIncrementalGenerator[] more) => CSharpGeneratorDriver.Create([new TrainingRecordGenerator(), new PromptGenerator(), .. more]);

    private static SyntaxTree Parse(string text, string path) =>
        CSharpSyntaxTree.ParseText(text, new CSharpParseOptions(LanguageVersion.Latest), path, System.Text.Encoding.UTF8);

    private static Dictionary<string, string> Sources(GeneratorDriver driver)
    {
        var results = driver.GetRunResult().Results;
        Assert.All(results, static result => Assert.Null(result.Exception));
        return results.SelectMany(static result => result.GeneratedSources).ToDictionary(static source => source.HintName, static source => source.SourceText.ToString(), StringComparer.Ordinal);
    }

    private static string Shown(Dictionary<string, string> sources) => string.Join('\n', sources.OrderBy(static source => source.Key, StringComparer.Ordinal).Select(static source => source.Key + "\n" + source.Value));
}
