using AiGuardrails.Generators.TrainingRecords;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace AiGuardrails.Generators.Tests.TrainingRecords;

/// <summary>An edit remakes what it changes, and nothing else.</summary>
public sealed class TrainingRecordCachingTests
{
    private const string Source = """
        using AiGuardrails;

        namespace Acme
        {
            [TrainingRecord]
            public partial class Example
            {
                [SystemMessage] public static string Persona => "You help.";
                [UserMessage] public string Question { get; set; } = "";
                [AssistantMessage(Weight = 1)] public string Answer { get; set; } = "";
            }
        }
        """;

    private const string Other = """
        using AiGuardrails;

        namespace Acme
        {
            [TrainingRecord]
            public partial class Other
            {
                [UserMessage] public string Question { get; set; } = "";
                [AssistantMessage] public string Answer { get; set; } = "";
            }
        }
        """;

    [Fact]
    public void An_edit_above_and_a_new_file_remake_nothing()
    {
        var (_, _, outputs, models) = TrainingRecordRun.Edit(
            TrainingRecordRun.CreateCompilation(Source, Other),
            static compilation => compilation.WithText(0, static source => "// moved down\n\n" + source).WithFile("namespace Unrelated { public class C { } }"));

        Assert.Equal([IncrementalStepRunReason.Cached, IncrementalStepRunReason.Cached], outputs);
        Assert.Equal(2, models.Length);
        Assert.All(models, AssertEqualModel);
    }

    [Fact]
    public void A_new_record_leaves_the_others_alone()
    {
        var (_, second, outputs, models) = TrainingRecordRun.Edit(TrainingRecordRun.CreateCompilation(Source), static compilation => compilation.WithFile(Other));

        Assert.Equal(2, second.GeneratedTrees.Length);
        Assert.Equal([IncrementalStepRunReason.New, IncrementalStepRunReason.Cached], outputs.Order());
        Assert.Equal(IncrementalStepRunReason.New, models.Order().First());
    }

    [Theory]
    [InlineData("    }\n}", "    }\n\n    public class Below { }\n}")]
    [InlineData("=> \"You help.\"", "=> \"You help much.\"")]
    [InlineData("Question { get; set; } = \"\"", "Question { get; set; } = \"?\"")]
    [InlineData("public partial class Example", "/// <summary>Now with a comment.</summary>\n    public partial class Example")]
    [InlineData("    [UserMessage]", "    // a comment\n\n    [UserMessage]")]
    [InlineData("[SystemMessage]", "public int Number { get; set; }\n        public void M() { }\n        [SystemMessage]")]
    public void An_edit_beside_the_messages_makes_an_equal_model(string before, string after)
    {
        var (_, _, outputs, models) = TrainingRecordRun.Edit(
            TrainingRecordRun.CreateCompilation(Source, Other),
            compilation => compilation.WithText(0, source => Changed(source, before, after)));

        Assert.Equal([IncrementalStepRunReason.Cached, IncrementalStepRunReason.Cached], outputs);
        Assert.All(models, AssertEqualModel);
    }

    [Fact]
    public void An_edit_of_one_record_remakes_one_output()
    {
        var (_, _, outputs, models) = TrainingRecordRun.Edit(
            TrainingRecordRun.CreateCompilation(Source, Other),
            static compilation => compilation.WithText(1, static source => Changed(source, "Question", "Request")));

        Assert.Equal([IncrementalStepRunReason.Modified, IncrementalStepRunReason.Cached], outputs.Order());
        Assert.Single(models, IncrementalStepRunReason.Modified);
    }

