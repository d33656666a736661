using AiGuardrails.CompilerServices;

namespace AiGuardrails.Tool.Converting;

/// <summary>Turns files of one target into files of another, by the kind of record that both can express.</summary>
internal abstract class Converter
{
    private static readonly Converter[] s_all =
    [
        new Of<InstructedConversationRecord>("conversations"),
        new Of<ConversationRecord>("conversations"),
        new Of<PairRecord>("questions with one answer"),
        new Of<PromptRecord>("prompts with one completion"),
        new Of<TextRecord>("plain text"),
        new Of<InstructedConversationPreferenceRecord>("conversations with two answers"),
        new Of<ConversationPreferenceRecord>("conversations with two answers"),
        new Of<PreferenceRecord>("questions with two answers"),
        new Of<PromptPreferenceRecord>("prompts with two answers"),
        new Of<RewardRecord>("pairs of texts"),
        new Of<JudgedRecord>("answers with a verdict"),
        new Of<PromptJudgedRecord>("completions with a verdict"),
    ];

    private Converter(string kind) => Kind = kind;

    /// <summary>Gets what the records are, in the plural.</summary>
    public string Kind { get; }

    protected abstract IReadOnlyList<TrainingTarget> Targets { get; }

    /// <summary>The kinds of record that both targets can express, the most general first; none where a file of one cannot become one of the other.</summary>
    public static IReadOnlyList<Converter> For(TrainingTarget from, TrainingTarget to) =>
        [.. s_all.Where(converter => converter.Targets.Contains(from) && converter.Targets.Contains(to))];

    /// <summary>The targets that files of a target can become.</summary>
    public static IReadOnlyList<TrainingTarget> TargetsOf(TrainingTarget from) =>
        [.. TrainingTarget.All.Where(to => to != from && For(from, to).Count > 0)];

    public abstract Task<TrainingWriteResult> ConvertAsync(
        string path, TrainingTarget from, string toPath, TrainingTarget to, TrainingWriteOptions options, IProgress<TrainingProgress> progress, CancellationToken cancellationToken);

    private sealed class Of<T>(string kind) : Converter(kind)
        where T : ITrainingRecord<T>
    {
        protected override IReadOnlyList<TrainingTarget> Targets => TrainingRecordSchema<T>.Instance.Targets;

        public override Task<TrainingWriteResult> ConvertAsync(
            string path, TrainingTarget from, string toPath, TrainingTarget to, TrainingWriteOptions options, IProgress<TrainingProgress> progress, CancellationToken cancellationToken) =>
            TrainingFile.ConvertAsync<T>(path, from, toPath, to, options, progress, cancellationToken);
    }
}
