using AiGuardrails.Core.Text;

namespace AiGuardrails.Core.Prompts;

/// <summary>An entry of the front matter, and where its value stands.</summary>
internal sealed record PromptFileEntry(string Key, string Value, int Start, int Length);

/// <summary>A prompt file: what its front matter says, its blocks, and all that is wrong with it.</summary>
internal sealed record PromptFile(IReadOnlyList<PromptFileEntry> Entries, IReadOnlyList<PromptBlock> Blocks, IReadOnlyList<PromptProblem> Problems)
{
    /// <summary>The identifier of the prompt.</summary>
    public const string IdKey = "id";

    /// <summary>The version of the prompt.</summary>
    public const string VersionKey = "version";

    /// <summary>What the prompt is for; for readers only.</summary>
    public const string DescriptionKey = "description";

    private static readonly string[] s_keys = [IdKey, VersionKey, DescriptionKey];

    /// <summary>Parses a file. It never throws.</summary>
    public static PromptFile Parse(string text) => new Parser(text).Parse();

    /// <summary>Gets an entry of the front matter; null where it has none of that key.</summary>
    public PromptFileEntry? EntryOf(string key) => Entries.FirstOrDefault(entry => entry.Key == key);

    private sealed class Parser(string text)
    {
        private readonly List<PromptFileEntry> _entries = [];
        private readonly List<PromptBlock> _blocks = [];
        private readonly List<PromptProblem> _problems = [];

        public PromptFile Parse()
        {
            if (text.Length > PromptGrammar.MaxLength)
            {
                Report(PromptProblemKind.Size, 0, 0, PromptTextParser.TooLong(text.Length));
            }
            else if (text.IndexOf('\0') is >= 0 and var zero)
            {
                Report(PromptProblemKind.Encoding, zero, 1, "the file holds U+0000, as a file in UTF-16 without a byte-order mark does; save it in UTF-8");
            }
            else
            {
                ReadBlocks(ReadFrontMatter(text.Length > 0 && text[0] == '\uFEFF' ? 1 : 0));
            }

            return new PromptFile(_entries, _blocks, _problems);
        }

        // ----- Front matter: lines of 'key: value' between two lines of '---' -----

        private int ReadFrontMatter(int start)
        {
            var first = LineAt(start);
            if (!IsRule(first))
            {
                return start;
            }

            for (var position = first.Next; position < text.Length;)
            {
                var line = LineAt(position);
                if (IsRule(line))
                {
                    return line.Next;
                }

                ReadEntry(line);
                position = line.Next;
            }

            // What was read as entries is probably the prompt itself, and no mistake of theirs is one.
            _problems.Clear();
            Report(PromptProblemKind.FrontMatter, first.Start, first.Length, "the front matter is not closed; add a line of '---' after its last entry");
            return text.Length;
        }

        private bool IsRule(Line line) => text.Substring(line.Start, line.Length).TrimEnd() == "---";

        private void ReadEntry(Line line)
        {
            var content = text.Substring(line.Start, line.Length);
            if (string.IsNullOrWhiteSpace(content) || content.TrimStart()[0] == '#')
            {
                return;
            }

            var colon = content.IndexOf(':');
            var key = colon < 0 ? "" : content.Substring(0, colon).TrimEnd();
            if (!IsKey(key) || (colon + 1 < content.Length && content[colon + 1] is not (' ' or '\t')))
            {
                Report(PromptProblemKind.FrontMatter, line, $"'{PromptGrammar.Shown(content.Trim())}' is no entry of the front matter; write 'key: value', one in a line");
                return;
            }

            if (!s_keys.Contains(key, StringComparer.Ordinal))
            {
                var meant = NearestName.Of(key, s_keys);
                Report(
                    PromptProblemKind.FrontMatter,
                    line.Start,
                    key.Length,
                    $"'{PromptGrammar.Shown(key)}' is no key of the front matter; {(meant is null ? Sentence.Of("there are 'id', 'version' and 'description'") : Sentence.Of($"did you mean '{meant}'"))}");
                return;
            }

            if (_entries.Exists(entry => entry.Key == key))
            {
                Report(PromptProblemKind.FrontMatter, line.Start, key.Length, $"'{key}' has a value already; remove one of the two");
                return;
            }

            ReadValue(line, content, colon + 1, key);
        }

        private void ReadValue(Line line, string content, int from, string key)
        {
            while (from < content.Length && char.IsWhiteSpace(content[from]))
            {
                from++;
            }

            var end = content.TrimEnd().Length;
            var start = from;
            if (from < end && content[from] is '"' or '\'')
            {
                start = from + 1;
                end = content.IndexOf(content[from], start);
                if (end < 0 || !(content.Substring(end + 1).Trim() is var rest && (rest.Length == 0 || rest[0] == '#')))
                {
                    Report(PromptProblemKind.FrontMatter, line.Start + from, content.TrimEnd().Length - from, $"the value of '{key}' does not end with its quotation mark; add it");
                    return;
                }
            }
            else if (content.IndexOf(" #", Math.Max(from - 1, 0), StringComparison.Ordinal) is >= 0 and var comment)
            {
                end = content.Substring(0, comment).TrimEnd().Length;
            }

            if (end <= start)
            {
                Report(PromptProblemKind.FrontMatter, line, $"'{key}' has no value; write it on the same line");
            }
            else if (start == from && content[start] is '[' or '{' or '|' or '>' or '&' or '*' or '!' or '%' or '@' or '`')
            {
                Report(PromptProblemKind.FrontMatter, line.Start + start, end - start, $"the value of '{key}' is more than one plain value; write it in one line, in quotation marks if it begins with '{content[start]}'");
            }
            else
            {
                _entries.Add(new PromptFileEntry(key, content.Substring(start, end - start), line.Start + start, end - start));
            }
        }

