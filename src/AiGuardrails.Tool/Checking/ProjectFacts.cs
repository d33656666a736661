namespace AiGuardrails.Tool.Checking;

/// <summary>What the injected target wrote down about one compilation: one <c>name=value</c> a line.</summary>
internal sealed class ProjectFacts
{
    private readonly ILookup<string, string> _values;

    private ProjectFacts(ILookup<string, string> values, string logPath)
    {
        _values = values;
        LogPath = logPath;
    }

    /// <summary>The compiler's error log; absent where the compiler did not get that far.</summary>
    public string LogPath { get; }

    public string Project => Value("project");

    public IEnumerable<string> Values(string name) => _values[name];

    public string Value(string name) => _values[name].FirstOrDefault() ?? "";

    public bool IsTrue(string name) => Value(name).Equals("true", StringComparison.OrdinalIgnoreCase);

    /// <summary>The items of an MSBuild list.</summary>
    public IEnumerable<string> List(string name) =>
        Value(name).Split([';', ','], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    public static ProjectFacts Read(string path) => Parse(File.ReadLines(path), Path.ChangeExtension(path, ".sarif"));

    public static ProjectFacts Parse(IEnumerable<string> lines, string logPath) => new(
        lines.Select(line => line.Split('=', 2)).Where(parts => parts.Length == 2).ToLookup(parts => parts[0], parts => parts[1], StringComparer.Ordinal),
        logPath);
}
