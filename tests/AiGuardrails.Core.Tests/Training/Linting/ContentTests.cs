using System.Globalization;
using System.Text;
using AiGuardrails.Core.Training.Linting;
using AiGuardrails.Core.Training.Targets;

namespace AiGuardrails.Core.Tests.Training.Linting;

/// <summary>AIG9003 to AIG9011: what the records say.</summary>
public sealed class ContentTests
{
    private static readonly LintOptions s_noSize = new() { Disabled = [LintRules.Size] };

    [Fact]
    public void Equal_records_are_duplicates_whatever_their_case_and_spaces()
    {
        Assert.Equal(
            ["AIG9003 Warning 3:1 the example is the same as that of line 1", "AIG9003 Warning 4:1 the example is the same as that of line 1", "AIG9003 Warning 5:1 the example is the same as that of line 1"],
            Lint.Lines(
                TrainingTarget.OpenAIChat,
                Lint.Chat("What is the capital of France?", "Paris"),
                Lint.Chat("What is the capital of Spain?", "Madrid"),
                Lint.Chat("What is the  capital of FRANCE?", "paris"),
                """{ "messages" : [ {"content":"\u0057hat is\tthe capital of France?".,"role":"user"}]}""".Replace(".,", ",", StringComparison.Ordinal).Replace("\\t", " ", StringComparison.Ordinal).Replace("}]}", "},{\"content\":\" Paris\\n\",\"role\":\"assistant\"} ] }", StringComparison.Ordinal),
                Lint.Chat("Ｗｈａｔ is the capital of France?", "ＰＡＲＩＳ")).Select(Lint.Show));
    }

    [Fact]
    public void Same_words_on_other_sides_are_other_records()
    {
        Assert.Empty(Lint.Lines(TrainingTarget.OpenAIChat, Lint.Chat("a", "b c"), Lint.Chat("a b", "c"), Lint.Chat("b c", "a")));
        Assert.Empty(Lint.Lines(TrainingTarget.TogetherInstruction, """{"prompt":"a","completion":"b"}""", """{"prompt":"b","completion":"a"}"""));
    }

    [Fact]
    public void Records_of_another_format_are_no_duplicates() =>
        Assert.DoesNotContain(Lint.Lines(TrainingTarget.OpenAIChat, """{"prompt":"a"}""", """{"prompt":"b"}""", "{}", "{}"), static finding => finding.Rule == LintRules.Duplicate);

    [Fact]
    public void Same_question_with_another_answer_is_a_conflict()
    {
        Assert.Equal(
            ["AIG9004 Warning 2:1 the example has the input of line 1 and another answer"],
            Lint.Lines(TrainingTarget.OpenAIChat, Lint.Chat("Ticket 1", "billing"), Lint.Chat("ticket 1", "shipping")).Select(Lint.Show));
        Assert.Equal(
            ["AIG9004", "AIG9003", "AIG9004"],
            Lint.Lines(TrainingTarget.OpenAIChat, Lint.Chat("t", "a"), Lint.Chat("t", "b"), Lint.Chat("t", "b"), Lint.Chat("t", "c")).Select(static finding => finding.Rule));
    }

    [Fact]
    public void Only_the_last_answer_is_the_answer()
    {
        const string First = """{"messages":[{"role":"user","content":"q"},{"role":"assistant","content":"a"},{"role":"user","content":"more"},{"role":"assistant","content":"b"}]}""";
        Assert.Empty(Lint.Lines(TrainingTarget.OpenAIChat, First, First.Replace("\"a\"", "\"x\"", StringComparison.Ordinal)));
        Assert.Single(Lint.Lines(TrainingTarget.OpenAIChat, First, First.Replace("\"b\"", "\"x\"", StringComparison.Ordinal)), static finding => finding.Rule == LintRules.Conflict);
    }

