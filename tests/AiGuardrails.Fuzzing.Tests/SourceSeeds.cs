using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AiGuardrails.Fuzzing.Tests;

/// <summary>Real source to start from: every example of the documentation, and the samples.</summary>
internal static partial class SourceSeeds
{
    /// <summary>Gets the sources, in the same order on every machine.</summary>
    public static IReadOnlyList<string> All { get; } = [.. Examples().Concat(Samples()).Distinct(StringComparer.Ordinal)];

    /// <summary>Gets the sources that declare a training record or a prompt.</summary>
    public static IReadOnlyList<string> Declarations { get; } = [.. All.Where(static source => source.Contains("[TrainingRecord", StringComparison.Ordinal) || source.Contains("[Prompt", StringComparison.Ordinal))];

    /// <summary>Gets the folder of the solution.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>The source with its declarations in a namespace; nothing where it has statements or a namespace of its own.</summary>
    public static string InNamespace(string source, string name)
    {
        var root = (CompilationUnitSyntax)CSharpSyntaxTree.ParseText(source).GetRoot();
        return root.AttributeLists.Count > 0 || root.Members.Any(static member => member is GlobalStatementSyntax or BaseNamespaceDeclarationSyntax)
            ? ""
            : source.Insert(root.Members.FirstOrDefault()?.SpanStart ?? source.Length, $"namespace {name} {{ ") + "}";
    }

    private static IEnumerable<string> Examples() => Directory.EnumerateFiles(Path.Combine(FindRoot(), "docs"), "*.md", SearchOption.AllDirectories)
        .Order(StringComparer.Ordinal)
        .SelectMany(static path => Example().Matches(File.ReadAllText(path).ReplaceLineEndings("\n")).Select(static match => Markup().Replace(match.Groups["code"].Value, "")));

    private static IEnumerable<string> Samples() => Directory.EnumerateFiles(Path.Combine(FindRoot(), "samples"), "*.cs", SearchOption.AllDirectories)
        .Where(static path => !path.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal))
        .Order(StringComparer.Ordinal)
        .Select(static path => File.ReadAllText(path).ReplaceLineEndings("\n"));

    private static string FindRoot()
    {
        for (var folder = AppContext.BaseDirectory; folder is not null; folder = Path.GetDirectoryName(folder))
        {
            if (File.Exists(Path.Combine(folder, "AiGuardrails.sln")))
            {
                return folder;
            }
        }

        throw new InvalidOperationException("The tests do not run inside the repository.");
    }

    [GeneratedRegex("^```csharp (good|bad)\n(?<code>.*?)^```$", RegexOptions.Multiline | RegexOptions.Singleline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Example();

    [GeneratedRegex(@"\{\|AIG[0-9]{4}:|\|\}", RegexOptions.None, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Markup();
}
