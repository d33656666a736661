using System.Text.Json;

namespace AiGuardrails.Package.Tests;

/// <summary>A finding of a build, where the compiler's log has it.</summary>
internal sealed record Finding(string Id, string Level, string File, int Line)
{
    /// <summary>Gets whether it is in the log alone, and no warning of the build.</summary>
    public bool IsSuppressed { get; init; }

    public override string ToString() => $"{File}({Line}): {Level} {Id}";
}

/// <summary>A rule as the compiler's log describes it.</summary>
internal sealed record LoggedRule(string Id, string Title, string HelpUri, IReadOnlyList<string> Tags);

/// <summary>The log that the compiler writes for <c>ErrorLog</c>, in SARIF 2.1.</summary>
internal sealed class SarifLog
{
    private SarifLog(IReadOnlyList<Finding> findings, IReadOnlyList<LoggedRule> rules)
    {
        Findings = findings;
        Rules = rules;
    }

    /// <summary>Gets every finding, of the compiler and of other analyzers too, in the order of the source.</summary>
    public IReadOnlyList<Finding> Findings { get; }

    public IReadOnlyList<LoggedRule> Rules { get; }

    /// <summary>Gets the findings of the package.</summary>
    public IEnumerable<Finding> OurFindings => Findings.Where(static finding => finding.Id.StartsWith("AIG", StringComparison.Ordinal));

    public static SarifLog Read(string path)
    {
        using var json = JsonDocument.Parse(File.ReadAllBytes(path));
        var run = json.RootElement.GetProperty("runs")[0];
        return new SarifLog(
            [.. run.GetProperty("results").EnumerateArray().Select(ReadFinding).OrderBy(static finding => finding.File, StringComparer.Ordinal).ThenBy(static finding => finding.Line)],
            run.GetProperty("tool").GetProperty("driver").TryGetProperty("rules", out var rules) ? [.. rules.EnumerateArray().Select(ReadRule)] : []);
    }

    private static Finding ReadFinding(JsonElement result)
    {
        var (file, line) = ("", 0);
        if (result.TryGetProperty("locations", out var locations) && locations.GetArrayLength() > 0)
        {
            var place = locations[0].GetProperty("physicalLocation");
            file = Path.GetFileName(new Uri(place.GetProperty("artifactLocation").GetProperty("uri").GetString()!, UriKind.RelativeOrAbsolute).ToString());
            line = place.GetProperty("region").GetProperty("startLine").GetInt32();
        }

        return new Finding(result.GetProperty("ruleId").GetString()!, result.GetProperty("level").GetString()!, file, line)
        {
            IsSuppressed = result.TryGetProperty("suppressions", out var suppressions) && suppressions.GetArrayLength() > 0,
        };
    }

    private static LoggedRule ReadRule(JsonElement rule) => new(
        rule.GetProperty("id").GetString()!,
        rule.TryGetProperty("shortDescription", out var title) ? title.GetProperty("text").GetString()! : "",
        rule.TryGetProperty("helpUri", out var help) ? help.GetString()! : "",
        rule.TryGetProperty("properties", out var properties) && properties.TryGetProperty("tags", out var tags) ? [.. tags.EnumerateArray().Select(static tag => tag.GetString()!)] : []);
}
