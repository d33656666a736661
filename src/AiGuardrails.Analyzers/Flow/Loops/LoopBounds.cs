using System.Collections.Immutable;
using AiGuardrails.Analyzers.Sdks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AiGuardrails.Analyzers.Flow.Loops;

/// <summary>What can end a loop whatever becomes of its subject.</summary>
[Flags]
internal enum LoopBound
{
    None = 0,

    /// <summary>A number that the rounds change, and a way out that hangs on it.</summary>
    Counter = 1,

    /// <summary>A way out that hangs on the time.</summary>
    Deadline = 2,

    /// <summary>A cost budget, or what the team has named as a guard.</summary>
    Budget = 4,

    /// <summary>A token that is cancelled, in the sense that the loop needs.</summary>
    Cancellation = 8,

    /// <summary>Input is read once in each round.</summary>
    Input = 16,

    /// <summary>A way out that hangs on something else, known or not.</summary>
    Other = 32,
}

/// <summary>
/// What bounds a loop, as far as it is in view. The decisions of a loop are the conditions after which it ends differently: those
/// from whose branches different ways out, or the next round, can be reached.
/// </summary>
internal sealed class LoopBounds
{
    // As many ways out as there are bits; the first stands for the next round, and the last for all that are left.
    private const int MaxOutcomes = 63;

    private readonly AiContext _ai;
    private readonly AiBody _body;
    private readonly LoopGraph _loop;
    private readonly LoopSubject _subject;
    private readonly LoopSources _sources;
    private readonly CancellationToken _cancellationToken;
    private readonly Dictionary<ControlFlowBranch, ulong> _outcomes = [];

    private LoopBounds(AiContext ai, AiBody body, LoopGraph loop, LoopSubject subject, CancellationToken cancellationToken)
    {
        _ai = ai;
        _body = body;
        _loop = loop;
        _subject = subject;
        _cancellationToken = cancellationToken;
        _sources = new LoopSources(ai, body, loop.Graph, loop.Loop, subject, [], cancellationToken);
        Decisions = DecideAll();
        Bounds = OfDecisions() | OfContents() | OfFunction();
    }

    /// <summary>Gets what ends the loop.</summary>
    public LoopBound Bounds { get; }

    /// <summary>Gets what the ways out of the loop hang on.</summary>
    public LoopSource Decisions { get; }

    public static LoopBounds Of(AiContext ai, AiBody body, LoopGraph loop, LoopSubject subject, CancellationToken cancellationToken) =>
        new(ai, body, loop, subject, cancellationToken);

    /// <summary>Whether this code, once it has run, may run again in a later round.</summary>
    /// <param name="code">The code.</param>
    /// <param name="afterSuccess">Whether it may do so without an exception in between: otherwise it is tried again, and not repeated.</param>
    public bool IsRepeated(SyntaxNode code, bool afterSuccess = false) => CanRepeat(_loop.BlocksOf(PlaceOf(code)), static _ => false, afterSuccess);

    /// <summary>What the conditions hang on after which the loop ends differently.</summary>
    private LoopSource DecideAll()
    {
        var outcomes = OutcomesOfBlocks();
        var all = LoopSource.None;
        foreach (var block in _loop.Blocks)
        {
            _cancellationToken.ThrowIfCancellationRequested();
            var branches = LoopGraph.BranchesOf(block).ToArray();
            if (branches.Length == 2 && OutcomesOf(block, branches[0], outcomes) != OutcomesOf(block, branches[1], outcomes))
            {
                all |= _sources.Of(block.BranchValue);
            }
        }

        return all;
    }

    private Dictionary<BasicBlock, ulong> OutcomesOfBlocks()
    {
        var outcomes = _loop.Blocks.ToDictionary(static block => block, static _ => 0UL);
        var changed = true;
        while (changed)
        {
            _cancellationToken.ThrowIfCancellationRequested();
            changed = false;
            for (var i = _loop.Blocks.Length - 1; i >= 0; i--)
            {
                var block = _loop.Blocks[i];
                var all = outcomes[block];
                foreach (var branch in LoopGraph.BranchesOf(block))
                {
                    all |= OutcomesOf(block, branch, outcomes);
                }

                foreach (var handler in _loop.ExceptionEdgesFrom(block))
                {
                    all |= outcomes.TryGetValue(handler.Block!, out var caught) ? caught : 0;
                }

                if (all != outcomes[block])
                {
                    outcomes[block] = all;
                    changed = true;
                }
            }
        }

        return outcomes;
    }

