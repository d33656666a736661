using AiGuardrails.Generators.Prompts;
using AiGuardrails.Testing;
using Microsoft.CodeAnalysis.CSharp;

namespace AiGuardrails.Generators.Tests.Prompts;

/// <summary>An edit remakes what it changes, and nothing else.</summary>
public sealed class PromptCachingTests
{
    private static readonly string[] s_steps = [PromptTrackingNames.Declarations, PromptTrackingNames.Models, PromptTrackingNames.Adapters];

    [Fact]
    public void An_edit_above_and_a_new_file_remake_nothing() => TestOf().VerifyCached(PromptSnapshotTests.Triage);

    [Fact]
    public void An_edit_beside_a_prompt_of_a_file_remakes_nothing() => TestOf("# user\nHello {Name}").VerifyCached(OfFile);

    [Theory]
    [InlineData("one appliance line", "an appliance line")]
    [InlineData("MaxTokens = 900", "MaxTokens = 901")]
    [InlineData("Overflow.KeepStart", "Overflow.KeepEnd")]
    [InlineData("Label = \"customer\"", "Label = \"client\"")]
    [InlineData("Version = 3", "Version = 4")]
    [InlineData("warranty/triage", "warranty/route")]
    [InlineData("Repair, Replace,", "Replace,")]
    [InlineData("string Reason", "string? Reason")]
    [InlineData("BlockRole.System", "BlockRole.Developer")]
    [InlineData("MaxOutputTokens = 300", "MaxOutputTokens = 301")]
    [InlineData("public IReadOnlyList<Passage> Manual", "public IReadOnlyList<Passage>? Manual")]
    public void An_edit_of_the_prompt_is_seen(string before, string after)
    {
        Assert.Contains(before, PromptSnapshotTests.Triage, StringComparison.Ordinal);
        var source = PromptSnapshotTests.Triage.Replace("ClaimRoute.Repair", "ClaimRoute.Replace", StringComparison.Ordinal);
        TestOf().VerifyRegenerated(source, source.Replace(before, after, StringComparison.Ordinal));
    }

    [Fact]
    public void The_text_of_a_file_is_placed()
    {
        var text = TestOf("\uFEFF---\r\nversion: 7\r\n---\r\n# user\r\nHello {Name}\r\nand {{more}}\r\n").Run(OfFile).Result.GeneratedTrees.Single().ToString();

        Assert.Contains("PromptVersion = 7;", text, StringComparison.Ordinal);
        Assert.Contains("writer.Text(\"Hello \");", text, StringComparison.Ordinal);
        Assert.Contains("writer.Text(\"\\nand {more}\");", text, StringComparison.Ordinal);
    }

    private const string OfFile = """
        using AiGuardrails;

        [Prompt("p", File = "hello.prompt.md")]
        public partial class Hello { public string Name { get; set; } = ""; }
        """;

    private static GeneratorTest TestOf(string? file = null)
    {
        var test = new GeneratorTest(new PromptGenerator(), s_steps) { LowestLanguageVersion = LanguageVersion.CSharp12 };
        test.AdditionalFiles.Add("prompts/hello.prompt.md", file ?? "# user\nHello");
        test.AdditionalFiles.Add("other.prompt.md", "# user\n{");
        return test;
    }
}
