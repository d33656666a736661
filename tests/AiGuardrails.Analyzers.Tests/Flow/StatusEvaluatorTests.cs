using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace AiGuardrails.Analyzers.Tests.Flow;

/// <summary>What a condition yields in each state: the states in which it holds, or "?" where it is undecided in some.</summary>
public sealed class StatusEvaluatorTests
{
    private const string All = "ValidatingFiles Queued Running Succeeded Failed Cancelled";

    [Theory]
    [InlineData("job.Status == FineTuningStatus.Failed", "Failed")]
    [InlineData("FineTuningStatus.Failed == job.Status", "Failed")]
    [InlineData("job.Status != FineTuningStatus.Failed", "ValidatingFiles Queued Running Succeeded Cancelled")]
    [InlineData("job.Status == \"failed\"", "Failed")]
    [InlineData("job.Status == \"FAILED\"", "Failed")] // the operator ignores case
    [InlineData("job.Status.Equals(\"FAILED\")", "")] // the method does not
    [InlineData("job.Status.ToString() == \"failed\"", "Failed")]
    [InlineData("job.Status.ToString().ToUpperInvariant() == \"FAILED\"", "Failed")]
    [InlineData("string.Equals(job.Status.ToString(), \"Failed\", StringComparison.OrdinalIgnoreCase)", "Failed")]
    [InlineData("job.Status.Equals(FineTuningStatus.Failed)", "Failed")]
    [InlineData("job.Status == \"no such word\"", "")]
    [InlineData("job.Status == FineTuningStatus.Failed || job.Status == FineTuningStatus.Cancelled", "Failed Cancelled")]
    [InlineData("job.Status != FineTuningStatus.Failed && job.Status != FineTuningStatus.Cancelled || job.Status != FineTuningStatus.Succeeded", All)]
    [InlineData("job.Status == FineTuningStatus.Failed && job.Status == FineTuningStatus.Cancelled", "")]
    [InlineData("!(job.Status == FineTuningStatus.Failed)", "ValidatingFiles Queued Running Succeeded Cancelled")]
    [InlineData("job.Status.InProgress", "ValidatingFiles Queued Running")]
    [InlineData("job.HasCompleted", "Succeeded Failed Cancelled")]
    [InlineData("job is { HasCompleted: true, Status.InProgress: false }", "Succeeded Failed Cancelled")]
    [InlineData("job.Status.ToString() is \"failed\" or \"cancelled\"", "Failed Cancelled")]
    [InlineData("job.Status.ToString() is not (\"failed\" or \"cancelled\")", "ValidatingFiles Queued Running Succeeded")]
    [InlineData("job.Status is var s && s == FineTuningStatus.Running", "Running")]
    [InlineData("job.Status.ToString() switch { \"failed\" => true, \"cancelled\" => true, _ => false }", "Failed Cancelled")]
    [InlineData("job.Status switch { var s when s == FineTuningStatus.Failed => true, _ => false }", "Failed")]
    [InlineData("s_ended.Contains(job.Status)", "Succeeded Failed Cancelled")]
    [InlineData("new[] { \"queued\", \"running\" }.Contains(job.Status.ToString())", "Queued Running")]
    [InlineData("(job.Status == FineTuningStatus.Succeeded ? 1 : 0) == 1", "?")]
    [InlineData("HasEnded(job)", "Succeeded Failed Cancelled")] // one level deep
    [InlineData("HasEndedTwice(job)", "?")] // two are too many
    [InlineData("Recurses(job)", "?")]
    [InlineData("job.Value is null", "Failed Cancelled ?")]
    [InlineData("job.Value != null", "Succeeded ?")]
    [InlineData("job.Value?.Length > 0", "?")]
    [InlineData("job.Status.ToString().ToLower() == \"failed\"", "Failed")]
    [InlineData("job.Status.ToString().ToLowerInvariant() == \"failed\"", "Failed")]
    [InlineData("job.Status.ToString().ToUpper() == \"FAILED\"", "Failed")]
    [InlineData("job.Status.ToString().Trim() == \"failed\"", "Failed")]
    [InlineData("job.Status.ToString().ToLower().Trim() == \"failed\"", "Failed")]
    [InlineData("string.IsNullOrEmpty(job.Status.ToString())", "")]
    [InlineData("!string.IsNullOrWhiteSpace(job.Status.ToString())", All)]
    [InlineData("string.IsNullOrEmpty(job.Value)", "Failed Cancelled ?")]
    [InlineData("string.IsNullOrWhiteSpace(job.Value)", "Failed Cancelled ?")]
    [InlineData("Equals(job.Status, FineTuningStatus.Failed)", "Failed")]
    [InlineData("object.Equals(FineTuningStatus.Failed, job.Status)", "Failed")]
    [InlineData("job.Status.ToString().Equals(\"Failed\", StringComparison.InvariantCultureIgnoreCase)", "Failed")]
    [InlineData("job.Status.ToString().Equals(\"Failed\", StringComparison.CurrentCultureIgnoreCase)", "Failed")]
    [InlineData("job.Status.ToString().Equals(\"Failed\", StringComparison.Ordinal)", "")]
    [InlineData("job.GetRawResponse().IsError", "?")]
    [InlineData("flag", "?")]
    [InlineData("flag || job.HasCompleted", "Succeeded Failed Cancelled ?")]
    [InlineData("flag && job.HasCompleted", "?")]
    public void Typed_status(string condition, string expected) => Assert.Equal(expected, Holds(condition));

