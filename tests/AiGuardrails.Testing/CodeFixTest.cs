using System.Collections.Immutable;
using AiGuardrails.Testing.Analysis;
using AiGuardrails.Testing.Fixing;
using AiGuardrails.Testing.Markup;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Diagnostics;
using Xunit;

namespace AiGuardrails.Testing;

/// <summary>
/// An analyzer test, then its fixes: one at a time until at rest, then all at once in document, project and solution.
/// Every way must give <see cref="FixedSources"/>, which must compile, report what its own markup says, and stay as it is.
/// </summary>
public abstract class CodeFixTest : AnalyzerTest
{
    private readonly CodeFixProvider _provider;

    protected CodeFixTest(DiagnosticAnalyzer analyzer, CodeFixProvider provider)
        : base(analyzer) => _provider = provider;

    public TestFileList FixedSources { get; } = [];

    /// <summary>The additional files after the fix, in markup too: all of them where the fix changes one, otherwise none.</summary>
    public TestFileList FixedAdditionalFiles { get; } = [];

    /// <summary>Whether the findings to fix are those in additional files. They are fixed one at a time: no editor has a Fix All for them.</summary>
    public bool FixesAdditionalFiles { get; set; }

    /// <summary>Whether the fix has a Fix All all the same, of the findings of projects: for programs that ask for it, and for editors to come.</summary>
    public bool FixesAllAdditionalFiles { get; set; }

    /// <summary>Expectations of the fixed sources beyond those that markup states by itself.</summary>
    public IList<DiagnosticResult> ExpectedFixedDiagnostics { get; } = [];

    /// <summary>Which of the actions offered for one diagnostic is taken; by default the first.</summary>
    public string? CodeActionEquivalenceKey { get; set; }

    /// <inheritdoc cref="CodeActionEquivalenceKey"/>
    public int CodeFixIndex { get; set; }

    /// <summary>How often fix-all may have to run: more than once only where one fix uncovers the next.</summary>
    public int FixAllIterations { get; set; } = 1;

    /// <summary>Whether fix-all runs over two projects with the same sources, so that the solution is more than its project.</summary>
    public bool FixAllInTwoProjects { get; set; }

    /// <summary>Whether fixing one at a time comes to something else, because one fix changes what the next finding is: then only fix-all is compared.</summary>
    public bool DiffersOneByOne { get; set; }

    /// <summary>Whether the test is that no fix is offered.</summary>
    public bool OffersNoFix { get; set; }

    public override async Task RunAsync()
    {
        await base.RunAsync();

        var files = MarkedFiles.Parse(this, Sources, AdditionalFiles);
        var offers = new FixOffers(_provider, Analyzers, CodeActionEquivalenceKey, CodeFixIndex, FixesAdditionalFiles);
        if (OffersNoFix)
        {
            await VerifyNothingIsOfferedAsync(offers, TestSolution.Create(this, files, References));
            return;
        }

        FixAll.VerifySupported(_provider);
        var fixedFiles = MarkedFiles.Parse(this, FixedSources, FixedAdditionalFiles.Count > 0 ? FixedAdditionalFiles : AdditionalFiles);

        if (!DiffersOneByOne)
        {
            var oneByOne = await FixOneByOneAsync(offers, TestSolution.Create(this, files, References));
            await VerifyTextAsync(oneByOne, fixedFiles, "Fixing one at a time");
        }

        var atRest = await VerifyDiagnosticsAsync(fixedFiles, ExpectedFixedDiagnostics);
        Assert.True(await offers.FirstAsync(atRest) is null, "A fix is offered for the fixed sources: fixing again would change them.");

        if (FixesAdditionalFiles && !FixesAllAdditionalFiles)
        {
            return;
        }

        // In a file that is no code, Fix All cannot begin with a document.
        foreach (var scope in FixAll.Scopes.Where(scope => !FixesAdditionalFiles || scope != FixAllScope.Document))
        {
            var before = TestSolution.Create(this, files, References, projects: FixAllInTwoProjects ? 2 : 1);
            var after = await new FixAll(_provider, offers, scope, FixAllIterations).ApplyAsync(before);
            await VerifyTextAsync(after, fixedFiles, $"Fix all in {scope}");
        }
    }

    private static async Task VerifyNothingIsOfferedAsync(FixOffers offers, Solution solution)
    {
        Assert.False((await offers.FixableDiagnosticsAsync(solution)).IsEmpty, "No diagnostic is there that the fix could be offered for.");

        if (await offers.FirstAsync(solution) is { } offer)
        {
            Assert.Fail($"The fix '{offer.Action.Title}' is offered for {offer.Diagnostic}.");
        }
    }

    private static async Task<Solution> FixOneByOneAsync(FixOffers offers, Solution solution)
    {
        var rounds = (await offers.FixableDiagnosticsAsync(solution)).Length;
        var offer = await offers.FirstAsync(solution);
        Assert.True(offer is not null, "No fix is offered.");

        for (var round = 0; offer is not null; round++)
        {
            Assert.True(round < rounds, $"A fix is still offered after as many rounds as there were diagnostics ({rounds}), for {offer.Diagnostic}.");
            solution = await FixedSolution.ApplyAsync(offer.Action, solution);
            offer = await offers.FirstAsync(solution);
        }

        return solution;
    }

    private static async Task VerifyTextAsync(Solution solution, MarkedFiles expected, string how)
    {
        foreach (var project in solution.Projects)
        {
            await VerifyTextAsync(project.Documents, expected.Sources, how);
            await VerifyTextAsync(project.AdditionalDocuments, expected.AdditionalFiles, how);
        }
    }

    private static async Task VerifyTextAsync(IEnumerable<TextDocument> documents, ImmutableArray<MarkedFile> expected, string how)
    {
        var texts = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var document in documents)
        {
            texts.Add(document.Name, (await document.GetTextAsync()).ToString());
        }

        TextDifference.Verify(expected.ToImmutableDictionary(file => file.Name, file => file.Text.ToString()), texts, how);
    }
}
