namespace AiGuardrails.Analyzers.Diagnostics;

/// <summary>The identifier of every rule. An identifier is never reused and never renumbered.</summary>
internal static class RuleIds
{
    public const string InvalidOption = "AIG0001";
    public const string InvalidModelCatalogue = "AIG0002";
    public const string HardCodedFineTunedModelId = "AIG1001";
    public const string RetiredModel = "AIG1002";
    public const string ModelRetiresSoon = "AIG1003";
    public const string FineTuningServiceCloses = "AIG1007";
    public const string NoOutputTokenCap = "AIG2001";
    public const string UnboundedGenerationLoop = "AIG2003";
    public const string ToolIterationLimitRaised = "AIG2004";
    public const string UnboundedFanOut = "AIG2006";
    public const string TrainingJobWithoutCostBudget = "AIG2008";
    public const string TrainingBudgetExceeded = "AIG2009";
    public const string TruncatedOutputParsed = "AIG3001";
    public const string FirstContentPartUnchecked = "AIG3002";
    public const string ModelOutputDeserializedUnchecked = "AIG3003";
    public const string ResponseStatusUnchecked = "AIG3005";
    public const string FinishReasonSwitchIncomplete = "AIG3006";
    public const string ModelOutputInDangerousSink = "AIG3007";
    public const string PollLoopMissesTerminalFailure = "AIG4001";
    public const string StatusConditionIsConstant = "AIG4002";
    public const string JobResultUsedWithoutFailureCheck = "AIG4003";
    public const string UnboundedJobWait = "AIG4004";
    public const string PollWithoutDelay = "AIG4005";
    public const string StaleJobObject = "AIG4006";
    public const string BatchOutcomeTakenAsSuccess = "AIG4007";
    public const string UnknownStatusWord = "AIG4008";
    public const string NoValidationFile = "AIG5001";
    public const string NoFineTuningDecision = "AIG5002";
    public const string WrongTrainingFile = "AIG5003";
    public const string HyperparameterOutOfRange = "AIG5004";
    public const string UnsupportedFineTuningDecision = "AIG5007";
    public const string HardCodedApiKey = "AIG6001";
    public const string SecretInPrompt = "AIG6002";
    public const string EndpointWithoutTls = "AIG6003";
    public const string SensitiveTelemetryAlwaysOn = "AIG6004";
    public const string UntrustedTextInInstructions = "AIG7001";
    public const string RetrievedTextInTrustedRole = "AIG7002";
    public const string RoleFromData = "AIG7004";
    public const string ToolDescriptionFromData = "AIG7006";
    public const string HiddenUnicode = "AIG8004";
    public const string NotJsonLines = "AIG9001";
    public const string RecordDoesNotFitTarget = "AIG9002";
    public const string DuplicateExamples = "AIG9003";
    public const string ConflictingExamples = "AIG9004";
    public const string TrainValidationLeakage = "AIG9005";
    public const string DatasetSize = "AIG9006";
    public const string ExampleTooLong = "AIG9007";
    public const string SecretInTrainingData = "AIG9008";
    public const string DamagedText = "AIG9009";
    public const string UnbalancedData = "AIG9010";
    public const string SystemPromptsDiffer = "AIG9011";
    public const string TrainingFileTooLarge = "AIG9012";
    public const string InvalidTrainingRecord = "AIG9013";
}
