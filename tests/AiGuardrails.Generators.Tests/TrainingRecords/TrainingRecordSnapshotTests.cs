using System.Runtime.CompilerServices;
using AiGuardrails.Testing;
using Microsoft.CodeAnalysis.CSharp;

namespace AiGuardrails.Generators.Tests.TrainingRecords;

/// <summary>What is generated, shape by shape.</summary>
public sealed class TrainingRecordSnapshotTests
{
    [Fact]
    public void Plain_class_of_csharp_8() => Verify(
        LanguageVersion.CSharp8,
        """
        using AiGuardrails;

        namespace Acme.Support
        {
            [TrainingRecord]
            public partial class Example
            {
                [SystemMessage] public static string Persona => "You help.";
                [UserMessage] public string Question { get; set; } = "";
                [AssistantMessage(Weight = 1)] public string Answer { get; set; } = "";
                public string Note { get; set; } = "";
            }
        }
        """);

    [Fact]
    public void Texts_values_and_choices_of_csharp_8() => Verify(
        LanguageVersion.CSharp8,
        """
        using System;
        using System.Runtime.Serialization;
        using AiGuardrails;

        namespace Acme.Support
        {
            public enum Team { Billing, [EnumMember(Value = "technical support")] Technical, Invoices = Billing }

            [TrainingRecord("openai-chat", "alpaca")]
            public partial class Example
            {
                [SystemMessage] public static Team Persona => Team.Technical;
                [UserMessage] public Guid Id { get; set; }
                [Label] public Team Team { get; set; }
            }
        }
        """);

    [Fact]
    public void Pair_of_answers_of_csharp_8() => Verify(
        LanguageVersion.CSharp8,
        """
        using AiGuardrails;

        namespace Acme.Support
        {
            [TrainingRecord("openai-dpo", "trl-preference")]
            public partial class Example
            {
                [Rejected] public string Worse { get; set; } = "";
                [Chosen] public string Better { get; set; } = "";
                [Prompt] public string Question { get; set; } = "";
            }
        }
        """);

    [Fact]
    public void Fields_for_a_grader_of_csharp_8() => Verify(
        LanguageVersion.CSharp8,
        """
        using System.Collections.Generic;
        using AiGuardrails;

        namespace Acme.Support
        {
            [TrainingRecord("openai-rft")]
            public partial class Example
            {
                [UserMessage] public string Question { get; set; } = "";
                [GraderField("reference_answer")] public string Answer { get; set; } = "";
                [GraderField] public double? Tolerance { get; set; }
                [GraderField] public bool IsExact { get; set; }
                [GraderField] public List<string>? Alternatives { get; set; }
            }
        }
        """);

    [Fact]
    public void Tool_call_and_conversation_of_csharp_8() => Verify(
        LanguageVersion.CSharp8,
        """
        using System.Collections.Generic;
        using System.ComponentModel;
        using AiGuardrails;

        namespace Acme.Support
        {
            [Tool("get_weather", "Current weather")]
            public class WeatherRequest
            {
                public WeatherRequest(string city) => City = city;

                [Description("Its name")] public string City { get; }
                public int? Days { get; set; }
                public IReadOnlyList<double>? Limits { get; set; }
            }

            [TrainingRecord("openai-chat")]
            public partial class Example
            {
                [Conversation] public List<ChatTurn> Before { get; set; } = new List<ChatTurn>();
                [UserMessage] public string Question { get; set; } = "";
                [ToolCall] public WeatherRequest Request { get; set; } = new WeatherRequest("");
                [ToolResult] public string Weather { get; set; } = "";
                [AssistantMessage] public string Answer { get; set; } = "";
            }
        }
        """);

    [Fact]
    public void Record_with_required_members() => Verify(
        LanguageVersion.CSharp11,
        """
        using AiGuardrails;

        namespace Acme.Support;

        [TrainingRecord]
        public sealed partial record Example
        {
            [SystemMessage] public static string Persona => "You help.";
            [UserMessage] public required string Question { get; init; }
            [AssistantMessage] public required string Answer { get; init; }
        }
        """);

