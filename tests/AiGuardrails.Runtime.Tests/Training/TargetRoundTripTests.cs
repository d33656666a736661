using System.Text;
using AiGuardrails.CompilerServices;
using AiGuardrails.Core.Training.Linting;

namespace AiGuardrails.Runtime.Tests.Training;

/// <summary>What a record can be written to, what stands there then, and that it reads back.</summary>
public sealed class TargetRoundTripTests
{
    [Theory]
    [InlineData("openai-chat", """{"messages":[{"role":"system","content":"You classify support tickets."},{"role":"user","content":"My invoice is wrong."},{"role":"assistant","content":"billing"}]}""")]
    [InlineData("azure-chat", """{"messages":[{"role":"system","content":"You classify support tickets."},{"role":"user","content":"My invoice is wrong."},{"role":"assistant","content":"billing"}]}""")]
    [InlineData("bedrock-haiku", """{"system":"You classify support tickets.","messages":[{"role":"user","content":"My invoice is wrong."},{"role":"assistant","content":"billing"}]}""")]
    [InlineData("bedrock-converse", """{"schemaVersion":"bedrock-conversation-2024","system":[{"text":"You classify support tickets."}],"messages":[{"role":"user","content":[{"text":"My invoice is wrong."}]},{"role":"assistant","content":[{"text":"billing"}]}]}""")]
    [InlineData("gemini", """{"systemInstruction":{"parts":[{"text":"You classify support tickets."}]},"contents":[{"role":"user","parts":[{"text":"My invoice is wrong."}]},{"role":"model","parts":[{"text":"billing"}]}]}""")]
    [InlineData("trl-prompt-completion", """{"prompt":[{"role":"system","content":"You classify support tickets."},{"role":"user","content":"My invoice is wrong."}],"completion":[{"role":"assistant","content":"billing"}]}""")]
    [InlineData("autotrain-text", """{"text":[{"role":"system","content":"You classify support tickets."},{"role":"user","content":"My invoice is wrong."},{"role":"assistant","content":"billing"}]}""")]
    [InlineData("cohere-chat", """{"messages":[{"role":"System","content":"You classify support tickets."},{"role":"User","content":"My invoice is wrong."},{"role":"Chatbot","content":"billing"}]}""")]
    [InlineData("sharegpt", """{"system":"You classify support tickets.","conversations":[{"from":"human","value":"My invoice is wrong."},{"from":"gpt","value":"billing"}]}""")]
    [InlineData("alpaca", """{"system":"You classify support tickets.","instruction":"My invoice is wrong.","output":"billing"}""")]
    public void A_ticket_is_the_line_of_its_target(string target, string line) =>
        Assert.Equal(line + "\n", Lines.Write(TrainingTarget.Parse(target), new Ticket { Question = "My invoice is wrong.", Answer = "billing" }));

    [Fact]
    public void A_ticket_fits_every_target_of_conversations_with_instructions()
    {
        Assert.Equal(
            "openai-chat azure-chat together-chat bedrock-haiku bedrock-converse gemini trl-chat trl-prompt-completion autotrain-text anyscale-chat mistral-chat fireworks-chat cohere-chat sharegpt alpaca",
            string.Join(' ', TrainingRecordSchema<Ticket>.Instance.Targets));
        Lines.AssertRoundTrip(new Ticket { Question = "q", Answer = "a" });
    }

    [Fact]
    public void A_pair_fits_prompts_with_completions_too()
    {
        Assert.Equal(
            "openai-chat azure-chat together-chat together-instruction bedrock-haiku bedrock-converse bedrock-prompt-completion gemini trl-chat trl-prompt-completion autotrain-text replicate-prompt-completion anyscale-chat mistral-chat fireworks-chat cohere-chat sharegpt alpaca",
            string.Join(' ', TrainingRecordSchema<Positional>.Instance.Targets));
        Lines.AssertRoundTrip(new Positional("q", "a"));
    }

