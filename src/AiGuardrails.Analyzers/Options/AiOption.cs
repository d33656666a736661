using System.Collections.Immutable;
using System.Globalization;
using Microsoft.CodeAnalysis.Diagnostics;

namespace AiGuardrails.Analyzers.Options;

/// <summary>
/// One option of the rules, read from .editorconfig as <c>aiguardrails.&lt;rule&gt;.&lt;name&gt;</c> or <c>aiguardrails.&lt;name&gt;</c>; the
/// narrower key wins, and a value that cannot be read counts as not given.
/// </summary>
internal abstract class AiOption(string name, Sentence expected, string values, Sentence defaultText, params string[] rules)
{
    private protected const string BooleanValues = "`true` or `false`";

    /// <summary>Gets the name, as it stands behind the prefix.</summary>
    public string Name { get; } = name;

    /// <summary>Gets what a value looks like, for the message about one that does not.</summary>
    public Sentence Expected { get; } = expected;

    /// <summary>Gets the values and their unit, for the list of options.</summary>
    public string Values { get; } = values;

    /// <summary>Gets the default, as a user would write it.</summary>
    public Sentence DefaultText { get; } = defaultText;

    /// <summary>Gets the default, for the list of options.</summary>
    public virtual string DefaultRemark => DefaultText.English is { Length: > 0 } text ? $"`{text}`" : "none";

    /// <summary>Gets the rules that read the option.</summary>
    public ImmutableArray<string> Rules { get; } = [.. rules];

    /// <summary>Gets every key under which the option can stand, the narrowest first.</summary>
    public IEnumerable<string> Keys => Rules.Select(KeyFor).Append("aiguardrails." + Name);

    /// <summary>Whether the text is a value of this option.</summary>
    public abstract bool IsValid(string text);

    private protected string KeyFor(string rule) => "aiguardrails." + rule + "." + Name;

    private protected string? Read(AnalyzerConfigOptions options, string rule)
    {
        if (options.TryGetValue(KeyFor(rule), out var narrow) && IsValid(narrow))
        {
            return narrow;
        }

        return options.TryGetValue("aiguardrails." + Name, out var wide) && IsValid(wide) ? wide : null;
    }
}

/// <summary>An option that is <c>true</c> or <c>false</c>.</summary>
internal sealed class BooleanOption(string name, bool defaultValue, params string[] rules)
    : AiOption(name, "true or false", BooleanValues, Sentence.Of("{0}", defaultValue ? "true" : "false"), rules)
{
    public override bool IsValid(string text) => bool.TryParse(text, out _);

    public bool Get(AnalyzerConfigOptions options, string rule) =>
        Read(options, rule) is { } text ? bool.Parse(text) : defaultValue;
}

/// <summary>An option that is a list, separated by commas: behind a semicolon, .editorconfig and MSBuild both see a comment or an end. Every text is one.</summary>
internal sealed class ListOption(string name, string items, params string[] rules)
    : AiOption(name, "a comma-separated list", items + ", separated by commas", "", rules)
{
    public override bool IsValid(string text) => true;

    public ImmutableArray<string> Get(AnalyzerConfigOptions options, string rule) =>
        Read(options, rule) is { } text
            ? [.. text.Split(',').Select(static item => item.Trim()).Where(static item => item.Length > 0)]
            : [];
}

/// <summary>An option that is a whole number within bounds.</summary>
internal sealed class IntegerOption(string name, string unit, int defaultValue, int minimum, int maximum, params string[] rules)
    : AiOption(name, $"a whole number from {minimum} to {maximum}", $"{unit}, {minimum} to {maximum}", Sentence.Of("{0}", defaultValue), rules)
{
    public override bool IsValid(string text) => TryParse(text, out _);

    public int Get(AnalyzerConfigOptions options, string rule) =>
        Read(options, rule) is { } text && TryParse(text, out var value) ? value : defaultValue;

    private bool TryParse(string text, out int value) =>
        int.TryParse(text.Trim(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out value) && value >= minimum && value <= maximum;
}

/// <summary>A whole number within bounds that takes the place of one that another option implies.</summary>
internal sealed class IntegerOverrideOption(string name, string unit, AiOption implied, int minimum, int maximum, params string[] rules)
    : AiOption(name, $"a whole number from {minimum} to {maximum}", $"{unit}, {minimum} to {maximum}", Sentence.Of($"that of {implied.Name}"), rules)
{
    public override string DefaultRemark => $"that of `{implied.Name}`";

    public override bool IsValid(string text) => TryParse(text, out _);

    /// <summary>The number, or null where none is set.</summary>
    public int? Get(AnalyzerConfigOptions options, string rule) =>
        Read(options, rule) is { } text && TryParse(text, out var value) ? value : null;

    private bool TryParse(string text, out int value) =>
        int.TryParse(text.Trim(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out value) && value >= minimum && value <= maximum;
}

/// <summary><c>true</c> or <c>false</c> in the place of what another option implies.</summary>
internal sealed class BooleanOverrideOption(string name, AiOption implied, params string[] rules)
    : AiOption(name, "true or false", BooleanValues, Sentence.Of($"that of {implied.Name}"), rules)
{
    public override string DefaultRemark => $"that of `{implied.Name}`";

    public override bool IsValid(string text) => bool.TryParse(text, out _);

    /// <summary>The value, or null where none is set.</summary>
    public bool? Get(AnalyzerConfigOptions options, string rule) => Read(options, rule) is { } text ? bool.Parse(text) : null;
}

/// <summary>An option that is one of a few words, in any case.</summary>
internal sealed class ChoiceOption(string name, string defaultValue, string exception, ImmutableArray<string> words, params string[] rules)
    : AiOption(name, Sentence.Some(words), string.Join(", ", words.Take(words.Length - 1).Select(static word => $"`{word}`")) + $" or `{words[words.Length - 1]}`", Sentence.Of("{0}", defaultValue), rules)
{
    public override string DefaultRemark => base.DefaultRemark + exception;

    public override bool IsValid(string text) => Find(text) is not null;

    public string Get(AnalyzerConfigOptions options, string rule) => GetIfSet(options, rule) ?? defaultValue;

    /// <summary>The word, or null where none is set.</summary>
    public string? GetIfSet(AnalyzerConfigOptions options, string rule) => Read(options, rule) is { } text ? Find(text) : null;

    private string? Find(string text) =>
        words.FirstOrDefault(value => string.Equals(value, text.Trim(), StringComparison.OrdinalIgnoreCase));
}
