using System.Runtime.InteropServices;

namespace AiGuardrails.Core.Training.Linting;

/// <summary>What makes two records the same: a hash of all that the model is given, and one of what it learns from it.</summary>
internal readonly record struct RecordKey(ulong Input, ulong Target);

/// <summary>How a record relates to those before it.</summary>
internal enum RecordMatch
{
    New,
    SameRecord,
    SameInput,
}

/// <summary>
/// The records seen so far, by their hashes: 16 bytes of hash and 4 of line number each. The table consists of parts that
/// grow by a quarter at a time, so that it stays within 32 bytes a record, a few thousand aside, and never is there twice.
/// </summary>
internal sealed class RecordIndex
{
    private const int SegmentBits = 6;
    private const int SmallestSegment = 8;
    private const int LargeSegment = 128;

    private readonly Entry[][] _segments = new Entry[1 << SegmentBits][];
    private readonly int[] _counts = new int[1 << SegmentBits];

    /// <summary>Gets the number of different records.</summary>
    public int Count { get; private set; }

    /// <summary>Gets the number of records, equal ones included.</summary>
    public int Total { get; private set; }

    /// <summary>Gets the bytes that the table takes.</summary>
    public long Bytes => _segments.Sum(static segment => (segment?.Length ?? 0) * (long)Marshal.SizeOf<Entry>());

    /// <summary>Adds a record, unless it is there already.</summary>
    /// <param name="key">The record.</param>
    /// <param name="line">Its line, from 1.</param>
    /// <param name="earlier">The line that it matches: the first with that record, or else the first with that input.</param>
    public RecordMatch Add(RecordKey key, int line, out int earlier)
    {
        earlier = 0;
        Total++;
        var place = PlaceOf(key.Input);
        var index = SegmentOf(place);
        var segment = _segments[index] ??= new Entry[SmallestSegment];
        var slot = SlotOf(place, segment.Length);
        while (segment[slot].Line != 0 && (segment[slot].Input != key.Input || segment[slot].Line < 0))
        {
            slot = slot + 1 == segment.Length ? 0 : slot + 1;
        }

        ref var head = ref segment[slot];
        if (head.Line == 0)
        {
            // What most records are: new. The search has ended where it belongs, unless the table grows.
            Count++;
            var entry = new Entry { Input = key.Input, Target = key.Target, Line = line };
            if (HasRoom(index))
            {
                head = entry;
                _counts[index]++;
            }
            else
            {
                Insert(entry);
            }

            return RecordMatch.New;
        }

        earlier = head.Line;
        if (head.Target == key.Target)
        {
            return RecordMatch.SameRecord;
        }

        // Further answers to the same input have places of their own: a million of them would else be one chain.
        if (TryFind(PlaceOf(key.Input ^ Scatter(key.Target)), key.Input, key.Target, out var same))
        {
            earlier = Math.Abs(same.Line);
            return RecordMatch.SameRecord;
        }

        Insert(new Entry { Input = key.Input, Target = key.Target, Line = -line });
        Count++;
        return RecordMatch.SameInput;
    }

    /// <summary>Finds the line of a record; 0 where there is none.</summary>
    public int LineOf(RecordKey key) =>
        TryFind(PlaceOf(key.Input), key.Input, target: null, out var head) && head.Target == key.Target ? head.Line
        : TryFind(PlaceOf(key.Input ^ Scatter(key.Target)), key.Input, key.Target, out var other) ? Math.Abs(other.Line)
        : 0;

    /// <summary>Finds the first line with an input; 0 where there is none.</summary>
    public int LineOfInput(ulong input) => TryFind(PlaceOf(input), input, target: null, out var head) ? head.Line : 0;

    // Without a target: the first record of the input, which stands before all others of that input on this way.
    private bool TryFind(ulong place, ulong input, ulong? target, out Entry entry)
    {
        if (_segments[SegmentOf(place)] is { } segment)
        {
            for (var i = SlotOf(place, segment.Length); segment[i].Line != 0; i = i + 1 == segment.Length ? 0 : i + 1)
            {
                if (segment[i].Input == input && (target is null ? segment[i].Line > 0 : segment[i].Target == target))
                {
                    entry = segment[i];
                    return true;
                }
            }
        }

        entry = default;
        return false;
    }

    private bool HasRoom(int index) => (_counts[index] + 1) * 5L <= _segments[index].Length * 4L;

    private void Insert(Entry entry)
    {
        var index = SegmentOf(entry.Place);
        var segment = _segments[index] ??= new Entry[SmallestSegment];
        if (!HasRoom(index))
        {
            // Small tables double: what they take is not worth the time of moving it so often.
            var larger = new Entry[segment.Length + (segment.Length < LargeSegment ? segment.Length : segment.Length / 4)];
            for (var i = 0; i < segment.Length; i++)
            {
                if (segment[i].Line != 0)
                {
                    Put(larger, segment[i]);
                }
            }

            _segments[index] = segment = larger;
        }

        Put(segment, entry);
        _counts[index]++;
    }

    private static void Put(Entry[] segment, Entry entry)
    {
        var i = SlotOf(entry.Place, segment.Length);
        while (segment[i].Line != 0)
        {
            i = i + 1 == segment.Length ? 0 : i + 1;
        }

        segment[i] = entry;
    }

    // The hash of an input may be a plain sum; all bits of a place have to depend on all bits of it.
    private static ulong PlaceOf(ulong hash) => Scatter(hash ^ (hash >> 32));

    private static ulong Scatter(ulong hash) => hash * 0x9E3779B97F4A7C15UL;

    private static int SegmentOf(ulong place) => (int)(place >> (64 - SegmentBits));

    private static int SlotOf(ulong place, int length) => (int)(((place >> 16) & 0xFFFFFFFF) * (ulong)length >> 32);

    [StructLayout(LayoutKind.Sequential, Pack = 4)]
    private struct Entry
    {
        public ulong Input;
        public ulong Target;
        public int Line; // negative for further records of an input; 0 where there is none

        public readonly ulong Place => PlaceOf(Line < 0 ? Input ^ Scatter(Target) : Input);
    }
}
