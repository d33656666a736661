using System.Collections.Immutable;
using AiGuardrails.Analyzers.Baselines;
using AiGuardrails.Analyzers.Diagnostics;
using AiGuardrails.Analyzers.Flow;
using AiGuardrails.Analyzers.Options;
using AiGuardrails.Analyzers.Sdks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace AiGuardrails.Analyzers;

/// <summary>
/// Base of every rule about code: concurrent, silent in generated code, and registered only where AI is used.
/// </summary>
/// <remarks>
/// The rules register a semantic-model action and ask the shared <see cref="AiFile"/> for the bodies worth a look. An operation
/// action would be the usual choice, and would make the compiler build operations for every body of every project.
/// </remarks>
public abstract class AiAnalyzer : DiagnosticAnalyzer
{
    private protected AiAnalyzer(DiagnosticDescriptor rule)
    {
        Rule = rule;
        SupportedDiagnostics = [rule];
    }

    /// <inheritdoc/>
    public sealed override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; }

    private protected DiagnosticDescriptor Rule { get; }

    /// <inheritdoc/>
    public sealed override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterCompilationStartAction(start =>
        {
            if (FileAction(start.Compilation) is { } analyzeFile)
            {
                var log = FindingLog.Of(start.Compilation, start.Options, start.CancellationToken);
                start.RegisterAdditionalFileAction(context =>
                {
                    analyzeFile(context, log.Noting(context.ReportDiagnostic));
                    log?.Look(Rule.Id, context.AdditionalFile.Path);
                });
            }

            if (AiContext.TryGet(start.Compilation, start.CancellationToken) is { } ai)
            {
                Register(start, ai);
            }
        });
    }

    /// <summary>What the rule does with a file other than code, which no SDK need be referenced for; null for nothing.</summary>
    private protected virtual Action<AdditionalFileAnalysisContext, Action<Diagnostic>>? FileAction(Compilation compilation) => null;

    /// <summary>Analyses one body; called for the bodies of the file that hold a word of interest, and only for those.</summary>
    private protected abstract void Analyze(BodyAnalysisContext context);

    /// <summary>Looks at a file as a whole, for what needs no body: called once for each file that holds a word of interest, before its bodies.</summary>
    private protected virtual void Analyze(FileAnalysisContext context)
    {
    }

    private void Register(CompilationStartAnalysisContext start, AiContext ai)
    {
        var reported = new ReportedLocations();
        var log = FindingLog.Of(start.Compilation, start.Options, start.CancellationToken);
        start.RegisterSemanticModelAction(context =>
        {
            // Most files of most projects hold nothing of interest, and every rule is called for each of them.
            var file = ai.FileOf(context.SemanticModel, context.CancellationToken);
            if (file.IsEmpty)
            {
                log?.Look(Rule.Id, context.SemanticModel.SyntaxTree.FilePath);
                return;
            }

            var options = AiOptions.Of(context.Options, context.SemanticModel.SyntaxTree, Rule.Id);
            var report = log.Noting(context.ReportDiagnostic);
            Analyze(new FileAnalysisContext(ai, file, context.SemanticModel, options, Rule, reported, report, context.CancellationToken));
            foreach (var body in file.Bodies)
            {
                context.CancellationToken.ThrowIfCancellationRequested();
                if (body.Operation is not null)
                {
                    _ = body.Collect(context.CancellationToken);
                    Analyze(new BodyAnalysisContext(ai, body, options, context.Options, Rule, reported, report, context.CancellationToken));
                }
            }

            log?.Look(Rule.Id, context.SemanticModel.SyntaxTree.FilePath);
        });
    }
}

/// <summary>What a rule needs to look at one body.</summary>
internal readonly struct BodyAnalysisContext(
    AiContext ai,
    AiBody body,
    AiOptions options,
    AnalyzerOptions inputs,
    DiagnosticDescriptor rule,
    ReportedLocations reported,
    Action<Diagnostic> report,
    CancellationToken cancellationToken)
{
    public AiContext Ai { get; } = ai;

    public AiBody Body { get; } = body;

    public AiOptions Options { get; } = options;

    /// <summary>Gets what is known of models, and the day that the build calls today; read when a rule first asks.</summary>
    public ModelFacts Models => ModelFacts.Of(inputs, CancellationToken);

    /// <summary>Gets the data files that the build hands over.</summary>
    public ImmutableArray<AdditionalText> AdditionalFiles => inputs.AdditionalFiles;

    /// <summary>Gets what the build hands to the rules: for a rule that asks what is declared of an additional file.</summary>
    public AnalyzerOptions Inputs => inputs;

    public CancellationToken CancellationToken { get; } = cancellationToken;

    /// <summary>Reports the rule, once for each place: a constant that reaches two calls is one finding.</summary>
    public void Report(Location location, params object[] messageArguments) =>
        Report(location, ImmutableDictionary<string, string?>.Empty, messageArguments);

    /// <summary>Reports the rule with properties for its fix.</summary>
    public void Report(Location location, ImmutableDictionary<string, string?> properties, params object[] messageArguments)
    {
        if (reported.Add(location))
        {
            report(Diagnostic.Create(rule, location, properties, messageArguments));
        }
    }

    /// <summary>Reports the rule about a job: a suggestion where the job is only known by the names of its states.</summary>
    public void ReportOn(JobTable job, Location location, params object[] messageArguments)
    {
        if (job.IsInferred)
        {
            ReportAs(RuleLevel.Suggestion, location, messageArguments);
        }
        else
        {
            Report(location, messageArguments);
        }
    }

    /// <summary>Reports the rule at another level than its own; a severity that the team sets wins over both.</summary>
    public void ReportAs(RuleLevel level, Location location, params object[] messageArguments) =>
        ReportAs(level, location, ImmutableDictionary<string, string?>.Empty, messageArguments);

    /// <summary>Reports the rule at another level than its own, with properties for its fix.</summary>
    public void ReportAs(RuleLevel level, Location location, ImmutableDictionary<string, string?> properties, params object[] messageArguments)
    {
        if (reported.Add(location))
        {
            report(Diagnostic.Create(rule, location, level.ToSeverity(), additionalLocations: null, properties, messageArguments));
        }
    }
}

/// <summary>What a rule needs to look at a file as a whole.</summary>
internal readonly struct FileAnalysisContext(
    AiContext ai,
    AiFile file,
    SemanticModel model,
    AiOptions options,
    DiagnosticDescriptor rule,
    ReportedLocations reported,
    Action<Diagnostic> report,
    CancellationToken cancellationToken)
{
    public AiContext Ai { get; } = ai;

    public AiFile File { get; } = file;

    public SemanticModel Model { get; } = model;

    public AiOptions Options { get; } = options;

    public CancellationToken CancellationToken { get; } = cancellationToken;

    /// <summary>Reports the rule, once for each place.</summary>
    public void Report(Location location, params object[] messageArguments) =>
        Report(location, ImmutableDictionary<string, string?>.Empty, messageArguments);

    /// <summary>Reports the rule with properties for its fix, once for each place.</summary>
    public void Report(Location location, ImmutableDictionary<string, string?> properties, params object[] messageArguments)
    {
        if (reported.Add(location))
        {
            report(Diagnostic.Create(rule, location, properties, messageArguments));
        }
    }
}

/// <summary>The places that one rule has reported in one compilation.</summary>
internal sealed class ReportedLocations
{
    private readonly System.Collections.Concurrent.ConcurrentDictionary<Location, bool> _locations = new();

    public bool Add(Location location) => _locations.TryAdd(location, true);
}
