using System.Globalization;
using System.Text;
using AiGuardrails.Core.Text;

namespace AiGuardrails.Core.Baselines;

/// <summary>
/// A file as a baseline sees it: lines, of which white space and comments do not count. The build and the tool both ask this
/// class, so a finding has one mark, whoever computes it.
/// </summary>
/// <remarks>
/// The mark is a hash and not the code, because a baseline lists findings about secrets too, and is no place for a second copy.
/// </remarks>
internal sealed class BaselineText
{
    /// <summary>The mark of a finding about a file as a whole, which no line stands for.</summary>
    public const string WholeFile = "0000000000000000";

    /// <summary>How many characters a mark has.</summary>
    public const int MarkLength = 16;

    private readonly string _text;
    private readonly bool _hasComments;
    private readonly List<int> _lineStarts = [0];

    /// <summary>Initializes a new instance of the <see cref="BaselineText"/> class.</summary>
    /// <param name="text">The whole text of the file.</param>
    /// <param name="path">Its path: the comments of C# are left out of C# alone.</param>
    public BaselineText(string text, string path)
    {
        _text = text;
        _hasComments = path.EndsWith(".cs", StringComparison.OrdinalIgnoreCase);
        for (var i = 0; i < text.Length; i++)
        {
            // The line ends of the compiler, so that both count the same lines.
            if (text[i] is '\n' or '\u0085' or '\u2028' or '\u2029' || (text[i] == '\r' && (i + 1 == text.Length || text[i + 1] != '\n')))
            {
                _lineStarts.Add(i + 1);
            }
        }
    }

    /// <summary>The mark of what stands from one place to another; lines and columns count from 1, as in a log of the compiler.</summary>
    public string MarkOf(int startLine, int startColumn, int endLine, int endColumn)
    {
        // What is said of a file as a whole stands at its beginning, and is about nothing there.
        if (startLine <= 0 || (startLine == 1 && startColumn <= 1 && endLine <= 1 && endColumn <= 1))
        {
            return WholeFile;
        }

        var code = new StringBuilder();
        for (var line = startLine; line <= Math.Max(startLine, endLine) && line <= _lineStarts.Count; line++)
        {
            Append(code, line);
        }

        return TextHash.Of(Encoding.UTF8.GetBytes(code.ToString())).ToString("x16", CultureInfo.InvariantCulture);
    }

    /// <summary>Whether the lines of a piece of text, without white space and comments, hold code with a mark.</summary>
    public static bool AnyLineHas(string mark, string text, string path)
    {
        var lines = new BaselineText(text, path);
        for (var line = 1; line <= lines._lineStarts.Count; line++)
        {
            if (lines.MarkOf(line, 1, line, 2) == mark)
            {
                return true;
            }
        }

        return false;
    }

    private void Append(StringBuilder code, int line)
    {
        var start = _lineStarts[line - 1];
        var end = line < _lineStarts.Count ? _lineStarts[line] : _text.Length;
        var quote = '\0';
        for (var i = start; i < end; i++)
        {
            var character = _text[i];
            if (quote != '\0')
            {
                // An escape takes the next character with it, which may be a quotation mark.
                if (character == '\\' && i + 1 < end)
                {
                    _ = code.Append(character);
                    character = _text[++i];
                }
                else if (character == quote)
                {
                    quote = '\0';
                }
            }
            else if (_hasComments && character is '"' or '\'')
            {
                quote = _hasComments ? character : '\0';
            }
            else if (_hasComments && IsComment(i, start, end))
            {
                return;
            }

            if (!char.IsWhiteSpace(character))
            {
                _ = code.Append(character);
            }
        }
    }

    // Two slashes after a blank or a bracket. In the middle of a word, as in a URL within a raw string, they are no comment; what
    // is missed here makes an edit of a comment a new finding, and never a new finding an old one.
    private bool IsComment(int i, int start, int end) =>
        _text[i] == '/' && i + 1 < end && _text[i + 1] == '/' && (i == start || char.IsWhiteSpace(_text[i - 1]) || _text[i - 1] is ';' or '{' or '}' or ')' or ',');
}
