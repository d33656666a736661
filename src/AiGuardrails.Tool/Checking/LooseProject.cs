using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace AiGuardrails.Tool.Checking;

/// <summary>A project for files that have none, written to the work folder: as much of a build as can be guessed from the code.</summary>
internal static partial class LooseProject
{
    // Namespace that code names → package that brings it.
    private static readonly (string Namespace, string Package)[] s_packages =
    [
        ("OpenAI", "OpenAI"),
        ("Anthropic", "Anthropic"),
        ("Microsoft.Extensions.AI", "Microsoft.Extensions.AI.Abstractions"),
    ];

    private static readonly Lazy<IReadOnlyDictionary<string, string>> s_versions = new(ReadVersions);

    public static string Write(string folder, IReadOnlyList<string> files, bool withPackages)
    {
        _ = Directory.CreateDirectory(folder);

        // Files of these names above the temporary folder are not meant for us.
        foreach (var name in (string[])["Directory.Build.props", "Directory.Build.targets", "Directory.Packages.props"])
        {
            File.WriteAllText(Path.Combine(folder, name), "<Project />");
        }

        var path = Path.Combine(folder, "Loose.csproj");
        Create(files, withPackages).Save(path);
        return path;
    }

    internal static XElement Create(IReadOnlyList<string> files, bool withPackages)
    {
        var properties = new XElement(
            "PropertyGroup",
            new XElement("TargetFramework", "net10.0"),
            new XElement("OutputType", files.Any(HasTopLevelCode) ? "Exe" : "Library"),
            new XElement("ImplicitUsings", "enable"),
            new XElement("Nullable", "enable"),
            new XElement("LangVersion", "preview"),
            new XElement("Features", "$(Features);FileBasedProgram"),
            // What the SDKs mark as experimental is used all the same.
            new XElement("NoWarn", "$(NoWarn);OPENAI001;OPENAI002;SCME0001;SCME0002;MEAI001"),
            new XElement("EnableDefaultItems", "false"));

        var items = new XElement("ItemGroup", files.Select(file => new XElement("Compile", new XAttribute("Include", MSBuildText.Escape(file)))));
        var references = new SortedDictionary<string, string?>(StringComparer.OrdinalIgnoreCase);
        var sdk = "Microsoft.NET.Sdk";

        if (withPackages)
        {
            foreach (var package in s_packages.Where(package => files.Any(file => Names(file, package.Namespace))))
            {
                references[package.Package] = s_versions.Value.GetValueOrDefault(package.Package);
            }
        }

        foreach (var (kind, text) in files.SelectMany(FileDirectives.Read))
        {
            switch (kind)
            {
                case "package" when withPackages:
                    var parts = text.Split('@', 2, StringSplitOptions.TrimEntries);
                    references[parts[0]] = parts.Length == 2 ? parts[1] : references.GetValueOrDefault(parts[0], "*");
                    break;

                case "property" when text.Split('=', 2, StringSplitOptions.TrimEntries) is [var name, var value] && PropertyName().IsMatch(name):
                    properties.Add(new XElement(name, value));
                    break;

                case "sdk" when !text.Contains('@', StringComparison.Ordinal):
                    sdk = text;
                    break;
            }
        }

        items.Add(references.Select(reference => new XElement("PackageReference", new XAttribute("Include", reference.Key), new XAttribute("Version", reference.Value ?? "*"))));
        return new XElement("Project", new XAttribute("Sdk", sdk), properties, items);
    }

    private static bool Names(string file, string @namespace) =>
        File.ReadLines(file).Any(line => NamedNamespace().Matches(line).Any(match => (match.Value + ".").StartsWith(@namespace + ".", StringComparison.Ordinal)));

    // A file without any type or namespace is a program; a wrong guess costs one compiler error that is expected here.
    private static bool HasTopLevelCode(string file)
    {
        var text = File.ReadAllText(file);
        return FileDirectives.IsProgram(file) || EntryPoint().IsMatch(text) || !Declaration().IsMatch(text);
    }

    private static Dictionary<string, string> ReadVersions()
    {
        using var reader = new StreamReader(typeof(LooseProject).Assembly.GetManifestResourceStream("SdkVersions.txt")!);
        return reader.ReadToEnd()
            .Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select(line => line.Split('=', 2))
            .ToDictionary(parts => parts[0], parts => parts[1], StringComparer.OrdinalIgnoreCase);
    }

    [GeneratedRegex(@"\b(OpenAI|Anthropic|Microsoft\.Extensions\.AI)(\.\w+)*\b", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex NamedNamespace();

    [GeneratedRegex(@"\bstatic\s+(async\s+)?[\w.<>]+\s+Main\s*\(", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex EntryPoint();

    [GeneratedRegex(@"^\s*((public|internal|file|static|sealed|abstract|partial|readonly|ref|unsafe)\s+)*(namespace|class|record|struct|interface|enum|delegate)\s+\w", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.Multiline, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Declaration();

    [GeneratedRegex(@"^[A-Za-z_]\w*$", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex PropertyName();
}
