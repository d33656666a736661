using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace AiGuardrails.Analyzers.Rules.Cost;

/// <summary>The training files that the build hands to the compiler, and how many tokens they have.</summary>
internal static class TrainingFiles
{
    // A file beyond this is for the tool: the compiler would wait for it at every keystroke.
    private const int DefaultMaxBytes = 8 * 1024 * 1024;

    // By compilation, with which the counts go: two jobs that train on one file count it once.
    private static readonly ConditionalWeakTable<Compilation, ConcurrentDictionary<(AdditionalText File, string Model), TrainingTokens?>> s_counts = new();

    /// <summary>The file of that name, or null where there is none, or more than one that the path does not tell apart.</summary>
    public static AdditionalText? Find(ImmutableArray<AdditionalText> files, string path)
    {
        var wanted = Normalize(path);
        var named = files.Where(file => EndsWithPath(Normalize(file.Path), NameOf(wanted))).ToArray();
        if (named.Length < 2)
        {
            return named.FirstOrDefault();
        }

        var matching = named.Where(file => EndsWithPath(Normalize(file.Path), wanted)).ToArray();
        return matching.Length == 1 ? matching[0] : null;
    }

    /// <summary>The tokens of the file for a model; null where it is too large or holds no example.</summary>
    public static TrainingTokens? Count(Compilation compilation, AdditionalText file, string model, int? maxTokensPerExample, CancellationToken cancellationToken, int maxBytes = DefaultMaxBytes, TokenVocabulary? vocabulary = null)
    {
        var counts = s_counts.GetOrCreateValue(compilation);
        if (!counts.TryGetValue((file, model), out var tokens))
        {
            tokens = Count(file, new TrainingTokens(model, maxTokensPerExample, vocabulary?.IsFor(model) == true ? vocabulary : null), maxBytes, cancellationToken);
            counts[(file, model)] = tokens;
        }

        return tokens;
    }

    private static TrainingTokens? Count(AdditionalText file, TrainingTokens tokens, int maxBytes, CancellationToken cancellationToken)
    {
        // A character is a byte at the least.
        if (file.GetText(cancellationToken) is not { Length: > 0 } text || text.Length > maxBytes)
        {
            return null;
        }

        var bytes = 0;
        var characters = new char[1024];
        var utf8 = new byte[4096];
        var start = 0;
        while (start < text.Length)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var length = CopyLine(text, start, ref characters);
            var needed = Encoding.UTF8.GetMaxByteCount(length);
            if (utf8.Length < needed)
            {
                utf8 = new byte[needed];
            }

            var count = Encoding.UTF8.GetBytes(characters, 0, length, utf8, 0);
            bytes += count + 1;
            if (bytes > maxBytes)
            {
                return null;
            }

            tokens.AddLine(utf8.AsSpan(0, count));
            start += length + 1;
        }

        return tokens.Examples == 0 ? null : tokens;
    }

    /// <summary>Copies up to the next line feed. JSON Lines knows no other line end, and a <see cref="SourceText"/> several.</summary>
    private static int CopyLine(SourceText text, int start, ref char[] line)
    {
        var length = 0;
        while (start + length < text.Length)
        {
            if (length == line.Length)
            {
                Array.Resize(ref line, length * 2);
            }

            var block = Math.Min(line.Length - length, text.Length - start - length);
            text.CopyTo(start + length, line, length, block);
            var end = Array.IndexOf(line, '\n', length, block);
            if (end >= 0)
            {
                return end;
            }

            length += block;
        }

        return length;
    }

    private static string Normalize(string path)
    {
        var slashes = path.Replace('\\', '/');
        return slashes.StartsWith("./", StringComparison.Ordinal) ? slashes.Substring(2) : slashes;
    }

    /// <summary>The name of a file, without its folders.</summary>
    public static string NameOf(string path) => path.Substring(path.LastIndexOfAny(['/', '\\']) + 1);

    private static bool EndsWithPath(string path, string end) =>
        end.Length > 0
        && path.EndsWith(end, StringComparison.OrdinalIgnoreCase)
        && (path.Length == end.Length || path[path.Length - end.Length - 1] == '/' || end[0] == '/');
}