    private ulong OutcomesOf(BasicBlock from, ControlFlowBranch branch, Dictionary<BasicBlock, ulong> outcomes)
    {
        var all = 0UL;
        foreach (var edge in _loop.EdgesOf(from, branch))
        {
            all |= edge.Kind switch
            {
                LoopEdgeKind.Round => 1UL,
                LoopEdgeKind.Leave => WayOut(branch),
                _ => outcomes.TryGetValue(edge.Block!, out var further) ? further : 0,
            };
        }

        return all;
    }

    private ulong WayOut(ControlFlowBranch branch)
    {
        if (!_outcomes.TryGetValue(branch, out var bit))
        {
            bit = 1UL << Math.Min(_outcomes.Count + 1, MaxOutcomes);
            _outcomes.Add(branch, bit);
        }

        return bit;
    }

    private LoopBound OfDecisions()
    {
        var bounds = LoopBound.None;
        bounds |= Decisions.HasFlag(LoopSource.Counter) ? LoopBound.Counter : LoopBound.None;
        bounds |= Decisions.HasFlag(LoopSource.Clock) ? LoopBound.Deadline : LoopBound.None;
        bounds |= Decisions.HasFlag(LoopSource.Cancellation) ? LoopBound.Cancellation : LoopBound.None;
        bounds |= (Decisions & (LoopSource.Input | LoopSource.Other)) != LoopSource.None ? LoopBound.Other : LoopBound.None;
        return bounds;
    }

    /// <summary>What ends the loop by being used in it: tokens, budgets, readers of input.</summary>
    private LoopBound OfContents()
    {
        if (_sources.Operation is not { } loop)
        {
            return LoopBound.Other;
        }

        var bounds = LoopBound.None;
        var readers = new HashSet<BasicBlock>();
        var subjects = loop.Descendants().Where(_subject.Is).Select(subject => PlaceOf(subject.Syntax)).ToArray();
        foreach (var operation in loop.Descendants())
        {
            _cancellationToken.ThrowIfCancellationRequested();
            if (IsGuard(_ai, operation, _subject.Guards))
            {
                bounds |= LoopBound.Budget;
            }

            if (IsUsedToken(operation) && CancellationTokens.Of(operation, _cancellationToken) >= _subject.Needed)
            {
                bounds |= LoopBound.Cancellation;
            }

            if (operation is IInvocationOperation call && _sources.IsReader(call))
            {
                readers.UnionWith(_loop.BlocksOf(call.Syntax));
            }

            // One call for each element of something that comes from elsewhere.
            if (operation is IForEachLoopOperation each && each.Syntax != _loop.Loop && subjects.Any(subject => each.Body.Syntax.Span.Contains(subject.Span)) && (_sources.Of(each.Collection) & (LoopSource.Subject | LoopSource.Other)) == LoopSource.Other)
            {
                readers.UnionWith(_loop.BlocksOf(each.Collection.Syntax));
            }
        }

        return readers.Count > 0 && subjects.Length > 0 && !CanRepeat(subjects.SelectMany(_loop.BlocksOf), readers.Contains, afterSuccess: false) ? bounds | LoopBound.Input : bounds;
    }

    /// <summary>Where the code stands in the function of the loop: code in a lambda, where the lambda does.</summary>
    private SyntaxNode PlaceOf(SyntaxNode code)
    {
        var place = code;
        var function = BodyGraphs.FunctionAround(_loop.Loop);
        while (BodyGraphs.FunctionAround(place) is { } around && around != function && _loop.Loop.Span.Contains(around.Span))
        {
            place = around;
        }

        return place;
    }

