using System.Collections.Immutable;
using AiGuardrails.Analyzers.Diagnostics;
using AiGuardrails.Analyzers.Sdks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace AiGuardrails.Analyzers.Rules.Governance;

/// <summary>AIG5001: a training job is started without a validation file.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class NoValidationFileAnalyzer : AiAnalyzer
{
    /// <summary>The property of a finding that has the name of the member to set.</summary>
    internal const string MemberProperty = "member";

    /// <summary>Initializes a new instance of the <see cref="NoValidationFileAnalyzer"/> class.</summary>
    public NoValidationFileAnalyzer()
        : base(Descriptors.NoValidationFile)
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
            if (start is { Kind: TrainingStartKind.Typed, Operation: IInvocationOperation invocation })
            {
                AnalyzeOptions(context, start, invocation);
            }
            else if (start.Kind is TrainingStartKind.Json or TrainingStartKind.Http)
            {
                AnalyzeJson(context, start);
            }
        }
    }

    private static void AnalyzeOptions(BodyAnalysisContext context, TrainingStart start, IInvocationOperation invocation)
    {
        var argument = invocation.Arguments.FirstOrDefault(argument => context.Ai.TrainingOptionsOf(argument.Parameter?.Type) is not null);
        if (argument is null || context.Ai.TrainingOptionsOf(argument.Parameter?.Type) is not { ValidationFile: var member })
        {
            return;
        }

        if (argument.ArgumentKind == ArgumentKind.DefaultValue)
        {
            Report(context, start, start.Place, member, isOffered: true);
            return;
        }

        foreach (var options in VisibleObject.Of(argument.Value, context.Ai, context.CancellationToken) ?? [])
        {
            if (options.IsNull)
            {
                Report(context, start, options.Path.IsEmpty ? options.Creation.Syntax : argument.Value.Syntax, member, isOffered: options.Path.IsEmpty);
            }
            else if (!options.HasValue(member))
            {
                Report(context, start, PlaceOf(options, argument.Value.Syntax), member, isOffered: IsSetWhereMade(options, member));
            }
        }
    }

    private static void AnalyzeJson(BodyAnalysisContext context, TrainingStart start)
    {
        foreach (var body in VisibleJson.Of(start.Content, context.Ai, context.CancellationToken))
        {
            // What has no training file is no request that this rule understands.
            if (body.Member(RawHttp.TrainingFileMember).Count > 0 && !body.MayHave(RawHttp.ValidationFileMember))
            {
                var place = body.Object is { } made ? PlaceOf(made, start.Place) : body.Syntax;
                var isOffered = body.Object is { } known && IsSetWhereMade(known, RawHttp.ValidationFileMember);
                Report(context, start, place, RawHttp.ValidationFileMember, isOffered);
            }
        }
    }

    private static void Report(BodyAnalysisContext context, TrainingStart start, SyntaxNode place, string member, bool isOffered)
    {
        var properties = isOffered ? ImmutableDictionary<string, string?>.Empty.Add(MemberProperty, member) : ImmutableDictionary<string, string?>.Empty;
        context.Report(LocationOf(place), properties, start.Name, member);
    }

    /// <summary>The object where it is made in the same file; else the value that is passed.</summary>
    private static SyntaxNode PlaceOf(VisibleObject made, SyntaxNode passed) =>
        made.Creation.Syntax.SyntaxTree == passed.SyntaxTree ? made.Creation.Syntax : passed;

    /// <summary>The smallest piece of an object creation that stands for it: an initialiser may go on for many lines.</summary>
    private static Location LocationOf(SyntaxNode place) => place switch
    {
        ObjectCreationExpressionSyntax creation => creation.Type.GetLocation(),
        ImplicitObjectCreationExpressionSyntax creation => creation.NewKeyword.GetLocation(),
        AnonymousObjectCreationExpressionSyntax creation => creation.NewKeyword.GetLocation(),
        _ => place.GetLocation(),
    };

    /// <summary>Whether the member is set, if at all, in the initialiser: a value that is assigned later would undo the fix.</summary>
    private static bool IsSetWhereMade(VisibleObject made, string member) =>
        made.WorkOn(member).All(work => made.Creation.Syntax.Span.Contains(work.Syntax.Span));
}
