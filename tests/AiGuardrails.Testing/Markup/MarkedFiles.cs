using System.Collections.Immutable;
using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;
using Xunit;

namespace AiGuardrails.Testing.Markup;

/// <summary>All files of one run without their markup, and what that markup expects.</summary>
internal sealed class MarkedFiles
{
    private readonly string? _onlyId;

    private MarkedFiles(ImmutableArray<MarkedFile> sources, ImmutableArray<MarkedFile> additionalFiles, string? onlyId)
    {
        Sources = sources;
        AdditionalFiles = additionalFiles;
        _onlyId = onlyId;
    }

    public ImmutableArray<MarkedFile> Sources { get; }

    public ImmutableArray<MarkedFile> AdditionalFiles { get; }

    private IEnumerable<MarkedFile> All => Sources.Concat(AdditionalFiles);

    public static MarkedFiles Parse(AnalyzerTest test, IEnumerable<(string Name, string Text)> sources, IEnumerable<(string Name, string Text)> additionalFiles)
    {
        // The analyzer under test decides what [|…|] means; those that run beside it do not.
        var ids = test.Analyzers[0].SupportedDiagnostics.Select(descriptor => descriptor.Id).Distinct(StringComparer.Ordinal).ToList();

        return new MarkedFiles([.. sources.Select(Parse)], [.. additionalFiles.Select(Parse)], ids is [var id] ? id : null);

        static MarkedFile Parse((string Name, string Text) file) => new(file.Name, MarkedText.Parse(file.Name, file.Text));
    }

    public SourceText? TextAt(string path) => All.FirstOrDefault(file => file.Path == path)?.Text;

    public MarkedFiles WithHeader(string header) => new([.. Sources.Select(file => file.WithHeader(header))], AdditionalFiles, _onlyId);

    /// <summary>What markup says by itself, and the explicit results at their markup keys.</summary>
    public ImmutableArray<ExpectedDiagnostic> Expect(IEnumerable<DiagnosticResult> explicitly)
    {
        var expected = ImmutableArray.CreateBuilder<ExpectedDiagnostic>();
        var keys = new Dictionary<int, (MarkedFile File, TextSpan Span)>();

        foreach (var file in All)
        {
            foreach (var marked in file.Spans)
            {
                if (marked.Key is { } key)
                {
                    Assert.True(keys.TryAdd(key, (file, marked.Span)), $"{file.Name}: markup key #{key} is used twice.");
                }
                else
                {
                    expected.Add(new ExpectedDiagnostic(new DiagnosticResult(IdOf(marked, file)), file.Path, marked.Span));
                }
            }
        }

        var unusedKeys = keys.Keys.ToHashSet();
        foreach (var result in explicitly)
        {
            Assert.True(result.MarkupKey is not null || result.IsWithoutLocation, $"{result.Id} is expected without saying where: use WithLocation(key), or WithNoLocation() where it has none.");

            if (result.MarkupKey is not { } key)
            {
                expected.Add(new ExpectedDiagnostic(result, Path: null, default));
            }
            else if (keys.TryGetValue(key, out var place))
            {
                expected.Add(new ExpectedDiagnostic(result, place.File.Path, place.Span));
                unusedKeys.Remove(key);
            }
            else
            {
                Assert.Fail($"{result.Id} is expected at markup key #{key}, which no file has.");
            }
        }

        Assert.True(unusedKeys.Count == 0, $"Nothing is expected at markup key #{string.Join(", #", unusedKeys.Order())}.");

        return expected.ToImmutable();
    }

    private string IdOf(MarkedSpan marked, MarkedFile file)
    {
        if (marked.Name.Length > 0)
        {
            return marked.Name;
        }

        Assert.True(_onlyId is not null, $"{file.Name}: '[|…|]' needs an analyzer of exactly one rule; write '{{|ID:…|}}'.");

        return _onlyId;
    }
}

internal sealed record MarkedFile(string Name, SourceText Text, ImmutableArray<MarkedSpan> Spans)
{
    public const string Folder = "/0/";

    public MarkedFile(string name, MarkedText marked)
        : this(name, SourceText.From(marked.Text, System.Text.Encoding.UTF8), marked.Spans)
    {
    }

    public string Path => Folder + Name;

    public MarkedFile WithHeader(string header) => this with { Text = Text.Replace(0, 0, header), Spans = [] };
}

/// <summary>An expectation and its place; no path where it has none.</summary>
internal sealed record ExpectedDiagnostic(DiagnosticResult Result, string? Path, TextSpan Span)
{
    /// <summary>The more it asks, the earlier it is matched, so that a vague expectation takes nothing from an exact one.</summary>
    public int Precision => (Result.Message is null ? 0 : 1) + (Result.Arguments.IsEmpty ? 0 : 1) + (Result.Severity is null ? 0 : 1);

    public bool IsMetBy(Diagnostic diagnostic, MarkedFiles files) =>
        diagnostic.Id == Result.Id
        && IsAt(diagnostic.Location, files)
        && (Result.Severity is not { } severity || severity == diagnostic.Severity)
        && (Result.Message is not { } message || message == diagnostic.GetMessage(CultureInfo.InvariantCulture))
        && (Result.Arguments.IsEmpty || MessageWithArguments(diagnostic.Descriptor) == diagnostic.GetMessage(CultureInfo.InvariantCulture));

    // Both the offsets and the lines: an analyzer of data files states the two separately.
    private bool IsAt(Location location, MarkedFiles files)
    {
        if (Path is null)
        {
            return location.Kind == LocationKind.None;
        }

        return location.Kind != LocationKind.None
            && location.SourceSpan == Span
            && location.GetLineSpan() is var lines
            && lines.Path == Path
            && lines.Span == files.TextAt(Path)!.Lines.GetLinePositionSpan(Span);
    }

    private string? MessageWithArguments(DiagnosticDescriptor descriptor)
    {
        var format = descriptor.MessageFormat.ToString(CultureInfo.InvariantCulture);
        var takesAll = Enumerable.Range(0, Result.Arguments.Length).All(i => format.Contains($"{{{i}", StringComparison.Ordinal));

        return takesAll ? string.Format(CultureInfo.InvariantCulture, format, [.. Result.Arguments]) : null;
    }
}
