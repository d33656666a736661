using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using AiGuardrails.Core.Json;
using AiGuardrails.Core.Training.Records;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace AiGuardrails.Analyzers.Rules.Governance;

/// <summary>A prompt as it was when training data were rendered from it.</summary>
internal sealed record TrainedPrompt(string Id, long Version, string Hash);

/// <summary>What a manifest of training data, <c>train.manifest.json</c>, says of the prompts that the data were rendered from.</summary>
internal sealed class TrainedPrompts
{
    private const string Extension = ".manifest.json";

    // A manifest names at most some thousands of files.
    private const int MostCharacters = 4 * 1024 * 1024;

    private readonly string _folder;
    private readonly ImmutableHashSet<string> _files;

    private TrainedPrompts(string path, ImmutableArray<TrainedPrompt> prompts, ImmutableHashSet<string> files)
    {
        Path = path;
        Prompts = prompts;
        _folder = Slashes(path).Substring(0, Slashes(path).LastIndexOf('/') + 1);
        _files = files;
    }

    public string Path { get; }

    public ImmutableArray<TrainedPrompt> Prompts { get; }

    /// <summary>The manifests among the files that the build hands over; what is no manifest, or names no prompt, is none.</summary>
    public static ImmutableArray<TrainedPrompts> AllOf(AnalyzerOptions inputs, CancellationToken cancellationToken) =>
        [.. inputs.AdditionalFiles.Select(file => Of(file, cancellationToken)).OfType<TrainedPrompts>()];

    /// <summary>Whether the manifest is about a file.</summary>
    public bool IsAbout(string path) =>
        Slashes(path) is var file
        && file.StartsWith(_folder, StringComparison.OrdinalIgnoreCase)
        && _files.Contains(file.Substring(_folder.Length));

    private static TrainedPrompts? Of(AdditionalText file, CancellationToken cancellationToken)
    {
        if (!file.Path.EndsWith(Extension, StringComparison.OrdinalIgnoreCase) || file.GetText(cancellationToken) is not { Length: <= MostCharacters } text)
        {
            return null;
        }

        var tree = new JsonTree();
        var utf8 = Encoding.UTF8.GetBytes(text.ToString());
        if (tree.Parse(utf8) is not null || tree[0].Type != JsonTokenType.ObjectStart)
        {
            return null;
        }

        var prompts = ItemsOf("prompts")
            .Where(item => TextOf(item, "id") is not null && TextOf(item, "hash") is not null)
            .Select(item => new TrainedPrompt(TextOf(item, "id")!, NumberOf(item, "version"), TextOf(item, "hash")!))
            .ToImmutableArray();
        return prompts.IsEmpty ? null : new TrainedPrompts(file.Path, prompts, [.. ItemsOf("files").Select(item => TextOf(item, "name")).OfType<string>()]);

        IEnumerable<int> ItemsOf(string name) =>
            tree.Find(0, name) is >= 0 and var list && tree[list].Type == JsonTokenType.ArrayStart
                ? tree.ChildrenOf(list).Where(item => tree[item].Type == JsonTokenType.ObjectStart)
                : [];

        string? TextOf(int item, string name) =>
            tree.Find(item, name) is >= 0 and var node && tree[node] is { Type: JsonTokenType.String, HasLoneSurrogate: false } ? tree.TextOf(utf8, node) : null;

        long NumberOf(int item, string name) =>
            tree.Find(item, name) is >= 0 and var node
            && tree[node].Type == JsonTokenType.Number
            && long.TryParse(tree.RawOf(utf8, node), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;
    }

    private static string Slashes(string path) => path.Replace('\\', '/');
}
