namespace AiGuardrails;

/// <summary>What to do about a model that does not answer well enough yet.</summary>
public enum TrainingApproach
{
    /// <summary>Better prompts: instructions, examples in the prompt, step by step.</summary>
    Prompting,

    /// <summary>Retrieval (RAG): the facts are looked up and put into the prompt.</summary>
    Retrieval,

    /// <summary>LoRA or another form of parameter-efficient fine-tuning: a small part of the model is trained.</summary>
    ParameterEfficientTuning,

    /// <summary>Supervised fine-tuning (SFT) on labelled examples.</summary>
    SupervisedTuning,

    /// <summary>Preference tuning (DPO, RLHF) on pairs of better and worse answers.</summary>
    PreferenceTuning,

    /// <summary>People first: hire, or train, machine-learning engineers.</summary>
    HireExpertise,
}
