using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace AiGuardrails.Analyzers.Sdks;

/// <summary>
/// Where text that others wrote enters a program, and where configuration does: the names of the web frameworks, message queues and
/// readers of the platform. Each source has the words by which a message names it.
/// </summary>
internal static class DataSources
{
    public static readonly Sentence Request = "the request";

    public static readonly Sentence Console = "console input";

    public static readonly Sentence File = "a file";

    public static readonly Sentence Reply = "the reply of another service";

    public static readonly Sentence Database = "the database";

    public static readonly Sentence Message = "a message";

    public static readonly Sentence ToolArguments = "tool arguments";

    public static readonly Sentence ModelOutput = "model output";

    // Values of these types are what others sent, and so is all text in them.
    private static readonly ImmutableDictionary<string, (string Space, Sentence Words)> s_types = new[]
    {
        ("HttpRequest", "Microsoft.AspNetCore.Http", Request),
        ("HttpRequest", "System.Web", Request),
        ("HttpRequestBase", "System.Web", Request),
        ("IFormFile", "Microsoft.AspNetCore.Http", Request),
        ("IFormCollection", "Microsoft.AspNetCore.Http", Request),
        ("IQueryCollection", "Microsoft.AspNetCore.Http", Request),
        ("IHeaderDictionary", "Microsoft.AspNetCore.Http", Request),
        ("IBrowserFile", "Microsoft.AspNetCore.Components.Forms", Request),
        ("HttpRequestData", "Microsoft.Azure.Functions.Worker.Http", Request),
        ("HttpContent", "System.Net.Http", Reply),
        ("HttpResponseMessage", "System.Net.Http", Reply),
        ("DbDataReader", "System.Data.Common", Database),
        ("IDataReader", "System.Data", Database),
        ("IDataRecord", "System.Data", Database),
        ("ServiceBusReceivedMessage", "Azure.Messaging.ServiceBus", Message),
        ("EventData", "Azure.Messaging.EventHubs", Message),
        ("QueueMessage", "Azure.Storage.Queues.Models", Message),
        ("BasicDeliverEventArgs", "RabbitMQ.Client.Events", Message),
        ("BasicGetResult", "RabbitMQ.Client", Message),
        ("ConsumeResult", "Confluent.Kafka", Message),
        ("ConsumeContext", "MassTransit", Message),
        ("IMessageActivity", "Microsoft.Bot.Schema", Message),
    }.ToImmutableDictionary(static entry => entry.Item1 + "@" + entry.Item2, static entry => (entry.Item2, entry.Item3), StringComparer.Ordinal);

    private static readonly ImmutableHashSet<string> s_typeNames = s_types.Keys.Select(static key => key.Substring(0, key.IndexOf('@'))).ToImmutableHashSet(StringComparer.Ordinal);

    // Members that lead from what others sent to something of the program's own.
    private static readonly ImmutableHashSet<string> s_leavingMembers =
        ImmutableHashSet.Create(StringComparer.Ordinal, "HttpContext", "RequestServices", "FunctionContext", "RequestMessage");

    // Triggers behind which the program itself stands.
    private static readonly ImmutableHashSet<string> s_innerTriggers =
        ImmutableHashSet.Create(StringComparer.Ordinal, "ActivityTriggerAttribute", "OrchestrationTriggerAttribute", "EntityTriggerAttribute", "TimerTriggerAttribute");

    private static readonly ImmutableHashSet<string> s_mapMethods =
        ImmutableHashSet.Create(StringComparer.Ordinal, "MapGet", "MapPost", "MapPut", "MapDelete", "MapPatch", "MapMethods", "Map", "MapFallback");

    private static readonly ImmutableHashSet<string> s_serviceAttributes =
        ImmutableHashSet.Create(StringComparer.Ordinal, "FromServicesAttribute", "FromKeyedServicesAttribute", "InjectAttribute");

    private static readonly ImmutableHashSet<string> s_bodyAttributes =
        ImmutableHashSet.Create(StringComparer.Ordinal, "FromBodyAttribute", "FromFormAttribute", "FromQueryAttribute", "FromRouteAttribute", "FromHeaderAttribute", "AsParametersAttribute");

    /// <summary>Gets the words of calls that hand methods to a framework, which then calls them with the data of others.</summary>
    public static ImmutableArray<string> Registrations { get; } = [.. s_mapMethods, "Create", "CreateFromMethod"];

