namespace AiGuardrails;

/// <summary>
/// Marks a partial class or record as a prompt. Its members are the inputs, its blocks the text; the code that renders
/// it is generated, and a template that does not fit its inputs does not compile.
/// </summary>
/// <remarks>
/// <para>
/// The text stands in <see cref="BlockAttribute"/> constants or in the prompt file that <see cref="File"/> names.
/// <c>{Name}</c> places the member of that name; <c>{{</c> and <c>}}</c> are braces that are text.
/// </para>
/// <para>
/// Enumerations, numbers, <c>bool</c>, <c>Guid</c>, dates and times are closed and may stand in any block. <c>string</c>,
/// <c>object</c>, <see cref="Passage"/> and collections of text are open: they are cleaned of hidden characters, fenced,
/// and allowed in user blocks only (rule AIG8003). See <see cref="SlotAttribute"/> for limits and for the one way out.
/// </para>
/// <para>
/// On a property of a training record, without arguments, it marks what the model is given as one text: the prompt of a
/// completion or of two answers. Where a target has messages, that is a message of the role <c>user</c>. A record has one
/// prompt at most; see <see cref="TrainingRecordAttribute"/>.
/// </para>
/// </remarks>
/// <example>
/// <code>
/// [Prompt("warranty/triage", Version = 3)]
/// [Block(BlockRole.System, "You route warranty claims for one appliance line: {Line}.")]
/// [Block(BlockRole.User, "{Complaint}")]
/// public sealed partial record WarrantyTriage
/// {
///     public required ApplianceLine Line { get; init; }
///
///     [Slot(MaxTokens = 900, Overflow = Overflow.KeepStart, Label = "customer")]
///     public required string Complaint { get; init; }
/// }
/// </code>
/// </example>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Property, Inherited = false)]
public sealed class PromptAttribute : Attribute
{
    /// <summary>Initializes a new instance of the <see cref="PromptAttribute"/> class, for a property of a training record.</summary>
    public PromptAttribute()
        : this("")
    {
    }

    /// <summary>Initializes a new instance of the <see cref="PromptAttribute"/> class, for a type that is a prompt.</summary>
    /// <param name="id">What the prompt is called in logs, such as <c>warranty/triage</c>.</param>
    public PromptAttribute(string id) => Id = id;

    /// <summary>Gets what the prompt is called; empty for a property of a training record.</summary>
    public string Id { get; }

    /// <summary>Gets or sets the version of its text; 1 where it is not set.</summary>
    public int Version { get; set; } = 1;

    /// <summary>Gets or sets the prompt file that holds the text, relative to the source file or to the project, such as <c>triage.prompt.md</c>.</summary>
    public string? File { get; set; }

    /// <summary>Gets or sets the type of the answer. A JSON schema and <c>TryRead</c> are generated from it.</summary>
    public Type? Output { get; set; }

    /// <summary>Gets or sets how many tokens the rendered prompt may have, as estimated; rendering throws beyond it. 0 for no limit.</summary>
    public int MaxPromptTokens { get; set; }

    /// <summary>Gets or sets the cap on the tokens of the answer, which the generated options carry; 0 for none.</summary>
    public int MaxOutputTokens { get; set; }
}

/// <summary>One message of a prompt: who says it, and its text.</summary>
/// <param name="role">Who says it.</param>
/// <param name="text">The text, a constant, with placeholders in braces.</param>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class BlockAttribute(BlockRole role, string text) : Attribute
{
    /// <summary>Gets who says it.</summary>
    public BlockRole Role { get; } = role;

    /// <summary>Gets the text.</summary>
    public string Text { get; } = text;
}

/// <summary>What happens where an input has more tokens than its slot may have.</summary>
public enum Overflow
{
    /// <summary>Rendering throws a <see cref="PromptException"/>.</summary>
    Fail,

    /// <summary>The beginning of a text is kept.</summary>
    KeepStart,

    /// <summary>The end of a text is kept.</summary>
    KeepEnd,

    /// <summary>The last items of a list are left out.</summary>
    DropLast,
}

/// <summary>Says how an input is placed.</summary>
[AttributeUsage(AttributeTargets.Property, Inherited = false)]
public sealed class SlotAttribute : Attribute
{
    /// <summary>Gets or sets how many tokens the input may have, by the upper end of the estimate; 0 for no limit.</summary>
    public int MaxTokens { get; set; }

    /// <summary>Gets or sets what happens beyond <see cref="MaxTokens"/>.</summary>
    public Overflow Overflow { get; set; }

    /// <summary>Gets or sets the word on the fence around open text; the name of the member where it is not set.</summary>
    public string? Label { get; set; }

    /// <summary>
    /// Gets or sets the reason why open text may stand in any block and without a fence. It is the one way past rule
    /// AIG8003; the text is cleaned all the same, and has at most <see cref="MaxTokens"/> tokens, 500 where none are set.
    /// </summary>
    public string? TrustedBecause { get; set; }
}

/// <summary>Marks a static method without parameters that returns the examples of a prompt: <c>IEnumerable&lt;Shot&lt;TPrompt, TAnswer&gt;&gt;</c>.</summary>
/// <remarks>Each becomes a user message and the answer to it, as the JSON that the schema of the answer asks for.</remarks>
[AttributeUsage(AttributeTargets.Method, Inherited = false)]
public sealed class ExamplesAttribute : Attribute
{
}
