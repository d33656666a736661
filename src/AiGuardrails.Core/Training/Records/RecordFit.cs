using AiGuardrails.CompilerServices;
using AiGuardrails.Core.Text;
using AiGuardrails.Core.Training.Targets;

namespace AiGuardrails.Core.Training.Records;

/// <summary>
/// Whether a target can express a record, and if not, why: the one predicate of the generator, the rule AIG9013 and the run
/// time. What a target says of the order of messages comes from its description, the same that the linter reads.
/// </summary>
internal static class RecordFit
{
    private const int MostOptional = 8;

    /// <summary>Gives each member its place in a layout.</summary>
    /// <returns>Null, or what stands in the way: a clause.</returns>
    public static Sentence? Check(RecordLayout layout, IReadOnlyList<RecordMember> members, out MessageKind[] kinds)
    {
        kinds = [.. members.Select(static member => member is { Role: TrainingRole.Label, IsVerdict: false } ? MessageKind.Assistant : MessageKinds.Of(member.Role, member.Weight))];
        return CheckAnswers(layout, members, kinds)
            ?? CheckPlaces(layout, members, kinds)
            ?? CheckValues(layout, members, kinds)
            ?? CheckAmbiguity(members, kinds)
            ?? CheckOrder(layout, members, kinds);
    }

    /// <summary>Applies the rules of order of a target to the messages of one list.</summary>
    /// <returns>Null, or what the first rule that refuses them says.</returns>
    public static Sentence? CheckTurns(RecordLayout layout, LayoutPart part, ReadOnlySpan<Turn> turns)
    {
        if (ListOf(layout, part) is not { } list)
        {
            return null;
        }

        if (turns.Length < list.Min)
        {
            return $"{turns.Length} of at least {list.Min} messages";
        }

        var report = new FirstError(layout);
        foreach (var rule in list.Turns!)
        {
            rule.Check(turns, report);
            if (report.Message is not null)
            {
                return report.Message;
            }
        }

        return null;
    }

    // ----- What is trained on -----

    private static Sentence? CheckAnswers(RecordLayout layout, IReadOnlyList<RecordMember> members, MessageKind[] kinds)
    {
        var apart = layout.AnswerIsApart && layout.Form is not RecordForm.Preference;
        var last = Array.FindLastIndex(kinds, static kind => kind.IsAssistant() || kind is MessageKind.ToolCall or MessageKind.Conversation);
        if (apart)
        {
            if (last < 0 || !kinds[last].IsAssistant())
            {
                return "the answer stands apart there, and the record has none that is a text of its own";
            }

            if (kinds[last] == MessageKind.AssistantNotTrained)
            {
                return $"'{members[last].Name}' is not trained on, and the last answer is what the target trains on";
            }

            if (members[last].IsOptional)
            {
                return $"'{members[last].Name}' may be left out, and every line needs an answer";
            }

            kinds[last] = MessageKind.Answer;
        }

        for (var i = 0; i < kinds.Length && !layout.HasWeights; i++)
        {
            var contextOnly = layout.Form is RecordForm.Preference or RecordForm.Reinforcement || apart;
            if (kinds[i] == MessageKind.AssistantNotTrained && !contextOnly)
            {
                return $"'{members[i].Name}' has the weight 0, and the target trains on every answer";
            }

            if (contextOnly && (kinds[i] == MessageKind.AssistantTrained || (kinds[i] == MessageKind.Assistant && apart)))
            {
                return $"'{members[i].Name}' is to be trained on, and the target takes it for context; set its weight to 0";
            }

            kinds[i] = kinds[i].IsAssistant() ? MessageKind.Assistant : kinds[i];
        }

        return null;
    }

    // ----- Where it stands -----

    private static Sentence? CheckPlaces(RecordLayout layout, IReadOnlyList<RecordMember> members, MessageKind[] kinds)
    {
        var previous = -1;
        for (var i = 0; i < kinds.Length; i++)
        {
            var usesTools = kinds[i] is MessageKind.ToolCall or MessageKind.ToolResult || (kinds[i] == MessageKind.Conversation && members[i].Tools is not null);
            var index = RecordPlan.PartIndexOf(layout, kinds[i]);
            if (usesTools && (layout.Tools == ToolForm.None || index < 0))
            {
                return $"it has no published form for the tool calls of '{members[i].Name}'";
            }

            if (index < 0)
            {
                return $"it has no place for {Describe(members[i].Role)} ('{members[i].Name}')";
            }

            if (index < previous)
            {
                return $"'{members[i].Name}' stands before the messages there; declare it first";
            }

            if (index == previous && !layout.Parts[index].IsList)
            {
                return $"it takes one {Describe(members[i].Role)}, and '{members[i].Name}' is one more";
            }

            previous = index;
        }

        for (var part = 0; part < layout.Parts.Length; part++)
        {
            var slots = layout.Parts[part].Slots;
            var isNeeded = slots[0].Kind != MessageKind.System || slots.Length > 1;
            if (isNeeded && !Enumerable.Range(0, kinds.Length).Any(i => !members[i].IsOptional && RecordPlan.PartIndexOf(layout, kinds[i]) == part))
            {
                return $"every line there needs {Describe(slots[slots.Length > 1 ? 1 : 0].Kind)}";
            }
        }

        return null;
    }

