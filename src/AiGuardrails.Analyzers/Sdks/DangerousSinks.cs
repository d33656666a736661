using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace AiGuardrails.Analyzers.Sdks;

/// <summary>What a text can do at a place that acts on it.</summary>
internal enum Danger
{
    Command,
    Query,
    Script,
    Path,
    Url,
    Markup,
    TypeName,

    /// <summary>A place that the team marked.</summary>
    Marked,
}

/// <summary>
/// The places of the platform, and of libraries that many use, that act on a text: they start it, run it, open it, show it. Matched by
/// the names of member and parameter, so that no package need be referenced.
/// </summary>
internal static class DangerousSinks
{
    private const string AnyMember = "*";

    private static readonly ImmutableArray<Sink> s_sinks =
    [
        new(Danger.Command, "System.Diagnostics", "Process", ["Start"], ["fileName", "arguments"]),
        new(Danger.Command, "System.Diagnostics", "ProcessStartInfo", [Member.Constructor], ["fileName", "arguments"]),
        new(Danger.Command, "CliWrap", "Cli", ["Wrap"], ["targetFilePath"]),

        new(Danger.Query, "Microsoft.EntityFrameworkCore", "RelationalDatabaseFacadeExtensions", ["ExecuteSqlRaw", "ExecuteSqlRawAsync", "SqlQueryRaw"], ["sql"]),
        new(Danger.Query, "Microsoft.EntityFrameworkCore", "RelationalQueryableExtensions", ["FromSqlRaw"], ["sql"]),
        new(Danger.Query, "Dapper", "SqlMapper", [AnyMember], ["sql"]),

        new(Danger.Script, "Microsoft.CodeAnalysis.CSharp.Scripting", "CSharpScript", ["EvaluateAsync", "RunAsync", "Create"], ["code"]),
        new(Danger.Script, "System.Management.Automation", "PowerShell", ["AddScript"], ["script"]),
        new(Danger.Script, "Jint", "Engine", ["Execute", "Evaluate"], ["code", "source", "script"]),
        new(Danger.Script, "Microsoft.ClearScript", "ScriptEngine", ["Execute", "Evaluate", "ExecuteCommand"], ["code", "command"]),
        new(Danger.Script, "Microsoft.Scripting.Hosting", "ScriptEngine", ["Execute", "CreateScriptSourceFromString"], ["expression", "code"]),
        new(Danger.Script, "NLua", "Lua", ["DoString"], ["chunk"]),
        new(Danger.Script, "MoonSharp.Interpreter", "Script", ["DoString", "RunString"], ["code"]),
        new(Danger.Script, "System.Data", "DataTable", ["Compute"], ["expression"]),

        new(Danger.Path, "System.IO", "FileStream", [Member.Constructor], ["path"]),
        new(Danger.Path, "System.IO", "StreamReader", [Member.Constructor], ["path"]),
        new(Danger.Path, "System.IO", "StreamWriter", [Member.Constructor], ["path"]),

        new(Danger.Url, "System.Net.Http", "HttpClient", [AnyMember], ["requestUri"]),
        new(Danger.Url, "System.Net.Http.Json", "HttpClientJsonExtensions", [AnyMember], ["requestUri"]),
        new(Danger.Url, "System.Net.Http", "HttpRequestMessage", [Member.Constructor], ["requestUri"]),
        new(Danger.Url, "System.Net", "WebClient", [AnyMember], ["address"]),
        new(Danger.Url, "System.Net", "WebRequest", ["Create", "CreateHttp"], ["requestUriString", "requestUri"]),
        new(Danger.Url, "Microsoft.Playwright", "IPage", ["GotoAsync"], ["url"]),

        new(Danger.Markup, "Microsoft.AspNetCore.Components", "MarkupString", [Member.Constructor], ["value"]),
        new(Danger.Markup, "Microsoft.AspNetCore.Html", "HtmlString", [Member.Constructor], ["value"]),
        new(Danger.Markup, "Microsoft.AspNetCore.Mvc.Rendering", "IHtmlHelper", ["Raw"], ["value"]),
        new(Danger.Markup, "Microsoft.AspNetCore.Components.Rendering", "RenderTreeBuilder", ["AddMarkupContent"], ["markupContent"]),

        new(Danger.TypeName, "System", "Type", ["GetType"], ["typeName"]),
        new(Danger.TypeName, "System", "Activator", ["CreateInstance", "CreateInstanceFrom"], ["assemblyName", "typeName", "assemblyFile"]),
        new(Danger.TypeName, "System.Reflection", "Assembly", ["Load", "LoadFrom", "LoadFile"], ["assemblyString", "assemblyFile", "path"]),
    ];

    private static readonly ILookup<string, Sink> s_byType = s_sinks.ToLookup(static sink => sink.Type, StringComparer.Ordinal);

    // What opens, writes, moves or deletes; to ask whether a file is there does no harm.
    private static readonly ImmutableHashSet<string> s_fileParameters =
        ImmutableHashSet.Create(StringComparer.Ordinal, "path", "sourceFileName", "destFileName", "sourceDirName", "destDirName", "destinationFileName", "destinationBackupFileName");

    /// <summary>Gets the words of the places, by which a method is told from one that has none.</summary>
    public static ImmutableHashSet<string> Words { get; } =
    [
        .. s_sinks.SelectMany(static sink => sink.Members[0] is AnyMember or Member.Constructor ? [sink.Type] : sink.Members.Add(sink.Type)),
        "File", "Directory", "HttpClient", "SqlMapper", "CommandText", "GetAsync", "GetStringAsync", "PostAsync", "Query", "QueryAsync", "ExecuteAsync", "RequestUri", "Arguments", "FileName", "SqlCommand",
    ];

