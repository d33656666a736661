using System.Collections.Immutable;
using System.Composition;
using System.Globalization;
using AiGuardrails.Analyzers.Diagnostics;
using AiGuardrails.Analyzers.Rules.Cost;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Editing;
using Microsoft.CodeAnalysis.Formatting;
using Microsoft.CodeAnalysis.Simplification;

namespace AiGuardrails.CodeFixes.Rules.Cost;

/// <summary>Fix of AIG2001: set the cap, to a constant with a name.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(NoOutputTokenCapCodeFix))]
[Shared]
public sealed class NoOutputTokenCapCodeFix : AiCodeFix
{
    private const string Key = "SetOutputCap";

    private const string ConstantName = "MaxOutputTokens";

    /// <summary>Initializes a new instance of the <see cref="NoOutputTokenCapCodeFix"/> class.</summary>
    public NoOutputTokenCapCodeFix()
        : base(RuleIds.NoOutputTokenCap)
    {
    }

    private protected override Task<ImmutableArray<FixOffer>> OffersAsync(FixRequest request, Diagnostic diagnostic) =>
        Task.FromResult<ImmutableArray<FixOffer>>(
            Change.Of(request, diagnostic) is { } change ? [new FixOffer($"Set '{change.Cap}' to a named constant", Key)] : []);

    private protected override async Task<Document> FixAsync(FixRequest request, ImmutableArray<Diagnostic> diagnostics, string equivalenceKey)
    {
        var editor = await DocumentEditor.CreateAsync(request.Document, request.CancellationToken).ConfigureAwait(false);
        var declared = new List<NewConstant>();
        foreach (var diagnostic in diagnostics)
        {
            if (Change.Of(request, diagnostic) is { } change)
            {
                ExpressionSyntax cap = change.Existing is { } existing ? SyntaxFactory.IdentifierName(existing)
                    : IsInParts(request, change.Home) ? SyntaxFactory.LiteralExpression(SyntaxKind.NumericLiteralExpression, SyntaxFactory.Literal(change.Value))
                    : SyntaxFactory.IdentifierName(NameIn(request, change, declared));
                editor.ReplaceNode(change.Node, (current, _) => change.Apply(current, cap));
            }
        }

        foreach (var constant in declared)
        {
            Declare(editor, constant);
        }

        return editor.GetChangedDocument();
    }

    /// <summary>Whether the type has parts in several places: to Fix All, which mends each file by itself, two of them would declare the same constant.</summary>
    private static bool IsInParts(FixRequest request, SyntaxNode home) =>
        home is TypeDeclarationSyntax type && request.Model.GetDeclaredSymbol(type, request.CancellationToken) is { DeclaringSyntaxReferences.Length: > 1 };

    /// <summary>The constant that an earlier finding in the type, or in the top-level statements, has asked for, or a new one.</summary>
    private static string NameIn(FixRequest request, Change change, List<NewConstant> declared)
    {
        var known = declared.FirstOrDefault(constant => constant.Home == change.Home || (constant.Home is GlobalStatementSyntax && change.Home is GlobalStatementSyntax));
        if (known is not null)
        {
            return known.Name;
        }

        var name = ConstantName;
        for (var i = 2; IsTaken(request, change, name); i++)
        {
            name = ConstantName + i.ToString(CultureInfo.InvariantCulture);
        }

        declared.Add(new NewConstant(name, change.Value, change.Home));
        return name;
    }

    private static bool IsTaken(FixRequest request, Change change, string name) =>
        request.Model.LookupSymbols(change.Node.SpanStart, name: name).Any(change.IsInScope)
        || (change.Home is GlobalStatementSyntax ? request.Root.ChildNodes().OfType<GlobalStatementSyntax>() : Enumerable.Repeat(change.Home, 1)).Any(scope => scope.DescendantTokens().Any(token =>
            token.IsKind(SyntaxKind.IdentifierToken) && token.ValueText == name
            && token.Parent is VariableDeclaratorSyntax or ParameterSyntax or MemberDeclarationSyntax or SingleVariableDesignationSyntax or LocalFunctionStatementSyntax or TypeParameterSyntax));

