using AiGuardrails.Core.Json;
using AiGuardrails.Core.Text;
using AiGuardrails.Core.Training.Targets;

namespace AiGuardrails.Core.Training.Linting;

/// <summary>What a file of training data holds, once it has been checked.</summary>
internal sealed record LintSummary(int Lines, int Records, long Bytes, int Errors, int Warnings, int Infos, TokenEstimate? Tokens);

/// <summary>
/// Checks a file of training data in one pass: give it the bytes, in pieces of any size, and call
/// <see cref="Complete"/>. Memory does not grow with the file but for the hashes of its records. No input throws.
/// </summary>
internal sealed class TrainingLinter
{
    private readonly TargetDescription _target;
    private readonly LintOptions _options;
    private readonly LineFindings _findings;
    private readonly RecordReader _reader;
    private readonly ContentChecks _content;
    private byte[] _rest = [];
    private int _restLength;
    private long _restStart;
    private long _position;
    private long _tooLong;
    private int _line;
    private int _records;
    private bool _crLfSeen;
    private bool _givenUp;

    public TrainingLinter(TrainingTarget target, LintOptions options, Action<LintFinding> report)
    {
        _target = TargetDescriptions.Of(target);
        _options = options;
        _findings = new LineFindings(options, report);
        _reader = new RecordReader(_target, _findings);
        _content = new ContentChecks(_target, options, _findings, _reader);
    }

    /// <summary>Gets the records of the file, for the check of another file against it.</summary>
    public RecordIndex Records => _content.Index;

    /// <summary>
    /// Gets what the line that ended last asks the model, as a hash: equal where the input is, instructions aside; null where the line
    /// is no record, and in any scope but <see cref="LintScope.InputKeys"/>. Files are split by it, so it must never change.
    /// </summary>
    public ulong? InputKey => _content.InputKey;

    /// <summary>Checks a whole file.</summary>
    public static LintSummary Check(TrainingTarget target, ReadOnlySpan<byte> file, LintOptions options, Action<LintFinding> report)
    {
        var linter = new TrainingLinter(target, options, report);
        linter.Write(file);
        return linter.Complete();
    }

