using System.Text;
using System.Text.Json;
using AiGuardrails.Core.Json;
using JsonTokenType = AiGuardrails.Core.Json.JsonTokenType;

namespace AiGuardrails.Core.Tests.Json;

public sealed class JsonUtf8ReaderTests
{
    [Theory]
    [InlineData("null")]
    [InlineData("true")]
    [InlineData("false")]
    [InlineData("0")]
    [InlineData("-0")]
    [InlineData("-0.0e-0")]
    [InlineData("1E+400")]
    [InlineData("123456789012345678901234567890.5e10")]
    [InlineData("\"\"")]
    [InlineData(" \t\r\n{} \t\r\n")]
    [InlineData("[]")]
    [InlineData("[[],{},[{}]]")]
    [InlineData("[1 , 2,3]")]
    [InlineData("{\"a\":1,\"b\":[true,false,null]}")]
    [InlineData("{\"\":0}")]
    [InlineData("{\"a\":1,\"a\":2}")]
    [InlineData("\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u0000\\uABCD\\uabcd\"")]
    [InlineData("\"\\ud83d\\ude00\"")]
    [InlineData("\"\\ud800\"")]
    [InlineData("\"\\udc00\\ud800\"")]
    [InlineData("\"\u007f\u0080\u07ff\u0800\uffff\U00010000\U0010ffff\u2028\ufeff\"")]
    [InlineData("\"comma, colon: {not} [a] bracket\"")]
    public void Json_is_accepted(string json) => Assert.Equal(default, ReadAll(json));

    [Theory]
    [InlineData("", JsonErrorKind.Empty, 0)]
    [InlineData("  ", JsonErrorKind.Empty, 2)]
    [InlineData("\ufeff{}", JsonErrorKind.ByteOrderMark, 0)]
    [InlineData("{", JsonErrorKind.UnexpectedEnd, 1)]
    [InlineData("[1", JsonErrorKind.UnexpectedEnd, 2)]
    [InlineData("[1,", JsonErrorKind.UnexpectedEnd, 3)]
    [InlineData("{\"a\"", JsonErrorKind.UnexpectedEnd, 4)]
    [InlineData("{\"a\":", JsonErrorKind.UnexpectedEnd, 5)]
    [InlineData("{\"a\":1", JsonErrorKind.UnexpectedEnd, 6)]
    [InlineData("[1,]", JsonErrorKind.TrailingComma, 3)]
    [InlineData("{\"a\":1,}", JsonErrorKind.TrailingComma, 7)]
    [InlineData("[,1]", JsonErrorKind.UnexpectedCharacter, 1)]
    [InlineData("[1,,2]", JsonErrorKind.UnexpectedCharacter, 3)]
    [InlineData("{,}", JsonErrorKind.UnexpectedCharacter, 1)]
    [InlineData("{a:1}", JsonErrorKind.UnexpectedCharacter, 1)]
    [InlineData("{'a':1}", JsonErrorKind.UnexpectedCharacter, 1)]
    [InlineData("{1:1}", JsonErrorKind.UnexpectedCharacter, 1)]
    [InlineData("{\"a\" 1}", JsonErrorKind.MissingColon, 5)]
    [InlineData("{\"a\"}", JsonErrorKind.MissingColon, 4)]
    [InlineData("{\"a\":}", JsonErrorKind.UnexpectedCharacter, 5)]
    [InlineData("{\"a\":1 \"b\":2}", JsonErrorKind.MissingComma, 7)]
    [InlineData("[1 2]", JsonErrorKind.MissingComma, 3)]
    [InlineData("[1}", JsonErrorKind.WrongClosingBracket, 2)]
    [InlineData("{\"a\":1]", JsonErrorKind.WrongClosingBracket, 6)]
    [InlineData("[}", JsonErrorKind.WrongClosingBracket, 1)]
    [InlineData("{]", JsonErrorKind.WrongClosingBracket, 1)]
    [InlineData("]", JsonErrorKind.UnexpectedCharacter, 0)]
    [InlineData("1 2", JsonErrorKind.TrailingContent, 2)]
    [InlineData("{}{}", JsonErrorKind.TrailingContent, 2)]
    [InlineData("{}]", JsonErrorKind.TrailingContent, 2)]
    [InlineData("\"a", JsonErrorKind.UnterminatedString, 0)]
    [InlineData("[\"a\\\"]", JsonErrorKind.UnterminatedString, 1)]
    [InlineData("\"a\tb\"", JsonErrorKind.ControlCharacter, 2)]
    [InlineData("\"a\nb\"", JsonErrorKind.ControlCharacter, 2)]
    [InlineData("\"\0\"", JsonErrorKind.ControlCharacter, 1)]
    [InlineData("\"\\x41\"", JsonErrorKind.InvalidEscape, 1)]
    [InlineData("\"\\'\"", JsonErrorKind.InvalidEscape, 1)]
    [InlineData("\"\\u12\"", JsonErrorKind.InvalidEscape, 1)]
    [InlineData("\"\\uD83D\\u12\"", JsonErrorKind.InvalidEscape, 7)]
    [InlineData("\"\\U0041\"", JsonErrorKind.InvalidEscape, 1)]
    [InlineData("\"\\", JsonErrorKind.InvalidEscape, 1)]
    [InlineData("01", JsonErrorKind.InvalidNumber, 0)]
    [InlineData("-01", JsonErrorKind.InvalidNumber, 0)]
    [InlineData("-", JsonErrorKind.InvalidNumber, 0)]
    [InlineData("+1", JsonErrorKind.UnexpectedCharacter, 0)]
    [InlineData(".5", JsonErrorKind.UnexpectedCharacter, 0)]
    [InlineData("1.", JsonErrorKind.InvalidNumber, 0)]
    [InlineData("1.e1", JsonErrorKind.InvalidNumber, 0)]
    [InlineData("1e", JsonErrorKind.InvalidNumber, 0)]
    [InlineData("1e+", JsonErrorKind.InvalidNumber, 0)]
    [InlineData("1.2.3", JsonErrorKind.InvalidNumber, 0)]
    [InlineData("0x10", JsonErrorKind.InvalidNumber, 0)]
    [InlineData("1f", JsonErrorKind.InvalidNumber, 0)]
    [InlineData("NaN", JsonErrorKind.InvalidLiteral, 0)]
    [InlineData("Infinity", JsonErrorKind.InvalidLiteral, 0)]
    [InlineData("True", JsonErrorKind.InvalidLiteral, 0)]
    [InlineData("nul", JsonErrorKind.InvalidLiteral, 0)]
    [InlineData("nulll", JsonErrorKind.InvalidLiteral, 0)]
    [InlineData("undefined", JsonErrorKind.InvalidLiteral, 0)]
    [InlineData("// comment\n1", JsonErrorKind.UnexpectedCharacter, 0)]
    [InlineData("[1]/* comment */", JsonErrorKind.TrailingContent, 3)]
    [InlineData("[1,\u00a02]", JsonErrorKind.UnexpectedCharacter, 3)]
    [InlineData("[\f1]", JsonErrorKind.UnexpectedCharacter, 1)]
    public void Anything_else_is_rejected_with_its_place(string text, object kind, int offset) =>
        Assert.Equal(new JsonError((JsonErrorKind)kind, offset), ReadAll(text));

