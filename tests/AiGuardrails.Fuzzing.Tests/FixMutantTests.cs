using AiGuardrails.Testing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;

namespace AiGuardrails.Fuzzing.Tests;

/// <summary>A fix is offered in half-typed code too. It does not throw, and what it writes parses no worse than what was there.</summary>
public sealed class FixMutantTests
{
    // Mutants on which a fix threw once.
    public static TheoryData<string> Found => new(
        """
        using System.Threading.Tasks;
        using AiGuardrails;
        using OpenAI.FineTuning;

        class Trainer
        {
            [FineTuningDecision(
                TriedPrompting{
            [FineTuningDecision(
                TriedPrompting = false,
                TriedRag = false,
                LabeledExamples = 0,
                Rationale = "")]
            public Task Train(FineTuningClient client, string file) =>
                client.FineTuneAsync("gpt-4o-mini-2024-07-18", file, waitUntilCompleted: false);
        }
        """);

    [Theory]
    [MemberData(nameof(Found))]
    public async Task No_fix_throws_on_what_was_found(string mutant)
    {
        using var workspace = new AdhocWorkspace();

        _ = await FixAsync(Open(workspace).WithText(SourceText.From(mutant)));
    }

    [Fact]
    public async Task No_fix_throws_or_hangs()
    {
        var random = new Random(Budget.Seed + 2);
        var mutator = new SourceMutator(random);
        using var workspace = new AdhocWorkspace();
        var document = Open(workspace);
        var applied = 0;
        for (var i = 0; i < Budget.Share(10); i++)
        {
            var mutant = mutator.Mutate(SourceSeeds.All[random.Next(SourceSeeds.All.Count)]);
            try
            {
                applied += await TimeLimit.HoldAsync(_ => FixAsync(document.WithText(SourceText.From(mutant))));
            }
            catch (Exception exception)
            {
                Assert.Fail($"mutant {i}: {exception}\non:\n{mutant}");
            }
        }

        Assert.True(applied > Budget.Share(10) / 20, $"only {applied} fixes in all mutants");
    }

    private static Document Open(AdhocWorkspace workspace)
    {
        var projectId = ProjectId.CreateNewId();
        var documentId = DocumentId.CreateNewId(projectId);
        return workspace.CurrentSolution
            .AddProject(ProjectInfo.Create(projectId, VersionStamp.Default, "Mutant", "Mutant", LanguageNames.CSharp, compilationOptions: new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary), metadataReferences: TestReferences.Of(ReferenceSets.Default)))
            .AddDocument(documentId, "Mutant.cs", "")
            .GetDocument(documentId)!;
    }

    private static async Task<int> FixAsync(Document document)
    {
        var known = SyntaxErrors((await document.GetSyntaxTreeAsync())!);
        var compilation = (await document.Project.GetCompilationAsync())!;
        var applied = 0;
        foreach (var diagnostic in (await Subject.AnalyzeAsync(compilation)).Where(static diagnostic => diagnostic.Location.IsInSource))
        {
            foreach (var fix in Subject.Fixes.Where(fix => fix.FixableDiagnosticIds.Contains(diagnostic.Id)))
            {
                var actions = new List<CodeAction>();
                await fix.RegisterCodeFixesAsync(new CodeFixContext(document, diagnostic, (action, _) => actions.Add(action), CancellationToken.None));
                foreach (var action in actions)
                {
                    var change = (await action.GetOperationsAsync(CancellationToken.None)).OfType<ApplyChangesOperation>().Single();
                    var tree = (await change.ChangedSolution.GetDocument(document.Id)!.GetSyntaxTreeAsync())!;
                    Assert.True(SyntaxErrors(tree) <= known, $"{fix.GetType().Name} leaves what parses worse:\n{tree}");
                    applied++;
                }
            }
        }

        return applied;
    }

    private static int SyntaxErrors(SyntaxTree tree) => tree.GetDiagnostics().Count(static diagnostic => diagnostic.Severity == DiagnosticSeverity.Error);
}
