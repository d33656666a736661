using System.Globalization;
using AiGuardrails.Core.Json;
using AiGuardrails.Core.Text;

namespace AiGuardrails.Core.Models;

/// <content>The values of members.</content>
internal ref partial struct ModelCatalogueParser
{
    private const int MaxTextLength = 512;

    private string? Text(string name, bool orNull = false)
    {
        if (!StartText(name, orNull, "a text", "a text or null") || _reader.TokenType == JsonTokenType.Null || _reader.Text() is not { } text)
        {
            return null;
        }

        if (text.Trim().Length == 0 || text.Length > MaxTextLength)
        {
            _reader.Fail(_reader.TokenStart, text.Length > MaxTextLength ? Sentence.Of($"'{name}' has more than {MaxTextLength} characters") : Sentence.Of($"'{name}' is empty"));
            return null;
        }

        return text;
    }

    private string? Choice(string name, string first, string second)
    {
        var text = Text(name);
        if (text is null || text == first || text == second)
        {
            return text;
        }

        _reader.Fail(_reader.TokenStart, $"'{text}' is not a value of '{name}'; expected '{first}' or '{second}'");
        return null;
    }

    private string? Provider(string name)
    {
        var provider = Text(name);
        if (provider is not null && !_usedProviders.ContainsKey(provider))
        {
            _usedProviders.Add(provider, _reader.TokenStart);
        }

        return provider;
    }

    private List<string> Texts(string name, HashSet<string>? unique = null, Sentence? kind = null)
    {
        var texts = new List<string>();
        if (!StartArray(name))
        {
            return texts;
        }

        while (_reader.NextItem(JsonTokenType.String, $"'{name}' must be a list of texts") && _reader.Text() is { } text)
        {
            if (text.Trim().Length == 0 || text.Length > MaxTextLength)
            {
                _reader.Fail(_reader.TokenStart, $"a text of '{name}' is empty or has more than {MaxTextLength} characters");
                return texts;
            }

            texts.Add(text);
            if (unique is not null && !Unique(unique, text, kind!))
            {
                return texts;
            }
        }

        return texts;
    }

    private CalendarDate? Date(string name, bool orNull = false)
    {
        if (!StartText(name, orNull, "a date as yyyy-MM-dd", "a date as yyyy-MM-dd, or null") || _reader.TokenType == JsonTokenType.Null || _reader.Text() is not { } text)
        {
            return null;
        }

        if (CalendarDate.TryParse(text) is { } date)
        {
            return date;
        }

        _reader.Fail(_reader.TokenStart, $"'{text}' is not a date as yyyy-MM-dd");
        return null;
    }

    private decimal? Amount(string name)
    {
        if (!_reader.Start(JsonTokenType.Number, $"'{name}'", "a number"))
        {
            return null;
        }

        if (decimal.TryParse(Utf8.GetString(_reader.Value), NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out var amount)
            && amount is >= 0 and <= 1_000_000)
        {
            return amount;
        }

        _reader.Fail(_reader.TokenStart, $"'{name}' must be an amount in US dollars, from 0 to 1000000");
        return null;
    }

    private int? Count(string name)
    {
        if (!_reader.Start(JsonTokenType.Number, $"'{name}'", "a number"))
        {
            return null;
        }

        if (_reader.Count() is { } count)
        {
            return count;
        }

        _reader.Fail(_reader.TokenStart, $"'{name}' must be a whole number above 0");
        return null;
    }

    private bool StartText(string name, bool orNull, Sentence expected, Sentence expectedOrNull) => orNull
        ? _reader.StartOrNull(JsonTokenType.String, $"'{name}'", expectedOrNull)
        : _reader.Start(JsonTokenType.String, $"'{name}'", expected);

    private bool StartArray(string name) => _reader.Start(JsonTokenType.ArrayStart, $"'{name}'", "a list");

    /// <summary>Goes to the next object of a list; false at its end.</summary>
    private bool NextObject(string name) => _reader.NextItem(JsonTokenType.ObjectStart, $"'{name}' must be a list of objects");

    private bool Unique(HashSet<string> names, string? name, Sentence kind) =>
        name is null || names.Add(name) || _reader.Fail(_reader.TokenStart, $"{kind} '{name}' is listed twice");
}