    [Theory]
    [InlineData(new byte[] { 0x80 })]                   // a continuation alone
    [InlineData(new byte[] { 0xC0, 0xAF })]             // overlong '/'
    [InlineData(new byte[] { 0xC1, 0xBF })]             // overlong
    [InlineData(new byte[] { 0xE0, 0x9F, 0xBF })]       // overlong
    [InlineData(new byte[] { 0xED, 0xA0, 0x80 })]       // a surrogate
    [InlineData(new byte[] { 0xF0, 0x8F, 0xBF, 0xBF })] // overlong
    [InlineData(new byte[] { 0xF4, 0x90, 0x80, 0x80 })] // above U+10FFFF
    [InlineData(new byte[] { 0xF5, 0x80, 0x80, 0x80 })]
    [InlineData(new byte[] { 0xFF })]
    [InlineData(new byte[] { 0xE2, 0x82 })]             // cut off
    [InlineData(new byte[] { 0xE2, 0x82, 0x22 })]       // cut off by a quotation mark
    public void Bytes_that_are_not_utf8_are_rejected(byte[] bytes)
    {
        byte[] json = [(byte)'"', (byte)'a', .. bytes, (byte)'"'];

        Assert.Equal(new JsonError(JsonErrorKind.InvalidUtf8, 2), ReadAll(json));
    }

    [Fact]
    public void Depth_has_a_bound()
    {
        Assert.Equal(default, ReadAll(new string('[', 64) + new string(']', 64)));
        Assert.Equal(new JsonError(JsonErrorKind.TooDeep, 64), ReadAll(new string('[', 65) + new string(']', 65)));
        Assert.Equal(JsonErrorKind.TooDeep, ReadAll(new string('[', 1_000_000)).Kind);
    }

    [Fact]
    public void Tokens_come_with_their_places()
    {
        var reader = new JsonUtf8Reader("""{ "a\n" : [ 12, "b" ] }"""u8);
        var tokens = new List<(JsonTokenType, int, int, int, string)>();
        while (reader.Read())
        {
            tokens.Add((reader.TokenType, reader.TokenStart, reader.TokenEnd, reader.Depth, Encoding.UTF8.GetString(reader.Value)));
        }

        Assert.Equal(
            [
                (JsonTokenType.ObjectStart, 0, 1, 1, "{"),
                (JsonTokenType.PropertyName, 2, 7, 1, "a\\n"),
                (JsonTokenType.ArrayStart, 10, 11, 2, "["),
                (JsonTokenType.Number, 12, 14, 2, "12"),
                (JsonTokenType.String, 16, 19, 2, "b"),
                (JsonTokenType.ArrayEnd, 20, 21, 1, "]"),
                (JsonTokenType.ObjectEnd, 22, 23, 0, "}"),
            ],
            tokens);
    }

