using System.Collections.Immutable;
using AiGuardrails.Core.Prompts;
using AiGuardrails.Generators.Prompts;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace AiGuardrails.Analyzers.Rules.Prompts;

/// <summary>A prompt of the compilation that code is generated for: what the generator knows of it, and where it is declared.</summary>
internal sealed class ComposedPrompt
{
    private readonly PromptDeclarationResult _result;

    private ComposedPrompt(INamedTypeSymbol type, PromptDeclarationResult result, PromptModel model)
    {
        Type = type;
        _result = result;
        Model = model;
    }

    public INamedTypeSymbol Type { get; }

    public PromptModel Model { get; }

    public string Id => Model.Declaration.Id;

    /// <summary>Finds a place of the declaration.</summary>
    public Location LocationOf(PromptPlaceKind kind) => _result.LocationOf(new PromptPlace(kind));

    /// <summary>Composes a prompt; null where the type is none, or where another rule says what is wrong with it.</summary>
    public static ComposedPrompt? Of(INamedTypeSymbol type, Compilation compilation, AnalyzerOptions options, CancellationToken cancellationToken)
    {
        if (PromptParser.AttributeOf(type) is not { } attribute
            || PromptParser.Parse(type, attribute, compilation, cancellationToken) is not { Problems.IsEmpty: true } result)
        {
            return null;
        }

        var files = result.Declaration.File is null
            ? []
            : options.AdditionalFiles
                .Where(static file => file.Path.EndsWith(PromptGrammar.FileExtension, StringComparison.OrdinalIgnoreCase))
                .Select(file => new PromptFileText(file.Path, file.GetText(cancellationToken)?.ToString()))
                .ToImmutableArray();
        return PromptComposer.Compose(result.Declaration, files).Model is { } model ? new ComposedPrompt(type, result, model) : null;
    }
}
