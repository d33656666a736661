using AiGuardrails.Core.Json;
using AiGuardrails.Core.Text;

namespace AiGuardrails.Core.Training.Targets;

/// <summary>What a string of a record is to the training: who says it, and on which side of the example it stands.</summary>
internal enum TextKind
{
    /// <summary>No text of the example: an identifier, a type, an address.</summary>
    Other,

    /// <summary>The text of a message; its role says the rest.</summary>
    Message,

    /// <summary>Instructions beside the messages.</summary>
    System,

    /// <summary>What the model is given.</summary>
    Input,

    /// <summary>What the model learns to say.</summary>
    Target,

    /// <summary>What the model learns not to say.</summary>
    Rejected,

    /// <summary>What judges an answer: a label, a reference, a field of the grader.</summary>
    Label,

    /// <summary>The arguments of a tool call, as a JSON text.</summary>
    Arguments,

    /// <summary>The identifier of a tool call.</summary>
    CallId,

    /// <summary>The identifier of the call that a tool message answers.</summary>
    AnsweredCallId,

    /// <summary>The name of a tool, where it is declared.</summary>
    ToolName,

    /// <summary>The name of a tool, where it is called.</summary>
    CalledToolName,

    /// <summary>The address or the data of an image.</summary>
    Media,
}

/// <summary>Facts about a message that the order rules ask for.</summary>
[Flags]
internal enum TurnMarks
{
    None = 0,
    Content = 1,
    EmptyContent = 1 << 1,
    StringContent = 1 << 2,
    ListContent = 1 << 3,
    ToolCalls = 1 << 4,
    FunctionCall = 1 << 5,
    Refusal = 1 << 6,
    /// <summary>There is an image; each adds to the count of the message.</summary>
    Image = 1 << 7,
    Video = 1 << 8,
    File = 1 << 9,

    /// <summary>There is text that is not blank.</summary>
    Text = 1 << 10,

    /// <summary>There is text that is white space and no more: the checkers of some providers take it, and none takes it for text.</summary>
    BlankContent = 1 << 11,
}

/// <summary>The side of an example that a list of messages stands on.</summary>
internal enum Section
{
    /// <summary>Both: the last answer is what is learnt, the rest is what it answers.</summary>
    Conversation,
    Input,
    Target,
    Rejected,
}

/// <summary>
/// Which JSON values may stand in a place. Each kind of value has a rule of its own or is refused: a shape with a rule
/// for strings and one for lists takes either.
/// </summary>
internal sealed record Shape
{
    /// <summary>Gets what stands here, for "'x' is a number, not …".</summary>
    public required Sentence Noun { get; init; }

    public TextRule? Text { get; init; }

    public ListRule? List { get; init; }

    public ObjectRule? Object { get; init; }

    public NumberRule? Number { get; init; }

    public bool Boolean { get; init; }

    public bool Null { get; init; }

    /// <summary>Gets whether every value will do.</summary>
    public bool Anything { get; init; }

    /// <summary>Gets what a value that is not a string counts as.</summary>
    public TextKind Kind { get; init; }

    /// <summary>Gets what a value here, null apart, says about the message that it belongs to.</summary>
    public TurnMarks Marks { get; init; }

    /// <summary>Gets what the provider makes of a value of another kind.</summary>
    public Verdict WrongType { get; init; } = Verdict.Rejects();

    /// <summary>Gets what the provider makes of true and false here, where that differs from <see cref="WrongType"/>.</summary>
    public Verdict? WrongBoolean { get; init; }

    public Shape OrNull() => this with { Null = true };

    public Shape Marking(TurnMarks marks) => this with { Marks = Marks | marks };

    public Shape Otherwise(Verdict verdict) => this with { WrongType = verdict };
}

/// <summary>A rule for strings.</summary>
internal sealed record TextRule(TextKind Kind)
{
    /// <summary>Gets the only values allowed; none allows all.</summary>
    public byte[][] Values { get; init; } = [];

    public Verdict WrongValue { get; init; } = Verdict.Rejects();

    /// <summary>Gets what the provider makes of text that is empty; null where it takes it. White space alone is at most advised against: it passes their checks.</summary>
    public Verdict? Empty { get; init; }

    /// <summary>Gets a grammar that the text has to match, and its description for "is not …".</summary>
    public TextGrammar? Grammar { get; init; }

    /// <summary>Gets words that the text must not hold.</summary>
    public byte[][] Reserved { get; init; } = [];

    public Verdict HasReserved { get; init; } = Verdict.Rejects();

    /// <summary>Gets whether the text has to be JSON itself.</summary>
    public Verdict? NotJson { get; init; }
}

internal delegate bool TextTest(ReadOnlySpan<byte> utf8);

internal sealed record TextGrammar(Sentence Noun, TextTest Test, Verdict Verdict);

/// <summary>A rule for lists.</summary>
internal sealed record ListRule(Shape Item)
{
    public int Min { get; init; }

    public int Max { get; init; } = int.MaxValue;

    public Verdict TooFew { get; init; } = Verdict.Rejects();

    public Verdict TooMany { get; init; } = Verdict.Rejects();

    /// <summary>Gets whether the items are answers of which the first is to be preferred.</summary>
    public bool AreAlternatives { get; init; }

