
namespace AiGuardrails.Analyzers.Tests.Flow;

/// <summary>The expressions that a value may come from: which of them reach the use, and which do not.</summary>
public sealed class ValueSourcesTests
{
    [Theory]
    [InlineData("Use(\"a\");", "\"a\"")]
    [InlineData("var x = \"a\"; Use(x);", "\"a\"")]
    [InlineData("var x = \"a\"; x = \"b\"; Use(x);", "\"b\"")]
    [InlineData("var x = \"a\"; if (flag) { x = \"b\"; } Use(x);", "\"a\" | \"b\"")]
    [InlineData("string x; if (flag) { x = \"a\"; } else { x = \"b\"; } Use(x);", "\"a\" | \"b\"")]
    [InlineData("var x = \"a\"; Use(x); x = \"b\";", "\"a\"")]
    [InlineData("var x = \"a\"; while (flag) { Use(x); x = \"b\"; }", "\"a\" | \"b\"")]
    [InlineData("Use(flag ? \"a\" : \"b\");", "\"a\" | \"b\"")]
    [InlineData("Use(given ?? \"b\");", "\"b\" | given")]
    [InlineData("given ??= \"b\"; Use(given);", "\"b\" | given")]
    [InlineData("Use(given switch { \"x\" => \"a\", _ => \"b\" });", "\"a\" | \"b\"")]
    [InlineData("Use(given ?? throw new ArgumentException());", "given")]
    [InlineData("Use((string)(object)\"a\");", "\"a\"")]
    [InlineData("Use(s_shared);", "\"shared\"")]
    [InlineData("Use(_own);", "\"own\"")]
    [InlineData("Use(Computed);", "\"computed\"")]
    [InlineData("Use(Helper());", "\"helper\"")]
    [InlineData("Func<string> make = () => \"made\"; Use(make());", "\"made\"")]
    [InlineData("string Local() => \"local\"; Use(Local());", "\"local\"")]
    [InlineData("Use(Virtual());", "Virtual()")]
    [InlineData("Use(given);", "given")]
    [InlineData("given = \"a\"; Use(given);", "\"a\"")]
    [InlineData("var x = \"a\"; x += \"b\"; Use(x);", "x")]
    [InlineData("var x = \"a\"; Change(ref x); Use(x);", "\"a\" | x")]
    [InlineData("foreach (var x in new[] { \"a\" }) { Use(x); }", "x")]
    [InlineData("var x = \"a\"; Action set = () => x = \"b\"; set(); Use(x);", "\"a\" | \"b\"")]
    [InlineData("Use(_twice);", "_twice")]
    [InlineData("Use(_circle);", "_circle")]
    public void Sources(string statements, string expected)
    {
        var flow = FlowSource.Of(
            $$"""
            class C
            {
                static readonly string s_shared = "shared";
                string _own = "own";
                string _twice = "a";
                static readonly string _circle = _circle;
                string Computed => "computed";

                void M(string given, bool flag) { {{statements}} }

                void Set(string text) { _twice = text; }
                static string Helper() => "helper";
                protected virtual string Virtual() => "virtual";
                static void Change(ref string text) { }
                static void Use(string text) { }
            }
            """);

        var sources = ValueSources.Of(flow.Used(), default);

        Assert.Equal(expected, string.Join(" | ", sources.Select(static source => source.Value.Syntax.ToString()).Distinct().Order(StringComparer.Ordinal)));
    }

    [Fact]
    public void Path_leads_from_the_use_to_the_source()
    {
        var flow = FlowSource.Of("class C { readonly string _a = \"a\"; void M() { var x = _a; Use(x); } static void Use(string text) { } }");

        var source = Assert.Single(ValueSources.Of(flow.Used(), default));

        Assert.Equal(["x", "_a"], source.Path.Select(static step => step.Syntax.ToString()));
    }

    [Fact]
    public void Null_is_told()
    {
        var flow = FlowSource.Of("class C { void M(bool flag) { string? x = null; if (flag) { x = \"a\"; } Use(x); } static void Use(string? text) { } }");

        Assert.Single(ValueSources.Of(flow.Used(), default), static source => source.IsNull);
    }

    [Fact]
    public void Chain_of_a_hundred_locals_ends()
    {
        var flow = FlowSource.Of("class C { void M(string x0) { " + string.Concat(Enumerable.Range(1, 100).Select(static i => $"var x{i} = x{i - 1};")) + " Use(x100); } static void Use(string text) { } }");

        Assert.Single(ValueSources.Of(flow.Used(), default));
    }
}
