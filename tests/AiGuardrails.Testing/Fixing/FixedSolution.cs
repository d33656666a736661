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

            // A data file is taken as it is: nobody formats it.
            foreach (var id in project.GetChangedAdditionalDocuments())
            {
                isChanged |= !(await before.GetAdditionalDocument(id)!.GetTextAsync()).ContentEquals(await after.GetAdditionalDocument(id)!.GetTextAsync());
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
        if (!HaveSameStructure(await tree.GetRootAsync(), await parsed.GetRootAsync()))
        {
            Assert.Fail($"The tree that the fix '{action.Title}' builds is not the one that its text parses to:{Environment.NewLine}{text}");
        }

        return text;
    }

    // Not SyntaxFactory.AreEquivalent: to that, a list of one statement that was edited differs from one that was parsed.
    private static bool HaveSameStructure(SyntaxNodeOrToken built, SyntaxNodeOrToken parsed)
    {
        if (built.RawKind != parsed.RawKind || built.IsMissing != parsed.IsMissing)
        {
            return false;
        }

        if (built.IsToken)
        {
            return built.AsToken().Text == parsed.AsToken().Text;
        }

        var (parts, parsedParts) = (built.ChildNodesAndTokens(), parsed.ChildNodesAndTokens());

        return parts.Count == parsedParts.Count && parts.Zip(parsedParts).All(pair => HaveSameStructure(pair.First, pair.Second));
    }
}
