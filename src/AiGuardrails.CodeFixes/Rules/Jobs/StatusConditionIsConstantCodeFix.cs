using System.Collections.Immutable;
using System.Composition;
using AiGuardrails.Analyzers.Diagnostics;
using AiGuardrails.Analyzers.Rules.Jobs;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace AiGuardrails.CodeFixes.Rules.Jobs;

/// <summary>Fix of AIG4002: the other operator between the comparisons, where that makes a condition that tells states apart.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(StatusConditionIsConstantCodeFix))]
[Shared]
public sealed class StatusConditionIsConstantCodeFix : AiCodeFix
{
    private const string Key = "JoinWithTheOtherOperator";

    /// <summary>Initializes a new instance of the <see cref="StatusConditionIsConstantCodeFix"/> class.</summary>
    public StatusConditionIsConstantCodeFix()
        : base(RuleIds.StatusConditionIsConstant)
    {
    }

    private protected override Task<ImmutableArray<FixOffer>> OffersAsync(FixRequest request, Diagnostic diagnostic) =>
        Task.FromResult<ImmutableArray<FixOffer>>(
            OperatorOf(diagnostic) is { } joint && JointsOf(request, diagnostic, joint).Count > 0 ? [new FixOffer($"Join the comparisons with '{joint}'", Key)] : []);

    private protected override async Task<Document> FixAsync(FixRequest request, ImmutableArray<Diagnostic> diagnostics, string equivalenceKey)
    {
        var changes = new List<TextChange>();
        foreach (var diagnostic in diagnostics)
        {
            if (OperatorOf(diagnostic) is not { } joint)
            {
                continue;
            }

            var joints = JointsOf(request, diagnostic, joint);
            changes.AddRange(joints.Select(token => new TextChange(token.Span, joint)));
            if (joint is "||" or "or" && IsPartOfChain(request, diagnostic, joints[0]))
            {
                changes.Add(new TextChange(new TextSpan(diagnostic.Location.SourceSpan.Start, 0), "("));
                changes.Add(new TextChange(new TextSpan(diagnostic.Location.SourceSpan.End, 0), ")"));
            }
        }

        // Changed as text, so that every comment and line stays where it is.
        var text = await request.Document.GetTextAsync(request.CancellationToken).ConfigureAwait(false);
        return request.Document.WithText(text.WithChanges(changes));
    }

    private static string? OperatorOf(Diagnostic diagnostic) =>
        diagnostic.Properties.TryGetValue(StatusConditionIsConstantAnalyzer.Rewrite, out var joint) ? joint : null;

    /// <summary>The operators between the comparisons of the finding.</summary>
    private static List<SyntaxToken> JointsOf(FixRequest request, Diagnostic diagnostic, string joint)
    {
        var wrong = joint switch
        {
            "&&" => SyntaxKind.BarBarToken,
            "||" => SyntaxKind.AmpersandAmpersandToken,
            "and" => SyntaxKind.OrKeyword,
            _ => SyntaxKind.AndKeyword,
        };

        var span = diagnostic.Location.SourceSpan;
        var joints = new List<SyntaxToken>();
        Collect(request.NodeOf(diagnostic));
        return joints;

        void Collect(SyntaxNode node)
        {
            switch (node)
            {
                case IsPatternExpressionSyntax { Pattern: var pattern } when joint is "and" or "or":
                    Collect(Inner(pattern));
                    break;

                case BinaryExpressionSyntax binary when binary.OperatorToken.IsKind(wrong):
                    Add(binary.OperatorToken);
                    Collect(binary.Left);
                    Collect(binary.Right);
                    break;

                case BinaryPatternSyntax binary when binary.OperatorToken.IsKind(wrong):
                    Add(binary.OperatorToken);
                    Collect(binary.Left);
                    Collect(binary.Right);
                    break;
            }
        }

        void Add(SyntaxToken token)
        {
            if (span.Contains(token.Span))
            {
                joints.Add(token);
            }
        }
    }

    private static PatternSyntax Inner(PatternSyntax pattern) => pattern is ParenthesizedPatternSyntax { Pattern: var inner } ? Inner(inner) : pattern;

    // "ready && a && b": the two that are joined anew need brackets.
    private static bool IsPartOfChain(FixRequest request, Diagnostic diagnostic, SyntaxToken joint)
    {
        var node = request.NodeOf(diagnostic);
        return (node is BinaryExpressionSyntax or BinaryPatternSyntax && node.Span != diagnostic.Location.SourceSpan)
            || (node.Parent is BinaryExpressionSyntax { OperatorToken: var before } && before.RawKind == joint.RawKind)
            || (node.Parent is BinaryPatternSyntax { OperatorToken: var earlier } && earlier.RawKind == joint.RawKind);
    }
}
