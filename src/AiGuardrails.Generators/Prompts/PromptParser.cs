using System.Collections.Immutable;
using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

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
internal sealed partial class PromptParser : MarkedTypeParser
{
    public const string AttributeName = "AiGuardrails.PromptAttribute";

    private const string GeneratorName = "AiGuardrails.Generators";

    // What is generated, or may be in a project that references another SDK tomorrow.
    private static readonly string[] s_generated =
    [
        "PromptId", "PromptVersion", "PromptHash", "AnswerSchema", "Render", "TryRead", "ToChatMessages", "CreateOptions", "ToOpenAIMessages", "CreateOpenAIOptions", "ToAnthropicParams", "ToTrainingRecord",
    ];

    private readonly ImmutableArray<PromptDeclarationProblem>.Builder _problems = ImmutableArray.CreateBuilder<PromptDeclarationProblem>();

    private PromptParser(INamedTypeSymbol type, AttributeData attribute, TypeDeclarationSyntax declaration, Compilation compilation, CancellationToken cancellationToken)
        : base(type, attribute, declaration, compilation, cancellationToken)
    {
    }

    protected override Sentence HasNoName => "a prompt has no name yet; give it one";

    protected override Sentence IsNotPartial => $"'{Type.Name}' is not partial; add 'partial' so that the code that renders it can be added to it";

    /// <summary>Finds the attribute that makes a type a prompt; of several, which the compiler refuses, the first.</summary>
    public static AttributeData? AttributeOf(INamedTypeSymbol type) =>
        type.GetAttributes().FirstOrDefault(static attribute => IsOurs(attribute.AttributeClass, "PromptAttribute"));

    /// <summary>Parses a type that has the attribute; null where what carries it is no type declaration.</summary>
    public static PromptDeclarationResult? Parse(INamedTypeSymbol type, AttributeData attribute, Compilation compilation, CancellationToken cancellationToken) =>
        attribute.ApplicationSyntaxReference?.GetSyntax(cancellationToken).Parent?.Parent is TypeDeclarationSyntax declaration
            ? new PromptParser(type, attribute, declaration, compilation, cancellationToken).Parse()
            : null;

