using System.Collections.Immutable;
using System.Text;
using Microsoft.CodeAnalysis;

namespace AiGuardrails.Generators.Prompts;

/// <summary>The type of an answer in, its JSON contract out: the one description that schema, reader and writer come from.</summary>
internal sealed class AnswerContractParser
{
    private const int MaxTypes = 100;

    private static readonly SymbolDisplayFormat s_fullName = SymbolDisplayFormat.FullyQualifiedFormat.AddMiscellaneousOptions(SymbolDisplayMiscellaneousOptions.IncludeNullableReferenceTypeModifier);

    private readonly INamedTypeSymbol _prompt;
    private readonly Compilation _compilation;
    private readonly CancellationToken _cancellationToken;
    private readonly List<AnswerType> _types = [];
    private readonly List<ITypeSymbol> _open = [];
    private Sentence? _problem;

    private AnswerContractParser(INamedTypeSymbol prompt, Compilation compilation, CancellationToken cancellationToken)
    {
        _prompt = prompt;
        _compilation = compilation;
        _cancellationToken = cancellationToken;
    }

    /// <summary>Parses a type; null and a problem where it has no contract.</summary>
    public static AnswerContract? Parse(ITypeSymbol type, INamedTypeSymbol prompt, Compilation compilation, CancellationToken cancellationToken, out Sentence? problem)
    {
        var parser = new AnswerContractParser(prompt, compilation, cancellationToken);
        var schema = new StringBuilder();
        var root = parser.Add(type, schema);
        if (parser._problem is null && parser._types[root].Kind != AnswerKind.Object)
        {
            parser._problem = $"'{Short(type)}' is no object, which providers want an answer to be; put it into a record";
        }

        problem = parser._problem;
        return problem is null ? new AnswerContract(new(parser._types.ToImmutableArray()), schema.ToString(), SchemaName(type.Name), AccessibilityOf(type)) : null;
    }

    private static string AccessibilityOf(ITypeSymbol type)
    {
        var result = "public";
        for (ISymbol symbol = type; symbol is ITypeSymbol; symbol = symbol.ContainingType)
        {
            switch (symbol.DeclaredAccessibility)
            {
                case Accessibility.Public:
                    break;
                case Accessibility.Internal or Accessibility.ProtectedOrInternal:
                    result = "internal";
                    break;
                default:
                    return "private";
            }
        }

        return result;
    }

    private int Add(ITypeSymbol type, StringBuilder schema)
    {
        _cancellationToken.ThrowIfCancellationRequested();
        var isNullable = type.NullableAnnotation == NullableAnnotation.Annotated;
        if (type is INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T, TypeArguments: [var value] })
        {
            (type, isNullable) = (value, true);
        }

        if (_types.Count > MaxTypes)
        {
            return Refuse("the answer is too large for a schema; ask for less in one answer");
        }

        if (!_compilation.IsSymbolAccessibleWithin(type, _prompt))
        {
            return Refuse($"'{Short(type)}' cannot be used in '{_prompt.Name}'; make it at least internal");
        }

        return type switch
        {
            { SpecialType: SpecialType.System_String } => Scalar(AnswerKind.Text, "string"),
            { SpecialType: SpecialType.System_Boolean } => Scalar(AnswerKind.Truth, "boolean"),
            { SpecialType: SpecialType.System_SByte or SpecialType.System_Byte or SpecialType.System_Int16 or SpecialType.System_UInt16 or SpecialType.System_Int32 or SpecialType.System_UInt32 or SpecialType.System_Int64 } => Scalar(AnswerKind.Integer, "integer"),
            { SpecialType: SpecialType.System_Double } => Scalar(AnswerKind.Double, "number"),
            { SpecialType: SpecialType.System_Single } => Scalar(AnswerKind.Single, "number"),
            { SpecialType: SpecialType.System_Decimal } => Scalar(AnswerKind.Decimal, "number"),
            { SpecialType: SpecialType.System_UInt64 } => Refuse($"'{Short(type)}' is larger than a number in JSON can safely be; use 'long' or 'string'"),
            { TypeKind: TypeKind.Enum } => Enumeration((INamedTypeSymbol)type, isNullable, schema),
            { SpecialType: SpecialType.System_DateTime } => Parsed("date-time"),
            _ when PromptParser.IsClosed(type) => Parsed(type.Name switch { "Guid" => "uuid", "DateOnly" => "date", "TimeOnly" => "time", "DateTimeOffset" => "date-time", _ => null }),
            _ when ListElement(type) is { } element => List(type, element, isNullable, schema),
            INamedTypeSymbol { TypeKind: TypeKind.Class or TypeKind.Struct, SpecialType: SpecialType.None } named => Object(named, isNullable, schema),
            _ => Refuse($"'{Short(type)}' has no JSON schema; use records of text, numbers, enumerations, dates and lists of them"),
        };

