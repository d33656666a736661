using System.Text;
using AiGuardrails.Core.Training.Linting;
using AiGuardrails.Core.Training.Targets;

namespace AiGuardrails.Core.Tests.Training.Linting;

/// <summary>AIG9001: what is not JSON Lines, and that nothing else becomes of it than a finding.</summary>
public sealed class JsonLinesTests
{
    private static readonly string s_good = Lint.Chat("What is the capital of Norway?", "Oslo");

    [Theory]
    [InlineData("{\"a\":1,}", "Error 1:8 this is not JSON: a comma before the closing bracket")]
    [InlineData("{\"a\":'b'}", "Error 1:6 this is not JSON: a character that cannot stand here")]
    [InlineData("{\"a\":\"tab\there\"}", "Error 1:10 this is not JSON: a control character in a string; write it as an escape")]
    [InlineData("{\"a\":\"nul\0\"}", "Error 1:10 this is not JSON: a control character in a string; write it as an escape")]
    [InlineData("{\"ä😀\":\"x\\q\"}", "Error 1:10 this is not JSON: an escape that JSON does not know")]
    [InlineData("", "Error 1:1 a blank line, where each line is one JSON object")]
    [InlineData("   ", "Error 1:1 a blank line, where each line is one JSON object")]
    [InlineData("[{\"messages\":[]}]", "Error 1:1 a list, where each line is one JSON object")]
    [InlineData("\t [1]", "Error 1:1 a list, where each line is one JSON object")]
    [InlineData("{\"messages\":[{\"role\":\"user\"", "Error 1:28 this is not JSON: the text ends inside a value")]
    [InlineData("{} {}", "Error 1:4 this is not JSON: more text after the value")]
    [InlineData("{}\r{}\r", "Error 1:4 lines end with CR alone; in JSON Lines they end with LF")]
    [InlineData("{\"messages\":[{\"role\":\"usr\",\"content\":\"q\"}]", "Error 1:43 this is not JSON: the text ends inside a value")] // nothing is said of what stands before
    [InlineData("\u0000\u0000", "Error 1:1 this is not JSON: a character that cannot stand here")]
    public void Line_that_is_not_json_has_one_finding_with_its_place(string line, string expected)
    {
        var findings = Lint.Lines(TrainingTarget.OpenAIChat, line);

        Assert.Equal(["AIG9001 " + expected], findings.Where(static finding => finding.Level == LintLevel.Error).Select(Lint.Show));
    }

    [Fact]
    public void Findings_have_byte_offsets_in_the_file()
    {
        var file = s_good + "\r\n{\"ä\":tru}\n";

        var finding = Assert.Single(Lint.File(TrainingTarget.OpenAIChat, file), static finding => finding.Line == 2);

        Assert.Equal(6, finding.Column);
        Assert.Equal(Encoding.UTF8.GetByteCount(s_good) + 2 + 6, finding.Offset);
        Assert.Equal(1, finding.Length);
    }

    [Fact]
    public void Line_that_is_cut_off_has_its_finding_behind_its_end()
    {
        var file = s_good + "\n" + s_good[..20];

        var finding = Assert.Single(Lint.File(TrainingTarget.OpenAIChat, file), static finding => finding.Line == 2);

        Assert.Equal((21, file.Length, 0), (finding.Column, (int)finding.Offset, finding.Length));
    }

    [Theory]
    [InlineData("", true)]
    [InlineData("  ", true)]
    [InlineData("\\n", true)]
    [InlineData(" \\t \\r\\n", true)]
    [InlineData("\\u0020", true)]
    [InlineData("\\u0061", true)] // not certain
    [InlineData("a", false)]
    [InlineData(" a", false)]
    [InlineData("\\na", false)]
    [InlineData("n", false)]
    [InlineData("\\\\n", false)]
    [InlineData("\\\"", false)]
    [InlineData("\\", false)]
    public void Text_of_white_space_and_escapes_of_it_is_blank(string text, bool isBlank) => Assert.Equal(isBlank, RecordReader.IsBlankEscaped(Encoding.UTF8.GetBytes(text)));

