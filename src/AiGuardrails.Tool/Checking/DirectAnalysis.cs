using System.Collections.Immutable;
using System.Reflection;
using System.Runtime.Loader;
using AiGuardrails.Tool.Findings;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;

namespace AiGuardrails.Tool.Checking;

/// <summary>
/// Runs our rules over code that does not compile. The compiler itself asks no analyzer while a declaration or the syntax
/// is wrong, but the rules work on half-typed code in an editor every day, so what the compiler knows of the rest is asked
/// here: with the same files, references and settings, on the compiler of the SDK that built the project.
/// </summary>
internal static class DirectAnalysis
{
    private static readonly Lock s_gate = new();
    private static string? s_compilerDirectory;

    public static CompilerLog Run(ProjectFacts facts, string analyzerDirectory, CancellationToken cancellationToken)
    {
        UseCompiler(Path.Combine(facts.Value("compiler"), "bincore"));
        return Compilation.Analyze(facts, analyzerDirectory, cancellationToken);
    }

    // The tool carries no compiler: 20 MB that would be older than the code within a year.
    internal static void UseCompiler(string directory)
    {
        if (!File.Exists(Path.Combine(directory, "Microsoft.CodeAnalysis.CSharp.dll")))
        {
            throw new DirectoryNotFoundException($"'{directory}' holds no compiler");
        }

        lock (s_gate)
        {
            // A process loads one compiler; a second project on another SDK is analysed with the first one's.
            if (s_compilerDirectory is not null)
            {
                return;
            }

            s_compilerDirectory = directory;
            AssemblyLoadContext.Default.Resolving += static (context, name) =>
            {
                var path = Path.Combine(s_compilerDirectory!, name.Name + ".dll");
                return name.Name?.StartsWith("Microsoft.CodeAnalysis", StringComparison.Ordinal) == true && File.Exists(path) ? context.LoadFromAssemblyPath(path) : null;
            };
        }
    }

    // Apart from the above, so that nothing names the compiler before it can be found.
    internal static class Compilation
    {
        /// <summary>The project as the compiler sees it, without what generators add.</summary>
        public static CSharpCompilation Create(ProjectFacts facts, CancellationToken cancellationToken, out AnalyzerConfigSet configs) =>
            Create(facts, cancellationToken, out configs, out _, out _);

        public static CompilerLog Analyze(ProjectFacts facts, string analyzerDirectory, CancellationToken cancellationToken)
        {
            var compilation = Create(facts, cancellationToken, out var configs, out var arguments, out var parseOptions);
            var loader = new Loader();
            var files = arguments.AdditionalFiles.Where(file => File.Exists(file.Path)).Select(file => (AdditionalText)new TextFile(file.Path)).ToImmutableArray();
            var options = new ConfigOptions(configs);

            var generated = Generate(compilation, facts.Values("analyzer").Where(path => !IsIn(path, analyzerDirectory)), loader, parseOptions, files, options, cancellationToken);

            var analyzers = Directory.EnumerateFiles(analyzerDirectory, "*.dll")
                .SelectMany(path => new AnalyzerFileReference(path, loader).GetAnalyzers(LanguageNames.CSharp))
                .ToImmutableArray();

            if (analyzers.IsEmpty)
            {
                throw new InvalidOperationException("the compiler cannot load them");
            }

            var driver = generated.WithAnalyzers(analyzers, new CompilationWithAnalyzersOptions(
                new AnalyzerOptions(files, options), onAnalyzerException: null, concurrentAnalysis: true, logAnalyzerExecutionTime: false, reportSuppressedDiagnostics: true));

            var diagnostics = driver.GetAnalyzerDiagnosticsAsync(cancellationToken).GetAwaiter().GetResult()
                .Where(diagnostic => diagnostic.Severity != DiagnosticSeverity.Hidden)
                .ToLookup(diagnostic => !CompilerLog.IsOurs(diagnostic.Id) ? "other" : !diagnostic.IsSuppressed ? "finding" : IsKnown(diagnostic, generated) ? "known" : "suppressed");

            return new CompilerLog
            {
                Findings = diagnostics["finding"].Select(ToFinding).ToList(),
                Suppressed = diagnostics["suppressed"].Select(ToFinding).ToList(),
                Known = diagnostics["known"].Select(ToFinding).ToList(),
                Others = diagnostics["other"].Select(ToFinding).ToList(),
                Rules = diagnostics["finding"].Concat(diagnostics["known"]).Select(diagnostic => diagnostic.Descriptor).DistinctBy(rule => rule.Id).ToDictionary(
                    rule => rule.Id,
                    rule => new RuleInfo(rule.Id, rule.Title.ToString(System.Globalization.CultureInfo.InvariantCulture), rule.HelpLinkUri, rule.Category)
                    {
                        Tags = new(rule.CustomTags),
                        Description = rule.Description.ToString(System.Globalization.CultureInfo.InvariantCulture),
                        Level = LevelOf(rule.DefaultSeverity),
                    },
                    StringComparer.Ordinal),
                RulesRan = true,
            };
        }