    /// <summary>Takes the next bytes of the file.</summary>
    public void Write(ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            var end = bytes.IndexOf((byte)'\n');
            var piece = end < 0 ? bytes : bytes.Slice(0, end);
            if (_givenUp)
            {
                // The position still counts: the size of the file is checked at the end.
            }
            else if (end >= 0 && _restLength == 0 && _tooLong == 0 && piece.Length <= _options.MaxLineBytes)
            {
                CheckLine(piece, _position);
            }
            else
            {
                Keep(piece);
                if (end >= 0)
                {
                    CheckKept();
                }
            }

            _position += piece.Length + (end < 0 ? 0 : 1);
            bytes = bytes.Slice(piece.Length + (end < 0 ? 0 : 1));
        }
    }

    /// <summary>The file ends: says what is true of it as a whole.</summary>
    public LintSummary Complete()
    {
        if ((_restLength > 0 || _tooLong > 0) && !_givenUp)
        {
            CheckKept();
        }

        if (!_givenUp)
        {
            CheckSizes();
            _content.Complete(_records);
        }

        _findings.Complete();
        return new LintSummary(_line, _records, _position, _findings.ErrorCount, _findings.WarningCount, _findings.InfoCount, _content.Tokens);
    }

    private void Keep(ReadOnlySpan<byte> piece)
    {
        if (_restLength == 0 && _tooLong == 0)
        {
            _restStart = _position;
        }

        if (_tooLong > 0 || _restLength + (long)piece.Length > _options.MaxLineBytes)
        {
            _tooLong += _restLength + (long)piece.Length;
            _restLength = 0;
            _rest = [];
            return;
        }

        if (_rest.Length < _restLength + piece.Length)
        {
            Array.Resize(ref _rest, (int)Math.Min(Math.Max(_restLength + (long)piece.Length, _rest.Length * 2L), _options.MaxLineBytes));
        }

        piece.CopyTo(_rest.AsSpan(_restLength));
        _restLength += piece.Length;
    }

    private void CheckKept()
    {
        if (_tooLong > 0)
        {
            _line++;
            _findings.StartLine(_line, _restStart);
            _findings.Add(
                default, LintRules.NotJsonLines, Verdict.Advises(), 0, 0,
                "the line is longer than {0:N0} bytes and has not been checked; is this one JSON object a line?", _options.MaxLineBytes);
        }
        else
        {
            CheckLine(_rest.AsSpan(0, _restLength), _restStart);
        }

        _restLength = 0;
        _tooLong = 0;
    }

    private void CheckLine(ReadOnlySpan<byte> line, long start)
    {
        _line++;
        _content.InputKey = null;
        if (_line == 1 && !CheckEncoding(ref line, ref start))
        {
            _givenUp = true;
            return;
        }

        _findings.StartLine(_line, start);
        if (!line.IsEmpty && line[line.Length - 1] == (byte)'\r')
        {
            line = line.Slice(0, line.Length - 1);
            if (!_crLfSeen)
            {
                _crLfSeen = true;
                Add(line, Verdict.Notes(), line.Length, 1, "lines end with CR LF; JSON Lines has LF alone, and most readers take either");
            }
        }

        var error = _reader.Read(line);
        switch (error.Kind)
        {
            case JsonErrorKind.None when !line.IsEmpty && FirstByte(line) == (byte)'[' && !_target.AllowsList:
                _findings.Discard();
                Add(line, Verdict.Rejects(_target.NotJsonWords), 0, line.Length, "a list, where each line is one JSON object");
                break;
            case JsonErrorKind.None:
                _records++;
                _findings.Confirm(line);
                _content.Check(line, _line, start);
                break;
            case JsonErrorKind.Empty:
                _findings.Discard();
                Add(line, _target.BlankLine, 0, line.Length, "a blank line, where each line is one JSON object");
                break;
            default:
                _findings.Discard();
                ReportBrokenLine(line, error);
                break;
        }
    }

    private void ReportBrokenLine(ReadOnlySpan<byte> line, JsonError error)
    {
        var verdict = Verdict.Rejects(_target.NotJsonWords);
        if (_records == 0 && _line == 1 && error.Kind == JsonErrorKind.UnexpectedEnd && IsOneBracket(line))
        {
            // Every line of such a file would be wrong in the same way.
            _givenUp = true;
            Add(line, verdict, 0, line.Length, FirstByte(line) == (byte)'['
                ? "the file is one JSON array over several lines, where each line is one JSON object"
                : "the file is JSON over several lines, where each line is one JSON object");
            return;
        }

        if (error.Kind == JsonErrorKind.TrailingContent && line.Slice(0, error.Offset).IndexOf((byte)'\r') >= 0)
        {
            Add(line, verdict, error.Offset, 1, "lines end with CR alone; in JSON Lines they end with LF");
            return;
        }

        Add(
            line, verdict, error.Offset, Math.Min(1, line.Length - error.Offset),
            error.Kind == JsonErrorKind.TooDeep ? "{0}, beyond {1}" : "this is not JSON: {0}", error.Description, JsonUtf8Reader.MaxDepth);
    }

    private bool CheckEncoding(ref ReadOnlySpan<byte> line, ref long start)
    {
        _findings.StartLine(1, 0);
        if (line.StartsWith(Utf8.ByteOrderMark))
        {
            if (_target.ByteOrderMark is { } verdict)
            {
                _findings.Add(
                    default, LintRules.NotJsonLines, verdict, 0, Utf8.ByteOrderMark.Length,
                    verdict.Level == LintLevel.Info
                        ? "the file starts with a byte-order mark; most readers expect none"
                        : "the file starts with a byte-order mark; {0}'s own checker refuses it",
                    _target.Provider);
            }

            line = line.Slice(Utf8.ByteOrderMark.Length);
            start += Utf8.ByteOrderMark.Length;
            return true;
        }

        if (line.Length >= 2 && ((line[0] == 0xFF && line[1] == 0xFE) || (line[0] == 0xFE && line[1] == 0xFF) || (line[0] == 0) != (line[1] == 0)))
        {
            _findings.Add(default, LintRules.NotJsonLines, Verdict.Rejects(_target.NotJsonWords), 0, 2, "the file is UTF-16 or UTF-32, where JSON Lines is UTF-8");
            return false;
        }

        return true;
    }

    private void CheckSizes()
    {
        var validation = _options.IsValidation;
        if (_records == 0 && _line == 0)
        {
            _findings.AddForFile(LintRules.Size, _target.MinRecords?.Verdict ?? Verdict.Rejects(), "the file is empty", 0);
            return;
        }

        if (_target.MinRecords is { } min && !validation && _records < min.Value)
        {
            _findings.AddForFile(LintRules.Size, WithCount(min.Verdict), "{0}, where {2} needs {1:N0}", Examples(_records), min.Value, _target.Provider);
        }
        else if (!validation && _target.IsChat && _records < FewForChat)
        {
            _findings.AddForFile(LintRules.Size, Verdict.Advises(), "{0}; below {1:N0}, fine-tuning rarely changes more than the tone", Examples(_records), FewForChat);
        }
        else if (!validation && _records < Math.Max(_target.AdvisedRecords, _options.RecommendedRecords))
        {
            _findings.AddForFile(LintRules.Size, Verdict.Notes(), "{0}, where {1:N0} are recommended", Examples(_records), Math.Max(_target.AdvisedRecords, _options.RecommendedRecords));
        }

        var maxRecords = validation ? _target.MaxValidationRecords ?? _target.MaxRecords : _target.MaxRecords;
        if (maxRecords is not null && _records > maxRecords.Value)
        {
            _findings.AddForFile(LintRules.Size, WithCount(maxRecords.Verdict), "{0}, where {2} takes {1:N0}", Examples(_records), maxRecords.Value, _target.Provider);
        }

        var maxBytes = validation ? _target.MaxValidationBytes ?? _target.MaxBytes : _target.MaxBytes;
        if (maxBytes is not null && _position > maxBytes.Value)
        {
            _findings.AddForFile(LintRules.Size, maxBytes.Verdict, "the file has {0:N0} bytes, where {2} takes {1:N0}", _position, maxBytes.Value, _target.Provider);
        }
    }

    private const int FewForChat = 50;

    // The words of a provider name the bare number.
    private Verdict WithCount(Verdict verdict) => verdict with { Words = verdict.Words?.Replace("{count}", FormattableString.Invariant($"{_records}")) };

    private static Sentence Examples(int count) => count == 1 ? Sentence.Of($"{count:N0} example") : Sentence.Of($"{count:N0} examples");

    private void Add(ReadOnlySpan<byte> line, Verdict verdict, int start, int length, [Words] string format, object? first = null, object? second = null) =>
        _findings.Add(line, LintRules.NotJsonLines, verdict, start, length, format, first, second);

    private static byte FirstByte(ReadOnlySpan<byte> line)
    {
        foreach (var b in line)
        {
            if (b is not ((byte)' ' or (byte)'\t' or (byte)'\r'))
            {
                return b;
            }
        }

        return 0;
    }

    private static bool IsOneBracket(ReadOnlySpan<byte> line)
    {
        var brackets = 0;
        foreach (var b in line)
        {
            if (b is (byte)'{' or (byte)'[')
            {
                brackets++;
            }
            else if (b is not ((byte)' ' or (byte)'\t'))
            {
                return false;
            }
        }

        return brackets > 0;
    }
}
