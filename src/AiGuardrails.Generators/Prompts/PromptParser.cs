using System.Collections.Immutable;
using System.Globalization;
using AiGuardrails.Core.Prompts;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace AiGuardrails.Generators.Prompts;

/// <summary>One thing that stands in the way of generation: where, and a sentence that names the way out.</summary>
internal sealed record PromptDeclarationProblem(Location Location, Sentence Message);

/// <summary>What the declaration of a prompt comes to. Where it has a problem, nothing is generated.</summary>
internal sealed class PromptDeclarationResult(
    PromptDeclaration declaration,
    ImmutableArray<PromptDeclarationProblem> problems,
    Func<PromptPlace, Location> locate)
{
    public PromptDeclaration Declaration { get; } = declaration;

    public ImmutableArray<PromptDeclarationProblem> Problems { get; } = problems;

    /// <summary>Finds a place in the source; a place in a prompt file is not for it.</summary>
    public Location LocationOf(PromptPlace place) => locate(place);
}

/// <summary>Symbols in, a declaration and its problems out; the same code for the generator and the analyzers.</summary>
internal sealed class PromptParser
{
    public const string AttributeName = "AiGuardrails.PromptAttribute";

    private const string GeneratorName = "AiGuardrails.Generators";

    // What is generated, or may be in a project that references another SDK tomorrow.
    private static readonly string[] s_generated =
    [
        "PromptId", "PromptVersion", "PromptHash", "AnswerSchema", "Render", "TryRead", "ToChatMessages", "CreateOptions", "ToOpenAIMessages", "CreateOpenAIOptions", "ToAnthropicParams", "ToTrainingRecord",
    ];

    private static readonly SymbolDisplayFormat s_fullName = SymbolDisplayFormat.FullyQualifiedFormat;
    private static readonly SymbolDisplayFormat s_namespace = s_fullName.WithGlobalNamespaceStyle(SymbolDisplayGlobalNamespaceStyle.Omitted);
    private static readonly SymbolDisplayFormat s_shortName = SymbolDisplayFormat.MinimallyQualifiedFormat;

    private readonly INamedTypeSymbol _type;
    private readonly AttributeData _attribute;
    private readonly Compilation _compilation;
    private readonly CancellationToken _cancellationToken;
    private readonly TypeDeclarationSyntax _declaration;
    private readonly ImmutableArray<PromptDeclarationProblem>.Builder _problems = ImmutableArray.CreateBuilder<PromptDeclarationProblem>();

    private PromptParser(INamedTypeSymbol type, AttributeData attribute, TypeDeclarationSyntax declaration, Compilation compilation, CancellationToken cancellationToken)
    {
        _type = type;
        _attribute = attribute;
        _declaration = declaration;
        _compilation = compilation;
        _cancellationToken = cancellationToken;
    }

    /// <summary>Finds the attribute that makes a type a prompt; of several, which the compiler refuses, the first.</summary>
    public static AttributeData? AttributeOf(INamedTypeSymbol type) =>
        type.GetAttributes().FirstOrDefault(static attribute => IsOurs(attribute.AttributeClass, "PromptAttribute"));

    /// <summary>Parses a type that has the attribute; null where what carries it is no type declaration.</summary>
    public static PromptDeclarationResult? Parse(INamedTypeSymbol type, AttributeData attribute, Compilation compilation, CancellationToken cancellationToken) =>
        attribute.ApplicationSyntaxReference?.GetSyntax(cancellationToken).Parent?.Parent is TypeDeclarationSyntax declaration
            ? new PromptParser(type, attribute, declaration, compilation, cancellationToken).Parse()
            : null;

    internal static bool IsOurs(INamedTypeSymbol? type, string name) =>
        type is { ContainingType: null, ContainingNamespace: { Name: "AiGuardrails", ContainingNamespace.IsGlobalNamespace: true } } && type.Name == name;

    internal static string Identifier(string name) =>
        SyntaxFacts.GetKeywordKind(name) != SyntaxKind.None || SyntaxFacts.GetContextualKeywordKind(name) != SyntaxKind.None ? "@" + name : name;

