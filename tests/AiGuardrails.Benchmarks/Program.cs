using System.Globalization;
using AiGuardrails.Benchmarks;
using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Diagnosers;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;

if (args is ["memory", .. var rest])
{
    await Memory.RunAsync(rest.Length > 0 ? double.Parse(rest[0], CultureInfo.InvariantCulture) : 1);
    return;
}

if (args is ["ratios", .. var words])
{
    Ratios.Run(string.Join(' ', words));
    return;
}

if (args is ["generators", .. var counts])
{
    GeneratorRuns.Run(counts.Length > 0 ? [.. counts.Select(static count => int.Parse(count, CultureInfo.InvariantCulture))] : [10, 100, 1_000, 5_000]);
    return;
}

if (args is ["peers", .. var sizes])
{
    PeerRuns.Run(sizes);
    return;
}

if (args is ["rules", .. var names])
{
    RuleRuns.Run(string.Join(' ', names));
    return;
}

if (args is ["growth", .. var cases])
{
    GrowthRuns.Run(string.Join(' ', cases));
    return;
}

if (args is ["context"])
{
    ContextRuns.Run();
    return;
}

// In this process: a project of its own would be built with the rules of this repository, and slowly. What counts is the ratio.
var config = ManualConfig.Create(DefaultConfig.Instance)
    .AddJob(Job.ShortRun.WithToolchain(InProcessEmitToolchain.Instance))
    .AddDiagnoser(MemoryDiagnoser.Default)
    .HideColumns(Column.Error, Column.StdDev, Column.RatioSD, Column.Gen0, Column.Gen1, Column.Gen2, Column.AllocRatio)
    .WithArtifactsPath(Path.Combine(Path.GetTempPath(), "aiguardrails-benchmarks"))
    .WithOptions(ConfigOptions.DisableOptimizationsValidator);
BenchmarkSwitcher.FromAssembly(typeof(Writing).Assembly).Run(args.Length == 0 ? ["--filter", "*"] : args, config);
