using AiGuardrails.Core.Text;

namespace AiGuardrails.Core.Training.Targets;

/// <summary>Who says a message; where a rule is about several, more than one.</summary>
[Flags]
internal enum TurnRole
{
    None = 0,
    System = 1,
    Developer = 1 << 1,
    User = 1 << 2,
    Assistant = 1 << 3,
    Tool = 1 << 4,
    Function = 1 << 5,
}

/// <summary>A message of a line: who says it, what is known of it, and where it stands.</summary>
internal struct Turn
{
    public TurnRole Role;
    public TurnMarks Marks;
    public Section Section;
    public int Start;
    public int End;
    public int Weight; // -1 where there is none
    public int Images;
    public int List;   // the number of the list within the line
}

/// <summary>Takes what a rule of order has to say.</summary>
internal interface ITurnReport
{
    /// <summary>Reports a message, by its index in the list, or the list itself (-1).</summary>
    void Report(int turn, Verdict verdict, [Words] string format, object? first = null, object? second = null);

    /// <summary>Gets a role as the target names it, in quotation marks.</summary>
    string NameOf(TurnRole role);
}

/// <summary>A rule about the messages of one list, taken together.</summary>
internal abstract record TurnRule(Verdict Verdict)
{
    public abstract void Check(ReadOnlySpan<Turn> turns, ITurnReport report);

    protected static bool IsSystem(TurnRole role) => role is TurnRole.System or TurnRole.Developer;

    // A message whose role is not known has its own finding; what depends on it stays unsaid.
    protected static bool AllKnown(ReadOnlySpan<Turn> turns)
    {
        foreach (var turn in turns)
        {
            if (turn.Role == TurnRole.None)
            {
                return false;
            }
        }

        return true;
    }
}

/// <summary>There is a message of the role.</summary>
internal sealed record Has(TurnRole Role, Verdict Verdict) : TurnRule(Verdict)
{
    public override void Check(ReadOnlySpan<Turn> turns, ITurnReport report)
    {
        foreach (var turn in turns)
        {
            if (turn.Role == Role || turn.Role == TurnRole.None)
            {
                return;
            }
        }

        if (!turns.IsEmpty)
        {
            report.Report(-1, Verdict, "there is no message of the role {0}", report.NameOf(Role));
        }
    }
}

/// <summary>There are no more messages of the role than this.</summary>
internal sealed record AtMost(TurnRole Role, int Count, Verdict Verdict) : TurnRule(Verdict)
{
    public override void Check(ReadOnlySpan<Turn> turns, ITurnReport report)
    {
        var count = 0;
        for (var i = 0; i < turns.Length; i++)
        {
            if (turns[i].Role == Role && ++count == Count + 1)
            {
                report.Report(i, Verdict, Count == 0 ? "a message of the role {1} has no place here" : "more than {0} message of the role {1}", Count, report.NameOf(Role));
            }
        }
    }
}

/// <summary>The first message, after leading instructions, is of one of the roles.</summary>
internal sealed record StartsWith(TurnRole Role, Verdict Verdict) : TurnRule(Verdict)
{
    public override void Check(ReadOnlySpan<Turn> turns, ITurnReport report)
    {
        for (var i = 0; i < turns.Length; i++)
        {
            if (!IsSystem(turns[i].Role))
            {
                if (turns[i].Role != Role && turns[i].Role != TurnRole.None)
                {
                    report.Report(i, Verdict, "the conversation starts with {0}, not with {1}", report.NameOf(turns[i].Role), report.NameOf(Role));
                }

                return;
            }
        }
    }
}

/// <summary>The last message is of the role.</summary>
internal sealed record EndsWith(TurnRole Role, Verdict Verdict) : TurnRule(Verdict)
{
    public override void Check(ReadOnlySpan<Turn> turns, ITurnReport report)
    {
        if (!turns.IsEmpty && turns[turns.Length - 1].Role is var last && last != Role && last != TurnRole.None)
        {
            report.Report(turns.Length - 1, Verdict, "the last message is of the role {0}, not {1}", report.NameOf(last), report.NameOf(Role));
        }
    }
}

/// <summary>The last message is not of the role.</summary>
internal sealed record DoesNotEndWith(TurnRole Role, Verdict Verdict) : TurnRule(Verdict)
{
    public override void Check(ReadOnlySpan<Turn> turns, ITurnReport report)
    {
        if (!turns.IsEmpty && turns[turns.Length - 1].Role == Role)
        {
            report.Report(turns.Length - 1, Verdict, "the last message is of the role {0}; the answers stand outside", report.NameOf(Role));
        }
    }
}

