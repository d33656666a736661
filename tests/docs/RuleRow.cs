using AiGuardrails.Analyzers.Diagnostics;
using AiGuardrails.CodeFixes;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;

namespace AiGuardrails.Docs;

/// <summary>What the tables say of one rule.</summary>
internal sealed record RuleRow(DiagnosticDescriptor Descriptor, RuleLevel Level, RuleLevel StrictLevel, bool HasFix)
{
    /// <summary>Gets the identifier, for example <c>AIG1001</c>.</summary>
    public string Id => Descriptor.Id;

    /// <summary>Gets the risks that the rule guards against, with the names that their lists give them.</summary>
    public IEnumerable<string> NamedRisks => Descriptor.CustomTags.Where(Risks.Names.ContainsKey).Select(static tag => tag + " " + Risks.Names[tag]);

    /// <summary>Every rule, sorted by identifier.</summary>
    public static IReadOnlyList<RuleRow> All()
    {
        var fixable = typeof(AiCodeFix).Assembly.GetTypes()
            .Where(static type => !type.IsAbstract && typeof(CodeFixProvider).IsAssignableFrom(type))
            .SelectMany(static type => ((CodeFixProvider)Activator.CreateInstance(type)!).FixableDiagnosticIds)
            .ToHashSet(StringComparer.Ordinal);

        return [.. Descriptors.All.Select(rule => new RuleRow(rule.Descriptor, rule.Level, rule.StrictLevel, fixable.Contains(rule.Descriptor.Id)))];
    }
}
