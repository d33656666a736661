using AiGuardrails.Analyzers.Sdks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace AiGuardrails.Analyzers.Flow.Origins;

/// <summary>Calls: which of them bring text in, pass text on, or are helpers in view.</summary>
internal sealed partial class OriginWalk
{
    private void VisitCall(IInvocationOperation call, Frame frame)
    {
        var method = call.TargetMethod;
        var receiver = call.Instance ?? (method.IsExtensionMethod ? ArgumentAt(call, 0) : null);
        if (DataSources.WordsOf(method) is { } words)
        {
            Add(OriginKind.Untrusted, words, call, frame);
        }
        else if (DataSources.IsConfiguration(method))
        {
            Add(OriginKind.Configuration, "configuration", call, frame);
        }
        else if (DataSources.IsFileRead(method))
        {
            VisitFile(call, call.Arguments, frame);
        }
        else if (receiver?.Unwrap().Type is { } type && DataSources.WordsOfType(type) is { } sent && !DataSources.LeavesData(method))
        {
            Add(OriginKind.Untrusted, sent, call, frame);
        }
        else if (ai.IsGenerationCall(method) || ai.IsModelOutput(method))
        {
            Add(OriginKind.ModelOutput, DataSources.ModelOutput, call, frame);
        }
        else if (RetrievalNames.IsRetrieved(method))
        {
            Add(OriginKind.Retrieved, "retrieved text", call, frame, isByName: true);
        }
        else if (!method.DeclaringSyntaxReferences.IsEmpty)
        {
            VisitHelper(call, frame);
        }
        else if (method.MethodKind == MethodKind.DelegateInvoke)
        {
            AddUnknown(call, frame);
        }
        else if (method.ContainingType is { Name: "Enumerable" or "AsyncEnumerable" or "Queryable" or "ParallelEnumerable" } && method.Name is "Select" or "SelectMany" or "Aggregate" or "Zip")
        {
            VisitProjection(call, frame);
        }
        else
        {
            VisitTextStep(call, receiver, frame);
        }
    }

    /// <summary>A method of the platform or of a library: text goes through where the method is known to pass it on.</summary>
    private void VisitTextStep(IInvocationOperation call, IOperation? receiver, Frame frame)
    {
        var method = call.TargetMethod;
        var any = false;
        if (receiver is not null && !IsFormatter(method))
        {
            any = true;
            Visit(receiver, frame.MemberOf(call));
        }

        if (PassesArgumentsOn(method))
        {
            foreach (var argument in call.Arguments)
            {
                if (argument.Value != receiver && !DataSources.IsClosed(argument.Value.Type) && argument.Value.Unwrap() is not IDelegateCreationOperation and not IAnonymousFunctionOperation)
                {
                    any = true;
                    Visit(argument.Value, frame.Part());
                }
            }
        }

        if (!any)
        {
            AddUnknown(call, frame);
        }
    }

    // An encoder or serialiser that is an object: what counts is what it is given.
    private static bool IsFormatter(IMethodSymbol method) =>
        !method.IsStatic && method.ContainingType is { Name: "Encoding" or "UTF8Encoding" or "HtmlEncoder" or "JavaScriptEncoder" or "UrlEncoder" or "TextEncoder" or "Regex" };

    private bool PassesArgumentsOn(IMethodSymbol method)
    {
        if (ai.IsTextPart(method.ContainingType) && method.IsStatic)
        {
            return true;
        }

        return method.ContainingType switch
        {
            { SpecialType: SpecialType.System_String } => method.Name is "Format" or "Join" or "Concat" or "Replace" or "Insert" or "Copy" or "Create" or "Intern",
            { Name: "Encoding" or "UTF8Encoding" } => method.Name is "GetString" or "GetBytes" or "GetChars",
            { Name: "HtmlEncoder" or "JavaScriptEncoder" or "UrlEncoder" or "TextEncoder" } => method.Name == "Encode",
            { Name: "JsonSerializer" or "JsonConvert" or "JsonDocument" or "JsonNode" or "JObject" or "JToken" or "JArray" } => true,
            { Name: "Convert" } => method.Name is "ToString" or "FromBase64String" or "ToBase64String",
            { Name: "WebUtility" or "HttpUtility" } => true,
            { Name: "Uri" } => method.IsStatic,
            { Name: "BinaryData" } => method.IsStatic,
            { Name: "Regex" } => method.Name is "Match" or "Matches" or "Split" or "Unescape" or "Escape",
            { Name: "Path" } => method.IsStatic,
            { Name: "Task" or "ValueTask" } => method.Name is "FromResult" or "WhenAll" or "WhenAny",
            { Name: "Enumerable" or "AsyncEnumerable" } => method.Name is "Concat" or "Union" or "Append" or "Prepend" or "Repeat" or "Zip" or "DefaultIfEmpty",
            { Name: "StringBuilder" or "StringWriter" or "List" } => method.Name is "Append" or "AppendLine" or "AppendFormat" or "AppendJoin" or "Insert" or "Replace",
            { Name: "ImmutableArray" or "ImmutableList" or "Array" or "Tuple" or "ValueTuple" or "KeyValuePair" or "String" } => method.IsStatic,
            { Name: "MemoryExtensions" } => true,
            _ => false,
        };
    }

