using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace AiGuardrails.Analyzers.Flow.Values;

/// <summary>
/// Where a value may come from: the expression that makes it, and the steps from its use back to there (references of locals,
/// parameters, fields and properties, calls of helpers, copies). An expression that leads no further is a source as it stands.
/// </summary>
internal readonly record struct ValueSource(IOperation Value, ImmutableArray<IOperation> Path)
{
    /// <summary>Gets a value indicating whether the source is <c>null</c>, or the default of a reference type.</summary>
    public bool IsNull => Value is { ConstantValue: { HasValue: true, Value: null } } or IDefaultValueOperation { Type.IsReferenceType: true };
}

/// <summary>
/// Follows a value back to the expressions that make it: through locals (only the assignments that can reach the use), private
/// fields with all writes in view, conditional, coalescing and switch expressions, copies, and helpers with a single return.
/// </summary>
internal static class ValueSources
{
    // Deep enough for "an object behind a property behind a local", and a bound on cycles.
    private const int MaxDepth = 8;

    // A value with more sources than this is not followed to its end; what is left out counts as unknown.
    private const int MaxSources = 64;

    // A variable that is written more often is not followed: which of its writes comes last takes too long to tell.
    private const int MaxWrites = 64;

    // More mentions of one name in a type than this, and its field counts as unknown.
    private const int MaxMentions = 128;

    // Weakly keyed by the root of a body: every value in the body asks for the references of its variables.
    private static readonly ConditionalWeakTable<IOperation, ILookup<ISymbol, IOperation>> s_references = new();

    /// <summary>The expressions that the value may come from, each once for every way it can take; at least one.</summary>
    public static IReadOnlyList<ValueSource> Of(IOperation value, CancellationToken cancellationToken)
    {
        var found = new List<ValueSource>();
        Collect(value, [], found, cancellationToken);
        if (found.Count == 0)
        {
            // What refers to nothing but itself is known no further.
            found.Add(new ValueSource(value.Unwrap(), []));
        }

        return found;
    }

    /// <summary>Every reference of a local, a parameter or a member in the body that holds the operation.</summary>
    public static IEnumerable<IOperation> ReferencesOf(ISymbol symbol, IOperation inBody) =>
        s_references.GetValue(RootOf(inBody), static root => ReferencesIn(root))[symbol];

    /// <summary>
    /// Every reference of a private member in its type, or null where there may be others out of view, or too many.
    /// </summary>
    public static IReadOnlyList<IOperation>? ReferencesOfPrivate(ISymbol member, IOperation from, CancellationToken cancellationToken)
    {
        if (member.DeclaredAccessibility != Accessibility.Private || from.SemanticModel is not { } model)
        {
            return null;
        }

        return ReferencesInType(member, from, cancellationToken);
    }

    /// <summary>Every reference of a member inside its type, or null where there are too many. Outside of it there may be others.</summary>
    public static IReadOnlyList<IOperation>? ReferencesInType(ISymbol member, IOperation from, CancellationToken cancellationToken)
    {
        if (from.SemanticModel is not { } model)
        {
            return null;
        }

        var found = new List<IOperation>();
        foreach (var declaration in member.ContainingType.DeclaringSyntaxReferences)
        {
            var syntax = declaration.GetSyntax(cancellationToken);
            foreach (var name in syntax.DescendantNodes().OfType<IdentifierNameSyntax>().Where(name => name.Identifier.ValueText == member.Name))
            {
                cancellationToken.ThrowIfCancellationRequested();
                SyntaxNode expression = name.Parent is MemberAccessExpressionSyntax access && access.Name == name ? access : name;
                if (OperationOf(model, expression, cancellationToken) is IMemberReferenceOperation reference
                    && SymbolEqualityComparer.Default.Equals(reference.Member.OriginalDefinition, member.OriginalDefinition))
                {
                    found.Add(reference);
                }

                if (found.Count > MaxMentions)
                {
                    return null;
                }
            }
        }

        return found;
    }

    /// <summary>
    /// Whether what happens at one place can have happened before another, where the object in question is made anew at a third:
    /// it stands before it in the text, in a loop around both that does not make the object anew, or in another function.
    /// </summary>
    public static bool CanPrecede(IOperation earlier, IOperation later, SyntaxNode? made)
    {
        if (!ReferenceEquals(FunctionOf(earlier)?.Syntax, FunctionOf(later)?.Syntax) || earlier.Syntax.SyntaxTree != later.Syntax.SyntaxTree)
        {
            return true;
        }

        return earlier.Syntax.SpanStart < later.Syntax.SpanStart
            || later.Syntax.Ancestors().Any(ancestor =>
                ancestor is LabeledStatementSyntax
                || (IsLoop(ancestor) && ancestor.Span.Contains(earlier.Syntax.Span) && (made is null || !ancestor.Span.Contains(made.Span))));
    }

