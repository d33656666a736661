using System.Collections.Immutable;
using System.Composition;
using System.Globalization;
using AiGuardrails.Analyzers.Diagnostics;
using AiGuardrails.Generators.Prompts;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;

namespace AiGuardrails.CodeFixes.Rules.Prompts;

/// <summary>
/// AIG8003: moves the lines that hold open text out of a trusted block into the block of the user, or lets the user say the
/// whole block, which is all that can be done where it has no other line.
/// </summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(OpenInputInTrustedBlockCodeFix), DocumentKinds = [nameof(TextDocumentKind.Document), nameof(TextDocumentKind.AdditionalDocument)])]
[Shared]
public sealed class OpenInputInTrustedBlockCodeFix() : PromptCodeFix(RuleIds.OpenInputInTrustedBlock)
{
    private const string LinesKey = "AIG8003.Lines";
    private const string BlockKey = "AIG8003.User";

    private protected override async Task<ImmutableArray<PromptFixOffer>> OffersAsync(PromptFixRequest request, Diagnostic diagnostic)
    {
        if (await request.TargetOfAsync(diagnostic).ConfigureAwait(false) is not { } target
            || PromptParser.Parse(target.Type, target.Attribute, target.Compilation, request.CancellationToken) is not { } result
            || PromptSource.Open(request, target, result) is not { } source
            || source.BlockOf(diagnostic, result) is not (>= 0 and var block))
        {
            return [];
        }

        var offers = ImmutableArray.CreateBuilder<PromptFixOffer>();
        var lines = LinesOf(source.TextOf(block));
        var moved = OpenLines(source, block, lines, request, target, result);
        var isWhole = lines.All(line => line.IsBlank || moved.Contains(line));
        if (!isWhole && MoveLines(source, block, lines, moved) is { } changes)
        {
            var what = moved.Count == 1 ? "the line" : moved.Count.ToString(CultureInfo.InvariantCulture) + " lines";
            offers.Add(new PromptFixOffer($"Move {what} with open text to the user", LinesKey, changes));
        }

        if (source.ToUser(block) is { } toUser)
        {
            offers.Add(new PromptFixOffer(isWhole ? "Move to a user block" : "Move the whole block to the user", BlockKey, [toUser]));
        }

        return offers.ToImmutable();
    }

    private static List<Line> OpenLines(PromptSource source, int block, List<Line> lines, PromptFixRequest request, PromptFixTarget target, PromptDeclarationResult result)
    {
        var places = source.OpenPlaces(request, target, result).Where(place => place.Block == block).ToList();
        return lines.FindAll(line => places.Exists(place => place.Start < line.End && place.Start + place.Length > line.Start));
    }

    private static ImmutableArray<PromptFixChange>? MoveLines(PromptSource source, int block, List<Line> lines, List<Line> moved)
    {
        if (moved.Count == 0)
        {
            return null;
        }

        var text = string.Join("\n", moved.Select(static line => line.Text));
        if (text.Any(static c => c is not ('\n' or '\t') && char.IsControl(c)))
        {
            return null;
        }

        // The next turn of the user; the last one where none follows.
        var user = source.Roles.IndexOf(BlockRole.User, block);
        user = user < 0 ? source.Roles.LastIndexOf(BlockRole.User) : user;
        var added = user >= 0 ? source.Append(user, text) ?? source.NewUserBlock(block, user, text) : source.NewUserBlock(block, -1, text);
        if (added is not { } addition)
        {
            return null;
        }

        var changes = ImmutableArray.CreateBuilder<PromptFixChange>();
        for (var i = 0; i < lines.Count; i++)
        {
            var first = i;
            while (i < lines.Count && moved.Contains(lines[i]))
            {
                i++;
            }

            if (i == first)
            {
                continue;
            }

            // With the break before it, which leaves no indentation behind; of a sum, with its own, as the literals mostly end in one.
            var withBreakBehind = first == 0 || (i < lines.Count && source.IsSum(block));
            if (source.Remove(block, withBreakBehind ? lines[first].Start : lines[first - 1].End, withBreakBehind ? lines[i].Start : lines[i - 1].End) is not { } removals)
            {
                return null;
            }

            changes.AddRange(removals);
        }

        changes.Add(addition);
        return changes.ToImmutable();
    }

    private static List<Line> LinesOf(string text)
    {
        var lines = new List<Line>();
        for (var start = 0; ;)
        {
            var end = text.IndexOfAny(['\r', '\n'], start);
            if (end < 0)
            {
                lines.Add(new Line(start, text.Length, text.Substring(start)));
                return lines;
            }

            lines.Add(new Line(start, end, text.Substring(start, end - start)));
            start = end + (text[end] == '\r' && end + 1 < text.Length && text[end + 1] == '\n' ? 2 : 1);
        }
    }

    private readonly record struct Line(int Start, int End, string Text)
    {
        public bool IsBlank => string.IsNullOrWhiteSpace(Text);
    }
}
