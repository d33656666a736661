using System.Collections.Immutable;
using AiGuardrails.Analyzers.Sdks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace AiGuardrails.Analyzers.Flow.Jobs;

/// <summary>A place where the output of a batch is all that is asked of it.</summary>
/// <param name="Operation">The read of the output, or the test of one request.</param>
/// <param name="Batch">The batch.</param>
/// <param name="IsItem">Whether it is about one request of the batch.</param>
internal readonly record struct BatchRead(IOperation Operation, BatchOutcome Batch, bool IsItem);

/// <summary>
/// Finds where a body fetches a batch, uses its output, and asks nothing of the requests that have none. Silent where the type
/// around asks for them anywhere, and where the batch goes to code that may.
/// </summary>
internal sealed class BatchReads(AiContext ai, AiBody body, CancellationToken cancellationToken)
{
    private const int MaxSteps = 4;

    private readonly StatusReplies _replies = new(ai, body, cancellationToken);

    public IEnumerable<BatchRead> All() => Outputs().Concat(Items());

    /// <summary>The first use of the output of each kind of batch.</summary>
    private IEnumerable<BatchRead> Outputs()
    {
        var found = new HashSet<BatchOutcome>();
        foreach (var operation in (body.Operation?.DescendantsAndSelf() ?? []).Where(static operation => operation is IPropertyReferenceOperation or IInvocationOperation))
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (OutputOf(operation) is { } batch && !found.Contains(batch) && IsFetchedHere(operation) && IsUsed(operation, MaxSteps) && !IsConsulted(batch) && !Escapes(batch))
            {
                found.Add(batch);
                yield return new BatchRead(operation, batch, IsItem: false);
            }
        }
    }

    private BatchOutcome? OutputOf(IOperation operation)
    {
        if (operation is IPropertyReferenceOperation { Property.IsIndexer: false, Instance: { } instance } property)
        {
            if (ai.BatchOutcomeOf(instance.Type) is { } typed)
            {
                return typed.Outputs.Contains(property.Property.Name) ? typed : null;
            }

            return IsRawBatch && _replies.IsReplyProperty(property.Property, RawHttp.BatchOutcome.Outputs) ? RawHttp.BatchOutcome : null;
        }

        return IsRawBatch && StatusReplies.ReadsMember(operation, RawHttp.BatchOutcome.Outputs) ? RawHttp.BatchOutcome : null;
    }

    // The name of the member is the batch's own, whatever else the body asks for.
    private bool IsRawBatch => (body.Http.Job ?? _replies.Job)?.Name == RawHttp.BatchOutcome.Name;

    /// <summary>Whether the batch comes from a call in this body: whoever handed it in may have looked at it.</summary>
    private bool IsFetchedHere(IOperation operation)
    {
        var current = ReceiverOf(operation);
        for (var i = 0; i < 16 && current is not null; i++)
        {
            current = current.Unwrap();
            switch (current)
            {
                case ILocalReferenceOperation local:
                    return body.All<IVariableDeclaratorOperation>(OperationKind.VariableDeclarator).Any(declarator => SymbolEqualityComparer.Default.Equals(declarator.Symbol, local.Local) && !IsMadeOfParameter(declarator))
                        || body.All<IAssignmentOperation>(OperationKind.SimpleAssignment).Any(assignment => assignment.Target is ILocalReferenceOperation target && SymbolEqualityComparer.Default.Equals(target.Local, local.Local))
                        || body.All<IForEachLoopOperation>(OperationKind.Loop).Any(loop => loop.Locals.Contains(local.Local, SymbolEqualityComparer.Default));

                case IInvocationOperation call when RawHttp.IsJson(call.Type) && call.Instance is { } instance && RawHttp.IsJson(instance.Unwrap().Type):
                    current = instance;
                    break;

                case IInvocationOperation:
                    return true;

                case IConditionalAccessInstanceOperation instance:
                    current = StablePath.ReceiverOf(instance);
                    break;

                case IConditionalAccessOperation access:
                    current = access.WhenNotNull;
                    break;

                case IPropertyReferenceOperation property:
                    current = property.Instance;
                    break;

                default:
                    return false;
            }
        }

        return false;
    }

    // "var root = document.RootElement" has what the document has, and a document what the text has that was given in.
    private static bool IsMadeOfParameter(IVariableDeclaratorOperation declarator)
    {
        var value = declarator.GetVariableInitializer()?.Value.Unwrap();
        while (true)
        {
            switch (value)
            {
                case IPropertyReferenceOperation { Instance: { } instance }:
                    value = instance.Unwrap();
                    continue;

                case IInvocationOperation { Instance: null, TargetMethod.Name: "Parse" or "Deserialize" or "DeserializeObject", Arguments: [var text, ..] }:
                    value = text.Value.Unwrap();
                    continue;
            }

            break;
        }

        return value is IParameterReferenceOperation or IFieldReferenceOperation or IPropertyReferenceOperation or IInstanceReferenceOperation;
    }

    private static IOperation? ReceiverOf(IOperation operation) => operation switch
    {
        IPropertyReferenceOperation property => property.Instance,
        IInvocationOperation call => call.Instance ?? call.Arguments.FirstOrDefault()?.Value,
        _ => null,
    };

    /// <summary>Whether the output goes somewhere: a test for null and a line in a log are no use of it.</summary>
    private bool IsUsed(IOperation value, int steps)
    {
        if (steps == 0)
        {
            return false;
        }

        if (value is IInvocationOperation { TargetMethod.Name: "TryGetProperty" or "TryGetPropertyValue" or "TryGetValue" })
        {
            return IsOutVariableUsed(value, steps);
        }

        for (var current = value; current.Parent is { } parent; current = parent)
        {
            switch (parent)
            {
                case IConversionOperation or IParenthesizedOperation or IAwaitOperation or IInterpolationOperation or IInterpolatedStringOperation or IInterpolatedStringAdditionOperation or IConditionalAccessOperation:
                case IBinaryOperation { OperatorKind: BinaryOperatorKind.Add }:
                case ICoalesceOperation:
                case IConditionalOperation choice when choice.Condition != current:
                case IInvocationOperation { TargetMethod.Name: "GetString" or "ToString" or "GetValue" or "Trim" or "Value" } text when text.Instance == current:
                    continue;

                // A text made of it is followed on.
                case IArgumentOperation { Parent: IInvocationOperation { Type.SpecialType: SpecialType.System_String, TargetMethod.ContainingType: { SpecialType: SpecialType.System_String } or { Name: "Path" or "Uri" } } }:
                case IInvocationOperation { Type.SpecialType: SpecialType.System_String } when current is IArgumentOperation:
                    continue;

                // What is collected is used elsewhere, or looked at there.
                case IArgumentOperation { Parent: IInvocationOperation call }:
                    return !IsQuestionOrLog(call) && call.TargetMethod.ContainingNamespace?.ToDisplayString().StartsWith("System.Collections", StringComparison.Ordinal) != true;

                case IArgumentOperation { Parent: IObjectCreationOperation created }:
                    // A type of the project's own may well take the rest too.
                    return IsPlatform(created.Type?.ContainingAssembly);

                case IVariableInitializerOperation { Parent: IVariableDeclaratorOperation declarator }:
                    return IsVariableUsed(declarator.Symbol, steps - 1);

                case ISimpleAssignmentOperation { Target: ILocalReferenceOperation target } assignment when assignment.Value == current:
                    return IsVariableUsed(target.Local, steps - 1);

                case IIsPatternOperation { Pattern: var pattern }:
                    return pattern.DescendantsAndSelf().Select(static part => part switch
                    {
                        IDeclarationPatternOperation declaration => declaration.DeclaredSymbol,
                        IRecursivePatternOperation recursive => recursive.DeclaredSymbol,
                        _ => null,
                    }).Any(symbol => symbol is ILocalSymbol bound && IsVariableUsed(bound, steps - 1));

                case IReturnOperation:
                    return ReturnsPlainText(parent);

                default:
                    return false;
            }
        }

        return false;
    }

    // "root.TryGetProperty("output_file_id", out var id)"
    private bool IsOutVariableUsed(IOperation call, int steps) =>
        call.Descendants().OfType<IArgumentOperation>().Where(static argument => argument.Parameter?.RefKind == RefKind.Out)
            .SelectMany(static argument => argument.Value.DescendantsAndSelf().OfType<ILocalReferenceOperation>())
            .Any(local => IsVariableUsed(local.Local, steps - 1));

    private bool IsVariableUsed(ILocalSymbol local, int steps) =>
        body.All<ILocalReferenceOperation>(OperationKind.LocalReference).Any(reference => SymbolEqualityComparer.Default.Equals(reference.Local, local) && IsUsed(reference, steps));

    // Whoever gets "string?" is told that there may be none.
    private bool ReturnsPlainText(IOperation returned)
    {
        for (var parent = returned.Parent; parent is not null; parent = parent.Parent)
        {
            if (parent is IAnonymousFunctionOperation or ILocalFunctionOperation)
            {
                return false;
            }
        }

        return body.Owner is IMethodSymbol method
            && (method.ReturnType is INamedTypeSymbol { Name: "Task" or "ValueTask", TypeArguments: [var result] } ? result : method.ReturnType) is { SpecialType: SpecialType.System_String, NullableAnnotation: NullableAnnotation.NotAnnotated };
    }

    private static bool IsQuestionOrLog(IInvocationOperation call) =>
        call.TargetMethod.Name is "IsNullOrEmpty" or "IsNullOrWhiteSpace" or "ThrowIfNull" or "ThrowIfNullOrEmpty" or "ThrowIfNullOrWhiteSpace" or "Equals"
        || call.TargetMethod.Name.StartsWith("Log", StringComparison.Ordinal)
        || call.TargetMethod.ContainingType?.Name is "Console" or "Debug" or "Trace" or "TextWriter";

    private static bool IsPlatform(IAssemblySymbol? assembly) =>
        assembly is not null && (assembly.Name.StartsWith("System", StringComparison.Ordinal) || assembly.Name.StartsWith("Microsoft.Extensions.Logging", StringComparison.Ordinal) || assembly.Name == "Newtonsoft.Json");

    /// <summary>Whether the code around names what became of the other requests: it may do so in another method.</summary>
    private bool IsConsulted(BatchOutcome batch)
    {
        var names = batch.Outcomes.Concat(batch == RawHttp.BatchOutcome ? batch.Outcomes.Select(static name => name.Replace("_", "")) : RawHttp.BatchOutcome.Outcomes).ToImmutableHashSet(StringComparer.OrdinalIgnoreCase);
        return NamesIn(TypeAround).Any(names.Contains)
            || body.All<IPropertyReferenceOperation>(OperationKind.PropertyReference).Any(property => RawHttp.GivenJsonNameOf(property.Property) is { } name && names.Contains(name));
    }

    private SyntaxNode TypeAround =>
        body.Syntax.FirstAncestorOrSelf<TypeDeclarationSyntax>() ?? body.Syntax;

    // References and strings; the declaration of a member, and the name that an attribute gives it, ask for nothing.
    private static IEnumerable<string> NamesIn(SyntaxNode node)
    {
        foreach (var part in node.DescendantNodes(static inner => inner is not AttributeListSyntax))
        {
            switch (part)
            {
                case SimpleNameSyntax name:
                    yield return name.Identifier.ValueText;
                    break;

                case LiteralExpressionSyntax { RawKind: (int)SyntaxKind.StringLiteralExpression } text:
                    yield return text.Token.ValueText;
                    break;
            }
        }
    }

    /// <summary>Whether the batch, its ID or the reply that holds it goes to code that may look at the rest.</summary>
    private bool Escapes(BatchOutcome batch)
    {
        foreach (var operation in body.Operation?.Descendants() ?? [])
        {
            var value = operation switch
            {
                IArgumentOperation { Parent: IInvocationOperation call } argument when !IsPlatform(call.TargetMethod.ContainingAssembly) && !ai.IsSdk(call.TargetMethod.ContainingAssembly) => argument.Value,
                IArgumentOperation { Parent: IObjectCreationOperation created } argument when !IsPlatform(created.Type?.ContainingAssembly) && !ai.IsSdk(created.Type!.ContainingAssembly) => argument.Value,
                IReturnOperation returned => returned.ReturnedValue,
                ISimpleAssignmentOperation { Target: IMemberReferenceOperation } assignment => assignment.Value,
                _ => null,
            };

            if (value?.Unwrap() is { } given && (IsBatch(given, batch) || (IsId(given) && operation is IArgumentOperation)))
            {
                return true;
            }
        }

        return false;
    }

    private bool IsBatch(IOperation value, BatchOutcome batch) =>
        ai.BatchOutcomeOf(value.Type) is not null
        || ai.JobOf(value.Type)?.Name == batch.Name
        || RawHttp.IsJson(value.Type)
        || value.Type is { Name: "HttpResponseMessage" or "ClientResult" or "PipelineResponse" or "BinaryData" }
        || (value.Type is { SpecialType: SpecialType.None, TypeKind: TypeKind.Class or TypeKind.Struct } type && type.GetMembers().OfType<IPropertySymbol>().Any(property => _replies.IsReplyProperty(property, RawHttp.BatchOutcome.Outputs)));

    private bool IsId(IOperation value) =>
        value is IPropertyReferenceOperation { Property.Name: "Id" or "BatchId", Instance.Type: var type } && (ai.BatchOutcomeOf(type) is not null || ai.JobOf(type) is not null);

    /// <summary>Tests of single requests whose other outcome is lost.</summary>
    private IEnumerable<BatchRead> Items()
    {
        foreach (var operation in body.Operation?.DescendantsAndSelf() ?? [])
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (SuccessTestOf(operation) is { } batch && (operation is IConversionOperation cast ? LosesTheOthers(cast) : LosesTheOthers(operation, negated: false)) && !IsConsulted(batch) && !AsksForOthers(batch) && !ItemEscapes(operation, batch))
            {
                yield return new BatchRead(operation, batch, IsItem: true);
            }
        }
    }

    private BatchOutcome? SuccessTestOf(IOperation operation) => operation switch
    {
        IInvocationOperation { Instance: { } item } call when ai.BatchOutcomeOf(item.Type) is { ItemTypes.IsEmpty: false } batch && batch.ItemSuccessTests.Contains(call.TargetMethod.Name) => batch,
        IIsPatternOperation { Pattern: var pattern, Value: var value } => OfValue(value, pattern.NarrowedType),
        IIsTypeOperation test => OfValue(test.ValueOperand, test.TypeOperand),
        IConversionOperation { IsTryCast: true, Parent: IVariableInitializerOperation } cast => OfValue(cast.Operand, cast.Type),
        _ => null,
    };

    // "result.Value is MessageBatchSucceededResult succeeded"
    private BatchOutcome? OfValue(IOperation value, ITypeSymbol? type) =>
        type is not null && value.Unwrap() is IPropertyReferenceOperation { Instance: { } item } && ai.BatchOutcomeOf(item.Type) is { ItemTypes.IsEmpty: false } batch && ai.BatchOutcomeOf(type) == batch ? batch : null;

    /// <summary>Whether nothing is done for a request that does not pass the test.</summary>
    private static bool LosesTheOthers(IOperation test, bool negated)
    {
        for (var current = test; current.Parent is { } parent; current = parent)
        {
            switch (parent)
            {
                case IUnaryOperation { OperatorKind: UnaryOperatorKind.Not }:
                    negated = !negated;
                    continue;

                case IParenthesizedOperation:
                case IBinaryOperation { OperatorKind: BinaryOperatorKind.ConditionalAnd } when !negated:
                case IBinaryOperation { OperatorKind: BinaryOperatorKind.ConditionalOr } when negated:
                    continue;

                case IConditionalOperation { Syntax: IfStatementSyntax statement } choice when choice.Condition == current:
                    return negated
                        ? statement.Else is null ? OnlyGoesOn(statement.Statement) : OnlyGoesOn(statement.Statement) && !OnlyGoesOn(statement.Else.Statement)
                        : statement.Else is null ? !(Leaves(statement.Statement) && HasNext(statement)) : OnlyGoesOn(statement.Else.Statement);

                // "results.Where(result => …)" keeps those that pass.
                case IReturnOperation { Parent: IBlockOperation { Parent: IAnonymousFunctionOperation function } } when !negated:
                    return function.Parent is IDelegateCreationOperation { Parent: IArgumentOperation { Parent: IInvocationOperation { TargetMethod.Name: "Where" } } };

                default:
                    return false;
            }
        }

        return false;
    }

    // "var succeeded = result.Value as MessageBatchSucceededResult; if (succeeded != null)"
    private bool LosesTheOthers(IConversionOperation cast) =>
        cast.Parent is IVariableInitializerOperation { Parent: IVariableDeclaratorOperation { Symbol: var local } }
        && body.All<ILocalReferenceOperation>(OperationKind.LocalReference).Any(reference => SymbolEqualityComparer.Default.Equals(reference.Local, local) && reference.Parent switch
        {
            IBinaryOperation { OperatorKind: BinaryOperatorKind.NotEquals, RightOperand: var right } test when IsNull(right) => LosesTheOthers(test, negated: false),
            IBinaryOperation { OperatorKind: BinaryOperatorKind.Equals, RightOperand: var right } test when IsNull(right) => LosesTheOthers(test, negated: true),
            IIsPatternOperation { Pattern: IRecursivePatternOperation or INegatedPatternOperation { Pattern: IConstantPatternOperation } } test => LosesTheOthers(test, negated: false),
            IIsPatternOperation { Pattern: IConstantPatternOperation } test => LosesTheOthers(test, negated: true),
            _ => false,
        });

    private static bool IsNull(IOperation value) => value.Unwrap().ConstantValue is { HasValue: true, Value: null };

    // "{ continue; }", "{ }"
    private static bool OnlyGoesOn(StatementSyntax statement) => statement switch
    {
        ContinueStatementSyntax or EmptyStatementSyntax => true,
        BlockSyntax block => block.Statements.All(OnlyGoesOn),
        _ => false,
    };

    private static bool Leaves(StatementSyntax statement) => statement switch
    {
        ContinueStatementSyntax or BreakStatementSyntax or ReturnStatementSyntax or ThrowStatementSyntax => true,
        BlockSyntax { Statements: [.., var last] } => Leaves(last),
        _ => false,
    };

    private static bool HasNext(IfStatementSyntax statement) =>
        statement.Parent is BlockSyntax block && block.Statements.IndexOf(statement) < block.Statements.Count - 1;

    /// <summary>Whether another member of the outcome of a request is asked, here or in the type around.</summary>
    private bool AsksForOthers(BatchOutcome batch)
    {
        var others = new HashSet<string>(StringComparer.Ordinal);
        foreach (var member in NamedTypes.In(body.Model.Compilation, batch.ItemTypes[0]).SelectMany(static type => type.GetMembers()))
        {
            if (member is IMethodSymbol { MethodKind: MethodKind.Ordinary, IsStatic: false, IsOverride: false, DeclaredAccessibility: Accessibility.Public, IsImplicitlyDeclared: false } && !batch.ItemSuccessTests.Contains(member.Name) && !member.Name.StartsWith("Equals", StringComparison.Ordinal))
            {
                others.Add(member.Name);
            }
        }

        return body.All<IInvocationOperation>(OperationKind.Invocation).Any(call => ai.BatchOutcomeOf(call.Instance?.Type) == batch && others.Contains(call.TargetMethod.Name))
            || body.All<IPropertyReferenceOperation>(OperationKind.PropertyReference).Any(property => ai.BatchOutcomeOf(property.Instance?.Type) == batch && batch.ItemTypes.Contains(property.Instance!.Type!.ToDisplayString()) && !IsPartOfSuccessTest(property))
            || NamesIn(TypeAround).Any(name => name.StartsWith("TryPick", StringComparison.Ordinal) && others.Contains(name));
    }

    private bool IsPartOfSuccessTest(IPropertyReferenceOperation property)
    {
        IOperation current = property;
        while (current.Parent is IConversionOperation conversion)
        {
            if (ai.BatchOutcomeOf(conversion.Type) is not null)
            {
                return true;
            }

            current = conversion;
        }

        return current.Parent is { } parent && SuccessTestOf(parent) is not null;
    }

    /// <summary>Whether the request is in hand elsewhere: it came from a caller, or it goes to code beside the branch of success.</summary>
    private bool ItemEscapes(IOperation test, BatchOutcome batch)
    {
        var item = test switch
        {
            IInvocationOperation call => call.Instance,
            IIsPatternOperation pattern => pattern.Value,
            IIsTypeOperation type => type.ValueOperand,
            IConversionOperation cast => cast.Operand,
            _ => null,
        };

        if (StablePath.Of(item?.Unwrap()) is not { } path || !IsFetchedItem(path.Root))
        {
            return true;
        }

        var inside = test.Syntax.FirstAncestorOrSelf<IfStatementSyntax>()?.Statement;
        return body.All<IArgumentOperation>(OperationKind.Argument).Any(argument => IsItem(argument.Value) && inside?.Span.Contains(argument.Syntax.Span) != true)
            || body.All<IReturnOperation>(OperationKind.Return).Concat(body.All<IReturnOperation>(OperationKind.YieldReturn)).Any(returned => returned.ReturnedValue is { } value && IsItem(value))
            || body.All<ISimpleAssignmentOperation>(OperationKind.SimpleAssignment).Any(assignment => assignment.Target is IMemberReferenceOperation && IsItem(assignment.Value));

        bool IsItem(IOperation value) => value.Unwrap() is { Type: { } type } given
            && StablePath.Of(given) is { } other && SymbolEqualityComparer.Default.Equals(other.Root, path.Root)
            && (ai.BatchOutcomeOf(type) == batch || other.IsVariable);
    }

    // The variable of a loop over what a client of the SDK yields, or of a query over it, and what is taken from it.
    private bool IsFetchedItem(ISymbol root, int steps = MaxSteps) => root switch
    {
        _ when steps == 0 => false,
        ILocalSymbol local when ValueOf(local) is { } value && StablePath.Of(value) is { } path => IsFetchedItem(path.Root, steps - 1),
        ILocalSymbol local => body.All<IForEachLoopOperation>(OperationKind.Loop).Any(loop => loop.Locals.Contains(local, SymbolEqualityComparer.Default) && ComesFromSdk(loop.Collection)),
        IParameterSymbol { ContainingSymbol: IMethodSymbol { MethodKind: MethodKind.AnonymousFunction } function } =>
            body.All<IAnonymousFunctionOperation>(OperationKind.AnonymousFunction).FirstOrDefault(lambda => SymbolEqualityComparer.Default.Equals(lambda.Symbol, function)) is { Parent.Parent.Parent: IInvocationOperation query } && ComesFromSdk(query),
        _ => false,
    };

    private IOperation? ValueOf(ILocalSymbol local) =>
        body.All<IVariableDeclaratorOperation>(OperationKind.VariableDeclarator).FirstOrDefault(declarator => SymbolEqualityComparer.Default.Equals(declarator.Symbol, local))?.GetVariableInitializer()?.Value;

    private bool ComesFromSdk(IOperation collection) =>
        collection.DescendantsAndSelf().Any(part => part switch
        {
            IInvocationOperation call => ai.IsSdk(call.TargetMethod.ContainingAssembly),
            ILocalReferenceOperation local => body.All<IVariableDeclaratorOperation>(OperationKind.VariableDeclarator).Any(declarator =>
                SymbolEqualityComparer.Default.Equals(declarator.Symbol, local.Local)
                && declarator.GetVariableInitializer()?.Value.DescendantsAndSelf().OfType<IInvocationOperation>().Any(call => ai.IsSdk(call.TargetMethod.ContainingAssembly)) == true),
            _ => false,
        });
}