    [Fact]
    public void Positional_record_struct_in_the_global_namespace() => Verify(
        LanguageVersion.CSharp10,
        """
        using AiGuardrails;

        [TrainingRecord]
        public partial record struct Example([property: UserMessage] string Question, [property: AssistantMessage] string Answer);
        """);

    [Fact]
    public void Immutable_struct() => Verify(
        LanguageVersion.CSharp8,
        """
        using AiGuardrails;

        namespace Acme
        {
            [TrainingRecord]
            public readonly partial struct Example
            {
                public Example(string question, string answer) { Question = question; Answer = answer; }

                [UserMessage] public string Question { get; }
                [AssistantMessage] public string Answer { get; }
            }
        }
        """);

    [Fact]
    public void Optional_messages_and_weights() => Verify(
        LanguageVersion.CSharp9,
        """
        using AiGuardrails;

        namespace Acme
        {
            [TrainingRecord]
            public partial record Example
            {
                [SystemMessage] public static string? Persona { get; set; }
                [UserMessage] public string First { get; init; } = "";
                [AssistantMessage(Weight = 0)] public string? Draft { get; init; }
                [UserMessage] public string Second { get; init; } = "";
                [AssistantMessage(Weight = 1)] public string Final { get; init; } = "";
            }
        }
        """);

    [Fact]
    public void Constructor_and_initializer_together() => Verify(
        LanguageVersion.CSharp11,
        """
        using AiGuardrails;

        namespace Acme
        {
            [TrainingRecord]
            public partial class Example
            {
                private Example(string question, string? hint, int attempts = 1) { Question = question; Hint = hint; Attempts = attempts; }

                public int Attempts { get; }
                [SystemMessage] public string? Hint { get; }
                [UserMessage] public required string Question { get; set; }
                [AssistantMessage] public string Answer { get; set; } = "";
            }
        }
        """);

    [Fact]
    public void Members_of_base_types() => Verify(
        LanguageVersion.CSharp9,
        """
        using AiGuardrails;

        namespace Acme
        {
            public abstract record Base<T>
            {
                [SystemMessage] protected static string Persona => "You help.";
                [UserMessage] public virtual string Question { get; init; } = "";
                public T? Extra { get; init; }
            }

            [TrainingRecord]
            public partial record Example : Base<int>
            {
                public override string Question { get; init; } = "?";
                [AssistantMessage] public string Answer { get; init; } = "";
            }
        }
        """);

    [Fact]
    public void Nested_types_and_keywords() => Verify(
        LanguageVersion.CSharp9,
        """
        using AiGuardrails;

        namespace @namespace.Inner
        {
            public static partial class @class
            {
                internal partial struct Middle
                {
                    [TrainingRecord]
                    private sealed partial record @event([property: UserMessage] string @string, [property: AssistantMessage] string record)
                    {
                        [SystemMessage] public static string @static => "s";
                    }
                }
            }
        }
        """);

    [Fact]
    public void Names_that_differ_by_case_only() => Verify(
        LanguageVersion.CSharp8,
        """
        using AiGuardrails;

        namespace Acme
        {
            [TrainingRecord]
            public partial class Example
            {
                [UserMessage] public string Text { get; set; } = "";
                [AssistantMessage] public string text { get; set; } = "";
            }

            [TrainingRecord]
            public partial class EXAMPLE
            {
                [UserMessage] public string Text { get; set; } = "";
                [AssistantMessage] public string Answer { get; set; } = "";
            }
        }
        """);

    private static void Verify(LanguageVersion lowest, string source, [CallerFilePath] string file = "", [CallerMemberName] string method = "") =>
        Snapshot.Verify(TrainingRecordRun.Run(lowest, source).Result, file, method);
}
