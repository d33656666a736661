using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace AiGuardrails.Analyzers.Sdks;

/// <summary>The team's own wrappers: one more SDK, declared with the attributes of the package.</summary>
internal sealed class Annotations
{
    private const string Namespace = "AiGuardrails";

    private readonly INamedTypeSymbol? _modelId;
    private readonly INamedTypeSymbol? _generatesText;
    private readonly INamedTypeSymbol? _outputCap;
    private readonly INamedTypeSymbol? _startsTraining;
    private readonly INamedTypeSymbol? _jobStatus;
    private readonly INamedTypeSymbol? _instructions;
    private readonly INamedTypeSymbol? _userText;
    private readonly INamedTypeSymbol? _untrusted;
    private readonly INamedTypeSymbol? _sanitizer;
    private readonly INamedTypeSymbol? _retrieved;
    private readonly INamedTypeSymbol? _dangerousSink;
    private readonly INamedTypeSymbol? _apiKey;

    public Annotations(Compilation compilation)
    {
        INamedTypeSymbol? Find(string name) => NamedTypes.In(compilation, Namespace + "." + name) is [var type, ..] ? type : null;

        _modelId = Find("ModelIdAttribute");
        _generatesText = Find("GeneratesTextAttribute");
        _outputCap = Find("OutputCapAttribute");
        _startsTraining = Find("StartsTrainingAttribute");
        _jobStatus = Find("JobStatusAttribute");
        _instructions = Find("InstructionsAttribute");
        _userText = Find("UserTextAttribute");
        _untrusted = Find("UntrustedAttribute");
        _sanitizer = Find("SanitizerAttribute");
        _retrieved = Find("RetrievedAttribute");
        _dangerousSink = Find("DangerousSinkAttribute");
        _apiKey = Find("ApiKeyAttribute");
    }

    /// <summary>Whether the parameter or property names the model to call.</summary>
    public bool IsModelId(ISymbol symbol) => Has(symbol, _modelId);

    /// <summary>Whether the method makes a model produce output.</summary>
    public bool GeneratesText(IMethodSymbol method) => Has(method, _generatesText);

    /// <summary>Whether the parameter or property caps the output tokens.</summary>
    public bool IsOutputCap(ISymbol symbol) => Has(symbol, _outputCap);

    /// <summary>The properties of a type of this compilation, or of what it derives from there, that cap the output tokens.</summary>
    public ImmutableArray<string> OutputCapsOf(ITypeSymbol type)
    {
        if (_outputCap is null)
        {
            return [];
        }

        var names = ImmutableArray.CreateBuilder<string>();
        for (var current = type; current is { DeclaringSyntaxReferences.IsEmpty: false }; current = current.BaseType)
        {
            names.AddRange(current.GetMembers().Where(member => member is IPropertySymbol && IsOutputCap(member)).Select(static member => member.Name));
        }

        return names.ToImmutable();
    }

    /// <summary>Whether the method starts a training job.</summary>
    public bool StartsTraining(IMethodSymbol method) => Has(method, _startsTraining);

    /// <summary>Whether the type, or the member, is the status of a long-running job.</summary>
    public bool IsJobStatus(ISymbol symbol) => Has(symbol, _jobStatus);

    /// <summary>Whether the parameter or property takes instructions of the developer.</summary>
    public bool IsInstructions(ISymbol symbol) => Has(symbol, _instructions);

    /// <summary>Whether something acts on the text that the parameter or property is given.</summary>
    public bool IsDangerousSink(ISymbol symbol) => Has(symbol, _dangerousSink);

    /// <summary>Whether the parameter or property takes text of the user.</summary>
    public bool IsUserText(ISymbol symbol) => Has(symbol, _userText);

    /// <summary>Whether the parameter, the property, or what the method returns, is text of others.</summary>
    public bool IsUntrusted(ISymbol symbol) => Has(symbol, _untrusted) || ReturnsOrIsOf(symbol, _untrusted);

    /// <summary>Whether the method makes text harmless, or checks it; or whether its type stands for such text.</summary>
    public bool IsSanitizer(IMethodSymbol method) => Has(method, _sanitizer) || (_sanitizer is not null && method.ContainingType is { } type && HasOwn(type, _sanitizer));

