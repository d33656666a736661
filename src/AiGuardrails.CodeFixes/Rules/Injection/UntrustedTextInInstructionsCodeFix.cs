using System.Collections.Immutable;
using System.Composition;
using AiGuardrails.Analyzers.Diagnostics;
using AiGuardrails.Analyzers.Flow;
using AiGuardrails.Analyzers.Sdks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace AiGuardrails.CodeFixes.Rules.Injection;

/// <summary>
/// Fix of AIG7001: the text in a message of the user. A message that is nothing but the text becomes one; text at the end of a
/// message is taken out, and follows in a message of its own.
/// </summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(UntrustedTextInInstructionsCodeFix))]
[Shared]
public sealed class UntrustedTextInInstructionsCodeFix : AiCodeFix
{
    private const string Key = "MoveToUserMessage";

    /// <summary>Initializes a new instance of the <see cref="UntrustedTextInInstructionsCodeFix"/> class.</summary>
    public UntrustedTextInInstructionsCodeFix()
        : base(RuleIds.UntrustedTextInInstructions)
    {
    }

    private protected override Task<ImmutableArray<FixOffer>> OffersAsync(FixRequest request, Diagnostic diagnostic) =>
        Task.FromResult<ImmutableArray<FixOffer>>(Move.Of(request, diagnostic) is null ? [] : [new FixOffer("Move it to a user message", Key)]);

    private protected override Task<Document> FixAsync(FixRequest request, ImmutableArray<Diagnostic> diagnostics, string equivalenceKey)
    {
        var moves = diagnostics.Select(diagnostic => Move.Of(request, diagnostic)).OfType<Move>().GroupBy(static move => move.Message).Select(static same => same.First()).ToList();
        var root = request.Root.TrackNodes(moves.SelectMany(static move => move.Nodes).Distinct());
        foreach (var move in moves)
        {
            root = move.Apply(root);
        }

        return Task.FromResult(request.Document.WithSyntaxRoot(root));
    }

    /// <summary>One message of the developer, and what of it goes to the user.</summary>
    /// <param name="Message">The expression that makes the message.</param>
    /// <param name="Argument">The argument that takes its text.</param>
    /// <param name="Role">The argument that takes its role, where it has one.</param>
    /// <param name="Text">The text of others.</param>
    /// <param name="Rest">What is left of the message without it; null where nothing is.</param>
    /// <param name="Place">What the new message follows: an element, or a statement.</param>
    /// <param name="User">How the message of the user is made.</param>
    private sealed record Move(ExpressionSyntax Message, ArgumentSyntax Argument, ArgumentSyntax? Role, ExpressionSyntax Text, ExpressionSyntax? Rest, SyntaxNode? Place, UserMessage User)
    {
        public IEnumerable<SyntaxNode> Nodes => new[] { Message, Argument, Role, Place }.OfType<SyntaxNode>();

        public static Move? Of(FixRequest request, Diagnostic diagnostic)
        {
            if (request.NodeOf(diagnostic) is not ExpressionSyntax text
                || text.FirstAncestorOrSelf<ArgumentSyntax>() is not { Parent: ArgumentListSyntax { Parent: ExpressionSyntax message } list } argument
                || request.Model.TryGetOperation(message, request.CancellationToken) is not { } operation)
            {
                return null;
            }

            var (method, arguments) = operation switch
            {
                IObjectCreationOperation { Constructor: { } constructor } creation => (constructor, creation.Arguments),
                IInvocationOperation call => (call.TargetMethod, call.Arguments),
                _ => (null, ImmutableArray<IArgumentOperation>.Empty),
            };

            if (method is null
                || request.Ai.UserMessageFor(method) is not { } user
                || arguments.FirstOrDefault(candidate => candidate.Syntax == argument) is not { Parameter: { } parameter }
                || request.Ai.InstructionSinkOf(parameter) is not { } sink
                || parameter.Type.SpecialType != SpecialType.System_String
                || request.Model.GetTypeInfo(text, request.CancellationToken).Type?.SpecialType != SpecialType.System_String)
            {
                return null;
            }

            var role = sink.Role is null ? null : arguments.FirstOrDefault(candidate => candidate.Parameter?.Name == sink.Role)?.Syntax as ArgumentSyntax;
            if (sink.Role is not null && role?.Expression is not MemberAccessExpressionSyntax)
            {
                return null;
            }

            // A new message of another type has to fit where the old one stands.
            if (user.Member == Member.Constructor && user.Type != user.UserType
                && (message is not ObjectCreationExpressionSyntax || IsOfItsOwnType(request, message) || list.Arguments.Count > 1 || ((ObjectCreationExpressionSyntax)message).Initializer is not null))
            {
                return null;
            }

            var content = Inner(argument.Expression);
            if (content == text)
            {
                return new Move(message, argument, role, text, Rest: null, Place: null, user);
            }

            return RestOf(content, text) is { } rest && PlaceOf(message) is { } place ? new Move(message, argument, role, text, rest, place, user) : null;
        }

