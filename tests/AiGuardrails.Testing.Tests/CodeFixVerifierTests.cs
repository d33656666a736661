using AiGuardrails.Testing.Tests.Samples;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Editing;
using Microsoft.CodeAnalysis.Formatting;
using Microsoft.CodeAnalysis.Simplification;
using Verify = AiGuardrails.Testing.CSharpCodeFixVerifier<AiGuardrails.Testing.Tests.Samples.BadCallAnalyzer, AiGuardrails.Testing.Tests.Samples.BadCallCodeFix>;

namespace AiGuardrails.Testing.Tests;

/// <summary>A right test passes the right fix, and fails each wrong one.</summary>
public sealed class CodeFixVerifierTests
{
    private const string Members = "void Bad() { } void Worse() { } void Good() { }";

    private const string Source = $"class C {{ void M() {{ [|Bad|](); /* kept */ [|Bad|](); }} {Members} }}";

    private const string Fixed = $"class C {{ void M() {{ Good(); /* kept */ Good(); }} {Members} }}";

    [Fact]
    public Task Fix_is_applied_one_by_one_and_to_all() => Verify.VerifyCodeFixAsync(Source, Fixed);

    [Fact]
    public Task Fix_is_applied_in_several_documents_and_projects() => Verify.VerifyCodeFixAsync(Source, Fixed, test =>
    {
        test.FixAllInTwoProjects = true;
        test.Sources.Add("Other.cs", Source.Replace("class C", "class D", StringComparison.Ordinal));
        test.FixedSources.Add("Other.cs", Fixed.Replace("class C", "class D", StringComparison.Ordinal));
    });

    [Fact]
    public Task Details_are_checked_before_the_fix() => Verify.VerifyCodeFixAsync(
        $"class C {{ void M() => {{|#0:Bad|}}(); {Members} }}",
        Verify.Diagnostic("KIT0001").WithLocation(0).WithArguments("Bad", "Good"),
        $"class C {{ void M() => Good(); {Members} }}");

    [Fact]
    public Task What_is_not_fixed_is_marked_in_the_fixed_source_too() => Verify.VerifyCodeFixAsync(
        $"class C {{ void M() {{ [|Worse|](); [|Bad|](); }} {Members} }}",
        $"class C {{ void M() {{ [|Worse|](); Good(); }} {Members} }}");

    [Fact]
    public Task No_fix_is_offered_where_none_is_known() => Verify.VerifyNoCodeFixAsync($"class C {{ void M() => [|Worse|](); {Members} }}");

    [Fact]
    public Task Result_is_simplified_and_formatted() => CSharpCodeFixVerifier<BadCallAnalyzer, Unsimplified>.VerifyCodeFixAsync(
        "using System;\n\nclass C\n{\n    void Bad() => [|Bad|]();\n}\n",
        "using System;\n\nclass C\n{\n    void Bad() => Console.WriteLine();\n}\n");

    [Theory]
    [InlineData("CallGood", "Good")]
    [InlineData("CallWorse", "[|Worse|]")]
    public Task Action_is_picked_by_its_key(string key, string call) => CSharpCodeFixVerifier<BadCallAnalyzer, TwoActions>.VerifyCodeFixAsync(
        Source, Fixed.Replace("{ Good(); /* kept */ Good(); }", $"{{ {call}(); /* kept */ {call}(); }}", StringComparison.Ordinal), test => test.CodeActionEquivalenceKey = key);

    [Fact]
    public Task Action_is_picked_by_its_index() => CSharpCodeFixVerifier<BadCallAnalyzer, TwoActions>.VerifyCodeFixAsync(
        $"class C {{ void M() => [|Bad|](); {Members} }}", $"class C {{ void M() => [|Worse|](); {Members} }}", test => test.CodeFixIndex = 1);

    [Fact]
    public Task Additional_files_are_changed_too() => VerifyNotesAsync(test => test.FixedAdditionalFiles.Add("notes.txt", "mended"));

    [Fact]
    public Task Additional_file_that_is_expected_to_stay_as_it_is_fails() => KitAssert.FailsAsync("notes.txt differs first in line 1", () => VerifyNotesAsync(static _ => { }));

