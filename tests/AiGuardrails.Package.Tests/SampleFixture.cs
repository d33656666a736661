namespace AiGuardrails.Package.Tests;

/// <summary>
/// The samples as their readers have them: outside the repository, on the package, restored and built in one go. The legacy one, which
/// does not know of the package, gets it too, so that its build says what the rules find.
/// </summary>
public sealed class SampleFixture(PackageFixture package) : IAsyncLifetime
{
    private string[] _output = [];

    public async Task InitializeAsync()
    {
        package.CopySamples();
        string[] settings = [$"-p:AiGuardrailsPackageVersion={package.Version}", "-p:UsesAiGuardrails=true", "-p:UseAppHost=false", "-p:NuGetAudit=false"];
        (await package.RunAsync(["msbuild", PathOf("Projects.proj"), "-t:Restore", "-nologo", "-v:q", "-tl:off", .. settings])).EnsureSuccess();
        _output = (await package.RunAsync(["msbuild", PathOf("Projects.proj"), "-t:Build", "-m", "-nologo", "-v:q", "-tl:off", .. settings])).Lines;
    }

    public Task DisposeAsync() => Task.CompletedTask;

    internal string PathOf(params string[] parts) => package.PathOf([PackageFixture.SampleFolder, .. parts]);

    /// <summary>What the build made of a sample.</summary>
    internal string AssemblyOf(string sample) => PathOf(sample, "bin", "Debug", "net10.0", $"{sample}.dll");

    /// <summary>What the build printed for a sample: its warnings and errors.</summary>
    internal string OutputOf(string sample) =>
        string.Join('\n', _output.Where(line => line.Contains($"{Path.DirectorySeparatorChar}{sample}.csproj", StringComparison.Ordinal)));

    /// <summary>Runs the program of a sample in its own folder.</summary>
    internal Task<CommandResult> RunAsync(string sample, params IEnumerable<string> arguments) =>
        package.RunInAsync(PathOf(sample), ["exec", AssemblyOf(sample), .. arguments]);

    /// <summary>Runs the tests of a sample.</summary>
    internal Task<CommandResult> TestAsync(string sample) => package.RunInAsync(PathOf(sample), ["vstest", AssemblyOf(sample)]);
}
