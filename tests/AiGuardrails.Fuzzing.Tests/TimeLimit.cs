namespace AiGuardrails.Fuzzing.Tests;

/// <summary>What one mutant may take. It is a small file, judged between two keystrokes; what takes this long hangs.</summary>
internal static class TimeLimit
{
    /// <summary>When the analyzers are asked to stop.</summary>
    public static readonly TimeSpan PerMutant = TimeSpan.FromSeconds(30);

    /// <summary>Waits for work that nothing can stop, and fails where it hangs.</summary>
    public static async Task<T> HoldAsync<T>(Func<Task<T>> work)
    {
        try
        {
            return await Task.Run(work, CancellationToken.None).WaitAsync(PerMutant * 2, CancellationToken.None);
        }
        catch (TimeoutException exception)
        {
            throw new InvalidOperationException($"A mutant takes longer than {PerMutant * 2}", exception);
        }
    }

    /// <inheritdoc cref="HoldAsync{T}(Func{Task{T}})"/>
    public static Task<T> HoldAsync<T>(Func<T> work) => HoldAsync(() => Task.FromResult(work()));
}
