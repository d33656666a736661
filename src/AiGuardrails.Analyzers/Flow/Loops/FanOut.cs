using System.Collections.Immutable;
using AiGuardrails.Analyzers.Sdks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AiGuardrails.Analyzers.Flow.Loops;

/// <summary>Calls that run at the same time, one for each element of a sequence.</summary>
/// <param name="Together">The call that runs them: <c>Task.WhenAll</c>, or a method of <c>Parallel</c>.</param>
/// <param name="Call">The generation call.</param>
/// <param name="Projection">The call of <c>Select</c> that makes the tasks; null where there is none.</param>
internal sealed record FanOut(IInvocationOperation Together, IInvocationOperation Call, IInvocationOperation? Projection)
{
    private const int MaxDepth = 8;

    private static readonly ImmutableArray<string> s_limiters = ["Semaphore", "Limiter", "Throttl", "Bulkhead", "ResiliencePipeline", "BatchBlock", "ActionBlock", "TransformBlock"];

    private static readonly ImmutableArray<string> s_limitingMembers = ["Chunk", "Batch", "Buffer", "MaxDegreeOfParallelism", "WithDegreeOfParallelism"];

    /// <summary>The fan-outs of a body that nothing in view limits.</summary>
    public static IEnumerable<FanOut> UnboundedIn(AiContext ai, AiBody body, int maximum, CancellationToken cancellationToken)
    {
        var calls = body.All<IInvocationOperation>(OperationKind.Invocation).Where(static call => IsWhenAll(call) || IsParallel(call)).ToArray();
        return calls.Length == 0 ? [] : new Search(ai, body, maximum, cancellationToken).In(calls);
    }

    /// <summary>Whether the call waits for many tasks.</summary>
    public static bool IsWhenAll(IInvocationOperation call) =>
        call.TargetMethod is { Name: "WhenAll" or "WaitAll", ContainingType: { Name: "Task", ContainingNamespace.Name: "Tasks" } };

    /// <summary>Whether the call runs its lambda for many elements at once, on as many threads as it likes.</summary>
    public static bool IsParallel(IInvocationOperation call) =>
        call.TargetMethod is { Name: "ForEach" or "For", ContainingType: { Name: "Parallel", ContainingNamespace.Name: "Tasks" } };

    private sealed class Search(AiContext ai, AiBody body, int maximum, CancellationToken cancellationToken)
    {
        public IEnumerable<FanOut> In(IInvocationOperation[] calls)
        {
            foreach (var call in calls)
            {
                cancellationToken.ThrowIfCancellationRequested();
                if ((IsParallel(call) ? OfParallel(call) : OfWhenAll(call)) is { } found && !IsLimited(found))
                {
                    yield return found;
                }
            }
        }

        private FanOut? OfParallel(IInvocationOperation call)
        {
            if (call.Arguments.FirstOrDefault(static argument => argument.Parameter?.Name == "parallelOptions") is { } options && MayLimit(options.Value))
            {
                return null;
            }

            var source = call.Arguments.FirstOrDefault(static argument => argument.Parameter?.Name == "source")?.Value;
            var count = call.Arguments.FirstOrDefault(static argument => argument.Parameter?.Name == "toExclusive")?.Value;
            return call.Arguments.FirstOrDefault(static argument => argument.Parameter?.Name == "body") is { } each
                && GenerationIn(each.Value) is { } generation
                && (source is not null ? IsOpen(source, depth: 0) : count is not null && !count.ConstantValue.HasValue)
                ? new FanOut(call, generation, Projection: null)
                : null;
        }

        // Options from elsewhere may hold a degree.
        private bool MayLimit(IOperation options) => options.Unwrap() switch
        {
            IObjectCreationOperation creation => creation.Initializer?.Initializers.OfType<ISimpleAssignmentOperation>().Any(static assignment =>
                assignment.Target is IPropertyReferenceOperation { Property.Name: "MaxDegreeOfParallelism" } && assignment.Value.ConstantValue is not { HasValue: true, Value: -1 }) == true,
            ILocalReferenceOperation { Local: var local } when ValuesOf(local) is [var only] && only.Unwrap() is IObjectCreationOperation =>
                MayLimit(only) || body.All<IPropertyReferenceOperation>(OperationKind.PropertyReference).Any(static property => property.Property.Name == "MaxDegreeOfParallelism"),
            _ => true,
        };

