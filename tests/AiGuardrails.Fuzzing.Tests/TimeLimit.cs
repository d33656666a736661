namespace AiGuardrails.Fuzzing.Tests;

/// <summary>What one mutant may take. It is a small file, judged between two keystrokes; what takes this long hangs.</summary>
internal static class TimeLimit
{
    // What a busy machine keeps waiting gets a second try; what hangs hangs in both.
    private static readonly TimeSpan[] s_limits = [TimeSpan.FromSeconds(30), TimeSpan.FromMinutes(10)];

    /// <summary>Asks the work to stop at the limit, waits as long again whatever it answers, and fails where it hangs.</summary>
    public static async Task<T> HoldAsync<T>(Func<CancellationToken, Task<T>> work)
    {
        foreach (var limit in s_limits)
        {
            using var timer = new CancellationTokenSource(limit);
            try
            {
                return await Task.Run(() => work(timer.Token), CancellationToken.None).WaitAsync(limit * 2, CancellationToken.None);
            }
            catch (Exception exception) when (exception is OperationCanceledException or TimeoutException)
            {
            }
        }

        throw new InvalidOperationException($"One mutant takes longer than {s_limits[^1]}");
    }

    /// <inheritdoc cref="HoldAsync{T}(Func{CancellationToken, Task{T}})"/>
    public static Task<T> HoldComputationAsync<T>(Func<T> work) => HoldAsync(_ => Task.FromResult(work()));
}
