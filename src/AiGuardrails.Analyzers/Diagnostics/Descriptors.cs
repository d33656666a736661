using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace AiGuardrails.Analyzers.Diagnostics;

/// <summary>Every rule, sorted by identifier: what it is called, what it says and how loud it is.</summary>
internal static class Descriptors
{
    private const string HelpLinkFormat = "https://github.com/aiguardrails/aiguardrails/blob/main/docs/rules/{0}.md";

    // Before the rules, which enter themselves here while the type is initialised.
    private static readonly ImmutableArray<Rule>.Builder s_rules = ImmutableArray.CreateBuilder<Rule>();

    public static readonly DiagnosticDescriptor InvalidOption = Add(
        RuleIds.InvalidOption,
        RuleCategories.Configuration,
        RuleLevel.Warning,
        "Option value cannot be read",
        "'{0}' is not a valid value of '{1}'; expected {2}, so the default '{3}' is used",
        "An AiGuardrails option in .editorconfig or in the project has a value that cannot be read. The rule that reads it goes on with the default.",
        WellKnownDiagnosticTags.CompilationEnd);

    public static readonly DiagnosticDescriptor InvalidModelCatalogue = Add(
        RuleIds.InvalidModelCatalogue,
        RuleCategories.Configuration,
        RuleLevel.Warning,
        "Model catalogue file cannot be read",
        "The model catalogue file cannot be used: {0}; the built-in catalogue stays in force",
        "An additional file named aiguardrails.models.json extends and overrides the built-in catalogue of models, prices and dates. A file that cannot be read changes nothing.");

    public static readonly DiagnosticDescriptor StaleBaselineEntry = Add(
        RuleIds.StaleBaselineEntry,
        RuleCategories.Configuration,
        RuleLevel.Suggestion,
        "Stale or unreadable baseline entry",
        "{0}",
        "A baseline names the findings that a team took over with its code. An entry that nothing matches any more is one that was mended, and goes. Where the file cannot be read, no finding counts as known, and that is a warning.",
        WellKnownDiagnosticTags.CompilationEnd);

    public static readonly DiagnosticDescriptor HardCodedFineTunedModelId = Add(
        RuleIds.HardCodedFineTunedModelId,
        RuleCategories.Models,
        RuleLevel.Warning,
        "Hard-coded fine-tuned model ID",
        "'{0}' is a fine-tuned model ID; read it from configuration so that retraining needs no code change",
        "The ID of a fine-tuned model changes with every training run. In code it blocks roll-out and rollback, and it shows the organisation's name.");

    public static readonly DiagnosticDescriptor RetiredModel = Add(
        RuleIds.RetiredModel,
        RuleCategories.Models,
        RuleLevel.Warning,
        "Retired model",
        "Model '{0}' was retired on {1}; {2}",
        "A retired model answers no more calls: the service rejects them. The dates come from the model catalogue, each with its source.",
        Risks.SupplyChain,
        Risks.UnmaintainedComponent);

    public static readonly DiagnosticDescriptor ModelRetiresSoon = Add(
        RuleIds.ModelRetiresSoon,
        RuleCategories.Models,
        RuleLevel.Suggestion,
        "Model retires soon",
        "Model '{0}' will be retired on {1}; {2}",
        "After its retirement date a model answers no more calls. How many days count as soon is an option.",
        Risks.SupplyChain,
        Risks.UnmaintainedComponent);

    public static readonly DiagnosticDescriptor FineTuningServiceCloses = Add(
        RuleIds.FineTuningServiceCloses,
        RuleCategories.Models,
        RuleLevel.Suggestion,
        "Fine-tuning service is closing",
        "{0}",
        "The provider takes no new fine-tuning jobs from a date on that the model catalogue lists. It is a suggestion before that date and a warning after it.");

    public static readonly DiagnosticDescriptor NoOutputTokenCap = Add(
        RuleIds.NoOutputTokenCap,
        RuleCategories.Cost,
        RuleLevel.Suggestion,
        RuleLevel.Warning,
        "No output-token cap",
        "'{0}' has no cap on output tokens; set '{1}' so that one answer cannot cost without limit",
        "Without a cap the model decides how long the answer is, up to the limit of the model, and output tokens are the dear ones.",
        Risks.UnboundedConsumption,
        Risks.ResourcesWithoutLimits);

