using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace AiGuardrails.Package.Tests;

/// <summary>
/// What the pages of code hosts ask of a SARIF file beyond the standard: docs.github.com, "SARIF support for code scanning" and "SARIF
/// results exceed one or more limits", as of 2026-11. Azure DevOps shows the same properties: its Scans tab and its Advanced Security
/// read rule, level, message, place and fingerprint.
/// </summary>
internal static partial class CodeScanningRequirements
{
    private const int MostBytes = 10 * 1024 * 1024;
    private const int MostRuns = 20;
    private const int MostResults = 25_000;
    private const int MostRules = 25_000;
    private const int ShownTags = 10;
    private const int ShownLocations = 100;
    private const int LongestName = 255;
    private const int LongestText = 1024;

    private static readonly string[] s_levels = ["note", "warning", "error"];

    /// <summary>What holds of every file that is uploaded, the compiler's own too.</summary>
    public static void VerifyLimits(string path)
    {
        Assert.InRange(new FileInfo(path).Length, 1, MostBytes);
        using var json = JsonDocument.Parse(File.ReadAllBytes(path));
        var runs = json.RootElement.GetProperty("runs");
        Assert.InRange(runs.GetArrayLength(), 1, MostRuns);
        foreach (var run in runs.EnumerateArray())
        {
            var driver = run.GetProperty("tool").GetProperty("driver");
            Assert.NotEmpty(driver.GetProperty("name").GetString()!);
            Assert.False(run.GetProperty("tool").TryGetProperty("extensions", out _));
            Assert.InRange(run.GetProperty("results").GetArrayLength(), 0, MostResults);
            if (driver.TryGetProperty("rules", out var rules))
            {
                Assert.InRange(rules.GetArrayLength(), 1, MostRules);
                Assert.All(rules.EnumerateArray().Where(IsOurs), VerifyRule);
            }

            foreach (var result in run.GetProperty("results").EnumerateArray())
            {
                Assert.InRange(result.GetProperty("locations").GetArrayLength(), 1, ShownLocations);
                Assert.False(result.TryGetProperty("codeFlows", out _));
                Assert.Contains(result.GetProperty("level").GetString(), s_levels);
                Assert.NotEmpty(result.GetProperty("message").GetProperty("text").GetString()!);
            }
        }
    }

    /// <summary>What the tool writes besides: what orders and filters alerts, and what keeps one alert one over all runs.</summary>
    public static void VerifyAll(string path, string command)
    {
        VerifyLimits(path);
        using var json = JsonDocument.Parse(File.ReadAllBytes(path));
        var run = Assert.Single(json.RootElement.GetProperty("runs").EnumerateArray());

        // The category: two analyses of one commit that share it replace one another.
        Assert.Equal($"aiguardrails/{command}/", run.GetProperty("automationDetails").GetProperty("id").GetString());
        Assert.Matches(@"^\d+\.\d+\.\d+", run.GetProperty("tool").GetProperty("driver").GetProperty("semanticVersion").GetString());
        Assert.True(run.GetProperty("originalUriBaseIds").TryGetProperty("%SRCROOT%", out var root));
        Assert.False(root.TryGetProperty("uri", out _), "The root is where the host has checked out, and not where the tool ran.");

        Assert.All(run.GetProperty("tool").GetProperty("driver").GetProperty("rules").EnumerateArray(), VerifyRuleOfTool);
        Assert.All(run.GetProperty("results").EnumerateArray(), VerifyResult);
        Assert.NotEmpty(run.GetProperty("results").EnumerateArray());
    }

    private static bool IsOurs(JsonElement rule) => rule.GetProperty("id").GetString()!.StartsWith("AIG", StringComparison.Ordinal);

    private static void VerifyRule(JsonElement rule)
    {
        Assert.InRange(rule.GetProperty("id").GetString()!.Length, 1, LongestName);
        Assert.InRange(rule.GetProperty("shortDescription").GetProperty("text").GetString()!.Length, 1, LongestText);
        Assert.InRange(rule.GetProperty("fullDescription").GetProperty("text").GetString()!.Length, 1, LongestText);
        Assert.StartsWith("https://", rule.GetProperty("helpUri").GetString(), StringComparison.Ordinal);
        if (rule.TryGetProperty("properties", out var properties) && properties.TryGetProperty("tags", out var tags))
        {
            Assert.InRange(tags.GetArrayLength(), 1, ShownTags);
        }
    }

    private static void VerifyRuleOfTool(JsonElement rule)
    {
        Assert.InRange(rule.TryGetProperty("name", out var name) ? name.GetString()!.Length : 0, 0, LongestName);
        Assert.Contains(rule.GetProperty("defaultConfiguration").GetProperty("level").GetString(), s_levels);
        Assert.Contains(rule.GetProperty("helpUri").GetString()!, rule.GetProperty("help").GetProperty("text").GetString(), StringComparison.Ordinal);

        // A number in a text, and only where 'security' is among the tags: without that, GitHub reads no number.
        var properties = rule.GetProperty("properties");
        var isSecurity = properties.TryGetProperty("tags", out var tags) && tags.EnumerateArray().Any(static tag => tag.GetString() == "security");
        Assert.Equal(isSecurity, properties.TryGetProperty("security-severity", out var severity));
        if (isSecurity)
        {
            Assert.InRange(decimal.Parse(severity.GetString()!, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture), 0.1m, 10.0m);
        }
    }

    private static void VerifyResult(JsonElement result)
    {
        var place = result.GetProperty("locations")[0].GetProperty("physicalLocation");
        var artifact = place.GetProperty("artifactLocation");
        var uri = artifact.GetProperty("uri").GetString()!;

        // Relative to the root of the repository, and below it.
        Assert.Equal("%SRCROOT%", artifact.GetProperty("uriBaseId").GetString());
        Assert.True(Uri.IsWellFormedUriString(uri, UriKind.Relative), uri);
        Assert.DoesNotMatch(@"^[/\\]|^\.\.?/|/\.\./|\\|:", uri);

        var region = place.GetProperty("region");
        Assert.All((string[])["startLine", "startColumn", "endLine", "endColumn"], name => Assert.True(region.GetProperty(name).GetInt32() > 0, region.GetRawText()));
        Assert.Matches(LineHash(), result.GetProperty("partialFingerprints").GetProperty("primaryLocationLineHash").GetString());
    }

    // 16 digits of the hash, and which of the lines with that hash it is.
    [GeneratedRegex("^[0-9a-f]+:[0-9]+$", RegexOptions.None, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex LineHash();
}
