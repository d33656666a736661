using System.Text;
using AiGuardrails.Analyzers.Rules.TrainingData;
using AiGuardrails.Testing;
using Microsoft.CodeAnalysis;
using Verify = AiGuardrails.Testing.CSharpAnalyzerVerifier<AiGuardrails.Analyzers.Rules.TrainingData.TrainingDataAnalyzer>;

namespace AiGuardrails.Analyzers.Tests.Rules.TrainingData;

/// <summary>AIG9001 to AIG9012, AIG8004 and AIG2009 in data files: that they stand in the right place at the right level. What they find is tested with the linter.</summary>
public sealed class TrainingDataTests
{
    [Fact]
    public Task File_without_a_target_is_left() => Verify.VerifyAnalyzerAsync("class C { }", static test => test.AdditionalFiles.Add("train.jsonl", "nonsense\n"));

    [Fact]
    public Task File_with_an_unknown_target_is_left() => VerifyAsync("nonsense\n", target: "openai");

    [Fact]
    public Task Valid_file_is_silent() => VerifyAsync(Chat("Where is my parcel?", "On its way."));

    [Fact]
    public Task No_SDK_is_needed() => VerifyAsync("{|AIG9001:n|}onsense\n", static test => test.References = ReferenceSets.Platform);

    [Fact]
    public Task Line_that_is_not_JSON_is_an_error_at_its_place() => VerifyAsync(
        Chat("a", "b") + "{\"messages\": {|#0:]|}}\n",
        expected: Verify.Diagnostic("AIG9001").WithLocation(0).WithSeverity(DiagnosticSeverity.Error));

    [Theory]
    [InlineData("数据集")]
    [InlineData("😀😀")]
    [InlineData("é\u0301ﬁ")]
    [InlineData("a\u2028b\u2029c\u0085d")]
    public Task Columns_count_characters_of_the_text(string text) => VerifyAsync(
        Chat(text, "an answer") + Chat(text, "{|#0:TODO|}"),
        static test => test.EditorConfig += "[*.jsonl]\ndotnet_diagnostic.AIG9004.severity = none\ndotnet_diagnostic.AIG9001.severity = none\n",
        expected: Verify.Diagnostic("AIG9009").WithLocation(0).WithMessage("the answer is a placeholder").WithSeverity(DiagnosticSeverity.Warning));

    [Fact]
    public Task Carriage_returns_are_no_part_of_the_line() => VerifyAsync(
        Chat("a", "b").TrimEnd() + "{|AIG9001:\r|}\n" + Chat("c", "{|AIG9009:TBD|}").TrimEnd() + "\r\n");

    [Fact]
    public Task Places_are_right_in_a_file_of_many_blocks()
    {
        // Characters of two, three and four bytes, so that the blocks of the text end in all sorts of places.
        var lines = Enumerable.Range(0, 400).Select(static i => Chat($"é {i} 数据 😀 {new string('ü', i % 7)}😀", $"answer {i} 数据集 😀😀"));
        return VerifyAsync(string.Concat(lines) + Chat("last é 😀", "{|AIG9009:…|}"));
    }

    [Fact]
    public Task Escapes_count_as_they_are_written() => VerifyAsync(Chat("\\u0041 \\u00e9 \\ud83d\\ude00", "x {|AIG8004:\u202e|} y"));

    [Fact]
    public Task What_is_said_of_the_whole_file_stands_at_its_beginning() => VerifyAsync(
        "{|#0:|}" + Chat("a", "b"),
        static test => test.EditorConfig = Config("openai-chat"),
        expected: Verify.Diagnostic("AIG9006").WithLocation(0).WithSeverity(DiagnosticSeverity.Error));

    [Fact]
    public Task Provider_that_only_advises_is_a_warning() => VerifyAsync(
        """{"messages":[{"role":{|#0:"developer"|},"content":"Be brief."},{"role":"user","content":"Hi"},{"role":"assistant","content":"Hello"}]}""" + "\n",
        expected: Verify.Diagnostic("AIG9002").WithLocation(0).WithSeverity(DiagnosticSeverity.Warning));

    [Fact]
    public Task Only_so_many_findings_are_listed_and_the_rest_is_counted() => VerifyAsync(
        "{|#0:|}" + Chat("a", "b") + string.Concat(Enumerable.Repeat("{|AIG9003:" + Chat("a", "b").TrimEnd() + "|}\n", 2)) + string.Concat(Enumerable.Repeat(Chat("a", "b"), 3)),
        static test => test.EditorConfig += "[*.jsonl]\naiguardrails.AIG9003.max_findings_per_file = 2\n",
        Verify.Diagnostic("AIG9003").WithLocation(0).WithMessage("3 more findings of this rule are not listed"));

