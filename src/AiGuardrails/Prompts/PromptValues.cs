using AiGuardrails.Core.Tokens;

namespace AiGuardrails;

/// <summary>A type marked <see cref="PromptAttribute"/> for which the code was generated.</summary>
public interface IPrompt
{
    /// <summary>Renders the prompt.</summary>
    /// <param name="fence">What the fences around open text are keyed with.</param>
    /// <returns>The messages.</returns>
    /// <exception cref="PromptException">An input is missing, or longer than its slot allows.</exception>
    RenderedPrompt Render(PromptFence fence);
}

/// <summary>Text that was looked up: where it comes from, and what it says. Both are open text.</summary>
/// <param name="Source">Where it comes from, such as a file name or an address; shown as one line.</param>
/// <param name="Text">What it says.</param>
public sealed record Passage(string Source, string Text);

/// <summary>An example of a prompt: an input, and the answer that it should get.</summary>
/// <typeparam name="TPrompt">The prompt.</typeparam>
/// <typeparam name="TAnswer">The type of its answer.</typeparam>
/// <param name="Input">The input.</param>
/// <param name="Answer">The answer.</param>
public sealed record Shot<TPrompt, TAnswer>(TPrompt Input, TAnswer Answer);

/// <summary>A message of a rendered prompt.</summary>
/// <param name="Role">Who says it.</param>
/// <param name="Text">What it says.</param>
public sealed record PromptMessage(BlockRole Role, string Text);

/// <summary>An input that was cut because it was longer than its slot.</summary>
/// <param name="Slot">The name of the member.</param>
/// <param name="Before">How many tokens it had.</param>
/// <param name="MaxTokens">How many it may have.</param>
public sealed record SlotCut(string Slot, TokenEstimate Before, int MaxTokens);

/// <summary>A prompt with its inputs in place.</summary>
public sealed class RenderedPrompt
{
    private readonly PromptMessage[] _messages;

    // Made when it is asked for: it takes longer than all the rest.
    private System.Runtime.CompilerServices.StrongBox<TokenEstimate>? _estimate;

    internal RenderedPrompt(string promptId, PromptMessage[] messages, IReadOnlyList<SlotCut> cuts)
    {
        PromptId = promptId;
        _messages = messages;
        Cuts = cuts;
    }

    /// <summary>Gets what the prompt is called.</summary>
    public string PromptId { get; }

    /// <summary>Gets the messages, in order.</summary>
    public IReadOnlyList<PromptMessage> Messages => _messages;

    /// <summary>Gets how many tokens the messages have, by the newer of the two vocabularies that are known.</summary>
    public TokenEstimate Estimate => (_estimate ??= new(EstimateOf(_messages))).Value;

    /// <summary>Gets the inputs that were cut.</summary>
    public IReadOnlyList<SlotCut> Cuts { get; }

    /// <summary>Gets a number of tokens that there are at most, without counting them: no character has more than three bytes, and no token less than one.</summary>
    internal long MostTokens
    {
        get
        {
            var sum = 0L;
            foreach (var message in _messages)
            {
                sum += 3L * message.Text.Length;
            }

            return sum;
        }
    }

    /// <summary>Gets what estimates the tokens of a prompt.</summary>
    internal static TokenEstimator Tokens { get; } = TokenEstimator.For(TokenEncoding.O200k);

    /// <summary>Writes the messages one below the other, for logs and snapshots.</summary>
    /// <returns>The text.</returns>
    public override string ToString() =>
        string.Join("\n\n", Messages.Select(static message => $"# {message.Role.ToString().ToLowerInvariant()}\n\n{message.Text}"));

    private static TokenEstimate EstimateOf(PromptMessage[] messages)
    {
        var estimate = default(TokenEstimate);
        foreach (var message in messages)
        {
            estimate += Tokens.Estimate(message.Text);
        }

        return estimate;
    }
}

/// <summary>A prompt that cannot be rendered with the inputs that it has.</summary>
public sealed class PromptException : InvalidOperationException
{
    /// <summary>Initializes a new instance of the <see cref="PromptException"/> class.</summary>
    public PromptException()
        : this("The prompt cannot be rendered.")
    {
    }

    /// <summary>Initializes a new instance of the <see cref="PromptException"/> class.</summary>
    /// <param name="message">What stands in the way.</param>
    public PromptException(string message)
        : base(message)
    {
    }

    /// <summary>Initializes a new instance of the <see cref="PromptException"/> class.</summary>
    /// <param name="message">What stands in the way.</param>
    /// <param name="innerException">What caused it.</param>
    public PromptException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}

/// <summary>Why an answer is not the one that was asked for.</summary>
public enum AnswerProblem
{
    /// <summary>There is none: the answer was read.</summary>
    None,

    /// <summary>The answer ended at the cap on tokens.</summary>
    Truncated,

    /// <summary>The provider's filter held it back.</summary>
    Filtered,

    /// <summary>The model refused.</summary>
    Refused,

    /// <summary>There is no text.</summary>
    Empty,

    /// <summary>The text is no JSON.</summary>
    InvalidJson,

    /// <summary>The text is JSON, and not of the shape that the schema asks for.</summary>
    WrongShape,
}
