using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis.Text;
using Xunit;

namespace AiGuardrails.Testing.Markup;

/// <summary>A piece of markup: <c>[|…|]</c> has an empty name, <c>{|AIG1001:…|}</c> a diagnostic's, <c>{|#0:…|}</c> a key.</summary>
internal sealed record MarkedSpan(string Name, TextSpan Span)
{
    public int? Key => Name.StartsWith('#') ? int.Parse(Name.AsSpan(1), CultureInfo.InvariantCulture) : null;
}

/// <summary>The text of a test file without its markup, and what the markup said.</summary>
internal sealed partial record MarkedText(string Text, ImmutableArray<MarkedSpan> Spans)
{
    /// <summary>Markup that does not pair up fails: dropped silently, it would be a test that tests nothing.</summary>
    public static MarkedText Parse(string fileName, string source)
    {
        var text = new StringBuilder(source.Length);
        var spans = ImmutableArray.CreateBuilder<MarkedSpan>();
        var open = new Stack<(string Name, int Start, int Position)>();

        for (var i = 0; i < source.Length;)
        {
            var pair = i + 1 < source.Length ? source.AsSpan(i, 2) : [];
            switch (pair)
            {
                case "[|":
                    open.Push(("", text.Length, i));
                    i += 2;
                    break;

                case "{|":
                    var match = NamedStart().Match(source, i);
                    if (!match.Success)
                    {
                        Fail("'{|' without a name and a colon", i);
                    }

                    open.Push((match.Groups["name"].Value, text.Length, i));
                    i += match.Length;
                    break;

                case "|]" or "|}":
                    if (!open.TryPop(out var start))
                    {
                        Fail($"'{pair}' closes markup that nothing opened", i);
                    }

                    if (start.Name.Length == 0 != (pair[1] == ']'))
                    {
                        Fail($"'{pair}' closes markup that was opened otherwise", i);
                    }

                    spans.Add(new MarkedSpan(start.Name, TextSpan.FromBounds(start.Start, text.Length)));
                    i += 2;
                    break;

                default:
                    text.Append(source[i++]);
                    break;
            }
        }

        if (open.TryPeek(out var unclosed))
        {
            Fail("markup is opened and never closed", unclosed.Position);
        }

        return new MarkedText(text.ToString(), spans.ToImmutable());

        [System.Diagnostics.CodeAnalysis.DoesNotReturn]
        void Fail(string problem, int position)
        {
            var line = SourceText.From(source).Lines.GetLineFromPosition(position);
            Assert.Fail($"{fileName}({line.LineNumber + 1},{position - line.Start + 1}): {problem}:{Environment.NewLine}{line}");
        }
    }

    [GeneratedRegex(@"\G\{\|(?<name>#[0-9]+|[A-Za-z][A-Za-z0-9_.-]*):", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex NamedStart();
}
