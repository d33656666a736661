using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using AiGuardrails.Analyzers.Sdks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AiGuardrails.Analyzers.Flow.Origins;

/// <summary>
/// The texts of a body that a model takes as instructions of the developer: in messages, options, raw JSON, members marked
/// <c>[Instructions]</c>, and in helpers of the compilation that put an argument there.
/// </summary>
internal static class InstructionTexts
{
    private const string RoleMember = "role";

    private const string ContentMember = "content";

    private static readonly ConditionalWeakTable<AiBody, StrongBox<ImmutableArray<IOperation>>> s_byBody = new();

    private static readonly ConditionalWeakTable<AiBody, ConcurrentDictionary<string, ImmutableHashSet<IParameterSymbol>>> s_helpers = new();

    private static readonly TimeSpan s_timeout = TimeSpan.FromMilliseconds(200);

    // Quotation marks may be plain, escaped or doubled; the hole stands inside the content.
    private static readonly Regex s_systemContent = new(
        "[\\\\\"]+role[\\\\\"]+\\s*:\\s*[\\\\\"]+(system|developer)[\\\\\"]+\\s*,\\s*[\\\\\"]+content[\\\\\"]+\\s*:\\s*\\\\?\"+[^\"]*$",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture,
        s_timeout);

    /// <summary>The expressions whose text becomes instructions, in the order of the text.</summary>
    public static ImmutableArray<IOperation> In(AiContext ai, AiBody body, CancellationToken cancellationToken)
    {
        if (s_byBody.TryGetValue(body, out var known))
        {
            return known.Value;
        }

        var found = new StrongBox<ImmutableArray<IOperation>>([.. Find(ai, body, cancellationToken)]);
        return s_byBody.GetValue(body, _ => found).Value;
    }

    /// <summary>The arguments of the body that a helper of the compilation, one level deep, puts into instructions as they are or in part.</summary>
    public static IEnumerable<IOperation> InHelpers(AiContext ai, AiBody body, OriginOptions options, CancellationToken cancellationToken)
    {
        foreach (var call in body.All<IInvocationOperation>(OperationKind.Invocation))
        {
            cancellationToken.ThrowIfCancellationRequested();
            var method = (call.TargetMethod.ReducedFrom ?? call.TargetMethod).OriginalDefinition;
            if (method.DeclaringSyntaxReferences.IsEmpty
                || method.Parameters.IsEmpty
                || !ai.MayWriteInstructions(method.Name)
                || HelperBody.Of(ai, body, call.TargetMethod, cancellationToken) is not { Operation: not null } helper)
            {
                continue;
            }

            var carrying = ParametersIn(ai, helper, options, cancellationToken);
            if (carrying.IsEmpty)
            {
                continue;
            }

            foreach (var argument in call.Arguments)
            {
                if (argument is { ArgumentKind: not ArgumentKind.DefaultValue, Parameter: { } parameter }
                    && parameter.Ordinal < method.Parameters.Length
                    && carrying.Contains(method.Parameters[parameter.Ordinal]))
                {
                    yield return argument.Value;
                }
            }
        }
    }

    /// <summary>The parameters, of the method and of functions in it, whose text reaches instructions in this body.</summary>
    private static ImmutableHashSet<IParameterSymbol> ParametersIn(AiContext ai, AiBody helper, OriginOptions options, CancellationToken cancellationToken)
    {
        var byOptions = s_helpers.GetOrCreateValue(helper);
        if (byOptions.TryGetValue(options.Key, out var known))
        {
            return known;
        }

        var found = ImmutableHashSet.CreateBuilder<IParameterSymbol>(SymbolEqualityComparer.Default);
        foreach (var text in In(ai, helper, cancellationToken))
        {
            found.UnionWith(ValueOrigins.In(ai, helper, options).Of(text, cancellationToken).Origins
                .Select(static origin => origin.Parameter?.OriginalDefinition as IParameterSymbol)
                .OfType<IParameterSymbol>());
        }

        return byOptions.GetOrAdd(options.Key, found.ToImmutable());
    }

    private static IEnumerable<IOperation> Find(AiContext ai, AiBody body, CancellationToken cancellationToken)
    {
        foreach (var argument in body.All<IArgumentOperation>(OperationKind.Argument))
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (argument is { Parameter: { } parameter, ArgumentKind: not ArgumentKind.DefaultValue }
                && ai.InstructionSinkOf(parameter) is { } sink
                && (sink.Role is null || IsTrusted(ai, RoleArgument(argument, sink.Role), cancellationToken)))
            {
                yield return argument.Value;
            }
        }

        foreach (var assignment in body.All<IAssignmentOperation>(OperationKind.SimpleAssignment)
            .Concat(body.All<IAssignmentOperation>(OperationKind.CompoundAssignment))
            .Concat(body.All<IAssignmentOperation>(OperationKind.CoalesceAssignment)))
        {
            if (assignment.Target is IPropertyReferenceOperation { Property: { IsIndexer: false } property }
                && ai.InstructionSinkOf(property) is { } sink
                && (sink.Role is null || IsTrusted(ai, RoleAssigned(assignment, sink.Role), cancellationToken)))
            {
                yield return assignment.Value;
            }
        }

