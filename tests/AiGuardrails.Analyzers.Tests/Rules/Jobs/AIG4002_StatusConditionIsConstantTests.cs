using Microsoft.CodeAnalysis;
using Verify = AiGuardrails.Testing.CSharpCodeFixVerifier<
    AiGuardrails.Analyzers.Rules.Jobs.StatusConditionIsConstantAnalyzer,
    AiGuardrails.CodeFixes.Rules.Jobs.StatusConditionIsConstantCodeFix>;

namespace AiGuardrails.Analyzers.Tests.Rules.Jobs;

public sealed class AIG4002_StatusConditionIsConstantTests
{
    // The shape of two public samples: a loop that can never end.
    [Fact]
    public Task Loop_that_differs_from_one_of_three_states_is_reported() => Verify.VerifyCodeFixAsync(
        FineTuning(
            """
            while ({|AIG4002:job.Status != FineTuningStatus.Succeeded && job.Status != FineTuningStatus.Failed || job.Status != FineTuningStatus.Cancelled|})
            {
                await Task.Delay(1000);
                await job.UpdateStatusAsync();
            }
            """),
        FineTuning(
            """
            while (job.Status != FineTuningStatus.Succeeded && job.Status != FineTuningStatus.Failed && job.Status != FineTuningStatus.Cancelled)
            {
                await Task.Delay(1000);
                await job.UpdateStatusAsync();
            }
            """));

    [Theory]
    [InlineData("job.Status != FineTuningStatus.Failed || job.Status != FineTuningStatus.Cancelled", "job.Status != FineTuningStatus.Failed && job.Status != FineTuningStatus.Cancelled")]
    [InlineData("job.Status == FineTuningStatus.Failed && job.Status == FineTuningStatus.Cancelled", "job.Status == FineTuningStatus.Failed || job.Status == FineTuningStatus.Cancelled")]
    [InlineData("FineTuningStatus.Failed == job.Status && FineTuningStatus.Cancelled == job.Status", "FineTuningStatus.Failed == job.Status || FineTuningStatus.Cancelled == job.Status")]
    [InlineData("job.Status != \"failed\" || job.Status != \"cancelled\"", "job.Status != \"failed\" && job.Status != \"cancelled\"")]
    [InlineData("job.Status.ToString() != \"failed\" || job.Status.ToString() != \"cancelled\"", "job.Status.ToString() != \"failed\" && job.Status.ToString() != \"cancelled\"")]
    [InlineData("job.Status.ToString().ToLowerInvariant() == \"failed\" && job.Status == FineTuningStatus.Cancelled", "job.Status.ToString().ToLowerInvariant() == \"failed\" || job.Status == FineTuningStatus.Cancelled")]
    [InlineData("!job.Status.Equals(FineTuningStatus.Failed) || !job.Status.Equals(FineTuningStatus.Cancelled)", "!job.Status.Equals(FineTuningStatus.Failed) && !job.Status.Equals(FineTuningStatus.Cancelled)")]
    [InlineData("!(job.Status == FineTuningStatus.Failed) || !(job.Status == FineTuningStatus.Cancelled)", "!(job.Status == FineTuningStatus.Failed) && !(job.Status == FineTuningStatus.Cancelled)")]
    [InlineData("job.Status != FineTuningStatus.Failed || job.Status != FineTuningStatus.Cancelled || job.Status != FineTuningStatus.Succeeded", "job.Status != FineTuningStatus.Failed && job.Status != FineTuningStatus.Cancelled && job.Status != FineTuningStatus.Succeeded")]
    [InlineData("(job.Status != FineTuningStatus.Failed) || (job.Status != FineTuningStatus.Cancelled)", "(job.Status != FineTuningStatus.Failed) && (job.Status != FineTuningStatus.Cancelled)")]
    [InlineData("(job.Status == FineTuningStatus.Failed) == true && job.Status == FineTuningStatus.Cancelled", "(job.Status == FineTuningStatus.Failed) == true || job.Status == FineTuningStatus.Cancelled")]
    [InlineData("job.Status.InProgress && job.Status == FineTuningStatus.Failed", "job.Status.InProgress || job.Status == FineTuningStatus.Failed")]
    [InlineData("job.HasCompleted && job.Status == FineTuningStatus.Running", "job.HasCompleted || job.Status == FineTuningStatus.Running")]
    public Task Comparisons_joined_by_the_wrong_operator_are_reported(string wrong, string right) => Verify.VerifyCodeFixAsync(
        FineTuning($"if ({{|AIG4002:{wrong}|}}) {{ Use(); }}"),
        FineTuning($"if ({right}) {{ Use(); }}"));

