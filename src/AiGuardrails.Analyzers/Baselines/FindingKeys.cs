using AiGuardrails.Core.Baselines;
using Microsoft.CodeAnalysis;

namespace AiGuardrails.Analyzers.Baselines;

/// <summary>The keys of findings: what a baseline knows them by. Each file is read once.</summary>
internal sealed class FindingKeys(KnownFindings known, Compilation compilation, IEnumerable<AdditionalText> files, CancellationToken cancellationToken)
{
    private readonly Dictionary<string, BaselineText?> _texts = new(StringComparer.Ordinal);

    /// <summary>The key of a finding; null where it stands in no file that a baseline can name.</summary>
    public BaselineKey? Of(string rule, Location location)
    {
        var place = location.GetLineSpan();
        if (!place.IsValid || place.Path.Length == 0 || known.NameOf(place.Path) is not { } file)
        {
            return null;
        }

        var (start, end) = (place.StartLinePosition, place.EndLinePosition);
        if (start == default && end == default)
        {
            return new BaselineKey(rule, file, BaselineText.WholeFile);
        }

        return TextOf(place.Path, location.SourceTree) is { } text
            ? new BaselineKey(rule, file, text.MarkOf(start.Line + 1, start.Character + 1, end.Line + 1, end.Character + 1))
            : null;
    }

    private BaselineText? TextOf(string path, SyntaxTree? tree)
    {
        if (!_texts.TryGetValue(path, out var known))
        {
            var text = (tree ?? compilation.SyntaxTrees.FirstOrDefault(other => other.FilePath == path))?.GetText(cancellationToken)
                ?? files.FirstOrDefault(file => file.Path == path)?.GetText(cancellationToken);
            known = text is null ? null : new BaselineText(text.ToString(), path);
            _texts.Add(path, known);
        }

        return known;
    }
}
