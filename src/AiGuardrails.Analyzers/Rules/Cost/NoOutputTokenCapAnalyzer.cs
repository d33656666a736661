using System.Collections.Immutable;
using System.Globalization;
using AiGuardrails.Analyzers.Diagnostics;
using AiGuardrails.Analyzers.Flow;
using AiGuardrails.Analyzers.Sdks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace AiGuardrails.Analyzers.Rules.Cost;

/// <summary>AIG2001: a model is called, and nothing says how long its answer may be.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class NoOutputTokenCapAnalyzer : AiAnalyzer
{
    /// <summary>Initializes a new instance of the <see cref="NoOutputTokenCapAnalyzer"/> class.</summary>
    public NoOutputTokenCapAnalyzer()
        : base(Descriptors.NoOutputTokenCap)
    {
    }

    private protected override void Analyze(BodyAnalysisContext context)
    {
        if (context.Ai.IsExcludedAsTest(context.Body.Owner, context.Options))
        {
            return;
        }

        foreach (var call in context.Body.All<IInvocationOperation>(OperationKind.Invocation))
        {
            context.CancellationToken.ThrowIfCancellationRequested();
            if (context.Ai.IsGenerationCall(call.TargetMethod))
            {
                AnalyzeCall(context, call);
            }
            else
            {
                foreach (var request in GenerationRequests.Uncapped(call, context.Ai, context.CancellationToken))
                {
                    Report(context, request.Syntax, NoOutputTokenCapFix.Json, call.TargetMethod.Name, request.Path.Cap);
                }
            }
        }
    }

    private static void AnalyzeCall(BodyAnalysisContext context, IInvocationOperation call)
    {
        // A parameter that is the cap itself settles the matter, either way.
        var caps = call.Arguments.Where(argument => argument.Parameter is { } parameter && context.Ai.IsOutputCapParameter(parameter)).ToImmutableArray();
        if (!caps.IsEmpty)
        {
            if (caps.All(IsAbsentOrNull))
            {
                ReportArgument(context, call, caps[0], NoOutputTokenCapFix.Parameter, caps[0].Parameter!.Name);
            }

            return;
        }

        foreach (var body in call.Arguments.Where(argument => argument.Parameter is { } parameter && context.Ai.IsJsonBodyParameter(parameter)))
        {
            foreach (var request in GenerationRequests.Uncapped(body, context.Ai, context.CancellationToken))
            {
                Report(context, request.Syntax, NoOutputTokenCapFix.Json, call.TargetMethod.Name, request.Path.Cap);
            }
        }

        // Where several arguments can carry the cap, each of them has to lack it.
        var findings = new List<Finding>();
        var carriers = 0;
        foreach (var argument in call.Arguments)
        {
            if (argument.Parameter is { } parameter && context.Ai.CallOptionsOf(parameter.Type) is { } options)
            {
                carriers++;
                var start = findings.Count;
                Judge(context, call, argument, options, findings);
                if (findings.Count == start)
                {
                    return;
                }
            }
        }

        // The last carrier in the list is a prompt's own settings where there is one; the first is what a caller would fill.
        if (carriers == 0 || ClientDefaults.MayCap(call, context.Ai, findings[0].Options, context.CancellationToken))
        {
            return;
        }

        foreach (var finding in findings.Where(finding => ReferenceEquals(finding.Argument, findings[0].Argument)))
        {
            finding.Report(context);
        }
    }

    /// <summary>Adds what is at fault with the argument; nothing where it may hold a cap.</summary>
    private static void Judge(BodyAnalysisContext context, IInvocationOperation call, IArgumentOperation argument, CallOptions options, List<Finding> findings)
    {
        var name = options.Caps.FirstOrDefault() ?? argument.Parameter!.Name;
        if (argument.ArgumentKind == ArgumentKind.DefaultValue)
        {
            if (IsNull(argument.Value))
            {
                findings.Add(new Finding(argument, options, reporting => ReportArgument(reporting, call, argument, options.Caps.IsEmpty ? NoOutputTokenCapFix.None : NoOutputTokenCapFix.Argument, name)));
            }

            return;
        }

        // Options that the call cannot do without are not left out: it would throw.
        var found = VisibleObject.Of(argument.Value, context.Ai, context.CancellationToken) ?? [];
        foreach (var made in found)
        {
            if (made.IsNull)
            {
                // A variable that starts as null and is given a value under some condition may be read under the same one.
                if (argument.Parameter!.IsOptional && (made.Path.IsEmpty || (found.Count == 1 && made.Path.All(static step => step is ILocalReferenceOperation))))
                {
                    var fix = options.Caps.IsEmpty ? NoOutputTokenCapFix.None : NoOutputTokenCapFix.Null;
                    findings.Add(new Finding(argument, options, reporting => Report(reporting, made.Creation.Syntax, fix, call.TargetMethod.Name, name, argument.Parameter!.Type)));
                }
            }
            else
            {
                JudgeCreation(context, argument, made, findings, depth: 0);
            }
        }
    }

    private static void JudgeCreation(BodyAnalysisContext context, IArgumentOperation argument, VisibleObject made, List<Finding> findings, int depth)
    {
        if (context.Ai.CallOptionsOf(made.Creation.Type) is not { } options || MayCap(context, made, options))
        {
            return;
        }

        if (options.Inner is { } inner && made.IsSet(inner))
        {
            // What carries the options is judged by what it carries.
            foreach (var carried in depth == 0 && made.ValueOf(inner) is { } value ? VisibleObject.Of(value, context.Ai, context.CancellationToken) ?? [] : [])
            {
                if (!carried.IsNull)
                {
                    JudgeCreation(context, argument, carried, findings, depth + 1);
                }
            }

            return;
        }

        if (options.Caps.IsEmpty && options.Inner is null)
        {
            return;
        }

        // A cap that is taken away again later is for the author to sort out.
        var name = options.Caps.FirstOrDefault() ?? options.Inner!;
        var fix = options.Caps.IsEmpty || made.ValuesOf(name).Any(value => !made.Creation.Syntax.Span.Contains(value.Syntax.Span)) || made.Path.Any(static step => step is IWithOperation)
            ? NoOutputTokenCapFix.None
            : NoOutputTokenCapFix.Creation;
        findings.Add(new Finding(argument, options, reporting => Report(reporting, made.Creation.Syntax, fix, made.Creation.Type!.Name, name)));
    }

    /// <summary>Whether the options may hold a cap, or the type may bring one.</summary>
    private static bool MayCap(BodyAnalysisContext context, VisibleObject made, CallOptions options)
    {
        if (made.Creation.Type is not { } type || options.Caps.Any(made.HasValue))
        {
            return true;
        }

        // A type of a library that derives from the SDK's may cap by itself.
        if (type.DeclaringSyntaxReferences.IsEmpty && type.ToDisplayString() != options.Type && !context.Ai.IsSdk(type.ContainingAssembly))
        {
            return true;
        }

        return (options.Patch is { } patch && made.WorkOn(patch).Any(MayNameCap))
            || (options.Extensions is { } extensions && made.HasValue(extensions) && made.WorkOn(extensions).Any(work => MayHoldCap(context, work)))
            || (options.RawFactory is { } factory && made.HasValue(factory) && RawMayCap(context, made.ValueOf(factory)));
    }

    /// <summary>Whether a patch may set the cap: it says so, it names a stored prompt, or what it says is not constant.</summary>
    private static bool MayNameCap(IOperation work)
    {
        var calls = work.DescendantsAndSelf().OfType<IInvocationOperation>().ToArray();
        return calls.Length == 0 || calls.Any(static call => call.Arguments.FirstOrDefault()?.Value is not { } path || TextOf(path) is not { } text || NamesCap(text) || NamesStoredPrompt(text));
    }

    /// <summary>Whether further properties may hold the cap: by a constant name, or by one that is not in view.</summary>
    private static bool MayHoldCap(BodyAnalysisContext context, IOperation work)
    {
        if (work is ISimpleAssignmentOperation { Target: IPropertyReferenceOperation { Property.IsIndexer: false }, Value: var value })
        {
            return VisibleObject.Of(value, context.Ai, context.CancellationToken) is not { } made || made.Any(static given => !given.IsNull && RawHttp.OutputCapMembers.Any(given.IsSet));
        }

        var keys = work.DescendantsAndSelf().Select(static operation => operation switch
        {
            IPropertyReferenceOperation { Property.IsIndexer: true, Arguments: [var key, ..] } => key.Value,
            IInvocationOperation { Arguments: [var key, _, ..] } => key.Value,
            _ => null,
        }).OfType<IOperation>().ToArray();

        return keys.Length == 0 || keys.Any(static key => TextOf(key) is not { } text || NamesCap(text));
    }

    /// <summary>Whether the factory of the options underneath may set the cap on them.</summary>
    private static bool RawMayCap(BodyAnalysisContext context, IOperation? factory) =>
        factory?.Unwrap() is not IDelegateCreationOperation { Target: IAnonymousFunctionOperation { Body.Operations: [IReturnOperation { ReturnedValue: { } returned }] } }
        || VisibleObject.Of(returned, context.Ai, context.CancellationToken) is not { } made
        || made.Any(raw => context.Ai.CallOptionsOf(raw.Creation.Type) is not { } options || MayCap(context, raw, options));

    private static bool NamesCap(string text) => RawHttp.OutputCapMembers.Any(cap => text.IndexOf(cap, StringComparison.Ordinal) >= 0);

    private static bool NamesStoredPrompt(string path) =>
        path == "$." + RawHttp.StoredPrompt || path.StartsWith("$." + RawHttp.StoredPrompt + ".", StringComparison.Ordinal);

    private static string? TextOf(IOperation value) => value.Unwrap() switch
    {
        IUtf8StringOperation utf8 => utf8.Value,
        var other => other.ConstantText(),
    };

    private static bool IsAbsentOrNull(IArgumentOperation argument) => IsNull(argument.Value);

    private static bool IsNull(IOperation value) =>
        value.Unwrap() is { ConstantValue: { HasValue: true, Value: null } } or IDefaultValueOperation { Type: { IsReferenceType: true } or { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T } };

    private static void ReportArgument(BodyAnalysisContext context, IInvocationOperation call, IArgumentOperation argument, string fix, string cap)
    {
        var (place, kind) = argument.ArgumentKind == ArgumentKind.DefaultValue
            ? (NameOf(call.Syntax), fix)
            : (argument.Value.Syntax, fix == NoOutputTokenCapFix.Parameter ? NoOutputTokenCapFix.ParameterNull : fix);
        Report(context, place, kind, call.TargetMethod.Name, cap, argument.Parameter!.Type, argument.Parameter.Name);
    }

    private static void Report(BodyAnalysisContext context, SyntaxNode place, string fix, string name, string cap, ITypeSymbol? optionsType = null, string? parameter = null) =>
        context.Report(
            place.GetLocation(),
            ImmutableDictionary<string, string?>.Empty
                .Add(NoOutputTokenCapFix.Kind, fix)
                .Add(NoOutputTokenCapFix.Cap, cap)
                .Add(NoOutputTokenCapFix.Value, context.Options.DefaultOutputCap.ToString(CultureInfo.InvariantCulture))
                .Add(NoOutputTokenCapFix.OptionsType, optionsType?.WithNullableAnnotation(NullableAnnotation.NotAnnotated).ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat))
                .Add(NoOutputTokenCapFix.ParameterName, parameter),
            name,
            cap);

    private static SyntaxNode NameOf(SyntaxNode syntax) => syntax switch
    {
        InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax access } => access.Name,
        InvocationExpressionSyntax { Expression: MemberBindingExpressionSyntax binding } => binding.Name,
        InvocationExpressionSyntax invocation => invocation.Expression,
        _ => syntax,
    };

    private sealed record Finding(IArgumentOperation Argument, CallOptions Options, Action<BodyAnalysisContext> Report);
}

