using System.Collections.Immutable;
using AiGuardrails.Analyzers.Sdks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace AiGuardrails.Analyzers.Flow.Values;

/// <summary>
/// An object of which everything that was set on it is in view: it is made where the code can be read, and until its use nobody
/// else gets hold of it. Only of such an object can be said that it <em>lacks</em> a setting.
/// </summary>
/// <remarks>
/// Its use is the place that <see cref="Of"/> is asked about. What may happen before it counts, on whatever path: a setting under a
/// condition is a setting.
/// </remarks>
internal sealed class VisibleObject
{
    // Methods of an object that change nothing in it.
    private static readonly HashSet<string> s_readers = new(StringComparer.Ordinal)
    {
        "Clone", "ContainsKey", "Contains", "DeepClone", "Equals", "GetEnumerator", "GetHashCode", "GetType", "ToJsonString", "ToString", "TryGetValue", "TryGetPropertyValue",
    };

    // Libraries that read what they are given.
    private static readonly ImmutableArray<string> s_readingNamespaces =
        ["System.Text.Json", "System.Net.Http", "Newtonsoft.Json", "Microsoft.Extensions.Logging"];

    private readonly List<Setting> _settings = [];
    private readonly AiContext _ai;
    private readonly CancellationToken _cancellationToken;
    private bool _hasUnknownKeys;

    private VisibleObject(IOperation creation, ImmutableArray<IOperation> path, AiContext ai, CancellationToken cancellationToken)
    {
        Creation = creation;
        Path = path;
        _ai = ai;
        _cancellationToken = cancellationToken;
    }

    /// <summary>Gets what makes the object: an object creation, an anonymous one, or <c>null</c>.</summary>
    public IOperation Creation { get; }

    /// <summary>Gets the steps from the use back to the creation: variables, members, helpers, copies.</summary>
    public ImmutableArray<IOperation> Path { get; }

    /// <summary>Gets a value indicating whether there is no object: <c>null</c>, or the default of a reference type.</summary>
    public bool IsNull => new ValueSource(Creation, Path).IsNull;

    /// <summary>Gets a value indicating whether something was set under a name that is not constant: any may have been.</summary>
    public bool HasUnknownKeys => _hasUnknownKeys;

    /// <summary>
    /// The objects that the value may be and of which everything is in view; null where there is none. The value may be others too.
    /// </summary>
    public static IReadOnlyList<VisibleObject>? Of(IOperation value, AiContext ai, CancellationToken cancellationToken)
    {
        var sources = ValueSources.Of(value, cancellationToken);
        var isKnown = sources.All(static source => source.IsNull || IsCreation(source.Value));
        var found = new List<VisibleObject>();
        foreach (var source in sources)
        {
            // A variable that starts as null and is given an unknown value later on is unknown; a `null` in the expression is null.
            if (source.IsNull && (isKnown || source.Path.IsEmpty))
            {
                found.Add(new VisibleObject(source.Value, source.Path, ai, cancellationToken));
            }
            else if (IsCreation(source.Value))
            {
                var created = new VisibleObject(source.Value, source.Path, ai, cancellationToken);
                if (created.ReadCreation() && created.ReadPath())
                {
                    found.Add(created);
                }
            }
        }

        return found.Count == 0 ? null : found;
    }

    /// <summary>
    /// Whether the member may have been set, to whatever value. Members are properties, fields, parameters of the constructor (all
    /// of any case) and constant keys.
    /// </summary>
    public bool IsSet(string member) => _hasUnknownKeys || SettingsOf(member).Any();

    /// <summary>Whether the member may have been set to something else than <c>null</c>.</summary>
    public bool HasValue(string member) => _hasUnknownKeys || SettingsOf(member).Any(static setting => setting.Value is null || !IsNullConstant(setting.Value));

    /// <summary>The value that the member is set to, where it is set once and to an expression; else null.</summary>
    public IOperation? ValueOf(string member) => SettingsOf(member).Take(2).ToArray() is [var only] ? only.Value : null;

    /// <summary>Every expression that the member may have been set to.</summary>
    public IEnumerable<IOperation> ValuesOf(string member) => SettingsOf(member).Select(static setting => setting.Value).OfType<IOperation>();

    /// <summary>Every expression that a member may have been set to, whichever; null for work on a value that is no expression.</summary>
    public IEnumerable<IOperation?> AllValues => _settings.Select(static setting => setting.Value);

