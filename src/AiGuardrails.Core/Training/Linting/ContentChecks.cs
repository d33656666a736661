using AiGuardrails.Core.Secrets;
using AiGuardrails.Core.Text;
using AiGuardrails.Core.Training.Statistics;
using AiGuardrails.Core.Training.Targets;

namespace AiGuardrails.Core.Training.Linting;

/// <summary>
/// What a record says, once it is known to be one: duplicates and contradictions, overlap with the training file, length,
/// secrets and data about people, damaged and hidden text, labels, system prompts.
/// </summary>
internal sealed class ContentChecks(TargetDescription target, LintOptions options, LineFindings findings, RecordReader reader)
{
    private const int TokensAroundMessage = 3;
    private const int MostSecretsOfText = 8;
    private const int LongestSystemKept = 64 * 1024;

    private static readonly Verdict s_warning = Verdict.Advises();
    private static readonly Verdict s_info = Verdict.Notes();

    private readonly NormalisedText _normalised = new();
    private readonly ComparisonHash _comparison = new();
    private readonly AnswerCounts _answers = new();
    private readonly SystemPrompts _systemPrompts = new();
    private readonly NearDuplicates? _near = options.NearDuplicates ? new NearDuplicates() : null;
    private readonly int _maxTokens = options.MaxTokens ?? target.MaxTokens;
    private readonly bool _checksSecrets = options.IsEnabled(LintRules.Secret);
    private byte[] _system = [];
    private int _systemLength;
    private int _systemBytes;
    private ulong _systemHash;
    private TokenEstimate _tokens;

    public RecordIndex Index { get; } = new();

    /// <summary>Gets or sets what the last record asks; see <see cref="TrainingLinter.InputKey"/>.</summary>
    public ulong? InputKey { get; set; }

    public TokenEstimate? Tokens => options.SumTokens ? _tokens : null;

    public void Check(ReadOnlySpan<byte> utf8, int line, long lineStart)
    {
        var hashes = default(Hashes);
        var bytes = 0L;
        var texts = reader.Texts;
        _near?.Start();
        for (var i = 0; i < texts.Length; i++)
        {
            ref var text = ref texts[i];
            if (text.IsRaw)
            {
                hashes.Add(SideOf(text.Kind, text.Turn), TextHash.Of(utf8.Slice(text.Start, text.Length)));
                continue;
            }

            // Data of images are no text; identifiers of calls differ where nothing else does.
            if (text.Kind == TextKind.Media)
            {
                hashes.Add(SideOf(text.Kind, text.Turn), TextHash.Of(utf8.Slice(text.Start, text.Length)));
                continue;
            }

            var raw = utf8.Slice(text.Start, text.Length);
            var side = SideOf(text.Kind, text.Turn);
            if (side == Side.System && _systemLength > 0 && raw.SequenceEqual(_system.AsSpan(0, _systemLength)))
            {
                // The instructions of most files are the same in every line: what was to be said of them has been said.
                bytes += _systemBytes;
                hashes.Add(side, _systemHash);
                continue;
            }

            var before = findings.Count;
            var plain = reader.Plain(utf8, text);
            var isAscii = text.IsAscii && (!text.HasEscapes || text.IsClassified || Ascii.CountAtStart(plain) == plain.Length);
            bytes += plain.Length;
            if (options.Scope == LintScope.Everything)
            {
                CheckText(utf8, text, plain, isAscii);
            }

            if (side == Side.None)
            {
                continue;
            }

            // What outlives the run is hashed alike everywhere; what does not, as fast as the machine can.
            var role = (ulong)RoleOf(text);
            var hash = text.HasLoneSurrogate ? TextHash.Of(plain, role)
                : options.Scope == LintScope.InputKeys ? TextHash.Of(_normalised.Of(plain), role)
                : _comparison.Of(plain, role);
            hashes.Add(side, hash);
            if (side != Side.System)
            {
                _near?.Add(text.HasLoneSurrogate ? plain : _normalised.Of(plain));
            }
            else if (findings.Count == before)
            {
                KeepSystem(raw, plain.Length, hash);
            }
        }

        if (options.Scope == LintScope.InputKeys)
        {
            InputKey = hashes.HasInput ? hashes.Question : hashes.HasTarget ? TextHash.Combine(hashes.Target, hashes.Rejected) : null;
            return;
        }

        CheckRecord(utf8, line, lineStart, hashes);
        CheckTokens(utf8, bytes);
    }

