using System.Buffers;
#if NET
using System.Globalization;
using System.Text;
#endif

namespace AiGuardrails.CompilerServices;

/// <summary>The characters of the message at hand, in an array that prompts use one after the other.</summary>
internal sealed class PromptBuffer
{
    private const int FirstSize = 4_096;
    private const int MostKept = 32_768;

    private char[] _characters = [];

    /// <summary>Gets or sets how many characters there are; setting takes back what was added last.</summary>
    public int Length { get; set; }

    public ReadOnlySpan<char> Since(int start) => _characters.AsSpan(start, Length - start);

    public string ToString(int start) => new(_characters, start, Length - start);

    public void Append(string text)
    {
        text.AsSpan().CopyTo(Room(text.Length));
        Length += text.Length;
    }

    public void Append(char c)
    {
        Room(1)[0] = c;
        Length++;
    }

    /// <summary>Adds a closed value, as <see cref="ClosedText"/> has it.</summary>
    public void AppendClosed<T>(T value)
        where T : struct
    {
#if NET
        if (typeof(T) != typeof(bool))
        {
            // Straight into the array: neither the value nor its text becomes an object.
            var format = ClosedText.FormatOf<T>();
            for (var size = 64; ; size *= 2)
            {
                var room = Room(size);
                var handler = new MemoryExtensions.TryWriteInterpolatedStringHandler(0, 1, room, CultureInfo.InvariantCulture, out _);
                handler.AppendFormatted(value, format);
                if (room.TryWrite(CultureInfo.InvariantCulture, ref handler, out var written))
                {
                    Length += written;
                    return;
                }
            }
        }
#endif
        Append(ClosedText.Of(value));
    }

    /// <summary>Whether what was added since a place has this many bytes at most. Where no text of its length has more, none is counted.</summary>
    public bool HasBytesAtMost(int count, int start) => 3L * (Length - start) <= count || MostBytes(start) <= count;

    /// <summary>The number of bytes that this is, or more.</summary>
    public int MostBytes(int start) =>
#if NET
        Encoding.UTF8.GetByteCount(Since(start));
#else
        3 * (Length - start);
#endif

    /// <summary>Adds characters that the caller writes, all of them.</summary>
    public Span<char> Add(int count)
    {
        var room = Room(count).Slice(0, count);
        Length += count;
        return room;
    }

    /// <summary>What was added from a place on, to be written over.</summary>
    public Span<char> At(int start) => _characters.AsSpan(start, Length - start);

    /// <summary>Takes all back; the array of a message that was unusually long goes to others.</summary>
    public void Clear()
    {
        Length = 0;
        if (_characters.Length > MostKept)
        {
            ArrayPool<char>.Shared.Return(_characters);
            _characters = [];
        }
    }

    private Span<char> Room(int count)
    {
        if (_characters.Length - Length < count)
        {
            var larger = ArrayPool<char>.Shared.Rent(Math.Max(Math.Max(Length + count, _characters.Length * 2), FirstSize));
            _characters.AsSpan(0, Length).CopyTo(larger);
            if (_characters.Length > 0)
            {
                ArrayPool<char>.Shared.Return(_characters);
            }

            _characters = larger;
        }

        return _characters.AsSpan(Length);
    }
}