    [Theory]
    [InlineData("{0} && ready", "{1} && ready")]
    [InlineData("ready && {0}", "ready && {1}")]
    [InlineData("ready && {0} && verbose", "ready && {1} && verbose")]
    [InlineData("ready || {0}", "ready || {2}")]
    [InlineData("!({0})", "!({2})")]
    [InlineData("({0}) == ready", "({2}) == ready")]
    public Task Only_the_comparisons_at_fault_are_reported_and_rewritten(string wrong, string right) => Verify.VerifyCodeFixAsync(
        FineTuning("if (" + string.Format(System.Globalization.CultureInfo.InvariantCulture, wrong, "{|AIG4002:job.Status == FineTuningStatus.Failed && job.Status == FineTuningStatus.Cancelled|}") + ") { Use(); }"),
        FineTuning("if (" + string.Format(
            System.Globalization.CultureInfo.InvariantCulture,
            right,
            "",
            "(job.Status == FineTuningStatus.Failed || job.Status == FineTuningStatus.Cancelled)",
            "job.Status == FineTuningStatus.Failed || job.Status == FineTuningStatus.Cancelled") + ") { Use(); }"));

    [Theory]
    [InlineData("job.Status == FineTuningStatus.Succeeded || {|AIG4002:job.Status == FineTuningStatus.Failed && job.Status == FineTuningStatus.Cancelled|}")]
    [InlineData("{|AIG4002:job.Status == FineTuningStatus.Failed && job.Status == FineTuningStatus.Cancelled|} && job.Status != FineTuningStatus.Succeeded")]
    [InlineData("job.Status != FineTuningStatus.Running && ({|AIG4002:job.Status != FineTuningStatus.Failed || job.Status != FineTuningStatus.Cancelled|})")]
    [InlineData("{|AIG4002:job.Status == FineTuningStatus.Failed && ready && job.Status == FineTuningStatus.Cancelled|}")]
    [InlineData("{|AIG4002:job.Status == FineTuningStatus.Failed && (job.Status == FineTuningStatus.Cancelled && ready)|}")]
    [InlineData("{|AIG4002:job.Status == FineTuningStatus.Failed && job.Status != FineTuningStatus.Failed|}")]
    [InlineData("{|AIG4002:job.Status == FineTuningStatus.Failed || job.Status != FineTuningStatus.Failed|}")]
    [InlineData("{|AIG4002:job.Status == FineTuningStatus.Failed || job.Status != \"FAILED\"|}")] // the operator of the struct ignores case
    [InlineData("{|AIG4002:Over(job.Status) && job.Status == FineTuningStatus.Running|}")]
    [InlineData("{|AIG4002:Over(job.Status) && !IsOver(job)|}")]
    [InlineData("{|AIG4002:s_over.Contains(job.Status) && job.Status == FineTuningStatus.Running|}")]
    [InlineData("{|AIG4002:job is { Status: var status } && (job.Status == FineTuningStatus.Failed && job.Status == FineTuningStatus.Running)|}", false)]
    [InlineData("{|AIG4002:job.Status == FineTuningStatus.Failed & job.Status == FineTuningStatus.Running|}")]
    [InlineData("job.Status == FineTuningStatus.Failed ? {|AIG4002:job.Status == FineTuningStatus.Cancelled|} : ready")]
    [InlineData("ready ? {|AIG4002:job.Status == FineTuningStatus.Failed && job.Status == FineTuningStatus.Cancelled|} : verbose")]
    public Task Constant_part_is_reported(string condition, bool marked = true) => Verify.VerifyAnalyzerAsync(
        FineTuning($"if ({(marked ? condition : condition.Replace("{|AIG4002:", "").Replace("|}", "").Replace("(job.Status == FineTuningStatus.Failed && job.Status == FineTuningStatus.Running)", "({|AIG4002:job.Status == FineTuningStatus.Failed && job.Status == FineTuningStatus.Running|})"))}) {{ Use(); }}"));

