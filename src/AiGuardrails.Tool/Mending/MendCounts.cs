namespace AiGuardrails.Tool.Mending;

/// <summary>What was changed in a file of data, and how often: only what has one meaning. The guide of the tool lists it.</summary>
internal sealed class MendCounts
{
    /// <summary>Gets or sets whether the file was UTF-16 or UTF-32.</summary>
    public long Encoding { get; set; }

    public long ByteOrderMark { get; set; }

    /// <summary>Gets or sets the lines that ended with CR LF or with CR.</summary>
    public long LineEnds { get; set; }

    public long BlankLines { get; set; }

    /// <summary>Gets or sets the values that stood in one list, or over several lines.</summary>
    public long ValuesPutOnLines { get; set; }

    /// <summary>Gets or sets the commas before a closing bracket and behind a value.</summary>
    public long TrailingCommas { get; set; }

    /// <summary>Gets or sets the runs of characters that nobody sees (AIG8004).</summary>
    public long HiddenCharacters { get; set; }

    /// <summary>Gets or sets the lines that were left out because an earlier one says the same (AIG9003).</summary>
    public long Duplicates { get; set; }

    public IReadOnlyDictionary<string, long> ToDictionary() => new Dictionary<string, long>(StringComparer.Ordinal)
    {
        ["encoding"] = Encoding,
        ["byteOrderMark"] = ByteOrderMark,
        ["lineEnds"] = LineEnds,
        ["blankLines"] = BlankLines,
        ["valuesPutOnLines"] = ValuesPutOnLines,
        ["trailingCommas"] = TrailingCommas,
        ["hiddenCharacters"] = HiddenCharacters,
        ["duplicates"] = Duplicates,
    };

    /// <summary>What was changed, each in a few words.</summary>
    public IEnumerable<string> Sentences()
    {
        (long Count, string Text)[] all =
        [
            (Encoding, "rewritten as UTF-8"),
            (ByteOrderMark, "byte-order mark removed"),
            (LineEnds, $"{Words.Count(LineEnds, "line end")} made LF"),
            (BlankLines, $"{Words.Count(BlankLines, "blank line")} removed"),
            (ValuesPutOnLines, $"{Words.Count(ValuesPutOnLines, "value")} put on a line of {(ValuesPutOnLines == 1 ? "its" : "their")} own"),
            (TrailingCommas, $"{Words.Count(TrailingCommas, "trailing comma")} removed"),
            (HiddenCharacters, $"{Words.Count(HiddenCharacters, "run")} of hidden characters removed"),
            (Duplicates, $"{Words.Count(Duplicates, "duplicate")} removed"),
        ];
        return all.Where(static change => change.Count > 0).Select(static change => change.Text);
    }
}
