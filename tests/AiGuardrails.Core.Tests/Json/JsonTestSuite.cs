using AiGuardrails.Core.Json;

namespace AiGuardrails.Core.Tests.Json;

/// <summary>
/// The public suite nst/JSONTestSuite, where it is at hand: AIGUARDRAILS_JSON_TEST_SUITE names its folder test_parsing.
/// What came of it is in docs/contributing/json-test-suite.md.
/// </summary>
public sealed class JsonTestSuite
{
    [Fact]
    public void Every_text_is_judged_as_its_name_says()
    {
        var folder = Environment.GetEnvironmentVariable("AIGUARDRAILS_JSON_TEST_SUITE");
        if (string.IsNullOrEmpty(folder))
        {
            return;
        }

        var open = new List<string>();
        foreach (var path in Directory.EnumerateFiles(folder, "*.json").Order(StringComparer.Ordinal))
        {
            var name = Path.GetFileNameWithoutExtension(path);
            var reader = new JsonUtf8Reader(File.ReadAllBytes(path));
            while (reader.Read())
            {
            }

            var accepted = reader.Error.Kind == JsonErrorKind.None;
            switch (name[0])
            {
                case 'y':
                    Assert.True(accepted, name + ": " + reader.Error);
                    break;
                case 'n':
                    Assert.False(accepted, name);
                    break;
                default:
                    open.Add($"| `{name}` | {(accepted ? "accepted" : "rejected: " + reader.Error.Description)} |");
                    break;
            }
        }

        Assert.NotEmpty(open);
        if (Environment.GetEnvironmentVariable("AIGUARDRAILS_JSON_TEST_SUITE_RESULT") is { Length: > 0 } result)
        {
            File.WriteAllLines(result, open);
        }
    }
}
