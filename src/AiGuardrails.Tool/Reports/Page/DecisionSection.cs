using AiGuardrails.Core.Models;
using AiGuardrails.Tool.Checking;

namespace AiGuardrails.Tool.Reports.Page;

/// <summary>The recorded decisions to train, judged as the rules judge them.</summary>
internal static class DecisionSection
{
    private const int LongestText = 1200;

    public static bool IsShown(ReportPage report) => report.HasCode && (report.Report.Decisions.Count > 0 || report.Data.Count > 0);

    public static void Write(HtmlWriter page, ReportPage report)
    {
        if (!IsShown(report))
        {
            return;
        }

        page.WriteLine($"""<section id="decisions" aria-labelledby="decisions-title"><h2 id="decisions-title">Decision to train</h2>""");
        if (report.Report.Decisions.Count == 0)
        {
            page.WriteLine($"""<div class="panel empty"><strong>No decision is recorded</strong>The code has no <code>[FineTuningDecision]</code>; <code>aiguardrails decide</code> asks the questions and writes one.</div>""");
        }

        foreach (var decision in report.Report.Decisions)
        {
            WriteDecision(page, report.Today, decision);
        }

        page.WriteLine($"</section>");
    }

    private static void WriteDecision(HtmlWriter page, CalendarDate today, DecisionRecord record)
    {
        var thresholds = ProfileOf(record.Profile);
        var facts = record.Facts;
        var decision = TrainingDecision.Evaluate(facts, thresholds);

        page.WriteLine($"""<article class="panel stack"><div><h3><span class="path">{SafeText.Cut(record.Owner, LongestText)}</span> <span class="muted small">{SafeText.Cut(record.Place.ToString(), LongestText)}</span></h3>""");
        page.WriteLine($"""<p class="verdict {(decision.IsSupported ? "good" : "bad")}">{(decision.IsSupported ? "Training is supported" : "Training is not supported")}</p><p class="text">{Sentence(decision.Explanation)}</p>""");
        if (record.Text("Rationale") is { Length: > 0 } rationale)
        {
            page.WriteLine($"""<p class="muted text">Reason given: {SafeText.Cut(rationale, LongestText)}</p>""");
        }

        WriteDates(page, today, record);
        page.WriteLine($"""</div><div class="two"><div><h4>The questions, in their order</h4><ol class="steps">""");
        foreach (var step in Enum.GetValues<TrainingStep>())
        {
            var (answer, className) = AnswerTo(step, decision, facts, thresholds);
            page.WriteLine($"""<li><span class="answer {className}">{answer}</span><span>{QuestionOf(step, facts, thresholds)}</span></li>""");
        }

        page.WriteLine($"</ol></div>");
        page.WriteLine($"""<table><caption>By profile</caption><thead><tr><th scope="col">Profile</th><th scope="col">Training</th></tr></thead><tbody>""");
        foreach (var profile in (TrainingThresholds[])[TrainingThresholds.Starter, TrainingThresholds.Standard, TrainingThresholds.Strict])
        {
            var outcome = TrainingDecision.Evaluate(facts, profile);
            page.WriteLine($"""<tr><th scope="row">{profile.Name}{(profile.Name == thresholds.Name ? " (judged by)" : "")}</th><td><span class="{(outcome.IsSupported ? "good" : "bad")}">{(outcome.IsSupported ? "supported" : "not supported")}</span>: <span class="text">{outcome.Explanation}</span></td></tr>""");
        }

        page.WriteLine($"</tbody></table></div></article>");
    }

    private static void WriteDates(HtmlWriter page, CalendarDate today, DecisionRecord record)
    {
        var decided = record.Text("DecidedOn");
        var review = record.Text("ReviewBy");
        if (decided is null && review is null)
        {
            return;
        }

        page.Write($"""<p class="muted">""");
        if (decided is not null)
        {
            page.Write($"Decided on {SafeText.Cut(decided, 40)}. ");
        }

        if (review is not null)
        {
            page.Write($"To be looked at again by {SafeText.Cut(review, 40)}");
            if (CalendarDate.TryParse(review) < today)
            {
                page.Write($""": <strong class="bad">overdue</strong>""");
            }

            page.Write($".");
        }

        page.WriteLine($"</p>");
    }

    private static TrainingThresholds ProfileOf(string? profile) => profile?.Trim().ToUpperInvariant() switch
    {
        "STARTER" => TrainingThresholds.Starter,
        "STANDARD" => TrainingThresholds.Standard,
        _ => TrainingThresholds.Strict,
    };

    private static (string Answer, string Class) AnswerTo(TrainingStep step, TrainingDecision decision, TrainingFacts facts, TrainingThresholds thresholds) =>
        decision.FailedStep == step ? ("No", "bad")
        : decision.FailedStep < step ? ("Not asked", "muted")
        : step == TrainingStep.Volume && facts.SavingPerRequestUsd is null ? ("Not stated", "muted")
        : step == TrainingStep.Expertise && !thresholds.RequiresExpertise ? ("Not needed", "muted")
        : ("Yes", "good");

    private static string QuestionOf(TrainingStep step, TrainingFacts facts, TrainingThresholds thresholds) => step switch
    {
        TrainingStep.Prompting => "Were better prompts tried?",
        TrainingStep.Retrieval => "Was retrieval (RAG) tried?",
        TrainingStep.Examples => FormattableString.Invariant($"Are there enough labelled examples? {facts.LabeledExamples:N0} of {thresholds.MinLabeledExamples:N0}"),
        TrainingStep.Budget => $"Is there the money? {Money.Format(facts.BudgetUsd)} of {Money.Format(thresholds.MinBudgetUsd)}",
        TrainingStep.Expertise => "Are there people who know how?",
        TrainingStep.StableKnowledge => "Does what is learnt stay true?",
        _ => facts.SavingPerRequestUsd is { } saving
            ? FormattableString.Invariant($"Does it pay back? {facts.RequestsPerMonth:N0} requests a month, {Money.Format(saving)} saved by each")
            : "Does it pay back?",
    };

    private static string Sentence(string explanation) => char.ToUpperInvariant(explanation[0]) + explanation[1..] + ".";
}