    /// <summary>Every piece of code that sets the member, or works on its value: <c>options.Tools.Add(tool)</c> works on <c>Tools</c>.</summary>
    public IEnumerable<IOperation> WorkOn(string member) => SettingsOf(member).Select(static setting => setting.Source);

    private static bool IsCreation(IOperation value) => value is IObjectCreationOperation or IAnonymousObjectCreationOperation;

    private static bool IsNullConstant(IOperation value) => value is { ConstantValue: { HasValue: true, Value: null } } || (value.Unwrap() is { } unwrapped && new ValueSource(unwrapped, []).IsNull);

    private IEnumerable<Setting> SettingsOf(string member) =>
        _settings.Where(setting => string.Equals(setting.Member, member, StringComparison.OrdinalIgnoreCase));

    private bool ReadCreation()
    {
        if (Creation is IAnonymousObjectCreationOperation anonymous)
        {
            foreach (var initializer in anonymous.Initializers.OfType<ISimpleAssignmentOperation>())
            {
                AddAssigned(initializer);
            }

            return true;
        }

        var creation = (IObjectCreationOperation)Creation;
        if (creation.Type is not INamedTypeSymbol type || !ReadDeclaration(type, creation.Constructor))
        {
            return false;
        }

        foreach (var argument in creation.Arguments.Where(static argument => argument.ArgumentKind != ArgumentKind.DefaultValue))
        {
            // A copy has what its original has.
            if (argument.Value.Unwrap().Type is { IsReferenceType: true, SpecialType: SpecialType.None } given && (IsOrDerivesFrom(given, type) || IsOrDerivesFrom(type, given)))
            {
                return false;
            }

            _settings.Add(new Setting(argument.Parameter?.Name ?? "", argument.Value, argument));
        }

        ReadInitializer(creation.Initializer);
        return true;
    }

    /// <summary>What a type of this compilation sets by itself; false where its constructor does something.</summary>
    private bool ReadDeclaration(INamedTypeSymbol type, IMethodSymbol? constructor)
    {
        if (constructor is { DeclaringSyntaxReferences: [var declared] }
            && declared.GetSyntax(_cancellationToken) is ConstructorDeclarationSyntax syntax
            && (syntax.ExpressionBody is not null || syntax.Initializer is not null || syntax.Body is { Statements.Count: > 0 }))
        {
            return false;
        }

        for (var current = type; current is { DeclaringSyntaxReferences.IsEmpty: false }; current = current.BaseType)
        {
            if (!ReferenceEquals(current, type) && current.InstanceConstructors.Any(static inherited => !inherited.IsImplicitlyDeclared))
            {
                return false;
            }

            foreach (var member in current.GetMembers().Where(static member => !member.IsStatic && member is IPropertySymbol or IFieldSymbol { IsImplicitlyDeclared: false }))
            {
                if (InitializerOf(member) is { } initializer && Creation.SemanticModel is { } model && SemanticModels.Of(model, initializer.SyntaxTree)?.TryGetOperation(initializer, _cancellationToken) is { } value)
                {
                    _settings.Add(new Setting(member.Name, value, value));
                }
            }
        }

        return true;
    }

    private ExpressionSyntax? InitializerOf(ISymbol member) =>
        member.DeclaringSyntaxReferences is [var declaration]
            ? declaration.GetSyntax(_cancellationToken) switch
            {
                VariableDeclaratorSyntax field => field.Initializer?.Value,
                PropertyDeclarationSyntax property => property.Initializer?.Value,
                _ => null,
            }
            : null;

    private void ReadInitializer(IObjectOrCollectionInitializerOperation? initializer)
    {
        foreach (var element in initializer?.Initializers ?? [])
        {
            switch (element)
            {
                case IAssignmentOperation assignment:
                    AddAssigned(assignment);
                    break;

                case IMemberInitializerOperation { InitializedMember: IMemberReferenceOperation member } nested:
                    _settings.Add(new Setting(member.Member.Name, null, nested));
                    break;

                case IInvocationOperation add:
                    AddKeyed(add);
                    break;
            }
        }
    }

