using System.Globalization;
using System.Text;

namespace AiGuardrails.Tool.Answers;

/// <summary>A decision as people and the compiler read it.</summary>
internal static class DecisionText
{
    private static readonly (TrainingStep Step, string Question)[] s_steps =
    [
        (TrainingStep.Prompting, "better prompts were tried"),
        (TrainingStep.Retrieval, "retrieval was tried"),
        (TrainingStep.Examples, "there are enough labelled examples"),
        (TrainingStep.Budget, "the budget is enough"),
        (TrainingStep.Expertise, "there is machine-learning expertise"),
        (TrainingStep.StableKnowledge, "what is learnt stays true"),
        (TrainingStep.Volume, "the requests pay training back"),
    ];

    /// <summary>The steps in their order: whether each holds; null behind the one that decides, and where nothing is saved that could pay back.</summary>
    public static IEnumerable<(TrainingStep Step, string Text, bool? Holds)> Steps(TrainingDecision decision, TrainingFacts facts) => s_steps.Select(step => (step.Step, step.Question, step.Step switch
    {
        var one when one == decision.FailedStep => false,
        var one when one > decision.FailedStep => null,
        TrainingStep.Volume when facts.SavingPerRequestUsd is null => null,
        _ => (bool?)true,
    }));

    /// <summary>What to do, in words.</summary>
    public static string NameOf(TrainingApproach approach) => approach switch
    {
        TrainingApproach.Prompting => "better prompts",
        TrainingApproach.Retrieval => "retrieval (RAG)",
        TrainingApproach.ParameterEfficientTuning => "LoRA or another form of parameter-efficient fine-tuning",
        TrainingApproach.SupervisedTuning => "supervised fine-tuning (SFT)",
        TrainingApproach.PreferenceTuning => "preference tuning (DPO)",
        _ => "people with machine-learning expertise first",
    };

    /// <summary>The attribute that records the answers, to paste above the code that starts the training.</summary>
    public static string Attribute(TrainingFacts facts, string decidedOn, string reviewBy, string? rationale)
    {
        List<string> properties =
        [
            $"TriedPrompting = {Word(facts.TriedPrompting)}",
            $"TriedRag = {Word(facts.TriedRag)}",
            $"LabeledExamples = {Number(facts.LabeledExamples)}",
            $"BudgetUsd = {Number(facts.BudgetUsd)}",
            $"MachineLearningExpertise = {Word(facts.MachineLearningExpertise)}",
            $"KnowledgeIsStable = {Word(facts.KnowledgeIsStable)}",
            $"RequestsPerMonth = {Number(facts.RequestsPerMonth)}",
        ];
        if (facts.SavingPerRequestUsd is { } saving)
        {
            properties.Add($"SavingPerRequestUsd = {Number(saving)}");
        }

        if (facts.TrainingCostUsd is { } cost)
        {
            properties.Add($"TrainingCostUsd = {Number(cost)}");
        }

        properties.Add($"Goal = TrainingGoal.{facts.Goal}");
        properties.Add($"DecidedOn = {Literal(decidedOn)}");
        properties.Add($"ReviewBy = {Literal(reviewBy)}");
        if (rationale is { Length: > 0 })
        {
            properties.Add($"Rationale = {Literal(rationale)}");
        }

        return "[FineTuningDecision(\n    " + string.Join(",\n    ", properties) + ")]";
    }

    private static string Word(bool value) => value ? "true" : "false";

    // 12_000 and 0.002: digits in groups, as C# reads them.
    private static string Number(decimal value)
    {
        var text = value.ToString(value == decimal.Truncate(value) ? "0" : "0.############################", CultureInfo.InvariantCulture);
        var point = text.IndexOf('.', StringComparison.Ordinal);
        var digits = new StringBuilder(point < 0 ? text : text[..point]);
        for (var i = digits.Length - 3; i > 0; i -= 3)
        {
            _ = digits.Insert(i, '_');
        }

        return digits + (point < 0 ? "" : text[point..]);
    }

    private static string Literal(string text)
    {
        var literal = new StringBuilder("\"");
        foreach (var c in text)
        {
            _ = c switch
            {
                '"' => literal.Append("\\\""),
                '\\' => literal.Append(@"\\"),
                _ when char.IsControl(c) || char.IsSurrogate(c) || c is '\u2028' or '\u2029' => literal.Append("\\u").Append(((int)c).ToString("X4", CultureInfo.InvariantCulture)),
                _ => literal.Append(c),
            };
        }

        return literal.Append('"').ToString();
    }
}