    /// <summary>What a text can do as this argument; null where the parameter takes no text that anything acts on.</summary>
    public static Danger? Of(IParameterSymbol parameter)
    {
        if (parameter.ContainingSymbol is not IMethodSymbol { ContainingType: { } type } method || !IsText(parameter.Type))
        {
            return null;
        }

        method = method.ReducedFrom ?? method;
        if (type.Name is "File" or "Directory" && IsIn(type, "System.IO"))
        {
            return s_fileParameters.Contains(parameter.Name) && !method.Name.StartsWith("Exists", StringComparison.Ordinal) && !method.Name.StartsWith("Get", StringComparison.Ordinal)
                ? Danger.Path
                : null;
        }

        var member = method.MethodKind == MethodKind.Constructor ? Member.Constructor : method.Name;
        for (var current = type; current is not null; current = current.BaseType)
        {
            foreach (var sink in s_byType[current.Name])
            {
                if ((sink.Members[0] == AnyMember || sink.Members.Contains(member)) && sink.Parameters.Contains(parameter.Name) && IsIn(current, sink.Namespace))
                {
                    return sink.Danger;
                }
            }
        }

        return member == Member.Constructor && parameter.Name is "cmdText" or "commandText" && DerivesFrom(type, "DbCommand", "System.Data.Common") ? Danger.Query : null;
    }

    /// <summary>What a text can do as the value of this property; null where nothing acts on it.</summary>
    public static Danger? Of(IPropertySymbol property) => property switch
    {
        { Name: "FileName" or "Arguments", ContainingType: { Name: "ProcessStartInfo" } type } when IsIn(type, "System.Diagnostics") => Danger.Command,
        { Name: "CommandText", ContainingType: { } type } when DerivesFrom(type, "DbCommand", "System.Data.Common") || type.AllInterfaces.Append(type).Any(static contract => contract.Name == "IDbCommand") => Danger.Query,
        { Name: "RequestUri", ContainingType: { Name: "HttpRequestMessage" } type } when IsIn(type, "System.Net.Http") => Danger.Url,
        { Name: "BaseAddress", ContainingType: { Name: "HttpClient" } type } when IsIn(type, "System.Net.Http") => Danger.Url,
        _ => null,
    };

    /// <summary>Whether text that is converted to the type is shown as markup.</summary>
    public static bool IsMarkup(ITypeSymbol? type) => type is { Name: "MarkupString" } && IsIn(type, "Microsoft.AspNetCore.Components");

    /// <summary>Whether the setting makes a deserialiser create types that the text names.</summary>
    public static bool IsTypeNameHandling(IPropertySymbol property) =>
        property is { Name: "TypeNameHandling", ContainingType: { Name: "JsonSerializerSettings" or "JsonSerializer" } type } && IsIn(type, "Newtonsoft.Json");

    /// <summary>Whether what the call yields does no harm at such a place any more.</summary>
    public static bool IsHarmless(Danger danger, IMethodSymbol method)
    {
        var type = method.ContainingType;
        return type?.Name switch
        {
            // The name alone leads nowhere else.
            "Path" => danger == Danger.Path && method.Name is "GetFileName" or "GetFileNameWithoutExtension" or "GetExtension" or "GetRandomFileName",
            "Uri" => danger == Danger.Url && method.Name is "EscapeDataString" or "EscapeUriString",
            "WebUtility" or "HttpUtility" => (danger == Danger.Url && method.Name is "UrlEncode" or "UrlPathEncode") || (danger == Danger.Markup && method.Name is "HtmlEncode" or "HtmlAttributeEncode"),
            "TextEncoder" or "HtmlEncoder" or "UrlEncoder" => danger is Danger.Markup or Danger.Url && method.Name == "Encode",
            "QueryHelpers" => danger == Danger.Url && method.Name == "AddQueryString",
            "HtmlSanitizer" or "IHtmlSanitizer" => danger == Danger.Markup,
            _ => false,
        };
    }

    /// <summary>The place, and the way out, in words.</summary>
    public static (Sentence Place, Sentence WayOut) WordsOf(Danger danger) => danger switch
    {
        Danger.Command => (Sentence.Of("a command line"), Sentence.Of("start a constant program and pass the text in ArgumentList, or choose among commands")),
        Danger.Query => (Sentence.Of("a query"), Sentence.Of("pass it as a parameter")),
        Danger.Script => (Sentence.Of("code that is run"), Sentence.Of("choose among functions of your own instead")),
        Danger.Path => (Sentence.Of("a file path"), Sentence.Of("take Path.GetFileName of it, or check that the full path stays in its folder")),
        Danger.Url => (Sentence.Of("a URL"), Sentence.Of("keep the host constant and escape the text with Uri.EscapeDataString, or check the host against a list")),
        Danger.Markup => (Sentence.Of("markup that is shown as it is"), Sentence.Of("encode or sanitize it first")),
        Danger.TypeName => (Sentence.Of("the name of a type that is created"), Sentence.Of("choose among types of your own instead")),
        _ => (Sentence.Of("a place that is marked as dangerous"), Sentence.Of("check it first")),
    };

    private static bool IsText(ITypeSymbol type) =>
        type.SpecialType is SpecialType.System_String or SpecialType.System_Object || type is { Name: "Uri" or "ReadOnlySpan" or "CompositeFormat" };

    private static bool IsIn(ITypeSymbol type, string space) => type.ContainingNamespace?.ToDisplayString() == space;

    private static bool DerivesFrom(ITypeSymbol type, string name, string space)
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

    /// <summary>Parameters of members of a type that act on text.</summary>
    private sealed record Sink(Danger Danger, string Namespace, string Type, ImmutableArray<string> Members, ImmutableArray<string> Parameters);
}
