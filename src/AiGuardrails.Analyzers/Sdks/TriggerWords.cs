using System.Collections.Immutable;

namespace AiGuardrails.Analyzers.Sdks;

/// <summary>
/// The words, in identifiers and in strings, without which no rule can have anything to say about a body. Looking for them in
/// the text is what keeps the compiler from building operations for every body of a project.
/// </summary>
internal sealed class TriggerWords
{
    // Beginnings of fine-tuned model IDs, the words of jobs that are polled over HTTP, requests whose URL stands elsewhere, and
    // calls that are given helpers by name.
    private static readonly ImmutableArray<string> s_always =
    [
        "ft", "arn", "accounts", "projects", "tunedModels", "Status", "status", "succeeded",
        "PostAsync", "PostAsJsonAsync", "HttpRequestMessage", "WhenAll", "Parallel",
        "AuthenticationHeaderValue", "DefaultRequestHeaders", "BaseAddress", "HttpClientHandler", "SocketsHttpHandler",
    ];

    private readonly HashSet<string> _words = new(s_always, StringComparer.Ordinal);

    public TriggerWords(ImmutableArray<SdkTable> sdks, ImmutableHashSet<string> annotated, ImmutableHashSet<string> helpers)
    {
        _words.UnionWith(annotated);
        _words.UnionWith(helpers);
        _words.UnionWith(RawHttp.BatchOutcome.Outputs);
        foreach (var path in RawHttp.TrainingStartPaths.Concat(RawHttp.Jobs.SelectMany(static job => job.HttpPaths)))
        {
            // The scanner sees words of letters, digits and underscores; the last of the path is the telling one.
            _words.UnionWith(path.Split('/').Select(static segment => segment.Split('-')[0]).Where(static word => word.Length > 2));
        }

        _words.UnionWith(RawHttp.ModelWords);
        _words.UnionWith(RawHttp.AnswerMembers);
        _words.UnionWith(RawHttp.GenerationPaths.Select(static entry => entry.Path.Substring(entry.Path.LastIndexOf('/') + 1)));

        foreach (var sdk in sdks)
        {
            _words.UnionWith(sdk.InstructionSinks.Concat(sdk.PromptSinks).Concat(sdk.ToolDescriptionSinks).Concat(sdk.CredentialSinks).Concat(sdk.EndpointSinks).SelectMany(WordsOf));
            _words.UnionWith(sdk.SensitiveTelemetry.Select(static entry => entry.Name));
            _words.UnionWith(sdk.SensitiveSwitches.Select(SimpleName));
            _words.UnionWith(sdk.ModelEnums.Select(SimpleName));
            _words.UnionWith(sdk.CallOptions.Select(static options => options.Patch).OfType<string>());
            _words.UnionWith(sdk.ModelParameters.Select(static entry => NameOf(entry.Type, entry.Member)));
            _words.UnionWith(sdk.ModelProperties.Select(static entry => entry.Name));
            _words.UnionWith(sdk.ModelProperties.Select(static entry => SimpleName(entry.Type)));
            _words.UnionWith(sdk.DeploymentParameters.Select(static entry => NameOf(entry.Type, entry.Member)));
            _words.UnionWith(sdk.GenerationCalls.Select(static entry => entry.Name));
            _words.UnionWith(sdk.ToolIterationLimits.Select(static entry => entry.Member));
            _words.UnionWith(sdk.TrainingStarts.Select(static entry => entry.Name));
            _words.UnionWith(sdk.JsonBodyParameters.Select(static entry => entry.Member));
            _words.UnionWith(sdk.FileUploads.Select(static entry => entry.Method));
            _words.UnionWith(sdk.TrainingOptions.Select(static entry => SimpleName(entry.Type)));
            _words.UnionWith(sdk.TrainingOptions.Select(static entry => entry.Suffix));
            _words.UnionWith(sdk.HyperparameterTypes.Select(static entry => SimpleName(entry.Type)));
            _words.UnionWith(sdk.HyperparameterTypes.SelectMany(static entry => entry.TakenBy));

            // `System` alone would be a word of every file; the type around it does.
            _words.UnionWith(sdk.InstructionSinks.Select(static sink => sink.Member == "System" ? SimpleName(sink.Type) : NameOf(sink.Type, sink.Member)));
            _words.UnionWith(sdk.Roles.Select(static role => SimpleName(role.Type)));
            _words.UnionWith(sdk.ToolDescriptionSinks.Select(static sink => sink.Member is "Description" or "Create" ? SimpleName(sink.Type) : NameOf(sink.Type, sink.Member)));
            _words.UnionWith(sdk.Jobs.SelectMany(static job => job.Predicates.Select(static predicate => predicate.Member)));
            _words.UnionWith(sdk.Jobs.SelectMany(static job => job.RefreshMethods.Concat(job.WaitMethods)));
            _words.UnionWith(sdk.Jobs.SelectMany(static job => job.JobTypes.Select(SimpleName)));
            _words.UnionWith(sdk.BatchOutcomes.SelectMany(static batch => batch.Outputs.Concat(batch.ItemSuccessTests).Concat(batch.ItemSuccessTypes.Select(SimpleName))));
            _words.UnionWith(sdk.FinishReasons.Select(static reason => SimpleName(reason.Type)));
            _words.UnionWith(sdk.Jobs.Where(static job => job.StatusType is not null).Select(static job => SimpleName(job.StatusType!)));
        }

        // Not when it is first asked for: threads share it, and a number that may be null is not written at once.
        MaxLength = _words.Max(static word => word.Length);
    }

    /// <summary>Whether the word is the name of an attribute that marks a text for a model, or the tool that a text describes.</summary>
    public static bool IsPromptMark(string word) => Annotations.PromptMarks.Contains(word);

    public bool Contains(string word) => _words.Contains(word);

    /// <summary>Gets the lengths that a word can have, so that most words of a file are never made into strings.</summary>
    public int MaxLength { get; }

    // The name of a property that half of all code has is no word of interest; the type of what is set is.
    private static IEnumerable<string> WordsOf(TextSink sink) =>
        sink.Member is "op_Implicit" ? []
        : sink.Member is "Key" or "System" or "Content" or "Text" or "Template" or "Description" or "Create" or "Update" ? [SimpleName(sink.Type)]
        : sink.Parameter is null ? [sink.Member, SimpleName(sink.Type)]
        : [NameOf(sink.Type, sink.Member)];

    private static string NameOf(string type, string member) => member == Member.Constructor ? SimpleName(type) : member;

    private static string SimpleName(string metadataName) => metadataName.Substring(metadataName.LastIndexOf('.') + 1);
}
