using System.Buffers;
using System.Text;
using AiGuardrails.Core.Json;
using AiGuardrails.Tool.Files;

namespace AiGuardrails.Tool.Mending;

/// <summary>Mends a file of data that comes in pieces: its encoding, its lines, and each line.</summary>
internal sealed class DataMender
{
    private const int BytesOfMark = 4;

    private readonly bool _allowsLists;
    private readonly LineMender _line;
    private readonly LineCutter _cutter;
    private readonly ArrayBufferWriter<byte> _begin = new();
    private readonly ArrayBufferWriter<byte> _first = new();
    private ValueCutter? _values;
    private Decoder? _decoder;
    private bool _isEncodingKnown;
    private bool _isMarkGone;
    private bool _isFirstHeld;
    private bool _isFormKnown;

    /// <summary>Prepares the mending.</summary>
    /// <param name="allowsLists">Whether a line may be a list, as some targets have it.</param>
    /// <param name="write">Takes each line that remains, without line end.</param>
    public DataMender(bool allowsLists, LineCutter.Line write)
    {
        _allowsLists = allowsLists;
        _line = new LineMender(Counts, write);
        _cutter = new LineCutter(AddLine);
    }

    public MendCounts Counts { get; } = new();

    public void Write(ReadOnlySpan<byte> bytes)
    {
        if (_isEncodingKnown)
        {
            Decode(bytes, flush: false);
            return;
        }

        _begin.Write(bytes);
        if (_begin.WrittenCount >= BytesOfMark)
        {
            Begin();
        }
    }

    public void Complete()
    {
        if (!_isEncodingKnown)
        {
            Begin();
        }

        Decode(default, flush: true);
        _cutter.Complete();
        MustFit();
        if (_isFirstHeld)
        {
            DecideOfOnlyLine();
        }

        _values?.Complete();
    }

    private void Begin()
    {
        _isEncodingKnown = true;
        var begin = _begin.WrittenSpan;
        if (begin.StartsWith(Utf8.ByteOrderMark))
        {
            Counts.ByteOrderMark++;
            begin = begin[Utf8.ByteOrderMark.Length..];
        }
        else if (EncodingOf(begin) is { } encoding)
        {
            Counts.Encoding++;
            _decoder = encoding.GetDecoder();
        }

        Decode(begin, flush: false);
    }

    // By its mark; or by the zeros that every character of JSON's own has in UTF-16.
    private static Encoding? EncodingOf(ReadOnlySpan<byte> begin) => begin switch
    {
        [0xFF, 0xFE, 0, 0, ..] => new UTF32Encoding(bigEndian: false, byteOrderMark: true, throwOnInvalidCharacters: true),
        [0, 0, 0xFE, 0xFF, ..] => new UTF32Encoding(bigEndian: true, byteOrderMark: true, throwOnInvalidCharacters: true),
        [0xFF, 0xFE, ..] or [not 0, 0, not 0, 0, ..] => new UnicodeEncoding(bigEndian: false, byteOrderMark: true, throwOnInvalidBytes: true),
        [0xFE, 0xFF, ..] or [0, not 0, 0, not 0, ..] => new UnicodeEncoding(bigEndian: true, byteOrderMark: true, throwOnInvalidBytes: true),
        _ => null,
    };

    private void Decode(ReadOnlySpan<byte> bytes, bool flush)
    {
        if (_decoder is null)
        {
            Take(bytes);
            return;
        }

        try
        {
            var chars = new char[_decoder.GetCharCount(bytes, flush)];
            var text = chars.AsSpan(0, _decoder.GetChars(bytes, chars, flush));
            if (!_isMarkGone && text.Length > 0)
            {
                _isMarkGone = true;
                text = text[0] == '\uFEFF' ? text[1..] : text;
            }

            Take(Encoding.UTF8.GetBytes(text.ToArray()));
        }
        catch (DecoderFallbackException)
        {
            throw new ToolException("The file begins as UTF-16 or UTF-32 and goes on as something else; save it as UTF-8 by hand.");
        }
    }

    private void Take(ReadOnlySpan<byte> utf8)
    {
        if (_values is not null)
        {
            _values.Write(utf8);
            return;
        }

        // Line by line until the form of the file is known, since the rest may go another way.
        while (!utf8.IsEmpty && _values is null)
        {
            var end = _isFormKnown ? utf8.Length - 1 : utf8.IndexOf((byte)'\n');
            var piece = end < 0 ? utf8 : utf8[..(end + 1)];
            _cutter.Write(piece);
            utf8 = utf8[piece.Length..];
        }

        MustFit();
        _values?.Write(utf8);
    }

    private void MustFit()
    {
        if (_cutter.TooLong > 0)
        {
            throw new ToolException("A line of the file is longer than 64 MiB, so this is not one example a line; give the file that the examples are in.");
        }
    }

    private void AddLine(ReadOnlySpan<byte> line)
    {
        if (_isFormKnown)
        {
            _line.Mend(line);
        }
        else if (_isFirstHeld)
        {
            // A second line: the first was one example, whatever it is.
            if (line.Trim(" \t\r"u8).IsEmpty)
            {
                Counts.BlankLines++;
                return;
            }

            _isFirstHeld = false;
            _isFormKnown = true;
            _line.Mend(_first.WrittenSpan);
            _line.Mend(line);
        }
        else if (line.Trim(" \t\r"u8).IsEmpty)
        {
            Counts.BlankLines++;
        }
        else
        {
            Decide(line);
        }
    }

    private void Decide(ReadOnlySpan<byte> line)
    {
        var trimmed = line.TrimEnd(" \t\r"u8);
        var reader = new JsonUtf8Reader(trimmed);
        while (reader.Read())
        {
        }

        // As the linter tells a file that is one list, or objects over several lines.
        var isOpen = reader.Error.Kind == JsonErrorKind.UnexpectedEnd;
        var isList = trimmed.TrimStart(" \t"u8) is [(byte)'[', ..];
        if (isOpen && ((isList && !_allowsLists) || trimmed.Trim(" \t{["u8).IsEmpty))
        {
            _isFormKnown = true;
            _values = new ValueCutter(PutOnLine);
            _values.Write(line);
            _values.Write("\n"u8);
        }
        else if (isList && !_allowsLists && reader.Error.Kind == JsonErrorKind.None)
        {
            _isFirstHeld = true;
            _first.Write(line);
        }
        else
        {
            _isFormKnown = true;
            _line.Mend(line);
        }
    }

    // One line alone that is a list of objects is a file that was written as one value.
    private void DecideOfOnlyLine()
    {
        _isFirstHeld = false;
        if (IsListOfObjects(_first.WrittenSpan))
        {
            _values = new ValueCutter(PutOnLine);
            _values.Write(_first.WrittenSpan);
        }
        else
        {
            _line.Mend(_first.WrittenSpan);
        }
    }

    private static bool IsListOfObjects(ReadOnlySpan<byte> line)
    {
        var reader = new JsonUtf8Reader(line.TrimEnd("\r"u8));
        var objects = 0;
        _ = reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.ObjectStart)
        {
            objects++;
            _ = reader.Skip();
        }

        return objects > 0 && reader.TokenType == JsonTokenType.ArrayEnd;
    }

    private void PutOnLine(ReadOnlySpan<byte> value)
    {
        Counts.ValuesPutOnLines++;
        _line.Mend(value);
    }
}
