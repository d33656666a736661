using System.Collections.Immutable;
using AiGuardrails.Analyzers.Sdks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace AiGuardrails.Analyzers.Flow.Loops;

/// <summary>
/// How long an operation certainly takes: the constant time of an awaited <c>Task.Delay</c>, a <c>Thread.Sleep</c> or the period of
/// a timer. Infinite stands for a time that is not known, zero for none.
/// </summary>
internal sealed class Delays(AiContext ai, AiBody body, CancellationToken cancellationToken)
{
    /// <summary>A time that is not known, and may be long enough.</summary>
    public const double Unknown = double.PositiveInfinity;

    private const int MaxDepth = 8;

    private static readonly ImmutableArray<string> s_waiting = ["Wait", "Sleep", "Spin", "Acquire", "Join", "Enter", "Receive", "Dequeue", "Take", "Signal"];

    private static readonly ImmutableArray<string> s_telling = ["Log", "Write", "Print", "Report", "Trace", "Debug", "Info", "Warn", "Markup", "Render", "Add", "Set"];

    private readonly Dictionary<IMethodSymbol, double> _helpers = new(SymbolEqualityComparer.Default);

    /// <summary>How long the operation takes, with all that it is made of.</summary>
    public double In(IOperation operation) => In(operation, depth: 0);

    /// <summary>Whether the call is a delay of its own, awaited or not.</summary>
    public static bool IsDelay(IInvocationOperation call) =>
        call.TargetMethod is { Name: "Delay", IsStatic: true, ContainingType: { Name: "Task", ContainingNamespace.Name: "Tasks" } } || IsSleep(call) || IsTick(call);

    /// <summary>Whether the call blocks the thread for a time.</summary>
    public static bool IsSleep(IInvocationOperation call) =>
        call.TargetMethod is { Name: "Sleep", ContainingType: { Name: "Thread", ContainingNamespace.Name: "Threading" } };

    /// <summary>Whether the call waits for the next tick of a timer.</summary>
    public static bool IsTick(IInvocationOperation call) =>
        call.TargetMethod is { Name: "WaitForNextTickAsync", ContainingType.Name: "PeriodicTimer" };

    /// <summary>The time of a delay, in milliseconds.</summary>
    public double TimeOf(IInvocationOperation delay) =>
        IsTick(delay) ? PeriodOf(delay.Instance)
        : delay.Arguments.FirstOrDefault(static argument => argument.Parameter?.Ordinal == 0) is { } time ? Milliseconds(time.Value, depth: 0)
        : Unknown;

    private double In(IOperation operation, int depth)
    {
        var total = 0d;
        foreach (var part in operation.DescendantsAndSelf())
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (IsInNestedFunction(part, operation))
            {
                continue;
            }

            total += part switch
            {
                IAwaitOperation awaited => Awaited(awaited.Operation, depth),
                IInvocationOperation call => Called(call, depth),
                IPropertyReferenceOperation { Property.Name: "Result", Instance: { } task } when IsTask(task.Type) => Awaited(task, depth),
                _ => 0,
            };
        }

