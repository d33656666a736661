using System.CommandLine;
using AiGuardrails.Core.Training.Linting;
using AiGuardrails.Core.Training.Targets;
using AiGuardrails.Tool.Files;
using AiGuardrails.Tool.Findings;
using AiGuardrails.Tool.Linting;
using AiGuardrails.Tool.Mending;
using AiGuardrails.Tool.Output;

namespace AiGuardrails.Tool.Commands;

/// <summary><c>aiguardrails fix</c>: what in a file of data can be mended without asking, and what remains.</summary>
internal static class FixCommand
{
    public static Command Create(ToolContext context)
    {
        var file = CommonOptions.DataFile();
        var target = CommonOptions.Target("--target", "The format that the file is to have:", "-t");
        var output = CommonOptions.DataOutput("The file to write; '<name>.fixed.jsonl' beside the data otherwise, and '-' for the standard output.");
        var inPlace = new Option<bool>("--in-place") { Description = "Replaces the file itself." };
        var duplicates = new Option<bool>("--drop-duplicates") { Description = "Also leaves out examples that an earlier line has already." };
        var format = CommonOptions.Format();
        var failOn = CommonOptions.FailOn();

        var command = new Command("fix", "Mends what has one meaning in a file of training data, and says what remains: encoding, line ends, blank lines, lists, trailing commas, hidden characters.")
        {
            file,
            target,
            output,
            inPlace,
            duplicates,
            format,
            failOn,
        };

        command.SetAction(async (parsed, cancellationToken) =>
        {
            var input = DataFiles.MustExist(parsed.GetRequiredValue(file), context);
            var path = DataOutputs.Of(parsed.GetValue(output), input, parsed.GetValue(inPlace), "fixed", context);
            var fixer = new Fixer(parsed.GetRequiredValue(target), Reading.NameOf(path == DataFiles.StandardStream ? input : path, context), parsed.GetValue(duplicates));

            await OutputFile.WriteAsync(
                path,
                context,
                async stream =>
                {
                    await Reading.ReadAsync(input, "Mending", context, bytes => fixer.Write(bytes, stream), cancellationToken).ConfigureAwait(false);
                    fixer.Complete(stream);
                },
                cancellationToken).ConfigureAwait(false);

            var report = fixer.ToReport(path == DataFiles.StandardStream ? null : Reading.NameOf(path, context));

            // Where the data go through the output, what is said of them must not.
            var words = path == DataFiles.StandardStream ? context with { Out = context.Error, IsTerminal = false } : context;
            await ReportWriter.WriteAsync(report, parsed.GetRequiredValue(format), file: null, words, cancellationToken).ConfigureAwait(false);
            return CheckCommand.ExitCodeOf(report, parsed.GetRequiredValue(failOn));
        });

        return command.WithExamples(
            "aiguardrails fix train.jsonl --target openai-chat",
            "aiguardrails fix train.jsonl --target openai-chat --in-place --drop-duplicates",
            "cat train.jsonl | aiguardrails fix - --target trl-chat > mended.jsonl");
    }

    private sealed class Fixer
    {
        private readonly List<Finding> _findings = [];
        private readonly TrainingLinter _remains;
        private readonly TrainingLinter? _duplicates;
        private readonly DataMender _mender;
        private Stream _output = Stream.Null;
        private bool _isDuplicate;
        private long _lines;

        public Fixer(TrainingTarget target, string name, bool dropsDuplicates)
        {
            _remains = new TrainingLinter(target, new LintOptions(), finding => _findings.Add(FileChecker.ToFinding(name, finding)));
            _duplicates = dropsDuplicates ? DuplicateFinder.Create(target, near: false, _ => _isDuplicate = true) : null;
            _mender = new DataMender(TargetDescriptions.Of(target).AllowsList, AddLine);
        }

        public void Write(ReadOnlySpan<byte> bytes, Stream output)
        {
            _output = output;
            _mender.Write(bytes);
        }

        public void Complete(Stream output)
        {
            _output = output;
            _mender.Complete();
            _ = _remains.Complete();
        }

        public Report ToReport(string? path)
        {
            var changes = _mender.Counts.Sentences().ToList();
            return new Report
            {
                Findings = [.. _findings.OrderBy(static finding => finding.Place.Line).ThenBy(static finding => finding.Place.Column)],
                Rules = LintRuleInfo.All,
                Command = "fix",
                FilesChecked = 1,
                Changes = _mender.Counts.ToDictionary(),
                Notes =
                [
                    changes.Count == 0 ? "Nothing was to be mended" : "Changed: " + string.Join(", ", changes),
                    .. path is null ? Array.Empty<string>() : [$"Written: {path}, {Words.Count(_lines, "line")}"],
                ],
            };
        }

        private void AddLine(ReadOnlySpan<byte> line)
        {
            if (_duplicates is not null)
            {
                _isDuplicate = false;
                _duplicates.Write(line);
                _duplicates.Write("\n"u8);
                if (_isDuplicate)
                {
                    _mender.Counts.Duplicates++;
                    return;
                }
            }

            _lines++;
            _output.Write(line);
            _output.Write("\n"u8);
            _remains.Write(line);
            _remains.Write("\n"u8);
        }
    }
}
