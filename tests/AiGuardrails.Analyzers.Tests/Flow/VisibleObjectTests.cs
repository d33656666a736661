using AiGuardrails.Analyzers.Sdks;
using AiGuardrails.Testing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AiGuardrails.Analyzers.Tests.Flow;

/// <summary>What is known of the argument of <c>Use(…)</c>, in code that is put into a class with a few helpers.</summary>
public sealed class VisibleObjectTests
{
    private const string Around =
        """
        using System;
        using System.Collections.Generic;
        using System.Threading;
        using System.Threading.Tasks;
        using Microsoft.Extensions.AI;

        record Settings(int Size = 1) { public int? Limit { get; set; } public string Name { get; set; } = "n"; }

        class Loud : ChatOptions { public Loud() { MaxOutputTokens = 5; } }

        static class Helpers
        {
            public static ChatOptions WithLimit(this ChatOptions options) => options;
            public static void Take(object value) { }
        }

        """;

    [Theory]
    [InlineData("Use(new ChatOptions());", "")]
    [InlineData("Use(new ChatOptions { Temperature = 0, Tools = null });", "Temperature, Tools")]
    [InlineData("ChatOptions o = new() { Temperature = 0 }; Use(o);", "Temperature")]
    [InlineData("var o = new ChatOptions(); o.MaxOutputTokens = 5; Use(o);", "MaxOutputTokens")]
    [InlineData("var o = new ChatOptions(); if (flag) o.MaxOutputTokens = 5; Use(o);", "MaxOutputTokens")]
    [InlineData("var o = new ChatOptions(); o.MaxOutputTokens ??= 5; Use(o);", "MaxOutputTokens")]
    [InlineData("var o = new ChatOptions(); o.MaxOutputTokens += 5; Use(o);", "MaxOutputTokens")]
    [InlineData("var o = new ChatOptions(); Use(o); o.MaxOutputTokens = 5;", "")]
    [InlineData("var o = new ChatOptions(); while (flag) { Use(o); o.MaxOutputTokens = 5; }", "MaxOutputTokens")]
    [InlineData("while (flag) { var o = new ChatOptions(); Use(o); o.MaxOutputTokens = 5; }", "")]
    [InlineData("var o = new ChatOptions(); Action a = () => o.MaxOutputTokens = 5; a(); Use(o);", "MaxOutputTokens")]
    [InlineData("var o = new ChatOptions { Tools = new List<AITool>() }; o.Tools.Add(null!); Use(o);", "Tools")]
    [InlineData("var o = new ChatOptions { StopSequences = { \"x\" } }; Use(o);", "StopSequences")]
    [InlineData("var o = new ChatOptions(); o?.Tools?.Add(null!); Use(o);", "Tools")]
    [InlineData("var o = new ChatOptions(); var t = o.Tools; Use(o);", "Tools")]
    [InlineData("var o = new ChatOptions(); var t = o.Temperature; Use(o);", "")]
    [InlineData("var o = new ChatOptions(); o.AdditionalProperties![\"x\"] = 1; Use(o);", "AdditionalProperties")]
    [InlineData("var o = new ChatOptions(); if (o != null && o is { Temperature: null }) { } Use(o);", "")]
    [InlineData("var o = new ChatOptions(); Console.WriteLine(o); client.GetResponseAsync(\"x\", o); Use(o);", "")]
    [InlineData("var a = new ChatOptions(); var b = a; b.Seed = 1; Use(b);", "Seed")]
    [InlineData("var a = new ChatOptions { Seed = 1 }; var b = a.Clone(); b.TopK = 1; Use(b);", "Seed, TopK")]
    [InlineData("var s = new Settings(2) with { Limit = 3 }; Use(s);", "Limit, Name, Size")]
    [InlineData("var s = new Settings { Limit = 3 }; Use(s);", "Limit, Name")]
    [InlineData("Func<ChatOptions> make = () => new ChatOptions { Seed = 1 }; Use(make());", "Seed")]
    [InlineData("ChatOptions Make() { var o = new ChatOptions(); o.Seed = 1; return o; } Use(Make());", "Seed")]
    [InlineData("var o = Made(); o.TopK = 3; Use(o);", "Seed, TopK")]
    [InlineData("Use(Computed);", "TopP")]
    [InlineData("Use(s_shared);", "Temperature, TopK")]
    [InlineData("Use(_own);", "Seed")]
    [InlineData("Use(_fallback);", "TopP")]
    [InlineData("Parallel.ForEach(new[] { 1 }, _ => { var o = new ChatOptions { Seed = 1 }; Use(o); Helpers.Take(o); });", "Seed")]
    [InlineData("var o = new ChatOptions(); Task.Run(() => { o.Seed = 1; }); Use(o);", "Seed")]
    [InlineData("var o = new ChatOptions(); if (count is int n) o.Seed = n; Use(o);", "Seed")]
    [InlineData("ChatOptions a = new() { Seed = 1 }, b = new() { TopK = 1 }; Use(flag ? a : b);", "Seed|TopK")]
    [InlineData("Use(this._own);", "Seed")]
    [InlineData("Use(Own);", "TopK")]
    [InlineData("Use(new { model = \"m\", max_tokens = 5 });", "max_tokens, model")]
    [InlineData("var d = new Dictionary<string, object> { [\"model\"] = 1 }; d[\"max_tokens\"] = 5; d.Add(\"stop\", 1); Use(d);", "max_tokens, model, stop")]
    [InlineData("Use(new Dictionary<string, object> { { \"model\", 1 }, { \"n\", 2 } });", "model, n")]
    [InlineData("ChatOptions o; if (flag) o = new ChatOptions { Seed = 1 }; else o = new ChatOptions { Seed = 2 }; Use(o);", "Seed|Seed")]
    [InlineData("ChatOptions? o = null; if (flag) o = new ChatOptions { Seed = 1 }; else o = new ChatOptions(); Use(o);", "Seed|")]
    [InlineData("ChatOptions? o = null; if (flag) o = new ChatOptions { Seed = 1 }; Use(o);", "null|Seed")]
    [InlineData("ChatOptions? o = null; switch (flag) { case true: o = new ChatOptions(); break; default: return; } Use(o);", "")]
    [InlineData("ChatOptions? o = null; try { o = new ChatOptions(); } catch { throw; } Use(o);", "")]
    [InlineData("ChatOptions? o = null; o ??= new ChatOptions(); Use(o);", "")]
    [InlineData("ChatOptions? o = null; if (flag) o = new ChatOptions(); if (o is null) return; Use(o);", "")]
    [InlineData("ChatOptions? o = null; if (flag) o = new ChatOptions(); if (o != null) Use(o);", "")]
    [InlineData("var o = new ChatOptions { Seed = 1 }; o = new ChatOptions(); Use(o);", "")]
    [InlineData("Use(flag ? new ChatOptions { Seed = 1 } : null);", "Seed|null")]
    [InlineData("Use(flag ? given : new ChatOptions());", "")]
    [InlineData("Use(given ?? new ChatOptions());", "")]
    [InlineData("given ??= new ChatOptions(); given.Seed = 1; Use(given);", "Seed")]
    [InlineData("given = given ?? new ChatOptions { Seed = 1 }; Use(given);", "Seed")]
    [InlineData("if (given is null) { given = new ChatOptions(); } given.Seed = 1; Use(given);", "Seed")]
    [InlineData("Use(flag switch { true => new ChatOptions { Seed = 1 }, _ => throw new Exception() });", "Seed")]
    [InlineData("Use(null);", "null")]
    [InlineData("Use(default(ChatOptions));", "null")]
    public void Object_in_view(string statements, string settings) => Assert.Equal(settings, Describe(statements));