    public static readonly DiagnosticDescriptor UnboundedGenerationLoop = Add(
        RuleIds.UnboundedGenerationLoop,
        RuleCategories.Cost,
        RuleLevel.Warning,
        "Unbounded generation loop",
        "'{0}' is called in a loop that only the model can end; add an attempt limit, a deadline or a budget",
        "A loop that ends when the model says so may never end, and every turn is paid for.",
        Risks.UnboundedConsumption,
        Risks.InfiniteLoop);

    public static readonly DiagnosticDescriptor ToolIterationLimitRaised = Add(
        RuleIds.ToolIterationLimitRaised,
        RuleCategories.Cost,
        RuleLevel.Warning,
        "Tool-iteration limit removed or raised",
        "'{0}' lets the model call tools {1}; set it to {2} or less",
        "The limit on tool iterations is what stops a model that goes on calling tools, each turn paid for with the whole conversation.",
        Risks.UnboundedConsumption,
        Risks.ResourcesWithoutLimits);

    public static readonly DiagnosticDescriptor UnboundedFanOut = Add(
        RuleIds.UnboundedFanOut,
        RuleCategories.Cost,
        RuleLevel.Suggestion,
        "Unbounded fan-out",
        "'{0}' is called for every element at once; limit how many calls run at a time",
        "One call for every element of a sequence of unknown length runs into rate limits and spends without a brake.",
        Risks.UnboundedConsumption,
        Risks.ResourcesWithoutLimits);

    public static readonly DiagnosticDescriptor TrainingJobWithoutCostBudget = Add(
        RuleIds.TrainingJobWithoutCostBudget,
        RuleCategories.Cost,
        RuleLevel.Warning,
        "Training job without a cost budget",
        "'{0}' starts a training job that no cost budget covers; add [CostBudget(MaxUsd = …)] to {1}",
        "A training job costs what its tokens and epochs cost, and nobody is asked again once it has started. A [CostBudget] on the method, a containing type or the assembly says what it may cost, and a CostBudget argument can enforce it at run time.",
        Risks.UnboundedConsumption);

    public static readonly DiagnosticDescriptor TrainingBudgetExceeded = Add(
        RuleIds.TrainingBudgetExceeded,
        RuleCategories.Cost,
        RuleLevel.Warning,
        "Training budget exceeded",
        "{0}",
        "The estimated cost of training, tokens of the file times epochs times the price in the model catalogue, is above the budget. It is a warning where even the lower bound of the estimate is, and a suggestion where only the upper bound is.",
        Risks.UnboundedConsumption);

    public static readonly DiagnosticDescriptor TruncatedOutputParsed = Add(
        RuleIds.TruncatedOutputParsed,
        RuleCategories.Responses,
        RuleLevel.Warning,
        "Truncated output parsed",
        "'{0}' parses the model's text although nothing has asked why the model stopped; check '{1}' first, a text that was cut off is no whole answer",
        "A model stops at its output cap, at a content filter, or at a refusal, and the text so far is still handed out. Parsed, it fails far from the cause, or passes as a whole answer.",
        Risks.ImproperOutputHandling,
        Risks.UncheckedCondition);

    public static readonly DiagnosticDescriptor FirstContentPartUnchecked = Add(
        RuleIds.FirstContentPartUnchecked,
        RuleCategories.Responses,
        RuleLevel.Warning,
        "First content part without a check",
        "'{0}' takes a content part that may not be there; check '{1}' first, refusals and tool calls come without one",
        "The content of an answer is a list, and it is empty when the model refuses or calls a tool. An index or First() throws then.",
        Risks.ImproperOutputHandling,
        Risks.UncheckedCondition);

