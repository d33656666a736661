using System.Collections.Immutable;
using AiGuardrails.CompilerServices;
using Microsoft.CodeAnalysis;
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
internal sealed partial class TrainingRecordParser : MarkedTypeParser
{
    public const string AttributeName = "AiGuardrails.TrainingRecordAttribute";

    private readonly TrainingValueParser _values;
    private readonly ImmutableArray<TrainingRecordProblem>.Builder _problems = ImmutableArray.CreateBuilder<TrainingRecordProblem>();

    private TrainingRecordParser(INamedTypeSymbol type, AttributeData attribute, TypeDeclarationSyntax declaration, Compilation compilation, CancellationToken cancellationToken)
        : base(type, attribute, declaration, compilation, cancellationToken) => _values = new TrainingValueParser(compilation, type);

    protected override Sentence HasNoName => "a training record has no name yet; give it one";

    protected override Sentence IsNotPartial => $"'{Type.Name}' is not partial; add 'partial' so that its writer and reader can be added to it";

    /// <summary>Finds the attribute that makes a type a training record; of several, which the compiler refuses, the first.</summary>
    public static AttributeData? AttributeOf(INamedTypeSymbol type) =>
        type.GetAttributes().FirstOrDefault(static attribute => IsOurs(attribute.AttributeClass, "TrainingRecordAttribute"));

    /// <summary>Parses a type that has the attribute; null where what carries it is no type declaration.</summary>
    public static TrainingRecordResult? Parse(INamedTypeSymbol type, AttributeData attribute, Compilation compilation, CancellationToken cancellationToken) =>
        attribute.ApplicationSyntaxReference?.GetSyntax(cancellationToken).Parent?.Parent is TypeDeclarationSyntax declaration
            ? new TrainingRecordParser(type, attribute, declaration, compilation, cancellationToken).Parse()
            : null;

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

    private bool CanBeConstructed => Type is { TypeKind: not TypeKind.Interface, IsAbstract: false, IsStatic: false };

    // ----- The type -----

    protected override Sentence AroundIsNotPartial(string container) => $"'{container}', around the training record '{Type.Name}', is not partial; add 'partial'";

    protected override Sentence AroundIsGeneric(string container) => $"'{container}', around the training record '{Type.Name}', is generic; move '{Type.Name}' out of it";

    protected override Sentence AroundIsFileLocal(string container) => $"'{container}', around the training record '{Type.Name}', is file-local, where generated code cannot reach it; remove 'file'";

    protected override void Report(Location location, Sentence message) => _problems.Add(new TrainingRecordProblem(location, message));

    protected override void CheckKind()
    {
        var name = Type.Name;
        if (Type.TypeKind == TypeKind.Interface)
        {
            Report(At, $"'{name}' is an interface, and a record must be made of every line; use a class, a record or a struct");
        }
        else if (Type.IsStatic)
        {
            Report(At, $"'{name}' is static, and every example needs a value of its own; remove 'static'");
        }
        else if (Type.IsAbstract)
        {
            Report(At, $"'{name}' is abstract, and a record must be made of every line; mark the types derived from it instead");
        }

        if (Type.IsRefLikeType)
        {
            Report(At, $"'{name}' is a ref struct, which no sequence of records can hold; remove 'ref'");
        }

        if (Type.IsGenericType && Declaration.TypeParameterList is { } typeParameters)
        {
            Report(typeParameters.GetLocation(), $"'{name}' is generic; declare a record without type parameters for each use");
        }
    }

    // ----- Its members -----

