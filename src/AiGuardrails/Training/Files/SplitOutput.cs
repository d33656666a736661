using AiGuardrails.Core.Text;
using AiGuardrails.Core.Training.Linting;

namespace AiGuardrails;

/// <summary>Sends each line to one of two files, by a keyed hash of its input.</summary>
internal sealed class SplitOutput(
    TrainingOutput training, TrainingOutput validation, TrainingTarget target, TrainingSplit split, IProgress<TrainingProgress>? progress)
{
    // The 53 bits that a double holds exactly.
    private const double Unit = 1.0 / (1UL << 53);

    // The linter of the build makes the keys by which it finds duplicates; nothing is checked here.
    private readonly TrainingLinter _keys = new(target, new LintOptions { Scope = LintScope.InputKeys, MaxLineBytes = int.MaxValue }, static _ => { });
    private readonly ulong _seed = TextHash.Combine(0, unchecked((ulong)split.Seed));
    private readonly double _share = split.ValidationShare;

    public bool IsFull => training.IsFull || validation.IsFull;

    /// <summary>Adds a line, without its line feed.</summary>
    public void Add(ReadOnlySpan<byte> line)
    {
        _keys.Write(line);
        _keys.Write("\n"u8);
        var output = IsForValidation(_keys.InputKey ?? TextHash.Of(line)) ? validation : training;
        output.Block.Append(line);
        output.Block.Append("\n"u8);
        output.EndLine();
    }

    public async Task FlushFullAsync(CancellationToken cancellationToken)
    {
        if (!IsFull)
        {
            return;
        }

        cancellationToken.ThrowIfCancellationRequested();
        await (training.IsFull ? training : validation).FlushAsync(cancellationToken).ConfigureAwait(false);
        progress?.Report(new TrainingProgress(training.Records + validation.Records, training.Bytes + validation.Bytes));
    }

    // A larger share takes in all that a smaller one did.
    private bool IsForValidation(ulong key) => (TextHash.Combine(_seed, key) >> 11) * Unit < _share;
}