    [Theory]
    [InlineData("trl-text", """{"text":"a","n":{"x":[2,1e999]},"m":[2]}""", "the number", "1e999")]
    [InlineData("trl-text", """{"text":"a","n":1e999,"m":[2]}""", "the number", "1e999")]
    [InlineData("trl-text", """{"text":"a","n":{"x":1,"y":2,"x":3},"m":[2]}""", "the object has the name", "\"x\"")]
    [InlineData("trl-text", """{"text":"a","n":{"\ud800":1},"m":[2]}""", "the name holds an escaped surrogate", "\"\\ud800\"")]
    [InlineData(
        "openai-chat",
        """{"messages":[{"role":"user","content":"q"},{"role":"assistant","tool_calls":[{"id":"c","type":"function","function":{"name":"get_x","arguments":"{}"}}]}],"tools":[{"type":"function","function":{"name":"get_y"}}]}""",
        "the tool 'get_x' is called", "\"get_x\"")]
    public void A_finding_covers_what_it_is_about(string target, string line, string message, string covered)
    {
        var file = "{}\n" + line + "\n{}";

        var finding = Assert.Single(Lint.File(TrainingTarget.Parse(target), file), finding => finding.Message.English.StartsWith(message, StringComparison.Ordinal));

        Assert.Equal(2, finding.Line);
        Assert.Equal(covered, file.Substring((int)finding.Offset, finding.Length));
    }

    [Fact]
    public void Findings_are_counted_by_their_level()
    {
        var file = "x\n" + s_good + "\r\n" + Lint.Chat("q", "TODO") + "\n\n";

        var summary = TrainingLinter.Check(TrainingTarget.OpenAIChat, Encoding.UTF8.GetBytes(file), new LintOptions { Disabled = [LintRules.Size] }, static _ => { });

        Assert.Equal((4, 2, file.Length), (summary.Lines, summary.Records, (int)summary.Bytes));
        Assert.Equal((2, 1, 1), (summary.Errors, summary.Warnings, summary.Infos));
    }

    [Fact]
    public void Blank_lines_are_errors_at_the_end_too_and_the_last_line_needs_no_line_feed()
    {
        Assert.Empty(Lint.Lines(TrainingTarget.OpenAIChat, s_good));
        Assert.Empty(Lint.File(TrainingTarget.OpenAIChat, s_good, new LintOptions { Disabled = [LintRules.Size] }));
        Assert.Equal(
            ["AIG9001 Error 2:1 a blank line, where each line is one JSON object", "AIG9001 Error 3:1 a blank line, where each line is one JSON object"],
            Lint.Lines(TrainingTarget.OpenAIChat, s_good, "", "").Select(Lint.Show));
        Assert.Equal(LintLevel.Warning, Assert.Single(Lint.Lines(TrainingTarget.FireworksChat, s_good, "")).Level);
    }

    [Theory]
    [InlineData("openai-chat", LintLevel.Info)]
    [InlineData("azure-chat", LintLevel.Info)]
    [InlineData("together-chat", LintLevel.Warning)]
    [InlineData("fireworks-chat", LintLevel.Warning)]
    [InlineData("bedrock-haiku", LintLevel.Warning)]
    public void Byte_order_mark_is_told_by_the_target(string target, object level)
    {
        var finding = Assert.Single(Lint.Lines(TrainingTarget.Parse(target), "\uFEFF" + s_good));

        Assert.Equal((LintLevel)level, finding.Level);
        Assert.Equal((LintLevel)level == LintLevel.Info, finding.Message.English == "the file starts with a byte-order mark; most readers expect none");
        Assert.Equal((LintLevel)level == LintLevel.Warning, finding.Message.English.EndsWith("'s own checker refuses it", StringComparison.Ordinal));
        Assert.Equal((1, 1, 0L, 3), (finding.Line, finding.Column, finding.Offset, finding.Length));
    }

    [Fact]
    public void Offsets_count_the_byte_order_mark()
    {
        var finding = Assert.Single(Lint.Lines(TrainingTarget.OpenAIChat, "\uFEFF{\"a\":tru}"), static finding => finding.Level == LintLevel.Error);

        Assert.Equal((3L + 5, 6), (finding.Offset, finding.Column));
    }

    [Theory]
    [InlineData(new byte[] { 0xFF, 0xFE, 0x7B, 0x00 }, true)]
    [InlineData(new byte[] { 0xFE, 0xFF, 0x00, 0x7B }, true)]
    [InlineData(new byte[] { 0x7B, 0x00 }, true)]
    [InlineData(new byte[] { 0x00, 0x7B }, true)]
    [InlineData(new byte[] { 0xFF, 0x7B, 0x22, 0x22 }, false)]
    [InlineData(new byte[] { 0x7B, 0xFE, 0x22, 0x22 }, false)]
    [InlineData(new byte[] { 0xFE, 0x7B, 0x22, 0x22 }, false)]
    [InlineData(new byte[] { 0x7B, 0xFF, 0x22, 0x22 }, false)]
    [InlineData(new byte[] { 0xFF }, false)]
    public void Other_encodings_are_told_once(byte[] bytes, bool expected)
    {
        var findings = Lint.File(TrainingTarget.TrlText, [.. bytes, (byte)'\n', (byte)'x', (byte)'\n'], new LintOptions { Disabled = [LintRules.Size] });

        Assert.Equal(expected, findings.Any(static finding => finding.Message.English == "the file is UTF-16 or UTF-32, where JSON Lines is UTF-8"));
        Assert.Equal(expected ? 1 : 2, findings.Count);
    }

