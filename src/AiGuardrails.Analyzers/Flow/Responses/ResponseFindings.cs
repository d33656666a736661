using Microsoft.CodeAnalysis;

namespace AiGuardrails.Analyzers.Flow.Responses;

/// <summary>Text of an answer that is parsed before anything has asked why the model stopped.</summary>
/// <param name="Parse">The call of the parser.</param>
/// <param name="Parser">How the parser is named.</param>
/// <param name="Read">The expression that takes the text out of the answer.</param>
/// <param name="Subject">The answer in it, which says why the model stopped; null where it cannot be named.</param>
/// <param name="Reason">The member that says so.</param>
internal sealed record TruncatedParse(SyntaxNode Parse, string Parser, SyntaxNode Read, SyntaxNode? Subject, string Reason);

/// <summary>A part of an answer that is taken as if it were there.</summary>
/// <param name="Access">The index, or the call of <c>First()</c>.</param>
/// <param name="List">The list; null where it cannot be named.</param>
/// <param name="Count">The member that says how many parts there are.</param>
/// <param name="IsStreamed">Whether it is a part of an update, most of which may be empty.</param>
internal sealed record UncheckedPart(SyntaxNode Access, SyntaxNode List, string Count, bool IsStreamed);

/// <summary>What is made of the model's JSON, and used as if the JSON were always good.</summary>
/// <param name="Parse">The call.</param>
/// <param name="Parser">How the parser is named.</param>
internal sealed record UncheckedDeserialization(SyntaxNode Parse, string Parser);

/// <summary>Output of a response that is used before anything has asked how the response ended.</summary>
/// <param name="Use">The expression that takes the output.</param>
/// <param name="Subject">The response.</param>
/// <param name="Status">The member that says how it ended.</param>
internal sealed record UncheckedStatus(SyntaxNode Use, SyntaxNode Subject, string Status);
