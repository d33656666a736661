using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using AiGuardrails.Analyzers.Sdks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace AiGuardrails.Analyzers.Flow.Requests;

/// <summary>
/// The string literals whose text a model reads, in whatever role: what is handed to an SDK as instructions, message or description
/// of a tool, what a request over HTTP carries, and what an attribute marks as a prompt. A literal that is a piece of a longer text
/// counts; a text that is not in view adds nothing.
/// </summary>
internal static class PromptTexts
{
    // Deep enough for interpolations in interpolations, and a bound on what refers to itself.
    private const int MaxDepth = 32;

    // More values than this on the way to the prompts of one body, and the rest is left.
    private const int MaxSteps = 2_000;

    // A helper that is called from more places is followed to this many.
    private const int MaxCalls = 32;

    private static readonly ConditionalWeakTable<AiBody, StrongBox<ImmutableArray<SyntaxToken>>> s_known = new();

    /// <summary>The literals in the order in which they are found, each once.</summary>
    public static ImmutableArray<SyntaxToken> In(AiContext ai, AiBody body, CancellationToken cancellationToken)
    {
        if (s_known.TryGetValue(body, out var known))
        {
            return known.Value;
        }

        var search = new Search(cancellationToken);
        foreach (var value in Sinks(ai, body))
        {
            search.Collect(value, depth: 0);
        }

        var found = new StrongBox<ImmutableArray<SyntaxToken>>([.. search.Found]);
        return s_known.GetValue(body, _ => found).Value;
    }