    [Fact]
    public Task Near_duplicates_are_looked_for_on_demand()
    {
        var words = string.Join(' ', Enumerable.Range(0, 60).Select(static i => $"word{i}"));
        var one = Chat(words, words);
        var other = Chat(words + " please", words);
        return Task.WhenAll(
            VerifyAsync(one + other),
            VerifyAsync(
                one + "{|#0:" + other.TrimEnd() + "|}\n",
                static test => test.EditorConfig += "[*.jsonl]\naiguardrails.near_duplicates = true\n",
                Verify.Diagnostic("AIG9003").WithLocation(0).WithSeverity(DiagnosticSeverity.Info)));
    }

    [Theory]
    [InlineData("", null)]
    [InlineData("aiguardrails.decision_profile = starter\n", null)]
    [InlineData("aiguardrails.decision_profile = standard\n", "1,000")]
    [InlineData("aiguardrails.decision_profile = strict\n", "10,000")]
    public Task Recommended_count_follows_the_profile(string option, string? count)
    {
        var lines = string.Concat(Enumerable.Range(0, 120).Select(static i => $"{{\"text\":\"text {i}\"}}\n"));
        return VerifyAsync(
            (count is null ? "" : "{|#0:|}") + lines,
            test => test.EditorConfig = Config("trl-text") + "[*.jsonl]\n" + option,
            expected: count is null ? [] : [Verify.Diagnostic("AIG9006").WithLocation(0).WithMessage($"120 examples, where {count} are recommended").WithSeverity(DiagnosticSeverity.Info)]);
    }

    [Theory]
    [InlineData("dotnet_diagnostic.AIG9009.severity = error", DiagnosticSeverity.Error)]
    [InlineData("dotnet_diagnostic.AIG9009.severity = suggestion", DiagnosticSeverity.Info)]
    [InlineData("dotnet_diagnostic.AIG9009.severity = silent", DiagnosticSeverity.Hidden)]
    [InlineData("dotnet_diagnostic.AIG9009.severity = default", DiagnosticSeverity.Warning)]
    [InlineData("dotnet_analyzer_diagnostic.severity = error", DiagnosticSeverity.Error)]
    [InlineData("dotnet_analyzer_diagnostic.severity = error\ndotnet_analyzer_diagnostic.category-AiGuardrails.TrainingData.severity = suggestion", DiagnosticSeverity.Info)]
    [InlineData("dotnet_analyzer_diagnostic.severity = error\ndotnet_diagnostic.AIG9009.severity = suggestion", DiagnosticSeverity.Info)]
    public Task Level_of_a_rule_is_set_for_a_path(string setting, DiagnosticSeverity severity) => VerifyAsync(
        Chat("a", "{|#0:TODO|}"),
        test => test.EditorConfig += "[train.jsonl]\n" + setting + "\n[other.jsonl]\ndotnet_diagnostic.AIG9009.severity = none\n",
        Verify.Diagnostic("AIG9009").WithLocation(0).WithSeverity(severity));

    [Theory]
    [InlineData("dotnet_diagnostic.AIG9009.severity = none")]
    [InlineData("dotnet_analyzer_diagnostic.category-AiGuardrails.TrainingData.severity = none")]
    [InlineData("dotnet_analyzer_diagnostic.severity = none")]
    public Task Rule_is_turned_off_for_a_path(string setting) => VerifyAsync(Chat("a", "TODO"), test => test.EditorConfig += "[*.jsonl]\n" + setting + "\n");

    [Fact]
    public Task What_is_set_for_the_compilation_is_left_to_the_compiler() => VerifyAsync(
        Chat("a", "{|#0:TODO|}"),
        static test =>
        {
            test.GlobalOptions.Add("dotnet_diagnostic.AIG9009.severity", "error");
            test.EditorConfig += "[*.jsonl]\ndotnet_analyzer_diagnostic.severity = suggestion\n";
        },
        Verify.Diagnostic("AIG9009").WithLocation(0).WithSeverity(DiagnosticSeverity.Error));

    [Fact]
    public Task Assembly_suppresses_a_rule() => Verify.VerifyAnalyzerAsync(
        """[assembly: System.Diagnostics.CodeAnalysis.SuppressMessage("AiGuardrails.TrainingData", "AIG9009", Justification = "Answers come later.")]""",
        static test =>
        {
            Declare(test, Chat("a", "TODO"), "openai-chat");
            WithEditorConfigAsFile(test);
        });

