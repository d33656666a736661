using System.Globalization;
using AiGuardrails.Core.Text;
using AiGuardrails.Core.Training.Targets;

namespace AiGuardrails.Core.Training.Linting;

/// <summary>
/// The findings of one file: at most so many of a rule, the rest counted. Those about the fit of a line wait until the
/// line has been read to its end, and go if it turns out not to be JSON at all.
/// </summary>
internal sealed class LineFindings(LintOptions options, Action<LintFinding> report)
{
    private readonly Dictionary<string, Tally> _counts = new(StringComparer.Ordinal);
    private readonly List<Pending> _pending = [];

    private readonly int _mostOfLine = Math.Max(options.MaxFindingsPerRule, options.MaxFindings(LintRules.DoesNotFitTarget));

    private int _line;
    private long _lineStart;

    /// <summary>Gets the number of findings of a level, those beyond the limit included.</summary>
    public int ErrorCount { get; private set; }

    public int WarningCount { get; private set; }

    public int InfoCount { get; private set; }

    /// <summary>Gets whether so much is wrong with the line that more would not be listed.</summary>
    public bool IsLineFull => _pending.Count > _mostOfLine;

    /// <summary>Gets whether something has been said of the line.</summary>
    public bool IsPending => _pending.Count > 0;

    /// <summary>Gets whether a further finding of the rule would be listed, and not only counted.</summary>
    public bool IsListed(string rule) => !_counts.TryGetValue(rule, out var count) || count.Total < options.MaxFindings(rule);

    /// <summary>Gets the number of all findings.</summary>
    public int Count => ErrorCount + WarningCount + InfoCount;

    public void StartLine(int line, long start)
    {
        _line = line;
        _lineStart = start;
        _pending.Clear();
    }

    /// <summary>Adds a finding that stands whatever becomes of the line.</summary>
    public void Add(
        ReadOnlySpan<byte> utf8, string rule, Verdict verdict, int start, int length,
        [Words] string format, object? first = null, object? second = null, object? third = null, object? fourth = null) =>
        Emit(utf8, new Pending(rule, verdict, start, length, format, first, second, third, fourth));

    /// <summary>Adds a finding that falls with the line.</summary>
    public void Suspect(string rule, Verdict verdict, int start, int length, [Words] string format, object? first = null, object? second = null, object? third = null, object? fourth = null)
    {
        // The line of a hostile file may break a rule a million times.
        if (!IsLineFull)
        {
            _pending.Add(new Pending(rule, verdict, start, length, format, first, second, third, fourth));
        }
    }

    /// <summary>The line is JSON: what waits is true.</summary>
    public void Confirm(ReadOnlySpan<byte> utf8)
    {
        foreach (var pending in _pending)
        {
            Emit(utf8, pending);
        }

        _pending.Clear();
    }

    /// <summary>The line is not JSON: what waits was said of something else.</summary>
    public void Discard() => _pending.Clear();

    /// <summary>Adds a finding about the whole file.</summary>
    public void AddForFile(string rule, Verdict verdict, [Words] string format, object? first = null, object? second = null, object? third = null, object? fourth = null)
    {
        if (Counts(rule, verdict.Level))
        {
            report(new LintFinding(
                rule, verdict.Level, 0, 0, 0, 0, SentenceOf(format, first, second, third, fourth),
                verdict.Words));
        }
    }

    /// <summary>Adds a finding about an earlier line, which is no longer at hand.</summary>
    public void AddForLine(int line, long start, string rule, Verdict verdict, [Words] string format, object? first = null, object? second = null, object? third = null, object? fourth = null)
    {
        if (Counts(rule, verdict.Level))
        {
            report(new LintFinding(rule, verdict.Level, line, 1, start, 0, SentenceOf(format, first, second, third, fourth), verdict.Words?.Replace("{line}", line.ToString(CultureInfo.InvariantCulture))));
        }
    }

    /// <summary>Says for each rule how much has not been said.</summary>
    public void Complete()
    {
        foreach (var pair in _counts.OrderBy(static pair => pair.Key, StringComparer.Ordinal))
        {
            var more = pair.Value.Total - options.MaxFindings(pair.Key);
            if (more > 0)
            {
                report(new LintFinding(
                    pair.Key, pair.Value.Worst, 0, 0, 0, 0, more == 1 ? Sentence.Of("{0:N0} more finding of this rule is not listed", more) : Sentence.Of("{0:N0} more findings of this rule are not listed", more)));
            }
        }
    }

    private void Emit(ReadOnlySpan<byte> utf8, Pending pending)
    {
        if (!Counts(pending.Rule, pending.Verdict.Level))
        {
            return;
        }

        report(new LintFinding(
            pending.Rule,
            pending.Verdict.Level,
            _line,
            Json.TextPosition.Of(utf8, pending.Start).Column,
            _lineStart + pending.Start,
            pending.Length,
            SentenceOf(pending.Format, pending.First, pending.Second, pending.Third, pending.Fourth),
            WordsOf(pending)));
    }

    // What providers say names the line and the member; ours are filled in.
    private string? WordsOf(Pending pending) =>
        pending.Verdict.Words?
            .Replace("{line}", _line.ToString(CultureInfo.InvariantCulture))
            .Replace("{name}", (pending.Second is Sentence sentence ? sentence.English : pending.Second as string)?.Trim('\''));

    private bool Counts(string rule, LintLevel level)
    {
        if (!options.IsEnabled(rule))
        {
            return false;
        }

        switch (level)
        {
            case LintLevel.Error: ErrorCount++; break;
            case LintLevel.Warning: WarningCount++; break;
            default: InfoCount++; break;
        }

        if (!_counts.TryGetValue(rule, out var count))
        {
            _counts.Add(rule, count = new Tally());
        }

        if (level > count.Worst)
        {
            count.Worst = level;
        }

        return ++count.Total <= options.MaxFindings(rule);
    }

    private static Sentence SentenceOf([Words] string format, object? first, object? second, object? third, object? fourth) =>
        fourth is not null ? Sentence.Of(format, first, second, third, fourth)
        : third is not null ? Sentence.Of(format, first, second, third)
        : second is not null ? Sentence.Of(format, first, second)
        : first is not null ? Sentence.Of(format, first)
        : Sentence.Of(format);

    private readonly record struct Pending(
        string Rule, Verdict Verdict, int Start, int Length, [property: Words] string Format, object? First, object? Second, object? Third, object? Fourth);

    private sealed class Tally
    {
        public int Total { get; set; }

        public LintLevel Worst { get; set; } = LintLevel.Info;
    }
}