/// <summary>No two neighbours are of the same role.</summary>
internal sealed record NoRepeats(Verdict Verdict, TurnRole Only = TurnRole.None) : TurnRule(Verdict)
{
    public override void Check(ReadOnlySpan<Turn> turns, ITurnReport report)
    {
        for (var i = 1; i < turns.Length; i++)
        {
            if (turns[i].Role == turns[i - 1].Role && turns[i].Role != TurnRole.None && (Only == TurnRole.None || turns[i].Role == Only))
            {
                report.Report(i, Verdict, "two messages of the role {0} in a row", report.NameOf(turns[i].Role));
            }
        }
    }
}

/// <summary>Instructions stand before the conversation, or not at all.</summary>
internal sealed record SystemFirst(Verdict Verdict) : TurnRule(Verdict)
{
    public override void Check(ReadOnlySpan<Turn> turns, ITurnReport report)
    {
        var started = false;
        for (var i = 0; i < turns.Length; i++)
        {
            if (!IsSystem(turns[i].Role))
            {
                started = true;
            }
            else if (started)
            {
                report.Report(i, Verdict, "a message of the role {0} after the conversation has started", report.NameOf(turns[i].Role));
                return;
            }
        }
    }
}

/// <summary>A message of the role comes only after one of these; <see cref="TurnRole.None"/> among them is the start.</summary>
internal sealed record Follows(TurnRole Role, TurnRole[] After, Verdict Verdict) : TurnRule(Verdict)
{
    public override void Check(ReadOnlySpan<Turn> turns, ITurnReport report)
    {
        var previous = TurnRole.None;
        for (var i = 0; i < turns.Length; i++)
        {
            if (turns[i].Role == TurnRole.None)
            {
                return;
            }

            if (turns[i].Role == Role && !Holds(previous))
            {
                report.Report(i, Verdict, previous == TurnRole.None ? "a message of the role {0} cannot be the first" : "a message of the role {0} cannot follow one of the role {1}", report.NameOf(Role), report.NameOf(previous));
            }

            previous = turns[i].Role;
        }
    }

    private bool Holds(TurnRole previous)
    {
        foreach (var role in After)
        {
            if (role == previous)
            {
                return true;
            }
        }

        return false;
    }
}

/// <summary>Messages of these roles have content, unless they have one of the marks instead.</summary>
internal sealed record NeedsContent(TurnRole Roles, TurnMarks Unless, Verdict Verdict) : TurnRule(Verdict)
{
    /// <summary>Gets the marks of which a message must have one for the rule to speak of it; none for every message.</summary>
    public TurnMarks Only { get; init; }

    public override void Check(ReadOnlySpan<Turn> turns, ITurnReport report)
    {
        for (var i = 0; i < turns.Length; i++)
        {
            if ((turns[i].Marks & (TurnMarks.Content | Unless)) == TurnMarks.None
                && (turns[i].Role & Roles) != TurnRole.None
                && (Only == TurnMarks.None || (turns[i].Marks & Only) != TurnMarks.None))
            {
                report.Report(i, Verdict, Only != TurnMarks.None || Unless == TurnMarks.None ? "the message has no content" : "the message has neither content nor a tool call");
            }
        }
    }
}

/// <summary>No message of these roles has any of the marks.</summary>
internal sealed record Without(TurnRole Roles, TurnMarks Marks, Sentence What, Verdict Verdict) : TurnRule(Verdict)
{
    public override void Check(ReadOnlySpan<Turn> turns, ITurnReport report)
    {
        for (var i = 0; i < turns.Length; i++)
        {
            if ((turns[i].Marks & Marks) != TurnMarks.None && (turns[i].Role & Roles) != TurnRole.None)
            {
                report.Report(i, Verdict, "a message of the role {0} holds {1}", report.NameOf(turns[i].Role), What);
            }
        }
    }
}

/// <summary>No message has both marks.</summary>
internal sealed record NotBoth(TurnMarks One, TurnMarks Other, Sentence What, Verdict Verdict) : TurnRule(Verdict)
{
    public override void Check(ReadOnlySpan<Turn> turns, ITurnReport report)
    {
        for (var i = 0; i < turns.Length; i++)
        {
            if ((turns[i].Marks & One) != TurnMarks.None && (turns[i].Marks & Other) != TurnMarks.None)
            {
                report.Report(i, Verdict, "the message has both {0}", What);
            }
        }
    }
}

/// <summary>Images, all messages together.</summary>
internal sealed record MaxImages(int Count, Verdict Verdict) : TurnRule(Verdict)
{
    public override void Check(ReadOnlySpan<Turn> turns, ITurnReport report)
    {
        var images = 0;
        foreach (var turn in turns)
        {
            images += turn.Images;
        }

        if (images > Count)
        {
            report.Report(-1, Verdict, "{0} images, where an example has {1} at most", images, Count);
        }
    }
}