    [Fact]
    public Task Validation_that_shares_an_input_is_reported_there() => VerifyFilesAsync(
        Config("openai-chat", validation: "/0/data/valid.jsonl") + NoSizes(),
        [
            ("data/train.jsonl", Chat("a", "b") + Chat("c", "d") + Chat("e", "f")),
            ("data/valid.jsonl", "{|#0:" + Chat("C", "another answer").TrimEnd() + "|}\n"),
        ],
        Verify.Diagnostic("AIG9005").WithLocation(0).WithMessage("the input is that of line 2 of the training file: the validation measures what has been learnt by heart"));

    [Fact]
    public Task Validation_of_several_files_names_the_one_that_it_shares_with() => VerifyFilesAsync(
        Config("openai-chat", validation: "/0/valid.jsonl") + NoSizes(),
        [
            ("a.jsonl", Chat("a", "b") + Chat("c", "d")),
            ("b.jsonl", Chat("e", "f") + Chat("g", "h")),
            ("valid.jsonl", "{|#0:" + Chat("g", "x").TrimEnd() + "|}\n"),
        ],
        Verify.Diagnostic("AIG9005").WithLocation(0).WithMessage("the input is that of line 2 of 'b.jsonl': the validation measures what has been learnt by heart"));

    [Theory]
    [InlineData(15, false)]
    [InlineData(2, true)]
    public Task Ratio_is_that_to_all_training_files_and_said_once(int validation, bool isFar)
    {
        var (a, b, valid) = (Chats("a", 20), Chats("b", 40), Chats("v", validation));
        return VerifyFilesAsync(
            Config("openai-chat", validation: "/0/valid.jsonl") + NoSizes(), [("a.jsonl", a), ("b.jsonl", b), ("valid.jsonl", (isFar ? "{|AIG9005:|}" : "") + valid)]);

        static string Chats(string name, int count) => string.Concat(Enumerable.Range(0, count).Select(i => Chat($"{name} {i}", $"{name} answer {i}")));
    }

    [Theory]
    [InlineData("utf-16", "the file is UTF-16 or UTF-32, where JSON Lines is UTF-8", 0)]
    [InlineData("iso-8859-1", "this is not JSON: ", 74)]
    public async Task Encodings_that_the_compiler_has_decoded_are_found_all_the_same(string encoding, string message, int start)
    {
        var finding = Assert.Single(await RunAsync(Chat("a", "été"), Encoding.GetEncoding(encoding)), static finding => finding.Id == "AIG9001");

        Assert.StartsWith(message, finding.GetMessage(System.Globalization.CultureInfo.InvariantCulture), StringComparison.Ordinal);
        Assert.Equal(start, finding.Location.SourceSpan.Start);
    }

    [Fact]
    public Task Own_finding_of_the_validation_file_is_said_once_for_several_training_files() => VerifyFilesAsync(
        Config("openai-chat", validation: "/0/valid.jsonl") + NoSizes(),
        [("a.jsonl", Chat("a", "b") + Chat("c", "d")), ("b.jsonl", Chat("e", "f") + Chat("g", "h")), ("valid.jsonl", Chat("q", "{|AIG9009:TODO|}"))]);

    [Fact]
    public Task Budget_below_the_estimate_is_a_warning() => VerifyAsync(
        "{|#0:|}" + string.Concat(Enumerable.Range(0, 12).Select(static i => Chat($"question {i}", $"answer {i}"))),
        static test => test.EditorConfig = Config("openai-chat", model: "gpt-4.1-2025-04-14", epochs: "3", cost: "0.0001") + NoSizes(),
        Verify.Diagnostic("AIG2009").WithLocation(0).WithSeverity(DiagnosticSeverity.Warning));

    [Theory]
    [InlineData("openai-chat", "gpt-4.1-2025-04-14", "25")]
    [InlineData("openai-chat", "gpt-4.1-2025-04-14", "")]
    [InlineData("openai-chat", "a-model-of-our-own", "0.0001")]
    [InlineData("azure-chat", "gpt-4.1-2025-04-14", "0.0001")]
    public Task Budget_that_is_kept_or_cannot_be_judged_is_silent(string target, string model, string cost) => VerifyAsync(
        string.Concat(Enumerable.Range(0, 12).Select(static i => Chat($"question {i}", $"answer {i}"))),
        test => test.EditorConfig = Config(target, model: model, epochs: "3", cost: cost) + NoSizes());

