namespace AiGuardrails.Core.Json;

/// <summary>A place in a text as an editor shows it: both numbers count from 1, the column in UTF-16 code units.</summary>
internal readonly record struct TextPosition(int Line, int Column)
{
    /// <summary>Finds the place of a byte. Lines end with a line feed; bytes that are not UTF-8 count as one column each.</summary>
    public static TextPosition Of(ReadOnlySpan<byte> utf8, int offset)
    {
        var before = utf8.Slice(0, Math.Min(offset, utf8.Length));
        var line = 1;
        var lineStart = 0;
        for (var i = 0; i < before.Length; i++)
        {
            if (before[i] == (byte)'\n')
            {
                line++;
                lineStart = i + 1;
            }
        }

        var column = 1;
        foreach (var b in before.Slice(lineStart))
        {
            column += b switch
            {
                >= 0x80 and < 0xC0 => 0, // A continuation byte belongs to the character before it.
                >= 0xF0 => 2,            // Outside the basic plane: two UTF-16 code units.
                _ => 1,
            };
        }

        return new TextPosition(line, column);
    }
}
