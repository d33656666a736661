using System.Collections.Concurrent;
using System.ComponentModel;
using System.Reflection;
using AiGuardrails.Core.Training.Records;

namespace AiGuardrails.CompilerServices;

/// <summary>
/// How a training record is written and read: its members as a table, and the two methods that need the type itself.
/// The target's punctuation is no part of it, so that one generated schema serves every target that can express the
/// record. For generated code.
/// </summary>
/// <typeparam name="T">The record.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class TrainingRecordSchema<T>
    where T : ITrainingRecord<T>
{
    private static TrainingRecordSchema<T>? s_instance;

    private readonly RecordMember[] _members;
    private readonly ConcurrentDictionary<TrainingTarget, (RecordPlan? Plan, string? Reason)> _plans = new();
    private IReadOnlyList<TrainingTarget>? _targets;

    /// <summary>Initializes a new instance of the <see cref="TrainingRecordSchema{T}"/> class.</summary>
    /// <param name="members">The members, in the order in which they are written.</param>
    protected TrainingRecordSchema(params TrainingMember[] members)
    {
        _members = Array.ConvertAll(members, static member => member.Shape);
        StaticTexts = new StaticText?[members.Length];
    }

    /// <summary>Gets the targets that can express the record.</summary>
    public IReadOnlyList<TrainingTarget> Targets => _targets ??= [.. TrainingTarget.All.Where(target => PlanOf(target).Plan is not null)];

    internal static TrainingRecordSchema<T> Instance => s_instance ??= Create();

    internal IReadOnlyList<RecordMember> Members => _members;

    /// <summary>Gets what was last written for each static member, so that its text is checked and escaped once.</summary>
    internal StaticText?[] StaticTexts { get; }

    /// <summary>Writes the values of a record: one call of the writer for each member, in order.</summary>
    /// <param name="writer">Where they go.</param>
    /// <param name="record">The record, never null.</param>
    public abstract void Write(ref TrainingRecordWriter writer, T record);

    /// <summary>Makes a record of the values of its members.</summary>
    /// <param name="values">The values.</param>
    /// <returns>The record.</returns>
    public abstract T Read(TrainingRecordValues values);

    /// <summary>Gets the text of a static member.</summary>
    /// <param name="member">The index of the member.</param>
    /// <returns>The text; null for members that are not static.</returns>
    public virtual string? GetStaticText(int member) => null;

    /// <summary>Gets the prompt that a record was rendered from; null where it comes from none.</summary>
    internal virtual TrainingManifestPrompt? PromptOf(T record) => null;

    /// <summary>Gets how records are written to a target.</summary>
    /// <exception cref="ArgumentException">The target is null, or cannot express the record.</exception>
    internal RecordPlan LayoutOf(TrainingTarget target)
    {
        if (target is null)
        {
            throw new ArgumentException("The target of the options is null.", nameof(target));
        }

        var (plan, reason) = PlanOf(target);
        return plan ?? throw new ArgumentException($"'{typeof(T).Name}' cannot be written to '{target}' or read from it: {reason}.", nameof(target));
    }

    /// <summary>Gets the JSON schema of a line of the target.</summary>
    /// <exception cref="ArgumentException">The target cannot express the record.</exception>
    internal string JsonSchemaOf(TrainingTarget target) => RecordJsonSchema.Of(LayoutOf(target), typeof(T).Name, member => _members[member].IsStatic ? GetStaticText(member) : null);

    /// <summary>Gets whether a record can lack a member, as things are now.</summary>
    internal bool CanBeLeftOut(int member) =>
        _members[member].IsOptional && !(_members[member].IsStatic && GetStaticText(member) is not null);

    private static TrainingRecordSchema<T> Create()
    {
        var attribute = typeof(T).GetCustomAttribute<TrainingRecordSchemaAttribute>(inherit: false)
            ?? throw new InvalidOperationException($"'{typeof(T)}' implements ITrainingRecord by hand; mark it [TrainingRecord] and let the implementation be generated");

        return (TrainingRecordSchema<T>)Activator.CreateInstance(attribute.SchemaType)!;
    }

    private (RecordPlan? Plan, string? Reason) PlanOf(TrainingTarget target) =>
        _plans.GetOrAdd(target, key => (RecordPlan.Create(_members, key, out var reason), reason?.English));
}

/// <summary>The text of a static member, and the inside of the JSON string that it becomes.</summary>
internal sealed record StaticText(string Text, byte[] Json);