        private FanOut? OfWhenAll(IInvocationOperation together) =>
            together.Arguments is [{ Value: var tasks }, ..] ? OfTasks(together, tasks, depth: 0) : null;

        private FanOut? OfTasks(IInvocationOperation together, IOperation tasks, int depth)
        {
            tasks = tasks.Unwrap();
            if (depth > MaxDepth)
            {
                return null;
            }

            switch (tasks)
            {
                case ITranslatedQueryOperation query:
                    return OfTasks(together, query.Operation, depth + 1);

                case IInvocationOperation { TargetMethod: { Name: "Select", ContainingType.Name: "Enumerable" or "ImmutableArrayExtensions" or "ParallelEnumerable" } } projection
                    when projection.Arguments is [{ Value: var source }, { Value: var selector }]:
                    return projection.TargetMethod.ContainingType.Name != "ParallelEnumerable" && GenerationIn(selector) is { } call && IsOpen(source, depth: 0)
                        ? new FanOut(together, call, projection)
                        : null;

                // "tasks.ToList()", "tasks.Concat(others)"
                case IInvocationOperation { TargetMethod: { Name: "ToArray" or "ToList" or "ToImmutableArray" or "AsEnumerable" or "Cast" or "Concat" or "Append" or "Where", ContainingType.Name: "Enumerable" or "ImmutableArray" } } same
                    when same.Arguments.Length > 0:
                    return OfTasks(together, same.Arguments[0].Value, depth + 1);

                case ICollectionExpressionOperation collection:
                    return collection.Elements.OfType<ISpreadOperation>().Select(spread => OfTasks(together, spread.Operand, depth + 1)).FirstOrDefault(static found => found is not null);

                case ILocalReferenceOperation { Local: var local }:
                    return OfCollected(together, local)
                        ?? (ValuesOf(local) is [var only] ? OfTasks(together, only, depth + 1) : null);

                default:
                    return null;
            }
        }

        /// <summary>Tasks that a loop puts into a list or an array.</summary>
        private FanOut? OfCollected(IInvocationOperation together, ILocalSymbol tasks)
        {
            foreach (var reference in body.All<ILocalReferenceOperation>(OperationKind.LocalReference).Where(reference => SymbolEqualityComparer.Default.Equals(reference.Local, tasks)))
            {
                var added = reference.Parent switch
                {
                    IInvocationOperation { TargetMethod.Name: "Add" or "Enqueue", Arguments: [var argument] } add when add.Instance == reference => argument.Value,
                    IArrayElementReferenceOperation { Parent: ISimpleAssignmentOperation assignment } element when assignment.Target == element => assignment.Value,
                    _ => null,
                };

                if (added is not null && TaskOf(added) is { } call && LoopAround(reference) is { } loop && !loop.Syntax.Span.Contains(together.Syntax.Span) && !WaitsInside(loop) && IsOpen(loop))
                {
                    return new FanOut(together, call, Projection: null);
                }
            }

            return null;
        }

        // "if (running.Count == 8) { await Task.WhenAny(running); … }": the loop holds back by itself.
        private static bool WaitsInside(ILoopOperation loop) =>
            loop.Descendants().Any(static operation => operation is IInvocationOperation { TargetMethod: { Name: "WhenAny" or "WhenAll" or "WaitAny" or "WaitAll" or "Delay", ContainingType.Name: "Task" } });

        private static ILoopOperation? LoopAround(IOperation operation)
        {
            for (var node = operation.Parent; node is not null and not IAnonymousFunctionOperation and not ILocalFunctionOperation; node = node.Parent)
            {
                if (node is ILoopOperation loop)
                {
                    return loop;
                }
            }

            return null;
        }

