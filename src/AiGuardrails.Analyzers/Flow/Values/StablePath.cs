using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace AiGuardrails.Analyzers.Flow.Values;

/// <summary>
/// A variable, or members of one, that yields the same object when it is asked twice in a row: <c>job.Status</c>,
/// <c>_job.Value.Status</c>, <c>root.GetProperty("status")</c>.
/// </summary>
internal sealed class StablePath : IEquatable<StablePath>
{
    private StablePath(ISymbol root, string members)
    {
        Root = root;
        Members = members;
    }

    /// <summary>Gets the local, the parameter, or the first member that is asked.</summary>
    public ISymbol Root { get; }

    /// <summary>Gets what is asked of it; empty for the variable itself.</summary>
    public string Members { get; }

    /// <summary>Gets a value indicating whether nobody but code that names the variable can change what it yields.</summary>
    public bool IsVariable => Members.Length == 0 && Root is ILocalSymbol or IParameterSymbol;

    /// <summary>The path of an operation; null where asking twice may yield two things.</summary>
    /// <param name="operation">The operation.</param>
    /// <param name="arguments">What the parameters of the helper that is looked into stand for.</param>
    public static StablePath? Of(IOperation? operation, IReadOnlyDictionary<ISymbol, IOperation>? arguments = null)
    {
        switch (operation)
        {
            case ILocalReferenceOperation local:
                return new(local.Local, "");

            case IParameterReferenceOperation parameter:
                return arguments is not null && arguments.TryGetValue(parameter.Parameter, out var argument)
                    ? Of(argument)
                    : new(parameter.Parameter, "");

            case IConversionOperation conversion:
                return Of(conversion.Operand, arguments);

            case IParenthesizedOperation parenthesized:
                return Of(parenthesized.Operand, arguments);

            case ISimpleAssignmentOperation assignment:
                return Of(assignment.Target, arguments);

            case IDeclarationExpressionOperation declaration:
                return Of(declaration.Expression, arguments);

            case IConditionalAccessOperation access:
                return Of(access.WhenNotNull, arguments);

            case IConditionalAccessInstanceOperation instance:
                return Of(ReceiverOf(instance), arguments);

            case IFieldReferenceOperation field:
                return Member(field.Instance, field.Field, arguments);

            case IPropertyReferenceOperation { Property.IsIndexer: true } indexer:
                return indexer.Arguments.All(argument => argument.Value.Unwrap().ConstantValue.HasValue || Of(argument.Value, arguments) is not null)
                    ? Of(indexer.Instance, arguments)?.Then("[" + KeyOf(indexer.Arguments) + "]")
                    : null;

            case IPropertyReferenceOperation property:
                // "status.Value" of a nullable is the status.
                return property.Property.ContainingType.OriginalDefinition.SpecialType == SpecialType.System_Nullable_T && property.Property.Name == "Value" ? Of(property.Instance, arguments)
                    : IsStable(property.Property) ? Member(property.Instance, property.Property, arguments)
                    : null;

            case IArrayElementReferenceOperation element:
                return element.Indices.All(index => index.ConstantValue.HasValue || Of(index, arguments) is not null)
                    ? Of(element.ArrayReference, arguments)?.Then("[" + string.Join(",", element.Indices.Select(static index => index.Syntax.ToString())) + "]")
                    : null;

            case IInvocationOperation { TargetMethod: { Name: "GetProperty", ContainingType.Name: "JsonElement" }, Arguments: [var name] } read when name.Value.ConstantText() is { } key:
                return Of(read.Instance, arguments)?.Then("[" + key + "]");

            default:
                return null;
        }
    }

    /// <summary>What stands before the question mark of a conditional access.</summary>
    public static IOperation? ReceiverOf(IConditionalAccessInstanceOperation instance)
    {
        for (IOperation current = instance; current.Parent is { } parent; current = parent)
        {
            if (parent is IConditionalAccessOperation access && access.WhenNotNull == current)
            {
                return access.Operation;
            }
        }

        return null;
    }

    /// <summary>The path of a member of what this path yields.</summary>
    public StablePath Then(string member) => new(Root, Members + "." + member);

    /// <summary>Whether this path is a member of what the other yields, or the same.</summary>
    public bool StartsWith(StablePath other) =>
        SymbolEqualityComparer.Default.Equals(Root, other.Root)
        && (Members == other.Members || Members.StartsWith(other.Members + ".", StringComparison.Ordinal));

    public bool Equals(StablePath? other) =>
        other is not null && SymbolEqualityComparer.Default.Equals(Root, other.Root) && Members == other.Members;

    public override bool Equals(object? obj) => Equals(obj as StablePath);

    public override int GetHashCode() => unchecked((SymbolEqualityComparer.Default.GetHashCode(Root) * 397) ^ StringComparer.Ordinal.GetHashCode(Members));

    private static StablePath? Member(IOperation? instance, ISymbol member, IReadOnlyDictionary<ISymbol, IOperation>? arguments) => instance switch
    {
        null or IInstanceReferenceOperation => new(member, ""),
        _ => Of(instance, arguments)?.Then(member.Name),
    };

    private static string KeyOf(IEnumerable<IArgumentOperation> arguments) =>
        string.Join(",", arguments.Select(static argument => argument.KeyText() ?? argument.Value.Syntax.ToString()));

    // A property of the project that calls something may fetch the job each time.
    private static bool IsStable(IPropertySymbol property) =>
        property.DeclaringSyntaxReferences is not [var declaration]
        || declaration.GetSyntax() is not PropertyDeclarationSyntax syntax
        || !syntax.DescendantNodes().Any(static node => node is InvocationExpressionSyntax or BaseObjectCreationExpressionSyntax or AwaitExpressionSyntax or AssignmentExpressionSyntax);
}
