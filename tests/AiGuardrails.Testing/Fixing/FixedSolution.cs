using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Formatting;
using Microsoft.CodeAnalysis.Simplification;
using Microsoft.CodeAnalysis.Text;
using Xunit;

namespace AiGuardrails.Testing.Fixing;

/// <summary>Applies an action as an editor does: simplify, format, and go on from the text.</summary>
internal static class FixedSolution
{
    public static async Task<Solution> ApplyAsync(CodeAction action, Solution before)
    {
        var operations = await action.GetOperationsAsync(CancellationToken.None);
        Assert.True(operations is [ApplyChangesOperation], $"The fix '{action.Title}' must make one change of the solution, and nothing else.");

        var after = ((ApplyChangesOperation)operations[0]).ChangedSolution;
        var isChanged = false;
        foreach (var project in after.GetChanges(before).GetProjectChanges())
        {
            isChanged |= project.GetRemovedDocuments().Any();
            foreach (var id in project.GetChangedDocuments().Concat(project.GetAddedDocuments()))
            {
                var text = await CleanTextAsync(after.GetDocument(id)!, action);
                isChanged |= before.GetDocument(id) is not { } document || !(await document.GetTextAsync()).ContentEquals(text);
                after = after.WithDocumentText(id, text);
            }
        }

        Assert.True(isChanged, $"The fix '{action.Title}' is offered and changes nothing.");

        return after;
    }

    private static async Task<SourceText> CleanTextAsync(Document document, CodeAction action)
    {
        document = await Simplifier.ReduceAsync(document, Simplifier.Annotation);
        document = await Formatter.FormatAsync(document, Formatter.Annotation);

        // A tree that its own text does not parse to is a lie to the next fix and to every analyzer.
        var tree = (await document.GetSyntaxTreeAsync())!;
        var text = SourceText.From((await tree.GetTextAsync()).ToString(), System.Text.Encoding.UTF8);
        var parsed = CSharpSyntaxTree.ParseText(text, (CSharpParseOptions)tree.Options);
        if (!StructureOf(tree).SequenceEqual(StructureOf(parsed)))
        {
            Assert.Fail($"The tree that the fix '{action.Title}' builds is not the one that its text parses to:{Environment.NewLine}{text}");
        }

        return text;
    }

    // Not SyntaxFactory.AreEquivalent: to that, a list of one statement that was edited differs from one that was parsed.
    private static IEnumerable<(SyntaxKind Kind, string? Text)> StructureOf(SyntaxTree tree) =>
        tree.GetRoot().DescendantNodesAndTokensAndSelf().Select(part => (part.Kind(), part.IsToken && !part.IsMissing ? part.AsToken().Text : null));
}
