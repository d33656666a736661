using System.Runtime.InteropServices;

namespace AiGuardrails.Core.Training.Linting;

/// <summary>What makes two records the same: a hash of all that the model is given, and one of what it learns from it.</summary>
internal readonly record struct RecordKey(ulong Input, ulong Target);

/// <summary>How a record relates to those before it, and to which line.</summary>
internal enum RecordMatch
{
    New,
    SameRecord,
    SameInput,
}

/// <summary>
/// The records seen so far, by their hashes: 16 bytes of hash and 4 of line number each. The table grows in small parts,
/// so that it never holds more than 32 bytes a record, nor two copies of itself.
/// </summary>
internal sealed class RecordIndex
{
    private const int SegmentBits = 6;
    private const int SmallestSegment = 8;

    private readonly Segment[] _segments = new Segment[1 << SegmentBits];

    public int Count { get; private set; }

    /// <summary>Gets the bytes of the table.</summary>
    public long Bytes
    {
        get
        {
            var bytes = 0L;
            foreach (var segment in _segments)
            {
                bytes += (segment.Entries?.Length ?? 0) * (long)Marshal.SizeOf<Entry>();
            }

            return bytes;
        }
    }

    /// <summary>Adds a record, unless it is there already.</summary>
    /// <param name="key">The record.</param>
    /// <param name="line">Its line, from 1.</param>
    /// <param name="earlier">The line that it matches; the first of its kind.</param>
    public RecordMatch Add(RecordKey key, int line, out int earlier)
    {
        // The first record of an input stands where the input's hash says; the others where their whole hash says. Else a
        // file of one question and a million answers would be one chain.
        var match = RecordMatch.New;
        var place = PlaceOf(key.Input);
        ref var head = ref Find(place, key.Input, target: null, out _);
        earlier = 0;
        if (head.Line != 0)
        {
            earlier = head.Line;
            if (head.Target == key.Target)
            {
                return RecordMatch.SameRecord;
            }

            match = RecordMatch.SameInput;
            place = PlaceOf(key.Input ^ (key.Target * 0x9E3779B97F4A7C15UL));
            ref var same = ref Find(place, key.Input, key.Target, out _);
            if (same.Line != 0)
            {
                earlier = same.Line;
                return RecordMatch.SameRecord;
            }
        }

        Insert(place, new Entry { Input = key.Input, Target = key.Target, Line = line });
        Count++;
        return match;
    }

    /// <summary>Finds the first line with the input of a record; 0 where there is none.</summary>
    public int LineOf(ulong input) => Find(PlaceOf(input), input, target: null, out _).Line;

    private void Insert(ulong place, Entry entry)
    {
        ref var segment = ref _segments[place >> (64 - SegmentBits)];
        segment.Entries ??= new Entry[SmallestSegment];

        // Four fifths full at most, a quarter more at a time: between 25 and 31.25 bytes a record.
        if ((segment.Count + 1) * 5L > segment.Entries.Length * 4L)
        {
            var old = segment.Entries;
            segment.Entries = new Entry[Math.Max(old.Length + 2, (int)(old.Length * 5L / 4))];

            // Heads first, so that each is again the first of its input in its chain.
            foreach (var each in old)
            {
                if (each.Line != 0 && each.IsOther == 0)
                {
                    Put(ref segment, PlaceOf(each.Input), each);
                }
            }

            foreach (var each in old)
            {
                if (each.Line != 0 && each.IsOther != 0)
                {
                    Put(ref segment, PlaceOf(each.Input ^ (each.Target * 0x9E3779B97F4A7C15UL)), each);
                }
            }
        }

        Put(ref segment, place, entry);
        segment.Count++;
    }
}
