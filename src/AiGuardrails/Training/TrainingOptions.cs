namespace AiGuardrails;

/// <summary>How <see cref="TrainingFile"/> writes.</summary>
public sealed class TrainingWriteOptions
{
    /// <summary>Gets or sets the format; <see cref="TrainingTarget.OpenAIChat"/> unless set.</summary>
    public TrainingTarget Target { get; set; } = TrainingTarget.OpenAIChat;
}

/// <summary>How <see cref="TrainingFile"/> reads.</summary>
public sealed class TrainingReadOptions
{
    /// <summary>Gets or sets the format; <see cref="TrainingTarget.OpenAIChat"/> unless set.</summary>
    public TrainingTarget Target { get; set; } = TrainingTarget.OpenAIChat;

    /// <summary>
    /// Gets or sets the length of the longest line that is read, in bytes without the line end; 16 MiB unless set. It
    /// bounds the memory that a file can take which is not in lines at all. At least 1, at most 1 GiB.
    /// </summary>
    public int MaxLineBytes { get; set; } = 16 * 1024 * 1024;
}
