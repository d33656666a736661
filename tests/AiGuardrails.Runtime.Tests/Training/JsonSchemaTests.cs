using System.Text.Json;
using AiGuardrails.CompilerServices;

namespace AiGuardrails.Runtime.Tests.Training;

/// <summary>The JSON schema of a record. That every line written is valid by it is asserted wherever a record makes its round trip.</summary>
public sealed class JsonSchemaTests
{
    [Fact]
    public void Schema_of_a_ticket_says_what_a_line_is() => Assert.Equal(
        """
        {"$schema":"https://json-schema.org/draft/2020-12/schema","title":"Ticket","type":"object","properties":{"messages":{"type":"array","prefixItems":[
        {"type":"object","properties":{"role":{"const":"system"},"content":{"const":"You classify support tickets.","description":"Persona"}},"required":["role","content"],"additionalProperties":false},
        {"type":"object","properties":{"role":{"const":"user"},"content":{"type":"string","description":"Question"}},"required":["role","content"],"additionalProperties":false},
        {"type":"object","properties":{"role":{"const":"assistant"},"content":{"type":"string","description":"Answer"}},"required":["role","content"],"additionalProperties":false}
        ],"items":false,"minItems":3}},"required":["messages"],"additionalProperties":false}
        """.ReplaceLineEndings(""),
        TrainingFile.JsonSchemaOf<Ticket>(TrainingTarget.OpenAIChat));

    [Fact]
    public void Optional_messages_may_be_missing() => Assert.Contains(
        "\"minItems\":2,\"maxItems\":5", TrainingFile.JsonSchemaOf<WithOptional>(TrainingTarget.OpenAIChat), StringComparison.Ordinal);

    [Fact]
    public void Optional_part_of_a_line_may_be_missing() => Assert.Contains(
        "\"required\":[\"contents\",\"completions\"]", TrainingFile.JsonSchemaOf<InstructedComparison>(TrainingTarget.GeminiPreference), StringComparison.Ordinal);

    [Theory]
    [InlineData("""{"messages":[{"role":"user","content":"q"},{"role":"assistant","content":"a"}]}""", false)]
    [InlineData("""{"messages":[{"role":"system","content":"Something else."},{"role":"user","content":"q"},{"role":"assistant","content":"a"}]}""", false)]
    [InlineData("""{"messages":[{"role":"system","content":"You classify support tickets."},{"role":"user","content":7},{"role":"assistant","content":"a"}]}""", false)]
    [InlineData("""{"messages":[{"role":"system","content":"You classify support tickets."},{"role":"user","content":"q"},{"role":"assistant","content":"a","weight":1}]}""", false)]
    [InlineData("""{"messages":[{"role":"system","content":"You classify support tickets."},{"role":"user","content":"q"},{"role":"assistant","content":"a"}],"more":1}""", false)]
    [InlineData("""{"messages":[{"role":"system","content":"You classify support tickets."},{"role":"user","content":"q"},{"role":"assistant","content":"a"}]}""", true)]
    public void Other_lines_are_not_valid(string line, bool isValid) => Assert.Equal(isValid, IsValid<Ticket>(TrainingTarget.OpenAIChat, line));

    [Fact]
    public void Target_that_cannot_express_the_record_has_no_schema()
    {
        Assert.Equal("target", Assert.Throws<ArgumentException>(static () => TrainingFile.JsonSchemaOf<Ticket>(TrainingTarget.OpenAIDpo)).ParamName);
        Assert.Equal("target", Assert.Throws<ArgumentNullException>(static () => TrainingFile.JsonSchemaOf<Ticket>(null!)).ParamName);
        Assert.DoesNotContain(TrainingTarget.OpenAIDpo, TrainingFile.TargetsOf<Ticket>());
        Assert.Same(TrainingRecordSchema<Ticket>.Instance.Targets, TrainingFile.TargetsOf<Ticket>());
    }

    /// <summary>Checks a line, by as much of JSON schema as our schemas use; a keyword beyond that fails the test.</summary>
    internal static bool IsValid<T>(TrainingTarget target, string line)
        where T : ITrainingRecord<T>
    {
        using var schema = JsonDocument.Parse(TrainingFile.JsonSchemaOf<T>(target));
        using var value = JsonDocument.Parse(line);
        return IsValid(schema.RootElement, value.RootElement);
    }

    private static bool IsValid(JsonElement schema, JsonElement value)
    {
        if (schema.ValueKind is JsonValueKind.False)
        {
            return false;
        }

        var prefix = schema.TryGetProperty("prefixItems", out var prefixItems) ? prefixItems.GetArrayLength() : 0;
        return schema.EnumerateObject().All(keyword => keyword.Name switch
        {
            "$schema" or "title" or "description" => keyword.Value.GetString() is { Length: > 0 },
            "const" => JsonElement.DeepEquals(keyword.Value, value),
            "type" => keyword.Value.ValueKind == JsonValueKind.Array ? keyword.Value.EnumerateArray().Any(type => IsOf(type.GetString()!, value)) : IsOf(keyword.Value.GetString()!, value),
            "properties" => value.ValueKind == JsonValueKind.Object && keyword.Value.EnumerateObject().All(property => !value.TryGetProperty(property.Name, out var member) || IsValid(property.Value, member)),
            "required" => keyword.Value.EnumerateArray().All(name => value.TryGetProperty(name.GetString()!, out _)),
            "additionalProperties" => value.EnumerateObject().All(member => schema.GetProperty("properties").TryGetProperty(member.Name, out _)),
            "prefixItems" => value.EnumerateArray().Zip(keyword.Value.EnumerateArray()).All(static pair => IsValid(pair.Second, pair.First)),
            "items" => value.EnumerateArray().Skip(prefix).All(item => IsValid(keyword.Value, item)),
            "anyOf" => keyword.Value.EnumerateArray().Any(each => IsValid(each, value)),
            "minItems" => value.GetArrayLength() >= keyword.Value.GetInt32(),
            "maxItems" => value.GetArrayLength() <= keyword.Value.GetInt32(),
            _ => throw new InvalidOperationException($"the schema has the keyword '{keyword.Name}'"),
        });
    }

    private static bool IsOf(string type, JsonElement value) => type switch
    {
        "object" => value.ValueKind == JsonValueKind.Object,
        "array" => value.ValueKind == JsonValueKind.Array,
        "string" => value.ValueKind == JsonValueKind.String,
        "number" => value.ValueKind == JsonValueKind.Number,
        "boolean" => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
        _ => throw new InvalidOperationException($"the schema has the type '{type}'"),
    };
}
