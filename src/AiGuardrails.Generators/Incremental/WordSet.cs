using System.Buffers;
using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;

namespace AiGuardrails.Generators.Incremental;

/// <summary>
/// The words that stand in a text, those in comments and strings too: everything that can be an identifier in it. A number stands for
/// each, so that it may once in four thousand million times take one word for another, and never misses one.
/// </summary>
internal sealed class WordSet
{
    private const uint Seed = 2166136261;

    private static readonly bool[] s_isPartOfWord = [.. Enumerable.Range(0, 128).Select(static c => SyntaxFacts.IsIdentifierPartCharacter((char)c))];

    // Zero is a free place; a number goes to the first free one behind its own.
    private uint[] _places = new uint[128];
    private int _count;

    /// <summary>Finds the words of a text.</summary>
    /// <param name="tree">The file that the text is of, or a part of.</param>
    /// <param name="text">The text.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    public static WordSet Of(SyntaxTree tree, SourceText text, CancellationToken cancellationToken)
    {
        var words = new WordSet();
        if (!words.AddWords(text))
        {
            // An identifier may be written with escapes, or with characters that do not count: only the compiler knows what it is then.
            foreach (var token in tree.GetRoot(cancellationToken).DescendantTokens())
            {
                if (token.IsKind(SyntaxKind.IdentifierToken))
                {
                    words.Add(Hash(token.ValueText));
                }
            }
        }

        return words;
    }

    /// <summary>Gets what stands for a word.</summary>
    public static uint Hash(string word)
    {
        var hash = Seed;
        foreach (var c in word)
        {
            hash = Next(hash, c);
        }

        return Ended(hash);
    }

    /// <summary>Whether the text may have one of these words; where it says no, it has none.</summary>
    public bool MayContainAny(List<uint> hashes)
    {
        foreach (var hash in hashes)
        {
            if (_places[PlaceOf(hash, _places)] == hash)
            {
                return true;
            }
        }

        return false;
    }

    // Zero would be a free place.
    private static uint Ended(uint hash) => hash == 0 ? 1 : hash;

    private static uint Next(uint hash, char c) => unchecked((hash ^ c) * 16777619);

    private static int PlaceOf(uint hash, uint[] places)
    {
        var place = (int)(hash ^ (hash >> 15)) & (places.Length - 1);
        while (places[place] != 0 && places[place] != hash)
        {
            place = (place + 1) & (places.Length - 1);
        }

        return place;
    }

    private void Add(uint hash)
    {
        var place = PlaceOf(hash, _places);
        if (_places[place] == hash)
        {
            return;
        }

        _places[place] = hash;
        if (++_count * 2 > _places.Length)
        {
            var places = new uint[_places.Length * 2];
            foreach (var known in _places)
            {
                if (known != 0)
                {
                    places[PlaceOf(known, places)] = known;
                }
            }

            _places = places;
        }
    }

    /// <summary>Adds the words, and tells whether each identifier in them is written as it is called.</summary>
    private bool AddWords(SourceText text)
    {
        var buffer = ArrayPool<char>.Shared.Rent(Math.Min(text.Length, 16_384));
        var isPlain = true;
        var (hash, isInWord) = (Seed, false);
        var before = '\0';
        for (var position = 0; position < text.Length;)
        {
            var length = Math.Min(buffer.Length, text.Length - position);
            text.CopyTo(position, buffer, 0, length);
            position += length;
            foreach (var c in buffer.AsSpan(0, length))
            {
                if (c < 128 ? s_isPartOfWord[c] : SyntaxFacts.IsIdentifierPartCharacter(c))
                {
                    isPlain &= !(before == '\\' && c is 'u' or 'U') && (c < 128 || CharUnicodeInfo.GetUnicodeCategory(c) != UnicodeCategory.Format);
                    (hash, isInWord) = (Next(hash, c), true);
                }
                else if (isInWord)
                {
                    Add(Ended(hash));
                    (hash, isInWord) = (Seed, false);
                }

                before = c;
            }
        }

        if (isInWord)
        {
            Add(Ended(hash));
        }

        ArrayPool<char>.Shared.Return(buffer);
        return isPlain;
    }
}
