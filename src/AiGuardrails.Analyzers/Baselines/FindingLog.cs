using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace AiGuardrails.Analyzers.Baselines;

/// <summary>
/// What the rules have found, and where they have looked, in one compilation that has a baseline: what AIG0003 compares the
/// baseline with. Where there is no baseline, there is no log, and reporting is what it always was.
/// </summary>
internal sealed class FindingLog
{
    private static readonly ConditionalWeakTable<Compilation, FindingLog> s_logs = new();

    private readonly KnownFindings _known;
    private readonly ConcurrentQueue<(string Rule, Location Location)> _found = new();
    private readonly ConcurrentDictionary<(string Rule, string Path), bool> _looked = new();

    private FindingLog(KnownFindings known) => _known = known;

    /// <summary>Gets the findings so far.</summary>
    public IEnumerable<(string Rule, Location Location)> Found => _found;

    /// <summary>Gets the files of the baseline that a rule has looked at from beginning to end.</summary>
    public IEnumerable<(string Rule, string Path)> Looked => _looked.Keys;

    /// <summary>The log of a compilation; null where it has no baseline that can be read.</summary>
    public static FindingLog? Of(Compilation compilation, AnalyzerOptions inputs, CancellationToken cancellationToken)
    {
        if (s_logs.TryGetValue(compilation, out var log))
        {
            return log;
        }

        return KnownFindings.Of(inputs, cancellationToken) is { Baseline: not null } known
            ? s_logs.GetValue(compilation, _ => new FindingLog(known))
            : null;
    }

    /// <summary>Notes that a rule has looked at all of a file.</summary>
    public void Look(string rule, string path)
    {
        if (_known.Lists(rule, path))
        {
            _ = _looked.TryAdd((rule, path), true);
        }
    }

    /// <summary>
    /// Notes that a rule about types has looked at all files by the time the compilation ends: actions about symbols run file by
    /// file, as those about semantic models do, and whoever asks for less than a file runs neither the end nor AIG0003.
    /// </summary>
    public void LookAtAllFiles(CompilationStartAnalysisContext start, string rule, Func<AdditionalText, bool>? isOfRule = null)
    {
        start.RegisterSemanticModelAction(context => Look(rule, context.SemanticModel.SyntaxTree.FilePath));
        if (isOfRule is not null)
        {
            start.RegisterAdditionalFileAction(context =>
            {
                if (isOfRule(context.AdditionalFile))
                {
                    Look(rule, context.AdditionalFile.Path);
                }
            });
        }
    }

    /// <summary>Notes a finding, and makes of it one that the compiler allows to be suppressed.</summary>
    /// <remarks>
    /// A diagnostic whose default severity is error can be suppressed by nobody, whatever severity the team gives it. Where the
    /// baseline lists findings of such a rule for the file, this one is reported as an error, or what it was, of a default
    /// severity of warning. Elsewhere nothing is changed.
    /// </remarks>
    public Diagnostic Note(Diagnostic finding)
    {
        var path = finding.Location.GetLineSpan().Path;
        if (path is not { Length: > 0 } || !_known.Lists(finding.Id, path))
        {
            return finding;
        }

        _found.Enqueue((finding.Id, finding.Location));
        return finding.DefaultSeverity != DiagnosticSeverity.Error ? finding : Diagnostic.Create(
            finding.Id,
            finding.Descriptor.Category,
            new MessageOf(finding),
            finding.Severity,
            DiagnosticSeverity.Warning,
            finding.Descriptor.IsEnabledByDefault,
            warningLevel: finding.Severity == DiagnosticSeverity.Error ? 0 : 1,
            isSuppressed: false,
            finding.Descriptor.Title,
            finding.Descriptor.Description,
            finding.Descriptor.HelpLinkUri,
            finding.Location,
            finding.AdditionalLocations,
            finding.Descriptor.CustomTags,
            finding.Properties);
    }

    /// <summary>The message of a diagnostic, in the language of whoever asks.</summary>
    private sealed class MessageOf(Diagnostic finding) : LocalizableString
    {
        private readonly Diagnostic _finding = finding;

        protected override string GetText(IFormatProvider? formatProvider) => _finding.GetMessage(formatProvider);

        protected override int GetHash() => _finding.GetHashCode();

        protected override bool AreEqual(object? other) => other is MessageOf message && message._finding.Equals(_finding);
    }
}

internal static class FindingLogExtensions
{
    /// <summary>A way to report that notes what it reports; the given one where there is no log.</summary>
    public static Action<Diagnostic> Noting(this FindingLog? log, Action<Diagnostic> report) => log is null ? report : finding => report(log.Note(finding));
}
