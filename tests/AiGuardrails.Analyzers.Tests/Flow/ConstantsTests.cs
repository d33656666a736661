
namespace AiGuardrails.Analyzers.Tests.Flow;

/// <summary>The constant texts and numbers that a value may be; what cannot be decided adds nothing.</summary>
public sealed class ConstantsTests
{
    [Theory]
    [InlineData("Use(\"a\");", "a")]
    [InlineData("Use(\"a\" + \"b\");", "ab")]
    [InlineData("Use($\"a{Letter}\");", "ab")]
    [InlineData("const string x = \"a\"; Use(x);", "a")]
    [InlineData("var x = \"a\"; Use(x);", "a")]
    [InlineData("Use(flag ? \"a\" : \"b\");", "a|b")]
    [InlineData("Use(given ?? \"b\");", "b")]
    [InlineData("Use(flag switch { true => \"a\", _ => \"b\" });", "a|b")]
    [InlineData("Use(s_shared);", "shared")]
    [InlineData("Use(Computed);", "computed")]
    [InlineData("Use(Helper());", "helper")]
    [InlineData("Use(given);", "")]
    [InlineData("Use(\"a\" + given);", "")]
    [InlineData("Use($\"a{given}\");", "")]
    [InlineData("Use(Virtual());", "")]
    [InlineData("Use(s_circle);", "")]
    public void Texts(string statements, string expected)
    {
        var flow = FlowSource.Of(
            $$"""
            class C
            {
                const string Letter = "b";
                static readonly string s_shared = "shared";
                static readonly string s_circle = s_circle + "a";
                string Computed => "computed";

                void M(string given, bool flag) { {{statements}} }

                static string Helper() => "helper";
                protected virtual string Virtual() => "virtual";
                static void Use(string text) { }
            }
            """);

        Assert.Equal(expected, string.Join("|", ConstantValues.Of(flow.Used(), default).Select(static text => text.Text).Order(StringComparer.Ordinal)));
    }

    [Theory]
    [InlineData("Use(3);", "3")]
    [InlineData("Use(3 * 4);", "12")]
    [InlineData("Use(0.1f);", "0.1")]
    [InlineData("Use(0.25);", "0.25")]
    [InlineData("Use(3m);", "3")]
    [InlineData("var x = 3; Use(x);", "3")]
    [InlineData("int? x = null; Use(x ?? 5);", "5")]
    [InlineData("Use(flag ? 3 : 4);", "3|4")]
    [InlineData("Use(Limit);", "7")]
    [InlineData("Use(Helper());", "9")]
    [InlineData("Use(double.NaN);", "")]
    [InlineData("Use(double.MaxValue);", "")]
    [InlineData("Use(given);", "")]
    [InlineData("Use(given + 1);", "")]
    [InlineData("Use(\"3\");", "")]
    public void Numbers(string statements, string expected)
    {
        var flow = FlowSource.Of(
            $$"""
            class C
            {
                const int Limit = 7;

                void M(int given, bool flag) { {{statements}} }

                static int Helper() => 9;
                static void Use(object value) { }
            }
            """);

        Assert.Equal(expected, string.Join("|", ConstantNumbers.Of(flow.Used(), default).Select(static number => number.Value.ToString(System.Globalization.CultureInfo.InvariantCulture)).Order(StringComparer.Ordinal)));
    }

    [Fact]
    public void Number_of_a_member_is_changed_where_it_is_used()
    {
        var flow = FlowSource.Of("class C { static readonly int s_limit = 7; void M() => Use(s_limit); static void Use(int value) { } }");

        var number = Assert.Single(ConstantNumbers.Of(flow.Used(), default));

        Assert.Equal("7", number.Syntax.ToString());
        Assert.Equal("s_limit", number.Use.ToString());
    }
}