    [Theory]
    [InlineData("job.Status != FineTuningStatus.Succeeded && job.Status != FineTuningStatus.Failed && job.Status != FineTuningStatus.Cancelled")]
    [InlineData("job.Status == FineTuningStatus.Succeeded || job.Status == FineTuningStatus.Failed || job.Status == FineTuningStatus.Cancelled")]
    [InlineData("job.Status == FineTuningStatus.ValidatingFiles || job.Status == FineTuningStatus.Queued || job.Status == FineTuningStatus.Running || job.Status == FineTuningStatus.Succeeded || job.Status == FineTuningStatus.Failed || job.Status == FineTuningStatus.Cancelled")] // a service may come to report others
    [InlineData("job.Status != FineTuningStatus.Succeeded && (job.Status != FineTuningStatus.Failed || ready)")]
    [InlineData("job.Status == FineTuningStatus.Failed && ready || job.Status == FineTuningStatus.Cancelled")]
    [InlineData("job.Status == FineTuningStatus.Failed || job.Status == FineTuningStatus.Failed")]
    [InlineData("job.Status == FineTuningStatus.Failed && other.Status == FineTuningStatus.Cancelled")]
    [InlineData("jobs[0].Status == FineTuningStatus.Failed && jobs[1].Status == FineTuningStatus.Cancelled")]
    [InlineData("job.Status != FineTuningStatus.Failed || other.Status != FineTuningStatus.Cancelled")]
    [InlineData("Fetch().Status != FineTuningStatus.Failed || Fetch().Status != FineTuningStatus.Cancelled")] // may be two states
    [InlineData("Current.Status != FineTuningStatus.Failed || Current.Status != FineTuningStatus.Cancelled")] // so may this
    [InlineData("job.Status != FineTuningStatus.Failed || Refresh() && job.Status != FineTuningStatus.Cancelled")]
    [InlineData("job.Status == FineTuningStatus.Running && Refresh() && job.Status == FineTuningStatus.Succeeded")]
    [InlineData("job.Status == FineTuningStatus.Running && (job = Fetch()).Status == FineTuningStatus.Succeeded")]
    [InlineData("job.Status == FineTuningStatus.Running && refresh(job) && job.Status == FineTuningStatus.Succeeded")]
    [InlineData("job.Status == FineTuningStatus.Running && await RefreshAsync() && job.Status == FineTuningStatus.Succeeded")]
    [InlineData("Over(job.Status) && job.Status != FineTuningStatus.Succeeded")]
    [InlineData("Unknown(job.Status) && job.Status == FineTuningStatus.Running")]
    [InlineData("job.Status.InProgress || job.HasCompleted")] // both are false for a paused job
    [InlineData("job.Status.ToString() == \"failed\" || job.Status.ToString() == \"FAILED\"")]
    [InlineData("job.Status == wanted && job.Status == FineTuningStatus.Running")]
    [InlineData("(ready ? FineTuningStatus.Failed : FineTuningStatus.Cancelled) == job.Status && job.Status == FineTuningStatus.Cancelled")]
    [InlineData("job.Status == FineTuningStatus.Failed ? job.Status == wanted : ready")]
    public Task Condition_that_tells_states_apart_is_not_reported(string condition) => Verify.VerifyAnalyzerAsync(
        FineTuning($"if ({condition}) {{ Use(); }}"));

