using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using AiGuardrails.Analyzers.Rules.Prompts;
using AiGuardrails.Generators.Prompts;
using AiGuardrails.Testing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;

namespace AiGuardrails.Generators.Tests.Prompts;

/// <summary>A template that cannot be used has a diagnostic at its place, no output and no exception, whatever its bytes are.</summary>
public sealed class BadPromptFileTests
{
    private const string OfFile = """
        using AiGuardrails;

        [Prompt("p", File = "hello.prompt.md")]
        public partial class Hello { public string Name { get; set; } = ""; public System.Uri? Link { get; set; } }
        """;

    [Theory]
    [InlineData("# user\nHello {Name", "AIG8008", "{Name")]
    [InlineData("# user\nHello {Name}\n{", "AIG8008", "{")]
    [InlineData("# user\nHello {}", "AIG8008", "{}")]
    [InlineData("# user\nHello {Name:N2}", "AIG8008", "{Name:N2}")]
    [InlineData("# user\nHello {Name}}", "AIG8008", "}")]
    [InlineData("# usre\nHello {Name}", "AIG8008", "# usre")]
    [InlineData("# tool\nHello {Name}", "AIG8008", "# tool")]
    [InlineData("#user\nHello {Name}", "AIG8008", "#user")]
    [InlineData("Hello {Name}\n# user\nHi", "AIG8008", "Hello {Name}")]
    [InlineData("---\nversion: 1\nversion: 2\n---\n# user\n{Name}", "AIG8008", "version")]
    [InlineData("---\nid: p\nid: q\n---\n# user\n{Name}", "AIG8008", "id")]
    [InlineData("---\nid: [p\n---\n# user\n{Name}", "AIG8008", "[p")]
    [InlineData("---\nid: \"p\n---\n# user\n{Name}", "AIG8008", "\"p")]
    [InlineData("---\n\tid: p\n---\n# user\n{Name}", "AIG8008", "\tid: p")]
    [InlineData("---\n{ \"id\": 1 }\n---\n# user\n{Name}", "AIG8008", "{ \"id\": 1 }")]
    [InlineData("---\n<id>p</id>\n---\n# user\n{Name}", "AIG8008", "<id>p</id>")]
    [InlineData("---\nid: p\n# user\n{Name}", "AIG8008", "---")]
    [InlineData("---\nid: other\n---\n# user\n{Name}", "AIG8008", "other")]
    [InlineData("---\nversion: -1\n---\n# user\n{Name}", "AIG8008", "-1")]
    [InlineData("---\nversion: 99999999999\n---\n# user\n{Name}", "AIG8008", "99999999999")]
    [InlineData("# user\n{Name} {Link}", "AIG8008", "Link")]
    [InlineData("# user\n{Nam}", "AIG8001", "Nam")]
    [InlineData("# system\n{Name}", "AIG8003", "Name")]
    [InlineData("# user\n{Name} \uFFFD", "AIG8008", "\uFFFD")]
    [InlineData("# user\n{Name} \0", "AIG8008", "\0")]
    public async Task What_is_wrong_is_told_at_its_place(string text, string rule, string place)
    {
        var (output, diagnostics) = await RunAsync(new UTF8Encoding(false).GetBytes(text));

        Assert.Null(output);
        var inFile = Assert.Single(diagnostics, static diagnostic => diagnostic.Location.Kind == LocationKind.ExternalFile);
        Assert.Equal((rule, place), (inFile.Id, text.Substring(inFile.Location.SourceSpan.Start, inFile.Location.SourceSpan.Length)));
    }

