using System.Collections.Immutable;
using System.Composition;
using AiGuardrails.Analyzers.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Editing;

namespace AiGuardrails.CodeFixes.Rules.Cost;

/// <summary>Fix of AIG2003: count the rounds, and throw after ten. A count inside the loop leaves alone what the loop assigns and returns.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(UnboundedGenerationLoopCodeFix))]
[Shared]
public sealed class UnboundedGenerationLoopCodeFix : AiCodeFix
{
    private const string Key = "LimitAttempts";

    /// <summary>Initializes a new instance of the <see cref="UnboundedGenerationLoopCodeFix"/> class.</summary>
    public UnboundedGenerationLoopCodeFix()
        : base(RuleIds.UnboundedGenerationLoop)
    {
    }

    private protected override Task<ImmutableArray<FixOffer>> OffersAsync(FixRequest request, Diagnostic diagnostic) =>
        Task.FromResult<ImmutableArray<FixOffer>>(LoopOf(request, diagnostic) is not null ? [new FixOffer("Give up after ten attempts", Key)] : []);

    private protected override async Task<Document> FixAsync(FixRequest request, ImmutableArray<Diagnostic> diagnostics, string equivalenceKey)
    {
        var editor = await DocumentEditor.CreateAsync(request.Document, request.CancellationToken).ConfigureAwait(false);
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var diagnostic in diagnostics)
        {
            if (LoopOf(request, diagnostic) is { } loop)
            {
                var name = CancellationSyntax.UniqueName(loop, "attempts", names);
                var check = QualifiedSyntax.Statement(
                    $$"""
                    if (++{{name}} > 10)
                    {
                        throw new global::System.InvalidOperationException("No end after 10 attempts.");
                    }
                    """);

                editor.ReplaceNode(loop, (current, _) => CancellationSyntax.WithFirst(current, check));
                CancellationSyntax.Precede(editor, loop, QualifiedSyntax.Statement($"var {name} = 0;"));
            }
        }

        return editor.GetChangedDocument();
    }

    /// <summary>The loop, where a counter can be declared before it; a recursion has no such place.</summary>
    private static StatementSyntax? LoopOf(FixRequest request, Diagnostic diagnostic)
    {
        var node = request.NodeOf(diagnostic);
        var loop = node as StatementSyntax ?? (node.Parent is StatementSyntax around && LoopSyntax.ConditionOf(around) == node ? around : null);
        return loop is not null && LoopSyntax.IsPollLoop(loop) && CancellationSyntax.CanPrecede(loop) ? loop : null;
    }
}
