using AiGuardrails.Tests.TrainingData;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Verify = AiGuardrails.Testing.CSharpAnalyzerVerifier<AiGuardrails.Analyzers.Rules.TrainingData.InvalidTrainingRecordAnalyzer>;

namespace AiGuardrails.Analyzers.Tests.Rules.TrainingData;

public sealed class AIG9013_InvalidTrainingRecordTests
{
    public static TheoryData<string> InvalidNames => [.. TrainingRecordCases.Invalid.Select(static candidate => candidate.Name)];

    public static TheoryData<string> ValidNames => [.. TrainingRecordCases.Valid.Select(static candidate => candidate.Name)];

    [Theory]
    [MemberData(nameof(InvalidNames))]
    public Task Everything_that_stands_in_the_way_is_reported_at_its_place(string name)
    {
        var candidate = TrainingRecordCases.Invalid.Single(candidate => candidate.Name == name);

        return Verify.VerifyAnalyzerAsync(
            "using AiGuardrails;\n" + candidate.Source,
            [.. candidate.Problems.Select(static problem => Verify.Diagnostic("AIG9013").WithLocation(problem.Place).WithArguments(problem.Message))]);
    }

    [Theory]
    [MemberData(nameof(ValidNames))]
    public Task A_valid_record_is_left_alone(string name) =>
        Verify.VerifyAnalyzerAsync("using AiGuardrails;\n" + TrainingRecordCases.Valid.Single(candidate => candidate.Name == name).Source);

    [Fact]
    public Task An_old_language_version_is_reported() => Verify.VerifyAnalyzerAsync(
        """
        using AiGuardrails;

        [TrainingRecord]
        public partial class {|#0:X|}
        {
            [UserMessage] public string Q { get; set; }
            [AssistantMessage] public string A { get; set; }
        }
        """,
        static test =>
        {
            test.LanguageVersion = LanguageVersion.CSharp7_3;
            test.NullableContext = NullableContextOptions.Disable;
        },
        Verify.Diagnostic("AIG9013").WithLocation(0).WithArguments("'X' is compiled as a version of C# before 8.0, which generated code needs; set <LangVersion> to 8.0 or higher"));

    [Fact]
    public Task A_lookalike_attribute_is_left_alone() => Verify.VerifyAnalyzerAsync(
        """
        using System;

        namespace Mine
        {
            public class TrainingRecordAttribute : Attribute { }

            [TrainingRecord]
            public class X { }
        }
        """);

    [Fact]
    public Task Roles_without_the_attribute_are_left_alone() => Verify.VerifyAnalyzerAsync(
        """
        using AiGuardrails;

        public abstract class Base
        {
            [SystemMessage] public int Number { get; }
        }
        """);

    [Fact]
    public Task A_problem_of_a_base_type_in_another_file_is_reported_there() => Verify.VerifyAnalyzerAsync(
        """
        using AiGuardrails;

        [TrainingRecord]
        public partial class X : Base
        {
            [AssistantMessage] public string A { get; set; } = "";
        }
        """,
        static test => test.Sources.Add("using AiGuardrails;\npublic class Base { [UserMessage] public object {|#0:Q|} { get; set; } }"),
        Verify.Diagnostic("AIG9013").WithLocation(0).WithArguments("'Q' is of the type 'object'; a message is of the type 'string' or a simple value (a number, bool, Guid, date, time, or an enumeration with names), with '?' if it may be left out"));
}
