using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace AiGuardrails.Analyzers.Flow;

/// <summary>In which environment code runs.</summary>
internal enum RunsIn
{
    /// <summary>Not decided: it hangs on something else, such as a setting.</summary>
    Unknown,

    /// <summary>In development only.</summary>
    Development,

    /// <summary>Everywhere but in development.</summary>
    Production,

    /// <summary>Under no condition at all.</summary>
    Everywhere,
}

/// <summary>
/// Whether code runs in development only: <c>IsDevelopment()</c>, a comparison with "Development", <c>#if DEBUG</c>, a debugger.
/// </summary>
internal static class Development
{
    private const int MaxDepth = 16;

    /// <summary>Where the operation runs, by the conditions around it in its body.</summary>
    public static RunsIn Of(IOperation operation, ISymbol owner, CancellationToken cancellationToken)
    {
        var directives = OfDirectives(operation.Syntax);
        if (directives is RunsIn.Development or RunsIn.Unknown)
        {
            return directives;
        }

        if (IsNamedSo(owner))
        {
            return RunsIn.Development;
        }

        var result = directives;
        for (IOperation child = operation; child.Parent is { } parent; child = parent)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var here = parent switch
            {
                IConditionalOperation choice when ReferenceEquals(child, choice.WhenTrue) => Implied(choice.Condition, value: true, depth: 0, cancellationToken),
                IConditionalOperation choice when ReferenceEquals(child, choice.WhenFalse) => Implied(choice.Condition, value: false, depth: 0, cancellationToken),
                IBlockOperation block => OfExits(block, child, cancellationToken),
                ISwitchCaseOperation or ISwitchExpressionArmOperation or ICatchClauseOperation => RunsIn.Unknown,
                IWhileLoopOperation loop when !ReferenceEquals(child, loop.Condition) && loop.ConditionIsTop => RunsIn.Unknown,
                ICoalesceOperation or IConditionalAccessOperation => RunsIn.Everywhere,
                _ => RunsIn.Everywhere,
            };

            switch (here)
            {
                case RunsIn.Development:
                    return RunsIn.Development;
                case RunsIn.Unknown:
                    result = RunsIn.Unknown;
                    break;
                case RunsIn.Production when result == RunsIn.Everywhere:
                    result = RunsIn.Production;
                    break;
            }
        }

