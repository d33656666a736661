using System.Globalization;
using System.Text.Json;
using AiGuardrails.Core.Tokens;

namespace AiGuardrails.Tool.Tests;

/// <summary>A folder of files and the tool run in it, with stub rules.</summary>
internal sealed class ToolRun : IDisposable
{
    private static readonly string s_stubRules = Path.Combine(AppContext.BaseDirectory, "stub-rules");

    private readonly StringWriter _out = new(CultureInfo.InvariantCulture);
    private readonly StringWriter _error = new(CultureInfo.InvariantCulture);
    private readonly string _root = Directory.CreateTempSubdirectory("aiguardrails-tests-").FullName;

    public ToolRun(string folder = "code")
    {
        Folder = Path.Combine(_root, folder);
        _ = Directory.CreateDirectory(Folder);

        // The tests' temporary folder may lie below settings of a machine; what is tested starts here.
        foreach (var name in (string[])["Directory.Build.props", "Directory.Build.targets", "Directory.Packages.props"])
        {
            File.WriteAllText(Path.Combine(_root, name), "<Project />");
        }
    }

    public string Folder { get; }

    /// <summary>Where the tool puts what it needs while it runs; nobody else does.</summary>
    public string Temporary => Directory.CreateDirectory(Path.Combine(_root, "temporary")).FullName;

    public string Output => _out.ToString();

    public string Error => _error.ToString();

    public string Rules { get; init; } = s_stubRules;

    /// <summary>What is piped in.</summary>
    public string Input { get; init; } = "";

    /// <summary>What is piped in, where it is no text.</summary>
    public byte[]? InputBytes { get; init; }

    /// <summary>What a person types; null where nobody is there.</summary>
    public string? Answers { get; init; }

    public string Today { get; init; } = "2026-11-21";

    /// <summary>What counts as a vocabulary, where it is not only what is published.</summary>
    public IReadOnlyList<KnownVocabulary>? KnownVocabularies { get; init; }

    /// <summary>What was written as bytes, past the text.</summary>
    public byte[] OutputBytes { get; private set; } = [];

    public JsonElement Json => JsonDocument.Parse(Output).RootElement;

    /// <summary>The findings of <c>--format json</c>, each as <c>file(line,column): level rule</c>.</summary>
    public IReadOnlyList<string> Findings => Json.GetProperty("findings").EnumerateArray()
        .Select(finding => $"{finding.GetProperty("file")}({finding.GetProperty("line")},{finding.GetProperty("column")}): {finding.GetProperty("level")} {finding.GetProperty("rule")}")
        .ToList();

    public ToolRun Write(string path, string text)
    {
        var full = Path.Combine(Folder, path);
        _ = Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        File.WriteAllText(full, text);
        return this;
    }

    public ToolRun WriteBytes(string path, byte[] bytes)
    {
        _ = Write(path, "");
        File.WriteAllBytes(Path.Combine(Folder, path), bytes);
        return this;
    }

    public string Read(string path) => File.ReadAllText(Path.Combine(Folder, path));

    public byte[] ReadBytes(string path) => File.ReadAllBytes(Path.Combine(Folder, path));

    /// <summary>The names of all files below the folder, hidden ones too.</summary>
    public IReadOnlyList<string> Files => Directory.EnumerateFiles(Folder, "*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.None })
        .Select(path => Path.GetRelativePath(Folder, path).Replace('\\', '/'))
        .Order(StringComparer.Ordinal)
        .ToList();

    public ToolRun Project(string path, string properties = "", string items = "", string framework = "net10.0") => Write(
        path,
        $"""
        <Project Sdk="Microsoft.NET.Sdk">
          <PropertyGroup>
            {(framework.Contains(';', StringComparison.Ordinal) ? $"<TargetFrameworks>{framework}</TargetFrameworks>" : $"<TargetFramework>{framework}</TargetFramework>")}
            {properties}
          </PropertyGroup>
          <ItemGroup>{items}</ItemGroup>
        </Project>
        """);

    public Task<int> RunAsync(params string[] args) => RunAsync(args, CancellationToken.None);

    public async Task<int> RunAsync(string[] args, CancellationToken cancellationToken)
    {
        _ = _out.GetStringBuilder().Clear();
        _ = _error.GetStringBuilder().Clear();

        var output = new MemoryStream();
        try
        {
            return await CommandLine.RunAsync(args, Context(output), cancellationToken);
        }
        finally
        {
            OutputBytes = output.ToArray();
        }
    }

    public ToolContext Context(Stream? output = null) => new()
    {
        Out = _out,
        Error = _error,
        OpenInput = () => new MemoryStream(InputBytes ?? System.Text.Encoding.UTF8.GetBytes(Input)),
        OpenOutput = () => output ?? new MemoryStream(),
        Answers = Answers is null ? null : new StringReader(Answers),
        Today = () => DateTime.ParseExact(Today, "yyyy-MM-dd", CultureInfo.InvariantCulture),
        CurrentDirectory = Folder,
        AnalyzerDirectory = Rules,
        TemporaryDirectory = Temporary,
        KnownVocabularies = KnownVocabularies ?? KnownVocabulary.Published,
    };

    /// <summary>Every file below the folder, with its time and its content.</summary>
    public IReadOnlyList<string> Snapshot() => Directory.EnumerateFileSystemEntries(Folder, "*", SearchOption.AllDirectories)
        .Order(StringComparer.Ordinal)
        .Select(path => new FileInfo(path).LinkTarget is { } target
            ? $"{path} -> {target}"
            : Directory.Exists(path)
            ? $"{path} {Directory.GetLastWriteTimeUtc(path):O}"
            : $"{path} {File.GetLastWriteTimeUtc(path):O} {Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(File.ReadAllBytes(path)))}")
        .ToList();

    public void Dispose()
    {
        _out.Dispose();
        _error.Dispose();
        Directory.Delete(_root, recursive: true);
    }
}
