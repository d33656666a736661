using System.Collections.Immutable;
using System.Composition;
using AiGuardrails.Analyzers.Diagnostics;
using AiGuardrails.Analyzers.Rules.Governance;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Editing;

namespace AiGuardrails.CodeFixes.Rules.Governance;

/// <summary>Fix of AIG5001: the validation file, from a value in scope that has its name, or as a placeholder.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(NoValidationFileCodeFix))]
[Shared]
public sealed class NoValidationFileCodeFix : AiCodeFix
{
    private const string Key = "SetValidationFile";

    // No file has this ID: the service refuses the job until the team has put its own in place.
    private const string Placeholder = "validation-file-id";

    /// <summary>Initializes a new instance of the <see cref="NoValidationFileCodeFix"/> class.</summary>
    public NoValidationFileCodeFix()
        : base(RuleIds.NoValidationFile)
    {
    }

    private protected override Task<ImmutableArray<FixOffer>> OffersAsync(FixRequest request, Diagnostic diagnostic) =>
        Task.FromResult<ImmutableArray<FixOffer>>(ChangeOf(request, diagnostic) is null ? [] : [new FixOffer("Set the validation file", Key)]);

    private protected override async Task<Document> FixAsync(FixRequest request, ImmutableArray<Diagnostic> diagnostics, string equivalenceKey)
    {
        var editor = await DocumentEditor.CreateAsync(request.Document, request.CancellationToken).ConfigureAwait(false);
        foreach (var diagnostic in diagnostics)
        {
            if (ChangeOf(request, diagnostic) is { } change)
            {
                editor.ReplaceNode(change.Node, (current, _) => change.Replace(current));
            }
        }

        return editor.GetChangedDocument();
    }

    private static Change? ChangeOf(FixRequest request, Diagnostic diagnostic)
    {
        if (!diagnostic.Properties.TryGetValue(NoValidationFileAnalyzer.MemberProperty, out var member) || member is null)
        {
            return null;
        }

        var node = request.NodeOf(diagnostic);
        var value = ValidationFiles.ValueAt(request, node) ?? GeneratedSyntax.Text(Placeholder);
        switch (node)
        {
            case AnonymousObjectCreationExpressionSyntax anonymous:
                return new Change(anonymous, current => WithMember((AnonymousObjectCreationExpressionSyntax)current, member, value));

            case BaseObjectCreationExpressionSyntax creation:
                return ChangeOf(request, creation, member, value);

            case TypeSyntax type when type.Parent is ObjectCreationExpressionSyntax creation && creation.Type == type:
                return ChangeOf(request, creation, member, value);

            // `options: null`
            case LiteralExpressionSyntax or DefaultExpressionSyntax when OptionsTypeOf(request, node) is { } options:
                return new Change(node, current => NewOptions(request, node, options, member, value).WithTriviaFrom(current));

            case SimpleNameSyntax name when name.FirstAncestorOrSelf<InvocationExpressionSyntax>() is { } invocation
                && request.Model.GetSymbolInfo(invocation, request.CancellationToken).Symbol is IMethodSymbol method
                && method.Parameters.FirstOrDefault(parameter => request.Ai.TrainingOptionsOf(parameter.Type) is not null) is { } parameter:
                var argument = SyntaxFactory.Argument(NewOptions(request, node, parameter.Type, member, value))
                    .WithNameColon(SyntaxFactory.NameColon(parameter.Name).WithTrailingTrivia(SyntaxFactory.Space));
                return new Change(invocation.ArgumentList, current =>
                {
                    var list = (ArgumentListSyntax)current;
                    return list.WithArguments(InitializerSyntax.With(list.Arguments, argument));
                });

            default:
                return null;
        }
    }