    public static readonly DiagnosticDescriptor ModelOutputDeserializedUnchecked = Add(
        RuleIds.ModelOutputDeserializedUnchecked,
        RuleCategories.Responses,
        RuleLevel.Warning,
        "Model output deserialized without a check",
        "'{0}' is taken from the model's text as if it were always valid; handle JsonException and null",
        "A model's text is not always the JSON that was asked for. What is deserialized from it can be null, and the parser can throw.",
        Risks.ImproperOutputHandling,
        Risks.InputValidation,
        Risks.UnhandledCondition);

    public static readonly DiagnosticDescriptor ResponseStatusUnchecked = Add(
        RuleIds.ResponseStatusUnchecked,
        RuleCategories.Responses,
        RuleLevel.Warning,
        "Response status not checked",
        "'{0}' is read although nothing has asked whether the response was completed; check '{1}' first",
        "The Responses API reports failed and incomplete responses in the response itself: no exception is thrown, and the output is empty or partial.",
        Risks.ImproperOutputHandling,
        Risks.UncheckedReturnValue);

    public static readonly DiagnosticDescriptor FinishReasonSwitchIncomplete = Add(
        RuleIds.FinishReasonSwitchIncomplete,
        RuleCategories.Responses,
        RuleLevel.Suggestion,
        "Finish reason switch misses cases",
        "The switch on '{0}' has no arm for {1} and passes over it in silence",
        "An answer that was cut off or withheld looks like any other text. A switch on the reason is the place to tell them apart.",
        Risks.ImproperOutputHandling,
        Risks.MissingDefaultCase);

    public static readonly DiagnosticDescriptor ModelOutputInDangerousSink = Add(
        RuleIds.ModelOutputInDangerousSink,
        RuleCategories.Responses,
        RuleLevel.Warning,
        "Model output reaches a dangerous sink",
        "'{0}' comes from a model and reaches {1}; {2}",
        "What a model writes is steered by whoever wrote any text that it has read. In a command line, a query, a path, a URL or a page it acts with the rights of the program.",
        Risks.ImproperOutputHandling,
        Risks.PathTraversal,
        Risks.CommandInjection,
        Risks.CrossSiteScripting,
        Risks.SqlInjection,
        Risks.ServerSideRequestForgery);

    public static readonly DiagnosticDescriptor PollLoopMissesTerminalFailure = Add(
        RuleIds.PollLoopMissesTerminalFailure,
        RuleCategories.Jobs,
        RuleLevel.Warning,
        "Poll loop misses a state of the job",
        "{0}",
        "A loop that polls a job must leave on every final state, stay on every state that is still under way, and not treat a failed, cancelled or expired job as done.",
        Risks.UncheckedCondition,
        Risks.InfiniteLoop);

    public static readonly DiagnosticDescriptor StatusConditionIsConstant = Add(
        RuleIds.StatusConditionIsConstant,
        RuleCategories.Jobs,
        RuleLevel.Warning,
        RuleLevel.Error,
        "Status condition is always true or always false",
        "'{0}' is always {1}, whatever the status of the {2} is; {3}",
        "A comparison with two states joined by the wrong operator holds for every state, or for none.",
        Risks.AlwaysFalse,
        Risks.AlwaysTrue);

    public static readonly DiagnosticDescriptor JobResultUsedWithoutFailureCheck = Add(
        RuleIds.JobResultUsedWithoutFailureCheck,
        RuleCategories.Jobs,
        RuleLevel.Warning,
        "Job result used without a failure check",
        "'{0}' is used although the job may have ended as {1}; check the status first",
        "Waiting for a job ends when the job ends, however it ends: a failed or cancelled job raises no exception, and its result is null, empty or partial.",
        Risks.UncheckedCondition);

    public static readonly DiagnosticDescriptor UnboundedJobWait = Add(
        RuleIds.UnboundedJobWait,
        RuleCategories.Jobs,
        RuleLevel.Warning,
        "Unbounded wait for a job",
        "'{0}' may wait for the {1} without end; {2}",
        "A job can hang in a queue for days. A wait needs a deadline, an attempt limit or a token that somebody cancels.",
        Risks.NoTimeout);

    public static readonly DiagnosticDescriptor PollWithoutDelay = Add(
        RuleIds.PollWithoutDelay,
        RuleCategories.Jobs,
        RuleLevel.Warning,
        "Poll without a sensible delay",
        "{0}",
        "A job takes minutes to hours. Asking many times a second runs into rate limits and tells nothing new; Thread.Sleep in asynchronous code blocks a thread for nothing.",
        Risks.ResourcesInLoop);