    /// <summary>The literals that an attribute in this file marks as text for a model.</summary>
    public static IEnumerable<SyntaxToken> MarkedIn(AiFile file, SemanticModel model, CancellationToken cancellationToken)
    {
        if (file.PromptMarks.IsEmpty)
        {
            yield break;
        }

        var root = model.SyntaxTree.GetRoot(cancellationToken);
        var seen = new HashSet<SyntaxToken>();
        foreach (var position in file.PromptMarks)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (position >= root.FullSpan.End
                || root.FindToken(position).Parent?.FirstAncestorOrSelf<NameSyntax>() is not { } name
                || name.FirstAncestorOrSelf<AttributeSyntax>() is not { Parent.Parent: { } marked } attribute
                || !attribute.Name.Span.Contains(position)
                || model.GetSymbolInfo(attribute, cancellationToken).Symbol?.ContainingType is not { } type)
            {
                continue;
            }

            foreach (var token in TextsOf(type, attribute, marked).Where(StringTokens.IsText))
            {
                if (seen.Add(token))
                {
                    yield return token;
                }
            }
        }
    }

    private static IEnumerable<SyntaxToken> TextsOf(INamedTypeSymbol attribute, AttributeSyntax syntax, SyntaxNode marked)
    {
        if (Annotations.IsPromptMark(attribute))
        {
            SyntaxNode? value = marked switch
            {
                FieldDeclarationSyntax field => field.Declaration,
                PropertyDeclarationSyntax property => (SyntaxNode?)property.Initializer ?? property.ExpressionBody,
                _ => null,
            };

            return syntax.DescendantTokens().Concat(value?.DescendantTokens() ?? []);
        }

        return Annotations.IsToolMark(attribute) && marked is MethodDeclarationSyntax method
            ? method.AttributeLists.Concat(method.ParameterList.Parameters.SelectMany(static parameter => parameter.AttributeLists))
                .SelectMany(static list => list.Attributes)
                .Where(static other => other.Name.ToString() is var name && (name.EndsWith("Description", StringComparison.Ordinal) || name.EndsWith("DescriptionAttribute", StringComparison.Ordinal)))
                .SelectMany(static other => other.DescendantTokens())
            : [];
    }

    private static IEnumerable<IOperation> Sinks(AiContext ai, AiBody body)
    {
        foreach (var argument in body.All<IArgumentOperation>(OperationKind.Argument))
        {
            if (argument.ArgumentKind != ArgumentKind.DefaultValue && argument.Parameter is { } parameter && ai.IsPromptTextSink(parameter))
            {
                yield return argument.Value;
            }
        }

        foreach (var assignment in body.All<IAssignmentOperation>(OperationKind.SimpleAssignment)
            .Concat(body.All<IAssignmentOperation>(OperationKind.CompoundAssignment))
            .Concat(body.All<IAssignmentOperation>(OperationKind.CoalesceAssignment)))
        {
            if (assignment.Target is IPropertyReferenceOperation { Property: var property } && ai.IsPromptTextSink(property))
            {
                yield return assignment.Value;
            }
        }

        // A text that becomes a message: client.CompleteChat("…").
        foreach (var conversion in body.All<IConversionOperation>(OperationKind.Conversion))
        {
            if (conversion.OperatorMethod is { Parameters: [var parameter] } && ai.IsPromptTextSink(parameter))
            {
                yield return conversion.Operand;
            }
        }

        foreach (var value in body.Http.NamesAiHost ? JsonMembers(body) : [])
        {
            yield return value;
        }
    }

    /// <summary>What becomes a member of a request that the model reads: of an anonymous object, a dictionary, a type of the team, or of a JSON text.</summary>
    private static IEnumerable<IOperation> JsonMembers(AiBody body)
    {
        foreach (var assignment in body.All<ISimpleAssignmentOperation>(OperationKind.SimpleAssignment))
        {
            var name = assignment.Target switch
            {
                IPropertyReferenceOperation { Property: { ContainingType.IsAnonymousType: true } property } => property.Name,
                IPropertyReferenceOperation { Property.IsIndexer: true, Arguments: [var key] } => key.Value.ConstantText(),
                IPropertyReferenceOperation { Property: { DeclaringSyntaxReferences.IsEmpty: false } property } => RawHttp.JsonNameOf(property, property.Name),
                _ => null,
            };

            if (name is not null && RawHttp.PromptMembers.Contains(name))
            {
                yield return assignment.Value;
            }
        }

        foreach (var creation in body.All<IObjectCreationOperation>(OperationKind.ObjectCreation))
        {
            foreach (var argument in creation.Constructor is { DeclaringSyntaxReferences.IsEmpty: false } ? creation.Arguments : [])
            {
                if (argument is { ArgumentKind: ArgumentKind.Explicit, Parameter: { } parameter } && RawHttp.PromptMembers.Contains(RawHttp.JsonNameOf(parameter, parameter.Name)))
                {
                    yield return argument.Value;
                }
            }
        }

        foreach (var invocation in body.All<IInvocationOperation>(OperationKind.Invocation))
        {
            if (invocation is { TargetMethod.Name: "Add", Arguments: [var key, var value] } && key.Value.ConstantText() is { } name && RawHttp.PromptMembers.Contains(name))
            {
                yield return value.Value;
            }
        }

        foreach (var literal in body.All<IOperation>(OperationKind.Literal).Concat(body.All<IOperation>(OperationKind.Utf8String)))
        {
            if (IsRequest(literal.ConstantText() ?? (literal as IUtf8StringOperation)?.Value))
            {
                yield return literal;
            }
        }

        foreach (var text in body.All<IInterpolatedStringOperation>(OperationKind.InterpolatedString))
        {
            if (text.Parts.Any(static part => part is IInterpolatedStringTextOperation piece && IsRequest(piece.Text.ConstantText())))
            {
                yield return text;
            }
        }
    }

    private static bool IsRequest(string? text) =>
        text is { Length: > 12 } && RawHttp.PromptMembers.Any(member => text.IndexOf("\"" + member + "\"", StringComparison.Ordinal) >= 0);

    /// <summary>One walk back from the places that take prompts to the literals.</summary>
    private sealed class Search(CancellationToken cancellationToken)
    {
        private readonly HashSet<SyntaxNode> _visited = [];
        private readonly HashSet<SyntaxToken> _tokens = [];
        private readonly HashSet<ISymbol> _followed = new(SymbolEqualityComparer.Default);
        private readonly Dictionary<ISymbol, bool> _growing = new(SymbolEqualityComparer.Default);
        private int _steps;

        public List<SyntaxToken> Found { get; } = [];

        public void Collect(IOperation? value, int depth)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (value is null || depth > MaxDepth || ++_steps > MaxSteps)
            {
                return;
            }

            value = value.Unwrap();
            if (!_visited.Add(value.Syntax))
            {
                return;
            }

            switch (value)
            {
                case ILiteralOperation or IUtf8StringOperation:
                    Add(value.Syntax);
                    break;

                case IInterpolatedStringOperation interpolated:
                    foreach (var part in interpolated.Parts)
                    {
                        if (part is IInterpolationOperation hole)
                        {
                            Collect(hole.Expression, depth + 1);
                        }
                        else
                        {
                            Add(part.Syntax);
                        }
                    }

                    break;

                case IBinaryOperation { OperatorKind: BinaryOperatorKind.Add } sum:
                    CollectSum(sum, depth);
                    break;

                case IObjectCreationOperation { Type.Name: "StringBuilder" or "List" } made:
                    CollectAll(made.Arguments.Select(static argument => argument.Value), depth);
                    CollectAll(made.Initializer?.Initializers.OfType<IInvocationOperation>().SelectMany(static call => call.Arguments).Select(static argument => argument.Value) ?? [], depth);
                    break;

                case IArrayCreationOperation array:
                    CollectAll(array.Initializer?.ElementValues ?? [], depth);
                    break;

                case ICollectionExpressionOperation collection:
                    CollectAll(collection.Elements, depth);
                    break;

                // What goes in comes out; but not what Replace looks for, or Trim takes off.
                case IInvocationOperation { TargetMethod: { ContainingType: { SpecialType: SpecialType.System_String } or { Name: "StringBuilder" } } method } call:
                    Collect(call.Instance, depth + 1);
                    CollectAll(call.Arguments.Skip(method.Name switch { "Replace" => 1, "Format" or "Concat" or "Join" or "Insert" => 0, var name when IsAddition(name) => 0, _ => int.MaxValue })
                        .Select(static argument => argument.Value), depth);
                    break;

                default:
                    CollectSources(value, depth);
                    break;
            }
        }

        // Long sums lean to the left: walked in a loop, they need no depth.
        private void CollectSum(IBinaryOperation sum, int depth)
        {
            IOperation current = sum;
            while (current is IBinaryOperation { OperatorKind: BinaryOperatorKind.Add } inner)
            {
                Collect(inner.RightOperand, depth + 1);
                current = inner.LeftOperand.Unwrap();
                _visited.Add(inner.Syntax);
            }

            Collect(current, depth + 1);
        }

        private void CollectAll(IEnumerable<IOperation> values, int depth)
        {
            foreach (var value in values)
            {
                Collect(value, depth + 1);
            }
        }

        private void CollectSources(IOperation value, int depth)
        {
            if (VariableOf(value) is { } variable && IsGrowing(variable, value, depth))
            {
                return;
            }

            foreach (var source in ValueSources.Of(value, cancellationToken))
            {
                if (source.Value is IParameterReferenceOperation { Parameter: var parameter })
                {
                    CollectGiven(source.Value, parameter, depth);
                }
                else if (source.Value.Syntax != value.Syntax)
                {
                    Collect(source.Value, depth + 1);
                }
                else if (DeclarationOf(source.Value) is { } declared && value.SemanticModel is { } model)
                {
                    Collect(SemanticModels.Of(model, declared.SyntaxTree)?.TryGetOperation(declared, cancellationToken), depth + 1);
                }
            }
        }

        private static ISymbol? VariableOf(IOperation value) => value switch
        {
            ILocalReferenceOperation { Local: { HasConstantValue: false } local } => local,
            IParameterReferenceOperation parameter => parameter.Parameter,
            _ => null,
        };

        // A text that grows has all its pieces in it, wherever it is used, so that one look will do; of one that is set anew, only what can reach the use counts.
        private bool IsGrowing(ISymbol variable, IOperation use, int depth)
        {
            if (_growing.TryGetValue(variable, out var known))
            {
                return known;
            }

            var references = ValueSources.ReferencesOf(variable, use).ToArray();
            var grows = references.Any(static reference => reference.Parent is ICompoundAssignmentOperation addition && ReferenceEquals(addition.Target, reference));
            _growing.Add(variable, grows);
            foreach (var reference in references)
            {
                CollectAddition(reference, depth);
                if (grows)
                {
                    Collect(
                        reference is IVariableDeclaratorOperation declarator ? declarator.GetVariableInitializer()?.Value
                        : reference.Parent is ISimpleAssignmentOperation assignment && ReferenceEquals(assignment.Target, reference) ? assignment.Value
                        : null,
                        depth + 1);
                }
            }

            if (grows && use is IParameterReferenceOperation { Parameter: var parameter })
            {
                CollectGiven(use, parameter, depth);
            }

            return grows;
        }

        // The default, and what the calls of a helper that nobody outside its type can call give.
        private void CollectGiven(IOperation reference, IParameterSymbol parameter, int depth)
        {
            if (parameter is { HasExplicitDefaultValue: true, DeclaringSyntaxReferences: [var declaration] } && declaration.GetSyntax(cancellationToken) is ParameterSyntax { Default.Value: { } given })
            {
                Add(given);
            }

            if (parameter.ContainingSymbol is not IMethodSymbol { MethodKind: MethodKind.Ordinary or MethodKind.LocalFunction } method
                || (method.MethodKind == MethodKind.Ordinary && method.DeclaredAccessibility != Accessibility.Private)
                || method.ContainingType is not { DeclaringSyntaxReferences: [var type] }
                || reference.SemanticModel is not { } around
                || SemanticModels.Of(around, type.SyntaxTree) is not { } model
                || !_followed.Add(parameter))
            {
                return;
            }

            var calls = 0;
            foreach (var name in type.GetSyntax(cancellationToken).DescendantNodes().OfType<SimpleNameSyntax>())
            {
                if (name.Identifier.ValueText == method.Name
                    && (name.Parent is MemberAccessExpressionSyntax access && access.Name == name ? access.Parent : name.Parent) is InvocationExpressionSyntax syntax
                    && ++calls <= MaxCalls
                    && model.TryGetOperation(syntax, cancellationToken) is IInvocationOperation call
                    && SymbolEqualityComparer.Default.Equals(call.TargetMethod.OriginalDefinition, method.OriginalDefinition))
                {
                    Collect(call.Arguments.FirstOrDefault(argument => argument.ArgumentKind != ArgumentKind.DefaultValue && argument.Parameter?.Ordinal == parameter.Ordinal)?.Value, depth + 1);
                }
            }
        }

        private static bool IsAddition(string method) =>
            method.StartsWith("Append", StringComparison.Ordinal) || method.StartsWith("Insert", StringComparison.Ordinal) || method.StartsWith("Add", StringComparison.Ordinal);

        // prompt += "…", and builder.AppendLine("…").Append("…").
        private void CollectAddition(IOperation reference, int depth)
        {
            if (reference.Parent is ICompoundAssignmentOperation addition && ReferenceEquals(addition.Target, reference))
            {
                Collect(addition.Value, depth + 1);
            }

            var receiver = reference;
            while (receiver.Parent is IInvocationOperation { TargetMethod: { ContainingType.Name: "StringBuilder" or "List" } method } call && ReferenceEquals(call.Instance, receiver))
            {
                if (IsAddition(method.Name))
                {
                    CollectAll(call.Arguments.Select(static argument => argument.Value), depth);
                }

                receiver = call;
            }
        }

        /// <summary>What a constant is set to, where it is declared in this compilation.</summary>
        private ExpressionSyntax? DeclarationOf(IOperation value)
        {
            ISymbol? constant = value switch
            {
                IFieldReferenceOperation { Field: { } field } => field.IsConst || field.IsReadOnly ? field : null,
                ILocalReferenceOperation { Local: { HasConstantValue: true } local } => local,
                _ => null,
            };

            return constant?.DeclaringSyntaxReferences is [var declaration] && declaration.GetSyntax(cancellationToken) is VariableDeclaratorSyntax { Initializer.Value: { } initial } ? initial : null;
        }

        private void Add(SyntaxNode syntax)
        {
            foreach (var token in syntax.DescendantTokens())
            {
                if (StringTokens.IsText(token) && _tokens.Add(token))
                {
                    Found.Add(token);
                }
            }
        }
    }
}
