using System.Collections.Immutable;
using AiGuardrails.Core.Training;

namespace AiGuardrails.Analyzers.Sdks;

/// <summary>
/// What one AI SDK calls the concepts that the rules ask for. A table of names, resolved to symbols once per compilation
/// by <see cref="AiContext"/>; a name that the referenced version of the SDK lacks is simply not there.
/// </summary>
internal sealed record SdkTable(string Name)
{
    /// <summary>Types that only this SDK declares; it is in use where one of them is referenced.</summary>
    public required ImmutableArray<string> Anchors { get; init; }

    /// <summary>Generic types that an answer of the service is wrapped in.</summary>
    public ImmutableArray<string> ResultWrappers { get; init; } = [];

    /// <summary>Generic types that hold a status beside its text; the last type argument is the status.</summary>
    public ImmutableArray<string> StatusWrappers { get; init; } = [];

    /// <summary>The namespaces of the SDK, whose status types are jobs by the names of their members.</summary>
    public ImmutableArray<string> Namespaces { get; init; } = [];

    /// <summary>Parameters that name the model to call.</summary>
    public ImmutableArray<MemberParameter> ModelParameters { get; init; } = [];

    /// <summary>Properties that name the model to call.</summary>
    public ImmutableArray<Member> ModelProperties { get; init; } = [];

    /// <summary>Parameters that name a deployment: a name that the team chose, from which nothing follows about the model.</summary>
    public ImmutableArray<MemberParameter> DeploymentParameters { get; init; } = [];

    /// <summary>Types whose members take deployments wherever the SDK that they derive from takes models.</summary>
    public ImmutableArray<string> DeploymentClients { get; init; } = [];

    /// <summary>Methods that make a model produce output.</summary>
    public ImmutableArray<Member> GenerationCalls { get; init; } = [];

    /// <summary>Types of the options of generation calls.</summary>
    public ImmutableArray<CallOptions> CallOptions { get; init; } = [];

    /// <summary>Parameters of generation calls that cap the output tokens themselves.</summary>
    public ImmutableArray<MemberParameter> OutputCapParameters { get; init; } = [];

    /// <summary>Types of the builders of clients, whose steps may give a client options of its own.</summary>
    public ImmutableArray<string> ClientBuilders { get; init; } = [];

    /// <summary>Methods that leave the cap of the options as it is: steps of a builder, and extensions of the options that set something else.</summary>
    public ImmutableArray<Member> NeutralSteps { get; init; } = [];

    /// <summary>Steps of a builder that take a delegate which works on the options of every call.</summary>
    public ImmutableArray<Member> ConfiguringSteps { get; init; } = [];

    /// <summary>Methods that make a client with a cap on output tokens of its own.</summary>
    public ImmutableArray<Member> CappingBridges { get; init; } = [];

    /// <summary>Names of clients of models that run on the machine itself, where an answer costs nothing; by their last part, since several packages have them.</summary>
    public ImmutableArray<string> LocalClients { get; init; } = [];

    /// <summary>Parameters and properties that say how often the model may call tools.</summary>
    public ImmutableArray<ToolIterationLimit> ToolIterationLimits { get; init; } = [];

    /// <summary>Methods that start a training job.</summary>
    public ImmutableArray<Member> TrainingStarts { get; init; } = [];

    /// <summary>Parameters that take a request body as JSON, where the typed surface is bypassed.</summary>
    public ImmutableArray<MemberParameter> JsonBodyParameters { get; init; } = [];

    /// <summary>The answers of models.</summary>
    public ImmutableArray<ResponseTable> Responses { get; init; } = [];

    /// <summary>The parts of answers.</summary>
    public ImmutableArray<PartTable> Parts { get; init; } = [];

    /// <summary>The types that say why a model stopped.</summary>
    public ImmutableArray<FinishReasonTable> FinishReasons { get; init; } = [];

    /// <summary>Places whose text the model takes as instructions of the developer.</summary>
    public ImmutableArray<TextSink> InstructionSinks { get; init; } = [];

