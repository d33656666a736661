using System.Globalization;
using System.Text;
using AiGuardrails.Analyzers.Rules.Configuration;
using AiGuardrails.Analyzers.Rules.TrainingData;
using AiGuardrails.Core.Tests.Tokens;
using AiGuardrails.Testing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;

namespace AiGuardrails.Analyzers.Tests.Rules.TrainingData;

/// <summary>Tokens of data files are counted exactly where the project names a vocabulary that can be used.</summary>
public sealed class TokenizerTests
{
    private const string Model = "gpt-4.1-2025-04-14";

    // Of the vocabulary in these tests, capital letters are a token each.
    private static readonly string s_data = string.Concat(Enumerable.Range(0, 12).Select(static i => Chat($"QUESTION {i}", $"ANSWER {i}")));

    [Fact]
    public async Task Budget_is_judged_by_the_exact_count()
    {
        var exact = await BudgetFindingAsync(SmallVocabulary.File, new Tokenizers([SmallVocabulary.Known(SmallVocabulary.File)]));
        var estimate = await BudgetFindingAsync(SmallVocabulary.File, Tokenizers.Published);

        Assert.Matches("12 examples, [0-9,]+ tokens, 3 epochs, ", exact);
        Assert.EndsWith(" in all", exact, StringComparison.Ordinal);
        Assert.DoesNotMatch("[0-9] to ", exact);
        Assert.Matches(@"12 examples, [0-9,]+ tokens \([0-9,]+ to [0-9,]+\), 3 epochs, ", estimate);
    }

    [Fact]
    public async Task Limit_of_an_example_is_judged_by_the_exact_count()
    {
        // No more letters than the limit would allow, by any estimate of words; each of them a token by this vocabulary.
        var data = Chat("a question", string.Concat(Enumerable.Repeat("HTTP FILES ", 7_000)));
        var exact = Assert.Single(await RunAsync(new TrainingDataAnalyzer(new Tokenizers([SmallVocabulary.Known(SmallVocabulary.File)])), data, SmallVocabulary.File), static finding => finding.Id == "AIG9007");

        Assert.Matches("^[0-9,]+ tokens, more than the 65,536 of an example: it is ", Message(exact));
        Assert.DoesNotContain(await RunAsync(new TrainingDataAnalyzer(), data, SmallVocabulary.File), static finding => finding.Id == "AIG9007");
    }

    [Theory]
    [InlineData(Model)]
    [InlineData("")]
    public async Task File_of_another_hash_is_named_and_the_estimate_goes_on(string model)
    {
        var findings = await RunAsync(new InvalidOptionAnalyzer(), s_data, SmallVocabulary.File, model);

        var message = Message(Assert.Single(findings));
        Assert.Matches(
            "^'small.tiktoken' is not a valid value of 'Tokenizer'; expected the published vocabulary of the model, and its SHA-256 is [0-9a-f]{64}, which is that of none of cl100k_base and o200k_base, so the default 'an estimate' is used$",
            message);
    }

    [Fact]
    public async Task Damaged_file_is_named_with_its_line() => Assert.Contains(
        "line 1 is not a token in base64",
        Message(Assert.Single(await RunAsync(new InvalidOptionAnalyzer(), s_data, Encoding.UTF8.GetBytes("version https://git-lfs.github.com/spec/v1\n")))),
        StringComparison.Ordinal);

    [Fact]
    public async Task No_vocabulary_and_one_that_is_not_there_are_silent()
    {
        Assert.Empty(await RunAsync(new InvalidOptionAnalyzer(), s_data, vocabulary: null));
        Assert.Empty(await RunAsync(new InvalidOptionAnalyzer(), s_data, vocabulary: null, tokenizer: ""));
    }

    [Fact]
    public async Task Vocabulary_of_another_model_counts_nothing()
    {
        var known = SmallVocabulary.Known(SmallVocabulary.File, Core.Tokens.TokenEncoding.Cl100k);
        Assert.Matches("tokens \\([0-9,]+ to ", await BudgetFindingAsync(SmallVocabulary.File, new Tokenizers([known])));
    }

    [Fact]
    public void Vocabulary_is_read_once_for_a_text()
    {
        var tokenizers = new Tokenizers([SmallVocabulary.Known(SmallVocabulary.File)]);
        var (options, _) = Inputs(s_data, SmallVocabulary.File, Model, "/data/small.tiktoken");
        var file = Assert.Single(DataFile.AllOf(options));

        var first = tokenizers.Of(file, options, CancellationToken.None, out var problem);

        Assert.Null(problem);
        Assert.NotNull(first);
        Assert.Same(first, tokenizers.Of(file, options, CancellationToken.None, out _));
    }

    [Theory]
    [InlineData("/data/small.tiktoken", "")]
    [InlineData("", "/data/small.tiktoken")]
    public async Task Validation_data_of_several_files_are_counted_for_each_of_them(string first, string second)
    {
        // Too long by the vocabulary, whichever of the training files names it; by the estimate, they are not.
        var findings = await RunOfSeveralAsync(Chat("a question", string.Concat(Enumerable.Repeat("HTTP FILES ", 7_000))), (Model, first), (Model, second));

        Assert.Matches("^[0-9,]+ tokens, more than the 65,536 of an example: it is ", Message(Assert.Single(findings, static finding => finding.Id == "AIG9007")));
    }