    private static void Declare(DocumentEditor editor, NewConstant constant)
    {
        var value = constant.Value.ToString(CultureInfo.InvariantCulture);
        switch (constant.Home)
        {
            case TypeDeclarationSyntax type:
                editor.ReplaceNode(type, (current, _) => WithConstant((TypeDeclarationSyntax)current, $"private const int {constant.Name} = {value};"));
                break;

            case GlobalStatementSyntax statement:
                var local = SyntaxFactory.GlobalStatement(SyntaxFactory.ParseStatement($"const int {constant.Name} = {value};").WithTrailingTrivia(NewLineOf(editor.OriginalRoot)));

                editor.ReplaceNode(editor.OriginalRoot, (current, _) => WithStatement((CompilationUnitSyntax)current, IndexOf(editor.OriginalRoot, statement), local));
                break;
        }
    }

    private static int IndexOf(SyntaxNode root, GlobalStatementSyntax statement) => ((CompilationUnitSyntax)root).Members.IndexOf(statement);

    private static CompilationUnitSyntax WithStatement(CompilationUnitSyntax unit, int index, GlobalStatementSyntax statement)
    {
        // What stands above the statement, a licence or an explanation, stays above.
        var next = unit.Members[index];
        return unit.WithMembers(unit.Members
            .Replace(next, next.WithoutLeadingTrivia())
            .Insert(index, statement.WithLeadingTrivia(next.GetLeadingTrivia())));
    }

    private static TypeDeclarationSyntax WithConstant(TypeDeclarationSyntax type, string text)
    {
        var field = (FieldDeclarationSyntax)SyntaxFactory.ParseMemberDeclaration(text)!;
        if (type.Members.FirstOrDefault() is not { } first)
        {
            return type.WithMembers(SyntaxFactory.SingletonList<MemberDeclarationSyntax>(
                field.WithLeadingTrivia(SyntaxFactory.ElasticLineFeed).WithTrailingTrivia(SyntaxFactory.ElasticLineFeed).WithAdditionalAnnotations(Formatter.Annotation)));
        }

        // A type on one line, `class C { … }`, stays on one line as far as it goes.
        if (!type.OpenBraceToken.TrailingTrivia.Any(SyntaxKind.EndOfLineTrivia) && !first.GetLeadingTrivia().Any(SyntaxKind.EndOfLineTrivia))
        {
            return type.WithMembers(type.Members.Insert(0, field.WithTrailingTrivia(SyntaxFactory.Space)));
        }

        var newLine = NewLineOf(type);
        var indentation = first.GetLeadingTrivia().LastOrDefault(static trivia => trivia.IsKind(SyntaxKind.WhitespaceTrivia));
        field = field
            .WithLeadingTrivia(indentation.RawKind == 0 ? [] : SyntaxFactory.TriviaList(indentation))
            .WithTrailingTrivia(first is FieldDeclarationSyntax && !first.HasStructuredTrivia && !HasComment(first) ? SyntaxFactory.TriviaList(newLine) : SyntaxFactory.TriviaList(newLine, newLine));

        return type.WithMembers(type.Members.Insert(0, field));
    }

    private static SyntaxTrivia NewLineOf(SyntaxNode node) =>
        node.DescendantTrivia().FirstOrDefault(static trivia => trivia.IsKind(SyntaxKind.EndOfLineTrivia)) is { RawKind: not 0 } line ? line : SyntaxFactory.ElasticLineFeed;

    private static bool HasComment(SyntaxNode member) =>
        member.GetLeadingTrivia().Any(static trivia => !trivia.IsKind(SyntaxKind.WhitespaceTrivia) && !trivia.IsKind(SyntaxKind.EndOfLineTrivia));