    [Fact]
    public Task Budget_of_the_assembly_counts_where_the_file_has_none() => Verify.VerifyAnalyzerAsync(
        """[assembly: AiGuardrails.CostBudget(MaxUsd = 0.0001, Reason = "a test")]""",
        static test =>
        {
            Declare(test, "{|AIG2009:|}" + string.Concat(Enumerable.Range(0, 12).Select(static i => Chat($"question {i}", $"answer {i}"))), "openai-chat");
            test.EditorConfig = Config("openai-chat", model: "gpt-4.1-2025-04-14") + NoSizes();
            WithEditorConfigAsFile(test);
        });

    [Theory]
    [InlineData("Acme.Example", "0.0001", "25", true)]
    [InlineData("Acme.Example", "25", "0.0001", false)]
    [InlineData("Acme.Outer+Inner", "25", "0.0001", true)]
    [InlineData("Acme.Outer+Free", "25", "0.0001", true)]
    [InlineData("Acme.Missing", "0.0001", "25", false)]
    [InlineData("", "0.0001", "25", false)]
    public Task Budget_of_the_record_type_comes_before_that_of_the_assembly(string type, string ofType, string ofAssembly, bool isExceeded) => Verify.VerifyAnalyzerAsync(
        $$"""
        using AiGuardrails;
        [assembly: CostBudget(MaxUsd = {{ofAssembly}}, Reason = "a test")]
        namespace Acme
        {
            [CostBudget(MaxUsd = {{ofType}}, Reason = "a test")] public class Example { }
            [CostBudget(MaxUsd = 0.0001, Reason = "a test")] public class Outer { [CostBudget(MaxUsd = 0.0002, Reason = "a test")] public class Inner { } public class Free { } }
        }
        """,
        test =>
        {
            Declare(test, (isExceeded ? "{|AIG2009:|}" : "") + string.Concat(Enumerable.Range(0, 12).Select(static i => Chat($"question {i}", $"answer {i}"))), "openai-chat");
            test.EditorConfig = Config("openai-chat", model: "gpt-4.1-2025-04-14") + "[*.jsonl]\nbuild_metadata.AdditionalFiles.AiTrainingRecordType = " + type + "\n" + NoSizes();
            WithEditorConfigAsFile(test);
        });

    [Fact]
    public Task Files_that_the_build_keeps_from_the_compiler_are_named() => Verify.VerifyAnalyzerAsync(
        "class C { }",
        static test =>
        {
            test.SilentWithoutSdk = false;
            test.AdditionalFiles.Add("train.jsonl", "{|#0:|}");
            test.AdditionalFiles.Add("large.txt", "94371840|16|together-chat|/0/train.jsonl\nnonsense\n1|2|3\n1|x|openai-chat|/0/train.jsonl\n");
            test.GlobalOptions.Add("build_property.ProjectDir", "/0/");
            test.EditorConfig = "[large.txt]\nbuild_metadata.AdditionalFiles.AiTrainingRole = large\n";
        },
        Verify.Diagnostic("AIG9012").WithLocation(0).WithSeverity(DiagnosticSeverity.Info).WithMessage(
            "'train.jsonl' has 90.0 MB and is not checked in the build, which takes files up to 16 MB; check it with: aiguardrails lint train.jsonl --target together-chat"));

    [Fact]
    public Task Text_beyond_the_limit_is_not_checked_either() => VerifyAsync(
        "{|#0:|}nonsense " + new string('x', 1024 * 1024),
        static test => test.EditorConfig += "[*.jsonl]\naiguardrails.max_file_mb = 1\n",
        Verify.Diagnostic("AIG9012").WithLocation(0));

    [Theory]
    [InlineData("")]
    [InlineData("\n\n\n")]
    [InlineData("{")]
    [InlineData("[\n")]
    [InlineData("{\"messages\":[{\"role\"")]
    [InlineData("\ud800\n\udc00")]
    [InlineData("\0\0\0")]
    public async Task Half_typed_files_throw_nothing(string text)
    {
        var findings = await RunAsync(text);
        Assert.DoesNotContain(findings, static finding => finding.Id == "AD0001");
    }

    [Fact]
    public async Task Eight_megabytes_without_a_fault_are_silent()
    {
        var lines = new StringBuilder();
        for (var i = 0; lines.Length < 8_000_000; i++)
        {
            _ = lines.Append(Chat($"Where is the parcel {i} that I ordered last week?", $"Parcel {i} is on its way and arrives tomorrow; the driver calls before."));
        }

        var text = lines.ToString();
        Assert.Empty(await RunAsync(text));
    }

