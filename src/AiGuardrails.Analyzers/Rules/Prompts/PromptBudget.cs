using System.Globalization;
using AiGuardrails.Generators.Prompts;

namespace AiGuardrails.Analyzers.Rules.Prompts;

/// <summary>
/// What a prompt costs at the least, and with its slots full: fixed text and examples by the lower end of the estimate, slots by
/// their limits. What has no limit is not counted, and named.
/// </summary>
internal sealed class PromptBudget
{
    // What the run time allows to trusted text whose slot says nothing.
    private const int TrustedLimit = 500;

    private readonly List<(Sentence What, long Tokens)> _fixed = [];
    private readonly List<(Sentence What, long Tokens)> _slots = [];
    private readonly List<Sentence> _unlimited = [];

    /// <summary>Adds a prompt up.</summary>
    /// <param name="model">The prompt.</param>
    /// <param name="examples">Its examples; null where it has none.</param>
    /// <param name="tokens">Counts the tokens of a text.</param>
    public PromptBudget(PromptModel model, PromptExamples? examples, TokenEstimator tokens)
    {
        var text = 0L;
        var turn = 0L;
        foreach (var block in model.Blocks)
        {
            var low = tokens.Estimate(string.Concat(block.Parts.Select(static part => part.Text))).Low;
            text += low;
            turn += block.Role == BlockRole.User ? low : 0;
        }

        _fixed.Add((Sentence.Of("text"), text));
        if (examples is { Count: > 0 })
        {
            var said = examples.Texts.Sum(example => example.MaxTokens > 0 && tokens.Estimate(example.Text).High > example.MaxTokens ? 0 : tokens.Estimate(example.Text).Low);
            _fixed.Add((examples.Count == 1 ? Sentence.Of("1 example") : Sentence.Of($"{Text(examples.Count)} examples"), (turn * examples.Count) + said));
        }

        if (examples is { IsWhole: false })
        {
            _unlimited.Add(examples.Count == 0 ? Sentence.Of("its examples are not known here") : "it may have more examples");
        }

        foreach (var index in model.Blocks.SelectMany(static block => block.Parts).Where(static part => part.Text is null).Select(static part => part.Input))
        {
            AddSlot(model.Declaration.Inputs[index]);
        }
    }

    /// <summary>Gets the tokens that are there whatever the inputs are.</summary>
    public long AtLeast => _fixed.Sum(static part => part.Tokens);

    /// <summary>Gets the tokens with every slot full.</summary>
    public long Full => AtLeast + _slots.Sum(static part => part.Tokens);

    /// <summary>Adds what the answer may have.</summary>
    public void AddAnswer(long maxTokens, string name)
    {
        if (maxTokens > 0)
        {
            _fixed.Add((Sentence.Of("{0}", name), maxTokens));
        }
    }

    /// <summary>Gets the sum, part by part.</summary>
    public Sentence Describe(bool withSlots)
    {
        var parts = Sentence.Some(_fixed.Concat(withSlots ? _slots : []).Where(static part => part.Tokens > 0).Select(static part => Sentence.Of($"{Text(part.Tokens)} of {part.What}")));
        return withSlots && _unlimited.Count > 0 ? Sentence.Of($"{parts} ({Sentence.Some(_unlimited.Distinct())})") : parts;
    }

    public static string Text(long number) => number.ToString("N0", CultureInfo.InvariantCulture);

    private void AddSlot(PromptInput input)
    {
        if (input.Kind is not (PromptInputKind.Open or PromptInputKind.OpenList))
        {
            return;
        }

        var limit = input.MaxTokens > 0 ? input.MaxTokens : input.IsTrusted ? TrustedLimit : 0;
        if (limit > 0)
        {
            _slots.Add((Sentence.Of("'{0}'", input.Name), limit));
        }
        else
        {
            _unlimited.Add(Sentence.Of($"'{input.Name}' has no limit and is not counted"));
        }
    }
}