    [Fact]
    public void Weights_are_for_the_targets_that_have_them()
    {
        Assert.Equal(
            "openai-chat azure-chat together-chat trl-prompt-completion mistral-chat fireworks-chat",
            string.Join(' ', TrainingRecordSchema<Turns>.Instance.Targets));
        Lines.AssertRoundTrip(new Turns { First = "1", Draft = "2", Second = "3", Final = "4" });
    }

    [Fact]
    public void Every_form_reads_back_from_every_target()
    {
        Lines.AssertRoundTrip(new Passage("The sky is blue."));
        Lines.AssertRoundTrip(new Continuation("Translate: cat", "chat"));
        Lines.AssertRoundTrip(new Comparison("Explain gravity.", "Mass attracts mass.", "Things fall."));
        Lines.AssertRoundTrip(new InstructedComparison { Instructions = "Be exact.", Question = "Explain gravity.", Better = "Mass attracts mass.", Worse = "Things fall." });
        Lines.AssertRoundTrip(new InstructedComparison { Question = "Explain gravity.", Better = "Mass attracts mass.", Worse = "Things fall." });
        Lines.AssertRoundTrip(new Ranking("Mass attracts mass.", "Things fall."));
        Lines.AssertRoundTrip(new Verdict("q", "a", IsGood: true));
        Lines.AssertRoundTrip(new Classified { Ticket = "My invoice is wrong.", Team = Team.Technical });
        Lines.AssertRoundTrip(new Sum("17*23?", 391, "none"));
        Lines.AssertRoundTrip(new Graded { Question = "17*23?", Answer = "391" });
        Lines.AssertRoundTrip(new Graded { Instructions = "Count.", Question = "17*23?", Answer = "391", Tolerance = -1, Score = 0.5, IsExact = true, Alternatives = ["a", "b"], Digits = [3, 9, 1], Team = Team.Sales });
        Lines.AssertRoundTrip(new Values { Id = Guid.NewGuid(), Date = new DateTime(2026, 2, 3, 4, 5, 6, DateTimeKind.Utc), Amount = 1.50m, Day = new DateOnly(2026, 8, 21), Length = TimeSpan.FromMinutes(90) });
        Lines.AssertRoundTrip(new Values { Id = Guid.NewGuid(), Number = -7, Date = DateTime.UnixEpoch, Amount = -2, Team = Team.Technical, Yes = true });
    }

    [Fact]
    public void Steps_read_back()
    {
        var line = Lines.Write(TrainingTarget.TrlStepwise, new Steps { Problem = "q", Solution = ["s1", "s2"], AreRight = [true, false] });
        Assert.Equal("""{"prompt":"q","completions":["s1","s2"],"labels":[true,false]}""" + "\n", line);

        var read = Lines.Read<Steps>(TrainingTarget.TrlStepwise, line);
        Assert.Equal(("q", "s1 s2", "True False"), (read.Problem, string.Join(' ', read.Solution), string.Join(' ', read.AreRight)));
    }

    [Theory]
    [InlineData("openai-dpo", """{"input":{"messages":[{"role":"user","content":"q"}]},"preferred_output":[{"role":"assistant","content":"b"}],"non_preferred_output":[{"role":"assistant","content":"w"}]}""")]
    [InlineData("gemini-preference", """{"contents":[{"role":"user","parts":[{"text":"q"}]}],"completions":[{"score":1,"completion":{"role":"model","parts":[{"text":"b"}]}},{"score":0,"completion":{"role":"model","parts":[{"text":"w"}]}}]}""")]
    [InlineData("trl-preference", """{"prompt":"q","chosen":"b","rejected":"w"}""")]
    [InlineData("autotrain-dpo", """{"prompt":"q","text":"b","rejected_text":"w"}""")]
    [InlineData("sharegpt", """{"conversations":[{"from":"human","value":"q"}],"chosen":{"from":"gpt","value":"b"},"rejected":{"from":"gpt","value":"w"}}""")]
    public void A_comparison_is_the_line_of_its_target(string target, string line) =>
        Assert.Equal(line + "\n", Lines.Write(TrainingTarget.Parse(target), new Comparison("q", "b", "w")));

