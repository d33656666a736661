using System.Collections.Immutable;
using AiGuardrails.CompilerServices;
using AiGuardrails.Core.Training.Records;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AiGuardrails.Generators.TrainingRecords;

/// <summary>One thing that stands in the way of generation: where, and a sentence that names the way out.</summary>
internal sealed record TrainingRecordProblem(Location Location, Sentence Message);

/// <summary>What a type marked [TrainingRecord] comes to: a model, or at least one problem; never both, never neither.</summary>
internal sealed record TrainingRecordResult(TrainingRecordModel? Model, ImmutableArray<TrainingRecordProblem> Problems);

/// <summary>
/// Symbols in, model or problems out. The generator takes the model and the analyzer of AIG9013 the problems; as both
/// run this very code, a type without generated code always has a diagnostic that says why.
/// </summary>
internal sealed class TrainingRecordParser
{
    public const string AttributeName = "AiGuardrails.TrainingRecordAttribute";

    private static readonly SymbolDisplayFormat s_fullName = SymbolDisplayFormat.FullyQualifiedFormat;
    private static readonly SymbolDisplayFormat s_namespace = s_fullName.WithGlobalNamespaceStyle(SymbolDisplayGlobalNamespaceStyle.Omitted);
    private static readonly SymbolDisplayFormat s_shortName = SymbolDisplayFormat.MinimallyQualifiedFormat;

    private readonly INamedTypeSymbol _type;
    private readonly Compilation _compilation;
    private readonly CancellationToken _cancellationToken;
    private readonly TypeDeclarationSyntax _declaration;
    private readonly AttributeData _attribute;
    private readonly TrainingValueParser _values;
    private readonly ImmutableArray<TrainingRecordProblem>.Builder _problems = ImmutableArray.CreateBuilder<TrainingRecordProblem>();

    private TrainingRecordParser(INamedTypeSymbol type, AttributeData attribute, TypeDeclarationSyntax declaration, Compilation compilation, CancellationToken cancellationToken)
    {
        _type = type;
        _compilation = compilation;
        _cancellationToken = cancellationToken;
        _declaration = declaration;
        _attribute = attribute;
        _values = new TrainingValueParser(compilation, type);
    }

    /// <summary>Finds the attribute that makes a type a training record; of several, which the compiler refuses, the first.</summary>
    public static AttributeData? AttributeOf(INamedTypeSymbol type) =>
        type.GetAttributes().FirstOrDefault(static attribute => IsOurs(attribute.AttributeClass, "TrainingRecordAttribute"));

    /// <summary>Parses a type that has the attribute; null where what carries it is no type declaration.</summary>
    public static TrainingRecordResult? Parse(INamedTypeSymbol type, AttributeData attribute, Compilation compilation, CancellationToken cancellationToken) =>
        attribute.ApplicationSyntaxReference?.GetSyntax(cancellationToken).Parent?.Parent is TypeDeclarationSyntax declaration
            ? new TrainingRecordParser(type, attribute, declaration, compilation, cancellationToken).Parse()
            : null;

    private static bool IsOurs(INamedTypeSymbol? attribute, string name) =>
        attribute is { ContainingType: null, ContainingNamespace: { Name: "AiGuardrails", ContainingNamespace.IsGlobalNamespace: true } }
        && string.Equals(attribute.Name, name, StringComparison.Ordinal);

    private TrainingRecordResult Parse()
    {
        CheckType();
        var members = FindMembers();
        foreach (var member in members)
        {
            CheckMember(member);
        }

        // What is answered before what answers it, whatever the order of declaration: a pair, a label, the fields of a grader.
        members = [.. members.OrderBy(static member => member.Place)];
        CheckMessages(members);
        var construction = CanBeConstructed ? FindConstruction(members) : null;
        if (_problems.Count == 0)
        {
            CheckTargets(members);
        }

        return _problems.Count == 0 && construction is not null
            ? new TrainingRecordResult(ToModel(members, construction), [])
            : new TrainingRecordResult(null, _problems.ToImmutable());
    }

    private bool CanBeConstructed => _type is { TypeKind: not TypeKind.Interface, IsAbstract: false, IsStatic: false };

    // ----- The type -----