    private static void Collect(IOperation value, ImmutableArray<IOperation> path, List<ValueSource> found, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        value = value.Unwrap();
        if (path.Length > MaxDepth || found.Count > MaxSources)
        {
            found.Add(new ValueSource(value, path));
            return;
        }

        switch (value)
        {
            case IConditionalOperation { WhenFalse: { } whenFalse } conditional:
                Collect(conditional.WhenTrue, path, found, cancellationToken);
                Collect(whenFalse, path, found, cancellationToken);
                return;

            case ICoalesceOperation coalesce:
                CollectButNull(coalesce.Value, path, found, cancellationToken);
                Collect(coalesce.WhenNull, path, found, cancellationToken);
                return;

            case ICoalesceAssignmentOperation coalesce:
                CollectButNull(coalesce.Target, path, found, cancellationToken);
                Collect(coalesce.Value, path.Add(coalesce.Target), found, cancellationToken);
                return;

            case ISimpleAssignmentOperation assignment:
                Collect(assignment.Value, path.Add(assignment.Target), found, cancellationToken);
                return;

            case ISwitchExpressionOperation choice:
                foreach (var arm in choice.Arms)
                {
                    Collect(arm.Value, path, found, cancellationToken);
                }

                return;

            // Nothing comes out of `?? throw …`.
            case IThrowOperation:
                return;

            case IWithOperation copy:
                Collect(copy.Operand, path.Add(copy), found, cancellationToken);
                return;

            case ILocalReferenceOperation { Local: { HasConstantValue: false } local }:
                CollectVariable(value, local, path, found, cancellationToken);
                return;

            case IParameterReferenceOperation { Parameter: var parameter }:
                CollectVariable(value, parameter, path, found, cancellationToken);
                return;

            case IFieldReferenceOperation { Field: { HasConstantValue: false } field }:
                CollectMember(value, field, path, found, cancellationToken);
                return;

            case IPropertyReferenceOperation { Property: { IsIndexer: false } property }:
                CollectMember(value, property, path, found, cancellationToken);
                return;

            case IInvocationOperation call:
                CollectCall(call, path, found, cancellationToken);
                return;

            default:
                found.Add(new ValueSource(value, path));
                return;
        }
    }

    private static void CollectButNull(IOperation value, ImmutableArray<IOperation> path, List<ValueSource> found, CancellationToken cancellationToken)
    {
        var start = found.Count;
        Collect(value, path, found, cancellationToken);
        RemoveNulls(found, start);
    }

    private static void RemoveNulls(List<ValueSource> found, int start)
    {
        for (var i = found.Count - 1; i >= start; i--)
        {
            if (found[i].IsNull)
            {
                found.RemoveAt(i);
            }
        }
    }

    private static void CollectVariable(IOperation reference, ISymbol variable, ImmutableArray<IOperation> path, List<ValueSource> found, CancellationToken cancellationToken)
    {
        if (path.Any(step => step.Syntax == reference.Syntax))
        {
            return;
        }

        var writes = WritesOf(variable, reference).Take(MaxWrites + 1).ToImmutableArray();
        if (writes.Length > MaxWrites)
        {
            found.Add(new ValueSource(reference, path));
            return;
        }

        var known = false;
        var next = path.Add(reference);
        foreach (var write in writes)
        {
            if (!CanPrecede(write.Operation, reference, made: null) || writes.Any(other => IsOverwritten(write, other, variable, reference)))
            {
                continue;
            }

            known = true;
            var start = found.Count;
            if (write.Value is null)
            {
                found.Add(new ValueSource(reference, path));
            }
            else if (write.Value.Syntax.Span.Contains(reference.Syntax.Span))
            {
                // `options = Change(options)`, seen from within: the value before it is what the other writes say.
                continue;
            }
            else
            {
                Collect(write.Value, next, found, cancellationToken);
            }

            if (IsNeverNull(variable, write.Operation, reference))
            {
                RemoveNulls(found, start);
            }
        }

        // A parameter has a value before any write; so has a local that a pattern, a loop or an `out` gives one.
        if ((variable is IParameterSymbol && !writes.Any(other => IsOverwritten(new Write(reference, null), other, variable, reference))) || !known)
        {
            found.Add(new ValueSource(reference, path));
        }
    }

