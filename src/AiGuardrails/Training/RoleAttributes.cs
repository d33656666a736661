namespace AiGuardrails;

/// <summary>Marks what the model shall learn to say in answer to a prompt.</summary>
/// <remarks>
/// Where a target has messages, it is a message of the role <c>assistant</c>. A list of texts is an answer in steps, each
/// judged by an item of a list of <c>bool</c> that is marked <see cref="LabelAttribute"/> (<c>trl-stepwise</c>).
/// </remarks>
[AttributeUsage(AttributeTargets.Property, Inherited = false)]
public sealed class CompletionAttribute : Attribute
{
}

/// <summary>Marks a text that is a whole example, for targets that train on plain text. Such a record has no other role.</summary>
[AttributeUsage(AttributeTargets.Property, Inherited = false)]
public sealed class TextAttribute : Attribute
{
}

/// <summary>Marks the preferred of two answers. The other one is marked <see cref="RejectedAttribute"/>.</summary>
[AttributeUsage(AttributeTargets.Property, Inherited = false)]
public sealed class ChosenAttribute : Attribute
{
}

/// <summary>Marks the answer that is not preferred. The other one is marked <see cref="ChosenAttribute"/>.</summary>
[AttributeUsage(AttributeTargets.Property, Inherited = false)]
public sealed class RejectedAttribute : Attribute
{
}

/// <summary>Marks the label of an example.</summary>
/// <remarks>
/// A <c>bool</c> is a verdict on the answer (<c>trl-kto</c>, <c>sharegpt</c>); a list of <c>bool</c> has one for each step
/// (<c>trl-stepwise</c>). Anything else, such as a value of an enumeration, is a class that the model learns to name: the
/// answer itself.
/// </remarks>
[AttributeUsage(AttributeTargets.Property, Inherited = false)]
public sealed class LabelAttribute : Attribute
{
}

/// <summary>Marks a value that a grader compares the model's answer with (<c>openai-rft</c>, <c>azure-rft</c>, <c>gemini-rl</c>).</summary>
/// <remarks>
/// Numbers, true and false stay what they are in JSON, lists of simple values are lists, and all else is text; in
/// <c>gemini-rl</c> every value is text, and there are no lists.
/// </remarks>
[AttributeUsage(AttributeTargets.Property, Inherited = false)]
public sealed class GraderFieldAttribute : Attribute
{
    /// <summary>Initializes a new instance of the <see cref="GraderFieldAttribute"/> class, for a field named like the property, with a small first letter.</summary>
    public GraderFieldAttribute()
    {
    }

    /// <summary>Initializes a new instance of the <see cref="GraderFieldAttribute"/> class.</summary>
    /// <param name="name">The name that the grader knows: <c>reference_answer</c> for <c>{{ item.reference_answer }}</c>.</param>
    public GraderFieldAttribute(string name) => Name = name;

    /// <summary>Gets the name that the grader knows; null for that of the property, with a small first letter.</summary>
    public string? Name { get; }
}

/// <summary>Marks a call of a tool that the model shall learn to make.</summary>
/// <remarks>
/// The type of the property holds the arguments: a class, record or struct of simple values and lists of them, marked
/// <see cref="ToolAttribute"/>. Its declaration, with the JSON schema of the arguments, goes into every line. What the
/// tool gave back follows in a property marked <see cref="ToolResultAttribute"/>. Identifiers of calls are numbered.
/// </remarks>
[AttributeUsage(AttributeTargets.Property, Inherited = false)]
public sealed class ToolCallAttribute : Attribute
{
}

/// <summary>Marks what a tool gave back, behind the call that it answers: a text, a simple value, or an object, which is written as a JSON text.</summary>
[AttributeUsage(AttributeTargets.Property, Inherited = false)]
public sealed class ToolResultAttribute : Attribute
{
}

/// <summary>Marks a list of turns: of <see cref="ChatTurn"/>, in the order of the conversation.</summary>
/// <remarks>Other messages may stand before and after it. What a target says of the order of turns is checked for every record as it is written.</remarks>
[AttributeUsage(AttributeTargets.Property, Inherited = false)]
public sealed class ConversationAttribute : Attribute
{
    /// <summary>Initializes a new instance of the <see cref="ConversationAttribute"/> class.</summary>
    /// <param name="tools">The tools that turns may call: types marked <see cref="ToolAttribute"/>.</param>
    public ConversationAttribute(params Type[] tools) => Tools = tools;

    /// <summary>Gets the tools that turns may call.</summary>
    public IReadOnlyList<Type> Tools { get; }
}

/// <summary>Marks a type whose properties are the arguments of a tool.</summary>
/// <remarks>
/// An argument is called like its property, with a small first letter, or as <c>JsonPropertyName</c> says. It is required
/// unless the property may be null, and described by <c>System.ComponentModel.DescriptionAttribute</c>.
/// </remarks>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct, Inherited = false)]
public sealed class ToolAttribute : Attribute
{
    /// <summary>Initializes a new instance of the <see cref="ToolAttribute"/> class.</summary>
    /// <param name="name">The name that the model calls: 1 to 64 letters, digits, <c>_</c> and <c>-</c>.</param>
    /// <param name="description">What the tool does, for the model to read.</param>
    public ToolAttribute(string name, string description)
    {
        Name = name;
        Description = description;
    }

    /// <summary>Gets the name that the model calls.</summary>
    public string Name { get; }

    /// <summary>Gets what the tool does.</summary>
    public string Description { get; }
}
