using AiGuardrails.Analyzers.Flow.Responses;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AiGuardrails.Analyzers.Tests.Flow;

/// <summary>Which calls parse a text, and which text that is.</summary>
public sealed class ParsersTests
{
    [Theory]
    [InlineData("JsonSerializer.Deserialize<int[]>(text)", "JsonSerializer.Deserialize", true)]
    [InlineData("JsonSerializer.DeserializeAsync<int[]>(stream)", "JsonSerializer.DeserializeAsync", true)]
    [InlineData("JsonSerializer.DeserializeAsyncEnumerable<int>(stream)", "JsonSerializer.DeserializeAsyncEnumerable", false)]
    [InlineData("JsonDocument.Parse(text)", "JsonDocument.Parse", false)]
    [InlineData("JsonDocument.ParseAsync(stream)", "JsonDocument.ParseAsync", false)]
    [InlineData("JsonElement.Parse(text)", "JsonElement.Parse", false)]
    [InlineData("JsonNode.Parse(text)", "JsonNode.Parse", true)]
    [InlineData("JsonNode.ParseAsync(stream)", "JsonNode.ParseAsync", false)]
    [InlineData("JsonObject.Parse(text)", "JsonNode.Parse", true)]
    [InlineData("data.ToObjectFromJson<int[]>()", "BinaryData.ToObjectFromJson", true)]
    [InlineData("new Utf8JsonReader(bytes)", "Utf8JsonReader", false)]
    [InlineData("Newtonsoft.Json.JsonConvert.DeserializeObject(text)", "JsonConvert.DeserializeObject", true)]
    [InlineData("Newtonsoft.Json.JsonConvert.DeserializeAnonymousType(text, 1)", "JsonConvert.DeserializeAnonymousType", false)]
    [InlineData("Newtonsoft.Json.JsonConvert.PopulateObject(text, 1)", "JsonConvert.PopulateObject", false)]
    [InlineData("new Newtonsoft.Json.JsonSerializer().Deserialize(text)", "JsonSerializer.Deserialize", true)]
    [InlineData("Newtonsoft.Json.Linq.JObject.Parse(text)", "JObject.Parse", false)]
    [InlineData("Newtonsoft.Json.Linq.JArray.Parse(text)", "JArray.Parse", false)]
    [InlineData("Newtonsoft.Json.Linq.JToken.Parse(text)", "JToken.Parse", false)]
    [InlineData("Enum.Parse(typeof(DayOfWeek), text)", "Enum.Parse", false, "typeof(DayOfWeek)")]
    [InlineData("DateTime.Parse(text)", "DateTime.Parse", false)]
    [InlineData("DateTime.ParseExact(text, \"d\", null)", "DateTime.ParseExact", false)]
    [InlineData("DateTimeOffset.Parse(text)", "DateTimeOffset.Parse", false)]
    [InlineData("DateOnly.Parse(text)", "DateOnly.Parse", false)]
    [InlineData("TimeOnly.Parse(text)", "TimeOnly.Parse", false)]
    [InlineData("TimeSpan.Parse(text)", "TimeSpan.Parse", false)]
    [InlineData("Guid.Parse(text)", "Guid.Parse", false)]
    [InlineData("Version.Parse(text)", "Version.Parse", false)]
    [InlineData("bool.Parse(text)", "Boolean.Parse", false)]
    [InlineData("int.Parse(text)", "Int32.Parse", false)]
    [InlineData("double.Parse(text)", "Double.Parse", false)]
    [InlineData("System.Xml.Linq.XDocument.Parse(text)", "XDocument.Parse", false)]
    [InlineData("System.Xml.Linq.XDocument.Load(text)", "XDocument.Load", false)]
    [InlineData("System.Xml.Linq.XElement.Parse(text)", "XElement.Parse", false)]
    [InlineData("new System.Xml.XmlDocument().LoadXml(text)", "XmlDocument.LoadXml", false)]
    [InlineData("new System.Xml.XmlDocument().Load(text)", "XmlDocument.Load", false)]
    [InlineData("System.Xml.XmlReader.Create(text)", "XmlReader.Create", false)]
    [InlineData("new System.Xml.Serialization.XmlSerializer(typeof(int)).Deserialize(stream)", "XmlSerializer.Deserialize", false)]
    [InlineData("new YamlDotNet.Serialization.Deserializer().Deserialize(text)", "Deserializer.Deserialize", false)]
    [InlineData("yaml.Deserialize(text)", "IDeserializer.Deserialize", false)]
    [InlineData("new YamlDotNet.RepresentationModel.YamlStream().Load(text)", "YamlStream.Load", false)]
    public void Text_that_is_parsed(string call, string name, bool makesAnObject, string? parsed = null)
    {
        var operation = Operation(call);

        var text = Parsers.TextOf(operation);

        Assert.Equal(parsed ?? (call.Contains("stream", StringComparison.Ordinal) ? "stream" : call.Contains("bytes", StringComparison.Ordinal) ? "bytes" : call.Contains("data", StringComparison.Ordinal) ? "data" : "text"), text?.Syntax.ToString());
        Assert.Equal(name, Parsers.NameOf(operation));
        Assert.Equal(makesAnObject, operation is IInvocationOperation invocation && Parsers.IsDeserialization(invocation));
    }

