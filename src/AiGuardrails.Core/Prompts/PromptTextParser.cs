using System.Text;
using AiGuardrails.Core.Text;

namespace AiGuardrails.Core.Prompts;

/// <summary>
/// The text of a block in segments. It never throws and goes on after a mistake, so that all of them are told at once.
/// </summary>
internal sealed class PromptTextParser
{
    private readonly string _text;
    private readonly int _end;
    private readonly bool _hasHeadings;
    private readonly List<PromptProblem> _problems;
    private readonly List<PromptSegment> _segments = [];
    private readonly StringBuilder _literal = new();
    private int _literalStart;
    private int _position;

    private PromptTextParser(string text, int start, int end, bool hasHeadings, List<PromptProblem> problems)
    {
        _text = text;
        _end = end;
        _hasHeadings = hasHeadings;
        _problems = problems;
        _literalStart = start;
        _position = start;
    }

    /// <summary>Parses a constant.</summary>
    public static IReadOnlyList<PromptSegment> Parse(string text, List<PromptProblem> problems)
    {
        if (text.Length > PromptGrammar.MaxLength)
        {
            problems.Add(new PromptProblem(PromptProblemKind.Size, 0, text.Length, TooLong(text.Length)));
            return [];
        }

        return Parse(text, 0, text.Length, hasHeadings: false, problems);
    }

    /// <summary>Parses a part of a text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="start">Where the part begins.</param>
    /// <param name="end">Where it ends.</param>
    /// <param name="hasHeadings">Whether a line could be a heading, so that <c>\#</c> at its start is a number sign that is text.</param>
    /// <param name="problems">Where mistakes go.</param>
    public static IReadOnlyList<PromptSegment> Parse(string text, int start, int end, bool hasHeadings, List<PromptProblem> problems) =>
        new PromptTextParser(text, start, end, hasHeadings, problems).Parse();

    internal static Sentence TooLong(int length) =>
        Sentence.Of($"the template has {length:N0} characters, and {PromptGrammar.MaxLength:N0} are the most; place long text through an input");

    private List<PromptSegment> Parse()
    {
        while (_position < _end)
        {
            var c = _text[_position];
            switch (c)
            {
                case '{' when Next() == '{':
                case '}' when Next() == '}':
                    _literal.Append(c);
                    _position += 2;
                    break;

                case '{':
                    ReadPlaceholder();
                    break;

                case '}':
                    Report(PromptProblemKind.Placeholder, _position, 1, "this '}' closes no placeholder; write '}}' for a brace that is text");
                    _literal.Append(c);
                    _position++;
                    break;

                case '\r':
                    _literal.Append('\n');
                    _position += Next() == '\n' ? 2 : 1;
                    break;

                case '\\' when _hasHeadings && Next() == '#' && (_position == 0 || _text[_position - 1] is '\n' or '\r'):
                    _position++;
                    break;

                case '\0':
                    Report(PromptProblemKind.Encoding, _position, 1, "the character U+0000 cannot stand in a prompt; remove it");
                    _position++;
                    break;

                case '\uFFFD':
                    Report(PromptProblemKind.Encoding, _position, 1, "U+FFFD stands for a character that was lost, as where a file is not in UTF-8; write the character again");
                    _literal.Append(c);
                    _position++;
                    break;

                case >= '\uD800' and <= '\uDFFF':
                    ReadSurrogate(c);
                    break;

                default:
                    _literal.Append(c);
                    _position++;
                    break;
            }
        }

        EndLiteral();
        return _segments;
    }

    private char Next() => _position + 1 < _end ? _text[_position + 1] : '\0';

    private void ReadPlaceholder()
    {
        var start = _position + 1;
        var end = start;
        while (end < _end && _text[end] is not ('{' or '}' or '\r' or '\n'))
        {
            end++;
        }

        var name = _text.Substring(start, end - start);
        if (end == _end || _text[end] != '}')
        {
            // The text after the name is not part of the mistake: the name ends where it stops being one.
            var length = 0;
            while (length < name.Length && (name[length] == '_' || char.IsLetterOrDigit(name[length])))
            {
                length++;
            }

            Report(
                PromptProblemKind.Placeholder,
                _position,
                1 + length,
                length > 0
                    ? Sentence.Of($"the placeholder '{{{PromptGrammar.Shown(name.Substring(0, length))}' is not closed; add '}}', or write '{{{{' for a brace that is text")
                    : "this '{' opens no placeholder; write '{{' for a brace that is text");
            _literal.Append('{');
            _position++;
            return;
        }

        if (PromptGrammar.IsName(name))
        {
            EndLiteral();
            _segments.Add(new PromptSegment(IsPlaceholder: true, name, start, end - start));
            _literalStart = end + 1;
        }
        else
        {
            Report(
                PromptProblemKind.Placeholder,
                _position,
                end + 1 - _position,
                string.IsNullOrWhiteSpace(name)
                    ? "a placeholder has no name; write '{Name}', or '{{' and '}}' for braces that are text"
                    : Sentence.Of($"'{{{PromptGrammar.Shown(name)}}}' is no placeholder, which is a name of letters, digits and '_' alone; write '{{{{' and '}}}}' for braces that are text"));
        }

        _position = end + 1;
    }

    private void ReadSurrogate(char c)
    {
        if (char.IsHighSurrogate(c) && char.IsLowSurrogate(Next()))
        {
            _literal.Append(c).Append(Next());
            _position += 2;
            return;
        }

        Report(PromptProblemKind.Encoding, _position, 1, $"U+{(int)c:X4} is one half of a character; write the other half beside it");
        _position++;
    }

    private void EndLiteral()
    {
        if (_literal.Length > 0)
        {
            _segments.Add(new PromptSegment(IsPlaceholder: false, _literal.ToString(), _literalStart, _position - _literalStart));
            _literal.Clear();
        }
    }

    private void Report(PromptProblemKind kind, int start, int length, Sentence message)
    {
        if (_problems.Count < PromptGrammar.MaxProblems)
        {
            _problems.Add(new PromptProblem(kind, start, length, message));
        }
    }
}
