using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using AiGuardrails.Analyzers.Diagnostics;

namespace AiGuardrails.Docs;

/// <summary>The tables of rules, and the lines about risks at the head of their pages.</summary>
internal static partial class RuleTables
{
    /// <summary>One table of all rules, in a language.</summary>
    public static string Overview(IEnumerable<RuleRow> rules, CultureInfo culture, string pages)
    {
        var isChinese = culture.Name == "zh-Hans";
        var text = new StringBuilder(isChinese ? "| 规则 | 内容 | 级别 | 修复 |\n" : "| rule | what | level | fix |\n").Append("|---|---|---|---|\n");
        foreach (var rule in rules)
        {
            _ = text.Append(CultureInfo.InvariantCulture, $"| [{rule.Id}]({pages}{rule.Id}.md) | {rule.Descriptor.Title.ToString(culture)} | {Level(rule, isChinese)} | {Fix(rule, isChinese)} |\n");
        }

        return text.ToString();
    }

    /// <summary>The page that lists the rules by category.</summary>
    public static string Index(IEnumerable<RuleRow> rules)
    {
        var text = new StringBuilder("# Rules\n\nA page for each; the category is a name for `dotnet_analyzer_diagnostic.category-….severity`.\n");
        foreach (var category in rules.GroupBy(static rule => rule.Descriptor.Category))
        {
            _ = text.Append(CultureInfo.InvariantCulture, $"\n## {category.Key}\n\n").Append(Overview(category, CultureInfo.InvariantCulture, ""));
        }

        return text.ToString();
    }

    /// <summary>The head of a page: its own title and table, and the risks that the rule is tagged with.</summary>
    public static string Head(RuleRow rule, string head)
    {
        var own = RiskLine().Replace(head, "").TrimEnd('\n');
        var risks = string.Join(" · ", rule.NamedRisks);
        return own + "\n" + (risks.Length == 0 ? "" : "\nRisks: " + risks + "\n");
    }

    private static string Level(RuleRow rule, bool isChinese) =>
        rule.StrictLevel == rule.Level
            ? Word(rule.Level, isChinese)
            : $"{Word(rule.Level, isChinese)} {(isChinese ? "（Strict：" : "(Strict: ")}{Word(rule.StrictLevel, isChinese)}{(isChinese ? "）" : ")")}";

    private static string Word(RuleLevel level, bool isChinese) => (level, isChinese) switch
    {
        (RuleLevel.Off, false) => "off",
        (RuleLevel.Off, true) => "关闭",
        (RuleLevel.Suggestion, false) => "suggestion",
        (RuleLevel.Suggestion, true) => "建议",
        (RuleLevel.Warning, false) => "warning",
        (RuleLevel.Warning, true) => "警告",
        (_, false) => "error",
        (_, true) => "错误",
    };

    private static string Fix(RuleRow rule, bool isChinese) => (rule.HasFix, isChinese) switch
    {
        (true, false) => "yes",
        (true, true) => "有",
        _ => "",
    };

    [GeneratedRegex("\nRisks: [^\n]*\n?", RegexOptions.None, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex RiskLine();
}