    [Fact]
    public Task Additional_file_that_stays_as_it_is_fails() => KitAssert.FailsAsync(
        "notes.txt differs first in line 1",
        () => Verify.VerifyCodeFixAsync(Source, Fixed, test =>
        {
            test.AdditionalFiles.Add("notes.txt", "to be mended");
            test.FixedAdditionalFiles.Add("notes.txt", "mended");
        }));

    [Fact]
    public Task Diagnostic_that_the_analyzer_half_does_not_expect_fails() => KitAssert.FailsAsync(
        "unexpected", () => Verify.VerifyCodeFixAsync(Source.Replace("[|", "", StringComparison.Ordinal).Replace("|]", "", StringComparison.Ordinal), Fixed));

    [Fact]
    public Task Another_text_fails() => KitAssert.FailsAsync(
        "Fixing one at a time gives another text. Test0.cs differs first in line 1", () => Verify.VerifyCodeFixAsync(Source, Fixed.Replace("/* kept */ ", "", StringComparison.Ordinal)));

    [Fact]
    public Task A_fixed_file_that_is_not_there_fails() => KitAssert.FailsAsync(
        "gives no file 'New.cs'", () => Verify.VerifyCodeFixAsync(Source, Fixed, test => test.FixedSources.Add("New.cs", "")));

    [Fact]
    public Task A_fix_where_none_is_expected_fails() => KitAssert.FailsAsync("The fix 'Call Good' is offered", () => Verify.VerifyNoCodeFixAsync(Source));

    [Fact]
    public Task A_test_of_no_fix_without_a_diagnostic_fails() => KitAssert.FailsAsync("No diagnostic is there", () => Verify.VerifyNoCodeFixAsync("class C { }"));

    [Fact]
    public Task A_missing_offer_fails() => KitAssert.FailsAsync(
        "No fix is offered", () => Verify.VerifyCodeFixAsync($"class C {{ void M() => [|Worse|](); {Members} }}", $"class C {{ void M() => [|Worse|](); {Members} }}"));

    [Fact]
    public Task A_key_that_no_action_has_fails() => KitAssert.FailsAsync(
        "No fix is offered", () => Verify.VerifyCodeFixAsync(Source, Fixed, test => test.CodeActionEquivalenceKey = "Other"));

    [Fact]
    public Task Fixed_source_whose_diagnostics_are_not_marked_fails() => KitAssert.FailsAsync(
        "1 are unexpected", () => Verify.VerifyCodeFixAsync($"class C {{ void M() {{ [|Worse|](); [|Bad|](); }} {Members} }}", $"class C {{ void M() {{ Worse(); Good(); }} {Members} }}"));

    [Fact]
    public Task Fix_that_does_not_compile_fails() => KitAssert.FailsAsync(
        "error CS0103", () => CSharpCodeFixVerifier<BadCallAnalyzer, BadCallCodeFix>.VerifyCodeFixAsync("class C { void Bad() => [|Bad|](); }", "class C { void Bad() => Good(); }"));

    [Fact]
    public Task Fix_without_fix_all_fails() => FailsAsync<WithoutFixAll>("WithoutFixAll has no FixAllProvider");

    [Fact]
    public Task Fix_all_without_a_scope_fails() => FailsAsync<DocumentOnly>("does not know the scope Project, Solution");

    [Fact]
    public Task Fix_all_that_stops_half_way_fails() => FailsAsync<FixesOneOfAll>("Fix all in Document leaves a fix of kind 'CallGood' on offer");

    [Fact]
    public Task Fix_all_that_gives_another_text_fails() => FailsAsync<FixesAllOtherwise>("Fix all in Document gives another text");

    [Fact]
    public Task Fix_all_with_another_text_in_the_solution_alone_fails() => FailsAsync<FixesSolutionOtherwise>("Fix all in Solution gives another text");

    [Fact]
    public Task Fix_without_a_key_fails() => FailsAsync<WithoutKey>("has no equivalence key");

    [Fact]
    public Task Two_fixes_with_one_key_fail() => FailsAsync<SameKeyTwice>("share the equivalence key 'CallGood'");

    [Fact]
    public Task Fix_that_never_rests_fails() => FailsAsync<NeverAtRest>("as many rounds as there were diagnostics (2)");

