using System.Collections.Immutable;
using AiGuardrails.Testing.Analysis;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace AiGuardrails.Testing.Inputs;

/// <summary>Options for a generator, read by the compiler's own .editorconfig code. Analyzers get theirs from the solution.</summary>
internal sealed class ConfigOptionsProvider(string editorConfig, IDictionary<string, string> globalOptions) : AnalyzerConfigOptionsProvider
{
    private readonly AnalyzerConfigSet _configs = AnalyzerConfigSet.Create(ImmutableArray.Create(
        AnalyzerConfig.Parse(editorConfig, "/0/.editorconfig"),
        AnalyzerConfig.Parse(TestSolution.GlobalConfig(globalOptions), "/0/.globalconfig")));

    public override AnalyzerConfigOptions GlobalOptions => new Options(_configs.GlobalConfigOptions.AnalyzerOptions);

    public override AnalyzerConfigOptions GetOptions(SyntaxTree tree) => At(tree.FilePath);

    public override AnalyzerConfigOptions GetOptions(AdditionalText textFile) => At(textFile.Path);

    private Options At(string path) => new(_configs.GetOptionsForSourcePath(path).AnalyzerOptions);

    private sealed class Options(ImmutableDictionary<string, string> values) : AnalyzerConfigOptions
    {
        public override IEnumerable<string> Keys => values.Keys;

        public override bool TryGetValue(string key, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out string? value) =>
            values.TryGetValue(key.ToLowerInvariant(), out value);
    }
}