    private void CheckType()
    {
        var name = _type.Name;
        var at = _declaration.Identifier.GetLocation();
        if (_declaration.SyntaxTree.Options is CSharpParseOptions { LanguageVersion: < LanguageVersion.CSharp8 })
        {
            Report(at, $"'{name}' is compiled as a version of C# before 8.0, which generated code needs; set <LangVersion> to 8.0 or higher");
        }

        if (name.Length == 0)
        {
            Report(at, "a training record has no name yet; give it one");
        }
        else if (!TypeNames.HasNamedNamespace(_type))
        {
            Report(at, $"the namespace around '{name}' has no name yet; give it one");
        }

        if (_type.TypeKind == TypeKind.Interface)
        {
            Report(at, $"'{name}' is an interface, and a record must be made of every line; use a class, a record or a struct");
        }
        else if (_type.IsStatic)
        {
            Report(at, $"'{name}' is static, and every example needs a value of its own; remove 'static'");
        }
        else if (_type.IsAbstract)
        {
            Report(at, $"'{name}' is abstract, and a record must be made of every line; mark the types derived from it instead");
        }

        if (_type.IsRefLikeType)
        {
            Report(at, $"'{name}' is a ref struct, which no sequence of records can hold; remove 'ref'");
        }

        if (_type.IsGenericType && _declaration.TypeParameterList is { } typeParameters)
        {
            Report(typeParameters.GetLocation(), $"'{name}' is generic; declare a record without type parameters for each use");
        }

        if (!IsPartial(_type))
        {
            Report(at, $"'{name}' is not partial; add 'partial' so that its writer and reader can be added to it");
        }

        if (_type.IsFileLocal)
        {
            Report(at, $"'{name}' is file-local, where generated code cannot reach it; remove 'file'");
        }

        for (var container = _type.ContainingType; container is not null; container = container.ContainingType)
        {
            var around = LocationOf(container);
            if (!IsPartial(container))
            {
                Report(around, $"'{container.Name}', around the training record '{name}', is not partial; add 'partial'");
            }

            if (container.TypeParameters.Length > 0)
            {
                Report(around, $"'{container.Name}', around the training record '{name}', is generic; move '{name}' out of it");
            }

            if (container.IsFileLocal)
            {
                Report(around, $"'{container.Name}', around the training record '{name}', is file-local, where generated code cannot reach it; remove 'file'");
            }
        }
    }

    private bool IsPartial(INamedTypeSymbol type) =>
        type.DeclaringSyntaxReferences.Any(reference =>
            reference.GetSyntax(_cancellationToken) is TypeDeclarationSyntax declaration && declaration.Modifiers.Any(SyntaxKind.PartialKeyword));

    // ----- Its members -----

    /// <summary>Finds the properties that have a role: those of base types first, and in each type as they are declared.</summary>
    private List<Member> FindMembers()
    {
        var chain = new Stack<INamedTypeSymbol>();
        for (var type = _type; type is { SpecialType: SpecialType.None }; type = type.BaseType)
        {
            chain.Push(type);
        }

        var members = new List<Member>();
        foreach (var type in chain)
        {
            _cancellationToken.ThrowIfCancellationRequested();
            var own = new List<Member>();
            foreach (var property in type.GetMembers().OfType<IPropertySymbol>())
            {
                var roles = property.GetAttributes().Where(static attribute => RoleOf(attribute) is not null).ToImmutableArray();
                if (members.Find(member => Overrides(property, member.Property)) is { } overridden)
                {
                    // The message stays where the base type has it; a role on the override replaces the one there.
                    overridden.Property = property;
                    overridden.Roles = roles.IsEmpty ? overridden.Roles : roles;
                }
                else if (!roles.IsEmpty)
                {
                    own.Add(new Member(property, roles));
                }
            }

            CheckParts(type, own);
            members.AddRange(own.OrderBy(static member => member.Property.Locations.FirstOrDefault(static location => location.IsInSource)?.SourceSpan.Start ?? 0));
        }

        return members;
    }

    /// <summary>The parts of a type have no order among themselves, so that messages in several would have none either.</summary>
    private void CheckParts(INamedTypeSymbol type, List<Member> members)
    {
        TypeDeclarationSyntax? part = null;
        Member? first = null;
        foreach (var member in members)
        {
            if (member.Property.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax(_cancellationToken).FirstAncestorOrSelf<TypeDeclarationSyntax>() is not { } declaration)
            {
                continue;
            }

            part ??= declaration;
            first ??= member;
            if (part != declaration)
            {
                Report(LocationOf(member.Property), $"'{member.Property.Name}' stands in another part of '{type.Name}' than '{first.Property.Name}', so that their order is open; put all messages into one part");
            }
        }
    }

