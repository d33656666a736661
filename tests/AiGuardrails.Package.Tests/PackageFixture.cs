using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.IO.Compression;
using System.Text.Json;
using System.Xml.Linq;

namespace AiGuardrails.Package.Tests;

/// <summary>All tests of the package: one pack, one restore, and one build of every project by default, for all of them.</summary>
[CollectionDefinition(Name)]
[SuppressMessage("Naming", "CA1711:Identifiers should not have incorrect suffix", Justification = "It is xunit's word for it.")]
public sealed class PackageCollection : ICollectionFixture<PackageFixture>
{
    public const string Name = "Package";
}

/// <summary>
/// The package as a user has it: packed into a private folder under a version of its own, and restored by projects in a
/// temporary folder, outside the repository and its settings.
/// </summary>
public sealed class PackageFixture : IAsyncLifetime
{
    internal const string SampleFolder = "Samples";

    private readonly string _root = Directory.CreateTempSubdirectory("aiguardrails-package-").FullName;

    // 999.9.n, for an n that no other run of these tests has: the version is the key of a cache that all of them share.
    private readonly string _version =
        string.Create(CultureInfo.InvariantCulture, $"999.9.{DateTimeOffset.UtcNow.ToUnixTimeMilliseconds() / 10 % int.MaxValue}");

    private readonly Dictionary<string, string> _variables = [];

    private string[] _defaultOutput = [];

    internal string PackagePath => Path.Combine(_root, "packages", $"AiGuardrails.{_version}.nupkg");

    internal string Version => _version;

    private string Projects => Path.Combine(_root, "projects");

    public async Task InitializeAsync()
    {
        CopyProjects();
        _variables["AiGuardrailsVersion"] = _version;
        _variables["OpenAIVersion"] = BuildFacts.OpenAIVersion;

        // A compiler's server of its own: it looks for what rules need in every folder that it has seen, and the package's is soon gone.
        _variables["SharedCompilationId"] = $"aiguardrails-{_version}";
        _variables["AnthropicVersion"] = BuildFacts.AnthropicVersion;
        _variables["ExtensionsAIVersion"] = BuildFacts.ExtensionsAIVersion;

        // What is packed is what the build of these tests has made; only the version is another, and nothing is left in obj/.
        (await DotnetCommand.RunAsync(
            _root,
            _variables,
            "pack",
            Path.Combine(BuildFacts.RepositoryRoot, "src", "AiGuardrails", "AiGuardrails.csproj"),
            "--no-build",
            "--disable-build-servers",
            "--configuration",
            BuildFacts.Configuration,
            "--output",
            Path.Combine(_root, "packages"),
            $"-p:PackageVersion={_version}",
            $"-p:NuspecOutputPath={_root}/")).EnsureSuccess();

        (await DotnetCommand.RunAsync(Projects, _variables, "msbuild", "Projects.proj", "-t:Restore", "-nologo", "-v:q", "-tl:off")).EnsureSuccess();
        _defaultOutput = (await DotnetCommand.RunAsync(Projects, _variables, "msbuild", "Projects.proj", "-t:Build", "-m", "-nologo", "-v:q", "-tl:off")).Lines;
    }

