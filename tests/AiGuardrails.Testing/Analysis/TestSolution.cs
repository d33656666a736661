using System.Collections.Concurrent;
using System.Collections.Immutable;
using AiGuardrails.Testing.Inputs;
using AiGuardrails.Testing.Markup;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;

namespace AiGuardrails.Testing.Analysis;

/// <summary>The sources of a test as a solution, with .editorconfig and global options as files, so that the compiler itself reads them.</summary>
internal static class TestSolution
{
    // Only its empty solution is used, which is immutable; so it is shared and never disposed of.
    private static readonly AdhocWorkspace s_workspace = new();

    // The experimental ones are errors in the SDKs' consumers until suppressed. CS1701 and CS1702 (an assembly built against an
    // older platform) are what the .NET SDK switches off for everybody. No test is about either.
    public static ImmutableDictionary<string, ReportDiagnostic> Suppressed { get; } = new[]
    {
        "OPENAI001", "OPENAI002", "OPENAICUA001", "SCME0001", "SCME0002", "MEAI001", "AOAI001",
        "SKEXP0001", "SKEXP0010", "SKEXP0101", "SKEXP0110", "SKEXP0120", "SKEXP0130",
        "CS1701", "CS1702",
    }.ToImmutableDictionary(id => id, _ => ReportDiagnostic.Suppress, StringComparer.Ordinal);

    // What comes before the files of a test. Its compilations are kept: those with files are made from them, and share what was read of the references.
    private static readonly ConcurrentDictionary<Shape, Lazy<Solution>> s_empty = new();

    public static Solution Create(AnalyzerTest test, MarkedFiles files, ReferenceSets references, int projects = 1)
    {
        var rules = string.Join(' ', RulesOffByDefault(test.Analyzers).Select(rule => $"{rule.Key}={rule.Value}"));
        var shape = new Shape(references, test.OutputKind, test.NullableContext, test.LanguageVersion, rules, projects);
        var solution = s_empty.GetOrAdd(shape, shape => new(() => WithoutFiles(shape, test.Analyzers))).Value;

        return solution.ProjectIds.Aggregate(solution, (solution, id) => AddFiles(solution, id, test, files, references));
    }

    private static Solution WithoutFiles(Shape shape, ImmutableArray<DiagnosticAnalyzer> analyzers)
    {
        var solution = s_workspace.CurrentSolution;
        var options = new CSharpCompilationOptions(
            shape.OutputKind,
            allowUnsafe: true,
            nullableContextOptions: shape.NullableContext,
            specificDiagnosticOptions: Suppressed.AddRange(RulesOffByDefault(analyzers)));

        for (var i = 0; i < shape.Projects; i++)
        {
            var name = $"Test{i}";
            solution = solution.AddProject(ProjectInfo.Create(
                ProjectId.CreateNewId(name),
                VersionStamp.Default,
                name,
                assemblyName: name,
                LanguageNames.CSharp,
                compilationOptions: options,
                parseOptions: new CSharpParseOptions(shape.LanguageVersion),
                metadataReferences: ReferenceResolver.Resolve(shape.References)));
        }

        foreach (var project in solution.Projects)
        {
            _ = project.GetCompilationAsync().GetAwaiter().GetResult()!.Assembly;
        }

        return solution;
    }

    private static Solution AddFiles(Solution solution, ProjectId id, AnalyzerTest test, MarkedFiles files, ReferenceSets references)
    {
        var folder = $"/{solution.GetProject(id)!.Name["Test".Length..]}/";

        // References beside those of the set are part of what is referenced, and not there when nothing is.
        return solution
            .AddMetadataReferences(id, references == ReferenceSets.Platform ? [] : test.AdditionalReferences)
            .AddDocuments([.. files.Sources.Select(Document)])
            .AddAdditionalDocuments([.. files.AdditionalFiles.Select(Document)])
            .AddAnalyzerConfigDocuments(
            [
                Config("Defaults.editorconfig", "/.editorconfig", "[*]\nend_of_line = lf\n"),
                Config(".editorconfig", folder + ".editorconfig", test.EditorConfig),
                Config(".globalconfig", folder + ".globalconfig", GlobalConfig(test.GlobalOptions)),
            ]);

        DocumentInfo Document(MarkedFile file) => Info(file.Name, folder + file.Name, file.Text);

        DocumentInfo Config(string configName, string path, string text) => Info(configName, path, SourceText.From(text));

        DocumentInfo Info(string fileName, string path, SourceText text) => DocumentInfo.Create(
            DocumentId.CreateNewId(id, fileName), fileName, loader: TextLoader.From(TextAndVersion.Create(text, VersionStamp.Default, path)), filePath: path);
    }

    private static IEnumerable<KeyValuePair<string, ReportDiagnostic>> RulesOffByDefault(ImmutableArray<DiagnosticAnalyzer> analyzers) =>
        from analyzer in analyzers
        from descriptor in analyzer.SupportedDiagnostics
        where !descriptor.IsEnabledByDefault
        group descriptor by descriptor.Id into rule
        select KeyValuePair.Create(rule.Key, AsOption(rule.First().DefaultSeverity));

    private static ReportDiagnostic AsOption(DiagnosticSeverity severity) => severity switch
    {
        DiagnosticSeverity.Error => ReportDiagnostic.Error,
        DiagnosticSeverity.Warning => ReportDiagnostic.Warn,
        DiagnosticSeverity.Info => ReportDiagnostic.Info,
        _ => ReportDiagnostic.Hidden,
    };

    public static string GlobalConfig(IDictionary<string, string> options) =>
        $"is_global = true\n{string.Concat(options.Select(option => $"{option.Key} = {option.Value}\n"))}";

    private sealed record Shape(
        ReferenceSets References, OutputKind OutputKind, NullableContextOptions NullableContext, LanguageVersion LanguageVersion, string Rules, int Projects);
}