    private PromptDeclarationResult Parse()
    {
        CheckType();
        CheckGeneratedNames();
        var properties = FindProperties();
        var inputs = properties.ConvertAll(ToInput);
        var blocks = FindBlocks();
        var file = CheckText(blocks);
        var answer = ReadAnswer();
        var examples = FindExamples(answer);

        var declaration = ToDeclaration(inputs, blocks, file, answer, examples);
        return new PromptDeclarationResult(declaration, _problems.ToImmutable(), place => Locate(place, properties, blocks));
    }

    // ----- The type -----

    private void CheckType()
    {
        var name = _type.Name;
        var at = At;
        if (_declaration.SyntaxTree.Options is CSharpParseOptions { LanguageVersion: < LanguageVersion.CSharp8 })
        {
            Report(at, $"'{name}' is compiled as a version of C# before 8.0, which generated code needs; set <LangVersion> to 8.0 or higher");
        }

        if (name.Length == 0)
        {
            Report(at, "a prompt has no name yet; give it one");
        }
        else if (!TypeNames.HasNamedNamespace(_type))
        {
            Report(at, $"the namespace around '{name}' has no name yet; give it one");
        }

        if (_type.TypeKind != TypeKind.Class)
        {
            Report(at, $"'{name}' is no class; declare the prompt as a partial class or record");
        }
        else if (_type.IsStatic)
        {
            Report(at, $"'{name}' is static, and a prompt has inputs of its own each time; remove 'static'");
        }

        if (_type.TypeParameters.Length > 0)
        {
            Report(at, $"'{name}' is generic; declare a prompt without type parameters for each use");
        }

        if (!IsPartial(_type))
        {
            Report(at, $"'{name}' is not partial; add 'partial' so that the code that renders it can be added to it");
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
                Report(around, $"'{container.Name}', around the prompt '{name}', is not partial; add 'partial'");
            }

            if (container.TypeParameters.Length > 0)
            {
                Report(around, $"'{container.Name}', around the prompt '{name}', is generic; move '{name}' out of it");
            }

            if (container.IsFileLocal)
            {
                Report(around, $"'{container.Name}', around the prompt '{name}', is file-local, where generated code cannot reach it; remove 'file'");
            }
        }

