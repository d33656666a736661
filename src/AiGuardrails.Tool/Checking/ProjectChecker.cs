using System.Globalization;
using System.Xml.Linq;
using AiGuardrails.Tool.Findings;

namespace AiGuardrails.Tool.Checking;

/// <summary>Checks projects, solutions and loose files: builds them aside with our rules, and reads what the compiler wrote down.</summary>
internal sealed class ProjectChecker(ToolContext context)
{
    private readonly DisplayPaths _paths = new(context.CurrentDirectory);

    public string? Configuration { get; init; }

    /// <summary>Also shows what the build printed.</summary>
    public bool ShowBuild { get; init; }

    /// <summary>Also looks for recorded decisions to train.</summary>
    public bool ReadsDecisions { get; init; }

    public async Task<Report> CheckAsync(IEnumerable<string> paths, CancellationToken cancellationToken)
    {
        var inputs = CheckInputs.Resolve(paths, context.CurrentDirectory);
        if (!Directory.Exists(context.AnalyzerDirectory))
        {
            throw new ToolException($"The rules are missing from '{context.AnalyzerDirectory}'; install the tool again.");
        }

        using var work = new WorkFolder(context.TemporaryDirectory);
        var collector = new FindingCollector(work, _paths, context.AnalyzerDirectory) { ReadsDecisions = ReadsDecisions };
        var builds = inputs.OfType<CheckInput.Build>().ToList();

        foreach (var (target, directory) in Targets(builds, work))
        {
            var build = new DotnetBuild(context, work, _paths) { Configuration = Configuration, GoesBehindErrors = true };
            var result = await build.RunAsync(target, directory, cancellationToken).ConfigureAwait(false);

            await ShowAsync(result).ConfigureAwait(false);
            collector.AddErrors(result.Errors);
        }

        collector.AddLogs(cancellationToken);

        foreach (var (loose, index) in inputs.OfType<CheckInput.Loose>().Select((loose, index) => (loose, index)))
        {
            await CheckLooseAsync(loose, index, work, collector, cancellationToken).ConfigureAwait(false);
        }

        return collector.ToReport();
    }

    /// <summary>Several projects become one solution: they restore once, build in parallel, and what they share is built once.</summary>
    internal static IEnumerable<(string Target, string Directory)> Targets(List<CheckInput.Build> builds, WorkFolder work)
    {
        var projects = builds.Where(build => build.IsProject).Select(build => build.Path).ToList();

        if (projects.Count > 1)
        {
            // Each in a folder of its own, because two projects may have one name.
            var solution = new XElement("Solution", projects.Select((project, index) =>
                new XElement(
                    "Folder",
                    new XAttribute("Name", string.Create(CultureInfo.InvariantCulture, $"/{index}/")),
                    new XElement("Project", new XAttribute("Path", project)))));

            var path = work.PathOf("projects.slnx");
            solution.Save(path);
            yield return (path, Path.GetDirectoryName(projects[0])!);
        }

        foreach (var build in builds.Where(build => !build.IsProject || projects.Count == 1))
        {
            yield return (build.Path, Path.GetDirectoryName(build.Path)!);
        }
    }

    private async Task CheckLooseAsync(CheckInput.Loose loose, int index, WorkFolder work, FindingCollector collector, CancellationToken cancellationToken)
    {
        var folder = work.PathOf(FormattableString.Invariant($"loose-{index}"));
        var build = new DotnetBuild(context, work, _paths)
        {
            Configuration = Configuration,
            // Package sources and credentials are those of the place the files come from.
            Properties = [("RestoreRootConfigDirectory", loose.Directory)],
        };

        var result = await build.RunAsync(LooseProject.Write(folder, loose.Files, withPackages: true), loose.Directory, cancellationToken).ConfigureAwait(false);
        await ShowAsync(result).ConfigureAwait(false);

        var restoreErrors = result.Errors.Where(DotnetBuild.IsOfRestore).ToList();
        if (restoreErrors.Count > 0)
        {
            collector.AddNote($"Packages could not be restored ({restoreErrors[0].Code}), so code that uses them was read without them: {restoreErrors[0].Message}");
            result = await build.RunAsync(LooseProject.Write(folder, loose.Files, withPackages: false), loose.Directory, cancellationToken).ConfigureAwait(false);
            await ShowAsync(result).ConfigureAwait(false);
        }

        var compilerErrors = result.Errors.Where(error => error.Code.StartsWith("CS", StringComparison.Ordinal)).ToList();
        collector.AddErrors(result.Errors.Except(compilerErrors));
        collector.AddLogs(cancellationToken);

        if (compilerErrors.Count > 0)
        {
            var files = compilerErrors.Select(error => error.Place.File).Distinct(StringComparer.Ordinal).Count();
            var first = compilerErrors[0];
            collector.AddNote($"{Words.Count(files, "file")} could not be fully analysed, because a folder of files does not say what they are built with; first: {first}");
        }
    }

    private async Task ShowAsync(BuildResult result)
    {
        if (ShowBuild)
        {
            foreach (var line in result.Output)
            {
                await context.Error.WriteLineAsync(line).ConfigureAwait(false);
            }
        }
    }
}
