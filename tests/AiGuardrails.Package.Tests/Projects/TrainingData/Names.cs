namespace Plain;

/// <summary>No AI here: the rules have nothing to look at.</summary>
public static class Names
{
    public const string Model = "Model T";

    public static async Task PollAsync(Func<string> status, CancellationToken cancellationToken)
    {
        while (status() != "succeeded")
        {
            await Task.Delay(1000, cancellationToken);
        }
    }
}