    private static void CollectMember(IOperation reference, ISymbol member, ImmutableArray<IOperation> path, List<ValueSource> found, CancellationToken cancellationToken)
    {
        if (path.Any(step => step is IMemberReferenceOperation passed && SymbolEqualityComparer.Default.Equals(passed.Member, member)))
        {
            return;
        }

        if (reference is IPropertyReferenceOperation && !IsVirtual(member) && SingleReturn.Of(member, cancellationToken) is { } returned)
        {
            CollectDeclared(reference, returned, path, found, cancellationToken);
            return;
        }

        var initializer = InitializerOf(member, cancellationToken);
        if (initializer is not null && IsWrittenOnce(member))
        {
            CollectDeclared(reference, initializer, path, found, cancellationToken);
            return;
        }

        if (IsVirtual(member) || ReferencesOfPrivate(member, reference, cancellationToken) is not { } references)
        {
            found.Add(new ValueSource(reference, path));
            return;
        }

        var start = found.Count;
        var writes = 0;
        var unknownWrites = 0;
        if (initializer is not null)
        {
            writes++;
            CollectDeclared(reference, initializer, path, found, cancellationToken);
            unknownWrites += found.Skip(start).Any(IsKnown) ? 0 : 1;
        }

        foreach (var write in references.Select(AsWrite).Where(static write => write.Operation is not null))
        {
            writes++;
            var before = found.Count;
            if (write.Value is not null)
            {
                Collect(write.Value, path.Add(reference), found, cancellationToken);
            }

            unknownWrites += found.Skip(before).Any(IsKnown) ? 0 : 1;
        }

        // When which write came last cannot be told, so that one of them that is unknown makes all of them so.
        if (writes == 0 || (writes > 1 && unknownWrites > 0))
        {
            found.RemoveRange(start, found.Count - start);
            found.Add(new ValueSource(reference, path));
        }
        else if (found.Count == start)
        {
            found.Add(new ValueSource(reference, path));
        }
    }

    private static bool IsKnown(ValueSource source) =>
        source.Value is IObjectCreationOperation or IAnonymousObjectCreationOperation or IDefaultValueOperation or { ConstantValue.HasValue: true };

    private static void CollectCall(IInvocationOperation call, ImmutableArray<IOperation> path, List<ValueSource> found, CancellationToken cancellationToken)
    {
        var method = call.TargetMethod;
        if (method is { Name: "Clone", Parameters.IsEmpty: true, IsStatic: false } && call.Instance is { } original && SymbolEqualityComparer.Default.Equals(original.Type, call.Type))
        {
            Collect(original, path.Add(call), found, cancellationToken);
            return;
        }

        if (method.MethodKind == MethodKind.DelegateInvoke && call.Instance is { } function && !path.Contains(call))
        {
            // A factory in view: `Func<ChatOptions> make = () => new ChatOptions { … };`.
            if (Of(function, cancellationToken) is [{ Value: IDelegateCreationOperation { Target: IAnonymousFunctionOperation { Body.Operations: [IReturnOperation { ReturnedValue: { } made }] } } }])
            {
                Collect(made, path.Add(call), found, cancellationToken);
                return;
            }
        }
        else if (method.MethodKind is MethodKind.Ordinary or MethodKind.LocalFunction
            && !IsVirtual(method)
            && !path.Any(step => step is IInvocationOperation passed && SymbolEqualityComparer.Default.Equals(passed.TargetMethod, method))
            && SingleReturn.Of(method, cancellationToken) is { } returned)
        {
            CollectDeclared(call, returned, path, found, cancellationToken);
            return;
        }

        found.Add(new ValueSource(call, path));
    }

    private static void CollectDeclared(IOperation from, SyntaxNode expression, ImmutableArray<IOperation> path, List<ValueSource> found, CancellationToken cancellationToken)
    {
        if (from.SemanticModel is { } model && OperationOf(model, expression, cancellationToken) is { } value)
        {
            Collect(value, path.Add(from), found, cancellationToken);
        }
        else
        {
            found.Add(new ValueSource(from, path));
        }
    }

    /// <summary>The writes of a variable, each with the value that it takes; without one where that is not an expression.</summary>
    private static IEnumerable<Write> WritesOf(ISymbol variable, IOperation inBody) =>
        ReferencesOf(variable, inBody).Select(AsWrite).Where(static write => write.Operation is not null);

