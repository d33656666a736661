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
        using var stream = new MemoryStream();
        using var sink = new RecordSink<T>("memory", stream, TrainingRecordSchema<T>.Instance.LayoutOf(target), progress: null);
        foreach (var record in records)
        {
            sink.Add(record);
        }

        sink.FlushAsync(CancellationToken.None).GetAwaiter().GetResult();
        return Encoding.UTF8.GetString(stream.ToArray());
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
            var line = Write(target, record);
            var findings = new List<LintFinding>();
            TrainingLinter.Check(target, Encoding.UTF8.GetBytes(line), new LintOptions(), findings.Add);

            Assert.Empty(findings.Where(static finding => finding.Rule is "AIG9001" or "AIG9002").Select(finding => $"{target}: {finding.Text} in {line}"));
            Assert.Equal(record, Read<T>(target, line));
        }
    }
}