    /// <summary>A projection of a sequence yields what its lambda returns, and the lambda's parameter is an element of the sequence.</summary>
    private void VisitProjection(IInvocationOperation call, Frame frame)
    {
        var visited = false;
        foreach (var argument in call.Arguments)
        {
            // The lambda of a query provider is an expression tree, without a delegate around it.
            var selector = argument.Value.Unwrap();
            if ((selector is IDelegateCreationOperation { Target: var target } ? target : selector) is IAnonymousFunctionOperation lambda)
            {
                visited = true;
                foreach (var returned in lambda.Body.Descendants().OfType<IReturnOperation>())
                {
                    if (returned.ReturnedValue is { } value && ReferenceEquals(FunctionAround(returned), lambda))
                    {
                        Visit(value, frame.Through(call));
                    }
                }
            }
        }

        if (!visited || call.TargetMethod.Name == "Aggregate")
        {
            Visit(ArgumentAt(call, 0), frame.MemberOf(call));
        }

        if (call.TargetMethod.Name is "Zip" or "Aggregate" && call.Arguments.Length > 1)
        {
            Visit(call.Arguments[1].Value is { } second && second.Unwrap() is not IDelegateCreationOperation ? second : null, frame.MemberOf(call));
        }
    }

    /// <summary>A method of the compilation that no other can take the place of: what it returns, in all places.</summary>
    private void VisitHelper(IInvocationOperation call, Frame frame)
    {
        var next = frame.Through(call) with { Calls = frame.Calls.Push(call) };
        if (next.Calls.Count() > ValueOrigins.MaxCalls
            || frame.Calls.Any(other => SymbolEqualityComparer.Default.Equals(other.TargetMethod.OriginalDefinition, call.TargetMethod.OriginalDefinition))
            || BodyOf(call) is not { } body)
        {
            AddUnknown(call, frame);
            return;
        }

        var found = false;
        foreach (var operation in body.DescendantsAndSelf())
        {
            if (operation is IReturnOperation { ReturnedValue: { } value } && ReferenceEquals(FunctionAround(operation)?.Syntax, FunctionAround(body)?.Syntax ?? (body as ILocalFunctionOperation)?.Syntax))
            {
                found = true;
                Visit(value, next);
            }
        }

        if (!found)
        {
            AddUnknown(call, frame);
        }
    }

    /// <summary>The operation of the helper's body, or null where another may run in its place or it is out of view.</summary>
    private IOperation? BodyOf(IInvocationOperation call)
    {
        var definition = (call.TargetMethod.ReducedFrom ?? call.TargetMethod).OriginalDefinition;
        return definition is { IsVirtual: false, IsAbstract: false, IsOverride: false, IsExtern: false, MethodKind: MethodKind.Ordinary or MethodKind.LocalFunction, DeclaringSyntaxReferences: [var declaration] }
            && definition.ContainingType?.TypeKind != TypeKind.Interface
            && call.SemanticModel is { } model
            && ValueSources.OperationOf(model, declaration.GetSyntax(cancellationToken), cancellationToken) is { } body
                ? body
                : null;
    }

    private void VisitLocal(ILocalReferenceOperation reference, Frame frame)
    {
        var found = false;
        var next = frame.Through(reference) with { Source = null };
        var local = reference.Local;
        foreach (var mention in MentionsOf(reference))
        {
            found |= VisitDefinition(mention, reference, next);
        }

        if (!found && local.DeclaringSyntaxReferences is [var declaration])
        {
            found = VisitDeclaration(local, declaration.GetSyntax(cancellationToken), reference, frame.MemberOf(reference));
        }

        if (!found)
        {
            AddUnknown(reference, frame);
        }
    }

