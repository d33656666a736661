using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AiGuardrails.CodeFixes.Rules.Governance;

/// <summary>The ID of a validation file that the code already has: a variable of that name, or an uploaded file of that name.</summary>
internal static class ValidationFiles
{
    /// <summary>An expression for the ID, or null where nothing in scope is one by its name and type.</summary>
    public static ExpressionSyntax? ValueAt(FixRequest request, SyntaxNode place)
    {
        var position = place.SpanStart;
        var enclosing = request.Model.GetEnclosingSymbol(position, request.CancellationToken);

        return request.Model.LookupSymbols(position)
            .Where(symbol => symbol.Name.IndexOf("validation", StringComparison.OrdinalIgnoreCase) >= 0 && IsUsable(symbol, enclosing, position))
            .OrderBy(static symbol => symbol is ILocalSymbol ? 0 : symbol is IParameterSymbol ? 1 : 2)
            .ThenBy(static symbol => symbol.Name, StringComparer.Ordinal)
            .Select(IdOf)
            .FirstOrDefault(static id => id is not null);
    }

    private static ExpressionSyntax? IdOf(ISymbol symbol)
    {
        var type = symbol switch
        {
            ILocalSymbol local => local.Type,
            IParameterSymbol parameter => parameter.Type,
            IFieldSymbol field => field.Type,
            IPropertySymbol property => property.Type,
            _ => null,
        };
        var name = SyntaxFactory.IdentifierName(symbol.Name);
        if (type?.SpecialType == SpecialType.System_String)
        {
            // A text called validationFile, or validationPath, may be the path of the file.
            return symbol.Name.EndsWith("Id", StringComparison.OrdinalIgnoreCase) ? name : null;
        }

        if (IsFile(type))
        {
            return Member(name, "Id");
        }

        // ClientResult<OpenAIFile> and the like.
        return type is INamedTypeSymbol { TypeArguments: [var file] } result && IsFile(file) && HasProperty(result, "Value", file)
            ? Member(Member(name, "Value"), "Id")
            : null;
    }

    private static bool IsFile(ITypeSymbol? type) =>
        type is INamedTypeSymbol && type.Name.EndsWith("File", StringComparison.Ordinal)
        && type.GetMembers("Id").OfType<IPropertySymbol>().Any(static property => property.Type.SpecialType == SpecialType.System_String);

    private static bool HasProperty(INamedTypeSymbol type, string name, ITypeSymbol propertyType)
    {
        for (var current = type; current is not null; current = current.BaseType)
        {
            if (current.GetMembers(name).OfType<IPropertySymbol>().Any(property => SymbolEqualityComparer.Default.Equals(property.Type, propertyType)))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether the symbol has a value there, and may be named there.</summary>
    private static bool IsUsable(ISymbol symbol, ISymbol? enclosing, int position)
    {
        var isInitializer = enclosing is IFieldSymbol or IPropertySymbol;
        var isStatic = Enclosing(enclosing).Any(static method => method.IsStatic);
        switch (symbol)
        {
            case ILocalSymbol local:
                return local.DeclaringSyntaxReferences is [var declaration]
                    && declaration.Span.End < position
                    && declaration.GetSyntax() is VariableDeclaratorSyntax { Initializer: not null }
                    && IsReachable(symbol, enclosing);

            case IParameterSymbol parameter:
                return parameter.RefKind is RefKind.None or RefKind.In && IsReachable(symbol, enclosing);

            case IFieldSymbol or IPropertySymbol { GetMethod: not null, IsIndexer: false }:
                return symbol.IsStatic || (!isStatic && !isInitializer);

            default:
                return false;
        }
    }

    private static IEnumerable<IMethodSymbol> Enclosing(ISymbol? symbol)
    {
        for (; symbol is IMethodSymbol method; symbol = symbol.ContainingSymbol)
        {
            yield return method;
        }
    }

    /// <summary>Whether no static function stands between the variable and its use.</summary>
    private static bool IsReachable(ISymbol variable, ISymbol? enclosing) =>
        Enclosing(enclosing).TakeWhile(method => !SymbolEqualityComparer.Default.Equals(method, variable.ContainingSymbol))
            .All(static method => method is { MethodKind: MethodKind.Ordinary } || !method.IsStatic);

    private static MemberAccessExpressionSyntax Member(ExpressionSyntax instance, string name) =>
        SyntaxFactory.MemberAccessExpression(SyntaxKind.SimpleMemberAccessExpression, instance, SyntaxFactory.IdentifierName(name));
}
