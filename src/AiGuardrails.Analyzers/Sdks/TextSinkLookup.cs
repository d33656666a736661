using Microsoft.CodeAnalysis;

namespace AiGuardrails.Analyzers.Sdks;

/// <summary>Places that take text: parameters and properties.</summary>
internal sealed class TextSinkLookup(SdkTypes types, Func<SdkTable, IEnumerable<TextSink>> sinks)
{
    private readonly MemberLookup _parameters =
        types.Members(sdk => sinks(sdk).Where(static sink => sink.Parameter is not null).Select(static sink => new MemberParameter(sink.Type, sink.Member, sink.Parameter!)));

    private readonly MemberLookup _properties =
        types.Members(sdk => sinks(sdk).Where(static sink => sink.Parameter is null).Select(static sink => new MemberParameter(sink.Type, sink.Member, "")));

    public bool Contains(ISymbol symbol) => symbol switch
    {
        IParameterSymbol { ContainingSymbol: IMethodSymbol method } parameter => _parameters.Contains(method, parameter),
        IPropertySymbol property => _properties.Contains(property),
        _ => false,
    };
}