/// <summary>The contents are all strings or all lists of parts.</summary>
internal sealed record OneKindOfContent(Verdict Verdict) : TurnRule(Verdict)
{
    public override void Check(ReadOnlySpan<Turn> turns, ITurnReport report)
    {
        var all = TurnMarks.None;
        for (var i = 0; i < turns.Length; i++)
        {
            all |= turns[i].Marks & (TurnMarks.StringContent | TurnMarks.ListContent);
            if (all == (TurnMarks.StringContent | TurnMarks.ListContent))
            {
                report.Report(i, Verdict, "contents are texts in some messages and lists of parts in others");
                return;
            }
        }
    }
}

/// <summary>A message with images has no weight, or the weight 0.</summary>
internal sealed record NoWeightOnImages(Verdict Verdict) : TurnRule(Verdict)
{
    public override void Check(ReadOnlySpan<Turn> turns, ITurnReport report)
    {
        for (var i = 0; i < turns.Length; i++)
        {
            if (turns[i].Images > 0 && turns[i].Weight > 0)
            {
                report.Report(i, Verdict, "a message with images has a weight other than 0");
            }
        }
    }
}

/// <summary>Some answer is trained on.</summary>
internal sealed record SomethingTrained(Verdict Verdict) : TurnRule(Verdict)
{
    public override void Check(ReadOnlySpan<Turn> turns, ITurnReport report)
    {
        var assistants = 0;
        foreach (var turn in turns)
        {
            if (turn.Role == TurnRole.Assistant)
            {
                assistants++;
                if (turn.Weight != 0)
                {
                    return;
                }
            }
        }

        if (assistants > 0)
        {
            report.Report(-1, Verdict, "every assistant message has the weight 0, so that nothing is learnt from the example");
        }
    }
}

/// <summary>Messages at odd places (from 1) ask, messages at even places answer; tool results ask, tool calls answer.</summary>
internal sealed record AskAndAnswer(Verdict Verdict) : TurnRule(Verdict)
{
    public override void Check(ReadOnlySpan<Turn> turns, ITurnReport report)
    {
        // LLaMA-Factory takes leading instructions out before it counts.
        var first = !turns.IsEmpty && turns[0].Role == TurnRole.System ? 1 : 0;
        for (var i = first; i < turns.Length; i++)
        {
            var asks = turns[i].Role is TurnRole.User or TurnRole.Tool;
            if (turns[i].Role == TurnRole.None)
            {
                return;
            }

            if (asks != (((i - first) & 1) == 0) || IsSystem(turns[i].Role))
            {
                report.Report(i, Verdict, asks ? "a question where an answer is due" : IsSystem(turns[i].Role) ? "a system message inside the conversation" : "an answer where a question is due");
                return;
            }
        }
    }
}

/// <summary>No text is empty, unless there are media or calls of tools beside it.</summary>
internal sealed record NoEmptyText(Verdict Verdict) : TurnRule(Verdict)
{
    /// <summary>Gets the roles of which this is said; none for all.</summary>
    public TurnRole Only { get; init; }

    public override void Check(ReadOnlySpan<Turn> turns, ITurnReport report)
    {
        for (var i = 0; i < turns.Length; i++)
        {
            var marks = turns[i].Marks;
            if ((marks & (TurnMarks.EmptyContent | TurnMarks.BlankContent)) != TurnMarks.None
                && (marks & (TurnMarks.Text | TurnMarks.Image | TurnMarks.Video | TurnMarks.ToolCalls)) == TurnMarks.None
                && (Only == TurnRole.None || (turns[i].Role & Only) != TurnRole.None))
            {
                var isBlank = (marks & TurnMarks.BlankContent) != TurnMarks.None;
                report.Report(i, isBlank ? Verdict.Advises() : Verdict, isBlank ? "the text is white space and no more" : "the text is empty");
            }
        }
    }
}

/// <summary>Every tool message answers an earlier call, and every call but those of the last message is answered.</summary>
internal sealed record ToolCallsMatch(Verdict Uncalled, Verdict Unanswered) : TurnRule(Uncalled)
{
    // It compares texts, which are not at hand here: the reader of the record does it.
    public override void Check(ReadOnlySpan<Turn> turns, ITurnReport report)
    {
    }
}

/// <summary>There are so many messages of the role, no more and no fewer.</summary>
internal sealed record Exactly(TurnRole Role, int Count, Verdict Verdict) : TurnRule(Verdict)
{
    public override void Check(ReadOnlySpan<Turn> turns, ITurnReport report)
    {
        var count = 0;
        foreach (var turn in turns)
        {
            count += turn.Role == Role ? 1 : 0;
        }

        if (count != Count && AllKnown(turns) && !turns.IsEmpty)
        {
            report.Report(-1, Verdict, "{0} messages of the role {1}, where there must be exactly one", count, report.NameOf(Role));
        }
    }
}