    /// <summary>A write that is no plain assignment: <c>+=</c>, an <c>out</c> argument, a deconstruction, the variable of a loop.</summary>
    private bool VisitDefinition(IOperation mention, IOperation use, Frame frame)
    {
        // The loop that brings the value round again brings nothing new.
        if (mention.Syntax == use.Syntax)
        {
            return mention.Parent is ICompoundAssignmentOperation;
        }

        if (!ValueSources.CanPrecede(mention, use, made: null))
        {
            return false;
        }

        switch (mention.Parent)
        {
            case ICompoundAssignmentOperation sum when sum.Target == mention:
                Visit(mention, frame.Part());
                Visit(sum.Value, frame.Part());
                return true;

            case IArgumentOperation { Parameter.RefKind: RefKind.Out or RefKind.Ref } argument:
                VisitOut(argument, mention, frame);
                return true;

            case IDeclarationExpressionOperation { Parent: IArgumentOperation { Parameter.RefKind: RefKind.Out } argument }:
                VisitOut(argument, mention, frame);
                return true;

            case ITupleOperation or IDeclarationExpressionOperation { Parent: ITupleOperation or IDeconstructionAssignmentOperation or IForEachLoopOperation }:
                return VisitDeconstruction(mention, frame);

            default:
                return mention is IVariableDeclaratorOperation declarator && VisitLoopVariable(declarator, frame);
        }
    }

    private bool VisitLoopVariable(IVariableDeclaratorOperation declarator, Frame frame)
    {
        for (IOperation? outer = declarator.Parent, inner = declarator; outer is not null; inner = outer, outer = outer.Parent)
        {
            if (outer is IForEachLoopOperation loop)
            {
                if (loop.LoopControlVariable != inner)
                {
                    return false;
                }

                Visit(loop.Collection, frame);
                return true;
            }

            if (outer is IBlockOperation)
            {
                return false;
            }
        }

        return false;
    }

    private void VisitOut(IArgumentOperation argument, IOperation mention, Frame frame)
    {
        if (argument.Parent is IInvocationOperation call && (call.TargetMethod.DeclaringSyntaxReferences.IsEmpty || DataSources.WordsOfType(call.Instance?.Type) is not null))
        {
            if (_guards.IsSanitizer(call.TargetMethod))
            {
                Add(OriginKind.Checked, "", mention, frame);
            }
            else if (call.Instance is { } receiver)
            {
                Visit(receiver, frame.MemberOf(mention));
            }
            else
            {
                Visit(ArgumentAt(call, 0), frame.MemberOf(mention));
            }
        }
        else
        {
            AddUnknown(mention, frame);
        }
    }

    private bool VisitDeconstruction(IOperation mention, Frame frame)
    {
        var path = new Stack<int>();
        for (IOperation inner = mention, outer = mention.Parent!; outer is not null; inner = outer, outer = outer.Parent!)
        {
            switch (outer)
            {
                case ITupleOperation tuple:
                    path.Push(tuple.Elements.IndexOf(inner));
                    continue;

                case IDeclarationExpressionOperation:
                    continue;

                case IDeconstructionAssignmentOperation assignment when assignment.Target == inner:
                    foreach (var source in ValueSources.Of(assignment.Value, cancellationToken))
                    {
                        var value = source.Value;
                        while (path.Count > 0 && value is ITupleOperation made && path.Peek() is var index and >= 0 && index < made.Elements.Length)
                        {
                            path.Pop();
                            value = made.Elements[index].Unwrap();
                        }

                        if (ReferenceEquals(value, source.Value))
                        {
                            VisitSource(source, frame);
                        }
                        else
                        {
                            Visit(value, frame);
                        }
                    }

                    return true;

                case IForEachLoopOperation loop when loop.LoopControlVariable == inner:
                    Visit(loop.Collection, frame);
                    return true;

                default:
                    return false;
            }
        }

        return false;
    }

    /// <summary>A variable of a pattern is what is matched, or a part of it.</summary>
    private bool VisitDeclaration(ILocalSymbol local, SyntaxNode declaration, IOperation use, Frame frame)
    {
        if (declaration is not SingleVariableDesignationSyntax)
        {
            return false;
        }

        foreach (var operation in ValueSources.RootOf(use).DescendantsAndSelf())
        {
            var declared = operation switch
            {
                IDeclarationPatternOperation pattern => pattern.DeclaredSymbol,
                IRecursivePatternOperation pattern => pattern.DeclaredSymbol,
                IListPatternOperation pattern => pattern.DeclaredSymbol,
                _ => null,
            };

            if (!SymbolEqualityComparer.Default.Equals(declared, local))
            {
                continue;
            }

            for (var outer = operation.Parent; outer is not null; outer = outer.Parent)
            {
                var matched = outer switch
                {
                    IIsPatternOperation match => match.Value,
                    ISwitchExpressionOperation choice => choice.Value,
                    ISwitchOperation choice => choice.Value,
                    _ => null,
                };

                if (matched is not null)
                {
                    Visit(matched, frame);
                    return true;
                }
            }
        }

        return false;
    }

