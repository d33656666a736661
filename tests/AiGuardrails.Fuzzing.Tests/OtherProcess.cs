using System.Diagnostics;

namespace AiGuardrails.Fuzzing.Tests;

/// <summary>What the rules find in every seed, in this process or in another one, which hashes strings by other numbers.</summary>
internal static class OtherProcess
{
    private const string Command = "findings";

    public static async Task<IReadOnlyList<string>> FindingsAsync()
    {
        var lines = new List<string>();
        foreach (var source in SourceSeeds.All)
        {
            lines.AddRange(Subject.Show(await Subject.AnalyzeAsync(Subject.Compile([source]))).Select(static line => line.Replace("\n", "\\n", StringComparison.Ordinal)));
        }

        return lines;
    }

    public static IReadOnlyList<string> Run()
    {
        using var process = Process.Start(new ProcessStartInfo("dotnet", [typeof(OtherProcess).Assembly.Location, Command]) { RedirectStandardOutput = true, UseShellExecute = false })!;
        var output = process.StandardOutput.ReadToEnd().ReplaceLineEndings("\n");
        process.WaitForExit();
        Assert.Equal(0, process.ExitCode);
        return output.TrimEnd('\n').Split('\n');
    }

    public static async Task<int> MainAsync(string[] args)
    {
        if (args is not [Command])
        {
            return 2;
        }

        foreach (var line in await FindingsAsync())
        {
            Console.WriteLine(line);
        }

        return 0;
    }
}
