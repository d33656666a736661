using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace AiGuardrails.Fuzzing.Tests;

/// <summary>Makes half-typed code of source: cuts, leaves out, repeats, swaps, and types something else at one to three places.</summary>
internal sealed class SourceMutator(Random random)
{
    private static readonly string[] s_typed =
    [
        "(", ")", "{", "}", "[", "]", "<", ">", ";", ",", ".", "?", "!", "=>", "??=", "==", "!=", "&&", "||", "is not null", "default", "null", "await ", "async ",
        "var x = ", "new()", "while (true)", "switch ", "case ", "_ => ", "goto ", "\"", "$\"{", "\"\"\"", "@", "#if X\n", "/*", "//", "'", "\\", "\0", "\uD800", "\u202E", "{|",
        "return ", "throw ", "yield return ", "out var y", "ref ", "unsafe ", "int.MaxValue", "-1", "0", "partial ", "record ", "static ", "params ", "this", "base", "nameof(", "typeof(", "stackalloc ", "fixed ", "lock (this)", "try {", "catch {", "finally {",
    ];

    /// <summary>One mutant of a source.</summary>
    public string Mutate(string source)
    {
        var text = source;
        for (var edits = random.Next(1, 4); edits > 0; edits--)
        {
            text = Edit(text);
        }

        return text;
    }

    private string Edit(string text)
    {
        var tokens = CSharpSyntaxTree.ParseText(text).GetRoot().DescendantTokens().Where(static token => token.Span.Length > 0).ToList();
        if (tokens.Count < 2)
        {
            return text + s_typed[random.Next(s_typed.Length)];
        }

        var one = tokens[random.Next(tokens.Count)].Span;
        var other = tokens[random.Next(tokens.Count)].Span;
        return random.Next(8) switch
        {
            0 => text[..one.Start],
            1 => text.Remove(one.Start, one.Length),
            2 => text.Insert(one.End, $" {text.AsSpan(one.Start, one.Length)}"),
            3 => text.Insert(one.Start, s_typed[random.Next(s_typed.Length)]),
            4 => text.Remove(one.Start, one.Length).Insert(one.Start, text.Substring(other.Start, other.Length)),
            5 => one.Start < other.End ? text.Remove(one.Start, other.End - one.Start) : text.Remove(other.Start, one.End - other.Start),
            6 => one.Start < other.End ? text.Insert(other.End, text[one.Start..other.End]) : text.Insert(one.End, text[other.Start..one.End]),
            _ => text.Remove(one.Start, 1).Insert(one.Start, ((char)random.Next(32, 127)).ToString()),
        };
    }
}
