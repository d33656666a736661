using System.Text;
using AiGuardrails.Generators.Incremental;
using AiGuardrails.Generators.Prompts;
using AiGuardrails.Generators.TrainingRecords;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AiGuardrails.Generators.Tests.Incremental;

/// <summary>
/// Writes down all that a parser could find out about a training record and what ours do, through the cache: symbols, constants and
/// attributes of the type and of all that it reaches, and each problem. It shows a change where the code of a sound type would not.
/// </summary>
internal sealed class EverythingGenerator : IIncrementalGenerator
{
    private readonly DeclarationCache<string> _texts;

    public EverythingGenerator() => _texts = new((attributed, cancellationToken) =>
    {
        Parsed++;
        return Describe((INamedTypeSymbol)attributed.TargetSymbol, attributed.SemanticModel.Compilation, cancellationToken);
    });

    /// <summary>Gets how many types were looked at, and not taken from the cache.</summary>
    public int Parsed { get; private set; }

    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        foreach (var attribute in (string[])[TrainingRecordParser.AttributeName, PromptParser.AttributeName])
        {
            var texts = context.SyntaxProvider.ForAttributeWithMetadataName(
                attribute,
                static (node, _) => node is TypeDeclarationSyntax,
                (attributed, cancellationToken) => (
                    Name: $"{attribute}.{attributed.TargetSymbol.ToDisplayString()}.{Path.GetFileName(attributed.TargetNode.SyntaxTree.FilePath)}.{attributed.TargetNode.SpanStart}.txt".Replace('<', '-').Replace('>', '-'),
                    Text: _texts.Get(attributed, cancellationToken)));
            context.RegisterSourceOutput(texts, static (production, text) => production.AddSource(text.Name, text.Text!));
        }
    }

    private static string Describe(INamedTypeSymbol type, Compilation compilation, CancellationToken cancellationToken)
    {
        var result = new StringBuilder("/*\n");
        if (TrainingRecordParser.AttributeOf(type) is { } record && TrainingRecordParser.Parse(type, record, compilation, cancellationToken) is { } records)
        {
            result.AppendJoin('\n', records.Problems.Select(static problem => problem.Message.English)).Append('\n');
        }

        if (PromptParser.AttributeOf(type) is { } prompt && PromptParser.Parse(type, prompt, compilation, cancellationToken) is { } prompts)
        {
            result.AppendJoin('\n', prompts.Problems.Select(static problem => problem.Message.English)).Append('\n');
        }

        var seen = new HashSet<ISymbol>(SymbolEqualityComparer.Default);
        var open = new Queue<ITypeSymbol>([type]);
        while (open.TryDequeue(out var next))
        {
            if (!seen.Add(next.OriginalDefinition))
            {
                continue;
            }

            result.Append(next.ToDisplayString()).Append(' ').Append(next.TypeKind).Append(' ').Append(next.DeclaredAccessibility).Append(" : ").Append(Named(next.BaseType)).Append(Attributes(next));
            if (next is INamedTypeSymbol { TypeArguments: var arguments })
            {
                _ = arguments.All(argument => Named(argument).Length > 0);
            }

            result.Append('\n');
            if (!next.Locations.Any(static location => location.IsInSource))
            {
                continue;
            }

            result.Append("in ").Append(Named(next.ContainingType)).Append('\n');

            foreach (var member in next.GetMembers())
            {
                result.Append(member.ToDisplayString()).Append(' ').Append(member.DeclaredAccessibility).Append(Attributes(member)).Append(member switch
                {
                    IFieldSymbol field => $" {Named(field.Type)} = {(field.HasConstantValue ? field.ConstantValue : "-")}",
                    IPropertySymbol property => $" {Named(property.Type)} {property.Type.NullableAnnotation} {property.OverriddenProperty?.ToDisplayString()}",
                    IMethodSymbol method => $" {Named(method.ReturnType)} ({string.Join(", ", method.Parameters.Select(parameter => Named(parameter.Type) + (parameter.HasExplicitDefaultValue ? parameter.ExplicitDefaultValue : "")))})",
                    ITypeSymbol inner => Named(inner),
                    _ => "",
                }).Append('\n');
            }
        }

        return result.Append("*/").ToString();

        string Named(ITypeSymbol? symbol)
        {
            if (symbol is not null)
            {
                open.Enqueue(symbol);
            }

            return symbol?.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat) + " " + symbol?.ContainingAssembly?.Name;
        }

        // In what order the parts of a type come, and their attributes with them, depends on all edits before.
        string Attributes(ISymbol symbol) => string.Concat(symbol.GetAttributes().Select(attribute =>
            $" [{Named(attribute.AttributeClass)}({string.Join(", ", attribute.ConstructorArguments.Select(Constant).Concat(attribute.NamedArguments.Select(argument => argument.Key + " = " + Constant(argument.Value))))})]").Order(StringComparer.Ordinal));

        string Constant(TypedConstant constant) => constant.Kind switch
        {
            TypedConstantKind.Array => constant.IsNull ? "null" : string.Join(", ", constant.Values.Select(Constant)),
            TypedConstantKind.Type => Named((ITypeSymbol?)constant.Value),
            TypedConstantKind.Error => "error",
            _ => constant.Value?.ToString() ?? "null",
        };
    }
}