    private static Sentence? CheckValues(RecordLayout layout, IReadOnlyList<RecordMember> members, MessageKind[] kinds)
    {
        for (var i = 0; i < kinds.Length; i++)
        {
            var member = members[i];
            if (kinds[i] == MessageKind.Field)
            {
                if (layout.Target == TrainingTarget.GeminiRL && member.Value is TrainingValue.Texts or TrainingValue.Literals)
                {
                    return $"'{member.Name}' is a list, and its references are texts";
                }

                if (layout.Target != TrainingTarget.GeminiRL && member.WireName is "messages" or "tools")
                {
                    return $"'{member.WireName}' has a meaning of its own there; give '{member.Name}' another name";
                }
            }
        }

        return null;
    }

    // A message of one look in a file must be one member's and nobody else's: reading looks one message ahead.
    private static Sentence? CheckAmbiguity(IReadOnlyList<RecordMember> members, MessageKind[] kinds)
    {
        for (var i = 0; i < kinds.Length; i++)
        {
            for (var j = i + 1; j < kinds.Length && members[j - 1].IsOptional; j++)
            {
                if (kinds[i] == kinds[j] && kinds[i] != MessageKind.Field)
                {
                    return $"'{members[i].Name}' may be left out and '{members[j].Name}' is written alike, so that a file could not tell them apart";
                }
            }
        }

        return null;
    }

    // ----- The order of messages, with and without those that may be left out -----

    private static Sentence? CheckOrder(RecordLayout layout, IReadOnlyList<RecordMember> members, MessageKind[] kinds)
    {
        if (kinds.Contains(MessageKind.Conversation))
        {
            return null; // each record has an order of its own, and is checked when it is written
        }

        var optional = Enumerable.Range(0, kinds.Length).Where(i => members[i].IsOptional).Take(MostOptional).ToArray();
        var turns = new Turn[kinds.Length];
        for (var part = 0; part < layout.Parts.Length; part++)
        {
            if (ListOf(layout, layout.Parts[part]) is null)
            {
                continue;
            }

            for (var present = (1 << optional.Length) - 1; present >= 0; present--)
            {
                var count = 0;
                for (var i = 0; i < kinds.Length; i++)
                {
                    var bit = Array.IndexOf(optional, i);
                    if (RecordPlan.PartIndexOf(layout, kinds[i]) == part && (bit < 0 || (present & (1 << bit)) != 0))
                    {
                        turns[count++] = TurnOf(layout, kinds[i]);
                    }
                }

                if (CheckTurns(layout, layout.Parts[part], turns.AsSpan(0, count)) is { } message)
                {
                    return message;
                }
            }
        }

        return null;
    }

    private static Turn TurnOf(RecordLayout layout, MessageKind kind) => new()
    {
        Role = kind switch
        {
            MessageKind.System => layout.InstructsAsDeveloper ? TurnRole.Developer : TurnRole.System,
            MessageKind.User => TurnRole.User,
            MessageKind.ToolResult => TurnRole.Tool,
            _ => TurnRole.Assistant,
        },
        Marks = kind == MessageKind.ToolCall ? TurnMarks.ToolCalls : TurnMarks.Content | TurnMarks.StringContent | TurnMarks.Text,
        Weight = kind switch { MessageKind.AssistantNotTrained => 0, MessageKind.AssistantTrained => 1, _ => -1 },
    };

    private static ListRule? ListOf(RecordLayout layout, LayoutPart part)
    {
        if (part.Rules.Length == 0)
        {
            return null;
        }

        Shape? shape = TargetDescriptions.Of(layout.Target).Record;
        foreach (var name in part.Rules)
        {
            shape = Array.Find(shape?.Object?.Members ?? [], member => string.Equals(member.Name, name, StringComparison.Ordinal))?.Shape;
        }

        return shape?.List is { Turns: not null } list ? list : null;
    }

    private static Sentence Describe(TrainingRole role) => role switch
    {
        TrainingRole.System => "instructions",
        TrainingRole.User => "a user message",
        TrainingRole.Prompt => "a prompt",
        TrainingRole.Assistant => "an assistant message",
        TrainingRole.Completion => "a completion",
        TrainingRole.Label => "a label",
        TrainingRole.Conversation => "a list of turns",
        TrainingRole.Chosen or TrainingRole.Rejected => "an answer of this kind",
        _ => "it",
    };

    private static Sentence Describe(MessageKind kind) => kind switch
    {
        MessageKind.User => "a user message",
        MessageKind.Answer => "an answer",
        MessageKind.Rejected => "a rejected answer",
        MessageKind.Label => "a label",
        MessageKind.Field => "a field for the grader",
        MessageKind.Text => "a text",
        _ => "a message",
    };

    /// <summary>Keeps what the first rule that refuses the messages says.</summary>
    private sealed class FirstError(RecordLayout layout) : ITurnReport
    {
        public Sentence? Message { get; private set; }

        public void Report(int turn, Verdict verdict, [Words] string format, object? first = null, object? second = null)
        {
            if (Message is null && verdict.Level == LintLevel.Error)
            {
                Message = Sentence.Of(format, first, second);
            }
        }

        public string NameOf(TurnRole role) => role switch
        {
            TurnRole.Assistant when layout.Target == TrainingTarget.Gemini => "'model'",
            TurnRole.System => "'system'",
            TurnRole.Developer => "'developer'",
            TurnRole.User => "'user'",
            TurnRole.Assistant => "'assistant'",
            _ => "'tool'",
        };
    }
}
