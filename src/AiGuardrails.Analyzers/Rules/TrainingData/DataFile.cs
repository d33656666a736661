using System.Collections.Immutable;
using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace AiGuardrails.Analyzers.Rules.TrainingData;

/// <summary>A data file that the project declares as <c>AiTrainingData</c>, with what the declaration says of it.</summary>
/// <param name="File">The file.</param>
/// <param name="Target">The format that it is to have.</param>
/// <param name="Options">What is set for the file in .editorconfig.</param>
internal sealed record DataFile(AdditionalText File, TrainingTarget Target, AnalyzerConfigOptions Options)
{
    /// <summary>The metadata that the build passes on; what it is without the prefix is how a project writes it.</summary>
    private const string Prefix = "build_metadata.AdditionalFiles.AiTraining";

    /// <summary>Gets whether it is the validation data of another file.</summary>
    public bool IsValidation { get; private init; }

    /// <summary>Gets the path of the file with the validation data; null where there is none.</summary>
    public string? ValidationData { get; private init; }

    /// <summary>Gets the model that is to be trained; null where that is not said.</summary>
    public string? BaseModel { get; private init; }

    /// <summary>Gets the full name of the type whose records the file holds; null where that is not said.</summary>
    public string? RecordType { get; private init; }

    /// <summary>Gets the path of the file with the vocabulary of the model; null where tokens are estimated.</summary>
    public string? Tokenizer { get; private init; }

    /// <summary>Gets what the prompt is called that the examples were rendered from; null where that is not said.</summary>
    public string? Prompt { get; private init; }

    /// <summary>Gets how often training goes through the file; null where the service chooses.</summary>
    public int? Epochs { get; private init; }

    /// <summary>Gets what training may cost; null where that is not said.</summary>
    public decimal? MaxCostUsd { get; private init; }

    /// <summary>The declared files among those that the build hands over.</summary>
    public static ImmutableArray<DataFile> AllOf(AnalyzerOptions inputs)
    {
        var files = ImmutableArray.CreateBuilder<DataFile>();
        foreach (var file in inputs.AdditionalFiles)
        {
            if (Of(file, inputs) is { } data)
            {
                files.Add(data);
            }
        }

        return files.ToImmutable();
    }

    /// <summary>What the project declares of a file; null where it is no training data.</summary>
    public static DataFile? Of(AdditionalText file, AnalyzerOptions inputs)
    {
        var options = inputs.AnalyzerConfigOptionsProvider.GetOptions(file);

        // An unknown target has been told by the build.
        return TrainingTarget.TryParse(Read(options, "Target"), out var target)
            ? new DataFile(file, target, options)
            {
                IsValidation = Read(options, "Role") == "validation",
                ValidationData = Read(options, "ValidationData"),
                BaseModel = Read(options, "BaseModel"),
                RecordType = Read(options, "RecordType"),
                Prompt = Read(options, "Prompt"),
                Tokenizer = Read(options, "Tokenizer"),
                Epochs = int.TryParse(Read(options, "Epochs"), NumberStyles.None, CultureInfo.InvariantCulture, out var epochs) && epochs > 0 ? epochs : null,
                MaxCostUsd = decimal.TryParse(Read(options, "MaxCostUsd"), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var cost) ? cost : null,
            }
            : null;
    }

    /// <summary>The list of the files that are too large for the compiler; null where this is another file.</summary>
    public static AdditionalText? ListOfLargeFiles(AnalyzerOptions inputs) =>
        inputs.AdditionalFiles.FirstOrDefault(file => Read(inputs.AnalyzerConfigOptionsProvider.GetOptions(file), "Role") == "large");

    /// <summary>Whether this file has its validation data in the other one.</summary>
    public bool IsValidatedBy(DataFile other) =>
        !IsValidation && other.IsValidation && ValidationData is { } path && IsAt(other.File, path);

    /// <summary>This validation data as one of the files that name it is trained on: by its model, and counted by its vocabulary.</summary>
    public DataFile TrainedAs(DataFile training) => this with { BaseModel = training.BaseModel, Tokenizer = training.Tokenizer };

    /// <summary>Whether two files train the same model, and count tokens by the same vocabulary.</summary>
    public bool CountsAs(DataFile other) => BaseModel == other.BaseModel && Tokenizer == other.Tokenizer;

    /// <summary>Whether a file lies at a path, as the build writes both.</summary>
    public static bool IsAt(AdditionalText file, string path) => Slashes(path).Equals(Slashes(file.Path), StringComparison.OrdinalIgnoreCase);

    private static string Slashes(string path) => path.Replace('\\', '/');

    private static string? Read(AnalyzerConfigOptions options, string name) =>
        options.TryGetValue(Prefix + name, out var value) && value.Trim() is { Length: > 0 } text ? text : null;
}
