using AiGuardrails.Testing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace AiGuardrails.Generators.Tests.Prompts;

/// <summary>The compiler alone, with no analyzer and no generator, keeps open text out of instructions.</summary>
public sealed class InstructionTextTests
{
    [Theory]
    [InlineData("""Instructions.Of($"You help.")""")]
    [InlineData("""Instructions.Of($"{Line.Oven}, {3}, {3L:N0}, {0.5:P0}, {true}, {1m}, {System.Guid.Empty}, {System.DateTime.UnixEpoch:yyyy}, {System.TimeSpan.Zero}, {new System.DateOnly(2026, 1, 1)}")""")]
    [InlineData("""Instructions.Of($"{(InstructionText)$"inner {3}"}")""")]
    [InlineData("""new System.Func<InstructionText>(() => $"You help {Line.Oven}.")""")]
    public void Closed_values_compile(string expression) => Assert.Empty(ErrorsOf(expression));

    [Theory]
    [InlineData("""Instructions.Of($"You triage {text}")""", "CS0619")]
    [InlineData("""Instructions.Of($"You triage {text,10}")""", "CS0619")]
    [InlineData("""Instructions.Of($"You triage {text.Trim()} {3}")""", "CS0619")]
    [InlineData("""Instructions.Of($"You triage {text[0]}")""", "CS0619")]
    [InlineData("""Instructions.Of($"You triage {$"{text}"}")""", "CS0619")]
    [InlineData("""Instructions.Of(text)""", "CS1503")]
    [InlineData("""Instructions.Of("You triage " + text)""", "CS1503")]
    [InlineData("""Instructions.Of(string.Concat(text))""", "CS1503")]
    [InlineData("""Instructions.Of($"{(object)text}")""", "CS0453")]
    [InlineData("""Instructions.Of($"{new[] { text }}")""", "CS0453")]
    [InlineData("""(InstructionText)text""", "CS0030")]
    public void Open_text_does_not_compile(string expression, string error) => Assert.Contains(error, ErrorsOf(expression));

    [Fact]
    public void The_error_names_the_way_out()
    {
        var error = Assert.Single(Compile("""Instructions.Of($"You triage {text}")""").GetDiagnostics(), static diagnostic => diagnostic.Id == "CS0619");

        Assert.EndsWith("'Open text must not stand in instructions, where the model takes it for an order; put it into a user message, fenced by a [Prompt] template'", error.GetMessage(System.Globalization.CultureInfo.InvariantCulture), StringComparison.Ordinal);
    }

    private static IEnumerable<string> ErrorsOf(string expression) =>
        Compile(expression).GetDiagnostics().Where(static diagnostic => diagnostic.Severity == DiagnosticSeverity.Error).Select(static diagnostic => diagnostic.Id);

    private static CSharpCompilation Compile(string expression) => CSharpCompilation.Create(
        "Test",
        [CSharpSyntaxTree.ParseText($"using AiGuardrails; enum Line {{ Oven }} static class C {{ static object M(string text) => {expression}; }}")],
        TestReferences.Of(ReferenceSets.Platform | ReferenceSets.AiGuardrails),
        new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary));
}
