using AiGuardrails.Testing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace AiGuardrails.Generators.Tests.Incremental;

/// <summary>Which edits of one file make a training record in another be looked at again, and that none is missed that it shows in.</summary>
public sealed class DeclarationChangesTests
{
    // What stands between the files of a project in a case.
    private const string NextFile = "\n=====\n";

    private const string Plain = "public class Plain { }";

    private static string RecordOf(string member, string above = "", string @base = "", string name = "Example") =>
        $"using AiGuardrails;\n{above}\nnamespace Acme {{ [TrainingRecord] public partial class {name} {@base} {{ [UserMessage] public string Question {{ get; set; }} = \"\"; {member} }} }}";

    public static TheoryData<string, string, string, string> ThatMatter => new()
    {
        { "an enumeration", RecordOf("public Mood Mood;"), "public enum Mood { One }", "public enum Mood { Two }" },
        { "verbatim, where it is used", RecordOf("public @Mood Mood;"), "public enum Mood { One }", "public enum Mood { Two }" },
        { "verbatim, where it is declared", RecordOf("public Mood Mood;"), "public enum @Mood { One }", "public enum @Mood { Two }" },
        { "with an escape, where it is used", RecordOf("public M\\u006fod Feeling;"), "public enum Mood { One }", "public enum Mood { Two }" },
        { "with a long escape, where it is used", RecordOf("public \\U0000004dood Feeling;"), "public enum Mood { One }", "public enum Mood { Two }" },
        { "with an escape, where it is declared", RecordOf("public Mood Mood;"), "public enum M\\u006fod { One }", "public enum M\\u006fod { Two }" },
        { "with a character that does not count", RecordOf("public Mo\u00ADod Feeling;"), "public enum Mood { One }", "public enum Mood { Two }" },
        { "in other letters", RecordOf("public 情绪 Feeling;"), "public enum 情绪 { One }", "public enum 情绪 { Two }" },
        { "with other blanks around it", RecordOf("public\u00A0Mood\u3000Feeling;"), "public enum Mood { One }", "public enum Mood { Two }" },
        { "a type that appears", RecordOf("public Mood Mood;"), Plain, "public enum Mood { Two }" },
        { "a type that goes", RecordOf("public Mood Mood;"), "public enum Mood { Two }", Plain },
        { "a nearer type", RecordOf("public Mood Mood;"), "public enum Mood { One }", "public enum Mood { One } namespace Acme { public enum Mood { One } }" },
        { "another namespace", RecordOf("public Mood Mood;"), "namespace Other { public enum Mood { One } }", "namespace Acme { public enum Mood { One } }" },
        { "a namespace that hides the used one", RecordOf("public Mood Mood;", above: "namespace Acme { using Other; }").Replace("namespace Acme { [", "namespace Acme { using Other; [", StringComparison.Ordinal), "namespace Other { public enum Mood { One } }" + NextFile + Plain, "namespace Other { public enum Mood { One } }" + NextFile + "namespace Acme.Other { }" },
        { "a type that hides a namespace", RecordOf("public Other.Mood Mood;"), "namespace Other { public enum Mood { One } }" + NextFile + Plain, "namespace Other { public enum Mood { One } }" + NextFile + "namespace Acme { class Other { } }" },
        { "a type called System", RecordOf("public System.Guid Guid;"), Plain, "namespace Acme { public class System { } }" },
        { "a namespace called AiGuardrails", RecordOf("public AiGuardrails.ChatTurn Turn;"), Plain, "namespace Acme.AiGuardrails { }" },
        { "a type of the compiler's own", RecordOf("public System.Guid Number;"), Plain, "namespace System { public struct Guid { } }" },
        { "a role by its short name", RecordOf(""), Plain, "namespace Acme { public class UserMessage : System.Attribute { } }" },
        { "a role by its long name", RecordOf(""), Plain, "namespace Acme { public class UserMessageAttribute : System.Attribute { } }" },
        { "a base type", RecordOf("", @base: ": Basis"), "public class Basis { public int A; }", "public class Basis { public int B; }" },
        { "a base type of a base type", RecordOf("", @base: ": Basis"), "public class Basis : Root { }" + NextFile + "public class Root { public int A; }", "public class Basis : Root { }" + NextFile + "public class Root { public int B; }" },
        { "an interface", RecordOf("", @base: ": IThing"), "public interface IThing { }", "public class IThing { }" },
        { "a type argument", RecordOf("public System.Collections.Generic.List<Mood> Moods;"), "public enum Mood { One }", "public enum Mood { Two }" },
        { "a nested type", RecordOf("public Outer.Inner Mood;"), "public class Outer { public enum Inner { One } }", "public class Outer { public enum Inner { Two } }" },
        { "a nested type of a base type", RecordOf("public Inner Mood;", @base: ": Outer"), "public class Outer { public enum Inner { One } }", "public class Outer { public enum Inner { Two } }" },
        { "a delegate", RecordOf("public Mood Mood;"), "public delegate void Mood();", "public delegate int Mood();" },
        { "a partial part", RecordOf(""), "namespace Acme { partial class Example { public int A; } }", "namespace Acme { partial class Example { public int B; } }" },
        { "a base type of a partial part", RecordOf(""), "namespace Acme { partial class Example : Basis { } }" + NextFile + "public class Basis { public int A; }", "namespace Acme { partial class Example : Basis { } }" + NextFile + "public class Basis { public int B; }" },
        { "a constant", RecordOf("public const string Text = Names.Text;"), "class Names { public const string Text = \"a\"; }", "class Names { public const string Text = \"b\"; }" },
        { "a constant of a constant", RecordOf("[AssistantMessage(Weight = Names.Weight)] public string A { get; set; }"), "class Names { public const int Weight = Other.Weight; }" + NextFile + "class Other { public const int Weight = 1; }", "class Names { public const int Weight = Other.Weight; }" + NextFile + "class Other { public const int Weight = 0; }" },
        { "a constant in an interpolated text", RecordOf("public const string Text = $\"-{Names.Text}-\";"), "class Names { public const string Text = \"a\"; }", "class Names { public const string Text = \"b\"; }" },
        { "a default value", RecordOf("public Example(int number = Names.Number) { }"), "class Names { public const int Number = 1; }", "class Names { public const string Number = \"\"; }" },
        { "an alias", RecordOf("public Feeling Mood;", above: "using Feeling = Mood;"), "public enum Mood { One }", "public enum Mood { Two }" },
        { "using static", RecordOf("public const string Copy = Text;", above: "using static Names;"), "public class Names { public const string Text = \"a\"; }", "public class Names { public const string Text = \"b\"; }" },
        { "a constant that is inherited", RecordOf("public const string Copy = Names.Text;"), "public class Names : Root { }" + NextFile + "public class Root { public const string Text = \"a\"; }", "public class Names : Root { }" + NextFile + "public class Root { public const string Text = \"b\"; }" },
        { "a global using", RecordOf("public Mood Mood;"), "namespace Other { public enum Mood { One } }" + NextFile + Plain, "namespace Other { public enum Mood { One } }" + NextFile + "global using Other;" },
        { "a global alias", RecordOf("public Feeling Mood;"), "public enum Mood { One } public enum Hue { Red }" + NextFile + "global using Feeling = Mood;", "public enum Mood { One } public enum Hue { Red }" + NextFile + "global using Feeling = Hue;" },
        { "what a global alias is for", RecordOf("public Feeling Mood;"), "public enum Mood { One }" + NextFile + "global using Feeling = Mood;", "public enum Mood { Two }" + NextFile + "global using Feeling = Mood;" },
        { "what a global using static is for", RecordOf("public const string Copy = Text;"), "public class Names { public const string Text = \"a\"; }" + NextFile + "global using static Names;", "public class Names { public const string Text = \"b\"; }" + NextFile + "global using static Names;" },
        { "an attribute of its own", RecordOf("[Mark] public int A;"), "public class MarkAttribute(int a = 1) : System.Attribute { }", "public class MarkAttribute(int a = 2) : System.Attribute { }" },
        { "the class of top-level statements", RecordOf("", name: "Program").Replace("namespace Acme { ", "", StringComparison.Ordinal)[..^1], Plain, "System.Console.WriteLine();" },
        { "what null means", RecordOf("", @base: ": Basis"), "public class Basis { public string A { get; set; } }", "#nullable disable\npublic class Basis { public string A { get; set; } }" },
        { "an error", RecordOf("public Mood Mood;"), "public enum Mood { One }", "public enum Mood { One, Two" },
        { "a namespace that is typed", RecordOf("public Mood Mood;"), "public enum Mood { One }", "namespace Half\npublic enum Mood { One }" },
        { "a condition", RecordOf("public Mood Mood;"), "#if A\n#else\npublic enum Mood { One }\n#endif", "#if A\npublic enum Mood { One }\n#endif" },
        { "a definition", RecordOf("public Mood Mood;"), "#define A\n#if A\npublic enum Mood { One }\n#endif", "#define B\n#if A\npublic enum Mood { One }\n#endif" },
    };

