using System.Text.RegularExpressions;
using AiGuardrails.Testing.Fixing;
using Xunit;

namespace AiGuardrails.Testing.Generation;

/// <summary>The snapshots of one test.</summary>
internal sealed partial class SnapshotFolder(string folder, string test, bool accept, bool isContinuousIntegration)
{
    private const string Verified = ".verified.cs";
    private const string Received = ".received.cs";

    public void Verify(IReadOnlyDictionary<string, string> generated)
    {
        Assert.False(accept && isContinuousIntegration, "Snapshots are accepted by people, never in CI.");

        var texts = generated.ToDictionary(file => FileStem(file.Key), file => $"//HintName: {file.Key}\n{Scrub(file.Value)}", StringComparer.Ordinal);
        var problems = new List<string>();

        foreach (var (stem, text) in texts.OrderBy(file => file.Key, StringComparer.Ordinal))
        {
            if (accept)
            {
                File.WriteAllText(PathOf(stem, Verified), text);
            }

            // Git may have checked the snapshot out with other line ends; what is generated has no such excuse.
            var verified = File.Exists(PathOf(stem, Verified)) ? File.ReadAllText(PathOf(stem, Verified)).ReplaceLineEndings("\n") : null;
            if (verified == text)
            {
                File.Delete(PathOf(stem, Received));
            }
            else
            {
                File.WriteAllText(PathOf(stem, Received), text);
                problems.Add(verified is null ? $"There is no snapshot {stem}{Verified} yet. Generated is:\n{text}" : TextDifference.Describe(stem + Verified, verified, text));
            }
        }

        foreach (var orphan in Directory.EnumerateFiles(folder, $"{test}#*{Verified}").Where(file => !texts.ContainsKey(Path.GetFileName(file)[..^Verified.Length])))
        {
            if (accept)
            {
                File.Delete(orphan);
            }
            else
            {
                problems.Add($"Nothing is generated any more for the snapshot {Path.GetFileName(orphan)}.");
            }
        }

        Assert.True(problems.Count == 0, string.Join("\n\n", problems));
    }

    // The version of the generator is in every file; a release is no reason to review them all.
    private static string Scrub(string text) => GeneratedCodeVersion().Replace(text, "${start}{version}${end}");

    private string FileStem(string hintName)
    {
        var name = hintName.EndsWith(".cs", StringComparison.Ordinal) ? hintName[..^".cs".Length] : hintName;

        return $"{test}#{name.Replace('/', '_').Replace('\\', '_')}";
    }

    private string PathOf(string stem, string extension) => Path.Combine(folder, stem + extension);

    [GeneratedRegex("""(?<start>GeneratedCode(?:Attribute)?\("[^"]*", ")[^"]*(?<end>"\))""", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex GeneratedCodeVersion();
}
