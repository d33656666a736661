using AiGuardrails.Core.Text;

namespace AiGuardrails.Core.Training.Linting;

/// <summary>
/// Finds records that share most of their word 5-grams, by MinHash: records that are alike at 0.8 or more are found with
/// a probability of 99 %. It takes some 600 bytes a record.
/// </summary>
internal sealed class NearDuplicates
{
    private const int WordsInGram = 5;
    private const int Bands = 16;
    private const int RowsInBand = 6;
    private const int Hashes = Bands * RowsInBand;
    private const int FewestGrams = 5;
    private const double Threshold = 0.8;

    private static readonly (ulong Factor, ulong Term)[] s_functions = CreateFunctions();

    private readonly Dictionary<ulong, int> _bands = []; // hash of a band -> index of the first record with it
    private readonly List<(int Line, byte[] Signature)> _records = [];
    private readonly ulong[] _minima = new ulong[Hashes];
    private readonly ulong[] _words = new ulong[WordsInGram];
    private int _wordCount;
    private int _grams;

    /// <summary>Begins a record.</summary>
    public void Start()
    {
        _minima.AsSpan().Fill(ulong.MaxValue);
        _wordCount = 0;
        _grams = 0;
    }

    /// <summary>Adds a text of the record, normalised; not the instructions, which are the same everywhere and say nothing.</summary>
    public void Add(ReadOnlySpan<byte> normalised)
    {
        while (!normalised.IsEmpty)
        {
            var end = normalised.IndexOf((byte)' ');
            var word = end < 0 ? normalised : normalised.Slice(0, end);
            normalised = end < 0 ? default : normalised.Slice(end + 1);
            if (!word.IsEmpty)
            {
                AddWord(TextHash.Of(word));
            }
        }
    }

    /// <summary>Finds an earlier record like this one, and keeps this one for those to come.</summary>
    public bool TryFind(int line, out int earlier, out double share)
    {
        earlier = 0;
        share = 0;
        if (_grams < FewestGrams)
        {
            return false;
        }

        var signature = new byte[Hashes];
        for (var i = 0; i < Hashes; i++)
        {
            signature[i] = (byte)(_minima[i] >> 24);
        }

        for (var band = 0; band < Bands; band++)
        {
            var hash = (ulong)band + 1;
            for (var row = 0; row < RowsInBand; row++)
            {
                hash = TextHash.Combine(hash, _minima[(band * RowsInBand) + row]);
            }

            if (!_bands.TryGetValue(hash, out var index))
            {
                _bands.Add(hash, _records.Count);
            }
            else if (earlier == 0 && Likeness(signature, _records[index].Signature) is >= Threshold and var likeness)
            {
                earlier = _records[index].Line;
                share = likeness;
            }
        }

        _records.Add((line, signature));
        return earlier > 0;
    }

    private void AddWord(ulong word)
    {
        _words[_wordCount++ % WordsInGram] = word;
        if (_wordCount < WordsInGram)
        {
            return;
        }

        var gram = 0UL;
        for (var i = 0; i < WordsInGram; i++)
        {
            gram = TextHash.Combine(gram, _words[(_wordCount + i) % WordsInGram]);
        }

        _grams++;
        for (var i = 0; i < Hashes; i++)
        {
            var hash = unchecked((gram * s_functions[i].Factor) + s_functions[i].Term);
            hash ^= hash >> 32;
            _minima[i] = Math.Min(_minima[i], hash);
        }
    }

    private static double Likeness(byte[] left, byte[] right)
    {
        var same = 0;
        for (var i = 0; i < Hashes; i++)
        {
            same += left[i] == right[i] ? 1 : 0;
        }

        return (double)same / Hashes;
    }

    private static (ulong Factor, ulong Term)[] CreateFunctions()
    {
        var functions = new (ulong, ulong)[Hashes];
        var state = 0UL;
        for (var i = 0; i < Hashes; i++)
        {
            functions[i] = (Next() | 1, Next());
        }

        return functions;

        // SplitMix64: any fixed series without pattern will do.
        ulong Next()
        {
            var z = state = unchecked(state + 0x9E3779B97F4A7C15UL);
            z = unchecked((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9UL);
            z = unchecked((z ^ (z >> 27)) * 0x94D049BB133111EBUL);
            return z ^ (z >> 31);
        }
    }
}
