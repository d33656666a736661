using System.Text;
using System.Text.RegularExpressions;
using AiGuardrails.Core.Json;
using AiGuardrails.Core.Secrets;
using AiGuardrails.Core.Text;
using AiGuardrails.Core.Training.Linting;
using AiGuardrails.Core.Training.Targets;

namespace AiGuardrails.Core.Tests.Training.Linting;

/// <summary>The short ways of the linter find what the long ones find.</summary>
public sealed partial class KnownFormTests
{
    private static readonly string[] s_texts =
    [
        "", " ", "\\n", " \\t", "\\u0020", "\\u0041", "a", "Hello there", "say \\\"yes\\\"", "a\\\\", "C:\\\\dir\\/x", "\\ud83d\\ude00", "\\ud83d", "\\ude00x", "\\x", "\\u12", "😀", "您好，世界。“引号”！",
        "Größe", "\u0085", "\uFFFD", "\uFEFF", "\u200B", "\u2028", "Ã©", "sk-proj-abc", "AKIAIOSFODNN7EXAMPLE", "mail@corp.example.org", "4111 1111 1111 1111", "10.1.2.3", "8.8.8.8", "GB82WEST12345698765432",
        "+49 30 901820", "1234567890123", "12. x", "user", "assistant", "[]", "{\\\"a\\\":1}", "null",
    ];

    [Fact]
    public void A_line_of_a_known_form_is_read_as_if_it_were_the_first()
    {
        var random = new Random(11);
        foreach (var target in TrainingTarget.All)
        {
            string[] lines =
            [
                .. TargetTests.Accepted.Where(row => (string)row[0] == target.Name).Select(static row => (string)row[1]),
                .. TargetTests.Refused.Where(row => (string)row[0] == target.Name).Select(static row => (string)row[1]),
            ];
            var description = TargetDescriptions.Of(target);
            var options = new LintOptions { MaxFindingsPerRule = int.MaxValue };
            var found = new List<LintFinding>();
            var findings = new LineFindings(options, found.Add);
            var reader = new RecordReader(description, findings);
            for (var i = 0; i < 600; i++)
            {
                // The same line again and again, with other texts in it.
                var utf8 = Change(lines[random.Next(lines.Length) * random.Next(2) * random.Next(2)], random);
                var expected = new List<LintFinding>();
                var freshFindings = new LineFindings(options, expected.Add);
                var fresh = new RecordReader(description, freshFindings);
                found.Clear();
                findings.StartLine(1, 0);
                freshFindings.StartLine(1, 0);
                Assert.Equal(fresh.Read(utf8), reader.Read(utf8));
                findings.Confirm(utf8);
                freshFindings.Confirm(utf8);
                Assert.Equal(expected, found);
                Assert.Equal(fresh.Turns.ToArray(), reader.Turns.ToArray());
                Assert.Equal(fresh.Texts.ToArray().Select(Plain), reader.Texts.ToArray().Select(Plain));
            }
        }
    }

    [Fact]
    public void A_text_is_scanned_as_it_is_read()
    {
        var random = new Random(12);
        for (var i = 0; i < 150_000; i++)
        {
            var text = new StringBuilder(new string('x', random.Next(40)) + "\"");
            var start = text.Length;
            for (var pieces = random.Next(8); pieces > 0; pieces--)
            {
                text.Append(random.Next(3) == 0 ? new string("ax你，é"[random.Next(5)], random.Next(40)) : s_texts[random.Next(s_texts.Length)]);
            }

            var utf8 = Encoding.UTF8.GetBytes(text.Append("\",\"role\":\"A-1\"}").ToString());
            for (var edits = Math.Max(0, random.Next(5) - 2); edits > 0; edits--)
            {
                utf8[random.Next(utf8.Length)] = (byte)random.Next(256);
            }

            AssertScannedAsRead(utf8, start);
        }
    }