    public static readonly DiagnosticDescriptor StaleJobObject = Add(
        RuleIds.StaleJobObject,
        RuleCategories.Jobs,
        RuleLevel.Warning,
        "Stale job object",
        "'{0}' still has its old value after '{1}'; call the overload that takes a CancellationToken on the job itself",
        "An update through RequestOptions, or through a variable of the base type, fetches the reply and leaves the typed members of the job as they were.");

    public static readonly DiagnosticDescriptor BatchOutcomeTakenAsSuccess = Add(
        RuleIds.BatchOutcomeTakenAsSuccess,
        RuleCategories.Jobs,
        RuleLevel.Warning,
        "Batch outcome taken as success",
        "{0}",
        "A batch that has ended is not a batch that succeeded: single requests fail, expire or are cancelled, and are listed apart from the output.",
        Risks.UncheckedCondition);

    public static readonly DiagnosticDescriptor UnknownStatusWord = Add(
        RuleIds.UnknownStatusWord,
        RuleCategories.Jobs,
        RuleLevel.Warning,
        "Status word the API never sends",
        "{0}",
        "A comparison with a word that the service never sends is false for ever. Services differ in spelling: cancelled and canceled, succeeded and completed.",
        Risks.AlwaysFalse);

    public static readonly DiagnosticDescriptor NoValidationFile = Add(
        RuleIds.NoValidationFile,
        RuleCategories.Governance,
        RuleLevel.Suggestion,
        RuleLevel.Warning,
        "No validation file",
        "'{0}' starts training without a validation file; set '{1}' so that overfitting shows",
        "Training loss falls while a model learns its examples by heart. Only examples that it has not seen show it; a fifth of the data is the usual share.");

    public static readonly DiagnosticDescriptor NoFineTuningDecision = Add(
        RuleIds.NoFineTuningDecision,
        RuleCategories.Governance,
        RuleLevel.Suggestion,
        RuleLevel.Warning,
        "No recorded decision to fine-tune",
        "'{0}' starts a training job and nothing records why training was chosen; add [FineTuningDecision] to {1}",
        "Prompting comes first, then retrieval, then training. The attribute records what was tried, what data and budget there are, and when the decision is looked at again.");

    public static readonly DiagnosticDescriptor WrongTrainingFile = Add(
        RuleIds.WrongTrainingFile,
        RuleCategories.Governance,
        RuleLevel.Warning,
        "Wrong file for the job",
        "{0}",
        "The files of a job are told apart by ID and purpose alone, and the service finds out late, or never.");

    public static readonly DiagnosticDescriptor HyperparameterOutOfRange = Add(
        RuleIds.HyperparameterOutOfRange,
        RuleCategories.Governance,
        RuleLevel.Warning,
        "Hyperparameter out of range",
        "{0}",
        "A value outside the provider's range is rejected when the job starts, or after it has been queued. More epochs than usual cost more and overfit.");

    public static readonly DiagnosticDescriptor PromptDiffersFromTraining = Add(
        RuleIds.PromptDiffersFromTraining,
        RuleCategories.Governance,
        RuleLevel.Suggestion,
        "Prompt differs from the one trained on",
        "{0}",
        "A fine-tuned model answers best to the prompt that it was trained with, word for word. A prompt that was changed since is another one to it.");

    public static readonly DiagnosticDescriptor UnsupportedFineTuningDecision = Add(
        RuleIds.UnsupportedFineTuningDecision,
        RuleCategories.Governance,
        RuleLevel.Warning,
        "Recorded decision does not support training",
        "{0}",
        "The recorded decision is judged by the steps of the decision guides: prompting tried, retrieval tried, enough labelled examples, budget, expertise, stable knowledge, volume above break-even.");