    [Fact]
    public async Task Validation_data_of_several_files_with_one_vocabulary_are_told_once()
    {
        var data = Chat("a question", string.Concat(Enumerable.Repeat("HTTP FILES ", 7_000)));

        Assert.Single(await RunOfSeveralAsync(data, (Model, "/data/small.tiktoken"), (Model, "/data/small.tiktoken")), static finding => finding.Id == "AIG9007");
        Assert.Single(await RunOfSeveralAsync(data, ("gpt-4.1-mini-2025-04-14", "/data/small.tiktoken"), (Model, "/data/small.tiktoken")), static finding => finding.Id == "AIG9007");
        Assert.DoesNotContain(await RunOfSeveralAsync(data, (Model, ""), (Model, "")), static finding => finding.Id == "AIG9007");
    }

    // The build gives validation data the model and the vocabulary of the first file that names them.
    private static async Task<IReadOnlyList<Diagnostic>> RunOfSeveralAsync(string validation, params (string Model, string Tokenizer)[] trainings)
    {
        List<AdditionalText> files = [new TextFile("/data/small.tiktoken", Encoding.Latin1.GetString(SmallVocabulary.File)), new TextFile("/data/valid.jsonl", validation)];
        var metadata = new Metadata([]);
        metadata.Of["/data/valid.jsonl"] = Describe("validation", trainings[0].Model, trainings[0].Tokenizer);
        for (var i = 0; i < trainings.Length; i++)
        {
            var path = $"/data/train{i}.jsonl";
            files.Add(new TextFile(path, s_data));
            metadata.Of[path] = Describe("training", trainings[i].Model, trainings[i].Tokenizer);
            metadata.Of[path]["AiTrainingValidationData"] = "/data/valid.jsonl";
        }

        return await CSharpCompilation.Create("Data", references: TestReferences.Of(ReferenceSets.Platform))
            .WithAnalyzers([new TrainingDataAnalyzer(new Tokenizers([SmallVocabulary.Known(SmallVocabulary.File)]))], new AnalyzerOptions([.. files], metadata))
            .GetAnalyzerDiagnosticsAsync();

        static Dictionary<string, string> Describe(string role, string model, string tokenizer) => new(StringComparer.Ordinal)
        {
            ["AiTrainingRole"] = role,
            ["AiTrainingTarget"] = "openai-chat",
            ["AiTrainingBaseModel"] = model,
            ["AiTrainingTokenizer"] = tokenizer,
        };
    }

    private static async Task<string> BudgetFindingAsync(byte[] vocabulary, Tokenizers tokenizers) =>
        Message(Assert.Single(await RunAsync(new TrainingDataAnalyzer(tokenizers), s_data, vocabulary), static finding => finding.Id == "AIG2009"));

    private static async Task<IReadOnlyList<Diagnostic>> RunAsync(
        DiagnosticAnalyzer analyzer, string data, byte[]? vocabulary, string model = Model, string tokenizer = "/data/small.tiktoken")
    {
        var (options, compilation) = Inputs(data, vocabulary, model, tokenizer);
        return await compilation.WithAnalyzers([analyzer], options).GetAnalyzerDiagnosticsAsync();
    }

    private static (AnalyzerOptions Options, Compilation Compilation) Inputs(string data, byte[]? vocabulary, string model, string tokenizer)
    {
        List<AdditionalText> files = [new TextFile("/data/train.jsonl", data)];
        if (vocabulary is not null)
        {
            files.Add(new TextFile("/data/small.tiktoken", Encoding.Latin1.GetString(vocabulary)));
        }

        var metadata = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["AiTrainingTarget"] = "openai-chat",
            ["AiTrainingBaseModel"] = model,
            ["AiTrainingTokenizer"] = tokenizer,
            ["AiTrainingEpochs"] = "3",
            ["AiTrainingMaxCostUsd"] = "0.0001",
        };

        return (new AnalyzerOptions([.. files], new Metadata(metadata)), CSharpCompilation.Create("Data", references: TestReferences.Of(ReferenceSets.Platform)));
    }

    private static string Message(Diagnostic finding) => finding.GetMessage(CultureInfo.InvariantCulture);

    private static string Chat(string question, string answer) =>
        $$"""{"messages":[{"role":"user","content":"{{question}}"},{"role":"assistant","content":"{{answer}}"}]}""" + "\n";

    private sealed class TextFile(string path, string text) : AdditionalText
    {
        private readonly SourceText _text = SourceText.From(text, Encoding.UTF8);

        public override string Path => path;

        public override SourceText GetText(CancellationToken cancellationToken = default) => _text;
    }

    private sealed class Metadata(Dictionary<string, string> ofData) : AnalyzerConfigOptionsProvider
    {
        public Dictionary<string, Dictionary<string, string>> Of { get; } = new(StringComparer.Ordinal);

        public override AnalyzerConfigOptions GlobalOptions { get; } = new Options([]);

        public override AnalyzerConfigOptions GetOptions(SyntaxTree tree) => GlobalOptions;

        public override AnalyzerConfigOptions GetOptions(AdditionalText textFile) => Of.TryGetValue(textFile.Path, out var own) ? new Options(own)
            : textFile.Path.EndsWith(".jsonl", StringComparison.Ordinal) ? new Options(ofData)
            : GlobalOptions;

        private sealed class Options(Dictionary<string, string> values) : AnalyzerConfigOptions
        {
            private const string Prefix = "build_metadata.AdditionalFiles.";

            public override bool TryGetValue(string key, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out string? value)
            {
                value = null;
                return key.StartsWith(Prefix, StringComparison.Ordinal) && values.TryGetValue(key[Prefix.Length..], out value);
            }
        }
    }
}
