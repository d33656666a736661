using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using AiGuardrails.Analyzers.Sdks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace AiGuardrails.Analyzers.Flow.Requests;

/// <summary>Whether a client may bring options of its own to every call: a cap on output tokens above all.</summary>
internal static class ClientDefaults
{
    // A chain of more steps than this is not followed to its end; what is left out counts as unknown.
    private const int MaxSteps = 32;

    // Keyed by tree: after an edit, only the edited file is read again. And by type of options: the answer for one is none for
    // another, and must not hang on which of them asked first.
    private static readonly ConditionalWeakTable<SyntaxTree, ConcurrentDictionary<string, bool>> s_configures = new();

    /// <summary>
    /// Whether the client of the call may cap the output by itself: it is a class of this compilation, comes from a bridge with a cap,
    /// or from a builder that configures the options, in view or elsewhere in the compilation.
    /// </summary>
    public static bool MayCap(IInvocationOperation call, AiContext ai, CallOptions options, CancellationToken cancellationToken)
    {
        var client = call.Instance ?? (call.TargetMethod.IsExtensionMethod ? call.Arguments.FirstOrDefault(static argument => argument.Parameter?.Ordinal == 0)?.Value : null);
        if (client is null)
        {
            return false;
        }

        return IsInsideClient(client, cancellationToken) || MayCap(client, ai, options, depth: 0, cancellationToken);
    }

    /// <summary>Whether the call stands in a client of the same kind, one that wraps another: what it passes on comes from its caller.</summary>
    private static bool IsInsideClient(IOperation client, CancellationToken cancellationToken) =>
        client.Type is { TypeKind: TypeKind.Interface } contract
        && client.SemanticModel?.GetEnclosingSymbol(client.Syntax.SpanStart, cancellationToken)?.ContainingType is { } type
        && type.AllInterfaces.Contains(contract, SymbolEqualityComparer.Default);