/// <summary>What AIG2001 tells its fix.</summary>
internal static class NoOutputTokenCapFix
{
    /// <summary>The property that says what is to be done.</summary>
    public const string Kind = "Kind";

    /// <summary>The property that holds the name of the cap.</summary>
    public const string Cap = "Cap";

    /// <summary>The property that holds the value of the cap.</summary>
    public const string Value = "Value";

    /// <summary>The property that holds the type of the options that are missing.</summary>
    public const string OptionsType = "OptionsType";

    /// <summary>The property that holds the name of the parameter that takes them.</summary>
    public const string ParameterName = "ParameterName";

    /// <summary>Nothing that a fix could write.</summary>
    public const string None = "None";

    /// <summary>Set the cap in the initialiser of the object creation.</summary>
    public const string Creation = "Creation";

    /// <summary>Pass options as a further argument.</summary>
    public const string Argument = "Argument";

    /// <summary>Make options instead of null.</summary>
    public const string Null = "Null";

    /// <summary>Pass the cap itself as a further argument.</summary>
    public const string Parameter = "Parameter";

    /// <summary>Pass the cap itself instead of null.</summary>
    public const string ParameterNull = "ParameterNull";

    /// <summary>Add a member to a JSON body.</summary>
    public const string Json = "Json";
}
