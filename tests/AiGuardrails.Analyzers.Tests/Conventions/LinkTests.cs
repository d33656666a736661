using System.Text.RegularExpressions;

namespace AiGuardrails.Analyzers.Tests.Conventions;

/// <summary>What a page of the documentation links to inside the repository is there: files, and headings in them.</summary>
public sealed partial class LinkTests
{
    private static readonly string[] s_pages =
    [
        .. Directory.GetFiles(Repository.Root, "*.md")
            .Concat(new[] { "docs", "samples", "tests/corpus" }.SelectMany(static folder => Directory.GetFiles(Path.Combine(Repository.Root, folder), "*.md", SearchOption.AllDirectories)))
            .Where(static page => !Path.GetRelativePath(Repository.Root, page).Split(Path.DirectorySeparatorChar).Any(static part => part is "bin" or "obj")),
    ];

    private static IEnumerable<(string Page, string Target, string Anchor)> Links =>
        from page in s_pages
        from link in Link().Matches(Code().Replace(File.ReadAllText(page), ""))
        let target = link.Groups["target"].Value
        where !target.Contains(':', StringComparison.Ordinal)
        select (Path.GetRelativePath(Repository.Root, page), target.Length == 0 ? page : Path.Combine(Path.GetDirectoryName(page)!, target), link.Groups["anchor"].Value);

    [Fact]
    public void Links_lead_to_files()
    {
        Assert.NotEmpty(s_pages);
        Assert.All(Links, static link => Assert.True(Path.Exists(link.Target), $"{link.Page}: {link.Target}"));
    }

    [Fact]
    public void Anchors_lead_to_headings()
    {
        var anchored = Links.Where(static link => link.Anchor.Length > 0 && link.Target.EndsWith(".md", StringComparison.Ordinal) && File.Exists(link.Target)).ToList();
        var headings = anchored.Select(static link => link.Target).Distinct(StringComparer.Ordinal).ToDictionary(static path => path, HeadingsOf, StringComparer.Ordinal);

        Assert.NotEmpty(anchored);
        Assert.All(anchored, link => Assert.True(headings[link.Target].Contains(link.Anchor), $"{link.Page}: {Path.GetFileName(link.Target)}#{link.Anchor}"));
    }

    /// <summary>The names that a code host gives to the headings of a page: lower case, hyphens for blanks, no other signs, a number where one stands twice.</summary>
    private static HashSet<string> HeadingsOf(string page)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var heading in Heading().Matches(Code().Replace(File.ReadAllText(page), "")).Select(static match => match.Groups["text"].Value.Trim()))
        {
            var text = LinkText().Replace(heading, "${text}");
            var name = string.Concat(text.Where(static c => char.IsLetterOrDigit(c) || c is ' ' or '-' or '_').Select(static c => c == ' ' ? '-' : char.ToLowerInvariant(c)));
            var unique = name;
            for (var i = 1; !names.Add(unique); i++)
            {
                unique = FormattableString.Invariant($"{name}-{i}");
            }
        }

        return names;
    }

    [GeneratedRegex(@"\]\((?<target>[^)#\s]*)(#(?<anchor>[^)]*))?\)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Link();

    [GeneratedRegex("^#{1,6} (?<text>[^\r\n]*)", RegexOptions.Multiline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Heading();

    [GeneratedRegex(@"\[(?<text>[^\]]*)\]\([^)]*\)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex LinkText();

    [GeneratedRegex("^```.*?^```", RegexOptions.Multiline | RegexOptions.Singleline, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Code();
}
