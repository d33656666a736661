extern alias Generators;

using Generators::AiGuardrails.Generators.Prompts;
using Generators::AiGuardrails.Generators.TrainingRecords;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace AiGuardrails.Fuzzing.Tests;

/// <summary>A generator runs at every keystroke. It does not throw, what it writes parses, and where the mutant compiles the whole does.</summary>
public sealed class GeneratorMutantTests
{
    [Fact]
    public async Task No_generator_throws_or_hangs_and_what_it_writes_compiles()
    {
        var random = new Random(Budget.Seed + 3);
        var mutator = new SourceMutator(random);
        var seeds = SourceSeeds.Declarations.Where(static source => Generate(Subject.Compile([source]), out _).GeneratedTrees.Length > 0).ToArray();
        var written = 0;
        for (var i = 0; i < Budget.Share(15); i++)
        {
            var source = seeds[random.Next(seeds.Length)];
            var mutant = i % 20 == 0 ? source : mutator.Mutate(source);
            var compilation = Subject.Compile([mutant]);
            var (result, whole) = await TimeLimit.HoldComputationAsync(() => (Generate(compilation, out var generated), generated));

            Assert.All(result.Results, one => Assert.True(one.Exception is null, $"mutant {i}: {one.Exception}\non:\n{mutant}"));
            Assert.All(result.GeneratedTrees, tree => Assert.True(!tree.GetDiagnostics().Any(), $"mutant {i}: {string.Join('\n', tree.GetDiagnostics())}\nin:\n{tree}\nof:\n{mutant}"));
            written += result.GeneratedTrees.Length;

            // Errors of the mutant itself are its own; in what was generated there is none, unless the mutant has one.
            var own = whole.SyntaxTrees.First();
            var errors = whole.GetDiagnostics().Where(static diagnostic => diagnostic.Severity == DiagnosticSeverity.Error).ToArray();
            if (!errors.Any(error => error.Location.SourceTree == own))
            {
                Assert.True(errors.Length == 0, $"mutant {i}: {string.Join('\n', errors.AsEnumerable())}\nof:\n{mutant}");
            }
        }

        Assert.True(written > Budget.Share(15) / 10, $"only {written} files in all mutants");
    }

    private static GeneratorDriverRunResult Generate(CSharpCompilation compilation, out Compilation whole) => CSharpGeneratorDriver
        .Create([new TrainingRecordGenerator().AsSourceGenerator(), new PromptGenerator().AsSourceGenerator()], parseOptions: (CSharpParseOptions)compilation.SyntaxTrees[0].Options)
        .RunGeneratorsAndUpdateCompilation(compilation, out whole, out _)
        .GetRunResult();
}