    [Theory]
    [InlineData("while ({0}) {{ await Task.Delay(1000); job = Fetch(); }}")]
    [InlineData("do {{ job = Fetch(); }} while ({0});")]
    [InlineData("for (; {0}; job = Fetch()) {{ }}")]
    [InlineData("var done = {0};")]
    [InlineData("Use({0} ? 1 : 2);")]
    [InlineData("System.Diagnostics.Debug.Assert({0});")]
    [InlineData("bool IsBad() => {0};")]
    [InlineData("bool IsBad() {{ return {0}; }}")]
    [InlineData("System.Func<bool> bad = () => {0};")]
    [InlineData("Use(job is null || ({0}));")]
    [InlineData("switch (ready) {{ case true when {0}: Use(); break; }}")]
    [InlineData("Use(ready switch {{ true when {0} => 1, _ => 2 }});")]
    public Task Every_place_of_a_condition_is_looked_at(string statement) => Verify.VerifyAnalyzerAsync(FineTuning(
        string.Format(System.Globalization.CultureInfo.InvariantCulture, statement, "{|AIG4002:job.Status != FineTuningStatus.Failed || job.Status != FineTuningStatus.Cancelled|}")));

    [Fact]
    public Task Linq_lambdas_and_local_statuses_are_looked_at() => Verify.VerifyAnalyzerAsync(FineTuning(
        """
        var over = jobs.Where(j => {|AIG4002:j.Status == FineTuningStatus.Failed && j.Status == FineTuningStatus.Cancelled|}).ToList();
        var status = job.Status;
        while ({|AIG4002:status != FineTuningStatus.Failed || status != FineTuningStatus.Cancelled|})
        {
            status = Fetch().Status;
        }

        var text = job.Status.ToString();
        Use({|AIG4002:text == "failed" && text == "cancelled"|});
        Use({|AIG4002:(status = Fetch().Status) != FineTuningStatus.Failed || status != FineTuningStatus.Cancelled|});
        """));

    [Fact]
    public Task Enums_are_compared_by_member_and_nullable_statuses_may_be_null() => Verify.VerifyAnalyzerAsync(
        """
        using OpenAI.Responses;

        class C
        {
            bool A(ResponseResult r) => {|AIG4002:r.Status != ResponseStatus.Completed || r.Status != ResponseStatus.Failed|};
            bool B(ResponseResult r) => {|AIG4002:r.Status is ResponseStatus.Completed && r.Status is ResponseStatus.Failed or ResponseStatus.Incomplete|};
            bool D(ResponseResult r) => {|AIG4002:r.Status is not ResponseStatus.Completed || r.Status is not ResponseStatus.Failed|};
            bool E(ResponseResult r) => {|AIG4002:r.Status is not ResponseStatus.Completed or not ResponseStatus.Failed|};
            bool F(ResponseResult r) => {|AIG4002:r.Status != null || r.Status != ResponseStatus.Failed|};
            bool G(ResponseResult r) => {|AIG4002:!r.Status.HasValue && r.Status == ResponseStatus.Failed|};
            bool H(ResponseResult r) => {|AIG4002:r.Status.Value == ResponseStatus.Completed && r.Status == ResponseStatus.Failed|};
            bool I(ResponseResult r) => {|AIG4002:r?.Status == ResponseStatus.Completed && r?.Status == ResponseStatus.Failed|};
            bool J(ResponseResult r) => {|AIG4002:r is { Status: ResponseStatus.Completed } && r is { Status: ResponseStatus.Failed }|};
            bool K(ResponseResult r) => {|AIG4002:r.Status.ToString() == "Completed" && r.Status == ResponseStatus.Failed|};
            bool L(ResponseResult r) => {|AIG4002:r.Status switch { ResponseStatus.Completed => true, ResponseStatus.Failed => true, _ => true }|};

            bool N(ResponseResult r) => r.Status is ResponseStatus.Completed or ResponseStatus.Failed;
            bool O(ResponseResult r) => r.Status is not (ResponseStatus.Completed or ResponseStatus.Failed);
            bool P(ResponseResult r) => r.Status is not null && r.Status != ResponseStatus.Failed;
            bool Q(ResponseResult r) => r.Status is null || r.Status == ResponseStatus.Failed;
            bool R(ResponseResult r) => r.Status is ResponseStatus.InProgress or ResponseStatus.Completed or ResponseStatus.Cancelled or ResponseStatus.Queued or ResponseStatus.Incomplete or ResponseStatus.Failed;
            bool S(ResponseResult r) => r.Status switch { ResponseStatus.Completed => true, ResponseStatus.Failed => false, ResponseStatus.Cancelled => false, _ => false };
            bool T(ResponseResult r) => r.Status is { } status && status != ResponseStatus.Failed;
            bool U(ResponseResult r) => r.Status is not ResponseStatus.Completed or ResponseStatus.Failed;
            bool V(ResponseResult r) => r.Status > ResponseStatus.InProgress && r.Status == ResponseStatus.Queued;
        }
        """);