    public static readonly DiagnosticDescriptor HardCodedApiKey = Add(
        RuleIds.HardCodedApiKey,
        RuleCategories.Secrets,
        RuleLevel.Warning,
        RuleLevel.Error,
        "Hard-coded API key",
        "{0} stands in the code; read it from a secret store or from the environment, and revoke it",
        "A key in code is in every clone, every package and every log of the build, and works for whoever finds it.",
        Risks.SensitiveInformationDisclosure,
        Risks.HardCodedCredentials);

    public static readonly DiagnosticDescriptor SecretInPrompt = Add(
        RuleIds.SecretInPrompt,
        RuleCategories.Secrets,
        RuleLevel.Warning,
        "Secret inside prompt text",
        "The prompt holds {0}; take it out, whatever a model is told it can be made to repeat",
        "The text of a prompt leaves the program, is logged at the service, and can be asked out of the model.",
        Risks.SensitiveInformationDisclosure,
        Risks.HiddenContextExposure,
        Risks.SensitiveDataSent);

    public static readonly DiagnosticDescriptor EndpointWithoutTls = Add(
        RuleIds.EndpointWithoutTls,
        RuleCategories.Secrets,
        RuleLevel.Warning,
        "AI endpoint without TLS",
        "{0}",
        "Prompts, answers and keys cross the network in the clear, or to whoever presents any certificate.",
        Risks.SensitiveInformationDisclosure,
        Risks.CertificateValidation,
        Risks.CleartextTransmission);

    public static readonly DiagnosticDescriptor SensitiveTelemetryAlwaysOn = Add(
        RuleIds.SensitiveTelemetryAlwaysOn,
        RuleCategories.Secrets,
        RuleLevel.Suggestion,
        "Sensitive telemetry always on",
        "'{0}' writes prompts and answers to the telemetry in every environment; set it in development only",
        "Prompts and answers hold personal data and secrets of users. In telemetry they are kept longer, and read by more people, than where they came from.",
        Risks.SensitiveInformationDisclosure,
        Risks.SensitiveDataInLogs);

    public static readonly DiagnosticDescriptor UntrustedTextInInstructions = Add(
        RuleIds.UntrustedTextInInstructions,
        RuleCategories.Injection,
        RuleLevel.Warning,
        "Untrusted text in instructions",
        "'{0}' comes from {1} and reaches the instructions of the model; put it into a user message",
        "A model follows its instructions. Text of others among them speaks with the voice of the developer, and can undo everything else that stands there.",
        Risks.PromptInjection,
        Risks.PromptNeutralization);

    public static readonly DiagnosticDescriptor RetrievedTextInTrustedRole = Add(
        RuleIds.RetrievedTextInTrustedRole,
        RuleCategories.Injection,
        RuleLevel.Suggestion,
        "Retrieved text in a trusted role",
        "'{0}' {1} and stands among the instructions of the model; put it into a user message and say where it ends",
        "Documents that a search returns were written by others. Among the instructions, whoever can write a document can instruct the model.",
        Risks.PromptInjection,
        Risks.PromptNeutralization);

    public static readonly DiagnosticDescriptor RoleFromData = Add(
        RuleIds.RoleFromData,
        RuleCategories.Injection,
        RuleLevel.Warning,
        "Role taken from data",
        "{0}",
        "Whoever sends the role of a message can send 'system', and speaks to the model as the developer does.",
        Risks.PromptInjection,
        Risks.UntrustedInputInDecision,
        Risks.PromptNeutralization);

    public static readonly DiagnosticDescriptor ToolDescriptionFromData = Add(
        RuleIds.ToolDescriptionFromData,
        RuleCategories.Injection,
        RuleLevel.Suggestion,
        "Tool description built from data",
        "The description of a tool is built from '{0}', which comes from {1}; keep descriptions constant",
        "A model reads the descriptions of its tools as instructions. Text of others there chooses which tool is called, and how.",
        Risks.PromptInjection,
        Risks.PromptNeutralization);

    public static readonly DiagnosticDescriptor PromptInputsDisagree = Add(
        RuleIds.PromptInputsDisagree,
        RuleCategories.Prompts,
        RuleLevel.Error,
        "Placeholders and inputs disagree",
        "{0}",
        "A placeholder of a prompt names no member, or a member that must be given is never placed. Nothing is generated for the prompt.");

