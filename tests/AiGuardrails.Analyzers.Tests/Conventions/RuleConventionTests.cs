using AiGuardrails.Analyzers.Diagnostics;
using AiGuardrails.CodeFixes;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Diagnostics;

namespace AiGuardrails.Analyzers.Tests.Conventions;

/// <summary>What every rule and every fix has in common.</summary>
public sealed class RuleConventionTests
{
    [Fact]
    public void Descriptors_are_sorted_and_unique() =>
        Assert.Equal(
            Descriptors.All.Select(static rule => rule.Descriptor.Id).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal),
            Descriptors.All.Select(static rule => rule.Descriptor.Id));

    [Fact]
    public void Category_follows_from_the_first_digit()
    {
        string[] categories =
        [
            RuleCategories.Configuration, RuleCategories.Models, RuleCategories.Cost, RuleCategories.Responses, RuleCategories.Jobs,
            RuleCategories.Governance, RuleCategories.Secrets, RuleCategories.Injection, RuleCategories.Prompts, RuleCategories.TrainingData,
        ];

        Assert.All(Descriptors.All, rule => Assert.Equal(categories[rule.Descriptor.Id["AIG".Length] - '0'], rule.Descriptor.Category));
    }

    [Fact]
    public void Risks_are_tags_of_the_lists_that_are_named() =>
        Assert.All(
            Descriptors.All.SelectMany(static rule => rule.Descriptor.CustomTags),
            static tag => Assert.True(tag == Microsoft.CodeAnalysis.WellKnownDiagnosticTags.CompilationEnd || Risks.Names.ContainsKey(tag), tag));

    [Fact]
    public void Every_risk_has_a_rule() =>
        Assert.All(Risks.Names.Keys, static risk => Assert.Contains(Descriptors.All, rule => rule.Descriptor.CustomTags.Contains(risk, StringComparer.Ordinal)));

    [Fact]
    public void Every_rule_has_one_analyzer() =>
        Assert.All(Descriptors.All, static rule => Assert.NotNull(RulePageTests.AnalyzerOf(rule.Descriptor.Id)));

    [Fact]
    public void Every_analyzer_reports_descriptors_of_the_table() =>
        Assert.All(
            Instances<DiagnosticAnalyzer>(typeof(AiAnalyzer)).SelectMany(static analyzer => analyzer.SupportedDiagnostics),
            static descriptor => Assert.Contains(Descriptors.All, rule => ReferenceEquals(rule.Descriptor, descriptor)));

    [Fact]
    public void Every_fix_has_fix_all_in_every_scope() =>
        Assert.All(Instances<CodeFixProvider>(typeof(AiCodeFix)), static fix =>
        {
            var provider = fix.GetFixAllProvider();
            Assert.NotNull(provider);
            Assert.Equal([FixAllScope.Document, FixAllScope.Project, FixAllScope.Solution], provider.GetSupportedFixAllScopes().Where(static scope => scope <= FixAllScope.Solution).Order());
        });

    [Fact]
    public void Analyzers_hold_no_state() =>
        Assert.All(
            Instances<DiagnosticAnalyzer>(typeof(AiAnalyzer)).Select(static analyzer => analyzer.GetType()),
            static type => Assert.DoesNotContain(
                type.GetFields(System.Reflection.BindingFlags.Instance | System.Reflection.BindingFlags.NonPublic | System.Reflection.BindingFlags.Public),
                static field => !field.IsInitOnly));

    private static IEnumerable<T> Instances<T>(Type inAssemblyOf) =>
        inAssemblyOf.Assembly.GetTypes().Where(static type => !type.IsAbstract && typeof(T).IsAssignableFrom(type)).Select(static type => (T)Activator.CreateInstance(type)!);
}