    private void AddAssigned(IAssignmentOperation assignment)
    {
        var value = assignment is ISimpleAssignmentOperation or ICoalesceAssignmentOperation ? assignment.Value : null;
        if (assignment.Target is IPropertyReferenceOperation { Property.IsIndexer: true } indexer)
        {
            AddKey(indexer.Arguments.FirstOrDefault()?.Value, value, assignment);
        }
        else if (assignment.Target is IMemberReferenceOperation member)
        {
            _settings.Add(new Setting(member.Member.Name, value, assignment));
        }
    }

    private void AddKeyed(IInvocationOperation add)
    {
        if (add.Arguments.Length > 1)
        {
            AddKey(add.Arguments[0].Value, add.Arguments[1].Value, add);
        }
    }

    private void AddKey(IOperation? key, IOperation? value, IOperation source)
    {
        if (key.ConstantText() is { } text)
        {
            _settings.Add(new Setting(text, value, source));
        }
        else if (key?.Type?.SpecialType is SpecialType.System_String or null)
        {
            _hasUnknownKeys = true;
        }
    }

    /// <summary>Follows the object from its creation to its use; false where somebody else gets hold of it on the way.</summary>
    private bool ReadPath()
    {
        var helpers = 0;
        for (var i = 0; i < Path.Length; i++)
        {
            var made = (i + 1 < Path.Length ? Path[i + 1] : Creation).Syntax;
            switch (Path[i])
            {
                case IWithOperation copy:
                    ReadInitializer(copy.Initializer);
                    break;

                case IInvocationOperation { TargetMethod.Name: "Clone", Arguments.IsEmpty: true }:
                    break;

                case IInvocationOperation:
                    if (++helpers > 1)
                    {
                        return false;
                    }

                    break;

                case ILocalReferenceOperation { Local: var local } use:
                    if (!ReadReferences(ValueSources.ReferencesOf(local, use), use, made))
                    {
                        return false;
                    }

                    break;

                case IParameterReferenceOperation { Parameter: var parameter } use:
                    if (!ReadReferences(ValueSources.ReferencesOf(parameter, use), use, made))
                    {
                        return false;
                    }

                    break;

                // What its getter returns is a step of its own.
                case IPropertyReferenceOperation { Property: var property } when SingleReturn.Of(property, _cancellationToken) is not null:
                    break;

                case IMemberReferenceOperation { Member: var member } use:
                    if (ValueSources.ReferencesOfPrivate(member, use, _cancellationToken) is not { } references || !ReadReferences(references, use, made: null))
                    {
                        return false;
                    }

                    break;

                default:
                    return false;
            }
        }

        return true;
    }

