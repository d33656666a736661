using System.Runtime.CompilerServices;
using AiGuardrails.Core.Tokens;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;

namespace AiGuardrails.Analyzers.Rules.TrainingData;

/// <summary>The vocabularies that data files name as their <c>Tokenizer</c>, each read once for as long as its text is the same.</summary>
/// <param name="known">What counts as a vocabulary.</param>
internal sealed class Tokenizers(IReadOnlyList<KnownVocabulary> known)
{
    // The larger of the published files has not four million characters.
    private const int MostCharacters = 32 * 1024 * 1024;

    private readonly ConditionalWeakTable<SourceText, Outcome> _read = new();

    /// <summary>Gets those that are published.</summary>
    public static Tokenizers Published { get; } = new(KnownVocabulary.Published);

    /// <summary>The vocabulary with which the tokens of a file are counted; null where they are estimated, with the reason where one was named.</summary>
    public TokenVocabulary? Of(DataFile file, AnalyzerOptions inputs, CancellationToken cancellationToken, out string? problem)
    {
        problem = null;

        // A file that is not there has been told by the build.
        if (file.Tokenizer is not { } path
            || inputs.AdditionalFiles.FirstOrDefault(other => DataFile.IsAt(other, path)) is not { } additional
            || additional.GetText(cancellationToken) is not { } text)
        {
            return null;
        }

        if (!_read.TryGetValue(text, out var outcome))
        {
            outcome = _read.GetValue(text, Read);
        }

        problem = outcome.Problem ?? (file.BaseModel is { } model ? outcome.Vocabulary!.ProblemWith(model) : null);
        return problem is null ? outcome.Vocabulary : null;
    }

    private Outcome Read(SourceText text)
    {
        if (text.Length > MostCharacters)
        {
            return new Outcome(null, "it is larger than any known vocabulary");
        }

        // The file is ASCII; what is not shows as a byte that base64 does not have.
        var bytes = new byte[text.Length];
        var block = new char[4096];
        for (var start = 0; start < bytes.Length; start += block.Length)
        {
            var length = Math.Min(block.Length, bytes.Length - start);
            text.CopyTo(start, block, 0, length);
            for (var i = 0; i < length; i++)
            {
                bytes[start + i] = block[i] < 0x80 ? (byte)block[i] : byte.MaxValue;
            }
        }

        return TokenVocabulary.TryRead(bytes, known, out var vocabulary, out var problem) ? new Outcome(vocabulary, null) : new Outcome(null, problem);
    }

    private sealed class Outcome(TokenVocabulary? vocabulary, string? problem)
    {
        public TokenVocabulary? Vocabulary { get; } = vocabulary;

        public string? Problem { get; } = problem;
    }
}
