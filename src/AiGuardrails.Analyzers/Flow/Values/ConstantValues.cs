using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace AiGuardrails.Analyzers.Flow.Values;

/// <summary>A constant that a value may be, and the piece of source that a reader would change to change it.</summary>
internal readonly record struct ConstantText(string Text, SyntaxNode Syntax);

/// <summary>
/// What constant strings a value can be: literals, constants, read-only fields, locals, conditional, coalescing and switch
/// expressions, and members of the compilation whose only return is constant. What cannot be decided adds nothing.
/// </summary>
internal static class ConstantValues
{
    // Deep enough for "a constant behind a property behind a local", and a bound on cyclic initialisers.
    private const int MaxDepth = 8;

    // Weakly keyed by the root of a body: every value in the body asks for the assignments of its locals.
    private static readonly ConditionalWeakTable<IOperation, ILookup<ISymbol, Assignment>> s_assignments = new();

    // A value with more sources than this is a catalogue, not a choice.
    private const int MaxSources = 64;

    /// <summary>The constants that the value may be.</summary>
    public static IReadOnlyCollection<ConstantText> Of(IOperation value, CancellationToken cancellationToken)
    {
        var found = new List<ConstantText>();
        Collect(value, found, depth: 0, call: null, cancellationToken);
        return found;
    }

    private static void Collect(IOperation? value, List<ConstantText> found, int depth, IInvocationOperation? call, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (value is null || depth > MaxDepth || found.Count > MaxSources)
        {
            return;
        }

        value = value.Unwrap();
        switch (value)
        {
            case IFieldReferenceOperation { Field: { IsConst: true } or { IsReadOnly: true } } field:
                CollectDeclared(field, field.Field, found, depth, cancellationToken);
                return;

            case ILocalReferenceOperation local:
                CollectVariable(local, local.Local, found, depth, call, cancellationToken);
                return;

            // What another caller passes is unknown; what this one does, the default, and what the method itself puts in its place,
            // are not.
            case IParameterReferenceOperation parameter:
                CollectVariable(parameter, parameter.Parameter, found, depth, call, cancellationToken);
                if (call is not null && ArgumentFor(parameter.Parameter, call) is { ArgumentKind: not ArgumentKind.DefaultValue } given)
                {
                    Collect(given.Value, found, depth + 1, call: null, cancellationToken);
                }
                else
                {
                    CollectDefault(parameter, found, depth, cancellationToken);
                }

                return;

            case IConditionalOperation { WhenFalse: { } whenFalse } conditional:
                Collect(conditional.WhenTrue, found, depth + 1, call, cancellationToken);
                Collect(whenFalse, found, depth + 1, call, cancellationToken);
                return;

            case ICoalesceOperation coalesce:
                Collect(coalesce.Value, found, depth + 1, call, cancellationToken);
                Collect(coalesce.WhenNull, found, depth + 1, call, cancellationToken);
                return;

            case ISwitchExpressionOperation choice:
                foreach (var arm in choice.Arms)
                {
                    Collect(arm.Value, found, depth + 1, call, cancellationToken);
                }

                return;

            case IPropertyReferenceOperation { Property: { IsVirtual: false, IsAbstract: false, IsOverride: false, IsIndexer: false } property } reference
                when property.ContainingType.TypeKind != TypeKind.Interface:
                CollectReturned(reference, property, found, depth, cancellationToken);
                return;

            case IInvocationOperation { TargetMethod: { IsVirtual: false, IsAbstract: false, IsOverride: false, MethodKind: MethodKind.Ordinary or MethodKind.LocalFunction } method } invocation
                when method.ContainingType.TypeKind != TypeKind.Interface && !method.DeclaringSyntaxReferences.IsEmpty:
                CollectReturned(invocation, method, found, depth, cancellationToken);
                return;

            // configuration.GetValue("Model", "gpt-4o"): a fallback is in the code too.
            case IInvocationOperation library:
                Collect(library.ArgumentNamed("defaultValue")?.Value, found, depth + 1, call, cancellationToken);
                return;

            case IInterpolatedStringOperation or IBinaryOperation { OperatorKind: BinaryOperatorKind.Add }:
                if (value.ConstantText() is null && TextOf(value, depth, call, cancellationToken) is { } composed)
                {
                    found.Add(new ConstantText(composed, value.Syntax));
                    return;
                }

                break;
        }

        if (value.ConstantText() is { } text)
        {
            found.Add(new ConstantText(text, value.Syntax));
        }
    }

