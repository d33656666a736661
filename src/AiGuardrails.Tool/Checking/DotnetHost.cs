using System.Runtime.InteropServices;

namespace AiGuardrails.Tool.Checking;

/// <summary>The <c>dotnet</c> that builds the checked code.</summary>
internal static class DotnetHost
{
    private static readonly string s_fileName = OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet";

    // Set by an SDK for its own processes (dotnet run, a test host): they would tie the child to that SDK, although a
    // global.json of the checked code may name another.
    private static readonly string[] s_variablesOfAnSdk =
        ["MSBuildSDKsPath", "MSBuildExtensionsPath", "MSBUILD_EXE_PATH", "MSBuildLoadMicrosoftTargetsReadOnly", "MSBUILDFAILONDRIVEENUMERATINGWILDCARD"];

    public static string Path { get; } = Find();

    public static void CleanEnvironment(IDictionary<string, string?> environment)
    {
        foreach (var name in s_variablesOfAnSdk)
        {
            environment.Remove(name);
        }

        environment["DOTNET_NOLOGO"] = "1";
        environment["DOTNET_CLI_WORKLOAD_UPDATE_NOTIFY_DISABLE"] = "1";
        environment["MSBUILDDISABLENODEREUSE"] = "1";
    }

    private static string Find()
    {
        // shared/Microsoft.NETCore.App/10.0.0/, so three folders up.
        var ofThisRuntime = System.IO.Path.GetFullPath(System.IO.Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..", s_fileName));
        var onPath = (Environment.GetEnvironmentVariable("PATH") ?? "")
            .Split(System.IO.Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Select(folder => System.IO.Path.Combine(folder, s_fileName));

        string?[] candidates = [Environment.GetEnvironmentVariable("DOTNET_HOST_PATH"), Environment.ProcessPath, .. onPath, ofThisRuntime];

        return candidates.FirstOrDefault(candidate => System.IO.Path.GetFileName(candidate) == s_fileName && File.Exists(candidate))
            ?? throw new ToolException("The .NET SDK was not found; install it from https://dot.net, or put 'dotnet' on the PATH.");
    }
}