        private static bool IsKey(string key) =>
            key.Length > 0 && char.IsLetter(key[0]) && key.All(static c => char.IsLetterOrDigit(c) || c is '_' or '-');

        // ----- Blocks: a heading that names the role, and the text up to the next -----

        private void ReadBlocks(int position)
        {
            var heading = default(Line);
            var role = default(BlockRole?);
            var hasHeading = false;
            var start = position;
            var fence = default(Line?);
            while (position < text.Length)
            {
                var line = LineAt(position);
                if (fence is null ? IsFence(line) : Closes(line, fence.Value))
                {
                    fence = fence is null ? line : null;
                }
                else if (fence is null && HeadingOf(line) is { } word)
                {
                    EndBlock(hasHeading, heading, role, start, line.Start);
                    (hasHeading, heading, role, start) = (true, line, PromptGrammar.RoleOf(word), line.Next);
                    if (role is null)
                    {
                        var meant = NearestName.Of(word, PromptGrammar.Roles);
                        Report(
                            PromptProblemKind.Role,
                            line,
                            $"'# {PromptGrammar.Shown(word)}' names no role; {(meant is null ? Sentence.Of("the roles are 'system', 'developer', 'user' and 'assistant', and a heading that is text begins with '##' or '\\#'") : Sentence.Of($"did you mean '# {meant}'"))}");
                    }
                    else if (text[line.Start + 1] is not (' ' or '\t'))
                    {
                        Report(PromptProblemKind.Role, line, $"'#{word}' is no heading; write '# {word}'");
                    }
                }

                position = line.Next;
            }

            if (fence is { } open)
            {
                Report(PromptProblemKind.Role, open, $"this code block is not closed, so that no heading after it counts; add a line of '{FenceOf(open)}'");
            }

            EndBlock(hasHeading, heading, role, start, text.Length);
        }

        private void EndBlock(bool hasHeading, Line heading, BlockRole? role, int start, int end)
        {
            // Blank lines around a block belong to the file, not to the message.
            for (var line = LineAt(start); line.Next <= end && line.Next > start && string.IsNullOrWhiteSpace(text.Substring(line.Start, line.Length)); line = LineAt(start))
            {
                start = line.Next;
            }

            while (end > start && char.IsWhiteSpace(text[end - 1]))
            {
                end--;
            }

            if (!hasHeading)
            {
                if (end > start)
                {
                    var first = LineAt(start);
                    Report(PromptProblemKind.Role, first.Start, Math.Min(first.Length, end - start), "this text stands before the first heading, so that nobody says it; put '# system' or '# user' above it");
                }

                return;
            }

            var segments = PromptTextParser.Parse(text, start, Math.Max(start, end), hasHeadings: true, _problems);
            if (role is { } known)
            {
                _blocks.Add(new PromptBlock(known, segments, heading.Start, heading.Length));
            }
        }

        /// <summary>The word of a heading of the first level, or of '#word' where the word is a role; null for text.</summary>
        private string? HeadingOf(Line line)
        {
            if (line.Length < 2 || text[line.Start] != '#')
            {
                return null;
            }

            var rest = text.Substring(line.Start + 1, line.Length - 1);
            var word = rest.Trim().TrimEnd('#').TrimEnd();
            return rest[0] is ' ' or '\t' || PromptGrammar.RoleOf(word) is not null ? word : null;
        }

        private bool IsFence(Line line) => FenceOf(line).Length >= 3;

        private bool Closes(Line line, Line open)
        {
            var mark = FenceOf(open);
            var other = FenceOf(line);
            return other.Length >= mark.Length && other[0] == mark[0] && string.IsNullOrWhiteSpace(text.Substring(line.Start, line.Length).TrimStart().Substring(other.Length));
        }

        /// <summary>The back-quotes or tildes that a line begins with.</summary>
        private string FenceOf(Line line)
        {
            var start = line.Start;
            var end = line.Start + line.Length;
            while (start < end && start < line.Start + 3 && text[start] == ' ')
            {
                start++;
            }

            var length = 0;
            while (start + length < end && text[start + length] is '`' or '~' && text[start + length] == text[start])
            {
                length++;
            }

            // Code in a line of text is no block: the info string of a block holds no back-quote.
            return length >= 3 && text[start] == '`' && text.IndexOf('`', start + length, end - start - length) >= 0 ? "" : text.Substring(start, length);
        }

        private Line LineAt(int start)
        {
            var end = start;
            while (end < text.Length && text[end] is not ('\r' or '\n'))
            {
                end++;
            }

            var next = end;
            if (next < text.Length)
            {
                next += text[next] == '\r' && next + 1 < text.Length && text[next + 1] == '\n' ? 2 : 1;
            }

            return new Line(start, end - start, next);
        }

        private void Report(PromptProblemKind kind, Line line, Sentence message) => Report(kind, line.Start, line.Length, message);

        private void Report(PromptProblemKind kind, int start, int length, Sentence message)
        {
            if (_problems.Count < PromptGrammar.MaxProblems)
            {
                _problems.Add(new PromptProblem(kind, start, length, message));
            }
        }

        private readonly record struct Line(int Start, int Length, int Next);
    }
}
