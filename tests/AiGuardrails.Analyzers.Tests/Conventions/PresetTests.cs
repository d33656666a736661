using System.Text;
using AiGuardrails.Analyzers.Diagnostics;

namespace AiGuardrails.Analyzers.Tests.Conventions;

/// <summary>The presets in src/AiGuardrails/config are written from the table of rules, and committed so that they can be read.</summary>
public sealed class PresetTests
{
    private const string AcceptVariable = "AIGUARDRAILS_ACCEPT_SNAPSHOTS";

    [Fact]
    public void None_silences_every_rule_by_name() => Verify(
        "None",
        "Every rule is off, and stays off whatever is set for a category; a setting for one rule turns it on.",
        static rule => Setting(rule, RuleLevel.Off));

    // Nothing is set, because a setting for a rule by name, even one of a preset, hides what a team sets for all rules or
    // for a category, and how WarningsNotAsErrors treats the rule.
    [Fact]
    public void Default_leaves_every_rule_at_its_own_level() => Verify(
        "Default",
        "Every rule is as loud as it was made: nothing is set here, so settings for a category or for all rules count too.",
        static rule => Remark(rule, rule.Level));

    [Fact]
    public void Strict_sets_the_rules_that_it_makes_louder() => Verify(
        "Strict",
        "Rules of team policy are on, and some rules are louder than they were made. The others are as they were made.",
        static rule => rule.StrictLevel == rule.Level ? Remark(rule, rule.Level) : Setting(rule, rule.StrictLevel));

    private static void Verify(string mode, string remark, Func<Rule, string> entry)
    {
        var path = Path.Combine(Repository.Root, "src", "AiGuardrails", "config", $"AiGuardrails.{mode}.globalconfig");
        var expected = Write(mode, remark, entry);
        var actual = File.Exists(path) ? File.ReadAllText(path).ReplaceLineEndings("\n") : "";
        if (string.Equals(expected, actual, StringComparison.Ordinal))
        {
            return;
        }

        if (Environment.GetEnvironmentVariable(AcceptVariable) == "1")
        {
            Assert.False(
                string.Equals(Environment.GetEnvironmentVariable("CI"), "true", StringComparison.OrdinalIgnoreCase),
                $"{AcceptVariable} is refused where CI=true: what a preset holds is accepted by a person, in a commit.");
            File.WriteAllText(path, expected);
            return;
        }

        Assert.Fail($"{path} is out of step with Descriptors.cs; run the tests with {AcceptVariable}=1 to write it, and read the difference before you commit it. It should be:\n\n{expected}");
    }

    private static string Write(string mode, string remark, Func<Rule, string> entry)
    {
        var text = new StringBuilder()
            .Append("# AiGuardrailsMode = ").Append(mode).Append('\n')
            .Append("# ").Append(remark).Append('\n')
            .Append("# Written from src/AiGuardrails.Analyzers/Diagnostics/Descriptors.cs; do not edit.\n\n")
            .Append("is_global = true\n")
            .Append("# Below every level that a file of a team has, so that any setting of theirs wins.\n")
            .Append("global_level = -100\n\n");

        foreach (var rule in Descriptors.All)
        {
            text.Append(entry(rule)).Append('\n');
        }

        return text.ToString();
    }

    private static string Remark(Rule rule, RuleLevel level) => $"# {rule.Descriptor.Id}, {Severity(level)}: {rule.Descriptor.Title}";

    private static string Setting(Rule rule, RuleLevel level) =>
        $"# {rule.Descriptor.Id}: {rule.Descriptor.Title}\ndotnet_diagnostic.{rule.Descriptor.Id}.severity = {Severity(level)}";

    private static string Severity(RuleLevel level) => level switch
    {
        RuleLevel.Off => "none",
        RuleLevel.Suggestion => "suggestion",
        RuleLevel.Warning => "warning",
        _ => "error",
    };
}
