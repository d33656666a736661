using AiGuardrails.CompilerServices;
using AiGuardrails.Core.Training.Records;

namespace AiGuardrails;

/// <summary>Turns records into the lines of one file. A record allocates nothing.</summary>
internal sealed class RecordSink<T>(string path, RecordPlan plan, HashSet<TrainingManifestPrompt>? prompts = null)
    where T : ITrainingRecord<T>
{
    // What a derived type adds would be lost without a word.
    private static readonly bool s_canBeDerived = !typeof(T).IsValueType && !typeof(T).IsSealed;

    private readonly TrainingRecordSchema<T> _schema = TrainingRecordSchema<T>.Instance;

    public long Records { get; private set; }

    /// <summary>Adds the line of a record to a block of lines.</summary>
    /// <exception cref="TrainingRecordException">It cannot be written.</exception>
    public void Add(T record, ByteBuffer block)
    {
        if (record is null)
        {
            throw TrainingRecordException.Writing(path, Records + 1, memberName: null, "it is null");
        }

        if (s_canBeDerived && record.GetType() != typeof(T))
        {
            throw TrainingRecordException.Writing(
                path,
                Records + 1,
                memberName: null,
                $"it is of the type '{record.GetType().Name}', which '{typeof(T).Name}' cannot hold; write it as what it is");
        }

        var writer = new TrainingRecordWriter(block, plan, _schema.StaticTexts);
        _schema.Write(ref writer, record);
        if (!writer.Complete())
        {
            throw TrainingRecordException.Writing(path, Records + 1, _schema.Members[writer.FailedMember].Name, writer.Failure!);
        }

        Records++;
        if (prompts is not null && _schema.PromptOf(record) is { } prompt)
        {
            prompts.Add(prompt);
        }
    }
}
