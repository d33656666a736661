using System.Text.Json.Nodes;
using AiGuardrails.Tool.Findings;

namespace AiGuardrails.Tool.Output;

/// <summary>Rules as SARIF and code hosts describe them.</summary>
internal static class SarifRules
{
    // Where an attacker gains something at once; the other risks cost money or answers. GitHub calls 7.0 and more high, 4.0 and more medium.
    private const string High = "8.0";
    private const string Medium = "5.0";

    private static readonly string[] s_highCategories = ["AiGuardrails.Secrets", "AiGuardrails.Injection"];

    public static JsonObject ToJson(RuleInfo rule)
    {
        var description = rule.Description is { Length: > 0 } text ? text : rule.Title;
        var json = new JsonObject
        {
            ["id"] = rule.Id,
            ["shortDescription"] = Message(rule.Title),
            ["fullDescription"] = Message(description),
            ["defaultConfiguration"] = new JsonObject { ["level"] = NameOf(rule.Level) },
        };

        if (rule.HelpLink is { Length: > 0 } link)
        {
            json["helpUri"] = link;
            json["help"] = new JsonObject { ["text"] = $"{description} See {link}", ["markdown"] = $"{description} [All about {rule.Id}]({link})" };
        }

        json["properties"] = PropertiesOf(rule);
        return json;
    }

    public static string NameOf(FindingLevel level) => level == FindingLevel.Info ? "note" : Sentences.NameOf(level);

    private static JsonObject PropertiesOf(RuleInfo rule)
    {
        var properties = new JsonObject();
        if (rule.Category is { Length: > 0 })
        {
            properties["category"] = rule.Category;
        }

        // What the level of a rule promises, in GitHub's words.
        properties["precision"] = rule.Level switch { FindingLevel.Error => "very-high", FindingLevel.Warning => "high", _ => "medium" };

        var risks = rule.Tags.Values.Where(IsRisk).ToList();
        if (risks.Count > 0)
        {
            properties["security-severity"] = s_highCategories.Contains(rule.Category, StringComparer.Ordinal) ? High : Medium;
        }
        else
        {
            properties["problem.severity"] = rule.Level switch { FindingLevel.Error => "error", FindingLevel.Warning => "warning", _ => "recommendation" };
        }

        string[] tags = risks.Count > 0 ? ["security", .. risks, .. risks.Where(IsWeakness).Select(TagOf)] : [];
        if (tags.Length > 0)
        {
            properties["tags"] = new JsonArray([.. tags.Select(static tag => (JsonNode)tag)]);
        }

        return properties;
    }

    private static bool IsWeakness(string tag) => tag.StartsWith("CWE-", StringComparison.Ordinal);

    private static bool IsRisk(string tag) => IsWeakness(tag) || tag.StartsWith("LLM", StringComparison.Ordinal);

    // The spelling by which GitHub filters weaknesses: three digits at least.
    private static string TagOf(string weakness) => "external/cwe/cwe-" + weakness["CWE-".Length..].PadLeft(3, '0');

    private static JsonObject Message(string text) => new() { ["text"] = text };
}
