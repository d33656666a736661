using System.Diagnostics;
using System.Text;
using AiGuardrails.Tool.Checking;

namespace AiGuardrails.Tool.Tests;

/// <summary>The tool as its users run it: a process of its own, with its own environment and its own signals.</summary>
internal sealed class ToolProcess : IDisposable
{
    // What hangs is ended; nothing is said about how long anything may take.
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(10);

    private readonly Process _process;
    private readonly Task<string> _output;
    private readonly Task<string> _error;

    /// <summary>Starts the tool.</summary>
    /// <param name="folder">Where it runs.</param>
    /// <param name="arguments">Its command line.</param>
    /// <param name="environment">Variables beside those of the tests; null takes one away.</param>
    /// <param name="dotnet">The host; the one of the tests otherwise.</param>
    public ToolProcess(string folder, IEnumerable<string> arguments, IReadOnlyDictionary<string, string?>? environment = null, string? dotnet = null)
    {
        // A shell that runs the tests in the background makes all below it deaf to Ctrl-C; the tool must hear it again.
        string[] command = [dotnet ?? DotnetHost.Path, Dll, .. arguments];
        string[] whole = OperatingSystem.IsLinux() ? ["env", "--default-signal=INT", .. command] : command;
        var start = new ProcessStartInfo(whole[0], whole[1..])
        {
            WorkingDirectory = folder,
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
            StandardErrorEncoding = Encoding.UTF8,
        };
        DotnetHost.CleanEnvironment(start.Environment);
        foreach (var (name, value) in environment ?? new Dictionary<string, string?>(StringComparer.Ordinal))
        {
            start.Environment[name] = value;
        }

        _process = Process.Start(start)!;
        _output = _process.StandardOutput.ReadToEndAsync();
        _error = _process.StandardError.ReadToEndAsync();
    }

    /// <summary>Gets the assembly that is the tool.</summary>
    public static string Dll { get; } = Path.Combine(AppContext.BaseDirectory, "AiGuardrails.Tool.dll");

    public StreamWriter Input => _process.StandardInput;

    public bool HasExited => _process.HasExited;

    /// <summary>Runs the tool to its end.</summary>
    public static async Task<(int ExitCode, string Output, string Error)> RunAsync(string folder, IEnumerable<string> arguments, IReadOnlyDictionary<string, string?>? environment = null, string? dotnet = null)
    {
        using var tool = new ToolProcess(folder, arguments, environment, dotnet);
        tool.Input.Close();
        return await tool.EndAsync();
    }

    /// <summary>Does what Ctrl-C does.</summary>
    public void Interrupt()
    {
        using var kill = Process.Start("kill", ["-INT", _process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)])!;
        kill.WaitForExit();
        Assert.Equal(0, kill.ExitCode);
    }

    public async Task<(int ExitCode, string Output, string Error)> EndAsync()
    {
        using var patience = new CancellationTokenSource(s_patience);
        await _process.WaitForExitAsync(patience.Token);
        return (_process.ExitCode, await _output, await _error);
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
        }

        _process.Dispose();
    }
}
