using System.Collections.Immutable;
using System.Globalization;
using AiGuardrails.Analyzers.Diagnostics;
using AiGuardrails.Analyzers.Options;
using AiGuardrails.Analyzers.Sdks;
using AiGuardrails.Core.Models;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;

namespace AiGuardrails.Analyzers.Rules.Governance;

/// <summary>AIG5007: a [FineTuningDecision] records what does not support training, or its review is due.</summary>
/// <remarks>
/// The rule is about the attribute and nothing around it. It looks for the attribute's name in the text of a file, and asks
/// the compiler about the attributes of that file alone: where the attribute is not used, nothing is bound.
/// </remarks>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class UnsupportedFineTuningDecisionAnalyzer : DiagnosticAnalyzer
{
    private const string Name = "FineTuningDecision";

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [Descriptors.UnsupportedFineTuningDecision];

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterCompilationStartAction(static start =>
        {
            var types = NamedTypes.In(start.Compilation, "AiGuardrails." + Name + "Attribute");
            if (!types.IsEmpty && SourceMarks.NameLibrary(start.Compilation, start.CancellationToken))
            {
                var names = NamesIn(start.Compilation, start.CancellationToken);
                start.RegisterSemanticModelAction(file => Analyze(file, types, names));
            }
        });
    }

    /// <summary>What a file may call the attribute: its name, and the names that a global using directive of the project gives it.</summary>
    private static ImmutableArray<string> NamesIn(Compilation compilation, CancellationToken cancellationToken)
    {
        var names = ImmutableArray.Create(Name);
        foreach (var tree in compilation.SyntaxTrees)
        {
            if (tree.GetRoot(cancellationToken) is CompilationUnitSyntax unit)
            {
                names = names.AddRange(unit.Usings
                    .Where(static directive => directive.GlobalKeyword.IsKind(SyntaxKind.GlobalKeyword)
                        && directive is { Alias: not null, NamespaceOrType: QualifiedNameSyntax { Right.Identifier.ValueText: Name or Name + "Attribute" } })
                    .Select(static directive => WithoutSuffix(directive.Alias!.Name.Identifier.ValueText)));
            }
        }

        return names;
    }

    // An attribute may be named without the last word of its name.
    private static string WithoutSuffix(string name)
    {
        const string suffix = "Attribute";
        return name.Length > suffix.Length && name.EndsWith(suffix, StringComparison.Ordinal) ? name.Substring(0, name.Length - suffix.Length) : name;
    }

    private static void Analyze(SemanticModelAnalysisContext context, ImmutableArray<INamedTypeSymbol> types, ImmutableArray<string> names)
    {
        var model = context.SemanticModel;
        var text = model.SyntaxTree.GetText(context.CancellationToken).ToString();
        if (!names.Any(name => text.IndexOf(name, StringComparison.Ordinal) >= 0))
        {
            return;
        }

        var options = AiOptions.Of(context.Options, model.SyntaxTree, RuleIds.UnsupportedFineTuningDecision);
        foreach (var attribute in model.SyntaxTree.GetRoot(context.CancellationToken).DescendantNodes().OfType<AttributeSyntax>())
        {
            context.CancellationToken.ThrowIfCancellationRequested();
            if (model.GetSymbolInfo(attribute, context.CancellationToken).Symbol is { ContainingType: { } type }
                && types.Contains(type, SymbolEqualityComparer.Default)
                && !IsTest(attribute, model, options, context.CancellationToken)
                && Record.Read(attribute, model, context.CancellationToken) is { } record)
            {
                Judge(record, options, ModelFacts.Of(context.Options, context.CancellationToken).Today, context.ReportDiagnostic);
            }
        }
    }

    private static bool IsTest(AttributeSyntax attribute, SemanticModel model, AiOptions options, CancellationToken cancellationToken) =>
        !options.IncludeTests
        && (TestCode.ReferencesTestSdk(model.Compilation)
            || (attribute.Parent?.Parent is MemberDeclarationSyntax member && model.GetDeclaredSymbol(member, cancellationToken) is { } symbol && TestCode.IsInTestType(symbol)));

    private static void Judge(Record record, AiOptions options, CalendarDate? today, Action<Diagnostic> report)
    {
        var decision = TrainingDecision.Evaluate(record.Facts, ThresholdsOf(options));
        if (decision.FailedStep is { } step)
        {
            Report(record.PlaceOf(FieldOf(step, record.Facts)), $"The recorded decision does not support training: {decision.InWords}");
        }

        if (record.DateOf("DecidedOn") is { Length: > 0 } decidedOn && CalendarDate.TryParse(decidedOn) is null)
        {
            Report(record.PlaceOf("DecidedOn"), $"'{decidedOn}' is not a date as yyyy-MM-dd; state the day of the decision");
        }

        if (record.DateOf("ReviewBy") is { } reviewBy)
        {
            var day = CalendarDate.TryParse(reviewBy);
            if (day is null)
            {
                Report(record.PlaceOf("ReviewBy"), $"'{reviewBy}' is not a date as yyyy-MM-dd; state the day by which the decision is looked at again");
            }
            else if (day < today)
            {
                Report(record.PlaceOf("ReviewBy"), $"The recorded decision was to be looked at again by {day}, and today is {today}; decide again, and set a new date");
            }
        }

        void Report(Location location, Sentence message) => report(Diagnostic.Create(Descriptors.UnsupportedFineTuningDecision, location, message));
    }

    private static TrainingThresholds ThresholdsOf(AiOptions options)
    {
        var profile = options.DecisionProfile switch
        {
            "starter" => TrainingThresholds.Starter,
            "standard" => TrainingThresholds.Standard,
            _ => TrainingThresholds.Strict,
        };

        var changed = profile with
        {
            MinLabeledExamples = options.MinLabeledExamples ?? profile.MinLabeledExamples,
            MinBudgetUsd = options.MinTrainingBudgetUsd ?? profile.MinBudgetUsd,
            RequiresExpertise = options.RequireExpertise ?? profile.RequiresExpertise,
            PaybackMonths = options.PaybackMonths,
        };

        return changed == profile ? profile : changed with { Name = profile.Name + ", as configured" };
    }

    private static string FieldOf(TrainingStep step, TrainingFacts facts) => step switch
    {
        TrainingStep.Prompting => nameof(TrainingFacts.TriedPrompting),
        TrainingStep.Retrieval => nameof(TrainingFacts.TriedRag),
        TrainingStep.Examples => nameof(TrainingFacts.LabeledExamples),
        TrainingStep.Budget => nameof(TrainingFacts.BudgetUsd),
        TrainingStep.Expertise => nameof(TrainingFacts.MachineLearningExpertise),
        TrainingStep.StableKnowledge => nameof(TrainingFacts.KnowledgeIsStable),
        _ => facts.SavingPerRequestUsd <= 0 || facts.RequestsPerMonth == 0 ? nameof(TrainingFacts.SavingPerRequestUsd) : nameof(TrainingFacts.RequestsPerMonth),
    };

    /// <summary>What one attribute states, and where.</summary>
    private sealed class Record
    {
        private readonly AttributeSyntax _attribute;
        private readonly Dictionary<string, (AttributeArgumentSyntax Argument, object? Value)> _fields = new(StringComparer.Ordinal);

        private Record(AttributeSyntax attribute) => _attribute = attribute;

        public TrainingFacts Facts => new()
        {
            TriedPrompting = Flag(nameof(TrainingFacts.TriedPrompting)),
            TriedRag = Flag(nameof(TrainingFacts.TriedRag)),
            LabeledExamples = (int)Whole(nameof(TrainingFacts.LabeledExamples)),
            BudgetUsd = Amount(nameof(TrainingFacts.BudgetUsd)) ?? 0,
            MachineLearningExpertise = Flag(nameof(TrainingFacts.MachineLearningExpertise)),
            KnowledgeIsStable = Flag(nameof(TrainingFacts.KnowledgeIsStable)),
            RequestsPerMonth = Whole(nameof(TrainingFacts.RequestsPerMonth)),
            SavingPerRequestUsd = Amount(nameof(TrainingFacts.SavingPerRequestUsd)),
            TrainingCostUsd = Amount(nameof(TrainingFacts.TrainingCostUsd)),
            Goal = (TrainingGoal)(int)Whole(nameof(TrainingFacts.Goal)),
        };

        /// <summary>Reads the arguments; null where one is not constant yet, as in code that is being typed.</summary>
        public static Record? Read(AttributeSyntax attribute, SemanticModel model, CancellationToken cancellationToken)
        {
            var record = new Record(attribute);
            foreach (var argument in attribute.ArgumentList?.Arguments ?? [])
            {
                if (argument.NameEquals is not { Name.Identifier.ValueText: { Length: > 0 } name }
                    || model.GetConstantValue(argument.Expression, cancellationToken) is not { HasValue: true, Value: var value }
                    || !IsReadable(model, argument, value, cancellationToken))
                {
                    return null;
                }

                record._fields[name] = (argument, value);
            }

            return record;
        }

        /// <summary>The argument that states a field; the name of the attribute where none does.</summary>
        public Location PlaceOf(string field) =>
            (_fields.TryGetValue(field, out var stated) ? stated.Argument : (SyntaxNode)_attribute.Name).GetLocation();

        public string? DateOf(string field) => _fields.TryGetValue(field, out var stated) ? stated.Value as string : null;

        // A value of the wrong type is an error of the compiler's.
        private static bool IsReadable(SemanticModel model, AttributeArgumentSyntax argument, object? value, CancellationToken cancellationToken) =>
            value is null or string or bool || model.ClassifyConversion(argument.Expression, TypeOf(model, argument, cancellationToken)).IsImplicit;

        private static ITypeSymbol TypeOf(SemanticModel model, AttributeArgumentSyntax argument, CancellationToken cancellationToken) =>
            model.GetSymbolInfo(argument.NameEquals!.Name, cancellationToken).Symbol is IPropertySymbol property
                ? property.Type
                : model.Compilation.GetSpecialType(SpecialType.System_Boolean);

        private bool Flag(string field) => _fields.TryGetValue(field, out var stated) && stated.Value is true;

        private long Whole(string field) => _fields.TryGetValue(field, out var stated) && stated.Value is not (null or bool or string)
            ? Convert.ToInt64(stated.Value, CultureInfo.InvariantCulture)
            : 0;

        private decimal? Amount(string field) => _fields.TryGetValue(field, out var stated) && stated.Value is not (null or bool or string)
            ? Money.FromDouble(Convert.ToDouble(stated.Value, CultureInfo.InvariantCulture))
            : null;
    }
}
