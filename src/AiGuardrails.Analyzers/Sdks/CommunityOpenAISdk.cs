namespace AiGuardrails.Analyzers.Sdks;

/// <summary>The community package of the name OpenAI, version 1.11: the same package ID as OpenAI .NET, and other namespaces.</summary>
internal static class CommunityOpenAISdk
{
    /// <summary>Gets the table.</summary>
    public static SdkTable Table { get; } = new("OpenAI (community)")
    {
        Anchors = ["OpenAI_API.OpenAIAPI"],

        CredentialSinks =
        [
            new("OpenAI_API.OpenAIAPI", Member.Constructor, "apiKeys"), // A text is turned into one.
            new("OpenAI_API.OpenAIAPI", "ForAzure", "apiKey"),
            new("OpenAI_API.APIAuthentication", Member.Constructor, "apiKey"),
            new("OpenAI_API.APIAuthentication", "ApiKey"),
        ],

        FileUploads = [new("OpenAI_API.Files.IFilesEndpoint", "UploadFileAsync", "filePath", "purpose")],
    };
}