    private sealed record NewConstant(string Name, int Value, SyntaxNode Home);

    /// <summary>What one finding asks for, once it is clear that it can be done.</summary>
    private sealed record Change(SyntaxNode Node, SyntaxNode Home, string Cap, int Value, string? Existing, Func<SyntaxNode, ExpressionSyntax, SyntaxNode> Apply)
    {
        public static Change? Of(FixRequest request, Diagnostic diagnostic)
        {
            string? Property(string name) => diagnostic.Properties.TryGetValue(name, out var value) ? value : null;

            if (Property(NoOutputTokenCapFix.Cap) is not { } cap
                || !int.TryParse(Property(NoOutputTokenCapFix.Value), NumberStyles.None, CultureInfo.InvariantCulture, out var value))
            {
                return null;
            }

            var node = request.NodeOf(diagnostic);
            if (node is ArgumentSyntax argument)
            {
                node = argument.Expression;
            }

            var (place, apply) = Property(NoOutputTokenCapFix.Kind) switch
            {
                NoOutputTokenCapFix.Creation => (node, OnCreation(node, cap)),
                NoOutputTokenCapFix.Argument => OnCall(node, Property(NoOutputTokenCapFix.ParameterName), constant => Options(Property(NoOutputTokenCapFix.OptionsType)!, cap, constant)),
                NoOutputTokenCapFix.Null => (node, (current, constant) => Options(Property(NoOutputTokenCapFix.OptionsType)!, cap, constant).WithTriviaFrom(current)),
                NoOutputTokenCapFix.Parameter => OnCall(node, Property(NoOutputTokenCapFix.ParameterName), static constant => constant),
                NoOutputTokenCapFix.ParameterNull => (node, static (current, constant) => constant.WithTriviaFrom(current)),
                NoOutputTokenCapFix.Json => (node, OnJson(request, node, cap)),
                _ => (node, null),
            };

            return apply is not null && HomeOf(place) is { } home ? new Change(place, home, cap, value, ExistingIn(request, place, home), apply) : null;
        }

        /// <summary>Whether the place can mean that symbol: a local of the top-level statements is seen in types, but cannot be used there.</summary>
        public bool IsInScope(ISymbol symbol) => IsInScope(Home, symbol);

        private static bool IsInScope(SyntaxNode home, ISymbol symbol) =>
            symbol is not ILocalSymbol local || home is GlobalStatementSyntax || home.Span.Contains(local.Locations[0].SourceSpan);

        /// <summary>The outermost type, or the top-level statement, which can hold the constant.</summary>
        private static SyntaxNode? HomeOf(SyntaxNode node)
        {
            var home = node.Ancestors().LastOrDefault(static ancestor => ancestor is TypeDeclarationSyntax or GlobalStatementSyntax);

            // `class C(…) : Base(new Options());` has no room for a member.
            return home is TypeDeclarationSyntax { OpenBraceToken.RawKind: (int)SyntaxKind.None } ? null : home;
        }

        /// <summary>A constant of that name, already there, that the place can use.</summary>
        private static string? ExistingIn(FixRequest request, SyntaxNode place, SyntaxNode home) =>
            request.Model.LookupSymbols(place.SpanStart, name: ConstantName).Where(symbol => IsInScope(home, symbol)).ToArray() is [var symbol]
            && symbol switch
            {
                IFieldSymbol { HasConstantValue: true, ConstantValue: int and > 0 } => true,
                ILocalSymbol { HasConstantValue: true, ConstantValue: int and > 0 } local => local.Locations[0].SourceSpan.End <= place.SpanStart,
                _ => false,
            }
                ? ConstantName
                : null;

