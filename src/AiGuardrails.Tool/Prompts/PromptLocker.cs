using System.Globalization;
using System.Text;
using AiGuardrails.Core.Prompts;
using AiGuardrails.Tool.Checking;
using AiGuardrails.Tool.Files;
using AiGuardrails.Tool.Findings;

namespace AiGuardrails.Tool.Prompts;

/// <summary>Builds projects aside, reads their prompts from what was compiled, and brings the lock file of each project up to date, or says what that would change.</summary>
internal sealed class PromptLocker(ToolContext context)
{
    private const string Rule = "AIG8005";

    private static readonly Dictionary<string, RuleInfo> s_rules = new(StringComparer.Ordinal)
    {
        [Rule] = new RuleInfo(Rule, "Prompt changed, version did not", $"https://github.com/aiguardrails/aiguardrails/blob/main/docs/rules/{Rule}.md", "AiGuardrails.Prompts"),
    };

    private readonly DisplayPaths _paths = new(context.CurrentDirectory);
    private readonly List<Finding> _findings = [];
    private readonly List<Problem> _problems = [];
    private readonly List<string> _notes = [];

    public string? Configuration { get; init; }

    /// <summary>Writes nothing.</summary>
    public bool OnlyChecks { get; init; }

    public async Task<Report> RunAsync(IEnumerable<string> paths, CancellationToken cancellationToken)
    {
        var inputs = CheckInputs.Resolve(paths, context.CurrentDirectory);
        if (inputs.OfType<CheckInput.Loose>().FirstOrDefault() is { } loose)
        {
            throw new ToolException($"'{_paths.Of(loose.Files[0])}' belongs to no project, and a lock file lies beside one; give a project, a solution or a folder that holds them.");
        }

        using var work = new WorkFolder(context.TemporaryDirectory);
        var builds = inputs.OfType<CheckInput.Build>().ToList();
        foreach (var (target, directory) in ProjectChecker.Targets(builds, work))
        {
            var build = new DotnetBuild(context, work, _paths) { Configuration = Configuration, Properties = [("AiGuardrailsCheckRules", "false")] };
            _problems.AddRange((await build.RunAsync(target, directory, cancellationToken).ConfigureAwait(false)).Errors);
        }

        var projects = ProjectsOf(builds, work);
        var files = projects.SelectMany(static project => project).SelectMany(static facts => facts.Values("compile")).Distinct(StringComparer.Ordinal).Count();

        // Half of the prompts would look as if the others were gone.
        if (_problems.Count == 0)
        {
            if (files == 0)
            {
                _problems.Add(new Problem("", new Place("."), "No C# file was compiled, so no prompt was found; see what 'dotnet build' says about the project."));
            }

            var locks = projects.ConvertAll(project => Compare(project.Key, PromptsOf(project)));
            if (_problems.Count > 0)
            {
                // All of them or none, and no word of what was not done.
                _findings.Clear();
            }
            else if (!OnlyChecks)
            {
                locks.ForEach(Write);
            }
        }

        return new Report
        {
            Findings = _findings,
            Rules = _findings.Count > 0 ? s_rules : new Dictionary<string, RuleInfo>(StringComparer.Ordinal),
            Problems = _problems,
            Notes = _notes,
            Command = "prompts-lock",
            ProjectsChecked = projects.Count,
            FilesChecked = files,
        };
    }

    /// <summary>The compilations of the projects that were asked for, by project; a solution asks for all of its own.</summary>
    private static List<IGrouping<string, ProjectFacts>> ProjectsOf(List<CheckInput.Build> builds, WorkFolder work)
    {
        var asked = new HashSet<string>(builds.Where(static build => build.IsProject).Select(static build => build.Path), StringComparer.OrdinalIgnoreCase);
        var all = builds.Exists(static build => !build.IsProject);
        return !Directory.Exists(work.LogDirectory)
            ? []
            : [.. Directory.EnumerateFiles(work.LogDirectory, "*.facts")
                .Select(ProjectFacts.Read)
                .Where(facts => all || asked.Contains(facts.Project))
                .OrderBy(static facts => facts.Value("framework"), StringComparer.Ordinal)
                .GroupBy(static facts => facts.Project, StringComparer.OrdinalIgnoreCase)
                .OrderBy(static project => project.Key, StringComparer.Ordinal)];
    }

    /// <summary>The prompts of all target frameworks; where two of them disagree, there is no one entry to write.</summary>
    private Dictionary<string, PromptLockEntry> PromptsOf(IGrouping<string, ProjectFacts> project)
    {
        var prompts = new Dictionary<string, PromptLockEntry>(StringComparer.Ordinal);
        foreach (var facts in project)
        {
            var own = new HashSet<string>(StringComparer.Ordinal);
            foreach (var prompt in AssemblyPrompts.Read(facts.Value("assembly")))
            {
                if (!own.Add(prompt.Id))
                {
                    AddProblem("AIG8008", $"two prompts are called '{prompt.Id}'; give one of them another identifier");
                }
                else if (!prompts.TryAdd(prompt.Id, prompt) && prompts[prompt.Id] != prompt)
                {
                    AddProblem(Rule, $"'{prompt.Id}' is another prompt for {facts.Value("framework")} than for the other target frameworks; make it the same, or give it an identifier of its own there");
                }
            }
        }

        return prompts;

        void AddProblem(string code, string message) => _problems.Add(new Problem(code, new Place(_paths.Of(project.Key)), message));
    }