    private static bool MayCap(IOperation client, AiContext ai, CallOptions options, int depth, CancellationToken cancellationToken)
    {
        // `base.GetResponseAsync(…)`, and a call on a class that the team has written: what it does with the options is its business.
        if (depth > MaxSteps || client.Unwrap() is IInstanceReferenceOperation || IsOwn(client.Unwrap().Type, ai))
        {
            return true;
        }

        foreach (var source in ValueSources.Of(client, cancellationToken))
        {
            cancellationToken.ThrowIfCancellationRequested();
            var mayCap = source.Value switch
            {
                IObjectCreationOperation creation => IsOwn(creation.Type, ai) || ai.LocalClients.Contains(creation.Type?.Name ?? "") || creation.Arguments.Any(argument => ai.CallOptionsOf(argument.Parameter?.Type) is not null),

                // The last step, `Build()`: what the steps before it say is all that there is to say.
                IInvocationOperation { Instance: { } builder } when ai.IsClientBuilder(builder.Type) => BuilderMayCap(builder, ai, options, depth + 1, cancellationToken),
                IInvocationOperation origin => ai.IsCappingBridge(origin.TargetMethod) || IsConfiguredElsewhere(origin, ai, options, cancellationToken),
                IParameterReferenceOperation or IMemberReferenceOperation => IsConfiguredElsewhere(source.Value, ai, options, cancellationToken),

                // Code that does not compile yet says nothing.
                IInvalidOperation => true,
                _ => false,
            };

            if (mayCap)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether a step of the builder may cap the output: every step has to be known, and to leave the options alone.</summary>
    private static bool BuilderMayCap(IOperation builder, AiContext ai, CallOptions options, int depth, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        switch (builder.Unwrap())
        {
            case IInvocationOperation step when depth < MaxSteps:
                return StepMayCap(step, ai, options)
                    || (step.Instance ?? step.Arguments.FirstOrDefault(static argument => argument.Parameter?.Ordinal == 0)?.Value) is not { } before
                    || (ai.IsClientBuilder(before.Type) ? BuilderMayCap(before, ai, options, depth + 1, cancellationToken) : MayCap(before, ai, options, depth + 1, cancellationToken));

            case IObjectCreationOperation creation:
                return creation.Arguments.Any(argument => MayCap(argument.Value, ai, options, depth + 1, cancellationToken));

            // Steps change the builder that they are called on.
            case ILocalReferenceOperation local:
                return ValueSources.ReferencesOf(local.Local, local).Any(reference => reference is not IVariableDeclaratorOperation
                        && (StepOn(reference) is not { } step || (step.TargetMethod.Name != "Build" && StepMayCap(step, ai, options))))
                    || ValueSources.Of(local, cancellationToken).Any(source => source.Value is ILocalReferenceOperation || BuilderMayCap(source.Value, ai, options, depth + 1, cancellationToken));

            default:
                return true;
        }
    }

    private static bool StepMayCap(IInvocationOperation step, AiContext ai, CallOptions options) =>
        ai.IsConfiguringStep(step.TargetMethod) ? SetsCap(step, options) : !ai.IsNeutralStep(step.TargetMethod);

    private static IInvocationOperation? StepOn(IOperation builder) => builder.Parent switch
    {
        IInvocationOperation step when step.Instance == builder => step,
        IArgumentOperation { Parameter.Ordinal: 0, Parent: IInvocationOperation { TargetMethod.IsExtensionMethod: true } step } => step,
        _ => null,
    };

    /// <summary>Whether the delegate that configures the options may set the cap: it names it, hands the options on, or is out of view.</summary>
    private static bool SetsCap(IInvocationOperation step, CallOptions options)
    {
        var configure = step.Arguments.Select(static argument => argument.Value.Unwrap()).OfType<IDelegateCreationOperation>().FirstOrDefault();
        return configure?.Target is not IAnonymousFunctionOperation lambda
            || lambda.Body.Descendants().Any(operation => operation switch
            {
                IPropertyReferenceOperation property => options.Caps.Contains(property.Property.Name),
                IParameterReferenceOperation parameter => parameter.Parent is not IMemberReferenceOperation,
                _ => false,
            });
    }

    /// <summary>
    /// Whether some file of the compilation configures the cap in a builder, or names a client of local models; which client is meant
    /// there cannot be told from here.
    /// </summary>
    private static bool IsConfiguredElsewhere(IOperation client, AiContext ai, CallOptions options, CancellationToken cancellationToken)
    {
        var steps = ai.ConfiguringStepsOf(options);
        var locals = ai.LocalClients;
        foreach (var tree in steps.IsEmpty ? [] : client.SemanticModel?.Compilation.SyntaxTrees ?? [])
        {
            cancellationToken.ThrowIfCancellationRequested();
            var known = s_configures.GetValue(tree, static _ => new ConcurrentDictionary<string, bool>(StringComparer.Ordinal));
            if (known.GetOrAdd(options.Type, _ => Configures(tree, steps, locals, options, cancellationToken)))
            {
                return true;
            }
        }

        return false;
    }

    // By name alone: where the builder comes from a registration, a loose compilation may not even know its type.
    private static bool Configures(SyntaxTree tree, ImmutableArray<string> steps, ImmutableArray<string> locals, CallOptions options, CancellationToken cancellationToken)
    {
        var text = tree.GetText(cancellationToken).ToString();
        if (locals.Any(local => Names(text, local)))
        {
            return true;
        }

        return steps.Any(step => Names(text, step))
            && tree.GetRoot(cancellationToken).DescendantNodes().OfType<InvocationExpressionSyntax>().Any(call =>
                call.Expression is MemberAccessExpressionSyntax { Name: IdentifierNameSyntax name }
                && steps.Contains(name.Identifier.ValueText)
                && call.ArgumentList.Arguments.Any(argument => argument.Expression switch
                {
                    AnonymousFunctionExpressionSyntax lambda => options.Caps.Any(cap => Names(lambda.ToString(), cap)),
                    IdentifierNameSyntax or MemberAccessExpressionSyntax => true,
                    _ => false,
                }));

        static bool Names(string text, string name) => text.IndexOf(name, StringComparison.Ordinal) >= 0;
    }

    private static bool IsOwn(ITypeSymbol? type, AiContext ai) => type is { TypeKind: TypeKind.Class, DeclaringSyntaxReferences.IsEmpty: false } && !ai.IsSdk(type.ContainingAssembly);
}