        private static Func<SyntaxNode, ExpressionSyntax, SyntaxNode>? OnCreation(SyntaxNode node, string cap) => node switch
        {
            ObjectCreationExpressionSyntax { Initializer: null or { RawKind: (int)SyntaxKind.ObjectInitializerExpression } } => (current, constant) =>
            {
                var creation = (ObjectCreationExpressionSyntax)current;
                var initializer = WithCap(creation, creation.Initializer, cap, constant);

                // `new Options()` needs no parentheses any more.
                if (creation.Initializer is null && creation.ArgumentList is { Arguments.Count: 0 } list && !list.OpenParenToken.HasTrailingTrivia && !list.OpenParenToken.HasLeadingTrivia && !creation.Type.HasTrailingTrivia)
                {
                    creation = creation.WithArgumentList(null);
                }

                return creation.Initializer is null ? creation.WithoutTrailingTrivia().WithInitializer(initializer) : creation.WithInitializer(initializer);
            },
            ImplicitObjectCreationExpressionSyntax { Initializer: null or { RawKind: (int)SyntaxKind.ObjectInitializerExpression } } => (current, constant) =>
            {
                var creation = (ImplicitObjectCreationExpressionSyntax)current;
                var initializer = WithCap(creation, creation.Initializer, cap, constant);
                return creation.Initializer is null ? creation.WithoutTrailingTrivia().WithInitializer(initializer) : creation.WithInitializer(initializer);
            },
            _ => null,
        };

        private static InitializerExpressionSyntax WithCap(SyntaxNode creation, InitializerExpressionSyntax? initializer, string cap, ExpressionSyntax constant)
        {
            var setting = SyntaxFactory.AssignmentExpression(SyntaxKind.SimpleAssignmentExpression, SyntaxFactory.IdentifierName(cap), Equal(), constant);
            if (initializer is null)
            {
                return NewInitializer(setting).WithLeadingTrivia(SyntaxFactory.Space).WithTrailingTrivia(creation.GetTrailingTrivia());
            }

            // `MaxOutputTokens = null` gets a value.
            var empty = initializer.Expressions.OfType<AssignmentExpressionSyntax>().FirstOrDefault(assignment => assignment.Left is IdentifierNameSyntax name && name.Identifier.ValueText == cap);
            return empty is not null
                ? initializer.ReplaceNode(empty.Right, constant.WithTriviaFrom(empty.Right))
                : initializer.WithExpressions(Append(initializer.Expressions, setting, initializer.OpenBraceToken));
        }

        private static (SyntaxNode Node, Func<SyntaxNode, ExpressionSyntax, SyntaxNode>? Apply) OnCall(SyntaxNode name, string? parameter, Func<ExpressionSyntax, ExpressionSyntax> value)
        {
            var call = name.FirstAncestorOrSelf<InvocationExpressionSyntax>();
            return call is null || parameter is null || !call.Expression.Span.Contains(name.Span)
                ? (name, null)
                : (call, (current, constant) =>
                {
                    var invocation = (InvocationExpressionSyntax)current;
                    var argument = SyntaxFactory.Argument(SyntaxFactory.NameColon(parameter).WithColonToken(SyntaxFactory.Token(SyntaxKind.ColonToken).WithTrailingTrivia(SyntaxFactory.Space)), default, value(constant));
                    var arguments = invocation.ArgumentList.Arguments;

                    // Behind the arguments by position, before those by name: in the order of the parameters, as far as can be told.
                    var index = arguments.IndexOf(static candidate => candidate.NameColon is not null);
                    return invocation.WithArgumentList(invocation.ArgumentList.WithArguments(index < 0 ? Append(arguments, argument, invocation.ArgumentList.OpenParenToken) : Insert(arguments, index, argument)));
                });
        }

        private static ObjectCreationExpressionSyntax Options(string type, string cap, ExpressionSyntax constant) =>
            SyntaxFactory.ObjectCreationExpression(
                SyntaxFactory.Token(SyntaxKind.NewKeyword).WithTrailingTrivia(SyntaxFactory.Space),
                SyntaxFactory.ParseTypeName(type).WithTrailingTrivia(SyntaxFactory.Space).WithAdditionalAnnotations(Simplifier.Annotation),
                argumentList: null,
                NewInitializer(SyntaxFactory.AssignmentExpression(SyntaxKind.SimpleAssignmentExpression, SyntaxFactory.IdentifierName(cap), Equal(), constant)));