        public SyntaxNode Apply(SyntaxNode root)
        {
            var message = root.GetCurrentNode(Message)!;
            if (Rest is null)
            {
                return root.ReplaceNode(message, Made(message, Text).WithTriviaFrom(message));
            }

            var argument = root.GetCurrentNode(Argument)!;
            var added = Made(message, Text.WithoutTrivia()).WithoutTrivia();
            if (root.GetCurrentNode(Place!) is not { } place)
            {
                return root;
            }

            var kept = place.ReplaceNode(argument.Expression, Rest.WithTriviaFrom(argument.Expression));
            return place switch
            {
                StatementSyntax statement => root.ReplaceNode(statement, [kept, Beside(statement, statement.ReplaceNode(message, added))]),
                GlobalStatementSyntax statement => root.ReplaceNode(statement, [kept, Beside(statement, statement.ReplaceNode(message, added))]),
                ExpressionElementSyntax { Parent: CollectionExpressionSyntax collection } element =>
                    root.ReplaceNode(collection, collection.WithElements(WithNext(collection.Elements, element, (CollectionElementSyntax)kept, SyntaxFactory.ExpressionElement(added)))),
                ExpressionSyntax { Parent: InitializerExpressionSyntax initializer } element =>
                    root.ReplaceNode(initializer, initializer.WithExpressions(WithNext(initializer.Expressions, element, (ExpressionSyntax)kept, added))),
                _ => root,
            };
        }

        private static ExpressionSyntax Inner(ExpressionSyntax expression)
        {
            while (expression is ParenthesizedExpressionSyntax parenthesized)
            {
                expression = parenthesized.Expression;
            }

            return expression;
        }

        private static bool IsOfItsOwnType(FixRequest request, ExpressionSyntax message) =>
            request.Model.GetTypeInfo(message, request.CancellationToken) is var info && SymbolEqualityComparer.Default.Equals(info.Type, info.ConvertedType);

        /// <summary>The message without the text at its end.</summary>
        private static ExpressionSyntax? RestOf(ExpressionSyntax content, ExpressionSyntax text)
        {
            if (content is BinaryExpressionSyntax { RawKind: (int)SyntaxKind.AddExpression } sum && Inner(sum.Right) == text)
            {
                return sum.Left.WithoutTrailingTrivia();
            }

            if (content is not InterpolatedStringExpressionSyntax { Contents: [.., InterpolationSyntax { AlignmentClause: null, FormatClause: null } hole] parts } interpolated
                || Inner(hole.Expression) != text
                || !interpolated.StringStartToken.IsKind(SyntaxKind.InterpolatedStringStartToken)
                || parts.Count < 2)
            {
                return null;
            }

            var left = parts.RemoveAt(parts.Count - 1);
            if (left is [InterpolatedStringTextSyntax only])
            {
                var escaped = only.TextToken.Text.TrimEnd(' ').Replace("{{", "{").Replace("}}", "}");
                return escaped.Length == 0 ? null : SyntaxFactory.ParseExpression("\"" + escaped + "\"");
            }

            return interpolated.WithContents(left).WithoutTrailingTrivia();
        }

