using AiGuardrails.Core.Text;

namespace AiGuardrails.Core.Json;

/// <summary>What is wrong with a text that is not JSON (RFC 8259).</summary>
internal enum JsonErrorKind
{
    None,
    Empty,
    ByteOrderMark,
    UnexpectedEnd,
    UnexpectedCharacter,
    TrailingComma,
    TrailingContent,
    MissingComma,
    MissingColon,
    WrongClosingBracket,
    UnterminatedString,
    ControlCharacter,
    InvalidEscape,
    InvalidUtf8,
    InvalidNumber,
    InvalidLiteral,
    TooDeep,
}

/// <summary>The first thing that is wrong with a text, and the byte at which it is wrong, counted from 0.</summary>
internal readonly record struct JsonError(JsonErrorKind Kind, int Offset)
{
    /// <summary>Gets the error as a clause that ends a sentence: "… is not JSON: a comma before the closing bracket".</summary>
    public Sentence Description => Kind switch
    {
        JsonErrorKind.None => "no error",
        JsonErrorKind.Empty => "there is no value",
        JsonErrorKind.ByteOrderMark => "a byte-order mark, which JSON does not allow",
        JsonErrorKind.UnexpectedEnd => "the text ends inside a value",
        JsonErrorKind.UnexpectedCharacter => "a character that cannot stand here",
        JsonErrorKind.TrailingComma => "a comma before the closing bracket",
        JsonErrorKind.TrailingContent => "more text after the value",
        JsonErrorKind.MissingComma => "a comma or the closing bracket is missing",
        JsonErrorKind.MissingColon => "a colon is missing after the property name",
        JsonErrorKind.WrongClosingBracket => "a closing bracket that does not match the opening one",
        JsonErrorKind.UnterminatedString => "a string without its closing quotation mark",
        JsonErrorKind.ControlCharacter => "a control character in a string; write it as an escape",
        JsonErrorKind.InvalidEscape => "an escape that JSON does not know",
        JsonErrorKind.InvalidUtf8 => "bytes that are not UTF-8",
        JsonErrorKind.InvalidNumber => "a number that JSON does not allow",
        JsonErrorKind.InvalidLiteral => "a word other than true, false and null",
        JsonErrorKind.TooDeep => "arrays and objects nested too deeply",
        _ => "an unknown error",
    };
}
