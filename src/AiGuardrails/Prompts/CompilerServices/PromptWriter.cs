using System.ComponentModel;
using System.Globalization;
using System.Text;
using AiGuardrails.Core.Prompts;
using AiGuardrails.Core.Tokens;

namespace AiGuardrails.CompilerServices;

/// <summary>Puts a prompt together. For generated code: the order of its calls is the structure, and no text changes it.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class PromptWriter
{
    private const string Cut = "…";
    private const int MaxSourceLength = 200;

    // No token stands for more bytes, and no character has more than four.
    private const int LongestToken = 128;

    private static readonly TokenEstimator s_tokens = TokenEstimator.For(TokenEncoding.O200k);

    private readonly PromptFence _fence;
    private readonly string _promptId;
    private readonly List<PromptMessage> _messages = [];
    private readonly List<SlotCut> _cuts = [];
    private readonly StringBuilder _text = new();
    private BlockRole _role;

    /// <summary>Initializes a new instance of the <see cref="PromptWriter"/> class.</summary>
    /// <param name="fence">What the fences are keyed with.</param>
    /// <param name="promptId">What the prompt is called.</param>
    /// <exception cref="ArgumentNullException"><paramref name="fence"/> is null.</exception>
    public PromptWriter(PromptFence fence, string promptId)
    {
        _fence = fence ?? throw new ArgumentNullException(nameof(fence));
        _promptId = promptId;
    }

    /// <summary>Begins a message.</summary>
    /// <param name="role">Who says it.</param>
    public void Begin(BlockRole role)
    {
        _role = role;
        _text.Clear();
    }

    /// <summary>Ends the message. One without text, whose inputs are all absent, is left out.</summary>
    public void End()
    {
        var text = _text.ToString();
        if (!string.IsNullOrWhiteSpace(text))
        {
            _messages.Add(new PromptMessage(_role, text));
        }
    }

    /// <summary>Places fixed text.</summary>
    /// <param name="text">The text.</param>
    public void Text(string text) => _text.Append(text);

    /// <summary>Places a closed value.</summary>
    /// <typeparam name="T">Its type.</typeparam>
    /// <param name="value">The value.</param>
    public void Closed<T>(T value)
        where T : struct => _text.Append(ClosedText.Of(value));

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
        if (TextOf(value) is { } text)
        {
            _fence.Write(_text, LabelOf(slot), Fit(slot, OpenText.Clean(text), slot.MaxTokens));
        }
    }

    /// <summary>Places open texts, each in a fence of its own.</summary>
    /// <param name="slot">How.</param>
    /// <param name="values">The texts or passages; null only where the input is optional.</param>
    public void OpenList(PromptSlot slot, IEnumerable<object?>? values)
    {
        var separator = "";
        foreach (var text in FitList(slot, values, slot?.MaxTokens ?? 0))
        {
            _text.Append(separator);
            _fence.Write(_text, LabelOf(slot), text);
            separator = "\n";
        }
    }

    /// <summary>Places open text that the author vouches for: cleaned, limited, without a fence.</summary>
    /// <param name="slot">How.</param>
    /// <param name="value">The text, or what is converted to it.</param>
    public void Trusted(PromptSlot slot, object? value)
    {
        if (TextOf(value) is { } text)
        {
            _text.Append(Fit(slot, OpenText.Clean(text), TrustedLimit(slot)));
        }
    }

    /// <summary>Places open texts that the author vouches for, one below the other.</summary>
    /// <param name="slot">How.</param>
    /// <param name="values">The texts or passages; null only where the input is optional.</param>
    public void TrustedList(PromptSlot slot, IEnumerable<object?>? values) =>
        _text.Append(string.Join("\n", FitList(slot, values, TrustedLimit(slot))));

    /// <summary>Ends the prompt.</summary>
    /// <param name="maxTokens">How many tokens it may have; 0 for no limit.</param>
    /// <returns>The prompt.</returns>
    /// <exception cref="PromptException">It has more.</exception>
    public RenderedPrompt Complete(int maxTokens = 0)
    {
        var estimate = default(TokenEstimate);
        foreach (var message in _messages)
        {
            estimate += s_tokens.Estimate(message.Text);
        }

        return maxTokens > 0 && estimate.Expected > maxTokens
            ? throw new PromptException(FormattableString.Invariant($"The prompt '{_promptId}' has {estimate}, and {maxTokens:N0} are the most; limit its inputs with [Slot(MaxTokens = …)]"))
            : new RenderedPrompt(_promptId, _messages, estimate, _cuts);
    }

    private static int TrustedLimit(PromptSlot slot) => slot is { MaxTokens: > 0 } ? slot.MaxTokens : 500;

    private static string LabelOf(PromptSlot? slot) => slot?.Label ?? "text";

    private static string? TextOf(object? value) => value switch
    {
        null => null,
        string text => text,
        Passage passage => $"source: {Source(passage.Source)}\n{passage.Text}",
        _ => Convert.ToString(value, CultureInfo.InvariantCulture),
    };

    // One line and no more: what is said below it is the text.
    private static string Source(string? source)
    {
        var line = OpenText.Clean(source ?? "").Replace('\n', ' ').Replace('\t', ' ').Trim();
        return line.Length <= MaxSourceLength ? line : $"{line.Substring(0, MaxSourceLength)}{Cut}";
    }

    private string Fit(PromptSlot slot, string text, int maxTokens)
    {
        if (maxTokens <= 0)
        {
            return text;
        }

        var estimate = s_tokens.Estimate(text);
        if (estimate.High <= maxTokens)
        {
            return text;
        }

        if (slot.Overflow is not (Overflow.KeepStart or Overflow.KeepEnd))
        {
            throw TooLong(slot, estimate, maxTokens);
        }

        _cuts.Add(new SlotCut(slot.Name, estimate, maxTokens));
        return Kept(text, maxTokens, isStart: slot.Overflow == Overflow.KeepStart);
    }

    private List<string> FitList(PromptSlot? slot, IEnumerable<object?>? values, int maxTokens)
    {
        var texts = new List<string>();
        foreach (var value in values ?? [])
        {
            if (TextOf(value) is { } text)
            {
                texts.Add(OpenText.Clean(text));
            }
        }

        if (slot is null || maxTokens <= 0)
        {
            return texts;
        }

        var whole = default(TokenEstimate);
        var kept = 0;
        foreach (var text in texts)
        {
            whole += s_tokens.Estimate(text);
            kept += whole.High <= maxTokens ? 1 : 0;
        }

        if (kept < texts.Count)
        {
            if (slot.Overflow != Overflow.DropLast)
            {
                throw TooLong(slot, whole, maxTokens);
            }

            _cuts.Add(new SlotCut(slot.Name, whole, maxTokens));
            texts.RemoveRange(kept, texts.Count - kept);
        }

        return texts;
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
            if (length == 0 || s_tokens.Estimate(kept).High <= maxTokens)
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
            if (s_tokens.Estimate(part(middle)).High + 1 <= maxTokens)
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