    [Theory]
    [InlineData("Use(given);")]
    [InlineData("Use(Out.Of());")]
    [InlineData("var o = new ChatOptions(); Helpers.Take(o); Use(o);")]
    [InlineData("var o = new ChatOptions(); o.WithLimit(); Use(o);")]
    [InlineData("Use(new ChatOptions().WithLimit());")]
    [InlineData("var o = new ChatOptions(); var copy = o; copy.MaxOutputTokens = 5; Use(o);")]
    [InlineData("var o = new ChatOptions(); var list = new List<ChatOptions> { o }; Use(o);")]
    [InlineData("var o = new ChatOptions(); var list = new[] { o }; Use(o);")]
    [InlineData("var o = new ChatOptions(); Change(ref o); Use(o);")]
    [InlineData("var o = new ChatOptions(); _stored = o; Use(o);")]
    [InlineData("var o = new ChatOptions(); Func<ChatOptions> get = () => o; get().MaxOutputTokens = 5; Use(o);")]
    [InlineData("var o = new ChatOptions(); Task.Run(() => Helpers.Take(o)); Use(o);")]
    [InlineData("foreach (var o in new[] { new ChatOptions() }) Use(o);")]
    [InlineData("if (Out.Of() is ChatOptions o) Use(o);")]
    [InlineData("Out.Try(out var o); Use(o);")]
    [InlineData("ChatOptions o; (o, _) = (Out.Of(), 1); Use(o);")]
    [InlineData("ChatOptions? o = null; if (flag) o = Out.Of(); Use(o);")]
    [InlineData("ChatOptions? o = null; try { o = Out.Of(); } catch { } Use(o);")]
    [InlineData("Use(new Loud());")]
    [InlineData("Use(new Settings(new Settings()));")]
    [InlineData("Use(Shown);")]
    [InlineData("Use(_changed);")]
    [InlineData("Use(_replaced);")]
    [InlineData("var o = Configured(); Use(o);")]
    [InlineData("var o = new ChatOptions(); foreach (var x in new[] { 1 }) { Use(o); Helpers.Take(o); }")]
    [InlineData("var o = new ChatOptions(); again: Use(o); o.MaxOutputTokens = 5; Helpers.Take(o); if (flag) goto again;")]
    [InlineData("Use(Recursive());")]
    [InlineData("Use(Overridable());")]
    [InlineData("Use(Twice());")]
    [InlineData("Use(Often());")]
    [InlineData("Use(Missing());")]
    public void Object_out_of_view(string statements) => Assert.Null(Describe(statements));