    private PromptDeclarationResult Parse()
    {
        CheckType();
        CheckBase();
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

    protected override Sentence AroundIsNotPartial(string container) => $"'{container}', around the prompt '{Type.Name}', is not partial; add 'partial'";

    protected override Sentence AroundIsGeneric(string container) => $"'{container}', around the prompt '{Type.Name}', is generic; move '{Type.Name}' out of it";

    protected override Sentence AroundIsFileLocal(string container) => $"'{container}', around the prompt '{Type.Name}', is file-local, where generated code cannot reach it; remove 'file'";

    protected override void Report(Location location, Sentence message) => _problems.Add(new PromptDeclarationProblem(location, message));

    protected override void CheckKind()
    {
        var name = Type.Name;
        if (Type.TypeKind != TypeKind.Class)
        {
            Report(At, $"'{name}' is no class; declare the prompt as a partial class or record");
        }
        else if (Type.IsStatic)
        {
            Report(At, $"'{name}' is static, and a prompt has inputs of its own each time; remove 'static'");
        }

        if (Type.TypeParameters.Length > 0)
        {
            Report(At, $"'{name}' is generic; declare a prompt without type parameters for each use");
        }
    }

    private void CheckBase()
    {
        for (var type = Type.BaseType; type is not null; type = type.BaseType)
        {
            if (AttributeOf(type) is not null)
            {
                Report(At, $"'{Type.Name}' is derived from the prompt '{type.Name}', whose generated members it would hide; derive both from a type with the inputs that they share");
                break;
            }
        }
    }

    private void CheckGeneratedNames()
    {
        if (s_generated.Contains(Type.Name, StringComparer.Ordinal))
        {
            Report(At, $"'{Type.Name}' is the name of a member that is generated, and no type can have a member of its own name; rename the type");
        }

        for (var type = Type; type is { SpecialType: SpecialType.None }; type = type.BaseType)
        {
            foreach (var name in s_generated)
            {
                // The analyzers see what was generated, and the generator does not.
                if (type.GetMembers(name).FirstOrDefault(static member => !IsGenerated(member)) is { } member)
                {
                    Report(LocationOf(member), $"'{name}' is the name of a member that is generated for the prompt '{Type.Name}'; rename it");
                }
            }
        }
    }

    private static bool IsGenerated(ISymbol member) => member.GetAttributes().Any(static attribute =>
        attribute is { AttributeClass.Name: "GeneratedCodeAttribute", ConstructorArguments: [{ Value: GeneratorName }, ..] });

    // ----- Its attribute -----

    private object? ArgumentOf(string name) =>
        Attribute.NamedArguments.FirstOrDefault(argument => argument.Key == name).Value is { Kind: not TypedConstantKind.Error and not TypedConstantKind.Array } value ? value.Value : null;

    private int NumberOf(string name, int lowest)
    {
        if (ArgumentOf(name) is not int number)
        {
            return 0;
        }

        if (number < lowest)
        {
            Report(LocationOfArgument(Attribute, name) ?? At, $"'{name}' is {number.ToString(CultureInfo.InvariantCulture)}; it is at least {lowest.ToString(CultureInfo.InvariantCulture)}");
        }

        return number;
    }

    /// <summary>Gets the identifier that an attribute gives its prompt; null where it is none.</summary>
    public static string? IdOf(AttributeData attribute) => attribute.ConstructorArguments is [{ Kind: TypedConstantKind.Primitive, Value: string text }, ..] ? text : null;

    private string ReadId()
    {
        var id = IdOf(Attribute);
        if (string.IsNullOrWhiteSpace(id) || id!.Any(static c => char.IsControl(c) || char.IsSurrogate(c)))
        {
            Report(LocationOfArgument(Attribute, "id", 0) ?? At, $"the prompt '{Type.Name}' has no identifier that can be read; write one such as \"support/triage\"");
        }

        return id ?? "";
    }

    private static bool IsSet(AttributeData attribute, string name) => attribute.NamedArguments.Any(argument => argument.Key == name);

    // ----- Its text -----

    private List<Block> FindBlocks()
    {
        var blocks = new List<Block>();
        foreach (var attribute in Type.GetAttributes())
        {
            if (!IsOurs(attribute.AttributeClass, "BlockAttribute"))
            {
                continue;
            }

            var syntax = attribute.ApplicationSyntaxReference?.GetSyntax(CancellationToken) as AttributeSyntax;
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
                Report(block.Attribute.ApplicationSyntaxReference?.GetSyntax(CancellationToken).GetLocation() ?? At, $"this block stands on another part of '{Type.Name}' than the first, so that their order is open; put all blocks on one part");
            }
        }

        return blocks;

        SyntaxNode? PartOf(Block block) => block.Attribute.ApplicationSyntaxReference?.GetSyntax(CancellationToken).Parent?.Parent;
    }

    private string? CheckText(List<Block> blocks)
    {
        var file = ArgumentOf("File") as string;
        if (IsSet(Attribute, "File") && string.IsNullOrWhiteSpace(file))
        {
            Report(LocationOfArgument(Attribute, "File") ?? At, "'File' names no file; write the path of a prompt file, or remove it");
        }
        else if (file is not null && blocks.Count > 0)
        {
            Report(LocationOfArgument(Attribute, "File") ?? At, $"'{Type.Name}' has blocks and a prompt file; keep one of them");
        }
        else if (file is null && blocks.Count == 0 && !Type.GetAttributes().Any(static attribute => IsOurs(attribute.AttributeClass, "BlockAttribute")))
        {
            Report(At, $"the prompt '{Type.Name}' has no text; add [Block(BlockRole.User, \"…\")], or name a prompt file with File");
        }

        return string.IsNullOrWhiteSpace(file) ? null : file;
    }

    // ----- The declaration -----

    private PromptDeclaration ToDeclaration(List<PromptInput> inputs, List<Block> blocks, string? file, (AnswerContract? Contract, ITypeSymbol? Type) answer, string? examples)
    {
        var path = Declaration.SyntaxTree.FilePath.Replace('\\', '/');
        var hash = Hash;
        var version = IsSet(Attribute, "Version") ? NumberOf("Version", lowest: 1) : default(int?);
        return new PromptDeclaration(
            $"{TypeNames.ReadableStem(Type)}.{hash}.g.cs",
            Namespace,
            new([.. PartialDeclarations()]),
            Type.ToDisplayString(FullName),
            Type.Name,
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

    private sealed record Block(AttributeData Attribute, BlockRole Role, string Text);
}