    [Theory]
    [InlineData("response.Status == ResponseStatus.Failed", "Failed")]
    [InlineData("response.Status is ResponseStatus.InProgress or ResponseStatus.Queued", "Queued InProgress")]
    [InlineData("response.Status is not ResponseStatus.Completed", "Queued InProgress Cancelled Incomplete Failed")]
    [InlineData("response.Status is null", "")]
    [InlineData("response.Status.HasValue && response.Status.Value == ResponseStatus.Completed", "Completed")]
    [InlineData("response.Status.ToString() == \"Failed\"", "Failed")]
    [InlineData("response.Status.ToString() == \"failed\"", "")] // the text of an enum is the name of its member
    [InlineData("response.Status switch { ResponseStatus.Completed => true, ResponseStatus.Failed => true, _ => false }", "Completed Failed")]
    [InlineData("response.Status.GetValueOrDefault() == ResponseStatus.Completed", "Completed")]
    [InlineData("Enum.IsDefined(response.Status.Value)", "?")]
    [InlineData("(int)response.Status.Value == 5", "?")]
    public void Status_that_is_an_enum(string condition, string expected) => Assert.Equal(expected, Holds(condition));

    [Theory]
    [InlineData("batch.ProcessingStatus == ProcessingStatus.Ended", "Ended")]
    [InlineData("batch.ProcessingStatus != ProcessingStatus.Ended", "InProgress Canceling")]
    [InlineData("batch.ProcessingStatus == \"ended\"", "Ended")]
    [InlineData("batch.ProcessingStatus == \"Ended\"", "")]
    [InlineData("batch.ProcessingStatus.Value() is ProcessingStatus.InProgress or ProcessingStatus.Canceling", "InProgress Canceling")]
    [InlineData("batch.ProcessingStatus.Raw() == \"in_progress\"", "InProgress")]
    public void Status_in_a_wrapper(string condition, string expected) => Assert.Equal(expected, Holds(condition));

    [Theory]
    [InlineData("run.Status.IsTerminal", "Completed Cancelled Failed Incomplete Expired")]
    [InlineData("run.Status == RunStatus.Queued || run.Status == RunStatus.InProgress", "Queued InProgress")]
    [InlineData("run.Status != RunStatus.RequiresAction", "Queued InProgress Cancelling Completed Cancelled Failed Incomplete Expired")]
    public void Status_of_a_run(string condition, string expected) => Assert.Equal(expected, Holds(condition));

    /// <summary>The states in which the condition holds; "?" at the end where it is undecided in a state.</summary>
    private static string Holds(string condition)
    {
        var source = FlowSource.Of(
            $$"""
            using Anthropic.Models.Messages.Batches;
            using OpenAI.Assistants;
            using OpenAI.FineTuning;
            using OpenAI.Responses;

            class C
            {
                static readonly FineTuningStatus[] s_ended = [FineTuningStatus.Succeeded, FineTuningStatus.Failed, FineTuningStatus.Cancelled];

                static bool M(FineTuningJob job, ResponseResult response, MessageBatch batch, ThreadRun run, bool flag)
                {
                    return {{condition}};
                }

                static bool HasEnded(FineTuningJob job) => !job.Status.InProgress;

                static bool HasEndedTwice(FineTuningJob job) => HasEnded(job);

                static bool Recurses(FineTuningJob job) => Recurses(job);
            }
            """);

        var body = source.BodyOf("M");
        var job = source.Ai.Jobs.First(table => condition.Contains("response", StringComparison.Ordinal) ? table.Name == "response"
            : condition.Contains("batch.", StringComparison.Ordinal) ? table.Name == "message batch"
            : condition.Contains("run.", StringComparison.Ordinal) ? table.Name == "run"
            : table.Name == "fine-tuning job");
        var vocabulary = new JobVocabulary(source.Ai, job, body, ImmutableHashSet<ISymbol>.Empty);
        var graph = ControlFlowGraph.Create((IMethodBodyOperation)body.Operation!);
        var holds = new List<string>();
        var undecided = false;
        foreach (var state in job.States)
        {
            var answers = JobWalk.Returns(vocabulary, graph, JobEnvironment.Empty, state, depth: 0, default).ToArray();
            if (answers.All(static answer => answer == true))
            {
                holds.Add(state.Member);
            }

            undecided |= answers.Any(static answer => answer is null) || answers.Distinct().Count() > 1;
        }

        return string.Join(' ', undecided ? holds.Append("?") : holds);
    }
}
