using System.ComponentModel;
using System.Globalization;
using AiGuardrails.Core.Prompts;

namespace AiGuardrails.CompilerServices;

/// <summary>Puts a prompt together. For generated code: the order of its calls is the structure, and no text changes it.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class PromptWriter
{
    private const string Cut = "…";
    private const int MaxSourceLength = 200;

    // No token stands for more bytes, and no character has more than four.
    private const int LongestToken = 128;

    // One for each thread: what a prompt is put together in is no part of it, and is used again.
    [ThreadStatic]
    private static PromptWriter? s_spare;

    private readonly PromptBuffer _text = new();
    private readonly List<(int Start, int Length)> _unmeasured = [];
    private PromptFence _fence = PromptFence.Deterministic;
    private string _promptId = "";
    private PromptMessage[] _messages = new PromptMessage[4];
    private int _count;
    private List<SlotCut>? _cuts;
    private string? _whole;
    private BlockRole _role;

    private PromptWriter()
    {
    }

    /// <summary>Gets a writer for a prompt. From <see cref="Complete"/> on it belongs to the next.</summary>
    /// <param name="fence">What the fences are keyed with.</param>
    /// <param name="promptId">What the prompt is called.</param>
    /// <returns>The writer.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="fence"/> is null.</exception>
    public static PromptWriter Rent(PromptFence fence, string promptId)
    {
        _ = fence ?? throw new ArgumentNullException(nameof(fence));

        // An input may render a prompt of its own, and one that throws is not given back: then the place is empty.
        var writer = s_spare ?? new PromptWriter();
        s_spare = null;
        (writer._fence, writer._promptId) = (fence, promptId);
        return writer;
    }

    /// <summary>Begins a message.</summary>
    /// <param name="role">Who says it.</param>
    public void Begin(BlockRole role)
    {
        _role = role;
        _text.Length = 0;
        _whole = null;
    }

    /// <summary>Ends the message. One without text, whose inputs are all absent, is left out.</summary>
    public void End()
    {
        // A message that is one fixed text is that text.
        var text = _whole is { } whole && whole.Length == _text.Length ? whole : _text.ToString(0);
        if (!string.IsNullOrWhiteSpace(text))
        {
            if (_count == _messages.Length)
            {
                Array.Resize(ref _messages, 2 * _count);
            }

            _messages[_count++] = new PromptMessage(_role, text);
        }
    }

    /// <summary>Places fixed text.</summary>
    /// <param name="text">The text.</param>
    public void Text(string text)
    {
        _whole = _text.Length == 0 ? text : null;
        _text.Append(text);
    }

    /// <summary>Places a closed value.</summary>
    /// <typeparam name="T">Its type.</typeparam>
    /// <param name="value">The value.</param>
    public void Closed<T>(T value)
        where T : struct => _text.AppendClosed(value);

    /// <summary>Places a closed value, or nothing.</summary>
    /// <typeparam name="T">Its type.</typeparam>
    /// <param name="value">The value, or null.</param>
    public void Closed<T>(T? value)
        where T : struct
    {
        if (value is { } known)
        {
            Closed(known);
        }
    }

    /// <summary>Places closed values, with commas between them.</summary>
    /// <typeparam name="T">Their type.</typeparam>
    /// <param name="values">The values; null only where the input is optional.</param>
    public void ClosedList<T>(IEnumerable<T>? values)
        where T : struct
    {
        var separator = "";
        foreach (var value in values ?? [])
        {
            _text.Append(separator);
            Closed(value);
            separator = ", ";
        }
    }

    /// <summary>Throws where an input that the prompt needs is null.</summary>
    /// <param name="slot">The input.</param>
    /// <param name="value">Its value.</param>
    /// <exception cref="PromptException">It is null.</exception>
    public void Require(PromptSlot slot, object? value)
    {
        if (value is null)
        {
            throw new PromptException($"'{slot?.Name}' of the prompt '{_promptId}' is null, and the prompt needs it; give it a value, or declare it nullable if it may be left out");
        }
    }

    /// <summary>Places open text, cleaned and fenced; nothing for null.</summary>
    /// <param name="slot">How.</param>
    /// <param name="value">The text, or what is converted to it.</param>
    public void Open(PromptSlot slot, object? value)
    {
        if (value is not null)
        {
            var label = LabelOf(slot);
            var start = PromptFence.Open(_text, label);
            Add(value);
            Fit(slot, start, slot?.MaxTokens ?? 0);
            _fence.Close(_text, label, start);
        }
    }

    /// <summary>Places open texts, each in a fence of its own.</summary>
    /// <param name="slot">How.</param>
    /// <param name="values">The texts or passages; null only where the input is optional.</param>
    public void OpenList(PromptSlot slot, IEnumerable<object?>? values) => AddList(slot, values, slot?.MaxTokens ?? 0, isFenced: true);

    /// <summary>Places open text that the author vouches for: cleaned, limited, without a fence.</summary>
    /// <param name="slot">How.</param>
    /// <param name="value">The text, or what is converted to it.</param>
    public void Trusted(PromptSlot slot, object? value)
    {
        if (value is not null)
        {
            var start = _text.Length;
            Add(value);
            Fit(slot, start, TrustedLimit(slot));
        }
    }

    /// <summary>Places open texts that the author vouches for, one below the other.</summary>
    /// <param name="slot">How.</param>
    /// <param name="values">The texts or passages; null only where the input is optional.</param>
    public void TrustedList(PromptSlot slot, IEnumerable<object?>? values) => AddList(slot, values, TrustedLimit(slot), isFenced: false);

    /// <summary>Ends the prompt.</summary>
    /// <param name="maxTokens">How many tokens it may have; 0 for no limit.</param>
    /// <returns>The prompt.</returns>
    /// <exception cref="PromptException">It has more.</exception>
    public RenderedPrompt Complete(int maxTokens = 0)
    {
        var messages = _messages.AsSpan(0, _count).ToArray();
        var prompt = new RenderedPrompt(_promptId, messages, (IReadOnlyList<SlotCut>?)_cuts ?? []);
        if (maxTokens > 0 && prompt.MostTokens > maxTokens && prompt.Estimate is { } estimate && estimate.Expected > maxTokens)
        {
            throw new PromptException(FormattableString.Invariant($"The prompt '{_promptId}' has {estimate}, and {maxTokens:N0} are the most; limit its inputs with [Slot(MaxTokens = …)]"));
        }

        Array.Clear(_messages, 0, _count);
        _text.Clear();
        (_count, _cuts, _whole) = (0, null, null);
        s_spare = this;
        return prompt;
    }

    private static int TrustedLimit(PromptSlot slot) => slot is { MaxTokens: > 0 } ? slot.MaxTokens : 500;

    private static string LabelOf(PromptSlot? slot) => slot?.Label ?? "text";

    /// <summary>Adds a text that others wrote, cleaned.</summary>
    private void Add(object value)
    {
        if (value is Passage passage)
        {
            _text.Append("source: ");
            _text.Append(Source(passage.Source));
            _text.Append('\n');
            _text.Append(OpenText.Clean(passage.Text ?? ""));
        }
        else
        {
            _text.Append(OpenText.Clean(value as string ?? Convert.ToString(value, CultureInfo.InvariantCulture) ?? ""));
        }
    }

    // One line and no more: what is said below it is the text.
    private static string Source(string? source)
    {
        source = OpenText.Clean(source ?? "");
        if (source.Length is > 0 and <= MaxSourceLength && source[0] is > ' ' and < '\u007F' && source[source.Length - 1] is > ' ' and < '\u007F' && source.IndexOf('\n') < 0 && source.IndexOf('\t') < 0)
        {
            return source;
        }

        var line = source.Replace('\n', ' ').Replace('\t', ' ').Trim();
        return line.Length <= MaxSourceLength ? line : $"{line.Substring(0, MaxSourceLength)}{Cut}";
    }

    /// <summary>Cuts the text that was added last, or refuses it, where it has more tokens than it may.</summary>
    private void Fit(PromptSlot? slot, int start, int maxTokens)
    {
        // No text has more tokens than bytes, which takes next to no time to know.
        if (slot is null || maxTokens <= 0 || _text.HasBytesAtMost(maxTokens, start))
        {
            return;
        }

        var estimate = RenderedPrompt.Tokens.Estimate(_text.Since(start));
        if (estimate.High <= maxTokens)
        {
            return;
        }

        if (slot.Overflow is not (Overflow.KeepStart or Overflow.KeepEnd))
        {
            throw TooLong(slot, estimate, maxTokens);
        }

        (_cuts ??= []).Add(new SlotCut(slot.Name, estimate, maxTokens));
        var text = _text.ToString(start);
        _text.Length = start;
        _text.Append(Kept(text, maxTokens, isStart: slot.Overflow == Overflow.KeepStart));
    }

    private void AddList(PromptSlot? slot, IEnumerable<object?>? values, int maxTokens, bool isFenced)
    {
        var label = LabelOf(slot);
        var whole = default(TokenEstimate);
        var separator = "";
        var isCut = false;
        var bytes = 0L;
        var isLimited = slot is not null && maxTokens > 0;
        _unmeasured.Clear();
        foreach (var value in new PromptItems(values))
        {
            if (value is null)
            {
                continue;
            }

            var before = _text.Length;
            _text.Append(separator);
            var start = isFenced ? PromptFence.Open(_text, label) : _text.Length;
            Add(value);
            if (isLimited)
            {
                // As long as there are no more bytes than tokens allowed, there is nothing to measure.
                _unmeasured.Add((start, _text.Length - start));
                bytes += _text.MostBytes(start);
                if (bytes > maxTokens)
                {
                    foreach (var part in _unmeasured)
                    {
                        whole += RenderedPrompt.Tokens.Estimate(_text.Since(part.Start).Slice(0, part.Length));
                    }

                    _unmeasured.Clear();
                    isCut |= whole.High > maxTokens;
                }
            }

            if (isCut)
            {
                // How many tokens there are in all is told; what is left out is not placed.
                _text.Length = before;
                continue;
            }

            if (isFenced)
            {
                _fence.Close(_text, label, start);
            }

            separator = "\n";
        }

        if (isCut)
        {
            (_cuts ??= []).Add(slot!.Overflow == Overflow.DropLast ? new SlotCut(slot.Name, whole, maxTokens) : throw TooLong(slot, whole, maxTokens));
        }
    }

    private PromptException TooLong(PromptSlot slot, TokenEstimate estimate, int maxTokens) => new(FormattableString.Invariant(
        $"'{slot.Name}' of the prompt '{_promptId}' has {estimate}, and its slot takes {maxTokens:N0}; shorten it, or set Overflow to say what is kept"));

    private static string Kept(string text, int maxTokens, bool isStart)
    {
        var longest = Math.Min((long)maxTokens * LongestToken, text.Length);
        var length = isStart
            ? LongestFit(longest, maxTokens, count => text.AsSpan(0, count))
            : LongestFit(longest, maxTokens, count => text.AsSpan(text.Length - count));
        while (true)
        {
            // With the mark, and without what the cut has uncovered, the estimate may be another: what counts is what is placed.
            var kept = OpenText.Clean(isStart ? Start(text, length) + Cut : Cut + End(text, length));
            if (length == 0 || RenderedPrompt.Tokens.Estimate(kept).High <= maxTokens)
            {
                return kept;
            }

            length -= Math.Max(1, length / 64);
        }
    }

    // No half of a character.
    private static string Start(string text, int length) =>
        text.Substring(0, length > 0 && char.IsHighSurrogate(text[length - 1]) ? length - 1 : length);

    private static string End(string text, int length) =>
        text.Substring(text.Length - (length > 0 && char.IsLowSurrogate(text[text.Length - length]) ? length - 1 : length));

    private delegate ReadOnlySpan<char> Part(int length);

    // The estimate of a longer text is never lower by much, so that halving finds the place well enough.
    private static int LongestFit(long longest, int maxTokens, Part part)
    {
        var (low, high) = (0, (int)longest);
        while (low < high)
        {
            var middle = low + ((high - low + 1) / 2);
            if (RenderedPrompt.Tokens.Estimate(part(middle)).High + 1 <= maxTokens)
            {
                low = middle;
            }
            else
            {
                high = middle - 1;
            }
        }

        return low;
    }
}
