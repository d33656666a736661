using AiGuardrails.Analyzers.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace AiGuardrails.Analyzers.Rules.Jobs;

/// <summary>AIG4007: the output of a batch is used, and nothing is asked of the requests that have none.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class BatchOutcomeTakenAsSuccessAnalyzer : AiAnalyzer
{
    /// <summary>Initializes a new instance of the <see cref="BatchOutcomeTakenAsSuccessAnalyzer"/> class.</summary>
    public BatchOutcomeTakenAsSuccessAnalyzer()
        : base(Descriptors.BatchOutcomeTakenAsSuccess)
    {
    }

    private protected override void Analyze(BodyAnalysisContext context)
    {
        foreach (var read in new BatchReads(context.Ai, context.Body, context.CancellationToken).All())
        {
            var syntax = read.Operation.Syntax;
            context.Report(
                syntax.GetLocation(),
                read.IsItem
                    ? Sentence.Of($"'{OneLine.Of(syntax)}' passes over the requests of the {read.Batch.Noun} that failed, expired or were canceled; handle them too, or read '{read.Batch.Outcomes[0]}'")
                    : Sentence.Of($"'{OneLine.Of(syntax)}' has the requests of the {read.Batch.Noun} that succeeded; read {Sentence.Any(read.Batch.Outcomes.Take(2).Select(static name => "'" + name + "'"))} for the others"));
        }
    }
}
