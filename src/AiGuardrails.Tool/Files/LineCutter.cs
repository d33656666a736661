using System.Buffers;

namespace AiGuardrails.Tool.Files;

/// <summary>Takes bytes in pieces and hands on what stands between line feeds.</summary>
/// <param name="add">Takes a line, without its line feed.</param>
internal sealed class LineCutter(LineCutter.Line add)
{
    // As the linter: what is longer is no example, and memory stays bounded.
    private const int LongestLine = 64 * 1024 * 1024;

    private readonly ArrayBufferWriter<byte> _rest = new();
    private bool _isTooLong;

    /// <summary>Takes a line.</summary>
    public delegate void Line(ReadOnlySpan<byte> utf8);

    /// <summary>Gets the number of lines that were too long to be handed on, and came as empty ones.</summary>
    public int TooLong { get; private set; }

    public void Write(ReadOnlySpan<byte> bytes)
    {
        for (int end; (end = bytes.IndexOf((byte)'\n')) >= 0; bytes = bytes[(end + 1)..])
        {
            if (_rest.WrittenCount == 0 && !_isTooLong)
            {
                add(bytes[..end]);
            }
            else
            {
                Keep(bytes[..end]);
                EndLine();
            }
        }

        Keep(bytes);
    }

    /// <summary>The file ends: hands on what has no line feed behind it.</summary>
    public void Complete()
    {
        if (_rest.WrittenCount > 0 || _isTooLong)
        {
            EndLine();
        }
    }

    private void EndLine()
    {
        // What is too long counts as a line all the same, and as an empty one.
        TooLong += _isTooLong ? 1 : 0;
        add(_isTooLong ? default : _rest.WrittenSpan);

        _isTooLong = false;
        _rest.ResetWrittenCount();
    }

    private void Keep(ReadOnlySpan<byte> bytes)
    {
        _isTooLong |= _rest.WrittenCount + bytes.Length > LongestLine;
        if (!_isTooLong)
        {
            _rest.Write(bytes);
        }
    }
}