    [Fact]
    public void Byte_order_mark_in_the_middle_is_an_error()
    {
        var finding = Assert.Single(Lint.Lines(TrainingTarget.OpenAIChat, s_good, "\uFEFF" + s_good));

        Assert.Equal("AIG9001 Error 2:1 this is not JSON: a byte-order mark, which JSON does not allow", Lint.Show(finding));
    }

    [Fact]
    public void Line_ends_of_windows_are_told_once()
    {
        var finding = Assert.Single(Lint.File(TrainingTarget.OpenAIChat, s_good + "\r\n" + Lint.Chat("And of Sweden?", "Stockholm") + "\r\n", new LintOptions { Disabled = [LintRules.Size] }));

        Assert.Equal((LintRules.NotJsonLines, LintLevel.Info, 1), (finding.Rule, finding.Level, finding.Line));
    }

    [Fact]
    public void Other_encodings_and_json_over_lines_are_one_finding()
    {
        Assert.Equal(LintLevel.Error, Assert.Single(Lint.File(TrainingTarget.OpenAIChat, Encoding.Unicode.GetPreamble().Concat(Encoding.Unicode.GetBytes(s_good + "\n" + s_good)).ToArray())).Level);
        Assert.Contains("UTF-16", Assert.Single(Lint.File(TrainingTarget.OpenAIChat, Encoding.Unicode.GetBytes(s_good + "\n" + s_good))).Message.English, StringComparison.Ordinal);
        Assert.Contains("UTF-16", Assert.Single(Lint.File(TrainingTarget.OpenAIChat, Encoding.BigEndianUnicode.GetBytes(s_good))).Message.English, StringComparison.Ordinal);
        Assert.Equal("the file is one JSON array over several lines, where each line is one JSON object", Assert.Single(Lint.File(TrainingTarget.OpenAIChat, "[\n" + s_good + ",\n" + s_good + "\n]")).Message);
        Assert.Equal("the file is JSON over several lines, where each line is one JSON object", Assert.Single(Lint.File(TrainingTarget.OpenAIChat, "{\n  \"messages\": []\n}")).Message);
    }

    [Fact]
    public void Invalid_utf8_is_an_error_with_its_place()
    {
        byte[] line = [.. "{\"messages\":[{\"role\":\"user\",\"content\":\"caf"u8, 0xE9, .. "\"}]}"u8];

        var finding = Assert.Single(Lint.File(TrainingTarget.OpenAIChat, line, new LintOptions { Disabled = [LintRules.Size] }));

        Assert.Equal("AIG9001 Error 1:43 this is not JSON: bytes that are not UTF-8", Lint.Show(finding));
    }

    [Fact]
    public void What_json_leaves_open_is_a_warning()
    {
        Assert.Equal(
            ["AIG9001 Warning 1:59 the object has the name 'content' twice; readers differ in which value they take"],
            Lint.Lines(TrainingTarget.OpenAIChat, """{"messages":[{"role":"user","content":"q"},{"content":"x","content":"a","role":"assistant"}]}""").Select(Lint.Show));
        Assert.Equal(
            ["the object has the name 'b' twice; readers differ in which value they take", "the object has the name 'a' twice; readers differ in which value they take"],
            Lint.Lines(TrainingTarget.TrlText, """{"text":"t","a":{"b":1,"\u0062":2},"a":3}""").Select(static finding => finding.Message));
        Assert.Equal(
            ["AIG9001 Warning 1:17 the number '1e400' is beyond the range of a double; readers differ in what they make of it"],
            Lint.Lines(TrainingTarget.TrlText, """{"text":"t","a":1e400,"b":1e308,"c":-0.0001e312,"d":0e999}""").Select(Lint.Show));
        Assert.Equal(
            [(LintRules.NotJsonLines, LintLevel.Info, 12)],
            Lint.Lines(TrainingTarget.TrlText, "{\"text\":\"ab\u2028c\"}").Select(static finding => (finding.Rule, finding.Level, finding.Column)));
    }