    /// <summary>What values of the type are, in words, where all text in them is that of others; or null.</summary>
    public static Sentence? WordsOfType(ITypeSymbol? type)
    {
        for (var current = type; current is not null; current = current.BaseType)
        {
            if (WordsOfExactType(current) is { } words)
            {
                return words;
            }
        }

        return type is { TypeKind: TypeKind.Interface or TypeKind.Class } ? type.AllInterfaces.Select(WordsOfExactType).FirstOrDefault(static words => words is not null) : null;
    }

    /// <summary>Whether the member leads from what others sent to something of the program's own.</summary>
    public static bool LeavesData(ISymbol member) => s_leavingMembers.Contains(member.Name);

    /// <summary>What the property yields, in words, where that is text of others; or null.</summary>
    public static Sentence? WordsOf(IPropertySymbol property) => property switch
    {
        { Name: "In", ContainingType: { Name: "Console", ContainingNamespace.Name: "System" } } => Console,
        { Name: "Text" or "Value", ContainingType: { Name: "Activity" } type } when IsIn(type, "Microsoft.Bot.Schema") || IsIn(type, "Microsoft.Agents.Core.Models") => Message,
        { Name: "Text" or "Caption", ContainingType: { Name: "Message" } type } when IsIn(type, "Telegram.Bot.Types") => Message,
        { Name: "Content", ContainingType: { Name: "SocketMessage" or "IMessage" } type } when IsIn(type, "Discord") || IsIn(type, "Discord.WebSocket") => Message,
        _ => null,
    };

    /// <summary>What the call yields, in words, where that is text of others; or null. Files are asked for with <see cref="IsFileRead"/>.</summary>
    public static Sentence? WordsOf(IMethodSymbol method)
    {
        var type = method.ContainingType;
        return type?.Name switch
        {
            "Console" when method.Name == "ReadLine" && IsIn(type, "System") => Console,
            "HttpClient" when method.Name is "GetStringAsync" or "GetStreamAsync" or "GetByteArrayAsync" && IsIn(type, "System.Net.Http") => Reply,
            "HttpClientJsonExtensions" when method.Name.StartsWith("Get", StringComparison.Ordinal) => Reply,
            "WebClient" when method.Name.StartsWith("Download", StringComparison.Ordinal) && IsIn(type, "System.Net") => Reply,
            "DbCommand" or "IDbCommand" when method.Name is "ExecuteScalar" or "ExecuteScalarAsync" => Database,
            _ => null,
        };
    }

    /// <summary>Whether the call, or the constructor, reads the text of the file whose path is its first argument.</summary>
    public static bool IsFileRead(IMethodSymbol method) => method.ContainingType switch
    {
        { Name: "File" } type when IsIn(type, "System.IO") => method.Name.StartsWith("Read", StringComparison.Ordinal) || method.Name is "OpenText" or "OpenRead" or "Open",
        { Name: "StreamReader" or "FileStream" } type when IsIn(type, "System.IO") =>
            method is { MethodKind: MethodKind.Constructor, Parameters: [{ Type.SpecialType: SpecialType.System_String }, ..] },
        _ => false,
    };

    /// <summary>Whether the property is a setting of the team: configuration, options, the environment.</summary>
    public static bool IsConfiguration(IPropertySymbol property) => IsConfigurationType(property.ContainingType);

    /// <summary>Whether the call yields a setting of the team.</summary>
    public static bool IsConfiguration(IMethodSymbol method)
    {
        var definition = method.ReducedFrom ?? method;
        return IsConfigurationType(definition.ContainingType)
            || (definition.IsExtensionMethod && definition.Parameters is [var first, ..] && IsConfigurationType(first.Type as INamedTypeSymbol))
            || (definition is { ContainingType: { Name: "Environment" } environment } && IsIn(environment, "System"))
            || (definition is { ContainingType: { Name: "SecretClient" } secrets } && IsIn(secrets, "Azure.Security.KeyVault.Secrets"));
    }

