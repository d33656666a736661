using System.Globalization;
using System.Text.RegularExpressions;
using AiGuardrails.Generators.Prompts;
using AiGuardrails.Testing;
using Microsoft.CodeAnalysis.CSharp;

namespace AiGuardrails.Generators.Tests.Prompts;

/// <summary>The hash of a prompt from its source: what is the same to the model has the same hash on every machine.</summary>
public sealed partial class PromptHashTests
{
    private const string Head = """"
        using AiGuardrails;
        using System.Collections.Generic;

        public enum Line { Oven, Fridge }
        """";

    private const string Attributes = """"
        [Prompt("warranty/triage", Version = 3, Output = typeof(Verdict))]
        [Block(BlockRole.System, """
            You route claims for {Line}.

            Be brief, and answer in {Words} words.
            """)]
        [Block(BlockRole.User, """
            {Manual}
            {Complaint}
            """)]
        """";

    private static readonly string[] s_members =
    [
        "public required Line Line { get; init; }",
        "public int Words { get; init; } = 30;",
        "[Slot(MaxTokens = 900, Overflow = Overflow.KeepStart, Label = \"customer\")] public required string Complaint { get; init; }",
        "public IReadOnlyList<Passage> Manual { get; init; } = new Passage[0];",
    ];

    private static readonly string[] s_answer =
    [
        "public Line Line { get; set; }",
        "public string Reason { get; set; } = \"\";",
        "public int? Confidence { get; set; }",
    ];

    private static string Plain => Source(s_members, s_answer);

    [Fact]
    public void Ends_of_lines_do_not_count()
    {
        var lf = Plain.ReplaceLineEndings("\n");
        var expected = HashOf(lf);

        Assert.Equal(expected, HashOf(lf.ReplaceLineEndings("\r\n")));
        Assert.Equal(expected, HashOf(lf.ReplaceLineEndings("\r")));
        Assert.Equal(expected, HashOf(lf.Replace("brief, and answer in {Words} words.\n", "brief, and answer in {Words} words. \t\r\n", StringComparison.Ordinal)));
    }

    [Fact]
    public void The_order_of_members_does_not_count()
    {
        var random = new Random(8005);
        var expected = HashOf(Plain);
        for (var i = 0; i < 20; i++)
        {
            var (members, answer) = (s_members.ToArray(), s_answer.ToArray());
            random.Shuffle(members);
            random.Shuffle(answer);
            Assert.Equal(expected, HashOf(Source(members, answer)));
        }
    }

    [Fact]
    public void Neither_version_nor_name_nor_comment_nor_kind_of_literal_counts()
    {
        var expected = HashOf(Plain);

        Assert.Equal(expected, HashOf(Plain.Replace("Version = 3", "Version = 4", StringComparison.Ordinal)));
        Assert.Equal(expected, HashOf(Plain.Replace("class Triage", "class Claim", StringComparison.Ordinal)));
        Assert.Equal(expected, HashOf(Plain.Replace("[Prompt", "// for the night shift\n[Prompt", StringComparison.Ordinal)));
        Assert.Equal(expected, HashOf(Plain.Replace("\"\"\"\n    {Manual}\n    {Complaint}\n    \"\"\"", "\"{Manual}\\n\" + \"{Complaint}\"", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("Be brief", "Be very brief")]
    [InlineData("BlockRole.System", "BlockRole.Developer")]
    [InlineData("{Line}.\n", "{Line}.\n\n")]
    [InlineData("MaxTokens = 900", "MaxTokens = 901")]
    [InlineData("KeepStart", "KeepEnd")]
    [InlineData("\"customer\"", "\"client\"")]
    [InlineData("int Words", "long Words")]
    [InlineData("string Reason", "string? Reason")]
    [InlineData("string Reason", "string Why")]
    [InlineData("Fridge }", "Fridge, Dishwasher }")]
    public void What_the_model_gets_counts(string old, string @new)
    {
        var changed = Plain.Replace(old, @new, StringComparison.Ordinal);

        Assert.NotEqual(Plain, changed);
        Assert.NotEqual(HashOf(Plain), HashOf(changed));
    }

    [Theory]
    [InlineData("tr-TR")]
    [InlineData("ar-SA")]
    public void A_culture_changes_nothing(string culture)
    {
        var expected = HashOf(Plain);
        var before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = new CultureInfo(culture) { NumberFormat = { NegativeSign = "~" } };
            Assert.Equal(expected, HashOf(Plain));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public void A_file_and_constants_with_the_same_text_have_the_same_hash()
    {
        var constants = HashOf("[AiGuardrails.Prompt(\"p\")] [AiGuardrails.Block(AiGuardrails.BlockRole.User, \"Hello {Name},\\nbye.\")] public partial class Triage { public string Name { get; set; } = \"\"; }");
        const string InFile = "[AiGuardrails.Prompt(\"p\", File = \"p.prompt.md\")] public partial class Triage { public string Name { get; set; } = \"\"; }";

        Assert.Equal(constants, HashOf(InFile, "---\nversion: 7\n---\n# user\nHello {Name},\nbye.\n"));
        Assert.Equal(constants, HashOf(InFile, "# User\r\n\r\nHello {Name}, \r\nbye.\r\n\r\n"));
    }

    private static string Source(IEnumerable<string> members, IEnumerable<string> answer) =>
        $"{Head}\npublic class Verdict {{ {string.Join("\n", answer)} }}\n{Attributes}\npublic partial class Triage {{ {string.Join("\n", members)} }}\n".ReplaceLineEndings("\n");

    private static string HashOf(string source, string? file = null)
    {
        var test = new GeneratorTest(new PromptGenerator(), PromptTrackingNames.Models) { LowestLanguageVersion = LanguageVersion.CSharp12 };
        if (file is not null)
        {
            test.AdditionalFiles.Add("p.prompt.md", file);
        }

        return Hash().Match(test.Run(source).Result.GeneratedTrees.Single().ToString()).Groups["hash"].Value;
    }

    [GeneratedRegex("PromptHash = \"(?<hash>[0-9a-f]{16})\"", RegexOptions.None, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Hash();
}
