using System.Globalization;

namespace AiGuardrails.Tool.Checking;

/// <summary>A file of training data that a project declares (<c>AiTrainingData</c>), with its metadata as they stand there.</summary>
internal sealed record TrainingDataItem(string Path, string Target)
{
    public string BaseModel { get; init; } = "";

    public string Epochs { get; init; } = "";

    public string MaxCostUsd { get; init; } = "";

    /// <summary>Gets the validation data as an absolute path, or empty.</summary>
    public string Validation { get; init; } = "";

    /// <summary>Gets whether the compiler of the project is given the file: the rules of the build have checked it then.</summary>
    public bool IsCheckedByBuild { get; init; }

    public int? EpochsAsNumber => int.TryParse(Epochs, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0 ? number : null;

    public decimal? MaxCost => decimal.TryParse(MaxCostUsd, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var amount) ? amount : null;

    /// <summary>The items of a project, from the lists that the injected target wrote down: one list for each metadatum, in one order.</summary>
    public static IEnumerable<TrainingDataItem> Of(ProjectFacts facts)
    {
        var models = facts.Values("trainingmodel").ToList();
        var targets = facts.Values("trainingtarget").ToList();
        var epochs = facts.Values("trainingepochs").ToList();
        var costs = facts.Values("trainingcost").ToList();
        var validations = facts.Values("trainingvalidation").ToList();
        var given = facts.Values("additionalfile").ToHashSet(StringComparer.Ordinal);
        var folder = System.IO.Path.GetDirectoryName(facts.Project) ?? "";

        foreach (var (index, path) in facts.Values("trainingdata").Index())
        {
            yield return new TrainingDataItem(path, At(targets, index))
            {
                BaseModel = At(models, index),
                Epochs = At(epochs, index),
                MaxCostUsd = At(costs, index),
                Validation = At(validations, index) is { Length: > 0 } validation ? System.IO.Path.GetFullPath(validation.Replace('\\', '/'), folder) : "",
                IsCheckedByBuild = given.Contains(path),
            };
        }
    }

    private static string At(List<string> values, int index) => index < values.Count ? values[index].Trim() : "";
}
