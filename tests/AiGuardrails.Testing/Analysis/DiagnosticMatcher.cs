using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using AiGuardrails.Testing.Markup;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;
using Xunit;

namespace AiGuardrails.Testing.Analysis;

/// <summary>Compares diagnostics with expectations as multisets: each meets one, exactly.</summary>
internal static class DiagnosticMatcher
{
    public static void Verify(MarkedFiles files, ImmutableArray<ExpectedDiagnostic> expected, ImmutableArray<Diagnostic> actual)
    {
        var unexpected = actual.ToList();
        var missing = new List<ExpectedDiagnostic>();

        foreach (var expectation in expected.OrderByDescending(expectation => expectation.Precision))
        {
            var found = unexpected.FindIndex(diagnostic => expectation.IsMetBy(diagnostic, files));
            if (found < 0)
            {
                missing.Add(expectation);
            }
            else
            {
                unexpected.RemoveAt(found);
            }
        }

        if (missing.Count + unexpected.Count > 0)
        {
            Assert.Fail(Describe($"Of {expected.Length} expected diagnostics {missing.Count} are missing; {unexpected.Count} are unexpected.", missing, unexpected, files));
        }
    }

    public static void VerifySilent(MarkedFiles files, ImmutableArray<Diagnostic> actual, string rule)
    {
        if (!actual.IsEmpty)
        {
            Assert.Fail(Describe(rule + ".", [], actual, files));
        }
    }

    private static string Describe(string headline, IEnumerable<ExpectedDiagnostic> missing, IEnumerable<Diagnostic> unexpected, MarkedFiles files)
    {
        var message = new StringBuilder().AppendLine(headline);

        foreach (var expectation in missing.OrderBy(expectation => expectation.Path, StringComparer.Ordinal).ThenBy(expectation => expectation.Span))
        {
            var text = expectation.Path is { } path ? files.TextAt(path) : null;
            AppendEntry(message, "missing", expectation.Path, text, expectation.Span, Describe(expectation.Result));
        }

        foreach (var diagnostic in unexpected.OrderBy(diagnostic => diagnostic.Location.GetLineSpan().Path, StringComparer.Ordinal).ThenBy(diagnostic => diagnostic.Location.SourceSpan))
        {
            var location = diagnostic.Location;
            var path = location.Kind == LocationKind.None ? null : location.GetLineSpan().Path;
            var text = location.SourceTree?.GetText() ?? (path is null ? null : files.TextAt(path));
            var what = $"{diagnostic.Severity.ToString().ToLowerInvariant()} {diagnostic.Id}: {diagnostic.GetMessage(CultureInfo.InvariantCulture)}";

            // Only in data files can offsets and lines tell different stories.
            if (location.Kind == LocationKind.ExternalFile && text is not null && text.Length >= location.SourceSpan.End
                && text.Lines.GetLinePositionSpan(location.SourceSpan) != location.GetLineSpan().Span)
            {
                what += $" [its lines say {location.GetLineSpan().Span}]";
            }

            AppendEntry(message, "unexpected", path, text, location.SourceSpan, what);
        }

        return message.ToString();
    }

    private static string Describe(DiagnosticResult result)
    {
        var text = new StringBuilder(result.Id);
        if (result.Severity is { } severity)
        {
            text.Append(CultureInfo.InvariantCulture, $", severity {severity}");
        }

        if (!result.Arguments.IsEmpty)
        {
            text.Append(CultureInfo.InvariantCulture, $", arguments ({string.Join(", ", result.Arguments)})");
        }

        if (result.Message is { } message)
        {
            text.Append(CultureInfo.InvariantCulture, $", message \"{message}\"");
        }

        return text.ToString();
    }

    private static string NameOf(string path) => path.StartsWith(MarkedFile.Folder, StringComparison.Ordinal) ? path[MarkedFile.Folder.Length..] : path;

    private static void AppendEntry(StringBuilder message, string kind, string? path, SourceText? text, TextSpan span, string what)
    {
        message.AppendLine();
        if (path is null || text is null || span.End > text.Length)
        {
            message.AppendLine(CultureInfo.InvariantCulture, $"{kind}: {(path is null ? "no location" : NameOf(path))}: {what}");
            return;
        }

        var (start, end) = (text.Lines.GetLinePosition(span.Start), text.Lines.GetLinePosition(span.End));
        var line = text.Lines[start.Line];
        var underlined = Math.Max(1, Math.Min(span.End, line.End) - span.Start);

        message
            .AppendLine(CultureInfo.InvariantCulture, $"{kind}: {NameOf(path)}({start.Line + 1},{start.Character + 1})-({end.Line + 1},{end.Character + 1}): {what}")
            .AppendLine(CultureInfo.InvariantCulture, $"    {line}")
            .Append(' ', 4 + start.Character).Append('~', underlined).AppendLine();
    }
}
