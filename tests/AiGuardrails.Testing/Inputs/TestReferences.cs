using System.Collections.Immutable;
using AiGuardrails.Testing.Inputs;
using Microsoft.CodeAnalysis;

namespace AiGuardrails.Testing;

/// <summary>The references behind <see cref="ReferenceSets"/>, for tests that make compilations of their own.</summary>
public static class TestReferences
{
    public static ImmutableArray<MetadataReference> Of(ReferenceSets sets) => ReferenceResolver.Resolve(sets);
}
