using System.Text.Json;
using AiGuardrails.CompilerServices;
using AiGuardrails.Runtime.Tests.Training;

namespace AiGuardrails.Runtime.Tests.Prompts;

/// <summary>The prompt that is trained on is the prompt that is sent.</summary>
public sealed class PromptTrainingRecordTests : IDisposable
{
    private const string EveryTarget =
        "openai-chat azure-chat together-chat bedrock-haiku bedrock-converse gemini trl-chat trl-prompt-completion autotrain-text anyscale-chat mistral-chat fireworks-chat cohere-chat sharegpt";

    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_messages_are_those_that_are_sent()
    {
        var prompt = Triage("Stops heating. \u202E");

        var record = prompt.ToTrainingRecord(s_repair, PromptFence.Process);

        var sent = prompt.Render().Messages;
        Assert.Equal(sent.Select(static message => message.Text), record.Turns.Take(sent.Count).Select(static turn => turn.Text));
        Assert.Equal([ChatTurnRole.System, ChatTurnRole.User, ChatTurnRole.Assistant, ChatTurnRole.User, ChatTurnRole.Assistant], record.Turns.Select(static turn => turn.Role));
        Assert.Equal([null, null, 0, null, null], record.Turns.Select(static turn => turn.Weight));
        Assert.Equal(("warranty/triage", 3, WarrantyTriage.PromptHash), (record.Prompt!.Id, record.Prompt.Version, record.Prompt.Hash));
        Assert.True(WarrantyTriage.TryRead(record.Turns[^1].Text, out var read, out _));
        Assert.Equal(s_repair, read);
    }

    [Fact]
    public void Without_a_fence_of_its_own_data_have_the_same_bytes_in_every_run()
    {
        var prompt = Triage("Stops heating.");

        Assert.Equal(prompt.ToTrainingRecord(s_repair, PromptFence.Deterministic), prompt.ToTrainingRecord(s_repair));
        Assert.NotEqual(prompt.ToTrainingRecord(s_repair, PromptFence.WithKey(new byte[16])), prompt.ToTrainingRecord(s_repair));
    }

    [Fact]
    public void An_answer_is_JSON_of_its_type_and_text_without_one()
    {
        Assert.Equal("It is open.", new SupportReply { Question = "Open?" }.ToTrainingRecord("It is open.").Turns[^1].Text);
        Assert.Equal("{\"route\":\"Repair\",\"reason\":\"Matches a failing \\\"element\\\".\",\"confidencePercent\":81,\"note\":null}", Triage("x").ToTrainingRecord(s_repair).Turns[^1].Text);
        Assert.Throws<ArgumentNullException>(static () => new SupportReply { Question = "Open?" }.ToTrainingRecord(null!));
        Assert.Throws<ArgumentNullException>(() => Triage("x").ToTrainingRecord(null!));
        Assert.Throws<PromptException>(() => Triage("x").ToTrainingRecord(new ClaimVerdict(ClaimRoute.Repair, null!, 1)));
    }

    [Fact]
    public void Every_chat_target_takes_it_and_reads_back()
    {
        Assert.Equal(EveryTarget, string.Join(' ', TrainingRecordSchema<PromptTrainingRecord>.Instance.Targets));

        var record = new SupportReply { Question = "Is it open?\n\"Today\"" }.ToTrainingRecord("Yes.");
        foreach (var target in TrainingRecordSchema<PromptTrainingRecord>.Instance.Targets)
        {
            Assert.Equal(record, Lines.Read<PromptTrainingRecord>(target, Lines.Write(target, record)));
        }
    }

    [Fact]
    public void Answers_of_examples_are_context_where_the_target_can_say_so()
    {
        var record = Triage("Stops heating.").ToTrainingRecord(s_repair);
        foreach (var target in TrainingRecordSchema<PromptTrainingRecord>.Instance.Targets)
        {
            if (target.Name is "openai-chat" or "azure-chat" or "together-chat" or "mistral-chat" or "fireworks-chat" or "trl-prompt-completion")
            {
                Assert.Equal(record, Lines.Read<PromptTrainingRecord>(target, Lines.Write(target, record)));
            }
            else
            {
                var exception = Assert.Throws<TrainingRecordException>(() => Lines.Write(target, record));
                Assert.Contains("write record.TrainingOnEveryAnswer()", exception.Message, StringComparison.Ordinal);
            }

            if (target != TrainingTarget.TrlPromptCompletion)
            {
                var every = record.TrainingOnEveryAnswer();
                Assert.Equal(every, Lines.Read<PromptTrainingRecord>(target, Lines.Write(target, every)));
                Assert.Equal(record.Prompt, every.Prompt);
            }
        }
    }

    [Fact]
    public void Instructions_stand_one_by_one_or_joined_where_there_is_one_place()
    {
        var record = new EveryRole { Question = "Open?" }.ToTrainingRecord("Yes.").TrainingOnEveryAnswer();

        using var chat = JsonDocument.Parse(Lines.Write(TrainingTarget.OpenAIChat, record));
        var messages = chat.RootElement.GetProperty("messages").EnumerateArray().ToList();
        Assert.Equal(["system", "system", "user", "assistant", "user", "assistant"], messages.Select(static message => message.GetProperty("role").GetString()));
        Assert.Equal("Answer in 10 words.", messages[1].GetProperty("content").GetString());
        Assert.Equal(record, Lines.Read<PromptTrainingRecord>(TrainingTarget.OpenAIChat, Lines.Write(TrainingTarget.OpenAIChat, record)));

        using var converse = JsonDocument.Parse(Lines.Write(TrainingTarget.BedrockConverse, record));
        Assert.Equal("You are the support of a shop.\n\nAnswer in 10 words.", converse.RootElement.GetProperty("system")[0].GetProperty("text").GetString());
        Assert.Equal(4, converse.RootElement.GetProperty("messages").GetArrayLength());
    }