    /// <summary>
    /// What a framework passes to the parameter of a method that it calls itself, in words: the action of a controller, the method of
    /// a hub or a service, a function, the handler of a message; or null.
    /// </summary>
    public static Sentence? WordsOfHandlerParameter(IParameterSymbol parameter)
    {
        if (parameter.ContainingSymbol is not IMethodSymbol { MethodKind: MethodKind.Ordinary } method || IsService(parameter))
        {
            return null;
        }

        if (IsFunction(method))
        {
            return parameter.GetAttributes().Any(static attribute => attribute.AttributeClass?.Name is { } name && name.EndsWith("TriggerAttribute", StringComparison.Ordinal) && !s_innerTriggers.Contains(name))
                ? Message
                : null;
        }

        if (HasAttribute(method, "KernelFunctionAttribute") || HasAttribute(method, "McpServerToolAttribute"))
        {
            return WordsOfToolParameter(parameter);
        }

        if (method is not { DeclaredAccessibility: Accessibility.Public, IsStatic: false })
        {
            return null;
        }

        var type = method.ContainingType;
        if (IsController(type))
        {
            return HasAttribute(method, "NonActionAttribute") ? null : Request;
        }

        if (DerivesFrom(type, "PageModel", "Microsoft.AspNetCore.Mvc.RazorPages"))
        {
            return method.Name.StartsWith("On", StringComparison.Ordinal) ? Request : null;
        }

        if (DerivesFrom(type, "Hub", "Microsoft.AspNetCore.SignalR"))
        {
            return method.IsOverride ? null : Sentence.Of("a client of the hub");
        }

        // Every override of a service takes its context last.
        if (method.IsOverride && method.Parameters.Any(static other => other.Type.Name == "ServerCallContext"))
        {
            return parameter.Ordinal == 0 ? Request : null;
        }

        return parameter.Ordinal == 0 && IsMessageHandler(method) ? Message : null;
    }

    /// <summary>What the framework binds to the parameter of an endpoint given to <c>MapPost</c> and the like, in words; or null.</summary>
    /// <param name="parameter">The parameter.</param>
    /// <param name="hasBody">Whether requests to the endpoint have a body.</param>
    public static Sentence? WordsOfEndpointParameter(IParameterSymbol parameter, bool hasBody)
    {
        if (IsService(parameter))
        {
            return null;
        }

        if (IsText(parameter.Type) || parameter.GetAttributes().Any(static attribute => attribute.AttributeClass is { } type && s_bodyAttributes.Contains(type.Name)))
        {
            return Request;
        }

        // A type with methods, or without members that can be bound, is more likely a service.
        return hasBody && IsDataType(parameter.Type) ? Request : null;
    }

    /// <summary>What a model passes to the parameter of a tool, in words; null for what the program itself puts there.</summary>
    public static Sentence? WordsOfToolParameter(IParameterSymbol parameter) =>
        !IsService(parameter) && (IsText(parameter.Type) || IsDataType(parameter.Type)) ? ToolArguments : null;

    /// <summary>Whether the method registers an endpoint, and if so, whether requests to it have a body.</summary>
    public static bool IsEndpointRegistration(IMethodSymbol method, out bool hasBody)
    {
        hasBody = method.Name is not "MapGet" and not "MapDelete";
        return s_mapMethods.Contains(method.Name) && (method.ReducedFrom ?? method).ContainingType is { Name: "EndpointRouteBuilderExtensions" };
    }

    /// <summary>Whether the method makes a tool of a method of the program.</summary>
    public static bool IsToolRegistration(IMethodSymbol method) =>
        method is { Name: "Create", ContainingType.Name: "AIFunctionFactory" } or { Name: "CreateFromMethod", ContainingType.Name: "KernelFunctionFactory" or "KernelExtensions" };

    /// <summary>Whether the type leaves no room for text: enums, numbers, <see cref="bool"/>, <see cref="Guid"/>, dates.</summary>
    public static bool IsClosed(ITypeSymbol? type)
    {
        if (type is INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T, TypeArguments: [var inner] })
        {
            type = inner;
        }

