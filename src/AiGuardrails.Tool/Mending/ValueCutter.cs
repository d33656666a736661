using System.Buffers;
using AiGuardrails.Tool.Files;

namespace AiGuardrails.Tool.Mending;

/// <summary>
/// Takes one JSON list, or JSON objects over several lines, and hands on each value as one line: without the white space between
/// its parts, and otherwise byte by byte. Memory is that of one value.
/// </summary>
/// <param name="write">Takes each value.</param>
internal sealed class ValueCutter(LineCutter.Line write)
{
    private const int LongestValue = 64 * 1024 * 1024;

    private readonly ArrayBufferWriter<byte> _value = new();
    private int _depth;
    private bool _isList;
    private bool _hasEnded;
    private bool _isText;
    private bool _isEscaped;
    private bool _hasBegun;
    private bool _hasBlank;

    public void Write(ReadOnlySpan<byte> bytes)
    {
        foreach (var b in bytes)
        {
            Write(b);
        }
    }

    /// <summary>The file ends; what is not complete is handed on as it is, so that nothing is lost.</summary>
    /// <exception cref="ToolException">A bracket is never closed, so that all behind it would become one line.</exception>
    public void Complete()
    {
        if (_depth > (_isList ? 1 : 0) || _isText)
        {
            throw new ToolException("A bracket or a text of the file is never closed, so its values cannot be told apart; correct that by hand first.");
        }

        EndValue();
    }

    private void Write(byte b)
    {
        if (_isText)
        {
            WriteOfText(b);
            return;
        }

        if (b is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n')
        {
            _hasBlank = true;
            return;
        }

        // Two words or numbers that only a blank holds apart are an error, and must not become one number.
        if (_hasBlank && IsOfWord(b) && _value.WrittenCount > 0 && IsOfWord(_value.WrittenSpan[^1]))
        {
            Keep((byte)' ');
        }

        _hasBlank = false;

        if (_hasEnded)
        {
            throw new ToolException("Behind the closing bracket of the list there is more; split the file there, and fix each part.");
        }

        var ground = _isList ? 1 : 0;
        switch (b)
        {
            case (byte)'[' when !_hasBegun:
                _isList = true;
                _depth = 1;
                break;
            case (byte)'{' or (byte)'[':
                _depth++;
                Keep(b);
                break;
            case (byte)']' when _isList && _depth == 1:
                EndValue();
                _hasEnded = true;
                break;
            case (byte)'}' or (byte)']':
                _depth--;
                Keep(b);
                if (_depth <= ground)
                {
                    _depth = ground;
                    EndValue();
                }

                break;
            case (byte)',' when _depth == ground:
                EndValue();
                break;
            default:
                _isText = b == (byte)'"';
                Keep(b);
                break;
        }

        _hasBegun = true;
    }

    private static bool IsOfWord(byte b) => b is not ((byte)'{' or (byte)'}' or (byte)'[' or (byte)']' or (byte)',' or (byte)':' or (byte)'"');

    private void WriteOfText(byte b)
    {
        if (b is (byte)'\n' or (byte)'\r')
        {
            throw new ToolException("A text of the file goes over the end of a line, which JSON does not allow, so its values cannot be told apart; correct that by hand first.");
        }

        Keep(b);
        if (_isEscaped)
        {
            _isEscaped = false;
        }
        else if (b == (byte)'\\')
        {
            _isEscaped = true;
        }
        else if (b == (byte)'"')
        {
            _isText = false;
        }
    }

    private void Keep(byte b)
    {
        if (_value.WrittenCount == LongestValue)
        {
            throw new ToolException($"A value of the file is longer than {LongestValue / 1024 / 1024} MiB, so this is no list of examples; give the file that they are in.");
        }

        _value.GetSpan(1)[0] = b;
        _value.Advance(1);
    }

    private void EndValue()
    {
        if (_value.WrittenCount > 0)
        {
            write(_value.WrittenSpan);
            _value.ResetWrittenCount();
        }
    }
}