    private bool ReadReferences(IEnumerable<IOperation> references, IOperation use, SyntaxNode? made)
    {
        foreach (var reference in references)
        {
            _cancellationToken.ThrowIfCancellationRequested();
            if (reference is not IVariableDeclaratorOperation
                && !Path.Any(step => step.Syntax == reference.Syntax)
                && !Read(reference, precedes: made is null || ValueSources.CanPrecede(reference, use, made)))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Reads what one mention of the object does with it; false where it gives the object away.</summary>
    private bool Read(IOperation reference, bool precedes)
    {
        for (var current = reference; current.Parent is { } parent; current = parent)
        {
            switch (parent)
            {
                // The value goes on.
                case IConversionOperation or IParenthesizedOperation or IAwaitOperation or ICoalesceOperation:
                case IConditionalOperation choice when choice.Condition != current && choice.Type is not null:
                case ISwitchExpressionArmOperation arm when arm.Value == current:
                case ISwitchExpressionOperation selection when selection.Value != current:
                    continue;

                case IMemberReferenceOperation member when member.Instance == current:
                    ReadMember(member, precedes);
                    return true;

                case IConditionalAccessOperation access when access.Operation == current:
                    return access.WhenNotNull.DescendantsAndSelf().OfType<IConditionalAccessInstanceOperation>().FirstOrDefault() is { } instance
                        && Read(instance, precedes);

                case IInvocationOperation call when call.Instance == current:
                    return !precedes || ReadCall(call);

                case IArgumentOperation argument:
                    return !precedes || OnlyReads(argument);

                case IAssignmentOperation assignment when assignment.Target == current:
                    return true;

                case IAssignmentOperation assignment:
                    return !precedes || IsOnPath(assignment.Target);

                case IVariableInitializerOperation { Parent: IVariableDeclaratorOperation { Symbol: var local } }:
                    return !precedes || IsOnPath(local);

                case IReturnOperation:
                    return false;

                // Tests, copies, texts: the object stays what it is.
                case IBinaryOperation or IUnaryOperation or IIsPatternOperation or IIsTypeOperation or INameOfOperation or IWithOperation
                    or IConditionalOperation or ISwitchExpressionOperation or ISwitchOperation or IInterpolationOperation or IExpressionStatementOperation
                    or IUsingOperation or ILockOperation:
                    return true;

                default:
                    return !precedes;
            }
        }

        return true;
    }

    private bool IsOnPath(IOperation target) => target switch
    {
        ILocalReferenceOperation local => IsOnPath(local.Local),
        IParameterReferenceOperation parameter => IsOnPath(parameter.Parameter),
        IMemberReferenceOperation member => IsOnPath(member.Member),

        // `_ = options;`
        IDiscardOperation => true,
        _ => false,
    };

    private bool IsOnPath(ISymbol symbol) => Path.Any(step => step switch
    {
        ILocalReferenceOperation local => SymbolEqualityComparer.Default.Equals(local.Local, symbol),
        IParameterReferenceOperation parameter => SymbolEqualityComparer.Default.Equals(parameter.Parameter, symbol),
        IMemberReferenceOperation member => SymbolEqualityComparer.Default.Equals(member.Member, symbol),
        _ => false,
    });

    private void ReadMember(IMemberReferenceOperation member, bool precedes)
    {
        if (!precedes)
        {
            return;
        }

        switch (member.Parent)
        {
            case IAssignmentOperation assignment when assignment.Target == member:
                AddAssigned(assignment);
                return;

            case IIncrementOrDecrementOperation:
            case IArgumentOperation { Parameter.RefKind: not RefKind.None }:
                _settings.Add(new Setting(member.Member.Name, null, member.Parent));
                return;
        }

        // Reading a number, a text or a copy changes nothing; whoever holds a list can change it.
        if (member is IPropertyReferenceOperation { Property.IsIndexer: true }
            || (member.Type is { IsValueType: true } or { SpecialType: SpecialType.System_String } && member is not IPropertyReferenceOperation { Property.RefKind: not RefKind.None }))
        {
            return;
        }

        _settings.Add(new Setting(member.Member.Name, null, OutermostOf(member)));
    }

    private bool ReadCall(IInvocationOperation call)
    {
        if (call.TargetMethod.Name is "Add" or "TryAdd")
        {
            AddKeyed(call);
            return true;
        }

        return s_readers.Contains(call.TargetMethod.Name);
    }

    private bool OnlyReads(IArgumentOperation argument)
    {
        var method = argument.Parent switch
        {
            IInvocationOperation call => call.TargetMethod,
            IObjectCreationOperation creation => creation.Constructor,
            _ => null,
        };

        if (method is null || argument.Parameter is not { RefKind: RefKind.None } parameter)
        {
            return false;
        }

        if (_ai.IsGenerationCall(method) || _ai.IsTrainingStart(method) || _ai.IsNeutralStep(method))
        {
            return true;
        }

        // Methods of an SDK read the options that they are given, save for the extensions that are there to set something.
        var extends = (method.ReducedFrom ?? method).IsExtensionMethod && method.ReducedFrom is null && parameter.Ordinal == 0;
        return (!extends && method.ContainingAssembly is { } assembly && method.DeclaringSyntaxReferences.IsEmpty && assembly is not ISourceAssemblySymbol && _ai.IsSdk(assembly))
            || (method.ContainingNamespace?.ToDisplayString() is { } space && s_readingNamespaces.Any(reading => space.StartsWith(reading, StringComparison.Ordinal)))
            || method is { Name: "ThrowIfNull", ContainingType.Name: "ArgumentNullException" }
            || method is { ContainingType: { Name: "Console", ContainingNamespace.Name: "System" } };
    }

    private static IOperation OutermostOf(IOperation operation)
    {
        while (operation.Parent is { } parent and not (IExpressionStatementOperation or IBlockOperation or IVariableInitializerOperation or IAnonymousFunctionOperation))
        {
            operation = parent;
        }

        return operation;
    }

    private static bool IsOrDerivesFrom(ITypeSymbol type, ITypeSymbol ancestor)
    {
        for (var current = type; current is not null; current = current.BaseType)
        {
            if (SymbolEqualityComparer.Default.Equals(current, ancestor))
            {
                return true;
            }
        }

        return false;
    }

    private readonly record struct Setting(string Member, IOperation? Value, IOperation Source);
}
