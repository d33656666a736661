using System.Text.RegularExpressions;

namespace AiGuardrails.Package.Tests;

/// <summary>The C# that the readme and the guides show.</summary>
internal static partial class GuideExamples
{
    /// <summary>The project that they are built in.</summary>
    public const string Project = "Guides";

    /// <summary>Gets the pages, as paths from the root of the repository.</summary>
    public static IEnumerable<string> Pages =>
        Directory.GetFiles(Path.Combine(BuildFacts.RepositoryRoot, "docs", "guides"), "*.md")
            .Select(static path => "docs/guides/" + Path.GetFileName(path))
            .Order(StringComparer.Ordinal)
            .Prepend("README.zh-Hans.md")
            .Prepend("README.md");

    /// <summary>Writes what stands for itself into the project: examples, and the prompt file of the guide.</summary>
    public static void Write(string folder)
    {
        foreach (var (name, code) in Good)
        {
            File.WriteAllText(Path.Combine(folder, name + ".cs"), code);
        }

        var prompts = Directory.CreateDirectory(Path.Combine(folder, "Prompts")).FullName;
        File.WriteAllText(Path.Combine(prompts, "triage.prompt.md"), BlocksOf("docs/guides/prompts.md", "markdown").First());
    }

    /// <summary>The pieces, as far as the next empty line, of examples that are part of something larger.</summary>
    public static IEnumerable<string> FragmentsOf(string page) =>
        from block in BlocksOf(page, "csharp")
        from piece in block.Split("\n\n")
        let lines = string.Join('\n', LinesOf(piece).Where(static line => !line.StartsWith("using ", StringComparison.Ordinal)))
        where lines.Length > 0
        select lines;

    /// <summary>The lines of a text without what is around them.</summary>
    public static IEnumerable<string> LinesOf(string text) => text.Split('\n').Select(static line => line.Trim()).Where(static line => line.Length > 0);

    public static string TextOf(string page) => File.ReadAllText(Path.Combine(BuildFacts.RepositoryRoot, page)).ReplaceLineEndings("\n");

    /// <summary>Gets the examples that stand for themselves, each in a namespace of its own: that of its page and its number there.</summary>
    private static IEnumerable<(string Name, string Code)> Good =>
        from page in Pages
        from block in BlocksOf(page, "csharp good").Index()
        let name = $"{Path.GetFileNameWithoutExtension(page).Replace('-', '_')}_{block.Index + 1}"
        let usings = string.Concat(Using().Matches(block.Item).Select(static match => match.Value))
        select (name, $"{usings}\nnamespace Guides.{name};\n{Using().Replace(block.Item, "")}");

    private static IEnumerable<string> BlocksOf(string page, string language) =>
        Block().Matches(TextOf(page)).Where(match => match.Groups["language"].Value == language).Select(static match => match.Groups["code"].Value);

    [GeneratedRegex("^```(?<language>[^\n]*)\n(?<code>.*?)^```$", RegexOptions.Multiline | RegexOptions.Singleline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Block();

    [GeneratedRegex(@"^using [^\n]*;\n", RegexOptions.Multiline, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Using();
}
