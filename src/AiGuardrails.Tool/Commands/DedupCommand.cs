using System.CommandLine;
using AiGuardrails.Core.Training.Linting;
using AiGuardrails.Core.Training.Targets;
using AiGuardrails.Tool.Files;
using AiGuardrails.Tool.Linting;
using AiGuardrails.Tool.Output;

namespace AiGuardrails.Tool.Commands;

/// <summary><c>aiguardrails dedup</c>: leaves out examples that an earlier line has already; the first of them stays, and the order too.</summary>
internal static class DedupCommand
{
    private const int MostListed = 50;
    private const int MostShown = 10;

    public static Command Create(ToolContext context)
    {
        var file = CommonOptions.DataFile();
        var target = CommonOptions.Target("--target", "The format of the file:", "-t");
        var output = CommonOptions.DataOutput("The file to write; '<name>.dedup.jsonl' beside the data otherwise, and '-' for the standard output.");
        var inPlace = new Option<bool>("--in-place") { Description = "Replaces the file itself." };
        var near = new Option<bool>("--near") { Description = "Also leaves out examples that share four fifths of their word sequences with an earlier one: takes more time, and some 600 bytes of memory an example." };
        var format = CommonOptions.DataFormat();

        var command = new Command("dedup", "Leaves out examples that are in a file of training data already.") { file, target, output, inPlace, near, format };

        command.SetAction(async (parsed, cancellationToken) =>
        {
            var input = DataFiles.MustExist(parsed.GetRequiredValue(file), context);
            var path = DataOutputs.Of(parsed.GetValue(output), input, parsed.GetValue(inPlace), "dedup", context);
            var data = new Deduplicator(parsed.GetRequiredValue(target), parsed.GetValue(near));
            await OutputFile.WriteAsync(
                path,
                context,
                async stream =>
                {
                    var lines = new LineCutter(line => data.Add(line, stream));
                    await Reading.ReadAsync(
                        input,
                        "Looking for duplicates",
                        context,
                        bytes =>
                        {
                            lines.Write(bytes);
                            MustFit(lines);
                        },
                        cancellationToken).ConfigureAwait(false);
                    lines.Complete();
                    MustFit(lines);
                },
                cancellationToken).ConfigureAwait(false);

            var isPiped = path == DataFiles.StandardStream;
            Write(data, isPiped ? null : Reading.NameOf(path, context), parsed.GetValue(format), isPiped ? context with { Out = context.Error, IsTerminal = false } : context);
            return ExitCodes.Clean;
        });

        return command.WithExamples(
            "aiguardrails dedup train.jsonl --target openai-chat",
            "aiguardrails dedup train.jsonl --target openai-chat --near --output unique.jsonl",
            "cat a.jsonl b.jsonl | aiguardrails dedup - --target trl-chat > all.jsonl");
    }

    private static void MustFit(LineCutter lines)
    {
        if (lines.TooLong > 0)
        {
            throw new ToolException("A line of the file is longer than 64 MiB, so this is not one example a line; 'aiguardrails fix' makes lines of a list.");
        }
    }

    private static void Write(Deduplicator data, string? path, DataFormat format, ToolContext context)
    {
        if (format == DataFormat.Json)
        {
            JsonOutput.Write(context.Out, new
            {
                Removed = data.Listed.Select(static removed => new { removed.Line, Message = removed.Message.English, IsNear = removed.Level == LintLevel.Info }),
                Summary = new { Output = path, data.Lines, data.Kept, data.Exact, data.Near, data.NoRecords },
            });
            return;
        }

        var lines = data.Listed.Take(MostShown).Select(static removed => FormattableString.Invariant($"line {removed.Line}: {removed.Message}")).ToList();
        if (data.Exact + data.Near > lines.Count)
        {
            lines.Add($"and {data.Exact + data.Near - lines.Count} more");
        }

        lines.Add(FormattableString.Invariant($"{Words.Count(data.Exact, "duplicate")} and {Words.Count(data.Near, "near duplicate")} left out of {Words.Count(data.Lines, "line")}")
            + (path is null ? "" : $"; written: {path}, {Words.Count(data.Kept, "line")}"));
        if (data.NoRecords > 0)
        {
            lines.Add($"{Words.Count(data.NoRecords, "line")} {(data.NoRecords == 1 ? "is" : "are")} no example and kept; 'aiguardrails lint' says why");
        }

        Plain.Write(context, [.. lines.Select(Plain.Line)]);
    }

    private sealed class Deduplicator
    {
        private readonly TrainingLinter _linter;
        private LintFinding? _found;

        public Deduplicator(TrainingTarget target, bool near) => _linter = DuplicateFinder.Create(target, near, finding => _found = finding);

        public List<LintFinding> Listed { get; } = [];

        public long Lines { get; private set; }

        public long Kept { get; private set; }

        public long Exact { get; private set; }

        public long Near { get; private set; }

        public long NoRecords { get; private set; }

        public void Add(ReadOnlySpan<byte> line, Stream output)
        {
            Lines++;
            var before = _linter.Records.Total;
            _found = null;
            _linter.Write(line);
            _linter.Write("\n"u8);
            if (_found is null)
            {
                Kept++;
                NoRecords += _linter.Records.Total == before ? 1 : 0;
                output.Write(line);
                output.Write("\n"u8);
                return;
            }

            Exact += _found.Level == LintLevel.Info ? 0 : 1;
            Near += _found.Level == LintLevel.Info ? 1 : 0;
            if (Listed.Count < MostListed)
            {
                Listed.Add(_found);
            }
        }
    }
}