    /// <summary>Places whose text describes a tool to the model.</summary>
    public ImmutableArray<TextSink> ToolDescriptionSinks { get; init; } = [];

    /// <summary>Places whose text the model reads in any other role: messages of the user, of the assistant and of tools, and prompts without a role.</summary>
    public ImmutableArray<TextSink> PromptSinks { get; init; } = [];

    /// <summary>Properties that put the text of prompts and answers into the telemetry.</summary>
    public ImmutableArray<Member> SensitiveTelemetry { get; init; } = [];

    /// <summary>Names of switches, and of environment variables, that do the same for the whole process.</summary>
    public ImmutableArray<string> SensitiveSwitches { get; init; } = [];

    /// <summary>The types of roles.</summary>
    public ImmutableArray<RoleTable> Roles { get; init; } = [];

    /// <summary>Places that take an API key.</summary>
    public ImmutableArray<TextSink> CredentialSinks { get; init; } = [];

    /// <summary>Places that take the address of the service.</summary>
    public ImmutableArray<TextSink> EndpointSinks { get; init; } = [];

    /// <summary>Types of results of a retrieval: text that others wrote.</summary>
    public ImmutableArray<string> RetrievalResults { get; init; } = [];

    /// <summary>Members that hold what a model asks a tool to work on.</summary>
    public ImmutableArray<Member> ToolArguments { get; init; } = [];

    /// <summary>Types of pieces of a message, made of text by a constructor or a static method.</summary>
    public ImmutableArray<string> TextParts { get; init; } = [];

    /// <summary>Types of messages of the user, made of text, with the method that makes one where it is no constructor.</summary>
    public ImmutableArray<UserMessage> UserMessages { get; init; } = [];

    /// <summary>Long-running jobs, with their states.</summary>
    public ImmutableArray<JobTable> Jobs { get; init; } = [];

    /// <summary>Methods that upload a file, and say what it is for.</summary>
    public ImmutableArray<FileUpload> FileUploads { get; init; } = [];

    /// <summary>The purposes that an upload can have, by the member that stands for the word.</summary>
    public ImmutableArray<UploadPurpose> UploadPurposes { get; init; } = [];

    /// <summary>Parameters of training starts that take the ID of the uploaded training file.</summary>
    public ImmutableArray<MemberParameter> TrainingFileParameters { get; init; } = [];

    /// <summary>Methods that set a member of a request by its path in the JSON.</summary>
    public ImmutableArray<Member> JsonPatchSetters { get; init; } = [];

    /// <summary>Enums whose members are models, and how the name of a member is spelt on the wire.</summary>
    public ImmutableArray<string> ModelEnums { get; init; } = [];

    /// <summary>Types of the options of training starts.</summary>
    public ImmutableArray<TrainingOptions> TrainingOptions { get; init; } = [];

    /// <summary>Types that hold one hyperparameter, made from a number.</summary>
    public ImmutableArray<HyperparameterType> HyperparameterTypes { get; init; } = [];

    /// <summary>Batches of requests, whose end says nothing about the single requests.</summary>
    public ImmutableArray<BatchOutcome> BatchOutcomes { get; init; } = [];

    /// <summary>Clients that hand out a job as JSON alone: the type, and the kind of job.</summary>
    public ImmutableArray<ProtocolJob> ProtocolJobs { get; init; } = [];
}

/// <summary>A member of a type. <see cref="Constructor"/> stands for every constructor of the type.</summary>
internal readonly record struct Member(string Type, string Name)
{
    public const string Constructor = ".ctor";
}

/// <summary>A parameter, matched by name and never by position: overloads and versions move positions about.</summary>
internal readonly record struct MemberParameter(string Type, string Member, string Parameter);

/// <summary>A type of options that generation calls take.</summary>
/// <param name="Type">The type; types that derive from it are meant too.</param>
/// <param name="Caps">The members that cap the output tokens; empty where the type has none.</param>
internal sealed record CallOptions(string Type, ImmutableArray<string> Caps)
{
    /// <summary>Gets a value indicating whether derived types may bring a cap that this type lacks.</summary>
    public bool IsBase { get; init; }