        private static Func<SyntaxNode, ExpressionSyntax, SyntaxNode>? OnJson(FixRequest request, SyntaxNode node, string cap)
        {
            // Another type than that of the variable, or of the other branch, would not compile.
            if (node is AnonymousObjectCreationExpressionSyntax { Parent: ArgumentSyntax or EqualsValueClauseSyntax })
            {
                return (current, constant) =>
                {
                    var creation = (AnonymousObjectCreationExpressionSyntax)current;
                    var member = SyntaxFactory.AnonymousObjectMemberDeclarator(SyntaxFactory.NameEquals(SyntaxFactory.IdentifierName(cap).WithTrailingTrivia(SyntaxFactory.Space), SyntaxFactory.Token(SyntaxKind.EqualsToken).WithTrailingTrivia(SyntaxFactory.Space)), constant);
                    return creation.WithInitializers(Append(creation.Initializers, member, creation.OpenBraceToken));
                };
            }

            if (node is not BaseObjectCreationExpressionSyntax { Initializer: { Expressions.Count: > 0 } initializer } || !TakesNumbers(request.Model.GetTypeInfo(node, request.CancellationToken).Type))
            {
                return null;
            }

            var name = GeneratedSyntax.Text(cap);
            var byIndex = initializer.Expressions.All(static element => element is AssignmentExpressionSyntax { Left: ImplicitElementAccessSyntax });
            var byPair = initializer.Expressions.All(static element => element is InitializerExpressionSyntax);
            return !byIndex && !byPair ? null : (current, constant) =>
            {
                ExpressionSyntax element = byIndex
                    ? SyntaxFactory.AssignmentExpression(
                        SyntaxKind.SimpleAssignmentExpression,
                        SyntaxFactory.ImplicitElementAccess(SyntaxFactory.BracketedArgumentList(SyntaxFactory.SingletonSeparatedList(SyntaxFactory.Argument(name)))).WithTrailingTrivia(SyntaxFactory.Space),
                        SyntaxFactory.Token(SyntaxKind.EqualsToken).WithTrailingTrivia(SyntaxFactory.Space),
                        constant)
                    : SyntaxFactory.InitializerExpression(
                        SyntaxKind.ComplexElementInitializerExpression,
                        SyntaxFactory.Token(SyntaxKind.OpenBraceToken).WithTrailingTrivia(SyntaxFactory.Space),
                        SyntaxFactory.SeparatedList([name, constant.WithTrailingTrivia(SyntaxFactory.Space)], [SyntaxFactory.Token(SyntaxKind.CommaToken).WithTrailingTrivia(SyntaxFactory.Space)]),
                        SyntaxFactory.Token(SyntaxKind.CloseBraceToken));
                var creation = (BaseObjectCreationExpressionSyntax)current;
                return creation.WithInitializer(creation.Initializer!.WithExpressions(Append(creation.Initializer.Expressions, element, creation.Initializer.OpenBraceToken)));
            };
        }

        /// <summary>Whether the values of the object can be numbers: a JSON object, or a dictionary of anything.</summary>
        private static bool TakesNumbers(ITypeSymbol? type) =>
            type is { Name: "JsonObject" or "JObject" } or INamedTypeSymbol { Name: "Dictionary", TypeArguments: [_, { SpecialType: SpecialType.System_Object } or { SpecialType: SpecialType.System_Int32 } or { Name: "JsonNode" or "JToken" }] };