    private static Change? ChangeOf(FixRequest request, BaseObjectCreationExpressionSyntax creation, string member, ExpressionSyntax value)
    {
        var type = request.Model.GetTypeInfo(creation, request.CancellationToken).Type;
        if (creation.Initializer is { } initializer
            && initializer.Expressions.OfType<AssignmentExpressionSyntax>().FirstOrDefault(assignment => NameOf(assignment.Left) == member) is { } assigned)
        {
            // `ValidationFile = null`
            return new Change(assigned.Right, current => value.WithTriviaFrom(current));
        }

        if (request.Ai.TrainingOptionsOf(type) is not null)
        {
            return new Change(creation, current => InitializerSyntax.With((BaseObjectCreationExpressionSyntax)current, InitializerSyntax.Set(SyntaxFactory.IdentifierName(member), value)));
        }

        // A dictionary, in the way in which it is written.
        return creation.Initializer?.Expressions.LastOrDefault() switch
        {
            AssignmentExpressionSyntax { Left: ImplicitElementAccessSyntax } => new Change(creation, current =>
                InitializerSyntax.With((BaseObjectCreationExpressionSyntax)current, InitializerSyntax.Set(
                    SyntaxFactory.ImplicitElementAccess(SyntaxFactory.BracketedArgumentList(SyntaxFactory.SingletonSeparatedList(SyntaxFactory.Argument(GeneratedSyntax.Text(member))))),
                    value))),
            InitializerExpressionSyntax { Expressions.Count: 2 } => new Change(creation, current =>
                InitializerSyntax.With((BaseObjectCreationExpressionSyntax)current, Pair(GeneratedSyntax.Text(member), value))),
            _ => null,
        };
    }

    private static InitializerExpressionSyntax Pair(ExpressionSyntax key, ExpressionSyntax value) =>
        SyntaxFactory.InitializerExpression(
            SyntaxKind.ComplexElementInitializerExpression,
            SyntaxFactory.Token(SyntaxKind.OpenBraceToken).WithTrailingTrivia(SyntaxFactory.Space),
            SyntaxFactory.SeparatedList<ExpressionSyntax>(
            [
                key,
                SyntaxFactory.Token(SyntaxKind.CommaToken).WithTrailingTrivia(SyntaxFactory.Space),
                value.WithTrailingTrivia(SyntaxFactory.Space),
            ]),
            SyntaxFactory.Token(SyntaxKind.CloseBraceToken));

    private static AnonymousObjectCreationExpressionSyntax WithMember(AnonymousObjectCreationExpressionSyntax creation, string member, ExpressionSyntax value)
    {
        // `validation_file = (string?)null`
        var set = creation.Initializers.FirstOrDefault(initializer => initializer.NameEquals?.Name.Identifier.ValueText == member);

        return set is not null
            ? creation.ReplaceNode(set.Expression, value.WithTriviaFrom(set.Expression))
            : creation.WithInitializers(InitializerSyntax.With(creation.Initializers, SyntaxFactory.AnonymousObjectMemberDeclarator(
                SyntaxFactory.NameEquals(SyntaxFactory.IdentifierName(member).WithTrailingTrivia(SyntaxFactory.Space), SyntaxFactory.Token(SyntaxKind.EqualsToken).WithTrailingTrivia(SyntaxFactory.Space)),
                value)));
    }

    private static ObjectCreationExpressionSyntax NewOptions(FixRequest request, SyntaxNode place, ITypeSymbol type, string member, ExpressionSyntax value)
    {
        // The shortest name that means the type here, so that the text does not depend on what the editor shortens.
        var name = SyntaxFactory.ParseTypeName(type.ToMinimalDisplayString(request.Model, NullableFlowState.None, place.SpanStart));

        return SyntaxFactory.ObjectCreationExpression(
            SyntaxFactory.Token(SyntaxKind.NewKeyword).WithTrailingTrivia(SyntaxFactory.Space),
            name.WithTrailingTrivia(SyntaxFactory.Space),
            argumentList: null,
            InitializerSyntax.Initializer(InitializerSyntax.Set(SyntaxFactory.IdentifierName(member), value)));
    }

    private static ITypeSymbol? OptionsTypeOf(FixRequest request, SyntaxNode node) =>
        request.Model.GetTypeInfo(node, request.CancellationToken).ConvertedType is { } type && request.Ai.TrainingOptionsOf(type) is not null
            ? type.WithNullableAnnotation(NullableAnnotation.None)
            : null;

    private static string? NameOf(ExpressionSyntax left) => left switch
    {
        IdentifierNameSyntax name => name.Identifier.ValueText,
        ImplicitElementAccessSyntax { ArgumentList.Arguments: [{ Expression: LiteralExpressionSyntax key }] } => key.Token.ValueText,
        _ => null,
    };

    private sealed record Change(SyntaxNode Node, Func<SyntaxNode, SyntaxNode> Replace);
}
