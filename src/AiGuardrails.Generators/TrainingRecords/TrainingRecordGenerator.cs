using System.Text;
using AiGuardrails.Generators.Incremental;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace AiGuardrails.Generators.TrainingRecords;

/// <summary>Adds a writer and a reader to each type marked [TrainingRecord].</summary>
/// <remarks>It reports nothing: what stands in the way of generation is told by the analyzer of AIG9013, from the same parser.</remarks>
[Generator(LanguageNames.CSharp)]
public sealed class TrainingRecordGenerator : IIncrementalGenerator
{
    private static readonly DeclarationCache<TrainingRecordModel> s_models = new(ToModel);

    /// <inheritdoc/>
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        var models = context.SyntaxProvider
            .ForAttributeWithMetadataName(
                TrainingRecordParser.AttributeName,
                predicate: static (node, _) => node is TypeDeclarationSyntax,
                transform: static (attributed, cancellationToken) => s_models.Get(attributed, cancellationToken))
            .Where(static model => model is not null)
            .Select(static (model, _) => model!)
            .WithTrackingName(TrackingNames.TrainingRecordModels);

        context.RegisterSourceOutput(models, static (production, model) =>
            production.AddSource(model.HintName, SourceText.From(TrainingRecordEmitter.Emit(model), Encoding.UTF8)));
    }

    private static TrainingRecordModel? ToModel(GeneratorAttributeSyntaxContext attributed, CancellationToken cancellationToken)
    {
        // Where two parts carry the attribute, which the compiler refuses, a second output of the same name would throw.
        if (attributed.TargetSymbol is not INamedTypeSymbol type
            || TrainingRecordParser.AttributeOf(type) is not { ApplicationSyntaxReference: { } applied } attribute
            || applied.SyntaxTree != attributed.TargetNode.SyntaxTree
            || !attributed.TargetNode.Span.Contains(applied.Span))
        {
            return null;
        }

        return TrainingRecordParser.Parse(type, attribute, attributed.SemanticModel.Compilation, cancellationToken)?.Model;
    }
}
