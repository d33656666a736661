using AiGuardrails.Core.Json;
using AiGuardrails.Core.Text;

namespace AiGuardrails.Core.Training.Targets;

/// <summary>The vocabulary of the descriptions: shapes that more than one provider uses.</summary>
internal static class Pieces
{
    /// <summary>Any JSON value.</summary>
    public static Shape Anything { get; } = new() { Noun = "any value", Anything = true };

    public static Shape TrueOrFalse { get; } = new() { Noun = "true or false", Boolean = true };

    /// <summary>True or false as the label of an example.</summary>
    public static Shape Label { get; } = TrueOrFalse with { Kind = TextKind.Label };

    public static Shape Number { get; } = new() { Noun = "a number", Number = new NumberRule() };

    /// <summary>An object that the provider does not look into, such as a JSON schema.</summary>
    public static Shape OpenObject { get; } = Of(new ObjectRule { Members = [] });

    /// <summary>A string that is no text of the example.</summary>
    public static Shape Word { get; } = TextOf(TextKind.Other);

    public static Shape TextOf(TextKind kind, Verdict? empty = null) => new() { Noun = "a string", Text = new TextRule(kind) { Empty = empty } };

    public static Shape OneOf(Verdict verdict, params string[] values) => new()
    {
        Noun = "a string",
        Text = new TextRule(TextKind.Other) { Values = [.. values.Select(Utf8.GetBytes)], WrongValue = verdict },
    };

    public static Shape Of(ObjectRule rule, Sentence? noun = null) => new() { Noun = noun ?? "an object", Object = rule };

    public static Shape ListOf(Shape item, int min = 0, int max = int.MaxValue, Verdict? tooMany = null, Verdict? tooFew = null) => new()
    {
        Noun = "a list",
        List = new ListRule(item) { Min = min, Max = max, TooMany = tooMany ?? Verdict.Rejects(), TooFew = tooFew ?? Verdict.Rejects() },
    };

    /// <summary>A list of messages: not empty, and in order.</summary>
    public static Shape Messages(Shape message, Section section, TurnRule[] rules, int min = 1, int max = int.MaxValue, Verdict? tooFew = null, Verdict? tooMany = null, Verdict? wrongType = null) => new()
    {
        Noun = "a list of messages",
        WrongType = wrongType ?? Verdict.Rejects(),
        List = new ListRule(message)
        {
            Min = min,
            Max = max,
            Turns = rules,
            Section = section,
            TooFew = tooFew ?? Verdict.Rejects(),
            TooMany = tooMany ?? Verdict.Rejects(),
        },
    };

    /// <summary>A message: an object whose role decides what else it has.</summary>
    public static Shape Message(Variant[] roles, Member[] members, Verdict? unknown, Verdict? roleMissing = null, Verdict? roleUnknown = null, string tag = "role") =>
        Of(
            new ObjectRule
            {
                Kind = ObjectKind.Message,
                Tag = tag,
                TagMissing = roleMissing ?? Verdict.Rejects(),
                TagUnknown = roleUnknown ?? Verdict.Rejects(),
                Variants = roles,
                Members = [new Member(tag, Word), .. members],
                Unknown = unknown,
            },
            "a message");

    public static Variant Role(TurnRole role, string name, params string[] members) => new(name) { Role = role, Members = members };

    /// <summary>A record with the members given, and nothing else where the provider refuses that.</summary>
    public static Shape Record(Verdict? unknown, params Member[] members) => Of(new ObjectRule { Members = members, Unknown = unknown }, "a JSON object");

    /// <summary>Text content: a string.</summary>
    public static Shape Content(Verdict? empty = null) => TextOf(TextKind.Message, empty).Marking(TurnMarks.Content);

    /// <summary>Text content: a string or a list of typed parts.</summary>
    public static Shape ContentOrParts(Shape part, Verdict? empty = null, int minParts = 0) => Content(empty) with
    {
        Noun = "a string or a list of parts",
        List = new ListRule(part) { Min = minParts },
    };