    private static Write AsWrite(IOperation reference)
    {
        switch (reference)
        {
            case IVariableDeclaratorOperation declarator:
                return declarator.GetVariableInitializer() is { } initializer ? new Write(declarator, initializer.Value) : default;

            case { Parent: ISimpleAssignmentOperation { IsRef: false } assignment } when assignment.Target == reference:
                return new Write(assignment, assignment.Value);

            case { Parent: ICoalesceAssignmentOperation assignment } when assignment.Target == reference:
                return new Write(assignment, assignment.Value);

            case { Parent: IAssignmentOperation assignment } when assignment.Target == reference:
                return new Write(assignment, null);

            case { Parent: IIncrementOrDecrementOperation increment }:
                return new Write(increment, null);

            case { Parent: IArgumentOperation { Parameter.RefKind: RefKind.Out or RefKind.Ref } argument }:
                return new Write(argument, null);

            case { Parent: ITupleOperation { Parent: IDeconstructionAssignmentOperation deconstruction } tuple } when deconstruction.Target == tuple:
                return new Write(deconstruction, null);

            case { Parent: IAddressOfOperation or IVariableInitializerOperation { Parent: IVariableDeclaratorOperation { Symbol.RefKind: not RefKind.None } } } alias:
                return new Write(alias.Parent!, null);

            default:
                return default;
        }
    }

    /// <summary>Whether a write is certainly followed by another one before the use.</summary>
    private static bool IsOverwritten(Write write, Write other, ISymbol variable, IOperation use)
    {
        // Another function runs when it likes.
        if (ReferenceEquals(other.Operation, write.Operation)
            || !ReferenceEquals(FunctionOf(other.Operation)?.Syntax, FunctionOf(use)?.Syntax)
            || FunctionOf(write.Operation) is { } function && !function.Syntax.Span.Contains(use.Syntax.Span))
        {
            return false;
        }

        var isEntry = ReferenceEquals(write.Operation, use);
        for (var statement = other.Operation; statement is not null and not IAnonymousFunctionOperation and not ILocalFunctionOperation; statement = statement.Parent)
        {
            if (statement.Syntax is not StatementSyntax || statement.Parent is not (IBlockOperation or ISwitchCaseOperation) || statement.Parent is not { } block || !block.Syntax.Span.Contains(use.Syntax.Span))
            {
                continue;
            }

            // The statement stands in a block around the use, before the use; from here outwards it only gets larger.
            var follows = isEntry
                || statement.Syntax.SpanStart >= write.Operation.Syntax.Span.End
                || (write.Operation.Syntax.SpanStart > use.Syntax.Span.End && block.Syntax.Ancestors().Any(ancestor => IsLoop(ancestor) && ancestor.Span.Contains(write.Operation.Syntax.Span)));
            return follows
                && statement.Syntax.Span.End <= use.Syntax.SpanStart
                && !statement.Syntax.Span.Contains(write.Operation.Syntax.Span)
                && AlwaysAssigns(statement, variable);
        }

        return false;
    }

    /// <summary>Whether the statement gives the variable a value, or leaves, on every way through it.</summary>
    public static bool AlwaysAssigns(IOperation? statement, ISymbol? variable) => statement switch
    {
        IExpressionStatementOperation { Operation: ISimpleAssignmentOperation assignment } => Refers(assignment.Target, variable),
        IExpressionStatementOperation { Operation: ICompoundAssignmentOperation assignment } => Refers(assignment.Target, variable),
        IExpressionStatementOperation { Operation: IIncrementOrDecrementOperation increment } => Refers(increment.Target, variable),
        IVariableDeclarationGroupOperation group => group.Declarations.Any(declaration => declaration.Declarators.Any(declarator =>
            declarator.GetVariableInitializer() is not null && SymbolEqualityComparer.Default.Equals(declarator.Symbol, variable))),
        IBlockOperation block => block.Operations.Any(inner => AlwaysAssigns(inner, variable)),
        IConditionalOperation choice => choice.WhenFalse is not null && AlwaysAssigns(choice.WhenTrue, variable) && AlwaysAssigns(choice.WhenFalse, variable),
        ISwitchOperation choice => choice.Cases.Any(static section => section.Clauses.Any(static clause => clause is IDefaultCaseClauseOperation))
            && choice.Cases.All(section => section.Body.Any(inner => AlwaysAssigns(inner, variable))),
        ITryOperation attempt => AlwaysAssigns(attempt.Finally, variable)
            || (AlwaysAssigns(attempt.Body, variable) && attempt.Catches.All(handler => AlwaysAssigns(handler.Handler, variable))),
        IUsingOperation scope => AlwaysAssigns(scope.Body, variable),
        ILockOperation scope => AlwaysAssigns(scope.Body, variable),

        // What leaves never comes to the use.
        IReturnOperation or IExpressionStatementOperation { Operation: IThrowOperation } or IThrowOperation => true,
        IBranchOperation { BranchKind: BranchKind.Continue } => true,
        IBranchOperation { BranchKind: BranchKind.Break } branch => branch.GetCorrespondingOperation() is ILoopOperation,
        _ => false,
    };