    /// <summary>The member, or the parameter of the constructor, that holds the options proper, where the type only carries them.</summary>
    public string? Inner { get; init; }

    /// <summary>The member that takes a JSON patch, through which the cap can be set by its name on the wire.</summary>
    public string? Patch { get; init; }

    /// <summary>The member that takes further properties by their names on the wire.</summary>
    public string? Extensions { get; init; }

    /// <summary>The member that holds a factory of the options of the SDK underneath, which may set the cap.</summary>
    public string? RawFactory { get; init; }
}

/// <summary>A limit on tool iterations: a property where <paramref name="Parameter"/> is null, else a parameter of the member.</summary>
/// <param name="Type">The type.</param>
/// <param name="Member">The property or method.</param>
/// <param name="Parameter">The parameter of the method.</param>
/// <param name="NullIsUnlimited">Whether null takes the limit away.</param>
internal readonly record struct ToolIterationLimit(string Type, string Member, string? Parameter, bool NullIsUnlimited);

/// <summary>A method that uploads a file.</summary>
/// <param name="Type">The type.</param>
/// <param name="Method">The method.</param>
/// <param name="FileParameter">The parameter that takes the name or the path of the file.</param>
/// <param name="PurposeParameter">The parameter that says what the file is for.</param>
internal readonly record struct FileUpload(string Type, string Method, string FileParameter, string PurposeParameter);

/// <summary>A member that stands for what an uploaded file is for.</summary>
/// <param name="Type">The type.</param>
/// <param name="Member">The member.</param>
/// <param name="Word">The word that the service knows, in lower case.</param>
internal readonly record struct UploadPurpose(string Type, string Member, string Word)
{
    public const string FineTune = "fine-tune";

    public const string Batch = "batch";
}

/// <summary>A type of options that training starts take.</summary>
/// <param name="Type">The type.</param>
/// <param name="ValidationFile">The property that takes the ID of the validation file.</param>
/// <param name="Suffix">The property that takes the suffix of the model's name.</param>
internal sealed record TrainingOptions(string Type, string ValidationFile, string Suffix);

/// <summary>A type that holds one hyperparameter: by its constructor, a factory or a conversion, each from a number.</summary>
/// <param name="Type">The type.</param>
/// <param name="Hyperparameter">What it holds.</param>
/// <param name="TakenBy">Methods that take one, and with it, by the conversion, a number.</param>
internal sealed record HyperparameterType(string Type, Hyperparameter Hyperparameter, ImmutableArray<string> TakenBy);

/// <summary>Where a batch of requests has its output, and where it says which requests have none.</summary>
/// <param name="Noun">What it is called.</param>
internal sealed record BatchOutcome(Sentence Noun)
{
    /// <summary>Gets the noun in English, as the key of tables.</summary>
    public string Name { get; } = Noun.English;

    /// <summary>The types of the batch; empty where it is only seen as JSON.</summary>
    public ImmutableArray<string> Types { get; init; } = [];

    /// <summary>Members, or JSON members, that lead to the output of the requests that succeeded.</summary>
    public ImmutableArray<string> Outputs { get; init; } = [];

    /// <summary>Members, or JSON members, that say what became of the others.</summary>
    public ImmutableArray<string> Outcomes { get; init; } = [];

    /// <summary>The types of the outcome of one request; empty where the output is a file.</summary>
    public ImmutableArray<string> ItemTypes { get; init; } = [];

    /// <summary>Methods of the outcome of one request that are true for a request that succeeded.</summary>
    public ImmutableArray<string> ItemSuccessTests { get; init; } = [];

    /// <summary>The types of a request that succeeded.</summary>
    public ImmutableArray<string> ItemSuccessTypes { get; init; } = [];
}

/// <summary>A type whose calls yield a job as JSON.</summary>
/// <param name="Type">The type.</param>
/// <param name="Job">The kind of job, by the name that it has where it is polled over HTTP.</param>
internal readonly record struct ProtocolJob(string Type, string Job);
