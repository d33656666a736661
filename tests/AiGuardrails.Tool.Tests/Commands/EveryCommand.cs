using System.CommandLine;
using AiGuardrails.Tool.Commands;

namespace AiGuardrails.Tool.Tests.Commands;

/// <summary>All commands, so that what is said of each of them is tested of each of them.</summary>
internal static class EveryCommand
{
    /// <summary>Gets a command line of each command that works in the folder of <see cref="Folder"/>.</summary>
    public static IReadOnlyDictionary<string, string> Lines { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["baseline"] = "baseline app.csproj",
        ["check"] = "check app.csproj",
        ["convert"] = "convert train.jsonl --from openai-chat --to trl-chat",
        ["decide"] = "decide --tried-prompting yes --tried-rag yes --labeled-examples 12000 --budget 15000 --ml-expertise yes --stable-knowledge yes --requests-per-month 2000000 --goal knowledge --saving-per-request 0.01 --training-cost 100",
        ["dedup"] = "dedup train.jsonl --target openai-chat",
        ["estimate"] = "estimate train.jsonl --target openai-chat",
        ["fix"] = "fix train.jsonl --target openai-chat",
        ["lint"] = "lint train.jsonl --target openai-chat",
        ["models"] = "models --retiring",
        ["prompts lock"] = "prompts lock app.csproj",
        ["report"] = "report --data train.jsonl --target openai-chat",
        ["split"] = "split train.jsonl --target openai-chat",
    };

    /// <summary>Gets the names of all commands, as the tool has them.</summary>
    public static IReadOnlyList<string> Names { get; } =
        [.. Leaves(CommandLine.Create(new ToolContext { Out = TextWriter.Null, Error = TextWriter.Null, CurrentDirectory = "." }), "").Select(static leaf => leaf.Name).Order(StringComparer.Ordinal)];

    public static IReadOnlyList<string> ExamplesOf(string name) =>
        Examples.Of(Leaves(CommandLine.Create(new ToolContext { Out = TextWriter.Null, Error = TextWriter.Null, CurrentDirectory = "." }), "").Single(leaf => leaf.Name == name).Command);

    /// <summary>Examples of chats, one of which stands there twice.</summary>
    public static string Chats { get; } = string.Concat(Enumerable.Range(0, 40).Append(0).Select(static i =>
        $$"""{"messages":[{"role":"user","content":"Where is parcel {{i}}?"},{"role":"assistant","content":"Parcel {{i}} is on its way and arrives in {{i % 5}} days."}]}""" + "\n"));

    /// <summary>A folder with something for every command.</summary>
    public static ToolRun Folder() => new ToolRun()
        .Project("app.csproj")
        .Write("a.cs", "class A { string Model => \"ft:a\"; }\n")
        .Write("train.jsonl", Chats);

    private static IEnumerable<(string Name, Command Command)> Leaves(Command command, string prefix) => command.Subcommands.SelectMany(child =>
        child.Subcommands.Count > 0 ? Leaves(child, prefix + child.Name + " ") : [(prefix + child.Name, child)]);
}
