using System.Globalization;
using System.Text.RegularExpressions;

namespace AiGuardrails.Tool.Tests.Commands;

/// <summary><c>aiguardrails models</c>, <c>estimate</c> and <c>decide</c>.</summary>
public sealed partial class AnswerCommandTests
{
    private const string Acme = """
        { "models": [ { "id": "acme-1", "provider": "Acme", "retires": "2027-01-15", "successors": ["acme-2"],
          "price": { "trainingPerMillion": 2.00, "minimumPerJob": 0.5, "source": "price list", "asOf": "2026-09-01" },
          "source": "platform team", "asOf": "2026-09-01" } ],
          "providers": [ { "name": "Acme", "source": "platform team", "asOf": "2026-09-01" } ] }
        """;

    private static readonly string[] s_answers =
    [
        "--tried-prompting", "yes", "--tried-rag", "yes", "--labeled-examples", "12,000", "--budget", "15000.5", "--ml-expertise", "yes",
        "--stable-knowledge", "yes", "--requests-per-month", "2000000", "--goal", "behavior",
    ];

    [Fact]
    public async Task Models_shows_what_retires_soon_the_teams_own_rows_too()
    {
        using var run = new ToolRun { Today = "2026-12-01" }.Write("aiguardrails.models.json", Acme);

        Assert.Equal(ExitCodes.Clean, await run.RunAsync("models", "--retiring", "60", "--provider", "acme", "--format", "json"));

        var model = Assert.Single(run.Json.GetProperty("models").EnumerateArray());
        Assert.Equal(("acme-1", "2027-01-15", 45, "acme-2"), (Text(model, "id"), Text(model, "retires"), model.GetProperty("daysLeft").GetInt32(), Text(model, "successor")));
        Assert.Equal("aiguardrails.models.json", Text(run.Json.GetProperty("summary"), "catalogue"));

        _ = await run.RunAsync("models", "--retiring", "60", "--provider", "acme", "--today", "2027-01-15", "--format", "json");
        Assert.Empty(run.Json.GetProperty("models").EnumerateArray());
    }