    /// <summary>Whether <c>null</c> cannot come from the write to the use: it is tested, or replaced, on the way.</summary>
    private static bool IsNeverNull(ISymbol variable, IOperation write, IOperation use)
    {
        foreach (var reference in ReferencesOf(variable, use))
        {
            if (reference.Syntax.SpanStart < write.Syntax.Span.End || reference.Syntax.SpanStart >= use.Syntax.SpanStart)
            {
                continue;
            }

            for (var test = reference.Parent; test is not null; test = test.Parent)
            {
                if (test is ICoalesceAssignmentOperation coalesce && coalesce.Target == reference)
                {
                    return true;
                }

                // Any condition on the variable, around the use or leaving before it, may be the null test.
                if (test is IConditionalOperation choice && choice.Condition.Syntax.Span.Contains(reference.Syntax.Span))
                {
                    if (choice.Syntax.Span.Contains(use.Syntax.Span) || AlwaysAssigns(choice.WhenTrue, variable))
                    {
                        return true;
                    }
                }
            }
        }

        return false;
    }

    private static bool Refers(IOperation target, ISymbol? variable) => target switch
    {
        ILocalReferenceOperation local => SymbolEqualityComparer.Default.Equals(local.Local, variable),
        IParameterReferenceOperation parameter => SymbolEqualityComparer.Default.Equals(parameter.Parameter, variable),
        _ => false,
    };

    private static bool IsVirtual(ISymbol member) =>
        member.IsVirtual || member.IsAbstract || member.IsOverride || member.IsExtern || member.ContainingType is null or { TypeKind: TypeKind.Interface };

    /// <summary>Whether nothing can write the member but its initialiser; a static constructor that does would be odd.</summary>
    private static bool IsWrittenOnce(ISymbol member) => member is IFieldSymbol { IsStatic: true, IsReadOnly: true } or IPropertySymbol { IsStatic: true, SetMethod: null };

    private static bool IsLoop(SyntaxNode node) => node is WhileStatementSyntax or DoStatementSyntax or ForStatementSyntax or CommonForEachStatementSyntax;

    /// <summary>The initialiser of a field or property, or null.</summary>
    public static ExpressionSyntax? InitializerOf(ISymbol member, CancellationToken cancellationToken) =>
        member.DeclaringSyntaxReferences is [var declaration]
            ? declaration.GetSyntax(cancellationToken) switch
            {
                VariableDeclaratorSyntax field => field.Initializer?.Value,
                PropertyDeclarationSyntax property => property.Initializer?.Value,
                _ => null,
            }
            : null;

    private static ILookup<ISymbol, IOperation> ReferencesIn(IOperation root) =>
        root.DescendantsAndSelf()
            .Select(static operation => (Symbol: SymbolOf(operation), Operation: operation))
            .Where(static entry => entry.Symbol is not null)
            .ToLookup(static entry => entry.Symbol!, static entry => entry.Operation, SymbolEqualityComparer.Default);

    private static ISymbol? SymbolOf(IOperation operation) => operation switch
    {
        IVariableDeclaratorOperation declarator => declarator.Symbol,
        ILocalReferenceOperation local => local.Local,
        IParameterReferenceOperation parameter => parameter.Parameter,
        _ => null,
    };

    private static IOperation? FunctionOf(IOperation operation)
    {
        for (var current = operation.Parent; current is not null; current = current.Parent)
        {
            if (current is IAnonymousFunctionOperation or ILocalFunctionOperation)
            {
                return current;
            }
        }

        return null;
    }

    /// <summary>The operation of a piece of source, which may stand in another file.</summary>
    public static IOperation? OperationOf(SemanticModel model, SyntaxNode syntax, CancellationToken cancellationToken) =>
        SemanticModels.Of(model, syntax.SyntaxTree)?.TryGetOperation(syntax, cancellationToken);

    /// <summary>The operation of the whole body.</summary>
    public static IOperation RootOf(IOperation operation)
    {
        while (operation.Parent is { } parent)
        {
            operation = parent;
        }

        return operation;
    }

    private readonly record struct Write(IOperation Operation, IOperation? Value);
}
