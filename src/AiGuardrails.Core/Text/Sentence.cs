using System.ComponentModel;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;

namespace AiGuardrails.Core.Text;

/// <summary>
/// A text for people, put into words when it is shown: whoever finds something does not know the language of the one who
/// reads it. The English words are the key to the others; see <see cref="Translations"/>.
/// </summary>
/// <remarks>
/// Where a sentence is expected, a constant or an interpolated string becomes one. As an argument of a message it gets the
/// culture of the reader, because <see cref="string.Format(IFormatProvider, string, object[])"/> hands it on. Its own
/// arguments may be sentences; numbers look the same in every language.
/// </remarks>
[InterpolatedStringHandler]
internal sealed class Sentence : IFormattable, IEquatable<Sentence>
{
    private readonly StringBuilder? _format;
    private readonly object?[] _arguments;
    private string? _words;
    private int _count;
    private bool _isAtStart;

    /// <summary>For the compiler, which makes a sentence of an interpolated string.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public Sentence(int literalLength, int formattedCount)
    {
        _format = new StringBuilder(literalLength + (formattedCount * 3));
        _arguments = formattedCount == 0 ? [] : new object?[formattedCount];
    }

    private Sentence(string words, object?[] arguments)
    {
        _words = words;
        _arguments = arguments;
    }

    /// <summary>Gets the sentence as it begins a message: with a capital, where the language has them.</summary>
    public Sentence AtStart => new("{0}", [this]) { _isAtStart = true };

    /// <summary>Gets the sentence in English: for files, for exceptions, and for all that programs read.</summary>
    public string English => ToString(null, CultureInfo.InvariantCulture);

    private string Words => _words ??= _format!.ToString();

    /// <summary>Makes a sentence of words alone, in which braces are braces.</summary>
    public static implicit operator Sentence([Words] string words) => new(words, []);

    /// <summary>Makes a sentence where the compiler cannot see that one is expected.</summary>
    public static Sentence Of(Sentence sentence) => sentence;

    /// <summary>Makes a sentence of a composite format and its arguments.</summary>
    public static Sentence Of([Words] string format, params object?[] arguments) => new(format, arguments);

    /// <summary>Shortens what somebody wrote so that it can stand in a message.</summary>
    public static string Shown(string text) => text.Length <= 40 ? text : $"{text.Substring(0, 40)}…";

    /// <summary>Makes a list of which all holds: <c>a, b and c</c>.</summary>
    public static Sentence All(IEnumerable<object> items) => List("{0} and {1}", items);

    /// <summary>Makes a list of which one holds: <c>a, b or c</c>.</summary>
    public static Sentence Any(IEnumerable<object> items) => List("{0} or {1}", items);

    /// <summary>Makes a list without an end: <c>a, b, c</c>.</summary>
    public static Sentence Some(IEnumerable<object> items) => List("{0}, {1}", items);

    /// <summary>For the compiler: words of an interpolated string.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public void AppendLiteral(string value) =>
        // A brace that is text stands twice in a composite format; words without arguments are none.
        _format!.Append(_arguments.Length == 0 ? value : value.Replace("{", "{{").Replace("}", "}}"));

    /// <summary>For the compiler: a hole of an interpolated string.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public void AppendFormatted(object? value, string? format = null)
    {
        _format!.Append('{').Append(_count.ToString(CultureInfo.InvariantCulture)).Append(format is null ? "" : ":").Append(format).Append('}');
        _arguments[_count++] = value;
    }

    /// <inheritdoc cref="English"/>
    public override string ToString() => English;

    /// <summary>Puts the sentence into the language of a culture; without one, into that of the user interface.</summary>
    public string ToString(string? format, IFormatProvider? formatProvider)
    {
        var culture = Translations.CultureOf(formatProvider);
        var words = Translations.Of(Words, culture);
        if (_arguments.Length == 0)
        {
            return words;
        }

        var arguments = new object?[_arguments.Length];
        for (var i = 0; i < arguments.Length; i++)
        {
            arguments[i] = _arguments[i] is Sentence sentence ? sentence.ToString(null, culture) : _arguments[i];
        }

        var text = string.Format(CultureInfo.InvariantCulture, words, arguments);
        return _isAtStart && text.Length > 0 ? char.ToUpperInvariant(text[0]) + text.Substring(1) : text;
    }

    /// <summary>Whether both say the same, however they were put together.</summary>
    public bool Equals(Sentence? other) => other is not null && string.Equals(English, other.English, StringComparison.Ordinal);

    public override bool Equals(object? obj) => Equals(obj as Sentence);

    public override int GetHashCode() => StringComparer.Ordinal.GetHashCode(English);

    private static Sentence List([Words] string last, IEnumerable<object> items)
    {
        var all = items.ToArray();
        if (all.Length == 0)
        {
            return "";
        }

        var list = all[0] as Sentence ?? Of("{0}", all[0]);
        for (var i = 1; i < all.Length; i++)
        {
            list = i == all.Length - 1 ? Of(last, list, all[i]) : Of("{0}, {1}", list, all[i]);
        }

        return list;
    }
}