        /// <summary>Whether the loop goes over something whose length is not in the code.</summary>
        private bool IsOpen(ILoopOperation loop) => loop switch
        {
            IForEachLoopOperation each => IsOpen(each.Collection, depth: 0),
            IForLoopOperation { Condition: IBinaryOperation { RightOperand: var limit } } => limit.Unwrap() is IPropertyReferenceOperation { Property.Name: "Count" or "Length", Instance: { } counted } && IsOpen(counted, depth: 0),
            _ => false,
        };

        /// <summary>Whether the sequence may have any number of elements: not where the code says how many, or lets somebody choose.</summary>
        private bool IsOpen(IOperation source, int depth)
        {
            source = source.Unwrap();
            if (depth > MaxDepth)
            {
                return false;
            }

            switch (source)
            {
                case IArrayCreationOperation { Initializer: { } initializer }:
                    return initializer.ElementValues.Length > maximum;

                case IArrayCreationOperation { DimensionSizes: [{ ConstantValue: { HasValue: true, Value: int size } }] }:
                    return size > maximum;

                case IArrayCreationOperation:
                    return false;

                // An empty list is there to be filled.
                case ICollectionExpressionOperation { Elements.IsEmpty: true }:
                    return true;

                case ICollectionExpressionOperation collection:
                    return collection.Elements.Length > maximum || collection.Elements.OfType<ISpreadOperation>().Any(spread => IsOpen(spread.Operand, depth + 1));

                case IObjectCreationOperation { Initializer: { } elements, Arguments.IsEmpty: true }:
                    return elements.Initializers.Length > maximum;

                case IInvocationOperation { TargetMethod.Name: "Range" or "Repeat" or "Take" } counted:
                    // A number that somebody chooses is a limit, unless it is written and high.
                    return counted.Arguments[counted.Arguments.Length - 1].Value.ConstantValue is { HasValue: true, Value: int count } && count > maximum;

                case IInvocationOperation { TargetMethod.Name: "Chunk" or "Batch" or "Buffer" or "TakeLast" or "GetValues" or "GetNames" }:
                    return false;

                case IInvocationOperation { TargetMethod: { ContainingType.Name: "Enumerable" or "ImmutableArray" or "ImmutableArrayExtensions" } } linq when linq.Arguments.Length > 0:
                    return IsOpen(linq.Arguments[0].Value, depth + 1);

                // Named by the element of an outer loop: "foreach (var part in items.Chunk(8))"
                case ILocalReferenceOperation { Local: var local } when EachOf(local) is { } each:
                    return each.Collection.Unwrap() is not IInvocationOperation { TargetMethod.Name: "Chunk" or "Batch" or "Buffer" };

                case ILocalReferenceOperation { Local: var local }:
                    return ValuesOf(local) is not [var only] || IsFilled(local) || IsOpen(only, depth + 1);

                case IFieldReferenceOperation { Field: { IsReadOnly: true, DeclaringSyntaxReferences: [var declaration] } field }:
                    return (declaration.GetSyntax(cancellationToken) as Microsoft.CodeAnalysis.CSharp.Syntax.VariableDeclaratorSyntax)?.Initializer?.Value is not { } initial
                        || SemanticModels.Of(body.Model, initial.SyntaxTree)?.TryGetOperation(initial, cancellationToken) is not { } value
                        || (field.Type is not IArrayTypeSymbol && value.Unwrap() is IObjectCreationOperation { Initializer: null })
                        || IsOpen(value, depth + 1);

                default:
                    return true;
            }
        }

        private IForEachLoopOperation? EachOf(ILocalSymbol local) =>
            body.All<IForEachLoopOperation>(OperationKind.Loop).FirstOrDefault(each => each.Locals.Contains(local, SymbolEqualityComparer.Default));

