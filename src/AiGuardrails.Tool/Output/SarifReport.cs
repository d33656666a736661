using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using AiGuardrails.Tool.Findings;

namespace AiGuardrails.Tool.Output;

/// <summary>One SARIF 2.1.0 run for all projects, with what a code host needs to show a rule beside the code.</summary>
internal static class SarifReport
{
    private static readonly JsonSerializerOptions s_options = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static void Write(Report report, TextWriter writer)
    {
        var rules = report.Rules.Values.OrderBy(rule => rule.Id, StringComparer.Ordinal).ToList();

        var sarif = new JsonObject
        {
            ["$schema"] = "https://json.schemastore.org/sarif-2.1.0.json",
            ["version"] = "2.1.0",
            ["runs"] = new JsonArray(new JsonObject
            {
                ["tool"] = new JsonObject
                {
                    ["driver"] = new JsonObject
                    {
                        ["name"] = "AiGuardrails",
                        ["informationUri"] = "https://github.com/aiguardrails/aiguardrails",
                        ["semanticVersion"] = typeof(SarifReport).Assembly.GetName().Version?.ToString(3),
                        ["rules"] = new JsonArray(rules.Select(ToRule).ToArray<JsonNode?>()),
                    },
                },
                ["columnKind"] = "utf16CodeUnits",
                ["invocations"] = new JsonArray(new JsonObject
                {
                    ["executionSuccessful"] = report.Problems.Count == 0,
                    ["toolExecutionNotifications"] = new JsonArray(
                    [
                        .. report.Problems.Select(problem => Notification("error", problem.Code.Length == 0 ? problem.Message : $"{problem.Code}: {problem.Message}", problem.Place)),
                        .. report.Notes.Select(note => Notification("note", note, place: null)),
                    ]),
                }),
                ["results"] = new JsonArray(report.Findings.Select(finding => ToResult(finding, rules)).ToArray<JsonNode?>()),
            }),
        };

        writer.WriteLine(sarif.ToJsonString(s_options));
    }

    private static JsonObject ToRule(RuleInfo rule)
    {
        var json = new JsonObject
        {
            ["id"] = rule.Id,
            ["shortDescription"] = Message(rule.Title),
        };

        if (rule.HelpLink is { Length: > 0 })
        {
            json["helpUri"] = rule.HelpLink;
        }

        var properties = new JsonObject();
        if (rule.Category is { Length: > 0 })
        {
            properties["category"] = rule.Category;
        }

        if (rule.Tags.Values.Count > 0)
        {
            properties["tags"] = new JsonArray([.. rule.Tags.Values.Select(static tag => (JsonNode)tag)]);
        }

        if (properties.Count > 0)
        {
            json["properties"] = properties;
        }

        return json;
    }

    private static JsonObject ToResult(Finding finding, List<RuleInfo> rules)
    {
        var json = new JsonObject { ["ruleId"] = finding.Rule };

        if (rules.FindIndex(rule => rule.Id == finding.Rule) is >= 0 and var index)
        {
            json["ruleIndex"] = index;
        }

        json["level"] = finding.Level == FindingLevel.Info ? "note" : Sentences.NameOf(finding.Level);
        json["message"] = Message(finding.Message);
        json["locations"] = new JsonArray(Location(finding.Place));
        return json;
    }

    private static JsonObject Notification(string level, string text, Place? place)
    {
        var json = new JsonObject { ["level"] = level, ["message"] = Message(text) };
        if (place is { } known)
        {
            json["locations"] = new JsonArray(Location(known));
        }

        return json;
    }

    private static JsonObject Location(Place place)
    {
        var physical = new JsonObject
        {
            ["artifactLocation"] = new JsonObject { ["uri"] = UriOf(place.File) },
        };

        if (place.Line > 0)
        {
            physical["region"] = place.Column > 0
                ? new JsonObject { ["startLine"] = place.Line, ["startColumn"] = place.Column }
                : new JsonObject { ["startLine"] = place.Line };
        }

        return new JsonObject { ["physicalLocation"] = physical };
    }

    private static JsonObject Message(string text) => new() { ["text"] = text };

    private static string UriOf(string file) =>
        Path.IsPathFullyQualified(file) ? new Uri(file).AbsoluteUri : string.Join('/', file.Split('/').Select(Uri.EscapeDataString));
}
