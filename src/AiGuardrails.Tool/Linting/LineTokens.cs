using System.Buffers;

namespace AiGuardrails.Tool.Linting;

/// <summary>Counts the tokens of what comes in pieces.</summary>
internal sealed class LineTokens(TrainingTokens tokens)
{
    // As the linter: what is longer is no example.
    private const int LongestLine = 64 * 1024 * 1024;

    private readonly ArrayBufferWriter<byte> _rest = new();
    private bool _isTooLong;

    public void Write(ReadOnlySpan<byte> bytes)
    {
        for (int end; (end = bytes.IndexOf((byte)'\n')) >= 0; bytes = bytes[(end + 1)..])
        {
            if (_rest.WrittenCount == 0 && !_isTooLong)
            {
                tokens.AddLine(bytes[..end]);
            }
            else
            {
                Keep(bytes[..end]);
                _ = Complete();
            }
        }

        Keep(bytes);
    }

    public TrainingTokens Complete()
    {
        if (_rest.WrittenCount > 0 && !_isTooLong)
        {
            tokens.AddLine(_rest.WrittenSpan);
        }

        _isTooLong = false;
        _rest.ResetWrittenCount();
        return tokens;
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