        private static CSharpCompilation Create(
            ProjectFacts facts, CancellationToken cancellationToken, out AnalyzerConfigSet configs, out CSharpCommandLineArguments arguments, out CSharpParseOptions parseOptions)
        {
            var directory = Path.GetDirectoryName(facts.Project)!;
            var given = CSharpCommandLineParser.Default.Parse(CommandLineOf(facts), directory, sdkDirectory: null);
            var options = given.ParseOptions.WithLanguageVersion(
                given.Errors.IsEmpty ? given.ParseOptions.LanguageVersion : LanguageVersion.Preview);

            var trees = given.SourceFiles
                .Where(file => File.Exists(file.Path))
                .Select(file => CSharpSyntaxTree.ParseText(TextOf(file.Path), options, file.Path, cancellationToken))
                .ToList();

            configs = AnalyzerConfigSet.Create(given.AnalyzerConfigPaths
                .Where(File.Exists)
                .Select(path => AnalyzerConfig.Parse(TextOf(path), path))
                .ToList());

            arguments = given;
            parseOptions = options;
            return CSharpCompilation.Create(
                given.CompilationName ?? "checked",
                trees,
                given.MetadataReferences.Where(reference => File.Exists(reference.Reference)).Select(reference => MetadataReference.CreateFromFile(reference.Reference)),
                given.CompilationOptions.WithSyntaxTreeOptionsProvider(new Severities(configs)));
        }

        private static IEnumerable<string> CommandLineOf(ProjectFacts facts)
        {
            yield return "/noconfig";
            yield return "/nostdlib+";
            yield return "/target:" + facts.Value("outputtype").ToUpperInvariant() switch { "EXE" => "exe", "WINEXE" => "winexe", "MODULE" => "module", _ => "library" };
            yield return $"/out:{facts.Value("assemblyname")}.dll";
            yield return facts.IsTrue("unsafe") ? "/unsafe+" : "/unsafe-";

            foreach (var (name, option) in (IEnumerable<(string, string)>)[("langversion", "/langversion:"), ("nullable", "/nullable:"), ("features", "/features:"), ("define", "/define:"), ("nowarn", "/nowarn:")])
            {
                foreach (var value in name is "features" or "define" or "nowarn" ? facts.List(name) : [facts.Value(name)])
                {
                    if (value.Length > 0)
                    {
                        yield return option + value;
                    }
                }
            }

            foreach (var (name, option) in (IEnumerable<(string, string)>)[("reference", "/reference:"), ("additionalfile", "/additionalfile:"), ("analyzerconfig", "/analyzerconfig:"), ("compile", "")])
            {
                foreach (var path in facts.Values(name))
                {
                    yield return $"{option}\"{path}\"";
                }
            }
        }

        private static Microsoft.CodeAnalysis.Compilation Generate(
            Microsoft.CodeAnalysis.Compilation compilation,
            IEnumerable<string> references,
            Loader loader,
            CSharpParseOptions parseOptions,
            ImmutableArray<AdditionalText> files,
            AnalyzerConfigOptionsProvider options,
            CancellationToken cancellationToken)
        {
            // A generator that cannot be loaded leaves out code; the rules live with that.
            var generators = references.Where(File.Exists).SelectMany(path => new AnalyzerFileReference(path, loader).GetGenerators(LanguageNames.CSharp)).ToList();
            if (generators.Count == 0)
            {
                return compilation;
            }

            _ = CSharpGeneratorDriver.Create(generators, files, parseOptions, options).RunGeneratorsAndUpdateCompilation(compilation, out var updated, out _, cancellationToken);
            return updated;
        }

        private static bool IsKnown(Diagnostic diagnostic, Microsoft.CodeAnalysis.Compilation compilation) =>
            diagnostic.GetSuppressionInfo(compilation)?.ProgrammaticSuppressions.Any(static suppression => CompilerLog.IsOfBaseline(suppression.Descriptor.Id)) == true;