    public static TheoryData<string, string, string, string> ThatDoNot => new()
    {
        { "a type that nobody names", RecordOf(""), "public class Other { }", "public class Other { public int A; }" },
        { "a new type", RecordOf(""), "public class Other { }", "public class Other { } public class More { }" },
        { "another name for a type", RecordOf(""), "public class Other { }", "public class More { }" },
        { "a new file in the same namespace", RecordOf(""), Plain, Plain + NextFile + "namespace Acme { public class More { } }" },
        { "a file that goes", RecordOf(""), Plain + NextFile + "namespace Acme { public class More { } }", Plain },
        { "a type that only a body names", RecordOf("public int M() { return Other.A; } public int N => Other.A; public int P { get { return Other.A; } }"), "public class Other { public const int A = 1; }", "public class Other { public const int A = 2; }" },
        { "a type of which the name is part of another", RecordOf("public int Others;"), "public class Other { }", "public class Other { public int A; }" },
        { "a type in a file that names the record", RecordOf(""), "public class Uses { public Acme.Example A; }", "public class Uses { public Acme.Example B; }" },
        { "a local alias and a using", RecordOf("public Mood Mood;"), "public enum Mood { One }" + NextFile + "public class Other { }", "public enum Mood { One }" + NextFile + "using Mood = System.Int32; using System.Text; public class Other { }" },
        { "a body beside a change", RecordOf("public Mood Mood;"), "public enum Mood { One } class C { int M() { return 1; } }" + NextFile + Plain, "public enum Mood { One } class C { int M() { return 2; } }" + NextFile + "public class Other { }" },
        { "a file of attributes that nobody changed", RecordOf(""), "[assembly: System.CLSCompliant(false)]" + NextFile + "public class Other { }", "[assembly: System.CLSCompliant(false)]" + NextFile + "public class More { }" },
    };

