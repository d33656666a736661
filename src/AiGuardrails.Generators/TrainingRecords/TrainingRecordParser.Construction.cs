using Microsoft.CodeAnalysis;

namespace AiGuardrails.Generators.TrainingRecords;

/// <content>How a record is made of a line.</content>
internal sealed partial class TrainingRecordParser
{
    private TrainingConstruction? FindConstruction(List<TrainingMember> members)
    {
        var instance = members.FindAll(static member => !member.Property.IsStatic);
        var unassigned = RequiredMembers().Where(symbol => !members.Exists(member => SymbolEqualityComparer.Default.Equals(member.Property, symbol))).ToList();
        var matches = Type.InstanceConstructors
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
            Report(At, $"no constructor of '{Type.Name}' can be called with the messages alone; add one whose parameters are named like the properties, or one without parameters");
        }

        return null;
    }

    private IEnumerable<ISymbol> RequiredMembers()
    {
        for (var type = Type; type is not null; type = type.BaseType)
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
        for (var type = Type; member is IPropertySymbol property && type is not null; type = type.BaseType)
        {
            if (type.GetMembers(member.Name).OfType<IPropertySymbol>().FirstOrDefault(candidate => Overrides(candidate, property)) is { } derived)
            {
                return derived;
            }
        }

        return member;
    }

    private bool IsSettable(IPropertySymbol property) =>
        SetterOf(property) is { } setter && Compilation.IsSymbolAccessibleWithin(setter, Type);

    // An override may leave out an accessor that the base type has.
    private static IMethodSymbol? SetterOf(IPropertySymbol? property) =>
        property is null ? null : property.SetMethod ?? SetterOf(property.OverriddenProperty);

    private bool IsCopyConstructor(IMethodSymbol constructor) =>
        constructor.Parameters.Length == 1 && SymbolEqualityComparer.Default.Equals(constructor.Parameters[0].Type, Type);

    /// <summary>Gives each parameter the member of its name; null where one has none and no default value either.</summary>
    private static TrainingConstruction? Match(IMethodSymbol constructor, List<TrainingMember> members)
    {
        var arguments = new List<(IParameterSymbol Parameter, TrainingMember Member)>();
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

        return new TrainingConstruction(constructor, arguments);
    }

    private static bool CanTake(IParameterSymbol parameter, TrainingMember member) =>
        !member.Property.IsStatic
        && parameter is { RefKind: RefKind.None or RefKind.In }
        && SymbolEqualityComparer.Default.Equals(parameter.Type, member.Property.Type)
        && !(member.IsOptional && parameter.NullableAnnotation == NullableAnnotation.NotAnnotated);
}
