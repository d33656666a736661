// Members of packages that are not restored for the corpus, so that code which uses them binds: Azure.AI.OpenAI 2.x and the
// bridges of Microsoft.Extensions.AI.OpenAI.
namespace Azure.AI.OpenAI
{
    public class AzureOpenAIClient : global::OpenAI.OpenAIClient
    {
        public AzureOpenAIClient(global::System.Uri endpoint, global::System.ClientModel.ApiKeyCredential credential, object? options = null) { }
        public AzureOpenAIClient(global::System.Uri endpoint, object credential, object? options = null) { }
        public override global::OpenAI.Chat.ChatClient GetChatClient(string deploymentName) => null!;
        public override global::OpenAI.Embeddings.EmbeddingClient GetEmbeddingClient(string deploymentName) => null!;
        public override global::OpenAI.Images.ImageClient GetImageClient(string deploymentName) => null!;
        public override global::OpenAI.Audio.AudioClient GetAudioClient(string deploymentName) => null!;
    }
}

namespace Microsoft.Extensions.AI
{
    public static class OpenAIClientExtensions
    {
        public static IChatClient AsIChatClient(this global::OpenAI.Chat.ChatClient chatClient) => null!;
        public static IChatClient AsIChatClient(this global::OpenAI.Responses.ResponsesClient responseClient, string? defaultModelId = null) => null!;
    }
}

namespace Azure
{
    public class Response<T>
    {
        public T Value => default!;
        public static implicit operator T(Response<T> response) => response.Value;
    }
}

namespace Azure.AI.Agents.Persistent
{
    public class PersistentAgentsClient
    {
        public PersistentAgentsClient(string endpoint, object credential) { }
        public ThreadRuns Runs => null!;
    }

    public class ThreadRuns
    {
        public global::Azure.Response<ThreadRun> CreateRun(object thread, object agent) => null!;
        public global::System.Threading.Tasks.Task<global::Azure.Response<ThreadRun>> CreateRunAsync(object thread, object agent) => null!;
        public global::Azure.Response<ThreadRun> GetRun(string threadId, string runId) => null!;
        public global::System.Threading.Tasks.Task<global::Azure.Response<ThreadRun>> GetRunAsync(string threadId, string runId) => null!;
    }

    public class ThreadRun
    {
        public string Id => null!;
        public RunStatus Status => default;
        public object? LastError => null;
    }

    public readonly struct RunStatus
    {
        public static RunStatus Queued => default;
        public static RunStatus InProgress => default;
        public static RunStatus RequiresAction => default;
        public static RunStatus Cancelling => default;
        public static RunStatus Cancelled => default;
        public static RunStatus Failed => default;
        public static RunStatus Completed => default;
        public static RunStatus Expired => default;
        public static bool operator ==(RunStatus left, RunStatus right) => true;
        public static bool operator !=(RunStatus left, RunStatus right) => false;
        public override bool Equals(object? obj) => true;
        public override int GetHashCode() => 0;
    }
}
