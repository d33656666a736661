namespace AiGuardrails.Core.Tokens;

/// <summary>A vocabulary that is told by the SHA-256 of its file.</summary>
internal sealed record KnownVocabulary(string Name, TokenEncoding Encoding, string Sha256)
{
    /// <summary>Gets the vocabularies of OpenAI. Source: openai/tiktoken, <c>tiktoken_ext/openai_public.py</c>, 2026-08-16.</summary>
    public static IReadOnlyList<KnownVocabulary> Published { get; } =
    [
        new("cl100k_base", TokenEncoding.Cl100k, "223921b76ee99bde995b7ff738513eef100fb51d18c93597a113bcffe865b2a7"),
        new("o200k_base", TokenEncoding.O200k, "446a9538cb6c348e3516120d7c08b09f57c36495e2acfffe59a5bf8b0cfb1a2d"),
    ];
}