        for (var type = _type.BaseType; type is not null; type = type.BaseType)
        {
            if (AttributeOf(type) is not null)
            {
                Report(at, $"'{name}' is derived from the prompt '{type.Name}', whose generated members it would hide; derive both from a type with the inputs that they share");
                break;
            }
        }
    }

    private bool IsPartial(INamedTypeSymbol type) =>
        type.DeclaringSyntaxReferences.Any(reference =>
            reference.GetSyntax(_cancellationToken) is TypeDeclarationSyntax declaration && declaration.Modifiers.Any(SyntaxKind.PartialKeyword));

    private void CheckGeneratedNames()
    {
        if (s_generated.Contains(_type.Name, StringComparer.Ordinal))
        {
            Report(At, $"'{_type.Name}' is the name of a member that is generated, and no type can have a member of its own name; rename the type");
        }

        for (var type = _type; type is { SpecialType: SpecialType.None }; type = type.BaseType)
        {
            foreach (var name in s_generated)
            {
                // The analyzers see what was generated, and the generator does not.
                if (type.GetMembers(name).FirstOrDefault(static member => !IsGenerated(member)) is { } member)
                {
                    Report(LocationOf(member), $"'{name}' is the name of a member that is generated for the prompt '{_type.Name}'; rename it");
                }
            }
        }
    }

    private static bool IsGenerated(ISymbol member) => member.GetAttributes().Any(static attribute =>
        attribute is { AttributeClass.Name: "GeneratedCodeAttribute", ConstructorArguments: [{ Value: GeneratorName }, ..] });

    // ----- Its attribute -----

    private object? ArgumentOf(string name) =>
        _attribute.NamedArguments.FirstOrDefault(argument => argument.Key == name).Value is { Kind: not TypedConstantKind.Error and not TypedConstantKind.Array } value ? value.Value : null;

    private int NumberOf(string name, int lowest)
    {
        if (ArgumentOf(name) is not int number)
        {
            return 0;
        }

        if (number < lowest)
        {
            Report(LocationOfArgument(_attribute, name) ?? At, $"'{name}' is {number.ToString(CultureInfo.InvariantCulture)}; it is at least {lowest.ToString(CultureInfo.InvariantCulture)}");
        }

        return number;
    }

    /// <summary>Gets the identifier that an attribute gives its prompt; null where it is none.</summary>
    public static string? IdOf(AttributeData attribute) => attribute.ConstructorArguments is [{ Kind: TypedConstantKind.Primitive, Value: string text }, ..] ? text : null;

    private string ReadId()
    {
        var id = IdOf(_attribute);
        if (string.IsNullOrWhiteSpace(id) || id!.Any(static c => char.IsControl(c) || char.IsSurrogate(c)))
        {
            Report(LocationOfArgument(_attribute, "id", 0) ?? At, $"the prompt '{_type.Name}' has no identifier that can be read; write one such as \"support/triage\"");
        }

        return id ?? "";
    }

    private static bool IsSet(AttributeData attribute, string name) => attribute.NamedArguments.Any(argument => argument.Key == name);

    // ----- Its text -----

    private List<Block> FindBlocks()
    {
        var blocks = new List<Block>();
        foreach (var attribute in _type.GetAttributes())
        {
            if (!IsOurs(attribute.AttributeClass, "BlockAttribute"))
            {
                continue;
            }

            var syntax = attribute.ApplicationSyntaxReference?.GetSyntax(_cancellationToken) as AttributeSyntax;
            var at = syntax?.GetLocation() ?? At;
            if (attribute.ConstructorArguments is not [{ Kind: TypedConstantKind.Enum, Value: int role }, var text])
            {
                Report(at, "this block has no role and text that can be read; write [Block(BlockRole.User, \"…\")]");
                continue;
            }

            if (role is < 0 or > (int)BlockRole.Assistant)
            {
                Report(LocationOfArgument(attribute, "role", 0) ?? at, $"{role.ToString(CultureInfo.InvariantCulture)} is no role; use a member of BlockRole");
                continue;
            }

            if (text is not { Kind: TypedConstantKind.Primitive, Value: string value })
            {
                Report(LocationOfArgument(attribute, "text", 1) ?? at, "this block has no text; write a constant");
                continue;
            }

            blocks.Add(new Block(attribute, (BlockRole)role, value));
        }

        var part = blocks.Count == 0 ? null : PartOf(blocks[0]);
        foreach (var block in blocks)
        {
            if (PartOf(block) != part)
            {
                Report(block.Attribute.ApplicationSyntaxReference?.GetSyntax(_cancellationToken).GetLocation() ?? At, $"this block stands on another part of '{_type.Name}' than the first, so that their order is open; put all blocks on one part");
            }
        }

        return blocks;

        SyntaxNode? PartOf(Block block) => block.Attribute.ApplicationSyntaxReference?.GetSyntax(_cancellationToken).Parent?.Parent;
    }

    private string? CheckText(List<Block> blocks)
    {
        var file = ArgumentOf("File") as string;
        if (IsSet(_attribute, "File") && string.IsNullOrWhiteSpace(file))
        {
            Report(LocationOfArgument(_attribute, "File") ?? At, "'File' names no file; write the path of a prompt file, or remove it");
        }
        else if (file is not null && blocks.Count > 0)
        {
            Report(LocationOfArgument(_attribute, "File") ?? At, $"'{_type.Name}' has blocks and a prompt file; keep one of them");
        }
        else if (file is null && blocks.Count == 0 && !_type.GetAttributes().Any(static attribute => IsOurs(attribute.AttributeClass, "BlockAttribute")))
        {
            Report(At, $"the prompt '{_type.Name}' has no text; add [Block(BlockRole.User, \"…\")], or name a prompt file with File");
        }

        return string.IsNullOrWhiteSpace(file) ? null : file;
    }

    // ----- Its inputs -----

    private List<IPropertySymbol> FindProperties()
    {
        var properties = new List<IPropertySymbol>();
        for (var type = _type; type is { SpecialType: SpecialType.None, TypeKind: not TypeKind.Error }; type = type.BaseType)
        {
            _cancellationToken.ThrowIfCancellationRequested();
            foreach (var property in type.GetMembers().OfType<IPropertySymbol>())
            {
                var isInput = property is { IsStatic: false, IsIndexer: false, GetMethod: not null, Name.Length: > 0 }
                    && property.ExplicitInterfaceImplementations.IsEmpty
                    && !(property.IsImplicitlyDeclared && property.Name == "EqualityContract")
                    && !IsGenerated(property)
                    && _compilation.IsSymbolAccessibleWithin(property.GetMethod!, _type);
                if (isInput && !properties.Exists(known => known.Name == property.Name))
                {
                    properties.Add(property);
                }
                else if (!isInput && SlotOf(property) is not null)
                {
                    Report(LocationOf(property), $"'{property.Name}' cannot be an input; put [Slot] on an instance property that can be read");
                }
            }
        }

        return properties;
    }

    private static AttributeData? SlotOf(IPropertySymbol property) =>
        property.GetAttributes().FirstOrDefault(static attribute => IsOurs(attribute.AttributeClass, "SlotAttribute"));

    private PromptInput ToInput(IPropertySymbol property)
    {
        var kind = property.RefKind == RefKind.None ? KindOf(property.Type) : PromptInputKind.Unsupported;
        var isParameter = IsRequiredParameter(property);
        var (label, maxTokens, overflow, isTrusted) = ReadSlot(property, kind);
        return new PromptInput(
            property.Name,
            Identifier(property.Name),
            property.Type.ToDisplayString(s_shortName),
            kind,
            IsOptional: property.Type.NullableAnnotation == NullableAnnotation.Annotated,
            CanBeNull: property.Type.IsReferenceType,
            IsRequired: property.IsRequired || isParameter,
            IsInput: isParameter || property.IsRequired || property.SetMethod is { DeclaredAccessibility: not Accessibility.Private and not Accessibility.Protected },
            label,
            maxTokens,
            overflow,
            isTrusted);
    }

    // A positional record: who makes one gives it.
    private bool IsRequiredParameter(IPropertySymbol property) =>
        property.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax(_cancellationToken) is ParameterSyntax { Default: null };

    private (string Label, int MaxTokens, string Overflow, bool IsTrusted) ReadSlot(IPropertySymbol property, PromptInputKind kind)
    {
        var label = property.Name;
        var (maxTokens, overflow, isTrusted) = (0, 0, false);
        if (SlotOf(property) is not { } slot)
        {
            return (label, maxTokens, nameof(Overflow.Fail), isTrusted);
        }

        foreach (var argument in slot.NamedArguments)
        {
            var at = LocationOfArgument(slot, argument.Key) ?? LocationOf(property);
            switch (argument.Key, argument.Value.Kind == TypedConstantKind.Array ? null : argument.Value.Value)
            {
                case ("Label", string text) when IsLabel(text):
                    label = text;
                    break;
                case ("Label", var text):
                    Report(at, $"'{PromptGrammar.Shown(text as string ?? "")}' is no label; write up to 40 letters, digits, blanks, '-' and '_'");
                    break;
                case ("MaxTokens", int number):
                    maxTokens = number;
                    if (number < 0)
                    {
                        Report(at, $"'MaxTokens' is {number.ToString(CultureInfo.InvariantCulture)}; it is at least 0, which is no limit");
                    }

                    break;
                case ("Overflow", int value):
                    overflow = value;
                    CheckOverflow(at, property.Name, value, kind);
                    break;
                case ("TrustedBecause", string reason) when !string.IsNullOrWhiteSpace(reason):
                    isTrusted = true;
                    break;
                case ("TrustedBecause", _):
                    Report(at, $"'TrustedBecause' gives no reason; write why nobody else can write '{property.Name}', or remove it");
                    break;
            }
        }

        if (kind is PromptInputKind.Closed or PromptInputKind.ClosedList && slot.NamedArguments.Length > 0)
        {
            Report(slot.ApplicationSyntaxReference?.GetSyntax(_cancellationToken).GetLocation() ?? LocationOf(property), $"'{property.Name}' is of the closed type '{property.Type.ToDisplayString(s_shortName)}', which has no limit, label or fence; remove [Slot]");
        }

        return (label, maxTokens, overflow is >= 0 and <= (int)Overflow.DropLast ? ((Overflow)overflow).ToString() : nameof(Overflow.Fail), isTrusted);
    }

    private void CheckOverflow(Location at, string name, int value, PromptInputKind kind)
    {
        if (value is < 0 or > (int)Overflow.DropLast)
        {
            Report(at, $"{value.ToString(CultureInfo.InvariantCulture)} is no way to deal with text that is too long; use a member of Overflow");
        }
        else if (kind == PromptInputKind.Open && value == (int)Overflow.DropLast)
        {
            Report(at, $"'{name}' is one text and has no last item to drop; use Overflow.KeepStart or Overflow.KeepEnd");
        }
        else if (kind == PromptInputKind.OpenList && value is (int)Overflow.KeepStart or (int)Overflow.KeepEnd)
        {
            Report(at, $"'{name}' is a list, of which whole items are left out; use Overflow.DropLast");
        }
    }

    private static bool IsLabel(string text) =>
        text.Length is > 0 and <= 40 && text.Trim().Length == text.Length && text.All(static c => char.IsLetterOrDigit(c) || c is ' ' or '-' or '_');

    private static PromptInputKind KindOf(ITypeSymbol type)
    {
        if (type.SpecialType is SpecialType.System_String or SpecialType.System_Object or SpecialType.System_Char || type.TypeKind == TypeKind.Dynamic || IsOurs(type as INamedTypeSymbol, "Passage"))
        {
            return PromptInputKind.Open;
        }

        if (IsClosed(type is INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T, TypeArguments: [var value] } ? value : type))
        {
            return PromptInputKind.Closed;
        }

        return ElementOf(type) switch
        {
            { SpecialType: SpecialType.System_String or SpecialType.System_Object } => PromptInputKind.OpenList,
            INamedTypeSymbol element when IsOurs(element, "Passage") => PromptInputKind.OpenList,
            { } element when IsClosed(element) => PromptInputKind.ClosedList,
            _ => PromptInputKind.Unsupported,
        };
    }

    internal static ITypeSymbol? ElementOf(ITypeSymbol type)
    {
        if (type is IArrayTypeSymbol { Rank: 1 } array)
        {
            return array.ElementType;
        }

        var elements = type.AllInterfaces.Concat(type is INamedTypeSymbol { TypeKind: TypeKind.Interface } own ? [own] : [])
            .Where(static candidate => candidate.OriginalDefinition.SpecialType == SpecialType.System_Collections_Generic_IEnumerable_T)
            .Select(static candidate => candidate.TypeArguments[0])
            .ToList();
        return elements.Count == 1 ? elements[0] : null;
    }

    internal static bool IsClosed(ITypeSymbol type) => type switch
    {
        { TypeKind: TypeKind.Enum } => true,
        {
            SpecialType: SpecialType.System_Boolean or SpecialType.System_SByte or SpecialType.System_Byte or SpecialType.System_Int16 or SpecialType.System_UInt16
            or SpecialType.System_Int32 or SpecialType.System_UInt32 or SpecialType.System_Int64 or SpecialType.System_UInt64
            or SpecialType.System_Single or SpecialType.System_Double or SpecialType.System_Decimal or SpecialType.System_DateTime
        } => true,
        INamedTypeSymbol { Name: "Guid" or "DateOnly" or "TimeOnly" or "DateTimeOffset" or "TimeSpan", ContainingType: null, ContainingNamespace: { Name: "System", ContainingNamespace.IsGlobalNamespace: true } } => true,
        _ => false,
    };

    // ----- Its answer and its examples -----

    private (AnswerContract? Contract, ITypeSymbol? Type) ReadAnswer()
    {
        if (!IsSet(_attribute, "Output"))
        {
            return (null, null);
        }

        var at = LocationOfArgument(_attribute, "Output") ?? At;
        if (ArgumentOf("Output") is not ITypeSymbol type)
        {
            Report(at, "'Output' names no type; write typeof(…), or remove it");
            return (null, null);
        }

        var contract = AnswerContractParser.Parse(type, _type, _compilation, _cancellationToken, out var problem);
        if (problem is not null)
        {
            Report(at, problem);
        }

        return (contract, type);
    }

    private string? FindExamples((AnswerContract? Contract, ITypeSymbol? Type) answer)
    {
        var methods = _type.GetMembers().OfType<IMethodSymbol>().Where(static method => method.GetAttributes().Any(static attribute => IsOurs(attribute.AttributeClass, "ExamplesAttribute"))).ToList();
        foreach (var extra in methods.Skip(1))
        {
            Report(LocationOf(extra), $"'{methods[0].Name}' returns the examples already; put all of them there");
        }

        if (methods.FirstOrDefault() is not { } method)
        {
            return null;
        }

        if (answer.Type is not { } type)
        {
            if (!IsSet(_attribute, "Output"))
            {
                Report(LocationOf(method), $"the examples of '{_type.Name}' need answers of a type; set Output on [Prompt]");
            }
        }
        else if (method is not { IsStatic: true, Parameters.Length: 0, TypeParameters.Length: 0, MethodKind: MethodKind.Ordinary }
            || ElementOf(method.ReturnType) is not INamedTypeSymbol { TypeArguments: [var input, var output] } shot
            || !IsOurs(shot, "Shot")
            || !SymbolEqualityComparer.Default.Equals(input, _type)
            || !SymbolEqualityComparer.Default.Equals(output, type))
        {
            Report(LocationOf(method), $"'{method.Name}' cannot give examples; make it a static method without parameters that returns IEnumerable<Shot<{_type.Name}, {type.ToDisplayString(s_shortName)}>>");
        }

        return Identifier(method.Name);
    }

    // ----- The declaration -----

    private PromptDeclaration ToDeclaration(List<PromptInput> inputs, List<Block> blocks, string? file, (AnswerContract? Contract, ITypeSymbol? Type) answer, string? examples)
    {
        var declarations = ImmutableArray.CreateBuilder<string>();
        for (var type = _type; type is not null; type = type.ContainingType)
        {
            declarations.Insert(0, $"partial {TypeNames.Keyword(type)} {Identifier(type.Name)}");
        }

        var path = _declaration.SyntaxTree.FilePath.Replace('\\', '/');
        var hash = TypeNames.StableHash(_type.GetDocumentationCommentId() ?? _type.ToDisplayString(s_fullName));
        var version = IsSet(_attribute, "Version") ? NumberOf("Version", lowest: 1) : default(int?);
        return new PromptDeclaration(
            $"{TypeNames.ReadableStem(_type)}.{hash}.g.cs",
            _type.ContainingNamespace.IsGlobalNamespace ? null : _type.ContainingNamespace.ToDisplayString(s_namespace),
            new(declarations.ToImmutable()),
            _type.ToDisplayString(s_fullName),
            _type.Name,
            $"PromptCode_{hash}",
            ReadId(),
            version,
            file,
            path.Substring(0, path.LastIndexOf('/') + 1),
            NumberOf("MaxPromptTokens", lowest: 0),
            NumberOf("MaxOutputTokens", lowest: 0),
            new(blocks.ConvertAll(static block => new PromptBlockText(block.Role, block.Text)).ToImmutableArray()),
            new(inputs.ToImmutableArray()),
            answer.Contract,
            examples);
    }

    // ----- Places -----

    private Location At => _declaration.Identifier.GetLocation();

    private Location Locate(PromptPlace place, List<IPropertySymbol> properties, List<Block> blocks) => place.Kind switch
    {
        PromptPlaceKind.Input => LocationOf(properties[place.Index]),
        PromptPlaceKind.Block => LocationIn(blocks[place.Index], place.Start, place.Length),
        PromptPlaceKind.FileArgument => LocationOfArgument(_attribute, "File") ?? At,
        PromptPlaceKind.Id => LocationOfArgument(_attribute, "id", 0) ?? At,
        PromptPlaceKind.Version => LocationOfArgument(_attribute, "Version") ?? LocationOfArgument(_attribute, "id", 0) ?? At,
        PromptPlaceKind.Limit => LocationOfArgument(_attribute, "MaxPromptTokens") ?? At,
        _ => At,
    };

    /// <summary>A span of the text of a block, in the literal that it comes from; the whole argument where it is put together otherwise.</summary>
    private Location LocationIn(Block block, int start, int length)
    {
        if (ArgumentSyntax(block.Attribute, "text", 1) is not { } expression)
        {
            return At;
        }

        var text = ConstantOf(expression) ?? expression;
        return SpanIn(text, start, length, out _) is { } span ? Location.Create(text.SyntaxTree, span) : expression.GetLocation();
    }

    /// <summary>Finds the text of a constant that the prompt itself declares, which is what its author has to change.</summary>
    private ExpressionSyntax? ConstantOf(ExpressionSyntax expression) =>
        expression is IdentifierNameSyntax { Identifier.ValueText: var name }
            && _type.GetMembers(name) is [IFieldSymbol { IsConst: true, DeclaringSyntaxReferences: [var reference] }]
            && reference.GetSyntax(_cancellationToken) is VariableDeclaratorSyntax { Initializer.Value: var value }
            ? value
            : null;

    private static TextSpan? SpanIn(ExpressionSyntax expression, int start, int length, out int valueLength)
    {
        valueLength = -1;
        switch (expression)
        {
            case ParenthesizedExpressionSyntax parenthesized:
                return SpanIn(parenthesized.Expression, start, length, out valueLength);

            case LiteralExpressionSyntax { Token: var token } when token.Value is string value && CSharpLiteral.Map(token.Text) is { } map && map.Length == value.Length + 1:
                valueLength = value.Length;
                if (start < 0 || start + length > value.Length)
                {
                    return null;
                }

                // A whole text without its quotation marks; an empty one with them, to be seen at all.
                return length == 0 ? token.Span : TextSpan.FromBounds(token.SpanStart + map[start], token.SpanStart + EndOf(map, start + length));

            case BinaryExpressionSyntax { RawKind: (int)SyntaxKind.AddExpression } sum:
                var left = SpanIn(sum.Left, start, length, out var leftLength);
                if (leftLength < 0)
                {
                    return null;
                }

                var right = SpanIn(sum.Right, start - leftLength, length, out var rightLength);
                valueLength = rightLength < 0 ? -1 : leftLength + rightLength;
                return left ?? right;

            default:
                return null;
        }
    }

    // The end of the last character, not the start of the next, which may stand behind the indentation of a raw literal.
    private static int EndOf(int[] map, int end) => end < map.Length - 1 ? Math.Min(map[end], Math.Max(map[end - 1] + 1, map[end])) : map[end];

    private Location? LocationOfArgument(AttributeData attribute, string name, int position = -1)
    {
        var location = ArgumentSyntax(attribute, name, position)?.GetLocation();
        return location?.SourceTree is { } tree && _compilation.ContainsSyntaxTree(tree) ? location : null;
    }

    private ExpressionSyntax? ArgumentSyntax(AttributeData attribute, string name, int position)
    {
        if (attribute.ApplicationSyntaxReference?.GetSyntax(_cancellationToken) is not AttributeSyntax { ArgumentList.Arguments: var arguments })
        {
            return null;
        }

        var named = arguments.FirstOrDefault(argument => (argument.NameEquals?.Name ?? argument.NameColon?.Name)?.Identifier.ValueText == name);
        if (named is not null || position < 0)
        {
            return named?.Expression;
        }

        return position < arguments.Count && arguments[position] is { NameEquals: null, NameColon: null } positional ? positional.Expression : null;
    }

    private void Report(Location location, Sentence message) => _problems.Add(new PromptDeclarationProblem(location, message));

    // What a base type in another assembly declares cannot be reported there, but only at the prompt.
    private Location LocationOf(ISymbol symbol) =>
        symbol.Locations.FirstOrDefault(location => location.SourceTree is { } tree && _compilation.ContainsSyntaxTree(tree)) ?? At;

    private sealed record Block(AttributeData Attribute, BlockRole Role, string Text);

    // The run-time library has the enumeration, and neither generator nor analyzers reference it.
    private enum Overflow
    {
        Fail,
        KeepStart,
        KeepEnd,
        DropLast,
    }
}
