using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using AiGuardrails.Analyzers.Flow.Responses;
using AiGuardrails.Analyzers.Sdks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace AiGuardrails.Analyzers.Flow;

/// <summary>One piece of executable code: a method, an accessor, an initialiser, or the top-level statements of a file.</summary>
internal sealed class AiBody
{
    private readonly AiContext _ai;
    private ILookup<OperationKind, IOperation>? _byKind;
    private readonly Lazy<HttpUse> _http;
    private JobFlow? _jobs;
    private ResponseFlow? _responses;
    private StrongBox<ImmutableArray<TrainingStart>>? _trainingStarts;

    public AiBody(AiContext ai, SemanticModel model, SyntaxNode syntax, CancellationToken cancellationToken)
    {
        _ai = ai;
        Model = model;
        Syntax = syntax;
        Operation = model.TryGetOperation(syntax, cancellationToken);
        Owner = model.GetEnclosingSymbol(InnerPosition(syntax), cancellationToken) ?? model.Compilation.Assembly;
        _http = new(() => new HttpUse(this));
    }

    public SemanticModel Model { get; }

    public SyntaxNode Syntax { get; }

    /// <summary>Gets the operation of the whole body, or null where the compiler has none for it.</summary>
    public IOperation? Operation { get; }

    /// <summary>Gets the member that the body belongs to.</summary>
    public ISymbol Owner { get; }

    /// <summary>Gets what the body says of AI services over HTTP.</summary>
    public HttpUse Http => _http.Value;

    /// <summary>
    /// The job states of the body: the analysis behind the rules about jobs. Not a <see cref="Lazy{T}"/>, which would keep the
    /// cancellation of one caller for all the others.
    /// </summary>
    public JobFlow JobsOf(CancellationToken cancellationToken) =>
        Volatile.Read(ref _jobs) is { } known
            ? known
            : Interlocked.CompareExchange(ref _jobs, JobFlow.Create(_ai, this, cancellationToken), null) ?? _jobs;

    /// <summary>The answers of models in the body, and what is asked of them: the analysis behind the rules about responses.</summary>
    public ResponseFlow ResponsesOf(CancellationToken cancellationToken) =>
        Volatile.Read(ref _responses) is { } known
            ? known
            : Interlocked.CompareExchange(ref _responses, ResponseFlow.Create(_ai, this, cancellationToken), null) ?? _responses;

    /// <summary>The training jobs that the body starts.</summary>
    public ImmutableArray<TrainingStart> TrainingStartsOf(CancellationToken cancellationToken)
    {
        var starts = Volatile.Read(ref _trainingStarts);
        if (starts is null)
        {
            starts = new(TrainingStarts.In(_ai, this, cancellationToken));
            Volatile.Write(ref _trainingStarts, starts);
        }

        return starts.Value;
    }

    /// <summary>Every operation of these kinds, in lambdas and local functions too.</summary>
    public IEnumerable<T> All<T>(OperationKind kind)
        where T : IOperation => Collect(CancellationToken.None)[kind].OfType<T>();

    /// <summary>Goes through the operations of the body once, for all who ask by kind; a long body takes a while.</summary>
    public ILookup<OperationKind, IOperation> Collect(CancellationToken cancellationToken)
    {
        if (Volatile.Read(ref _byKind) is { } known)
        {
            return known;
        }

        var operations = new List<IOperation>();
        foreach (var operation in Operation?.DescendantsAndSelf() ?? [])
        {
            cancellationToken.ThrowIfCancellationRequested();
            operations.Add(operation);
        }

        var byKind = operations.ToLookup(static operation => operation.Kind);
        return Interlocked.CompareExchange(ref _byKind, byKind, null) ?? byKind;
    }

    private static int InnerPosition(SyntaxNode syntax) => syntax switch
    {
        BaseMethodDeclarationSyntax { Body: { } block } => block.SpanStart + 1,
        BaseMethodDeclarationSyntax { ExpressionBody: { } arrow } => arrow.Expression.SpanStart,
        AccessorDeclarationSyntax { Body: { } block } => block.SpanStart + 1,
        AccessorDeclarationSyntax { ExpressionBody: { } arrow } => arrow.Expression.SpanStart,
        ArrowExpressionClauseSyntax arrow => arrow.Expression.SpanStart,
        EqualsValueClauseSyntax equals => equals.Value.SpanStart,
        CompilationUnitSyntax unit when unit.Members.OfType<GlobalStatementSyntax>().FirstOrDefault() is { } first => first.SpanStart,
        _ => syntax.SpanStart,
    };
}
