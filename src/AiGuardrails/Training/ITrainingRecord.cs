namespace AiGuardrails;

/// <summary>
/// A type marked <see cref="TrainingRecordAttribute"/> for which a writer and a reader were generated. Generated code
/// implements it; do not implement it by hand.
/// </summary>
/// <typeparam name="TSelf">
/// The type itself. So a type derived from a training record is not one, unless it is marked itself: what it adds would
/// be lost in a file.
/// </typeparam>
#pragma warning disable CA1040 // The one way on netstandard2.0 to make the compiler refuse a type without generated code.
public interface ITrainingRecord<TSelf>
    where TSelf : ITrainingRecord<TSelf>
{
}
#pragma warning restore CA1040