        foreach (var text in InJson(ai, body, cancellationToken))
        {
            yield return text;
        }
    }

    private static bool IsTrusted(AiContext ai, IOperation? role, CancellationToken cancellationToken) => role is not null && ai.IsTrustedRole(role, cancellationToken);

    private static IOperation? RoleArgument(IArgumentOperation argument, string role) =>
        (argument.Parent switch
        {
            IInvocationOperation call => call.Arguments,
            IObjectCreationOperation creation => creation.Arguments,
            _ => ImmutableArray<IArgumentOperation>.Empty,
        }).FirstOrDefault(other => other.Parameter?.Name == role)?.Value;

    private static IOperation? RoleAssigned(IAssignmentOperation assignment, string role) =>
        assignment.Parent is IObjectOrCollectionInitializerOperation initializer
            ? initializer.Initializers.OfType<ISimpleAssignmentOperation>().FirstOrDefault(other => other.Target is IPropertyReferenceOperation target && target.Property.Name == role)?.Value
            : null;

    /// <summary>An object with the role of the system and a content, and the members for instructions of a request.</summary>
    private static IEnumerable<IOperation> InJson(AiContext ai, AiBody body, CancellationToken cancellationToken)
    {
        foreach (var made in body.All<IAnonymousObjectCreationOperation>(OperationKind.AnonymousObjectCreation))
        {
            foreach (var text in InMembers(MembersOf(made.Initializers)))
            {
                yield return text;
            }
        }

        foreach (var creation in body.All<IObjectCreationOperation>(OperationKind.ObjectCreation))
        {
            cancellationToken.ThrowIfCancellationRequested();
            var initializers = creation.Initializer?.Initializers ?? [];
            var isDictionary = creation.Type is { Name: "Dictionary" or "JsonObject" or "JObject" or "SortedDictionary" };
            if (!isDictionary && (creation.Type is not { DeclaringSyntaxReferences.IsEmpty: false } || !body.Http.NamesAiHost))
            {
                continue;
            }

            var members = isDictionary
                ? EntriesOf(initializers)
                : MembersOf(initializers).Concat(creation.Arguments.Select(static argument => (Name: argument.Parameter?.Name ?? "", argument.Value)));
            foreach (var text in InMembers(members))
            {
                yield return text;
            }
        }

        foreach (var json in body.All<IInterpolatedStringOperation>(OperationKind.InterpolatedString))
        {
            var before = "";
            foreach (var part in json.Parts)
            {
                if (part is IInterpolatedStringTextOperation text)
                {
                    before += text.Text.ConstantText();
                }
                else if (part is IInterpolationOperation hole)
                {
                    if (EndsInSystemContent(before))
                    {
                        yield return hole.Expression;
                    }

                    before += "_";
                }
            }
        }
    }

    private static IEnumerable<IOperation> InMembers(IEnumerable<(string Name, IOperation Value)> entries)
    {
        var members = entries.ToList();
        var role = ValueOf(RoleMember);
        if (role is not null)
        {
            return AiContext.IsTrustedRoleName(role.Unwrap().ConstantText()) && ValueOf(ContentMember) is { } content ? [content] : [];
        }

        // The places for instructions beside the messages: Anthropic's, and that of the Responses API.
        var beside = ValueOf("messages") is not null ? ValueOf("system") : ValueOf("input") is not null && ValueOf("model") is not null ? ValueOf("instructions") : null;
        return beside is not null ? [beside] : [];

        IOperation? ValueOf(string name) => members.FirstOrDefault(member => string.Equals(member.Name, name, StringComparison.OrdinalIgnoreCase)).Value;
    }

    private static IEnumerable<(string Name, IOperation Value)> MembersOf(ImmutableArray<IOperation> initializers) =>
        initializers.OfType<ISimpleAssignmentOperation>()
            .Where(static assignment => assignment.Target is IPropertyReferenceOperation { Property.IsIndexer: false })
            .Select(static assignment => (RawHttp.JsonNameOf(((IPropertyReferenceOperation)assignment.Target).Property, ((IPropertyReferenceOperation)assignment.Target).Property.Name), assignment.Value));

    private static IEnumerable<(string Name, IOperation Value)> EntriesOf(ImmutableArray<IOperation> initializers)
    {
        foreach (var initializer in initializers)
        {
            switch (initializer)
            {
                case ISimpleAssignmentOperation { Target: IPropertyReferenceOperation { Property.IsIndexer: true, Arguments: [var key] } } assignment when key.Value.ConstantText() is { } name:
                    yield return (name, assignment.Value);
                    break;
                case IInvocationOperation { Arguments: [var first, var second] } when first.Value.ConstantText() is { } name:
                    yield return (name, second.Value);
                    break;
            }
        }
    }

    private static bool EndsInSystemContent(string json)
    {
        try
        {
            return json.Length < 20_000 && json.IndexOf(RoleMember, StringComparison.Ordinal) >= 0 && s_systemContent.IsMatch(json);
        }
        catch (RegexMatchTimeoutException)
        {
            return false;
        }
    }
}
