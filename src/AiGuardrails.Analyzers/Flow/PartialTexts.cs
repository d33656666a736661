using System.Globalization;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace AiGuardrails.Analyzers.Flow;

/// <summary>
/// A text of which parts may be unknown: <see cref="PartialTexts.Hole"/> stands for each of them. With the piece of source that
/// a reader would change to change it.
/// </summary>
internal readonly record struct PartialText(string Text, SyntaxNode Syntax);

/// <summary>
/// What is known of the texts that a value can be, where only a part of them is constant: a URL whose host is configured, a file
/// name in a folder from a parameter.
/// </summary>
internal static class PartialTexts
{
    /// <summary>Stands for an unknown part; no source holds this character.</summary>
    public const char Hole = '\u0001';

    private const int MaxDepth = 8;

    // A text with more variants than this is a catalogue, not a choice.
    private const int MaxTexts = 16;

    private static readonly string s_hole = Hole.ToString();

    /// <summary>The texts that the value may be; a text that is nothing but a hole is left out.</summary>
    public static IReadOnlyList<PartialText> Of(IOperation? value, CancellationToken cancellationToken)
    {
        var found = new List<PartialText>();
        Collect(value, found, depth: 0, cancellationToken);
        found.RemoveAll(static text => text.Text == s_hole);
        return found;
    }

    private static void Collect(IOperation? value, List<PartialText> found, int depth, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (value is null || depth > MaxDepth || found.Count >= MaxTexts)
        {
            return;
        }

        value = value.Unwrap();
        if (value.ConstantText() is { } constant && value is not IFieldReferenceOperation and not ILocalReferenceOperation)
        {
            found.Add(new PartialText(constant, value.Syntax));
            return;
        }

        switch (value)
        {
            case IConditionalOperation { WhenFalse: { } whenFalse } conditional:
                Collect(conditional.WhenTrue, found, depth + 1, cancellationToken);
                Collect(whenFalse, found, depth + 1, cancellationToken);
                return;

            case ICoalesceOperation coalesce:
                Collect(coalesce.Value, found, depth + 1, cancellationToken);
                Collect(coalesce.WhenNull, found, depth + 1, cancellationToken);
                return;

            case ISwitchExpressionOperation choice:
                foreach (var arm in choice.Arms)
                {
                    Collect(arm.Value, found, depth + 1, cancellationToken);
                }

                return;

            case ILocalReferenceOperation local when !IsAddedTo(local):
                foreach (var assigned in ConstantValues.AssignedTo(local, cancellationToken))
                {
                    Collect(assigned, found, depth + 1, cancellationToken);
                }

                return;

            case IFieldReferenceOperation field:
                CollectField(field, found, depth, cancellationToken);
                return;

            case IPropertyReferenceOperation { Property: { IsVirtual: false, IsAbstract: false, IsOverride: false, IsIndexer: false } property }
                when property.ContainingType.TypeKind != TypeKind.Interface:
                Collect(ConstantValues.ReturnedBy(value, property, cancellationToken), found, depth + 1, cancellationToken);
                return;

            case IInvocationOperation { TargetMethod: { IsVirtual: false, IsAbstract: false, IsOverride: false, Parameters.IsEmpty: true, MethodKind: MethodKind.Ordinary or MethodKind.LocalFunction } method }
                when method.ContainingType.TypeKind != TypeKind.Interface:
                Collect(ConstantValues.ReturnedBy(value, method, cancellationToken), found, depth + 1, cancellationToken);
                return;

            case IInterpolatedStringOperation or IBinaryOperation { OperatorKind: BinaryOperatorKind.Add, Type.SpecialType: SpecialType.System_String }:
            case IInvocationOperation { TargetMethod: { Name: "Format" or "Concat", ContainingType.SpecialType: SpecialType.System_String } }:
                found.Add(new PartialText(Compose(value, depth, cancellationToken), value.Syntax));
                return;
        }
    }

    private static void CollectField(IFieldReferenceOperation reference, List<PartialText> found, int depth, CancellationToken cancellationToken)
    {
        var field = reference.Field;
        if (field is { IsConst: true } or { IsReadOnly: true, IsStatic: true } or { IsReadOnly: true, IsStatic: false })
        {
            // A constructor may set another value than the initialiser of an instance field, so that one is only a guess there.
            if ((field.IsConst || field.IsStatic || !IsSetByConstructor(field, cancellationToken))
                && ConstantValues.InitializerOf(reference, field, cancellationToken) is { } initializer)
            {
                Collect(initializer, found, depth + 1, cancellationToken);
            }
            else if (field is { HasConstantValue: true, ConstantValue: string text })
            {
                found.Add(new PartialText(text, reference.Syntax));
            }
        }
    }

