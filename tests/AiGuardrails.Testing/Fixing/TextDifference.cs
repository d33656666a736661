using Xunit;

namespace AiGuardrails.Testing.Fixing;

/// <summary>Compares files by name and text, and shows the first line that differs.</summary>
internal static class TextDifference
{
    public static void Verify(IReadOnlyDictionary<string, string> expected, IReadOnlyDictionary<string, string> actual, string how)
    {
        foreach (var name in expected.Keys.Union(actual.Keys, StringComparer.Ordinal).Order(StringComparer.Ordinal))
        {
            if (!expected.TryGetValue(name, out var expectedText))
            {
                Assert.Fail($"{how} gives a file '{name}' that the test does not expect:{Environment.NewLine}{actual[name]}");
            }

            if (!actual.TryGetValue(name, out var actualText))
            {
                Assert.Fail($"{how} gives no file '{name}'.");
            }

            if (expectedText != actualText)
            {
                Assert.Fail($"{how} gives another text. {Describe(name, expectedText, actualText)}");
            }
        }
    }

    public static string Describe(string name, string expected, string actual)
    {
        var (expectedLines, actualLines) = (expected.Split('\n'), actual.Split('\n'));
        var first = expectedLines.Zip(actualLines).TakeWhile(pair => pair.First == pair.Second).Count();

        return $"""
            {name} differs first in line {first + 1}:
            expected: {Line(expectedLines, first)}
            actual:   {Line(actualLines, first)}

            The whole of the actual text:
            {actual}
            """;
    }

    // A line end or a tab that differs would be invisible.
    private static string Line(string[] lines, int index) =>
        index < lines.Length ? lines[index].Replace("\r", "␍", StringComparison.Ordinal).Replace("\t", "␉", StringComparison.Ordinal) : "(no such line)";
}
