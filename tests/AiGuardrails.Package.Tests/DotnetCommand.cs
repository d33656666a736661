using System.Diagnostics;
using System.Text;

namespace AiGuardrails.Package.Tests;

/// <summary>Runs the SDK's command line to its end.</summary>
internal static class DotnetCommand
{
    private static readonly TimeSpan s_timeout = TimeSpan.FromMinutes(5);

    // Set by "dotnet test" for its own processes; they would tie the child to its SDK.
    private static readonly string[] s_variablesOfTheTestHost =
        ["MSBuildSDKsPath", "MSBuildExtensionsPath", "MSBUILD_EXE_PATH", "MSBuildLoadMicrosoftTargetsReadOnly", "MSBUILDFAILONDRIVEENUMERATINGWILDCARD"];

    public static async Task<CommandResult> RunAsync(string folder, IReadOnlyDictionary<string, string> variables, params IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet", arguments)
        {
            WorkingDirectory = folder,
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
            StandardErrorEncoding = Encoding.UTF8,
        };

        foreach (var name in s_variablesOfTheTestHost)
        {
            start.Environment.Remove(name);
        }

        // No node of MSBuild outlives the tests. The compiler's server saves some seventy compilations its start. The messages are those
        // that the tests look for.
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        start.Environment["UseSharedCompilation"] = "true";
        start.Environment["DOTNET_CLI_UI_LANGUAGE"] = "en";
        start.Environment["DOTNET_NOLOGO"] = "1";
        foreach (var (name, value) in variables)
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start) ?? throw new InvalidOperationException("dotnet did not start.");
        process.StandardInput.Close();
        using var timeout = new CancellationTokenSource(s_timeout);
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(timeout.Token);
            var errors = process.StandardError.ReadToEndAsync(timeout.Token);
            await process.WaitForExitAsync(timeout.Token);
            return new CommandResult(string.Join(' ', start.ArgumentList), process.ExitCode, await output + await errors);
        }
        catch (OperationCanceledException e)
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"dotnet {string.Join(' ', start.ArgumentList)} took longer than {s_timeout}.", e);
        }
    }
}

/// <summary>How a command ended, and what it printed.</summary>
internal sealed record CommandResult(string Arguments, int ExitCode, string Output)
{
    public string[] Lines => Output.Split(['\r', '\n'], StringSplitOptions.RemoveEmptyEntries);

    public CommandResult EnsureSuccess()
    {
        Assert.True(ExitCode == 0, $"dotnet {Arguments} ended with {ExitCode}:\n{Output}");
        return this;
    }
}
