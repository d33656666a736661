using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AiGuardrails.Analyzers.Flow.Values;

/// <summary>A constant number that a value may be.</summary>
/// <param name="Value">The number.</param>
/// <param name="Syntax">The piece of source that makes it.</param>
/// <param name="Use">The same, unless it is a member or a helper, which others use too: then the place that asks for it.</param>
internal readonly record struct ConstantNumber(decimal Value, SyntaxNode Syntax, SyntaxNode Use);

/// <summary>What constant numbers a value can be, by <see cref="ValueSources"/>. What cannot be decided adds nothing.</summary>
internal static class ConstantNumbers
{
    /// <summary>The numbers that the value may be, whole or not.</summary>
    public static IReadOnlyCollection<ConstantNumber> Of(IOperation value, CancellationToken cancellationToken)
    {
        var found = new List<ConstantNumber>();
        foreach (var source in ValueSources.Of(value, cancellationToken))
        {
            if (source.Value.ConstantValue is { HasValue: true, Value: { } constant } && NumberOf(constant) is { } number)
            {
                var shared = source.Path.FirstOrDefault(static step => step is IMemberReferenceOperation or IInvocationOperation);
                found.Add(new ConstantNumber(number, source.Value.Syntax, (shared ?? source.Value).Syntax));
            }
        }

        return found;
    }

    private static decimal? NumberOf(object constant) => constant switch
    {
        sbyte or byte or short or ushort or int or uint or long or ulong or decimal => Convert.ToDecimal(constant, System.Globalization.CultureInfo.InvariantCulture),

        // Text, so that 0.1f is 0.1 and not the nearest binary fraction; what decimal cannot hold is no setting of anything.
        float single => Parse(single.ToString("R", System.Globalization.CultureInfo.InvariantCulture)),
        double number => Parse(number.ToString("R", System.Globalization.CultureInfo.InvariantCulture)),
        _ => null,
    };

    private static decimal? Parse(string text) =>
        decimal.TryParse(text, System.Globalization.NumberStyles.Float, System.Globalization.CultureInfo.InvariantCulture, out var number) ? number : null;
}
