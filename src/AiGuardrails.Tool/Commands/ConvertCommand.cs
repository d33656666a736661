using System.CommandLine;
using System.Globalization;
using AiGuardrails.Tool.Checking;
using AiGuardrails.Tool.Converting;
using AiGuardrails.Tool.Files;
using AiGuardrails.Tool.Linting;
using AiGuardrails.Tool.Output;

namespace AiGuardrails.Tool.Commands;

/// <summary><c>aiguardrails convert</c>: the same examples in the format of another provider.</summary>
internal static class ConvertCommand
{
    public static Command Create(ToolContext context)
    {
        var file = CommonOptions.DataFile();
        var from = CommonOptions.Target("--from", "The format of the file:");
        var to = CommonOptions.Target("--to", "The format to write:");
        var output = CommonOptions.DataOutput("The file to write; '<name>.<format>.jsonl' beside the data otherwise, and '-' for the standard output.");
        var format = CommonOptions.DataFormat();

        var command = new Command("convert", "Writes the examples of a file of training data in another format; what the other format cannot say is an error, and never dropped.") { file, from, to, output, format };

        command.SetAction(async (parsed, cancellationToken) =>
        {
            var (source, target) = (parsed.GetRequiredValue(from), parsed.GetRequiredValue(to));
            var given = DataFiles.MustExist(parsed.GetRequiredValue(file), context);
            var path = DataOutputs.Of(parsed.GetValue(output), given, isInPlace: false, target.Name, context);
            using var input = await SpooledInput.OfAsync(given, context, cancellationToken).ConfigureAwait(false);
            if (path == DataFiles.StandardStream)
            {
                await ToStreamAsync(new Names(input.Path, Reading.NameOf(given, context), "the standard output"), source, target, context, cancellationToken).ConfigureAwait(false);
                return ExitCodes.Clean;
            }

            _ = ConvertersOf(source, target);
            _ = Directory.CreateDirectory(Path.GetDirectoryName(DataFiles.PathOf(path, context))!);
            var names = new Names(input.Path, Reading.NameOf(given, context), Reading.NameOf(path, context));
            var (result, converter) = await ConvertAsync(names, source, DataFiles.PathOf(path, context), target, context, cancellationToken).ConfigureAwait(false);
            Write(result, names.Output, converter, parsed.GetValue(format), context);
            return ExitCodes.Clean;
        });

        return command.WithExamples(
            "aiguardrails convert train.jsonl --from openai-chat --to bedrock-converse",
            "aiguardrails convert train.jsonl --from alpaca --to trl-chat --output - | gzip > train.jsonl.gz");
    }

    private static IReadOnlyList<Converter> ConvertersOf(TrainingTarget from, TrainingTarget to)
    {
        if (from == to)
        {
            throw new ToolException($"--from and --to are both '{from}'; give two formats.");
        }

        return Converter.For(from, to) is { Count: > 0 } converters
            ? converters
            : throw new ToolException(Converter.TargetsOf(from) is { Count: > 0 } targets
                ? $"What '{from}' holds cannot be said in '{to}'; it can in {string.Join(", ", targets.Select(static target => target.Name))}."
                : $"'{from}' has fields of its own, which no other format takes by itself; convert it in code, with TrainingFile.ConvertAsync and a record type.");
    }

    private static async Task<(TrainingWriteResult Result, Converter Converter)> ConvertAsync(
        Names names, TrainingTarget from, string output, TrainingTarget to, ToolContext context, CancellationToken cancellationToken)
    {
        // Which kind the records are of shows when the last of them has been read; of the errors, the one that came latest tells most.
        TrainingRecordException? error = null;
        foreach (var converter in ConvertersOf(from, to))
        {
            try
            {
                var result = await ReadingProgress.ShowAsync("Converting", new FileInfo(names.InputPath).Length, context, read =>
                    converter.ConvertAsync(names.InputPath, from, output, to, new TrainingWriteOptions { Manifest = false }, new RunProgress(read), cancellationToken)).ConfigureAwait(false);
                return (result, converter);
            }
            catch (TrainingRecordException e)
            {
                error = error is null || e.RecordNumber > error.RecordNumber ? e : error;
            }
        }

        var message = error!.Message.Replace(names.InputPath, names.Input, StringComparison.Ordinal).Replace(output, names.Output, StringComparison.Ordinal).TrimEnd('.');
        throw new ToolException($"{message}; nothing was written. Without that record, or with it corrected, the others can be converted.");
    }

    // Written to the end before the first byte goes on: what follows in the pipe sees all of it or nothing.
    private static async Task ToStreamAsync(Names names, TrainingTarget from, TrainingTarget to, ToolContext context, CancellationToken cancellationToken)
    {
        using var folder = new WorkFolder(context.TemporaryDirectory);
        var path = folder.PathOf("converted.jsonl");
        _ = await ConvertAsync(names, from, path, to, context, cancellationToken).ConfigureAwait(false);
        await OutputFile.WriteAsync(
            DataFiles.StandardStream,
            context,
            async stream =>
            {
                var converted = File.OpenRead(path);
                await using (converted.ConfigureAwait(false))
                {
                    await converted.CopyToAsync(stream, cancellationToken).ConfigureAwait(false);
                }
            },
            cancellationToken).ConfigureAwait(false);
    }

    private static void Write(TrainingWriteResult result, string name, Converter converter, DataFormat format, ToolContext context)
    {
        var findings = result.Report!.Findings.Select(finding => RunTimeFindings.Of(name, finding)).ToList();
        if (format == DataFormat.Json)
        {
            JsonOutput.Write(context.Out, new
            {
                Findings = JsonReport.Of(findings),
                Summary = new { File = name, result.Records, result.Bytes, converter.Kind },
            });
            return;
        }

        Plain.Write(context, [
            Plain.Line(string.Create(CultureInfo.InvariantCulture, $"{name}: {result.Records:N0} {converter.Kind}")),
            .. findings.Select(static finding => Plain.Line($"{finding.Place}: {Sentences.NameOf(finding.Level)} {finding.Rule}: {finding.Message}")),
        ]);
    }

    /// <summary>A file as the library opens it and as a reader knows it.</summary>
    private sealed record Names(string InputPath, string Input, string Output);
}
