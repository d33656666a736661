using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AiGuardrails.Analyzers.Flow.Responses;

/// <summary>Calls that make something else of a text: JSON, XML, YAML, numbers.</summary>
internal static class Parsers
{
    /// <summary>The text that the operation parses, or null where it parses none.</summary>
    public static IOperation? TextOf(IOperation operation) => operation switch
    {
        IInvocationOperation { TargetMethod: { ContainingType: { } type } method, Arguments: var arguments } call when IsParser(method.Name, type) =>
            method.Name == "ToObjectFromJson" ? call.Instance : IsFound(First(arguments), type) ? null : First(arguments),
        IObjectCreationOperation { Type: { Name: "Utf8JsonReader" }, Arguments: var arguments } => First(arguments),
        _ => null,
    };

    // A number that a pattern found in the text is whole wherever the text ends.
    private static bool IsFound(IOperation? text, INamedTypeSymbol parser) =>
        parser.ContainingNamespace is { Name: "System", ContainingNamespace.IsGlobalNamespace: true }
        && text?.Unwrap() is IPropertyReferenceOperation { Property: { Name: "Value", ContainingType: { Name: "Capture" or "Group" or "Match" } } };

    /// <summary>Whether the call makes an object of JSON, or null where the JSON says so.</summary>
    public static bool IsDeserialization(IInvocationOperation call) =>
        call is { TargetMethod: { ContainingType: { } type } method }
        && ((type.Name, method.Name) switch
        {
            ("JsonSerializer", "Deserialize" or "DeserializeAsync") => true,
            ("JsonConvert", "DeserializeObject") => true,
            ("JsonNode", "Parse") => true,
            ("BinaryData", "ToObjectFromJson") => true,
            _ => false,
        })
        && IsParser(method.Name, type);

    /// <summary>How the call is named in messages.</summary>
    public static string NameOf(IOperation operation) => operation switch
    {
        IInvocationOperation { TargetMethod: { IsStatic: true, ContainingType: { } type } method } => $"{type.Name}.{method.Name}",
        IInvocationOperation { TargetMethod: { ContainingType: { } type } method } => $"{type.Name}.{method.Name}",
        _ => operation.Type?.Name ?? "",
    };

    private static bool IsParser(string method, INamedTypeSymbol type) => (type.ContainingNamespace?.ToString(), type.Name) switch
    {
        ("System.Text.Json", "JsonSerializer") => method is "Deserialize" or "DeserializeAsync" or "DeserializeAsyncEnumerable",
        ("System.Text.Json", "JsonDocument") => method is "Parse" or "ParseAsync",
        ("System.Text.Json", "JsonElement") => method == "Parse",
        ("System.Text.Json.Nodes", "JsonNode" or "JsonObject" or "JsonArray") => method is "Parse" or "ParseAsync",
        ("Newtonsoft.Json", "JsonConvert") => method is "DeserializeObject" or "DeserializeAnonymousType" or "PopulateObject",
        ("Newtonsoft.Json", "JsonSerializer") => method == "Deserialize",
        ("Newtonsoft.Json.Linq", "JObject" or "JArray" or "JToken") => method == "Parse",
        ("System", "BinaryData") => method == "ToObjectFromJson",
        ("System", "Enum" or "DateTime" or "DateTimeOffset" or "DateOnly" or "TimeOnly" or "TimeSpan" or "Guid" or "Version") => method is "Parse" or "ParseExact",
        ("System", _) => method == "Parse" && type.SpecialType is >= SpecialType.System_Boolean and <= SpecialType.System_Double,
        ("System.Xml.Linq", "XDocument" or "XElement") => method is "Parse" or "Load",
        ("System.Xml", "XmlDocument") => method is "LoadXml" or "Load",
        ("System.Xml", "XmlReader") => method == "Create",
        ("System.Xml.Serialization", "XmlSerializer") => method == "Deserialize",
        ("YamlDotNet.Serialization", "IDeserializer" or "Deserializer") => method == "Deserialize",
        ("YamlDotNet.RepresentationModel", "YamlStream") => method == "Load",
        _ => false,
    };

    private static IOperation? First(IEnumerable<IArgumentOperation> arguments) =>
        arguments.FirstOrDefault(static argument => argument.Parameter?.Ordinal == 0)?.Value;
}
