using System.Collections.Immutable;
using System.Text.RegularExpressions;
using AiGuardrails.Testing;
using AiGuardrails.Testing.Analysis;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace AiGuardrails.Benchmarks.Analysis;

/// <summary>A piece of code that a page of a rule shows.</summary>
internal sealed record Example(string Rule, bool IsBad, string Text)
{
    public int Lines { get; } = Text.AsSpan().Count('\n');
}

/// <summary>
/// The sources that analyzers are measured on: the examples on the pages of the rules, multiplied, and ordinary code. All of them
/// compile; each example stands in a namespace of its own.
/// </summary>
internal static partial class Sources
{
    public static readonly CSharpParseOptions ParseOptions = new(LanguageVersion.Preview, DocumentationMode.Parse);

    private static readonly Lazy<ImmutableArray<Example>> s_examples = new(Read);

    /// <summary>Gets the examples that compile without generators and other files.</summary>
    public static ImmutableArray<Example> Examples => s_examples.Value;

    /// <summary>The example as a file: its usings, a namespace of its own, and its types.</summary>
    public static string FileOf(Example example, int number)
    {
        var unit = (CompilationUnitSyntax)CSharpSyntaxTree.ParseText(example.Text, ParseOptions).GetRoot();
        var statements = unit.Members.OfType<GlobalStatementSyntax>().ToList();
        var types = string.Concat(unit.Members.Except<MemberDeclarationSyntax>(statements).Select(static member => member.ToFullString()));

        // Top-level statements can stand in one file only; elsewhere they are the body of a method.
        var main = statements.Count == 0 ? "" : "class Program\n{\n    static async System.Threading.Tasks.Task Main_()\n    {\n" + string.Concat(statements.Select(static statement => statement.ToFullString())) + "\n        await System.Threading.Tasks.Task.CompletedTask;\n    }\n}\n";
        return unit.Usings.ToFullString() + "\nnamespace Sample" + Invariant(number) + ";\n\n" + main + types;
    }

    public static CSharpCompilation Compile(IEnumerable<SyntaxTree> trees, ReferenceSets references) => CSharpCompilation.Create(
        "Benchmark",
        trees,
        TestReferences.Of(references),
        new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable, optimizationLevel: OptimizationLevel.Release, specificDiagnosticOptions: TestSolution.Suppressed));

    /// <summary>Trees that nobody has asked anything: what rules keep of a tree is not there yet.</summary>
    public static SyntaxTree[] Parse(IReadOnlyList<SourceText> files) =>
        [.. files.Select(static (text, i) => CSharpSyntaxTree.ParseText(text, ParseOptions, "/src/File" + Invariant(i) + ".cs"))];

    /// <summary>Files of ordinary code with this many lines together, and of examples with that many.</summary>
    public static IReadOnlyList<SourceText> Mix(int plainLines, int exampleLines, Func<Example, bool>? which = null)
    {
        var files = new List<SourceText>();
        var examples = Examples.Where(example => which is null || which(example)).ToList();
        for (var i = 0; exampleLines > 0; i++)
        {
            var example = examples[i % examples.Count];
            files.Add(SourceText.From(FileOf(example, i)));
            exampleLines -= files[^1].Lines.Count;
        }

        files.AddRange(PlainCode.Files(plainLines));
        return files;
    }

    public static string Invariant(int number) => number.ToString(System.Globalization.CultureInfo.InvariantCulture);

    private static ImmutableArray<Example> Read()
    {
        var folder = Path.Combine(RepositoryRoot(), "docs", "rules");
        var found = Directory.GetFiles(folder, "AIG*.md").Order(StringComparer.Ordinal)
            .SelectMany(static file => Block().Matches(File.ReadAllText(file).ReplaceLineEndings("\n")).Select(match => new Example(
                Path.GetFileNameWithoutExtension(file),
                match.Groups["kind"].Value == "bad",
                Mark().Replace(match.Groups["code"].Value, "").Replace("|}", "", StringComparison.Ordinal))))
            .ToList();
        var trees = found.Select(static (example, i) => CSharpSyntaxTree.ParseText(FileOf(example, i), ParseOptions, path: Invariant(i))).ToList();
        var broken = Compile(trees, ReferenceSets.Default).GetDiagnostics()
            .Where(static diagnostic => diagnostic.Severity == DiagnosticSeverity.Error)
            .Select(static diagnostic => diagnostic.Location.SourceTree?.FilePath)
            .ToHashSet(StringComparer.Ordinal);
        return [.. found.Where((_, i) => !broken.Contains(Invariant(i)))];
    }

    private static string RepositoryRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "AiGuardrails.sln")))
            {
                return folder.FullName;
            }
        }

        throw new DirectoryNotFoundException("The benchmarks read docs/rules and are run from the repository.");
    }

    [GeneratedRegex("^```csharp (?<kind>bad|good)\n(?<code>.*?)^```$", RegexOptions.Multiline | RegexOptions.Singleline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Block();

    [GeneratedRegex(@"\{\|AIG\d{4}:", RegexOptions.None, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Mark();
}