        return result;
    }

    /// <summary>What follows about the environment where the condition has this value.</summary>
    public static RunsIn Implied(IOperation? condition, bool value, int depth, CancellationToken cancellationToken)
    {
        if (condition is null || depth > MaxDepth)
        {
            return RunsIn.Unknown;
        }

        condition = condition.Unwrap();
        switch (condition)
        {
            case IUnaryOperation { OperatorKind: UnaryOperatorKind.Not } not:
                return Implied(not.Operand, !value, depth + 1, cancellationToken);

            case IBinaryOperation { OperatorKind: BinaryOperatorKind.ConditionalAnd or BinaryOperatorKind.ConditionalOr } both:
                var left = Implied(both.LeftOperand, value, depth + 1, cancellationToken);
                var right = Implied(both.RightOperand, value, depth + 1, cancellationToken);
                var isEither = both.OperatorKind == BinaryOperatorKind.ConditionalAnd == value;
                return left == right ? left
                    : isEither && (left == RunsIn.Development || right == RunsIn.Development) ? RunsIn.Development
                    : RunsIn.Unknown;

            case IBinaryOperation { OperatorKind: BinaryOperatorKind.Equals or BinaryOperatorKind.NotEquals } equals
                when (equals.LeftOperand.ConstantText() ?? equals.RightOperand.ConstantText()) is { } name:
                return OfName(name, equals.OperatorKind == BinaryOperatorKind.Equals == value);

            case IInvocationOperation { TargetMethod.Name: "Equals" or "IsEnvironment" } equals
                when equals.Arguments.Select(static argument => argument.Value.ConstantText()).FirstOrDefault(static text => text is not null) is { } name:
                return OfName(name, value);

            case IInvocationOperation { TargetMethod.Name: var method }:
                return OfTest(method, value);

            case IPropertyReferenceOperation { Property.Name: var property } when OfTest(property, value) is not RunsIn.Unknown and var known:
                return known;

            case ILocalReferenceOperation or IFieldReferenceOperation or IPropertyReferenceOperation:
                return ValueSources.Of(condition, cancellationToken) is [{ Value: var source }] && source.Syntax != condition.Syntax
                    ? Implied(source, value, depth + 1, cancellationToken)
                    : RunsIn.Unknown;

            default:
                return RunsIn.Unknown;
        }
    }

    private static RunsIn OfTest(string name, bool value) => name switch
    {
        "IsDevelopment" or "IsAttached" => value ? RunsIn.Development : RunsIn.Production,
        "IsProduction" or "IsStaging" => value ? RunsIn.Production : RunsIn.Unknown,
        _ => RunsIn.Unknown,
    };

    private static RunsIn OfName(string name, bool value) => name.ToUpperInvariant() switch
    {
        "DEVELOPMENT" => value ? RunsIn.Development : RunsIn.Production,
        "LOCAL" => value ? RunsIn.Development : RunsIn.Unknown,
        "PRODUCTION" or "STAGING" => value ? RunsIn.Production : RunsIn.Unknown,
        _ => RunsIn.Unknown,
    };

    // if (!environment.IsDevelopment()) { return; }
    private static RunsIn OfExits(IBlockOperation block, IOperation child, CancellationToken cancellationToken)
    {
        var result = RunsIn.Everywhere;
        foreach (var statement in block.Operations)
        {
            if (ReferenceEquals(statement, child))
            {
                break;
            }

            if (statement is IConditionalOperation { WhenFalse: null } choice && Leaves(choice.WhenTrue))
            {
                var rest = Implied(choice.Condition, value: false, depth: 0, cancellationToken);
                if (rest == RunsIn.Development)
                {
                    return rest;
                }

                result = rest == RunsIn.Production && result != RunsIn.Unknown ? rest : RunsIn.Unknown;
            }
        }

        return result;
    }

    private static bool Leaves(IOperation? statement) => statement switch
    {
        IReturnOperation or IThrowOperation or IBranchOperation or IExpressionStatementOperation { Operation: IThrowOperation } => true,
        IBlockOperation { Operations: [.., var last] } => Leaves(last),
        _ => false,
    };

    private static bool IsNamedSo(ISymbol owner)
    {
        for (ISymbol? symbol = owner; symbol is not null and not INamespaceSymbol; symbol = symbol.ContainingSymbol)
        {
            if (symbol.Name.IndexOf("Development", StringComparison.Ordinal) >= 0
                || symbol.GetAttributes().Any(static attribute => attribute.AttributeClass?.Name == "ConditionalAttribute" && attribute.ConstructorArguments is [{ Value: "DEBUG" }]))
            {
                return true;
            }
        }

        return false;
    }

    private static RunsIn OfDirectives(SyntaxNode node)
    {
        var root = node.SyntaxTree.GetRoot();
        if (!root.ContainsDirectives)
        {
            return RunsIn.Everywhere;
        }

        var open = new Stack<RunsIn>();
        for (var directive = root.GetFirstDirective(); directive is not null && directive.SpanStart < node.SpanStart; directive = directive.GetNextDirective())
        {
            switch (directive)
            {
                case IfDirectiveTriviaSyntax start:
                    open.Push(OfSymbols(start.Condition, value: true));
                    break;
                case ElifDirectiveTriviaSyntax next when open.Count > 0:
                    open.Pop();
                    open.Push(OfSymbols(next.Condition, value: true));
                    break;
                case ElseDirectiveTriviaSyntax otherwise when open.Count > 0:
                    open.Pop();
                    open.Push(otherwise.GetRelatedDirectives() is [IfDirectiveTriviaSyntax first, ElseDirectiveTriviaSyntax, ..] ? OfSymbols(first.Condition, value: false) : RunsIn.Everywhere);
                    break;
                case EndIfDirectiveTriviaSyntax when open.Count > 0:
                    open.Pop();
                    break;
            }
        }

        return open.Contains(RunsIn.Development) ? RunsIn.Development : open.Contains(RunsIn.Production) ? RunsIn.Production : RunsIn.Everywhere;
    }

    // Which symbols are defined is a matter of the build; only DEBUG says something about the environment.
    private static RunsIn OfSymbols(ExpressionSyntax condition, bool value) => condition switch
    {
        ParenthesizedExpressionSyntax inner => OfSymbols(inner.Expression, value),
        PrefixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.LogicalNotExpression } not => OfSymbols(not.Operand, !value),
        BinaryExpressionSyntax { RawKind: (int)SyntaxKind.LogicalAndExpression or (int)SyntaxKind.LogicalOrExpression } both =>
            (OfSymbols(both.Left, value), OfSymbols(both.Right, value)) is var (left, right) && left == right ? left
            : both.IsKind(SyntaxKind.LogicalAndExpression) == value && (left == RunsIn.Development || right == RunsIn.Development) ? RunsIn.Development
            : RunsIn.Everywhere,
        IdentifierNameSyntax { Identifier.ValueText: "DEBUG" } => value ? RunsIn.Development : RunsIn.Production,
        _ => RunsIn.Everywhere,
    };
}
