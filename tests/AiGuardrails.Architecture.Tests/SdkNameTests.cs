using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AiGuardrails.Architecture.Tests;

/// <summary>A rule asks for concepts. How an SDK realises them, and what it calls them, stands in Sdks/ and nowhere else.</summary>
public sealed partial class SdkNameTests
{
    [Fact]
    public void Rules_and_flow_name_no_type_of_an_SDK()
    {
        var folder = SourceTree.Folder("AiGuardrails.Analyzers");
        var named = SourceTree.Files("AiGuardrails.Analyzers")
            .Where(path => !Path.GetRelativePath(folder, path).StartsWith("Sdks", StringComparison.Ordinal))
            .SelectMany(path => NamesIn(path).Select(name => $"{Path.GetRelativePath(folder, path)}: {name}"));

        Assert.Empty(named);
    }

    [Fact]
    public void Tables_of_the_SDKs_do() =>
        Assert.NotEmpty(Directory.EnumerateFiles(Path.Combine(SourceTree.Folder("AiGuardrails.Analyzers"), "Sdks"), "*.cs").SelectMany(NamesIn));

    private static IEnumerable<string> NamesIn(string path) =>
        CSharpSyntaxTree.ParseText(File.ReadAllText(path)).GetRoot().DescendantNodes().OfType<LiteralExpressionSyntax>()
            .Where(static literal => literal.IsKind(SyntaxKind.StringLiteralExpression))
            .Select(static literal => literal.Token.ValueText)
            .Where(static text => QualifiedName().IsMatch(text));

    [GeneratedRegex(@"^(OpenAI\.[A-Z]|Anthropic\.[A-Z]|Azure\.(AI|Search|Core)\b|Microsoft\.(Extensions\.AI|Extensions\.VectorData|SemanticKernel|Agents)\b)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex QualifiedName();
}