    private void CheckMember(Member member)
    {
        var property = member.Property;
        var at = LocationOf(property);
        var name = property.IsIndexer ? "this[]" : property.Name;
        var before = _problems.Count;
        if (member.Roles.Length > 1)
        {
            Report(at, $"'{name}' has {member.Roles.Length} roles; keep one of {Sentence.All(member.Roles.Select(static role => $"[{NameOf(RoleOf(role)!.Value)}]"))}");
        }

        member.Role = RoleOf(member.Roles[0])!.Value;
        if (member.Role == TrainingRole.Assistant)
        {
            ReadWeight(member, name);
        }

        if (property.IsIndexer)
        {
            Report(at, "an indexer has no value that could be written; put the role on a property");
        }
        else if (!property.ExplicitInterfaceImplementations.IsEmpty)
        {
            Report(at, $"'{name}' is an explicit implementation, which the record itself does not show; put the role on a property of the record");
        }
        else if (name.Length == 0)
        {
            Report(at, "a property with a role has no name yet; give it one");
        }
        else if (property.GetMethod is not { } getter)
        {
            Report(at, $"'{name}' cannot be read; add a get accessor");
        }
        else if (!_compilation.IsSymbolAccessibleWithin(getter, _type))
        {
            Report(at, $"'{name}' cannot be read from '{_type.Name}'; make it and its get accessor at least protected");
        }
        else if (property.RefKind != RefKind.None)
        {
            Report(at, $"'{name}' returns by reference; return the value");
        }
        else if (ParseValue(member) is { } problem)
        {
            Report(at, $"'{name}' is of the type '{property.Type.ToDisplayString(s_shortName)}'; {problem}");
        }
        else if (FindHiding(property) is { } hiding)
        {
            Report(LocationOf(hiding), $"'{hiding.ContainingType.Name}.{hiding.Name}' hides the message '{property.ContainingType.Name}.{name}'; override it or give it another name");
        }

        member.IsOptional = member.Type is { IsOptional: true };
        if (member.IsOptional && member.Role is TrainingRole.ToolCall or TrainingRole.ToolResult or TrainingRole.Conversation or TrainingRole.Text or TrainingRole.Chosen or TrainingRole.Rejected or TrainingRole.Completion or TrainingRole.Label)
        {
            Report(at, $"'{name}' may be null, and a record without it is no example; declare it without '?'");
        }

        member.IsSound = _problems.Count == before;
    }

    /// <summary>Looks at the type of a member with its role in mind.</summary>
    /// <returns>Null, or what is wrong: a clause.</returns>
    private Sentence? ParseValue(Member member)
    {
        const string Simple = "a message is of the type 'string' or a simple value (a number, bool, Guid, date, time, or an enumeration with names), with '?' if it may be left out";
        var type = member.Property.Type;
        var named = member.Roles[0].ConstructorArguments;
        switch (member.Role)
        {
            case TrainingRole.Conversation:
                member.Type = TrainingValueParser.ParseTurns(type);
                member.Value = TrainingValue.Turns;
                return member.Type is null || member.Property.IsStatic
                    ? "a conversation is a list of 'ChatTurn' that each record has for itself, such as 'IReadOnlyList<ChatTurn>'"
                    : ReadTools(member, named.IsEmpty || named[0].Kind != TypedConstantKind.Array || named[0].IsNull ? [] : named[0].Values);
            case TrainingRole.ToolCall:
                member.Value = TrainingValue.Arguments;
                member.Type = member.Property.IsStatic ? null : _values.ParseObject(type, out _);
                return member.Property.IsStatic ? "a call is a value that each record has for itself" : ReadTools(member, []);
            case TrainingRole.ToolResult when _values.Parse(type) is null:
                member.Value = TrainingValue.Arguments;
                Sentence? problem = null;
                member.Type = member.Property.IsStatic ? null : _values.ParseObject(type, out problem);
                return member.Property.IsStatic ? Simple : problem;
        }

        member.Type = _values.Parse(type);
        if (member.Type is not { } value)
        {
            return member.Role == TrainingRole.GraderField ? "a field is a text, a simple value or a list of them" : Simple;
        }

        if (member.Role == TrainingRole.GraderField)
        {
            member.WireName = named.FirstOrDefault() is { Kind: TypedConstantKind.Primitive, Value: string { Length: > 0 } name } ? name : TrainingValueParser.CamelCase(member.Property.Name);
        }

        var isJson = member.Role == TrainingRole.GraderField || (member.Role == TrainingRole.Label && value.IsBoolean);
        member.Value = (value.IsList, isJson && value.IsLiteral) switch
        {
            (true, true) => TrainingValue.Literals,
            (true, false) => TrainingValue.Texts,
            (false, true) => TrainingValue.Literal,
            _ => TrainingValue.Text,
        };

        return !value.IsList ? null
            : member.Property.IsStatic ? Sentence.Of("a list is a value that each record has for itself")
            : member.Role is TrainingRole.GraderField or TrainingRole.Completion || (member.Role == TrainingRole.Label && value.IsBoolean) ? null
            : Sentence.Of(Simple);
    }

