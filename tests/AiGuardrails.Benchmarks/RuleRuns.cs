using System.Collections.Immutable;
using System.Globalization;
using AiGuardrails.Benchmarks.Analysis;
using AiGuardrails.Testing;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;

namespace AiGuardrails.Benchmarks;

/// <summary>
/// Each rule by itself beside an analyzer that registers nothing and one that registers the same and does nothing: on the bad examples of
/// its page, many times over, and on the good ones. They run in turn, each over new trees, and of each the least counts.
/// </summary>
internal static class RuleRuns
{
    private const int Copies = 20;

    private const int Rounds = 2;

    public static void Run(string words)
    {
        Console.WriteLine("Milliseconds of processor time; a rule by itself pays for what all of them share: the context, the scan, binding a body.");
        Console.WriteLine("rule                                                           files   findings   registers nothing   does nothing       rule   × does nothing   own, µs a file   of that, shared");
        foreach (var analyzer in AnalyzerSets.Ours)
        {
            foreach (var isBad in new[] { true, false })
            {
                var ids = analyzer.SupportedDiagnostics.Select(static descriptor => descriptor.Id).ToHashSet(StringComparer.Ordinal);
                var examples = Sources.Examples.Where(example => ids.Contains(example.Rule) && example.IsBad == isBad).ToList();
                if (examples.Count > 0 && analyzer.GetType().Name.Contains(words, StringComparison.OrdinalIgnoreCase))
                {
                    Measure(analyzer, isBad, [.. Enumerable.Range(0, Copies).Select(i => SourceText.From(Sources.FileOf(examples[i % examples.Count], i)))]);
                }
            }
        }
    }

    private static void Measure(DiagnosticAnalyzer analyzer, bool isBad, IReadOnlyList<SourceText> files)
    {
        var sets = new[] { AnalyzerSets.Nothing, AnalyzerSets.Idle, ImmutableArray.Create(analyzer), ImmutableArray.Create<DiagnosticAnalyzer>(new SharedWork()) };
        var best = new DriverRun?[sets.Length];

        // The first round warms up.
        for (var round = 0; round <= Rounds; round++)
        {
            for (var i = 0; i < sets.Length; i++)
            {
                var run = Driver.Analyze(files, ReferenceSets.Default, sets[i]);
                best[i] = round == 0 ? null : run.Best(best[i]);
            }
        }

        var (nothing, idle, rule, shared) = (best[0]!, best[1]!, best[2]!, best[3]!);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{analyzer.SupportedDiagnostics[0].Id} {analyzer.GetType().Name + (isBad ? ", with hits" : ", without"),-58}{files.Count,5}{rule.Findings.Count(static finding => finding.Id.StartsWith("AIG", StringComparison.Ordinal)),11}{nothing.Cpu,20:F1}{idle.Cpu,15:F1}{rule.Cpu,11:F1}{rule.Cpu / idle.Cpu,17:F2}{rule.Own * 1000 / files.Count,17:F0}{shared.Own * 1000 / files.Count,18:F0}"));
    }
}
