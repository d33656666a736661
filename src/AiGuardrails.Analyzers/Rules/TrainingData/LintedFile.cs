using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using AiGuardrails.Core.Training.Linting;
using Microsoft.CodeAnalysis.Text;

namespace AiGuardrails.Analyzers.Rules.TrainingData;

/// <summary>What the linter says of a file, kept with its text: while code is edited, data is not read again.</summary>
internal sealed class LintedFile
{
    // A file is read in one way or two. Where its settings, or its training file, are edited, the former ways are of no more use.
    private const int MostWays = 4;

    private static readonly ConditionalWeakTable<SourceText, ConcurrentDictionary<Key, LintedFile>> s_files = new();

    private LintedFile(DataFileText text, ImmutableArray<LintFinding> findings, RecordIndex records, bool isTooLarge)
    {
        Text = text;
        Findings = findings;
        Records = records;
        IsTooLarge = isTooLarge;
    }

    public DataFileText Text { get; }

    public ImmutableArray<LintFinding> Findings { get; }

    public RecordIndex Records { get; }

    /// <summary>Gets whether the file has more bytes than it may have, so that nothing is said of it.</summary>
    public bool IsTooLarge { get; }

    public static LintedFile Of(SourceText text, DataFile file, LintOptions options, int maxBytes, CancellationToken cancellationToken)
    {
        var ways = s_files.GetOrCreateValue(text);
        var key = new Key(
            file.Target,
            file.BaseModel,
            options.CountTokens?.Target as TokenVocabulary,
            maxBytes,
            options.IsValidation,
            options.NearDuplicates,
            options.RecommendedRecords,
            options.MaxTokens,
            string.Join(",", options.Disabled),
            string.Join(",", LintRules.All.Select(options.MaxFindings)),
            options.TrainingFileName,
            options.TrainingTotal,
            options.TrainingRecords);

        if (!ways.TryGetValue(key, out var linted))
        {
            linted = Create(text, file.Target, options, maxBytes, cancellationToken);
            if (ways.Count >= MostWays)
            {
                ways.Clear();
            }

            linted = ways.GetOrAdd(key, linted);
        }

        return linted;
    }

    private static LintedFile Create(SourceText text, TrainingTarget target, LintOptions options, int maxBytes, CancellationToken cancellationToken)
    {
        var findings = ImmutableArray.CreateBuilder<LintFinding>();
        var linter = new TrainingLinter(target, options, findings.Add);
        var data = new DataFileText(text);
        var isWhole = data.WriteTo(linter, maxBytes, cancellationToken);
        if (isWhole)
        {
            _ = linter.Complete();
        }

        return new LintedFile(data, isWhole ? findings.ToImmutable() : [], linter.Records, !isWhole);
    }

    /// <summary>All that the findings depend on, besides the text.</summary>
    private sealed record Key(
        TrainingTarget Target,
        string? BaseModel,
        TokenVocabulary? Vocabulary,
        int MaxBytes,
        bool IsValidation,
        bool NearDuplicates,
        int RecommendedRecords,
        int? MaxTokens,
        string Disabled,
        string MaxFindings,
        string? TrainingFileName,
        int? TrainingTotal,
        RecordIndex? TrainingRecords);
}