    /// <summary>Reads the declarations of the tools that a member calls.</summary>
    private Sentence? ReadTools(Member member, ImmutableArray<TypedConstant> types)
    {
        var tools = types.Select(static type => type.Value as ITypeSymbol).ToList();
        if (member.Role == TrainingRole.ToolCall)
        {
            tools.Add(member.Property.Type);
        }

        var declarations = new List<string>();
        foreach (var tool in tools)
        {
            if (tool?.GetAttributes().FirstOrDefault(static attribute => IsOurs(attribute.AttributeClass, "ToolAttribute")) is not { ConstructorArguments: [{ Value: string name }, { Value: string description }] })
            {
                return $"'{tool?.Name}' is not marked [Tool], which gives the tool its name and description";
            }

            if (name.Length is 0 or > 64 || !name.All(static c => c is >= 'a' and <= 'z' or >= 'A' and <= 'Z' or >= '0' and <= '9' or '_' or '-'))
            {
                return $"the tool of '{tool.Name}' is called '{name}'; a name has 1 to 64 letters, digits, '_' and '-'";
            }

            if (_values.ParseObject(tool, out var problem) is not { } arguments)
            {
                return problem;
            }

            member.WireName = member.Role == TrainingRole.ToolCall ? name : null;
            declarations.Add($$$"""{"type":"function","function":{"name":{{{TrainingValueParser.Quote(name)}}},"description":{{{TrainingValueParser.Quote(description)}}},"parameters":{{{arguments.JsonSchema}}}}}""");
        }

        member.Tools = declarations.Count == 0 ? null : string.Join(",", declarations.Distinct(StringComparer.Ordinal));
        return null;
    }

    private void ReadWeight(Member member, string name)
    {
        foreach (var argument in member.Roles[0].NamedArguments)
        {
            if (!string.Equals(argument.Key, "Weight", StringComparison.Ordinal) || argument.Value.Value is not int weight)
            {
                continue;
            }

            member.Weight = weight;
            if (weight is not (0 or 1))
            {
                var syntax = (member.Roles[0].ApplicationSyntaxReference?.GetSyntax(_cancellationToken) as AttributeSyntax)?
                    .ArgumentList?.Arguments.FirstOrDefault(static candidate => candidate.NameEquals is { Name.Identifier.ValueText: "Weight" })?.Expression;
                var location = syntax is not null && _compilation.ContainsSyntaxTree(syntax.SyntaxTree) ? syntax.GetLocation() : LocationOf(member.Property);
                Report(location, $"the weight of '{name}' is {weight}; it can be 1 (trained on) or 0 (context only)");
            }
        }
    }

    private ISymbol? FindHiding(IPropertySymbol property)
    {
        for (var type = _type; !SymbolEqualityComparer.Default.Equals(type, property.ContainingType); type = type.BaseType)
        {
            if (type is null)
            {
                return null;
            }

            if (type.GetMembers(property.Name).FirstOrDefault() is { } hiding)
            {
                return hiding;
            }
        }

        return null;
    }

    // ----- The messages together -----

