using Xunit.Sdk;

namespace AiGuardrails.Testing.Tests;

internal static class KitAssert
{
    /// <summary>The kit must fail the sabotaged test, and say why.</summary>
    public static async Task FailsAsync(string because, Func<Task> sabotage)
    {
        var exception = await Assert.ThrowsAnyAsync<XunitException>(sabotage);
        Assert.Contains(because, exception.Message, StringComparison.Ordinal);
    }

    /// <inheritdoc cref="FailsAsync"/>
    public static void Fails(string because, Action sabotage)
    {
        var exception = Assert.ThrowsAny<XunitException>(sabotage);
        Assert.Contains(because, exception.Message, StringComparison.Ordinal);
    }
}
