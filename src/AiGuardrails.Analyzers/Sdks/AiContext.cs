using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using AiGuardrails.Analyzers.Flow;
using AiGuardrails.Analyzers.Options;
using Microsoft.CodeAnalysis;

namespace AiGuardrails.Analyzers.Sdks;

/// <summary>
/// What the rules know of the AI SDKs in one compilation: built at most once, shared by every rule, and null where no SDK
/// is referenced and no AI host is named, which is how a rule costs nothing in other projects.
/// </summary>
internal sealed partial class AiContext(SdkTypes types, ImmutableHashSet<string> annotated, ImmutableHashSet<string> promptHelpers, ImmutableHashSet<string> toolMethods)
{
    // Weakly keyed: an entry dies with its compilation, so nothing is pinned between keystrokes.
    private static readonly ConditionalWeakTable<Compilation, StrongBox<AiContext?>> s_contexts = new();

    /// <summary>Every table, whether its SDK is referenced or not.</summary>
    public static readonly ImmutableArray<SdkTable> Tables =
        [OpenAISdk.Table, AzureOpenAISdk.Table, ExtensionsAISdk.Table, AnthropicSdk.Table, SemanticKernelSdk.Table, CommunityOpenAISdk.Table, .. OtherSdks.Tables];

    private readonly SdkTypes _types = types;
    private readonly Annotations _annotations = new(types.Compilation);
    private readonly Lazy<ImmutableHashSet<IAssemblySymbol>> _assemblies = new(() =>
        types.Sdks.SelectMany(static sdk => sdk.Anchors).SelectMany(name => types.Named(name)).Select(static type => type.ContainingAssembly)
            .ToImmutableHashSet<IAssemblySymbol>(SymbolEqualityComparer.Default));

    private readonly ConditionalWeakTable<SemanticModel, AiFile> _files = new();

    /// <summary>Gets a value indicating whether the project references a test SDK.</summary>
    public bool IsTestProject { get; } = TestCode.ReferencesTestSdk(types.Compilation);

    /// <summary>Gets the identifiers and words of strings that make a body worth a semantic look.</summary>
    public TriggerWords Words { get; } = new(types.Sdks, annotated, promptHelpers.Except(PromptHelpers.Common).Union(toolMethods));

    /// <summary>Returns the context of a compilation, or null where the project has nothing to do with AI.</summary>
    public static AiContext? TryGet(Compilation compilation, CancellationToken cancellationToken)
    {
        if (s_contexts.TryGetValue(compilation, out var known))
        {
            return known.Value;
        }

        var context = Create(compilation, cancellationToken);
        return s_contexts.GetValue(compilation, _ => new StrongBox<AiContext?>(context)).Value;
    }

    /// <summary>The bodies of a file that are worth a look, analysed once for all rules.</summary>
    public AiFile FileOf(SemanticModel model, CancellationToken cancellationToken) =>
        _files.TryGetValue(model, out var file) ? file : _files.GetValue(model, m => AiFile.Create(this, m, cancellationToken));

    /// <summary>Whether the assembly is an AI SDK.</summary>
    public bool IsSdk(IAssemblySymbol assembly) => _assemblies.Value.Contains(assembly);

    /// <summary>Whether the type is that one or derives from it.</summary>
    public bool IsOrDerivesFrom(ITypeSymbol? type, string metadataName)
    {
        var wanted = _types.Named(metadataName);
        for (var current = type; current is not null; current = current.BaseType)
        {
            if (wanted.Contains(current, SymbolEqualityComparer.Default))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether rules about production code look at this symbol: not in test projects and test types, unless the team asks for it.</summary>
    public bool IsExcludedAsTest(ISymbol symbol, AiOptions options) =>
        !options.IncludeTests && (IsTestProject || TestCode.IsInTestType(symbol));

    private static AiContext? Create(Compilation compilation, CancellationToken cancellationToken)
    {
        var present = Tables.Where(table => table.Anchors.Any(anchor => !NamedTypes.In(compilation, anchor).IsEmpty)).ToImmutableArray();
        var annotated = AnnotatedNames.In(compilation, cancellationToken);
        return present.IsEmpty && annotated.IsEmpty && !SourceMarks.NameHost(compilation, cancellationToken)
            ? null
            : new AiContext(new SdkTypes(compilation, present), annotated, PromptHelpers.In(compilation, cancellationToken), ToolMethods.In(compilation, cancellationToken));
    }
}
