using System.Collections.Immutable;
using System.Diagnostics;
using AiGuardrails.Analyzers;
using AiGuardrails.CodeFixes;
using AiGuardrails.Corpus;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Diagnostics;

var isFixing = args is ["fixes", ..];
if ((isFixing ? args[1..] : args) is not [var clones, .. var only])
{
    Console.Error.WriteLine("usage: dotnet run --project tests/corpus -c Release -- [fixes] <folder of clones> [part of a repository's name …]");
    return 2;
}

_ = Directory.CreateDirectory(clones);
var home = Path.GetDirectoryName(FindUpwards("repositories.tsv"))!;
var findingsPath = Path.Combine(home, "findings.tsv");
var known = Finding.Read(findingsPath);
var verdicts = known.ToDictionary(static finding => finding.Key);
var analyzers = typeof(AiAnalyzer).Assembly.GetTypes()
    .Where(static type => !type.IsAbstract && typeof(DiagnosticAnalyzer).IsAssignableFrom(type))
    .Select(static type => (DiagnosticAnalyzer)Activator.CreateInstance(type)!)
    .ToImmutableArray();

if (isFixing)
{
    return await FixAsync();
}

var results = new List<Finding>();
var crashes = new List<string>();
var wrong = new List<Finding>();
foreach (var repository in Repository.Read(Path.Combine(home, "repositories.tsv")))
{
    if (only.Length > 0 && !only.Any(part => repository.Name.Contains(part, StringComparison.OrdinalIgnoreCase)))
    {
        results.AddRange(known.Where(finding => finding.Repository == repository.Name));
        continue;
    }

    var watch = Stopwatch.StartNew();
    var (findings, files, lines, crashed) = await repository.AnalyzeAsync(repository.CheckOut(clones), analyzers);
    crashes.AddRange(crashed);
    Console.WriteLine($"{repository.Name}: {files:N0} files, {lines:N0} lines, {findings.Count} findings, {watch.Elapsed.TotalSeconds:F0} s");
    foreach (var finding in findings)
    {
        // What was said of a finding stays with it; what is not there any more is gone.
        var read = verdicts.TryGetValue(finding.Key, out var before) && before.Verdict != Finding.Unread ? finding with { Verdict = before.Verdict, Reason = before.Reason } : finding;
        results.Add(read);
        if (!repository.HasAi)
        {
            wrong.Add(read);
        }
    }
}

var (added, removed) = (results.ExceptBy(known.Select(static finding => finding.Key), static finding => finding.Key).ToArray(), known.ExceptBy(results.Select(static finding => finding.Key), static finding => finding.Key).ToArray());
foreach (var finding in added)
{
    Console.WriteLine($"+ {finding}");
}

foreach (var finding in removed)
{
    Console.WriteLine($"- {finding}");
}

Console.WriteLine();
Console.WriteLine("| rule | level | hits | read | right | of those read |");
Console.WriteLine("|---|---|---|---|---|---|");
foreach (var rule in results.GroupBy(static finding => (finding.Rule, finding.Level)).OrderBy(static rule => rule.Key.Rule, StringComparer.Ordinal))
{
    var (read, right) = (rule.Count(static finding => finding.Verdict != Finding.Unread), rule.Count(static finding => finding.Verdict == "TP"));
    Console.WriteLine($"| {rule.Key.Rule} | {rule.Key.Level} | {rule.Count()} | {read} | {right} | {(read == 0 ? "" : $"{100.0 * right / read:F0} %")} |");
}

foreach (var crash in crashes)
{
    Console.Error.WriteLine($"AD0001 {crash}");
}

foreach (var finding in wrong)
{
    Console.Error.WriteLine($"without AI, and yet: {finding}");
}

Finding.Write(findingsPath, results);
return crashes.Count > 0 || wrong.Count > 0 || added.Length > 0 || removed.Length > 0 ? 1 : 0;

async Task<int> FixAsync()
{
    var fixes = new BulkFix(analyzers, [.. typeof(AiCodeFix).Assembly.GetTypes().Where(static type => !type.IsAbstract && typeof(CodeFixProvider).IsAssignableFrom(type)).Select(static type => (CodeFixProvider)Activator.CreateInstance(type)!)]);
    foreach (var repository in Repository.Read(Path.Combine(home, "repositories.tsv")).Where(repository => only.Length == 0 || only.Any(part => repository.Name.Contains(part, StringComparison.OrdinalIgnoreCase))))
    {
        Console.WriteLine(repository.Name);
        await repository.FixAsync(repository.CheckOut(clones), fixes);
    }

    Console.WriteLine("\n| rule | findings | mended | no fix offered |\n|---|---|---|---|");
    foreach (var (rule, record) in fixes.Records.Where(static entry => entry.Value.Found > 0))
    {
        Console.WriteLine($"| {rule} | {record.Found} | {record.Mended} | {record.NotOffered} |");
    }

    fixes.Problems.ForEach(Console.Error.WriteLine);
    return fixes.Problems.Count == 0 ? 0 : 1;
}

static string FindUpwards(string name)
{
    for (var folder = AppContext.BaseDirectory; folder is not null; folder = Path.GetDirectoryName(folder))
    {
        var path = Path.Combine(folder, "tests", "corpus", name);
        if (File.Exists(path))
        {
            return path;
        }
    }

    throw new FileNotFoundException($"No tests/corpus/{name} above {AppContext.BaseDirectory}.");
}