    [Fact]
    public void Values_can_be_read()
    {
        var found = Find("var o = new ChatOptions { Seed = 1, MaxOutputTokens = null }; o.Temperature = 0; if (flag) o.Temperature = 1; o.Tools?.Add(null!); Use(o);")!.Single();

        Assert.Equal("1", found.ValueOf("Seed")!.Syntax.ToString());
        Assert.Null(found.ValueOf("Temperature"));
        Assert.Equal(["0", "1"], found.ValuesOf("Temperature").Select(value => value.Syntax.ToString()));
        Assert.True(found.IsSet("MaxOutputTokens"));
        Assert.False(found.HasValue("MaxOutputTokens"));
        Assert.True(found.HasValue("Seed"));
        Assert.False(found.IsSet("TopK"));
        Assert.Contains("Add", found.WorkOn("Tools").Single().Syntax.ToString(), StringComparison.Ordinal);
        Assert.Equal("new ChatOptions { Seed = 1, MaxOutputTokens = null }", found.Creation.Syntax.ToString());
    }

    [Fact]
    public void Unknown_key_may_be_any()
    {
        var found = Find("var d = new Dictionary<string, object>(); d[given!.ToString()!] = 5; Use(d);")!.Single();

        Assert.True(found.HasUnknownKeys);
        Assert.True(found.IsSet("max_tokens"));
    }

    [Theory]
    [InlineData("Use(5);", "5")]
    [InlineData("Use(int.MaxValue);", "2147483647")]
    [InlineData("Use(-3);", "-3")]
    [InlineData("Use(0.1);", "0.1")]
    [InlineData("Use(0.1f);", "0.1")]
    [InlineData("Use(1e99);", "")]
    [InlineData("Use(2 * Ten);", "20")]
    [InlineData("var n = flag ? 1 : Ten; Use(n);", "1, 10")]
    [InlineData("var n = 1; n = 2; Use(n);", "2")]
    [InlineData("var n = 1; if (flag) n = 2; Use(n);", "1, 2")]
    [InlineData("var n = 1; n++; Use(n);", "")]
    [InlineData("int? n = null; Use(n ?? 7);", "7")]
    [InlineData("Use(s_twenty);", "20")]
    [InlineData("Use(Thirty);", "30")]
    [InlineData("Use(_kept);", "40")]
    [InlineData("Use(_counted);", "")]
    [InlineData("Use(count);", "")]
    [InlineData("Use(\"5\");", "")]
    public void Constant_numbers(string statements, string numbers)
    {
        var (value, _) = Argument(statements);

        Assert.Equal(numbers, string.Join(", ", ConstantNumbers.Of(value, default).Select(number => number.Value.ToString(System.Globalization.CultureInfo.InvariantCulture))));
    }