    [Theory]
    [InlineData("\"abc\"", true)]
    [InlineData("\"\\u0061bc\"", true)]
    [InlineData("\"\\u0061b\"", false)]
    [InlineData("\"ABC\"", false)]
    [InlineData("\"\"", false)]
    public void Strings_are_compared_without_their_escapes(string json, bool expected)
    {
        var reader = new JsonUtf8Reader(Encoding.UTF8.GetBytes(json));

        Assert.True(reader.Read());
        Assert.Equal(expected, reader.ValueEquals("abc"u8));
    }

    [Theory]
    [InlineData("\"\\ud800\"", true)]
    [InlineData("\"\\udc00\"", true)]
    [InlineData("\"\\ud800\\ud800\\udc00\"", true)]
    [InlineData("\"\\ud800x\"", true)]
    [InlineData("\"\\ud83d\\ude00\"", false)]
    [InlineData("\"plain\"", false)]
    public void Escaped_lone_surrogates_are_told(string json, bool expected)
    {
        var reader = new JsonUtf8Reader(Encoding.UTF8.GetBytes(json));

        Assert.True(reader.Read());
        Assert.Equal(expected, reader.HasLoneSurrogate);
    }

    [Fact]
    public void Skip_goes_to_the_end_of_a_container_and_stays_elsewhere()
    {
        var reader = new JsonUtf8Reader("""[{"a":[1,{}]},2]"""u8);
        Assert.True(reader.Read());
        Assert.True(reader.Read());
        Assert.True(reader.Skip());
        Assert.Equal(JsonTokenType.ObjectEnd, reader.TokenType);
        Assert.True(reader.Read());
        Assert.True(reader.Skip());
        Assert.Equal("2", Encoding.UTF8.GetString(reader.Value));
    }

    [Fact]
    public void An_error_stays()
    {
        var reader = new JsonUtf8Reader("[1 2]"u8);
        while (reader.Read())
        {
        }

        Assert.False(reader.Read());
        Assert.Equal(JsonErrorKind.MissingComma, reader.Error.Kind);
    }

    [Fact]
    public void Every_error_has_a_description()
    {
        var descriptions = Enum.GetValues<JsonErrorKind>().Select(kind => new JsonError(kind, 0).Description).ToList();

        Assert.Equal(descriptions.Count, descriptions.Distinct().Count());
        Assert.DoesNotContain("an unknown error", descriptions);
    }

    // The platform's reader as an oracle. It takes bytes for text only when asked, so UTF-8 is asked for here.
    [Fact]
    public void Mutants_are_judged_as_the_platform_judges_them()
    {
        byte[][] seeds =
        [
            """{"messages":[{"role":"user","content":"a\"b\u00e9\ud83d\ude00"},{"role":"assistant","content":"d","weight":0}]}"""u8.ToArray(),
            """[-0.5e+10, 1E5, [true, false, null], {"a":{}, "b":[]}, "ü€😀"]"""u8.ToArray(),
        ];
        var alphabet = "{}[],:\"\\0123456789.-+eEtfn u\n\té€"u8.ToArray();
        var random = new Random(20260821);
        var accepted = 0;
        for (var i = 0; i < 60_000; i++)
        {
            var bytes = seeds[i % seeds.Length].ToList();
            for (var edits = random.Next(1, 4); edits > 0 && bytes.Count > 0; edits--)
            {
                var at = random.Next(bytes.Count);
                switch (random.Next(3))
                {
                    case 0: bytes.RemoveAt(at); break;
                    case 1: bytes.Insert(at, alphabet[random.Next(alphabet.Length)]); break;
                    default: bytes[at] = alphabet[random.Next(alphabet.Length)]; break;
                }
            }

            var json = bytes.ToArray();
            var expected = IsJson(json);
            accepted += expected ? 1 : 0;
            Assert.True(expected == (ReadAll(json).Kind == JsonErrorKind.None), Encoding.Latin1.GetString(json));
        }

        Assert.InRange(accepted, 1_000, 59_000);
    }

    private static bool IsJson(byte[] bytes)
    {
        try
        {
            _ = new UTF8Encoding(false, throwOnInvalidBytes: true).GetCharCount(bytes);
            JsonDocument.Parse(bytes).Dispose();
            return true;
        }
        catch (Exception exception) when (exception is JsonException or DecoderFallbackException)
        {
            return false;
        }
    }

    private static JsonError ReadAll(string text) => ReadAll(Encoding.UTF8.GetBytes(text));

    private static JsonError ReadAll(byte[] utf8)
    {
        var reader = new JsonUtf8Reader(utf8);
        while (reader.Read())
        {
        }

        return reader.Error;
    }
}
