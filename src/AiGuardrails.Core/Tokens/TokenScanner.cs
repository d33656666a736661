using System.Globalization;

namespace AiGuardrails.Core.Tokens;

/// <summary>Counts the features of a text, character by character and in one pass.</summary>
/// <remarks>
/// <para>
/// Both vocabularies first cut a text into pieces (words with the space before them, groups of three digits, runs of
/// punctuation, white space) and then each piece into tokens, so the number of pieces is a lower bound. The patterns are
/// in openai/tiktoken, <c>tiktoken_ext/openai_public.py</c>. What is counted here never exceeds their count: where the
/// patterns differ, or where the class of a character is not certain (outside the basic plane, combining marks,
/// characters newer than the platform), the smaller number is taken.
/// </para>
/// <para>A scanner is a value and allocates nothing. <see cref="End"/> closes one text; the next one may follow.</para>
/// </remarks>
internal struct TokenScanner
{
    private const int DenseLength = 20;
    private const int DenseChanges = 4;

    private TokenFeatures _features;
    private Group _group;
    private Group _before;
    private int _length;
    private bool _lineBreak;
    private bool _onlyLineBreaks;
    private bool _absorbed;

    // What the run starts with; '\0' outside ASCII.
    private char _first;
    private char _last;

    // The run of Latin letters, which goes on over nothing but letters.
    private int _word;
    private bool _lower;

    // The run of ASCII letters and digits.
    private int _dense;
    private int _changes;
    private bool _denseDigit;

    private enum Group : byte
    {
        None,
        Letter,
        Number,
        Punctuation,
        Space,
        Unknown,
    }

    /// <summary>Gets the counts; complete after <see cref="End"/>.</summary>
    public readonly TokenFeatures Features => _features;