        /// <summary>What the message of the user can be put behind: an element of a list, or the statement that adds the message.</summary>
        private static SyntaxNode? PlaceOf(ExpressionSyntax message) => message.Parent switch
        {
            ExpressionElementSyntax element => element,
            InitializerExpressionSyntax { RawKind: (int)SyntaxKind.ArrayInitializerExpression or (int)SyntaxKind.CollectionInitializerExpression } => message,
            ExpressionStatementSyntax statement => StatementOf(statement),
            ArgumentSyntax { Parent: ArgumentListSyntax { Arguments.Count: 1, Parent: InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Add" }, Parent: ExpressionStatementSyntax statement } } } => StatementOf(statement),
            _ => null,
        };

        private static SyntaxNode? StatementOf(ExpressionStatementSyntax statement) => statement.Parent switch
        {
            BlockSyntax or SwitchSectionSyntax => statement,
            GlobalStatementSyntax top => top,
            _ => null,
        };

        /// <summary>The same expression as a message of the user.</summary>
        private ExpressionSyntax Made(ExpressionSyntax message, ExpressionSyntax text)
        {
            var argument = message.GetCurrentNode(Argument)!;
            var nodes = new List<SyntaxNode> { argument };
            if (Role is not null)
            {
                nodes.Add(message.GetCurrentNode(Role)!);
            }

            var made = message.ReplaceNodes(nodes, (original, _) =>
            {
                if (original == argument)
                {
                    return argument.WithExpression(text.WithTriviaFrom(argument.Expression));
                }

                var role = (ArgumentSyntax)original;
                var access = (MemberAccessExpressionSyntax)role.Expression;
                return role.WithExpression(access.WithName(Named(access.Name, "User")));
            });

            return made switch
            {
                ObjectCreationExpressionSyntax creation when User.Type != User.UserType => creation.WithType(Typed(creation.Type, SimpleName(User.UserType))),
                InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax access } call => call.WithExpression(access.WithName(Named(access.Name, User.UserMember))),
                InvocationExpressionSyntax { Expression: IdentifierNameSyntax name } call => call.WithExpression(Named(name, User.UserMember)),
                _ => made,
            };
        }

        private static TypeSyntax Typed(TypeSyntax type, string name) => type switch
        {
            QualifiedNameSyntax qualified => qualified.WithRight(Named(qualified.Right, name)),
            AliasQualifiedNameSyntax alias => alias.WithName(Named(alias.Name, name)),
            SimpleNameSyntax simple => Named(simple, name),
            _ => type,
        };

        private static IdentifierNameSyntax Named(SimpleNameSyntax old, string name) => SyntaxFactory.IdentifierName(name).WithTriviaFrom(old);

        private static string SimpleName(string metadataName) => metadataName.Substring(metadataName.LastIndexOf('.') + 1);

        // The comment above a statement stays with the first.
        private static SyntaxNode Beside(SyntaxNode statement, SyntaxNode added) =>
            added.WithLeadingTrivia(Indentation(statement.GetLeadingTrivia())).WithTrailingTrivia(statement.GetTrailingTrivia().Where(static trivia => trivia.IsKind(SyntaxKind.EndOfLineTrivia)));

        private static IEnumerable<SyntaxTrivia> Indentation(SyntaxTriviaList leading) => leading.Count > 0 && leading[leading.Count - 1] is var last && last.IsKind(SyntaxKind.WhitespaceTrivia) ? [last] : [];

        private static SeparatedSyntaxList<T> WithNext<T>(SeparatedSyntaxList<T> elements, T element, T kept, T added)
            where T : SyntaxNode
        {
            var index = elements.IndexOf(element);
            var parts = elements.GetWithSeparators().ToList();
            var at = parts.FindIndex(part => part.IsNode && part.AsNode() == element);
            var next = added.WithLeadingTrivia(Indentation(element.GetLeadingTrivia()));
            if (index < elements.SeparatorCount)
            {
                var comma = elements.GetSeparator(index);
                parts[at] = kept;
                parts.Insert(at + 2, next);
                parts.Insert(at + 3, SyntaxFactory.Token(SyntaxKind.CommaToken).WithTrailingTrivia(comma.TrailingTrivia.Where(static trivia => trivia.IsKind(SyntaxKind.EndOfLineTrivia) || trivia.IsKind(SyntaxKind.WhitespaceTrivia))));
            }
            else
            {
                var trailing = element.GetTrailingTrivia();
                var isOnLine = trailing.Any(static trivia => trivia.IsKind(SyntaxKind.EndOfLineTrivia));
                parts[at] = kept.WithoutTrailingTrivia();
                parts.Add(SyntaxFactory.Token(SyntaxKind.CommaToken).WithTrailingTrivia(isOnLine ? trailing : [SyntaxFactory.Space]));
                parts.Add(next.WithTrailingTrivia(isOnLine ? trailing.Where(static trivia => trivia.IsKind(SyntaxKind.EndOfLineTrivia)) : trailing));
            }

            return SyntaxFactory.SeparatedList<T>(new SyntaxNodeOrTokenList(parts));
        }
    }
}