    private LockChange Compare(string project, Dictionary<string, PromptLockEntry> prompts)
    {
        var path = Path.Combine(Path.GetDirectoryName(project)!, PromptLock.FileName);
        var change = new LockChange(path, PromptLock.Of(prompts.Values), File.Exists(path) ? File.ReadAllText(path) : null);
        var locked = PromptLock.Empty;
        if (change.OldText is not null)
        {
            if (!PromptLock.TryParse(change.OldText, out var read, out var error))
            {
                _problems.Add(new Problem(Rule, new Place(_paths.Of(path), error!.Line, error.Column), $"{error.Message}; mend the file or delete it, and run the command again"));
                return change;
            }

            locked = read!;
        }

        foreach (var drift in change.New.Entries.Select(prompt => PromptDrift.Of(prompt, locked)).Where(static drift => drift.Kind != PromptDriftKind.None))
        {
            Add(drift.Locked, OnlyChecks ? drift.Message.English : Done(drift), drift.Kind is PromptDriftKind.Changed or PromptDriftKind.VersionBelow ? FindingLevel.Warning : FindingLevel.Info);
        }

        foreach (var gone in locked.Entries.Where(entry => !prompts.ContainsKey(entry.Id)))
        {
            Add(gone, OnlyChecks ? $"no prompt is called '{gone.Id}' any more; remove its entry" : $"'{gone.Id}' was removed: no prompt is called so any more", FindingLevel.Info);
        }

        if (OnlyChecks && change is { IsNeeded: true, OldText: not null } && locked.HasSameEntriesAs(change.New))
        {
            _findings.Add(new Finding(Rule, FindingLevel.Warning, new Place(_paths.Of(path)), "the file says what it should, and not in the form that 'aiguardrails prompts lock' gives it; run that once, so that later changes show line by line"));
        }

        return change;

        // What the file does not say as it should is a reason for a script to stop, whatever it is.
        void Add(PromptLockEntry? entry, string message, FindingLevel level)
        {
            var place = entry is null ? new Place(_paths.Of(path)) : new Place(_paths.Of(path), locked.PlaceOf(entry.Id).Line, locked.PlaceOf(entry.Id).Column);
            _findings.Add(new Finding(Rule, OnlyChecks ? FindingLevel.Warning : level, place, message));
        }
    }

    private static string Done(PromptDrift drift) => drift.Kind switch
    {
        PromptDriftKind.Changed => string.Create(CultureInfo.InvariantCulture, $"'{drift.Prompt.Id}' changed under version {drift.Prompt.Version}, and its entry with it; give it version {drift.NextVersion} and run the command again if that version was in use"),
        PromptDriftKind.VersionBelow => string.Create(CultureInfo.InvariantCulture, $"'{drift.Prompt.Id}' went back from version {drift.Locked!.Version} to {drift.Prompt.Version}; give it version {drift.NextVersion} and run the command again if that was not meant"),
        PromptDriftKind.VersionAbove => string.Create(CultureInfo.InvariantCulture, $"'{drift.Prompt.Id}' went from version {drift.Locked!.Version} to {drift.Prompt.Version}"),
        _ => string.Create(CultureInfo.InvariantCulture, $"'{drift.Prompt.Id}' was added with version {drift.Prompt.Version}"),
    };

    private void Write(LockChange change)
    {
        var shown = _paths.Of(change.Path);
        var count = Words.Count(change.New.Entries.Count, "prompt");
        if (change is { OldText: null, New.Entries.Count: 0 })
        {
            _notes.Add($"{shown} was not written: the project has no prompts.");
        }
        else if (!change.IsNeeded)
        {
            _notes.Add($"{shown} is up to date: {count}.");
        }
        else
        {
            // The old file or the new one, whatever happens in between.
            using var file = OutputFile.Begin(change.Path, context);
            file.File.Stream.Write(Encoding.UTF8.GetBytes(change.New.ToText()));
            file.Commit();
            _notes.Add($"{shown} was written: {count}.");
        }
    }

    /// <summary>A lock file as it is and as it should be.</summary>
    private sealed record LockChange(string Path, PromptLock New, string? OldText)
    {
        /// <summary>Whether anything but the ends of lines, which a checkout may change, would be another.</summary>
        public bool IsNeeded => OldText is null ? New.Entries.Count > 0 : OldText.Replace("\r\n", "\n", StringComparison.Ordinal) != New.ToText();
    }
}
