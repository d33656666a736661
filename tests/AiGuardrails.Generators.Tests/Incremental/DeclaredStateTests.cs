using AiGuardrails.Generators.Incremental;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace AiGuardrails.Generators.Tests.Incremental;

/// <summary>Which edits leave all declarations as they were.</summary>
public sealed class DeclaredStateTests
{
    private const string Source = """
        #nullable enable
        using System;
        [assembly: CLSCompliant(false)]
        namespace Acme
        {
            /// <summary>A class.</summary>
            public class C(int start)
            {
                public const int Most = 3;
                private readonly int _start = start;
                public C() : this(1) { Console.WriteLine(); }
                public int Value { get { return _start; } set { } }
                public int Twice => 2 * _start;
                public int this[int index] => index;
                public static C operator +(C a, C b) => a;
                public int M(int x = 1)
                {
                    int Inner() { return x; }
                    return Inner();
                }
                public void N()
                {
        #nullable disable
                    M();
                }
            }
        }
        """;

    [Theory]
    [InlineData("return Inner();", "var list = new System.Collections.Generic.List<string>();\n return Inner() + list.Count;")]
    [InlineData("2 * _start", "3 * _start * Most")]
    [InlineData("return _start;", "return 1;")]
    [InlineData("set { }", "set { M(value); }")]
    [InlineData("=> index;", "=> index + 1;")]
    [InlineData("=> a;", "=> b;")]
    [InlineData("Console.WriteLine();", "")]
    public void An_edit_in_a_body_changes_no_declaration(string before, string after) => Assert.True(IsSame(before, after));

    [Theory]
    [InlineData("Most = 3", "Most = 4")]
    [InlineData("public int M", "internal int M")]
    [InlineData("int x = 1", "int x = 2")]
    [InlineData("A class.", "The class.")]
    [InlineData("this(1)", "this(2)")]
    [InlineData("= start;", "= start + 1;")]
    [InlineData("set { }", "")]
    [InlineData("set { }", "set;")]
    [InlineData("#nullable enable", "#nullable disable")]
    [InlineData("#nullable disable", "#nullable restore")]
    [InlineData("using System;", "using System;\nusing System.Text;")]
    [InlineData("CLSCompliant(false)", "CLSCompliant(true)")]
    [InlineData("return Inner();\n        }", "return Inner();")]
    [InlineData("return Inner();", "return Inner(); } public void More() {")]
    [InlineData("return Inner();", "return Inner(; {")]
    [InlineData("M();", "N();")]
    public void An_edit_of_anything_else_may(string before, string after) => Assert.False(IsSame(before, after));

    [Fact]
    public void References_options_files_and_their_order_count()
    {
        var (first, second) = (Parse(Source, "A.cs"), Parse("class D { void M() { } }", "B.cs"));
        var compilation = CSharpCompilation.Create("A", [first, second]);

        Assert.True(IsSame(compilation, compilation.Clone()));
        Assert.True(IsSame(compilation, compilation.ReplaceSyntaxTree(second, Parse("class D { void M() { M(); } }", "B.cs"))));
        Assert.False(IsSame(compilation, compilation.ReplaceSyntaxTree(second, Parse("class D { void M() { } }", "C.cs"))));
        Assert.False(IsSame(compilation, compilation.ReplaceSyntaxTree(second, Parse("class D { void M() { } }", "B.cs", "SYMBOL"))));
        Assert.False(IsSame(compilation, compilation.RemoveSyntaxTrees(second)));
        Assert.False(IsSame(compilation, compilation.RemoveAllSyntaxTrees().AddSyntaxTrees(second, first)));
        Assert.False(IsSame(compilation, compilation.WithAssemblyName("B")));
        Assert.False(IsSame(compilation, compilation.AddReferences(MetadataReference.CreateFromFile(typeof(object).Assembly.Location))));
        Assert.False(IsSame(compilation, compilation.WithOptions(compilation.Options.WithNullableContextOptions(NullableContextOptions.Enable))));
    }

    private static bool IsSame(string before, string after)
    {
        var edited = Source.Replace(before, after, StringComparison.Ordinal);
        Assert.NotEqual(Source, edited);
        var tree = Parse(Source, "A.cs");
        var compilation = CSharpCompilation.Create("A", [tree]);
        return IsSame(compilation, compilation.ReplaceSyntaxTree(tree, Parse(edited, "A.cs")));
    }

    private static bool IsSame(Compilation before, Compilation after)
    {
        var isSame = Changes(before, after) == DeclarationChanges.None;
        Assert.Equal(isSame, Changes(after, before) == DeclarationChanges.None);
        Assert.Equal(isSame, Changes(before, after) == DeclarationChanges.None);
        return isSame;
    }

    private static DeclarationChanges Changes(Compilation before, Compilation after) => DeclaredState.Of(after).ChangesSince(DeclaredState.Of(before), CancellationToken.None);

    private static SyntaxTree Parse(string source, string path, params string[] symbols) =>
        CSharpSyntaxTree.ParseText(source, new CSharpParseOptions(LanguageVersion.Latest, preprocessorSymbols: symbols), path);
}
