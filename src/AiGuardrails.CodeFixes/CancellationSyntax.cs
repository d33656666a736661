using AiGuardrails.Analyzers.Flow;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Formatting;

namespace AiGuardrails.CodeFixes;

/// <summary>Tokens that fixes pass on, and statements that they put into a body.</summary>
internal static class CancellationSyntax
{
    /// <summary>A token that can be named at the place and that somebody cancels: the nearest parameter or local.</summary>
    public static string? TokenInScope(FixRequest request, SyntaxNode place)
    {
        var candidates = request.Model.LookupSymbols(place.SpanStart)
            .Where(symbol => symbol is IParameterSymbol { RefKind: RefKind.None } or ILocalSymbol)
            .Where(symbol => CancellationTokens.IsToken(TypeOf(symbol)) || CancellationTokens.IsSource(TypeOf(symbol)))
            .Where(symbol => IsUsable(symbol, place))
            .OrderByDescending(static symbol => symbol.Locations[0].SourceSpan.Start);

        foreach (var symbol in candidates)
        {
            if (CancellationTokens.IsSource(TypeOf(symbol)))
            {
                // A source with a time-out, as the fix itself writes it, serves for the waits that follow.
                if (symbol is ILocalSymbol && IsTimedSource(request, symbol))
                {
                    return symbol.Name + ".Token";
                }
            }
            else if (symbol is IParameterSymbol || !IsNever(request, symbol))
            {
                return symbol.Name;
            }
        }

        return null;
    }

    /// <summary>A name that nothing in the function around the node has.</summary>
    public static string UniqueName(SyntaxNode node, string name, ICollection<string> taken)
    {
        var used = new HashSet<string>(
            (node.FirstAncestorOrSelf<MemberDeclarationSyntax>(static member => member is not GlobalStatementSyntax) ?? node.SyntaxTree.GetRoot())
                .DescendantTokens().Where(static token => token.IsKind(SyntaxKind.IdentifierToken)).Select(static token => token.ValueText),
            StringComparer.Ordinal);

        var unique = name;
        for (var i = 2; used.Contains(unique) || taken.Contains(unique); i++)
        {
            unique = name + i.ToString(System.Globalization.CultureInfo.InvariantCulture);
        }

        taken.Add(unique);
        return unique;
    }

    /// <summary>Whether a statement can be put before this one, with a block around both where it takes one.</summary>
    public static bool CanPrecede(StatementSyntax statement) => statement.Parent switch
    {
        BlockSyntax or GlobalStatementSyntax => true,
        SwitchSectionSyntax or IfStatementSyntax or ElseClauseSyntax or WhileStatementSyntax or ForStatementSyntax or CommonForEachStatementSyntax or DoStatementSyntax or LockStatementSyntax or UsingStatementSyntax
            => statement is not LocalDeclarationStatementSyntax,
        _ => false,
    };

    /// <summary>The statements with one more before them: where they stand if there is room for two, else in a block.</summary>
    public static void Precede(Microsoft.CodeAnalysis.Editing.SyntaxEditor editor, StatementSyntax statement, StatementSyntax first)
    {
        var line = first.WithTrailingTrivia(SyntaxFactory.ElasticLineFeed).WithAdditionalAnnotations(Formatter.Annotation);
        switch (statement.Parent)
        {
            case BlockSyntax:
                editor.InsertBefore(statement, line);
                break;
            case GlobalStatementSyntax global:
                editor.InsertBefore(global, SyntaxFactory.GlobalStatement(first.WithTrailingTrivia(LineEndOf(global))).WithAdditionalAnnotations(Formatter.Annotation));
                break;
            default:
                editor.ReplaceNode(statement, (current, _) =>
                    SyntaxFactory.Block(line, ((StatementSyntax)current).WithoutLeadingTrivia().WithTrailingTrivia(SyntaxFactory.ElasticLineFeed).WithAdditionalAnnotations(Formatter.Annotation))
                        .WithLeadingTrivia(current.GetLeadingTrivia())
                        .WithTrailingTrivia(current.GetTrailingTrivia())
                        .WithAdditionalAnnotations(Formatter.Annotation));
                break;
        }
    }

