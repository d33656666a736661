using AiGuardrails.Core.Json;
using static AiGuardrails.Core.Training.Targets.Pieces;

namespace AiGuardrails.Core.Training.Targets;

/// <summary>Amazon Bedrock: each family of models has a shape of its own.</summary>
internal static class BedrockTargets
{
    private const string Guide = "Amazon Bedrock User Guide, \"Prepare data for fine-tuning your models\", of 2025, and the validators of aws-samples/amazon-bedrock-samples of 2024-10 to 2025-02";
    private const string HaikuGuide = Guide + "; anthropics/anthropic-cookbook, finetuning_on_bedrock, of 2024-08-19";
    private const string Alternate = "Structure error: Value error, Messages must alternate between user and assistant";
    private const string StartAndEnd = "Structure error: Value error, Messages must start with user and end with assistant";
    private const string LineCount = "File has {count} lines. Training data should have between 32 and 10000 lines.";
    private const long Gigabyte = 1024L * 1024 * 1024;

    public static IEnumerable<TargetDescription> All { get; } =
    [
        new(TrainingTarget.BedrockHaiku, "Amazon Bedrock", Haiku())
        {
            Source = HaikuGuide,
            MinRecords = new Limit(32, Verdict.Rejects(LineCount)),
            MaxRecords = new Limit(10_000, Verdict.Rejects(LineCount)),
            MaxValidationRecords = new Limit(1_000, Verdict.Rejects()),
            MaxBytes = new Limit(10 * Gigabyte, Verdict.Rejects()),
            MaxValidationBytes = new Limit(Gigabyte, Verdict.Rejects()),
            MaxTokens = 32_000,
            Overlong = OverlongExample.Rejected,
            ByteOrderMark = Verdict.Advises(),
            IsChat = true,
        },
        new(TrainingTarget.BedrockConverse, "Amazon Bedrock", Converse())
        {
            Source = Guide,
            MinRecords = new Limit(8, Verdict.Rejects()),
            MaxRecords = new Limit(20_000, Verdict.Rejects()),
            AdvisedRecords = 100,
            ByteOrderMark = Verdict.Advises(),
            RefusesEmptyText = true,
            IsChat = true,
        },
        new(TrainingTarget.BedrockPromptCompletion, "Amazon Bedrock", Record(
            null,
            new Member("prompt", TextOf(TextKind.Input)).Required(),
            new Member("completion", TextOf(TextKind.Target)).Required()))
        {
            Source = Guide,
            MinRecords = new Limit(32, Verdict.Rejects()),
            MaxRecords = new Limit(10_000, Verdict.Rejects()),
            MaxValidationRecords = new Limit(1_000, Verdict.Rejects()),
            MaxBytes = new Limit(Gigabyte, Verdict.Rejects()),
            MaxValidationBytes = new Limit(100L * 1024 * 1024, Verdict.Rejects()),
            AdvisedRecords = 100,
            ByteOrderMark = Verdict.Advises(),
        },
    ];

    private static Shape Haiku()
    {
        byte[][] reserved = [Utf8.GetBytes("\nHuman:"), Utf8.GetBytes("\nAssistant:")];
        Shape Reserving(TextKind kind) => new()
        {
            Noun = "a string",
            Text = new TextRule(kind) { Reserved = reserved, HasReserved = Verdict.Rejects("Reserved keyword found in message content") },
        };

        // The document forbids other members; the checker lets them through.
        return Record(
            Verdict.Advises("No extraneous keys are allowed"),
            new Member("system", Reserving(TextKind.System)),
            new Member("messages", Messages(
                Message(
                    [Role(TurnRole.User, "user", "content"), Role(TurnRole.Assistant, "assistant", "content")],
                    [new Member("content", Reserving(TextKind.Message).Marking(TurnMarks.Content)).Required()],
                    Verdict.Advises("No extraneous keys are allowed")),
                Section.Conversation,
                [
                    new StartsWith(TurnRole.User, Verdict.Rejects(StartAndEnd)),
                    new EndsWith(TurnRole.Assistant, Verdict.Rejects(StartAndEnd)),
                    new NoRepeats(Verdict.Rejects(Alternate)),
                ],
                min: 2)).Required());
    }

    private static Shape Converse()
    {
        var path = new TextGrammar(
            "the address of an object in S3 (s3://bucket/key)",
            static utf8 => utf8.StartsWith("s3://"u8) && utf8.Length > 5 && AllOf(utf8.Slice(5), static b => IsAlphanumeric(b) || b is (byte)'_' or (byte)'-' or (byte)'/' or (byte)'.'),
            Verdict.Rejects());
        var location = Of(new ObjectRule
        {
            Members =
            [
                new Member("s3Location", Of(new ObjectRule
                {
                    Members =
                    [
                        new Member("uri", new Shape { Noun = "a string", Text = new TextRule(TextKind.Media) { Grammar = path } }).Required(),
                        new Member("bucketOwner", Word.Otherwise(Verdict.Advises())), // Llama's checker looks at it, Nova's does not
                    ],
                })).Required(),
            ],
        });
        Shape Media(params string[] formats) => Of(new ObjectRule
        {
            Members = [new Member("format", OneOf(Verdict.Rejects(), formats)).Required(), new Member("source", location).Required()],
        });
        var part = Of(
            new ObjectRule
            {
                Members =
                [
                    new Member("text", TextOf(TextKind.Message)),
                    new Member("image", Media("jpeg", "png", "gif", "webp").Marking(TurnMarks.Image)),
                    new Member("video", Media("mov", "mkv", "mp4", "webm").Marking(TurnMarks.Video)),
                ],
                Choices = [new Choice(["text", "image", "video"], Verdict.Rejects())],
            },
            "a part");

        return Record(
            null,
            new Member("schemaVersion", OneOf(Verdict.Rejects(), "bedrock-conversation-2024")),
            // Nova takes any number, Llama exactly one.
            new Member("system", ListOf(Of(new ObjectRule { Members = [new Member("text", TextOf(TextKind.System)).Required()] }), min: 1, max: 1, tooMany: Verdict.Advises(), tooFew: Verdict.Advises())),
            new Member("messages", Messages(
                Message(
                    [Role(TurnRole.User, "user", "content"), Role(TurnRole.Assistant, "assistant", "content")],
                    [new Member("content", ListOf(part, min: 1, tooFew: Verdict.Advises()) with { Noun = "a list of parts" }).Required()],
                    unknown: null),
                Section.Conversation,
                [
                    new StartsWith(TurnRole.User, Verdict.Rejects()),
                    new EndsWith(TurnRole.Assistant, Verdict.Rejects()),
                    new NoRepeats(Verdict.Rejects()),
                    new Without(TurnRole.Assistant, TurnMarks.Image | TurnMarks.Video, "media; only user messages can", Verdict.Rejects()),
                    new NoEmptyText(Verdict.Rejects()), // as the checker of Nova has it
                    new NotBoth(TurnMarks.Image, TurnMarks.Video, "images and a video", Verdict.Rejects()),
                    new MaxImages(10, Verdict.Rejects()),
                ],
                min: 2)).Required());
    }
}
