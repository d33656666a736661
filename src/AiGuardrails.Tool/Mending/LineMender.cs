using System.Buffers;
using AiGuardrails.Core.Json;
using AiGuardrails.Core.Text;
using AiGuardrails.Tool.Files;

namespace AiGuardrails.Tool.Mending;

/// <summary>Mends a line where what was meant is beyond doubt, and leaves it as it is where it is not.</summary>
/// <param name="counts">Where changes are counted.</param>
/// <param name="write">Takes each line that remains, without line end.</param>
internal sealed class LineMender(MendCounts counts, LineCutter.Line write)
{
    private readonly ArrayBufferWriter<byte> _mended = new();
    private readonly ArrayBufferWriter<byte> _cleaned = new();
    private byte[] _plain = [];

    public void Mend(ReadOnlySpan<byte> line)
    {
        if (line is [.. var before, (byte)'\r'])
        {
            counts.LineEnds++;
            line = before;
        }

        if (line.Trim(" \t\r"u8).IsEmpty)
        {
            counts.BlankLines++;
        }
        else if (IsJson(line))
        {
            write(WithoutHidden(line));
        }
        else if (AreLinesOfCarriageReturns(line))
        {
            foreach (var range in line.Split((byte)'\r'))
            {
                counts.LineEnds++;
                Mend(line[range]);
            }
        }
        else if (TryWithoutCommas(line, out var commas))
        {
            counts.TrailingCommas += commas;
            write(WithoutHidden(_mended.WrittenSpan));
        }
        else
        {
            write(line);
        }
    }

    private static bool IsJson(ReadOnlySpan<byte> utf8)
    {
        var reader = new JsonUtf8Reader(utf8);
        while (reader.Read())
        {
        }

        return reader.Error.Kind == JsonErrorKind.None;
    }

    // Between values a carriage return is white space, and in a text it is no JSON: what lies between them must be values.
    private static bool AreLinesOfCarriageReturns(ReadOnlySpan<byte> line)
    {
        if (line.IndexOf((byte)'\r') < 0)
        {
            return false;
        }

        foreach (var range in line.Split((byte)'\r'))
        {
            if (!line[range].Trim(" \t"u8).IsEmpty && !IsJson(line[range]))
            {
                return false;
            }
        }

        return true;
    }

    // A comma with nothing but white space before the bracket, or the end, that follows it.
    private bool TryWithoutCommas(ReadOnlySpan<byte> line, out int commas)
    {
        commas = 0;
        _mended.ResetWrittenCount();
        var isText = false;
        for (var i = 0; i < line.Length; i++)
        {
            var b = line[i];
            if (isText && b == (byte)'\\' && i + 1 < line.Length)
            {
                _mended.Write(line.Slice(i, 2));
                i++;
                continue;
            }

            isText ^= b == (byte)'"';
            if (b == (byte)',' && !isText && line[(i + 1)..].TrimStart(" \t"u8) is [] or [(byte)'}' or (byte)']', ..])
            {
                commas++;
                continue;
            }

            _mended.Write(line.Slice(i, 1));
        }

        return commas > 0 && IsJson(_mended.WrittenSpan);
    }

    private ReadOnlySpan<byte> WithoutHidden(ReadOnlySpan<byte> line)
    {
        // Nearly every line has none: they are not ASCII, as bytes or as escapes.
        if (line.IndexOf("\\u"u8) < 0 && line.IndexOfAnyInRange((byte)0x80, (byte)0xFF) < 0)
        {
            return line;
        }

        _cleaned.ResetWrittenCount();
        var copied = 0;
        var reader = new JsonUtf8Reader(line);
        while (reader.Read())
        {
            // Half a character is a finding of its own, and has no text that could be looked at.
            if (reader.TokenType != JsonTokenType.String || reader.HasLoneSurrogate || (reader.IsAscii && !reader.HasEscapes))
            {
                continue;
            }

            var raw = reader.Value;
            var start = reader.TokenStart + 1;
            var plain = reader.HasEscapes ? Unescape(raw) : raw;
            var hasRightToLeft = (bool?)null;
            var (rawAt, plainAt) = (0, 0);
            for (var from = 0; HiddenUnicode.TryFind(plain, from, ref hasRightToLeft, out var run); from = run.Start + run.Length)
            {
                // From where the last run ended: a hostile line has a million of them.
                var first = rawAt + Offset(raw[rawAt..], run.Start - plainAt, reader.HasEscapes);
                var end = first + Offset(raw[first..], run.Length, reader.HasEscapes);
                (rawAt, plainAt) = (end, run.Start + run.Length);
                _cleaned.Write(line[copied..(start + first)]);
                copied = start + end;
                counts.HiddenCharacters++;
            }
        }

        if (copied == 0)
        {
            return line;
        }

        _cleaned.Write(line[copied..]);
        return _cleaned.WrittenSpan;
    }

    private static int Offset(ReadOnlySpan<byte> raw, int plainOffset, bool hasEscapes) => hasEscapes ? JsonString.SourceOffset(raw, plainOffset) : plainOffset;

    private ReadOnlySpan<byte> Unescape(ReadOnlySpan<byte> raw)
    {
        if (_plain.Length < raw.Length)
        {
            _plain = new byte[Math.Max(1024, raw.Length)];
        }

        return _plain.AsSpan(0, JsonString.Unescape(raw, _plain));
    }
}