        private static InitializerExpressionSyntax NewInitializer(ExpressionSyntax setting) =>
            SyntaxFactory.InitializerExpression(
                SyntaxKind.ObjectInitializerExpression,
                SyntaxFactory.Token(SyntaxKind.OpenBraceToken).WithTrailingTrivia(SyntaxFactory.Space),
                SyntaxFactory.SingletonSeparatedList(setting.WithTrailingTrivia(SyntaxFactory.Space)),
                SyntaxFactory.Token(SyntaxKind.CloseBraceToken));

        private static SyntaxToken Equal() =>
            SyntaxFactory.Token(SyntaxFactory.TriviaList(SyntaxFactory.Space), SyntaxKind.EqualsToken, SyntaxFactory.TriviaList(SyntaxFactory.Space));

        /// <summary>The list with one more element, laid out as the last one is, comments where they were.</summary>
        private static SeparatedSyntaxList<T> Append<T>(SeparatedSyntaxList<T> list, T element, SyntaxToken open)
            where T : SyntaxNode
        {
            if (list.Count == 0)
            {
                return SyntaxFactory.SingletonSeparatedList(open.IsKind(SyntaxKind.OpenBraceToken) ? element.WithTrailingTrivia(SyntaxFactory.Space) : element);
            }

            var last = list[list.Count - 1];
            var indentation = last.GetLeadingTrivia().LastOrDefault(static trivia => trivia.IsKind(SyntaxKind.WhitespaceTrivia));
            var leading = indentation.RawKind == 0 ? default : SyntaxFactory.TriviaList(indentation);
            var items = list.GetWithSeparators().ToList();
            if (list.SeparatorCount == list.Count)
            {
                var comma = list.GetSeparator(list.SeparatorCount - 1);
                items.Add(element.WithLeadingTrivia(leading));
                items.Add(SyntaxFactory.Token(SyntaxKind.CommaToken).WithTrailingTrivia(comma.TrailingTrivia.Where(static trivia => trivia.IsKind(SyntaxKind.EndOfLineTrivia) || trivia.IsKind(SyntaxKind.WhitespaceTrivia))));
                return SyntaxFactory.SeparatedList<T>(items);
            }

            // On a line of its own where the last one is. A comment behind that stays behind it.
            var trailing = last.GetTrailingTrivia();
            var ends = trailing.Any(SyntaxKind.EndOfLineTrivia);
            var before = list.Count > 1 ? list.GetSeparator(list.SeparatorCount - 1) : open;
            var newLine = (ends ? trailing : before.TrailingTrivia).LastOrDefault(static trivia => trivia.IsKind(SyntaxKind.EndOfLineTrivia));
            items[items.Count - 1] = last.WithTrailingTrivia();
            items.Add(SyntaxFactory.Token(SyntaxKind.CommaToken).WithTrailingTrivia(ends ? trailing : SyntaxFactory.TriviaList(newLine.RawKind == 0 ? SyntaxFactory.Space : newLine)));
            items.Add(element.WithLeadingTrivia(newLine.RawKind == 0 ? default : leading).WithTrailingTrivia(ends ? SyntaxFactory.TriviaList(newLine) : trailing));
            return SyntaxFactory.SeparatedList<T>(items);
        }

        private static SeparatedSyntaxList<T> Insert<T>(SeparatedSyntaxList<T> list, int index, T element)
            where T : SyntaxNode
        {
            var next = list[index];
            var items = list.GetWithSeparators().ToList();
            items[2 * index] = next.WithLeadingTrivia(index == 0 || next.GetLeadingTrivia().Count == 0 ? default : next.GetLeadingTrivia());
            items.Insert(2 * index, SyntaxFactory.Token(SyntaxKind.CommaToken).WithTrailingTrivia(SyntaxFactory.Space));
            items.Insert(2 * index, element.WithLeadingTrivia(next.GetLeadingTrivia()));
            items[(2 * index) + 2] = next.WithoutLeadingTrivia();
            return SyntaxFactory.SeparatedList<T>(items);
        }
    }
}