    [Fact]
    public async Task A_manifest_names_the_prompts()
    {
        PromptTrainingRecord[] records = [new SupportReply { Question = "Open?" }.ToTrainingRecord("Yes."), Triage("x").ToTrainingRecord(s_repair), Triage("y").ToTrainingRecord(s_repair)];

        await TrainingFile.WriteAsync(_folder.File(), records);

        var manifest = await TrainingManifest.VerifyAsync(_folder.File());
        Assert.Equal(
            [$"support/reply, version 2 ({SupportReply.PromptHash})", $"warranty/triage, version 3 ({WarrantyTriage.PromptHash})"],
            manifest.Prompts.Select(static prompt => prompt.ToString()));
        Assert.Null(manifest.PromptHash);
        Assert.Equal(records, await TrainingFile.ReadAsync<PromptTrainingRecord>(_folder.File()).ToListAsync());
        Assert.All(await TrainingFile.ReadAsync<PromptTrainingRecord>(_folder.File()).ToListAsync(), static record => Assert.Null(record.Prompt));
    }

    [Fact]
    public async Task Both_sides_of_a_split_name_the_prompt_and_records_of_other_types_name_none()
    {
        await TrainingFile.SplitAsync(_folder.File(), _folder.File("valid.jsonl"), Enumerable.Range(0, 40).Select(static i => new SupportReply { Question = $"Question {i}?" }.ToTrainingRecord("Yes.")));

        Assert.Equal("support/reply", Assert.Single((await TrainingManifest.ReadAsync(_folder.File())).Prompts).Id);
        Assert.Equal("support/reply", Assert.Single((await TrainingManifest.ReadAsync(_folder.File("valid.jsonl"))).Prompts).Id);

        await TrainingFile.WriteAsync(_folder.File(), [new Ticket { Question = "q", Answer = "a" }]);
        Assert.Empty((await TrainingManifest.ReadAsync(_folder.File())).Prompts);
    }

    [Fact]
    public async Task A_file_that_is_converted_keeps_its_prompts()
    {
        await TrainingFile.WriteAsync(_folder.File(), [new SupportReply { Question = "Open?" }.ToTrainingRecord("Yes.")]);

        await TrainingFile.ConvertAsync<PromptTrainingRecord>(_folder.File(), TrainingTarget.OpenAIChat, _folder.File("gemini.jsonl"), TrainingTarget.Gemini);
        await TrainingFile.ConvertAsync<PromptTrainingRecord>(_folder.File(), TrainingTarget.OpenAIChat, _folder.File(), TrainingTarget.TrlChat);

        Assert.Equal(SupportReply.PromptHash, Assert.Single((await TrainingManifest.VerifyAsync(_folder.File("gemini.jsonl"))).Prompts).Hash);
        Assert.Equal(SupportReply.PromptHash, Assert.Single((await TrainingManifest.VerifyAsync(_folder.File())).Prompts).Hash);
    }

    [Fact]
    public async Task A_file_that_is_not_the_one_of_its_manifest_is_converted_without_prompts()
    {
        await TrainingFile.WriteAsync(_folder.File(), [new SupportReply { Question = "Open?" }.ToTrainingRecord("Yes.")]);
        await File.WriteAllTextAsync(_folder.File(), (await File.ReadAllTextAsync(_folder.File())).Replace("Open?", "Shut?", StringComparison.Ordinal));

        await TrainingFile.ConvertAsync<PromptTrainingRecord>(_folder.File(), TrainingTarget.OpenAIChat, _folder.File("gemini.jsonl"), TrainingTarget.Gemini);
        Assert.Empty((await TrainingManifest.VerifyAsync(_folder.File("gemini.jsonl"))).Prompts);

        await File.WriteAllTextAsync(_folder.File("train.manifest.json"), "{");
        await TrainingFile.ConvertAsync<PromptTrainingRecord>(_folder.File(), TrainingTarget.OpenAIChat, _folder.File("gemini.jsonl"), TrainingTarget.Gemini);
        Assert.Empty((await TrainingManifest.VerifyAsync(_folder.File("gemini.jsonl"))).Prompts);
    }

    [Fact]
    public async Task A_manifest_whose_prompts_are_damaged_is_none()
    {
        await TrainingFile.WriteAsync(_folder.File(), [new SupportReply { Question = "Open?" }.ToTrainingRecord("Yes.")]);
        var path = _folder.File("train.manifest.json");
        await File.WriteAllTextAsync(path, (await File.ReadAllTextAsync(path)).Replace("\"version\": 2", "\"version\": 0", StringComparison.Ordinal));

        var exception = await Assert.ThrowsAsync<InvalidDataException>(() => TrainingManifest.ReadAsync(path));
        Assert.EndsWith("one of its prompts has no identifier, version or hash", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_record_shows_what_is_in_it() =>
        Assert.Matches("(?s)^# system\n\nYou answer in one sentence\\.\n\n# user\n\n\\[customer [0-9a-f]{12}]\nOpen\\?\n.*\n\n# assistant\n\nYes\\.$", new SupportReply { Question = "Open?" }.ToTrainingRecord("Yes.").ToString());

    private static readonly ClaimVerdict s_repair = new(ClaimRoute.Repair, "Matches a failing \"element\".", 81);

    private static WarrantyTriage Triage(string complaint) => new() { Line = ApplianceLine.Oven, CoveredUntil = new(2026, 11, 30), Complaint = complaint };
}