    private void CheckMessages(List<Member> members)
    {
        var at = _declaration.Identifier.GetLocation();
        foreach (var once in s_once)
        {
            foreach (var member in members.FindAll(member => member.Role == once).Skip(1))
            {
                Report(LocationOf(member.Property), $"'{_type.Name}' has [{NameOf(once)}] twice; an example has one");
            }
        }

        bool Has(TrainingRole role) => members.Exists(member => member.Role == role);
        var isPair = Has(TrainingRole.Chosen) || Has(TrainingRole.Rejected);
        if (Has(TrainingRole.Text))
        {
            foreach (var member in members.FindAll(static member => member.Role != TrainingRole.Text))
            {
                Report(LocationOf(member.Property), $"'{member.Property.Name}' stands beside a [Text], which is the whole example; remove the role of one of them");
            }

            return;
        }

        if (isPair && !(Has(TrainingRole.Chosen) && Has(TrainingRole.Rejected)))
        {
            Report(at, Has(TrainingRole.Chosen)
                ? Sentence.Of($"'{_type.Name}' has a chosen answer and none that is not preferred; mark the property that holds it with [Rejected]")
                : Sentence.Of($"'{_type.Name}' has a rejected answer and none that is preferred; mark the property that holds it with [Chosen]"));
        }

        CheckTools(members);
        CheckConversation(members);
        var hasConversation = Has(TrainingRole.Conversation);
        if (!hasConversation && !(isPair && !members.Exists(static member => member.Role is TrainingRole.System or TrainingRole.Assistant)))
        {
            CheckPresence(members, TrainingRole.User, at, "the user says");
        }

        var isAnswered = hasConversation || isPair || Has(TrainingRole.ToolCall) || Has(TrainingRole.Completion) || Has(TrainingRole.GraderField)
            || members.Exists(static member => member.Role == TrainingRole.Label && member.Value == TrainingValue.Text);
        var answers = members.FindAll(static member => member.Role == TrainingRole.Assistant);
        if (!isAnswered)
        {
            CheckPresence(members, TrainingRole.Assistant, at, "the model shall learn to say");
        }

        if (answers.Count > 0 && !isAnswered)
        {
            if (answers.TrueForAll(static member => member.Weight == 0))
            {
                Report(at, $"every assistant message of '{_type.Name}' has the weight 0, so that nothing is trained; leave the weight of one of them out");
            }
            else if (answers.Exists(static member => !member.IsOptional) && answers.TrueForAll(static member => member.Weight == 0 || member.IsOptional))
            {
                Report(at, $"every assistant message of '{_type.Name}' that is trained on may be null; declare one of them as 'string', so that each example trains something");
            }
        }

        for (var i = 0; i < members.Count; i++)
        {
            // A message of this kind in a file must be this member's and nobody else's: reading looks one message ahead.
            for (var j = i + 1; j < members.Count && members[j - 1].IsOptional; j++)
            {
                if (members[i].Role == members[j].Role && members[i].Weight == members[j].Weight && members[i].Role != TrainingRole.GraderField)
                {
                    Report(
                        LocationOf(members[i].Property),
                        $"'{members[i].Property.Name}' may be left out and '{members[j].Property.Name}' has the same role, so that a file cannot tell which of them a message is; declare '{members[i].Property.Name}' as 'string', or put another message between them");
                    break;
                }
            }
        }
    }

    /// <summary>A result belongs to the call right before it.</summary>
    private void CheckTools(List<Member> members)
    {
        for (var i = 0; i < members.Count; i++)
        {
            if (members[i].Role == TrainingRole.ToolResult && (i == 0 || members[i - 1].Role != TrainingRole.ToolCall))
            {
                Report(LocationOf(members[i].Property), $"'{members[i].Property.Name}' answers no call; declare it right behind the property marked [ToolCall]");
            }
            else if (members[i].Role == TrainingRole.ToolCall && i + 1 < members.Count && members[i + 1].Place == 0 && members[i + 1].Role != TrainingRole.ToolResult)
            {
                Report(LocationOf(members[i].Property), $"'{members[i].Property.Name}' is a call that nothing answers, and the conversation goes on; declare a property marked [ToolResult] right behind it");
            }
        }
    }

    /// <summary>Where a list of turns begins and ends must show in a file.</summary>
    private void CheckConversation(List<Member> members)
    {
        var conversation = members.FindIndex(static member => member.Role == TrainingRole.Conversation);
        for (var i = 0; conversation >= 0 && i < members.Count; i++)
        {
            if (members[i].IsOptional && members[i].Place == 0 && (i > conversation || members[i].Role != TrainingRole.System))
            {
                Report(LocationOf(members[i].Property), $"'{members[i].Property.Name}' may be left out beside a conversation, so that a file cannot tell it from a turn; declare it without '?'");
            }
        }
    }