        return total;
    }

    // Lambdas in a flow graph are leaves; outside of it they have bodies.
    private static bool IsInNestedFunction(IOperation part, IOperation root)
    {
        for (var node = part; node is not null && node != root; node = node.Parent)
        {
            if (node is IAnonymousFunctionOperation or ILocalFunctionOperation)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>How long it takes until a task has ended.</summary>
    private double Awaited(IOperation task, int depth)
    {
        task = task.Unwrap();
        switch (task)
        {
            case IInvocationOperation { TargetMethod.Name: "ConfigureAwait" or "AsTask" or "WaitAsync" or "GetAwaiter" or "Preserve", Instance: { } instance }:
                return Awaited(instance, depth);

            // An extension method of the same names.
            case IInvocationOperation { TargetMethod: { Name: "ConfigureAwait" or "WaitAsync", IsExtensionMethod: true } } extension when extension.Arguments.Length > 0:
                return Awaited(extension.Arguments[0].Value, depth);

            case IInvocationOperation call when IsDelay(call):
                return TimeOf(call);

            case IInvocationOperation { TargetMethod: { Name: "WhenAll", ContainingType.Name: "Task" } } all:
                return all.Arguments.SelectMany(static argument => argument.Value.Unwrap() switch
                    {
                        IArrayCreationOperation { Initializer: { } initializer } => initializer.ElementValues,
                        ICollectionExpressionOperation collection => collection.Elements,
                        _ => [argument.Value],
                    })
                    .Select(element => Awaited(element, depth)).DefaultIfEmpty(Unknown).Max();

            case IInvocationOperation { TargetMethod: { Name: "WhenAny" or "WhenEach", ContainingType.Name: "Task" } }:
                return Unknown;

            // A call is judged where it stands; awaiting it adds nothing to that.
            case IInvocationOperation:
                return 0;

            case IPropertyReferenceOperation { Property: { Name: "CompletedTask", IsStatic: true } }:
                return 0;

            case ILocalReferenceOperation { Local: var local } when depth < MaxDepth:
                return ValuesOf(local) is [var only] ? Awaited(only, depth + 1) : Unknown;

            default:
                return Unknown;
        }
    }

    /// <summary>How long a call takes by itself.</summary>
    private double Called(IInvocationOperation call, int depth)
    {
        var method = call.TargetMethod;
        if (IsSleep(call))
        {
            return TimeOf(call);
        }

        if (IsDelay(call))
        {
            // Created, and not yet awaited.
            return 0;
        }

        if (method.Name is "Wait" or "GetResult" && call.Instance is { } task && (IsTask(task.Type) || task.Type?.Name.EndsWith("Awaiter", StringComparison.Ordinal) == true))
        {
            return Awaited(task, depth);
        }

        if (method.MethodKind == MethodKind.DelegateInvoke)
        {
            return Unknown;
        }

        if (ai.IsSdk(method.ContainingAssembly))
        {
            return 0;
        }

        if (IsPlatform(method.ContainingAssembly))
        {
            return IsTask(method.ContainingType) || !s_waiting.Any(name => method.Name.StartsWith(name, StringComparison.Ordinal)) ? 0 : Unknown;
        }

        if (method.ReturnsVoid && s_telling.Any(name => method.Name.StartsWith(name, StringComparison.Ordinal)))
        {
            return 0;
        }

        return Helper(method, depth);
    }

    /// <summary>A method of the compilation: no time where nothing in it takes any, else a time that is not known.</summary>
    private double Helper(IMethodSymbol method, int depth)
    {
        var definition = (method.ReducedFrom ?? method).OriginalDefinition;
        if (depth > 0)
        {
            return Unknown;
        }

        if (_helpers.TryGetValue(definition, out var known))
        {
            return known;
        }

        _helpers[definition] = Unknown;
        return _helpers[definition] = definition is { IsVirtual: false, IsAbstract: false, IsOverride: false, MethodKind: MethodKind.Ordinary or MethodKind.LocalFunction }
            && definition.DeclaringSyntaxReferences is [var declaration]
            && SemanticModels.Of(body.Model, declaration.SyntaxTree) is { } model
            && model.TryGetOperation(declaration.GetSyntax(cancellationToken), cancellationToken) is { } operation
            && operation.ChildOperations.All(part => In(part, depth: 1) == 0) ? 0 : Unknown;
    }

    /// <summary>A time in milliseconds, where the code says which.</summary>
    private double Milliseconds(IOperation value, int depth)
    {
        value = value.Unwrap();
        if (depth > MaxDepth)
        {
            return Unknown;
        }

        if (value.ConstantValue is { HasValue: true, Value: { } constant })
        {
            return Number(constant) is { } number and >= 0 ? number : Unknown;
        }

        switch (value)
        {
            case IInvocationOperation { TargetMethod: { IsStatic: true, ContainingType.Name: "TimeSpan" } method } call:
                return FromUnits(method.Name, call.Arguments);

            case IObjectCreationOperation { Type.Name: "TimeSpan" } creation:
                return FromParts(creation.Arguments);

            case IDefaultValueOperation:
            case IFieldReferenceOperation { Field: { Name: "Zero", ContainingType.Name: "TimeSpan" } }:
                return 0;

            case IFieldReferenceOperation { Field: { IsStatic: true, IsReadOnly: true, DeclaringSyntaxReferences: [var declaration] } }:
                return (declaration.GetSyntax(cancellationToken) as VariableDeclaratorSyntax)?.Initializer?.Value is { } initial
                    && SemanticModels.Of(body.Model, initial.SyntaxTree)?.TryGetOperation(initial, cancellationToken) is { } field
                    ? Milliseconds(field, depth + 1)
                    : Unknown;

            // One that is assigned again may grow.
            case ILocalReferenceOperation { Local: var local }:
                return ValuesOf(local) is [var only] ? Milliseconds(only, depth + 1) : Unknown;

            default:
                return Unknown;
        }
    }

    private static double FromUnits(string method, ImmutableArray<IArgumentOperation> arguments)
    {
        var unit = method switch
        {
            "FromMilliseconds" => 1d,
            "FromSeconds" => 1000d,
            "FromMinutes" => 60_000d,
            "FromHours" => 3_600_000d,
            "FromDays" => 86_400_000d,
            "FromTicks" => 0.0001,
            "FromMicroseconds" => 0.001,
            _ => double.NaN,
        };

        // Newer overloads have optional smaller units; only the first counts here, the others make it longer.
        var first = arguments.FirstOrDefault(static argument => argument.Parameter?.Ordinal == 0)?.Value.Unwrap().ConstantValue;
        var others = arguments.Where(static argument => argument.Parameter?.Ordinal > 0 && argument.ArgumentKind != ArgumentKind.DefaultValue);
        return !double.IsNaN(unit) && first is { HasValue: true, Value: { } value } && !others.Any() && Number(value) is { } number and >= 0 ? number * unit : Unknown;
    }

    private static double FromParts(ImmutableArray<IArgumentOperation> arguments)
    {
        var parts = arguments.OrderBy(static argument => argument.Parameter?.Ordinal)
            .Select(static argument => argument.Value.Unwrap().ConstantValue is { HasValue: true, Value: { } value } ? Number(value) : null).ToArray();
        if (parts.Any(static part => part is null))
        {
            return Unknown;
        }

        return parts switch
        {
            [] => 0,
            [{ } ticks] => ticks * 0.0001,
            [{ } hours, { } minutes, { } seconds] => (((hours * 60) + minutes) * 60 + seconds) * 1000,
            [{ } days, { } hours, { } minutes, { } seconds, ..] => (((((days * 24) + hours) * 60) + minutes) * 60 + seconds) * 1000 + (parts.Length > 4 ? parts[4]!.Value : 0),
            _ => Unknown,
        };
    }

    private static double? Number(object value) => value switch
    {
        int number => number,
        long number => number,
        double number => number,
        float number => number,
        short number => number,
        byte number => number,
        uint number => number,
        _ => null,
    };

    /// <summary>The period of a timer that the body makes.</summary>
    private double PeriodOf(IOperation? timer)
    {
        if (timer?.Unwrap() is not ILocalReferenceOperation { Local: var local }
            || ValuesOf(local) is not [var only]
            || only.Unwrap() is not IObjectCreationOperation creation
            || creation.Arguments.FirstOrDefault(static argument => argument.Parameter?.Ordinal == 0) is not { } period)
        {
            return Unknown;
        }

        return Milliseconds(period.Value, depth: 0);
    }

    /// <summary>Everything that the body gives the local, or nothing where that is not all known.</summary>
    private List<IOperation> ValuesOf(ILocalSymbol local)
    {
        var values = new List<IOperation>();
        foreach (var reference in body.All<ILocalReferenceOperation>(OperationKind.LocalReference).Where(reference => SymbolEqualityComparer.Default.Equals(reference.Local, local)))
        {
            switch (reference.Parent)
            {
                case ISimpleAssignmentOperation assignment when assignment.Target == reference:
                    values.Add(assignment.Value);
                    break;

                case ICompoundAssignmentOperation compound when compound.Target == reference:
                case IIncrementOrDecrementOperation or IArgumentOperation { Parameter.RefKind: not RefKind.None }:
                    return [];

                // "timer.Period = …"
                case IPropertyReferenceOperation { Parent: ISimpleAssignmentOperation set } property when set.Target == property:
                    return [];
            }
        }

        values.AddRange(body.All<IVariableDeclaratorOperation>(OperationKind.VariableDeclarator)
            .Where(declarator => SymbolEqualityComparer.Default.Equals(declarator.Symbol, local))
            .Select(static declarator => declarator.GetVariableInitializer()?.Value)
            .OfType<IOperation>());

        return values;
    }

    private static bool IsTask(ITypeSymbol? type) => type is { Name: "Task" or "ValueTask", ContainingNamespace: { Name: "Tasks", ContainingNamespace.Name: "Threading" } };

    private static bool IsPlatform(IAssemblySymbol? assembly) =>
        assembly is not null
        && (assembly.Name.StartsWith("System", StringComparison.Ordinal)
            || assembly.Name.StartsWith("Microsoft.Extensions.", StringComparison.Ordinal)
            || assembly.Name is "mscorlib" or "netstandard" or "Newtonsoft.Json");
}