    [Theory]
    [MemberData(nameof(ThatMatter))]
    public void An_edit_that_matters_is_seen(string _, string record, string before, string after)
    {
        var (parsed, first, now, fresh) = Edit(record, before, after);

        Assert.NotEqual(first, fresh);
        Assert.Equal(fresh, now);
        Assert.Equal(1, parsed);

        // And back again.
        (parsed, _, now, fresh) = Edit(record, after, before);
        Assert.Equal(fresh, now);
        Assert.Equal(1, parsed);
    }

    [Theory]
    [MemberData(nameof(ThatDoNot))]
    public void An_edit_that_does_not_is_passed_over(string _, string record, string before, string after)
    {
        var (parsed, first, now, fresh) = Edit(record, before, after);

        Assert.Equal(first, fresh);
        Assert.Equal(fresh, now);
        Assert.Equal(0, parsed);
    }

    // These do not show in a record; who reads another attribute of an assembly, or sees its internals, would.
    [Theory]
    [InlineData(Plain, "[assembly: System.CLSCompliant(true)]")]
    [InlineData("[assembly: System.CLSCompliant(true)]", "[assembly: System.CLSCompliant(false)]")]
    [InlineData(Plain, "[module: System.CLSCompliant(true)]")]
    [InlineData("class Names { public const bool Is = true; }" + NextFile + "[assembly: System.CLSCompliant(Names.Is)]", "class Names { public const bool Is = false; }" + NextFile + "[assembly: System.CLSCompliant(Names.Is)]")]
    [InlineData(Plain, "extern alias Other;")]
    [InlineData(Plain, "global using System;")]
    [InlineData(Plain, "namespace System.Runtime.CompilerServices { class IsExternalInit { } }")]
    [InlineData(Plain, "namespace Microsoft.CodeAnalysis { class EmbeddedAttribute : System.Attribute { } }")]
    public void What_acts_at_a_distance_makes_all_be_looked_at_again(string before, string after)
    {
        Assert.Equal(1, Edit(RecordOf(""), before, after).Parsed);
        Assert.Equal(1, Edit(RecordOf(""), after, before).Parsed);
    }

