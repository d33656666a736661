using Microsoft.CodeAnalysis;

namespace AiGuardrails.Analyzers.Sdks;

/// <summary>What counts as test code: a project that references a test SDK, or a type that holds tests.</summary>
internal static class TestCode
{
    private static readonly HashSet<string> s_testAssemblies = new(StringComparer.OrdinalIgnoreCase)
    {
        "xunit.core",
        "xunit.v3.core",
        "nunit.framework",
        "Microsoft.VisualStudio.TestPlatform.TestFramework",
        "MSTest.TestFramework",
        "TUnit.Core",
    };

    private static readonly HashSet<string> s_testAttributes = new(StringComparer.Ordinal)
    {
        "FactAttribute",
        "TheoryAttribute",
        "TestAttribute",
        "TestCaseAttribute",
        "TestFixtureAttribute",
        "TestMethodAttribute",
        "TestClassAttribute",
    };

    public static bool ReferencesTestSdk(Compilation compilation) =>
        compilation.ReferencedAssemblyNames.Any(static assembly => s_testAssemblies.Contains(assembly.Name));

    public static bool IsInTestType(ISymbol symbol)
    {
        for (var type = symbol as INamedTypeSymbol ?? symbol.ContainingType; type is not null; type = type.ContainingType)
        {
            if (HasTestAttribute(type) || type.GetMembers().Any(static member => member is IMethodSymbol && HasTestAttribute(member)))
            {
                return true;
            }
        }

        return false;
    }

    private static bool HasTestAttribute(ISymbol symbol) => symbol.GetAttributes().Any(static attribute => IsTestAttribute(attribute.AttributeClass));

    /// <summary>Whether it is one of them, or made of one of them; an attribute that does not bind is judged by its name.</summary>
    private static bool IsTestAttribute(INamedTypeSymbol? type)
    {
        for (; type is not null; type = type.BaseType)
        {
            if (s_testAttributes.Contains(type.Name) || (type.TypeKind == TypeKind.Error && s_testAttributes.Contains(type.Name + "Attribute")))
            {
                return true;
            }
        }

        return false;
    }
}