    /// <summary>Finds the properties that have a role: those of base types first, and in each type as they are declared.</summary>
    private List<TrainingMember> FindMembers()
    {
        var chain = new Stack<INamedTypeSymbol>();
        for (var type = Type; type is { SpecialType: SpecialType.None }; type = type.BaseType)
        {
            chain.Push(type);
        }

        var members = new List<TrainingMember>();
        foreach (var type in chain)
        {
            CancellationToken.ThrowIfCancellationRequested();
            var own = new List<TrainingMember>();
            foreach (var property in type.GetMembers().OfType<IPropertySymbol>())
            {
                var roles = property.GetAttributes().Where(static attribute => TrainingRoles.Of(attribute) is not null).ToImmutableArray();
                if (members.Find(member => Overrides(property, member.Property)) is { } overridden)
                {
                    // The message stays where the base type has it; a role on the override replaces the one there.
                    overridden.Property = property;
                    overridden.Roles = roles.IsEmpty ? overridden.Roles : roles;
                }
                else if (!roles.IsEmpty)
                {
                    own.Add(new TrainingMember(property, roles));
                }
            }

            CheckParts(type, own);
            members.AddRange(own.OrderBy(static member => member.Property.Locations.FirstOrDefault(static location => location.IsInSource)?.SourceSpan.Start ?? 0));
        }

        return members;
    }

    /// <summary>The parts of a type have no order among themselves, so that messages in several would have none either.</summary>
    private void CheckParts(INamedTypeSymbol type, List<TrainingMember> members)
    {
        TypeDeclarationSyntax? part = null;
        TrainingMember? first = null;
        foreach (var member in members)
        {
            if (member.Property.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax(CancellationToken).FirstAncestorOrSelf<TypeDeclarationSyntax>() is not { } declaration)
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

    private void CheckMember(TrainingMember member)
    {
        var property = member.Property;
        var at = LocationOf(property);
        var name = property.IsIndexer ? "this[]" : property.Name;
        var before = _problems.Count;
        if (member.Roles.Length > 1)
        {
            Report(at, $"'{name}' has {member.Roles.Length} roles; keep one of {Sentence.All(member.Roles.Select(static role => $"[{TrainingRoles.NameOf(TrainingRoles.Of(role)!.Value)}]"))}");
        }

        member.Role = TrainingRoles.Of(member.Roles[0])!.Value;
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
        else if (!Compilation.IsSymbolAccessibleWithin(getter, Type))
        {
            Report(at, $"'{name}' cannot be read from '{Type.Name}'; make it and its get accessor at least protected");
        }
        else if (property.RefKind != RefKind.None)
        {
            Report(at, $"'{name}' returns by reference; return the value");
        }
        else if (ParseValue(member) is { } problem)
        {
            Report(at, $"'{name}' is of the type '{property.Type.ToDisplayString(ShortName)}'; {problem}");
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

    private ISymbol? FindHiding(IPropertySymbol property)
    {
        for (var type = Type; !SymbolEqualityComparer.Default.Equals(type, property.ContainingType); type = type.BaseType)
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

    // ----- The model -----

    private TrainingRecordModel ToModel(List<TrainingMember> members, TrainingConstruction construction)
    {
        // One name in a compilation, also where two differ only by case; and none that a derived record could hide.
        var hash = Hash;
        return new TrainingRecordModel(
            $"{TypeNames.ReadableStem(Type)}.{hash}.g.cs",
            Namespace,
            new([.. PartialDeclarations()]),
            Type.ToDisplayString(FullName),
            $"TrainingRecordSchema_{hash}",
            new(members.ConvertAll(member => ToModel(member, construction)).ToImmutableArray()),
            new(construction.Arguments.ConvertAll(argument => new TrainingArgumentModel(Identifier(argument.Parameter.Name), members.IndexOf(argument.Member))).ToImmutableArray()),
            new(_values.Choices),
            new(_values.Objects));
    }

    private static TrainingMemberModel ToModel(TrainingMember member, TrainingConstruction construction)
    {
        var property = member.Property;
        return new TrainingMemberModel(
            property.Name,
            Identifier(property.Name),
            property.IsStatic ? property.ContainingType.ToDisplayString(FullName) : null,
            member.Role,
            member.Weight,
            member.IsOptional,
            !property.IsStatic && (!construction.Takes(member) || (property.IsRequired && !construction.SetsRequiredMembers)),
            member.Value,
            member.Type!.Model,
            member.WireName,
            member.Tools);
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
}
