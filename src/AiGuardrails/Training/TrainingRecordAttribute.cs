namespace AiGuardrails;

/// <summary>
/// Marks a partial class, record or struct as one training example. A writer and a reader are generated for it, and
/// with them <see cref="ITrainingRecord{TSelf}"/>, which <see cref="TrainingFile"/> asks for.
/// </summary>
/// <remarks>
/// <para>
/// What a property is to the example is said by its role. A conversation has <see cref="SystemMessageAttribute"/>,
/// <see cref="UserMessageAttribute"/>, <see cref="AssistantMessageAttribute"/>, <see cref="ToolCallAttribute"/>,
/// <see cref="ToolResultAttribute"/> and <see cref="ConversationAttribute"/>, in the order in which they are declared,
/// those of base types first; a text with its continuation <see cref="PromptAttribute"/> and
/// <see cref="CompletionAttribute"/>; plain text <see cref="TextAttribute"/>; a preference <see cref="ChosenAttribute"/>
/// and <see cref="RejectedAttribute"/> beside what they answer; a judged answer <see cref="LabelAttribute"/>; a question
/// for reinforcement <see cref="GraderFieldAttribute"/>. Properties without a role are not written.
/// </para>
/// <para>
/// A property is a <c>string</c> or a simple value, which is written as text: a number, <c>bool</c>, <c>Guid</c>, date,
/// time, or a value of an enumeration (as its name, or as <c>EnumMember</c> says). One that may be null is left out of the
/// examples where it is. A static property is the same in every example, and a file read back must hold it.
/// </para>
/// <para>
/// One record is written to every target that can express it. Rule AIG9013 reports every declaration for which nothing can
/// be generated, and every target asked for that cannot express the record, and says what stands in the way.
/// </para>
/// </remarks>
/// <example>
/// <code>
/// [TrainingRecord("openai-chat", "bedrock-haiku")]
/// public sealed partial record SupportExample
/// {
///     [SystemMessage] public static string Persona =&gt; "You are a customer support agent for Acme Corp.";
///     [UserMessage] public required string Question { get; init; }
///     [AssistantMessage] public required string Answer { get; init; }
/// }
/// </code>
/// </example>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct, Inherited = false)]
public sealed class TrainingRecordAttribute : Attribute
{
    /// <summary>Initializes a new instance of the <see cref="TrainingRecordAttribute"/> class.</summary>
    /// <param name="targets">
    /// The names of the targets that the record must be able to go to, such as <c>openai-chat</c>; the build says so if one
    /// of them cannot express it. None asks for any one.
    /// </param>
    public TrainingRecordAttribute(params string[] targets) => Targets = targets;

    /// <summary>Gets the names of the targets that the record must be able to go to.</summary>
    public IReadOnlyList<string> Targets { get; }
}
