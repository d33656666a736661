using System.Text.RegularExpressions;

namespace AiGuardrails.Analyzers.Tests.Conventions;

/// <summary>What a page of the documentation links to inside the repository is there.</summary>
public sealed partial class LinkTests
{
    [Fact]
    public void Links_lead_to_files()
    {
        var pages = Directory.GetFiles(Repository.Root, "*.md")
            .Concat(new[] { "docs", "samples", "tests/corpus" }.SelectMany(static folder => Directory.GetFiles(Path.Combine(Repository.Root, folder), "*.md", SearchOption.AllDirectories)))
            .Where(static page => !Path.GetRelativePath(Repository.Root, page).Split(Path.DirectorySeparatorChar).Any(static part => part is "bin" or "obj"))
            .ToArray();
        var broken = pages
            .SelectMany(static page => Link().Matches(Code().Replace(File.ReadAllText(page), "")).Select(link => (Page: page, Target: link.Groups["target"].Value)))
            .Where(static link => !link.Target.Contains(':', StringComparison.Ordinal) && !Path.Exists(Path.Combine(Path.GetDirectoryName(link.Page)!, link.Target)))
            .Select(static link => $"{Path.GetRelativePath(Repository.Root, link.Page)}: {link.Target}");

        Assert.NotEmpty(pages);
        Assert.Empty(broken);
    }

    [GeneratedRegex(@"\]\((?<target>[^)#\s]+)(#[^)]*)?\)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Link();

    [GeneratedRegex("^```.*?^```", RegexOptions.Multiline | RegexOptions.Singleline, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Code();
}
