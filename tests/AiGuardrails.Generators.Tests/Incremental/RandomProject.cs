using System.Globalization;
using System.Text.RegularExpressions;

namespace AiGuardrails.Generators.Tests.Incremental;

/// <summary>Files that name each other's types and constants in every way there is, with few names for many types, so that each edit may change what others mean.</summary>
internal sealed class RandomProject(int seed)
{
    private const int MaxFiles = 15;
    private const int Groups = 5;

    private static readonly string[] s_namespaces = ["", "Acme", "Acme.Sub", "Other", "Acme.Other"];
    private static readonly string[] s_enums = ["Mood", "Team"];
    private static readonly string[] s_constants = ["Names", "Texts"];
    private static readonly string[] s_bases = ["Basis", "Root", "Stem"];
    private static readonly string[] s_records = ["First", "Second", "Third"];

    private static readonly string[] s_usings =
    [
        "using Acme;", "using Acme.Sub;", "using Other;", "using static Acme.Names;", "using static Acme.Texts;", "using Mood = Acme.Team;", "using @Team = Acme.Sub.Mood;", "using Basis = Acme.Root;",
        "using Names = Acme.Texts;",
    ];

    // Each matters to all files.
    private static readonly string[] s_globalUsings = ["global using Acme;", "global using static Acme.Names;", "global using Team = Acme.Mood;"];

    private static readonly Regex s_namesOfGroup = new(@"\b(Mood|Team|Names|Texts|Basis|Root|Stem|Request|Program)\b", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture);

    private readonly Random _random = new(seed);
    private int _file;
    private int _group;
    private readonly Dictionary<string, (string Namespace, List<string> Usings, List<string> Declarations)> _files = new(StringComparer.Ordinal);

    public IReadOnlyDictionary<string, string> Files => _files.ToDictionary(static file => file.Key, static file => Text(file.Value), StringComparer.Ordinal);

    /// <summary>Changes one file, adds one or removes one.</summary>
    /// <returns>Its path.</returns>
    public string Edit()
    {
        var number = _random.Next(MaxFiles);
        var path = $"/0/File{Number(number)}.cs";
        (_file, _group) = (number, number % Groups);
        if (!_files.TryGetValue(path, out var file))
        {
            _files[path] = (Pick(s_namespaces), [.. Enumerable.Range(0, _random.Next(3)).Select(_ => Using())], [.. Enumerable.Range(0, 1 + _random.Next(3)).Select(_ => Declaration())]);
            return path;
        }

        switch (_random.Next(16))
        {
            case 0:
                _files.Remove(path);
                break;
            case 1:
                _files[path] = file with { Namespace = Pick(s_namespaces) };
                break;
            case 2:
                file.Usings.Add(Using());
                break;
            case 3 or 4 when file.Usings.Count > 0:
                file.Usings.RemoveAt(_random.Next(file.Usings.Count));
                break;
            case 5 when file.Declarations.Count > 1:
                file.Declarations.RemoveAt(_random.Next(file.Declarations.Count));
                break;
            case 6 or 7:
                file.Declarations.Add(Declaration());
                break;
            default:
                file.Declarations[_random.Next(file.Declarations.Count)] = Declaration();
                break;
        }

        return path;
    }

    public override string ToString() => string.Concat(Files.OrderBy(static file => file.Key, StringComparer.Ordinal).Select(static file => $"--- {file.Key} ---\n{file.Value}\n"));

    // One global using or alias of a kind: the compiler refuses two, and then every file has an error.
    private static string Text((string Namespace, List<string> Usings, List<string> Declarations) file) =>
        string.Concat(file.Usings.Distinct(StringComparer.Ordinal).OrderByDescending(static line => line.StartsWith("global", StringComparison.Ordinal)).Select(static line => line + "\n"))
        + "using AiGuardrails;\n"
        + (file.Namespace.Length == 0 ? "" : $"namespace {file.Namespace}\n{{\n")
        + string.Concat(file.Declarations.Select(static declaration => declaration + "\n"))
        + (file.Namespace.Length == 0 ? "" : "}\n");

    private string Using() => InGroup(_random.Next(80) == 0 ? Pick(s_globalUsings) : Pick(s_usings));

    private string Declaration() => InGroup(NewDeclaration());