    // Only what nothing was found in: a secret is told in each line that it stands in.
    private void KeepSystem(ReadOnlySpan<byte> raw, int plainLength, ulong hash)
    {
        if (raw.Length > LongestSystemKept)
        {
            return;
        }

        if (_system.Length < raw.Length)
        {
            _system = new byte[raw.Length];
        }

        raw.CopyTo(_system);
        _systemLength = raw.Length;
        _systemBytes = plainLength;
        _systemHash = hash;
    }

    public void Complete(int records)
    {
        if (records > 0 && (options.TrainingTotal ?? options.TrainingRecords?.Total) is > 0 and var training)
        {
            var share = (double)records / (records + training);
            if (share is < 0.05 or > 0.5)
            {
                findings.AddForFile(
                    LintRules.Leakage, s_info, "validation has {0:P0} of all examples; 10 to 20 % are usual", share);
            }
        }

        _answers.Report(records, findings);
        _systemPrompts.Report(findings);
        if (options.Statistics is { } statistics)
        {
            statistics.Labels = _answers.Labels;
        }
    }

    private void CheckText(ReadOnlySpan<byte> utf8, RecordText text, ReadOnlySpan<byte> plain, bool isAscii)
    {
        if (text.HasLoneSurrogate)
        {
            Add(utf8, LintRules.DamagedText, s_warning, text, 0, plain.Length, "the text holds an escaped surrogate without its other half, which is no character");
        }

        if (_checksSecrets && (text.HasAnchors || !text.IsClassified))
        {
            CheckSecrets(utf8, text, plain);
        }

        if (!isAscii && !text.HasLoneSurrogate)
        {
            CheckUnicode(utf8, text, plain);
        }

        if (IsAnswer(text))
        {
            CheckAnswer(utf8, text, plain);
        }
    }

    private void CheckSecrets(ReadOnlySpan<byte> utf8, RecordText text, ReadOnlySpan<byte> plain)
    {
        Span<(int Start, int End)> secrets = stackalloc (int, int)[MostSecretsOfText];
        var count = 0;
        for (var from = 0; SecretDetector.TryFind(plain, from, out var secret); from = secret.Start + secret.Length)
        {
            if (count < secrets.Length)
            {
                secrets[count++] = (secret.Start, secret.Start + secret.Length);
            }

            Add(
                utf8, LintRules.Secret, s_warning, text, secret.Start, secret.Length,
                "{0} ({1}…) in training data: a model repeats what it was trained on",
                secret.Description, Json.Utf8.GetString(plain.Slice(secret.Start, secret.PrefixLength)));
        }

        for (var from = 0; PersonalData.TryFind(plain, from, out var data); from = data.Start + data.Length)
        {
            if (!IsWithin(secrets.Slice(0, count), data))
            {
                Add(utf8, LintRules.Secret, s_warning, text, data.Start, data.Length, "{0} in training data: a model repeats what it was trained on", data.Description);
            }
        }
    }

    private static bool IsWithin(ReadOnlySpan<(int Start, int End)> secrets, PersonalDataMatch data)
    {
        foreach (var (start, end) in secrets)
        {
            if (data.Start < end && data.Start + data.Length > start)
            {
                return true;
            }
        }

        return false;
    }

