using Microsoft.CodeAnalysis;

namespace AiGuardrails.Analyzers.Sdks;

/// <summary>
/// Names that code gives to what a search returns. A name proves nothing: what is known by it alone is only ever a suggestion.
/// </summary>
internal static class RetrievalNames
{
    private static readonly string[] s_verbs = ["Retrieve", "Search", "FindRelevant", "FindSimilar", "GetRelevant", "GetSimilar", "Recall"];

    private static readonly string[] s_nouns =
        ["Knowledge", "Knowledges", "KnowledgeText", "RetrievedText", "RetrievedContext", "RetrievedDocuments", "RetrievedChunks", "RetrievedPassages", "SearchResult", "SearchResults", "SearchHits"];

    /// <summary>Whether the method, property or parameter is called as what a search returns is called.</summary>
    public static bool IsRetrieved(ISymbol symbol) => symbol switch
    {
        // A question is asked of it, and no single text of the program comes back.
        IMethodSymbol { Parameters.IsEmpty: false, ReturnsVoid: false } method => s_verbs.Any(verb => StartsWithWord(method.Name, verb)) && !DataSources.IsClosed(method.ReturnType),
        IPropertySymbol property => s_nouns.Contains(property.Name, StringComparer.Ordinal),
        IParameterSymbol parameter => s_nouns.Any(noun => noun.Length > "Knowledges".Length && string.Equals(noun, parameter.Name, StringComparison.OrdinalIgnoreCase)),
        _ => false,
    };

    // `Search` and `SearchAsync`, not `Searchable`.
    private static bool StartsWithWord(string name, string word) =>
        name.StartsWith(word, StringComparison.Ordinal) && (name.Length == word.Length || char.IsUpper(name[word.Length]));
}
