using System.Collections.Immutable;
using AiGuardrails.Core.Json;
using Microsoft.CodeAnalysis;

namespace AiGuardrails.Generators.TrainingRecords;

/// <summary>What the type of a member comes to: how code turns its values into text and back, and how JSON shows them.</summary>
/// <param name="Model">For code.</param>
/// <param name="IsOptional">Whether a value may be null.</param>
/// <param name="IsLiteral">Whether JSON has a value of its own for it: a number, true or false.</param>
/// <param name="IsBoolean">Whether it is true or false.</param>
/// <param name="JsonSchema">What a JSON schema says of it.</param>
internal sealed record TrainingValueType(TrainingShapeModel Model, bool IsOptional, bool IsLiteral, bool IsBoolean, string JsonSchema)
{
    public bool IsList => Model.List is not null;
}

/// <summary>Looks at the types of members. What it cannot write and read back is null, or a reason in words.</summary>
internal sealed class TrainingValueParser(Compilation compilation, INamedTypeSymbol within)
{
    private const string Culture = "global::System.Globalization.CultureInfo.InvariantCulture";
    private const string Styles = "global::System.Globalization.NumberStyles";

    private static readonly SymbolDisplayFormat s_fullName = SymbolDisplayFormat.FullyQualifiedFormat;

    private readonly List<TrainingChoiceModel> _choices = [];
    private readonly List<TrainingObjectModel> _objects = [];

    public ImmutableArray<TrainingChoiceModel> Choices => [.. _choices];

    public ImmutableArray<TrainingObjectModel> Objects => [.. _objects];

    /// <summary>Looks at a single value or a list of them.</summary>
    /// <returns>Null where it is neither.</returns>
    public TrainingValueType? Parse(ITypeSymbol type)
    {
        if (ParseSimple(type) is { } simple)
        {
            return simple;
        }

        if (ItemOf(type, out var make) is not { } item || ParseSimple(item) is not { IsOptional: false } itemType)
        {
            return null;
        }

        return itemType with
        {
            Model = itemType.Model with { List = make },
            IsOptional = type.NullableAnnotation == NullableAnnotation.Annotated,
            JsonSchema = $"\"type\":\"array\",\"items\":{{{itemType.JsonSchema}}}",
        };
    }

    /// <summary>Looks at a list of turns.</summary>
    public static TrainingValueType? ParseTurns(ITypeSymbol type) =>
        ItemOf(type, out var make) is { Name: "ChatTurn", ContainingNamespace: { Name: "AiGuardrails", ContainingNamespace.IsGlobalNamespace: true } }
            ? new TrainingValueType(
                new TrainingShapeModel(TrainingShape.Turns, "", "", make, -1, IsNullableValue: false),
                type.NullableAnnotation == NullableAnnotation.Annotated,
                IsLiteral: false,
                IsBoolean: false,
                "")
            : null;

