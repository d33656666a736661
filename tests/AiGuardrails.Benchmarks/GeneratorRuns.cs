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
/// The generators beside that of System.Text.Json, over types with the same three properties: the first run, and the run after an
/// edit that is no business of theirs. Time of this thread counts, so that other work of the machine does not. The rows of attributes
/// alone are a generator that asks for the attributes of each type and of its members, and does nothing with them: what the compiler
/// needs to bind them.
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
        Console.WriteLine("                              first run                                        unrelated edit");
        Console.WriteLine("types   generator          best ms   × System.Text.Json   µs a type     best ms   steps not cached");
        foreach (var count in counts)
        {
            var json = JsonGenerator();
            var baseline = Measure(count, json, Json);
            Print(count, "System.Text.Json", baseline, baseline);
            Print(count, "attributes alone", Measure(count, new Attributes("AiGuardrails.TrainingRecordAttribute"), Record), baseline);
            Print(count, "training records", Measure(count, new TrainingRecordGenerator(), Record), baseline);
            Print(count, "attributes alone", Measure(count, new Attributes("AiGuardrails.PromptAttribute"), Prompt), baseline);
            Print(count, "prompts", Measure(count, new PromptGenerator(), Prompt), baseline);
        }
    }

    private static void Print(int count, string name, (double First, double Edit, int NotCached) run, (double First, double Edit, int NotCached) baseline) =>
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{count,5}   {name,-17} {run.First,8:F1} {run.First / baseline.First,20:F2} {run.First * 1000 / count,11:F0} {run.Edit,11:F3} {run.NotCached,18}"));

    private static (double First, double Edit, int NotCached) Measure(int count, IIncrementalGenerator generator, Func<int, string> typeOf)
    {
        var trees = TreesOf(count, typeOf);
        var rounds = Math.Clamp(10_000 / count, 5, 40);
        var (first, edit, notCached) = (double.MaxValue, double.MaxValue, 0);
        for (var round = 0; round < rounds; round++)
        {
            // Each time a compilation that nothing was asked of before.
            var compilation = CSharpCompilation.Create("Benchmark", trees, s_references, new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary));
            GeneratorDriver driver = CSharpGeneratorDriver.Create([generator.AsSourceGenerator()], parseOptions: s_options, driverOptions: new GeneratorDriverOptions(IncrementalGeneratorOutputKind.None, trackIncrementalGeneratorSteps: round == 0));
            first = Math.Min(first, Run(ref driver, compilation));
            Verify(driver, generator is Attributes ? 0 : count);

            var edited = compilation.ReplaceSyntaxTree(trees[^1], CSharpSyntaxTree.ParseText($"namespace Unrelated {{ class C {{ int M() => {round}; }} }}", s_options, "Unrelated.cs"));
            edit = Math.Min(edit, Run(ref driver, edited));
            if (round == 0)
            {
                // What the driver itself hands over (the compilation) is new each time; what the generator makes of it must not be.
                notCached = driver.GetRunResult().Results.Single().TrackedOutputSteps
                    .SelectMany(static step => step.Value).SelectMany(static step => step.Outputs)
                    .Count(static output => output.Reason is not (IncrementalStepRunReason.Cached or IncrementalStepRunReason.Unchanged));
            }
        }

        return (first, edit, notCached);
    }

    private static double Run(ref GeneratorDriver driver, Compilation compilation)
    {
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
        .. Enumerable.Range(0, count).Chunk(TypesInFile).Select((numbers, file) => CSharpSyntaxTree.ParseText(
            "#nullable enable\nusing AiGuardrails;\nnamespace Acme;\n" + string.Concat(numbers.Select(typeOf)) + (file == 0 ? typeOf(-count) : ""),
            s_options,
            $"File{file}.cs")),
        CSharpSyntaxTree.ParseText("namespace Unrelated { class C { int M() => -1; } }", s_options, "Unrelated.cs"),
    ];

    // A number below zero asks for what is there once, for all types.
    private static string Json(int number) => number >= 0
        ? $$"""public sealed class Type{{number}} { public string Question { get; set; } = ""; public string Answer { get; set; } = ""; public int Count { get; set; } }{{"\n"}}"""
        : string.Concat(Enumerable.Range(0, -number).Select(static i => $"[System.Text.Json.Serialization.JsonSerializable(typeof(Type{i}))]\n")) + "internal partial class Context : System.Text.Json.Serialization.JsonSerializerContext { }\n";

    private static string Record(int number) => number < 0 ? "" :
        $$"""[TrainingRecord] public sealed partial class Type{{number}} { [UserMessage] public string Question { get; set; } = ""; [AssistantMessage] public string Answer { get; set; } = ""; public int Count { get; set; } }{{"\n"}}""";

    private static string Prompt(int number) => number < 0 ? "" :
        $$"""[Prompt("prompt/{{number}}")] [Block(BlockRole.System, "Answer in {Count} sentences, the way this answer is written.")] [Block(BlockRole.User, "{Question}\n\n{Answer}")] public sealed partial class Type{{number}} { public string Question { get; set; } = ""; public string Answer { get; set; } = ""; public int Count { get; set; } }{{"\n"}}""";

    [StructLayout(LayoutKind.Sequential)]
    private struct Time
    {
        public nint Seconds;
        public nint Nanoseconds;
    }

    private sealed class Attributes(string name) : IIncrementalGenerator
    {
        public void Initialize(IncrementalGeneratorInitializationContext context) => context.RegisterSourceOutput(
            context.SyntaxProvider.ForAttributeWithMetadataName(name, static (_, _) => true, static (attributed, _) => CountOf((INamedTypeSymbol)attributed.TargetSymbol)),
            static (_, _) => { });

        private static int CountOf(INamedTypeSymbol type) => type.GetAttributes().Length + type.GetMembers().Sum(static member => member.GetAttributes().Length);
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
