using System.Text.Json;
using AiGuardrails.Tool.Findings;

namespace AiGuardrails.Tool.Checking;

/// <summary>Gathers what the compilations of one check say, and gives each finding the level that its team gave it.</summary>
internal sealed class FindingCollector(WorkFolder work, DisplayPaths paths, string analyzerDirectory)
{
    private const string Crashed = "AD0001";

    // A newer analyzer than the compiler can load, in the words of several compilers.
    private static readonly string[] s_notLoaded = ["CS9057", "CS8032", "CS8033", "CS8034"];

    private readonly Dictionary<(string Rule, Place Place, string Message), Finding> _findings = [];
    private readonly HashSet<(string Rule, Place Place)> _suppressed = [];
    private readonly Dictionary<(string Rule, Place Place, string Message), Finding> _known = [];
    private readonly List<CheckedProject> _checked = [];
    private readonly Dictionary<string, RuleInfo> _rules = new(StringComparer.Ordinal);
    private readonly List<Problem> _errors = [];
    private readonly HashSet<string> _opinions = new(StringComparer.Ordinal);
    private readonly List<Problem> _problems = [];
    private readonly List<string> _notes = [];
    private readonly List<TrainingDataItem> _trainingData = [];
    private readonly List<DecisionRecord> _decisions = [];
    private readonly HashSet<string> _logs = new(StringComparer.Ordinal);
    private readonly HashSet<string> _projects = new(StringComparer.Ordinal);
    private readonly HashSet<string> _files = new(StringComparer.Ordinal);

    /// <summary>Also looks for decision records, which takes a compiler.</summary>
    public bool ReadsDecisions { get; init; }

    public void AddNote(string note) => _notes.Add(note);

    /// <summary>What stopped a build. Errors that turn out to be opinions of analyzers did not.</summary>
    public void AddErrors(IEnumerable<Problem> errors) => _errors.AddRange(errors);

