using AiGuardrails.Analyzers.Sdks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace AiGuardrails.Analyzers.Tests.Sdks;

/// <summary>The tables against the real packages: a name that no version has would be a rule that never speaks.</summary>
public sealed class SdkTableTests
{
    // Names of versions before the one that the tests reference, and of packages that depend on it. Each was read in the sources
    // of that version.
    private static readonly HashSet<string> s_elsewhere = new(StringComparer.Ordinal)
    {
        "Azure.AI.OpenAI.AzureOpenAIClient", // 2.x
        "Azure.AI.Agents.Persistent.PersistentAgentsClient",
        "Azure.AI.Projects.AIProjectClient",
        "Betalgo.Ranul.OpenAI.Managers.OpenAIService",
        "OpenAI.OpenAIClient.GetOpenAIResponseClient",
        "OpenAI.Responses.OpenAIResponseClient..ctor",
        "OpenAI.Responses.ResponsesClient..ctor",
        "OpenAI.Responses.ResponsesClient.CreateResponseStreaming",
        "OpenAI.Responses.OpenAIResponse",
        "OpenAI.FineTuning.FineTuningClient.CreateFineTuningJob",
        "OpenAI.FineTuning.FineTuningClient.CreateFineTuningJobAsync",
        "Microsoft.Extensions.AI.OpenAIClientExtensions.AsIChatClient",
        "Azure.AI.OpenAI.ChatCompletionsOptions..ctor",
        "Azure.AI.OpenAI.ChatRequestSystemMessage",
        "Azure.AI.OpenAI.ChatResponseMessage.Content",
        "Azure.AI.OpenAI.ChatRequestUserMessage",
        "Azure.AI.OpenAI.ChatCompletionsOptions.DeploymentName",
        "Azure.AI.OpenAI.CompletionsOptions.DeploymentName",
        "OpenAI.Responses.OpenAIResponseClient",
        "OpenAI.Responses.ResponseCreationOptions",
        "OpenAI.Assistants.AssistantClient.CreateRunStreaming",
        "OpenAI.Assistants.AssistantClient.CreateThreadAndRunStreaming",
        "Microsoft.Extensions.AI.ChatClientStructuredOutputExtensions",
        "Microsoft.Extensions.AI.FunctionInvokingChatClient",
        "Microsoft.Agents.AI.AIAgent",
        "Microsoft.Agents.AI.ChatClientAgent",
        "Microsoft.Agents.AI.ChatClientAgentOptions",
        "Azure.AI.OpenAI.AzureFileExtensions", // 2.x
        "OpenAI_API.OpenAIAPI", // Community package; the same package ID as OpenAI .NET, so that only one of them can be referenced.
        "OpenAI_API.APIAuthentication",
        "OpenAI_API.Files.IFilesEndpoint",
    };

    private static readonly Compilation s_compilation = CSharpCompilation.Create("Sdks", references: AiGuardrails.Testing.TestReferences.Of(AiGuardrails.Testing.ReferenceSets.Default | AiGuardrails.Testing.ReferenceSets.AzureOpenAI));

    // Semantic Kernel cannot be restored where these tests run; its names were read in its sources, version 1.80.
    private static readonly SdkTable[] s_tables = [.. AiContext.Tables.Where(static table => table != SemanticKernelSdk.Table)];

