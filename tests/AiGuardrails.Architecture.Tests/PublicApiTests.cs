using Microsoft.CodeAnalysis;

namespace AiGuardrails.Architecture.Tests;

/// <summary>
/// What the library offers is what is listed in PublicApi/, so that a member that comes, goes or changes is seen in a review. To accept
/// a change, run the tests with AIGUARDRAILS_ACCEPT_SNAPSHOTS=1 and read the difference.
/// </summary>
public sealed class PublicApiTests
{
    private const string AcceptVariable = "AIGUARDRAILS_ACCEPT_SNAPSHOTS";

    public static TheoryData<string, string> Assemblies => new()
    {
        { "AiGuardrails", "netstandard2.0" },
        { "AiGuardrails", "net8.0" },
        { "AiGuardrails.Core", "netstandard2.0" },
        { "AiGuardrails.Core", "net8.0" },
    };

    [Theory]
    [MemberData(nameof(Assemblies))]
    public void Public_members_are_the_listed_ones(string project, string framework)
    {
        var path = Path.Combine(SourceTree.Root, "tests", "AiGuardrails.Architecture.Tests", "PublicApi", $"{project}.{framework}.txt");
        var actual = string.Concat(PublicApi.Lines(PublicApi.Read(SourceTree.Assembly(project, framework))).Select(static line => line + "\n"));
        var expected = File.Exists(path) ? File.ReadAllText(path).ReplaceLineEndings("\n") : "";
        if (actual == expected)
        {
            return;
        }

        var isContinuousIntegration = string.Equals(Environment.GetEnvironmentVariable("CI"), "true", StringComparison.OrdinalIgnoreCase);
        if (Environment.GetEnvironmentVariable(AcceptVariable) == "1" && !isContinuousIntegration)
        {
            _ = Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, actual);
            return;
        }

        var (now, before) = (actual.Split('\n'), expected.Split('\n'));
        Assert.Fail($"The public members of {project} for {framework} have changed; run the tests with {AcceptVariable}=1 to write {path}.\n"
            + string.Join('\n', now.Except(before, StringComparer.Ordinal).Select(static line => "+ " + line).Concat(before.Except(now, StringComparer.Ordinal).Select(static line => "- " + line))));
    }

    [Theory]
    [MemberData(nameof(Assemblies))]
    public void Public_members_are_documented(string project, string framework)
    {
        var symbols = PublicApi.Symbols(PublicApi.Read(SourceTree.Assembly(project, framework))).ToArray();

        Assert.Empty(symbols.Where(static symbol => NeedsDocumentation(symbol) && string.IsNullOrWhiteSpace(symbol.GetDocumentationCommentXml())).Select(static symbol => symbol.ToDisplayString()));
        Assert.Contains(symbols, NeedsDocumentation);
    }

    // What a record gets from the compiler is said by the language, and what overrides or implements by what it overrides.
    private static bool NeedsDocumentation(ISymbol symbol) =>
        !symbol.IsOverride
        && !symbol.IsImplicitlyDeclared
        && symbol.GetAttributes().All(static attribute => attribute.AttributeClass?.Name != "CompilerGeneratedAttribute")
        && symbol is not IMethodSymbol { MethodKind: MethodKind.Constructor, Parameters.Length: 0 }
        && symbol is not IFieldSymbol { Name: "value__" }
        && symbol.Name is not ("EqualityContract" or "PrintMembers" or "Deconstruct" or "<Clone>$");
}
