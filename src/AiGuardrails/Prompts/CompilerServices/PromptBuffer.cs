using System.Buffers;
#if NET
using System.Globalization;
#endif
using System.Text;

namespace AiGuardrails.CompilerServices;

/// <summary>The characters of the message at hand, in an array that prompts share one after the other.</summary>
internal sealed class PromptBuffer
{
    private const int FirstSize = 4_096;

    private char[] _characters = ArrayPool<char>.Shared.Rent(FirstSize);

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

    /// <summary>Writes what was added since a place as UTF-8.</summary>
    /// <returns>The number of bytes.</returns>
    public int GetUtf8(int start, byte[] bytes, int index) => Encoding.UTF8.GetBytes(_characters, start, Length - start, bytes, index);

    /// <summary>The number of bytes that this is, or more.</summary>
    public int MostBytes(int start) =>
#if NET
        Encoding.UTF8.GetByteCount(Since(start));
#else
        3 * (Length - start);
#endif

    /// <summary>Makes room for characters that are written later.</summary>
    public int Reserve(int count)
    {
        var start = Length;
        Room(count).Slice(0, count).Clear();
        Length += count;
        return start;
    }

    public void Fill(int start, ReadOnlySpan<char> text) => text.CopyTo(_characters.AsSpan(start));

    /// <summary>Gives the array back; nothing can be added afterwards.</summary>
    public void Free()
    {
        var characters = _characters;
        (_characters, Length) = ([], 0);
        if (characters.Length > 0)
        {
            ArrayPool<char>.Shared.Return(characters);
        }
    }

    private Span<char> Room(int count)
    {
        if (_characters.Length - Length < count)
        {
            var larger = ArrayPool<char>.Shared.Rent(Math.Max(Length + count, _characters.Length * 2));
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