    private static async Task<IReadOnlyList<Diagnostic>> RunAsync(string text, Encoding? encoding = null)
    {
        var compilation = Microsoft.CodeAnalysis.CSharp.CSharpCompilation.Create("Data", references: TestReferences.Of(ReferenceSets.Platform));
        var options = new Microsoft.CodeAnalysis.Diagnostics.AnalyzerOptions([new TextFile("/data/train.jsonl", text, encoding)], new TargetOptions());
        return await Microsoft.CodeAnalysis.Diagnostics.DiagnosticAnalyzerExtensions
            .WithAnalyzers(compilation, [new TrainingDataAnalyzer()], options)
            .GetAnalyzerDiagnosticsAsync();
    }

    private static string NoSizes() => "[*.jsonl]\ndotnet_diagnostic.AIG9006.severity = none\n";

    private static string Chat(string question, string answer) =>
        $$"""{"messages":[{"role":"user","content":"{{question}}"},{"role":"assistant","content":"{{answer}}"}]}""" + "\n";

    private static string Config(string target, string validation = "", string model = "", string epochs = "", string cost = "") =>
        $"""
        [*.jsonl]
        build_metadata.AdditionalFiles.AiTrainingTarget = {target}
        build_metadata.AdditionalFiles.AiTrainingValidationData = {validation}
        build_metadata.AdditionalFiles.AiTrainingBaseModel = {model}
        build_metadata.AdditionalFiles.AiTrainingEpochs = {epochs}
        build_metadata.AdditionalFiles.AiTrainingMaxCostUsd = {cost}
        [valid.jsonl]
        build_metadata.AdditionalFiles.AiTrainingRole = validation

        """;

    private static void Declare(CSharpAnalyzerTest<TrainingDataAnalyzer> test, string text, string target)
    {
        test.SilentWithoutSdk = false;
        test.EditorConfig = Config(target) + NoSizes();
        test.AdditionalFiles.Add("train.jsonl", text);
    }

    private static Task VerifyAsync(string text, Action<CSharpAnalyzerTest<TrainingDataAnalyzer>>? configure = null, params DiagnosticResult[] expected) =>
        VerifyAsync(text, "openai-chat", configure, expected);

    private static Task VerifyAsync(string text, string target, Action<CSharpAnalyzerTest<TrainingDataAnalyzer>>? configure = null, params DiagnosticResult[] expected) =>
        Verify.VerifyAnalyzerAsync(
            "class C { }",
            test =>
            {
                Declare(test, text, target);
                configure?.Invoke(test);
                WithEditorConfigAsFile(test);
            },
            expected);

    private static Task VerifyFilesAsync(string config, (string Name, string Text)[] files, params DiagnosticResult[] expected) =>
        Verify.VerifyAnalyzerAsync(
            "class C { }",
            test =>
            {
                test.SilentWithoutSdk = false;
                test.EditorConfig = config;
                foreach (var (name, text) in files)
                {
                    test.AdditionalFiles.Add(name, text);
                }

                WithEditorConfigAsFile(test);
            },
            expected);

    /// <summary>As the build does it: the compiler shows no analyzer what .editorconfig says of the levels.</summary>
    private static void WithEditorConfigAsFile(CSharpAnalyzerTest<TrainingDataAnalyzer> test) => test.AdditionalFiles.Add(".editorconfig", test.EditorConfig);

    private sealed class TextFile(string path, string text, Encoding? encoding) : AdditionalText
    {
        private readonly Microsoft.CodeAnalysis.Text.SourceText _text = Microsoft.CodeAnalysis.Text.SourceText.From(text, encoding);

        public override string Path => path;

        public override Microsoft.CodeAnalysis.Text.SourceText GetText(CancellationToken cancellationToken = default) => _text;
    }

    private sealed class TargetOptions : Microsoft.CodeAnalysis.Diagnostics.AnalyzerConfigOptionsProvider
    {
        public override Microsoft.CodeAnalysis.Diagnostics.AnalyzerConfigOptions GlobalOptions { get; } = new Options();

        public override Microsoft.CodeAnalysis.Diagnostics.AnalyzerConfigOptions GetOptions(SyntaxTree tree) => GlobalOptions;

        public override Microsoft.CodeAnalysis.Diagnostics.AnalyzerConfigOptions GetOptions(AdditionalText textFile) => GlobalOptions;

        private sealed class Options : Microsoft.CodeAnalysis.Diagnostics.AnalyzerConfigOptions
        {
            public override bool TryGetValue(string key, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out string? value)
            {
                value = key == "build_metadata.AdditionalFiles.AiTrainingTarget" ? "openai-chat" : null;
                return value is not null;
            }
        }
    }
}