    /// <summary>Looks at a type whose properties are written as a JSON object.</summary>
    /// <param name="type">The type.</param>
    /// <param name="problem">Where it cannot be written: why, as a clause.</param>
    /// <returns>Null where it cannot.</returns>
    public TrainingValueType? ParseObject(ITypeSymbol type, out Sentence? problem)
    {
        problem = null;
        if (type is not INamedTypeSymbol { TypeKind: TypeKind.Class or TypeKind.Struct, IsAbstract: false, IsAnonymousType: false, IsTupleType: false, SpecialType: SpecialType.None } named
            || named.IsRefLikeType
            || named.OriginalDefinition.SpecialType == SpecialType.System_Nullable_T)
        {
            problem = "it is no class, record or struct of arguments";
            return null;
        }

        if (!compilation.IsSymbolAccessibleWithin(named, within))
        {
            problem = $"'{named.Name}' cannot be seen from '{within.Name}'";
            return null;
        }

        var properties = new List<(IPropertySymbol Symbol, TrainingPropertyModel Model, string Schema)>();
        foreach (var property in PropertiesOf(named))
        {
            if (Parse(property.Type) is not { } value)
            {
                problem = $"'{named.Name}.{property.Name}' is of the type '{property.Type.ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat)}'; an argument is a text, a simple value or a list of them";
                return null;
            }

            var wireName = NamedBy(property, "JsonPropertyNameAttribute") ?? CamelCase(property.Name);
            var description = NamedBy(property, "DescriptionAttribute");
            properties.Add((
                property,
                new TrainingPropertyModel(MarkedTypeParser.Identifier(property.Name), wireName, value.IsOptional, value.IsLiteral, value.Model),
                $"{Quote(wireName)}:{{{value.JsonSchema}{(description is null ? "" : ",\"description\":" + Quote(description))}}}"));
        }

        if (properties.GroupBy(static property => property.Model.WireName, StringComparer.Ordinal).FirstOrDefault(static group => group.Count() > 1) is { } twice)
        {
            problem = $"'{named.Name}' has two arguments '{twice.Key}'";
            return null;
        }

        if (ParametersOf(named, properties.ConvertAll(static property => property.Symbol)) is not { } parameters)
        {
            problem = $"'{named.Name}' cannot be made of its properties; give it init accessors, or a constructor with a parameter for each";
            return null;
        }

        var model = new TrainingObjectModel(
            named.WithNullableAnnotation(NullableAnnotation.NotAnnotated).ToDisplayString(s_fullName),
            new(properties.Select(static property => property.Model).ToImmutableArray()),
            new(parameters));
        var required = string.Join(",", properties.Where(static property => !property.Model.IsOptional).Select(static property => Quote(property.Model.WireName)));
        var schema = $$"""{"type":"object","properties":{{{string.Join(",", properties.Select(static property => property.Schema))}}}{{(required.Length == 0 ? "" : $",\"required\":[{required}]")}}}""";
        var number = IndexOf(_objects, model);
        return new TrainingValueType(
            new TrainingShapeModel(TrainingShape.Object, named.IsValueType ? $"Write{number}($)" : $"$ is {{ }} # ? Write{number}(#) : null", "", List: null, number, IsNullableValue: false),
            type.NullableAnnotation == NullableAnnotation.Annotated,
            IsLiteral: false,
            IsBoolean: false,
            schema);
    }

    /// <summary>Gets a name with a small first letter, as JSON usually has it.</summary>
    public static string CamelCase(string name) => name.Length == 0 ? name : char.ToLowerInvariant(name[0]) + name.Substring(1);

    /// <summary>Gets a JSON string.</summary>
    public static string Quote(string text)
    {
        var buffer = new byte[(text.Length * JsonString.MaxBytesPerChar) + 1];
        JsonString.Encode(text.AsSpan(), buffer, out _, out var written);
        return '"' + Utf8.GetString(buffer.AsSpan(0, written)) + '"';
    }

    private static int IndexOf<T>(List<T> list, T item)
    {
        var index = list.IndexOf(item);
        if (index < 0)
        {
            index = list.Count;
            list.Add(item);
        }

        return index;
    }

    // ----- Simple values -----

    private TrainingValueType? ParseSimple(ITypeSymbol type)
    {
        if (type.SpecialType == SpecialType.System_String)
        {
            return new TrainingValueType(
                new TrainingShapeModel(TrainingShape.Text, "$", "$", List: null, -1, IsNullableValue: false),
                type.NullableAnnotation == NullableAnnotation.Annotated,
                IsLiteral: false,
                IsBoolean: false,
                "\"type\":\"string\"");
        }

        if (type is INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T } nullable)
        {
            return ParseSimple(nullable.TypeArguments[0]) is { } value
                ? value with { IsOptional = true, Model = value.Model with { IsNullableValue = true } }
                : null;
        }

        if (type.TypeKind == TypeKind.Enum)
        {
            return ParseChoice((INamedTypeSymbol)type);
        }

        return type.SpecialType switch
        {
            SpecialType.System_Boolean => Simple("($ ? \"true\" : \"false\")", "bool.Parse($)", "boolean", isLiteral: true) with { IsBoolean = true },
            SpecialType.System_SByte or SpecialType.System_Byte or SpecialType.System_Int16 or SpecialType.System_UInt16
                or SpecialType.System_Int32 or SpecialType.System_UInt32 or SpecialType.System_Int64 or SpecialType.System_UInt64 => Integer(type),
            SpecialType.System_Single or SpecialType.System_Double => Number(type, "\"R\", "),
            SpecialType.System_Decimal => Number(type, ""),
            SpecialType.System_DateTime => Simple(
                $"$.ToString(\"O\", {Culture})",
                $"global::System.DateTime.ParseExact($, \"O\", {Culture}, global::System.Globalization.DateTimeStyles.RoundtripKind)",
                "string\",\"format\":\"date-time"),
            _ => IsSystem(type) ? type.Name switch
            {
                "Guid" => Simple("$.ToString(\"D\")", "global::System.Guid.ParseExact($, \"D\")", "string\",\"format\":\"uuid"),
                "DateTimeOffset" => Simple(
                    $"$.ToString(\"O\", {Culture})",
                    $"global::System.DateTimeOffset.ParseExact($, \"O\", {Culture}, global::System.Globalization.DateTimeStyles.RoundtripKind)",
                    "string\",\"format\":\"date-time"),
                "DateOnly" => Simple($"$.ToString(\"O\", {Culture})", $"global::System.DateOnly.ParseExact($, \"O\", {Culture})", "string\",\"format\":\"date"),
                "TimeOnly" => Simple($"$.ToString(\"O\", {Culture})", $"global::System.TimeOnly.ParseExact($, \"O\", {Culture})", "string\",\"format\":\"time"),
                "TimeSpan" => Simple($"$.ToString(\"c\", {Culture})", $"global::System.TimeSpan.ParseExact($, \"c\", {Culture})", "string"),
                _ => null,
            }
            : null,
        };
    }

    private static TrainingValueType Integer(ITypeSymbol type) =>
        Simple($"$.ToString({Culture})", $"{type.ToDisplayString(s_fullName)}.Parse($, {Styles}.AllowLeadingSign, {Culture})", "integer", isLiteral: true);

    private static TrainingValueType Number(ITypeSymbol type, string format) =>
        Simple($"$.ToString({format}{Culture})", $"{type.ToDisplayString(s_fullName)}.Parse($, {Styles}.Float, {Culture})", "number", isLiteral: true);

    private static TrainingValueType Simple(string format, string parse, string jsonType, bool isLiteral = false) => new(
        new TrainingShapeModel(TrainingShape.Simple, format, parse, List: null, -1, IsNullableValue: false),
        IsOptional: false,
        isLiteral,
        IsBoolean: false,
        $"\"type\":\"{jsonType}\"");

    private TrainingValueType? ParseChoice(INamedTypeSymbol type)
    {
        // A combination of flags has no name; of several names of one value, the first is written and all are read.
        if (!compilation.IsSymbolAccessibleWithin(type, within) || type.GetAttributes().Any(static attribute => attribute.AttributeClass is { Name: "FlagsAttribute" } flags && IsSystem(flags)))
        {
            return null;
        }

        var fields = type.GetMembers().OfType<IFieldSymbol>().Where(static field => field.HasConstantValue).ToList();
        var values = fields.ConvertAll(static field => (Field: field, Text: NamedBy(field, "EnumMemberAttribute") ?? NamedBy(field, "JsonStringEnumMemberNameAttribute") ?? field.Name));
        if (values.Count == 0
            || values.Exists(static value => string.IsNullOrWhiteSpace(value.Text))
            || values.Select(static value => value.Text).Distinct(StringComparer.Ordinal).Count() != values.Count)
        {
            return null;
        }

        var fullName = type.ToDisplayString(s_fullName);
        var model = new TrainingChoiceModel(
            fullName,
            new(values
                .Select((value, index) => ($"{fullName}.{MarkedTypeParser.Identifier(value.Field.Name)}", value.Text, fields.FindIndex(field => Equals(field.ConstantValue, value.Field.ConstantValue)) == index))
                .ToImmutableArray()));
        var number = IndexOf(_choices, model);
        var names = string.Join(",", model.Values.Where(static value => value.IsWritten).Select(static value => Quote(value.Text)));
        return new TrainingValueType(
            new TrainingShapeModel(TrainingShape.Choice, $"NameOf{number}($)", $"Parse{number}($)", List: null, number, IsNullableValue: false),
            IsOptional: false,
            IsLiteral: false,
            IsBoolean: false,
            $"\"type\":\"string\",\"enum\":[{names}]");
    }

    // ----- Lists -----

    private static ITypeSymbol? ItemOf(ITypeSymbol type, out string make)
    {
        make = "$";
        if (type is IArrayTypeSymbol { Rank: 1 } array)
        {
            return array.ElementType;
        }

        if (type is not INamedTypeSymbol { TypeArguments.Length: 1 } named || named.OriginalDefinition is not { } definition)
        {
            return null;
        }

        if (definition.SpecialType is SpecialType.System_Collections_Generic_IEnumerable_T
            or SpecialType.System_Collections_Generic_IList_T
            or SpecialType.System_Collections_Generic_ICollection_T
            or SpecialType.System_Collections_Generic_IReadOnlyList_T
            or SpecialType.System_Collections_Generic_IReadOnlyCollection_T)
        {
            return named.TypeArguments[0];
        }

        if (definition is { Name: "List", ContainingNamespace: { Name: "Generic", ContainingNamespace: { Name: "Collections", ContainingNamespace: { Name: "System", ContainingNamespace.IsGlobalNamespace: true } } } })
        {
            make = $"new {named.WithNullableAnnotation(NullableAnnotation.NotAnnotated).ToDisplayString(s_fullName)}($)";
            return named.TypeArguments[0];
        }

        return null;
    }

    // ----- Objects -----

    private IEnumerable<IPropertySymbol> PropertiesOf(INamedTypeSymbol type)
    {
        var chain = new Stack<INamedTypeSymbol>();
        for (var current = type; current is { SpecialType: SpecialType.None }; current = current.BaseType)
        {
            chain.Push(current);
        }

        foreach (var current in chain)
        {
            foreach (var property in current.GetMembers().OfType<IPropertySymbol>())
            {
                if (property is { IsStatic: false, IsIndexer: false, IsOverride: false, GetMethod: { } getter, DeclaredAccessibility: Accessibility.Public }
                    && compilation.IsSymbolAccessibleWithin(getter, within)
                    && !property.GetAttributes().Any(static attribute => attribute.AttributeClass?.Name == "JsonIgnoreAttribute"))
                {
                    yield return property;
                }
            }
        }
    }

    private ImmutableArray<TrainingArgumentModel>? ParametersOf(INamedTypeSymbol type, List<IPropertySymbol> properties)
    {
        foreach (var constructor in type.InstanceConstructors.OrderBy(static constructor => constructor.Parameters.Length))
        {
            if (!compilation.IsSymbolAccessibleWithin(constructor, within))
            {
                continue;
            }

            var arguments = constructor.Parameters
                .Select(parameter => new TrainingArgumentModel(
                    MarkedTypeParser.Identifier(parameter.Name),
                    properties.FindIndex(property => string.Equals(property.Name, parameter.Name, StringComparison.OrdinalIgnoreCase) && SymbolEqualityComparer.Default.Equals(property.Type, parameter.Type))))
                .ToImmutableArray();
            if (arguments.All(static argument => argument.Member >= 0)
                && Enumerable.Range(0, properties.Count).All(index =>
                    arguments.Any(argument => argument.Member == index)
                    || (properties[index].SetMethod is { } setter && compilation.IsSymbolAccessibleWithin(setter, within))))
            {
                return arguments;
            }
        }

        return null;
    }

    private static bool IsSystem(ITypeSymbol type) => type is { ContainingType: null, ContainingNamespace: { Name: "System", ContainingNamespace.IsGlobalNamespace: true } };

    // The first string that an attribute of this name is given: by position, or as 'Value'.
    private static string? NamedBy(ISymbol symbol, string attributeName)
    {
        foreach (var attribute in symbol.GetAttributes())
        {
            if (string.Equals(attribute.AttributeClass?.Name, attributeName, StringComparison.Ordinal))
            {
                return attribute.ConstructorArguments.Select(static argument => argument.Kind == TypedConstantKind.Primitive ? argument.Value as string : null).FirstOrDefault(static value => value is not null)
                    ?? attribute.NamedArguments.Where(static argument => string.Equals(argument.Key, "Value", StringComparison.Ordinal)).Select(static argument => argument.Value.Value as string).FirstOrDefault();
            }
        }

        return null;
    }
}
