using System.ComponentModel;
using System.Runtime.InteropServices;

namespace AiGuardrails.CompilerServices;

/// <summary>The texts of the members of a record that is being read. For generated code.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
[StructLayout(LayoutKind.Auto)]
#pragma warning disable CA1815 // Lives for one call; nobody compares it.
public readonly struct TrainingRecordValues
#pragma warning restore CA1815
{
    private readonly string?[] _texts;

    internal TrainingRecordValues(string?[] texts) => _texts = texts;

    /// <summary>Gets the text of a member that every record has.</summary>
    /// <param name="member">The index of the member.</param>
    /// <returns>The text.</returns>
    public string Text(int member) => _texts[member]!;

    /// <summary>Gets the text of a member that a record may lack.</summary>
    /// <param name="member">The index of the member.</param>
    /// <returns>The text, or null.</returns>
    public string? OptionalText(int member) => _texts[member];
}
