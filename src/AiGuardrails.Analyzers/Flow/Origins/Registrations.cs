using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using AiGuardrails.Analyzers.Sdks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AiGuardrails.Analyzers.Flow.Origins;

/// <summary>
/// Methods that are handed by name to a framework, which calls them with the data of others: <c>app.MapPost("/ask", Ask)</c>,
/// <c>AIFunctionFactory.Create(Search)</c>.
/// </summary>
internal static class Registrations
{
    // By tree: after an edit, only the edited file is read again.
    private static readonly ConditionalWeakTable<SyntaxTree, StrongBox<ImmutableArray<InvocationExpressionSyntax>>> s_byTree = new();

    /// <summary>The method of the framework that is given this method, or null.</summary>
    public static IMethodSymbol? Of(IMethodSymbol method, IOperation from, CancellationToken cancellationToken)
    {
        if (from.SemanticModel is not { } model || method.DeclaringSyntaxReferences.IsEmpty)
        {
            return null;
        }

        foreach (var tree in model.Compilation.SyntaxTrees)
        {
            cancellationToken.ThrowIfCancellationRequested();
            foreach (var call in In(tree, cancellationToken))
            {
                foreach (var argument in call.ArgumentList.Arguments)
                {
                    var name = argument.Expression switch
                    {
                        SimpleNameSyntax simple => simple,
                        MemberAccessExpressionSyntax access => access.Name,
                        _ => null,
                    };

                    if (name?.Identifier.ValueText == method.Name
                        && SemanticModels.Of(model, tree) is { } other
                        && IsSame(other.GetSymbolInfo(argument.Expression, cancellationToken), method)
                        && other.GetSymbolInfo(call, cancellationToken).Symbol is IMethodSymbol registration)
                    {
                        return registration;
                    }
                }
            }
        }

        return null;
    }

    private static bool IsSame(SymbolInfo info, IMethodSymbol method) =>
        (info.Symbol is { } symbol ? [symbol] : info.CandidateSymbols).Any(candidate => SymbolEqualityComparer.Default.Equals(candidate.OriginalDefinition, method.OriginalDefinition));

    private static ImmutableArray<InvocationExpressionSyntax> In(SyntaxTree tree, CancellationToken cancellationToken)
    {
        if (s_byTree.TryGetValue(tree, out var known))
        {
            return known.Value;
        }

        var found = new StrongBox<ImmutableArray<InvocationExpressionSyntax>>(Find(tree, cancellationToken));
        return s_byTree.GetValue(tree, _ => found).Value;
    }

    private static ImmutableArray<InvocationExpressionSyntax> Find(SyntaxTree tree, CancellationToken cancellationToken)
    {
        var text = tree.GetText(cancellationToken).ToString();
        if (!DataSources.Registrations.Any(word => text.IndexOf("." + word + "(", StringComparison.Ordinal) >= 0))
        {
            return [];
        }

        return
        [
            .. tree.GetRoot(cancellationToken).DescendantNodes().OfType<InvocationExpressionSyntax>()
                .Where(static call => call.Expression is MemberAccessExpressionSyntax access && DataSources.Registrations.Contains(access.Name.Identifier.ValueText)),
        ];
    }
}
