using System.ComponentModel;
using System.Reflection;

namespace AiGuardrails.CompilerServices;

/// <summary>
/// How a training record is written and read: its members as a table, and the two methods that need the type itself.
/// The target's punctuation is no part of it, so that one generated schema serves every target that has the same
/// messages. For generated code.
/// </summary>
/// <typeparam name="T">The record.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class TrainingRecordSchema<T>
    where T : ITrainingRecord<T>
{
    private static TrainingRecordSchema<T>? s_instance;

    private readonly TrainingMember[] _members;

    /// <summary>Initializes a new instance of the <see cref="TrainingRecordSchema{T}"/> class.</summary>
    /// <param name="members">The members, in the order of their messages.</param>
    protected TrainingRecordSchema(params TrainingMember[] members)
    {
        _members = members;
        StaticTexts = new StaticText?[members.Length];
    }

    /// <summary>Gets the targets that can express the record. A record of system, user and assistant texts fits all that there are.</summary>
    public IReadOnlyList<TrainingTarget> Targets => TrainingTarget.OfRecords;

    internal static TrainingRecordSchema<T> Instance => s_instance ??= Create();

    internal ReadOnlySpan<TrainingMember> Members => _members;

    /// <summary>Gets what was last written for each static member, so that its text is checked and escaped once.</summary>
    internal StaticText?[] StaticTexts { get; }

    /// <summary>Writes the messages of a record: one call of <see cref="TrainingRecordWriter.Message"/> for each member, in order.</summary>
    /// <param name="writer">Where they go.</param>
    /// <param name="record">The record, never null.</param>
    public abstract void Write(ref TrainingRecordWriter writer, T record);

    /// <summary>Makes a record of the texts of its members.</summary>
    /// <param name="values">The texts.</param>
    /// <returns>The record.</returns>
    public abstract T Read(TrainingRecordValues values);

    /// <summary>Gets the text of a static member.</summary>
    /// <param name="member">The index of the member.</param>
    /// <returns>The text; null for members that are not static.</returns>
    public virtual string? GetStaticText(int member) => null;

    private static TrainingRecordSchema<T> Create()
    {
        var attribute = typeof(T).GetCustomAttribute<TrainingRecordSchemaAttribute>(inherit: false)
            ?? throw new InvalidOperationException($"'{typeof(T)}' implements ITrainingRecord by hand; mark it [TrainingRecord] and let the implementation be generated");

        return (TrainingRecordSchema<T>)Activator.CreateInstance(attribute.SchemaType)!;
    }
}

/// <summary>The text of a static member, and the inside of the JSON string that it becomes.</summary>
internal sealed record StaticText(string Text, byte[] Json);