    [Fact]
    public void The_order_of_parts_is_seen()
    {
        var (parsed, first, now, fresh) = Edit(
            RecordOf(""),
            "namespace Acme { partial class Example { public int A; } }" + NextFile + "namespace Acme { partial class Example { public int B; } }",
            "namespace Acme { partial class Example { public int B; } }" + NextFile + "namespace Acme { partial class Example { public int A; } }" + NextFile + Plain);

        Assert.NotEqual(first, fresh);
        Assert.Equal(fresh, now);
        Assert.Equal(1, parsed);
    }

    [Fact]
    public void More_names_than_are_worth_following_make_all_be_looked_at_again()
    {
        var many = string.Concat(Enumerable.Range(0, 5_000).Select(static i => $"enum E{i} {{ A }} "));

        Assert.Equal(1, Edit(RecordOf(""), many, many + Plain).Parsed);
    }

    private static (int Parsed, string First, string Now, string Fresh) Edit(string record, string before, string after)
    {
        var empty = new GeneratorTest(new EverythingGenerator(), "none").CreateCompilation("").RemoveAllSyntaxTrees();
        var generator = new EverythingGenerator();
        var trees = Files(record, before);
        var driver = CSharpGeneratorDriver.Create(generator).RunGenerators(empty.AddSyntaxTrees(trees));
        var first = Source(driver);
        Assert.Equal(1, generator.Parsed);

        // A file that has the same text is the same file.
        var edited = Array.ConvertAll(Files(record, after), tree => Array.Find(trees, known => known.FilePath == tree.FilePath && known.ToString() == tree.ToString()) ?? tree);
        driver = driver.RunGenerators(empty.AddSyntaxTrees(edited));
        return (generator.Parsed - 1, first, Source(driver), Source(CSharpGeneratorDriver.Create(new EverythingGenerator()).RunGenerators(empty.AddSyntaxTrees(Files(record, after)))));
    }

    private static SyntaxTree[] Files(string record, string others) =>
        [.. others.Split(NextFile).Prepend(record).Select(static (text, i) => CSharpSyntaxTree.ParseText(text, new CSharpParseOptions(LanguageVersion.Latest), $"/0/File{i}.cs", System.Text.Encoding.UTF8))];

    private static string Source(GeneratorDriver driver)
    {
        var result = driver.GetRunResult().Results.Single();
        Assert.Null(result.Exception);
        return result.GeneratedSources.Single().SourceText.ToString();
    }
}
