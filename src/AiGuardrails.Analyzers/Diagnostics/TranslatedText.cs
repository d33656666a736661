using System.Globalization;
using Microsoft.CodeAnalysis;

namespace AiGuardrails.Analyzers.Diagnostics;

/// <summary>A text of a descriptor: English in the table, and in the reader's language when the compiler or the editor shows it.</summary>
internal sealed class TranslatedText(string english) : LocalizableString
{
    /// <inheritdoc/>
    protected override string GetText(IFormatProvider? formatProvider) => Translations.Of(english, Translations.CultureOf(formatProvider));

    /// <inheritdoc/>
    protected override int GetHash() => StringComparer.Ordinal.GetHashCode(english);

    /// <inheritdoc/>
    protected override bool AreEqual(object? other) => other is TranslatedText text && string.Equals(text.ToString(CultureInfo.InvariantCulture), english, StringComparison.Ordinal);
}
