using AiGuardrails.Core.Prompts;

namespace AiGuardrails.Core.Tests.Prompts;

public sealed class PromptFileTests
{
    [Fact]
    public void A_file_has_front_matter_and_blocks()
    {
        const string Text = """
            ---
            # what this is
            id: warranty/triage
            version: 3      # bumped for the new line
            description: "Routes: a claim"
            ---

            # System

            You route {Line} claims.

            ## Rules

            - be brief

            # user
            ```sh
            # this is a comment, no heading
            ```
            \# Title
            {Complaint}

            """;

        var file = PromptFile.Parse(Text);

        Assert.Empty(file.Problems);
        Assert.Equal(["id=warranty/triage", "version=3", "description=Routes: a claim"], file.Entries.Select(static entry => $"{entry.Key}={entry.Value}"));
        Assert.All(file.Entries, entry => Assert.Equal(entry.Value, Text.Substring(entry.Start, entry.Length)));
        Assert.Equal([BlockRole.System, BlockRole.User], file.Blocks.Select(static block => block.Role));
        Assert.Equal(["# System", "# user"], file.Blocks.Select(static block => Text.Substring(block.Start, block.Length)));
        Assert.Equal("You route <Line> claims.\n\n## Rules\n\n- be brief", TextOf(file.Blocks[0]));
        Assert.Equal("```sh\n# this is a comment, no heading\n```\n# Title\n<Complaint>", TextOf(file.Blocks[1]));
    }

    [Theory]
    [InlineData("\uFEFF# user\r\nHi {Name}\r\n")]
    [InlineData("---\n---\n# user\nHi {Name}")]
    [InlineData("\n\n#\tUSER #\n\n\n  \nHi {Name}\n\n\n")]
    public void Byte_order_marks_and_white_space_are_no_text(string text)
    {
        var file = PromptFile.Parse(text);

        Assert.Empty(file.Problems);
        Assert.Equal("Hi <Name>", TextOf(Assert.Single(file.Blocks)));
    }

    [Theory]
    [InlineData("#user\nx", "#user", "'#user' is no heading; write '# user'")]
    [InlineData("# usre\nx", "# usre", "'# usre' names no role; did you mean '# user'")]
    [InlineData("# Title\nx", "# Title", "'# Title' names no role; the roles are 'system', 'developer', 'user' and 'assistant', and a heading that is text begins with '##' or '\\#'")]
    [InlineData("Hi\n# user\nx", "Hi", "this text stands before the first heading, so that nobody says it; put '# system' or '# user' above it")]
    [InlineData("# user\n```\nx\n# system", "```", "this code block is not closed, so that no heading after it counts; add a line of '```'")]
    [InlineData("---\nid: x\n# user\nx", "---", "the front matter is not closed; add a line of '---' after its last entry")]
    [InlineData("---\nid x\n---\n# user\nx", "id x", "'id x' is no entry of the front matter; write 'key: value', one in a line")]
    [InlineData("---\nid:x\n---\n# user\nx", "id:x", "'id:x' is no entry of the front matter; write 'key: value', one in a line")]
    [InlineData("---\n- id: x\n---\n# user\nx", "- id: x", "'- id: x' is no entry of the front matter; write 'key: value', one in a line")]
    [InlineData("---\nverson: 1\n---\n# user\nx", "verson", "'verson' is no key of the front matter; did you mean 'version'")]
    [InlineData("---\nmodel: 1\n---\n# user\nx", "model", "'model' is no key of the front matter; there are 'id', 'version' and 'description'")]
    [InlineData("---\nid: a\nid: b\n---\n# user\nx", "id", "'id' has a value already; remove one of the two")]
    [InlineData("---\nid:\n---\n# user\nx", "id:", "'id' has no value; write it on the same line")]
    [InlineData("---\nid: [a]\n---\n# user\nx", "[a]", "the value of 'id' is more than one plain value; write it in one line, in quotation marks if it begins with '['")]
    [InlineData("---\nid: \"a\n---\n# user\nx", "\"a", "the value of 'id' does not end with its quotation mark; add it")]
    [InlineData("# user\n{Name", "{Name", "the placeholder '{Name' is not closed; add '}', or write '{{' for a brace that is text")]
    [InlineData("#\0 \0u\0", "\0", "the file holds U+0000, as a file in UTF-16 without a byte-order mark does; save it in UTF-8")]
    public void A_mistake_is_told_at_its_place(string text, string at, string message)
    {
        var problem = Assert.Single(PromptFile.Parse(text).Problems);

        Assert.Equal((at, message), (text.Substring(problem.Start, problem.Length), problem.Message));
    }

    [Fact]
    public void A_file_of_a_megabyte_is_refused() =>
        Assert.Equal(PromptProblemKind.Size, Assert.Single(PromptFile.Parse("# user\n" + new string('x', 1 << 20)).Problems).Kind);

    [Fact]
    public void Any_text_is_read_without_an_exception_and_every_span_lies_inside()
    {
        var random = new Random(43);
        for (var i = 0; i < 20_000; i++)
        {
            var text = RandomText.Next(random, 60);
            var file = PromptFile.Parse(text);

            Assert.All(file.Problems, problem => AssertInside(problem.Start, problem.Length, text));
            Assert.All(file.Blocks, block => AssertInside(block.Start, block.Length, text));
            Assert.All(file.Entries, entry => AssertInside(entry.Start, entry.Length, text));
            Assert.All(file.Blocks.SelectMany(static block => block.Segments), segment => AssertInside(segment.Start, segment.Length, text));
        }
    }

    private static void AssertInside(int start, int length, string text)
    {
        Assert.InRange(start, 0, text.Length);
        Assert.InRange(length, 0, text.Length - start);
    }

    private static string TextOf(PromptBlock block) => string.Concat(block.Segments.Select(static segment => segment.IsPlaceholder ? $"<{segment.Text}>" : segment.Text));
}
