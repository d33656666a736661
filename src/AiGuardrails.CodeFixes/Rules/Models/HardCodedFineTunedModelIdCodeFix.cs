using System.Collections.Immutable;
using System.Composition;
using System.Text;
using AiGuardrails.Analyzers.Diagnostics;
using AiGuardrails.Core.Models;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Editing;
using Microsoft.CodeAnalysis.FindSymbols;
using Microsoft.CodeAnalysis.Formatting;

namespace AiGuardrails.CodeFixes.Rules.Models;

/// <summary>Fixes of AIG1001: read the ID from configuration, or let the caller say it.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(HardCodedFineTunedModelIdCodeFix))]
[Shared]
public sealed class HardCodedFineTunedModelIdCodeFix : AiCodeFix
{
    private const string ConfigurationKey = "ReadFromConfiguration";
    private const string ParameterKey = "LiftToParameter";

    /// <summary>Initializes a new instance of the <see cref="HardCodedFineTunedModelIdCodeFix"/> class.</summary>
    public HardCodedFineTunedModelIdCodeFix()
        : base(RuleIds.HardCodedFineTunedModelId)
    {
    }

    private protected override async Task<ImmutableArray<FixOffer>> OffersAsync(FixRequest request, Diagnostic diagnostic)
    {
        if (LiteralOf(request, diagnostic) is not { } literal)
        {
            return [];
        }

        var offers = ImmutableArray.CreateBuilder<FixOffer>();
        if (!RunTimeValue.IsInDefaultValue(literal) && (RunTimeValue.ConstantDeclarationOf(literal) is not { } declaration || await RunTimeValue.CanReplaceAsync(request, declaration).ConfigureAwait(false)))
        {
            offers.Add(new FixOffer("Read the model ID from configuration", ConfigurationKey));
        }

        if (await LiftedMethodAsync(request, literal).ConfigureAwait(false) is not null)
        {
            offers.Add(new FixOffer("Lift the model ID to a parameter", ParameterKey));
        }

        return offers.ToImmutable();
    }

    private protected override async Task<Document> FixAsync(FixRequest request, ImmutableArray<Diagnostic> diagnostics, string equivalenceKey)
    {
        var editor = await DocumentEditor.CreateAsync(request.Document, request.CancellationToken).ConfigureAwait(false);
        var literals = diagnostics.Select(diagnostic => LiteralOf(request, diagnostic)).OfType<ExpressionSyntax>().ToArray();
        if (equivalenceKey == ConfigurationKey)
        {
            foreach (var literal in literals)
            {
                ReadFromConfiguration(request, editor, literal);
            }
        }
        else
        {
            foreach (var method in literals.GroupBy(static literal => literal.FirstAncestorOrSelf<MethodDeclarationSyntax>()))
            {
                if (method.Key is not null)
                {
                    await LiftAsync(request, editor, method.Key, [.. method]).ConfigureAwait(false);
                }
            }
        }

        return editor.GetChangedDocument();
    }

    /// <summary>The expression to replace; null where the ID is only a part of it, as in a JSON text.</summary>
    private static ExpressionSyntax? LiteralOf(FixRequest request, Diagnostic diagnostic) =>
        request.NodeOf(diagnostic) is ExpressionSyntax expression && IdOf(request, expression) is not null ? expression : null;

    private static FineTunedModelId? IdOf(FixRequest request, ExpressionSyntax expression) =>
        request.Model.GetConstantValue(expression, request.CancellationToken) is { HasValue: true, Value: string text }
            ? FineTunedModelId.TryParse(text, ModelIdContext.ModelSink)
            : null;

    private static void ReadFromConfiguration(FixRequest request, DocumentEditor editor, ExpressionSyntax literal) =>
        RunTimeValue.Put(editor, literal, ConfiguredValue(request, literal, literal, IdOf(request, literal)!));

    private static BinaryExpressionSyntax ConfiguredValue(FixRequest request, ExpressionSyntax place, ExpressionSyntax literal, FineTunedModelId id)
    {
        var baseModel = id.BaseModel.Length == 0 ? "FineTuned" : id.BaseModel;
        var text = (string)request.Model.GetConstantValue(literal, request.CancellationToken).Value!;
        if (RunTimeValue.ConfigurationInScope(request, place) is { } configuration)
        {
            // The key is a path: a colon inside a model name would start another section.
            var key = Distinct("AiGuardrails:Models:" + baseModel.Replace(':', '-'), ":", OwnPartOf(text).Replace(':', '-'));
            return RunTimeValue.FromConfiguration(configuration, key);
        }

        var variable = Distinct("AIGUARDRAILS_MODEL_" + VariableName(baseModel), "__", VariableName(OwnPartOf(text)));
        return RunTimeValue.FromEnvironment(variable);

        // Two models of one base in a file are two settings. One by one, the first is gone when the second is looked at: then the
        // name that it has left behind tells.
        string Distinct(string name, string separator, string ownPart) =>
            ConstantsIn(request).Any(other => other.StartsWith(name + separator, StringComparison.Ordinal)
                || (other != text && FineTunedModelId.TryParse(other, ModelIdContext.ModelSink) is { } otherId && otherId == id))
                ? name + separator + ownPart
                : name;
    }

    /// <summary>The constant texts of the file.</summary>
    private static IEnumerable<string> ConstantsIn(FixRequest request) =>
        request.Root.DescendantNodes()
            .Where(static node => node is LiteralExpressionSyntax { RawKind: (int)SyntaxKind.StringLiteralExpression } or InterpolatedStringExpressionSyntax or BinaryExpressionSyntax { RawKind: (int)SyntaxKind.AddExpression })
            .Select(node => request.Model.GetConstantValue(node, request.CancellationToken).Value)
            .OfType<string>();

