using System.Collections.Immutable;
using System.Globalization;
using AiGuardrails.Benchmarks.Analysis;
using AiGuardrails.Testing;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;

namespace AiGuardrails.Benchmarks;

/// <summary>
/// All our rules beside those of others, and beside what the compiler itself takes: on code full of AI, and on code without. Sets run
/// in turn, each over new trees, and of each the least counts.
/// </summary>
internal static class PeerRuns
{
    private const int WarmUpLines = 4_000;

    private static readonly string[] s_packages = ["Meziantou.Analyzer", "Roslynator.Analyzers", "SonarAnalyzer.CSharp"];

    /// <summary>Runs over code that is made for it, of so many lines with and without AI; or over the source files of a folder.</summary>
    public static void Run(string[] args)
    {
        if (args is [var folder, ..] && Directory.Exists(folder))
        {
            // Most of what a project references is not there: what does not bind costs less, the compiler as well as the rules.
            var files = Directory.EnumerateFiles(folder, "*.cs", SearchOption.AllDirectories).Order(StringComparer.Ordinal).Select(static file => SourceText.From(File.ReadAllText(file)));
            Compare(Path.GetFileName(folder), [.. files], ReferenceSets.Default, rounds: 1, withPeers: !args.Contains("ours", StringComparer.Ordinal), isComplete: false);
            return;
        }

        var withAi = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 140_000;
        var without = args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : 1_000_000;
        var rounds = args.Length > 2 ? int.Parse(args[2], CultureInfo.InvariantCulture) : 3;
        var withPeers = args.Length <= 3 || args[3] != "ours";

        Compare("half of the lines about AI", Sources.Mix(withAi / 2, withAi / 2), ReferenceSets.Default, rounds, withPeers);
        Compare("every line about AI", Sources.Mix(0, withAi), ReferenceSets.Default, rounds, withPeers);
        Compare("no AI", [.. PlainCode.Files(without)], ReferenceSets.Platform | ReferenceSets.AiGuardrails, Math.Min(rounds, 2), withPeers);
    }

    private static void Compare(string name, IReadOnlyList<SourceText> files, ReferenceSets references, int rounds, bool withPeers, bool isComplete = true)
    {
        if (files.Count == 0)
        {
            return;
        }

        var sets = new List<(string Name, ImmutableArray<DiagnosticAnalyzer> Analyzers)> { ("an idle analyzer", AnalyzerSets.Idle), ("AiGuardrails", AnalyzerSets.Ours) };
        if (withPeers)
        {
            sets.AddRange(s_packages.Select(static package => (package + " " + AnalyzerSets.VersionOf(package), AnalyzerSets.Of(package))));
        }

        var warmUp = files.Where((_, i) => i % Math.Max(1, files.Sum(static file => file.Lines.Count) / WarmUpLines) == 0).ToList();
        _ = Driver.Compile(warmUp, references, isComplete);
        foreach (var (_, analyzers) in sets)
        {
            _ = Driver.Analyze(warmUp, references, analyzers);
        }

        var compile = double.MaxValue;
        var best = new DriverRun?[sets.Count];
        for (var round = 0; round < rounds; round++)
        {
            compile = Math.Min(compile, Driver.Compile(files, references, isComplete));
            for (var i = 0; i < sets.Count; i++)
            {
                best[i] = Driver.Analyze(files, references, sets[i].Analyzers).Best(best[i]);
            }
        }

        Print(name, files, compile, [.. sets.Select((set, i) => (set.Name, set.Analyzers.Length, best[i]!))]);
    }

    private static void Print(string name, IReadOnlyList<SourceText> files, double compile, IReadOnlyList<(string Name, int Analyzers, DriverRun Run)> rows)
    {
        var meziantou = rows.FirstOrDefault(static row => row.Name.StartsWith("Meziantou", StringComparison.Ordinal)).Run;
        var empty = rows[0].Run.Cpu;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"\n{name}: {files.Sum(static file => file.Lines.Count):N0} lines in {files.Count:N0} files; the compiler took {compile:N0} ms of processor time"));
        Console.WriteLine("analyzers                          number   findings   whole run, ms   beyond idle, ms   own time, ms   own / compile   beyond / Meziantou");
        foreach (var (set, analyzers, run) in rows)
        {
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{set,-35}{analyzers,6}{run.Findings.Count(static finding => !finding.Id.StartsWith("CS", StringComparison.Ordinal)),11:N0}{run.Cpu,16:N0}{run.Cpu - empty,18:N0}{run.Own,15:N1}{run.Own / compile,16:P2}{(run.Cpu - empty) / (meziantou?.Cpu - empty ?? double.NaN),21:P1}"));
        }

        var ours = rows[1].Run;
        foreach (var (analyzer, milliseconds) in ours.ByAnalyzer.OrderByDescending(static pair => pair.Value).Take(12))
        {
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {analyzer.Split('.')[^1],-50}{milliseconds,10:N1} ms"));
        }

        Console.WriteLine("  " + string.Join("  ", ours.Findings.GroupBy(static finding => finding.Id, StringComparer.Ordinal).OrderBy(static group => group.Key, StringComparer.Ordinal).Select(static group => $"{group.Key} {Sources.Invariant(group.Count())}")));
    }
}