    private static string? Describe(string statements) => Find(statements) is { } found ? string.Join("|", found.Select(Describe)) : null;

    private static string Describe(VisibleObject found) => found.IsNull
        ? "null"
        : string.Join(", ", new[] { "AdditionalProperties", "Limit", "max_tokens", "MaxOutputTokens", "model", "n", "Name", "Seed", "Size", "stop", "StopSequences", "Temperature", "Tools", "TopK", "TopP" }.Where(found.IsSet));

    private static IReadOnlyList<VisibleObject>? Find(string statements)
    {
        var (value, compilation) = Argument(statements);

        return VisibleObject.Of(value, AiContext.TryGet(compilation, default)!, default);
    }

    private static (IOperation Value, Compilation Compilation) Argument(string statements)
    {
        var source = Around + $$"""
            class Out { public static ChatOptions Of() => Environment.TickCount > 0 ? throw new Exception() : Of(); public static void Try(out ChatOptions options) => options = new(); }

            class C
            {
                private const int Ten = 10;
                private static readonly int s_twenty = 2 * Ten;
                private int Thirty => 30;
                private int _kept = 40;
                private int _counted = 50;
                private static readonly ChatOptions s_shared = new() { Temperature = 0 };
                private readonly ChatOptions _own;
                private ChatOptions Own { get; } = new ChatOptions { TopK = 1 };
                public static readonly ChatOptions Shown = new();
                private ChatOptions _changed = new();
                private ChatOptions? _stored;
                private ChatOptions _replaced = new();
                private readonly ChatOptions _fallback;

                public C(IChatClient c, ChatOptions? o) { client = c; _fallback = o ?? new ChatOptions { TopP = 1 }; _own = new ChatOptions { Seed = 1 }; s_shared.TopK = 2; Helpers.Take(_changed); _counted++; }

                private readonly IChatClient client;
                private ChatOptions Computed => new() { TopP = 1 };
                private ChatOptions Made() => new() { Seed = 3 };
                public void Replace(ChatOptions options) => _replaced = options;
                private static ChatOptions Configured() { var made = new ChatOptions(); Helpers.Take(made); return made; }
                private static ChatOptions Recursive() => Recursive();
                protected virtual ChatOptions Overridable() => new();
                private ChatOptions Twice() => Made();
                private ChatOptions Often() { if (_counted > 1) return new(); return new(); }
                private static void Change(ref ChatOptions options) => options = new() { MaxOutputTokens = 1 };
                private static void Use(object? value) { }

                public void M(bool flag, ChatOptions? given, int count)
                {
                    {{statements}}
                }
            }
            """;

        var tree = CSharpSyntaxTree.ParseText(source);
        var compilation = CSharpCompilation.Create("C", [tree], TestReferences.Of(ReferenceSets.Default), new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable));
        if (!statements.Contains("Missing", StringComparison.Ordinal) && !statements.Contains("Settings(new", StringComparison.Ordinal))
        {
            Assert.DoesNotContain(compilation.GetDiagnostics(), diagnostic => diagnostic.Severity == DiagnosticSeverity.Error);
        }

        var argument = tree.GetRoot().DescendantNodes().OfType<InvocationExpressionSyntax>()
            .Single(call => call.Expression is IdentifierNameSyntax { Identifier.Text: "Use" }).ArgumentList.Arguments[0].Expression;
        var model = compilation.GetSemanticModel(tree);
        return (model.GetOperation(argument)!, compilation);
    }
}
