using System.Text;
using AiGuardrails.Tool.Findings;

namespace AiGuardrails.Tool.Reports;

/// <summary>
/// Reads the places of findings from their files. A report is sent around, so secrets and data about people in an excerpt are hidden
/// behind asterisks.
/// </summary>
internal sealed class Excerpts(string currentDirectory)
{
    private const int LinesAround = 2;
    private const int CharactersBefore = 60;
    private const int LongestLine = 180;
    private const int LongestFile = 16 * 1024 * 1024;
    private const int LongestRecord = 16 * 1024;

    // Around a window, so that a secret at its edge is still seen as one.
    private const int BytesAround = 512;
    private const int BytesShown = 320;

    private const string HardCodedKey = "AIG6001";
    private const string SecretInData = "AIG9008";
    private const int PrefixOfSecret = 4;

    private static readonly UTF8Encoding s_lenient = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: false);

    private (string File, string[] Lines)? _latest;

    /// <summary>Gives the finding with its excerpt; as it is where there is nothing to show.</summary>
    public ReportFinding Add(ReportFinding finding)
    {
        var place = finding.Finding.Place;
        if (place.Line == 0)
        {
            return finding;
        }

        try
        {
            var path = Path.GetFullPath(place.File, currentDirectory);
            return finding with { Excerpt = finding.Bytes is { } bytes ? OfData(path, finding.Finding, bytes) : OfCode(path, finding.Finding) };
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            // The file was a temporary one, or is gone, or its name is none here; the finding stands without it.
            return finding;
        }
    }

    /// <summary>Gives what the records of some lines say, as far as they are not too long; reads the file once.</summary>
    public static IReadOnlyDictionary<int, string> RecordsAt(string path, IEnumerable<int> lines)
    {
        var wanted = lines.Distinct().Order().ToList();
        var records = new Dictionary<int, string>();
        if (wanted.Count == 0)
        {
            return records;
        }

        try
        {
            using var stream = File.OpenRead(path);
            foreach (var (line, start) in StartsOf(stream, wanted))
            {
                // Once more: what was escaped in the file is plain in the preview.
                records[line] = Hide(RecordPreview.Of(LineFrom(stream, start)), 0, 0, isSecret: false).Text;
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Gone since it was read; the groups stand without their text.
        }

        return records;
    }

    private Excerpt? OfCode(string path, Finding finding)
    {
        var lines = LinesOf(path);
        var place = finding.Place;
        if (place.Line > lines.Length)
        {
            return null;
        }

        var first = Math.Max(1, place.Line - LinesAround);
        var last = Math.Min(lines.Length, place.Line + LinesAround);
        return new Excerpt([.. Enumerable.Range(first, last - first + 1).Select(number => Line(number, lines[number - 1], finding))]);
    }

    private static ExcerptLine Line(int number, string text, Finding finding)
    {
        var place = finding.Place;
        if (number != place.Line || place.Column == 0)
        {
            var (_, whole, _) = Hide(text, 0, 0, isSecret: false);
            return Fit(number, whole, 0, 0, marks: false);
        }

        var start = Math.Min(place.Column - 1, text.Length);
        var end = finding.End.Line == place.Line ? Math.Clamp(finding.End.Column - 1, start, text.Length)
            : finding.End.Line > place.Line ? text.TrimEnd().Length
            : start;

        // The name of a constant is no secret; what stands in quotation marks is.
        end = Math.Max(start, end);
        var (from, hidden, to) = Hide(text, start, end, finding.Rule is HardCodedKey or SecretInData && text.AsSpan(start, end - start).Contains('"'));
        return Fit(number, hidden, from, to, marks: true);
    }

    // The indented beginning is worth little; what is marked, and some of what stands before it, is shown.
    private static ExcerptLine Fit(int number, string text, int start, int end, bool marks)
    {
        var from = text.Length <= LongestLine ? 0 : Math.Max(0, start - CharactersBefore);
        var to = Math.Min(text.Length, from + LongestLine);
        from = from > 0 && char.IsLowSurrogate(text[from]) ? from - 1 : from;
        to = to < text.Length && char.IsLowSurrogate(text[to]) ? to - 1 : to;
        start = Math.Clamp(start, from, to);
        end = Math.Clamp(end, start, to);
        if (!marks)
        {
            return new ExcerptLine(number, text[from..to], "", "") { IsCut = (from > 0, to < text.Length) };
        }

        return new ExcerptLine(number, text[from..start], text[start..end], text[end..to]) { IsCut = (from > 0, to < text.Length) };
    }

    // The places are in characters and the detectors read bytes. Only ASCII is overwritten, one byte by one, so the places stay.
    private static (int Start, string Text, int End) Hide(string text, int start, int end, bool isSecret)
    {
        if (text.Length > LongestFile)
        {
            return (0, "", 0);
        }

        var bytes = s_lenient.GetBytes(text);
        Private.Hide(bytes);
        if (isSecret)
        {
            var from = s_lenient.GetByteCount(text.AsSpan(0, start));
            HideSpan(bytes, from, s_lenient.GetByteCount(text.AsSpan(start, end - start)));
        }

        // Lone surrogates became replacement characters, one by one: nothing has moved.
        return (start, s_lenient.GetString(bytes), end);
    }

    private static void HideSpan(Span<byte> utf8, int start, int length)
    {
        // The quotation mark, and what tells one kind of key from another.
        var kept = length > 2 && utf8[start] is (byte)'"' or (byte)'\'' or (byte)'$' or (byte)'@' ? PrefixOfSecret : PrefixOfSecret - 1;
        Private.Fill(utf8, start + kept, length - kept - 1);
    }

    private static Excerpt? OfData(string path, Finding finding, ByteSpan bytes)
    {
        using var stream = File.OpenRead(path);
        var window = WindowOf(stream, bytes, finding.Rule is SecretInData);

        // A finding about the whole line marks nothing in it.
        var isWhole = window.Before.Length == 0 && window.After.Length == 0 && finding.Place.Column <= 1;
        return new Excerpt(
        [
            isWhole
                ? new ExcerptLine(finding.Place.Line, window.Marked, "", "") { IsCut = window.IsCut }
                : new ExcerptLine(finding.Place.Line, window.Before, window.Marked, window.After) { IsCut = window.IsCut },
        ]);
    }

    private static Window WindowOf(FileStream stream, ByteSpan span, bool isSecret = false)
    {
        var from = Math.Max(0, span.Offset - BytesAround);
        var buffer = new byte[(int)(span.Offset - from) + BytesShown + BytesAround];
        stream.Position = from;
        var count = stream.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false);

        var start = Math.Min((int)(span.Offset - from), count);
        var lineStart = buffer.AsSpan(0, start).LastIndexOf((byte)'\n') + 1;
        var lineEnd = buffer.AsSpan(start, count - start).IndexOf((byte)'\n') is >= 0 and var end ? start + end : count;
        var line = buffer.AsSpan(lineStart, lineEnd - lineStart);
        start -= lineStart;

        Private.Hide(line);
        if (isSecret)
        {
            HideSpan(line, start, Math.Min(span.Length, line.Length - start));
        }

        var begin = Boundary(line, Math.Max(0, start - (2 * CharactersBefore)));
        var stop = Boundary(line, Math.Min(line.Length, start + BytesShown - (2 * CharactersBefore)));
        var marked = Boundary(line, Math.Clamp(start + span.Length, start, stop));
        return new Window(
            s_lenient.GetString(line[begin..start]),
            s_lenient.GetString(line[start..marked]),
            s_lenient.GetString(line[marked..stop]).TrimEnd('\r'),
            (begin > 0 || (lineStart == 0 && from > 0), stop < line.Length || (lineEnd == count && count == buffer.Length)));
    }

    // Never between the bytes of a character.
    private static int Boundary(ReadOnlySpan<byte> utf8, int index)
    {
        while (index > 0 && index < utf8.Length && (utf8[index] & 0xC0) == 0x80)
        {
            index--;
        }

        return index;
    }

    private static string LineFrom(FileStream stream, long start)
    {
        stream.Position = start;
        var buffer = new byte[LongestRecord];
        var count = stream.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false);
        var line = buffer.AsSpan(0, count);
        line = line.IndexOf((byte)'\n') is >= 0 and var end ? line[..end] : line[..Boundary(line, Math.Max(0, count - BytesAround))];
        Private.Hide(line);
        return s_lenient.GetString(line);
    }

    // The lines are in their order; where the file ends before one, it has none.
    private static List<(int Line, long Start)> StartsOf(FileStream stream, List<int> lines)
    {
        var starts = new List<(int, long)>(lines.Count);
        var buffer = new byte[128 * 1024];
        var (line, position) = (1, 0L);
        if (lines[0] == 1)
        {
            starts.Add((1, 0));
        }

        for (int count; starts.Count < lines.Count && (count = stream.Read(buffer)) > 0; position += count)
        {
            var rest = buffer.AsSpan(0, count);
            for (int end; starts.Count < lines.Count && (end = rest.IndexOf((byte)'\n')) >= 0;)
            {
                rest = rest[(end + 1)..];
                if (++line == lines[starts.Count])
                {
                    starts.Add((line, position + count - rest.Length));
                }
            }
        }

        return starts;
    }

    private string[] LinesOf(string path)
    {
        // Findings come file by file: one file at a time is enough.
        if (_latest is { } latest && latest.File == path)
        {
            return latest.Lines;
        }

        var lines = new FileInfo(path) is { Exists: true, Length: <= LongestFile } ? Split(File.ReadAllText(path)) : [];
        _latest = (path, lines);
        return lines;
    }

    // Where the compiler ends a line.
    private static string[] Split(string text) => text.Split(["\r\n", "\n", "\r", "\u0085", "\u2028", "\u2029"], StringSplitOptions.None);

    private sealed record Window(string Before, string Marked, string After, (bool Start, bool End) IsCut);
}
