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

    public static Solution Create(AnalyzerTest test, MarkedFiles files, ReferenceSets references, int projects = 1)
    {
        var solution = s_workspace.CurrentSolution;
        for (var i = 0; i < projects; i++)
        {
            solution = AddProject(solution, test, files, references, $"Test{i}", folder: $"/{i}/");
        }

        return solution;
    }

    private static Solution AddProject(Solution solution, AnalyzerTest test, MarkedFiles files, ReferenceSets references, string name, string folder)
    {
        var id = ProjectId.CreateNewId(name);
        var options = new CSharpCompilationOptions(
            test.OutputKind,
            allowUnsafe: true,
            nullableContextOptions: test.NullableContext,
            specificDiagnosticOptions: Suppressed.AddRange(RulesOffByDefault(test.Analyzers)));

        return solution
            .AddProject(ProjectInfo.Create(
                id,
                VersionStamp.Default,
                name,
                assemblyName: name,
                LanguageNames.CSharp,
                compilationOptions: options,
                parseOptions: new CSharpParseOptions(test.LanguageVersion),
                metadataReferences: ReferenceResolver.Resolve(references).Concat(references == ReferenceSets.Platform ? [] : test.AdditionalReferences),
                documents: files.Sources.Select(Document),
                additionalDocuments: files.AdditionalFiles.Select(Document))
            .WithAnalyzerConfigDocuments(
            [
                Config("Defaults.editorconfig", "/.editorconfig", "[*]\nend_of_line = lf\n"),
                Config(".editorconfig", folder + ".editorconfig", test.EditorConfig),
                Config(".globalconfig", folder + ".globalconfig", GlobalConfig(test.GlobalOptions)),
            ]));

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
}
