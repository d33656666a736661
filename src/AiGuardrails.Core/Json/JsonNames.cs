namespace AiGuardrails.Core.Json;

/// <summary>
/// The property names seen so far in each object that is open, so that a second equal name is noticed. One instance
/// serves any number of texts and, once grown, allocates nothing.
/// </summary>
internal sealed class JsonNames
{
    private Entry[] _entries = new Entry[16];
    private int[] _buckets = new int[16]; // Index of the newest entry + 1; entries leave in the reverse of the order they came.
    private int _count;
    private int[] _objectStarts = new int[JsonUtf8Reader.MaxDepth];
    private int _depth;
    private byte[] _left = [];
    private byte[] _right = [];

    /// <summary>Forgets everything.</summary>
    public void Clear()
    {
        _depth = 0;
        if (_count == 0)
        {
            return;
        }

        _count = 0;
        Array.Clear(_buckets, 0, _buckets.Length);
    }

    /// <summary>An object begins.</summary>
    public void Enter()
    {
        if (_depth == _objectStarts.Length)
        {
            Array.Resize(ref _objectStarts, _depth * 2);
        }

        _objectStarts[_depth++] = _count;
    }

    /// <summary>The innermost object ends.</summary>
    public void Leave()
    {
        var first = _objectStarts[--_depth];
        while (_count > first)
        {
            ref var entry = ref _entries[--_count];
            _buckets[entry.Hash & (_buckets.Length - 1)] = entry.Older;
        }
    }

    /// <summary>Adds a name to the innermost object.</summary>
    /// <param name="utf8">The text that the reader reads.</param>
    /// <param name="reader">The reader, on a property name.</param>
    /// <returns>False if the object has that name already; escapes make no difference.</returns>
    public bool Add(ReadOnlySpan<byte> utf8, ref JsonUtf8Reader reader)
    {
        var name = Plain(reader.Value, reader.HasEscapes, ref _left);
        var hash = Hash(name, _depth);
        for (var i = _buckets[hash & (_buckets.Length - 1)]; i != 0; i = _entries[i - 1].Older)
        {
            var other = _entries[i - 1];
            if (other.Hash == hash
                && i > _objectStarts[_depth - 1]
                && name.SequenceEqual(Plain(utf8.Slice(other.Start, other.Length), other.HasEscapes, ref _right)))
            {
                return false;
            }
        }

        if (_count == _entries.Length)
        {
            Grow();
        }

        ref var bucket = ref _buckets[hash & (_buckets.Length - 1)];
        _entries[_count] = new Entry(reader.TokenStart + 1, reader.TokenEnd - reader.TokenStart - 2, reader.HasEscapes, hash, bucket);
        bucket = ++_count;
        return true;
    }

    private static ReadOnlySpan<byte> Plain(ReadOnlySpan<byte> name, bool hasEscapes, ref byte[] buffer)
    {
        if (!hasEscapes)
        {
            return name;
        }

        if (buffer.Length < name.Length)
        {
            buffer = new byte[name.Length];
        }

        return buffer.AsSpan(0, JsonString.Unescape(name, buffer));
    }

    private static int Hash(ReadOnlySpan<byte> name, int depth)
    {
        var hash = unchecked((uint)depth * 0x9E3779B1u) ^ 2166136261u;
        foreach (var b in name)
        {
            hash = unchecked((hash ^ b) * 16777619u);
        }

        return unchecked((int)hash);
    }

    private void Grow()
    {
        Array.Resize(ref _entries, _entries.Length * 2);
        _buckets = new int[_entries.Length];
        for (var i = 0; i < _count; i++)
        {
            ref var bucket = ref _buckets[_entries[i].Hash & (_buckets.Length - 1)];
            _entries[i] = _entries[i] with { Older = bucket };
            bucket = i + 1;
        }
    }

    private readonly record struct Entry(int Start, int Length, bool HasEscapes, int Hash, int Older);
}
