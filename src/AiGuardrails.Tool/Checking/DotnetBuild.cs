using System.Diagnostics;
using System.Globalization;
using AiGuardrails.Tool.Findings;

namespace AiGuardrails.Tool.Checking;

/// <summary><c>dotnet build</c> with our rules brought in from outside and everything that it writes led into the work folder.</summary>
internal sealed class DotnetBuild(ToolContext context, WorkFolder work, DisplayPaths paths)
{
    // As deep as a chain of projects may be in which each is stopped by an error of an analyzer.
    private const int MaxPasses = 20;

    // The assets file is missing: what is left of a restore error when the build goes on.
    private const string NotRestored = "NETSDK1004";

    private int _builds;

    public string? Configuration { get; init; }

    /// <summary>More properties for one build: name and value, not yet escaped.</summary>
    public IReadOnlyList<(string Name, string Value)> Properties { get; init; } = [];

    /// <summary>
    /// Builds a project or a solution, as often as it takes to get past errors of analyzers, in a directory that matters:
    /// a <c>global.json</c> above it picks the SDK.
    /// </summary>
    public async Task<BuildResult> RunAsync(string target, string directory, CancellationToken cancellationToken)
    {
        var output = new List<string>();
        List<Problem> restoreErrors = [];

        for (var pass = 1; ; pass++)
        {
            var logsBefore = CountLogs();
            var errorLog = work.PathOf(FormattableString.Invariant($"errors-{++_builds}.log"));
            var start = new ProcessStartInfo(DotnetHost.Path) { WorkingDirectory = directory };
            DotnetHost.CleanEnvironment(start.Environment);
            foreach (var argument in Arguments(target, errorLog, pass, restore: restoreErrors.Count == 0))
            {
                start.ArgumentList.Add(argument);
            }

            var (exitCode, lines) = await ChildProcess.RunAsync(start, cancellationToken).ConfigureAwait(false);
            output.AddRange(lines);

            List<Problem> errors = File.Exists(errorLog) ? BuildErrors.Parse(await File.ReadAllLinesAsync(errorLog, cancellationToken).ConfigureAwait(false), paths).ToList() : [];

            // The SDK itself could not start, and says why on its output only.
            if (exitCode != 0 && errors.Count == 0)
            {
                errors = BuildErrors.Parse(lines, paths).DefaultIfEmpty(new Problem("", new Place(paths.Of(target)), WhyNotStarted(lines))).ToList();
            }

            // A restore that fails for one project stops the build of all; those that were restored can go on.
            if (restoreErrors.Count == 0 && errors.Exists(IsOfRestore))
            {
                restoreErrors = errors;
                continue;
            }

            // An error of an analyzer, ours or another, stops what depends on the project, although the project compiles.
            // The next pass compiles it without analyzers and goes on behind it.
            if (exitCode == 0 || !errors.Exists(MayBeOfAnalyzer) || (pass > 1 && CountLogs() == logsBefore) || pass == MaxPasses)
            {
                var all = restoreErrors.Concat(errors.Where(error => restoreErrors.Count == 0 || error.Code != NotRestored)).Distinct().ToList();
                return new BuildResult(exitCode == 0 && restoreErrors.Count == 0, all, output);
            }
        }
    }

    /// <summary>An error of NuGet, which looks for packages before anything is compiled.</summary>
    public static bool IsOfRestore(Problem error) => error.Code.StartsWith("NU", StringComparison.Ordinal);

    /// <summary>Not one of the compiler, of MSBuild, of the SDK or of NuGet; an analyzer's, or that of a step of the project's own.</summary>
    public static bool MayBeOfAnalyzer(Problem error) => error.Code.AsSpan().TrimEnd("0123456789") is not ("" or "CS" or "MSB" or "NU" or "NETSDK");

    private IEnumerable<string> Arguments(string target, string errorLog, int pass, bool restore)
    {
        yield return "build";
        yield return target;
        if (!restore)
        {
            yield return "--no-restore";
        }

        yield return "-nologo";
        yield return "-tl:off";
        yield return "-nodeReuse:false";
        yield return "-verbosity:quiet";
        yield return $"-flp1:ErrorsOnly;LogFile={MSBuildText.Escape(errorLog)};Encoding=UTF-8";

        // Only ever read from the work folder, so a vulnerable package is for the project's own build to say.
        yield return Property("NuGetAudit", "false");
        yield return Property("CustomAfterDirectoryBuildProps", Path.Combine(context.MSBuildDirectory, "AiGuardrails.Check.props"));
        yield return Property("AiGuardrailsCheckRoot", work.Root);
        yield return Property("AiGuardrailsCheckAnalyzers", context.AnalyzerDirectory);
        yield return Property("AiGuardrailsCheckVisibleProperties", Path.Combine(context.MSBuildDirectory, "AiGuardrails.VisibleProperties.props"));
        yield return Property("AiGuardrailsCheckPass", pass.ToString(CultureInfo.InvariantCulture));

        if (Configuration is not null)
        {
            yield return Property("Configuration", Configuration);
        }

        foreach (var (name, value) in Properties)
        {
            yield return Property(name, value);
        }
    }

    private static string Property(string name, string value) => $"-p:{name}={MSBuildText.Escape(value)}";

    private int CountLogs() => Directory.Exists(work.LogDirectory) ? Directory.EnumerateFiles(work.LogDirectory, "*.sarif").Count() : 0;

    // The host of dotnet says at length that an SDK is missing; one of its lines says how to go on.
    internal static string WhyNotStarted(IReadOnlyList<string> lines)
    {
        if (lines.FirstOrDefault(line => line.StartsWith("Install the [", StringComparison.Ordinal)) is { } advice)
        {
            return $"The .NET SDK that global.json asks for is not installed. {advice}";
        }

        if (lines.Any(line => line.Contains("No .NET SDKs were found", StringComparison.Ordinal)))
        {
            return "The .NET SDK is not installed; install it from https://dot.net.";
        }

        return lines.Select(line => line.Trim()).FirstOrDefault(line => line.Length > 0) is { } first
            ? $"The build could not run: {first}"
            : "The build ended with an error and did not say which; run 'dotnet build' to see it.";
    }
}

/// <summary>How a build ended: its errors, those of analyzers included, and all that it printed.</summary>
internal sealed record BuildResult(bool Succeeded, IReadOnlyList<Problem> Errors, IReadOnlyList<string> Output);
