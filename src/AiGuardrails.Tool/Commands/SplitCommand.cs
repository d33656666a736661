using System.CommandLine;
using System.Globalization;
using AiGuardrails.Tool.Files;
using AiGuardrails.Tool.Linting;
using AiGuardrails.Tool.Output;

namespace AiGuardrails.Tool.Commands;

/// <summary><c>aiguardrails split</c>: data to train on and data to validate with, by the content of each example.</summary>
internal static class SplitCommand
{
    public static Command Create(ToolContext context)
    {
        var file = CommonOptions.DataFile();
        var target = CommonOptions.Target("--target", "The format of the file:", "-t");
        var share = CommonOptions.Number("--validation", "The share of questions for validation, more than 0 and less than 1; 0.1 otherwise.", 0.0001m, 0.9999m, "a share", "share");
        var seed = CommonOptions.Number("--seed", "A number that stands for one way to split; 0 otherwise.", 0L, long.MaxValue, "a seed");
        var training = new Option<string?>("--train-out") { Description = "The file to train on; '<name>.train.jsonl' beside the data otherwise.", HelpName = "file" };
        var validation = new Option<string?>("--validation-out") { Description = "The file to validate with; '<name>.validation.jsonl' beside the data otherwise.", HelpName = "file" };
        var manifest = new Option<bool>("--manifest") { Description = "Also writes a manifest beside each file, with its SHA-256 and its counts." };
        var force = new Option<bool>("--allow-errors") { Description = "Splits data that have errors too; nothing is written otherwise." };
        var format = CommonOptions.DataFormat();

        var command = new Command("split", "Splits a file of training data in two by the content of each example: the same question is never on both sides, and no order or growth of the data moves it.")
        {
            file,
            target,
            share,
            seed,
            training,
            validation,
            manifest,
            force,
            format,
        };

        command.SetAction(async (parsed, cancellationToken) =>
        {
            var given = DataFiles.MustExist(parsed.GetRequiredValue(file), context);
            var stem = given == DataFiles.StandardStream ? "stdin.jsonl" : given;
            var (trainingPath, validationPath) = (parsed.GetValue(training) ?? DataOutputs.Beside(stem, "train"), parsed.GetValue(validation) ?? DataOutputs.Beside(stem, "validation"));
            foreach (var path in (string[])[trainingPath, validationPath])
            {
                MustBeOther(path, given, context);
            }

            if (DataFiles.PathOf(trainingPath, context) == DataFiles.PathOf(validationPath, context))
            {
                throw new ToolException("--train-out and --validation-out name one file; give two.");
            }

            using var input = await SpooledInput.OfAsync(given, context, cancellationToken).ConfigureAwait(false);
            var options = new TrainingWriteOptions { Target = parsed.GetRequiredValue(target), Manifest = parsed.GetValue(manifest), RefuseFrom = parsed.GetValue(force) ? null : TrainingFindingLevel.Error };
            var split = new TrainingSplit { ValidationShare = (double)(parsed.GetValue(share) ?? 0.1m), Seed = parsed.GetValue(seed) ?? 0 };
            var result = await SplitAsync(input.Path, trainingPath, validationPath, split, options, context, cancellationToken).ConfigureAwait(false);
            Write(result, trainingPath, validationPath, parsed.GetValue(format), context);
            return ExitCodes.Clean;
        });

        return command.WithExamples(
            "aiguardrails split data.jsonl --target openai-chat --validation 0.2",
            "aiguardrails split data.jsonl --target openai-chat --train-out train.jsonl --validation-out valid.jsonl --manifest");
    }

    private static void MustBeOther(string path, string input, ToolContext context)
    {
        if (path == DataFiles.StandardStream)
        {
            throw new ToolException("Two files cannot go through one pipe; give --train-out and --validation-out.");
        }

        _ = DataOutputs.Of(path, input, isInPlace: false, "", context);
        _ = Directory.CreateDirectory(Path.GetDirectoryName(DataFiles.PathOf(path, context))!);
    }

    private static async Task<TrainingSplitResult> SplitAsync(
        string input, string training, string validation, TrainingSplit split, TrainingWriteOptions options, ToolContext context, CancellationToken cancellationToken)
    {
        try
        {
            return await ReadingProgress.ShowAsync("Splitting", new FileInfo(input).Length, context, read => TrainingFile.SplitAsync(
                input, DataFiles.PathOf(training, context), DataFiles.PathOf(validation, context), split, options, new RunProgress(read), cancellationToken)).ConfigureAwait(false);
        }
        catch (TrainingDataException e)
        {
            throw new ToolException($"Nothing was written: the data have {Words.Count(e.Report.Errors, "error")}, the first in the part for {(e.Report.Path == DataFiles.PathOf(training, context) ? "training" : "validation")}: {e.Report.Findings.First(static finding => finding.Level == TrainingFindingLevel.Error).Message}. See 'aiguardrails lint', or give --allow-errors.");
        }
    }

    private static void Write(TrainingSplitResult result, string training, string validation, DataFormat format, ToolContext context)
    {
        (string Name, TrainingWriteResult Result)[] sides = [(Reading.NameOf(training, context), result.Training), (Reading.NameOf(validation, context), result.Validation)];
        var total = result.Training.Records + result.Validation.Records;
        var findings = sides.SelectMany(static side => side.Result.Report!.Findings.Select(finding => RunTimeFindings.Of(side.Name, finding))).ToList();
        if (format == DataFormat.Json)
        {
            JsonOutput.Write(context.Out, new
            {
                Findings = JsonReport.Of(findings),
                Summary = new
                {
                    Training = Side(sides[0]),
                    Validation = Side(sides[1]),
                    ValidationShare = total == 0 ? 0 : Math.Round((decimal)result.Validation.Records / total, 4),
                },
            });
            return;
        }

        var lines = sides.Select(side => string.Create(
            CultureInfo.InvariantCulture, $"{side.Name}: {side.Result.Records:N0} examples ({(total == 0 ? 0 : (decimal)side.Result.Records / total):P1}){(side.Result.ManifestPath is null ? "" : ", with manifest")}"));
        Plain.Write(context, [.. lines.Concat(findings.Select(static finding => $"{finding.Place}: {Sentences.NameOf(finding.Level)} {finding.Rule}: {finding.Message}")).Select(Plain.Line)]);
    }

    private static object Side((string Name, TrainingWriteResult Result) side) => new
    {
        File = side.Name,
        side.Result.Records,
        side.Result.Bytes,
        Manifest = side.Result.ManifestPath is null ? null : Path.GetFileName(side.Result.ManifestPath),
    };
}
