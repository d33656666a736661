namespace AiGuardrails.Generators.TrainingRecords;

/// <summary>The steps of the pipeline that tests ask about.</summary>
internal static class TrackingNames
{
    /// <summary>One model for each valid training record.</summary>
    public const string TrainingRecordModels = nameof(TrainingRecordModels);
}
