using Microsoft.CodeAnalysis;

namespace AiGuardrails.Generators.Prompts;

/// <content>The answer to a prompt, and the examples of it.</content>
internal sealed partial class PromptParser
{
    private (AnswerContract? Contract, ITypeSymbol? Type) ReadAnswer()
    {
        if (!IsSet(Attribute, "Output"))
        {
            return (null, null);
        }

        var at = LocationOfArgument(Attribute, "Output") ?? At;
        if (ArgumentOf("Output") is not ITypeSymbol type)
        {
            Report(at, "'Output' names no type; write typeof(…), or remove it");
            return (null, null);
        }

        var contract = AnswerContractParser.Parse(type, Type, Compilation, CancellationToken, out var problem);
        if (problem is not null)
        {
            Report(at, problem);
        }

        return (contract, type);
    }

    private string? FindExamples((AnswerContract? Contract, ITypeSymbol? Type) answer)
    {
        var methods = Type.GetMembers().OfType<IMethodSymbol>().Where(static method => method.GetAttributes().Any(static attribute => IsOurs(attribute.AttributeClass, "ExamplesAttribute"))).ToList();
        foreach (var extra in methods.Skip(1))
        {
            Report(LocationOf(extra), $"'{methods[0].Name}' returns the examples already; put all of them there");
        }

        if (methods.FirstOrDefault() is not { } method)
        {
            return null;
        }

        if (answer.Type is not { } type)
        {
            if (!IsSet(Attribute, "Output"))
            {
                Report(LocationOf(method), $"the examples of '{Type.Name}' need answers of a type; set Output on [Prompt]");
            }
        }
        else if (method is not { IsStatic: true, Parameters.Length: 0, TypeParameters.Length: 0, MethodKind: MethodKind.Ordinary }
            || ElementOf(method.ReturnType) is not INamedTypeSymbol { TypeArguments: [var input, var output] } shot
            || !IsOurs(shot, "Shot")
            || !SymbolEqualityComparer.Default.Equals(input, Type)
            || !SymbolEqualityComparer.Default.Equals(output, type))
        {
            Report(LocationOf(method), $"'{method.Name}' cannot give examples; make it a static method without parameters that returns IEnumerable<Shot<{Type.Name}, {type.ToDisplayString(ShortName)}>>");
        }

        return Identifier(method.Name);
    }
}