    // A group of files has names of its own, so that not every file hangs together with every other; now and then one is of another group.
    private string InGroup(string text) =>
        s_namesOfGroup.Replace(text, name => name.Value + Number(_random.Next(40) == 0 ? _random.Next(Groups) : _group));

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);

    // A type is marked in one file only: of two marks, which the compiler refuses, the first counts, and which that is depends on all edits before.
    private string NewDeclaration() => _random.Next(14) switch
    {
        0 or 1 => $"public enum {Pick(s_enums)} {{ {Pick("One", "One, Two", "Two, One", "[System.Runtime.Serialization.EnumMember(Value = " + Constant() + ")] One")} }}",
        2 or 3 => $"public static class {Pick(s_constants)} {{ public const string Text = {Constant()}; public const int Weight = {Pick("0", "1", "Names.Weight", "Acme.Texts.Weight")}; public enum Inner {{ {Pick("One", "Two")} }} static int M() {{ return {Pick("1", "2")}; }} }}",
        4 or 5 => $"public class {Pick(s_bases)}{Pick("", " : " + Pick(s_bases), " : Acme." + Pick(s_bases))} {{ {Property("Base")} {Pick("", "public enum Inner { Three }", "protected const string Text = " + Constant() + ";")} }}",
        6 when _random.Next(6) == 0 => Pick(
            "public class UserMessageAttribute : System.Attribute { }",
            "public class AiGuardrails { }",
            "namespace AiGuardrails { }"),
        6 => Pick(
            "namespace Other { public enum Mood { Here } }",
            "public delegate void Team();",
            "public class Request<T> { }",
            "public static class Program { public enum Mood { Four } }"),
        7 => $"[Tool({Constant()}, {Constant()})] public class Request {{ {Plain("City")} {Plain("Near")} }}",
        8 => $"public partial class {Pick(s_records)}{Number(_group + (Groups * _random.Next(MaxFiles / Groups)))} {Pick("", ": " + Pick(s_bases))} {{ {Pick("", "public enum Inner { Five }", "const string Text = " + Constant() + ";")} }}",
        9 => $"[Prompt({Constant()})] [Block(BlockRole.User, {Constant()} + \"{{Open}}{{Closed}}\")] public partial class {Pick("Ask", "Tell")}{Number(_file)} {Pick("", ": " + Pick(s_bases))} {{ {Plain("Open")} {Plain("Closed")} }}",
        10 => $"[Prompt(\"answered\", Output = typeof({Pick("Request", "Acme.Request", "Basis")}))] [Block(BlockRole.User, \"{{Open}}\")] public partial class Answered{Number(_file)} {{ {Plain("Open")} }}",
        _ => $"[TrainingRecord{Pick("", "(Names.Text)", "(" + Constant() + ")")}] public partial class {Pick(s_records)}{Number(_file)} {Pick("", ": " + Pick(s_bases))} {{ {Property("Own")} {Pick("", "[ToolCall] public Request Call { get; set; } = null!; [ToolResult] public string Result { get; set; } = null!;")} [AssistantMessage(Weight = {Pick("0", "1", "1", "Weight", "Names.Weight", "Acme.Texts.Weight")})] public {Type()} Answer {{ get; set; }} }}",
    };

    private string Property(string name) => $"[{Pick("UserMessage", "UserMessage", "UserMessageAttribute", "AiGuardrails.UserMessage", "SystemMessage")}] {Plain(name)}";

    private string Plain(string name) => $"public {Type()} {name} {{ get; set; }}{Pick("", " = default!;")}";

    private string Type() => Pick("string", "int", "Mood", "Team", "@Mood", "@Team", "Mood?", "Acme.Mood", "Acme.Sub.Mood", "Other.Mood", "Inner", "Names.Inner", "Basis.Inner", "Program.Mood", "System.Guid");

    private string Constant() => Pick("\"openai-chat\"", "\"gemini\"", "\"get\"", "Names.Text", "Texts.Text", "Acme.Names.Text", "Text", "nameof(Names)", "nameof(Mood.One)", "Acme.Texts.Text + \"x\"", "\"a\" + Names.Text");

    private string Pick(params string[] choices) => choices[_random.Next(choices.Length)];
}
