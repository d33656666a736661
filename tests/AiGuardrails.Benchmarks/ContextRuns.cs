using System.Collections.Immutable;
using System.Globalization;
using AiGuardrails.Analyzers.Sdks;
using AiGuardrails.Benchmarks.Analysis;
using AiGuardrails.Testing;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;

namespace AiGuardrails.Benchmarks;

/// <summary>
/// What the rules allocate, and what of it lives on while the compilation does: the context by itself, and all rules over a compilation,
/// beyond what an analyzer that does nothing allocates there.
/// </summary>
internal static class ContextRuns
{
    public static void Run()
    {
        Console.WriteLine("bytes                                          context: allocated, held   all rules beyond an idle analyzer: allocated, held");
        Print("no AI SDK", [.. PlainCode.Files(5_000)], ReferenceSets.Platform | ReferenceSets.AiGuardrails);
        Print("AI SDKs referenced, not used", [.. PlainCode.Files(5_000)], ReferenceSets.Default);
        Print("half of the lines about AI", Sources.Mix(2_500, 2_500), ReferenceSets.Default);
        Print("twice as many lines", Sources.Mix(5_000, 5_000), ReferenceSets.Default);
    }

    private static void Print(string name, IReadOnlyList<SourceText> files, ReferenceSets references)
    {
        _ = Context(files, references);
        _ = Analysis(files, references, AnalyzerSets.Ours);
        _ = Analysis(files, references, AnalyzerSets.Idle);
        var context = Context(files, references);
        var idle = Analysis(files, references, AnalyzerSets.Idle);
        var ours = Analysis(files, references, AnalyzerSets.Ours);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{name,-32}{files.Sum(static file => file.Lines.Count),7:N0} lines {context.Allocated,12:N0} {context.Held,12:N0} {ours.Allocated - idle.Allocated,30:N0} {ours.Held - idle.Held,14:N0}"));
    }

    private static (long Allocated, long Held) Context(IReadOnlyList<SourceText> files, ReferenceSets references)
    {
        // What the compiler loads of references when it is first asked is not the context's.
        var compilation = Sources.Compile(Sources.Parse(files), references);
        _ = compilation.GetTypesByMetadataName("No.Such.Type");
        var held = GC.GetTotalMemory(forceFullCollection: true);
        var allocated = GC.GetAllocatedBytesForCurrentThread();
        var context = AiContext.TryGet(compilation, CancellationToken.None);
        allocated = GC.GetAllocatedBytesForCurrentThread() - allocated;
        held = GC.GetTotalMemory(forceFullCollection: true) - held;
        GC.KeepAlive(context);
        GC.KeepAlive(compilation);
        return (allocated, held);
    }

    private static (long Allocated, long Held) Analysis(IReadOnlyList<SourceText> files, ReferenceSets references, ImmutableArray<DiagnosticAnalyzer> analyzers)
    {
        var compilation = Sources.Compile(Sources.Parse(files), references);
        var held = GC.GetTotalMemory(forceFullCollection: true);
        var allocated = GC.GetTotalAllocatedBytes(precise: true);
        Run(compilation, analyzers);
        allocated = GC.GetTotalAllocatedBytes(precise: true) - allocated;
        held = GC.GetTotalMemory(forceFullCollection: true) - held;
        GC.KeepAlive(compilation);
        return (allocated, held);
    }

    // A method of its own: what the run itself holds is gone when it returns.
    [System.Runtime.CompilerServices.MethodImpl(System.Runtime.CompilerServices.MethodImplOptions.NoInlining)]
    private static void Run(CSharpCompilation compilation, ImmutableArray<DiagnosticAnalyzer> analyzers) => _ = Driver.Analyze(compilation, analyzers);
}
