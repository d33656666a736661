using AiGuardrails.Generators.TrainingRecords;
using AiGuardrails.Testing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace AiGuardrails.Generators.Tests.TrainingRecords;

/// <summary>Runs of the generator of training records.</summary>
internal static class TrainingRecordRun
{
    public static GeneratorRun Run(LanguageVersion lowest, params string[] sources) => TestOf(lowest).Run(CreateCompilation(sources));

    public static CSharpCompilation CreateCompilation(params string[] sources) => TestOf(LanguageVersion.Latest).CreateCompilation(sources);

    /// <summary>Runs, changes the compilation, runs again, and tells why each output and each model came the second time.</summary>
    public static (GeneratorRun First, GeneratorDriverRunResult Second, IncrementalStepRunReason[] Outputs, IncrementalStepRunReason[] Models) Edit(
        CSharpCompilation compilation,
        Func<CSharpCompilation, CSharpCompilation> edit)
    {
        var first = TestOf(LanguageVersion.CSharp8).Run(compilation);
        var second = first.Driver.RunGenerators(edit(compilation)).GetRunResult();
        var run = second.Results.Single();

        return (
            first,
            second,
            [.. run.TrackedOutputSteps.SelectMany(static step => step.Value).SelectMany(static step => step.Outputs).Select(static output => output.Reason)],
            [.. run.TrackedSteps[TrackingNames.TrainingRecordModels].SelectMany(static step => step.Outputs).Select(static output => output.Reason)]);
    }

    /// <summary>Replaces the text of one file.</summary>
    public static CSharpCompilation WithText(this CSharpCompilation compilation, int file, Func<string, string> edit)
    {
        var tree = compilation.SyntaxTrees[file];
        return compilation.ReplaceSyntaxTree(tree, Parse(edit(tree.ToString()), tree.FilePath, tree));
    }

    /// <summary>Adds a file.</summary>
    public static CSharpCompilation WithFile(this CSharpCompilation compilation, string text) =>
        compilation.AddSyntaxTrees(Parse(text, "/0/Added.cs", compilation.SyntaxTrees[0]));

    private static SyntaxTree Parse(string text, string path, SyntaxTree like) =>
        CSharpSyntaxTree.ParseText(text, (CSharpParseOptions)like.Options, path, System.Text.Encoding.UTF8);

    private static GeneratorTest TestOf(LanguageVersion lowest) =>
        new(new TrainingRecordGenerator(), TrackingNames.TrainingRecordModels) { LowestLanguageVersion = lowest };
}