    [Fact]
    public Task Patterns_are_rewritten_with_their_own_operators() => Verify.VerifyCodeFixAsync(
        """
        using OpenAI.Responses;

        class C
        {
            bool A(ResponseResult r) => {|AIG4002:r.Status is not ResponseStatus.Completed or not ResponseStatus.Failed|};
            bool B(ResponseResult r) => {|AIG4002:r.Status is (not ResponseStatus.Completed) or (not ResponseStatus.Failed)|} && r.Id != null;
        }
        """,
        """
        using OpenAI.Responses;

        class C
        {
            bool A(ResponseResult r) => r.Status is not ResponseStatus.Completed and not ResponseStatus.Failed;
            bool B(ResponseResult r) => r.Status is (not ResponseStatus.Completed) and (not ResponseStatus.Failed) && r.Id != null;
        }
        """);

    [Fact]
    public Task Guard_that_contradicts_its_pattern_is_reported() => Verify.VerifyAnalyzerAsync(
        """
        using OpenAI.Responses;

        class C
        {
            int A(ResponseResult r)
            {
                switch (r.Status)
                {
                    case ResponseStatus.Completed when {|AIG4002:r.Status == ResponseStatus.Failed|}: return 1;
                    case ResponseStatus.Failed when r.Error is null: return 2;
                    case var other when other != ResponseStatus.Queued: return 3;
                    default: return 4;
                }
            }

            int B(ResponseResult r) => r.Status switch
            {
                ResponseStatus.Completed when {|AIG4002:r.Status is ResponseStatus.Failed|} => 1,
                _ when r.Status is ResponseStatus.Failed => 2,
                _ => 3,
            };
        }
        """);

    [Fact]
    public Task Strings_of_a_reply_over_http_are_looked_at() => Verify.VerifyAnalyzerAsync(
        """
        using System.Net.Http;
        using System.Net.Http.Json;
        using System.Text.Json;
        using System.Text.Json.Nodes;
        using System.Threading.Tasks;

        class C
        {
            const string Url = "https://api.openai.com/v1/fine_tuning/jobs/";

            async Task Elements(HttpClient http, string id)
            {
                string status;
                do
                {
                    using var doc = JsonDocument.Parse(await http.GetStringAsync(Url + id));
                    status = doc.RootElement.GetProperty("status").GetString()!;
                }
                while ({|AIG4002:status != "succeeded" && status != "failed" || status != "cancelled"|});
            }

            async Task<bool> Nodes(HttpClient http, string id)
            {
                var job = JsonNode.Parse(await http.GetStringAsync(Url + id))!;
                return {|AIG4002:(string?)job["status"] == "failed" && (string?)job["status"] == "cancelled"|};
            }

            async Task<bool> Types(HttpClient http, string id)
            {
                var job = await http.GetFromJsonAsync<Job>(Url + id);
                return {|AIG4002:job!.Status is "failed" && job.Status is "cancelled"|};
            }

            async Task<bool> Other(HttpClient http, string id)
            {
                var job = JsonNode.Parse(await http.GetStringAsync(Url + id))!;
                return (string?)job["error"]!["status"] == "failed" && (string?)job["status"] == "cancelled";
            }

            sealed class Job { public string Status { get; set; } = ""; }
        }
        """,
        static test => test.SilentWithoutSdk = false);

    [Fact]
    public Task Statuses_that_are_not_of_a_job_are_not_reported() => Verify.VerifyAnalyzerAsync(
        """
        enum OrderStatus { Open, Paid, Failed }

        class Order { public OrderStatus Status { get; set; } public string State { get; set; } = ""; }

        class C
        {
            OpenAI.Chat.ChatClient? _client;

            bool A(Order order) => order.Status != OrderStatus.Open || order.Status != OrderStatus.Paid;

            bool B(Order order) => order.State != "open" || order.State != "paid";

            bool D(string status) => status != "failed" || status != "cancelled";
        }
        """);

