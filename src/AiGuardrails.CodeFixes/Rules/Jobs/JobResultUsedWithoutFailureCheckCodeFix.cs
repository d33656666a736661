using System.Collections.Immutable;
using System.Composition;
using AiGuardrails.Analyzers.Diagnostics;
using AiGuardrails.Analyzers.Sdks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Editing;
using Microsoft.CodeAnalysis.Formatting;

namespace AiGuardrails.CodeFixes.Rules.Jobs;

/// <summary>Fix of AIG4003: before the result is read, throw unless the job succeeded.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(JobResultUsedWithoutFailureCheckCodeFix))]
[Shared]
public sealed class JobResultUsedWithoutFailureCheckCodeFix : AiCodeFix
{
    private const string Key = "ThrowUnlessSucceeded";

    /// <summary>Initializes a new instance of the <see cref="JobResultUsedWithoutFailureCheckCodeFix"/> class.</summary>
    public JobResultUsedWithoutFailureCheckCodeFix()
        : base(RuleIds.JobResultUsedWithoutFailureCheck)
    {
    }

    private protected override Task<ImmutableArray<FixOffer>> OffersAsync(FixRequest request, Diagnostic diagnostic) =>
        Task.FromResult<ImmutableArray<FixOffer>>(
            GuardOf(request, diagnostic) is not null ? [new FixOffer("Throw unless the job succeeded", Key)] : []);

    private protected override async Task<Document> FixAsync(FixRequest request, ImmutableArray<Diagnostic> diagnostics, string equivalenceKey)
    {
        var editor = await DocumentEditor.CreateAsync(request.Document, request.CancellationToken).ConfigureAwait(false);
        var placed = new List<Guard>();
        foreach (var diagnostic in diagnostics)
        {
            // One guard covers whatever follows it in its block.
            if (GuardOf(request, diagnostic) is { } guard && !placed.Any(earlier => earlier.Covers(guard)))
            {
                placed.Add(guard);
                Place(editor, guard);
            }
        }

        return editor.GetChangedDocument();
    }

    private static void Place(DocumentEditor editor, Guard guard)
    {
        var check = GeneratedSyntax.ThrowIf(guard.Condition, guard.Message);
        switch (guard.Statement.Parent)
        {
            case BlockSyntax or SwitchSectionSyntax:
                editor.InsertBefore(guard.Statement, check);
                break;

            case GlobalStatementSyntax global:
                editor.InsertBefore(global, SyntaxFactory.GlobalStatement(check).WithAdditionalAnnotations(Formatter.Annotation));
                break;

            default:
                // The lone statement of an "if" or a loop becomes a block.
                editor.ReplaceNode(guard.Statement, (current, _) => SyntaxFactory.Block(check, ((StatementSyntax)current).WithAdditionalAnnotations(Formatter.Annotation)).WithAdditionalAnnotations(Formatter.Annotation));
                break;
        }
    }

    private static Guard? GuardOf(FixRequest request, Diagnostic diagnostic)
    {
        var read = request.NodeOf(diagnostic) as ExpressionSyntax;
        var statement = read?.FirstAncestorOrSelf<StatementSyntax>();
        if (read is null || statement is null or LocalFunctionStatementSyntax
            || read.Ancestors().TakeWhile(node => node != statement).Any(static node => node is AnonymousFunctionExpressionSyntax)
            // A condition of a loop is asked again and again, and nothing can stand before it each time.
            || statement is WhileStatementSyntax or DoStatementSyntax or ForStatementSyntax
            || StatusOf(read, request) is not { } status
            || IsDeclaredIn(statement, read, request))
        {
            return null;
        }

        return new Guard(
            statement,
            SyntaxFactory.ParseExpression(status.Differs),
            status.Shown is { } shown
                ? SyntaxFactory.ParseExpression($"$\"The {status.Job.Name} ended as '{{{shown}}}'.\"")
                : GeneratedSyntax.Text($"The {status.Job.Name} did not succeed."),
            status.Differs);
    }

    // "x is { } job ? job.Value : …": before the statement there is no such job.
    private static bool IsDeclaredIn(StatementSyntax statement, ExpressionSyntax read, FixRequest request) =>
        read.DescendantNodesAndSelf().OfType<IdentifierNameSyntax>().Any(name =>
            request.Model.GetSymbolInfo(name, request.CancellationToken).Symbol is ILocalSymbol { DeclaringSyntaxReferences: [var declaration] } && statement.Span.Contains(declaration.Span));

    /// <summary>How the status of the job is asked, in the terms in which the code asks for its result.</summary>
    private static StatusText? StatusOf(ExpressionSyntax read, FixRequest request)
    {
        var (root, isCall) = read switch
        {
            InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax call } => (call.Expression, true),
            MemberAccessExpressionSyntax access => (access.Expression, false),
            ElementAccessExpressionSyntax element => (element.Expression, false),
            _ => (null, false),
        };

        if (root is null || !IsStable(root))
        {
            return null;
        }

        var name = root.WithoutTrivia().ToString();
        var type = request.Model.GetTypeInfo(root, request.CancellationToken).Type;
        if (request.Ai.JobOf(type) is { StatusType: not null } job && request.Model.Compilation.GetTypesByMetadataName(job.StatusType) is [var statusType, ..])
        {
            var succeeded = job.States.First(static state => state.Kind == JobStateKind.Succeeded).Member;
            return new StatusText(job, $"{name}.Status != {statusType.ToMinimalDisplayString(request.Model, read.SpanStart)}.{succeeded}", $"{name}.Status");
        }

        if (request.Ai.FileOf(request.Model, request.CancellationToken).Bodies.FirstOrDefault(body => body.Syntax.Span.Contains(read.Span))?.Http.Job is not { } raw)
        {
            return null;
        }

        var word = raw.States.First(static state => state.Kind == JobStateKind.Succeeded).Wire;
        var shown = type switch
        {
            { Name: "JsonElement" } when isCall => $"{name}.GetProperty(\"status\").GetString()",
            { Name: "JsonNode" or "JsonObject" or "JObject" or "JToken" } => $"(string?){name}[\"status\"]",
            _ => type?.GetMembers().OfType<IPropertySymbol>().FirstOrDefault(static property =>
                property.Type.SpecialType == SpecialType.System_String && string.Equals(property.Name, RawHttp.StatusMember, StringComparison.OrdinalIgnoreCase)) is { } property
                ? $"{name}.{property.Name}"
                : null,
        };

        // Quotes inside an interpolation need C# 11.
        return shown is null ? null : new StatusText(raw, $"{shown} != \"{word}\"", shown.Contains("\"") ? null : shown);
    }

    // Asking twice must give the same job: names, and members of names.
    private static bool IsStable(ExpressionSyntax expression) => expression switch
    {
        IdentifierNameSyntax or ThisExpressionSyntax => true,
        MemberAccessExpressionSyntax access => IsStable(access.Expression),
        _ => false,
    };

    private readonly record struct StatusText(JobTable Job, string Differs, string? Shown);

    private sealed record Guard(StatementSyntax Statement, ExpressionSyntax Condition, ExpressionSyntax Message, string Text)
    {
        public bool Covers(Guard other) =>
            Text == other.Text
            && Statement.SpanStart <= other.Statement.SpanStart
            && Statement.Parent is { } block
            && block.Span.Contains(other.Statement.Span);
    }
}
