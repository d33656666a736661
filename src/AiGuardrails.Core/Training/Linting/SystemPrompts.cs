using AiGuardrails.Core.Training.Targets;

namespace AiGuardrails.Core.Training.Linting;

/// <summary>Whether all records have the same system prompt: the one that the model will be called with.</summary>
internal sealed class SystemPrompts
{
    private const int MostCounted = 1000;

    private readonly HashSet<ulong> _prompts = [];
    private ulong _first;
    private ulong _latest;
    private int _firstLine;
    private (int Line, long Start) _other;
    private (int Line, long Start) _without;
    private int _withoutCount;

    /// <summary>Adds the prompt of a record, as a hash; 0 for none.</summary>
    public void Add(ulong prompt, int line, long start)
    {
        if (prompt == 0)
        {
            _without = _withoutCount++ == 0 ? (line, start) : _without;
            return;
        }

        if (_firstLine == 0)
        {
            _first = prompt;
            _firstLine = line;
        }
        else if (prompt != _first && _other.Line == 0)
        {
            _other = (line, start);
        }

        if (_prompts.Count < MostCounted && prompt != _latest)
        {
            _prompts.Add(prompt);
            _latest = prompt;
        }
    }

    public void Report(LineFindings findings)
    {
        if (_other.Line > 0)
        {
            findings.AddForLine(
                _other.Line, _other.Start, LintRules.SystemPromptsDiffer, Verdict.Notes(),
                "{0:N0} different system prompts in the file; this is the first that is not that of line {1}", _prompts.Count, _firstLine);
        }

        if (_firstLine > 0 && _withoutCount > 0)
        {
            findings.AddForLine(
                _without.Line, _without.Start, LintRules.SystemPromptsDiffer, Verdict.Notes(),
                _withoutCount == 1
                    ? "this example has no system prompt, where others, such as that of line {1}, have one"
                    : "{0:N0} examples have no system prompt, this one first, where others, such as that of line {1}, have one", _withoutCount, _firstLine);
        }
    }
}
