using System.Globalization;
using System.Text;
using AiGuardrails.Core.Json;

namespace AiGuardrails.Core.Tests.Json;

public sealed class JsonNamesTests
{
    [Theory]
    [InlineData("""{"a":1,"b":2}""", null)]
    [InlineData("""{"a":1,"a":2}""", 7)]
    [InlineData("""{"a":1,"\u0061":2}""", 7)]
    [InlineData("""{"\u0061":1,"\u0061":2}""", 12)]
    [InlineData("""{"a":{"a":1},"b":{"a":2}}""", null)]
    [InlineData("""[{"a":1},{"a":2}]""", null)]
    [InlineData("""{"a":{"b":1,"c":{}},"d":[{"a":0}],"a":2}""", 34)]
    [InlineData("""{"A":1,"a":2}""", null)]
    [InlineData("""{"\ud800":1,"\ud800":2}""", 12)]
    public void The_second_equal_name_of_an_object_is_found(string json, int? offset) =>
        Assert.Equal(offset, FirstDuplicate(new JsonNames(), json));

    [Fact]
    public void Many_names_are_told_apart()
    {
        var names = Enumerable.Range(0, 5_000).Select(i => string.Create(CultureInfo.InvariantCulture, $"\"n{i}\":{{\"n{i}\":0}}"));
        var json = "{" + string.Join(',', names) + "}";
        var seen = new JsonNames();

        Assert.Null(FirstDuplicate(seen, json));
        Assert.Equal(json.Length, FirstDuplicate(seen, json[..^1] + ",\"n4999\":1}"));
    }

    private static int? FirstDuplicate(JsonNames names, string json)
    {
        var utf8 = Encoding.UTF8.GetBytes(json);
        var reader = new JsonUtf8Reader(utf8);
        names.Clear();
        while (reader.Read())
        {
            switch (reader.TokenType)
            {
                case JsonTokenType.ObjectStart:
                    names.Enter();
                    break;
                case JsonTokenType.ObjectEnd:
                    names.Leave();
                    break;
                case JsonTokenType.PropertyName when !names.Add(utf8, ref reader):
                    return reader.TokenStart;
            }
        }

        Assert.Equal(JsonErrorKind.None, reader.Error.Kind);
        return null;
    }
}