    /// <summary>The text of a concatenation or interpolation all of whose parts are constant.</summary>
    private static string? TextOf(IOperation? value, int depth, IInvocationOperation? call, CancellationToken cancellationToken)
    {
        switch (value)
        {
            case null:
                return null;

            case IInterpolatedStringOperation interpolated:
                var text = new System.Text.StringBuilder();
                foreach (var part in interpolated.Parts)
                {
                    var piece = part switch
                    {
                        IInterpolatedStringTextOperation literal => literal.Text.ConstantText(),
                        IInterpolationOperation { Alignment: null, FormatString: null } hole => TextOf(hole.Expression, depth + 1, call, cancellationToken),
                        _ => null,
                    };

                    if (piece is null)
                    {
                        return null;
                    }

                    text.Append(piece);
                }

                return text.ToString();

            case IBinaryOperation { OperatorKind: BinaryOperatorKind.Add } sum when sum.ConstantText() is null:
                return depth < MaxDepth && TextOf(sum.LeftOperand, depth + 1, call, cancellationToken) is { } left && TextOf(sum.RightOperand, depth + 1, call, cancellationToken) is { } right
                    ? left + right
                    : null;

            default:
                var sources = new List<ConstantText>();
                Collect(value, sources, depth + 1, call, cancellationToken);
                return sources.Count == 1 ? sources[0].Text : null;
        }
    }