    [Fact]
    public Task Fix_that_changes_nothing_fails() => FailsAsync<ChangesNothing>("offered and changes nothing");

    [Fact]
    public Task Fix_whose_tree_its_text_does_not_parse_to_fails() => FailsAsync<LyingTree>("is not the one that its text parses to");

    [Fact]
    public Task Fix_whose_else_hangs_elsewhere_than_in_its_text_fails() => KitAssert.FailsAsync(
        "is not the one that its text parses to",
        () => CSharpCodeFixVerifier<BadCallAnalyzer, DanglingElse>.VerifyCodeFixAsync(
            $"class C {{ void M(bool a) {{ if (a) [|Bad|](); else Good(); }} {Members} }}",
            $"class C {{ void M(bool a) {{ if (a) if (a)Good(); else Good(); }} {Members} }}"));

    [Fact]
    public Task Fix_that_does_more_than_change_the_solution_fails() => FailsAsync<OpensDocument>("must make one change of the solution");

    private static Task VerifyNotesAsync(Action<CSharpCodeFixTest<BadCallAnalyzer, MendsNotes>> configure) => CSharpCodeFixVerifier<BadCallAnalyzer, MendsNotes>.VerifyCodeFixAsync(Source, Fixed, test =>
    {
        test.AdditionalFiles.Add("notes.txt", "to be mended");
        configure(test);
    });

    private static Task FailsAsync<TCodeFix>(string because)
        where TCodeFix : CodeFixProvider, new() => KitAssert.FailsAsync(because, () => CSharpCodeFixVerifier<BadCallAnalyzer, TCodeFix>.VerifyCodeFixAsync(Source, Fixed));

    private sealed class Unsimplified : BadCallCodeFix
    {
        protected override ExpressionSyntax Replacement(IdentifierNameSyntax name) => SyntaxFactory.ParseExpression("System . Console.WriteLine")
            .WithAdditionalAnnotations(Simplifier.Annotation, Formatter.Annotation);
    }

    private sealed class MendsNotes : BadCallCodeFix
    {
        public override FixAllProvider GetFixAllProvider() => new Provider();

        protected override void Register(CodeFixContext context, IdentifierNameSyntax name) => context.RegisterCodeFix(
            CodeAction.Create("Call Good", async cancellationToken => Mend((await Replace.NameAsync(context.Document, name, "Good", cancellationToken)).Project.Solution), EquivalenceKey),
            context.Diagnostics);

        private static Solution Mend(Solution solution) => solution.Projects.SelectMany(static project => project.AdditionalDocumentIds).Aggregate(
            solution, static (mended, id) => mended.WithAdditionalDocumentText(id, Microsoft.CodeAnalysis.Text.SourceText.From("mended")));

        private sealed class Provider : FixAllProvider
        {
            public override async Task<CodeAction?> GetFixAsync(FixAllContext fixAllContext)
            {
                var action = await Replace.InAll("Good").GetFixAsync(fixAllContext);
                var operations = await action!.GetOperationsAsync(fixAllContext.CancellationToken);
                return CodeAction.Create(action.Title, _ => Task.FromResult(Mend(operations.OfType<ApplyChangesOperation>().Single().ChangedSolution)), action.EquivalenceKey);
            }
        }
    }

    private sealed class TwoActions : BadCallCodeFix
    {
        protected override void Register(CodeFixContext context, IdentifierNameSyntax name)
        {
            base.Register(context, name);
            context.RegisterCodeFix(
                CodeAction.Create(
                    "More",
                    [CodeAction.Create("Call Worse", cancellationToken => Replace.NameAsync(context.Document, name, "Worse", cancellationToken), "CallWorse")],
                    isInlinable: true),
                context.Diagnostics);
        }
    }

    private sealed class WithoutFixAll : BadCallCodeFix
    {
        public override FixAllProvider? GetFixAllProvider() => null;
    }

    private sealed class DocumentOnly : BadCallCodeFix
    {
        public override FixAllProvider GetFixAllProvider() => FixAllProvider.Create((_, document, _) => Task.FromResult<Document?>(document), [FixAllScope.Document]);
    }

    private sealed class FixesOneOfAll : BadCallCodeFix
    {
        public override FixAllProvider GetFixAllProvider() => Replace.InAll("Good", count: 1);
    }

