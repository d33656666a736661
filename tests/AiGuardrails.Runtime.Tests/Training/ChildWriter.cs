using System.Diagnostics;
using System.Globalization;

namespace AiGuardrails.Runtime.Tests.Training;

/// <summary>A process that writes training files until it is killed, and what its files must look like.</summary>
internal static class ChildWriter
{
    public const int RecordsPerShard = 400;
    private const string Ready = "ready";

    /// <summary>The program: <c>loop|shards|once &lt;path&gt; &lt;version&gt;</c>.</summary>
    public static async Task<int> MainAsync(string[] args)
    {
        var path = args[1];
        var version = int.Parse(args[2], CultureInfo.InvariantCulture);
        var options = new TrainingWriteOptions { MaxRecordsPerShard = args[0] == "shards" ? RecordsPerShard : null };
        try
        {
            do
            {
                await TrainingFile.WriteAsync(path, Records(version), options);
                Console.WriteLine(Ready);
                version++;
            }
            while (args[0] != "once");
            return 0;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            Console.WriteLine($"{exception.GetType().Name}: {exception.Message}");
            return 1;
        }
    }

    /// <summary>Each version has its own number of records, and every record names the version.</summary>
    public static IEnumerable<Positional> Records(int version) =>
        Enumerable.Range(0, Count(version)).Select(i => new Positional(string.Create(CultureInfo.InvariantCulture, $"{version} {i} {new string('x', 200)}"), "a"));

    public static int Count(int version) => 500 + (version * 7919 % 2_000);

    /// <summary>Starts the process, and waits until it has written once.</summary>
    public static async Task<Process> StartAsync(string mode, string path, int version)
    {
        var start = StartInfo("dotnet");
        foreach (var argument in Arguments(mode, path, version))
        {
            start.ArgumentList.Add(argument);
        }

        var process = Process.Start(start)!;
        Assert.Equal(Ready, await process.StandardOutput.ReadLineAsync());
        return process;
    }

    /// <summary>The version of a file that is whole; fails for any other.</summary>
    public static int VersionOf(string path)
    {
        var text = File.ReadAllText(path);
        Assert.EndsWith("\n", text, StringComparison.Ordinal);
        var lines = text.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        var versions = lines.Select(static line => int.Parse(line.Split('"')[9].Split(' ')[0], CultureInfo.InvariantCulture)).Distinct().ToList();
        var version = Assert.Single(versions);
        Assert.Equal(Count(version), lines.Length);
        return version;
    }

    private static string[] Arguments(string mode, string path, int version) => [typeof(ChildWriter).Assembly.Location, mode, path, version.ToString(CultureInfo.InvariantCulture)];

    private static ProcessStartInfo StartInfo(string program) => new(program) { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
}
