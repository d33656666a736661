using System.Collections.Immutable;
using System.Composition;
using AiGuardrails.Analyzers.Diagnostics;
using AiGuardrails.Analyzers.Flow;
using AiGuardrails.Analyzers.Rules.Jobs;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Editing;
using Microsoft.CodeAnalysis.Operations;

namespace AiGuardrails.CodeFixes.Rules.Jobs;

/// <summary>Fix of AIG4004: a token for the wait, the one in scope or one that is cancelled after a day.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(UnboundedJobWaitCodeFix))]
[Shared]
public sealed class UnboundedJobWaitCodeFix : AiCodeFix
{
    private const string Key = "PassToken";
    private const string OneDay = "global::System.TimeSpan.FromHours(24)";

    /// <summary>Initializes a new instance of the <see cref="UnboundedJobWaitCodeFix"/> class.</summary>
    public UnboundedJobWaitCodeFix()
        : base(RuleIds.UnboundedJobWait)
    {
    }

    private protected override Task<ImmutableArray<FixOffer>> OffersAsync(FixRequest request, Diagnostic diagnostic) =>
        Task.FromResult<ImmutableArray<FixOffer>>(PlanOf(request, diagnostic, new State()) is { } plan ? [new FixOffer(plan.Title, Key)] : []);

    private protected override async Task<Document> FixAsync(FixRequest request, ImmutableArray<Diagnostic> diagnostics, string equivalenceKey)
    {
        var editor = await DocumentEditor.CreateAsync(request.Document, request.CancellationToken).ConfigureAwait(false);
        var state = new State();
        foreach (var diagnostic in diagnostics)
        {
            if (PlanOf(request, diagnostic, state) is { } plan)
            {
                foreach (var edit in plan.Edits)
                {
                    editor.ReplaceNode(edit.Node, (current, _) => edit.Apply(current));
                }

                if (plan.Source is { } source)
                {
                    CancellationSyntax.Precede(editor, plan.Statement, source);
                }
            }
        }

        return editor.GetChangedDocument();
    }

    private static Plan? PlanOf(FixRequest request, Diagnostic diagnostic, State state)
    {
        var node = request.NodeOf(diagnostic);
        var loop = node as StatementSyntax ?? (node.Parent is StatementSyntax around && LoopSyntax.ConditionOf(around) == node ? around : null);
        return loop is not null && LoopSyntax.IsPollLoop(loop) ? PlanOfLoop(request, loop, state)
            : WaitAt(request, node) is { } wait ? PlanOfWait(request, wait, state)
            : null;
    }

    /// <summary>The call whose name, or whose token, was reported.</summary>
    private static IInvocationOperation? WaitAt(FixRequest request, SyntaxNode node) =>
        node.AncestorsAndSelf().OfType<InvocationExpressionSyntax>()
            .Select(call => request.Model.TryGetOperation(call, request.CancellationToken))
            .OfType<IInvocationOperation>()
            .FirstOrDefault(call => JobWaits.PlaceOf(call).Span == node.Span);

    private static Plan? PlanOfWait(FixRequest request, IInvocationOperation wait, State state)
    {
        if (SourceOf(request, JobWaits.TokenOf(wait)?.Value) is { } source)
        {
            return TimeOut(source, state);
        }

        return WithToken(request, wait.Syntax, state, token => WithToken(request, wait, token) is { } longer ? [longer] : []);
    }

    private static Plan? PlanOfLoop(FixRequest request, StatementSyntax loop, State state)
    {
        var calls = loop.DescendantNodes(static node => node is not AnonymousFunctionExpressionSyntax and not LocalFunctionStatementSyntax)
            .OfType<InvocationExpressionSyntax>()
            .Select(call => request.Model.TryGetOperation(call, request.CancellationToken))
            .OfType<IInvocationOperation>()
            .ToArray();

        foreach (var call in calls)
        {
            if (SourceOf(request, JobWaits.TokenOf(call)?.Value) is { } source)
            {
                return TimeOut(source, state);
            }
        }

        var reads = request.Ai.FileOf(request.Model, request.CancellationToken).Bodies
            .Where(body => body.Syntax.Span.Contains(loop.Span))
            .SelectMany(body => PollLoops.Of(request.Ai, body, request.CancellationToken).Loops)
            .Where(poll => poll.Loop.Span == loop.Span)
            .SelectMany(static poll => poll.Reads)
            .Select(static read => read.Syntax.Span)
            .ToImmutableHashSet();

        return WithToken(request, loop, state, token =>
        {
            var edits = calls
                .Where(call => Delays.IsDelay(call) || reads.Contains(call.Syntax.Span))
                .Select(call => WithToken(request, call, token))
                .OfType<Edit>()
                .ToImmutableArray();

            // Nothing in the loop takes a token: the loop asks it.
            return !edits.IsEmpty ? edits
                : [new Edit(loop, current => CancellationSyntax.WithFirst(current, QualifiedSyntax.Statement(token + ".ThrowIfCancellationRequested();")))];
        });
    }

