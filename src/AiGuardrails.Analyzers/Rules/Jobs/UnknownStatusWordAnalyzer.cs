using System.Collections.Immutable;
using AiGuardrails.Analyzers.Diagnostics;
using AiGuardrails.Analyzers.Sdks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;

namespace AiGuardrails.Analyzers.Rules.Jobs;

/// <summary>AIG4008: the status of a job is compared with a word that the service never sends.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class UnknownStatusWordAnalyzer : AiAnalyzer
{
    /// <summary>The property of a finding that holds the word that is meant.</summary>
    internal const string Word = "Word";

    /// <summary>Initializes a new instance of the <see cref="UnknownStatusWordAnalyzer"/> class.</summary>
    public UnknownStatusWordAnalyzer()
        : base(Descriptors.UnknownStatusWord)
    {
    }

    private protected override void Analyze(BodyAnalysisContext context)
    {
        var comparisons = new StatusComparisons(context.Ai, context.Body, context.CancellationToken).All().ToImmutableArray();
        var offered = new HashSet<(int Group, string Word)>();
        foreach (var comparison in comparisons)
        {
            context.CancellationToken.ThrowIfCancellationRequested();
            if (comparison.Constants.All(static constant => constant.Kind != StatusConstantKind.Word) || WordsOf(comparison.Status, context) is not { IsEmpty: false } sent)
            {
                continue;
            }

            foreach (var constant in comparison.Constants.Where(static constant => constant.Kind == StatusConstantKind.Word))
            {
                if (!string.IsNullOrWhiteSpace(constant.Text) && !MayEqual(comparison.Status, constant, sent))
                {
                    Report(context, comparisons, comparison, constant, sent, offered);
                }
            }
        }
    }

    private static void Report(BodyAnalysisContext context, ImmutableArray<StatusComparison> all, StatusComparison comparison, StatusConstant constant, ImmutableArray<string> sent, HashSet<(int Group, string Word)> offered)
    {
        var status = comparison.Status;
        var own = IsHttp(status, context) && !constant.Text.Any(char.IsLower) && context.Body.Http.Hosts.IsEmpty;
        if (own || status.OwnWords.Contains(constant.Text, StringComparer.OrdinalIgnoreCase))
        {
            // Other services with the same paths send their words in capitals.
            return;
        }

        var meant = StatusWords.Meant(constant.Text, sent) is { } word ? Cased(word, status.Case) : null;
        var group = GroupOf(comparison.Operation.Syntax).ToImmutableArray();
        if (meant is null ? status.Type is null || comparison.Constants.Length > 1 : IsComparedToo(all, group, comparison, constant, meant))
        {
            return;
        }

        var place = constant.Value.Syntax;
        var location = place.SyntaxTree == context.Body.Syntax.SyntaxTree ? place.GetLocation() : comparison.Operation.Syntax.GetLocation();
        var text = constant.Text;
        var message = status.Form switch
        {
            StatusForm.QuotedWord => Sentence.Of($"The text of '{status.Type?.Name}' is JSON, in quotes, and never equals '{text}'; compare what Raw() returns"),
            StatusForm.MemberName when meant is null => Sentence.Of($"The text of '{status.Type?.Name}' is the name of a member, and never '{text}'"),
            StatusForm.MemberName => Sentence.Of($"The text of '{status.Type?.Name}' is the name of a member, and never '{text}'; the member is '{meant}'"),
            _ when meant is null => Sentence.Of($"No {status.Job.Noun} ever has the status '{text}'; the API sends {Sentence.Some(sent.Select(static known => "'" + known + "'"))}"),
            _ when string.Equals(meant, text, StringComparison.OrdinalIgnoreCase) => Sentence.Of($"The status of the {status.Job.Noun} is never spelled '{text}' here; the API sends '{meant}', and this comparison regards case"),
            _ => Sentence.Of($"No {status.Job.Noun} ever has the status '{text}'; the API sends '{meant}'"),
        };

        // Of two words that mean the same, one becomes the right one, and the other does no harm then.
        var offers = status.Form != StatusForm.QuotedWord && meant is not null && offered.Add((group[0].SpanStart, meant));
        context.Report(location, ImmutableDictionary<string, string?>.Empty.Add(Word, offers ? meant : null), message);
    }

    /// <summary>What the status can be, in the form in which it is compared; null where that is not known.</summary>
    private static ImmutableArray<string>? WordsOf(StatusRead status, BodyAnalysisContext context)
    {
        if (status.Job.IsInferred && status.Form != StatusForm.MemberName)
        {
            return null;
        }

        if (status.Form == StatusForm.MemberName)
        {
            return status.Type is { } type ? [.. InferredJobs.MembersOf(type)] : null;
        }

        var words = StatusWords.Of(status.Job, status.Type);
        if (IsHttp(status, context))
        {
            return StatusWords.OfHosts(status.Job, context.Body.Http.Hosts) is { } further ? words.AddRange(further) : null;
        }

        return StatusWords.MayMeanAzure(context.Body.Model.Compilation) ? words.AddRange(StatusWords.OfAzure(status.Job)) : words;
    }

    private static bool IsHttp(StatusRead status, BodyAnalysisContext context) => status.Type is null && context.Body.Http.Job is not null;

    private static bool MayEqual(StatusRead status, StatusConstant constant, ImmutableArray<string> sent) =>
        sent.Any(word => string.Equals(
            status.Form == StatusForm.QuotedWord ? "\"" + word + "\"" : Cased(word, status.Case),
            constant.Text,
            constant.IgnoresCase ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal));

    private static string Cased(string word, TextCase textCase) => textCase switch
    {
        TextCase.Lower => word.ToLowerInvariant(),
        TextCase.Upper => word.ToUpperInvariant(),
        _ => word,
    };

    /// <summary>
    /// Whether the word that is meant is asked for beside the other: "cancelled" or "canceled" covers both spellings, and does
    /// no harm.
    /// </summary>
    private static bool IsComparedToo(ImmutableArray<StatusComparison> all, ImmutableArray<SyntaxNode> group, StatusComparison comparison, StatusConstant constant, string meant) =>
        comparison.Status.Form != StatusForm.QuotedWord
        && all
            .Where(other => other.Status.Job == comparison.Status.Job && Equals(other.Status.Path, comparison.Status.Path))
            .Where(other => other.Operation == comparison.Operation || group.Any(part => part.Span.Contains(other.Operation.Syntax.Span)))
            .SelectMany(static other => other.Constants)
            .Any(other => other.Value.Syntax != constant.Value.Syntax
                && (string.Equals(other.Text, meant, other.IgnoresCase ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal)
                    || (other.Kind == StatusConstantKind.Member && comparison.Status.Job.States.Any(state => state.Member == other.Text && string.Equals(state.Wire, meant, StringComparison.OrdinalIgnoreCase)))));

    /// <summary>What is decided together with a comparison: its condition, and those of the other ways of the same choice.</summary>
    private static IEnumerable<SyntaxNode> GroupOf(SyntaxNode comparison)
    {
        SyntaxNode whole = comparison;
        foreach (var node in comparison.Ancestors())
        {
            switch (node)
            {
                case SwitchStatementSyntax or SwitchExpressionSyntax:
                    return [node];

                case IfStatementSyntax { Condition: var condition } choice when condition.Span.Contains(comparison.Span):
                    return ConditionsOf(choice);

                case ExpressionSyntax or PatternSyntax or SubpatternSyntax or ArgumentSyntax or BaseArgumentListSyntax or PropertyPatternClauseSyntax or SwitchExpressionArmSyntax or WhenClauseSyntax or SwitchLabelSyntax or SwitchSectionSyntax:
                    whole = node;
                    break;

                default:
                    return [whole];
            }
        }

        return [whole];
    }

    // The whole chain of "else if", and the "if" statements that stand beside it.
    private static IEnumerable<SyntaxNode> ConditionsOf(IfStatementSyntax choice)
    {
        while (choice.Parent is ElseClauseSyntax { Parent: IfStatementSyntax before })
        {
            choice = before;
        }

        IEnumerable<IfStatementSyntax> beside = choice.Parent is BlockSyntax block ? block.Statements.OfType<IfStatementSyntax>() : [choice];
        foreach (var statement in beside)
        {
            for (var current = statement; current is not null; current = current.Else?.Statement as IfStatementSyntax)
            {
                yield return current.Condition;
            }
        }
    }
}
