using System.Text.RegularExpressions;
using AiGuardrails.Analyzers.Tests.Conventions;
using AiGuardrails.Core.Models;

namespace AiGuardrails.Analyzers.Tests.Rules.Configuration;

/// <summary>The files that the documentation shows: good ones are read, bad ones are not.</summary>
public sealed partial class ModelCatalogueGuideTests
{
    [Theory]
    [InlineData("guides/model-catalogue.md", 1, 0)]
    [InlineData("rules/AIG0002.md", 1, 1)]
    public void Files_in_the_documentation_behave_as_it_says(string page, int good, int bad)
    {
        var text = File.ReadAllText(Path.Combine(Repository.Root, "docs", page)).ReplaceLineEndings("\n");
        var blocks = Block().Matches(text).Select(static match => (IsGood: match.Groups["kind"].Value == "good", Json: match.Groups["json"].Value)).ToArray();

        Assert.Equal((good, bad), (blocks.Count(static block => block.IsGood), blocks.Count(static block => !block.IsGood)));
        Assert.All(blocks, static block =>
        {
            var isRead = ModelCatalogueFile.TryParse(block.Json, ModelCatalogue.Default.Providers.Select(static provider => provider.Name), out _, out var error);
            Assert.True(block.IsGood == isRead, error?.ToString());
        });
    }

    [Fact]
    public void Guide_names_every_member()
    {
        var guide = File.ReadAllText(Path.Combine(Repository.Root, "docs", "guides", "model-catalogue.md"));

        string[] files =
        [
            "{\"?\":0}",
            "{\"models\":[{\"?\":0}]}",
            "{\"models\":[{\"price\":{\"?\":0}}]}",
            "{\"models\":[{\"limits\":{\"?\":0}}]}",
            "{\"providers\":[{\"?\":0}]}",
            "{\"providers\":[{\"trainingTiers\":[{\"?\":0}]}]}",
            "{\"closures\":[{\"?\":0}]}",
            "{\"closures\":[{\"steps\":[{\"?\":0}]}]}",
        ];
        foreach (var json in files)
        {
            Assert.False(ModelCatalogueFile.TryParse(json, [], out _, out var error));
            var members = error!.Message.English[(error.Message.English.IndexOf("which has", StringComparison.Ordinal) + "which has".Length)..].Split([",", " and "], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
            Assert.NotEmpty(members);
            Assert.All(members, member => Assert.Contains($"`{member}`", guide, StringComparison.Ordinal));
        }
    }

    [GeneratedRegex("^```json (?<kind>bad|good)\n(?<json>.*?)^```$", RegexOptions.Multiline | RegexOptions.Singleline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Block();
}
