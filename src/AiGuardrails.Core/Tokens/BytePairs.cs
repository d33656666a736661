using System.Buffers;

namespace AiGuardrails.Core.Tokens;

/// <summary>
/// Joins the bytes of a piece into tokens: of all neighbours that are a token together, the ones of the lowest rank, the first of
/// them, again and again.
/// </summary>
internal static class BytePairs
{
    // Up to here, looking through all pairs is faster than keeping them in order.
    private const int Short = 96;

    /// <summary>The number of tokens of a piece that is no token as a whole.</summary>
    public static int Count(ReadOnlySpan<byte> piece, TokenRanks ranks) => piece.Length <= Short ? CountShort(piece, ranks) : CountLong(piece, ranks);

    private static int CountShort(ReadOnlySpan<byte> piece, TokenRanks ranks)
    {
        // Of each part its start, and the rank of what it is together with the next one.
        Span<int> starts = stackalloc int[Short + 1];
        Span<int> joined = stackalloc int[Short + 1];
        var count = piece.Length;
        for (var i = 0; i <= count; i++)
        {
            starts[i] = i;
            joined[i] = i + 2 <= count ? ranks.Of(piece.Slice(i, 2)) : TokenRanks.None;
        }

        while (count > 1)
        {
            var lowest = 0;
            for (var i = 1; i + 1 < count; i++)
            {
                lowest = joined[i] < joined[lowest] ? i : lowest;
            }

            if (joined[lowest] == TokenRanks.None)
            {
                break;
            }

            starts.Slice(lowest + 2, count - lowest - 1).CopyTo(starts.Slice(lowest + 1));
            joined.Slice(lowest + 2, count - lowest - 1).CopyTo(joined.Slice(lowest + 1));
            count--;
            joined[lowest] = lowest + 2 <= count ? ranks.Of(piece.Slice(starts[lowest], starts[lowest + 2] - starts[lowest])) : TokenRanks.None;
            if (lowest > 0)
            {
                joined[lowest - 1] = ranks.Of(piece.Slice(starts[lowest - 1], starts[lowest + 1] - starts[lowest - 1]));
            }
        }

        return count;
    }

    // A megabyte of one letter is one piece. Pairs wait in a heap, by rank and place; those that have changed since are passed over.
    private static int CountLong(ReadOnlySpan<byte> piece, TokenRanks ranks)
    {
        var length = piece.Length;
        var next = ArrayPool<int>.Shared.Rent(length + 1);
        var previous = ArrayPool<int>.Shared.Rent(length + 1);
        var joined = ArrayPool<int>.Shared.Rent(length + 1);
        var heap = new PairHeap(length);
        try
        {
            for (var i = 0; i <= length; i++)
            {
                next[i] = Math.Min(i + 1, length);
                previous[i] = i - 1;
            }

            for (var i = 0; i <= length; i++)
            {
                Join(piece, i);
            }

            var count = length;
            while (heap.TryTake(out var rank, out var start))
            {
                if (joined[start] != rank)
                {
                    continue;
                }

                var taken = next[start];
                joined[taken] = TokenRanks.None;
                next[start] = next[taken];
                previous[next[taken]] = start;
                count--;
                Join(piece, start);
                if (previous[start] >= 0)
                {
                    Join(piece, previous[start]);
                }
            }

            return count;
        }
        finally
        {
            heap.Dispose();
            ArrayPool<int>.Shared.Return(next);
            ArrayPool<int>.Shared.Return(previous);
            ArrayPool<int>.Shared.Return(joined);
        }

        void Join(ReadOnlySpan<byte> all, int start)
        {
            var second = start < length ? next[start] : length;
            joined[start] = second < length ? ranks.Of(all.Slice(start, next[second] - start)) : TokenRanks.None;
            if (joined[start] != TokenRanks.None)
            {
                heap.Add(joined[start], start);
            }
        }
    }

    /// <summary>A binary heap of pairs, the lowest rank on top and, of equal ones, the first.</summary>
    private struct PairHeap(int capacity) : IDisposable
    {
        private ulong[] _items = ArrayPool<ulong>.Shared.Rent(Math.Max(capacity, 16));
        private int _count;

        public void Add(int rank, int start)
        {
            if (_count == _items.Length)
            {
                var larger = ArrayPool<ulong>.Shared.Rent(_count * 2);
                _items.AsSpan(0, _count).CopyTo(larger);
                ArrayPool<ulong>.Shared.Return(_items);
                _items = larger;
            }

            var item = ((ulong)(uint)rank << 32) | (uint)start;
            var i = _count++;
            for (int parent; i > 0 && _items[parent = (i - 1) / 2] > item; i = parent)
            {
                _items[i] = _items[parent];
            }

            _items[i] = item;
        }

        public bool TryTake(out int rank, out int start)
        {
            if (_count == 0)
            {
                rank = start = 0;
                return false;
            }

            rank = (int)(_items[0] >> 32);
            start = (int)(uint)_items[0];
            var last = _items[--_count];
            var i = 0;
            for (int child; (child = (2 * i) + 1) < _count; i = child)
            {
                child += child + 1 < _count && _items[child + 1] < _items[child] ? 1 : 0;
                if (_items[child] >= last)
                {
                    break;
                }

                _items[i] = _items[child];
            }

            _items[i] = last;
            return true;
        }

        public readonly void Dispose() => ArrayPool<ulong>.Shared.Return(_items);
    }
}
