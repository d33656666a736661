using System.Diagnostics;

namespace AiGuardrails.Tool.Checking;

/// <summary>Runs a process to its end and keeps what it printed.</summary>
internal static class ChildProcess
{
    public static async Task<(int ExitCode, IReadOnlyList<string> Lines)> RunAsync(ProcessStartInfo start, CancellationToken cancellationToken)
    {
        start.RedirectStandardOutput = true;
        start.RedirectStandardError = true;
        start.RedirectStandardInput = true;
        start.UseShellExecute = false;
        start.CreateNoWindow = true;

        var lines = new List<string>();
        void Keep(object sender, DataReceivedEventArgs e)
        {
            if (e.Data is not null)
            {
                lock (lines)
                {
                    lines.Add(e.Data);
                }
            }
        }

        using var process = new Process { StartInfo = start };
        process.OutputDataReceived += Keep;
        process.ErrorDataReceived += Keep;

        cancellationToken.ThrowIfCancellationRequested();
        _ = process.Start();
        process.StandardInput.Close();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();

        try
        {
            await process.WaitForExitAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync(CancellationToken.None).ConfigureAwait(false);
            throw;
        }

        lock (lines)
        {
            return (process.ExitCode, lines.ToList());
        }
    }
}
