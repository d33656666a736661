namespace AiGuardrails.Corpus;

/// <summary>One finding, with what a reader thought of it: <c>TP</c>, <c>FP</c>, or <c>?</c> while nobody has read it.</summary>
internal sealed record Finding(string Repository, string Rule, string Level, string File, int Line, string Verdict, string Reason)
{
    public const string Unread = "?";

    private const string Header = "# repository\trule\tlevel\tfile\tline\tverdict\treason";

    public (string, string, string, int) Key => (Repository, Rule, File, Line);

    public static IReadOnlyList<Finding> Read(string path) =>
        !System.IO.File.Exists(path) ? [] :
        [
            .. System.IO.File.ReadLines(path)
                .Where(static line => line.Length > 0 && line[0] != '#')
                .Select(static line => line.Split('\t'))
                .Select(static cells => new Finding(cells[0], cells[1], cells[2], cells[3], int.Parse(cells[4], System.Globalization.CultureInfo.InvariantCulture), cells[5], cells[6])),
        ];

    public static void Write(string path, IEnumerable<Finding> findings) =>
        System.IO.File.WriteAllText(path, string.Join('\n', findings
            .OrderBy(static finding => finding.Repository, StringComparer.Ordinal)
            .ThenBy(static finding => finding.Rule, StringComparer.Ordinal)
            .ThenBy(static finding => finding.File, StringComparer.Ordinal)
            .ThenBy(static finding => finding.Line)
            .Select(static finding => finding.ToString())
            .Prepend(Header)) + "\n");

    public override string ToString() =>
        string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{Repository}\t{Rule}\t{Level}\t{File}\t{Line}\t{Verdict}\t{Reason}");
}