    private void CheckUnicode(ReadOnlySpan<byte> utf8, RecordText text, ReadOnlySpan<byte> plain)
    {
        var suspicion = text.IsClassified ? text.Suspicion : RareBytes.Of(plain);
        if (suspicion == Suspicion.None)
        {
            return;
        }

        if ((suspicion & Suspicion.Hidden) != Suspicion.None)
        {
            var hasRightToLeft = (bool?)null;
            for (var from = 0; HiddenUnicode.TryFind(plain, from, ref hasRightToLeft, out var run); from = run.Start + run.Length)
            {
                Add(
                    utf8, LintRules.HiddenUnicode, s_warning, text, run.Start, run.Length,
                    run.Count == 1 ? "{0} (U+{1:X4}) that nobody sees and the model reads" : "a run of hidden characters, the first {0} (U+{1:X4}), that nobody sees and the model reads",
                    run.Description, run.First);
            }
        }

        if ((suspicion & Suspicion.Mojibake) != Suspicion.None && Mojibake.TryFind(plain, out var damage))
        {
            Add(utf8, LintRules.DamagedText, s_warning, text, damage.Start, damage.Length, "the text was decoded wrongly: {0}", damage.Description);
        }

        if ((suspicion & Suspicion.Separator) != Suspicion.None)
        {
            // As an escape it is well; then the bytes themselves are not there.
            var raw = utf8.Slice(text.Start, text.Length);
            var separator = raw.IndexOf("\u2028"u8);
            separator = separator >= 0 ? separator : raw.IndexOf("\u2029"u8);
            if (separator >= 0)
            {
                findings.Add(utf8, LintRules.NotJsonLines, s_info, text.Start + separator, 3, "the text holds U+2028 or U+2029, which some readers take for a line end; write it as an escape");
            }
        }
    }

    private void CheckAnswer(ReadOnlySpan<byte> utf8, RecordText text, ReadOnlySpan<byte> plain)
    {
        var trimmed = Ascii.Trim(plain);
        if (trimmed.IsEmpty)
        {
            var marks = text.Turn >= 0 ? reader.Turns[text.Turn].Marks : TurnMarks.None;
            const TurnMarks SaysOtherwise = TurnMarks.ToolCalls | TurnMarks.FunctionCall | TurnMarks.Refusal | TurnMarks.Text;
            if (!text.IsJudged && !target.RefusesEmptyText && (marks & SaysOtherwise) == TurnMarks.None)
            {
                Add(utf8, LintRules.DamagedText, s_warning, text, 0, plain.Length, "the answer is empty: the model would learn to say nothing");
            }
        }
        else if (IsPlaceholder(trimmed))
        {
            Add(utf8, LintRules.DamagedText, s_warning, text, 0, plain.Length, "the answer is a placeholder");
        }
    }

    private static bool IsPlaceholder(ReadOnlySpan<byte> text)
    {
        const int Longest = 200;
        if (text.Length > Longest)
        {
            return Ascii.StartsWithIgnoreCase(text, "lorem ipsum"u8);
        }

        if (text.SequenceEqual("..."u8) || text.SequenceEqual("…"u8) || Ascii.StartsWithIgnoreCase(text, "lorem ipsum"u8)
            || (Ascii.StartsWithIgnoreCase(text, "<insert "u8) && text[text.Length - 1] == (byte)'>'))
        {
            return true;
        }

        while (!text.IsEmpty && text[text.Length - 1] is (byte)'.' or (byte)':' or (byte)'!')
        {
            text = text.Slice(0, text.Length - 1);
        }

        return Ascii.EqualsIgnoreCase(text, "todo"u8) || Ascii.EqualsIgnoreCase(text, "tbd"u8);
    }