        private static Finding ToFinding(Diagnostic diagnostic)
        {
            var span = diagnostic.Location.GetMappedLineSpan();
            return new Finding(
                diagnostic.Id,
                LevelOf(diagnostic.Severity),
                span.Path is { Length: > 0 } path ? new Place(path, span.StartLinePosition.Line + 1, span.StartLinePosition.Character + 1) : new Place(""),
                diagnostic.GetMessage(System.Globalization.CultureInfo.InvariantCulture))
            {
                End = span.Path is { Length: > 0 } ? (span.EndLinePosition.Line + 1, span.EndLinePosition.Character + 1) : default,
            };
        }

        private static FindingLevel LevelOf(DiagnosticSeverity severity) =>
            severity switch { DiagnosticSeverity.Error => FindingLevel.Error, DiagnosticSeverity.Warning => FindingLevel.Warning, _ => FindingLevel.Info };

        private static SourceText TextOf(string path)
        {
            using var stream = File.OpenRead(path);
            return SourceText.From(stream);
        }

        private static bool IsIn(string path, string directory) => Path.GetDirectoryName(path) == directory;
    }

    private sealed class Severities(AnalyzerConfigSet configs) : SyntaxTreeOptionsProvider
    {
        public override GeneratedKind IsGenerated(SyntaxTree tree, CancellationToken cancellationToken) =>
            configs.GetOptionsForSourcePath(tree.FilePath).AnalyzerOptions.TryGetValue("generated_code", out var value) && bool.TryParse(value, out var generated)
                ? generated ? GeneratedKind.MarkedGenerated : GeneratedKind.NotGenerated
                : GeneratedKind.Unknown;

        public override bool TryGetDiagnosticValue(SyntaxTree tree, string diagnosticId, CancellationToken cancellationToken, out ReportDiagnostic severity) =>
            configs.GetOptionsForSourcePath(tree.FilePath).TreeOptions.TryGetValue(diagnosticId, out severity);

        public override bool TryGetGlobalDiagnosticValue(string diagnosticId, CancellationToken cancellationToken, out ReportDiagnostic severity) =>
            configs.GlobalConfigOptions.TreeOptions.TryGetValue(diagnosticId, out severity);
    }

    private sealed class ConfigOptions(AnalyzerConfigSet configs) : AnalyzerConfigOptionsProvider
    {
        public override AnalyzerConfigOptions GlobalOptions { get; } = new Values(configs.GlobalConfigOptions.AnalyzerOptions);

        public override AnalyzerConfigOptions GetOptions(SyntaxTree tree) => new Values(configs.GetOptionsForSourcePath(tree.FilePath).AnalyzerOptions);

        public override AnalyzerConfigOptions GetOptions(AdditionalText textFile) => new Values(configs.GetOptionsForSourcePath(textFile.Path).AnalyzerOptions);

        private sealed class Values(ImmutableDictionary<string, string> values) : AnalyzerConfigOptions
        {
            public override IEnumerable<string> Keys => values.Keys;

            public override bool TryGetValue(string key, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out string? value) => values.TryGetValue(key, out value);
        }
    }

    private sealed class TextFile(string path) : AdditionalText
    {
        public override string Path => path;

        public override SourceText? GetText(CancellationToken cancellationToken = default)
        {
            using var stream = File.OpenRead(path);
            return SourceText.From(stream);
        }
    }

    /// <summary>The rules have their domain beside them: another build of it than the tool's own, which would else be found first.</summary>
    private sealed class RulesContext : AssemblyLoadContext
    {
        private readonly string _directory;

        public RulesContext(string directory)
            : base(directory) => _directory = directory;

        protected override Assembly? Load(AssemblyName assemblyName) =>
            assemblyName.Name is "AiGuardrails.Core" && System.IO.Path.Combine(_directory, assemblyName.Name + ".dll") is var path && File.Exists(path) ? LoadFromAssemblyPath(path) : null;
    }

    /// <summary>Each folder of analyzers apart, with the compiler shared: two packages may bring two versions of one assembly.</summary>
    private sealed class Loader : IAnalyzerAssemblyLoader
    {
        private readonly Dictionary<string, AssemblyLoadContext> _contexts = new(StringComparer.Ordinal);

        public void AddDependencyLocation(string fullPath)
        {
            // What lies beside an assembly is found by its folder.
        }

        public Assembly LoadFromPath(string fullPath)
        {
            var directory = System.IO.Path.GetDirectoryName(fullPath)!;
            lock (_contexts)
            {
                if (!_contexts.TryGetValue(directory, out var context))
                {
                    context = new RulesContext(directory);
                    context.Resolving += (self, name) =>
                        System.IO.Path.Combine(directory, name.Name + ".dll") is var path && File.Exists(path) ? self.LoadFromAssemblyPath(path) : null;
                    _contexts.Add(directory, context);
                }

                return context.LoadFromAssemblyPath(fullPath);
            }
        }
    }
}
