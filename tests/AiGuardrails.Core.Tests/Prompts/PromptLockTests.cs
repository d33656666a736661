using System.Globalization;
using AiGuardrails.Core.Json;
using AiGuardrails.Core.Prompts;

namespace AiGuardrails.Core.Tests.Prompts;

public sealed class PromptLockTests
{
    private const string Hash = "0123456789abcdef";
    private const string Other = "fedcba9876543210";

    [Fact]
    public void A_file_has_a_line_for_each_prompt_by_identifier()
    {
        var file = PromptLock.Of([new("support/reply", 12, Other), new("a \"b\" \\ c", 1, Hash), new("Support/triage", 3, Hash), new("äöü", 2, Hash)]);

        Assert.Equal(
            """
            {
              "version": 1,
              "prompts": {
                "Support/triage": { "version": 3, "hash": "0123456789abcdef" },
                "a \"b\" \\ c": { "version": 1, "hash": "0123456789abcdef" },
                "support/reply": { "version": 12, "hash": "fedcba9876543210" },
                "äöü": { "version": 2, "hash": "0123456789abcdef" }
              }
            }

            """.ReplaceLineEndings("\n"),
            file.ToText());
    }

    [Fact]
    public void A_file_without_prompts_can_be_read()
    {
        Assert.Equal("{\n  \"version\": 1,\n  \"prompts\": {}\n}\n", PromptLock.Empty.ToText());
        Assert.True(PromptLock.Empty.HasSameEntriesAs(Read(PromptLock.Empty.ToText())));
    }

    [Fact]
    public void What_is_written_is_read_again_whatever_the_order_and_the_line_ends()
    {
        var random = new Random(8005);
        for (var i = 0; i < 500; i++)
        {
            var entries = Enumerable.Range(0, random.Next(8)).Select(_ => RandomEntry(random)).DistinctBy(static entry => entry.Id).ToList();
            var shuffled = entries.ToArray();
            random.Shuffle(shuffled);

            var text = PromptLock.Of(entries).ToText();

            Assert.Equal(text, PromptLock.Of(shuffled).ToText());
            Assert.DoesNotContain('\r', text);
            Assert.Equal(text, Read(text).ToText());
            Assert.Equal(text, Read(text.Replace("\n", "\r\n", StringComparison.Ordinal)).ToText());
            Assert.All(entries, entry => Assert.Equal(entry, Read(text).EntryOf(entry.Id)));
        }
    }

