using System.Collections.Immutable;
using System.Composition;
using AiGuardrails.Analyzers.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Editing;

namespace AiGuardrails.CodeFixes.Rules.Jobs;

/// <summary>Fix of AIG4006: the overload that takes a token, on the job itself.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(StaleJobObjectCodeFix))]
[Shared]
public sealed class StaleJobObjectCodeFix : AiCodeFix
{
    private const string Key = "RefreshWithToken";

    /// <summary>Initializes a new instance of the <see cref="StaleJobObjectCodeFix"/> class.</summary>
    public StaleJobObjectCodeFix()
        : base(RuleIds.StaleJobObject)
    {
    }

    private protected override Task<ImmutableArray<FixOffer>> OffersAsync(FixRequest request, Diagnostic diagnostic) =>
        Task.FromResult<ImmutableArray<FixOffer>>(
            FreshOf(request, diagnostic) is { } fresh ? [new FixOffer($"Call the overload that takes a token: '{fresh.WithoutTrivia()}'", Key)] : []);

    private protected override async Task<Document> FixAsync(FixRequest request, ImmutableArray<Diagnostic> diagnostics, string equivalenceKey)
    {
        var editor = await DocumentEditor.CreateAsync(request.Document, request.CancellationToken).ConfigureAwait(false);
        foreach (var diagnostic in diagnostics)
        {
            if (FreshOf(request, diagnostic) is { } fresh)
            {
                editor.ReplaceNode(request.NodeOf(diagnostic), fresh);
            }
        }

        return editor.GetChangedDocument();
    }

    /// <summary>The call that brings the job up to date; null where it is not evident what the options are for, or what the job is.</summary>
    private static InvocationExpressionSyntax? FreshOf(FixRequest request, Diagnostic diagnostic)
    {
        if (request.NodeOf(diagnostic) is not InvocationExpressionSyntax { Expression: var method, ArgumentList.Arguments: var arguments } call || arguments.Count > 1)
        {
            return null;
        }

        // "((OperationResult)job).UpdateStatus()": without the cast, the call binds to the overload of the job.
        var receiver = method switch
        {
            MemberAccessExpressionSyntax access => access.Expression,
            MemberBindingExpressionSyntax when call.Parent is ConditionalAccessExpressionSyntax access && access.WhenNotNull == call => access.Expression,
            _ => null,
        };

        var job = receiver is ParenthesizedExpressionSyntax { Expression: CastExpressionSyntax cast } ? cast.Expression : receiver;
        if (job is null || request.Ai.JobOf(request.Model.GetTypeInfo(job, request.CancellationToken).Type) is not { UntypedRefreshParameter: not null })
        {
            return null;
        }

        if (arguments.FirstOrDefault() is { } options)
        {
            if (TokenOf(request, call, options.Expression) is not { } token)
            {
                return null;
            }

            call = call.WithArgumentList(token.Length == 0
                ? call.ArgumentList.WithArguments(default)
                : call.ArgumentList.WithArguments(SyntaxFactory.SingletonSeparatedList(SyntaxFactory.Argument(SyntaxFactory.ParseExpression(token)).WithTriviaFrom(options))));
        }

        return job == receiver ? call : call.WithExpression(((MemberAccessExpressionSyntax)method).WithExpression(job.WithTriviaFrom(receiver!)));
    }

    /// <summary>The token that stands for the options: none where they are empty, and null where they say more than a token can.</summary>
    private static string? TokenOf(FixRequest request, SyntaxNode call, ExpressionSyntax options)
    {
        switch (options)
        {
            case PostfixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.SuppressNullableWarningExpression } suppressed:
                return TokenOf(request, call, suppressed.Operand);

            // "(RequestOptions?)null": a bare null would fit both overloads.
            case CastExpressionSyntax cast:
                return TokenOf(request, call, cast.Expression);

            case LiteralExpressionSyntax or DefaultExpressionSyntax:
            case BaseObjectCreationExpressionSyntax { ArgumentList: null or { Arguments.Count: 0 }, Initializer: null or { Expressions.Count: 0 } }:
                return CancellationSyntax.TokenInScope(request, call) ?? "";

            case BaseObjectCreationExpressionSyntax { ArgumentList: null or { Arguments.Count: 0 }, Initializer.Expressions: [AssignmentExpressionSyntax { Left: IdentifierNameSyntax { Identifier.ValueText: "CancellationToken" }, Right: var token }] }:
                return token.WithoutTrivia().ToString();

            default:
                return null;
        }
    }
}