    /// <summary>Whether the member, or a type of values, holds what a search returned.</summary>
    public bool IsRetrieved(ISymbol symbol) => Has(symbol, _retrieved) || ReturnsOrIsOf(symbol, _retrieved);

    /// <summary>Whether values of the type are what a search returned.</summary>
    public bool IsRetrieved(ITypeSymbol type) => _retrieved is not null && HasOwn(type, _retrieved);

    private static bool ReturnsOrIsOf(ISymbol symbol, INamedTypeSymbol? attribute)
    {
        if (attribute is null)
        {
            return false;
        }

        for (var method = symbol as IMethodSymbol; method is not null; method = method.OverriddenMethod)
        {
            if (method.GetReturnTypeAttributes().Any(data => SymbolEqualityComparer.Default.Equals(data.AttributeClass, attribute)))
            {
                return true;
            }
        }

        // A call through the class binds to the class; the mark may stand on the interface.
        return symbol is IMethodSymbol { IsStatic: false, MethodKind: MethodKind.Ordinary } or IPropertySymbol { IsStatic: false }
            && symbol.ContainingType is { TypeKind: TypeKind.Class or TypeKind.Struct } type
            && type.AllInterfaces.Any(contract => contract.GetMembers(symbol.Name).Any(declared =>
                HasOwn(declared, attribute) && SymbolEqualityComparer.Default.Equals(type.FindImplementationForInterfaceMember(declared), symbol)));
    }

    /// <summary>Gets the names of attributes that mark a text for a model: of this package, and those that make a method a tool.</summary>
    public static ImmutableHashSet<string> PromptMarks { get; } = ImmutableHashSet.Create(
        StringComparer.Ordinal,
        "SystemMessage", "UserMessage", "AssistantMessage", "Prompt", "Block", "KernelFunction", "McpServerTool");

    /// <summary>Whether the attribute marks a text for a model: what stands in the attribute itself, or is the value of the member.</summary>
    public static bool IsPromptMark(INamedTypeSymbol attribute) => IsIn(attribute, Namespace);

    /// <summary>Whether the attribute makes the method a tool, so that the model reads the descriptions of it and of its parameters.</summary>
    public static bool IsToolMark(INamedTypeSymbol attribute) => IsIn(attribute, "Microsoft") || IsIn(attribute, "ModelContextProtocol");

    private static bool IsIn(INamedTypeSymbol type, string space)
    {
        var current = type.ContainingNamespace;
        while (current is { ContainingNamespace: { IsGlobalNamespace: false } outer })
        {
            current = outer;
        }

        return current?.Name == space;
    }

    /// <summary>Whether the parameter or property takes the key of an AI service.</summary>
    public bool IsApiKey(ISymbol symbol) => Has(symbol, _apiKey);

    // An annotation on an interface, or on what is overridden, speaks for what implements and overrides it.
    private static bool Has(ISymbol symbol, INamedTypeSymbol? attribute)
    {
        if (attribute is null)
        {
            return false;
        }

        if (HasOwn(symbol, attribute))
        {
            return true;
        }

        if (symbol is IParameterSymbol { ContainingSymbol: IMethodSymbol method } parameter)
        {
            for (var overridden = method.ReducedFrom ?? method.OverriddenMethod; overridden is not null; overridden = overridden.OverriddenMethod)
            {
                var ordinal = parameter.Ordinal + (method.ReducedFrom is null ? 0 : 1);
                if (ordinal < overridden.Parameters.Length && HasOwn(overridden.Parameters[ordinal], attribute))
                {
                    return true;
                }
            }

            return false;
        }

        for (var overridden = Overridden(symbol); overridden is not null; overridden = Overridden(overridden))
        {
            if (HasOwn(overridden, attribute))
            {
                return true;
            }
        }

        return false;
    }

    private static ISymbol? Overridden(ISymbol symbol) => symbol switch
    {
        IMethodSymbol method => method.ReducedFrom ?? method.OverriddenMethod,
        IPropertySymbol property => property.OverriddenProperty,
        _ => null,
    };

    private static bool HasOwn(ISymbol symbol, INamedTypeSymbol attribute) =>
        symbol.GetAttributes().Any(data => SymbolEqualityComparer.Default.Equals(data.AttributeClass, attribute));
}