    /// <summary>Reads the logs that have come since the last call.</summary>
    public void AddLogs(CancellationToken cancellationToken)
    {
        if (!Directory.Exists(work.LogDirectory))
        {
            return;
        }

        foreach (var path in Directory.EnumerateFiles(work.LogDirectory, "*.facts").Order(StringComparer.Ordinal))
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (_logs.Add(path))
            {
                Add(ProjectFacts.Read(path), cancellationToken);
            }
        }
    }

    public Report ToReport()
    {
        // An analyzer's error stands in a log of the compiler; any other, whatever its name, kept something from being checked.
        var problems = _errors.Where(error => !CompilerLog.IsOurs(error.Code) && !_opinions.Contains(error.Code)).Concat(_problems).Distinct().ToList();
        if (_files.Count == 0 && problems.Count == 0)
        {
            problems.Add(new Problem("", new Place("."), "No C# file was compiled, so nothing was checked; see what 'dotnet build' says about the project."));
        }

        var findings = Sorted(_findings.Values);

        // What one target framework takes for new, no other makes known.
        var known = Sorted(_known.Where(finding => !_findings.ContainsKey(finding.Key)).Select(static finding => finding.Value));

        return new Report
        {
            Findings = findings,
            Known = known,
            Rules = _rules.Where(rule => findings.Concat(known).Any(finding => finding.Rule == rule.Key)).ToDictionary(StringComparer.Ordinal),
            Projects = _checked,
            Problems = problems,
            Notes = _notes,
            Suppressed = _suppressed.Count,
            ProjectsChecked = _projects.Count,
            FilesChecked = _files.Count,
            TrainingData = _trainingData.DistinctBy(static item => item.Path).ToList(),
            Decisions = _decisions.DistinctBy(static decision => decision.Place).ToList(),
        };
    }

    private static List<Finding> Sorted(IEnumerable<Finding> findings) => findings
        .OrderBy(finding => finding.Place.File, StringComparer.Ordinal)
        .ThenBy(finding => finding.Place.Line)
        .ThenBy(finding => finding.Place.Column)
        .ThenBy(finding => finding.Rule, StringComparer.Ordinal)
        .ThenBy(finding => finding.Message, StringComparer.Ordinal)
        .ToList();

    private void Add(ProjectFacts facts, CancellationToken cancellationToken)
    {
        CompilerLog log;
        try
        {
            log = File.Exists(facts.LogPath) ? CompilerLog.Read(facts.LogPath) : new CompilerLog();
        }
        catch (JsonException)
        {
            // A compiler that was killed leaves half a log; its error is among those of the build.
            log = new CompilerLog();
        }

        _opinions.UnionWith(log.Others.Select(other => other.Rule).Where(rule => !rule.StartsWith("CS", StringComparison.Ordinal)));

        var unrun = log.Others.Where(other => s_notLoaded.Contains(other.Rule, StringComparer.Ordinal) && IsAboutUs(other)).ToList();
        if (unrun.Count > 0)
        {
            AddProblem(unrun[0].Rule, $"The compiler of this project is too old for the rules; build it with .NET SDK 9.0.300 or newer (a global.json picks the SDK). {unrun[0].Message}", facts);
        }
        else if (!log.RulesRan)
        {
            log = RunDirectly(facts, log, cancellationToken);
        }

        foreach (var crash in log.Others.Where(other => other.Rule == Crashed && IsAboutUs(other)))
        {
            AddProblem(Crashed, $"A rule failed and was switched off; please report it at https://github.com/aiguardrails/aiguardrails/issues. {crash.Message}", facts);
        }

        foreach (var (id, rule) in log.Rules)
        {
            _rules[id] = rule;
        }

        foreach (var suppressed in log.Suppressed)
        {
            _ = _suppressed.Add((suppressed.Rule, Show(suppressed.Place, facts)));
        }

        foreach (var finding in log.Known.Select(finding => finding with { Level = LevelOf(finding, facts), Place = Show(finding.Place, facts) }))
        {
            _known[(finding.Rule, finding.Place, finding.Message)] = finding;
        }

        foreach (var finding in log.Findings)
        {
            Add(finding with { Level = LevelOf(finding, facts), Place = Show(finding.Place, facts) });
        }

        var sources = facts.Values("compile").Where(file => !file.StartsWith(work.Root, StringComparison.Ordinal)).ToList();
        if (!facts.Project.StartsWith(work.Root, StringComparison.Ordinal))
        {
            _ = _projects.Add(facts.Project);
            if (sources.Count == 0)
            {
                _notes.Add($"{paths.Of(facts.Project)} compiles no file of its own.");
            }
        }

        _files.UnionWith(sources);
        _checked.Add(new CheckedProject(
            facts.Project, new HashSet<string>([.. sources, .. facts.Values("additionalfile")], StringComparer.Ordinal), new HashSet<string>(log.RulesInForce, StringComparer.Ordinal)));
        _trainingData.AddRange(TrainingDataItem.Of(facts));
        if (ReadsDecisions)
        {
            AddDecisions(facts, cancellationToken);
        }
    }

    private void AddDecisions(ProjectFacts facts, CancellationToken cancellationToken)
    {
        try
        {
            _decisions.AddRange(DecisionRecords.Read(facts, cancellationToken).Select(record => record with { Place = Show(record.Place, facts) }));
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            AddProblem("", $"The decision records of this project could not be read ({e.GetType().Name}: {e.Message.ReplaceLineEndings(" ")}).", facts);
        }
    }

    // One finding of two target frameworks is one finding, as loud as the louder.
    private void Add(Finding finding)
    {
        var key = (finding.Rule, finding.Place, finding.Message);
        if (!_findings.TryGetValue(key, out var known) || known.Level < finding.Level)
        {
            _findings[key] = finding;
        }
    }

    private CompilerLog RunDirectly(ProjectFacts facts, CompilerLog log, CancellationToken cancellationToken)
    {
        try
        {
            return DirectAnalysis.Run(facts, analyzerDirectory, cancellationToken);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            AddProblem("", $"The rules could not run, because the project does not compile ({e.GetType().Name}: {e.Message.ReplaceLineEndings(" ")}).", facts);
            return log;
        }
    }

    private void AddProblem(string code, string message, ProjectFacts facts) => _problems.Add(new Problem(code, new Place(paths.Of(facts.Project)), message));

    private static bool IsAboutUs(Finding other) => other.Message.Contains("AiGuardrails", StringComparison.Ordinal);

    // The build was kept from turning warnings into errors, so that it goes on; what the team asked for is said here.
    private static FindingLevel LevelOf(Finding finding, ProjectFacts facts)
    {
        if (finding.Level != FindingLevel.Warning)
        {
            return finding.Level;
        }

        var isError = facts.List("warningsaserrors").Contains(finding.Rule, StringComparer.OrdinalIgnoreCase)
            || (facts.IsTrue("warnaserror") && !facts.List("warningsnotaserrors").Contains(finding.Rule, StringComparer.OrdinalIgnoreCase));

        return isError ? FindingLevel.Error : FindingLevel.Warning;
    }

    private Place Show(Place place, ProjectFacts facts) => place with { File = paths.Of(place.File.Length == 0 ? facts.Project : place.File) };
}