    [Fact]
    public void Findings_of_the_format_fall_with_a_line_that_is_not_json() =>
        Assert.Equal(
            ["AIG9001 Error 1:36 this is not JSON: the text ends inside a value"],
            Lint.Lines(TrainingTarget.OpenAIChat, """{"messages":[{"role":"bot"}],"id":7""").Select(Lint.Show));

    [Fact]
    public void Deep_nesting_is_a_finding()
    {
        var finding = Assert.Single(Lint.Lines(TrainingTarget.OpenAIChat, "{\"messages\":" + new string('[', 100_000)));
        Assert.Equal("AIG9001 Error 1:76 arrays and objects nested too deeply, beyond 64", Lint.Show(finding));
        Assert.Single(Lint.Lines(TrainingTarget.TrlText, "{\"text\":\"a\",\"b\":" + string.Concat(Enumerable.Repeat("{\"a\":", 100_000))));
    }

    [Fact]
    public void Line_longer_than_the_bound_is_a_finding_and_the_next_is_checked()
    {
        var file = "{\"text\":\"" + new string('a', 5000) + "\"}\n{}\n";
        foreach (var chunk in new[] { 1, 7, 100_000 })
        {
            var findings = InPieces(TrainingTarget.TrlText, Encoding.UTF8.GetBytes(file), chunk, new LintOptions { MaxLineBytes = 1000, Disabled = [LintRules.Size] });
            Assert.Equal(
                ["AIG9001 Warning 1:1 the line is longer than 1,000 bytes and has not been checked; is this one JSON object a line?", "AIG9002 Error 2:1 the record has no 'text'"],
                findings.Select(Lint.Show));
        }
    }

    [Fact]
    public void One_line_of_a_gigabyte_takes_no_memory()
    {
        var linter = new TrainingLinter(TrainingTarget.OpenAIChat, new LintOptions { MaxLineBytes = 1 << 20 }, static _ => { });
        var chunk = new byte[1 << 20];
        chunk.AsSpan().Fill((byte)'a');
        linter.Write(chunk);
        linter.Write(chunk);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1022; i++)
        {
            linter.Write(chunk);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.Equal(1L << 30, linter.Complete().Bytes);
    }

    [Fact]
    public void Findings_beyond_the_limit_are_counted()
    {
        var file = string.Concat(Enumerable.Repeat("{}\n", 60));

        var findings = Lint.File(TrainingTarget.TrlText, file, new LintOptions { MaxFindingsPerRule = 5, Disabled = [LintRules.Size, LintRules.Duplicate] });

        Assert.Equal(6, findings.Count);
        Assert.Equal("AIG9002 Error 0:0 55 more findings of this rule are not listed", Lint.Show(findings[^1]));
    }

    [Theory]
    [InlineData(1, "Info 1: lines end with | Error 0: 2 more findings of this rule are not listed")]
    [InlineData(2, "Info 1: lines end with | Error 2: a blank line, w | Error 0: 1 more finding of t")]
    [InlineData(3, "Info 1: lines end with | Error 2: a blank line, w | Error 3: a blank line, w")]
    public void What_is_not_listed_has_the_level_of_the_worst(int most, string expected)
    {
        var options = new LintOptions { MaxFindingsPerRule = 50, MaxFindingsOf = new Dictionary<string, int>(StringComparer.Ordinal) { [LintRules.NotJsonLines] = most }, Disabled = [LintRules.Size] };

        var shown = Lint.File(TrainingTarget.OpenAIChat, s_good + "\r\n\n\n", options).Select(static finding => $"{finding.Level} {finding.Line}: {finding.Message.English}");

        Assert.Equal(expected.Split(" | "), shown.Zip(expected.Split(" | "), static (text, start) => text[..Math.Min(text.Length, start.Length)]));
        Assert.Equal(expected.Split(" | ").Length, shown.Count());
    }

    [Fact]
    public void Pieces_of_any_size_give_the_same_findings()
    {
        var file = Encoding.UTF8.GetBytes("\uFEFF" + s_good + "\n\n{\"messages\":[{\"role\":\"bot\",\"content\":\"ü😀\"}]}\r\n" + Lint.Chat("q", "") + "\n[1]\n" + s_good + "\n" + s_good);
        var expected = Lint.File(TrainingTarget.OpenAIChat, file);
        Assert.True(expected.Count > 6);
        foreach (var size in new[] { 1, 2, 3, 5, 17, 64, 1000 })
        {
            Assert.Equal(expected, InPieces(TrainingTarget.OpenAIChat, file, size, new LintOptions()));
        }
    }

