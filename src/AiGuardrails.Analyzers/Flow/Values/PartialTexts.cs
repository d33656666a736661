using System.Globalization;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AiGuardrails.Analyzers.Flow.Values;

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

    // Deep enough for a sum of many parts, and a bound on what refers to itself.
    private const int MaxDepth = 32;

    // A text with more variants than this is a catalogue, not a choice.
    private const int MaxTexts = 16;

    // Parts that one text may have. A text that is doubled thirty times over would be endless otherwise.
    private const int MaxParts = 2_000;

    private const int MaxLength = 64 * 1024;

    private static readonly string s_hole = Hole.ToString();

    /// <summary>The texts that the value may be; a text that is nothing but a hole is left out.</summary>
    public static IReadOnlyList<PartialText> Of(IOperation? value, CancellationToken cancellationToken)
    {
        var found = new List<PartialText>();
        var parts = MaxParts;
        Collect(value, found, ref parts, cancellationToken);
        found.RemoveAll(static text => text.Text == s_hole);
        return found;
    }

    private static void Collect(IOperation? value, List<PartialText> found, ref int parts, CancellationToken cancellationToken)
    {
        if (value is null)
        {
            return;
        }

        foreach (var source in ValueSources.Of(value, cancellationToken))
        {
            if (found.Count < MaxTexts && TextOfSource(source.Value, depth: 0, ref parts, cancellationToken) is { } text)
            {
                found.Add(new PartialText(text, source.Value.Syntax));
            }
        }
    }

    private static string? TextOfSource(IOperation value, int depth, ref int parts, CancellationToken cancellationToken) => value switch
    {
        { ConstantValue: { HasValue: true, Value: string constant } } => constant,
        IUtf8StringOperation utf8 => utf8.Value,
        IInterpolatedStringOperation or IBinaryOperation { OperatorKind: BinaryOperatorKind.Add, Type.SpecialType: SpecialType.System_String }
            or IInvocationOperation { TargetMethod: { Name: "Format" or "Concat", ContainingType.SpecialType: SpecialType.System_String } } => Compose(value, depth, ref parts, cancellationToken),
        _ => null,
    };

    /// <summary>The text of one operand: known where it can only be one text, else a hole.</summary>
    private static string TextOf(IOperation? value, int depth, ref int parts, CancellationToken cancellationToken)
    {
        if (value is null || depth > MaxDepth || --parts < 0)
        {
            return s_hole;
        }

        if (value is { ConstantValue: { HasValue: true, Value: { } constant } })
        {
            return Convert.ToString(constant, CultureInfo.InvariantCulture) ?? s_hole;
        }

        return ValueSources.Of(value, cancellationToken) is [{ Value: var only }]
            && TextOfSource(only, depth + 1, ref parts, cancellationToken) is { Length: <= MaxLength } text
                ? text
                : s_hole;
    }

    private static string Compose(IOperation value, int depth, ref int parts, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        switch (value)
        {
            case IInterpolatedStringOperation interpolated:
                var text = new StringBuilder();
                foreach (var part in interpolated.Parts)
                {
                    text.Append(part switch
                    {
                        IInterpolatedStringTextOperation literal => literal.Text.ConstantText() ?? s_hole,
                        IInterpolationOperation { FormatString: null, Alignment: null } hole => TextOf(hole.Expression, depth, ref parts, cancellationToken),
                        _ => s_hole,
                    });
                }

                return text.ToString();

            case IBinaryOperation sum:
                return TextOf(sum.LeftOperand, depth, ref parts, cancellationToken) + TextOf(sum.RightOperand, depth, ref parts, cancellationToken);

            case IInvocationOperation { TargetMethod.Name: "Concat" } concat when Operands(concat, skip: 0) is { } operands:
                return string.Concat(TextsOf(operands, depth, ref parts, cancellationToken));

            case IInvocationOperation { TargetMethod.Name: "Format" } format
                when format.ArgumentNamed("format") is { } pattern
                && Operands(format, format.Arguments.IndexOf(pattern) + 1) is { } values:
                return Fill(TextOf(pattern.Value, depth, ref parts, cancellationToken), TextsOf(values, depth, ref parts, cancellationToken));

            default:
                return s_hole;
        }
    }

    private static string[] TextsOf(List<IOperation> operands, int depth, ref int parts, CancellationToken cancellationToken)
    {
        var texts = new string[operands.Count];
        for (var i = 0; i < texts.Length; i++)
        {
            texts[i] = TextOf(operands[i], depth, ref parts, cancellationToken);
        }

        return texts;
    }

    /// <summary>The operands of a call with a list of objects, written out or as a parameter array; null where the list is not in view.</summary>
    private static List<IOperation>? Operands(IInvocationOperation call, int skip)
    {
        var operands = new List<IOperation>();
        foreach (var argument in call.Arguments.Skip(skip))
        {
            if (argument.ParamsElements() is { } elements)
            {
                operands.AddRange(elements);
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
}