    private void CheckRecord(ReadOnlySpan<byte> utf8, int line, long lineStart, Hashes hashes)
    {
        // A record of another format has no text that would tell it from the next.
        if (!hashes.HasInput && !hashes.HasTarget)
        {
            return;
        }

        var key = hashes.HasInput
            ? new RecordKey(hashes.Input, hashes.HasRejected ? TextHash.Combine(hashes.Target, hashes.Rejected) : hashes.Target)
            : new RecordKey(TextHash.Combine(hashes.Target, hashes.Rejected), 0);

        if (hashes.HasRejected && hashes.HasTarget && hashes.Target == hashes.Rejected)
        {
            findings.Add(utf8, LintRules.Conflict, s_warning, 0, utf8.Length, "the preferred and the other answer are the same: there is nothing to prefer");
        }
        else if (hashes.HasInput && hashes.HasRejected && !target.ScoresSayWhichIsPreferred && Index.LineOf(key with { Target = TextHash.Combine(hashes.Rejected, hashes.Target) }) is > 0 and var swapped)
        {
            findings.Add(utf8, LintRules.Conflict, s_warning, 0, utf8.Length, "the example prefers the answer that line {0} rejects to the same input", swapped);
        }

        switch (Index.Add(key, line, out var earlier))
        {
            case RecordMatch.SameRecord:
                options.Statistics?.Duplicates.Add(earlier, line);
                findings.Add(utf8, LintRules.Duplicate, s_warning, 0, utf8.Length, "the example is the same as that of line {0}", earlier);
                break;
            case RecordMatch.SameInput when hashes.HasTarget && !hashes.HasRejected:
                options.Statistics?.Conflicts.Add(earlier, line);
                findings.Add(utf8, LintRules.Conflict, s_warning, 0, utf8.Length, "the example has the input of line {0} and another answer", earlier);
                break;
            case RecordMatch.New or RecordMatch.SameInput when _near is not null && _near.TryFind(line, out var similar, out var share):
                options.Statistics?.NearDuplicates.Add(similar, line);
                findings.Add(utf8, LintRules.Duplicate, s_info, 0, utf8.Length, "the example is nearly that of line {0}: they share about {1:P0} of their word sequences", similar, share);
                break;
        }

        if (options.TrainingRecords is { } training && training.LineOfInput(key.Input) is > 0 and var leaked)
        {
            options.Statistics?.Leaks.Add(leaked, line);
            findings.Add(utf8, LintRules.Leakage, s_warning, 0, utf8.Length, "the input is that of line {0} of {1}: the validation measures what has been learnt by heart", leaked, options.TrainingFileName ?? (object)Sentence.Of("the training file"));
        }

        if (hashes.HasTarget && !hashes.HasRejected && !_answers.IsOpen)
        {
            CountAnswer(utf8, hashes.Target);
        }

        _systemPrompts.Add(hashes.HasSystem ? hashes.System : 0, line, lineStart);
    }

    private void CountAnswer(ReadOnlySpan<byte> utf8, ulong hash)
    {
        foreach (var text in reader.Texts)
        {
            if (SideOf(text.Kind, text.Turn) == Side.Target && !text.IsRaw && text.Kind != TextKind.Arguments)
            {
                _answers.Add(hash, text.HasLoneSurrogate ? default : utf8.Slice(text.Start, text.Length), text.HasEscapes);
                return;
            }
        }

        _answers.Add(hash, default, hasEscapes: false);
    }

    private void CheckTokens(ReadOnlySpan<byte> utf8, long bytes)
    {
        // No text has more tokens than bytes: most records need no count.
        var around = (reader.Turns.Length + 1) * TokensAroundMessage;
        var mayBeTooLong = _maxTokens > 0 && bytes + around > _maxTokens;
        if (!mayBeTooLong && !options.SumTokens && options.Statistics is null)
        {
            return;
        }

        var count = options.CountTokens ?? TokenEstimator.For(Core.Tokens.TokenEncoding.Unknown).Estimate;
        var tokens = new TokenEstimate(around, around, around);
        var longest = default(TokenEstimate);
        foreach (var text in reader.Texts)
        {
            if (!text.IsRaw && text.Kind != TextKind.Media)
            {
                var each = count(reader.Plain(utf8, text));
                tokens += each;
                options.Statistics?.AddText(PartOf(text), each.Expected);
                longest = each.Expected > longest.Expected ? each : longest;
            }
        }

        _tokens += tokens;
        options.Statistics?.Tokens.Add(tokens.Expected);
        var judged = target.TokenLimitIsPerMessage ? longest : tokens;
        if (mayBeTooLong && judged.High > _maxTokens)
        {
            findings.Add(
                utf8, LintRules.TooManyTokens, s_warning, 0, utf8.Length,
                judged.Low > _maxTokens ? "{0}, more than the {1:N0} of {2}: it is {3}" : "{0}, perhaps more than the {1:N0} of {2}: it is {3}",
                judged.InWords, _maxTokens, target.TokenLimitIsPerMessage ? Sentence.Of("a message") : Sentence.Of("an example"), Fate(target.Overlong));
        }
    }

