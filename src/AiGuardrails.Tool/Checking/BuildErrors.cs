using System.Globalization;
using System.Text.RegularExpressions;
using AiGuardrails.Tool.Findings;

namespace AiGuardrails.Tool.Checking;

/// <summary>Errors of a build, read from the lines that MSBuild writes: <c>file(1,2): error CS0103: text [project]</c>.</summary>
internal static partial class BuildErrors
{
    public static IEnumerable<Problem> Parse(IEnumerable<string> lines, DisplayPaths paths)
    {
        var seen = new HashSet<Problem>();

        foreach (var line in lines)
        {
            var match = ErrorLine().Match(line);
            if (!match.Success)
            {
                continue;
            }

            var file = match.Groups["file"].Value.Trim();
            var project = match.Groups["project"].Value;

            // "CSC", "MSBUILD" and "NUGET" are no files; what is meant is the project.
            if ((file.Length == 0 || !file.Contains('.', StringComparison.Ordinal)) && project.Length > 0)
            {
                file = project;
            }

            var problem = new Problem(
                match.Groups["code"].Value,
                new Place(paths.Of(file), Number(match.Groups["line"]), Number(match.Groups["column"])),
                match.Groups["message"].Value);

            if (seen.Add(problem))
            {
                yield return problem;
            }
        }
    }

    private static int Number(Group group) => int.TryParse(group.Value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;

    [GeneratedRegex(
        @"^\s*([0-9]+(:[0-9]+)?>)?(?<file>.*?)(\((?<line>\d+)(,(?<column>\d+))?[^()]*\))?\s*:?\s*\berror\s+(?<code>[A-Za-z]+[0-9]+)?\s*:\s(?<message>.*?)(\s\[(?<project>[^\[\]]+?)(::[^\[\]]*)?\])?\s*$",
        RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant,
        matchTimeoutMilliseconds: 1000)]
    private static partial Regex ErrorLine();
}
