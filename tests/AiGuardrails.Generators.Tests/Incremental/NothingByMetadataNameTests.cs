using System.Reflection;
using System.Reflection.Emit;
using AiGuardrails.Generators.Incremental;
using AiGuardrails.Generators.Prompts;
using Microsoft.CodeAnalysis;

namespace AiGuardrails.Generators.Tests.Incremental;

/// <summary>
/// What is kept of a type is right only as long as its parser reaches everything by names that stand in a file. What looks in the whole
/// compilation must stay outside of the cache, and is listed here.
/// </summary>
public sealed class NothingByMetadataNameTests
{
    private const BindingFlags All = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static | BindingFlags.Instance | BindingFlags.DeclaredOnly;

    private static readonly string[] s_ofAllFiles =
    [
        nameof(Compilation.GetTypeByMetadataName), nameof(Compilation.GetTypesByMetadataName), nameof(Compilation.GetSpecialType), nameof(Compilation.GetSymbolsWithName),
        nameof(Compilation.ContainsSymbolsWithName), "get_" + nameof(Compilation.GlobalNamespace), "get_" + nameof(Compilation.Assembly), "get_" + nameof(Compilation.SyntaxTrees),
        "get_" + nameof(Compilation.SourceModule), nameof(Compilation.GetSemanticModel), nameof(Compilation.GetEntryPoint), nameof(INamespaceOrTypeSymbol.GetTypeMembers),
        nameof(ISymbol.GetDocumentationCommentXml), nameof(INamespaceSymbol.GetNamespaceMembers), nameof(SemanticModel.LookupSymbols),
    ];

    [Fact]
    public void Only_what_is_not_kept_looks_in_all_files()
    {
        var callers = typeof(PromptGenerator).Assembly.GetTypes()
            .SelectMany(static type => type.GetMethods(All).Cast<MethodBase>().Concat(type.GetConstructors(All)))
            .SelectMany(static method => Called(method).Where(static called => called.DeclaringType?.Namespace == typeof(Compilation).Namespace && s_ofAllFiles.Contains(called.Name)).Select(called => (Caller: Outer(method), Called: called.Name)))
            .Distinct()
            .OrderBy(static call => call.Called, StringComparer.Ordinal)
            .ToList();

        // The first looks for SDKs in a step of its own, after each edit; the second compares the files with those of earlier.
        Assert.Equal([(nameof(PromptGenerator), nameof(Compilation.GetTypesByMetadataName)), (nameof(DeclaredState), "get_SyntaxTrees")], callers);
    }

    // Lambdas are in types of their own.
    private static string Outer(MethodBase method)
    {
        var type = method.DeclaringType!;
        while (type.DeclaringType is { } outer)
        {
            type = outer;
        }

        return type.Name;
    }

    private static IEnumerable<MethodBase> Called(MethodBase method)
    {
        var code = method.GetMethodBody()?.GetILAsByteArray() ?? [];
        for (var i = 0; i + 4 < code.Length; i++)
        {
            // A byte of an argument may look like a call; it then names no method, or one that is called nowhere.
            if ((code[i] == OpCodes.Call.Value || code[i] == OpCodes.Callvirt.Value) && Resolve(method, BitConverter.ToInt32(code, i + 1)) is { } called)
            {
                yield return called;
            }
        }
    }

    private static MethodBase? Resolve(MethodBase method, int token)
    {
        try
        {
            return method.Module.ResolveMethod(token, method.DeclaringType!.GetGenericArguments(), method.IsGenericMethod ? method.GetGenericArguments() : null);
        }
        catch (ArgumentException)
        {
            return null;
        }
    }
}
