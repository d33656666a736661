using AiGuardrails.CompilerServices;
using Microsoft.CodeAnalysis;

namespace AiGuardrails.Generators.TrainingRecords;

/// <summary>Which attribute gives a property which role.</summary>
internal static class TrainingRoles
{
    private static readonly (string Attribute, TrainingRole Role)[] s_roles =
    [
        ("SystemMessage", TrainingRole.System),
        ("UserMessage", TrainingRole.User),
        ("AssistantMessage", TrainingRole.Assistant),
        ("ToolCall", TrainingRole.ToolCall),
        ("ToolResult", TrainingRole.ToolResult),
        ("Conversation", TrainingRole.Conversation),
        ("Prompt", TrainingRole.Prompt),
        ("Completion", TrainingRole.Completion),
        ("Text", TrainingRole.Text),
        ("Chosen", TrainingRole.Chosen),
        ("Rejected", TrainingRole.Rejected),
        ("Label", TrainingRole.Label),
        ("GraderField", TrainingRole.GraderField),
    ];

    public static string NameOf(TrainingRole role) => Array.Find(s_roles, known => known.Role == role).Attribute;

    public static TrainingRole? Of(AttributeData attribute)
    {
        foreach (var (name, role) in s_roles)
        {
            if (attribute.AttributeClass is { } type && type.Name.Length == name.Length + "Attribute".Length && type.Name.StartsWith(name, StringComparison.Ordinal) && MarkedTypeParser.IsOurs(type, type.Name))
            {
                return role;
            }
        }

        return null;
    }
}
