using System.Diagnostics;
using System.Globalization;
using System.Reflection;
using System.Runtime.InteropServices;
using AiGuardrails.Generators.Prompts;
using AiGuardrails.Generators.TrainingRecords;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace AiGuardrails.Benchmarks;

/// <summary>
/// The generators beside that of System.Text.Json, over the same files: types with three properties and our attributes, and one context
/// that names them all. Measured are the first run, the run after an edit in the body of a method somewhere else, after a new method
/// somewhere else, and after another name for a property of one type. Time of this thread counts, so that other work of the machine does
/// not, and the generators take turns. The rows of the attribute alone are a generator that asks for the types with the attribute and
/// does nothing with them, those with a file each are one that adds an empty file for each: what the compiler does by itself.
/// </summary>
internal static partial class GeneratorRuns
{
    private const int ThreadClock = 3;

    private const int TypesInFile = 10;

    private static readonly CSharpParseOptions s_options = new(LanguageVersion.Latest);

    private static readonly MetadataReference[] s_references =
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(static path => Path.GetFileName(path).StartsWith("System.", StringComparison.Ordinal) || Path.GetFileName(path) is "netstandard.dll" or "AiGuardrails.dll" or "AiGuardrails.Core.dll")
            .Select(static path => MetadataReference.CreateFromFile(path)),
    ];

    public static void Run(IReadOnlyList<int> counts)
    {
        Console.WriteLine("                              first run                                      best ms after an edit of                  steps not cached");
        Console.WriteLine("types   generator          best ms   × System.Text.Json   µs a type     a body   a declaration   one type    (body, declaration, type)");
        foreach (var count in counts)
        {
            Measure(count, Plain, ("plain types", JsonGenerator()));
            Measure(count, Record, ("System.Text.Json", JsonGenerator()), ("attribute alone", new Attribute("AiGuardrails.TrainingRecordAttribute")), ("with a file each", new AttributeAndFile("AiGuardrails.TrainingRecordAttribute")), ("training records", new TrainingRecordGenerator()));
            Measure(count, Prompt, ("System.Text.Json", JsonGenerator()), ("attribute alone", new Attribute("AiGuardrails.PromptAttribute")), ("with a file each", new AttributeAndFile("AiGuardrails.PromptAttribute")), ("prompts", new PromptGenerator()));
        }
    }

    private static void Measure(int count, Func<int, string> typeOf, params (string Name, IIncrementalGenerator Generator)[] generators)
    {
        var results = Array.ConvertAll(generators, static _ => new Result());
        var rounds = Math.Clamp(10_000 / count, 6, 40);
        for (var round = 0; round < rounds; round++)
        {
            for (var i = 0; i < generators.Length; i++)
            {
                Measure(count, typeOf, generators[i].Generator, results[i], isFirst: round == 0);
            }
        }

        for (var i = 0; i < generators.Length; i++)
        {
            var result = results[i];
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{count,5}   {generators[i].Name,-17} {result.First,8:F1} {result.First / results[0].First,20:F2} {result.First * 1000 / count,11:F0} {result.Edits[0],10:F3} {result.Edits[1],15:F3} {result.Edits[2],10:F3}    {string.Join(", ", result.NotCached)}"));
        }
    }

    private static void Measure(int count, Func<int, string> typeOf, IIncrementalGenerator generator, Result result, bool isFirst)
    {
        // Each time files and a compilation that nothing was asked of before.
        var trees = TreesOf(count, typeOf);
        Compilation compilation = CSharpCompilation.Create("Benchmark", trees, s_references, new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary));
        GeneratorDriver driver = CSharpGeneratorDriver.Create([generator.AsSourceGenerator()], parseOptions: s_options, driverOptions: new GeneratorDriverOptions(IncrementalGeneratorOutputKind.None, trackIncrementalGeneratorSteps: isFirst));
        result.First = Math.Min(result.First, Run(ref driver, compilation));
        Verify(driver, generator is Attribute ? 0 : count);

        var edited = trees.Length / 2 - 1;
        (SyntaxTree Before, string After)[] changes =
        [
            (trees[^1], Unrelated("1")),
            (trees[^1], Unrelated("2; } void N() { M()")),
            (trees[edited], FileOf(count, edited, number => number == edited * TypesInFile ? typeOf(number).Replace("Question", "Request", StringComparison.Ordinal) : typeOf(number))),
        ];
        for (var i = 0; i < changes.Length; i++)
        {
            var before = compilation.SyntaxTrees.Single(tree => tree.FilePath == changes[i].Before.FilePath);
            compilation = compilation.ReplaceSyntaxTree(before, Parsed(changes[i].After, before.FilePath));
            result.Edits[i] = Math.Min(result.Edits[i], Run(ref driver, compilation));
            if (isFirst)
            {
                // What the driver itself hands over (the compilation) is new each time; what the generator makes of it must not be.
                result.NotCached[i] = driver.GetRunResult().Results.Single().TrackedOutputSteps
                    .SelectMany(static step => step.Value).SelectMany(static step => step.Outputs)
                    .Count(static output => output.Reason is not (IncrementalStepRunReason.Cached or IncrementalStepRunReason.Unchanged));
            }
        }
    }

    private static double Run(ref GeneratorDriver driver, Compilation compilation)
    {
        // What ran before leaves garbage, which whoever comes next would have to collect.
        GC.Collect();
        var before = Clock();
        driver = driver.RunGenerators(compilation);
        return Clock() - before;
    }

    /// <summary>The milliseconds that this thread has worked; elsewhere than on Linux those that have passed.</summary>
    internal static double Clock()
    {
        if (!OperatingSystem.IsLinux())
        {
            return Stopwatch.GetTimestamp() * 1000.0 / Stopwatch.Frequency;
        }

        _ = GetTime(ThreadClock, out var time);
        return (time.Seconds * 1000.0) + (time.Nanoseconds / 1e6);
    }

    [LibraryImport("libc", EntryPoint = "clock_gettime")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int GetTime(int clock, out Time time);

    private static void Verify(GeneratorDriver driver, int count)
    {
        var result = driver.GetRunResult().Results.Single();
        if (result.Exception is not null || result.GeneratedSources.Length < count)
        {
            throw new UnreachableException($"{result.Generator} made {result.GeneratedSources.Length} files of {count} types: {result.Exception}");
        }
    }

    private static SyntaxTree[] TreesOf(int count, Func<int, string> typeOf) =>
    [
        .. Enumerable.Range(0, (count + TypesInFile - 1) / TypesInFile).Select(file => Parsed(FileOf(count, file, typeOf), $"File{file}.cs")),
        Parsed(Unrelated("0"), "Unrelated.cs"),
    ];

    private static string FileOf(int count, int file, Func<int, string> typeOf) =>
        "#nullable enable\nusing AiGuardrails;\nnamespace Acme;\n"
        + string.Concat(Enumerable.Range(file * TypesInFile, Math.Min(TypesInFile, count - (file * TypesInFile))).Select(typeOf))
        + (file == 0 ? Context(count) : "");

    private static string Unrelated(string body) => $"namespace Unrelated {{ class C {{ int M() {{ return {body}; }} }} }}";

    private static SyntaxTree Parsed(string text, string path) => CSharpSyntaxTree.ParseText(text, s_options, path);

    private static string Context(int count) =>
        string.Concat(Enumerable.Range(0, count).Select(static i => $"[System.Text.Json.Serialization.JsonSerializable(typeof(Type{i}))]\n")) + "internal partial class Context : System.Text.Json.Serialization.JsonSerializerContext { }\n";

    private static string Plain(int number) =>
        $$"""public sealed class Type{{number}} { public string Question { get; set; } = ""; public string Answer { get; set; } = ""; public int Count { get; set; } }{{"\n"}}""";

    private static string Record(int number) =>
        $$"""[TrainingRecord] public sealed partial class Type{{number}} { [UserMessage] public string Question { get; set; } = ""; [AssistantMessage] public string Answer { get; set; } = ""; public int Count { get; set; } }{{"\n"}}""";

    private static string Prompt(int number) =>
        $$"""[Prompt("prompt/{{number}}")] [Block(BlockRole.System, "Answer in {Count} sentences, the way this answer is written.")] [Block(BlockRole.User, "{Question}\n\n{Answer}")] public sealed partial class Type{{number}} { public string Question { get; set; } = ""; public string Answer { get; set; } = ""; public int Count { get; set; } }{{"\n"}}""";

    [StructLayout(LayoutKind.Sequential)]
    private struct Time
    {
        public nint Seconds;
        public nint Nanoseconds;
    }

    private sealed class Result
    {
        public double First { get; set; } = double.MaxValue;

        public double[] Edits { get; } = [double.MaxValue, double.MaxValue, double.MaxValue];

        public int[] NotCached { get; } = new int[3];
    }

    private sealed class Attribute(string name) : IIncrementalGenerator
    {
        public void Initialize(IncrementalGeneratorInitializationContext context) => context.RegisterSourceOutput(
            context.SyntaxProvider.ForAttributeWithMetadataName(name, static (_, _) => true, static (_, _) => 0),
            static (_, _) => { });
    }

    private sealed class AttributeAndFile(string name) : IIncrementalGenerator
    {
        public void Initialize(IncrementalGeneratorInitializationContext context) => context.RegisterSourceOutput(
            context.SyntaxProvider.ForAttributeWithMetadataName(name, static (_, _) => true, static (attributed, _) => attributed.TargetSymbol.Name),
            static (production, type) => production.AddSource(type + ".g.cs", ""));
    }

    // The generator of the SDK that runs this program, as every build loads it.
    private static IIncrementalGenerator JsonGenerator()
    {
        var runtime = Path.GetDirectoryName(typeof(object).Assembly.Location)!;
        var packs = Path.GetFullPath(Path.Combine(runtime, "..", "..", "..", "packs", "Microsoft.NETCore.App.Ref"));
        var file = Directory.EnumerateFiles(packs, "System.Text.Json.SourceGeneration.dll", SearchOption.AllDirectories).Order(StringComparer.Ordinal).Last();
        var type = Assembly.LoadFrom(file).GetType("System.Text.Json.SourceGeneration.JsonSourceGenerator", throwOnError: true)!;
        return (IIncrementalGenerator)Activator.CreateInstance(type)!;
    }
}
