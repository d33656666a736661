using Microsoft.CodeAnalysis;

namespace AiGuardrails.Analyzers.Sdks;

// Keys and addresses of AI services, and telemetry that holds what users said.
internal sealed partial class AiContext
{
    private readonly TextSinkLookup _credentialSinks = new(types, static sdk => sdk.CredentialSinks);
    private readonly TextSinkLookup _endpointSinks = new(types, static sdk => sdk.EndpointSinks);
    private readonly MemberLookup _sensitiveTelemetry = types.Members(static sdk => sdk.SensitiveTelemetry);

    /// <summary>Whether this parameter or property takes the key of an AI service.</summary>
    public bool IsCredentialSink(ISymbol symbol) =>
        _credentialSinks.Contains(symbol)
        || _annotations.IsApiKey(symbol)
        || symbol is IParameterSymbol { Name: "apiKey", Type.SpecialType: SpecialType.System_String, ContainingAssembly: { } assembly } && IsReferencedSdk(assembly);

    /// <summary>Whether this parameter or property takes the address of an AI service.</summary>
    public bool IsEndpointSink(ISymbol symbol) =>
        _endpointSinks.Contains(symbol)
        || symbol switch
        {
            IPropertySymbol { SetMethod: not null, ContainingAssembly: { } assembly } property => RawHttp.EndpointMembers.Contains(property.Name) && IsReferencedSdk(assembly),
            IParameterSymbol { Name: "endpoint", ContainingAssembly: { } assembly } => IsReferencedSdk(assembly),
            _ => false,
        };

    // What a name alone tells is true of a library; code of this compilation may be a stand-in that calls nobody.
    private bool IsReferencedSdk(IAssemblySymbol assembly) => IsSdk(assembly) && !SymbolEqualityComparer.Default.Equals(assembly, _types.Compilation.Assembly);

    /// <summary>Whether this property puts the text of prompts and answers into the telemetry.</summary>
    public bool IsSensitiveTelemetry(IPropertySymbol property) => _sensitiveTelemetry.Contains(property);

    /// <summary>Whether the switch, or environment variable, of this name does so for the whole process.</summary>
    public bool IsSensitiveSwitch(string name) => _types.Sdks.Any(sdk => sdk.SensitiveSwitches.Contains(name, StringComparer.Ordinal));
}