    /// <summary>The plan with the token in scope, or else with a new source before the statement.</summary>
    private static Plan? WithToken(FixRequest request, SyntaxNode place, State state, Func<string, ImmutableArray<Edit>> edits)
    {
        if (CancellationSyntax.TokenInScope(request, place) is { } token)
        {
            return edits(token) is { IsEmpty: false } passed ? new Plan($"Pass '{token}'", passed) : null;
        }

        var statement = place.FirstAncestorOrSelf<StatementSyntax>();
        if (statement is null or LocalFunctionStatementSyntax
            || place.Ancestors().TakeWhile(ancestor => ancestor != statement).Any(static ancestor => ancestor is AnonymousFunctionExpressionSyntax)
            || !CancellationSyntax.CanPrecede(statement))
        {
            return null;
        }

        // A condition is asked in each round, and one source is to serve for all of them.
        if (state.Sources.FirstOrDefault(earlier => earlier.Covers(statement)) is { } known)
        {
            return edits(known.Name + ".Token") is { IsEmpty: false } shared ? new Plan("Pass a token", shared) : null;
        }

        var name = CancellationSyntax.UniqueName(statement, "timeout", state.Names);
        if (edits(name + ".Token") is not { IsEmpty: false } written)
        {
            return null;
        }

        state.Sources.Add(new NewSource(statement, name));
        return new Plan("Cancel the wait after a day", written)
        {
            Statement = statement,
            Source = QualifiedSyntax.Statement($"using var {name} = new global::System.Threading.CancellationTokenSource({OneDay});"),
        };
    }

    /// <summary>The creation, without a time, of the local source that the token comes from.</summary>
    private static BaseObjectCreationExpressionSyntax? SourceOf(FixRequest request, IOperation? token)
    {
        var local = token?.Unwrap() switch
        {
            IPropertyReferenceOperation { Property.Name: "Token", Instance: ILocalReferenceOperation source } when CancellationTokens.IsSource(source.Type) => source.Local,
            _ => null,
        };

        return local is { DeclaringSyntaxReferences: [var declaration] }
            && CancellationTokens.Of(token, request.CancellationToken) == Cancellability.Never
            && declaration.GetSyntax(request.CancellationToken) is VariableDeclaratorSyntax { Initializer.Value: BaseObjectCreationExpressionSyntax { ArgumentList: null or { Arguments.Count: 0 }, Initializer: null } creation }
            ? creation
            : null;
    }

    private static Plan TimeOut(BaseObjectCreationExpressionSyntax creation, State state)
    {
        var argument = SyntaxFactory.ArgumentList(SyntaxFactory.SingletonSeparatedList(SyntaxFactory.Argument(QualifiedSyntax.Expression(OneDay))));
        return new Plan(
            "Cancel the source after a day",
            // Several waits may share the source.
            state.TimedSources.Add(creation)
                ? [new Edit(creation, current => ((BaseObjectCreationExpressionSyntax)current).WithArgumentList(argument.WithTrailingTrivia(current.GetTrailingTrivia())))]
                : []);
    }