    [Theory]
    [InlineData("openai-rft", """{"messages":[{"role":"user","content":"q"}],"answer":391,"unit":"m"}""")]
    [InlineData("gemini-rl", """{"contents":[{"role":"user","parts":[{"text":"q"}]}],"references":{"answer":"391","unit":"m"}}""")]
    public void A_question_for_a_grader_is_the_line_of_its_target(string target, string line) =>
        Assert.Equal(line + "\n", Lines.Write(TrainingTarget.Parse(target), new Sum("q", 391, "m")));

    [Theory]
    [InlineData("openai-chat", """{"messages":[{"role":"user","content":"q"},{"role":"assistant","tool_calls":[{"id":"call_1","type":"function","function":{"name":"get_weather","arguments":"{\"city\":\"Oslo\",\"day_count\":2,\"unit\":\"Celsius\"}"}}]}],"tools":[{"type":"function","function":{"name":"get_weather","description":"Current weather of a \"city\"","parameters":{"type":"object","properties":{"city":{"type":"string","description":"Its name"},"day_count":{"type":"integer"},"unit":{"type":"string","enum":["Celsius","Fahrenheit"]},"trace":{"type":"string","format":"uuid"}},"required":["city","unit"]}}}]}""")]
    public void A_call_is_the_line_of_its_target(string target, string line) =>
        Assert.Equal(line + "\n", Lines.Write(TrainingTarget.Parse(target), new CallOnly("q", new WeatherRequest("Oslo", 2))));

    [Fact]
    public void Calls_of_tools_read_back()
    {
        var use = new ToolUse
        {
            Question = "Weather in Oslo?",
            Request = new WeatherRequest("Oslo \"north\"", null) { Unit = Unit.Fahrenheit, Trace = Guid.NewGuid() },
            Weather = new Weather(4.5m, DateTimeOffset.UnixEpoch),
            Answer = "It is 4 degrees in Oslo.",
        };

        Assert.Equal("openai-chat azure-chat trl-chat mistral-chat", string.Join(' ', TrainingRecordSchema<ToolUse>.Instance.Targets));
        Lines.AssertRoundTrip(use);
        Lines.AssertRoundTrip(new CallOnly("Weather in Oslo?", new WeatherRequest("Oslo", 3)));
    }

    [Theory]
    [InlineData("openai-dpo")]
    [InlineData("azure-dpo")]
    public void Calls_in_a_comparison_stand_in_its_input(string target)
    {
        Assert.Equal(
            """{"input":{"messages":[{"role":"user","content":"q"},{"role":"assistant","tool_calls":[{"id":"call_1","type":"function","function":{"name":"get_weather","arguments":"{\"city\":\"Oslo\",\"unit\":\"Celsius\"}"}}]},{"role":"tool","tool_call_id":"call_1","content":"4 C"}],"tools":[{"type":"function","function":{"name":"get_weather","description":"Current weather of a \"city\"","parameters":{"type":"object","properties":{"city":{"type":"string","description":"Its name"},"day_count":{"type":"integer"},"unit":{"type":"string","enum":["Celsius","Fahrenheit"]},"trace":{"type":"string","format":"uuid"}},"required":["city","unit"]}}}]},"preferred_output":[{"role":"assistant","content":"b"}],"non_preferred_output":[{"role":"assistant","content":"w"}]}""" + "\n",
            Lines.Write(TrainingTarget.Parse(target), new ToolComparison { Question = "q", Request = new WeatherRequest("Oslo", null), Weather = "4 C", Better = "b", Worse = "w" }));
    }

