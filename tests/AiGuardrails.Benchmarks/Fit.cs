namespace AiGuardrails.Benchmarks;

/// <summary>A straight line through the logarithms of sizes and times, by least squares.</summary>
internal static class Fit
{
    /// <summary>The power of the size by which the time grows, and how much of what varies it explains (R²).</summary>
    public static (double Exponent, double Certainty) Power(IReadOnlyList<int> sizes, IReadOnlyList<double> times)
    {
        var x = sizes.Select(static size => Math.Log(size)).ToArray();
        var y = times.Select(static time => Math.Log(Math.Max(time, 1e-3))).ToArray();
        var (meanX, meanY) = (x.Average(), y.Average());
        var together = x.Zip(y, (a, b) => (a - meanX) * (b - meanY)).Sum();
        var (squaresX, squaresY) = (x.Sum(a => (a - meanX) * (a - meanX)), y.Sum(b => (b - meanY) * (b - meanY)));
        return (together / squaresX, squaresY == 0 ? 1 : together * together / (squaresX * squaresY));
    }
}