    /// <summary>What tells the ID from others of the same base: the end of it, without the name of the organisation.</summary>
    private static string OwnPartOf(string id)
    {
        var parts = id.Split(':');
        return id.StartsWith("ft:", StringComparison.Ordinal) && parts.Length > 3
            ? string.Join("-", parts.Skip(3).Where(static part => part.Length > 0))
            : id.Substring(id.LastIndexOfAny([':', '/', '.']) + 1);
    }

    private static string VariableName(string model)
    {
        var name = new StringBuilder(model.Length);
        foreach (var c in model)
        {
            name.Append(c is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or (>= '0' and <= '9') ? char.ToUpperInvariant(c) : '_');
        }

        return name.ToString();
    }

    /// <summary>
    /// The method that could take the ID as a parameter: nobody outside this file calls it, no interface or base fixes its
    /// shape, and every use of it is a plain call.
    /// </summary>
    private static async Task<IMethodSymbol?> LiftedMethodAsync(FixRequest request, ExpressionSyntax literal)
    {
        if (literal.FirstAncestorOrSelf<MethodDeclarationSyntax>() is not { } declaration
            || RunTimeValue.IsInDefaultValue(literal)
            || RunTimeValue.ConstantDeclarationOf(literal) is not null
            || literal.Ancestors().TakeWhile(node => node != declaration).Any(static node =>
                node is LocalFunctionStatementSyntax { Modifiers: var modifiers } && modifiers.Any(SyntaxKind.StaticKeyword)
                || node is AnonymousFunctionExpressionSyntax { Modifiers: var lambdaModifiers } && lambdaModifiers.Any(SyntaxKind.StaticKeyword))
            || request.Model.GetDeclaredSymbol(declaration, request.CancellationToken) is not { IsVirtual: false, IsOverride: false, IsAbstract: false, IsExtensionMethod: false, IsPartialDefinition: false, PartialDefinitionPart: null } method
            || method.Name == WellKnownMemberNames.EntryPointMethodName
            || !method.GetAttributes().IsEmpty
            || method.Parameters.Any(static parameter => parameter.IsOptional || parameter.IsParams)
            || ImplementsInterface(method))
        {
            return null;
        }

        return await CallsOfAsync(request, method).ConfigureAwait(false) is null ? null : method;
    }

    private static bool ImplementsInterface(IMethodSymbol method) =>
        !method.ExplicitInterfaceImplementations.IsEmpty
        || method.ContainingType.AllInterfaces.SelectMany(static type => type.GetMembers()).Any(member =>
            SymbolEqualityComparer.Default.Equals(method.ContainingType.FindImplementationForInterfaceMember(member), method));

    /// <summary>Every call of the method; null where one is in another file or is no call.</summary>
    private static async Task<List<InvocationExpressionSyntax>?> CallsOfAsync(FixRequest request, IMethodSymbol method)
    {
        var calls = new List<InvocationExpressionSyntax>();
        foreach (var reference in await SymbolFinder.FindReferencesAsync(method, request.Document.Project.Solution, request.CancellationToken).ConfigureAwait(false))
        {
            foreach (var location in reference.Locations)
            {
                var node = location.Document.Id == request.Document.Id ? request.Root.FindNode(location.Location.SourceSpan, getInnermostNodeForTie: true) : null;
                var callee = node?.Parent is MemberAccessExpressionSyntax access && access.Name == node ? access : node;
                if (callee?.Parent is not InvocationExpressionSyntax call || call.Expression != callee)
                {
                    return null;
                }

                calls.Add(call);
            }
        }

        return calls;
    }

    private static async Task LiftAsync(FixRequest request, DocumentEditor editor, MethodDeclarationSyntax declaration, ExpressionSyntax[] literals)
    {
        if (request.Model.GetDeclaredSymbol(declaration, request.CancellationToken) is not { } method || await CallsOfAsync(request, method).ConfigureAwait(false) is not { } calls)
        {
            return;
        }

        var taken = new HashSet<string>(declaration.DescendantTokens().Where(static token => token.IsKind(SyntaxKind.IdentifierToken)).Select(static token => token.ValueText), StringComparer.Ordinal);
        foreach (var same in literals.GroupBy(literal => (string)request.Model.GetConstantValue(literal, request.CancellationToken).Value!, StringComparer.Ordinal))
        {
            var id = IdOf(request, same.First())!;
            var name = UnusedName(taken);
            foreach (var literal in same)
            {
                editor.ReplaceNode(literal, SyntaxFactory.IdentifierName(name).WithTriviaFrom(literal));
            }

            editor.ReplaceNode(declaration, (current, _) => ((MethodDeclarationSyntax)current).AddParameterListParameters(
                SyntaxFactory.Parameter(SyntaxFactory.Identifier(name))
                    .WithType(SyntaxFactory.PredefinedType(SyntaxFactory.Token(SyntaxKind.StringKeyword)).WithTrailingTrivia(SyntaxFactory.Space))
                    .WithAdditionalAnnotations(Formatter.Annotation)));

            foreach (var call in calls)
            {
                var value = ConfiguredValue(request, call, same.First(), id);
                editor.ReplaceNode(call, (current, _) => ((InvocationExpressionSyntax)current).AddArgumentListArguments(
                    SyntaxFactory.Argument(
                        call.ArgumentList.Arguments.Any(static argument => argument.NameColon is not null) ? SyntaxFactory.NameColon(name) : null,
                        default,
                        value).WithAdditionalAnnotations(Formatter.Annotation)));
            }
        }
    }

    private static string UnusedName(HashSet<string> taken)
    {
        var name = "model";
        for (var i = 2; !taken.Add(name); i++)
        {
            name = "model" + i.ToString(System.Globalization.CultureInfo.InvariantCulture);
        }

        return name;
    }
}