    [Fact]
    public async Task Models_is_a_table_with_dates_and_prices()
    {
        using var run = new ToolRun();

        Assert.Equal(ExitCodes.Clean, await run.RunAsync("models", "--provider", "OpenAI", "--today", "2026-01-01"));

        Assert.Matches(@"(?m)^gpt-4o-mini-2024-07-18 +OpenAI +\$3 +2026-08-21$", run.Output);
        Assert.DoesNotContain("claude", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain(run.Output.Split(Environment.NewLine), static line => line.EndsWith(' '));
    }

    [Theory]
    [InlineData("--provider Opnai", "'Opnai' is not a provider of the catalogue; did you mean 'OpenAI'?")]
    [InlineData("--retiring soon", "'soon' is not a number of days; give a whole number from 1 to 3650.")]
    [InlineData("--today tomorrow", "'tomorrow' is not a day; give it as yyyy-MM-dd, ")]
    [InlineData("--catalogue none.json", "'none.json' does not exist; ")]
    [InlineData("--catalogue bad.json", "'bad.json' is no model catalogue, at line 1, column 3: ")]
    public async Task Models_says_what_is_wrong(string options, string message)
    {
        using var run = new ToolRun().Write("bad.json", "{ oops");

        Assert.Equal(ExitCodes.NotChecked, await run.RunAsync(["models", .. options.Split(' ')]));

        Assert.StartsWith(message, run.Error, StringComparison.Ordinal);
        Assert.Empty(run.Output);
    }

    [Fact]
    public async Task Estimate_has_bounds_costs_sources_and_break_even()
    {
        using var run = new ToolRun { Today = "2026-12-01" }.Write("train.jsonl", Chats.Lines(400)).Write("aiguardrails.models.json", Acme);

        Assert.Equal(ExitCodes.Clean, await run.RunAsync(
            "estimate", "train.jsonl", "--target", "openai-chat", "--epochs", "2", "--requests-per-month", "1000", "--saving-per-request", "0.01", "--format", "json"));

        Assert.Equal(400, run.Json.GetProperty("examples").GetInt32());
        var rows = run.Json.GetProperty("models").EnumerateArray().ToList();
        var acme = Assert.Single(rows, static row => Text(row, "model") == "acme-1");

        // The least that a job costs, and what that is in requests.
        Assert.Equal((0.5m, 50, 0.05m), (acme.GetProperty("costUsd").GetProperty("expected").GetDecimal(), acme.GetProperty("breakEvenRequests").GetInt32(), acme.GetProperty("breakEvenMonths").GetDecimal()));
        Assert.Equal(("price list", "2026-09-01"), (Text(acme.GetProperty("price"), "source"), Text(acme.GetProperty("price"), "asOf")));
        Assert.Contains(rows, static row => Text(row, "provider") == "Together AI");
        Assert.DoesNotContain(rows, static row => Text(row, "model").StartsWith("gpt-3.5", StringComparison.Ordinal));
        Assert.All(rows, static row =>
        {
            var (tokens, cost) = (row.GetProperty("tokens"), row.GetProperty("costUsd"));
            Assert.True(tokens.GetProperty("low").GetInt64() <= tokens.GetProperty("expected").GetInt64() && tokens.GetProperty("expected").GetInt64() <= tokens.GetProperty("high").GetInt64());
            Assert.True(cost.GetProperty("low").GetDecimal() <= cost.GetProperty("expected").GetDecimal() && cost.GetProperty("expected").GetDecimal() <= cost.GetProperty("high").GetDecimal());
        });
        Assert.Equal(rows.Select(static row => row.GetProperty("costUsd").GetProperty("expected").GetDecimal()).Order(), rows.Select(static row => row.GetProperty("costUsd").GetProperty("expected").GetDecimal()));
    }

    [Fact]
    public async Task Estimate_shows_a_model_that_is_asked_for_even_where_it_has_ended()
    {
        using var run = new ToolRun { Input = Chats.Lines(400), Today = "2026-12-01" };

        Assert.Equal(ExitCodes.Clean, await run.RunAsync("estimate", "-", "--target", "openai-chat", "--model", "gpt-3.5-turbo", "--model", "o4-mini", "--requests-per-month", "1000"));

        Assert.Matches(@"(?m)^gpt-3\.5-turbo +OpenAI +[0-9,]+ +2-3 ", run.Output);
        Assert.Contains("saving needed", run.Output, StringComparison.Ordinal);
        Assert.Contains("Not known: what training 'o4-mini' costs per token", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Estimate_says_what_it_could_not_count()
    {
        using var run = new ToolRun().Write("train.jsonl", Chats.Lines(12) + "nonsense\n");

        Assert.Equal(ExitCodes.NotChecked, await run.RunAsync("estimate", "train.jsonl", "--target", "openai-chat"));

        Assert.Contains("Not counted: 1 line that is no JSON object; 'aiguardrails lint' says which", run.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--model gpt-4o-mni", "'gpt-4o-mni' is not in the model catalogue; did you mean 'gpt-4o-mini'?")]
    [InlineData("--model my-own", "'my-own' is not in the model catalogue; run 'aiguardrails models' for what is")]
    [InlineData("--epochs 0", "'0' is not a number of epochs; give a number from 1 to 999.")]
    public async Task Estimate_says_what_is_wrong(string options, string message)
    {
        using var run = new ToolRun().Write("train.jsonl", Chats.Lines(12));

        Assert.Equal(ExitCodes.NotChecked, await run.RunAsync(["estimate", "train.jsonl", "--target", "openai-chat", .. options.Split(' ')]));

        Assert.StartsWith(message, run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Decide_recommends_with_reasons_and_the_attribute()
    {
        using var run = new ToolRun { Today = "2026-11-21" };

        Assert.Equal(ExitCodes.Clean, await run.RunAsync(["decide", .. s_answers, "--rationale", "a \"quote\" \\ and\nmore"]));

        Assert.StartsWith("Training is supported: 12,000 labelled examples and a budget of $15,000.50; recommended: preference tuning (DPO)", run.Output, StringComparison.Ordinal);
        Assert.Matches(@"(?m)^6 +what is learnt stays true +yes$", run.Output);
        Assert.Matches(@"(?m)^7 +the requests pay training back +not judged$", run.Output);
        var facts = Pasted(run.Output);
        Assert.Equal((true, 12_000, 15_000.5, 2_000_000L, TrainingGoal.Behavior), (facts.TriedRag, facts.LabeledExamples, facts.BudgetUsd, facts.RequestsPerMonth, facts.Goal));
        Assert.Equal(("2026-11-21", "2027-05-22", "a \"quote\" \\ and\nmore"), (facts.DecidedOn, facts.ReviewBy, facts.Rationale));
        Assert.True(double.IsNaN(facts.SavingPerRequestUsd));
        Assert.True(TrainingDecision.Evaluate(facts.ToFacts()).IsSupported);
    }

    [Fact]
    public async Task Decide_names_the_step_that_decides()
    {
        using var run = new ToolRun();

        Assert.Equal(ExitCodes.Clean, await run.RunAsync(["decide", .. s_answers, "--saving-per-request", "0.000001", "--training-cost", "900", "--format", "json"]));

        Assert.False(run.Json.GetProperty("supported").GetBoolean());
        Assert.Equal(("Volume", "Prompting"), (Text(run.Json, "failedStep"), Text(run.Json, "approach")));
        var facts = Pasted(Text(run.Json, "attribute"));
        Assert.Equal((0.000001, 900d), (facts.SavingPerRequestUsd, facts.TrainingCostUsd));
    }

    [Fact]
    public async Task Decide_asks_a_person_what_no_option_says()
    {
        using var run = new ToolRun { Answers = "y\nmaybe\nno\n100\n$250\nno\nyes\n1000\nknowledge\n\n\n" };

        Assert.Equal(ExitCodes.Clean, await run.RunAsync("decide", "--profile", "starter"));

        Assert.Contains("'maybe' is no answer; give yes or no.", run.Error, StringComparison.Ordinal);
        Assert.Contains("Recommended: retrieval (RAG)", run.Output, StringComparison.Ordinal);
        Assert.Equal(100, Pasted(run.Output).LabeledExamples);
    }

    [Fact]
    public async Task Decide_ends_where_the_answers_end()
    {
        using var run = new ToolRun { Answers = "yes\n" };

        Assert.Equal(ExitCodes.Cancelled, await run.RunAsync("decide"));
        Assert.Empty(run.Output);
    }

    [Fact]
    public async Task Decide_says_every_answer_that_is_missing_where_nobody_can_be_asked()
    {
        using var run = new ToolRun();

        Assert.Equal(ExitCodes.NotChecked, await run.RunAsync("decide", "--tried-prompting", "yes", "--goal", "cost"));

        Assert.StartsWith("Nobody is there to be asked, so the answers are options; missing: --tried-rag, --labeled-examples, --budget, --ml-expertise, --stable-knowledge, --requests-per-month. ", run.Error, StringComparison.Ordinal);
        Assert.Single(run.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    [Theory]
    [InlineData("--goal", "fun", "'fun' is no answer to --goal; give knowledge, behavior or cost.")]
    [InlineData("--goal", "1", "'1' is no answer to --goal; ")]
    [InlineData("--budget", "much", "'much' is no answer to --budget; give US dollars, such as 500 or 0.002.")]
    [InlineData("--labeled-examples", "-1", "'-1' is no answer to --labeled-examples; give a whole number.")]
    public async Task Decide_says_what_is_no_answer(string option, string answer, string message)
    {
        using var run = new ToolRun();

        Assert.Equal(ExitCodes.NotChecked, await run.RunAsync("decide", $"{option}={answer}"));

        Assert.StartsWith(message, run.Error, StringComparison.Ordinal);
    }

    // The attribute as the compiler would make it: every property there is, of the type that the literal has.
    private static FineTuningDecisionAttribute Pasted(string output)
    {
        var text = output[output.IndexOf("[FineTuningDecision(", StringComparison.Ordinal)..];
        var attribute = new FineTuningDecisionAttribute();
        foreach (Match match in Property().Matches(text))
        {
            var property = typeof(FineTuningDecisionAttribute).GetProperty(match.Groups["name"].Value) ?? throw new InvalidOperationException($"There is no property {match.Groups["name"].Value}.");
            var literal = match.Groups["value"].Value;
            property.SetValue(attribute, Value(literal, property.PropertyType));
        }

        return attribute;
    }

    private static object Value(string literal, Type type) => literal switch
    {
        "true" => true,
        "false" => false,
        _ when type.IsEnum => Enum.Parse(type, literal[(type.Name.Length + 1)..]),
        ['"', .. var inner, '"'] => Regex.Unescape(inner.Replace("\\\"", "\"", StringComparison.Ordinal)),
        _ => Convert.ChangeType(literal.Replace("_", "", StringComparison.Ordinal), type, CultureInfo.InvariantCulture),
    };

    private static string Text(System.Text.Json.JsonElement json, string name) => json.GetProperty(name).GetString()!;

    [GeneratedRegex(@"^    (?<name>\w+) = (?<value>.*?)(,|\)\])\r?$", RegexOptions.Multiline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Property();
}
