using AiGuardrails.Tool.Files;

namespace AiGuardrails.Tool.Linting;

/// <summary>Counts the tokens of what comes in pieces.</summary>
internal sealed class LineTokens
{
    private readonly TrainingTokens _tokens;
    private readonly LineCutter _lines;

    public LineTokens(TrainingTokens tokens)
    {
        _tokens = tokens;
        _lines = new LineCutter(tokens.AddLine);
    }

    public void Write(ReadOnlySpan<byte> bytes) => _lines.Write(bytes);

    public TrainingTokens Complete()
    {
        _lines.Complete();
        return _tokens;
    }
}
