using AiGuardrails.Core.Models;
using AiGuardrails.Core.Text;

namespace AiGuardrails;

/// <summary>Training that is estimated to cost more than is meant to be spent on it.</summary>
/// <param name="IsCertain">Whether even the lower end of the estimate is over the budget, and not only the upper one.</param>
/// <param name="Message">One sentence, without a full stop.</param>
internal sealed record BudgetExcess(bool IsCertain, Sentence Message);

/// <summary>Compares what training is estimated to cost with a budget: for the rule in the build, and for the tool.</summary>
internal static class TrainingBudget
{
    /// <summary>The price of training the model at a provider; null where it is not known, or where another one trains a model of that name.</summary>
    public static TrainingPrice? PriceOf(ModelMatch model, string? provider, ModelCatalogue catalogue) =>
        model is { TrainingPrice: { TrainingPerMillion: { } perMillion } price, Base: { } trained } && provider == trained.Provider
            ? new TrainingPrice(perMillion, price.MinimumPerJob ?? catalogue.FindProvider(trained.Provider)?.MinimumPerJob, price.Source, price.AsOf.ToString())
            : null;

    /// <summary>What to say of training on a file; null where the budget is enough.</summary>
    public static BudgetExcess? Judge(string modelId, string fileName, TrainingPrice price, TrainingTokens tokens, TrainingEpochs epochs, decimal budget)
    {
        var cost = TrainingCost.Estimate(price, tokens.Total, epochs);
        if (cost.HighUsd <= budget)
        {
            return null;
        }

        var isCertain = cost.LowUsd > budget;
        var examples = tokens.Examples == 1 ? Sentence.Of($"{tokens.Examples:N0} example") : Sentence.Of($"{tokens.Examples:N0} examples");
        if (tokens.CutExamples > 0)
        {
            examples = $"{examples}, {tokens.CutExamples:N0} of them cut at the model's limit";
        }

        var total = cost.LowUsd == cost.HighUsd ? Sentence.Of($"{Money.Format(cost.HighUsd)} in all") : Sentence.Of($"{Money.Format(cost.LowUsd)} to {Money.Format(cost.HighUsd)} in all");
        Sentence account = $"{examples}, {cost.Tokens.InWords}, {cost.Epochs.InWords}, {Money.Format(price.UsdPerMillionTokens)} per million tokens as of {price.AsOf}, {total}";
        return new BudgetExcess(
            isCertain,
            isCertain
                ? Sentence.Of($"Training '{modelId}' with '{fileName}' is estimated to cost {Money.Format(cost.ExpectedUsd)}, and the budget is {Money.Format(budget)}: {account}")
                : Sentence.Of($"Training '{modelId}' with '{fileName}' may cost up to {Money.Format(cost.HighUsd)}, and the budget is {Money.Format(budget)}: {account}"));
    }
}
