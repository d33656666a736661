namespace AiGuardrails.Testing;

/// <summary>What test sources compile against. A package brings the packages that it refers to.</summary>
[Flags]
public enum ReferenceSets
{
    None = 0,

    /// <summary>The reference pack of the target framework.</summary>
    Platform = 1,

    OpenAI = 2,

    Anthropic = 4,

    /// <summary>Microsoft.Extensions.AI.Abstractions.</summary>
    ExtensionsAI = 8,

    /// <summary>The run-time library of this repository, as built for net8.0.</summary>
    AiGuardrails = 16,

    /// <summary>Azure.AI.OpenAI 1.0.0-beta.6, whose client has the name of the one of OpenAI .NET; not part of the default.</summary>
    AzureOpenAI = 32,

    Default = Platform | OpenAI | Anthropic | ExtensionsAI | AiGuardrails,
}