    /// <summary>Gets the rules of order, where the items are messages; else null.</summary>
    public TurnRule[]? Turns { get; init; }

    public Section Section { get; init; }
}

/// <summary>A rule for numbers.</summary>
internal sealed record NumberRule
{
    /// <summary>Gets whether the number is the JSON integer 0 or 1: one digit.</summary>
    public bool ZeroOrOne { get; init; }

    public Verdict Wrong { get; init; } = Verdict.Rejects();
}

/// <summary>What kind of object this is to the rules about messages.</summary>
internal enum ObjectKind
{
    Plain,
    Message,
}

/// <summary>A rule for objects: its members, what else it may have, and the variants among which one member, the tag, chooses.</summary>
internal sealed class ObjectRule
{
    public required Member[] Members { get; init; }

    public ObjectKind Kind { get; init; }

    /// <summary>Gets the member whose value says which variant this is; null where there are none.</summary>
    public string? Tag { get; init; }

    public Verdict TagMissing { get; init; } = Verdict.Rejects();

    public Verdict TagUnknown { get; init; } = Verdict.Rejects();

    public Variant[] Variants { get; init; } = [];

    /// <summary>Gets what the provider makes of members that are not listed; null where it takes them.</summary>
    public Verdict? Unknown { get; init; }

    /// <summary>Gets what members that are not listed count as.</summary>
    public TextKind UnknownKind { get; init; }

    /// <summary>Gets what the provider makes of a record without any member beyond the listed ones; null where it is fine.</summary>
    public Verdict? UnknownMissing { get; init; }

    /// <summary>Gets groups of members, of each of which there must be one.</summary>
    public Choice[] Choices { get; init; } = [];

    /// <summary>Gets pairs of lists that must be equally long.</summary>
    public (string One, string Other)? SameLength { get; init; }

    /// <summary>Gets the list of messages that come in pairs, unless the other member holds the last answer.</summary>
    public (string List, string Unless, Verdict Verdict)? Pairs { get; init; }

    private ulong[]? _variantMembers;
    private ulong[]? _choiceMembers;

    /// <summary>Finds a member by its name; -1 where there is none.</summary>
    public int IndexOf(ref JsonUtf8Reader reader)
    {
        for (var i = 0; i < Members.Length; i++)
        {
            if (reader.ValueEquals(Members[i].Utf8))
            {
                return i;
            }
        }

        return -1;
    }

    /// <summary>Gets the members of a variant as a set of bits.</summary>
    public ulong MembersOf(int variant)
    {
        _variantMembers ??= [.. Variants.Select(each => BitsOf(each.Members) | BitsOf(each.Required) | BitOf(Tag!))];
        return _variantMembers[variant];
    }

    /// <summary>Gets the members of a choice as a set of bits.</summary>
    public ulong MembersOfChoice(int choice)
    {
        _choiceMembers ??= [.. Choices.Select(each => BitsOf(each.Members))];
        return _choiceMembers[choice];
    }

    public ulong BitOf(string name)
    {
        for (var i = 0; i < Members.Length; i++)
        {
            if (string.Equals(Members[i].Name, name, StringComparison.Ordinal))
            {
                return 1UL << i;
            }
        }

        return 0;
    }

    private ulong BitsOf(string[] names) => names.Aggregate(0UL, (bits, name) => bits | BitOf(name));
}

/// <summary>A member of an object.</summary>
internal sealed record Member(string Name, Shape Shape)
{
    public byte[] Utf8 { get; } = Json.Utf8.GetBytes(Name);

    /// <summary>Gets what the provider makes of its absence; null where it is optional.</summary>
    public Verdict? Missing { get; init; }

    /// <summary>Gets what the provider makes of its presence; null where it is welcome.</summary>
    public Verdict? Present { get; init; }

    public Member Required(string? words = null) => this with { Missing = Verdict.Rejects(words) };

    public Member Advised(string? words = null) => this with { Missing = Verdict.Advises(words) };

    public Member Discouraged(string? words = null) => this with { Present = Verdict.Advises(words) };
}

/// <summary>One of the forms that an object takes, chosen by the value of its tag.</summary>
internal sealed record Variant(string Name)
{
    public byte[] Utf8 { get; } = Json.Utf8.GetBytes(Name);

    /// <summary>Gets the role, where the object is a message.</summary>
    public TurnRole Role { get; init; }

    /// <summary>Gets the members that it must have, beside the tag.</summary>
    public string[] Required { get; init; } = [];

    /// <summary>Gets the members that it may have; the required ones and the tag included.</summary>
    public string[] Members { get; init; } = [];

    public Verdict MemberMissing { get; init; } = Verdict.Rejects();

    /// <summary>Gets what the provider makes of members of other variants.</summary>
    public Verdict? MemberOfAnother { get; init; } = Verdict.Advises();

    /// <summary>Gets what the provider makes of this variant as such; null where it is welcome.</summary>
    public Verdict? Discouraged { get; init; }
}

/// <summary>Members of which one must be there, and only one if <see cref="OnlyOne"/> is set.</summary>
internal sealed record Choice(string[] Members, Verdict None, Verdict? Several = null)
{
    public bool OnlyOne => Several is not null;
}
