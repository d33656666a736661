using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using AiGuardrails.Tool.Baselines;
using AiGuardrails.Tool.Findings;

namespace AiGuardrails.Tool.Output;

/// <summary>
/// One SARIF 2.1.0 run for all projects, with what a code host needs to show a rule beside the code: paths from the root of the
/// repository, a severity for what is about security, and fingerprints that survive an edit elsewhere in the file.
/// </summary>
internal static class SarifReport
{
    private const string Root = "%SRCROOT%";

    private static readonly JsonSerializerOptions s_options = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes a report.</summary>
    /// <param name="report">What was found.</param>
    /// <param name="writer">Where to.</param>
    /// <param name="folder">What the paths of the report are relative to; empty where their files are not to be read.</param>
    public static void Write(Report report, TextWriter writer, string folder = "")
    {
        var rules = report.Rules.Values.OrderBy(rule => rule.Id, StringComparer.Ordinal).ToList();
        var files = new SarifFiles(folder);
        var marks = new FindingMarks(folder);

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
                        ["rules"] = new JsonArray(rules.Select(SarifRules.ToJson).ToArray<JsonNode?>()),
                    },
                },
                // Two commands in one pipeline are two analyses: a code host lets the second of one name replace the first.
                ["automationDetails"] = new JsonObject { ["id"] = $"aiguardrails/{report.Command}/" },
                ["originalUriBaseIds"] = new JsonObject { [Root] = new JsonObject { ["description"] = Message("The root of the repository.") } },
                ["columnKind"] = "utf16CodeUnits",
                ["invocations"] = new JsonArray(new JsonObject
                {
                    ["executionSuccessful"] = report.Problems.Count == 0,
                    ["toolExecutionNotifications"] = new JsonArray(
                    [
                        .. report.Problems.Select(problem => Notification("error", problem.Code.Length == 0 ? problem.Message : $"{problem.Code}: {problem.Message}", problem.Place, files)),
                        .. report.Notes.Select(note => Notification("note", note, place: null, files)),
                    ]),
                }),
                ["results"] = new JsonArray(
                [
                    .. report.Findings.Select(finding => ToResult(finding, rules, files, marks)),
                    .. report.Known.Select(finding => Known(ToResult(finding, rules, files, marks))),
                ]),
            }),
        };

        writer.WriteLine(sarif.ToJsonString(s_options));
    }

    private static JsonObject ToResult(Finding finding, List<RuleInfo> rules, SarifFiles files, FindingMarks marks)
    {
        var json = new JsonObject { ["ruleId"] = finding.Rule };

        if (rules.FindIndex(rule => rule.Id == finding.Rule) is >= 0 and var index)
        {
            json["ruleIndex"] = index;
        }

        json["level"] = SarifRules.NameOf(finding.Level);
        json["message"] = Message(finding.Message);
        json["locations"] = new JsonArray(Location(finding.Place, finding.End, files));

        if (files.AreRead)
        {
            var fingerprints = new JsonObject();
            if (files.HashOf(Shown(finding.Place)) is { } hash)
            {
                fingerprints["primaryLocationLineHash"] = hash;
            }

            if (marks.MarkOf(finding) is { } mark)
            {
                fingerprints["aiguardrails/v1"] = mark;
            }

            if (fingerprints.Count > 0)
            {
                json["partialFingerprints"] = fingerprints;
            }
        }

        return json;
    }

    private static JsonObject Known(JsonObject result)
    {
        result["suppressions"] = new JsonArray(new JsonObject
        {
            ["kind"] = "external",
            ["status"] = "accepted",
            ["justification"] = "Listed in aiguardrails.baseline.json",
        });
        return result;
    }

    private static JsonObject Notification(string level, string text, Place? place, SarifFiles files)
    {
        var json = new JsonObject { ["level"] = level, ["message"] = Message(text) };
        if (place is { File.Length: > 0 } known)
        {
            json["locations"] = new JsonArray(Location(known, default, files));
        }

        return json;
    }

    private static JsonObject Location(Place place, (int Line, int Column) end, SarifFiles files)
    {
        var (uri, isInRoot) = files.UriOf(place.File);
        var artifact = new JsonObject { ["uri"] = uri };
        if (isInRoot)
        {
            artifact["uriBaseId"] = Root;
        }

        // Code hosts ask for a whole region: where the end is not known, it is that of one character.
        var (_, line, column) = Shown(place);
        var region = new JsonObject
        {
            ["startLine"] = line,
            ["startColumn"] = column,
            ["endLine"] = end.Line > 0 ? end.Line : line,
            ["endColumn"] = end.Line > 0 ? end.Column : column + 1,
        };

        return new JsonObject { ["physicalLocation"] = new JsonObject { ["artifactLocation"] = artifact, ["region"] = region } };
    }

    // What is said of a whole file stands at its beginning.
    private static Place Shown(Place place) => place with { Line = Math.Max(1, place.Line), Column = Math.Max(1, place.Column) };

    private static JsonObject Message(string text) => new() { ["text"] = text };
}
