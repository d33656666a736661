using System.Text;
using AiGuardrails.Core.Baselines;
using AiGuardrails.Tool.Findings;

namespace AiGuardrails.Tool.Baselines;

/// <summary>What a baseline knows findings by, computed from the files that they stand in. Each file is read once.</summary>
internal sealed class FindingMarks(string currentDirectory)
{
    // A file that is too large for the compiler is in no baseline either.
    private const long MaxLength = 64 * 1024 * 1024;

    private readonly Dictionary<string, BaselineText?> _texts = new(StringComparer.Ordinal);

    /// <summary>The keys of findings in a baseline: one for each place, as the build counts them.</summary>
    public IEnumerable<BaselineKey> KeysOf(IEnumerable<Finding> findings, string baseline) =>
        from finding in findings.DistinctBy(static finding => (finding.Rule, finding.Place, finding.End))
        where IsForBaseline(finding.Rule)
        let key = KeyOf(finding, baseline)
        where key is not null
        select key.Value;

    /// <summary>The mark of the code of a finding; null where its file cannot be read.</summary>
    public string? MarkOf(Finding finding)
    {
        var (line, column) = finding.End == default ? (finding.Place.Line, finding.Place.Column) : finding.End;
        return finding.Place.Line == 0
            ? BaselineText.WholeFile
            : TextOf(Path.GetFullPath(finding.Place.File, currentDirectory))?.MarkOf(finding.Place.Line, finding.Place.Column, line, column);
    }

    // What is wrong with the settings themselves is mended, and not known.
    private static bool IsForBaseline(string rule) => !rule.StartsWith("AIG0", StringComparison.Ordinal);

    private BaselineKey? KeyOf(Finding finding, string baseline) =>
        BaselinePaths.Relative(baseline, Path.GetFullPath(finding.Place.File, currentDirectory)) is { } file && MarkOf(finding) is { } mark
            ? new BaselineKey(finding.Rule, file, mark)
            : null;

    private BaselineText? TextOf(string path)
    {
        if (!_texts.TryGetValue(path, out var text))
        {
            text = Read(path) is { } read ? new BaselineText(read, path) : null;
            _texts.Add(path, text);
        }

        return text;
    }

    // As the compiler does: UTF-8 where it is that, and else one character a byte.
    private static string? Read(string path)
    {
        try
        {
            if (new FileInfo(path).Length > MaxLength)
            {
                return null;
            }

            return File.ReadAllText(path, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true));
        }
        catch (DecoderFallbackException)
        {
            return File.ReadAllText(path, Encoding.Latin1);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