    /// <summary>A part with a type: text, and images where the provider takes them.</summary>
    public static Shape TypedPart(Shape? image, bool refusal = false, Verdict? empty = null, TextKind kind = TextKind.Message, Verdict? discouraged = null)
    {
        var members = new List<Member> { new("type", Word), new("text", TextOf(kind, empty)) };
        var variants = new List<Variant> { new("text") { Required = ["text"], Discouraged = discouraged } };
        if (image is not null)
        {
            members.Add(new Member("image_url", image.Marking(TurnMarks.Image)));
            variants.Add(new Variant("image_url") { Required = ["image_url"], Discouraged = discouraged });
        }

        if (refusal)
        {
            members.Add(new Member("refusal", TextOf(TextKind.Message).Marking(TurnMarks.Refusal)));
            variants.Add(new Variant("refusal") { Required = ["refusal"] });
        }

        return Of(new ObjectRule { Tag = "type", Variants = [.. variants], Members = [.. members] }, "a part");
    }

    /// <summary>An image by its address or as data, in an object, as OpenAI has it.</summary>
    public static Shape ImageObject(TextGrammar? address = null) => Of(new ObjectRule
    {
        Members =
        [
            new Member("url", new Shape { Noun = "a string", Text = new TextRule(TextKind.Media) { Grammar = address } }).Required(),
            new Member("detail", OneOf(Verdict.Advises(), "auto", "low", "high")),
        ],
    });

    /// <summary>The weight of a message: the integer 0 or 1.</summary>
    public static Shape Weight(Verdict? boolean = null, string? words = null) => new()
    {
        Noun = "the integer 0 or 1",
        Number = new NumberRule { ZeroOrOne = true, Wrong = Verdict.Rejects(words) },
        WrongType = Verdict.Rejects(words),
        WrongBoolean = boolean,
    };

    /// <summary>The calls of tools that an assistant makes, with arguments as a JSON text.</summary>
    public static Shape ToolCalls(TextGrammar? id = null, TextGrammar? name = null, Verdict? badJson = null, Verdict? type = null) => ListOf(Of(new ObjectRule
    {
        Members =
        [
            new Member("id", new Shape { Noun = "a string", Text = new TextRule(TextKind.CallId) { Grammar = id } }).Required(),
            FunctionType(type),
            new Member("function", Of(new ObjectRule
            {
                Members =
                [
                    new Member("name", new Shape { Noun = "a string", Text = new TextRule(TextKind.CalledToolName) { Grammar = name } }).Required(),
                    new Member("arguments", new Shape { Noun = "a JSON text in a string", Text = new TextRule(TextKind.Arguments) { NotJson = badJson ?? Verdict.Advises() } }).Required(),
                ],
            })).Required(),
        ],
    })).Marking(TurnMarks.ToolCalls);

    private static Member FunctionType(Verdict? verdict) =>
        new("type", OneOf(verdict ?? Verdict.Rejects(), "function").Otherwise(verdict ?? Verdict.Rejects())) { Missing = verdict ?? Verdict.Rejects() };

    /// <summary>The declarations of tools.</summary>
    public static Shape Tools(bool everythingRequired = false, TextGrammar? name = null, Verdict? type = null)
    {
        var description = new Member("description", Word);
        var parameters = new Member("parameters", OpenObject);
        return ListOf(Of(new ObjectRule
        {
            Members =
            [
                FunctionType(type),
                new Member("function", Of(new ObjectRule
                {
                    Members =
                    [
                        new Member("name", new Shape { Noun = "a string", Text = new TextRule(TextKind.ToolName) { Grammar = name ?? FunctionName } }).Required(),
                        everythingRequired ? description.Required() : description,
                        everythingRequired ? parameters.Required() : parameters,
                        new Member("strict", TrueOrFalse.OrNull()),
                    ],
                })).Required(),
            ],
        }));
    }

    public static TextGrammar FunctionName { get; } = new(
        "a function name of 1 to 64 letters, digits, '_' and '-'",
        static utf8 => utf8.Length is > 0 and <= 64 && AllOf(utf8, static b => IsAlphanumeric(b) || b is (byte)'_' or (byte)'-'),
        Verdict.Rejects());

    public static bool AllOf(ReadOnlySpan<byte> utf8, Func<byte, bool> test)
    {
        foreach (var b in utf8)
        {
            if (!test(b))
            {
                return false;
            }
        }

        return true;
    }

    public static bool IsAlphanumeric(byte b) => b is >= (byte)'0' and <= (byte)'9' or >= (byte)'a' and <= (byte)'z' or >= (byte)'A' and <= (byte)'Z';
}
