namespace AiGuardrails.Tool.Output;

/// <summary>The progress of the run-time library, on the spot and not on another thread.</summary>
/// <param name="read">Told how many bytes there are more than the last time.</param>
internal sealed class RunProgress(Action<long> read) : IProgress<TrainingProgress>
{
    private long _bytes;

    public void Report(TrainingProgress value)
    {
        read(value.Bytes - _bytes);
        _bytes = value.Bytes;
    }
}
