using System.Collections.Immutable;
using System.Diagnostics;
using AiGuardrails.Testing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;

namespace AiGuardrails.Corpus;

/// <summary>One public repository at one commit.</summary>
internal sealed record Repository(string Name, string Commit, bool HasAi, ImmutableArray<string> Folders)
{
    private const string Usings =
        "global using System; global using System.Collections.Generic; global using System.IO; global using System.Linq; global using System.Net.Http; global using System.Threading; global using System.Threading.Tasks;";

    // A generated file of a megabyte says nothing about how people write code.
    private const int MaxFileBytes = 1024 * 1024;

    private static readonly ImmutableArray<MetadataReference> s_references = WithStubs(TestReferences.Of(ReferenceSets.Default));

    // Projects of tests are told by what they reference; the package itself is not needed for that.
    private static readonly MetadataReference s_testSdk = CSharpCompilation.Create("xunit.core", options: new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary))
        .ToMetadataReference();

    private static readonly AnalyzerOptions s_options = new([], new Options(includeTests: false));
    private static readonly AnalyzerOptions s_exampleOptions = new([], new Options(includeTests: true));

    public static IEnumerable<Repository> Read(string path) => File.ReadLines(path)
        .Where(static line => line.Length > 0 && line[0] != '#')
        .Select(static line => line.Split('\t'))
        .Select(static cells => new Repository(cells[0], cells[1], cells[2] == "yes", [.. cells[3].Split(',', StringSplitOptions.RemoveEmptyEntries)]));

    /// <summary>Puts the commit into the folder of the clone, cloning first where there is none.</summary>
    public string CheckOut(string clones)
    {
        var folder = Path.Combine(clones, Name.Replace('/', '+'));
        if (!Directory.Exists(folder))
        {
            Git(clones, "clone", "--quiet", "--no-checkout", $"https://github.com/{Name}.git", folder);
        }

        // Code and projects are all that is read.
        Git(folder, "-c", "core.longpaths=true", "checkout", "--quiet", "--force", Commit, "--", "*.cs", "*.csproj");
        return folder;
    }

    /// <summary>Runs the rules over every project of the repository, each by itself and without a build.</summary>
    public async Task<(List<Finding> Findings, int Files, int Lines, List<string> Crashes)> AnalyzeAsync(string folder, ImmutableArray<DiagnosticAnalyzer> analyzers)
    {
        var findings = new Dictionary<(string, string, string, int), Finding>();
        var crashes = new List<string>();
        var (files, lines) = (0, 0);
        foreach (var project in ProjectsIn(folder))
        {
            var compilation = Compile(project.Key, [.. project]);
            files += project.Count();
            lines += compilation.SyntaxTrees.Sum(static tree => tree.GetText().Lines.Count);
            var options = new CompilationWithAnalyzersOptions(
                OptionsOf(project.Key),
                (exception, analyzer, _) => crashes.Add($"{Name} {Path.GetRelativePath(folder, project.Key)}: {analyzer.GetType().Name}: {exception}"),
                concurrentAnalysis: true,
                logAnalyzerExecutionTime: false);

            foreach (var diagnostic in await compilation.WithAnalyzers(analyzers, options).GetAnalyzerDiagnosticsAsync())
            {
                var span = diagnostic.Location.GetLineSpan();
                var file = span.Path is { Length: > 0 } path ? Path.GetRelativePath(folder, path).Replace('\\', '/') : "";
                var finding = new Finding(Name, diagnostic.Id, diagnostic.Severity.ToString(), file, span.StartLinePosition.Line + 1, Finding.Unread, diagnostic.GetMessage(System.Globalization.CultureInfo.InvariantCulture));
                findings[finding.Key] = finding;
            }
        }

        return ([.. findings.Values], files, lines, crashes);
    }

    /// <summary>Applies every fix to all that it fixes, in every project of the repository, and says what became of it.</summary>
    public async Task FixAsync(string folder, BulkFix fixes)
    {
        foreach (var project in ProjectsIn(folder))
        {
            await fixes.ApplyAsync($"{Name} {Path.GetRelativePath(folder, project.Key)}", Compile(project.Key, [.. project]), OptionsOf(project.Key));
        }
    }

    /// <summary>The files of each project: those below its folder that belong to no project further down.</summary>
    private IEnumerable<IGrouping<string, string>> ProjectsIn(string folder)
    {
        var projects = Directory.EnumerateFiles(folder, "*.csproj", SearchOption.AllDirectories).Select(static path => Path.GetDirectoryName(path)!).ToHashSet(StringComparer.Ordinal);
        return Directory.EnumerateFiles(folder, "*.cs", SearchOption.AllDirectories)
            .Where(path => Folders.IsEmpty || Folders.Any(part => path.StartsWith(Path.Combine(folder, part) + Path.DirectorySeparatorChar, StringComparison.Ordinal)))
            .Where(static path => new FileInfo(path).Length <= MaxFileBytes)
            .Order(StringComparer.Ordinal)
            .GroupBy(path => ProjectOf(path));

        string ProjectOf(string path)
        {
            for (var at = Path.GetDirectoryName(path)!; at.Length >= folder.Length; at = Path.GetDirectoryName(at)!)
            {
                if (projects.Contains(at))
                {
                    return at;
                }
            }

            // A file without a project may be a program of its own.
            return path;
        }
    }

    private static CSharpCompilation Compile(string project, ImmutableArray<string> files)
    {
        var parse = new CSharpParseOptions(LanguageVersion.Preview).WithFeatures([new("FileBasedProgram", "true")]);
        var trees = files.Select(file => CSharpSyntaxTree.ParseText(File.ReadAllText(file), parse, file))
            .Append(CSharpSyntaxTree.ParseText(Usings, parse, "GlobalUsings.g.cs"));

        return CSharpCompilation.Create(
            "Corpus",
            trees,
            IsTest(project) ? s_references.Add(s_testSdk) : s_references,
            new CSharpCompilationOptions(OutputKind.ConsoleApplication, nullableContextOptions: NullableContextOptions.Enable));
    }

    // An assembly of their own: among the sources of a project they would make the project an SDK.
    private static ImmutableArray<MetadataReference> WithStubs(ImmutableArray<MetadataReference> references)
    {
        using var source = new StreamReader(typeof(Repository).Assembly.GetManifestResourceStream("Stubs.cs")!);
        return references.Add(CSharpCompilation.Create(
            "Stubs",
            [CSharpSyntaxTree.ParseText(source.ReadToEnd())],
            references,
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable)).ToMetadataReference());
    }

    // Examples that are written as tests, so that somebody runs them, are there to be copied.
    private static AnalyzerOptions OptionsOf(string project) =>
        Path.GetFileName(project).Equals("examples", StringComparison.OrdinalIgnoreCase) ? s_exampleOptions : s_options;

    private static bool IsTest(string project) =>
        Directory.Exists(project)
        && Directory.EnumerateFiles(project, "*.csproj").Select(File.ReadAllText).Any(static text =>
            text.Contains("Microsoft.NET.Test.Sdk", StringComparison.OrdinalIgnoreCase)
            || text.Contains("xunit", StringComparison.OrdinalIgnoreCase)
            || text.Contains("nunit", StringComparison.OrdinalIgnoreCase)
            || text.Contains("MSTest", StringComparison.OrdinalIgnoreCase));

    private static void Git(string folder, params string[] arguments)
    {
        using var git = Process.Start(new ProcessStartInfo("git", arguments) { WorkingDirectory = folder })!;
        git.WaitForExit();
        if (git.ExitCode != 0)
        {
            throw new InvalidOperationException($"git {string.Join(' ', arguments)} failed with exit code {git.ExitCode}.");
        }
    }

    /// <summary>Options as a project without an .editorconfig has them, on a day that never changes.</summary>
    private sealed class Options(bool includeTests) : AnalyzerConfigOptionsProvider
    {
        public override AnalyzerConfigOptions GlobalOptions { get; } = new Values(includeTests);

        public override AnalyzerConfigOptions GetOptions(SyntaxTree tree) => GlobalOptions;

        public override AnalyzerConfigOptions GetOptions(AdditionalText textFile) => GlobalOptions;

        private sealed class Values(bool includeTests) : AnalyzerConfigOptions
        {
            public override bool TryGetValue(string key, out string value)
            {
                value = key switch
                {
                    "build_property.AiGuardrailsToday" => "2026-11-21",
                    "aiguardrails.include_tests" when includeTests => "true",
                    _ => "",
                };
                return value.Length > 0;
            }
        }
    }
}
