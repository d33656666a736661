using AiGuardrails.CompilerServices;
using AiGuardrails.Core.Training.Records;

namespace AiGuardrails;

/// <summary>Turns records into the lines of one file, a block of lines at a time. A record allocates nothing.</summary>
internal sealed class RecordSink<T>(string path, Stream stream, RecordPlan plan, IProgress<TrainingProgress>? progress) : IDisposable
    where T : ITrainingRecord<T>
{
    private const int BlockBytes = 64 * 1024;

    // What a derived type adds would be lost without a word.
    private static readonly bool s_canBeDerived = !typeof(T).IsValueType && !typeof(T).IsSealed;

    private readonly TrainingRecordSchema<T> _schema = TrainingRecordSchema<T>.Instance;
    private readonly ByteBuffer _block = new();
    private long _flushedBytes;

    public long Records { get; private set; }

    public long Bytes => _flushedBytes + _block.Count;

    public bool IsFull => _block.Count >= BlockBytes;

    /// <summary>Adds a record.</summary>
    /// <exception cref="TrainingRecordException">It cannot be written.</exception>
    public void Add(T record)
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

        var writer = new TrainingRecordWriter(_block, plan, _schema.StaticTexts);
        _schema.Write(ref writer, record);
        if (!writer.Complete())
        {
            throw TrainingRecordException.Writing(path, Records + 1, _schema.Members[writer.FailedMember].Name, writer.Failure!);
        }

        Records++;
    }

    public async Task FlushAsync(CancellationToken cancellationToken)
    {
        await _block.CopyToAsync(stream, cancellationToken).ConfigureAwait(false);
        _flushedBytes += _block.Count;
        _block.Clear();
        progress?.Report(new TrainingProgress(Records, _flushedBytes));
    }

    public void Dispose() => _block.Dispose();
}