        return type switch
        {
            null => false,
            { TypeKind: TypeKind.Enum } => true,
            { SpecialType: >= SpecialType.System_Boolean and <= SpecialType.System_Double } => true,
            { SpecialType: SpecialType.System_DateTime } => true,
            { Name: "Guid" or "DateTimeOffset" or "DateOnly" or "TimeOnly" or "TimeSpan" or "Int128" or "UInt128" or "Half", ContainingNamespace: { Name: "System", ContainingNamespace.IsGlobalNamespace: true } } => true,
            { Name: "CancellationToken" or "BigInteger" } => true,
            _ => false,
        };
    }

    private static bool IsText(ITypeSymbol type) => type switch
    {
        { SpecialType: SpecialType.System_String } => true,
        IArrayTypeSymbol { ElementType.SpecialType: SpecialType.System_String } => true,
        { Name: "IFormFile" or "IFormFileCollection" or "IFormCollection" or "StringValues" or "JsonElement" or "JsonDocument" or "JsonNode" or "JsonObject" } => true,
        _ => false,
    };

    private static bool IsDataType(ITypeSymbol type)
    {
        if (type is IArrayTypeSymbol array)
        {
            return IsDataType(array.ElementType);
        }

        if (type is INamedTypeSymbol { IsGenericType: true, TypeArguments: [var element] } && type.AllInterfaces.Any(static contract => contract.SpecialType == SpecialType.System_Collections_IEnumerable))
        {
            return IsText(element) || IsDataType(element);
        }

        return type is INamedTypeSymbol { IsAbstract: false, TypeKind: TypeKind.Class or TypeKind.Struct, DeclaringSyntaxReferences.IsEmpty: false }
            && type.GetMembers().All(static member => member is not IMethodSymbol { MethodKind: MethodKind.Ordinary, IsImplicitlyDeclared: false, IsStatic: false, IsOverride: false })
            && type.GetMembers().Any(static member => member is IPropertySymbol { DeclaredAccessibility: Accessibility.Public, SetMethod: not null });
    }

    private static bool IsService(IParameterSymbol parameter) =>
        parameter.GetAttributes().Any(static attribute => attribute.AttributeClass is { } type && s_serviceAttributes.Contains(type.Name))
        || IsClosed(parameter.Type)
        || parameter.Type is { Name: "HttpContext" or "ClaimsPrincipal" or "FunctionContext" or "ServerCallContext" }
        || (parameter.Type is { TypeKind: TypeKind.Interface } type
            && WordsOfType(type) is null
            && type is not { SpecialType: SpecialType.System_Collections_IEnumerable }
            && !type.AllInterfaces.Any(static contract => contract.SpecialType == SpecialType.System_Collections_IEnumerable));

    private static bool IsController(INamedTypeSymbol type) =>
        DerivesFrom(type, "ControllerBase", "Microsoft.AspNetCore.Mvc")
        || DerivesFrom(type, "ApiController", "System.Web.Http")
        || DerivesFrom(type, "Controller", "System.Web.Mvc")
        || HasAttribute(type, "ApiControllerAttribute");

    private static bool IsFunction(IMethodSymbol method) => HasAttribute(method, "FunctionAttribute") || HasAttribute(method, "FunctionNameAttribute");

    private static bool IsMessageHandler(IMethodSymbol method)
    {
        foreach (var contract in method.ContainingType.AllInterfaces)
        {
            if (((contract.Name == "IConsumer" && method.Name == "Consume" && IsIn(contract, "MassTransit"))
                    || (contract.Name == "IHandleMessages" && method.Name == "Handle"))
                && contract.GetMembers(method.Name).Any(declared => SymbolEqualityComparer.Default.Equals(method.ContainingType.FindImplementationForInterfaceMember(declared), method)))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsConfigurationType(INamedTypeSymbol? type) =>
        type is not null && (IsConfigurationName(type) || type.AllInterfaces.Any(IsConfigurationName));

    private static bool IsConfigurationName(INamedTypeSymbol type) => type.Name switch
    {
        "IConfiguration" or "IConfigurationSection" or "IConfigurationRoot" => IsIn(type, "Microsoft.Extensions.Configuration"),
        "IOptions" or "IOptionsSnapshot" or "IOptionsMonitor" => IsIn(type, "Microsoft.Extensions.Options"),
        "ConfigurationManager" => true,
        _ => false,
    };

    private static Sentence? WordsOfExactType(ITypeSymbol type) =>
        s_typeNames.Contains(type.Name) && s_types.TryGetValue(type.Name + "@" + type.ContainingNamespace?.ToDisplayString(), out var entry) ? entry.Words : null;

    private static bool DerivesFrom(INamedTypeSymbol? type, string name, string space)
    {
        for (var current = type; current is not null; current = current.BaseType)
        {
            if (current.Name == name && IsIn(current, space))
            {
                return true;
            }
        }

        return false;
    }

    private static bool HasAttribute(ISymbol symbol, string name) => symbol.GetAttributes().Any(attribute => attribute.AttributeClass?.Name == name);

    private static bool IsIn(ITypeSymbol type, string space) => type.ContainingNamespace?.ToDisplayString() == space;
}
