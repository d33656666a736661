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

    // Not in the initialiser of the class: what that throws arrives wrapped, and is no line for people.
    private static string? s_path;

    public static string Path => s_path ??= Find([Environment.GetEnvironmentVariable("DOTNET_HOST_PATH"), Environment.ProcessPath, .. OnPath(), OfThisRuntime()]);

    public static void CleanEnvironment(IDictionary<string, string?> environment)
    {
        foreach (var name in s_variablesOfAnSdk)
        {
            environment.Remove(name);
        }

        environment["DOTNET_NOLOGO"] = "1";
        environment["DOTNET_CLI_WORKLOAD_UPDATE_NOTIFY_DISABLE"] = "1";
    }

    /// <summary>The first of the candidates that is there and is a <c>dotnet</c>.</summary>
    /// <exception cref="ToolException">There is none.</exception>
    internal static string Find(IEnumerable<string?> candidates) =>
        candidates.FirstOrDefault(static candidate => System.IO.Path.GetFileName(candidate) == s_fileName && File.Exists(candidate))
            ?? throw new ToolException("The .NET SDK was not found; install it from https://dot.net, or put 'dotnet' on the PATH.");

    // shared/Microsoft.NETCore.App/10.0.0/, so three folders up.
    private static string OfThisRuntime() => System.IO.Path.GetFullPath(System.IO.Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..", s_fileName));

    private static IEnumerable<string> OnPath() => (Environment.GetEnvironmentVariable("PATH") ?? "")
        .Split(System.IO.Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
        .Select(static folder => System.IO.Path.Combine(folder, s_fileName));
}
