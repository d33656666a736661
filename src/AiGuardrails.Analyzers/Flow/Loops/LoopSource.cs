namespace AiGuardrails.Analyzers.Flow.Loops;

/// <summary>What a value in a loop hangs on. Nothing at all: it is the same in every round.</summary>
[Flags]
internal enum LoopSource
{
    None = 0,

    /// <summary>What the loop is about: the answer of the model, the job.</summary>
    Subject = 1,

    /// <summary>The part of it that tells how far it is: the status of the job.</summary>
    Verdict = 2,

    /// <summary>A number that the rounds change, or the size of something.</summary>
    Counter = 4,

    /// <summary>The time.</summary>
    Clock = 8,

    /// <summary>A token that is cancelled, in the sense that the loop needs.</summary>
    Cancellation = 16,

    /// <summary>Input that is read.</summary>
    Input = 32,

    /// <summary>Anything else, known or not.</summary>
    Other = 64,
}
