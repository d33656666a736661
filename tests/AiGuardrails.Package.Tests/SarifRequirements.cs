using System.Text.Json;

namespace AiGuardrails.Package.Tests;

/// <summary>
/// What SARIF 2.1.0 (OASIS) asks of the parts that the compiler and the tool write, section by section: a check of our own, since
/// the schema is not ours to copy.
/// </summary>
internal static class SarifRequirements
{
    private static readonly string[] s_levels = ["none", "note", "warning", "error"];
    private static readonly string[] s_suppressionKinds = ["inSource", "external"];
    private static readonly string[] s_suppressionStates = ["accepted", "underReview", "rejected"];

    public static void Verify(string path)
    {
        using var json = JsonDocument.Parse(File.ReadAllBytes(path));
        var log = json.RootElement;

        Assert.Equal("2.1.0", log.GetProperty("version").GetString());                                   // 3.13.2
        Assert.EndsWith("sarif-2.1.0", log.GetProperty("$schema").GetString()!.Replace(".json", "", StringComparison.Ordinal), StringComparison.Ordinal);
        foreach (var run in log.GetProperty("runs").EnumerateArray())                                    // 3.13.4
        {
            Verify(run);
        }
    }

    private static void Verify(JsonElement run)
    {
        var driver = run.GetProperty("tool").GetProperty("driver");                                      // 3.14.6, 3.18.2
        Assert.NotEmpty(driver.GetProperty("name").GetString()!);                                        // 3.19.8
        JsonElement[] rules = driver.TryGetProperty("rules", out var given) ? [.. given.EnumerateArray()] : [];
        Assert.Equal(rules.Length, rules.Select(static rule => rule.GetRawText()).Distinct(StringComparer.Ordinal).Count()); // 3.19.23: unique
        foreach (var rule in rules)
        {
            Assert.NotEmpty(rule.GetProperty("id").GetString()!);                                        // 3.49.3
            foreach (var name in (string[])["shortDescription", "fullDescription"])
            {
                Assert.True(!rule.TryGetProperty(name, out var text) || text.GetProperty("text").GetString()!.Length > 0); // 3.12.3
            }

            Assert.True(!rule.TryGetProperty("helpUri", out var help) || Uri.IsWellFormedUriString(help.GetString(), UriKind.Absolute)); // 3.49.12
            Assert.True(!rule.TryGetProperty("defaultConfiguration", out var configuration) || !configuration.TryGetProperty("level", out var level) || s_levels.Contains(level.GetString(), StringComparer.Ordinal)); // 3.50.3
            VerifyTags(rule);
        }

        Assert.True(!run.TryGetProperty("columnKind", out var columns) || columns.GetString() is "utf16CodeUnits" or "unicodeCodePoints"); // 3.14.17
        foreach (var invocation in Items(run, "invocations"))
        {
            Assert.True(invocation.GetProperty("executionSuccessful").ValueKind is JsonValueKind.True or JsonValueKind.False); // 3.20.14
        }

        foreach (var result in run.GetProperty("results").EnumerateArray())                              // 3.14.23
        {
            VerifyResult(result, rules);
        }
    }

    private static void VerifyResult(JsonElement result, JsonElement[] rules)
    {
        var id = result.GetProperty("ruleId").GetString();                                               // 3.27.5
        Assert.NotEmpty(result.GetProperty("message").GetProperty("text").GetString()!);                 // 3.27.11
        Assert.True(!result.TryGetProperty("level", out var level) || s_levels.Contains(level.GetString(), StringComparer.Ordinal)); // 3.27.10
        if (result.TryGetProperty("ruleIndex", out var index))
        {
            Assert.Equal(id, rules[index.GetInt32()].GetProperty("id").GetString());                     // 3.27.6
        }

        foreach (var location in Items(result, "locations"))
        {
            var place = location.GetProperty("physicalLocation");
            Assert.True(Uri.IsWellFormedUriString(place.GetProperty("artifactLocation").GetProperty("uri").GetString(), UriKind.RelativeOrAbsolute)); // 3.4.3
            if (place.TryGetProperty("region", out var region))
            {
                VerifyRegion(region);
            }
        }

        foreach (var suppression in Items(result, "suppressions"))
        {
            Assert.Contains(suppression.GetProperty("kind").GetString(), s_suppressionKinds);            // 3.35.2
            Assert.True(!suppression.TryGetProperty("status", out var status) || s_suppressionStates.Contains(status.GetString(), StringComparer.Ordinal)); // 3.35.3
        }

        if (result.TryGetProperty("partialFingerprints", out var fingerprints))
        {
            Assert.All(fingerprints.EnumerateObject(), static fingerprint => Assert.Equal(JsonValueKind.String, fingerprint.Value.ValueKind)); // 3.27.17
        }
    }

    private static void VerifyRegion(JsonElement region)
    {
        var (line, column) = (Number(region, "startLine") ?? 1, Number(region, "startColumn") ?? 1);
        var endLine = Number(region, "endLine") ?? line;
        Assert.True(line >= 1 && column >= 1 && endLine >= line, region.GetRawText());                   // 3.30.5 to 3.30.7
        Assert.True(Number(region, "endColumn") is not { } endColumn || endLine > line || endColumn >= column, region.GetRawText()); // 3.30.8
    }

    private static void VerifyTags(JsonElement rule)
    {
        if (rule.TryGetProperty("properties", out var properties))
        {
            var tags = Items(properties, "tags").Select(static tag => tag.GetString()!).ToList();
            Assert.Equal(tags.Distinct(StringComparer.Ordinal), tags);                                   // 3.8.2: unique
        }
    }

    private static int? Number(JsonElement region, string name) => region.TryGetProperty(name, out var number) ? number.GetInt32() : null;

    private static IEnumerable<JsonElement> Items(JsonElement element, string name) =>
        element.TryGetProperty(name, out var items) ? items.EnumerateArray() : Enumerable.Empty<JsonElement>();
}