    public static readonly DiagnosticDescriptor UnusedPromptPart = Add(
        RuleIds.UnusedPromptPart,
        RuleCategories.Prompts,
        RuleLevel.Warning,
        "Unused part of a prompt",
        "{0}",
        "An input that no block places, an empty block, or a block that says what another one says.");

    public static readonly DiagnosticDescriptor OpenInputInTrustedBlock = Add(
        RuleIds.OpenInputInTrustedBlock,
        RuleCategories.Prompts,
        RuleLevel.Error,
        "Open input in a trusted block",
        "{0}",
        "Text that others can write stands in a block that the model takes for instructions or for its own words. Open text belongs in user blocks, where it is fenced; nothing is generated for the prompt.",
        Risks.PromptInjection);

    public static readonly DiagnosticDescriptor HiddenUnicode = Add(
        RuleIds.HiddenUnicode,
        RuleCategories.Prompts,
        RuleLevel.Warning,
        "Hidden Unicode in prompt text",
        "{0}",
        "Characters that nobody sees, and the model reads: tags, direction marks and zero-width characters carry instructions past every reviewer.",
        Risks.PromptInjection);

    public static readonly DiagnosticDescriptor PromptChangedWithoutVersion = Add(
        RuleIds.PromptChangedWithoutVersion,
        RuleCategories.Prompts,
        RuleLevel.Warning,
        "Prompt changed, version did not",
        "{0}",
        "The lock file prompts.lock.json holds the version and the hash of every prompt. A text that changes under the same version makes logs, evaluations and training files say one thing and mean another.");

    public static readonly DiagnosticDescriptor PromptOverBudget = Add(
        RuleIds.PromptOverBudget,
        RuleCategories.Prompts,
        RuleLevel.Suggestion,
        "Prompt over its token budget",
        "{0}",
        "The fixed text, the most that the slots may hold, the examples and the cap on the answer have to fit into the context of the model and into the budget of the prompt.",
        Risks.UnboundedConsumption);

    public static readonly DiagnosticDescriptor InvalidPrompt = Add(
        RuleIds.InvalidPrompt,
        RuleCategories.Prompts,
        RuleLevel.Error,
        "Invalid prompt",
        "{0}",
        "A type marked [Prompt] or a prompt file for which no code can be generated; the message says what stands in the way.");

    public static readonly DiagnosticDescriptor NotJsonLines = Add(
        RuleIds.NotJsonLines,
        RuleCategories.TrainingData,
        RuleLevel.Error,
        "Not JSON Lines",
        "{0}",
        "A file of training data holds one JSON object on each line, in UTF-8.");

    public static readonly DiagnosticDescriptor RecordDoesNotFitTarget = Add(
        RuleIds.RecordDoesNotFitTarget,
        RuleCategories.TrainingData,
        RuleLevel.Error,
        "Record does not fit the target format",
        "{0}",
        "The format of the target asks for other members, roles or an other order. The service rejects the file, or drops the record.");

    public static readonly DiagnosticDescriptor DuplicateExamples = Add(
        RuleIds.DuplicateExamples,
        RuleCategories.TrainingData,
        RuleLevel.Warning,
        "Duplicate examples",
        "{0}",
        "An example that is there twice counts twice: it costs tokens and pulls the model towards it.");

    public static readonly DiagnosticDescriptor ConflictingExamples = Add(
        RuleIds.ConflictingExamples,
        RuleCategories.TrainingData,
        RuleLevel.Warning,
        "Conflicting examples",
        "{0}",
        "Two answers to one question teach the model to guess.");

    public static readonly DiagnosticDescriptor TrainValidationLeakage = Add(
        RuleIds.TrainValidationLeakage,
        RuleCategories.TrainingData,
        RuleLevel.Warning,
        "Training and validation share examples",
        "{0}",
        "An example that the model was trained on says nothing about how it does on new ones.");

    public static readonly DiagnosticDescriptor DatasetSize = Add(
        RuleIds.DatasetSize,
        RuleCategories.TrainingData,
        RuleLevel.Warning,
        "Dataset size",
        "{0}",
        "Providers take files from a number of examples on, up to a size; below the recommended count training rarely changes more than the tone.");