    [Fact]
    public void No_bytes_throw()
    {
        byte[][] seeds =
        [
            Encoding.UTF8.GetBytes(Lint.Chat("Who wrote \\\"Faust\\\"? \\ud83d\\ude00 mail ann@firma.de", "Goethe ü 👩‍👩‍👧 4111 1111", "Be brief.\\u200b") + "\n" + s_good),
            Encoding.UTF8.GetBytes("""{"conversations":[{"from":"human","value":"q"},{"from":"gpt","value":"a"}],"system":"s","tools":"[]","x":{"a":[1e9,true,null,{"b":{}}]}}"""),
            Encoding.UTF8.GetBytes("""{"input":{"messages":[{"role":"user","content":[{"type":"text","text":"q"}]}]},"preferred_output":[{"role":"assistant","content":"a"}],"non_preferred_output":[{"role":"assistant","content":"b"}]}"""),
        ];
        var alphabet = "{}[],:\"\\u0d8f123456789.-+eE@ \n\r\tné€\u200d"u8.ToArray();
        var random = new Random(42);
        for (var i = 0; i < 20_000; i++)
        {
            var bytes = seeds[i % seeds.Length].ToList();
            for (var edits = random.Next(1, 8); edits > 0; edits--)
            {
                var at = random.Next(bytes.Count);
                switch (random.Next(5))
                {
                    case 0: bytes.RemoveAt(at); break;
                    case 1: bytes.Insert(at, alphabet[random.Next(alphabet.Length)]); break;
                    case 2: bytes[at] = (byte)random.Next(256); break;
                    case 3: bytes.InsertRange(at, bytes.Skip(at / 2).Take(random.Next(40)).ToList()); break;
                    default: bytes[at] = alphabet[random.Next(alphabet.Length)]; break;
                }
            }

            var file = bytes.ToArray();
            var findings = Lint.File(TrainingTarget.All[i % TrainingTarget.All.Count], file, new LintOptions { NearDuplicates = true, SumTokens = true, MaxTokens = 20 });
            foreach (var finding in findings)
            {
                Assert.InRange(finding.Offset, 0, file.Length);
                Assert.InRange(finding.Offset + finding.Length, 0, file.Length);
                Assert.NotEmpty(finding.Message.English);
            }
        }
    }

    // Work that is quadratic in anything would not come to an end here; what is kept of it is bounded by the length too.
    [Theory]
    [InlineData("sk-proj-")]
    [InlineData("a@")]
    [InlineData("+1 ")]
    [InlineData("4539 ")]
    [InlineData("1.1.")]
    [InlineData("-----BEGIN PRIVATE KEY-----")]
    [InlineData("x://a:b")]
    [InlineData("Password=")]
    [InlineData("a\u200E")]
    [InlineData("\\u200b a")]
    [InlineData("anna@nordbank.se ")]
    [InlineData("Ã")]
    [InlineData("é\u0301")]
    [InlineData("\\\\")]
    public void Hostile_texts_take_linear_work(string piece)
    {
        var line = Lint.Chat(string.Concat(Enumerable.Repeat(piece, 1_000_000 / piece.Length)), "a");
        var before = GC.GetAllocatedBytesForCurrentThread();

        var findings = Lint.File(TrainingTarget.OpenAIChat, line);

        Assert.InRange(findings.Count, 1, 12 * 51);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 100L * line.Length);
    }

    [Theory]
    [InlineData("{\"messages\":[", "{\"role\":\"bot\"},", "{}]}")]
    [InlineData("{\"messages\":[", "1,", "2]}")]
    [InlineData("{", "\"a\":1,", "\"b\":2}")]
    public void Hostile_records_take_linear_work(string start, string piece, string end)
    {
        var line = start + string.Concat(Enumerable.Repeat(piece, 300_000 / piece.Length)) + end;
        var before = GC.GetAllocatedBytesForCurrentThread();

        var findings = Lint.File(TrainingTarget.OpenAIChat, line);

        Assert.InRange(findings.Count, 1, 12 * 51);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 100L * line.Length);
    }

    internal static List<LintFinding> InPieces(TrainingTarget target, byte[] file, int size, LintOptions options)
    {
        var findings = new List<LintFinding>();
        var linter = new TrainingLinter(target, options, findings.Add);
        for (var i = 0; i < file.Length; i += size)
        {
            linter.Write(file.AsSpan(i, Math.Min(size, file.Length - i)));
        }

        linter.Complete();
        return findings;
    }
}
