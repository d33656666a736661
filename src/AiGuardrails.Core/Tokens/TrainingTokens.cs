using AiGuardrails.Core.Json;
using AiGuardrails.Core.Tokens;

namespace AiGuardrails;

/// <summary>Counts the tokens of a training file, line by line. An instance is for one file and one thread.</summary>
/// <remarks>
/// Counted are the texts of a line, and what the service puts around messages: 3 tokens for each line of messages, 3 for
/// each message, and 1 for its name. Source: OpenAI's notebooks "How to count tokens with tiktoken" and "Data preparation
/// and analysis for chat model fine-tuning". Definitions of tools are counted with the names in them. The service may
/// count a few more. Texts are estimated, or counted exactly with the vocabulary of the model.
/// </remarks>
public sealed class TrainingTokens
{
    private const int TokensPerLine = 3;
    private const int TokensPerMessage = 3;

    private readonly TokenEstimator _estimator;
    private readonly TokenVocabulary? _vocabulary;
    private readonly long _limit;
    private TokenFeatures _features;
    private TokenEstimate _fixed;
    private byte[] _buffer = [];

    /// <summary>Initializes a new instance of the <see cref="TrainingTokens"/> class.</summary>
    /// <param name="model">The model to be trained.</param>
    /// <param name="maxTokensPerExample">The tokens at which the service cuts an example; null where nothing is cut.</param>
    /// <exception cref="ArgumentNullException"><paramref name="model"/> is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="maxTokensPerExample"/> is less than 1.</exception>
    public TrainingTokens(string model, int? maxTokensPerExample = null)
        : this(model, maxTokensPerExample, vocabulary: null)
    {
    }

    /// <summary>Initializes a new instance of the <see cref="TrainingTokens"/> class that counts texts exactly.</summary>
    /// <param name="model">The model to be trained; empty where it is not known.</param>
    /// <param name="maxTokensPerExample">The tokens at which the service cuts an example; null where nothing is cut.</param>
    /// <param name="vocabulary">The vocabulary of the model; null for an estimate.</param>
    /// <exception cref="ArgumentNullException"><paramref name="model"/> is null.</exception>
    /// <exception cref="ArgumentException"><paramref name="vocabulary"/> is not that of the model.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="maxTokensPerExample"/> is less than 1.</exception>
    public TrainingTokens(string model, int? maxTokensPerExample, TokenVocabulary? vocabulary)
    {
        if (maxTokensPerExample < 1)
        {
            throw new ArgumentOutOfRangeException(nameof(maxTokensPerExample), maxTokensPerExample, "An example has room for one token at least.");
        }

        _estimator = TokenEstimator.ForModel(model);
        _vocabulary = model.Length > 0 && vocabulary?.ProblemWith(model) is { } problem ? throw new ArgumentException("The vocabulary cannot be used: " + problem, nameof(vocabulary)) : vocabulary;
        _limit = maxTokensPerExample ?? long.MaxValue;
    }

    /// <summary>Gets the number of examples: lines that are a JSON object.</summary>
    public long Examples { get; private set; }

    /// <summary>Gets the number of lines that are something else, blank lines aside; nothing of them is counted.</summary>
    public long InvalidLines { get; private set; }

    /// <summary>Gets the number of examples that are likely to be longer than the limit, and are counted as cut there.</summary>
    public long CutExamples { get; private set; }

    /// <summary>Gets the tokens of all examples so far.</summary>
    public TokenEstimate Total => _estimator.Estimate(_features) + _fixed;

    /// <summary>Adds a line.</summary>
    /// <param name="utf8">The line in UTF-8, without its line end.</param>
    public void AddLine(ReadOnlySpan<byte> utf8)
    {
        if (IsBlank(utf8))
        {
            return;
        }

        TokenScanner scanner = default;
        var around = 0L;
        var counted = 0L;
        if (!Scan(utf8, ref scanner, ref around, ref counted))
        {
            InvalidLines++;
            return;
        }

        Examples++;

        // Counted tokens are as certain as those around the texts.
        around += counted;

        // No text has more tokens than bytes: most lines need no estimate of their own.
        if (_vocabulary is null && utf8.Length + around <= _limit)
        {
            _features.Add(scanner.Features);
            _fixed += new TokenEstimate(around, around, around);
            return;
        }

        var line = _estimator.Estimate(scanner.Features);
        if (line.Expected + around <= _limit)
        {
            _features.Add(scanner.Features);
            _fixed += new TokenEstimate(around, around, around);
            return;
        }

        CutExamples++;
        _fixed += new TokenEstimate(
            Math.Min(line.Minimum + around, _limit), Math.Min(line.Low + around, _limit), _limit, _limit, _limit);
    }

    private static bool IsBlank(ReadOnlySpan<byte> utf8)
    {
        foreach (var b in utf8)
        {
            if (b is not ((byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n'))
            {
                return false;
            }
        }

        return true;
    }

    private bool Scan(ReadOnlySpan<byte> utf8, ref TokenScanner scanner, ref long around, ref long counted)
    {
        var reader = new JsonUtf8Reader(utf8.StartsWith(Utf8.ByteOrderMark) ? utf8.Slice(Utf8.ByteOrderMark.Length) : utf8);
        if (!reader.Read() || reader.TokenType != JsonTokenType.ObjectStart)
        {
            return false;
        }

        var messages = 0;
        var tools = 0; // The depth at which the definitions of tools began; 0 outside them.
        while (reader.Read())
        {
            if (reader.TokenType == JsonTokenType.PropertyName)
            {
                tools = reader.Depth > tools ? tools : 0;
                if (tools > 0)
                {
                    ScanText(ref reader, ref scanner, ref counted);
                }
                else if (reader.ValueEquals("tools"u8) || reader.ValueEquals("functions"u8))
                {
                    tools = reader.Depth;
                }
                else
                {
                    messages += reader.ValueEquals("role"u8) ? 1 : 0;
                    around += reader.ValueEquals("name"u8) ? 1 : 0;
                }
            }
            else if (reader.TokenType == JsonTokenType.String)
            {
                ScanText(ref reader, ref scanner, ref counted);
            }
        }

        around += messages == 0 ? 0 : TokensPerLine + ((long)TokensPerMessage * messages);
        return reader.Error.Kind == JsonErrorKind.None;
    }

    private void ScanText(ref JsonUtf8Reader reader, ref TokenScanner scanner, ref long counted)
    {
        var value = reader.Value;
        if (reader.HasEscapes && !reader.HasLoneSurrogate)
        {
            if (_buffer.Length < value.Length)
            {
                _buffer = new byte[Math.Max(value.Length, 1024)];
            }

            value = _buffer.AsSpan(0, JsonString.Unescape(value, _buffer));
        }

        if (_vocabulary is not null)
        {
            counted += _vocabulary.Count(value);
            return;
        }

        scanner.Scan(value);
        scanner.End();
    }
}
