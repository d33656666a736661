using AiGuardrails.Docs;

namespace AiGuardrails.Analyzers.Tests.Conventions;

/// <summary>The parts of the documentation that follow from tables in the code are those that the tables give.</summary>
public sealed class GeneratedPageTests
{
    [Fact]
    public void Documentation_is_in_step_with_the_code()
    {
        var outOfStep = GeneratedPages.In(Repository.Root).Where(static page => page.IsOutOfStep).Select(static page => page.Name).ToArray();

        Assert.True(outOfStep.Length == 0, $"Out of step with the tables in the code: {string.Join(", ", outOfStep)}; run: dotnet run --project tests/docs");
    }

    [Fact]
    public void What_stands_around_a_generated_part_stays()
    {
        var root = Directory.CreateTempSubdirectory("aiguardrails-docs-").FullName;
        try
        {
            File.WriteAllText(Path.Combine(root, "a.md"), "before\n<!-- generated: x -->\nold\n<!-- /generated: x -->\nafter\n");

            var page = GeneratedPage.Part(root, "a.md", "x", "new\n");
            Assert.True(page.IsOutOfStep);
            page.Write();

            Assert.Equal("before\n<!-- generated: x -->\n\nnew\n\n<!-- /generated: x -->\nafter\n", File.ReadAllText(Path.Combine(root, "a.md")));
            Assert.False(GeneratedPage.Part(root, "a.md", "x", "new\n").IsOutOfStep);
            Assert.Throws<InvalidDataException>(() => GeneratedPage.Part(root, "a.md", "y", "new\n"));
        }
        finally
        {
            Directory.Delete(root, recursive: true);
        }
    }
}
