using System.Collections.Immutable;
using AiGuardrails.Analyzers.Sdks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AiGuardrails.Analyzers.Flow.Origins;

/// <summary>One question for the origins of a value: takes expressions apart until each part is known, or is not.</summary>
internal sealed partial class OriginWalk(AiContext ai, OriginOptions options, Func<IOperation, bool>? isHarmless, CancellationToken cancellationToken)
{
    private readonly List<Origin> _found = [];
    private readonly HashSet<(OriginKind Kind, SyntaxNode Carrier, SyntaxNode Source)> _added = [];
    private readonly HashSet<(SyntaxNode Value, OperationKind Kind, SyntaxNode? Carrier, int Calls)> _visited = [];
    private readonly Guards _guards = new(ai, options, cancellationToken);
    private int _steps;

    public OriginSet Of(IOperation value)
    {
        Visit(value, new Frame(null, null, IsPart: false, ImmutableStack<IInvocationOperation>.Empty, 0));
        if (_found.Count == 0)
        {
            // A text that is made of nothing else than itself, such as an empty builder.
            _found.Add(new Origin(OriginKind.Constant, "", value, value, IsPart: false));
        }

        return new OriginSet([.. _found]);
    }

    /// <summary>The state of the walk: what it is about to look at is a piece of what was asked.</summary>
    /// <param name="Carrier">The piece of the value in question that led here; null while the walk is still inside of the value.</param>
    /// <param name="Source">The data that is being taken apart, as a reader would name it.</param>
    /// <param name="IsPart">Whether it is put together with other text.</param>
    /// <param name="Calls">The calls whose helpers the walk is in.</param>
    /// <param name="Depth">The number of steps so far.</param>
    private readonly record struct Frame(IOperation? Carrier, IOperation? Source, bool IsPart, ImmutableStack<IInvocationOperation> Calls, int Depth)
    {
        /// <summary>A piece of an expression that puts text together.</summary>
        public Frame Part() => this with { IsPart = true, Source = null, Depth = Depth + 1 };

        /// <summary>What an expression yields as it is, or changed a little.</summary>
        public Frame Through(IOperation expression) => this with { Carrier = Carrier ?? expression, Depth = Depth + 1 };

        /// <summary>The data of which the expression takes a member.</summary>
        public Frame MemberOf(IOperation expression) => this with { Carrier = Carrier ?? expression, Source = Source ?? expression, Depth = Depth + 1 };
    }

    private void Visit(IOperation? value, Frame frame)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (value is null)
        {
            return;
        }

        if (++_steps > ValueOrigins.MaxSteps || frame.Depth > ValueOrigins.MaxDepth)
        {
            AddUnknown(value, frame);
            return;
        }

        if (!_visited.Add((value.Syntax, value.Kind, frame.Carrier?.Syntax, frame.Calls.Count())))
        {
            return;
        }

        // What a conversion or an await does is no matter; that a rule knows the expression is.
        if (isHarmless?.Invoke(value) == true)
        {
            Add(OriginKind.Checked, "", value, frame);
            return;
        }

