using System.Globalization;

namespace AiGuardrails.Tool.Answers;

/// <summary>A question of the guide about training: the option that answers it, and how an answer is read.</summary>
/// <param name="Option">The option, such as <c>--tried-prompting</c>.</param>
/// <param name="Text">The question.</param>
/// <param name="Expected">What an answer looks like.</param>
/// <param name="IsOptional">Whether it may be left open.</param>
/// <param name="TryApply">Puts the answer into the facts; false where it is none.</param>
internal sealed record DecisionQuestion(string Option, string Text, string Expected, bool IsOptional, Func<string, TrainingFacts, bool> TryApply);

/// <summary>The questions that come before training, in the order of the guide.</summary>
internal static class DecisionQuestions
{
    private const string YesOrNo = "yes or no";
    private const string Dollars = "US dollars, such as 500 or 0.002";
    private const string WholeNumber = "a whole number";

    public static IReadOnlyList<DecisionQuestion> All { get; } =
    [
        YesNo("--tried-prompting", "Were better prompts tried (instructions, examples in the prompt, step by step), and were they not enough?", static (facts, answer) => facts.TriedPrompting = answer),
        YesNo("--tried-rag", "Was retrieval (RAG) tried, and was it not accurate, fast or cheap enough?", static (facts, answer) => facts.TriedRag = answer),
        new("--labeled-examples", "How many labelled examples of good quality are there (pairs of input and answer, not documents)?", WholeNumber, IsOptional: false, static (text, facts) =>
        {
            var isNumber = int.TryParse(text, NumberStyles.AllowThousands, CultureInfo.InvariantCulture, out var number) && number >= 0;
            facts.LabeledExamples = number;
            return isNumber;
        }),
        Amount("--budget", "What may training and its experiments cost in all, in US dollars?", isOptional: false, static (facts, amount) => facts.BudgetUsd = amount),
        YesNo("--ml-expertise", "Are there people who can build, evaluate and debug a training run?", static (facts, answer) => facts.MachineLearningExpertise = answer),
        YesNo("--stable-knowledge", "Does what the model shall learn stay true for as long as the model is used?", static (facts, answer) => facts.KnowledgeIsStable = answer),
        new("--requests-per-month", "How many requests a month will the trained model serve?", WholeNumber, IsOptional: false, static (text, facts) =>
        {
            var isNumber = long.TryParse(text, NumberStyles.AllowThousands, CultureInfo.InvariantCulture, out var number) && number >= 0;
            facts.RequestsPerMonth = number;
            return isNumber;
        }),
        new("--goal", "What is the model trained for: knowledge (or a strict form of the answers), behavior (tone, safety, preferences), or cost (a smaller model)?", "knowledge, behavior or cost", IsOptional: false, static (text, facts) =>
        {
            var names = Enum.GetNames<TrainingGoal>();
            var index = Array.FindIndex(names, name => name.Equals(text, StringComparison.OrdinalIgnoreCase));
            facts.Goal = index < 0 ? default : Enum.Parse<TrainingGoal>(names[index]);
            return index >= 0;
        }),
        Amount("--saving-per-request", "What does one request save against today's way, in US dollars? Leave it open where training is not there to save money.", isOptional: true, static (facts, amount) => facts.SavingPerRequestUsd = amount),
        Amount("--training-cost", "What is one training estimated to cost, in US dollars ('aiguardrails estimate' says)? Left open, the budget has to pay back.", isOptional: true, static (facts, amount) => facts.TrainingCostUsd = amount),
    ];

    private static DecisionQuestion YesNo(string option, string text, Action<TrainingFacts, bool> apply) => new(option, text, YesOrNo, IsOptional: false, (answer, facts) =>
    {
        bool? value = answer.ToLowerInvariant() switch { "yes" or "y" or "true" => true, "no" or "n" or "false" => false, _ => null };
        apply(facts, value ?? false);
        return value is not null;
    });

    private static DecisionQuestion Amount(string option, string text, bool isOptional, Action<TrainingFacts, decimal> apply) => new(option, text, Dollars, isOptional, (answer, facts) =>
    {
        var isAmount = decimal.TryParse(answer.TrimStart('$'), NumberStyles.AllowDecimalPoint | NumberStyles.AllowThousands, CultureInfo.InvariantCulture, out var amount) && amount <= MostDollars;
        if (isAmount)
        {
            apply(facts, amount);
        }

        return isAmount;
    });

    // Beyond that, it is a slip of the keys, and the attribute's doubles would lose cents.
    private const decimal MostDollars = 1_000_000_000m;
}
