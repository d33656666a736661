using AiGuardrails.Generators.Prompts;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace AiGuardrails.Analyzers.Rules.Prompts;

/// <summary>A prompt of the compilation that code is generated for: what the generator knows of it, and where it is declared.</summary>
internal sealed class ComposedPrompt
{
    private readonly PromptDeclarationResult _result;

    private ComposedPrompt(INamedTypeSymbol type, PromptDeclarationResult result, PromptModel model, PromptFileText? file)
    {
        Type = type;
        _result = result;
        Model = model;
        File = file;
    }

    public INamedTypeSymbol Type { get; }

    public PromptModel Model { get; }

    /// <summary>Gets the file that its text comes from; null where that stands in constants.</summary>
    public PromptFileText? File { get; }

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

        var (model, _, file) = PromptComposer.Compose(result.Declaration, PromptAnalyzer.FilesFor(result.Declaration, options, cancellationToken));
        return model is null ? null : new ComposedPrompt(type, result, model, file);
    }
}
