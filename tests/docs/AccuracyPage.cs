using System.Globalization;
using System.Text;

namespace AiGuardrails.Docs;

/// <summary>What the corpus says of every rule: how often it reports in public code, and how often it is right.</summary>
internal static class AccuracyPage
{
    private const int FewHits = 5;

    public static string Text(string root, IReadOnlyList<RuleRow> rules)
    {
        var findings = Rows(root, "findings.tsv").Select(static cells => (Repository: cells[0], Rule: cells[1], Verdict: cells[5])).ToArray();
        var repositories = Rows(root, "repositories.tsv").ToArray();
        var withAi = repositories.Count(static cells => cells[2] == "yes");
        var text = new StringBuilder()
            .Append("# How often the rules are right\n\n")
            .Append(CultureInfo.InvariantCulture, $"Every rule was run over {withAi} public repositories with AI code and {repositories.Length - withAi} large ones without, each at one commit, and\n")
            .Append("the findings were read one by one. [The corpus](../tests/corpus/README.md) lists the repositories, every finding, and what its reader\n")
            .Append("thought of it; one command runs it again.\n\n")
            .Append("*Right* are findings worth acting on, of those that were read. A rule with fewer than five findings has *synthetic evidence only*: it\n")
            .Append("rests on the tests and on the examples of its page. Nothing is built or restored for the corpus, and code that does not bind is\n")
            .Append("silent, so that the numbers of findings are lower bounds. Rules about data files, prompts and records that a project declares have\n")
            .Append("nothing to look at in code that does not know this package.\n\n")
            .Append("| rule | what | level | findings | repositories | read | right |\n|---|---|---|---|---|---|---|\n");

        var hits = rules.ToDictionary(static rule => rule, rule => findings.Where(finding => finding.Rule == rule.Id).ToArray());
        foreach (var rule in rules.Where(rule => hits[rule].Length > 0))
        {
            var read = hits[rule].Count(static finding => finding.Verdict is "TP" or "FP");
            var right = hits[rule].Count(static finding => finding.Verdict == "TP");
            var precision = read == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $"{right}, {100.0 * right / read:F0} %");
            var evidence = hits[rule].Length < FewHits ? " (synthetic evidence only)" : "";
            _ = text.Append(CultureInfo.InvariantCulture, $"| [{rule.Id}](rules/{rule.Id}.md) | {rule.Descriptor.Title.ToString(CultureInfo.InvariantCulture)}{evidence} | {rule.Level.ToString().ToLowerInvariant()} | {hits[rule].Length} | {hits[rule].Select(static finding => finding.Repository).Distinct(StringComparer.Ordinal).Count()} | {read} | {precision} |\n");
        }

        return text
            .Append("\nNo finding, and so synthetic evidence only:\n")
            .AppendJoin(",\n", rules.Where(rule => hits[rule].Length == 0).Select(static rule => $"[{rule.Id}](rules/{rule.Id}.md)").Chunk(8).Select(static some => string.Join(", ", some)))
            .Append(".\n\nIn the code without AI there is no finding, and no rule crashes anywhere: the command fails where that changes.\n")
            .ToString();
    }

    private static IEnumerable<string[]> Rows(string root, string file) =>
        File.ReadLines(Path.Combine(root, "tests", "corpus", file)).Where(static line => line.Length > 0 && line[0] != '#').Select(static line => line.Split('\t'));
}
