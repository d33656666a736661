using System.CommandLine;
using AiGuardrails.Core.Models;
using AiGuardrails.Tool.Answers;
using AiGuardrails.Tool.Output;
using Spectre.Console.Rendering;

namespace AiGuardrails.Tool.Commands;

/// <summary><c>aiguardrails decide</c>: the questions that come before training, and the record of the answers.</summary>
internal static class DecideCommand
{
    // A decision is looked at again after half a year, as in the guide.
    private const int ReviewDays = 182;

    public static Command Create(ToolContext context)
    {
        var answers = DecisionQuestions.All.Select(static question => new Option<string?>(question.Option)
        {
            Description = question.Text,
            HelpName = question.Expected.StartsWith("US", StringComparison.Ordinal) ? "usd" : question.Expected.Contains(" or ", StringComparison.Ordinal) ? question.Expected.Replace(", ", "|", StringComparison.Ordinal).Replace(" or ", "|", StringComparison.Ordinal) : "number",
        }).ToList();

        var profile = new Option<string>("--profile")
        {
            Description = "How much of everything there must be: strict for a model of your own in production, standard for a managed service and a narrow task, starter for a first trial.",
            HelpName = "strict|standard|starter",
            DefaultValueFactory = static _ => "strict",
        };
        profile.AcceptOnlyFromAmong("strict", "standard", "starter");

        var review = new Option<CalendarDate?>("--review-by")
        {
            Description = "The day by which the decision is looked at again; half a year from today otherwise.",
            HelpName = "yyyy-MM-dd",
            CustomParser = CommonOptions.ParseDay,
        };
        var rationale = new Option<string?>("--rationale") { Description = "The reason in words, for the reader of the code.", HelpName = "text" };
        var today = CommonOptions.Today();
        var format = CommonOptions.DataFormat();

        var command = new Command("decide", "Asks what comes before training a model, recommends an approach, and prints the attribute that records it.") { profile, review, rationale, today, format };
        answers.ForEach(command.Options.Add);

        command.SetAction(async (parsed, cancellationToken) =>
        {
            var facts = await AskAsync([.. answers.Select(parsed.GetValue)], context, cancellationToken).ConfigureAwait(false);
            var thresholds = parsed.GetValue(profile) switch { "standard" => TrainingThresholds.Standard, "starter" => TrainingThresholds.Starter, _ => TrainingThresholds.Strict };
            var decision = TrainingDecision.Evaluate(facts, thresholds);
            var day = CommonOptions.DayOf(parsed.GetValue(today), context);
            var attribute = DecisionText.Attribute(facts, day.ToString(), (parsed.GetValue(review) ?? day.AddDays(ReviewDays)).ToString(), parsed.GetValue(rationale));
            if (parsed.GetValue(format) == DataFormat.Json)
            {
                WriteJson(decision, facts, thresholds, attribute, context);
            }
            else
            {
                WriteText(decision, facts, attribute, context);
            }

            return ExitCodes.Clean;
        });

        return command.WithExamples(
            "aiguardrails decide",
            "aiguardrails decide --tried-prompting yes --tried-rag yes --labeled-examples 12000 --budget 15000 --ml-expertise yes --stable-knowledge yes --requests-per-month 2000000 --goal knowledge");
    }

    private static async Task<TrainingFacts> AskAsync(string?[] given, ToolContext context, CancellationToken cancellationToken)
    {
        var facts = new TrainingFacts();
        for (var i = 0; i < given.Length; i++)
        {
            var question = DecisionQuestions.All[i];
            if (given[i] is { } answer)
            {
                if (!question.TryApply(answer, facts))
                {
                    throw new ToolException($"'{answer}' is no answer to {question.Option}; give {question.Expected}.");
                }
            }
            else if (context.Answers is { } reader)
            {
                await AskAsync(question, facts, reader, context, cancellationToken).ConfigureAwait(false);
            }
        }

        // Where nobody can be asked, all that is missing is said at once.
        var missing = DecisionQuestions.All.Where((question, i) => given[i] is null && !question.IsOptional).Select(static question => question.Option).ToList();
        return missing.Count == 0 || context.Answers is not null
            ? facts
            : throw new ToolException($"Nobody is there to be asked, so the answers are options; missing: {string.Join(", ", missing)}. Run 'aiguardrails decide --help' for what they mean.");
    }

    private static async Task AskAsync(DecisionQuestion question, TrainingFacts facts, TextReader reader, ToolContext context, CancellationToken cancellationToken)
    {
        while (true)
        {
            await context.Error.WriteAsync($"{question.Text} [{question.Expected}{(question.IsOptional ? ", or nothing" : "")}] ").ConfigureAwait(false);
            await context.Error.FlushAsync(cancellationToken).ConfigureAwait(false);

            // A terminal waits for a line, and only a line ends that: so Ctrl-C ends our waiting for it.
            var line = await Task.Run(reader.ReadLine, CancellationToken.None).WaitAsync(cancellationToken).ConfigureAwait(false);
            var answer = line?.Trim() ?? throw new OperationCanceledException("The answers ended.");
            if ((answer.Length == 0 && question.IsOptional) || question.TryApply(answer, facts))
            {
                return;
            }

            await context.Error.WriteLineAsync($"'{answer}' is no answer; give {question.Expected}.").ConfigureAwait(false);
        }
    }

    private static void WriteText(TrainingDecision decision, TrainingFacts facts, string attribute, ToolContext context)
    {
        var parts = new List<IRenderable>
        {
            Plain.Line(decision.ToString()),
            Plain.Line(""),
            Plain.TableOf(
                ["step", "what must hold", "answer"],
                DecisionText.Steps(decision, facts).Select(static (step, i) => (IReadOnlyList<string>)[FormattableString.Invariant($"{i + 1}"), step.Text, step.Holds switch { true => "yes", false => "no: decides", _ => "not judged" }])),
            Plain.Line(""),
            Plain.Line($"Recommended: {DecisionText.NameOf(decision.Approach)}"),
            Plain.Line(""),
            Plain.Line("To record the decision where the training is started (using AiGuardrails):"),
            Plain.Line(""),
        };
        Plain.Write(context, [.. parts]);

        // Code is not broken at the width of a window.
        context.Out.WriteLine();
        foreach (var line in attribute.Split('\n'))
        {
            context.Out.WriteLine(line);
        }
    }

    private static void WriteJson(TrainingDecision decision, TrainingFacts facts, TrainingThresholds thresholds, string attribute, ToolContext context) => JsonOutput.Write(context.Out, new
    {
        Supported = decision.IsSupported,
        Approach = decision.Approach.ToString(),
        Recommendation = DecisionText.NameOf(decision.Approach),
        FailedStep = decision.FailedStep?.ToString(),
        decision.Explanation,
        Profile = new { thresholds.Name, thresholds.MinLabeledExamples, thresholds.MinBudgetUsd, thresholds.RequiresExpertise, thresholds.PaybackMonths },
        Steps = DecisionText.Steps(decision, facts).Select(static step => new { Step = step.Step.ToString(), step.Text, step.Holds }),
        Facts = new
        {
            facts.TriedPrompting,
            facts.TriedRag,
            facts.LabeledExamples,
            facts.BudgetUsd,
            facts.MachineLearningExpertise,
            facts.KnowledgeIsStable,
            facts.RequestsPerMonth,
            facts.SavingPerRequestUsd,
            facts.TrainingCostUsd,
            Goal = facts.Goal.ToString(),
        },
        Attribute = attribute,
    });
}