        int Scalar(AnswerKind kind, string name)
        {
            schema.Append("{\"type\":").Append(isNullable ? $"[\"{name}\",\"null\"]" : $"\"{name}\"").Append('}');
            return Push(new AnswerType(kind, Full(type), type.IsValueType, isNullable, default, -1, false, default));
        }

        int Parsed(string? format)
        {
            schema.Append("{\"type\":").Append(isNullable ? "[\"string\",\"null\"]" : "\"string\"").Append(format is null ? "" : $",\"format\":\"{format}\"").Append('}');
            return Push(new AnswerType(AnswerKind.Parsed, Full(type), IsValueType: true, isNullable, default, -1, false, default));
        }
    }

    private int Enumeration(INamedTypeSymbol type, bool isNullable, StringBuilder schema)
    {
        var names = type.GetMembers().OfType<IFieldSymbol>().Where(static field => field is { HasConstantValue: true, Name.Length: > 0 }).Select(static field => field.Name).ToList();
        if (names.Count == 0)
        {
            return Refuse($"'{Short(type)}' has no members; add the values that an answer can have");
        }

        schema.Append("{\"type\":").Append(isNullable ? "[\"string\",\"null\"]" : "\"string\"").Append(",\"enum\":[").Append(string.Join(",", names.Select(Quoted))).Append(isNullable ? ",null]}" : "]}");
        return Push(new AnswerType(
            AnswerKind.Enumeration, Full(type), IsValueType: true, isNullable, new(names.ConvertAll(static name => new AnswerName(name, MarkedTypeParser.Identifier(name))).ToImmutableArray()), -1, false, default));
    }

    // Only what a List<T> or an array can be given to.
    private static ITypeSymbol? ListElement(ITypeSymbol type) => type switch
    {
        IArrayTypeSymbol { Rank: 1 } array => array.ElementType,
        INamedTypeSymbol { TypeArguments: [var element], OriginalDefinition: { SpecialType: SpecialType.System_Collections_Generic_IEnumerable_T or SpecialType.System_Collections_Generic_IReadOnlyList_T or SpecialType.System_Collections_Generic_IReadOnlyCollection_T or SpecialType.System_Collections_Generic_IList_T or SpecialType.System_Collections_Generic_ICollection_T } } => element,
        INamedTypeSymbol { Name: "List", TypeArguments: [var element], ContainingNamespace: { Name: "Generic", ContainingNamespace.Name: "Collections" } } => element,
        _ => null,
    };

    private int List(ITypeSymbol type, ITypeSymbol element, bool isNullable, StringBuilder schema)
    {
        schema.Append("{\"type\":").Append(isNullable ? "[\"array\",\"null\"]" : "\"array\"").Append(",\"items\":");
        var item = Add(element, schema);
        schema.Append('}');
        return _problem is not null ? -1 : Push(new AnswerType(AnswerKind.List, Full(type), IsValueType: false, isNullable, default, item, type is IArrayTypeSymbol, default));
    }

    private int Object(INamedTypeSymbol type, bool isNullable, StringBuilder schema)
    {
        if (type.IsAbstract || type.IsGenericType || _open.Contains(type, SymbolEqualityComparer.Default))
        {
            return Refuse($"'{Short(type)}' {(type.IsAbstract ? Sentence.Of("is abstract") : type.IsGenericType ? Sentence.Of("is generic") : Sentence.Of("contains itself"))}, and a schema has an end and one shape; use a record without it");
        }

        _open.Add(type);
        var properties = PropertiesOf(type);
        var constructor = ConstructorOf(type, properties);
        if (constructor is null && _problem is null)
        {
            return Refuse($"'{Short(type)}' cannot be made of an answer; add a constructor whose parameters are named like its properties, or one without parameters");
        }

        if (properties.Count == 0)
        {
            return Refuse($"'{Short(type)}' has no property that an answer could set; add one");
        }

        schema.Append("{\"type\":").Append(isNullable ? "[\"object\",\"null\"]" : "\"object\"").Append(",\"properties\":{");
        var fields = ImmutableArray.CreateBuilder<AnswerField>();
        foreach (var property in properties)
        {
            var json = JsonName(property);
            if (fields.Any(field => field.Json == json))
            {
                return Refuse($"'{Short(type)}' has two properties that are '{json}' in JSON; rename one of them");
            }

            schema.Append(fields.Count == 0 ? "" : ",").Append(Quoted(json)).Append(':');
            var field = Add(property.Type, schema);
            if (_problem is not null)
            {
                return -1;
            }

            fields.Add(new AnswerField(json, MarkedTypeParser.Identifier(property.Name), field, ParameterOf(constructor!, property) is { } parameter ? MarkedTypeParser.Identifier(parameter.Name) : null));
        }

        schema.Append("},\"required\":[").Append(string.Join(",", fields.Select(static field => Quoted(field.Json)))).Append("],\"additionalProperties\":false}");
        _open.RemoveAt(_open.Count - 1);
        return Push(new AnswerType(AnswerKind.Object, Full(type), type.IsValueType, isNullable, default, -1, false, new(fields.ToImmutable())));
    }

    private List<IPropertySymbol> PropertiesOf(INamedTypeSymbol type)
    {
        var properties = new List<IPropertySymbol>();
        for (var current = type; current is { SpecialType: SpecialType.None }; current = current.BaseType)
        {
            // Those of base types first; in each type as declared.
            properties.InsertRange(0, current.GetMembers().OfType<IPropertySymbol>().Where(property =>
                property is { IsStatic: false, IsIndexer: false, Name.Length: > 0, DeclaredAccessibility: Accessibility.Public or Accessibility.Internal, GetMethod: not null }
                && _compilation.IsSymbolAccessibleWithin(property, _prompt)
                && (IsSettable(property) || type.InstanceConstructors.Any(constructor => ParameterOf(constructor, property) is not null))
                && !properties.Exists(known => known.Name == property.Name)));
        }

        return properties;
    }

    private bool IsSettable(IPropertySymbol property) => property.SetMethod is { } setter && _compilation.IsSymbolAccessibleWithin(setter, _prompt);

    private IMethodSymbol? ConstructorOf(INamedTypeSymbol type, List<IPropertySymbol> properties) =>
        type.InstanceConstructors
            .Where(constructor => _compilation.IsSymbolAccessibleWithin(constructor, _prompt)
                && !(constructor.Parameters.Length == 1 && SymbolEqualityComparer.Default.Equals(constructor.Parameters[0].Type, type))
                && constructor.Parameters.All(parameter => parameter.RefKind == RefKind.None && (parameter.HasExplicitDefaultValue || properties.Exists(property => Matches(parameter, property))))
                && properties.TrueForAll(property => IsSettable(property) || ParameterOf(constructor, property) is not null))
            .OrderByDescending(static constructor => constructor.Parameters.Length)
            .FirstOrDefault();

    private static IParameterSymbol? ParameterOf(IMethodSymbol constructor, IPropertySymbol property) =>
        constructor.Parameters.FirstOrDefault(parameter => Matches(parameter, property));

    private static bool Matches(IParameterSymbol parameter, IPropertySymbol property) =>
        string.Equals(parameter.Name, property.Name, StringComparison.OrdinalIgnoreCase) && SymbolEqualityComparer.Default.Equals(parameter.Type, property.Type);

    private static string JsonName(IPropertySymbol property)
    {
        var named = property.GetAttributes().FirstOrDefault(static attribute => attribute.AttributeClass?.Name == "JsonPropertyNameAttribute");
        return named?.ConstructorArguments is [{ Value: string { Length: > 0 } name }] ? name : char.ToLowerInvariant(property.Name[0]) + property.Name.Substring(1);
    }

    private static string SchemaName(string name)
    {
        // Letters, digits, '_' and '-', at most 64 of them: the rule of the provider with the strictest one.
        var result = new StringBuilder();
        foreach (var c in name)
        {
            result.Append(c is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or (>= '0' and <= '9') or '_' ? c : '_');
        }

        return result.Length is > 0 and <= 64 ? result.ToString() : "answer";
    }

    private static string Quoted(string text)
    {
        var quoted = new StringBuilder("\"");
        foreach (var c in text)
        {
            _ = c is '"' or '\\' ? quoted.Append('\\').Append(c)
                : c < ' ' ? quoted.Append("\\u").Append(((int)c).ToString("x4", System.Globalization.CultureInfo.InvariantCulture))
                : quoted.Append(c);
        }

        return quoted.Append('"').ToString();
    }

    private int Push(AnswerType type)
    {
        _types.Add(type);
        return _types.Count - 1;
    }

    private int Refuse(Sentence problem)
    {
        _problem ??= problem;
        return -1;
    }

    private static string Short(ITypeSymbol type) => type.WithNullableAnnotation(NullableAnnotation.NotAnnotated).ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat);

    private static string Full(ITypeSymbol type) => type.WithNullableAnnotation(NullableAnnotation.NotAnnotated).ToDisplayString(s_fullName);
}
