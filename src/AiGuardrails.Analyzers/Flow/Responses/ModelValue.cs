using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AiGuardrails.Analyzers.Flow.Responses;

/// <summary>What a value has of a model's answer.</summary>
internal enum ModelValueKind
{
    /// <summary>The answer, with all that it says of itself; also in a wrapper or a task.</summary>
    Answer,

    /// <summary>The list of the parts of the answer, which may be empty, or what is chosen from it.</summary>
    Parts,

    /// <summary>Something else that is taken out of the answer: a part, an item, another list.</summary>
    Part,

    /// <summary>Text that the model wrote, as it is or cut to size.</summary>
    Text,

    /// <summary>The arguments of a tool call, which the model wrote too.</summary>
    Arguments,
}

/// <summary>A value that comes from a model.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Call">The call that made the model write.</param>
/// <param name="At">The expression of this body that stands for the call: the call, or that of a helper which only passes it on.</param>
/// <param name="Read">For a text, the expression that took it out of the answer.</param>
internal readonly record struct ModelValue(ModelValueKind Kind, IInvocationOperation Call, SyntaxNode At, IOperation? Read);