    // ----- The targets -----

    /// <summary>Asks the predicate that the run time asks too: which targets can express the record.</summary>
    private void CheckTargets(List<Member> members)
    {
        var shapes = members.ConvertAll(static member => member.Shape);
        var location = _attribute.ApplicationSyntaxReference?.GetSyntax(_cancellationToken) is AttributeSyntax syntax && _compilation.ContainsSyntaxTree(syntax.SyntaxTree)
            ? syntax
            : null;
        var asked = _attribute.ConstructorArguments is [{ Kind: TypedConstantKind.Array, IsNull: false } names] ? names.Values : [];
        for (var i = 0; i < asked.Length; i++)
        {
            var argument = location?.ArgumentList?.Arguments is { } arguments && arguments.Count == asked.Length ? arguments[i].GetLocation() : location?.GetLocation() ?? _declaration.Identifier.GetLocation();
            var name = asked[i].Value as string;
            if (!TrainingTarget.TryParse(name, out var target))
            {
                Report(argument, $"'{name}' is no training target; the targets are {Sentence.Some(TrainingTarget.All.Select(static known => known.Name))}");
            }
            else if (RecordPlan.Create(shapes, target, out var reason) is null)
            {
                Report(argument, $"'{_type.Name}' cannot be written to '{name}': {reason}");
            }
        }

        if (asked.IsEmpty && !TrainingTarget.All.Any(target => RecordPlan.Create(shapes, target, out _) is not null))
        {
            var form = RecordPlan.FormOf(shapes);
            var nearest = TrainingTarget.All.First(target => RecordLayouts.Of(target).Any(layout => layout.Form == form));
            RecordPlan.Create(shapes, nearest, out var reason);
            Report(_declaration.Identifier.GetLocation(), $"no target can express '{_type.Name}'; for '{nearest}', {reason}");
        }
    }

    private void CheckPresence(List<Member> members, TrainingRole role, Location at, Sentence what)
    {
        var word = role == TrainingRole.User ? "user" : "assistant";
        var ofRole = members.FindAll(member => member.Role == role || (member.Role == TrainingRole.Prompt && role == TrainingRole.User));
        if (ofRole.Count == 0)
        {
            Report(at, $"'{_type.Name}' has no {word} message; mark the property that {what} with [{role}Message]");
        }
        else if (ofRole.TrueForAll(static member => member.IsOptional))
        {
            Report(at, $"every {word} message of '{_type.Name}' may be null; declare one of them as 'string', so that each example has one");
        }
    }

    // ----- Reading back -----

    private Construction? FindConstruction(List<Member> members)
    {
        var instance = members.FindAll(static member => !member.Property.IsStatic);
        var unassigned = RequiredMembers().Where(symbol => !members.Exists(member => SymbolEqualityComparer.Default.Equals(member.Property, symbol))).ToList();
        var matches = _type.InstanceConstructors
            .Where(constructor => !IsCopyConstructor(constructor))
            .Select(constructor => Match(constructor, members))
            .Where(static match => match is not null)
            .Select(static match => match!)
            .OrderBy(static match => match.Constructor.Parameters.Length)
            .ToList();

        var viable = matches.Find(match =>
            (unassigned.Count == 0 || match.SetsRequiredMembers)
            && instance.TrueForAll(member => match.Takes(member) || IsSettable(member.Property)));
        if (viable is not null)
        {
            return viable;
        }

        var before = _problems.Count;
        foreach (var symbol in unassigned)
        {
            Report(LocationOf(symbol), $"'{symbol.Name}' is required and has no role, so that no line can give it a value; give it a role, or remove 'required'");
        }

        foreach (var member in instance.Where(member => member.IsSound && !IsSettable(member.Property) && !matches.Exists(match => match.Takes(member))))
        {
            var name = member.Property.Name;
            Report(LocationOf(member.Property), $"'{name}' cannot be set when a line is read; give it an init accessor, or a constructor parameter '{char.ToLowerInvariant(name[0])}{name.Substring(1)}', or make it static");
        }

        if (_problems.Count == before && members.TrueForAll(static member => member.IsSound))
        {
            Report(_declaration.Identifier.GetLocation(), $"no constructor of '{_type.Name}' can be called with the messages alone; add one whose parameters are named like the properties, or one without parameters");
        }

        return null;
    }

