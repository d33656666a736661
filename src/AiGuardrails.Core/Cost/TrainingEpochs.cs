using System.Runtime.InteropServices;
using AiGuardrails.Core.Text;

namespace AiGuardrails;

/// <summary>How often a training job goes through its examples: what was asked for, or what the service may choose.</summary>
[StructLayout(LayoutKind.Auto)]
public readonly struct TrainingEpochs : IEquatable<TrainingEpochs>
{
    // The rule of OpenAI's notebook "Data preparation and analysis for chat model fine-tuning".
    private const int TargetEpochs = 3;
    private const int MinTargetExamples = 100;
    private const int MaxTargetExamples = 25_000;
    private const int MaxDefaultEpochs = 25;

    private TrainingEpochs(int low, int expected, int high)
    {
        Low = low;
        Expected = expected;
        High = high;
    }

    /// <summary>Gets the smallest number of epochs that is likely.</summary>
    public int Low { get; }

    /// <summary>Gets the likely number of epochs.</summary>
    public int Expected { get; }

    /// <summary>Gets the largest number of epochs that is likely.</summary>
    public int High { get; }

    /// <summary>Compares two values.</summary>
    /// <param name="left">One.</param>
    /// <param name="right">The other.</param>
    /// <returns>Whether all numbers are equal.</returns>
    public static bool operator ==(TrainingEpochs left, TrainingEpochs right) => left.Equals(right);

    /// <summary>Compares two values.</summary>
    /// <param name="left">One.</param>
    /// <param name="right">The other.</param>
    /// <returns>Whether a number differs.</returns>
    public static bool operator !=(TrainingEpochs left, TrainingEpochs right) => !left.Equals(right);

    /// <summary>Returns the number of epochs that a job asks for.</summary>
    /// <param name="epochs">The number, at least 1.</param>
    /// <returns>The number, with nothing left open.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="epochs"/> is less than 1.</exception>
    public static TrainingEpochs Exactly(int epochs) =>
        epochs >= 1 ? new(epochs, epochs, epochs) : throw new ArgumentOutOfRangeException(nameof(epochs), epochs, "A job has at least one epoch.");

    /// <summary>Returns what a service may choose where a job leaves the number to it.</summary>
    /// <remarks>
    /// The likely number is what OpenAI's notebook computes: 3, more for fewer than 34 examples, fewer for more than
    /// 8,333. The service has its own rule, which it does not publish; the range takes in the numbers that have been
    /// seen: 3 to 5 below 100 examples, 2 to 3 up to 500, 1 to 2 up to 2,000, 1 above.
    /// </remarks>
    /// <param name="examples">The number of examples, which is the number of lines of the training file.</param>
    /// <returns>The range.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="examples"/> is negative.</exception>
    public static TrainingEpochs ChosenByService(long examples)
    {
        var expected = examples switch
        {
            < 0 => throw new ArgumentOutOfRangeException(nameof(examples), examples, "A number of examples is not negative."),
            0 => TargetEpochs,
            _ when examples < (MinTargetExamples + TargetEpochs - 1) / TargetEpochs => (int)Math.Min(MaxDefaultEpochs, MinTargetExamples / examples),
            _ when examples > MaxTargetExamples / TargetEpochs => (int)Math.Max(1, MaxTargetExamples / examples),
            _ => TargetEpochs,
        };
        var (low, high) = examples switch
        {
            < 100 => (3, 5),
            < 500 => (2, 3),
            <= 2000 => (1, 3),
            _ => (1, 1),
        };

        return new(Math.Min(low, expected), expected, Math.Max(high, expected));
    }

    /// <summary>What a job may have where its setting is out of view: anything from one, and otherwise what the service may choose.</summary>
    internal static TrainingEpochs Unknown(long examples)
    {
        var chosen = ChosenByService(examples);
        return new(1, chosen.Expected, chosen.High);
    }

    /// <summary>Gets the number for a message.</summary>
    internal Sentence InWords =>
        Low != High ? Sentence.Of($"{Low} to {High} epochs")
        : Expected == 1 ? Sentence.Of($"{Expected} epoch")
        : Sentence.Of($"{Expected} epochs");

    /// <summary>What a job may have that is set up in one of two ways.</summary>
    internal static TrainingEpochs Either(TrainingEpochs left, TrainingEpochs right) =>
        new(Math.Min(left.Low, right.Low), Math.Max(left.Expected, right.Expected), Math.Max(left.High, right.High));

    /// <inheritdoc/>
    public bool Equals(TrainingEpochs other) => Low == other.Low && Expected == other.Expected && High == other.High;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is TrainingEpochs other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => (Low * 1000003) ^ (Expected * 397) ^ High;

    /// <summary>Gives the number in words: <c>3 epochs</c>, or <c>1 to 3 epochs</c>.</summary>
    /// <returns>The words.</returns>
    public override string ToString() => InWords.English;
}