    [Theory]
    [InlineData("tr-TR")]
    [InlineData("ar-SA")]
    [InlineData("sv-SE")]
    public void A_culture_changes_nothing(string culture)
    {
        PromptLock file = PromptLock.Of([new("I", 1234567, Hash), new("i", 1, Hash), new("z", 1, Hash), new("ä", 1, Hash)]);
        var expected = file.ToText();
        var before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = new CultureInfo(culture) { NumberFormat = { NegativeSign = "~" } };
            Assert.Equal(expected, file.ToText());
            Assert.Equal(expected, PromptLock.Of(file.Entries.Reverse()).ToText());
            Assert.True(file.HasSameEntriesAs(Read(expected)));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public void Entries_are_replaced_and_added()
    {
        var file = PromptLock.Of([new("a", 1, Hash), new("b", 1, Hash)]).With([new("b", 2, Other), new("c", 1, Hash)]);

        Assert.Equal([new("a", 1, Hash), new("b", 2, Other), new("c", 1, Hash)], file.Entries);
    }

    [Theory]
    [InlineData("", 1, 1, "there is no value")]
    [InlineData("[]", 1, 1, "the file must be an object")]
    [InlineData("{}", 1, 1, "the file needs 'version'")]
    [InlineData("{\"version\":1}", 1, 1, "the file needs 'prompts'")]
    [InlineData("{\"version\":1,\"prompts\":{}} x", 1, 28, "more text after the value")]
    [InlineData("{\"version\":2,\"prompts\":{}}", 1, 12, "the file has the form 2, and this version of AiGuardrails reads form 1; update the package")]
    [InlineData("{\"version\":\"1\",\"prompts\":{}}", 1, 12, "'version' must be a whole number from 1 on")]
    [InlineData("{\"version\":1.5,\"prompts\":{}}", 1, 12, "'version' must be a whole number from 1 on")]
    [InlineData("{\"version\":1,\"prompts\":[]}", 1, 24, "'prompts' must be an object, with a member for each prompt")]
    [InlineData("{\"version\":1,\"promts\":{}}", 1, 14, "'promts' is no member of the file, which has 'version' and 'prompts'")]
    [InlineData("{\"version\":1,\"version\":1,\"prompts\":{}}", 1, 14, "'version' stands twice in the file")]
    [InlineData("{\"version\":1,\n\"prompts\":{\n  \"a\":1}}", 3, 7, "the entry of 'a' must be an object with 'version' and 'hash'")]
    [InlineData("{\"version\":1,\n\"prompts\":{\n  \" \":{}}}", 3, 3, "this cannot be the identifier of a prompt")]
    [InlineData("{\"version\":1,\n\"prompts\":{\n  \"\\u0007\":{}}}", 3, 3, "this cannot be the identifier of a prompt")]
    [InlineData("{\"version\":1,\n\"prompts\":{\n  \"\\ud800\":{}}}", 3, 3, "a text holds half of a surrogate pair")]
    [InlineData("{\"version\":1,\n\"prompts\":{\n  \"a\":{\"version\":1}}}", 3, 7, "the entry of 'a' needs 'hash'")]
    [InlineData("{\"version\":1,\n\"prompts\":{\n  \"a\":{\"hash\":\"0123456789abcdef\"}}}", 3, 7, "the entry of 'a' needs 'version'")]
    [InlineData("{\"version\":1,\n\"prompts\":{\n  \"a\":{\"version\":0,\"hash\":\"0123456789abcdef\"}}}", 3, 18, "'version' must be a whole number from 1 on")]
    [InlineData("{\"version\":1,\n\"prompts\":{\n  \"a\":{\"version\":99999999999,\"hash\":\"0123456789abcdef\"}}}", 3, 18, "'version' must be a whole number from 1 on")]
    [InlineData("{\"version\":1,\n\"prompts\":{\n  \"a\":{\"version\":1,\"hash\":\"0123456789ABCDEF\"}}}", 3, 27, "'hash' must be 16 digits from 0 to 9 and a to f")]
    [InlineData("{\"version\":1,\n\"prompts\":{\n  \"a\":{\"version\":1,\"hash\":7}}}", 3, 27, "'hash' must be a text")]
    [InlineData("{\"version\":1,\n\"prompts\":{\n  \"a\":{\"version\":1,\"hash\":\"0123456789abcdef\",\"note\":\"\"}}}", 3, 46, "'note' is no member of the entry of 'a', which has 'version' and 'hash'")]
    [InlineData("{\"version\":1,\n\"prompts\":{\n  \"a\":{\"version\":1,\"hash\":\"0123456789abcdef\"},\n  \"a\":{\"version\":1,\"hash\":\"0123456789abcdef\"}}}", 4, 3, "'a' stands twice in 'prompts'")]
    [InlineData("{\"version\":1,\n\"prompts\":{\n<<<<<<< HEAD\n", 3, 1, "a conflict of a merge is not resolved; keep either side, and run 'aiguardrails prompts lock'")]
    [InlineData("{\"version\":1,\n\"prompts\":{\n  \"ä\":{},,}}", 3, 7, "the entry of 'ä' needs 'version'")]
    [InlineData("{\"version\":1,\n\"prompts\":{\n  \"ä\":,}}", 3, 7, "a character that cannot stand here")]
    [InlineData("{\"version\":1,\n\"prompts\":{}}\n>>>>>>> main", 3, 1, "a conflict of a merge is not resolved; keep either side, and run 'aiguardrails prompts lock'")]
    [InlineData("{\"version\":1,\n\"prompts\":{}} x", 2, 15, "more text after the value")]
    public void What_is_wrong_is_said_with_its_place(string text, int line, int column, string message)
    {
        Assert.False(PromptLock.TryParse(text, out var file, out var error));

        Assert.Null(file);
        Assert.Equal(new JsonFileError(message, line, column), error);
    }

    [Fact]
    public void A_file_cut_off_anywhere_is_an_error_and_no_exception()
    {
        var text = PromptLock.Of([new("a", 1, Hash), new("b", 2, Other)]).ToText();
        for (var length = 0; length < text.Length - 2; length++)
        {
            Assert.False(PromptLock.TryParse(text[..length], out _, out var error));
            Assert.True(error is { Line: > 0, Column: > 0 });
        }
    }

    [Fact]
    public void A_file_of_megabytes_is_refused()
    {
        Assert.False(PromptLock.TryParse(new string(' ', PromptLock.MaxLength + 1), out _, out var error));
        Assert.Equal(new JsonFileError("the file has more than 4 MiB", 1, 1), error);
    }

    [Fact]
    public void An_entry_is_found_where_it_stands()
    {
        var file = Read(PromptLock.Of([new("a", 1, Hash), new("b", 1, Hash)]).ToText());

        Assert.Equal((5, 5), (file.PlaceOf("b").Line, file.PlaceOf("b").Column));
        Assert.Equal((1, 1), (file.PlaceOf("c").Line, file.PlaceOf("c").Column));
    }

    [Theory]
    [InlineData("a", 2, Hash, "None", "")]
    [InlineData("a", 2, Other, "Changed", "the text, inputs or answer of 'a' differ from version 2 in prompts.lock.json; give it version 3, or update the entry if that version was never in use")]
    [InlineData("a", 1, Hash, "VersionBelow", "'a' has version 1, and prompts.lock.json version 2 of it already; give it version 3, or update the entry if that version was never in use")]
    [InlineData("a", 3, Hash, "VersionAbove", "'a' has version 3, and prompts.lock.json still version 2; update the entry, so that the next change is noticed")]
    [InlineData("b", 1, Hash, "NotLocked", "'b' is not in prompts.lock.json; add it, so that a change under the same version is noticed")]
    public void A_prompt_is_compared_with_its_entry(string id, int version, string hash, string kind, string message)
    {
        var drift = PromptDrift.Of(new PromptLockEntry(id, version, hash), PromptLock.Of([new("a", 2, Hash)]));

        Assert.Equal((kind, message), (drift.Kind.ToString(), drift.Message));
    }

    private static PromptLock Read(string text)
    {
        Assert.True(PromptLock.TryParse(text, out var file, out var error), error?.Message.English);
        return file!;
    }

    private static PromptLockEntry RandomEntry(Random random)
    {
        const string Characters = "aAbB/-_.:\"\\{}ß\u2028é漢ı ";
        var id = "x" + new string(Enumerable.Range(0, random.Next(10)).Select(_ => Characters[random.Next(Characters.Length)]).ToArray());
        return new PromptLockEntry(id, random.Next(1, int.MaxValue), random.NextInt64().ToString("x16", CultureInfo.InvariantCulture));
    }
}
