namespace AiGuardrails;

/// <summary>What a model is trained for; it decides which kind of training a supported decision leads to.</summary>
public enum TrainingGoal
{
    /// <summary>Knowledge, terminology or a strict form of the answers: supervised fine-tuning.</summary>
    Knowledge,

    /// <summary>Tone, safety or which of two answers is the better one: preference tuning.</summary>
    Behavior,

    /// <summary>A cheaper or faster model that does what a larger one does today: LoRA or another form of PEFT.</summary>
    Cost,
}