    /// <summary>Whether the operation has to do with a cost budget, or with what the team has named as a guard.</summary>
    public static bool IsGuard(AiContext ai, IOperation operation, ImmutableArray<string> guards)
    {
        if (ai.IsCostBudget(operation.Type) || ai.IsOrDerivesFrom(operation.Type, "AiGuardrails.CostMeter"))
        {
            return true;
        }

        if (guards.IsEmpty)
        {
            return false;
        }

        var member = operation switch
        {
            IInvocationOperation invocation => (ISymbol)invocation.TargetMethod,
            IMemberReferenceOperation reference => reference.Member,
            IObjectCreationOperation { Constructor: { } constructor } => constructor,
            _ => null,
        };

        return (operation.Type is { } type && guards.Contains(type.Name))
            || (member is not null && (guards.Contains(member.Name) || (member.ContainingType is { } around && guards.Contains(around.Name))));
    }

    /// <summary>A token that is passed on or asked.</summary>
    public static bool IsUsedToken(IOperation operation) =>
        CancellationTokens.IsToken(operation.Type) && operation is ILocalReferenceOperation or IParameterReferenceOperation or IMemberReferenceOperation or IInvocationOperation;

    private LoopBound OfFunction() => IsTimedByCaller(_body, _loop.Loop, _cancellationToken) ? LoopBound.Cancellation : LoopBound.None;

    /// <summary>Whether the function that the code is the work of is given a time by whoever calls it, in view.</summary>
    public static bool IsTimedByCaller(AiBody body, SyntaxNode code, CancellationToken cancellationToken)
    {
        var function = BodyGraphs.FunctionAround(code);
        var name = function switch
        {
            LocalFunctionStatementSyntax local => local.Identifier.ValueText,
            MethodDeclarationSyntax method => method.Identifier.ValueText,
            _ => null,
        };

        var around = name is null ? body.Syntax : function!.FirstAncestorOrSelf<TypeDeclarationSyntax>() ?? body.Syntax;
        if (name is null && function is not AnonymousFunctionExpressionSyntax)
        {
            return false;
        }

        foreach (var call in around.DescendantNodes().OfType<InvocationExpressionSyntax>())
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (NameOf(call) is "WaitAsync" or "WhenAny" or "WaitAny" or "Wait" or "CancelAfter"
                && call.ArgumentList.Arguments.Count > 0
                && (name is null ? !function!.Span.Contains(call.Span) : call.DescendantNodes().OfType<IdentifierNameSyntax>().Any(identifier => identifier.Identifier.ValueText == name)))
            {
                return true;
            }
        }

        return false;
    }

    private static string? NameOf(InvocationExpressionSyntax call) => call.Expression switch
    {
        MemberAccessExpressionSyntax access => access.Name.Identifier.ValueText,
        MemberBindingExpressionSyntax binding => binding.Name.Identifier.ValueText,
        _ => null,
    };

    /// <summary>Whether control can come back to one of the blocks through a new round, without passing a block that stops it.</summary>
    private bool CanRepeat(IEnumerable<BasicBlock> starts, Func<BasicBlock, bool> stops, bool afterSuccess)
    {
        var wanted = new HashSet<BasicBlock>(starts);
        foreach (var start in wanted)
        {
            var seen = new HashSet<(BasicBlock Block, bool IsLater)>();
            var pending = new Stack<(BasicBlock Block, bool IsLater)>();
            pending.Push((start, false));
            while (pending.Count > 0)
            {
                _cancellationToken.ThrowIfCancellationRequested();
                var (block, isLater) = pending.Pop();
                foreach (var edge in _loop.EdgesFrom(block).Concat(afterSuccess ? [] : _loop.ExceptionEdgesFrom(block)))
                {
                    if (edge.Kind == LoopEdgeKind.Leave || edge.Block is not { } next || stops(next))
                    {
                        continue;
                    }

                    var later = isLater || edge.Kind == LoopEdgeKind.Round;
                    if (later && wanted.Contains(next))
                    {
                        return true;
                    }

                    if (seen.Add((next, later)))
                    {
                        pending.Push((next, later));
                    }
                }
            }
        }

        return false;
    }
}