    [Theory]
    [InlineData("openai-rft")]
    [InlineData("azure-rft")]
    public void Calls_in_a_question_for_a_grader_stand_before_it(string target)
    {
        Assert.Equal(
            """{"messages":[{"role":"user","content":"q"},{"role":"assistant","tool_calls":[{"id":"call_1","type":"function","function":{"name":"get_weather","arguments":"{\"city\":\"Oslo\",\"unit\":\"Celsius\"}"}}]},{"role":"tool","tool_call_id":"call_1","content":"4 C"},{"role":"user","content":"And tomorrow?"}],"tools":[{"type":"function","function":{"name":"get_weather","description":"Current weather of a \"city\"","parameters":{"type":"object","properties":{"city":{"type":"string","description":"Its name"},"day_count":{"type":"integer"},"unit":{"type":"string","enum":["Celsius","Fahrenheit"]},"trace":{"type":"string","format":"uuid"}},"required":["city","unit"]}}}],"answer":5}""" + "\n",
            Lines.Write(TrainingTarget.Parse(target), new ToolGraded { Question = "q", Request = new WeatherRequest("Oslo", null), Weather = "4 C", FollowUp = "And tomorrow?", Answer = 5 }));
    }

    [Fact]
    public void Calls_in_comparisons_and_questions_for_a_grader_read_back()
    {
        Assert.Equal("openai-dpo azure-dpo", string.Join(' ', TrainingRecordSchema<ToolComparison>.Instance.Targets));
        Lines.AssertRoundTrip(new ToolComparison { Question = "Wetter in \"Köln\"?", Request = new WeatherRequest("Köln 🌧", 2) { Unit = Unit.Fahrenheit }, Weather = "4 °C\n\u2028", Better = "b", Worse = "w" });

        Assert.Equal("openai-rft azure-rft", string.Join(' ', TrainingRecordSchema<ToolGraded>.Instance.Targets));
        Lines.AssertRoundTrip(new ToolGraded { Question = "q", Request = new WeatherRequest("Oslo \\ \t", null) { Trace = Guid.NewGuid() }, Weather = "4 C", FollowUp = "And tomorrow?", Answer = 5 });
    }

    [Fact]
    public void Conversations_with_calls_in_comparisons_and_questions_for_a_grader_read_back()
    {
        var call = new ChatTurnCall("call00001", "get_weather", """{"city":"Oslo"}""");
        ChatTurn[] turns = [ChatTurn.User("q"), ChatTurn.Calls(call), ChatTurn.ToolResult(call, "4 C")];

        Lines.AssertRoundTrip(new ComparedDialogue { Turns = turns, Better = "b", Worse = "w" }, TrainingTarget.OpenAIDpo);
        Lines.AssertRoundTrip(new ComparedDialogue { Turns = turns, Better = "b", Worse = "w" }, TrainingTarget.AzureDpo);
        Lines.AssertRoundTrip(new GradedDialogue { Turns = [.. turns, ChatTurn.User("And tomorrow?")], Answer = "5" }, TrainingTarget.OpenAIRft);
        Lines.AssertRoundTrip(new GradedDialogue { Turns = [.. turns, ChatTurn.User("And tomorrow?")], Answer = "5" }, TrainingTarget.AzureRft);
    }

    [Fact]
    public void A_question_for_a_grader_that_ends_with_the_result_of_a_call_is_for_OpenAI_alone()
    {
        // OpenAI advises against it, which is for the linter to say; Azure refuses it.
        Assert.Equal("openai-rft", string.Join(' ', TrainingRecordSchema<EndsWithResult>.Instance.Targets));

        var record = new EndsWithResult { Question = "q", Request = new WeatherRequest("Oslo", null), Weather = "4 C", Answer = 4 };
        Assert.Equal(record, Lines.Read<EndsWithResult>(TrainingTarget.OpenAIRft, Lines.Write(TrainingTarget.OpenAIRft, record)));
    }