    [Fact]
    public void Every_entry_names_a_member_of_the_package()
    {
        var dead = new List<string>();
        foreach (var entry in s_tables.SelectMany(static table => table.ModelParameters.Concat(table.DeploymentParameters).Concat(table.JsonBodyParameters).Concat(table.TrainingFileParameters)))
        {
            Check(entry.Type, entry.Member, member => member is IMethodSymbol method && method.Parameters.Any(parameter => parameter.Name == entry.Parameter), dead);
        }

        foreach (var entry in s_tables.SelectMany(static table => table.ModelProperties))
        {
            Check(entry.Type, entry.Name, static member => member is IPropertySymbol, dead);
        }

        foreach (var entry in s_tables.SelectMany(static table => table.TrainingStarts.Concat(table.GenerationCalls).Concat(table.CappingBridges)))
        {
            Check(entry.Type, entry.Name, static member => member is IMethodSymbol, dead);
        }

        foreach (var options in s_tables.SelectMany(static table => table.CallOptions))
        {
            foreach (var name in options.Caps.AddRange(new[] { options.Patch, options.Extensions, options.RawFactory }.OfType<string>()))
            {
                Check(options.Type, name, static member => member is IPropertySymbol or IFieldSymbol, dead);
            }
        }

        foreach (var response in s_tables.SelectMany(static table => table.Responses))
        {
            foreach (var name in response.Texts.AddRange(response.Parts).AddRange(response.Lists).AddRange(response.Reasons).AddRange(response.Statuses).AddRange(response.Alternatives))
            {
                Check(response.Type, name, static member => member is IPropertySymbol or IMethodSymbol, dead);
            }
        }

        foreach (var part in s_tables.SelectMany(static table => table.Parts))
        {
            foreach (var name in part.Texts.AddRange(part.Arguments))
            {
                Check(part.Type, name, static member => member is IPropertySymbol, dead);
            }
        }

        foreach (var (type, names) in s_tables.SelectMany(static table => table.FinishReasons.Select(static reason => (reason.Type, reason.Truncated.AddRange(reason.Filtered)))
            .Concat(table.Roles.Select(static role => (role.Type, role.Trusted.AddRange(role.Others))))))
        {
            foreach (var name in names)
            {
                Check(type, name, static member => member is IFieldSymbol or IPropertySymbol, dead);
            }
        }

        foreach (var sink in s_tables.SelectMany(static table => table.InstructionSinks.Concat(table.ToolDescriptionSinks).Concat(table.PromptSinks).Concat(table.CredentialSinks).Concat(table.EndpointSinks)))
        {
            Check(
                sink.Type,
                sink.Member,
                member => sink.Parameter is null
                    ? member is IPropertySymbol
                    : member is IMethodSymbol method && method.Parameters.Any(parameter => parameter.Name == sink.Parameter) && (sink.Role is null || method.Parameters.Any(parameter => parameter.Name == sink.Role)),
                dead);
        }

        foreach (var limit in s_tables.SelectMany(static table => table.ToolIterationLimits))
        {
            Check(limit.Type, limit.Member, member => limit.Parameter is null ? member is IPropertySymbol : member is IMethodSymbol method && method.Parameters.Any(parameter => parameter.Name == limit.Parameter), dead);
        }

        foreach (var upload in s_tables.SelectMany(static table => table.FileUploads))
        {
            Check(upload.Type, upload.Method, member => member is IMethodSymbol method && method.Parameters.Any(parameter => parameter.Name == upload.FileParameter) && method.Parameters.Any(parameter => parameter.Name == upload.PurposeParameter), dead);
        }

        foreach (var purpose in s_tables.SelectMany(static table => table.UploadPurposes))
        {
            Check(purpose.Type, purpose.Member, static member => member is IPropertySymbol { IsStatic: true }, dead);
        }

        foreach (var options in s_tables.SelectMany(static table => table.TrainingOptions))
        {
            Check(options.Type, options.ValidationFile, static member => member is IPropertySymbol, dead);
            Check(options.Type, options.Suffix, static member => member is IPropertySymbol, dead);
        }

        foreach (var hyperparameter in s_tables.SelectMany(static table => table.HyperparameterTypes))
        {
            Check(hyperparameter.Type, Member.Constructor, static member => member is IMethodSymbol { Parameters.Length: 1 }, dead);
            Check(hyperparameter.Type, WellKnownMemberNames.ImplicitConversionName, static member => member is IMethodSymbol { Parameters.Length: 1 }, dead);
        }

        Assert.True(dead.Count == 0, string.Join("\n", dead));
    }

    [Fact]
    public void Every_anchor_is_a_type_of_the_package() =>
        Assert.All(s_tables.SelectMany(static table => table.Anchors.AddRange(table.ResultWrappers).AddRange(table.DeploymentClients)), static anchor => Assert.True(Type(anchor) is not null || s_elsewhere.Contains(anchor), anchor));