    private static bool IsSetByConstructor(IFieldSymbol field, CancellationToken cancellationToken) =>
        field.ContainingType.InstanceConstructors.Any(constructor => constructor.DeclaringSyntaxReferences.Any(declaration =>
            declaration.GetSyntax(cancellationToken) is ConstructorDeclarationSyntax syntax
            && syntax.DescendantNodes().OfType<IdentifierNameSyntax>().Any(name => name.Identifier.ValueText == field.Name)));

    /// <summary>The text of one operand: known where it can only be one text, else a hole.</summary>
    private static string TextOf(IOperation? value, int depth, CancellationToken cancellationToken)
    {
        if (value?.Unwrap() is IInterpolatedStringOperation or IBinaryOperation { OperatorKind: BinaryOperatorKind.Add, Type.SpecialType: SpecialType.System_String })
        {
            return Compose(value.Unwrap(), depth + 1, cancellationToken);
        }

        if (value is { ConstantValue: { HasValue: true, Value: { } constant } } and not { Type.SpecialType: SpecialType.System_String })
        {
            return Convert.ToString(constant, CultureInfo.InvariantCulture) ?? s_hole;
        }

        var texts = new List<PartialText>();
        Collect(value, texts, depth + 1, cancellationToken);
        return texts.Count == 1 ? texts[0].Text : s_hole;
    }

    private static string Compose(IOperation value, int depth, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        switch (value)
        {
            case { } when value.ConstantText() is { } constant:
                return constant;

            case { } when depth > MaxDepth * 4:
                return s_hole;

            case IInterpolatedStringOperation interpolated:
                return string.Concat(interpolated.Parts.Select(part => part switch
                {
                    IInterpolatedStringTextOperation text => text.Text.ConstantText() ?? s_hole,
                    IInterpolationOperation { FormatString: null, Alignment: null } hole => TextOf(hole.Expression, depth, cancellationToken),
                    _ => s_hole,
                }));

            case IBinaryOperation sum:
                return TextOf(sum.LeftOperand, depth, cancellationToken) + TextOf(sum.RightOperand, depth, cancellationToken);

            case IInvocationOperation { TargetMethod.Name: "Concat" } concat when Operands(concat, skip: 0) is { } operands:
                return string.Concat(operands.Select(operand => TextOf(operand, depth, cancellationToken)));

            case IInvocationOperation { TargetMethod.Name: "Format" } format
                when format.Arguments.FirstOrDefault(static argument => argument.Parameter?.Name == "format") is { } pattern
                && Operands(format, format.Arguments.IndexOf(pattern) + 1) is { } values:
                return Fill(TextOf(pattern.Value, depth, cancellationToken), values.Select(operand => TextOf(operand, depth, cancellationToken)).ToArray());

            default:
                return s_hole;
        }
    }

    /// <summary>The operands of a call with a list of objects, written out or as a parameter array; null where the list is not in view.</summary>
    private static List<IOperation>? Operands(IInvocationOperation call, int skip)
    {
        var operands = new List<IOperation>();
        foreach (var argument in call.Arguments.Skip(skip))
        {
            if (argument.ArgumentKind is ArgumentKind.ParamArray && argument.Value is IArrayCreationOperation { Initializer: { } elements })
            {
                operands.AddRange(elements.ElementValues);
            }
            else if (argument.Parameter?.Type is IArrayTypeSymbol or INamedTypeSymbol { TypeArguments.Length: > 0 })
            {
                return null;
            }
            else
            {
                operands.Add(argument.Value);
            }
        }

        return operands;
    }

    /// <summary>What <c>string.Format</c> makes of a pattern; an alignment or a format makes a hole.</summary>
    private static string Fill(string pattern, string[] values)
    {
        var text = new StringBuilder();
        for (var i = 0; i < pattern.Length; i++)
        {
            var c = pattern[i];
            if (c is '{' or '}' && i + 1 < pattern.Length && pattern[i + 1] == c)
            {
                text.Append(c);
                i++;
            }
            else if (c == '{' && pattern.IndexOf('}', i) is > 0 and var end)
            {
                text.Append(int.TryParse(pattern.Substring(i + 1, end - i - 1), NumberStyles.None, CultureInfo.InvariantCulture, out var index) && index < values.Length ? values[index] : s_hole);
                i = end;
            }
            else
            {
                text.Append(c);
            }
        }

        return text.ToString();
    }

    /// <summary>Whether a local is built up with <c>+=</c>: what it holds at the use is then not what was assigned.</summary>
    private static bool IsAddedTo(ILocalReferenceOperation reference)
    {
        IOperation root = reference;
        while (root.Parent is { } parent)
        {
            root = parent;
        }

        return root.Descendants().Any(operation =>
            operation is ICompoundAssignmentOperation { Target: ILocalReferenceOperation target }
            && SymbolEqualityComparer.Default.Equals(target.Local, reference.Local));
    }
}
