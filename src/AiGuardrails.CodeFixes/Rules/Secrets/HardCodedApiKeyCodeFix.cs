using System.Collections.Immutable;
using System.Composition;
using AiGuardrails.Analyzers.Diagnostics;
using AiGuardrails.Analyzers.Rules.Secrets;
using AiGuardrails.Core.Secrets;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Editing;

namespace AiGuardrails.CodeFixes.Rules.Secrets;

/// <summary>Fix of AIG6001: read the key from configuration where there is one in scope, else from the environment.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(HardCodedApiKeyCodeFix))]
[Shared]
public sealed class HardCodedApiKeyCodeFix : AiCodeFix
{
    private const string Key = "ReadKeyAtRunTime";

    /// <summary>Initializes a new instance of the <see cref="HardCodedApiKeyCodeFix"/> class.</summary>
    public HardCodedApiKeyCodeFix()
        : base(RuleIds.HardCodedApiKey)
    {
    }

    private protected override async Task<ImmutableArray<FixOffer>> OffersAsync(FixRequest request, Diagnostic diagnostic)
    {
        if (LiteralOf(request, diagnostic) is not { } literal
            || RunTimeValue.IsInDefaultValue(literal)
            || RunTimeValue.IsInConstantPlace(literal)
            || (RunTimeValue.ConstantDeclarationOf(literal) is { } declaration && !await RunTimeValue.CanReplaceAsync(request, declaration).ConfigureAwait(false)))
        {
            return [];
        }

        return [new FixOffer("Read the key from configuration or the environment", Key)];
    }

    private protected override async Task<Document> FixAsync(FixRequest request, ImmutableArray<Diagnostic> diagnostics, string equivalenceKey)
    {
        var editor = await DocumentEditor.CreateAsync(request.Document, request.CancellationToken).ConfigureAwait(false);
        foreach (var diagnostic in diagnostics)
        {
            if (LiteralOf(request, diagnostic) is { } literal)
            {
                RunTimeValue.Put(editor, literal, ValueFor(request, literal, diagnostic));
            }
        }

        return editor.GetChangedDocument();
    }

    /// <summary>The expression to replace; null where the key is only a part of it, as in a URL or a header.</summary>
    private static ExpressionSyntax? LiteralOf(FixRequest request, Diagnostic diagnostic) =>
        request.NodeOf(diagnostic) is LiteralExpressionSyntax { RawKind: (int)SyntaxKind.StringLiteralExpression } or BinaryExpressionSyntax
        && request.NodeOf(diagnostic) is ExpressionSyntax expression
        && request.Model.GetConstantValue(expression, request.CancellationToken) is { HasValue: true, Value: string text }
        && expression.Parent is not BinaryExpressionSyntax { RawKind: (int)SyntaxKind.AddExpression }
        && (SecretDetector.TryFind(text.AsSpan(), 0, out var match)
            ? match.Start == 0 && match.Length == text.Length
            : SecretDetector.CanBeKey(text.AsSpan()) && KeySinks.WithoutScheme(text) == text)
            ? expression
            : null;

    private static ExpressionSyntax ValueFor(FixRequest request, ExpressionSyntax literal, Diagnostic diagnostic)
    {
        var (section, variable) = diagnostic.Properties.TryGetValue(HardCodedApiKeyAnalyzer.ServiceProperty, out var service) ? NamesFor(service) : NamesFor(service: null);

        // `configured ?? "sk-…"`: the name is there already, and only the fallback is wrong.
        if (literal.Parent is BinaryExpressionSyntax { RawKind: (int)SyntaxKind.CoalesceExpression } coalesce && coalesce.Right == literal)
        {
            return SyntaxFactory.ThrowExpression(
                SyntaxFactory.Token(SyntaxKind.ThrowKeyword).WithTrailingTrivia(SyntaxFactory.Space),
                GeneratedSyntax.InvalidOperation(GeneratedSyntax.Text(AskFor(request, coalesce.Left))));
        }

        return RunTimeValue.ConfigurationInScope(request, literal) is { } configuration
            ? RunTimeValue.FromConfiguration(configuration, section)
            : RunTimeValue.FromEnvironment(variable);
    }

    private static string AskFor(FixRequest request, ExpressionSyntax configured) => configured switch
    {
        InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "GetEnvironmentVariable" }, ArgumentList.Arguments: [var name, ..] }
            when request.Model.GetConstantValue(name.Expression, request.CancellationToken) is { HasValue: true, Value: string variable } => $"Set the environment variable '{variable}'.",
        ElementAccessExpressionSyntax { ArgumentList.Arguments: [var key] }
            when request.Model.GetConstantValue(key.Expression, request.CancellationToken) is { HasValue: true, Value: string setting } => $"Set '{setting}' in the configuration.",
        _ => "Set the API key.",
    };

    private static (string Section, string Variable) NamesFor(string? service) => service switch
    {
        "OpenAI" => ("OpenAI:ApiKey", "OPENAI_API_KEY"),
        "Anthropic" => ("Anthropic:ApiKey", "ANTHROPIC_API_KEY"),
        "AzureOpenAI" => ("AzureOpenAI:ApiKey", "AZURE_OPENAI_API_KEY"),
        "HuggingFace" => ("HuggingFace:Token", "HF_TOKEN"),
        "Google" => ("Google:ApiKey", "GOOGLE_API_KEY"),
        "Replicate" => ("Replicate:ApiToken", "REPLICATE_API_TOKEN"),
        "Groq" => ("Groq:ApiKey", "GROQ_API_KEY"),
        _ => ("AI:ApiKey", "AI_API_KEY"),
    };
}
