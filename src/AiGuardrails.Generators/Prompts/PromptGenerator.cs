using System.Text;
using AiGuardrails.Core.Prompts;
using AiGuardrails.Generators.Incremental;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace AiGuardrails.Generators.Prompts;

/// <summary>Adds to each type marked [Prompt] the code that renders it and reads its answer.</summary>
/// <remarks>It reports nothing: what stands in the way is told by the analyzers of AIG8001, AIG8003 and AIG8008, from the same parser.</remarks>
[Generator(LanguageNames.CSharp)]
public sealed class PromptGenerator : IIncrementalGenerator
{
    private static readonly DeclarationCache<PromptDeclaration> s_declarations = new(ToDeclaration);

    /// <inheritdoc/>
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        var declarations = context.SyntaxProvider
            .ForAttributeWithMetadataName(
                PromptParser.AttributeName,
                predicate: static (node, _) => node is TypeDeclarationSyntax,
                transform: static (attributed, cancellationToken) => s_declarations.Get(attributed, cancellationToken))
            .Where(static declaration => declaration is not null)
            .Select(static (declaration, _) => declaration!)
            .WithTrackingName(PromptTrackingNames.Declarations);

        var files = context.AdditionalTextsProvider
            .Where(static file => file.Path.EndsWith(PromptGrammar.FileExtension, StringComparison.OrdinalIgnoreCase))
            .Select(static (file, cancellationToken) => PromptFileText.Of(file, cancellationToken))
            .Collect();

        var models = declarations
            .Combine(files)
            .Select(static (input, _) => PromptComposer.Compose(input.Left, input.Right).Model)
            .Where(static model => model is not null)
            .Select(static (model, _) => model!)
            .WithTrackingName(PromptTrackingNames.Models);

        // Flags alone, so that an edit that changes the compilation changes nothing here.
        var adapters = context.CompilationProvider
            .Select(static (compilation, _) => FindAdapters(compilation))
            .WithTrackingName(PromptTrackingNames.Adapters);

        context.RegisterSourceOutput(models.Combine(adapters), static (production, input) =>
            production.AddSource(input.Left.Declaration.HintName, SourceText.From(PromptEmitter.Emit(input.Left, input.Right), Encoding.UTF8)));
    }

    private static PromptDeclaration? ToDeclaration(GeneratorAttributeSyntaxContext attributed, CancellationToken cancellationToken)
    {
        // Where two parts carry the attribute, which the compiler refuses, a second output of the same name would throw.
        if (attributed.TargetSymbol is not INamedTypeSymbol type
            || PromptParser.AttributeOf(type) is not { ApplicationSyntaxReference: { } applied } attribute
            || applied.SyntaxTree != attributed.TargetNode.SyntaxTree
            || !attributed.TargetNode.Span.Contains(applied.Span))
        {
            return null;
        }

        return PromptParser.Parse(type, attribute, attributed.SemanticModel.Compilation, cancellationToken) is { Problems.IsEmpty: true } result ? result.Declaration : null;
    }

    private static PromptAdapters FindAdapters(Compilation compilation)
    {
        var adapters = PromptAdapters.None;
        Add(PromptAdapters.ExtensionsAI, "Microsoft.Extensions.AI.ChatMessage", "Microsoft.Extensions.AI.ChatResponse", "System.Text.Json.JsonDocument");
        Add(PromptAdapters.OpenAI, "OpenAI.Chat.ChatClient", "OpenAI.Chat.DeveloperChatMessage", "System.BinaryData");
        Add(PromptAdapters.NotNullWhen, "System.Diagnostics.CodeAnalysis.NotNullWhenAttribute");

        // Its parameters are records with required members, which older versions of the language cannot make.
        if (compilation is CSharpCompilation { LanguageVersion: >= LanguageVersion.CSharp11 })
        {
            Add(PromptAdapters.Anthropic, "Anthropic.Models.Messages.MessageCreateParams", "Anthropic.Models.Messages.UserMessageParam", "Anthropic.Models.Messages.JsonOutputFormat");
        }

        return adapters;

        void Add(PromptAdapters adapter, params string[] types)
        {
            if (Array.TrueForAll(types, name => compilation.GetTypesByMetadataName(name).Any(type => type.DeclaredAccessibility == Accessibility.Public)))
            {
                adapters |= adapter;
            }
        }
    }
}

/// <summary>What the compilation has that generated code can use.</summary>
[Flags]
internal enum PromptAdapters
{
    None = 0,
    ExtensionsAI = 1,
    OpenAI = 2,
    Anthropic = 4,
    NotNullWhen = 8,
}

/// <summary>The steps of the pipeline that tests ask about.</summary>
internal static class PromptTrackingNames
{
    /// <summary>One for each sound declaration.</summary>
    public const string Declarations = "PromptDeclarations";

    /// <summary>One for each prompt that something is generated for.</summary>
    public const string Models = "PromptModels";

    /// <summary>Which SDKs are referenced.</summary>
    public const string Adapters = "PromptAdapters";
}
