using System.Collections.Immutable;
using AiGuardrails.Analyzers.Sdks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace AiGuardrails.Analyzers.Flow.Jobs;

/// <summary>
/// The status of a job in the replies of a service that a body speaks to over HTTP: the JSON member, and the property of a
/// type of the project's own that a reply is read into. A type that the program itself gives a status is its own affair.
/// </summary>
internal sealed class StatusReplies
{
    private static readonly ImmutableArray<string> s_readers =
        ["ReadFromJsonAsync", "GetFromJsonAsync", "Deserialize", "DeserializeAsync", "DeserializeObject", "ReadAsAsync", "ToObjectFromJson"];

    // JSON members that hold the job itself, or a list of jobs.
    private static readonly ImmutableArray<string> s_containers = ["data", "job", "jobs", "items", "value", "result", "results", "batch", "run"];

    private readonly AiBody _body;
    private readonly CancellationToken _cancellationToken;
    private readonly Dictionary<INamedTypeSymbol, bool> _types = new(SymbolEqualityComparer.Default);

    public StatusReplies(AiContext ai, AiBody body, CancellationToken cancellationToken)
    {
        _body = body;
        Job = body.Http.Job is { } raw ? body.Http.IsJobCertain ? raw : null : ProtocolJobIn(ai, body);
        _cancellationToken = cancellationToken;
    }

    /// <summary>Gets the one kind of job that the body asks for over HTTP, or through a client that hands out JSON; otherwise null.</summary>
    public JobTable? Job { get; }

    /// <summary>Whether the operation reads the status of a reply; null where it reads nothing by name.</summary>
    public bool? StatusMemberOf(IOperation operation)
    {
        if (Job is null)
        {
            return null;
        }

        switch (operation)
        {
            case IInvocationOperation { TargetMethod.Name: "GetProperty" or "TryGetProperty" or "Value" or "SelectToken" or "GetValue" or "TryGetPropertyValue" or "TryGetValue" } call
                when (call.Instance ?? call.Arguments.FirstOrDefault()?.Value) is { } receiver && RawHttp.IsJson(receiver.Unwrap().Type):
                return call.Arguments.Select(static argument => argument.KeyText()).FirstOrDefault(static text => text is not null) is { } name
                    ? IsStatusName(name) && IsJob(receiver)
                    : null;

            case IPropertyReferenceOperation { Property.IsIndexer: true, Instance: { } receiver, Arguments: [var key] } when RawHttp.IsJson(receiver.Unwrap().Type):
                return key.KeyText() is { } member ? IsStatusName(member) && IsJob(receiver) : null;

            case IPropertyReferenceOperation { Property: { IsIndexer: false, IsStatic: false } property }:
                return IsStatusProperty(property) ? true : null;

            default:
                return null;
        }
    }

    /// <summary>Whether the property is the status of a type that replies are read into.</summary>
    public bool IsStatusProperty(IPropertySymbol property) =>
        Job is not null
        && property is { IsStatic: false, Type.SpecialType: SpecialType.System_String, ContainingType: { } type }
        && (IsStatusName(property.Name) || RawHttp.GivenJsonNameOf(property) is { } name && IsStatusName(name))
        && IsReply(type.OriginalDefinition);

    /// <summary>Whether the call or indexer reads a JSON member by one of these names.</summary>
    public static bool ReadsMember(IOperation operation, ImmutableArray<string> names) => operation switch
    {
        IInvocationOperation { TargetMethod.Name: "GetProperty" or "TryGetProperty" or "Value" or "SelectToken" or "GetValue" or "TryGetPropertyValue" or "TryGetValue" } call =>
            (call.Instance ?? call.Arguments.FirstOrDefault()?.Value) is { } receiver && RawHttp.IsJson(receiver.Unwrap().Type)
            && call.Arguments.Any(argument => argument.KeyText() is { } name && names.Contains(name)),
        IPropertyReferenceOperation { Property.IsIndexer: true, Instance: { } receiver, Arguments: [var key] } =>
            RawHttp.IsJson(receiver.Unwrap().Type) && key.KeyText() is { } name && names.Contains(name),
        _ => false,
    };

    /// <summary>Whether the property has one of these names in JSON, and belongs to a type that replies are read into.</summary>
    public bool IsReplyProperty(IPropertySymbol property, ImmutableArray<string> names) =>
        property is { IsStatic: false, IsIndexer: false, ContainingType: { } type }
        && names.Any(name => name == RawHttp.GivenJsonNameOf(property) || string.Equals(name.Replace("_", ""), property.Name, StringComparison.OrdinalIgnoreCase))
        && IsReply(type.OriginalDefinition);

    /// <summary>The one kind of job that the body asks for through a client that hands out JSON, or null.</summary>
    public static JobTable? ProtocolJobIn(AiContext ai, AiBody body)
    {
        JobTable? found = null;
        foreach (var call in body.All<IInvocationOperation>(OperationKind.Invocation))
        {
            if (call.Instance is { } client && ai.ProtocolJobOf(client.Type) is { } job)
            {
                if (found is not null && found != job)
                {
                    return null;
                }

                found = job;
            }
        }

        return found;
    }

    private static bool IsStatusName(string name) => string.Equals(name, RawHttp.StatusMember, StringComparison.OrdinalIgnoreCase);

    // "error.status" is not the status of the job.
    private static bool IsJob(IOperation receiver) => receiver.Unwrap() switch
    {
        IInvocationOperation { TargetMethod.Name: "GetProperty", Arguments: [var name] } => name.Value.ConstantText() is not { } text || s_containers.Contains(text),
        IPropertyReferenceOperation { Property.IsIndexer: true, Arguments: [var key] } => key.KeyText() is not { } text || s_containers.Contains(text),
        _ => true,
    };

    private bool IsReply(INamedTypeSymbol type)
    {
        if (!_types.TryGetValue(type, out var isReply))
        {
            isReply = IsReplyCore(type);
            _types.Add(type, isReply);
        }

        return isReply;
    }

    private bool IsReplyCore(INamedTypeSymbol type)
    {
        if (!SymbolEqualityComparer.Default.Equals(type.ContainingAssembly, _body.Model.Compilation.Assembly))
        {
            return false;
        }

        // All of the file, since the type around may be a handful of top-level statements.
        var isRead = false;
        foreach (var node in _body.Syntax.SyntaxTree.GetRoot(_cancellationToken).DescendantNodes())
        {
            switch (node)
            {
                case GenericNameSyntax { TypeArgumentList.Arguments: [var argument] } generic when s_readers.Contains(generic.Identifier.ValueText):
                    isRead |= argument.DescendantNodesAndSelf().OfType<SimpleNameSyntax>().Any(name => name.Identifier.ValueText == type.Name);
                    break;

                // "record.Status = "submitted"", "new Job { Status = "submitted" }": the words are the program's own.
                case AssignmentExpressionSyntax { Left: var target, Right: LiteralExpressionSyntax } assignment when NameOf(target) is { } written && IsStatusName(written) && IsMemberOf(assignment, type):
                    return false;
            }
        }

        return isRead;
    }

    private bool IsMemberOf(AssignmentExpressionSyntax assignment, INamedTypeSymbol type) =>
        _body.Model.GetSymbolInfo(assignment.Left, _cancellationToken).Symbol is not { } symbol || SymbolEqualityComparer.Default.Equals(symbol.ContainingType.OriginalDefinition, type);

    private static string? NameOf(ExpressionSyntax target) => target switch
    {
        IdentifierNameSyntax name => name.Identifier.ValueText,
        MemberAccessExpressionSyntax access => access.Name.Identifier.ValueText,
        _ => null,
    };
}