    /// <summary>Scans UTF-16. A surrogate without its other half counts as U+FFFD does, which encoders write for it.</summary>
    public void Scan(ReadOnlySpan<char> text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (c < 0x80)
            {
                Ascii(c);
            }
            else if (char.IsHighSurrogate(c) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]))
            {
                Other(char.ConvertToUtf32(c, text[++i]));
            }
            else
            {
                Other(char.IsSurrogate(c) ? 0xFFFD : c);
            }
        }
    }

    /// <summary>Scans UTF-8. A byte that is part of no character counts as one character of unknown class.</summary>
    public void Scan(ReadOnlySpan<byte> utf8)
    {
        while (!utf8.IsEmpty)
        {
            var lead = utf8[0];
            var length = lead < 0x80 ? 1 : Json.Utf8.SequenceLength(utf8);
            switch (length)
            {
                case 1 when IsLetter(lead):
                    length = Letters(utf8);
                    break;
                case 1:
                    Ascii((char)lead);
                    break;
                case 3 when IsHan(utf8):
                    length = Han(utf8);
                    break;
                case 2:
                    Other(((lead & 0x1F) << 6) | (utf8[1] & 0x3F));
                    break;
                case 3:
                    Other(((lead & 0x0F) << 12) | ((utf8[1] & 0x3F) << 6) | (utf8[2] & 0x3F));
                    break;
                case 4:
                    Other(((lead & 0x07) << 18) | ((utf8[1] & 0x3F) << 12) | ((utf8[2] & 0x3F) << 6) | (utf8[3] & 0x3F));
                    break;
                default:
                    length = 1;
                    _features.Bytes++;
                    _features.OtherBytes++;
                    BreakWord();
                    BreakDense();
                    Enter(Group.Unknown, '\0');
                    break;
            }

            utf8 = utf8.Slice(length);
        }
    }

    /// <summary>Ends the text: nothing that follows is joined to it.</summary>
    public void End()
    {
        BreakWord();
        BreakDense();
        Close(Group.None);
        _group = _before = Group.None;
        _length = 0;
    }

    // What most texts consist of, a run at a time; the same counts as one by one.
    private int Letters(ReadOnlySpan<byte> utf8)
    {
        Ascii((char)utf8[0]);
        var isLower = _lower;
        var i = 1;
        for (; i < utf8.Length && IsLetter(utf8[i]); i++)
        {
            var isUpper = utf8[i] < (byte)'a';
            _features.CaseChanges += isUpper && isLower ? 1 : 0;
            isLower = !isUpper;
        }

        var rest = i - 1;
        _features.Bytes += rest;
        _features.Letters += rest;
        _features.LettersBeyondFour += Math.Max(0, _word + rest - 4) - Math.Max(0, _word - 4);
        _features.LettersBeyondEight += Math.Max(0, _word + rest - 8) - Math.Max(0, _word - 8);
        _word += rest;
        _lower = isLower;
        _dense += rest;
        _length += rest;
        _last = (char)utf8[i - 1];
        return i;
    }

    private int Han(ReadOnlySpan<byte> utf8)
    {
        Other(((utf8[0] & 0x0F) << 12) | ((utf8[1] & 0x3F) << 6) | (utf8[2] & 0x3F));
        var i = 3;
        while (IsHan(utf8.Slice(i)))
        {
            i += 3;
        }

        var rest = (i / 3) - 1;
        _features.Bytes += rest * 3;
        _features.Han += rest;
        _length += rest;
        return i;
    }

    private static bool IsLetter(byte b) => (byte)((b | 0x20) - (byte)'a') < 26;

    // U+5000 to U+8FFF, well-formed: all of them letters since the first version of Unicode.
    private static bool IsHan(ReadOnlySpan<byte> utf8) =>
        utf8.Length >= 3 && utf8[0] is >= 0xE5 and <= 0xE8 && (utf8[1] & 0xC0) == 0x80 && (utf8[2] & 0xC0) == 0x80;

    private void Ascii(char c)
    {
        _features.Bytes++;
        if ((char)(c | 0x20) is >= 'a' and <= 'z')
        {
            Letter(isUpper: c < 'a', accentedBytes: 0);
            Dense(isDigit: false);
            Enter(Group.Letter, c);
        }
        else if (c is >= '0' and <= '9')
        {
            BreakWord();
            Dense(isDigit: true);
            Enter(Group.Number, c);
        }
        else
        {
            BreakWord();
            BreakDense();
            Enter(c is ' ' or (>= '\t' and <= '\r') ? Group.Space : Group.Punctuation, c);
        }
    }

    private void Other(int codePoint)
    {
        var bytes = codePoint < 0x800 ? 2 : codePoint < 0x10000 ? 3 : 4;
        _features.Bytes += bytes;
        BreakDense();
        var category = codePoint < 0x10000 ? CharUnicodeInfo.GetUnicodeCategory((char)codePoint) : UnicodeCategory.OtherNotAssigned;
        var group = GroupOf(category);
        if (group == Group.Letter && codePoint is < 0x250 or (>= 0x1E00 and < 0x1F00))
        {
            Letter(isUpper: category == UnicodeCategory.UppercaseLetter, accentedBytes: bytes);
        }
        else
        {
            BreakWord();
            Script(codePoint, bytes);
        }

        Enter(group, '\0');
    }

    private void Script(int c, int bytes)
    {
        switch (c)
        {
            case (>= 0x370 and < 0x400) or (>= 0x1F00 and < 0x2000):
                _features.Greek++;
                break;
            case >= 0x400 and < 0x530:
                _features.Cyrillic++;
                break;
            case >= 0x590 and < 0x600:
                _features.Hebrew++;
                break;
            case (>= 0x600 and < 0x700) or (>= 0x750 and < 0x780) or (>= 0x8A0 and < 0x900) or (>= 0xFB50 and < 0xFE00) or (>= 0xFE70 and < 0xFEFF):
                _features.Arabic++;
                break;
            case >= 0xE00 and < 0xE80:
                _features.Thai++;
                break;
            case (>= 0x3040 and < 0x3100) or (>= 0x31F0 and < 0x3200) or (>= 0xFF66 and < 0xFF9E):
                _features.Kana++;
                break;
            case (>= 0xAC00 and < 0xD7B0) or (>= 0x1100 and < 0x1200) or (>= 0x3130 and < 0x3190):
                _features.Hangul++;
                break;
            case (>= 0x4E00 and < 0xA000) or (>= 0x3400 and < 0x4DC0) or (>= 0xF900 and < 0xFB00) or (>= 0x20000 and < 0x40000):
                _features.Han++;
                break;
            default:
                _features.OtherBytes += bytes;
                break;
        }
    }

    private static Group GroupOf(UnicodeCategory category) => category switch
    {
        UnicodeCategory.UppercaseLetter or UnicodeCategory.LowercaseLetter or UnicodeCategory.TitlecaseLetter
            or UnicodeCategory.ModifierLetter or UnicodeCategory.OtherLetter => Group.Letter,
        UnicodeCategory.DecimalDigitNumber or UnicodeCategory.LetterNumber or UnicodeCategory.OtherNumber => Group.Number,
        UnicodeCategory.ConnectorPunctuation or UnicodeCategory.DashPunctuation or UnicodeCategory.OpenPunctuation
            or UnicodeCategory.ClosePunctuation or UnicodeCategory.InitialQuotePunctuation or UnicodeCategory.FinalQuotePunctuation
            or UnicodeCategory.OtherPunctuation or UnicodeCategory.MathSymbol or UnicodeCategory.CurrencySymbol
            or UnicodeCategory.ModifierSymbol or UnicodeCategory.OtherSymbol => Group.Punctuation,
        _ => Group.Unknown,
    };

    private void Letter(bool isUpper, int accentedBytes)
    {
        _features.Letters++;
        _features.Words += _word == 0 ? 1 : 0;
        _word++;
        _features.LettersBeyondFour += _word > 4 ? 1 : 0;
        _features.LettersBeyondEight += _word > 8 ? 1 : 0;
        _features.CaseChanges += isUpper && _lower ? 1 : 0;
        _lower = !isUpper;
        if (accentedBytes > 0)
        {
            _features.AccentedLetters++;
            _features.AccentedBytes += accentedBytes;
        }
    }

    private void BreakWord()
    {
        _word = 0;
        _lower = false;
    }

    private void Dense(bool isDigit)
    {
        _changes += _dense > 0 && isDigit != _denseDigit ? 1 : 0;
        _dense++;
        _denseDigit = isDigit;
    }

    private void BreakDense()
    {
        if (_dense >= DenseLength && _changes >= DenseChanges)
        {
            _features.DenseCharacters += _dense;
        }

        _dense = 0;
        _changes = 0;
    }

    private void Enter(Group group, char c)
    {
        if (group == _group)
        {
            _length++;

            // A rule of dashes is a token or two, however long.
            _features.PunctuationBeyondTwo += group == Group.Punctuation && _length > 2 && c != _last && c != '\0' ? 1 : 0;
        }
        else
        {
            Close(group);

            // "[\r\n/]*" at the end of punctuation: a slash behind the line break may belong to what stands before it.
            _absorbed = _group == Group.Space && _onlyLineBreaks && _before is Group.Punctuation or Group.Unknown && c == '/';
            _before = _group;
            _group = group;
            _length = 1;
            _first = c;
            _lineBreak = false;
            _onlyLineBreaks = true;
            if (group == Group.Letter && _before != Group.Unknown)
            {
                _features.Pieces++;
            }
        }

        _last = c;
        if (group == Group.Space)
        {
            var isLineBreak = c is '\r' or '\n';
            _lineBreak |= isLineBreak;
            _onlyLineBreaks &= isLineBreak;
        }
    }

    /// <summary>Counts the run that ends here. Behind a character of unknown class it may belong to what stands before.</summary>
    private void Close(Group next)
    {
        var afterUnknown = _before == Group.Unknown;
        var isAscii = _first != '\0';
        switch (_group)
        {
            case Group.Letter:
                break;

            case Group.Number:
                var groups = (_length + 2) / 3;
                _features.DigitGroups += isAscii ? groups : 0;
                _features.Pieces += afterUnknown ? groups - 1 : groups;
                break;

            case Group.Punctuation:
                _features.PunctuationRuns += isAscii ? 1 : 0;
                var joins = _length == 1 && next is Group.Letter or Group.Unknown;
                _features.Pieces += afterUnknown || _absorbed || joins ? 0 : 1;
                break;

            case Group.Space:
                _features.LineBreakRuns += _lineBreak ? 1 : 0;
                _features.SpaceRuns += !_lineBreak && _length > 1 ? 1 : 0;
                var counts = _lineBreak ? _before != Group.Punctuation : _length > 1;
                _features.Pieces += counts && !afterUnknown ? 1 : 0;
                break;
        }

        if (next == Group.Letter && _group == Group.Punctuation && _length == 1 && _first == '\'' && _before is Group.Letter or Group.Unknown)
        {
            _features.Contractions++;
        }
    }
}