    /// <summary>The loop with a statement at the beginning of each round.</summary>
    public static SyntaxNode WithFirst(SyntaxNode loop, StatementSyntax first)
    {
        first = first.WithTrailingTrivia(SyntaxFactory.ElasticLineFeed).WithAdditionalAnnotations(Formatter.Annotation);
        var body = (StatementSyntax)LoopGraph.RoundsOf(loop)!;
        StatementSyntax longer = body switch
        {
            BlockSyntax block => block.WithStatements(block.Statements.Insert(0, first)),
            EmptyStatementSyntax => SyntaxFactory.Block(first).WithTrailingTrivia(body.GetTrailingTrivia()).WithAdditionalAnnotations(Formatter.Annotation),
            _ => SyntaxFactory.Block(first, body.WithAdditionalAnnotations(Formatter.Annotation)).WithTrailingTrivia(body.GetTrailingTrivia().Where(static trivia => trivia.IsKind(SyntaxKind.EndOfLineTrivia))).WithAdditionalAnnotations(Formatter.Annotation),
        };

        return loop switch
        {
            WhileStatementSyntax statement => statement.WithCloseParenToken(Ended(statement.CloseParenToken, body)).WithStatement(longer),
            DoStatementSyntax statement => statement.WithStatement(longer),
            ForStatementSyntax statement => statement.WithCloseParenToken(Ended(statement.CloseParenToken, body)).WithStatement(longer),
            ForEachStatementSyntax statement => statement.WithStatement(longer),
            ForEachVariableStatementSyntax statement => statement.WithStatement(longer),
            _ => loop,
        };
    }

    // "while (…);" becomes a block on lines of its own.
    private static SyntaxToken Ended(SyntaxToken token, StatementSyntax body) =>
        body is EmptyStatementSyntax ? token.WithTrailingTrivia(SyntaxFactory.ElasticLineFeed) : token;

    private static SyntaxTrivia LineEndOf(SyntaxNode node)
    {
        var end = node.SyntaxTree.GetRoot().DescendantTrivia().FirstOrDefault(static trivia => trivia.IsKind(SyntaxKind.EndOfLineTrivia));
        return end == default ? SyntaxFactory.ElasticLineFeed : SyntaxFactory.EndOfLine(end.ToString());
    }

    private static ITypeSymbol? TypeOf(ISymbol symbol) => symbol switch
    {
        IParameterSymbol parameter => parameter.Type,
        ILocalSymbol local => local.Type,
        _ => null,
    };

    /// <summary>Whether the variable has a value there, and no static function stands in between.</summary>
    private static bool IsUsable(ISymbol symbol, SyntaxNode place)
    {
        if (symbol.DeclaringSyntaxReferences is not [var reference])
        {
            return false;
        }

        var declaration = reference.GetSyntax();
        if (symbol is ILocalSymbol && (declaration is not VariableDeclaratorSyntax { Initializer: { } initializer } || initializer.Span.End > place.SpanStart))
        {
            return false;
        }

        // A parameter of a primary constructor may be meant for a field that lives longer.
        return declaration is not ParameterSyntax { Parent.Parent: TypeDeclarationSyntax }
            && !place.Ancestors().TakeWhile(ancestor => !ancestor.Span.Contains(declaration.Span)).Any(static ancestor =>
                ancestor is AnonymousFunctionExpressionSyntax lambda && lambda.Modifiers.Any(SyntaxKind.StaticKeyword)
                || ancestor is LocalFunctionStatementSyntax local && local.Modifiers.Any(SyntaxKind.StaticKeyword));
    }

    private static bool IsTimedSource(FixRequest request, ISymbol local) =>
        ReferenceTo(request, local) is { } source && CancellationTokens.Of(source, request.CancellationToken) == Cancellability.AfterTime;

    private static bool IsNever(FixRequest request, ISymbol local) =>
        ReferenceTo(request, local) is { } token && CancellationTokens.Of(token, request.CancellationToken) == Cancellability.Never;

    private static IOperation? ReferenceTo(FixRequest request, ISymbol local)
    {
        var declarator = (VariableDeclaratorSyntax)local.DeclaringSyntaxReferences[0].GetSyntax(request.CancellationToken);
        var scope = declarator.FirstAncestorOrSelf<MemberDeclarationSyntax>(static member => member is not GlobalStatementSyntax) ?? request.Root;
        return scope.DescendantNodes().OfType<IdentifierNameSyntax>()
            .Where(name => name.Identifier.ValueText == local.Name)
            .Select(name => request.Model.TryGetOperation(name, request.CancellationToken))
            .FirstOrDefault(operation => operation is Microsoft.CodeAnalysis.Operations.ILocalReferenceOperation reference && SymbolEqualityComparer.Default.Equals(reference.Local, local))
            ?? (declarator.Initializer is { } initializer ? request.Model.TryGetOperation(initializer.Value, request.CancellationToken) : null);
    }
}
