using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AiGuardrails.Analyzers.Flow.Loops;

/// <summary>One place where the loop gives a variable a value.</summary>
/// <param name="Symbol">The local or parameter.</param>
/// <param name="Value">What it is given; null where it is counted.</param>
/// <param name="Operation">Where.</param>
internal readonly record struct LoopWrite(ISymbol Symbol, IOperation? Value, IOperation Operation);

/// <summary>The places where a loop gives its variables values.</summary>
internal static class LoopWrites
{
    /// <summary>Where the loop writes, in the order of the code.</summary>
    public static IEnumerable<LoopWrite> In(IOperation loop)
    {
        foreach (var operation in loop.Descendants())
        {
            switch (operation)
            {
                case IVariableDeclaratorOperation { Parent: not IForEachLoopOperation } declarator when declarator.GetVariableInitializer() is { } initializer:
                    yield return new LoopWrite(declarator.Symbol, initializer.Value, operation);
                    break;

                case IForEachLoopOperation each:
                    foreach (var variable in each.LoopControlVariable.DescendantsAndSelf())
                    {
                        if (((variable as IVariableDeclaratorOperation)?.Symbol ?? VariableOf(variable)) is { } control)
                        {
                            yield return new LoopWrite(control, each.Collection, operation);
                        }
                    }

                    break;

                case IDeconstructionAssignmentOperation deconstruction:
                    foreach (var target in deconstruction.Target.DescendantsAndSelf())
                    {
                        if (VariableOf(target) is { } part)
                        {
                            yield return new LoopWrite(part, deconstruction.Value, operation);
                        }
                    }

                    break;

                case ICompoundAssignmentOperation compound when VariableOf(compound.Target) is { } added:
                    yield return new LoopWrite(added, compound, operation);
                    break;

                case IAssignmentOperation assignment when VariableOf(assignment.Target) is { } assigned:
                    yield return new LoopWrite(assigned, assignment.Value, operation);
                    break;

                case IIncrementOrDecrementOperation step when VariableOf(step.Target) is { } counted:
                    yield return new LoopWrite(counted, null, operation);
                    break;

                case IArgumentOperation { Parameter.RefKind: RefKind.Out or RefKind.Ref, Parent: { } call } argument when VariableOf(argument.Value) is { } filled:
                    yield return new LoopWrite(filled, call, operation);
                    break;

                case IDeclarationPatternOperation { DeclaredSymbol: { } declared }:
                    yield return new LoopWrite(declared, MatchedBy(operation), operation);
                    break;

                case IRecursivePatternOperation { DeclaredSymbol: { } declared }:
                    yield return new LoopWrite(declared, MatchedBy(operation), operation);
                    break;
            }
        }
    }

    /// <summary>The local or parameter that is written, or null.</summary>
    public static ISymbol? VariableOf(IOperation target) => target switch
    {
        ILocalReferenceOperation local => local.Local,
        IParameterReferenceOperation parameter => parameter.Parameter,
        IDeclarationExpressionOperation declaration => VariableOf(declaration.Expression),
        _ => null,
    };

    /// <summary>The value that a pattern is matched with.</summary>
    private static IOperation MatchedBy(IOperation pattern)
    {
        for (var node = pattern; node is not null; node = node.Parent)
        {
            switch (node)
            {
                case IIsPatternOperation match:
                    return match.Value;
                case ISwitchOperation choice:
                    return choice.Value;
                case ISwitchExpressionOperation choice:
                    return choice.Value;
            }
        }

        return pattern;
    }
}
