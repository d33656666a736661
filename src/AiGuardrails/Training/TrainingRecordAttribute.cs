namespace AiGuardrails;

/// <summary>
/// Marks a partial class, record or struct as one training example. A writer and a reader are generated for it, and
/// with them <see cref="ITrainingRecord{TSelf}"/>, which <see cref="TrainingFile"/> asks for.
/// </summary>
/// <remarks>
/// <para>
/// The messages of an example are the properties marked <see cref="SystemMessageAttribute"/>,
/// <see cref="UserMessageAttribute"/> and <see cref="AssistantMessageAttribute"/>, in the order in which they are
/// declared, those of base types first. Properties without a role are not written.
/// </para>
/// <para>
/// A property of type <c>string</c> is a message of every example; one of type <c>string?</c> is left out of the
/// examples where it is null. A static property is the same text in every example, and a file read back must hold it.
/// At least one user and one assistant message must be of type <c>string</c>.
/// </para>
/// <para>Rule AIG9013 reports every declaration for which nothing can be generated, and says what stands in the way.</para>
/// </remarks>
/// <example>
/// <code>
/// [TrainingRecord]
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
}
