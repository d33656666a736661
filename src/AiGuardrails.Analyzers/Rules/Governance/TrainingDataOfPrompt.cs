using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Text;
using AiGuardrails.Analyzers.Rules.TrainingData;
using AiGuardrails.Core.Prompts;
using AiGuardrails.Core.Training;
using AiGuardrails.Core.Training.Records;
using AiGuardrails.Generators.Prompts;
using Microsoft.CodeAnalysis.Text;

namespace AiGuardrails.Analyzers.Rules.Governance;

/// <summary>The first line of training data that a prompt cannot have rendered, and how it shows.</summary>
/// <param name="Line">The line, from 0.</param>
/// <param name="Difference">What differs: a clause.</param>
internal sealed record UnlikeLine(int Line, Sentence Difference);

/// <summary>
/// Compares training data with the fixed text of a prompt: the instructions of a line with its instructions, and every message of
/// the user with its blocks. Lines of another form than a prompt is written in are not looked into.
/// </summary>
internal sealed class TrainingDataOfPrompt
{
    // A text is compared once for each prompt, while other files are edited.
    private static readonly ConditionalWeakTable<SourceText, ConcurrentDictionary<(TrainingTarget Target, string Prompt), UnlikeLine?>> s_known = new();

    private readonly List<TextPattern> _instructions = [];
    private readonly List<TextPattern> _questions = [];

    private TrainingDataOfPrompt(PromptModel model)
    {
        foreach (var block in model.Blocks)
        {
            if (block.Parts.Count > 0 && block.Role != BlockRole.Assistant)
            {
                (block.Role == BlockRole.User ? _questions : _instructions).Add(PatternOf(model, block));
            }
        }
    }

    /// <summary>Finds the first line that the prompt cannot have rendered; null where there is none.</summary>
    public static UnlikeLine? FindUnlike(PromptModel model, DataFile file, SourceText text, CancellationToken cancellationToken)
    {
        var known = s_known.GetOrCreateValue(text);
        var key = (file.Target, model.Declaration.Id + "\n" + model.Hash);
        if (!known.TryGetValue(key, out var unlike))
        {
            unlike = RecordPlan.Create(PromptRecord.Members, file.Target, out _) is { } plan
                ? new TrainingDataOfPrompt(model).FindUnlike(plan, text, cancellationToken)
                : null;
            known.TryAdd(key, unlike);
        }

        return unlike;
    }

    // What stands around open text is fixed too, but for the tag.
    private static TextPattern PatternOf(PromptModel model, PromptMessageModel block)
    {
        var pattern = new TextPattern();
        foreach (var part in block.Parts)
        {
            if (part.Text is { } text)
            {
                pattern.Text(text);
            }
            else if (model.Declaration.Inputs[part.Input] is { Kind: PromptInputKind.Open, IsTrusted: false, IsOptional: false } input)
            {
                pattern.Text($"[{input.Label} ").Anything().Text("]\n").Anything().Text($"\n[/{input.Label} ").Anything().Text("]");
            }
            else
            {
                pattern.Anything();
            }
        }

        return pattern;
    }

    private UnlikeLine? FindUnlike(RecordPlan plan, SourceText text, CancellationToken cancellationToken)
    {
        var reader = new PlanReader(plan, static member => member == PromptRecord.Instructions);
        var standApart = plan.PartOf(PromptRecord.Instructions) != plan.PartOf(PromptRecord.Messages);
        foreach (var line in text.Lines)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (line.Span.Length > 0 && reader.Read(Encoding.UTF8.GetBytes(text.ToString(line.Span))) is null && Compare(reader.Values, standApart) is { } difference)
            {
                return new UnlikeLine(line.LineNumber, difference);
            }
        }

        return null;
    }

    private Sentence? Compare(object?[] values, bool standApart)
    {
        var turns = (TurnData[])values[PromptRecord.Messages]!;
        var said = new List<string>();
        if (values[PromptRecord.Instructions] is string instructions)
        {
            said.Add(instructions);
        }

        said.AddRange(turns.Where(static turn => turn.Kind == MessageKind.System).Select(static turn => turn.Text ?? ""));
        return (standApart ? CompareJoined(said) : CompareInstructions(said)) ?? CompareQuestions(turns);
    }

    private Sentence? CompareInstructions(List<string> said)
    {
        var next = 0;
        foreach (var pattern in _instructions)
        {
            var mismatch = next < said.Count ? pattern.Match(said[next]) : null;
            if (next < said.Count && mismatch is null)
            {
                next++;
            }
            else if (!pattern.MayBeBlank)
            {
                return mismatch is null ? Sentence.Of("it has no system message, and the prompt has one") : Describe("system message", mismatch);
            }
        }

        return next == said.Count ? null
            : next == 0 ? Sentence.Of("it has a system message, and the prompt has none")
            : "it has a system message, and the prompt has none more";
    }

    private Sentence? CompareJoined(List<string> said)
    {
        // Which of them are there would have to be tried out.
        if (_instructions.Exists(static pattern => pattern.MayBeBlank))
        {
            return null;
        }

        if (_instructions.Count == 0 || said.Count == 0)
        {
            return CompareInstructions(said);
        }

        var joined = new TextPattern();
        for (var i = 0; i < _instructions.Count; i++)
        {
            joined = (i == 0 ? joined : joined.Text("\n\n")).Then(_instructions[i]);
        }

        return joined.Match(said[0]) is { } mismatch ? Describe("system message", mismatch) : null;
    }

    private Sentence? CompareQuestions(TurnData[] turns)
    {
        foreach (var turn in turns)
        {
            if (turn is { Kind: MessageKind.User, Text: { } text, Images.Count: 0 }
                && _questions.Count > 0
                && _questions.TrueForAll(pattern => pattern.Match(text) is not null))
            {
                return Describe("user message", _questions[0].Match(text)!);
            }
        }

        return null;
    }

    private static Sentence Describe(Sentence message, TextMismatch mismatch) => (mismatch.Expected, mismatch.Found) switch
    {
        (_, "") => Sentence.Of($"its {message} ends where the prompt has '{mismatch.Expected}'"),
        ("", _) => Sentence.Of($"its {message} has '{mismatch.Found}' where that of the prompt ends"),
        _ => Sentence.Of($"its {message} has '{mismatch.Found}' where the prompt has '{mismatch.Expected}'"),
    };
}
