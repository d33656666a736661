using AiGuardrails.Analyzers.Diagnostics;
using AiGuardrails.Analyzers.Flow;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace AiGuardrails.Analyzers.Rules.Secrets;

/// <summary>AIG6004: prompts and answers go into the telemetry in every environment.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class SensitiveTelemetryAlwaysOnAnalyzer : AiAnalyzer
{
    /// <summary>Initializes a new instance of the <see cref="SensitiveTelemetryAlwaysOnAnalyzer"/> class.</summary>
    public SensitiveTelemetryAlwaysOnAnalyzer()
        : base(Descriptors.SensitiveTelemetryAlwaysOn)
    {
    }

    private protected override void Analyze(BodyAnalysisContext context)
    {
        foreach (var assignment in context.Body.All<ISimpleAssignmentOperation>(OperationKind.SimpleAssignment))
        {
            if (assignment.Target is IPropertyReferenceOperation { Property: var property } && context.Ai.IsSensitiveTelemetry(property))
            {
                Check(context, assignment, assignment.Value, property.Name);
            }
        }

        foreach (var call in context.Body.All<IInvocationOperation>(OperationKind.Invocation))
        {
            // AppContext.SetSwitch("…", true), and the environment variable of the process.
            if (call is { TargetMethod: { Name: "SetSwitch" or "SetEnvironmentVariable", ContainingType.Name: "AppContext" or "Environment" }, Arguments: [var name, var value, ..] }
                && name.Value.ConstantText() is { } text
                && context.Ai.IsSensitiveSwitch(text))
            {
                Check(context, call, value.Value, text);
            }
        }
    }

    private static void Check(BodyAnalysisContext context, IOperation place, IOperation value, string name)
    {
        var on = value.Unwrap() switch
        {
            { ConstantValue: { HasValue: true, Value: var constant } } => constant is true || (constant is string text && bool.TryParse(text, out var isOn) && isOn) ? RunsIn.Everywhere : RunsIn.Development,

            // EnableSensitiveData = !environment.IsDevelopment().
            var computed => Development.Implied(computed, value: true, depth: 0, context.CancellationToken),
        };

        if (on is RunsIn.Everywhere or RunsIn.Production
            && Development.Of(place, context.Body.Owner, context.CancellationToken) is RunsIn.Everywhere or RunsIn.Production)
        {
            context.Report(place.Syntax.GetLocation(), name);
        }
    }
}