    [Theory]
    [InlineData("trl-kto", """{"prompt":"q","completion":"a","label":true}""", """{"prompt":"q","completion":"a","label":false}""", "AIG9004")]
    [InlineData("openai-rft", """{"messages":[{"role":"user","content":"q"}],"answer":1}""", """{"messages":[{"role":"user","content":"q"}],"answer":2}""", "AIG9004")]
    [InlineData("openai-rft", """{"messages":[{"role":"user","content":"q"}],"answer":"x"}""", """{"messages":[{"role":"user","content":"q"}],"answer":"x"}""", "AIG9003")]
    [InlineData("gemini-rl", """{"contents":[{"role":"user","parts":[{"text":"q"}]}],"references":{"a":"1"}}""", """{"contents":[{"role":"user","parts":[{"text":"q"}]}],"references":{"a":"2"}}""", "AIG9004")]
    [InlineData("alpaca", """{"instruction":"i","input":"x","output":"o"}""", """{"instruction":"i","input":"x","output":"p"}""", "AIG9004")]
    [InlineData("alpaca", """{"instruction":"i","input":"x","output":"o"}""", """{"instruction":"i","input":"y","output":"p"}""", "")]
    [InlineData("trl-text", """{"text":"a","id":1}""", """{"text":"A","id":2}""", "AIG9003")]
    [InlineData("trl-text", """{"text":"a"}""", """{"text":"b"}""", "")]
    [InlineData("trl-preference", """{"prompt":"q","chosen":"a","rejected":"b"}""", """{"prompt":"q","chosen":"c","rejected":"b"}""", "")]
    [InlineData("trl-preference", """{"prompt":"q","chosen":"a","rejected":"b"}""", """{"prompt":"q","chosen":"b","rejected":"a"}""", "AIG9004")]
    [InlineData("trl-preference", """{"prompt":"q","chosen":"a","rejected":"A "}""", """{"prompt":"q","chosen":"b","rejected":"a"}""", "AIG9004")]
    public void Each_shape_has_its_input_and_its_answer(string target, string first, string second, string expected) =>
        Assert.Equal(expected, string.Join(' ', Lint.Lines(TrainingTarget.Parse(target), first, second).Select(static finding => finding.Rule)));

    [Theory]
    [InlineData("openai-chat", "https://images.example.com/1.png", "https://images.example.com/2.png")]
    [InlineData("together-chat", "data:image/png;base64,iVBORw0KGgoAAAAN", "data:image/png;base64,iVBORw0KGgoAAAAO")]
    public void Images_are_part_of_the_question(string target, string image, string other)
    {
        static string Of(string image, string answer) =>
            $$$"""{"messages":[{"role":"user","content":[{"type":"text","text":"What is this?"},{"type":"image_url","image_url":{"url":"{{{image}}}"}}]},{"role":"assistant","content":[{"type":"text","text":"{{{answer}}}"}]}]}""";

        string Rules(params string[] lines) => string.Join(' ', Lint.Lines(TrainingTarget.Parse(target), lines).Select(static finding => finding.Rule));

        Assert.Equal("", Rules(Of(image, "A cat."), Of(other, "A cat.")));
        Assert.Equal("", Rules(Of(image, "A cat."), Of(other, "A dog.")));
        Assert.Equal("AIG9003", Rules(Of(image, "A cat."), Of(image, "A cat.")));
        Assert.Equal("AIG9004", Rules(Of(image, "A cat."), Of(image, "A dog.")));
    }

    [Theory]
    [InlineData("openai-dpo", """{"input":{"messages":[{"role":"user","content":"q"}]},"preferred_output":[{"role":"assistant","content":"Same."}],"non_preferred_output":[{"role":"assistant","content":"same."}]}""")]
    [InlineData("gemini-preference", """{"contents":[{"role":"user","parts":[{"text":"q"}]}],"completions":[{"score":1,"completion":{"role":"model","parts":[{"text":"a"}]}},{"score":0,"completion":{"role":"model","parts":[{"text":"a"}]}}]}""")]
    [InlineData("autotrain-reward", """{"text":"a","rejected_text":"a"}""")]
    public void Pair_of_equal_answers_is_a_conflict(string target, string line) =>
        Assert.Equal("the preferred and the other answer are the same: there is nothing to prefer", Assert.Single(Lint.Lines(TrainingTarget.Parse(target), line)).Message);

    [Fact]
    public void Near_duplicates_are_found_on_request()
    {
        const string Question = "Please explain to a new colleague in the accounting department how the invoices of our suppliers are booked, who has to release them, and what happens when the amount differs from the order or when the goods have not yet arrived at the warehouse, and please also say how the discount for early payment is entered, which account the freight goes to, who answers the reminders of the suppliers, and where the paper invoices are kept until the end of the year";
        string[] lines =
        [
            Lint.Chat(Question, "They are booked on arrival"),
            Lint.Chat(Question + " today", "They are booked on arrival"),
            Lint.Chat("How do I book the invoice of a supplier, when the goods have not arrived and nobody has released the amount that the order names?", "You wait"),
        ];

        Assert.Empty(Lint.Lines(TrainingTarget.OpenAIChat, lines));
        var finding = Assert.Single(Lint.File(TrainingTarget.OpenAIChat, string.Join('\n', lines), s_noSize with { NearDuplicates = true }));
        Assert.Equal((LintRules.Duplicate, LintLevel.Info, 2), (finding.Rule, finding.Level, finding.Line));
        Assert.StartsWith("the example is nearly that of line 1", finding.Message.English, StringComparison.Ordinal);
    }

