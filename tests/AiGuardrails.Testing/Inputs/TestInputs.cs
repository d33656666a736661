using System.Collections.Immutable;

namespace AiGuardrails.Testing.Inputs;

/// <summary>What the build of the kit wrote down for it: see build/TestInputs.targets.</summary>
internal static class TestInputs
{
    private static readonly Lazy<ImmutableArray<TestInput>> s_all = new(Read);

    /// <summary>The folder of the repository; ends in a separator.</summary>
    public static string Root { get; } = Path.GetFullPath(s_all.Value.Single(input => input.Kind == "Root").Path);

    public static IEnumerable<TestInput> OfKind(string kind) => s_all.Value.Where(input => input.Kind == kind);

    private static ImmutableArray<TestInput> Read()
    {
        using var stream = typeof(TestInputs).Assembly.GetManifestResourceStream("TestInputs.txt")!;
        using var reader = new StreamReader(stream);

        return
        [
            .. from line in reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
               let parts = line.Split('|')
               select new TestInput(parts[0], parts[1], parts[2]),
        ];
    }
}

internal sealed record TestInput(string Kind, string Package, string Path);