    private IEnumerable<ISymbol> RequiredMembers()
    {
        for (var type = _type; type is not null; type = type.BaseType)
        {
            foreach (var member in type.GetMembers())
            {
                if (member is IPropertySymbol { IsRequired: true, IsOverride: false } or IFieldSymbol { IsRequired: true })
                {
                    // An override counts as what it overrides: one member, one role.
                    yield return MostDerived(member);
                }
            }
        }
    }

    private ISymbol MostDerived(ISymbol member)
    {
        for (var type = _type; member is IPropertySymbol property && type is not null; type = type.BaseType)
        {
            if (type.GetMembers(member.Name).OfType<IPropertySymbol>().FirstOrDefault(candidate => Overrides(candidate, property)) is { } derived)
            {
                return derived;
            }
        }

        return member;
    }

    private bool IsSettable(IPropertySymbol property) =>
        SetterOf(property) is { } setter && _compilation.IsSymbolAccessibleWithin(setter, _type);

    // An override may leave out an accessor that the base type has.
    private static IMethodSymbol? SetterOf(IPropertySymbol? property) =>
        property is null ? null : property.SetMethod ?? SetterOf(property.OverriddenProperty);

    private bool IsCopyConstructor(IMethodSymbol constructor) =>
        constructor.Parameters.Length == 1 && SymbolEqualityComparer.Default.Equals(constructor.Parameters[0].Type, _type);

    /// <summary>Gives each parameter the member of its name; null where one has none and no default value either.</summary>
    private static Construction? Match(IMethodSymbol constructor, List<Member> members)
    {
        var arguments = new List<(IParameterSymbol Parameter, Member Member)>();
        foreach (var parameter in constructor.Parameters)
        {
            var member = members.Find(member => CanTake(parameter, member) && string.Equals(parameter.Name, member.Property.Name, StringComparison.Ordinal))
                ?? members.Find(member => CanTake(parameter, member) && string.Equals(parameter.Name, member.Property.Name, StringComparison.OrdinalIgnoreCase));
            if (member is not null && !arguments.Exists(argument => argument.Member == member))
            {
                arguments.Add((parameter, member));
            }
            else if (!parameter.HasExplicitDefaultValue)
            {
                return null;
            }
        }

        return new Construction(constructor, arguments);
    }

    private static bool CanTake(IParameterSymbol parameter, Member member) =>
        !member.Property.IsStatic
        && parameter is { RefKind: RefKind.None or RefKind.In }
        && SymbolEqualityComparer.Default.Equals(parameter.Type, member.Property.Type)
        && !(member.IsOptional && parameter.NullableAnnotation == NullableAnnotation.NotAnnotated);

    // ----- The model -----

    private TrainingRecordModel ToModel(List<Member> members, Construction construction)
    {
        var declarations = ImmutableArray.CreateBuilder<string>();
        for (var type = _type; type is not null; type = type.ContainingType)
        {
            declarations.Insert(0, $"partial {TypeNames.Keyword(type)} {Identifier(type.Name)}");
        }

        // One name in a compilation, also where two differ only by case; and none that a derived record could hide.
        var hash = TypeNames.StableHash(_type.GetDocumentationCommentId() ?? _type.ToDisplayString(s_fullName));
        return new TrainingRecordModel(
            $"{TypeNames.ReadableStem(_type)}.{hash}.g.cs",
            _type.ContainingNamespace.IsGlobalNamespace ? null : _type.ContainingNamespace.ToDisplayString(s_namespace),
            new(declarations.ToImmutable()),
            _type.ToDisplayString(s_fullName),
            $"TrainingRecordSchema_{hash}",
            new(members.ConvertAll(member => ToModel(member, construction)).ToImmutableArray()),
            new(construction.Arguments.ConvertAll(argument => new TrainingArgumentModel(Identifier(argument.Parameter.Name), members.IndexOf(argument.Member))).ToImmutableArray()),
            new(_values.Choices),
            new(_values.Objects));
    }

    private static TrainingMemberModel ToModel(Member member, Construction construction)
    {
        var property = member.Property;
        return new TrainingMemberModel(
            property.Name,
            Identifier(property.Name),
            property.IsStatic ? property.ContainingType.ToDisplayString(s_fullName) : null,
            member.Role,
            member.Weight,
            member.IsOptional,
            !property.IsStatic && (!construction.Takes(member) || (property.IsRequired && !construction.SetsRequiredMembers)),
            member.Value,
            member.Type!.Model,
            member.WireName,
            member.Tools);
    }

