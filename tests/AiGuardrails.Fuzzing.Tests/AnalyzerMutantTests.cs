using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace AiGuardrails.Fuzzing.Tests;

/// <summary>All rules at once over mutants of real source: none throws, none hangs, and what they find depends on the source alone.</summary>
public sealed class AnalyzerMutantTests
{
    [Fact]
    public async Task No_rule_throws_or_hangs()
    {
        var random = new Random(Budget.Seed);
        var mutator = new SourceMutator(random);
        var findings = 0;
        for (var i = 0; i < Budget.Share(50); i++)
        {
            var mutant = mutator.Mutate(SourceSeeds.All[random.Next(SourceSeeds.All.Count)]);
            try
            {
                findings += (await Subject.AnalyzeAsync(Subject.Compile([mutant]))).Length;
            }
            catch (Exception exception)
            {
                Assert.Fail($"mutant {i}: {exception.Message}\non:\n{mutant}");
            }
        }

        // Mutants of code that is reported are reported too, now and then: a run that finds nothing has tested nothing.
        Assert.True(findings > Budget.Share(50) / 10, $"only {findings} findings in all mutants");
    }

    [Fact]
    public async Task No_rule_throws_on_a_source_that_ends_anywhere()
    {
        var random = new Random(Budget.Seed);
        var cuts = SourceSeeds.All.SelectMany(static source => CSharpSyntaxTree.ParseText(source).GetRoot().DescendantTokens().Select(token => source[..token.SpanStart])).ToArray();
        random.Shuffle(cuts);
        foreach (var cut in cuts.Take(Budget.Share(10)))
        {
            try
            {
                _ = await Subject.AnalyzeAsync(Subject.Compile([cut]));
            }
            catch (Exception exception)
            {
                Assert.Fail($"{exception.Message}\non:\n{cut}");
            }
        }
    }

    [Fact]
    public async Task Findings_do_not_depend_on_threads_order_or_run()
    {
        var random = new Random(Budget.Seed + 1);
        var mutator = new SourceMutator(random);
        const int filesAtOnce = 8;
        for (var i = 0; i < Budget.Share(10) / filesAtOnce; i++)
        {
            // Several files in one compilation, each in a namespace of its own: what a doubled declaration means may depend on order.
            var sources = Enumerable.Range(0, filesAtOnce)
                .Select(file => SourceSeeds.InNamespace(SourceSeeds.All[random.Next(SourceSeeds.All.Count)], $"File{file}"))
                .Select(source => random.Next(2) == 0 ? source : mutator.Mutate(source)).ToArray();
            var trees = Subject.Compile(sources).SyntaxTrees.ToArray();
            var first = Subject.Show(await Subject.AnalyzeAsync(Subject.Compile(sources)));
            var alone = Subject.Show(await Subject.AnalyzeAsync(Subject.Compile(sources), isConcurrent: false));

            random.Shuffle(trees);
            var shuffled = Subject.Show(await Subject.AnalyzeAsync(Subject.Compile([]).AddSyntaxTrees(trees)));

            Assert.True(first.SequenceEqual(alone, StringComparer.Ordinal), Difference("one thread", first, alone, sources));
            Assert.True(first.SequenceEqual(shuffled, StringComparer.Ordinal), Difference("another order of the files", first, shuffled, sources));
        }
    }

    [Fact]
    public async Task Another_process_finds_the_same()
    {
        var here = await OtherProcess.FindingsAsync();

        Assert.NotEmpty(here);
        Assert.Equal(here, OtherProcess.Run());
    }

    private static string Difference(string what, IReadOnlyList<string> first, IReadOnlyList<string> second, string[] sources) =>
        $"With {what}:\n{string.Join('\n', second.Except(first, StringComparer.Ordinal).Select(static line => "+ " + line).Concat(first.Except(second, StringComparer.Ordinal).Select(static line => "- " + line)))}\n{string.Join("\n=====\n", sources)}";
}
