using System.Collections.Immutable;
using AiGuardrails.Core.Prompts;
using AiGuardrails.Generators.Prompts;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace AiGuardrails.CodeFixes.Rules.Prompts;

/// <summary>
/// The blocks of a prompt as somebody wrote them, so that a line of one can become a line of another: in the attributes of
/// a type, or in a prompt file.
/// </summary>
internal abstract class PromptSource
{
    /// <summary>Gets the roles of the blocks, in their order.</summary>
    public abstract ImmutableArray<BlockRole> Roles { get; }

    /// <summary>The end of a line, as the file writes it.</summary>
    public static string LineEndOf(SourceText text)
    {
        var first = text.Lines[0];
        return first.EndIncludingLineBreak == first.End ? "\n" : text.ToString(TextSpan.FromBounds(first.End, first.EndIncludingLineBreak));
    }

    /// <summary>Opens the blocks of a prompt; null where they cannot be told apart.</summary>
    /// <param name="request">The file of the finding.</param>
    /// <param name="target">The prompt.</param>
    /// <param name="result">What its declaration comes to.</param>
    public static PromptSource? Open(PromptFixRequest request, PromptFixTarget target, PromptDeclarationResult result) =>
        request.IsFile ? PromptFileSource.Open(request) : PromptAttributeSource.Open(target, result);

    /// <summary>The places of open text, each in the text of its block.</summary>
    public abstract IEnumerable<(int Block, int Start, int Length)> OpenPlaces(PromptFixRequest request, PromptFixTarget target, PromptDeclarationResult result);

    /// <summary>The block that a finding stands in, or -1.</summary>
    public abstract int BlockOf(Diagnostic diagnostic, PromptDeclarationResult result);

    /// <summary>The text of a block.</summary>
    public abstract string TextOf(int block);

    /// <summary>Whether the text of a block is put together from several literals.</summary>
    public abstract bool IsSum(int block);

    /// <summary>Lets the user say a block; null where its role is not written out.</summary>
    public abstract PromptFixChange? ToUser(int block);

    /// <summary>Takes a part out of the text of a block; null where the part is not written out.</summary>
    public abstract ImmutableArray<PromptFixChange>? Remove(int block, int start, int end);

    /// <summary>Adds lines to the end of a block; null where that cannot be written there.</summary>
    public abstract PromptFixChange? Append(int block, string lines);

    /// <summary>Adds a block of the user; null where it cannot be written.</summary>
    /// <param name="like">The block that it is written like.</param>
    /// <param name="before">The block that it stands before; -1 for the end.</param>
    /// <param name="lines">Its text.</param>
    public abstract PromptFixChange? NewUserBlock(int like, int before, string lines);
}

/// <summary>The blocks of a prompt file.</summary>
internal sealed class PromptFileSource : PromptSource
{
    private readonly PromptFixRequest _request;
    private readonly string _text;
    private readonly IReadOnlyList<PromptBlock> _blocks;

    private PromptFileSource(PromptFixRequest request, string text, IReadOnlyList<PromptBlock> blocks)
    {
        _request = request;
        _text = text;
        _blocks = blocks;
        Roles = [.. blocks.Select(static block => block.Role)];
    }

    public override ImmutableArray<BlockRole> Roles { get; }

    public static PromptFileSource? Open(PromptFixRequest request)
    {
        var text = request.Text.ToString();
        var file = PromptFile.Parse(text);

        // Beside a heading that is none, where a block ends is a guess.
        return file.Problems.Count == 0 ? new PromptFileSource(request, text, file.Blocks) : null;
    }

    public override IEnumerable<(int Block, int Start, int Length)> OpenPlaces(PromptFixRequest request, PromptFixTarget target, PromptDeclarationResult result) =>
        PromptComposer.Compose(result.Declaration, [new PromptFileText(result.Declaration.Folder + result.Declaration.File, _text)]).Findings
            .Where(static finding => finding is { Rule: PromptRule.OpenInput, Place.Kind: PromptPlaceKind.File })
            .Select(finding => (Block: BlockAt(finding.Place.Start), finding.Place.Start, finding.Place.Length))
            .Where(static place => place.Block >= 0)
            .Select(place => (place.Block, place.Start - SpanOf(place.Block).Start, place.Length));

    public override int BlockOf(Diagnostic diagnostic, PromptDeclarationResult result) => BlockAt(diagnostic.Location.SourceSpan.Start);

    public override string TextOf(int block) => _request.Text.ToString(SpanOf(block));

    public override bool IsSum(int block) => false;

    public override PromptFixChange? ToUser(int block)
    {
        var heading = _blocks[block];
        return _request.Change(new TextSpan(heading.Start, heading.Length), "# user");
    }

    public override ImmutableArray<PromptFixChange>? Remove(int block, int start, int end) =>
        [_request.Change(TextSpan.FromBounds(SpanOf(block).Start + start, SpanOf(block).Start + end), "")];

    public override PromptFixChange? Append(int block, string lines)
    {
        var end = LineEndOf(_request.Text);
        return _request.Change(new TextSpan(SpanOf(block).End, 0), end + lines.Replace("\n", end));
    }

    public override PromptFixChange? NewUserBlock(int like, int before, string lines)
    {
        var end = LineEndOf(_request.Text);
        var gap = _text.EndsWith("\n", StringComparison.Ordinal) ? end : end + end;
        return _request.Change(new TextSpan(_text.Length, 0), $"{gap}# user{end}{end}{lines.Replace("\n", end)}{end}");
    }

    private int BlockAt(int position)
    {
        for (var i = _blocks.Count - 1; i >= 0; i--)
        {
            if (_blocks[i].Start <= position)
            {
                return i;
            }
        }

        return -1;
    }

    // The lines under the heading, without the blank ones around them. A block without text begins, and ends, with its heading.
    private TextSpan SpanOf(int block)
    {
        var start = _blocks[block].Start + _blocks[block].Length;
        var end = block + 1 < _blocks.Count ? _blocks[block + 1].Start : _text.Length;
        while (end > start && char.IsWhiteSpace(_text[end - 1]))
        {
            end--;
        }

        var first = start;
        while (first < end && char.IsWhiteSpace(_text[first]))
        {
            first++;
        }

        while (first > start && _text[first - 1] is not ('\r' or '\n'))
        {
            first--;
        }

        return TextSpan.FromBounds(first, end);
    }
}
