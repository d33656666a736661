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

    /// <summary>Also builds what depends on a project that does not compile.</summary>
    public bool GoesBehindErrors { get; init; }

    /// <summary>More properties for one build: name and value, not yet escaped.</summary>
    public IReadOnlyList<(string Name, string Value)> Properties { get; init; } = [];

    /// <summary>
    /// Builds a project or a solution, as often as it takes to get past errors of analyzers, in a directory that matters:
    /// a <c>global.json</c> above it picks the SDK.
    /// </summary>
    public async Task<BuildResult> RunAsync(string target, string directory, CancellationToken cancellationToken)
    {
        var errors = new List<Problem>();
        var output = new List<string>();
        var options = new PassOptions();

        for (var pass = 1; ; pass++)
        {
            var logsBefore = CountLogs();
            var result = await RunAsync(target, directory, options with { Pass = pass }, cancellationToken).ConfigureAwait(false);
            output.AddRange(result.Output);

            // What fails behind a project that did not compile, or without its packages, fails because of that.
            if (!options.BehindErrors)
            {
                errors.AddRange(result.Errors.Where(error => options.Restore || error.Code != NotRestored));
            }

            var wentOn = pass == 1 || CountLogs() > logsBefore;

            if (options.Restore && result.Errors.Any(IsOfRestore))
            {
                // A restore that fails for one project stops the build of all; those that were restored can go on.
                options = options with { Restore = false };
            }
            else if (result.Succeeded || options.BehindErrors || pass == MaxPasses)
            {
                return new BuildResult(errors.Count == 0, errors.Distinct().ToList(), output);
            }
            else if (wentOn && result.Errors.Any(MayBeOfAnalyzer))
            {
                // An error of an analyzer, ours or another, stops what depends on the project, although that compiles: the
                // next pass compiles it without analyzers and goes on behind it.
            }
            else if (GoesBehindErrors)
            {
                // What depends on a project that does not compile is compiled without it: the rules can still read most of it.
                options = options with { BehindErrors = true };
            }
            else
            {
                return new BuildResult(Succeeded: false, errors.Distinct().ToList(), output);
            }
        }
    }

    private async Task<BuildResult> RunAsync(string target, string directory, PassOptions options, CancellationToken cancellationToken)
    {
        var errorLog = work.PathOf(FormattableString.Invariant($"errors-{++_builds}.log"));
        var start = new ProcessStartInfo(DotnetHost.Path) { WorkingDirectory = directory };
        DotnetHost.CleanEnvironment(start.Environment);
        foreach (var argument in Arguments(target, errorLog, options))
        {
            start.ArgumentList.Add(argument);
        }

        var (exitCode, lines) = await ChildProcess.RunAsync(start, cancellationToken).ConfigureAwait(false);

        List<Problem> errors = File.Exists(errorLog) ? BuildErrors.Parse(await File.ReadAllLinesAsync(errorLog, cancellationToken).ConfigureAwait(false), paths).ToList() : [];
        if (exitCode != 0 && errors.Count == 0)
        {
            // The SDK itself could not start, and says why on its output only.
            errors = BuildErrors.Parse(lines, paths).DefaultIfEmpty(new Problem("", new Place(paths.Of(target.StartsWith(work.Root, StringComparison.Ordinal) ? directory : target)), WhyNotStarted(lines))).ToList();
        }

        return new BuildResult(exitCode == 0, errors, lines);
    }

    /// <summary>An error of NuGet, which looks for packages before anything is compiled.</summary>
    public static bool IsOfRestore(Problem error) => error.Code.StartsWith("NU", StringComparison.Ordinal);

    /// <summary>Not one of the compiler, of MSBuild, of the SDK or of NuGet; an analyzer's, or that of a step of the project's own.</summary>
    public static bool MayBeOfAnalyzer(Problem error) => error.Code.AsSpan().TrimEnd("0123456789") is not ("" or "CS" or "MSB" or "NU" or "NETSDK");

    private IEnumerable<string> Arguments(string target, string errorLog, PassOptions options)
    {
        yield return "build";
        yield return target;
        if (!options.Restore)
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
        yield return Property("AiGuardrailsCheckBaseline", Path.Combine(context.MSBuildDirectory, "AiGuardrails.Baseline.targets"));
        yield return Property("AiGuardrailsCheckPass", options.Pass.ToString(CultureInfo.InvariantCulture));

        if (options.BehindErrors)
        {
            yield return Property("ContinueOnError", "true");
        }

        if (Configuration is not null)
        {
            yield return Property("Configuration", Configuration);
        }

        foreach (var (name, value) in Properties)
        {
            yield return Property(name, value);
        }
    }

    /// <summary>What differs between the builds that one check may take.</summary>
    private readonly record struct PassOptions()
    {
        public int Pass { get; init; } = 1;

        public bool Restore { get; init; } = true;

        public bool BehindErrors { get; init; }
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