    [Fact]
    public void Examples_of_both_files_are_leakage()
    {
        var training = new TrainingLinter(TrainingTarget.OpenAIChat, s_noSize, static _ => { });
        training.Write(Encoding.UTF8.GetBytes(string.Join('\n', Enumerable.Range(0, 10).Select(static i => Lint.Chat($"question {i}", $"answer {i}")))));
        training.Complete();
        string[] lines = [Lint.Chat("Question  3", "another answer"), Lint.Chat("question 11", "answer 11")];

        var findings = Lint.File(TrainingTarget.OpenAIChat, string.Join('\n', lines), s_noSize with { IsValidation = true, TrainingRecords = training.Records });

        Assert.Equal(["AIG9005 Warning 1:1 the input is that of line 4 of the training file: the validation measures what has been learnt by heart"], findings.Select(Lint.Show));
    }

    [Theory]
    [InlineData(0, 10, false)]
    [InlineData(1, 99, true)]
    [InlineData(4, 96, true)]
    [InlineData(5, 95, false)]
    [InlineData(10, 90, false)]
    [InlineData(50, 50, false)]
    [InlineData(51, 49, true)]
    [InlineData(60, 40, true)]
    public void Share_of_validation_is_told_where_it_is_odd(int validation, int training, bool expected)
    {
        var first = new TrainingLinter(TrainingTarget.TrlText, s_noSize, static _ => { });
        first.Write(Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(0, training).Select(static i => $$"""{"text":"t {{i}}"}""" + "\n"))));
        first.Complete();

        var findings = Lint.File(TrainingTarget.TrlText, string.Concat(Enumerable.Range(0, validation).Select(static i => $$"""{"text":"v {{i}}"}""" + "\n")), s_noSize with { IsValidation = true, TrainingRecords = first.Records });

        Assert.Equal(expected, findings.Any(static finding => finding is { Rule: LintRules.Leakage, Level: LintLevel.Info, Line: 0 }));
    }

    // What each checker makes of it: Microsoft's strips white space, those of Nova, Fireworks and Mistral ask for one character at least.
    [Theory]
    [InlineData("azure-chat", "", "Warning 'messages[1].content' is empty")]
    [InlineData("azure-chat", " \\n", "Warning 'messages[1].content' is white space and no more")]
    [InlineData("fireworks-chat", "", "Error 'messages[1].content' is empty")]
    [InlineData("fireworks-chat", " ", "Warning 'messages[1].content' is white space and no more")]
    [InlineData("fireworks-chat", "\\u0020", "Warning 'messages[1].content' is white space and no more")]
    [InlineData("mistral-chat", "", "Error 'messages[1]': the text is empty")]
    [InlineData("mistral-chat", "\\t", "Warning 'messages[1]': the text is white space and no more")]
    [InlineData("bedrock-converse", "", "Error 'messages[1]': the text is empty")]
    [InlineData("bedrock-converse", " ", "Warning 'messages[1]': the text is white space and no more")]
    [InlineData("openai-chat", "", null)]
    [InlineData("openai-chat", " ", null)]
    public void Empty_text_is_told_from_white_space(string target, string answer, string? expected)
    {
        var line = target == "bedrock-converse"
            ? $$"""{"schemaVersion":"bedrock-conversation-2024","messages":[{"role":"user","content":[{"text":"q"}]},{"role":"assistant","content":[{"text":"{{answer}}"}]}]}"""
            : Lint.Chat("q", answer);

        var findings = Lint.Lines(TrainingTarget.Parse(target), line).Where(static finding => finding.Rule == LintRules.DoesNotFitTarget);

        Assert.Equal(expected is null ? [] : [expected], findings.Select(static finding => $"{finding.Level} {finding.Message}"));
    }

    [Fact]
    public void One_empty_part_beside_text_is_no_empty_message() => Assert.DoesNotContain(
        Lint.Lines(
            TrainingTarget.BedrockConverse,
            """{"schemaVersion":"bedrock-conversation-2024","messages":[{"role":"user","content":[{"text":""},{"text":"q"}]},{"role":"assistant","content":[{"text":"a"}]}]}"""),
        static finding => finding.Level == LintLevel.Error);

    [Theory]
    [InlineData(1, "1 example; below 50, fine-tuning rarely changes more than the tone")]
    [InlineData(2, "2 examples; below 50, fine-tuning rarely changes more than the tone")]
    public void One_example_is_said_in_the_singular(int count, string expected) => Assert.Equal(
        expected,
        Assert.Single(Lint.File(TrainingTarget.TogetherChat, string.Concat(Enumerable.Range(0, count).Select(static i => Lint.Chat($"q{i}", $"a{i}") + "\n"))), static finding => finding.Rule == LintRules.Size).Message);

    [Theory]
    [InlineData("openai-chat", 0, "Error the file is empty")]
    [InlineData("mistral-chat", 0, "Warning the file is empty")]
    [InlineData("alpaca", 0, "Error the file is empty")]
    [InlineData("openai-chat", 9, "Error 9 examples, where OpenAI needs 10")]
    [InlineData("openai-chat", 10, "Warning 10 examples; below 50, fine-tuning rarely changes more than the tone")]
    [InlineData("openai-chat", 50, "Info 50 examples, where 100 are recommended")]
    [InlineData("openai-chat", 100, "")]
    [InlineData("trl-text", 20, "Info 20 examples, where 100 are recommended")]
    [InlineData("together-chat", 49, "Warning 49 examples; below 50, fine-tuning rarely changes more than the tone")]
    [InlineData("bedrock-haiku", 31, "Error 31 examples, where Amazon Bedrock needs 32")]
    [InlineData("bedrock-haiku", 10_001, "Error 10,001 examples, where Amazon Bedrock takes 10,000")]
    public void Size_is_told(string target, int count, string expected)
    {
        var file = string.Concat(Enumerable.Range(0, count).Select(i => (target == "trl-text" ? $$"""{"text":"t {{i}}"}""" : Lint.Chat($"q {i}", $"a {i}")) + "\n"));

        Assert.Equal(expected, string.Join(" | ", Lint.File(TrainingTarget.Parse(target), file).Select(static finding => $"{finding.Level} {finding.Message}")));
    }

    [Fact]
    public void A_limit_of_bytes_is_told()
    {
        var fits = Lint.Chat("q", "").Length;
        var file = Lint.Chat("q", string.Concat(Enumerable.Repeat("word ", 210_000))[..((1024 * 1024) - fits)]);

        Assert.Empty(Lint.File(TrainingTarget.MistralChat, file, new LintOptions { IsValidation = true }));
        Assert.Equal(
            "the file has 1,048,577 bytes, where Mistral takes 1,048,576",
            Assert.Single(Lint.File(TrainingTarget.MistralChat, file + "\n", new LintOptions { IsValidation = true })).Message);
    }

    [Fact]
    public void Words_of_the_provider_are_filled_in()
    {
        var findings = Lint.File(TrainingTarget.OpenAIChat, string.Concat(Enumerable.Range(0, 7).Select(static i => Lint.Chat($"q {i}", $"a {i}") + "\n")));
        Assert.Equal("Training file has 7 example(s), but must have at least 10 examples", Assert.Single(findings).ProviderWords);

        var extra = Assert.Single(Lint.Lines(TrainingTarget.TogetherText, """{"text":"a","id":1}"""));
        Assert.Equal("Found extra column \"id\" in the line 1.", extra.ProviderWords);
        Assert.Equal("the record has a member 'id', which together-text does not know (in the provider's words: Found extra column \"id\" in the line 1.)", extra.Text);
    }

    [Fact]
    public void Validation_has_limits_of_its_own()
    {
        var file = string.Concat(Enumerable.Range(0, 1001).Select(static i => Lint.Chat($"q {i}", $"a {i}") + "\n"));

        Assert.Empty(Lint.File(TrainingTarget.BedrockHaiku, file));
        Assert.Equal("1,001 examples, where Amazon Bedrock takes 1,000", Assert.Single(Lint.File(TrainingTarget.BedrockHaiku, file, new LintOptions { IsValidation = true })).Message);
        Assert.Empty(Lint.File(TrainingTarget.OpenAIChat, Lint.Chat("q", "a"), new LintOptions { IsValidation = true }));
    }

    [Fact]
    public void Long_examples_are_told_with_what_becomes_of_them()
    {
        var words = string.Concat(Enumerable.Repeat("some words of an answer that goes on and on ", 2000));
        Assert.Empty(Lint.Lines(TrainingTarget.OpenAIChat, Lint.Chat("q", words)));
        var finding = Assert.Single(Lint.File(TrainingTarget.OpenAIChat, Lint.Chat("q", words), s_noSize with { MaxTokens = 4096 }));
        Assert.Equal((LintRules.TooManyTokens, LintLevel.Warning), (finding.Rule, finding.Level));
        Assert.EndsWith("more than the 4,096 of an example: it is truncated, and its end is not learnt", finding.Message.English, StringComparison.Ordinal);

        finding = Assert.Single(Lint.File(TrainingTarget.CohereChat, """{"messages":[{"role":"User","content":"q"},{"role":"Chatbot","content":"a"}]}""".Replace("\"a\"", "\"" + words + "\"", StringComparison.Ordinal), s_noSize));
        Assert.EndsWith("of a message: it is dropped", finding.Message.English, StringComparison.Ordinal);
    }

    [Fact]
    public void System_prompt_counts_in_every_example_that_has_it()
    {
        var system = string.Concat(Enumerable.Repeat("some words of a system prompt that goes on and on ", 2000));

        Assert.Equal(
            [(1, LintRules.TooManyTokens), (2, LintRules.TooManyTokens), (3, LintRules.TooManyTokens)],
            Lint.File(TrainingTarget.OpenAIChat, string.Join('\n', Enumerable.Range(1, 3).Select(i => Lint.Chat("q" + i, "a" + i, system))), s_noSize with { MaxTokens = 4096 })
                .Select(static finding => ((int)finding.Line, finding.Rule)));
    }

    [Fact]
    public void Secret_of_a_system_prompt_is_told_in_every_example_that_has_it()
    {
        var key = "sk-proj-" + string.Concat(Enumerable.Range(0, 60).Select(static i => "aB3dE5gH7jK9mN1pQ2rS4tU6vW8xY0z"[(i * 7) % 31]));

        Assert.Equal(
            [(1, LintRules.Secret), (2, LintRules.Secret)],
            Lint.Lines(TrainingTarget.OpenAIChat, Lint.Chat("q1", "a1", "Use " + key), Lint.Chat("q2", "a2", "Use " + key)).Select(static finding => ((int)finding.Line, finding.Rule)));
    }

    [Theory]
    [InlineData("\"tool_call_id\":\"call_1\"", "\"tool_call_id\":\"call_2\"")]
    [InlineData("\"id\":\"call_1\"", "\"id\":\"call_3\"")]
    public void Tool_call_without_its_answer_is_told_after_any_number_of_good_lines(string good, string other)
    {
        static string Line(int i) =>
            $$$"""{"messages":[{"role":"user","content":"Is it raining? {{{i}}}"},{"role":"assistant","tool_calls":[{"id":"call_1","type":"function","function":{"name":"get_weather","arguments":"{}"}}]},{"role":"tool","tool_call_id":"call_1","content":"rain"},{"role":"assistant","content":"Yes, on day {{{i}}}."}],"tools":[{"type":"function","function":{"name":"get_weather"}}]}""";
        string[] lines = [.. Enumerable.Range(0, 20).Select(Line), Line(20).Replace(good, other, StringComparison.Ordinal), Line(21)];

        Assert.All(Assert.Single(Lint.Lines(TrainingTarget.OpenAIChat, lines).GroupBy(static finding => finding.Line)), static finding => Assert.Equal((21, LintRules.DoesNotFitTarget), ((int)finding.Line, finding.Rule)));
    }

    [Theory]
    [InlineData("call\\u0007_1")]
    [InlineData("\\u200bcall")]
    public void Name_that_would_break_the_message_is_not_shown(string id)
    {
        var line = """{"messages":[{"role":"user","content":"q"},{"role":"tool","tool_call_id":"$","content":"rain"},{"role":"assistant","content":"a"}]}""".Replace("$", id, StringComparison.Ordinal);

        Assert.Contains(Lint.Lines(TrainingTarget.OpenAIChat, line), static finding => finding.Message.English.Contains("a long or unreadable text", StringComparison.Ordinal));
        Assert.DoesNotContain(Lint.Lines(TrainingTarget.OpenAIChat, line), static finding => finding.Message.English.Any(static c => char.IsControl(c) || c == '\u200B'));
    }

    [Fact]
    public void Reserved_word_at_the_very_beginning_is_told() => Assert.Contains(
        Lint.Lines(TrainingTarget.BedrockHaiku, """{"messages":[{"role":"user","content":"\nHuman: hi"},{"role":"assistant","content":"a"}]}"""),
        static finding => finding.Message.English.EndsWith("holds '\\nHuman:', which is reserved", StringComparison.Ordinal));

    [Fact]
    public void Exact_counter_takes_the_place_of_the_estimate()
    {
        var options = s_noSize with { MaxTokens = 100, SumTokens = true, CountTokens = static utf8 => new TokenEstimate(utf8.Length, utf8.Length, utf8.Length) };
        var findings = new List<LintFinding>();

        var summary = TrainingLinter.Check(TrainingTarget.OpenAIChat, Encoding.UTF8.GetBytes(Lint.Chat("q", new string('a', 90)) + "\n" + Lint.Chat("q2", new string('b', 92))), options, findings.Add);

        Assert.Equal(["AIG9007 Warning 2:1 103 tokens, more than the 100 of an example: it is truncated, and its end is not learnt"], findings.Select(Lint.Show));
        Assert.Equal(100 + 103, summary.Tokens?.Expected);
        Assert.Null(TrainingLinter.Check(TrainingTarget.OpenAIChat, Encoding.UTF8.GetBytes(Lint.Chat("q", "a")), options with { SumTokens = false }, findings.Add).Tokens);
    }

    [Theory]
    [InlineData(40, 50, 100, "")]
    [InlineData(40, 50, 101, "perhaps more than the 100 of an example")]
    [InlineData(100, 100, 101, "perhaps more than the 100 of an example")]
    [InlineData(101, 101, 101, "more than the 100 of an example")]
    public void What_is_certain_of_a_length_is_said(int low, int expected, int high, string message)
    {
        // Nine tokens are around the two messages.
        var options = s_noSize with { MaxTokens = 100, CountTokens = utf8 => utf8.Length > 1 ? new TokenEstimate(low - 9, expected - 9, high - 9) : default };

        var finding = Lint.File(TrainingTarget.OpenAIChat, Lint.Chat(new string('q', 200), "a"), options).SingleOrDefault();

        Assert.Equal(message.Length > 0, finding?.Message.English.Contains(", " + message, StringComparison.Ordinal) ?? false);
    }

    [Fact]
    public void Images_have_no_tokens() =>
        Assert.Empty(Lint.File(
            TrainingTarget.TogetherChat,
            """{"messages":[{"role":"user","content":[{"type":"image_url","image_url":{"url":"data:image/png;base64,$"}}]},{"role":"assistant","content":[{"type":"text","text":"A cat."}]}]}""".Replace("$", new string('A', 4000), StringComparison.Ordinal),
            s_noSize with { MaxTokens = 100 }));

    [Fact]
    public void Secrets_and_data_about_people_are_told_without_them()
    {
        var key = "sk-proj-" + string.Concat(Enumerable.Range(0, 60).Select(static i => "aB3dE5gH7jK9mN1pQ2rS4tU6vW8xY0z"[(i * 7) % 31]));
        var findings = Lint.Lines(
            TrainingTarget.OpenAIChat,
            Lint.Chat("My key is " + key + ", is it valid?", "Never share keys."),
            Lint.Chat("Write to anna.berg@nordbank.se \\u00e5 please", "Done."),
            Lint.Chat("Write to anna@example.com", "Done, too."));

        Assert.Equal(["AIG9008 Warning 1:50", "AIG9008 Warning 2:49"], findings.Select(static finding => $"{finding.Rule} {finding.Level} {finding.Line}:{finding.Column}"));
        Assert.Equal("an OpenAI API key (sk-proj-…) in training data: a model repeats what it was trained on", findings[0].Message);
        Assert.Equal("an e-mail address in training data: a model repeats what it was trained on", findings[1].Message);
        Assert.Equal((key.Length, "anna.berg@nordbank.se".Length), (findings[0].Length, findings[1].Length));
        Assert.DoesNotContain("nordbank", findings[1].Message.English, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("TODO", "the answer is a placeholder")]
    [InlineData("tbd.", "the answer is a placeholder")]
    [InlineData("...", "the answer is a placeholder")]
    [InlineData("…", "the answer is a placeholder")]
    [InlineData("Lorem ipsum dolor sit amet", "the answer is a placeholder")]
    [InlineData("<insert answer here>", "the answer is a placeholder")]
    [InlineData("", "the answer is empty: the model would learn to say nothing")]
    [InlineData(" \\n", "the answer is empty: the model would learn to say nothing")]
    [InlineData("\\ud800", "the text holds an escaped surrogate without its other half, which is no character")]
    [InlineData("caf\uFFFD", "the text was decoded wrongly: the replacement character U+FFFD, where a character could not be decoded")]
    [InlineData("cafÃ©", "the text was decoded wrongly: characters that UTF-8 becomes when it is read as Latin-1 or Windows-1252")]
    [InlineData("itâ€™s", "the text was decoded wrongly: characters that UTF-8 becomes when it is read as Latin-1 or Windows-1252")]
    [InlineData("My TODO list is empty", null)]
    [InlineData("Wait...", null)]
    [InlineData("SÃO PAULO, “IRMÔ", null)]
    [InlineData("Grüße, naïve café — “quoted” 😀 Привет 你好", null)]
    public void Damaged_answers_are_told(string answer, string? expected)
    {
        var findings = Lint.Lines(TrainingTarget.OpenAIChat, Lint.Chat("q", answer));

        Assert.Equal(expected, findings.Count == 0 ? null : Assert.Single(findings, static finding => finding is { Rule: LintRules.DamagedText, Level: LintLevel.Warning }).Message.English);
    }

    [Fact]
    public void Empty_text_is_told_once()
    {
        Assert.Equal(LintRules.DoesNotFitTarget, Assert.Single(Lint.Lines(TrainingTarget.AzureChat, Lint.Chat("q", ""))).Rule);
        Assert.Equal(LintRules.DoesNotFitTarget, Assert.Single(Lint.Lines(TrainingTarget.FireworksChat, Lint.Chat("q", ""))).Rule);
        Assert.Empty(Lint.Lines(TrainingTarget.OpenAIChat, """{"messages":[{"role":"user","content":"q"},{"role":"assistant","content":"","weight":0},{"role":"user","content":"r"},{"role":"assistant","content":"a"}]}"""));
    }

    [Fact]
    public void Hidden_characters_are_told_with_their_place()
    {
        var finding = Assert.Single(Lint.Lines(TrainingTarget.OpenAIChat, Lint.Chat("ab\u200Bc", "d")));
        Assert.Equal("AIG8004 Warning 1:42 a character without width (U+200B) that nobody sees and the model reads", Lint.Show(finding));
        Assert.Equal(3, finding.Length);

        finding = Assert.Single(Lint.Lines(TrainingTarget.OpenAIChat, Lint.Chat("ab\\u202e\\u2066c", "d")));
        Assert.Equal((42, 12), (finding.Column, finding.Length));
        Assert.Contains("a run of hidden characters", finding.Message.English, StringComparison.Ordinal);
    }

    [Fact]
    public void Labels_are_counted()
    {
        static List<LintFinding> Of(params (string Label, int Count)[] labels) => Lint.Lines(
            TrainingTarget.OpenAIChat,
            [.. labels.SelectMany(static label => Enumerable.Range(0, label.Count).Select(i => Lint.Chat($"{label.Label} ticket {i}", label.Label)))]);

        Assert.Empty(Of(("billing", 30), ("shipping", 20)));
        Assert.Empty(Of(("billing", 3)));
        Assert.Equal("every example has the same answer: the model would learn to give it whatever it is asked", Assert.Single(Of(("billing", 12))).Message);
        Assert.Equal("'shipping' is the answer of 2 of the 102 examples: labels this unequal are learnt unequally", Assert.Single(Of(("billing", 100), ("shipping", 2))).Message);
        Assert.Equal("AIG9010", Assert.Single(Lint.Lines(TrainingTarget.TrlKto, [.. Enumerable.Range(0, 20).Select(static i => $$"""{"prompt":"q{{i}}","completion":"a","label":true}""")])).Rule);
    }

    [Fact]
    public void An_answer_is_looked_at_though_it_says_what_the_instructions_say()
    {
        var findings = Lint.Lines(TrainingTarget.OpenAIChat, Lint.Chat("q", "TODO", "TODO"), Lint.Chat("r", "TODO", "TODO"));

        Assert.Equal(["AIG9009 1:110", "AIG9009 2:110"], findings.Where(static finding => finding.Message.English == "the answer is a placeholder").Select(static finding => $"{finding.Rule} {finding.Line}:{finding.Column}"));
    }

    [Theory]
    [InlineData(9, "")]
    [InlineData(10, "every example has the same answer: the model would learn to give it whatever it is asked")]
    public void One_answer_is_told_from_ten_examples_on(int count, string expected)
    {
        Assert.Equal(expected, Labels(("billing", count)));
        Assert.Equal(expected, Labels((new string('x', 80), count)));
    }

    [Theory]
    [InlineData("a:36 b:2", "")] // one in nineteen, where one in twenty is told
    [InlineData("a:39 b:2", "'b' is the answer of 2 of the 41 examples: labels this unequal are learnt unequally")]
    [InlineData("a:60 c:1 b:1", "'b' is the answer of 1 of the 62 examples: labels this unequal are learnt unequally")]
    [InlineData("a:500 b:10 c:10 d:10 e:10 f:10", "")] // one to fifty
    [InlineData("a:501 b:10 c:10 d:10 e:10 f:10", "'b' is the answer of 10 of the 551 examples: labels this unequal are learnt unequally")]
    [InlineData("a:7 b:1 c:1", "")] // nine answers of three kinds: too few to be labels
    [InlineData("a:5 b:1 c:1 d:1 e:1 f:1", "")]
    public void Unequal_labels_are_told(string labels, string expected) =>
        Assert.Equal(expected, Labels([.. labels.Split(' ').Select(static label => label.Split(':')).Select(static label => (label[0], int.Parse(label[1], CultureInfo.InvariantCulture)))]));

    [Fact]
    public void Pairs_have_no_labels() =>
        Assert.Empty(Lint.Lines(TrainingTarget.TrlPreference, [.. Enumerable.Range(0, 20).Select(static i => $$"""{"prompt":"q{{i}}","chosen":"yes","rejected":"no"}""")]));

    [Fact]
    public void Long_answers_are_no_labels()
    {
        Assert.NotEmpty(Labels((new string('x', 64), 1), ("y", 60)));
        Assert.Empty(Labels((new string('x', 65), 1), ("y", 60)));
        Assert.Empty(Labels(("y", 60), (new string('x', 65), 1)));
    }

    [Fact]
    public void Two_hundred_answers_may_be_labels_and_more_are_none()
    {
        static (string, int)[] Of(int labels) => [.. Enumerable.Range(1, labels - 1).Select(static i => ($"label {i}", 20)), ("rare", 1)];

        Assert.Equal("'rare' is the answer of 1 of the 3,981 examples: labels this unequal are learnt unequally", Labels(Of(200)));
        Assert.Empty(Labels(Of(201)));
        Assert.Empty(Labels([.. Of(201), ("label 1", 100)]));
    }

    [Fact]
    public void System_prompts_that_differ_are_told()
    {
        Assert.Empty(Lint.Lines(TrainingTarget.OpenAIChat, Lint.Chat("q", "a", "Be brief."), Lint.Chat("r", "b", "be  brief.")));
        Assert.Equal(
            ["AIG9011 Info 2:1 2 different system prompts in the file; this is the first that is not that of line 1", "AIG9011 Info 3:1 this example has no system prompt, where others, such as that of line 1, have one"],
            Lint.Lines(TrainingTarget.OpenAIChat, Lint.Chat("q", "a", "Be brief."), Lint.Chat("r", "b", "Be polite."), Lint.Chat("s", "c")).Select(Lint.Show));
        Assert.Single(
            Lint.Lines(TrainingTarget.BedrockHaiku, """{"system":"a","messages":[{"role":"user","content":"q"},{"role":"assistant","content":"a"}]}""", """{"system":"b","messages":[{"role":"user","content":"r"},{"role":"assistant","content":"b"}]}"""),
            static finding => finding.Rule == LintRules.SystemPromptsDiffer);
    }

    [Fact]
    public void System_prompts_are_counted_once_each()
    {
        var findings = Lint.Lines(
            TrainingTarget.OpenAIChat,
            Lint.Chat("q1", "a1"), Lint.Chat("q2", "a2", "A"), Lint.Chat("q3", "a3", "A"), Lint.Chat("q4", "a4", "B"), Lint.Chat("q5", "a5", "A"), Lint.Chat("q6", "a6", "C"), Lint.Chat("q7", "a7"));

        Assert.Equal(
            [
                "AIG9011 Info 4:1 3 different system prompts in the file; this is the first that is not that of line 2",
                "AIG9011 Info 1:1 2 examples have no system prompt, this one first, where others, such as that of line 2, have one",
            ],
            findings.Select(Lint.Show));
    }

    [Fact]
    public void Key_of_a_record_is_what_it_asks()
    {
        static ulong? Key(TrainingTarget target, string line)
        {
            var linter = new TrainingLinter(target, new LintOptions { Scope = LintScope.InputKeys }, static _ => { });
            linter.Write(Encoding.UTF8.GetBytes(line + "\n"));
            return linter.InputKey;
        }

        var question = Key(TrainingTarget.OpenAIChat, Lint.Chat("Where?", "Here."));
        Assert.NotNull(question);
        Assert.Equal(question, Key(TrainingTarget.OpenAIChat, Lint.Chat("where?", "There.", "Be brief.")));
        Assert.NotEqual(question, Key(TrainingTarget.OpenAIChat, Lint.Chat("Who?", "Here.")));
        Assert.Null(Key(TrainingTarget.OpenAIChat, "{"));

        var text = Key(TrainingTarget.TrlText, """{"text":"a"}""");
        Assert.NotNull(text);
        Assert.Equal(text, Key(TrainingTarget.TrlText, """{"text":"A","id":1}"""));
        Assert.NotEqual(text, Key(TrainingTarget.TrlText, """{"text":"b"}"""));
    }

    [Fact]
    public void Rules_that_are_off_find_nothing() =>
        Assert.Empty(Lint.File(TrainingTarget.OpenAIChat, "{\n{}\nx\n" + Lint.Chat("anna@nordbank.se\u200B", "TODO"), new LintOptions { Disabled = LintRules.All.ToList() }));

    [Fact]
    public void Valid_lines_allocate_nothing()
    {
        var linter = new TrainingLinter(TrainingTarget.OpenAIChat, new LintOptions(), static _ => { });
        linter.Write(Encoding.UTF8.GetBytes(Lines(0)));
        var lines = Enumerable.Range(1, 40).Select(static i => Encoding.UTF8.GetBytes(Lines(i))).ToArray();
        linter.Write(lines[0]);
        var before = GC.GetAllocatedBytesForCurrentThread();
        foreach (var line in lines.AsSpan(1))
        {
            linter.Write(line);
        }

        // What grows are the hashes of the records.
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 30_000);

        static string Lines(int i) => string.Concat(Enumerable.Range(i * 10, 10).Select(static n =>
            Lint.Chat($"Wie heißt die Stadt Nr. {n}? \\\"genau\\\" 你好，世界！ Привет, мир", $"Sie heißt Stadt{n % 3} 😀", "Antworte kurz.") + "\n"));
    }

    /// <summary>What is said of the labels of a file: nothing or one thing.</summary>
    private static string Labels(params (string Label, int Count)[] labels)
    {
        var line = 0;
        var lines = labels.SelectMany(label => Enumerable.Range(0, label.Count).Select(_ => Lint.Chat($"ticket {++line}", label.Label)));
        return Lint.Lines(TrainingTarget.OpenAIChat, [.. lines]).SingleOrDefault(static finding => finding.Rule == LintRules.Unbalanced)?.Message.English ?? "";
    }
}