    [Fact]
    public void Every_job_has_its_type_status_states_and_members()
    {
        var dead = new List<string>();
        foreach (var job in s_tables.SelectMany(static table => table.Jobs))
        {
            var types = job.JobTypes.Where(static type => !s_elsewhere.Contains(type)).Select(static type => (Name: type, Symbol: Type(type))).ToArray();
            dead.AddRange(types.Where(static type => type.Symbol is null).Select(static type => type.Name));
            CheckMembers(job, types, dead);
            if (job.StatusType is not { } name)
            {
                // The operation alone knows when it has ended.
                continue;
            }

            var status = Type(name);
            if (status is null)
            {
                dead.Add(name);
                continue;
            }

            dead.AddRange(new[] { job.ToolType, job.ActionToolType }.OfType<string>().Where(static type => Type(type) is null));
            dead.AddRange(job.States.Where(state => status.GetMembers(state.Member).IsEmpty).Select(state => job.StatusType + "." + state.Member));
            foreach (var member in job.Predicates.Where(static predicate => !predicate.IsOnJob).Select(static predicate => predicate.Member))
            {
                dead.AddRange(status.GetMembers(member).IsEmpty ? [job.StatusType + "." + member] : []);
            }
        }

        Assert.True(dead.Count == 0, string.Join("\n", dead));
    }

    [Fact]
    public void Every_state_of_the_status_type_is_in_the_table()
    {
        foreach (var job in s_tables.SelectMany(static table => table.Jobs).Where(static job => job.StatusType is not null))
        {
            var status = Type(job.StatusType!)!;
            var members = status.TypeKind == TypeKind.Enum
                ? status.GetMembers().OfType<IFieldSymbol>().Where(static field => field.HasConstantValue).Select(static field => field.Name)
                : status.GetMembers().OfType<IPropertySymbol>().Where(static property => property.IsStatic).Select(static property => property.Name);

            Assert.Equal(
                job.States.Select(static state => state.Member).Order(StringComparer.Ordinal),
                members.Where(static member => member != "Unknown").Order(StringComparer.Ordinal));
        }
    }

    [Fact]
    public void Every_job_can_succeed_fail_and_be_under_way()
    {
        foreach (var job in s_tables.SelectMany(static table => table.Jobs).Concat(RawHttp.Jobs))
        {
            Assert.Single(job.States, static state => state.Kind == JobStateKind.Working);
            Assert.Single(job.States, static state => state.Kind == JobStateKind.Succeeded);

            // A message batch has no state of failure: its requests have outcomes of their own.
            Assert.True(job.Name == "message batch" || job.States.Any(static state => state.Kind == JobStateKind.Failed), job.Name);
            Assert.Equal(job.States.Length, job.States.Select(static state => state.Wire).Distinct(StringComparer.Ordinal).Count());
        }
    }

    private static void CheckMembers(JobTable job, (string Name, INamedTypeSymbol? Symbol)[] types, List<string> dead)
    {
        foreach (var member in job.Predicates.Where(static predicate => predicate.IsOnJob).Select(static predicate => predicate.Member).Concat(job.RefreshMethods).Concat(job.WaitMethods).Concat(job.Results))
        {
            dead.AddRange(types.Where(type => type.Symbol is not null && Members(type.Symbol, member).Length == 0).Select(type => type.Name + "." + member));
        }
    }

    private static void Check(string type, string name, Func<ISymbol, bool> matches, List<string> dead)
    {
        if (!s_elsewhere.Contains(type) && !s_elsewhere.Contains(type + "." + name) && (Type(type) is not { } symbol || !Members(symbol, name).Any(matches)))
        {
            dead.Add(type + "." + name);
        }
    }

    private static ISymbol[] Members(INamedTypeSymbol type, string name)
    {
        var members = new List<ISymbol>();
        for (INamedTypeSymbol? current = type; current is not null; current = current.BaseType)
        {
            members.AddRange(current.GetMembers(name));
        }

        return [.. members];
    }

    private static INamedTypeSymbol? Type(string metadataName) => s_compilation.GetTypesByMetadataName(metadataName) is [var type, ..] ? type : null;
}
