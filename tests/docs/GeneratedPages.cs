using System.Globalization;

namespace AiGuardrails.Docs;

/// <summary>Every file of the documentation that follows, whole or in part, from a table in the code.</summary>
internal static class GeneratedPages
{
    /// <summary>The files of a checkout, as they are and as they should be.</summary>
    public static IEnumerable<GeneratedPage> In(string root)
    {
        var rules = RuleRow.All();
        var english = CultureInfo.InvariantCulture;
        yield return GeneratedPage.Part(root, "README.md", "rules", RuleTables.Overview(rules, english, "docs/rules/"));
        yield return GeneratedPage.Whole(root, "docs/rules/README.md", RuleTables.Index(rules));
        yield return GeneratedPage.Part(root, "docs/configuration.md", "options", OptionTable.Text());
        yield return GeneratedPage.Whole(root, "docs/accuracy.md", AccuracyPage.Text(root, rules));
        foreach (var rule in rules.Where(rule => File.Exists(Path.Combine(root, "docs", "rules", rule.Id + ".md"))))
        {
            yield return GeneratedPage.Head(root, $"docs/rules/{rule.Id}.md", "## Cause", head => RuleTables.Head(rule, head));
        }

        if (File.Exists(Path.Combine(root, "README.zh-Hans.md")))
        {
            yield return GeneratedPage.Part(root, "README.zh-Hans.md", "rules", RuleTables.Overview(rules, CultureInfo.GetCultureInfo("zh-Hans"), "docs/rules/zh-Hans/"));
        }
    }

    /// <summary>The folder of the solution that this program was built from.</summary>
    public static string RepositoryRoot()
    {
        for (var folder = AppContext.BaseDirectory; folder is not null; folder = Path.GetDirectoryName(folder))
        {
            if (File.Exists(Path.Combine(folder, "AiGuardrails.sln")))
            {
                return folder;
            }
        }

        throw new InvalidOperationException("This program writes into the repository that it is built in, and runs inside it.");
    }
}
