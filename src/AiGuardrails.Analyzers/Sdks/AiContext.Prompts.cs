using System.Collections.Immutable;
using AiGuardrails.Analyzers.Flow;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AiGuardrails.Analyzers.Sdks;

// What a model reads, in whose name it is said, and what others wrote.
internal sealed partial class AiContext
{
    private readonly ImmutableHashSet<string> _promptHelpers = promptHelpers;
    private readonly MemberLookup _instructionSinks = types.Members(static sdk => sdk.InstructionSinks.Select(static sink => new MemberParameter(sink.Type, sink.Member, sink.Parameter ?? "")));
    private readonly MemberLookup _toolDescriptions = types.Members(static sdk => sdk.ToolDescriptionSinks.Select(static sink => new MemberParameter(sink.Type, sink.Member, sink.Parameter ?? "")));
    private readonly MemberLookup _toolArguments = types.Members(static sdk => sdk.ToolArguments);
    private readonly Lazy<ImmutableHashSet<ITypeSymbol>> _retrievalResults = types.Set(static sdk => sdk.RetrievalResults);
    private readonly Lazy<ImmutableHashSet<ITypeSymbol>> _roleTypes = types.Set(static sdk => sdk.Roles.Select(static role => role.Type));
    private readonly TextSinkLookup _promptTextSinks = new(types, static sdk => sdk.InstructionSinks.Concat(sdk.PromptSinks).Concat(sdk.ToolDescriptionSinks));

    /// <summary>The place of instructions that this parameter, or this property, is; null where it is none.</summary>
    public TextSink? InstructionSinkOf(ISymbol symbol)
    {
        var (member, parameter) = symbol is IParameterSymbol { ContainingSymbol: IMethodSymbol method } of ? ((ISymbol)method, of) : (symbol, null);
        if (_instructionSinks.Contains(member, parameter) && _types.Sdks.SelectMany(static sdk => sdk.InstructionSinks).FirstOrDefault(IsThis) is { Type: not null } sink)
        {
            return sink;
        }

        return _annotations.IsInstructions(symbol) ? new TextSink(symbol.ContainingType?.Name ?? "", member.Name, parameter?.Name) : null;

        // By the type as well: different SDKs have types of the same name.
        bool IsThis(TextSink candidate)
        {
            if (candidate.Member != member.Name || candidate.Parameter is null != parameter is null)
            {
                return false;
            }

            if (parameter is not null && candidate.Parameter != parameter.Name && !(member is IMethodSymbol { OverriddenMethod: { } overridden } && overridden.Parameters[parameter.Ordinal].Name == candidate.Parameter))
            {
                return false;
            }

            var owner = member is IMethodSymbol { ReducedFrom: { } reduced } ? reduced.ContainingType : member.ContainingType;
            return IsOrDerivesFrom(owner?.OriginalDefinition, candidate.Type);
        }
    }

    /// <summary>Whether a method of that name in the compilation names a place of instructions, and takes something.</summary>
    public bool MayWriteInstructions(string method) => _promptHelpers.Contains(method);

    /// <summary>Whether the text of this parameter or property is read by a model, in whatever role: instructions, messages, descriptions of tools.</summary>
    public bool IsPromptTextSink(ISymbol symbol) => _promptTextSinks.Contains(symbol);

    /// <summary>Whether the text of this argument, or of this property, tells a model what a tool does, or what it is called.</summary>
    public bool IsToolDescription(ISymbol symbol) =>
        symbol is IParameterSymbol { ContainingSymbol: IMethodSymbol method } parameter ? _toolDescriptions.Contains(method, parameter) : _toolDescriptions.Contains(symbol);

    /// <summary>Whether the property holds what a model asks a tool to work on.</summary>
    public bool IsToolArguments(IPropertySymbol property) => _toolArguments.Contains(property);

    /// <summary>Whether values of the type say in whose name a message speaks.</summary>
    public bool IsRole(ITypeSymbol? type) => type is not null && _roleTypes.Value.Contains(type);

    /// <summary>Whether the value is a role whose messages the model takes as instructions; false where that is not certain.</summary>
    public bool IsTrustedRole(IOperation value, CancellationToken cancellationToken) =>
        ValueSources.Of(value, cancellationToken).Any(source => source.Value switch
        {
            IPropertyReferenceOperation { Property: { IsStatic: true } property } => IsTrustedRoleMember(property),
            IFieldReferenceOperation { Field: { IsStatic: true } field } => IsTrustedRoleMember(field),
            IObjectCreationOperation { Arguments: [var name, ..], Type: { } type } when _roleTypes.Value.Contains(type) => IsTrustedRoleName(name.Value.ConstantText()),
            var text => IsTrustedRoleName(text.ConstantText()),
        });

    /// <summary>Whether this is the name, on the wire, of a role whose messages the model takes as instructions.</summary>
    public static bool IsTrustedRoleName(string? name) =>
        string.Equals(name, "system", StringComparison.OrdinalIgnoreCase) || string.Equals(name, "developer", StringComparison.OrdinalIgnoreCase);

    private bool IsTrustedRoleMember(ISymbol member) =>
        _types.Sdks.SelectMany(static sdk => sdk.Roles).Any(role =>
            (role.Trusted.Contains(member.Name) || IsTrustedRoleName(member.Name)) && _types.Named(role.Type).Contains(member.ContainingType, SymbolEqualityComparer.Default));

    /// <summary>The names of the roles of the type whose messages are no instructions, and of which a client may choose.</summary>
    public ImmutableArray<string> ClientRolesOf(ITypeSymbol type) =>
        _types.Sdks.SelectMany(static sdk => sdk.Roles).FirstOrDefault(role => _types.Named(role.Type).Contains(type, SymbolEqualityComparer.Default)).Others is { IsDefault: false } others
            ? [.. others.Where(static name => name is "User" or "Assistant")]
            : [];

    /// <summary>The way to write the text of this message of the developer as a message of the user, or null.</summary>
    public UserMessage? UserMessageFor(IMethodSymbol method)
    {
        foreach (var message in _types.Sdks.SelectMany(static sdk => sdk.UserMessages))
        {
            if (message.Member == method.Name && _types.Named(message.Type).Contains(method.ContainingType, SymbolEqualityComparer.Default))
            {
                return message;
            }
        }

        return null;
    }

    /// <summary>Whether the team says that this parameter or property takes text of the user.</summary>
    public bool IsUserText(ISymbol symbol) => _annotations.IsUserText(symbol);

    /// <summary>Whether values of the type are what a search returned.</summary>
    public bool IsRetrievalResult(ITypeSymbol? type)
    {
        for (var current = UnwrapTask(type); current is not null; current = current.BaseType)
        {
            if (_retrievalResults.Value.Contains(current.OriginalDefinition) || _annotations.IsRetrieved(current))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether the team says that the member yields what a search returned.</summary>
    public bool IsRetrieved(ISymbol symbol) => _annotations.IsRetrieved(symbol);

    /// <summary>Whether the team says that the text is that of others.</summary>
    public bool IsUntrusted(ISymbol symbol) => _annotations.IsUntrusted(symbol);

    /// <summary>Whether the team says that the method makes text harmless, or checks it.</summary>
    public bool IsSanitizer(IMethodSymbol method) => _annotations.IsSanitizer(method);
}