    [Theory]
    [InlineData("Question", "Request")]
    [InlineData("[SystemMessage] ", "[UserMessage] ")]
    [InlineData("Weight = 1", "")]
    [InlineData("Persona =>", "Voice =>")]
    [InlineData("static string Persona", "static string? Persona")]
    [InlineData("Acme", "Brand")]
    [InlineData("public static string Persona => \"You help.\";", "public string Persona { get; set; }")]
    [InlineData("partial class Example", "partial struct Example")]
    [InlineData("[SystemMessage] public static string Persona", "public static string Persona")]
    public void An_edit_of_the_messages_is_seen(string before, string after)
    {
        // No initialisers, so that the class can become a struct.
        var source = "#nullable disable warnings\n" + Source.Replace(" = \"\";", "", StringComparison.Ordinal);

        var (first, second, _, _) = TrainingRecordRun.Edit(
            TrainingRecordRun.CreateCompilation(source),
            compilation => compilation.WithText(0, text => Changed(text, before, after)));

        Assert.NotEqual(Assert.Single(first.Result.GeneratedTrees).ToString(), Assert.Single(second.GeneratedTrees).ToString());
    }

    [Fact]
    public void A_record_that_becomes_invalid_loses_its_output()
    {
        var (_, second, outputs, _) = TrainingRecordRun.Edit(
            TrainingRecordRun.CreateCompilation(Source, Other),
            static compilation => compilation.WithText(1, static source => Changed(source, "partial class Other", "class Other")));

        Assert.Contains(IncrementalStepRunReason.Removed, outputs);
        Assert.Single(second.GeneratedTrees);
    }

    // What was made of a type is kept as long as no declaration changes; each of these changes none of those in the file of the record.
    [Theory]
    [InlineData("public enum Mood { Calm }", "public enum Mood { Calm, Angry }")]
    [InlineData("public enum Mood { Calm }", "public enum Mood { Calm }\nnamespace Acme { public enum Mood { Inner } }")]
    [InlineData("const string Name = \"openai-chat\"", "const string Name = \"gemini\"")]
    public void A_change_of_what_is_declared_elsewhere_is_seen(string before, string after)
    {
        const string Record = """
            using AiGuardrails;

            namespace Acme
            {
                [TrainingRecord(Names.Name)]
                public partial class Example
                {
                    [UserMessage] public Mood Question { get; set; }
                    [AssistantMessage] public string Answer { get; set; } = "";
                }
            }
            """;
        const string Elsewhere = """
            public enum Mood { Calm }
            public static class Names { public const string Name = "openai-chat"; public static int M() { return 1; } }
            """;
        var compilation = TrainingRecordRun.CreateCompilation(Record, Elsewhere);

        var (_, _, outputs, models) = TrainingRecordRun.Edit(compilation, edited => edited.WithText(1, source => Changed(source, "return 1", "return 2")));
        Assert.Equal([IncrementalStepRunReason.Cached], outputs);
        Assert.All(models, AssertEqualModel);

        var (first, second, _, _) = TrainingRecordRun.Edit(compilation, edited => edited.WithText(1, source => Changed(source, "return 1", "return 2")).WithText(1, source => Changed(source, before, after)));
        var fresh = TrainingRecordRun.Edit(compilation.WithText(1, source => Changed(source, before, after)), static edited => edited).Second;
        Assert.Equal(Assert.Single(fresh.GeneratedTrees).ToString(), Assert.Single(second.GeneratedTrees).ToString());
        if (before.Contains("enum", StringComparison.Ordinal))
        {
            Assert.NotEqual(Assert.Single(first.Result.GeneratedTrees).ToString(), Assert.Single(second.GeneratedTrees).ToString());
        }
    }

    [Fact]
    public void A_base_type_in_another_file_is_seen()
    {
        const string Derived = """
            using AiGuardrails;

            [TrainingRecord]
            public partial class Example : Base
            {
                [AssistantMessage] public string Answer { get; set; } = "";
            }
            """;
        const string Base = """
            using AiGuardrails;

            public class Base
            {
                [UserMessage] public string Question { get; set; } = "";
            }
            """;

        var (first, second, _, _) = TrainingRecordRun.Edit(
            TrainingRecordRun.CreateCompilation(Derived, Base),
            static compilation => compilation.WithText(1, static source => Changed(source, "Question", "Request")));

        Assert.NotEqual(Assert.Single(first.Result.GeneratedTrees).ToString(), Assert.Single(second.GeneratedTrees).ToString());
    }

