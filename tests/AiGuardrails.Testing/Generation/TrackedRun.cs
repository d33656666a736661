using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Xunit;

namespace AiGuardrails.Testing.Generation;

/// <summary>What the steps of a generator's pipeline say of themselves.</summary>
internal static class TrackedRun
{
    public static void VerifyCached(GeneratorRunResult first, GeneratorRunResult second, ImmutableArray<string> trackingNames)
    {
        foreach (var name in trackingNames)
        {
            foreach (var (_, reason) in OutputsOf(first, second, name))
            {
                Assert.True(
                    reason is IncrementalStepRunReason.Cached or IncrementalStepRunReason.Unchanged,
                    $"After an edit elsewhere, step '{name}' is {reason}, not Cached or Unchanged.");
            }
        }

        var written = second.TrackedOutputSteps.Values.SelectMany(steps => steps).SelectMany(step => step.Outputs).ToList();
        Assert.True(written.Count > 0, "The generator writes nothing, so there is nothing to be cached.");
        foreach (var (_, reason) in written)
        {
            Assert.True(reason is IncrementalStepRunReason.Cached, $"After an edit elsewhere, an output is {reason}, not Cached.");
        }
    }

    public static void VerifyHoldsNothing(GeneratorRunResult run, ImmutableArray<string> trackingNames)
    {
        foreach (var name in trackingNames)
        {
            foreach (var (value, _) in run.TrackedSteps.GetValueOrDefault(name, []).SelectMany(step => step.Outputs))
            {
                if (CompilerObjects.FindIn(value) is { } path)
                {
                    Assert.Fail($"Step '{name}' holds on to {path}: it compares unequal after each edit and keeps the compilation alive.");
                }
            }
        }
    }

    private static IEnumerable<(object Value, IncrementalStepRunReason Reason)> OutputsOf(GeneratorRunResult first, GeneratorRunResult second, string name)
    {
        Assert.True(
            first.TrackedSteps.TryGetValue(name, out var steps) && steps.Any(step => step.Outputs.Length > 0),
            $"No step named '{name}' made anything of this source; the pipeline's are: {string.Join(", ", first.TrackedSteps.Keys.Order(StringComparer.Ordinal))}.");

        return second.TrackedSteps.GetValueOrDefault(name, []).SelectMany(step => step.Outputs);
    }
}
