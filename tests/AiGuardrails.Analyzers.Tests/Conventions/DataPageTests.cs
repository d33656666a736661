using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using AiGuardrails.Analyzers.Diagnostics;
using AiGuardrails.Analyzers.Tests.Conventions.Translation;
using AiGuardrails.Core.Training.Linting;
using AiGuardrails.Core.Training.Targets;

namespace AiGuardrails.Analyzers.Tests.Conventions;

/// <summary>
/// The examples of the rules about data files: a <c>jsonl bad &lt;target&gt;</c> block gives the findings of the
/// <c>text findings</c> block that follows it, and a <c>jsonl good &lt;target&gt;</c> block gives none. Both are validation data
/// of a <c>jsonl training &lt;target&gt;</c> block, where the page has one.
/// </summary>
public sealed partial class DataPageTests
{
    public static TheoryData<string> Rules => [.. Descriptors.All.Select(static rule => rule.Descriptor.Id).Where(static rule => LintRules.All.Contains(rule) && RulePageTests.IsAboutDataFiles(rule))];

    [Theory]
    [MemberData(nameof(Rules))]
    public void Examples_are_found_as_the_page_says(string rule)
    {
        var blocks = Block().Matches(RulePageTests.Page(rule)).Select(static match => (
            Kind: match.Groups["kind"].Value,
            Target: match.Groups["target"].Value,
            Text: match.Groups["text"].Value)).ToArray();
        var training = blocks.Where(static block => block.Kind == "jsonl training").Select(block => Lint(rule, block.Target, block.Text).Records).SingleOrDefault();

        Assert.Contains(blocks, static block => block.Kind == "jsonl bad");
        Assert.Contains(blocks, static block => block.Kind == "jsonl good");
        for (var i = 0; i < blocks.Length; i++)
        {
            var (kind, target, text) = blocks[i];
            switch (kind)
            {
                case "jsonl bad":
                    Assert.Equal("text findings", blocks[i + 1].Kind);
                    Assert.Equal(blocks[i + 1].Text, string.Concat(Lint(rule, target, text, training).Findings.Select(finding => Show(finding, rule) + "\n")));
                    break;
                case "jsonl good":
                    // A hundred lines are too many for a page: below them, the suggestion remains.
                    Assert.Empty(Lint(rule, target, text, training).Findings.Where(finding => rule != LintRules.Size || finding.Level > LintLevel.Info).Select(finding => Show(finding, rule)));
                    break;
            }
        }
    }

    private static (List<LintFinding> Findings, RecordIndex Records) Lint(string rule, string target, string text, RecordIndex? training = null)
    {
        // Examples are short: of their number only the page about it speaks.
        var options = new LintOptions
        {
            Disabled = rule == LintRules.Size ? [] : [LintRules.Size],
            TrainingRecords = training,
            IsValidation = training is not null,
            MaxTokens = rule == LintRules.TooManyTokens ? 70 : null,
        };

        var findings = new List<LintFinding>();
        var linter = new TrainingLinter(TrainingTarget.Parse(target), options, findings.Add);
        linter.Write(Encoding.UTF8.GetBytes(text));
        _ = linter.Complete();
        return ([.. findings.OrderBy(static finding => finding.Line == 0).ThenBy(static finding => finding.Line).ThenBy(static finding => finding.Column)], linter.Records);
    }

    private static string Show(LintFinding finding, string rule)
    {
        Assert.Equal(rule, finding.Rule);
        Chinese.IsReadable(finding.Message.ToString(null, Chinese.Culture));
        var level = finding.Level switch { LintLevel.Error => "error", LintLevel.Warning => "warning", _ => "suggestion" };
        return string.Create(CultureInfo.InvariantCulture, $"{finding.Line}:{finding.Column} {level}: {finding.Text}");
    }

    [GeneratedRegex("^```(?<kind>jsonl (bad|good|training)|text findings)( (?<target>[a-z-]+))?\n(?<text>.*?)^```$", RegexOptions.Multiline | RegexOptions.Singleline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Block();
}
