namespace AiGuardrails;

/// <summary>
/// Records why a model is trained rather than prompted: what was tried before, what data and money there are, and when
/// the decision is looked at again.
/// </summary>
/// <remarks>
/// <para>
/// Rule AIG5002 asks for it wherever a fine-tuning job is started, on the method, a type around it or the assembly. Rule
/// AIG5007 judges what it says, in the order in which the properties stand here; <see cref="TrainingDecision"/> does the
/// same at run time.
/// </para>
/// <para>
/// A record holds what is stated. A step that is not stated is a step that was not taken: <see cref="TriedPrompting"/>
/// that is not set means that nobody tried. Only the last step is left out where it is not stated, since not every
/// training is there to save money: see <see cref="SavingPerRequestUsd"/>.
/// </para>
/// </remarks>
/// <example>
/// <code>
/// [FineTuningDecision(
///     TriedPrompting = true,
///     TriedRag = true,
///     LabeledExamples = 12_000,
///     BudgetUsd = 15_000,
///     MachineLearningExpertise = true,
///     KnowledgeIsStable = true,
///     RequestsPerMonth = 2_000_000,
///     SavingPerRequestUsd = 0.002,
///     DecidedOn = "2026-03-02",
///     ReviewBy = "2026-09-01",
///     Rationale = "Claims are coded by a scheme of our own that no prompt explains in the tokens we can afford")]
/// </code>
/// </example>
[AttributeUsage(AttributeTargets.Method | AttributeTargets.Constructor | AttributeTargets.Property | AttributeTargets.Class | AttributeTargets.Struct | AttributeTargets.Interface | AttributeTargets.Assembly)]
public sealed class FineTuningDecisionAttribute : Attribute
{
    /// <summary>Gets or sets a value indicating whether better prompts were tried (examples in the prompt, instructions, step by step) and were not enough.</summary>
    public bool TriedPrompting { get; set; }

    /// <summary>Gets or sets a value indicating whether retrieval (RAG) was tried, and was not accurate, fast or cheap enough.</summary>
    public bool TriedRag { get; set; }

    /// <summary>Gets or sets how many labelled examples of good quality there are: pairs of input and answer, not documents.</summary>
    public int LabeledExamples { get; set; }

    /// <summary>Gets or sets what training and its experiments may cost in all, in US dollars.</summary>
    public double BudgetUsd { get; set; }

    /// <summary>Gets or sets a value indicating whether there are people who can build, evaluate and debug a training run.</summary>
    public bool MachineLearningExpertise { get; set; }

    /// <summary>Gets or sets a value indicating whether what the model shall learn stays true for as long as the model is used. What changes often belongs in retrieval.</summary>
    public bool KnowledgeIsStable { get; set; }

    /// <summary>Gets or sets how many requests a month the trained model will serve.</summary>
    public long RequestsPerMonth { get; set; }

    /// <summary>
    /// Gets or sets what one request to the trained model saves against today's way, in US dollars: a shorter prompt less
    /// the higher price per token. Leave it out where training is not there to save money; the volume is not judged then.
    /// </summary>
    public double SavingPerRequestUsd { get; set; } = double.NaN;

    /// <summary>Gets or sets what one training is estimated to cost, in US dollars. Where it is not set, <see cref="BudgetUsd"/> has to pay back.</summary>
    public double TrainingCostUsd { get; set; } = double.NaN;

    /// <summary>Gets or sets what the model is trained for.</summary>
    public TrainingGoal Goal { get; set; }

    /// <summary>Gets or sets the day of the decision, as <c>yyyy-MM-dd</c>.</summary>
    public string? DecidedOn { get; set; }

    /// <summary>Gets or sets the day by which the decision is looked at again, as <c>yyyy-MM-dd</c>. From the day after it on, AIG5007 reports the record.</summary>
    public string? ReviewBy { get; set; }

    /// <summary>Gets or sets the reason in words, for the reader of the code. No rule judges it.</summary>
    public string? Rationale { get; set; }

    /// <summary>Gives what the record states, for <see cref="TrainingDecision.Evaluate"/>.</summary>
    /// <returns>The facts. An amount that is not set or no number is left out.</returns>
    public TrainingFacts ToFacts() => new()
    {
        TriedPrompting = TriedPrompting,
        TriedRag = TriedRag,
        LabeledExamples = LabeledExamples,
        BudgetUsd = Money.FromDouble(BudgetUsd) ?? 0,
        MachineLearningExpertise = MachineLearningExpertise,
        KnowledgeIsStable = KnowledgeIsStable,
        RequestsPerMonth = RequestsPerMonth,
        SavingPerRequestUsd = Money.FromDouble(SavingPerRequestUsd),
        TrainingCostUsd = Money.FromDouble(TrainingCostUsd),
        Goal = Goal,
    };
}
