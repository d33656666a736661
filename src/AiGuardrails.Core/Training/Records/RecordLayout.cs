namespace AiGuardrails.Core.Training.Records;

/// <summary>What an example shows a model: each target takes one of these, or a few.</summary>
internal enum RecordForm
{
    /// <summary>A conversation, or a prompt with its completion.</summary>
    Chat,

    /// <summary>Two answers, of which one is better.</summary>
    Preference,

    /// <summary>Questions, and what a grader compares the answers with.</summary>
    Reinforcement,

    /// <summary>An answer with a verdict on it.</summary>
    Judged,

    /// <summary>The steps of an answer with a verdict on each.</summary>
    Steps,

    /// <summary>One text.</summary>
    Text,
}

/// <summary>How a target writes the calls of tools; most take none, or in a way that is not published.</summary>
internal enum ToolForm
{
    None,

    /// <summary>Arguments as JSON in a string; a result names the call.</summary>
    OpenAI,

    /// <summary>The same, and every identifier has exactly nine letters and digits.</summary>
    Mistral,

    /// <summary>Arguments as an object; a result names the tool.</summary>
    Trl,
}

/// <summary>How a target writes images in the messages of a user.</summary>
internal enum ImageForm
{
    None,

    /// <summary>An address in an object.</summary>
    OpenAI,

    /// <summary>An address as it is.</summary>
    Mistral,
}

/// <summary>A place for one value: what stands before it and after it, quotation marks included.</summary>
internal sealed record LayoutSlot(MessageKind Kind, string Open, string Close);

/// <summary>
/// A piece of a line: one value, or a list of values. The pieces of a line stand in the order in which a record is
/// written, with a comma between them.
/// </summary>
internal sealed record LayoutPart(string Prefix, string Suffix, params LayoutSlot[] Slots)
{
    /// <summary>Gets whether it takes any number of values.</summary>
    public bool IsList { get; init; }

    /// <summary>Gets what follows the declarations of tools, which stand behind the suffix.</summary>
    public string Tail { get; init; } = "";

    /// <summary>Gets whether tools are declared behind the suffix.</summary>
    public bool HoldsTools { get; init; }

    /// <summary>Gets the list of messages in the description of the target, whose rules of order hold here.</summary>
    public string[] Rules { get; init; } = [];

    /// <summary>Gets whether the values are members of an object, each under a name of its own.</summary>
    public bool IsFields { get; init; }

    public LayoutSlot? SlotOf(MessageKind kind) => Array.Find(Slots, slot => slot.Kind == kind);
}

/// <summary>
/// The fixed text of a line: all that stands between the values of a record. What is written and what is read back both
/// come from this one table.
/// </summary>
internal sealed record RecordLayout(TrainingTarget Target, RecordForm Form, params LayoutPart[] Parts)
{
    /// <summary>Gets whether an answer can be marked as context only, and as trained on.</summary>
    public bool HasWeights { get; init; }

    /// <summary>Gets what a line begins with: a brace, and what is the same in every line.</summary>
    public string Start { get; init; } = "{";

    public ToolForm Tools { get; init; }

    public ImageForm Images { get; init; }

    /// <summary>Gets what no text may hold.</summary>
    public string[] Reserved { get; init; } = [];

    /// <summary>Gets the members that a line may have as well, as long as they are null or empty: they say nothing that could be lost.</summary>
    public string[] EmptyMembers { get; init; } = [];

    /// <summary>Gets what the instructions are to the rules of order.</summary>
    public bool InstructsAsDeveloper { get; init; }

    /// <summary>Gets whether the last answer stands apart from the messages, which are then context only.</summary>
    public bool AnswerIsApart => PartOf(MessageKind.Answer) >= 0;

    /// <summary>Finds the part that takes values of a kind; -1 where the target has no place for them.</summary>
    public int PartOf(MessageKind kind) => Array.FindIndex(Parts, part => part.SlotOf(kind) is not null);
}