        // A list that is added to is as long as what it is added from.
        private bool IsFilled(ILocalSymbol local) =>
            body.All<ILocalReferenceOperation>(OperationKind.LocalReference).Any(reference =>
                SymbolEqualityComparer.Default.Equals(reference.Local, local)
                && reference.Parent is IInvocationOperation { TargetMethod.Name: "Add" or "AddRange" or "Insert" or "Push" or "Enqueue" } call && call.Instance == reference);

        private ImmutableArray<IOperation> ValuesOf(ILocalSymbol local) =>
        [
            .. body.All<IVariableDeclaratorOperation>(OperationKind.VariableDeclarator)
                .Where(declarator => SymbolEqualityComparer.Default.Equals(declarator.Symbol, local))
                .Select(static declarator => declarator.GetVariableInitializer()?.Value)
                .OfType<IOperation>(),
            .. body.All<ISimpleAssignmentOperation>(OperationKind.SimpleAssignment)
                .Where(assignment => assignment.Target is ILocalReferenceOperation target && SymbolEqualityComparer.Default.Equals(target.Local, local))
                .Select(static assignment => assignment.Value),
        ];

        /// <summary>The generation call that a lambda or a named helper makes, directly or one helper deep.</summary>
        private IInvocationOperation? GenerationIn(IOperation selector) => selector.Unwrap() switch
        {
            IDelegateCreationOperation { Target: IAnonymousFunctionOperation lambda } => CallIn(lambda.Body),
            IDelegateCreationOperation { Target: IMethodReferenceOperation reference } => BodyOf(reference.Method) is { } helper ? DirectCallIn(helper) : null,
            IAnonymousFunctionOperation lambda => CallIn(lambda.Body),
            _ => null,
        };

        private IInvocationOperation? CallIn(IOperation code) =>
            DirectCallIn(code)
            ?? code.DescendantsAndSelf().OfType<IInvocationOperation>().Select(call => BodyOf(call.TargetMethod) is { } helper ? DirectCallIn(helper) : null).FirstOrDefault(static call => call is not null);

        private IInvocationOperation? DirectCallIn(IOperation code) =>
            code.DescendantsAndSelf().OfType<IInvocationOperation>().FirstOrDefault(call => ai.IsGenerationCall(call.TargetMethod));

        /// <summary>The generation call behind a task that is not awaited where it is made.</summary>
        private IInvocationOperation? TaskOf(IOperation value) =>
            value is IAwaitOperation or IConversionOperation { Operand: IAwaitOperation } ? null : CallIn(value);

        private IOperation? BodyOf(IMethodSymbol method)
        {
            var definition = (method.ReducedFrom ?? method).OriginalDefinition;
            return definition is { IsVirtual: false, IsAbstract: false, MethodKind: MethodKind.Ordinary or MethodKind.LocalFunction }
                && definition.DeclaringSyntaxReferences is [var declaration]
                && SemanticModels.Of(body.Model, declaration.SyntaxTree) is { } model
                ? model.TryGetOperation(declaration.GetSyntax(cancellationToken), cancellationToken)
                : null;
        }

        /// <summary>Whether something in view limits how many calls run: in the body, or in the helper that calls.</summary>
        private bool IsLimited(FanOut found)
        {
            var roots = new List<IOperation> { body.Operation! };
            for (IOperation? root = found.Call; root is not null; root = root.Parent)
            {
                if (root.Parent is null && root != body.Operation)
                {
                    roots.Add(root);
                }
            }

            return roots.SelectMany(static root => root.Descendants()).Any(IsLimiter);
        }

        private static bool IsLimiter(IOperation operation)
        {
            var name = operation switch
            {
                IInvocationOperation call => call.TargetMethod.Name,
                // The options of "Parallel" limit the call that they are given to, and no other.
                IPropertyReferenceOperation { Property: { ContainingType.Name: not "ParallelOptions" } property } => property.Name,
                _ => null,
            };

            return (name is not null && s_limitingMembers.Contains(name))
                || (operation.Type is { } type && s_limiters.Any(limiter => type.Name.IndexOf(limiter, StringComparison.Ordinal) >= 0));
        }
    }
}