    [Fact]
    public void Conversations_read_back()
    {
        var call = new ChatTurnCall("call00001", "get_weather", """{"city":"Oslo"}""");
        Lines.AssertRoundTrip(new Dialogue
        {
            Instructions = "Be brief.",
            Turns = [ChatTurn.User("Weather in Oslo?"), ChatTurn.Calls(call), ChatTurn.ToolResult(call, "4 C"), ChatTurn.Assistant("It is 4 degrees.")],
        });
        Lines.AssertRoundTrip(new Dialogue { Turns = [ChatTurn.User("1"), ChatTurn.Assistant("2"), ChatTurn.User("3"), ChatTurn.Assistant("4")] });
        Lines.AssertRoundTrip(new Talk { Turns = [ChatTurn.User("1"), ChatTurn.Assistant("2"), ChatTurn.User("3"), ChatTurn.Assistant("4")] });
    }

    [Fact]
    public void Weights_and_images_of_turns_read_back_where_the_target_has_them()
    {
        var talk = new Talk { Turns = [ChatTurn.User("What is it?", "https://example.org/a.png"), ChatTurn.Assistant("A cat.", weight: 0), ChatTurn.User("Sure?"), ChatTurn.Assistant("Yes.", weight: 1)] };
        foreach (var target in new[] { TrainingTarget.OpenAIChat, TrainingTarget.AzureChat, TrainingTarget.MistralChat, TrainingTarget.FireworksChat })
        {
            Lines.AssertRoundTrip(talk, target);
        }
    }

    [Theory]
    [InlineData("openai-dpo", "'Ticket' cannot be written to 'openai-dpo' or read from it: the record is a conversation, and the target takes a pair of answers.")]
    [InlineData("together-instruction", "'Ticket' cannot be written to 'together-instruction' or read from it: it has no place for instructions ('Persona').")]
    public async Task A_target_that_cannot_express_a_record_says_why(string target, string message)
    {
        var exception = await Assert.ThrowsAsync<ArgumentException>(() =>
            TrainingFile.WriteAsync("unused", Array.Empty<Ticket>(), new TrainingWriteOptions { Target = TrainingTarget.Parse(target) }));

        Assert.StartsWith(message, exception.Message, StringComparison.Ordinal);
    }
}

/// <summary>Lines in memory.</summary>
internal static class Lines
{
    public static string Write<T>(TrainingTarget target, params T[] records)
        where T : ITrainingRecord<T>
    {
        using var block = new ByteBuffer();
        var sink = new RecordSink<T>("memory", TrainingRecordSchema<T>.Instance.LayoutOf(target));
        foreach (var record in records)
        {
            sink.Add(record, block);
        }

        return Encoding.UTF8.GetString(block.Written);
    }

    public static T Read<T>(TrainingTarget target, string line)
        where T : ITrainingRecord<T> =>
        new RecordSource<T>("memory", TrainingRecordSchema<T>.Instance.LayoutOf(target)).Read(Encoding.UTF8.GetBytes(line.TrimEnd('\n')), number: 1);

    /// <summary>Writes a record to every target that can express it; the linter has nothing to say of its format, and it reads back equal.</summary>
    public static void AssertRoundTrip<T>(T record)
        where T : ITrainingRecord<T>
    {
        Assert.NotEmpty(TrainingRecordSchema<T>.Instance.Targets);
        foreach (var target in TrainingRecordSchema<T>.Instance.Targets)
        {
            AssertRoundTrip(record, target);
        }
    }

    public static void AssertRoundTrip<T>(T record, TrainingTarget target)
        where T : ITrainingRecord<T>
    {
        var line = Write(target, record);
        var findings = new List<LintFinding>();
        TrainingLinter.Check(target, Encoding.UTF8.GetBytes(line), new LintOptions(), findings.Add);

        Assert.Empty(findings.Where(static finding => finding.Rule is "AIG9001" or "AIG9002").Select(finding => $"{target}: {finding.Text} in {line}"));
        Assert.Equal(record, Read<T>(target, line));
        Assert.True(JsonSchemaTests.IsValid<T>(target, line), $"{target}: {line} is not valid by {TrainingFile.JsonSchemaOf<T>(target)}");
    }
}
