using System.Globalization;

namespace AiGuardrails.Tool.Output;

/// <summary>
/// The hash by which GitHub recognises a line after an edit elsewhere (<c>primaryLocationLineHash</c>): of the hundred characters
/// from its beginning that are no blanks, and how many lines with the same hash stand above it.
/// </summary>
/// <remarks>
/// The values are those of github/codeql-action (src/fingerprints.ts), which computes them for logs that have none, and warns of
/// others. A file that is uploaded without that action would otherwise give a new alert for every line that moves.
/// </remarks>
internal static class LineHashes
{
    private const int WindowLength = 100;
    private const ulong Factor = 37;
    private const char EndOfFile = '\uFFFF';

    /// <summary>The hash of each line of a text.</summary>
    public static IReadOnlyList<string> Of(string text)
    {
        var characters = Normalise(text, out var lineStarts);

        // Leaving the window takes a character out again with the factor that it has gathered on its way through.
        var weight = 1UL;
        for (var i = 0; i < WindowLength; i++)
        {
            weight = unchecked(weight * Factor);
        }

        var counts = new Dictionary<ulong, int>();
        var hashes = new List<string>(lineStarts.Count);
        var hash = 0UL;
        for (var i = 0; i < characters.Count + WindowLength && hashes.Count < lineStarts.Count; i++)
        {
            if (i == lineStarts[hashes.Count] + WindowLength)
            {
                counts[hash] = counts.GetValueOrDefault(hash) + 1;
                hashes.Add(string.Create(CultureInfo.InvariantCulture, $"{hash:x}:{counts[hash]}"));
            }

            var entering = i < characters.Count ? characters[i] : 0UL;
            var leaving = i >= WindowLength && i - WindowLength < characters.Count ? characters[i - WindowLength] : 0UL;
            hash = unchecked((hash * Factor) + entering - (weight * leaving));
        }

        return hashes;
    }

    // Without blanks and tabs, every line end a line feed, and a mark at the end.
    private static List<char> Normalise(string text, out List<int> lineStarts)
    {
        var characters = new List<char>(text.Length + 1);
        lineStarts = [0];
        for (var i = 0; i < text.Length; i++)
        {
            var character = text[i];
            if (character is ' ' or '\t' || (character == '\n' && i > 0 && text[i - 1] == '\r'))
            {
                continue;
            }

            characters.Add(character == '\r' ? '\n' : character);
            if (characters[^1] == '\n')
            {
                lineStarts.Add(characters.Count);
            }
        }

        characters.Add(EndOfFile);
        return characters;
    }
}