    [Theory]
    [InlineData("utf-16")]
    [InlineData("utf-16BE")]
    [InlineData("utf-32")]
    public async Task A_file_of_wide_characters_is_refused_at_its_start(string name)
    {
        var encoding = Encoding.GetEncoding(name);
        var (output, diagnostics) = await RunAsync([.. encoding.GetPreamble(), .. encoding.GetBytes("# user\nHello {Name}")]);

        Assert.Null(output);
        Assert.Contains(diagnostics, static diagnostic => diagnostic.Location is { Kind: LocationKind.ExternalFile, SourceSpan: { Start: 0, IsEmpty: true } });
        Assert.Contains(diagnostics, static diagnostic => diagnostic.Location.IsInSource && diagnostic.GetMessage(CultureInfo.InvariantCulture).Contains("save it in UTF-8", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("utf-16")]
    [InlineData("utf-16BE")]
    public async Task Without_its_mark_it_is_refused_at_the_first_byte_that_is_none(string name)
    {
        var (output, diagnostics) = await RunAsync(Encoding.GetEncoding(name).GetBytes("# user\nHello {Name}"));

        Assert.Null(output);
        Assert.InRange(Assert.Single(diagnostics, static diagnostic => diagnostic.Location.Kind == LocationKind.ExternalFile).Location.SourceSpan.Start, 0, 1);
    }

    [Fact]
    public async Task A_byte_order_mark_of_utf8_is_no_text()
    {
        var bytes = "# user\nHello {Name} {{}}"u8.ToArray();
        var (plain, _) = await RunAsync(bytes);
        var (marked, diagnostics) = await RunAsync([0xEF, 0xBB, 0xBF, .. bytes]);

        Assert.NotNull(plain);
        Assert.Equal(plain, marked);
        Assert.DoesNotContain(diagnostics, static diagnostic => diagnostic.Severity == DiagnosticSeverity.Error);
    }

    [Fact]
    public async Task A_file_of_a_megabyte_is_refused()
    {
        var (output, diagnostics) = await RunAsync(Encoding.UTF8.GetBytes("# user\n{Name}" + new string('x', 1 << 20)));

        Assert.Null(output);
        Assert.Contains("are the most", Assert.Single(diagnostics, static diagnostic => diagnostic.Location.Kind == LocationKind.ExternalFile).GetMessage(CultureInfo.InvariantCulture), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_constant_of_a_megabyte_is_refused_where_it_stands()
    {
        var source = $$"""using AiGuardrails; [Prompt("p")] [Block(BlockRole.User, "{Name}{{new string('x', 1 << 20)}}")] public partial record Hello(string Name);""";
        var (output, diagnostics) = await RunAsync(null, source);

        Assert.Null(output);
        var found = Assert.Single(diagnostics, static diagnostic => diagnostic.GetMessage(CultureInfo.InvariantCulture).Contains("are the most", StringComparison.Ordinal));
        Assert.True(found.Location.IsInSource && found.Location.SourceSpan.Length > 1 << 20);
    }

    [Fact]
    public async Task Two_members_of_one_name_are_the_compilers_to_tell_and_do_no_harm()
    {
        var compilation = CreateCompilation("""using AiGuardrails; [Prompt("p")] [Block(BlockRole.User, "{Name}")] public partial class Hello { public string Name => ""; public int Name => 1; }""");
        await RunAsync(null, compilation: compilation);

        Assert.Contains(compilation.GetDiagnostics(), static diagnostic => diagnostic is { Id: "CS0102", Location.SourceSpan.Length: 4 });
    }

    [Fact]
    public async Task No_bytes_bring_either_half_down()
    {
        var random = new Random(17);
        var seed = Encoding.UTF8.GetBytes("\uFEFF---\nid: p\nversion: 1 # x\n---\n# system\nBe brief. {{x}}\n```\n# user\n```\n# user\nHi {Name}, می‌خواهم 😀\n");
        for (var i = 0; i < 300; i++)
        {
            var bytes = (byte[])seed.Clone();
            for (var edits = random.Next(1, 5); edits > 0; edits--)
            {
                var at = random.Next(bytes.Length);
                bytes = random.Next(3) switch
                {
                    0 => [.. bytes[..at], .. bytes[(at + random.Next(bytes.Length - at))..]],
                    1 => [.. bytes[..at], (byte)random.Next(256), .. bytes[at..]],
                    _ => [.. bytes[..at], .. "{}#-:\n\0\"`~"u8.Slice(random.Next(10), 1), .. bytes[(at + 1)..]],
                };
                bytes = bytes.Length == 0 ? [(byte)'#'] : bytes;
            }

            var (output, diagnostics) = await RunAsync(bytes);

            Assert.True((output is null) == diagnostics.Any(static diagnostic => diagnostic.Severity == DiagnosticSeverity.Error), Convert.ToBase64String(bytes));
        }
    }

    private static CSharpCompilation CreateCompilation(string source) =>
        new GeneratorTest(new PromptGenerator(), PromptTrackingNames.Models) { LowestLanguageVersion = LanguageVersion.Latest }.CreateCompilation(source);

    private static async Task<(string? Output, ImmutableArray<Diagnostic> Diagnostics)> RunAsync(byte[]? bytes, string source = OfFile, CSharpCompilation? compilation = null)
    {
        compilation ??= CreateCompilation(source);
        ImmutableArray<AdditionalText> files = bytes is null ? [] : [new FileOfBytes(bytes)];
        var result = CSharpGeneratorDriver.Create([new PromptGenerator().AsSourceGenerator()], files, (CSharpParseOptions)compilation.SyntaxTrees[0].Options)
            .RunGenerators(compilation).GetRunResult().Results.Single();
        Assert.Null(result.Exception);
        Assert.Empty(result.Diagnostics);

        var diagnostics = await compilation
            .WithAnalyzers(
                [new InvalidPromptAnalyzer(), new PromptInputsDisagreeAnalyzer(), new OpenInputInTrustedBlockAnalyzer(), new UnusedPromptPartAnalyzer(), new HiddenUnicodeAnalyzer()],
                new AnalyzerOptions(files))
            .GetAnalyzerDiagnosticsAsync();
        Assert.DoesNotContain(diagnostics, static diagnostic => diagnostic.Id == "AD0001");
        return (result.GeneratedSources.Select(static generated => generated.SourceText.ToString()).SingleOrDefault(), diagnostics);
    }

    /// <summary>A file as the compiler reads it, from its bytes.</summary>
    private sealed class FileOfBytes(byte[] bytes) : AdditionalText
    {
        public override string Path => "/0/hello.prompt.md";

        public override SourceText GetText(CancellationToken cancellationToken = default)
        {
            using var stream = new MemoryStream(bytes);
            return SourceText.From(stream, Encoding.UTF8);
        }
    }
}
