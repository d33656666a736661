using static AiGuardrails.Core.Training.Targets.Pieces;

namespace AiGuardrails.Core.Training.Targets;

/// <summary>Google Vertex AI: the objects of generateContent. No checker is published, so little is more than advice.</summary>
internal static class GoogleTargets
{
    private const string Source = "Google Cloud documentation on supervised, preference and reinforcement tuning of 2025 to 2026; GoogleCloudPlatform/generative-ai, gemini/tuning, of 2026-08-21";
    private const long Gigabyte = 1024L * 1024 * 1024;

    private static readonly Shape s_file = Of(new ObjectRule
    {
        Members = [new Member("mimeType", Word).Required(), new Member("fileUri", TextOf(TextKind.Media)).Required()],
    });

    private static readonly Shape s_part = Of(
        new ObjectRule
        {
            Members =
            [
                new Member("text", TextOf(TextKind.Message)),
                new Member("fileData", s_file.Marking(TurnMarks.File)),
                new Member("inlineData", OpenObject.Marking(TurnMarks.File)),
                new Member("functionCall", OpenObject.Marking(TurnMarks.ToolCalls)),
                new Member("functionResponse", OpenObject),
            ],
            Choices = [new Choice(["text", "fileData", "inlineData", "functionCall", "functionResponse"], Verdict.Rejects())],
        },
        "a part");

    private static readonly Shape s_content = Message(
        [
            Role(TurnRole.User, "user", "parts"),
            Role(TurnRole.Assistant, "model", "parts"),
            Role(TurnRole.Function, "function", "parts"),
        ],
        [new Member("parts", ListOf(s_part, min: 1)).Required()],
        Verdict.Advises());

    private static readonly Member s_system = new("systemInstruction", Of(new ObjectRule
    {
        Members =
        [
            new Member("role", Word),
            new Member("parts", ListOf(Of(new ObjectRule { Members = [new Member("text", TextOf(TextKind.System)).Required()] }), min: 1)).Required(),
        ],
    }));

    public static IEnumerable<TargetDescription> All { get; } =
    [
        new(TrainingTarget.Gemini, "Vertex AI", Record(
            Verdict.Advises(),
            s_system,
            new Member("contents", Messages(
                s_content,
                Section.Conversation,
                [
                    new Has(TurnRole.Assistant, Verdict.Rejects()),
                    new EndsWith(TurnRole.Assistant, Verdict.Advises()),
                    new NoRepeats(Verdict.Notes()),
                ])).Required(),
            new Member("tools", ListOf(OpenObject))))
        {
            Source = Source,
            AdvisedRecords = 100,
            MaxRecords = new Limit(10_000_000, Verdict.Rejects()),
            MaxValidationRecords = new Limit(5_000, Verdict.Rejects()),
            MaxBytes = new Limit(Gigabyte, Verdict.Rejects()),
            MaxTokens = 131_072,
            Overlong = OverlongExample.Truncated,
            IsChat = true,
        },
        new(TrainingTarget.GeminiPreference, "Vertex AI", Record(
            Verdict.Advises(),
            s_system,
            new Member("contents", Messages(s_content, Section.Input, [new EndsWith(TurnRole.User, Verdict.Advises())])).Required(),
            new Member("completions", Alternatives(
                Of(new ObjectRule
                {
                    Members =
                    [
                        new Member("score", Number).Required(),
                        new Member("completion", Of(new ObjectRule
                        {
                            Members =
                            [
                                new Member("role", OneOf(Verdict.Rejects(), "model")),
                                new Member("parts", ListOf(Of(new ObjectRule { Members = [new Member("text", TextOf(TextKind.Target)).Required()] }), min: 1)).Required(),
                            ],
                        })).Required(),
                    ],
                }))).Required()))
        {
            Source = Source,
            AdvisedRecords = 100,
            MaxRecords = new Limit(10_000_000, Verdict.Rejects()),
            MaxValidationRecords = new Limit(5_000, Verdict.Rejects()),
            MaxBytes = new Limit(Gigabyte, Verdict.Rejects()),
            MaxTokens = 131_072,
            ScoresSayWhichIsPreferred = true,
        },
        new(TrainingTarget.GeminiRL, "Vertex AI", Record(
            Verdict.Advises(),
            s_system,
            new Member("contents", Messages(s_content, Section.Input, [new EndsWith(TurnRole.User, Verdict.Advises())])).Required(),
            new Member("references", Of(new ObjectRule { Members = [], UnknownKind = TextKind.Label })).Required()))
        {
            Source = Source,
            MaxRecords = new Limit(5_000, Verdict.Rejects()),
            MaxValidationRecords = new Limit(500, Verdict.Rejects()),
            MaxBytes = new Limit(Gigabyte, Verdict.Rejects()),
            MaxTokens = 32_768,
            Overlong = OverlongExample.Rejected,
        },
    ];

    private static Shape Alternatives(Shape item) => new() { Noun = "a list", List = new ListRule(item) { Min = 2, Max = 2, AreAlternatives = true } };
}
