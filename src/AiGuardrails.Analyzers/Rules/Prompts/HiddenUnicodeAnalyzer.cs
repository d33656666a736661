using AiGuardrails.Analyzers.Diagnostics;
using AiGuardrails.Analyzers.Sdks;
using AiGuardrails.Core.Prompts;
using AiGuardrails.Generators.Prompts;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace AiGuardrails.Analyzers.Rules.Prompts;

/// <summary>AIG8004: characters that nobody sees stand in the text of a prompt.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class HiddenUnicodeAnalyzer : AiAnalyzer
{
    // What is reported in one literal at most; a text that is hidden characters throughout is one run, and one report.
    private const int MaxRuns = 100;

    /// <summary>Initializes a new instance of the <see cref="HiddenUnicodeAnalyzer"/> class.</summary>
    public HiddenUnicodeAnalyzer()
        : base(Descriptors.HiddenUnicode)
    {
    }

    private protected override Action<AdditionalFileAnalysisContext, Action<Diagnostic>>? FileAction(Compilation compilation) =>
        NamedTypes.In(compilation, PromptParser.AttributeName).IsEmpty ? null : AnalyzeFile;

    private protected override void Analyze(FileAnalysisContext context)
    {
        foreach (var token in PromptTexts.MarkedIn(context.File, context.Model, context.CancellationToken))
        {
            foreach (var (location, message) in HiddenIn(token, context.CancellationToken))
            {
                context.Report(location, message);
            }
        }
    }

    private protected override void Analyze(BodyAnalysisContext context)
    {
        foreach (var token in PromptTexts.In(context.Ai, context.Body, context.CancellationToken))
        {
            foreach (var (location, message) in HiddenIn(token, context.CancellationToken))
            {
                context.Report(location, message);
            }
        }
    }

    private void AnalyzeFile(AdditionalFileAnalysisContext context, Action<Diagnostic> report)
    {
        var file = context.AdditionalFile;
        if (!PromptFileFindings.IsPromptFile(file) || file.GetText(context.CancellationToken) is not { Length: <= PromptGrammar.MaxLength } text)
        {
            return;
        }

        // A byte-order mark that stands first is one.
        var characters = text.ToString();
        var start = characters.Length > 0 && characters[0] == '\uFEFF' ? 1 : 0;
        foreach (var run in RunsIn(characters, start, context.CancellationToken))
        {
            report(Diagnostic.Create(Rule, PromptFileFindings.LocationIn(file.Path, text, run.Start, run.Length), Describe(run)));
        }
    }

    private static IEnumerable<(Location Location, Sentence Message)> HiddenIn(SyntaxToken token, CancellationToken cancellationToken)
    {
        if (token.SyntaxTree is not { } tree || !HiddenUnicode.TryFind(token.ValueText.AsSpan(), 0, out _))
        {
            yield break;
        }

        var (text, starts) = StringTokens.Decode(token, cancellationToken);
        foreach (var run in RunsIn(text, 0, cancellationToken))
        {
            yield return (Location.Create(tree, StringTokens.SpanOf(starts, run.Start, run.Length)), Describe(run));
        }
    }

    private static IEnumerable<HiddenRun> RunsIn(string text, int from, CancellationToken cancellationToken)
    {
        var hasRightToLeft = (bool?)null;
        for (var runs = 0; runs < MaxRuns && HiddenUnicode.TryFind(text.AsSpan(), from, ref hasRightToLeft, out var run); runs++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return run;
            from = run.Start + run.Length;
        }
    }

    private static Sentence Describe(HiddenRun run) => Sentence.Of(
        run.Count == 1
            ? "The prompt holds {0} (U+{1:X4}) that nobody sees and the model reads; remove it"
            : "The prompt holds {2} hidden characters, the first {0} (U+{1:X4}), that nobody sees and the model reads; remove them",
        run.Description,
        run.First,
        run.Count);
}
