using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Editing;
using Microsoft.CodeAnalysis.FindSymbols;

namespace AiGuardrails.CodeFixes;

/// <summary>What stood in the code as a constant, and is read when the program runs: from an <c>IConfiguration</c> in scope, or from the environment.</summary>
internal static class RunTimeValue
{
    /// <summary>Puts a value of run time in the place of a literal, and takes <c>const</c> from its declaration.</summary>
    public static void Put(DocumentEditor editor, ExpressionSyntax literal, ExpressionSyntax value)
    {
        editor.ReplaceNode(literal, NeedsParentheses(literal)
            ? SyntaxFactory.ParenthesizedExpression(value).WithTriviaFrom(literal)
            : value.WithTriviaFrom(literal));

        switch (ConstantDeclarationOf(literal))
        {
            case FieldDeclarationSyntax field:
                editor.ReplaceNode(field, static (current, _) => WithModifiers((FieldDeclarationSyntax)current));
                break;
            case LocalDeclarationStatementSyntax local:
                editor.ReplaceNode(local, static (current, _) => WithoutConst((LocalDeclarationStatementSyntax)current));
                break;
        }
    }

    /// <summary><c>configuration["key"] ?? throw …</c>.</summary>
    public static BinaryExpressionSyntax FromConfiguration(string configuration, string key) =>
        GeneratedSyntax.OrThrow(
            SyntaxFactory.ElementAccessExpression(
                SyntaxFactory.IdentifierName(configuration),
                SyntaxFactory.BracketedArgumentList(SyntaxFactory.SingletonSeparatedList(SyntaxFactory.Argument(GeneratedSyntax.Text(key))))),
            $"Set '{key}' in the configuration.");

    /// <summary><c>Environment.GetEnvironmentVariable("VARIABLE") ?? throw …</c>.</summary>
    public static BinaryExpressionSyntax FromEnvironment(string variable) =>
        GeneratedSyntax.OrThrow(
            SyntaxFactory.InvocationExpression(
                SyntaxFactory.MemberAccessExpression(
                    SyntaxKind.SimpleMemberAccessExpression,
                    GeneratedSyntax.TypeExpression("System.Environment"),
                    SyntaxFactory.IdentifierName("GetEnvironmentVariable")),
                SyntaxFactory.ArgumentList(SyntaxFactory.SingletonSeparatedList(SyntaxFactory.Argument(GeneratedSyntax.Text(variable))))),
            $"Set the environment variable '{variable}'.");

    /// <summary>Whether the literal is the default of a parameter.</summary>
    public static bool IsInDefaultValue(ExpressionSyntax literal) => literal.FirstAncestorOrSelf<ParameterSyntax>() is { } parameter && parameter.Default?.Span.Contains(literal.Span) == true;

    /// <summary>The name of an <c>IConfiguration</c> that the code at this place can read, or null.</summary>
    public static string? ConfigurationInScope(FixRequest request, ExpressionSyntax place)
    {
        // An initialiser runs before there is an instance, and a static member has none.
        var isInitializer = place.FirstAncestorOrSelf<BaseFieldDeclarationSyntax>() is not null
            || place.Ancestors().OfType<EqualsValueClauseSyntax>().Any(static clause => clause.Parent is PropertyDeclarationSyntax);
        var isStatic = isInitializer || IsInStaticContext(request, place)
            || place.Ancestors().Any(static node => node is ConstructorInitializerSyntax or PrimaryConstructorBaseTypeSyntax);

        return request.Model.LookupSymbols(place.SpanStart)
            .Where(symbol => symbol switch
            {
                ILocalSymbol local => !isInitializer && IsConfiguration(local.Type) && local.Locations[0].SourceSpan.End <= place.SpanStart && !CrossesStaticFunction(place, local),
                IParameterSymbol { ContainingSymbol: IMethodSymbol { MethodKind: MethodKind.Constructor } constructor } when isStatic && IsPrimary(constructor, request.CancellationToken) => false,
                IParameterSymbol parameter => !isInitializer && IsConfiguration(parameter.Type) && !CrossesStaticFunction(place, parameter),
                IFieldSymbol field => IsConfiguration(field.Type) && (field.IsStatic || !isStatic),
                IPropertySymbol { IsIndexer: false, GetMethod: not null } property => IsConfiguration(property.Type) && (property.IsStatic || !isStatic),
                _ => false,
            })
            .OrderBy(symbol => symbol switch
            {
                // To capture the parameter of a primary constructor is the last resort: a field may hold it already.
                IParameterSymbol { ContainingSymbol: IMethodSymbol { MethodKind: MethodKind.Constructor } constructor } when IsPrimary(constructor, request.CancellationToken) => 2,
                ILocalSymbol or IParameterSymbol => 0,
                _ => 1,
            })
            .ThenBy(static symbol => symbol.Name, StringComparer.Ordinal)
            .FirstOrDefault()?.Name;
    }

    private static bool IsPrimary(IMethodSymbol constructor, CancellationToken cancellationToken) =>
        constructor.DeclaringSyntaxReferences.Any(declaration => declaration.GetSyntax(cancellationToken) is TypeDeclarationSyntax);