    private sealed class FixesAllOtherwise : BadCallCodeFix
    {
        public override FixAllProvider GetFixAllProvider() => Replace.InAll("Worse");
    }

    private sealed class FixesSolutionOtherwise : BadCallCodeFix
    {
        public override FixAllProvider GetFixAllProvider() => new Provider();

        private sealed class Provider : FixAllProvider
        {
            public override Task<CodeAction?> GetFixAsync(FixAllContext fixAllContext) =>
                Replace.InAll(fixAllContext.Scope == FixAllScope.Solution ? "Worse" : "Good").GetFixAsync(fixAllContext);
        }
    }

    private sealed class WithoutKey : BadCallCodeFix
    {
        protected override string? EquivalenceKey => null;
    }

    private sealed class SameKeyTwice : BadCallCodeFix
    {
        protected override void Register(CodeFixContext context, IdentifierNameSyntax name)
        {
            base.Register(context, name);
            base.Register(context, name);
        }
    }

    private sealed class NeverAtRest : BadCallCodeFix
    {
        protected override ExpressionSyntax Replacement(IdentifierNameSyntax name) => name.WithTrailingTrivia(name.GetTrailingTrivia().Add(SyntaxFactory.Space));
    }

    private sealed class ChangesNothing : BadCallCodeFix
    {
        protected override ExpressionSyntax Replacement(IdentifierNameSyntax name) => name;
    }

    private sealed class LyingTree : BadCallCodeFix
    {
        // The tree casts the sum; its text, (int)Bad+Bad, casts the first term.
        protected override ExpressionSyntax Replacement(IdentifierNameSyntax name) =>
            SyntaxFactory.CastExpression(SyntaxFactory.ParseTypeName("int"), SyntaxFactory.BinaryExpression(SyntaxKind.AddExpression, name, name));
    }

    private sealed class DanglingElse : BadCallCodeFix
    {
        protected override void Register(CodeFixContext context, IdentifierNameSyntax name) => context.RegisterCodeFix(
            CodeAction.Create("Ask again", cancellationToken => FixAsync(context.Document, name, cancellationToken), "AskAgain"), context.Diagnostics);

        // In the tree the else stays with the outer if; in the text it goes to the inner one.
        private static async Task<Document> FixAsync(Document document, IdentifierNameSyntax name, CancellationToken cancellationToken)
        {
            var root = (await document.GetSyntaxRootAsync(cancellationToken))!;
            var statement = name.FirstAncestorOrSelf<StatementSyntax>()!;
            return document.WithSyntaxRoot(root.ReplaceNode(statement, SyntaxFactory.ParseStatement("if (a)Good(); ")));
        }
    }

    private sealed class OpensDocument : BadCallCodeFix
    {
        protected override void Register(CodeFixContext context, IdentifierNameSyntax name) =>
            context.RegisterCodeFix(new OpenAction(context.Document.Id), context.Diagnostics);

        private sealed class OpenAction(DocumentId id) : CodeAction
        {
            public override string Title => "Open";

            public override string EquivalenceKey => "Open";

            protected override Task<IEnumerable<CodeActionOperation>> ComputeOperationsAsync(CancellationToken cancellationToken) =>
                Task.FromResult<IEnumerable<CodeActionOperation>>([new OpenDocumentOperation(id)]);
        }
    }

    private static class Replace
    {
        public static async Task<Document> NameAsync(Document document, SyntaxNode name, string by, CancellationToken cancellationToken)
        {
            var editor = await DocumentEditor.CreateAsync(document, cancellationToken);
            editor.ReplaceNode(name, SyntaxFactory.IdentifierName(by).WithTriviaFrom(name));
            return editor.GetChangedDocument();
        }

        public static FixAllProvider InAll(string by, int count = int.MaxValue) => FixAllProvider.Create(async (context, document, diagnostics) =>
        {
            var editor = await DocumentEditor.CreateAsync(document, context.CancellationToken);
            foreach (var name in diagnostics.Take(count).Select(diagnostic => editor.OriginalRoot.FindNode(diagnostic.Location.SourceSpan)))
            {
                editor.ReplaceNode(name, SyntaxFactory.IdentifierName(by).WithTriviaFrom(name));
            }

            return editor.GetChangedDocument();
        });
    }
}