    [Fact]
    public Task Other_statuses_of_a_sdk_are_suggestions() => Verify.VerifyAnalyzerAsync(
        """
        using OpenAI.Responses;

        class C
        {
            bool A(FileSearchCallResponseItem item) => {|#0:item.Status != FileSearchCallStatus.Completed || item.Status != FileSearchCallStatus.Failed|};

            // No state for failure: nobody waits for it.
            bool B(ApplyPatchCallStatus status) => status != ApplyPatchCallStatus.Completed || status != ApplyPatchCallStatus.InProgress;
        }
        """,
        Verify.Diagnostic("AIG4002").WithLocation(0).WithSeverity(DiagnosticSeverity.Info)
            .WithArguments("item.Status != FileSearchCallStatus.Completed || item.Status != FileSearchCallStatus.Failed", "true", "file search call", "join the comparisons with '&&'"));

    [Fact]
    public Task Message_names_the_condition_on_one_line() => Verify.VerifyAnalyzerAsync(
        FineTuning(
            """
            while ({|#0:job.Status != FineTuningStatus.Succeeded // still running
                || job.Status != FineTuningStatus.Failed|})
            {
                job = Fetch();
            }
            """),
        Verify.Diagnostic("AIG4002").WithLocation(0).WithArguments("job.Status != FineTuningStatus.Succeeded || job.Status != FineTuningStatus.Failed", "true", "fine-tuning job", "join the comparisons with '&&'"));

    [Fact]
    public Task Comments_and_lines_stay() => Verify.VerifyCodeFixAsync(
        FineTuning(
            """
            while ({|AIG4002:job.Status != FineTuningStatus.Succeeded // done
                || /* or */ job.Status != FineTuningStatus.Failed
                || job.Status != FineTuningStatus.Cancelled|})
            {
                job = Fetch();
            }
            """),
        FineTuning(
            """
            while (job.Status != FineTuningStatus.Succeeded // done
                && /* or */ job.Status != FineTuningStatus.Failed
                && job.Status != FineTuningStatus.Cancelled)
            {
                job = Fetch();
            }
            """));

    [Theory]
    [InlineData("job.Status == FineTuningStatus.Failed && job.Status != FineTuningStatus.Failed")] // constant with either operator
    [InlineData("job.Status == FineTuningStatus.Failed && ready && job.Status == FineTuningStatus.Cancelled")] // what to do with the one between?
    [InlineData("job.Status == FineTuningStatus.Failed && (job.Status == FineTuningStatus.Cancelled && ready)")]
    public Task No_fix_where_what_is_meant_is_not_evident(string condition) => Verify.VerifyNoCodeFixAsync(
        FineTuning($"if ({{|AIG4002:{condition}|}}) {{ Use(); }}"));

    private static string FineTuning(string statements) =>
        $$"""
        #pragma warning disable CS1998, CS0219, CS8321
        using System.Collections.Generic;
        using System.Linq;
        using System.Threading.Tasks;
        using OpenAI.FineTuning;

        class C
        {
            static readonly HashSet<FineTuningStatus> s_over = [FineTuningStatus.Succeeded, FineTuningStatus.Failed, FineTuningStatus.Cancelled];

            async Task M(FineTuningJob job, FineTuningJob other, FineTuningJob[] jobs, bool ready, bool verbose, FineTuningStatus wanted, System.Func<FineTuningJob, bool> refresh)
            {
        {{string.Join("\n", statements.Split('\n').Select(line => "        " + line.TrimEnd('\r')))}}
            }

            FineTuningJob Current => Fetch();

            static void Use(object? value = null) { }

            static bool Over(FineTuningStatus status) => status == FineTuningStatus.Succeeded || status == FineTuningStatus.Failed || status == FineTuningStatus.Cancelled;

            static bool IsOver(FineTuningJob job) => s_over.Contains(job.Status);

            static bool Unknown(FineTuningStatus status) { Use(status); return false; }

            FineTuningJob Fetch() => null!;

            bool Refresh() { Use(); return true; }

            Task<bool> RefreshAsync() => Task.FromResult(true);
        }
        """;
}
