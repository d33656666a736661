using AiGuardrails.Analyzers.Diagnostics;
using AiGuardrails.Analyzers.Flow;
using AiGuardrails.Analyzers.Sdks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace AiGuardrails.Analyzers.Rules.Governance;

/// <summary>AIG5003: a job gets a file that cannot be the right one.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class WrongTrainingFileAnalyzer : AiAnalyzer
{
    private const string Extension = ".jsonl";

    /// <summary>Initializes a new instance of the <see cref="WrongTrainingFileAnalyzer"/> class.</summary>
    public WrongTrainingFileAnalyzer()
        : base(Descriptors.WrongTrainingFile)
    {
    }

    private protected override void Analyze(BodyAnalysisContext context)
    {
        if (context.Ai.IsExcludedAsTest(context.Body.Owner, context.Options))
        {
            return;
        }

        foreach (var start in context.Body.TrainingStartsOf(context.CancellationToken))
        {
            var (training, validation) = FilesOf(context, start);
            AnalyzeFiles(context, training, validation);
        }

        foreach (var call in context.Body.All<IInvocationOperation>(OperationKind.Invocation))
        {
            if (UploadedFiles.PurposeOf(call, context.Ai, context.CancellationToken) == UploadPurpose.FineTune)
            {
                AnalyzeName(context, call);
            }
        }

        AnalyzeBatches(context);
    }

    /// <summary>The IDs of the training file and of the validation file, of those that are in view.</summary>
    private static (List<IOperation> Training, List<IOperation> Validation) FilesOf(BodyAnalysisContext context, TrainingStart start)
    {
        var training = new List<IOperation>();
        var validation = new List<IOperation>();
        if (start is { Kind: TrainingStartKind.Typed, Operation: IInvocationOperation invocation })
        {
            foreach (var argument in invocation.Arguments.Where(static argument => argument.ArgumentKind != ArgumentKind.DefaultValue))
            {
                if (argument.Parameter is { } parameter && context.Ai.IsTrainingFileParameter(parameter))
                {
                    training.Add(argument.Value);
                }
                else if (context.Ai.TrainingOptionsOf(argument.Parameter?.Type) is { } options)
                {
                    validation.AddRange((VisibleObject.Of(argument.Value, context.Ai, context.CancellationToken) ?? []).SelectMany(made => made.ValuesOf(options.ValidationFile)));
                }
            }
        }
        else
        {
            foreach (var body in VisibleJson.Of(start.Content, context.Ai, context.CancellationToken))
            {
                training.AddRange(body.Member(RawHttp.TrainingFileMember).Select(static file => file.Operation).OfType<IOperation>());
                validation.AddRange(body.Member(RawHttp.ValidationFileMember).Select(static file => file.Operation).OfType<IOperation>());
                AnalyzeText(context, body);
            }
        }

        return (training, validation);
    }

    private static void AnalyzeFiles(BodyAnalysisContext context, List<IOperation> training, List<IOperation> validation)
    {
        foreach (var file in validation.Where(file => training.Any(other => SameValue.Are(other, file, context.CancellationToken))))
        {
            ReportSame(context, file.Syntax, file.Syntax.ToString());
        }

        foreach (var file in training.Concat(validation))
        {
            if (UploadedFiles.PurposeBehind(file, context.Ai, context.CancellationToken) == UploadPurpose.Batch)
            {
                context.Report(file.Syntax.GetLocation(), Sentence.Of($"'{file.Syntax}' was uploaded with purpose '{UploadPurpose.Batch}' and is used for training; upload it with purpose '{UploadPurpose.FineTune}'"));
            }
        }
    }

    /// <summary>Two equal IDs in one JSON text.</summary>
    private static void AnalyzeText(BodyAnalysisContext context, VisibleJson body)
    {
        if (body.Object is null
            && IdIn(context, body, RawHttp.ValidationFileMember) is { } id
            && IdIn(context, body, RawHttp.TrainingFileMember) == id)
        {
            ReportSame(context, body.Syntax, id);
        }
    }

    private static string? IdIn(BodyAnalysisContext context, VisibleJson body, string member) =>
        body.Member(member) is [var file] && file.Texts(context.CancellationToken).ToArray() is [{ Text: { Length: > 0 } text }] && text.IndexOf(PartialTexts.Hole) < 0 ? text : null;

    private static void ReportSame(BodyAnalysisContext context, SyntaxNode place, string file) =>
        context.Report(place.GetLocation(), Sentence.Of($"'{file}' is both the training file and the validation file; validate with examples that the model has not seen"));

    private static void AnalyzeName(BodyAnalysisContext context, IInvocationOperation upload)
    {
        foreach (var name in UploadedFiles.NamesOf(upload, context.Ai, context.CancellationToken))
        {
            if (CannotEndIn(name.Text, Extension))
            {
                context.Report(
                    name.Syntax.GetLocation(),
                    Sentence.Of($"'{name.Text.Replace(PartialTexts.Hole, '…')}' is uploaded for training and does not end in {Extension}; write the examples as JSON Lines, into a file of that ending"));
            }
        }
    }

    /// <summary>Whether the text ends otherwise, whatever its unknown parts are.</summary>
    private static bool CannotEndIn(string text, string end)
    {
        var hole = text.LastIndexOf(PartialTexts.Hole);
        var known = text.Substring(hole + 1);

        return !known.EndsWith(end, StringComparison.OrdinalIgnoreCase)
            && (hole < 0 || !end.EndsWith(known, StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>Training files as the input of a batch, which is only ever given as JSON.</summary>
    private static void AnalyzeBatches(BodyAnalysisContext context)
    {
        foreach (var assignment in context.Body.All<ISimpleAssignmentOperation>(OperationKind.SimpleAssignment))
        {
            var member = assignment.Target switch
            {
                IPropertyReferenceOperation { Property.IsIndexer: true, Arguments: [var key] } => key.Value.ConstantText(),
                IPropertyReferenceOperation { Property.Name: var name } => name,
                _ => null,
            };

            AnalyzeBatchFile(context, member, assignment.Value);
        }

        foreach (var invocation in context.Body.All<IInvocationOperation>(OperationKind.Invocation))
        {
            if (invocation is { TargetMethod.Name: "Add", Arguments: [var key, var value] })
            {
                AnalyzeBatchFile(context, key.Value.ConstantText(), value.Value);
            }
        }
    }

    private static void AnalyzeBatchFile(BodyAnalysisContext context, string? member, IOperation file)
    {
        if (member == RawHttp.BatchFileMember && UploadedFiles.PurposeBehind(file, context.Ai, context.CancellationToken) == UploadPurpose.FineTune)
        {
            context.Report(file.Syntax.GetLocation(), Sentence.Of($"'{file.Syntax}' was uploaded with purpose '{UploadPurpose.FineTune}' and is the input of a batch; upload it with purpose '{UploadPurpose.Batch}'"));
        }
    }
}
