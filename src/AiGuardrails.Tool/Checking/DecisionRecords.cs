using AiGuardrails.Tool.Findings;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AiGuardrails.Tool.Checking;

/// <summary>
/// Finds <c>[FineTuningDecision]</c> in the sources of a project. Where no file names it, which is nearly everywhere, no compiler is
/// loaded for it.
/// </summary>
internal static class DecisionRecords
{
    private const string Name = "FineTuningDecision";

    public static IReadOnlyList<DecisionRecord> Read(ProjectFacts facts, CancellationToken cancellationToken)
    {
        if (!facts.Values("compile").Any(NamesIt))
        {
            return [];
        }

        DirectAnalysis.UseCompiler(Path.Combine(facts.Value("compiler"), "bincore"));
        return Reader.Read(facts, cancellationToken);
    }

    private static bool NamesIt(string file) => File.Exists(file) && File.ReadLines(file).Any(static line => line.Contains(Name, StringComparison.Ordinal));

    // Apart from the above, so that nothing names the compiler before it can be found.
    private static class Reader
    {
        public static List<DecisionRecord> Read(ProjectFacts facts, CancellationToken cancellationToken)
        {
            var compilation = DirectAnalysis.Compilation.Create(facts, cancellationToken, out var configs);
            var records = new List<DecisionRecord>();
            foreach (var tree in compilation.SyntaxTrees)
            {
                cancellationToken.ThrowIfCancellationRequested();
                if (!tree.GetText(cancellationToken).ToString().Contains(Name, StringComparison.Ordinal))
                {
                    continue;
                }

                var model = compilation.GetSemanticModel(tree);
                foreach (var attribute in tree.GetRoot(cancellationToken).DescendantNodes().OfType<AttributeSyntax>())
                {
                    if (model.GetSymbolInfo(attribute, cancellationToken).Symbol?.ContainingType?.ToDisplayString() == $"AiGuardrails.{Name}Attribute")
                    {
                        _ = configs.GetOptionsForSourcePath(tree.FilePath).AnalyzerOptions.TryGetValue("aiguardrails.decision_profile", out var profile);
                        records.Add(Read(attribute, model, cancellationToken) with { Profile = profile });
                    }
                }
            }

            return records;
        }

        private static DecisionRecord Read(AttributeSyntax attribute, SemanticModel model, CancellationToken cancellationToken)
        {
            var fields = new Dictionary<string, object?>(StringComparer.Ordinal);
            foreach (var argument in attribute.ArgumentList?.Arguments ?? [])
            {
                if (argument.NameEquals is { Name.Identifier.ValueText: var name } && model.GetConstantValue(argument.Expression, cancellationToken) is { HasValue: true, Value: var value })
                {
                    fields[name] = value;
                }
            }

            var start = attribute.GetLocation().GetLineSpan().StartLinePosition;
            return new DecisionRecord(new Place(attribute.SyntaxTree.FilePath, start.Line + 1, start.Character + 1), OwnerOf(attribute, model, cancellationToken), fields);
        }

        private static string OwnerOf(AttributeSyntax attribute, SemanticModel model, CancellationToken cancellationToken) =>
            attribute.Parent?.Parent is MemberDeclarationSyntax member && model.GetDeclaredSymbol(member, cancellationToken) is { } symbol
                ? symbol.ToDisplayString(SymbolDisplayFormat.CSharpShortErrorMessageFormat)
                : "the assembly";
    }
}
