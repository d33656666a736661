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
    [Fact]
    public async Task No_fix_throws()
    {
        var random = new Random(Budget.Seed + 2);
        var mutator = new SourceMutator(random);
        using var workspace = new AdhocWorkspace();
        var projectId = ProjectId.CreateNewId();
        var documentId = DocumentId.CreateNewId(projectId);
        var solution = workspace.CurrentSolution
            .AddProject(ProjectInfo.Create(projectId, VersionStamp.Default, "Mutant", "Mutant", LanguageNames.CSharp, compilationOptions: new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary), metadataReferences: TestReferences.Of(ReferenceSets.Default)))
            .AddDocument(documentId, "Mutant.cs", "");

        var applied = 0;
        for (var i = 0; i < Budget.Share(10); i++)
        {
            var mutant = mutator.Mutate(SourceSeeds.All[random.Next(SourceSeeds.All.Count)]);
            try
            {
                applied += await FixAsync(solution.WithDocumentText(documentId, SourceText.From(mutant)).GetDocument(documentId)!);
            }
            catch (Exception exception)
            {
                Assert.Fail($"mutant {i}: {exception}\non:\n{mutant}");
            }
        }

        Assert.True(applied > Budget.Share(10) / 20, $"only {applied} fixes in all mutants");
    }

    private static async Task<int> FixAsync(Document document)
    {
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
                    _ = await action.GetOperationsAsync(CancellationToken.None);
                    applied++;
                }
            }
        }

        return applied;
    }
}
