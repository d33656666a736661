using System.Collections.Immutable;
using AiGuardrails.Analyzers.Flow;
using AiGuardrails.Core.Training;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AiGuardrails.Analyzers.Sdks;

// Training jobs: what starts them, the files that they take, what they may cost and why they are started.
internal sealed partial class AiContext
{
    private readonly MemberLookup _trainingStarts = types.Members(static sdk => sdk.TrainingStarts);
    private readonly MemberLookup _trainingFileParameters = types.Members(static sdk => sdk.TrainingFileParameters);
    private readonly MemberLookup _uploadFileParameters =
        types.Members(static sdk => sdk.FileUploads.Select(static upload => new MemberParameter(upload.Type, upload.Method, upload.FileParameter)));

    private readonly MemberLookup _uploadPurposeParameters =
        types.Members(static sdk => sdk.FileUploads.Select(static upload => new MemberParameter(upload.Type, upload.Method, upload.PurposeParameter)));

    private readonly MemberLookup _uploadPurposes = types.Members(static sdk => sdk.UploadPurposes.Select(static purpose => new MemberParameter(purpose.Type, purpose.Member, "")));
    private readonly MemberLookup _jsonPatchSetters = types.Members(static sdk => sdk.JsonPatchSetters);
    private readonly Lazy<ImmutableDictionary<ITypeSymbol, TrainingOptions>> _trainingOptions = types.Table(static sdk => sdk.TrainingOptions, static options => options.Type);
    private readonly Lazy<ImmutableDictionary<ITypeSymbol, HyperparameterType>> _hyperparameterTypes = types.Table(static sdk => sdk.HyperparameterTypes, static type => type.Type);
    private readonly Lazy<ImmutableHashSet<ITypeSymbol>> _costBudgetAttributes = types.SetOf("AiGuardrails.CostBudgetAttribute");
    private readonly Lazy<ImmutableHashSet<ITypeSymbol>> _costBudgets = types.SetOf("AiGuardrails.CostBudget", "AiGuardrails.CostMeter");
    private readonly Lazy<ImmutableHashSet<ITypeSymbol>> _decisionAttributes = types.SetOf("AiGuardrails.FineTuningDecisionAttribute");

    /// <summary>Whether this method starts a training job.</summary>
    public bool IsTrainingStart(IMethodSymbol method) => _trainingStarts.Contains(method) || _annotations.StartsTraining(method);

    /// <summary>Whether this is a method of the team, marked <c>[StartsTraining]</c>.</summary>
    public bool IsTrainingWrapper(IMethodSymbol method) => _annotations.StartsTraining(method);

    /// <summary>Whether this parameter of a training start takes the ID of the training file.</summary>
    public bool IsTrainingFileParameter(IParameterSymbol parameter) =>
        parameter.ContainingSymbol is IMethodSymbol method && _trainingFileParameters.Contains(method, parameter);

    /// <summary>Whether this parameter takes the name or the path of a file to upload.</summary>
    public bool IsUploadFileParameter(IParameterSymbol parameter) =>
        parameter.ContainingSymbol is IMethodSymbol method && _uploadFileParameters.Contains(method, parameter);

    /// <summary>Whether this parameter says what an uploaded file is for.</summary>
    public bool IsUploadPurposeParameter(IParameterSymbol parameter) =>
        parameter.ContainingSymbol is IMethodSymbol method && _uploadPurposeParameters.Contains(method, parameter);

    /// <summary>The word that the service knows for what an uploaded file is for, or null where the value does not tell.</summary>
    public string? UploadPurposeOf(IOperation value) => value.Unwrap() switch
    {
        IPropertyReferenceOperation { Property: var property } when _uploadPurposes.Contains(property) =>
            _types.Sdks.SelectMany(static sdk => sdk.UploadPurposes).First(purpose => purpose.Member == property.Name).Word,
        var text => text.ConstantText()?.ToLowerInvariant(),
    };

    /// <summary>Whether the method sets a member of a request by its path in the JSON.</summary>
    public bool IsJsonPatchSetter(IMethodSymbol method) => _jsonPatchSetters.Contains(method);

    /// <summary>What is known of a type of options of training starts, or null.</summary>
    public TrainingOptions? TrainingOptionsOf(ITypeSymbol? type) =>
        type is not null && _trainingOptions.Value.TryGetValue(type.OriginalDefinition, out var options) ? options : null;

    /// <summary>The hyperparameter that values of this type hold, or null.</summary>
    public Hyperparameter? HyperparameterOf(ITypeSymbol? type) =>
        type is not null && _hyperparameterTypes.Value.TryGetValue(type.OriginalDefinition, out var known) ? known.Hyperparameter : null;

    /// <summary>Whether the attribute is <c>[CostBudget]</c>.</summary>
    public bool IsCostBudgetAttribute(AttributeData attribute) =>
        attribute.AttributeClass is { } type && _costBudgetAttributes.Value.Contains(type);

    /// <summary>Whether the type is a cost budget at run time, or the meter that holds one.</summary>
    public bool IsCostBudget(ITypeSymbol? type) =>
        type is not null && _costBudgets.Value.Contains(type);

    /// <summary>Whether the attribute is <c>[FineTuningDecision]</c>.</summary>
    public bool IsFineTuningDecisionAttribute(AttributeData attribute) =>
        attribute.AttributeClass is { } type && _decisionAttributes.Value.Contains(type);
}