    private static void CollectVariable(IOperation reference, ISymbol variable, List<ConstantText> found, int depth, IInvocationOperation? call, CancellationToken cancellationToken)
    {
        var assignments = s_assignments.GetValue(RootOf(reference), static root => AssignmentsIn(root))[variable].ToArray();
        foreach (var assignment in assignments)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (!assignments.Any(other => Overwrites(other, assignment, reference.Syntax)))
            {
                Collect(assignment.Value, found, depth + 1, call, cancellationToken);
            }
        }
    }

    private static void CollectDefault(IParameterReferenceOperation reference, List<ConstantText> found, int depth, CancellationToken cancellationToken)
    {
        if (reference.Parameter is { HasExplicitDefaultValue: true, ExplicitDefaultValue: string, DeclaringSyntaxReferences: [var declaration] }
            && declaration.GetSyntax(cancellationToken) is ParameterSyntax { Default.Value: { } text } syntax
            && !s_assignments.GetValue(RootOf(reference), static root => AssignmentsIn(root))[reference.Parameter]
                .Any(assigned => Overwrites(assigned, new Assignment(reference.Parameter, Value: null, syntax, IsStatement: false), reference.Syntax))
            && OperationOf(reference, text, cancellationToken) is { } value)
        {
            Collect(value, found, depth + 1, call: null, cancellationToken);
        }
    }

    private static IArgumentOperation? ArgumentFor(IParameterSymbol parameter, IInvocationOperation call)
    {
        foreach (var argument in call.Arguments)
        {
            if (SymbolEqualityComparer.Default.Equals(argument.Parameter?.OriginalDefinition, parameter.OriginalDefinition))
            {
                return argument;
            }
        }

        return null;
    }

    private static ILookup<ISymbol, Assignment> AssignmentsIn(IOperation root) =>
        root.Descendants()
            .Select(static operation => operation switch
            {
                IVariableDeclaratorOperation declarator => new Assignment(declarator.Symbol, declarator.GetVariableInitializer()?.Value, declarator.Syntax, IsStatement: false),
                ISimpleAssignmentOperation assignment when VariableOf(assignment.Target) is { } variable =>
                    new Assignment(variable, assignment.Value, assignment.Syntax, assignment.Parent is IExpressionStatementOperation),
                ICoalesceAssignmentOperation assignment when VariableOf(assignment.Target) is { } variable =>
                    new Assignment(variable, assignment.Value, assignment.Syntax, IsStatement: false),
                _ => default,
            })
            .Where(static assignment => assignment.Value is not null)
            .ToLookup(static assignment => assignment.Variable, SymbolEqualityComparer.Default);

    private static ISymbol? VariableOf(IOperation target) => target switch
    {
        ILocalReferenceOperation local => local.Local,
        IParameterReferenceOperation parameter => parameter.Parameter,
        _ => null,
    };

    /// <summary>
    /// Whether another assignment certainly stands between this one and the use: it follows it in the text, and the block that
    /// holds it holds the use too.
    /// </summary>
    private static bool Overwrites(Assignment other, Assignment assignment, SyntaxNode use) =>
        other.IsStatement
        && other.Syntax.SpanStart > assignment.Syntax.Span.End
        && other.Syntax.Span.End < use.SpanStart
        && other.Syntax.FirstAncestorOrSelf<StatementSyntax>()?.Parent is { } block
        && block.Span.Contains(use.Span);

    private static void CollectDeclared(IOperation reference, IFieldSymbol field, List<ConstantText> found, int depth, CancellationToken cancellationToken)
    {
        if (field.DeclaringSyntaxReferences is [var declaration])
        {
            CollectInitial(reference, field, (declaration.GetSyntax(cancellationToken) as VariableDeclaratorSyntax)?.Initializer?.Value, found, depth, cancellationToken);
        }
        else if (field is { HasConstantValue: true, ConstantValue: string text })
        {
            // Declared in another assembly: the use is all there is to show.
            found.Add(new ConstantText(text, reference.Syntax));
        }
    }

    private static void CollectReturned(IOperation reference, ISymbol member, List<ConstantText> found, int depth, CancellationToken cancellationToken)
    {
        if (member.DeclaringSyntaxReferences is [var declaration]
            && declaration.GetSyntax(cancellationToken) is PropertyDeclarationSyntax { AccessorList.Accessors: [{ RawKind: (int)SyntaxKind.GetAccessorDeclaration, Body: null, ExpressionBody: null }] } property)
        {
            CollectInitial(reference, member, property.Initializer?.Value, found, depth, cancellationToken);
        }
        else if (ReturnedBy(member, cancellationToken) is { } expression && OperationOf(reference, expression, cancellationToken) is { } value)
        {
            Collect(value, found, depth + 1, reference as IInvocationOperation, cancellationToken);
        }
    }

    /// <summary>
    /// What a read-only field, or a property that only constructors set, can be: what constructors write to it, and where none
    /// does, its initialiser.
    /// </summary>
    private static void CollectInitial(IOperation reference, ISymbol member, ExpressionSyntax? initializer, List<ConstantText> found, int depth, CancellationToken cancellationToken)
    {
        foreach (var value in InitialValues(reference, member, initializer, cancellationToken))
        {
            Collect(value, found, depth + 1, call: null, cancellationToken);
        }
    }

    private static IEnumerable<IOperation?> InitialValues(IOperation reference, ISymbol member, ExpressionSyntax? initializer, CancellationToken cancellationToken)
    {
        var isWritten = false;
        foreach (var written in member is IFieldSymbol { IsConst: true } ? [] : WrittenByConstructors(member, cancellationToken))
        {
            isWritten = true;
            yield return written is null ? null : OperationOf(reference, written, cancellationToken);
        }

        if (!isWritten && initializer is not null)
        {
            yield return OperationOf(reference, initializer, cancellationToken);
        }
    }

    /// <summary>The values that constructors assign to a member of their type, by its name; null for one that is not in view.</summary>
    private static IEnumerable<ExpressionSyntax?> WrittenByConstructors(ISymbol member, CancellationToken cancellationToken)
    {
        foreach (var constructor in member.ContainingType.InstanceConstructors.Concat(member.ContainingType.StaticConstructors))
        {
            foreach (var declaration in constructor.IsStatic == member.IsStatic ? constructor.DeclaringSyntaxReferences : [])
            {
                if (declaration.GetSyntax(cancellationToken) is not ConstructorDeclarationSyntax syntax)
                {
                    continue;
                }

                foreach (var name in syntax.DescendantNodes().OfType<IdentifierNameSyntax>())
                {
                    var target = name.Parent is MemberAccessExpressionSyntax { Expression: ThisExpressionSyntax } access ? access : (ExpressionSyntax)name;
                    if (name.Identifier.ValueText == member.Name)
                    {
                        switch (target.Parent)
                        {
                            case AssignmentExpressionSyntax { Right: var right } assignment when assignment.Left == target:
                                yield return assignment.IsKind(SyntaxKind.SimpleAssignmentExpression) || assignment.IsKind(SyntaxKind.CoalesceAssignmentExpression) ? right : null;
                                break;

                            case ArgumentSyntax { RefKindKeyword.RawKind: not (int)SyntaxKind.None }:
                            case ArgumentSyntax { Parent: TupleExpressionSyntax { Parent: AssignmentExpressionSyntax { Left: TupleExpressionSyntax } } }:
                                yield return null;
                                break;
                        }
                    }
                }
            }
        }
    }

    private static ExpressionSyntax? ReturnedBy(ISymbol member, CancellationToken cancellationToken)
    {
        if (member.DeclaringSyntaxReferences is not [var declaration])
        {
            return null;
        }

        return declaration.GetSyntax(cancellationToken) switch
        {
            PropertyDeclarationSyntax { ExpressionBody: { } arrow } => arrow.Expression,
            PropertyDeclarationSyntax { Initializer: { } initializer, AccessorList.Accessors: [{ RawKind: (int)SyntaxKind.GetAccessorDeclaration, Body: null }] } => initializer.Value,
            PropertyDeclarationSyntax { AccessorList.Accessors: [{ ExpressionBody: { } arrow }] } => arrow.Expression,
            PropertyDeclarationSyntax { AccessorList.Accessors: [{ Body.Statements: [ReturnStatementSyntax { Expression: { } returned }] }] } => returned,
            MethodDeclarationSyntax { ExpressionBody: { } arrow } => arrow.Expression,
            MethodDeclarationSyntax { Body.Statements: [ReturnStatementSyntax { Expression: { } returned }] } => returned,
            LocalFunctionStatementSyntax { ExpressionBody: { } arrow } => arrow.Expression,
            LocalFunctionStatementSyntax { Body.Statements: [ReturnStatementSyntax { Expression: { } returned }] } => returned,
            _ => null,
        };
    }

    private static IOperation? OperationOf(IOperation from, SyntaxNode syntax, CancellationToken cancellationToken) =>
        from.SemanticModel is { } model ? SemanticModels.Of(model, syntax.SyntaxTree)?.TryGetOperation(syntax, cancellationToken) : null;

    private static IOperation RootOf(IOperation operation)
    {
        while (operation.Parent is { } parent)
        {
            operation = parent;
        }

        return operation;
    }

    private readonly record struct Assignment(ISymbol Variable, IOperation? Value, SyntaxNode Syntax, bool IsStatement);
}
