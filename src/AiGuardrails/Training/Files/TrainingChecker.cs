using AiGuardrails.Core.Models;
using AiGuardrails.Core.Training.Linting;

namespace AiGuardrails;

/// <summary>Checks training data as they pass by, in pieces of any size: the linter of the build, tokens, and cost.</summary>
internal sealed class TrainingChecker : IDisposable
{
    private const int BlockBytes = 128 * 1024;

    private readonly string _path;
    private readonly TrainingTarget _target;
    private readonly TrainingCheckOptions _options;
    private readonly ModelMatch? _model;
    private readonly TrainingLinter _linter;
    private readonly List<TrainingFinding> _findings = [];
    private readonly TrainingTokens? _tokens;
    private readonly ByteBuffer _rest = new();
    private bool _isTooLong;

    private TrainingChecker(string path, TrainingTarget target, TrainingCheckOptions options, RecordIndex? training)
    {
        _path = path;
        _target = target;
        _options = options;
        _model = options.BaseModel is { } model ? ModelCatalogue.Default.Find(model) : null;
        var maxTokens = options.MaxTokensPerExample ?? _model?.TrainingLimits?.MaxExampleTokens;
        _tokens = options.CountTokens ? new TrainingTokens(options.BaseModel ?? "", maxTokens, options.Tokenizer) : null;
        _linter = new TrainingLinter(
            target,
            new LintOptions
            {
                MaxFindingsPerRule = options.MaxFindingsPerRule,
                Disabled = [.. options.DisabledRules],
                NearDuplicates = options.NearDuplicates,
                MaxTokens = maxTokens,
                CountTokens = options.Tokenizer is { } vocabulary ? vocabulary.Exactly : options.BaseModel is { } name ? TokenEstimator.ForModel(name).Estimate : null,
                IsValidation = options.IsValidation || training is not null,
                TrainingRecords = training,
                MaxLineBytes = options.MaxLineBytes,
            },
            finding => _findings.Add(new TrainingFinding(
                finding.Rule, (TrainingFindingLevel)finding.Level, finding.Line, finding.Column, finding.Offset, finding.Length, finding.Message.English, finding.ProviderWords)));
    }

    /// <summary>Gets the number of lines that have ended so far.</summary>
    public long Lines { get; private set; }

    /// <summary>Prepares a check.</summary>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of range.</exception>
    public static async Task<TrainingChecker> CreateAsync(string path, TrainingTarget target, TrainingCheckOptions options, CancellationToken cancellationToken)
    {
        CheckOptions(options);
        RecordIndex? training = null;
        if (options.TrainingPath is { Length: > 0 } trainingPath)
        {
            var linter = new TrainingLinter(target, new LintOptions { MaxLineBytes = options.MaxLineBytes, Disabled = LintRules.All, Scope = LintScope.Records }, static _ => { });
            using var stream = TrainingFile.OpenToRead(trainingPath);
            var block = new byte[BlockBytes];
            for (int read; (read = await ReadAsync(stream, block, cancellationToken).ConfigureAwait(false)) > 0;)
            {
                linter.Write(block.AsSpan(0, read));
            }

            _ = linter.Complete();
            training = linter.Records;
        }

        return new TrainingChecker(path, target, options, training);
    }

    /// <summary>Checks that options make sense, before anything is begun.</summary>
    public static void CheckOptions(TrainingCheckOptions options)
    {
        if (options.Epochs < 1 || options.MaxTokensPerExample < 1 || options.MaxFindingsPerRule < 1)
        {
            throw new ArgumentOutOfRangeException(nameof(options), "Epochs, MaxTokensPerExample and MaxFindingsPerRule are at least 1.");
        }

        if (options is { Tokenizer: { } vocabulary, BaseModel: { } model } && vocabulary.ProblemWith(model) is { } problem)
        {
            throw new ArgumentException("The vocabulary cannot be used: " + problem, nameof(options));
        }

        if (options.MaxLineBytes is < 1 or > TrainingFile.MostLineBytes)
        {
            throw new ArgumentOutOfRangeException(nameof(options), options.MaxLineBytes, "MaxLineBytes is at least 1 and at most 1073741824.");
        }
    }

    /// <summary>Takes a whole stream.</summary>
    public async Task ReadAsync(Stream stream, IProgress<TrainingProgress>? progress, CancellationToken cancellationToken)
    {
        var block = new byte[BlockBytes];
        var bytes = 0L;
        for (int read; (read = await ReadAsync(stream, block, cancellationToken).ConfigureAwait(false)) > 0;)
        {
            cancellationToken.ThrowIfCancellationRequested();
            Add(block.AsSpan(0, read));
            bytes += read;
            progress?.Report(new TrainingProgress(Lines, bytes));
        }
    }

    /// <summary>Takes the next bytes.</summary>
    public void Add(ReadOnlySpan<byte> bytes)
    {
        _linter.Write(bytes);
        for (int end; (end = bytes.IndexOf((byte)'\n')) >= 0; bytes = bytes.Slice(end + 1))
        {
            Lines++;
            CountTokens(bytes.Slice(0, end));
        }

        if (_tokens is not null && !bytes.IsEmpty)
        {
            _isTooLong |= _rest.Count + (long)bytes.Length > _options.MaxLineBytes;
            if (!_isTooLong)
            {
                _rest.Append(bytes);
            }
        }
    }

    /// <summary>The data end.</summary>
    public TrainingReport Complete()
    {
        if (_rest.Count > 0)
        {
            CountTokens(default);
        }

        var summary = _linter.Complete();
        return new TrainingReport(
            _path, _target, summary.Lines, summary.Records, summary.Bytes, summary.Errors, summary.Warnings, summary.Infos, _findings, _tokens?.Total, Cost());
    }

    public void Dispose() => _rest.Dispose();

    private static Task<int> ReadAsync(Stream stream, byte[] block, CancellationToken cancellationToken) =>
#if NET8_0_OR_GREATER
        stream.ReadAsync(block.AsMemory(), cancellationToken).AsTask();
#else
        stream.ReadAsync(block, 0, block.Length, cancellationToken);
#endif

    // The end of a line, whose begin may be kept.
    private void CountTokens(ReadOnlySpan<byte> end)
    {
        if (_tokens is null)
        {
            return;
        }

        if (!_isTooLong && _rest.Count == 0)
        {
            _tokens.AddLine(end);
        }
        else if (!_isTooLong)
        {
            _rest.Append(end);
            _tokens.AddLine(_rest.Written);
        }

        _rest.Clear();
        _isTooLong = false;
    }

    // Prices are known of the company that trains the model under this name; others have prices of their own.
    private TrainingCost? Cost() =>
        _tokens is not null && _model is { TrainingPrice: { TrainingPerMillion: { } perMillion } price, Base: { } trained }
            ? TrainingCost.Estimate(
                new TrainingPrice(perMillion, price.MinimumPerJob ?? ModelCatalogue.Default.FindProvider(trained.Provider)?.MinimumPerJob, price.Source, price.AsOf.ToString()),
                _tokens,
                _options.Epochs)
            : null;
}