    private void VisitParameter(IParameterReferenceOperation reference, Frame frame)
    {
        var parameter = reference.Parameter;
        if (parameter.ContainingSymbol is not IMethodSymbol method)
        {
            AddUnknown(reference, frame);
            return;
        }

        if (method.MethodKind is MethodKind.Ordinary or MethodKind.LocalFunction or MethodKind.ReducedExtension)
        {
            for (var calls = frame.Calls; !calls.IsEmpty; calls = calls.Pop())
            {
                var call = calls.Peek();
                var called = (call.TargetMethod.ReducedFrom ?? call.TargetMethod).OriginalDefinition;
                if (!SymbolEqualityComparer.Default.Equals(called, method.OriginalDefinition))
                {
                    continue;
                }

                // Where the call itself is the piece in question, the argument is the smaller one.
                var carrier = frame.Carrier is { } known && known.Syntax == call.Syntax ? null : frame.Carrier;
                var argument = ArgumentAt(call, parameter.Ordinal);
                if (argument is null)
                {
                    break;
                }

                Visit(argument, frame with { Carrier = carrier, Source = carrier is null ? null : frame.Source, Calls = calls.Pop(), Depth = frame.Depth + 1 });
                return;
            }
        }

        if (WordsOfParameter(reference, parameter, method) is { } words)
        {
            Add(words.Equals(DataSources.ToolArguments) ? OriginKind.ToolArguments : OriginKind.Untrusted, words, reference, frame);
            return;
        }

        if (method.MethodKind == MethodKind.AnonymousFunction)
        {
            if (LambdaOf(reference, method) is { Parent: IDelegateCreationOperation { Parent: IArgumentOperation { Parent: IInvocationOperation call } } }
                && IsOverSequence(call.TargetMethod)
                && (call.Instance ?? ArgumentAt(call, 0)) is { } sequence)
            {
                Visit(sequence, frame.MemberOf(reference));
                return;
            }
        }
        else if (method is { Name: "Main" or "<Main>$" or WellKnownMemberNames.TopLevelStatementsEntryPointMethodName })
        {
            Add(OriginKind.Configuration, "the command line", reference, frame);
            return;
        }

        if (DataSources.WordsOfType(parameter.Type) is { } sent && parameter.Type.Name is not "HttpContent" and not "HttpResponseMessage")
        {
            Add(OriginKind.Untrusted, sent, reference, frame);
            return;
        }

        if (RetrievalNames.IsRetrieved(parameter))
        {
            Add(OriginKind.Retrieved, "retrieved text", reference, frame, isByName: true);
            return;
        }

        AddUnknown(reference, frame, parameter);
    }

    private Sentence? WordsOfParameter(IParameterReferenceOperation reference, IParameterSymbol parameter, IMethodSymbol method)
    {
        if (method.MethodKind == MethodKind.AnonymousFunction)
        {
            // Through the conversion to a delegate, and what else stands between the lambda and the argument.
            IOperation? outer = LambdaOf(reference, method);
            while (outer is IAnonymousFunctionOperation or IDelegateCreationOperation or IConversionOperation or IParenthesizedOperation or IArgumentOperation)
            {
                outer = outer.Parent;
            }

            return outer is IInvocationOperation call ? WordsOfRegistered(call.TargetMethod, parameter) : null;
        }

        return DataSources.WordsOfHandlerParameter(parameter)
            ?? (Registrations.Of(method, reference, cancellationToken) is { } registration ? WordsOfRegistered(registration, parameter) : null);
    }

    private static Sentence? WordsOfRegistered(IMethodSymbol registration, IParameterSymbol parameter)
    {
        if (DataSources.IsToolRegistration(registration))
        {
            return DataSources.WordsOfToolParameter(parameter);
        }

        return DataSources.IsEndpointRegistration(registration, out var hasBody) ? DataSources.WordsOfEndpointParameter(parameter, hasBody) : null;
    }

    private static bool IsOverSequence(IMethodSymbol method) =>
        method.ContainingType is { Name: "Enumerable" or "AsyncEnumerable" or "Queryable" or "ParallelEnumerable" or "List" or "Array" or "ImmutableArrayExtensions" or "Parallel" or "ImmutableList" };

    private static IAnonymousFunctionOperation? LambdaOf(IOperation inside, IMethodSymbol lambda)
    {
        for (var outer = inside.Parent; outer is not null; outer = outer.Parent)
        {
            if (outer is IAnonymousFunctionOperation function && SymbolEqualityComparer.Default.Equals(function.Symbol, lambda))
            {
                return function;
            }
        }

        return null;
    }

    private static IOperation? FunctionAround(IOperation operation)
    {
        for (var outer = operation.Parent; outer is not null; outer = outer.Parent)
        {
            if (outer is IAnonymousFunctionOperation or ILocalFunctionOperation)
            {
                return outer;
            }
        }

        return null;
    }

    private static IOperation? ArgumentAt(IInvocationOperation call, int ordinal)
    {
        // Called on the first argument as an extension, or not: the arguments carry the parameters either way.
        foreach (var argument in call.Arguments)
        {
            if (argument.Parameter?.Ordinal == ordinal)
            {
                return argument.Value;
            }
        }

        return null;
    }
}