    private static bool IsConfiguration(ITypeSymbol type)
    {
        return IsIt(type) || type.AllInterfaces.Any(IsIt);

        static bool IsIt(ITypeSymbol candidate) =>
            candidate is { Name: "IConfiguration", TypeKind: TypeKind.Interface } && candidate.ContainingNamespace.ToDisplayString() == "Microsoft.Extensions.Configuration";
    }

    private static bool IsInStaticContext(FixRequest request, ExpressionSyntax place)
    {
        for (var symbol = request.Model.GetEnclosingSymbol(place.SpanStart, request.CancellationToken); symbol is not null and not INamedTypeSymbol; symbol = symbol.ContainingSymbol)
        {
            if (symbol.IsStatic)
            {
                return true;
            }
        }

        return false;
    }

    private static bool CrossesStaticFunction(ExpressionSyntax place, ISymbol variable) =>
        place.Ancestors().Any(node =>
            (node is AnonymousFunctionExpressionSyntax { Modifiers: var modifiers } && modifiers.Any(SyntaxKind.StaticKeyword)
                || node is LocalFunctionStatementSyntax { Modifiers: var functionModifiers } && functionModifiers.Any(SyntaxKind.StaticKeyword))
            && !variable.Locations.Any(location => location.SourceTree == node.SyntaxTree && node.Span.Contains(location.SourceSpan)));

    private static bool NeedsParentheses(ExpressionSyntax literal) => literal.Parent is
        BinaryExpressionSyntax { RawKind: not (int)SyntaxKind.CoalesceExpression } or MemberAccessExpressionSyntax or ConditionalAccessExpressionSyntax
        or ElementAccessExpressionSyntax or CastExpressionSyntax or PostfixUnaryExpressionSyntax or SwitchExpressionSyntax or IsPatternExpressionSyntax
        || (literal.Parent is BinaryExpressionSyntax coalesce && coalesce.Left == literal)
        || (literal.Parent is ConditionalExpressionSyntax conditional && conditional.Condition == literal);

    /// <summary>The declaration of the constant whose value this is, or null where it is no constant.</summary>
    public static SyntaxNode? ConstantDeclarationOf(ExpressionSyntax literal) =>
        literal.FirstAncestorOrSelf<VariableDeclaratorSyntax>()?.Parent?.Parent switch
        {
            FieldDeclarationSyntax field when field.Modifiers.Any(SyntaxKind.ConstKeyword) => field,
            LocalDeclarationStatementSyntax local when local.IsConst => local,
            _ => null,
        };

    /// <summary>Whether everything that reads the constant can read a value of run time instead.</summary>
    public static async Task<bool> CanReplaceAsync(FixRequest request, SyntaxNode declaration)
    {
        var variables = declaration switch
        {
            FieldDeclarationSyntax field => field.Declaration.Variables,
            LocalDeclarationStatementSyntax local => local.Declaration.Variables,
            _ => default,
        };

        if (variables is not [var variable] || request.Model.GetDeclaredSymbol(variable, request.CancellationToken) is not { } constant)
        {
            return false;
        }

        foreach (var reference in await SymbolFinder.FindReferencesAsync(constant, request.Document.Project.Solution, request.CancellationToken).ConfigureAwait(false))
        {
            foreach (var location in reference.Locations)
            {
                var root = await location.Document.GetSyntaxRootAsync(request.CancellationToken).ConfigureAwait(false);
                if (root is null || location.IsImplicit || NeedsConstant(root.FindNode(location.Location.SourceSpan, getInnermostNodeForTie: true)))
                {
                    return false;
                }
            }
        }

        return true;
    }

    /// <summary>Whether the language asks for a constant at this place, which is no declaration of one.</summary>
    public static bool IsInConstantPlace(SyntaxNode use) =>
        use.Ancestors().Any(static node => node is AttributeSyntax or CaseSwitchLabelSyntax or PatternSyntax or GotoStatementSyntax or BinaryExpressionSyntax { RawKind: (int)SyntaxKind.IsExpression });

    private static bool NeedsConstant(SyntaxNode use) =>
        IsInConstantPlace(use)
        || use.Ancestors().Any(static node => (node is EqualsValueClauseSyntax clause && clause.Parent is ParameterSyntax)
            || (node is FieldDeclarationSyntax field && field.Modifiers.Any(SyntaxKind.ConstKeyword))
            || (node is LocalDeclarationStatementSyntax { IsConst: true }));

    private static FieldDeclarationSyntax WithModifiers(FieldDeclarationSyntax field)
    {
        var constant = field.Modifiers.First(static modifier => modifier.IsKind(SyntaxKind.ConstKeyword));
        return field.WithModifiers(field.Modifiers.ReplaceRange(constant,
        [
            SyntaxFactory.Token(SyntaxKind.StaticKeyword).WithLeadingTrivia(constant.LeadingTrivia).WithTrailingTrivia(SyntaxFactory.Space),
            SyntaxFactory.Token(SyntaxKind.ReadOnlyKeyword).WithTrailingTrivia(constant.TrailingTrivia),
        ]));
    }

    private static LocalDeclarationStatementSyntax WithoutConst(LocalDeclarationStatementSyntax local)
    {
        var constant = local.Modifiers.First(static modifier => modifier.IsKind(SyntaxKind.ConstKeyword));
        return local.WithModifiers(local.Modifiers.Remove(constant)).WithLeadingTrivia(local.GetLeadingTrivia());
    }
}