    [Fact]
    public void Runs_of_three_bytes_are_scanned_as_they_are_read()
    {
        // Leads that any two continuations may follow and others, what is usual beside Han and what is suspicious, and what ends a run.
        string[] pieces =
        [
            "你", "好世界", "，", "。", "、", "！", "“", "”", "—", "…", "　", "か", "ガ", "한", "\uC7FF", "\uD7A3", "\u3000", "\u2FFF", "\uCFFF", "\uD000", "\uFF3F", "\uFF5E", "\uFFA0", "\uFFFD",
            "\uE000", "\uF900", "\uFEFF", "\u200B", "\u200F", "\u2010", "\u201F", "\u2028", "\u0800", "\u1000", "\u1160", "é", "😀", "a", "12", "\\n", "\\\"", "\\u4f60", "_",
        ];
        var random = new Random(13);
        for (var i = 0; i < 100_000; i++)
        {
            var text = new StringBuilder(new string('x', random.Next(3)) + "\"" + new string('x', random.Next(4)));
            var start = text.ToString().IndexOf('"', StringComparison.Ordinal) + 1;
            for (var runs = random.Next(5); runs > 0; runs--)
            {
                text.Append('你', random.Next(40));
                text.Append(random.Next(2) == 0 ? pieces[random.Next(8)] : pieces[random.Next(pieces.Length)]);
            }

            var utf8 = Encoding.UTF8.GetBytes(text.Append('"').Append(' ', random.Next(60)).ToString());
            for (var edits = Math.Max(0, random.Next(5) - 2); edits > 0; edits--)
            {
                // Also bytes that are well enough where another stands.
                var at = random.Next(utf8.Length);
                utf8[at] = random.Next(2) == 0 ? (byte)random.Next(256) : utf8[random.Next(utf8.Length)];
            }

            AssertScannedAsRead(utf8, start);
        }
    }

    private static void AssertScannedAsRead(byte[] utf8, int start)
    {
        var isText = TextScanner.TryScan(utf8, start, out var scan);
        Assert.True(isText == TextScanner.TryScanRuns(utf8, start, out var expected), Convert.ToHexString(utf8));

        // The reader, which is what counts, with what it tells by other means left out.
        var reader = new JsonUtf8Reader(utf8.AsSpan(start - 1));
        Assert.Equal(utf8[start - 1] == '"' && reader.Read() && !reader.HasLoneSurrogate, isText && utf8[start - 1] == '"');
        if (!isText)
        {
            return;
        }

        Assert.Equal((expected.Length, expected.HasEscapes, expected.IsAscii, expected.IsClassified), (scan.Length, scan.HasEscapes, scan.IsAscii, scan.IsClassified));
        if (!scan.IsClassified)
        {
            return;
        }

        // By both ways: that of the machine, and that of any machine.
        var plain = new byte[scan.Length];
        plain = plain[..JsonString.Unescape(utf8.AsSpan(start, scan.Length), plain)];
        Assert.Equal(RareBytes.Of(plain), scan.Suspicion);
        Assert.Equal(RareBytes.Of(plain), expected.Suspicion);
        Assert.Equal(scan.IsAscii, Core.Text.Ascii.CountAtStart(plain) == plain.Length);
        if (!scan.HasAnchors || !expected.HasAnchors)
        {
            Assert.False(SecretDetector.TryFind(plain, 0, out _), Convert.ToHexString(utf8));
            Assert.False(PersonalData.TryFind(plain, 0, out _), Convert.ToHexString(utf8));
        }
    }

    [GeneratedRegex("\"(?:[^\"\\\\]|\\\\.)*\"(?! ?:)", RegexOptions.None, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex StringValue();

    private static byte[] Change(string line, Random random)
    {
        var values = StringValue().Matches(line);
        for (var changes = random.Next(4); changes > 0 && values.Count > 0; changes--)
        {
            var value = values[random.Next(values.Count)];
            line = line[..value.Index] + '"' + s_texts[random.Next(s_texts.Length)] + '"' + line[(value.Index + value.Length)..];
            values = StringValue().Matches(line);
        }

        var utf8 = Encoding.UTF8.GetBytes(line);
        if (random.Next(10) == 0)
        {
            utf8[random.Next(utf8.Length)] = (byte)random.Next(256);
        }

        return utf8;
    }

    // What only the scan tells is not there in a text that was read.
    private static RecordText Plain(RecordText text)
    {
        text.IsClassified = false;
        text.HasAnchors = false;
        text.Suspicion = Suspicion.None;
        return text;
    }
}
