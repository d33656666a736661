namespace AiGuardrails.Analyzers.Sdks;

/// <summary>
/// A place that takes text: the parameter of a method or constructor, or a property where <paramref name="Parameter"/> is null.
/// </summary>
/// <param name="Type">The type.</param>
/// <param name="Member">The method, constructor or property.</param>
/// <param name="Parameter">The parameter.</param>
/// <param name="Role">The parameter or property that says in whose name the text speaks, where that decides what the place is.</param>
internal readonly record struct TextSink(string Type, string Member, string? Parameter = null, string? Role = null);

/// <summary>A message of the developer, and how the same text is written as a message of the user.</summary>
/// <param name="Type">The type of the message of the developer, or the type that makes one.</param>
/// <param name="Member">The constructor or the method.</param>
/// <param name="UserType">The type of the message of the user, or the type that makes one.</param>
/// <param name="UserMember">The constructor or the method.</param>
internal readonly record struct UserMessage(string Type, string Member, string UserType, string UserMember);

/// <summary>A type of roles, and the members that give the text the rank of an instruction.</summary>
internal readonly record struct RoleTable(string Type, System.Collections.Immutable.ImmutableArray<string> Trusted, System.Collections.Immutable.ImmutableArray<string> Others);
