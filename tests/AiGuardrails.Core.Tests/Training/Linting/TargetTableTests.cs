using System.Globalization;
using AiGuardrails.Core.Training.Targets;

namespace AiGuardrails.Core.Tests.Training.Linting;

/// <summary>The table of targets in the guide, which is written from the descriptions and compared with them.</summary>
public sealed class TargetTableTests
{
    private const string Head = "| target | provider | for | records | bytes | tokens | source and date |\n|---|---|---|---|---|---|---|\n";

    [Fact]
    public void Guide_has_the_table_of_the_descriptions()
    {
        var guide = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "training-formats.md")).Replace("\r\n", "\n", StringComparison.Ordinal);
        var table = Head + string.Concat(TrainingTarget.All.Select(static target => Row(TargetDescriptions.Of(target))));

        // Where it differs, the failure shows the rows that belong there.
        var start = guide.IndexOf(Head, StringComparison.Ordinal);
        var committed = start < 0 ? "" : guide.Substring(start, Math.Max(0, guide.IndexOf("\n\n", start, StringComparison.Ordinal) + 1 - start));
        Assert.True(string.Equals(table, committed, StringComparison.Ordinal), "docs/guides/training-formats.md should hold this table:\n" + table);
    }

    private static string Row(TargetDescription target) =>
        $"| `{target.Target.Name}` | {target.Provider} | {Purpose(target.Target.Name)} | {Records(target)} | {Bytes(target)} | {Tokens(target)} | {target.Source.Replace("|", "\\|", StringComparison.Ordinal)} |\n";

    private static string Purpose(string name) => name[(name.IndexOf('-', StringComparison.Ordinal) + 1)..] switch
    {
        "chat" or "haiku" or "converse" or "gemini" or "sharegpt" => "conversations",
        "dpo" or "preference" => "pairs of a preferred and another answer",
        "reward" => "pairs of answers, for a reward model",
        "rft" or "rl" => "questions with fields for a grader",
        "instruction" or "prompt-completion" or "alpaca" => "a prompt and its completion",
        "text" => name.StartsWith("autotrain", StringComparison.Ordinal) ? "plain text, or conversations" : "plain text",
        "kto" => "answers with a label each",
        "stepwise" => "steps with a label each",
        var other => throw new InvalidOperationException($"No word for what '{other}' is for."),
    };

    private static string Records(TargetDescription target) =>
        Range(target.MinRecords, target.MaxRecords, Number)
        + (target.MaxValidationRecords is { } validation ? $"; validation up to {Number(validation.Value)}" : "")
        + (target.AdvisedRecords > 0 ? $"; advised {Number(target.AdvisedRecords)}" : "");

    private static string Bytes(TargetDescription target) =>
        Range(null, target.MaxBytes, Size) + (target.MaxValidationBytes is { } validation ? $"; validation up to {Size(validation.Value)}" : "");

    private static string Tokens(TargetDescription target) =>
        target.MaxTokens == 0
            ? "by model"
            : $"{Number(target.MaxTokens)}{(target.TokenLimitIsPerMessage ? " a message" : "")}; longer is {target.Overlong.ToString().ToLowerInvariant()}";

    private static string Range(Limit? min, Limit? max, Func<long, string> show) => (min, max) switch
    {
        (null, null) => "–",
        ({ } least, null) => $"{show(least.Value)} or more",
        (null, { } most) => $"up to {show(most.Value)}",
        ({ } least, { } most) => $"{show(least.Value)} to {show(most.Value)}",
    };

    private static string Number(long number) => number.ToString("N0", CultureInfo.InvariantCulture);

    private static string Size(long bytes)
    {
        const double Megabyte = 1024 * 1024;
        return bytes >= 1024 * Megabyte
            ? $"{(bytes / (1024 * Megabyte)).ToString("0.#", CultureInfo.InvariantCulture)} GiB"
            : $"{(bytes / Megabyte).ToString("0.#", CultureInfo.InvariantCulture)} MiB";
    }
}