    private static Sentence Fate(OverlongExample overlong) => overlong switch
    {
        OverlongExample.Truncated => "truncated, and its end is not learnt",
        OverlongExample.Dropped => "dropped",
        _ => "rejected",
    };

    private Side SideOf(TextKind kind, int ofTurn)
    {
        switch (kind)
        {
            case TextKind.System:
                return Side.System;
            case TextKind.Input or TextKind.ToolName:
                return Side.Input;
            case TextKind.Target or TextKind.Label:
                return Side.Target;
            case TextKind.Rejected:
                return Side.Rejected;
            case TextKind.Message or TextKind.Arguments or TextKind.CalledToolName or TextKind.Media when ofTurn >= 0:
                ref readonly var turn = ref reader.Turns[ofTurn];
                return turn.Section switch
                {
                    Section.Target => Side.Target,
                    Section.Rejected => Side.Rejected,
                    _ => turn.Role is TurnRole.System or TurnRole.Developer ? Side.System : Side.Input,
                };
            case TextKind.Media:
                return Side.Input;
            default:
                return Side.None;
        }
    }

    private TrainingPart PartOf(RecordText text) => (RoleOf(text), text.Kind) switch
    {
        (TurnRole.System, _) or (_, TextKind.System) => TrainingPart.System,
        (TurnRole.Developer, _) => TrainingPart.Developer,
        (TurnRole.User, _) => TrainingPart.User,
        (TurnRole.Assistant, _) when reader.Turns[text.Turn].Section == Section.Rejected => TrainingPart.Rejected,
        (TurnRole.Assistant, _) => TrainingPart.Assistant,
        (TurnRole.Tool, _) => TrainingPart.Tool,
        (TurnRole.Function, _) => TrainingPart.Function,
        (_, TextKind.Input) => TrainingPart.Prompt,
        (_, TextKind.Target) => TrainingPart.Completion,
        (_, TextKind.Rejected) => TrainingPart.Rejected,
        (_, TextKind.Label) => TrainingPart.Label,
        _ => TrainingPart.Other,
    };

    private TurnRole RoleOf(RecordText text) => text.Turn >= 0 ? reader.Turns[text.Turn].Role : TurnRole.None;

    // What the model is to say: each answer of a conversation, unless its weight takes it out.
    private bool IsAnswer(RecordText text) =>
        text.Kind == TextKind.Target
        || (text.Kind == TextKind.Message && text.Turn >= 0 && reader.Turns[text.Turn] is { Role: TurnRole.Assistant, Section: not Section.Rejected } turn && turn.Weight != 0);

    private void Add(
        ReadOnlySpan<byte> utf8, string rule, Verdict verdict, RecordText text, int start, int length, [Words] string format, object? first = null, object? second = null)
    {
        // What is only counted needs no place.
        var hasPlace = text.HasEscapes && findings.IsListed(rule);
        var raw = utf8.Slice(text.Start, text.Length);
        var from = hasPlace ? Json.JsonString.SourceOffset(raw, start) : start;
        var to = hasPlace ? from + Json.JsonString.SourceOffset(raw.Slice(from), length) : start + length;
        findings.Add(utf8, rule, verdict, text.Start + from, to - from, format, first, second);
    }

    private enum Side
    {
        None,
        System,
        Input,
        Target,
        Rejected,
    }

    private struct Hashes
    {
        public ulong Input;
        public ulong Question; // the input without the instructions
        public ulong Target;
        public ulong Rejected;
        public ulong System;
        public bool HasInput;
        public bool HasTarget;
        public bool HasRejected;
        public bool HasSystem;

        public void Add(Side side, ulong hash)
        {
            switch (side)
            {
                case Side.System:
                    System = TextHash.Combine(System, hash);
                    HasSystem = true;
                    Input = TextHash.Combine(Input, hash);
                    break;
                case Side.Input:
                    Input = TextHash.Combine(Input, hash);
                    Question = TextHash.Combine(Question, hash);
                    HasInput = true;
                    break;
                case Side.Target:
                    Target = TextHash.Combine(Target, hash);
                    HasTarget = true;
                    break;
                case Side.Rejected:
                    Rejected = TextHash.Combine(Rejected, hash);
                    HasRejected = true;
                    break;
            }
        }
    }
}
