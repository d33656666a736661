using System.Collections.Immutable;
using AiGuardrails.Core.Baselines;
using AiGuardrails.Testing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;

namespace AiGuardrails.Analyzers.Tests.Baselines;

/// <summary>All rules over a few files with a baseline, suppressed findings included.</summary>
internal sealed class BaselineRun
{
    private const string Folder = "/code/";

    private readonly List<(string Name, string Text)> _sources = [];
    private readonly List<(string Name, string Text)> _files = [];
    private readonly Dictionary<string, Dictionary<string, string>> _metadata = new(StringComparer.Ordinal);
    private readonly Dictionary<string, ReportDiagnostic> _levels = new(StringComparer.Ordinal) { ["OPENAI001"] = ReportDiagnostic.Suppress };
    private string[] _symbols = [];

    /// <summary>The analyzers to run; all by default.</summary>
    public Func<Type, bool> Runs { get; init; } = static _ => true;

    public static string Entry(string rule, string file, string code, int count = 1) =>
        $$"""{"rule":"{{rule}}","file":"{{file}}","code":"{{new BaselineText(code, file).MarkOf(1, 1, 1, 2)}}","count":{{count}}}""";

    public static string WholeFile(string rule, string file) => $$"""{"rule":"{{rule}}","file":"{{file}}","code":"{{BaselineText.WholeFile}}","count":1}""";

    public BaselineRun Source(string name, string text)
    {
        _sources.Add((name, text));
        return this;
    }

    public BaselineRun File(string name, string text)
    {
        _files.Add((name, text));
        return this;
    }

    public BaselineRun TrainingData(string name, string text)
    {
        _metadata[Folder + name] = new(StringComparer.Ordinal) { ["build_metadata.AdditionalFiles.AiTrainingTarget"] = "openai-chat", ["build_metadata.AdditionalFiles.AiTrainingRole"] = "training" };
        return File(name, text);
    }

    public BaselineRun Baseline(params string[] entries) => File(BaselineFile.Name, "{\"version\":1,\"findings\":[\n" + string.Join(",\n", entries) + "\n]}\n");

    public BaselineRun Level(string rule, ReportDiagnostic level)
    {
        _levels[rule] = level;
        return this;
    }

    public BaselineRun Symbols(params string[] symbols)
    {
        _symbols = symbols;
        return this;
    }

    /// <summary>What is found: <c>file(line): level rule</c>, with "known" before it where it is suppressed.</summary>
    public async Task<string[]> RunAsync() => [.. (await DiagnosticsAsync()).Select(static diagnostic =>
    {
        var place = diagnostic.Location.GetLineSpan();
        return $"{(diagnostic.IsSuppressed ? "known " : "")}{place.Path[Folder.Length..]}({place.StartLinePosition.Line + 1}): {diagnostic.Severity.ToString().ToLowerInvariant()} {diagnostic.Id}";
    })];

    public async Task<ImmutableArray<Diagnostic>> DiagnosticsAsync()
    {
        var parse = new CSharpParseOptions(LanguageVersion.Latest, preprocessorSymbols: _symbols);
        var compilation = CSharpCompilation.Create(
            "Known",
            _sources.Select(source => CSharpSyntaxTree.ParseText(source.Text, parse, Folder + source.Name)),
            TestReferences.Of(ReferenceSets.Default),
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, reportSuppressedDiagnostics: true, specificDiagnosticOptions: _levels));
        var analyzers = typeof(AiAnalyzer).Assembly.GetTypes()
            .Where(type => !type.IsAbstract && typeof(DiagnosticAnalyzer).IsAssignableFrom(type) && Runs(type))
            .Select(static type => (DiagnosticAnalyzer)Activator.CreateInstance(type)!)
            .ToImmutableArray();
        var options = new AnalyzerOptions([.. _files.Select(static file => new TextFile(Folder + file.Name, file.Text))], new Metadata(_metadata));

        Exception? thrown = null;
        var diagnostics = await compilation.WithAnalyzers(
            analyzers,
            new CompilationWithAnalyzersOptions(options, (exception, _, _) => thrown = exception, concurrentAnalysis: true, logAnalyzerExecutionTime: false, reportSuppressedDiagnostics: true))
            .GetAnalyzerDiagnosticsAsync();

        Assert.Null(thrown);
        return [.. diagnostics
            .OrderBy(static diagnostic => diagnostic.Location.GetLineSpan().Path, StringComparer.Ordinal)
            .ThenBy(static diagnostic => diagnostic.Location.GetLineSpan().StartLinePosition)
            .ThenBy(static diagnostic => diagnostic.Id, StringComparer.Ordinal)];
    }

    private sealed class TextFile(string path, string text) : AdditionalText
    {
        private readonly SourceText _text = SourceText.From(text, System.Text.Encoding.UTF8);

        public override string Path => path;

        public override SourceText GetText(CancellationToken cancellationToken = default) => _text;
    }

    private sealed class Metadata(Dictionary<string, Dictionary<string, string>> files) : AnalyzerConfigOptionsProvider
    {
        public override AnalyzerConfigOptions GlobalOptions { get; } = new Values([]);

        public override AnalyzerConfigOptions GetOptions(SyntaxTree tree) => GlobalOptions;

        public override AnalyzerConfigOptions GetOptions(AdditionalText textFile) => files.TryGetValue(textFile.Path, out var values) ? new Values(values) : GlobalOptions;

        private sealed class Values(Dictionary<string, string> values) : AnalyzerConfigOptions
        {
            public override bool TryGetValue(string key, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out string? value) => values.TryGetValue(key, out value);
        }
    }
}