        foreach (var source in ValueSources.Of(value, cancellationToken))
        {
            VisitSource(source, frame);
        }
    }

    private void VisitSource(ValueSource source, Frame frame)
    {
        var value = source.Value;
        if (value.ConstantValue.HasValue || value is IDefaultValueOperation or IUtf8StringOperation or ITypeOfOperation or INameOfOperation)
        {
            // What makes the value is constant; what the team says of it, and what is put into it later, need not be.
            foreach (var step in source.Path)
            {
                if (SettleByMark(step, SymbolOf(step), frame with { Carrier = frame.Carrier ?? source.Path[0] }))
                {
                    return;
                }

                VisitContents(step, frame with { Carrier = frame.Carrier ?? source.Path[0] });
            }

            Add(OriginKind.Constant, "", value, frame with { Carrier = frame.Carrier ?? source.Path.FirstOrDefault() });
            return;
        }

        foreach (var step in source.Path)
        {
            frame = frame.Through(step);
            if (Settle(step, frame) || SettleByName(step, frame))
            {
                return;
            }

            VisitContents(step, frame);
            if (step is IInvocationOperation { TargetMethod.DeclaringSyntaxReferences.IsEmpty: false } call)
            {
                frame = frame with { Calls = frame.Calls.Push(call) };
            }
        }

        if (Settle(value, frame))
        {
            return;
        }

        VisitContents(value, frame.Through(value));
        VisitExpression(value, frame);
    }

    /// <summary>Whether the expression alone tells where its value comes from.</summary>
    private bool Settle(IOperation expression, Frame frame)
    {
        if (DataSources.IsClosed(AiContext.UnwrapTask(expression.Type)) || isHarmless?.Invoke(expression) == true)
        {
            Add(OriginKind.Checked, "", expression, frame);
            return true;
        }

        var symbol = SymbolOf(expression);
        if (symbol is IMethodSymbol method && _guards.IsSanitizer(method))
        {
            Add(OriginKind.Checked, "", expression, frame);
            return true;
        }

        if (SettleByMark(expression, symbol, frame))
        {
            return true;
        }

        if (expression is ILocalReferenceOperation or IParameterReferenceOperation or IPropertyReferenceOperation or IFieldReferenceOperation && _guards.Protect(expression))
        {
            Add(OriginKind.Checked, "", expression, frame);
            return true;
        }

        return false;
    }

    /// <summary>Whether the team, or the type of the value, says what it is.</summary>
    private bool SettleByMark(IOperation expression, ISymbol? symbol, Frame frame)
    {
        // A member of a result is one of its texts, whatever the code of its type does to yield it.
        var owner = (expression as IMemberReferenceOperation)?.Instance?.Type;
        if ((symbol is not null && ai.IsRetrieved(symbol)) || ai.IsRetrievalResult(expression.Type) || (owner is not null && ai.IsRetrievalResult(owner)))
        {
            Add(OriginKind.Retrieved, "retrieved text", expression, frame);
            return true;
        }

        if (symbol is not null and not IMethodSymbol { MethodKind: MethodKind.Constructor }
            && !DataSources.IsClosed(AiContext.UnwrapTask(expression.Type))
            && (ai.IsUntrusted(symbol) || ai.IsUserText(symbol) || OriginOptions.Names(options.UntrustedSources, symbol) || OriginOptions.Names(options.UntrustedSources, expression.Type)))
        {
            Add(OriginKind.Untrusted, WordsOf(symbol), expression, frame);
            return true;
        }

        return false;
    }

    /// <summary>Whether a helper, or a property, that was looked into is called as what a search returns is called.</summary>
    private bool SettleByName(IOperation expression, Frame frame)
    {
        if (expression is IInvocationOperation or IPropertyReferenceOperation && SymbolOf(expression) is { } symbol && RetrievalNames.IsRetrieved(symbol))
        {
            Add(OriginKind.Retrieved, "retrieved text", expression, frame, isByName: true);
            return true;
        }

        return false;
    }

    private static ISymbol? SymbolOf(IOperation expression) => expression switch
    {
        IInvocationOperation call => call.TargetMethod,
        IPropertyReferenceOperation property => property.Property,
        IFieldReferenceOperation field => field.Field,
        IParameterReferenceOperation parameter => parameter.Parameter,
        IObjectCreationOperation creation => creation.Constructor,
        _ => null,
    };

    private static Sentence WordsOf(ISymbol symbol) => $"'{symbol.Name}', which is marked as untrusted";

    private void VisitExpression(IOperation value, Frame frame)
    {
        switch (value)
        {
            case IInterpolatedStringOperation text:
                foreach (var part in text.Parts)
                {
                    switch (part)
                    {
                        case IInterpolationOperation hole:
                            Visit(hole.Expression, frame.Part());
                            break;

                        // A handler takes the text piece by piece.
                        case IInterpolatedStringAppendOperation { AppendCall: IInvocationOperation { Arguments: [var piece, ..] } }:
                            Visit(piece.Value, frame.Part());
                            break;
                    }
                }

                return;

            case IInterpolatedStringHandlerCreationOperation handler:
                Visit(handler.Content, frame with { Depth = frame.Depth + 1 });
                return;

            case IBinaryOperation { OperatorKind: BinaryOperatorKind.Add } sum:
                VisitAll(OperandsOf(sum), frame.Part());
                return;

            case ICompoundAssignmentOperation { OperatorKind: BinaryOperatorKind.Add } sum:
                Visit(sum.Target, frame.Part());
                Visit(sum.Value, frame.Part());
                return;

            case IArrayCreationOperation array:
                VisitAll(array.Initializer?.ElementValues ?? [], frame.Part());
                return;

            case ICollectionExpressionOperation collection:
                VisitAll(collection.Elements, frame.Part());
                return;

            case ISpreadOperation spread:
                Visit(spread.Operand, frame.Part());
                return;

            case ITupleOperation tuple:
                VisitAll(tuple.Elements, frame.Part());
                return;

            case IAnonymousObjectCreationOperation made:
                VisitAll(made.Initializers.OfType<ISimpleAssignmentOperation>().Select(static assignment => assignment.Value), frame.Part());
                return;

            case IObjectCreationOperation creation:
                VisitCreation(creation, frame);
                return;

            case IConditionalAccessOperation access:
                Visit(access.WhenNotNull, frame.MemberOf(value));
                return;

            case IConditionalAccessInstanceOperation instance:
                Visit(StablePath.ReceiverOf(instance), frame.Through(value));
                return;

            case IInvocationOperation call:
                VisitCall(call, frame);
                return;

            case IPropertyReferenceOperation property:
                VisitProperty(property, frame);
                return;

            case IFieldReferenceOperation field:
                VisitField(field, frame);
                return;

            case IArrayElementReferenceOperation element:
                Visit(element.ArrayReference, frame.MemberOf(value));
                return;

            case IImplicitIndexerReferenceOperation element:
                Visit(element.Instance, frame.MemberOf(value));
                return;

            case ITranslatedQueryOperation query:
                Visit(query.Operation, frame.Through(value));
                return;

            case IDynamicMemberReferenceOperation member:
                Visit(member.Instance, frame.MemberOf(value));
                return;

            case IDynamicIndexerAccessOperation element:
                Visit(element.Operation, frame.MemberOf(value));
                return;

            case ILocalReferenceOperation local:
                VisitLocal(local, frame);
                return;

            case IParameterReferenceOperation parameter:
                VisitParameter(parameter, frame);
                return;

            default:
                AddUnknown(value, frame);
                return;
        }
    }

    // A text of many pieces is a deep tree, to the left.
    private static Stack<IOperation> OperandsOf(IBinaryOperation sum)
    {
        var operands = new Stack<IOperation>();
        IOperation left = sum;
        while (left.Unwrap() is IBinaryOperation { OperatorKind: BinaryOperatorKind.Add, ConstantValue.HasValue: false } inner && operands.Count < ValueOrigins.MaxSteps)
        {
            operands.Push(inner.RightOperand);
            left = inner.LeftOperand;
        }

        operands.Push(left);
        return operands;
    }

    private void VisitAll(IEnumerable<IOperation> values, Frame frame)
    {
        foreach (var value in values)
        {
            Visit(value, frame);
        }
    }

    private void VisitCreation(IObjectCreationOperation creation, Frame frame)
    {
        if (creation.Constructor is { } constructor && DataSources.IsFileRead(constructor))
        {
            VisitFile(creation, creation.Arguments, frame);
            return;
        }

        // What is passed to it, and what is put into it, is what it is made of.
        var isContainer = IsContainer(creation.Type);
        foreach (var argument in creation.Arguments)
        {
            if (!isContainer || !DataSources.IsClosed(argument.Value.Type))
            {
                Visit(argument.Value, frame.Part());
            }
        }

        foreach (var initializer in creation.Initializer?.Initializers ?? [])
        {
            switch (initializer)
            {
                case ISimpleAssignmentOperation assignment:
                    Visit(assignment.Value, frame.Part());
                    break;
                case IInvocationOperation add:
                    VisitAll(add.Arguments.Select(static argument => argument.Value), frame.Part());
                    break;
            }
        }
    }

    private void VisitProperty(IPropertyReferenceOperation reference, Frame frame)
    {
        var property = reference.Property;
        if (DataSources.WordsOf(property) is { } words)
        {
            Add(OriginKind.Untrusted, words, reference, frame);
        }
        else if (DataSources.IsConfiguration(property))
        {
            Add(OriginKind.Configuration, "configuration", reference, frame);
        }
        else if (ai.IsToolArguments(property))
        {
            Add(OriginKind.ToolArguments, DataSources.ToolArguments, reference, frame);
        }
        else if (ai.IsModelOutput(property))
        {
            Add(OriginKind.ModelOutput, DataSources.ModelOutput, reference, frame);
        }
        else if (DataSources.LeavesData(property))
        {
            AddUnknown(reference, frame);
        }
        else if (RetrievalNames.IsRetrieved(property))
        {
            Add(OriginKind.Retrieved, "retrieved text", reference, frame, isByName: true);
        }
        else if (reference.Instance is not { } receiver)
        {
            VisitOwn(reference, property, frame);
        }
        else if (receiver.Unwrap() is IInstanceReferenceOperation)
        {
            VisitOwnOrData(reference, property, frame);
        }
        else if (DataSources.WordsOfType(receiver.Unwrap().Type) is { } sent)
        {
            Add(OriginKind.Untrusted, sent, reference, frame);
        }
        else
        {
            VisitMember(reference, receiver, property, frame);
        }
    }

    private void VisitField(IFieldReferenceOperation reference, Frame frame)
    {
        switch (reference.Instance?.Unwrap())
        {
            case null:
                VisitOwn(reference, reference.Field, frame);
                return;
            case IInstanceReferenceOperation:
                VisitOwnOrData(reference, reference.Field, frame);
                return;
            case { } receiver:
                VisitMember(reference, receiver, reference.Field, frame);
                return;
        }
    }

    /// <summary>A member of <c>this</c>: in a helper that is called on data, a piece of that data; else what the type writes to it.</summary>
    private void VisitOwnOrData(IMemberReferenceOperation reference, ISymbol member, Frame frame)
    {
        if (!frame.Calls.IsEmpty
            && frame.Calls.Peek() is { Instance: { } receiver } call
            && receiver.Unwrap() is not IInstanceReferenceOperation
            && SymbolEqualityComparer.Default.Equals(call.TargetMethod.ContainingType, member.ContainingType))
        {
            VisitMember(reference, receiver, member, frame with { Calls = frame.Calls.Pop() });
            return;
        }

        VisitOwn(reference, member, frame);
    }

    /// <summary>A field or property, by everything that its own type writes to it; unknown where others may write to it too.</summary>
    private void VisitOwn(IOperation reference, ISymbol member, Frame frame)
    {
        if (member is IPropertySymbol && member.GetAttributes().Any(static attribute => attribute.AttributeClass?.Name is "BindPropertyAttribute" or "FromBodyAttribute" or "FromQueryAttribute"))
        {
            Add(OriginKind.Untrusted, DataSources.Request, reference, frame);
            return;
        }

        if (!IsWrittenInItsTypeOnly(member) || ValueSources.ReferencesInType(member, reference, cancellationToken) is not { } mentions)
        {
            AddUnknown(reference, frame);
            return;
        }

        var start = _steps;
        var next = frame.Through(reference);
        if (reference.SemanticModel is { } model && ValueSources.InitializerOf(member, cancellationToken) is { } initializer)
        {
            Visit(ValueSources.OperationOf(model, initializer, cancellationToken), next);
        }

        foreach (var mention in mentions)
        {
            switch (mention.Parent)
            {
                case ISimpleAssignmentOperation assignment when assignment.Target == mention:
                    Visit(assignment.Value, next with { Source = null });
                    break;
                case ICoalesceAssignmentOperation assignment when assignment.Target == mention:
                    Visit(assignment.Value, next with { Source = null });
                    break;
                case ICompoundAssignmentOperation assignment when assignment.Target == mention:
                    Visit(assignment.Value, (next with { Source = null }).Part());
                    break;
            }
        }

        if (_steps == start)
        {
            AddUnknown(reference, frame);
        }
    }

    private static bool IsWrittenInItsTypeOnly(ISymbol member) =>
        member is { DeclaringSyntaxReferences.IsEmpty: false, IsVirtual: false, IsAbstract: false, IsOverride: false }
        && member switch
        {
            IFieldSymbol field => field.DeclaredAccessibility == Accessibility.Private || field.IsReadOnly,
            IPropertySymbol { IsIndexer: false } property => property.DeclaredAccessibility == Accessibility.Private || property.SetMethod is null or { DeclaredAccessibility: Accessibility.Private },
            _ => false,
        };

    /// <summary>A member of a value: what was written to it where the value is made in view, else a piece of whatever the value is.</summary>
    private void VisitMember(IOperation reference, IOperation receiver, ISymbol member, Frame frame)
    {
        var next = frame.MemberOf(reference);
        if (_steps++ > ValueOrigins.MaxSteps || next.Depth > ValueOrigins.MaxDepth)
        {
            AddUnknown(reference, frame);
            return;
        }

        foreach (var source in ValueSources.Of(receiver, cancellationToken))
        {
            var inner = next;
            var isSettled = false;
            foreach (var step in source.Path)
            {
                inner = inner.Through(step);
                if (SettleByMark(step, SymbolOf(step), inner) || SettleByName(step, inner))
                {
                    isSettled = true;
                    break;
                }

                VisitWrites(step, member, inner);
                VisitContents(step, inner with { Source = null });
                if (step is IInvocationOperation { TargetMethod.DeclaringSyntaxReferences.IsEmpty: false } call)
                {
                    inner = inner with { Calls = inner.Calls.Push(call) };
                }
            }

            if (isSettled)
            {
                continue;
            }

            switch (source.Value)
            {
                case IAnonymousObjectCreationOperation made when ValueOf(made.Initializers, member) is { } written:
                    Visit(written, inner with { Source = null });
                    break;

                case IObjectCreationOperation creation when !IsContainer(creation.Type) && !creation.Type!.DeclaringSyntaxReferences.IsEmpty:
                    var value = ValueOf(creation.Initializer?.Initializers ?? [], member)
                        ?? creation.Arguments.FirstOrDefault(argument => string.Equals(argument.Parameter?.Name, member.Name, StringComparison.OrdinalIgnoreCase))?.Value;
                    if (value is not null)
                    {
                        Visit(value, inner with { Source = null });
                    }
                    else
                    {
                        AddUnknown(reference, frame);
                    }

                    break;

                case ITupleOperation tuple when member is IFieldSymbol { ContainingType: { IsTupleType: true } type } element && IndexOf(type, element) is var index and >= 0 && index < tuple.Elements.Length:
                    Visit(tuple.Elements[index], inner with { Source = null });
                    break;

                default:
                    VisitWrites(source.Value, member, inner);
                    VisitSource(new ValueSource(source.Value, []), inner);
                    break;
            }
        }
    }

    /// <summary><c>prompt.Text = …</c>, before the text is read.</summary>
    private void VisitWrites(IOperation variable, ISymbol member, Frame frame)
    {
        if (variable is not (ILocalReferenceOperation or IParameterReferenceOperation))
        {
            return;
        }

        foreach (var mention in MentionsOf(variable).Take(ValueOrigins.MaxMentions))
        {
            if (mention.Parent is IMemberReferenceOperation { Parent: ISimpleAssignmentOperation assignment } reference
                && assignment.Target == reference
                && SymbolEqualityComparer.Default.Equals(reference.Member.OriginalDefinition, member.OriginalDefinition)
                && ValueSources.CanPrecede(assignment, variable, made: null))
            {
                Visit(assignment.Value, frame with { Source = null });
            }
        }
    }

    private static IOperation? ValueOf(ImmutableArray<IOperation> initializers, ISymbol member) =>
        initializers.OfType<ISimpleAssignmentOperation>()
            .FirstOrDefault(assignment => assignment.Target is IMemberReferenceOperation target && SymbolEqualityComparer.Default.Equals(target.Member.OriginalDefinition, member.OriginalDefinition))?.Value;

    private static int IndexOf(INamedTypeSymbol tuple, IFieldSymbol element)
    {
        for (var i = 0; i < tuple.TupleElements.Length; i++)
        {
            if (tuple.TupleElements[i].Name == element.Name || tuple.TupleElements[i].CorrespondingTupleField?.Name == element.Name || element.Name == "Item" + (i + 1).ToString(System.Globalization.CultureInfo.InvariantCulture))
            {
                return i;
            }
        }

        return -1;
    }

    private void VisitFile(IOperation read, ImmutableArray<IArgumentOperation> arguments, Frame frame)
    {
        // A file whose path is the team's is the team's text; one whose path others choose is not.
        var path = arguments.FirstOrDefault(static argument => argument.Parameter?.Ordinal == 0)?.Value;
        if (path is null || frame.Depth > ValueOrigins.MaxDepth)
        {
            AddUnknown(read, frame);
            return;
        }

        var inner = new OriginWalk(ai, options, isHarmless, cancellationToken) { _steps = _steps };
        inner.Visit(path, new Frame(null, null, IsPart: false, frame.Calls, frame.Depth + 1));
        _steps = inner._steps;
        if (inner._found.Any(static origin => origin.IsUntrusted))
        {
            Add(OriginKind.Untrusted, DataSources.File, read, frame);
        }
        else if (inner._found.All(static origin => origin.Kind is OriginKind.Constant or OriginKind.Configuration or OriginKind.Checked))
        {
            Add(OriginKind.Configuration, "a file of the team", read, frame);
        }
        else
        {
            AddUnknown(read, frame);
        }
    }

    private void Add(OriginKind kind, Sentence words, IOperation source, Frame frame, bool isByName = false)
    {
        var carrier = Outermost(frame.Carrier ?? source);
        var named = frame.Source ?? source;
        if (_added.Add((kind, carrier.Syntax, named.Syntax)))
        {
            _found.Add(new Origin(kind, words, carrier, named, frame.IsPart) { IsByName = isByName });
        }
    }

    // `await` belongs to what is awaited.
    private static IOperation Outermost(IOperation carrier)
    {
        while (carrier.Parent is IAwaitOperation or IConversionOperation { IsImplicit: true })
        {
            carrier = carrier.Parent;
        }

        return carrier;
    }

    private void AddUnknown(IOperation source, Frame frame, IParameterSymbol? parameter = null)
    {
        var carrier = frame.Carrier ?? source;
        var named = frame.Source ?? source;
        if (_added.Add((OriginKind.Unknown, carrier.Syntax, named.Syntax)))
        {
            _found.Add(new Origin(OriginKind.Unknown, "", carrier, named, frame.IsPart) { Parameter = parameter });
        }
    }
}
