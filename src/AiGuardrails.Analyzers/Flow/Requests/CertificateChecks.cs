using AiGuardrails.Analyzers.Sdks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace AiGuardrails.Analyzers.Flow.Requests;

/// <summary>Where a body tells an HTTP handler to take any certificate, and whether a client of an AI service goes through that handler.</summary>
internal static class CertificateChecks
{
    // Handler, HTTP client, transport, options, client: more steps than that nobody takes in one view.
    private const int MaxSteps = 64;

    /// <summary>The values that switch the check off, of handlers that a client of an AI service uses.</summary>
    public static IEnumerable<IOperation> SwitchedOff(AiContext ai, AiBody body, CancellationToken cancellationToken)
    {
        foreach (var assignment in body.All<ISimpleAssignmentOperation>(OperationKind.SimpleAssignment))
        {
            if (assignment.Target is IPropertyReferenceOperation { Property.Name: "ServerCertificateCustomValidationCallback" or "RemoteCertificateValidationCallback" } target
                && TakesAny(assignment.Value, cancellationToken)
                && HandlerOf(target) is { } handler
                && IsUsedForAI(ai, body, handler, cancellationToken))
            {
                yield return assignment;
            }
        }
    }

    private static bool TakesAny(IOperation value, CancellationToken cancellationToken) =>
        ValueSources.Of(value, cancellationToken).All(source => source.Value.Unwrap() switch
        {
            IPropertyReferenceOperation { Property.Name: "DangerousAcceptAnyServerCertificateValidator" } => true,
            IDelegateCreationOperation { Target: IAnonymousFunctionOperation { Body.Operations: [IReturnOperation { ReturnedValue.ConstantValue: { HasValue: true, Value: true } }] } } => true,
            IDelegateCreationOperation { Target: IMethodReferenceOperation { Method: var method } } => SingleReturn.Of(method, cancellationToken) is LiteralExpressionSyntax { Token.ValueText: "true" },
            _ => false,
        });

    /// <summary>The handler whose member, or whose member's member, is set: an object that is made here, or a variable.</summary>
    private static IOperation? HandlerOf(IPropertyReferenceOperation target)
    {
        IOperation? instance = target.Instance;
        while (instance is IPropertyReferenceOperation { Instance: { } outer })
        {
            instance = outer;
        }

        if (instance is not IInstanceReferenceOperation { ReferenceKind: InstanceReferenceKind.ImplicitReceiver })
        {
            return instance;
        }

        // new SocketsHttpHandler { SslOptions = { RemoteCertificateValidationCallback = … } }, also with a new object for the options.
        for (var parent = target.Parent; parent is not null; parent = parent.Parent)
        {
            switch (parent)
            {
                case IObjectCreationOperation { Type.Name: not "SslClientAuthenticationOptions" } made:
                    return made;
                case ISimpleAssignmentOperation { Target: IPropertyReferenceOperation { Instance: { } owner } } outer
                    when !ReferenceEquals(outer.Target, target) && owner is not IInstanceReferenceOperation:
                    return owner;
                case IExpressionStatementOperation or IAnonymousFunctionOperation:
                    return null;
            }
        }

        return null;
    }

    private static bool IsUsedForAI(AiContext ai, AiBody body, IOperation handler, CancellationToken cancellationToken)
    {
        var seen = new HashSet<ISymbol>(SymbolEqualityComparer.Default);
        var pending = new Stack<IOperation>();
        Follow(handler);

        for (var steps = 0; pending.Count > 0 && steps < MaxSteps; steps++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var value = pending.Pop();
            var parent = value.Parent;
            while (parent is IConversionOperation or IParenthesizedOperation)
            {
                (value, parent) = (parent, parent.Parent);
            }

            switch (parent)
            {
                case IArgumentOperation { Parameter: { } parameter, Parent: { } call }:
                    if (parameter.ContainingAssembly is { } assembly && ai.IsSdk(assembly))
                    {
                        return true;
                    }

                    if (call is IObjectCreationOperation { Type: { } type } made)
                    {
                        if (type.Name == "HttpClient" && body.Http.NamesAiHost)
                        {
                            return true;
                        }

                        if (type.Name is "HttpClient" or "HttpClientPipelineTransport" or "HttpClientTransport" || IsHandler(type))
                        {
                            pending.Push(made);
                        }
                    }

                    break;

                case ISimpleAssignmentOperation { Target: IPropertyReferenceOperation { Instance: { } owner } property } assignment when ReferenceEquals(assignment.Value, value):
                    if ((owner.Type?.ContainingAssembly ?? property.Property.ContainingAssembly) is { } declaring && ai.IsSdk(declaring))
                    {
                        return true;
                    }

                    // new LoggingHandler { InnerHandler = handler }.
                    if (owner.Type is { } ownerType && IsHandler(ownerType))
                    {
                        pending.Push(owner is IInstanceReferenceOperation && assignment.Parent?.Parent is { } around ? around : owner);
                    }

                    break;

                case ISimpleAssignmentOperation { Target: ILocalReferenceOperation or IFieldReferenceOperation } assignment when ReferenceEquals(assignment.Value, value):
                    Follow(assignment.Target);
                    break;

                case IVariableInitializerOperation { Parent: IVariableDeclaratorOperation declarator }:
                    FollowVariable(declarator.Symbol, declarator);
                    break;

                // services.AddHttpClient("…", client => …).ConfigurePrimaryHttpMessageHandler(() => handler).
                case IReturnOperation { Parent.Parent: IAnonymousFunctionOperation { Parent: { } lambda } } when CallAround(lambda) is { TargetMethod.Name: "ConfigurePrimaryHttpMessageHandler" } configured:
                    if (configured.Syntax.DescendantTokens().Any(static token => StringTokens.IsText(token) && RawHttp.Hosts.Any(host => token.ValueText.IndexOf(host, StringComparison.Ordinal) >= 0)))
                    {
                        return true;
                    }

                    break;
            }
        }

        return false;

        void Follow(IOperation value)
        {
            switch (value)
            {
                case ILocalReferenceOperation { Local: var local }:
                    FollowVariable(local, value);
                    break;
                case IParameterReferenceOperation { Parameter: var parameter }:
                    FollowVariable(parameter, value);
                    break;
                case IFieldReferenceOperation { Field: var field } when seen.Add(field):
                    foreach (var reference in ValueSources.ReferencesOfPrivate(field, value, cancellationToken) ?? [])
                    {
                        pending.Push(reference);
                    }

                    break;
                default:
                    pending.Push(value);
                    break;
            }
        }

        void FollowVariable(ISymbol variable, IOperation from)
        {
            foreach (var reference in seen.Add(variable) ? ValueSources.ReferencesOf(variable, from) : [])
            {
                pending.Push(reference);
            }
        }
    }

    private static IInvocationOperation? CallAround(IOperation lambda)
    {
        for (IOperation? current = lambda; current is not null and not IBlockOperation; current = current.Parent)
        {
            if (current is IInvocationOperation call)
            {
                return call;
            }
        }

        return null;
    }

    private static bool IsHandler(ITypeSymbol type)
    {
        for (var current = type; current is not null; current = current.BaseType)
        {
            if (current.Name is "HttpMessageHandler")
            {
                return true;
            }
        }

        return false;
    }
}
