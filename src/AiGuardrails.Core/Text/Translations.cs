using System.Globalization;
using System.Resources;

namespace AiGuardrails.Core.Text;

/// <summary>
/// What people read, in their language. The English words stand in the code and are the key; every other language is a
/// <c>Translations.*.resx</c> beside this file. What is not there stays English.
/// </summary>
internal static class Translations
{
    private static readonly ResourceManager s_table = new(typeof(Translations));

    /// <summary>Gets the culture that words are to be in: the one asked for, or where none is, that of the user interface.</summary>
    public static CultureInfo CultureOf(IFormatProvider? formatProvider) =>
#pragma warning disable RS0030 // As the framework's own localised texts do. What is found does not depend on it, only what it is called.
        formatProvider is null ? CultureInfo.CurrentUICulture : formatProvider as CultureInfo ?? CultureInfo.InvariantCulture;
#pragma warning restore RS0030

    /// <summary>Gets words in the language of a culture.</summary>
    public static string Of(string english, CultureInfo culture) =>
        english.Length == 0 || IsEnglish(culture) ? english : s_table.GetString(english, culture) ?? english;

    private static bool IsEnglish(CultureInfo culture) =>
        culture.Name.Length == 0 || string.Equals(culture.TwoLetterISOLanguageName, "en", StringComparison.Ordinal);
}
