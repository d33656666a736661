using System.Text.Json;
using AiGuardrails.Tool.Findings;

namespace AiGuardrails.Tool.Checking;

/// <summary>What one run of the compiler says, read from its error log (SARIF 2.1.0).</summary>
internal sealed record CompilerLog
{
    /// <summary>Findings of our rules; files are absolute paths still.</summary>
    public IReadOnlyList<Finding> Findings { get; init; } = [];

    public IReadOnlyDictionary<string, RuleInfo> Rules { get; init; } = new Dictionary<string, RuleInfo>(StringComparer.Ordinal);

    public IReadOnlyList<Finding> Suppressed { get; init; } = [];

    /// <summary>Findings that the team's baseline lists.</summary>
    public IReadOnlyList<Finding> Known { get; init; } = [];

    /// <summary>Our rules that were asked about the whole project: none of its settings turns them off.</summary>
    public IReadOnlyCollection<string> RulesInForce { get; init; } = [];

    /// <summary>Identifiers of everything else that is an error, and of everything that says a rule could not run.</summary>
    public IReadOnlyList<Finding> Others { get; init; } = [];

    /// <summary>The compiler asks no analyzer while declarations or the syntax are wrong.</summary>
    public bool RulesRan { get; init; }

    public static bool IsOurs(string rule) => rule.StartsWith("AIG", StringComparison.Ordinal) && rule.Length == 7;

    public static CompilerLog Read(string path)
    {
        using var stream = File.OpenRead(path);
        return Read(stream);
    }

    public static CompilerLog Read(Stream stream)
    {
        using var document = JsonDocument.Parse(stream);

        var findings = new List<Finding>();
        var suppressed = new List<Finding>();
        var known = new List<Finding>();
        var others = new List<Finding>();
        var rules = new Dictionary<string, RuleInfo>(StringComparer.Ordinal);
        var inForce = new HashSet<string>(StringComparer.Ordinal);
        var rulesRan = false;

        foreach (var run in Array(document.RootElement, "runs"))
        {
            rulesRan |= run.TryGetProperty("properties", out var properties) && properties.TryGetProperty("analyzerExecutionTime", out _);

            foreach (var rule in Array(Object(Object(run, "tool"), "driver"), "rules"))
            {
                if (Text(rule, "id") is { } id && IsOurs(id))
                {
                    _ = rules.TryAdd(id, new RuleInfo(id, Text(Object(rule, "shortDescription"), "text") ?? id, Text(rule, "helpUri"), Text(Object(rule, "properties"), "category"))
                    {
                        Tags = new(Array(Object(rule, "properties"), "tags").Where(static tag => tag.ValueKind == JsonValueKind.String).Select(static tag => tag.GetString()!)),
                        Description = Text(Object(rule, "fullDescription"), "text") ?? "",
                        Level = LevelOf(Text(Object(rule, "defaultConfiguration"), "level")) ?? FindingLevel.Warning,
                    });
                }
            }

            inForce.UnionWith(rules.Keys.Except(RulesTurnedOff(run), StringComparer.Ordinal));
            foreach (var result in Array(run, "results"))
            {
                if (Read(result) is not { } finding)
                {
                    continue;
                }

                var list = !IsOurs(finding.Rule) ? others : IsKnown(result) ? known : Array(result, "suppressions").Any() ? suppressed : findings;
                list.Add(finding);
            }
        }

        return new CompilerLog { Findings = findings, Suppressed = suppressed, Known = known, RulesInForce = inForce, Others = others, Rules = rules, RulesRan = rulesRan };
    }

    /// <summary>Whether a suppression is that of a baseline, by its identifier.</summary>
    public static bool IsOfBaseline(string suppression) => suppression.Contains("AIGB", StringComparison.Ordinal);

    private static bool IsKnown(JsonElement result) => Array(result, "suppressions").Any(static suppression => IsOfBaseline(suppression.GetRawText()));

    private static IEnumerable<string> RulesTurnedOff(JsonElement run) =>
        from invocation in Array(run, "invocations")
        from setting in Array(invocation, "ruleConfigurationOverrides")
        where Object(Object(setting, "configuration"), "enabled").ValueKind == JsonValueKind.False
        let id = Text(Object(setting, "descriptor"), "id")
        where id is not null
        select id;

    private static Finding? Read(JsonElement result)
    {
        var level = LevelOf(Text(result, "level"));
        if (level is null || Text(result, "ruleId") is not { } rule)
        {
            return null;
        }

        var location = Object(Array(result, "locations").FirstOrDefault(), "physicalLocation");
        var region = Object(location, "region");
        var place = new Place(LocalPath(Text(Object(location, "artifactLocation"), "uri")), Number(region, "startLine"), Number(region, "startColumn"));

        return new Finding(rule, level.Value, place, Text(Object(result, "message"), "text") ?? "")
        {
            // SARIF leaves the last line out where it is the first.
            End = Number(region, "endColumn") is > 0 and var column ? (Math.Max(place.Line, Number(region, "endLine")), column) : default,
        };
    }

    private static FindingLevel? LevelOf(string? level) => level switch
    {
        "error" => FindingLevel.Error,
        "warning" or null => FindingLevel.Warning,
        "note" => FindingLevel.Info,
        _ => null,
    };

    private static string LocalPath(string? uri)
    {
        if (uri is null)
        {
            return "";
        }

        return Uri.TryCreate(uri, UriKind.Absolute, out var absolute) && absolute.IsFile ? absolute.LocalPath : Uri.UnescapeDataString(uri);
    }

    private static JsonElement Object(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) ? value : default;

    private static IEnumerable<JsonElement> Array(JsonElement element, string name) =>
        Object(element, name) is { ValueKind: JsonValueKind.Array } array ? array.EnumerateArray() : Enumerable.Empty<JsonElement>();

    private static string? Text(JsonElement element, string name) =>
        Object(element, name) is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;

    private static int Number(JsonElement element, string name) =>
        Object(element, name) is { ValueKind: JsonValueKind.Number } number ? number.GetInt32() : 0;
}
