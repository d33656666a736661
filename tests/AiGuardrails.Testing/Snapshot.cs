using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using AiGuardrails.Testing.Generation;
using AiGuardrails.Testing.Inputs;
using Microsoft.CodeAnalysis;

namespace AiGuardrails.Testing;

/// <summary>
/// Compares generated files with <c>{Class}.{Method}#{hint}.verified.cs</c> beside the test, in the layout of Verify.SourceGenerators.
/// To accept what is generated, run the tests with AIGUARDRAILS_ACCEPT_SNAPSHOTS=1 and review the difference.
/// </summary>
public static class Snapshot
{
    private const string MappedRoot = "/_/";

    public static void Verify(GeneratorDriverRunResult result, [CallerFilePath] string file = "", [CallerMemberName] string method = "")
    {
        var path = Unmapped(file);
        var folder = new SnapshotFolder(
            Path.GetDirectoryName(path)!,
            $"{Path.GetFileNameWithoutExtension(path)}.{method}",
            accept: IsSet("AIGUARDRAILS_ACCEPT_SNAPSHOTS"),
            isContinuousIntegration: IsSet("CI"));

        folder.Verify(result.Results.SelectMany(generator => generator.GeneratedSources).ToImmutableDictionary(source => source.HintName, source => source.SourceText.ToString()));
    }

    // A deterministic build writes /_/ for the folder of the repository.
    internal static string Unmapped(string file) => file.StartsWith(MappedRoot, StringComparison.Ordinal) ? TestInputs.Root + file[MappedRoot.Length..] : file;

    private static bool IsSet(string variable) => Environment.GetEnvironmentVariable(variable) is "1" or "true" or "True";
}
