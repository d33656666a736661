using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Text;
using AiGuardrails.CompilerServices;

namespace AiGuardrails;

/// <summary>
/// Instructions to a model, written as an interpolated string. Only closed values fit into its holes: text of others
/// does not compile, in any editor and without an analyzer.
/// </summary>
/// <remarks>It needs C# 10, which brought handlers of interpolated strings; an older compiler refuses the call.</remarks>
/// <example><code>new SystemChatMessage(Instructions.Of($"You triage {line}, with {labels.Length} labels."))</code></example>
[InterpolatedStringHandler]
public sealed class InstructionText
{
    private const string OpenText = "Open text must not stand in instructions, where the model takes it for an order; put it into a user message, fenced by a [Prompt] template";

    private readonly StringBuilder _text;

    /// <summary>Initializes a new instance of the <see cref="InstructionText"/> class. The compiler calls it.</summary>
    /// <param name="literalLength">How many characters are fixed.</param>
    /// <param name="formattedCount">How many holes there are.</param>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public InstructionText(int literalLength, int formattedCount) => _text = new StringBuilder(literalLength + (formattedCount * 16));

    /// <summary>Appends fixed text.</summary>
    /// <param name="value">The text.</param>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public void AppendLiteral(string value) => _text.Append(value);

    /// <summary>Appends the name of a value of an enumeration.</summary>
    /// <typeparam name="T">The enumeration.</typeparam>
    /// <param name="value">The value.</param>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public void AppendFormatted<T>(T value)
        where T : struct, Enum => Append(value, format: null);

    /// <summary>Appends other instructions.</summary>
    /// <param name="value">The instructions.</param>
    /// <exception cref="ArgumentNullException"><paramref name="value"/> is null.</exception>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public void AppendFormatted(InstructionText value) => _text.Append((value ?? throw new ArgumentNullException(nameof(value)))._text);

    /// <summary>Appends <c>true</c> or <c>false</c>.</summary>
    /// <param name="value">The value.</param>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public void AppendFormatted(bool value) => Append(value, format: null);

    /// <summary>Appends a number.</summary>
    /// <param name="value">The number.</param>
    /// <param name="format">The format, if any.</param>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public void AppendFormatted(int value, string? format = null) => Append(value, format);

    /// <inheritdoc cref="AppendFormatted(int, string?)"/>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public void AppendFormatted(uint value, string? format = null) => Append(value, format);

    /// <inheritdoc cref="AppendFormatted(int, string?)"/>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public void AppendFormatted(long value, string? format = null) => Append(value, format);

    /// <inheritdoc cref="AppendFormatted(int, string?)"/>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public void AppendFormatted(ulong value, string? format = null) => Append(value, format);

    /// <inheritdoc cref="AppendFormatted(int, string?)"/>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public void AppendFormatted(double value, string? format = null) => Append(value, format);

    /// <inheritdoc cref="AppendFormatted(int, string?)"/>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public void AppendFormatted(decimal value, string? format = null) => Append(value, format);

    /// <summary>Appends an identifier.</summary>
    /// <param name="value">The identifier.</param>
    /// <param name="format">The format, if any.</param>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public void AppendFormatted(Guid value, string? format = null) => Append(value, format);

    /// <summary>Appends a date or a time.</summary>
    /// <param name="value">The date or the time.</param>
    /// <param name="format">The format, if any.</param>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public void AppendFormatted(DateTime value, string? format = null) => Append(value, format);

    /// <inheritdoc cref="AppendFormatted(DateTime, string?)"/>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public void AppendFormatted(DateTimeOffset value, string? format = null) => Append(value, format);

    /// <inheritdoc cref="AppendFormatted(DateTime, string?)"/>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public void AppendFormatted(TimeSpan value, string? format = null) => Append(value, format);

#if NET
    /// <inheritdoc cref="AppendFormatted(DateTime, string?)"/>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public void AppendFormatted(DateOnly value, string? format = null) => Append(value, format);

    /// <inheritdoc cref="AppendFormatted(DateTime, string?)"/>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public void AppendFormatted(TimeOnly value, string? format = null) => Append(value, format);
#endif

    /// <summary>Refuses text: the compiler reports every use.</summary>
    /// <param name="value">The text.</param>
    /// <param name="alignment">The alignment.</param>
    /// <param name="format">The format.</param>
    [Obsolete(OpenText, error: true)]
    [EditorBrowsable(EditorBrowsableState.Never)]
    public void AppendFormatted(string? value, int alignment = 0, string? format = null) => throw new NotSupportedException(OpenText);

    /// <summary>Refuses characters, which would add up to text: the compiler reports every use.</summary>
    /// <param name="value">The character.</param>
    [Obsolete(OpenText, error: true)]
    [EditorBrowsable(EditorBrowsableState.Never)]
    public void AppendFormatted(char value) => throw new NotSupportedException(OpenText);

    /// <summary>Gets the instructions as text.</summary>
    /// <returns>The text.</returns>
    public override string ToString() => _text.ToString();

    private void Append(object value, string? format) => _text.Append(ClosedText.Of(value, format));
}

/// <summary>Instructions that are built where they are used.</summary>
public static class Instructions
{
    /// <summary>Builds instructions from an interpolated string that holds closed values only.</summary>
    /// <param name="text">The interpolated string: <c>$"You triage {line}."</c>.</param>
    /// <returns>The text.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="text"/> is null.</exception>
    public static string Of(InstructionText text) => (text ?? throw new ArgumentNullException(nameof(text))).ToString();
}
