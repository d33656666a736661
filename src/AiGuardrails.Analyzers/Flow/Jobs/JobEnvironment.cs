using System.Collections.Immutable;

namespace AiGuardrails.Analyzers.Flow.Jobs;

/// <summary>What the interpreter knows of locals, parameters and captured temporaries at one point. Immutable, compared by content.</summary>
internal sealed class JobEnvironment : IEquatable<JobEnvironment>
{
    public static readonly JobEnvironment Empty = new(ImmutableDictionary<object, JobValue>.Empty, 0);

    private readonly ImmutableDictionary<object, JobValue> _values;
    private readonly int _hash;

    private JobEnvironment(ImmutableDictionary<object, JobValue> values, int hash)
    {
        _values = values;
        _hash = hash;
    }

    public bool TryGet(object variable, out JobValue value) => _values.TryGetValue(variable, out value);

    /// <summary>The environment after the variable has been given the value.</summary>
    public JobEnvironment With(object variable, JobValue value) =>
        _values.TryGetValue(variable, out var old)
            ? old == value ? this : new(_values.SetItem(variable, value), _hash ^ HashOf(variable, old) ^ HashOf(variable, value))
            : new(_values.Add(variable, value), _hash ^ HashOf(variable, value));

    public bool Equals(JobEnvironment? other)
    {
        if (ReferenceEquals(this, other))
        {
            return true;
        }

        if (other is null || _hash != other._hash || _values.Count != other._values.Count)
        {
            return false;
        }

        foreach (var entry in _values)
        {
            if (!other._values.TryGetValue(entry.Key, out var value) || value != entry.Value)
            {
                return false;
            }
        }

        return true;
    }

    public override bool Equals(object? obj) => Equals(obj as JobEnvironment);

    public override int GetHashCode() => _hash;

    private static int HashOf(object variable, JobValue value) =>
        unchecked((variable.GetHashCode() * 397) ^ ((int)value.Kind * 31) ^ (value.Text is null ? 0 : StringComparer.Ordinal.GetHashCode(value.Text)) ^ (value.State?.GetHashCode() ?? 0));
}