    [Theory]
    [InlineData("JsonSerializer.Serialize(text)")]
    [InlineData("int.TryParse(text, out _)")]
    [InlineData("string.Format(text)")]
    [InlineData("Uri.EscapeDataString(text)")]
    [InlineData("System.Xml.Linq.XName.Get(text)")]
    [InlineData("new System.IO.StringReader(text)")]
    [InlineData("Own.JsonConvert.DeserializeObject(text)")]
    [InlineData("Own.JsonDocument.Parse(text)")]
    [InlineData("int.Parse(System.Text.RegularExpressions.Regex.Match(text, \"[0-9]+\").Value)")] // whole wherever the text ends
    [InlineData("int.Parse(System.Text.RegularExpressions.Regex.Match(text, \"([0-9]+)\").Groups[1].Value)")]
    public void Nothing_that_a_cut_would_break_is_parsed(string call)
    {
        var operation = Operation(call);

        Assert.Null(Parsers.TextOf(operation));
        Assert.False(operation is IInvocationOperation invocation && Parsers.IsDeserialization(invocation));
    }

    [Fact]
    public void What_a_pattern_found_is_no_less_json_than_the_text() =>
        Assert.NotNull(Parsers.TextOf(Operation("JsonDocument.Parse(System.Text.RegularExpressions.Regex.Match(text, \".+\").Value)")));

    private static IOperation Operation(string call)
    {
        var source = FlowSource.Of(
            $$"""
            using System.Text.Json.Nodes;

            class C
            {
                void M(string text, byte[] bytes, System.IO.Stream stream, BinaryData data, YamlDotNet.Serialization.IDeserializer yaml)
                {
                    {{call}};
                }
            }

            namespace Newtonsoft.Json
            {
                static class JsonConvert
                {
                    public static object DeserializeObject(string value) => value;
                    public static object DeserializeAnonymousType(string value, object like) => value;
                    public static void PopulateObject(string value, object target) { }
                }

                class JsonSerializer { public object Deserialize(string value) => value; }
            }

            namespace Newtonsoft.Json.Linq
            {
                class JToken { public static JToken Parse(string json) => new(); }
                class JObject : JToken { public static new JObject Parse(string json) => new(); }
                class JArray : JToken { public static new JArray Parse(string json) => new(); }
            }

            namespace YamlDotNet.Serialization
            {
                interface IDeserializer { object Deserialize(string input); }
                class Deserializer : IDeserializer { public object Deserialize(string input) => input; }
            }

            namespace YamlDotNet.RepresentationModel { class YamlStream { public void Load(string input) { } } }

            namespace Own
            {
                static class JsonConvert { public static object DeserializeObject(string value) => value; }
                static class JsonDocument { public static object Parse(string value) => value; }
            }
            """);

        var body = source.BodyOf("M");
        return ((IBlockOperation?)((IMethodBodyOperation)body.Operation!).BlockBody)!.Operations.OfType<IExpressionStatementOperation>().First().Operation;
    }
}