    /// <summary>The call with the token, or null where it takes none.</summary>
    private static Edit? WithToken(FixRequest request, IInvocationOperation call, string token)
    {
        if (call.Syntax is not InvocationExpressionSyntax syntax)
        {
            return null;
        }

        // "CancellationToken.None", "default"
        if (JobWaits.TokenOf(call) is { Syntax: ArgumentSyntax given, Value: var value })
        {
            return CancellationTokens.Of(value, request.CancellationToken) == Cancellability.Never
                ? new Edit(given.Expression, current => QualifiedSyntax.Expression(token).WithTriviaFrom(current))
                : null;
        }

        if (call.TargetMethod.Parameters.FirstOrDefault(static parameter => CancellationTokens.IsToken(parameter.Type)) is { } parameter)
        {
            var isNext = parameter.Ordinal == (call.TargetMethod.ReducedFrom is null && call.TargetMethod.IsExtensionMethod && syntax.Expression is MemberAccessExpressionSyntax ? 1 : 0) + syntax.ArgumentList.Arguments.Count
                && syntax.ArgumentList.Arguments.All(static argument => argument.NameColon is null);
            return Appended(syntax, QualifiedSyntax.Expression(token), isNext ? null : parameter.Name);
        }

        if (JobWaits.RequestOptionsOf(call) is { } options)
        {
            return options.Syntax is ArgumentSyntax { Expression: var expression } && OptionsWithToken(expression, token) is { } replaced
                ? new Edit(expression, current => replaced.WithTriviaFrom(current))
                : null;
        }

        if (call.TargetMethod.Parameters.FirstOrDefault(static parameter => parameter.Type.Name == "RequestOptions") is { } settings)
        {
            return Appended(syntax, QualifiedSyntax.Expression(NewOptions(token)), settings.Name);
        }

        // Another overload takes it as one more argument.
        var longer = syntax.AddArgumentListArguments(SyntaxFactory.Argument(SyntaxFactory.ParseExpression("default(global::System.Threading.CancellationToken)")));
        var bound = request.Model.GetSpeculativeSymbolInfo(syntax.SpanStart, longer, SpeculativeBindingOption.BindAsExpression).Symbol as IMethodSymbol;
        return bound is { Parameters: [.., var last] } && CancellationTokens.IsToken(last.Type) && SymbolEqualityComparer.Default.Equals(bound.ReturnType, call.TargetMethod.ReturnType)
            ? Appended(syntax, QualifiedSyntax.Expression(token), null)
            : null;
    }

    private static Edit Appended(InvocationExpressionSyntax call, ExpressionSyntax value, string? name)
    {
        var argument = SyntaxFactory.Argument(value);
        if (name is not null)
        {
            argument = argument.WithNameColon(SyntaxFactory.NameColon(SyntaxFactory.IdentifierName(name), SyntaxFactory.Token(SyntaxKind.ColonToken).WithTrailingTrivia(SyntaxFactory.Space)));
        }

        return new Edit(call.ArgumentList, current =>
        {
            var list = (ArgumentListSyntax)current;
            return list.WithArguments(list.Arguments.Count == 0
                ? SyntaxFactory.SingletonSeparatedList(argument)
                : SyntaxFactory.SeparatedList<ArgumentSyntax>(
                    list.Arguments.GetWithSeparators().Add(SyntaxFactory.Token(SyntaxKind.CommaToken).WithTrailingTrivia(SyntaxFactory.Space)).Add(argument)));
        });
    }

    private static ExpressionSyntax? OptionsWithToken(ExpressionSyntax options, string token) => options switch
    {
        LiteralExpressionSyntax => QualifiedSyntax.Expression(NewOptions(token)),
        BaseObjectCreationExpressionSyntax { Initializer: null, ArgumentList: null or { Arguments.Count: 0 } } => QualifiedSyntax.Expression(NewOptions(token)),
        _ => null,
    };

    private static string NewOptions(string token) => $"new global::System.ClientModel.Primitives.RequestOptions {{ CancellationToken = {token} }}";

    private sealed record Plan(string Title, ImmutableArray<Edit> Edits)
    {
        public StatementSyntax Statement { get; init; } = null!;

        public StatementSyntax? Source { get; init; }
    }

    private sealed record Edit(SyntaxNode Node, Func<SyntaxNode, SyntaxNode> Apply);

    private sealed record NewSource(StatementSyntax Statement, string Name)
    {
        // What comes after the declaration, in its block or deeper.
        public bool Covers(StatementSyntax other) =>
            Statement.SpanStart <= other.SpanStart
            && (Statement.Parent is GlobalStatementSyntax ? Statement.Parent.Parent : Statement.Parent) is BlockSyntax or CompilationUnitSyntax
            && (Statement.Parent is GlobalStatementSyntax ? Statement.Parent.Parent! : Statement.Parent!).Span.Contains(other.Span);
    }

    /// <summary>What the fixes of one file have written so far.</summary>
    private sealed class State
    {
        public HashSet<string> Names { get; } = new(StringComparer.Ordinal);

        public List<NewSource> Sources { get; } = [];

        public HashSet<SyntaxNode> TimedSources { get; } = [];
    }
}