    private static string Identifier(string name) => TrainingValueParser.Identifier(name);

    private static readonly (string Attribute, TrainingRole Role)[] s_roles =
    [
        ("SystemMessage", TrainingRole.System),
        ("UserMessage", TrainingRole.User),
        ("AssistantMessage", TrainingRole.Assistant),
        ("ToolCall", TrainingRole.ToolCall),
        ("ToolResult", TrainingRole.ToolResult),
        ("Conversation", TrainingRole.Conversation),
        ("Prompt", TrainingRole.Prompt),
        ("Completion", TrainingRole.Completion),
        ("Text", TrainingRole.Text),
        ("Chosen", TrainingRole.Chosen),
        ("Rejected", TrainingRole.Rejected),
        ("Label", TrainingRole.Label),
        ("GraderField", TrainingRole.GraderField),
    ];

    private static readonly TrainingRole[] s_once =
    [
        TrainingRole.Conversation, TrainingRole.Prompt, TrainingRole.Completion, TrainingRole.Text, TrainingRole.Chosen, TrainingRole.Rejected, TrainingRole.Label,
    ];

    private static string NameOf(TrainingRole role) => Array.Find(s_roles, known => known.Role == role).Attribute;

    private static TrainingRole? RoleOf(AttributeData attribute)
    {
        foreach (var (name, role) in s_roles)
        {
            if (attribute.AttributeClass is { } type && type.Name.Length == name.Length + "Attribute".Length && type.Name.StartsWith(name, StringComparison.Ordinal) && IsOurs(type, type.Name))
            {
                return role;
            }
        }

        return null;
    }

    private static bool Overrides(IPropertySymbol property, IPropertySymbol other)
    {
        for (var overridden = property.OverriddenProperty; overridden is not null; overridden = overridden.OverriddenProperty)
        {
            if (SymbolEqualityComparer.Default.Equals(overridden, other))
            {
                return true;
            }
        }

        return false;
    }

    // ----- Reporting -----

    private void Report(Location location, Sentence message) => _problems.Add(new TrainingRecordProblem(location, message));

    // What a base type in another assembly declares cannot be reported there, but only at the record.
    private Location LocationOf(ISymbol symbol) =>
        symbol.Locations.FirstOrDefault(location => location.SourceTree is { } tree && _compilation.ContainsSyntaxTree(tree))
        ?? _declaration.Identifier.GetLocation();

    /// <summary>A property that has a role, and what the checks found out about it.</summary>
    private sealed class Member(IPropertySymbol property, ImmutableArray<AttributeData> roles)
    {
        public IPropertySymbol Property { get; set; } = property;

        public ImmutableArray<AttributeData> Roles { get; set; } = roles;

        public TrainingRole Role { get; set; }

        public int? Weight { get; set; }

        public bool IsOptional { get; set; }

        public bool IsSound { get; set; }

        public TrainingValueType? Type { get; set; }

        public TrainingValue Value { get; set; }

        public string? WireName { get; set; }

        public string? Tools { get; set; }

        /// <summary>Gets where it stands among the members that are written: the conversation first.</summary>
        public int Place => Role switch
        {
            TrainingRole.Completion => 1,
            TrainingRole.Label => Value == TrainingValue.Text ? 1 : 4,
            TrainingRole.Chosen => 2,
            TrainingRole.Rejected => 3,
            TrainingRole.GraderField => 5,
            _ => 0,
        };

        /// <summary>Gets what the predicate of the targets looks at.</summary>
        public RecordMember Shape => new(Property.Name, Role, Weight ?? -1, IsOptional, Property.IsStatic, Value, WireName, Tools);
    }

    /// <summary>A constructor, and the members that its parameters take.</summary>
    private sealed record Construction(IMethodSymbol Constructor, List<(IParameterSymbol Parameter, Member Member)> Arguments)
    {
        public bool SetsRequiredMembers { get; } = Constructor.GetAttributes().Any(static attribute =>
            attribute.AttributeClass is { Name: "SetsRequiredMembersAttribute", ContainingNamespace.Name: "CodeAnalysis" });

        public bool Takes(Member member) => Arguments.Exists(argument => argument.Member == member);
    }
}
