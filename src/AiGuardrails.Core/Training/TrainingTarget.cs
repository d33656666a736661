using System.Diagnostics.CodeAnalysis;

namespace AiGuardrails;

/// <summary>
/// A file format that training records are written to and read from, such as <see cref="OpenAIChat"/>. The names are
/// the same in code, in MSBuild and on the command line.
/// </summary>
public sealed class TrainingTarget
{
    private TrainingTarget(string name) => Name = name;

    /// <summary>
    /// Gets <c>openai-chat</c>: one JSON object a line, with a list <c>messages</c> of system, user and assistant
    /// messages, for supervised fine-tuning. Source: OpenAI API specification, <c>FineTuneChatRequestInput</c>, 2025-07-04.
    /// </summary>
    public static TrainingTarget OpenAIChat { get; } = new("openai-chat");

    /// <summary>Gets every target that can be written and read, in alphabetical order.</summary>
    public static IReadOnlyList<TrainingTarget> All { get; } = [OpenAIChat];

    /// <summary>Gets the name, in lower case: <c>openai-chat</c>.</summary>
    public string Name { get; }

    /// <summary>Finds a target by its exact name.</summary>
    /// <param name="name">The name, in lower case.</param>
    /// <returns>The target.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="name"/> is null.</exception>
    /// <exception cref="FormatException">There is no target of that name; the message lists the names that there are.</exception>
    public static TrainingTarget Parse(string name)
    {
        if (name is null)
        {
            throw new ArgumentNullException(nameof(name));
        }

        return TryParse(name, out var target)
            ? target
            : throw new FormatException($"'{name}' is not a training target; expected {string.Join(", ", All.Select(static known => known.Name))}");
    }

    /// <summary>Finds a target by its exact name.</summary>
    /// <param name="name">The name, in lower case; null is no name.</param>
    /// <param name="target">The target, where the result is true.</param>
    /// <returns>Whether there is a target of that name.</returns>
    public static bool TryParse(string? name, [NotNullWhen(true)] out TrainingTarget? target)
    {
        target = All.FirstOrDefault(known => string.Equals(known.Name, name, StringComparison.Ordinal));
        return target is not null;
    }

    /// <summary>Gives <see cref="Name"/>.</summary>
    /// <returns>The name.</returns>
    public override string ToString() => Name;
}
