namespace AiGuardrails;

/// <summary>Marks the text of a training record that instructs the model: a message of the role <c>system</c>.</summary>
/// <remarks>On a property of type <c>string</c> or a simple value, instance or static; see <see cref="TrainingRecordAttribute"/>.</remarks>
[AttributeUsage(AttributeTargets.Property, Inherited = false)]
public sealed class SystemMessageAttribute : Attribute
{
}

/// <summary>Marks the text of a training record that the user says: a message of the role <c>user</c>.</summary>
/// <remarks>On a property of type <c>string</c> or a simple value, instance or static; see <see cref="TrainingRecordAttribute"/>.</remarks>
[AttributeUsage(AttributeTargets.Property, Inherited = false)]
public sealed class UserMessageAttribute : Attribute
{
}

/// <summary>Marks the text of a training record that the model shall learn to say: a message of the role <c>assistant</c>.</summary>
/// <remarks>On a property of type <c>string</c> or a simple value, instance or static; see <see cref="TrainingRecordAttribute"/>.</remarks>
[AttributeUsage(AttributeTargets.Property, Inherited = false)]
public sealed class AssistantMessageAttribute : Attribute
{
    /// <summary>
    /// Gets or sets whether the message is trained on: 1, or 0 for an answer that is context only. Where it is not set,
    /// no weight is written, and the provider trains on the message. Any other value is an error of rule AIG9013.
    /// Source: OpenAI API specification, <c>FineTuneChatRequestInput</c>, 2025-07-04.
    /// </summary>
    public int Weight { get; set; } = 1;
}
