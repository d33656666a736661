namespace AiGuardrails;

/// <summary>The questions that come before training, in the order in which they are asked.</summary>
public enum TrainingStep
{
    /// <summary>Were better prompts tried?</summary>
    Prompting,

    /// <summary>Was retrieval (RAG) tried?</summary>
    Retrieval,

    /// <summary>Are there enough labelled examples?</summary>
    Examples,

    /// <summary>Is there the money for training and its experiments?</summary>
    Budget,

    /// <summary>Are there people who know how?</summary>
    Expertise,

    /// <summary>Does what is learnt stay true?</summary>
    StableKnowledge,

    /// <summary>Are there enough requests for training to pay back?</summary>
    Volume,
}