    public static readonly DiagnosticDescriptor ExampleTooLong = Add(
        RuleIds.ExampleTooLong,
        RuleCategories.TrainingData,
        RuleLevel.Warning,
        "Example over the token limit",
        "{0}",
        "An example that is longer than the model takes is cut off, dropped, or stops the job.");

    public static readonly DiagnosticDescriptor SecretInTrainingData = Add(
        RuleIds.SecretInTrainingData,
        RuleCategories.TrainingData,
        RuleLevel.Warning,
        "Secret or personal data in a training line",
        "{0}",
        "What a model is trained on, it can be made to repeat, and no later change of the file takes it out again.",
        Risks.SensitiveInformationDisclosure,
        Risks.SensitiveDataNotRemoved);

    public static readonly DiagnosticDescriptor DamagedText = Add(
        RuleIds.DamagedText,
        RuleCategories.TrainingData,
        RuleLevel.Warning,
        "Damaged, placeholder or empty text",
        "{0}",
        "Text that was decoded with the wrong encoding, half a character, a placeholder or an empty answer is learnt as it stands.");

    public static readonly DiagnosticDescriptor UnbalancedData = Add(
        RuleIds.UnbalancedData,
        RuleCategories.TrainingData,
        RuleLevel.Suggestion,
        "Unbalanced or single-label data",
        "{0}",
        "A model that sees one answer nine times in ten learns to give that answer.");

    public static readonly DiagnosticDescriptor SystemPromptsDiffer = Add(
        RuleIds.SystemPromptsDiffer,
        RuleCategories.TrainingData,
        RuleLevel.Suggestion,
        "System prompts differ within the file",
        "{0}",
        "A fine-tuned model answers best under the system prompt that it was trained with; several in one file blur it.");

    public static readonly DiagnosticDescriptor TrainingFileTooLarge = Add(
        RuleIds.TrainingFileTooLarge,
        RuleCategories.TrainingData,
        RuleLevel.Suggestion,
        "Training file not checked: too large for the compiler",
        "'{0}' has {1} and is not checked in the build, which takes files up to {2} MB; check it with: aiguardrails lint {3} --target {4}",
        "The compiler holds every additional file in memory. Large files are checked by the command-line tool, which reads any size.");

    public static readonly DiagnosticDescriptor InvalidTrainingRecord = Add(
        RuleIds.InvalidTrainingRecord,
        RuleCategories.TrainingData,
        RuleLevel.Error,
        "Invalid training record",
        "{0}",
        "A type marked [TrainingRecord] for which no writer and reader can be generated; the message says what stands in the way.");

    /// <summary>Every rule, in the order of this file.</summary>
    public static ImmutableArray<Rule> All { get; } = s_rules.ToImmutable();

    private static DiagnosticDescriptor Add(
        string id,
        string category,
        RuleLevel level,
        string title,
        string message,
        string description,
        params string[] tags) =>
        Add(id, category, level, strictLevel: null, title, message, description, tags);

    private static DiagnosticDescriptor Add(
        string id,
        string category,
        RuleLevel level,
        RuleLevel? strictLevel,
        string title,
        string message,
        string description,
        params string[] tags)
    {
#pragma warning disable RS0030 // The one place that makes descriptors.
        var descriptor = new DiagnosticDescriptor(
            id,
            new TranslatedText(title),
            new TranslatedText(message),
            category,
            level.ToSeverity(),
            isEnabledByDefault: level != RuleLevel.Off,
            new TranslatedText(description),
            string.Format(System.Globalization.CultureInfo.InvariantCulture, HelpLinkFormat, id),
            tags);
#pragma warning restore RS0030

        s_rules.Add(new Rule(descriptor, level, strictLevel ?? (level == RuleLevel.Off ? RuleLevel.Warning : level)));
        return descriptor;
    }
}

/// <summary>One rule: its descriptor, its level by default, and its level in the Strict preset.</summary>
internal sealed record Rule(DiagnosticDescriptor Descriptor, RuleLevel Level, RuleLevel StrictLevel);