    public async Task DisposeAsync()
    {
        _ = await DotnetCommand.RunAsync(Projects, _variables, "msbuild", "Projects.proj", "-t:ShutDown", "-nologo", "-v:q", "-tl:off");

        var cached = PackageFolders().Select(folder => Path.Combine(folder, "aiguardrails", _version)).ToList();
        foreach (var folder in cached.Append(_root).Where(Directory.Exists))
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    internal string PathOf(params string[] parts) => Path.Combine([Projects, .. parts]);

    internal string TextOf(string entryName)
    {
        using var package = ZipFile.OpenRead(PackagePath);
        using var reader = new StreamReader(package.GetEntry(entryName)!.Open());
        return reader.ReadToEnd();
    }

    /// <summary>What a build without settings printed for a project: its warnings and errors.</summary>
    internal string DefaultOutput(string project) =>
        string.Join('\n', _defaultOutput.Where(line => line.Contains($"{Path.DirectorySeparatorChar}{project}.", StringComparison.Ordinal)));

    /// <summary>What a build without settings found in a project.</summary>
    internal SarifLog DefaultLog(string project) => SarifLog.Read(PathOf(project, $"{project}.default.sarif"));

    /// <summary>What the rules must find in a project, by the marks at the ends of its lines.</summary>
    internal IEnumerable<(string File, int Line, string Id)> MarkedLines(string project) =>
        from path in Directory.EnumerateFiles(PathOf(project), "*.cs").Order(StringComparer.Ordinal)
        from line in File.ReadLines(path).Index()
        let mark = line.Item.IndexOf("// expect ", StringComparison.Ordinal)
        where mark >= 0
        from id in line.Item[(mark + "// expect ".Length)..].Split(' ')
        select (Path.GetFileName(path), line.Index + 1, id);

    /// <summary>Builds one project anew, with properties or an .editorconfig of its own.</summary>
    internal async Task<(CommandResult Result, SarifLog Log)> BuildAsync(string project, string[]? properties = null, string? editorConfig = null)
    {
        var settings = PathOf(project, ".editorconfig");
        var log = PathOf(project, $"{project}.case.sarif");
        File.Delete(log);
        if (editorConfig is not null)
        {
            await File.WriteAllTextAsync(settings, editorConfig);
        }

        try
        {
            var result = await RunAsync(
                ["msbuild", PathOf(project), "-t:Rebuild", "-nologo", "-v:q", "-tl:off", "-p:Case=case", .. (properties ?? []).Select(static property => "-p:" + property)]);
            return (result, SarifLog.Read(log));
        }
        finally
        {
            File.Delete(settings);
        }
    }

    /// <summary>Runs the command-line tool over a project.</summary>
    internal Task<CommandResult> RunToolAsync(string project, params IEnumerable<string> arguments) =>
        DotnetCommand.RunAsync(PathOf(project), _variables, [BuildFacts.Tool, .. arguments]);

    internal Task<CommandResult> RunAsync(params IEnumerable<string> arguments) => RunInAsync(Projects, arguments);

    internal Task<CommandResult> RunInAsync(string folder, params IEnumerable<string> arguments) => DotnetCommand.RunAsync(folder, _variables, arguments);

    /// <summary>Copies the samples to a folder of their own, with the versions of the packages that they reference.</summary>
    internal void CopySamples()
    {
        var folder = PathOf(SampleFolder);
        Copy(Path.Combine(BuildFacts.RepositoryRoot, "samples"), folder);
        File.Copy(Path.Combine(BuildFacts.RepositoryRoot, "Directory.Packages.props"), Path.Combine(folder, "Directory.Packages.props"));
        File.Copy(PathOf("Projects.proj"), Path.Combine(folder, "Projects.proj"));
    }

    private void CopyProjects()
    {
        Copy(Path.Combine(BuildFacts.RepositoryRoot, "tests", "AiGuardrails.Package.Tests", "Projects"), Projects);

        GuideExamples.Write(PathOf(GuideExamples.Project));

        // Added to the sources that the machine has.
        new XElement(
            "configuration",
            new XElement("packageSources", new XElement("add", new XAttribute("key", "aiguardrails-under-test"), new XAttribute("value", Path.Combine(_root, "packages")))))
            .Save(PathOf("nuget.config"));
        File.WriteAllText(PathOf(".editorconfig"), "root = true\n");
    }

    /// <summary>Copies the sources of projects; what was made of them stays behind.</summary>
    private static void Copy(string source, string folder)
    {
        foreach (var file in Directory.EnumerateFiles(source, "*", SearchOption.AllDirectories))
        {
            var relative = Path.GetRelativePath(source, file);
            if (relative.Split(Path.DirectorySeparatorChar) is [_, "bin" or "obj", ..])
            {
                continue;
            }

            var target = Path.Combine(folder, relative);
            _ = Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }
    }

    /// <summary>The folders that the packages were restored to, as the restore itself says.</summary>
    private List<string> PackageFolders()
    {
        var assets = PathOf("Plain", "obj", "project.assets.json");
        if (!File.Exists(assets))
        {
            return [];
        }

        using var json = JsonDocument.Parse(File.ReadAllBytes(assets));
        return [.. json.RootElement.GetProperty("packageFolders").EnumerateObject().Select(static folder => folder.Name)];
    }
}