    private const string Rich = """
        using System.Collections.Generic;
        using AiGuardrails;

        namespace Acme
        {
            public enum Team { Billing, Technical }

            [Tool("get", "Gets it")]
            public class Request { public string City { get; set; } = ""; public Team Team { get; set; } }

            [TrainingRecord("openai-chat")]
            public partial class Rich
            {
                [Conversation(typeof(Request))] public List<ChatTurn> Turns { get; set; } = new List<ChatTurn>();
                [UserMessage] public int Number { get; set; }
                [ToolCall] public Request Call { get; set; } = new Request();
                [ToolResult] public string Result { get; set; } = "";
                [AssistantMessage] public Team Answer { get; set; }
            }
        }
        """;

    [Theory]
    [InlineData("using AiGuardrails;", "using AiGuardrails;\n// above")]
    [InlineData("    public enum Team", "    public class Above { }\n\n    public enum Team")]
    [InlineData("    }\n}", "    }\n\n    public class Below { }\n}")]
    [InlineData("public string City { get; set; } = \"\"", "public string City { get; set; } = \"Oslo\"")]
    public void An_edit_beside_typed_values_makes_an_equal_model(string before, string after)
    {
        var (_, _, outputs, models) = TrainingRecordRun.Edit(
            TrainingRecordRun.CreateCompilation(Rich, Other),
            compilation => compilation.WithText(0, source => Changed(source.ReplaceLineEndings("\n"), before, after)));

        Assert.Equal([IncrementalStepRunReason.Cached, IncrementalStepRunReason.Cached], outputs);
        Assert.All(models, AssertEqualModel);
    }

    [Theory]
    [InlineData("Billing, Technical", "Billing, Technical, Sales")]
    [InlineData("public string City", "public string Town")]
    [InlineData("\"Gets it\"", "\"Gets them\"")]
    [InlineData("[Conversation(typeof(Request))]", "[Conversation]")]
    [InlineData("public int Number", "public long Number")]
    public void An_edit_of_what_a_value_is_remakes_the_output(string before, string after)
    {
        var (first, second, outputs, _) = TrainingRecordRun.Edit(
            TrainingRecordRun.CreateCompilation(Rich, Other),
            compilation => compilation.WithText(0, source => Changed(source, before, after)));

        // Tools of the call are declared whether or not the conversation declares them too.
        Assert.Equal([IncrementalStepRunReason.Modified, IncrementalStepRunReason.Cached], outputs.Order());
        Assert.Equal(first.Result.GeneratedTrees.Length, second.GeneratedTrees.Length);
    }

    [Fact]
    public void Two_runs_write_the_same()
    {
        // Of files of their own, so that the second takes nothing from the first.
        Assert.Equal(Texts(TrainingRecordRun.CreateCompilation(Source, Other)), Texts(TrainingRecordRun.CreateCompilation(Source, Other)));

        static IEnumerable<string> Texts(CSharpCompilation compilation) =>
            CSharpGeneratorDriver.Create(new TrainingRecordGenerator()).RunGenerators(compilation).GetRunResult().GeneratedTrees.Select(static tree => tree.FilePath + tree).ToList();
    }

    // An edit that changes nothing would prove nothing.
    private static string Changed(string source, string before, string after)
    {
        Assert.Contains(before, source, StringComparison.Ordinal);
        return source.Replace(before, after, StringComparison.Ordinal);
    }

    private static void AssertEqualModel(IncrementalStepRunReason reason) =>
        Assert.True(reason is IncrementalStepRunReason.Cached or IncrementalStepRunReason.Unchanged, reason.ToString());
}
