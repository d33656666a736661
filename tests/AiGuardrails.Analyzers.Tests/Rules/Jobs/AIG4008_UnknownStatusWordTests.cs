using AiGuardrails.Testing;
using Verify = AiGuardrails.Testing.CSharpCodeFixVerifier<
    AiGuardrails.Analyzers.Rules.Jobs.UnknownStatusWordAnalyzer,
    AiGuardrails.CodeFixes.Rules.Jobs.UnknownStatusWordCodeFix>;

namespace AiGuardrails.Analyzers.Tests.Rules.Jobs;

public sealed class AIG4008_UnknownStatusWordTests
{
    [Theory]
    [InlineData("job.Status == {0}", "canceled", "cancelled")]
    [InlineData("job.Status != {0}", "success", "succeeded")]
    [InlineData("{0} == job.Status", "complete", "succeeded")]
    [InlineData("job.Status == {0}", "completed", "succeeded")]
    [InlineData("job.Status == {0}", "pending", "queued")]
    [InlineData("job.Status == {0}", "error", "failed")]
    [InlineData("job.Status == {0}", "in_progress", "running")]
    [InlineData("job.Status == {0}", "succeded", "succeeded")] // a letter is missing
    [InlineData("job.Status.Equals({0})", "FAILED", "failed")] // the overload for strings regards case
    [InlineData("job.Status.ToString() == {0}", "Succeeded", "succeeded")] // the text of a string struct is the word of the service
    [InlineData("job.Status.ToString() is {0} or \"failed\"", "Cancelled", "cancelled")]
    [InlineData("job.Status.ToString().Equals({0})", "Failed", "failed")]
    [InlineData("string.Equals(job.Status.ToString(), {0})", "Failed", "failed")]
    [InlineData("string.Equals({0}, job.Status.ToString(), System.StringComparison.OrdinalIgnoreCase)", "Canceled", "cancelled")]
    [InlineData("job.Status.ToString().ToUpperInvariant() == {0}", "CANCELED", "CANCELLED")]
    [InlineData("job.Status.ToString().ToLower() == {0}", "Failed", "failed")]
    [InlineData("job.Status.ToString() is \"succeeded\" or \"failed\" or {0}", "canceled", "cancelled")]
    [InlineData("job.Status.ToString() is not (\"succeeded\" or {0})", "error", "failed")]
    [InlineData("new[] {{ \"succeeded\", \"failed\", {0} }}.Contains(job.Status.ToString())", "canceled", "cancelled")]
    [InlineData("new HashSet<string> {{ \"succeeded\", {0} }}.Contains(job.Status.ToString())", "Failed", "failed")]
    [InlineData("new HashSet<FineTuningStatus> {{ \"succeeded\", {0} }}.Contains(job.Status)", "canceled", "cancelled")]
    [InlineData("new Dictionary<string, int> {{ [\"succeeded\"] = 1, [{0}] = 2 }}.ContainsKey(job.Status.ToString())", "canceled", "cancelled")]
    [InlineData("new Dictionary<string, int> {{ {{ \"succeeded\", 1 }}, {{ {0}, 2 }} }}.TryGetValue(job.Status.ToString(), out _)", "canceled", "cancelled")]
    [InlineData("job.Status == (ready ? {0} : \"failed\")", "canceled", "cancelled")] // on the branch at fault
    [InlineData("job.Status.ToString() switch {{ \"succeeded\" => true, {0} => false, _ => throw new System.Exception() }}", "canceled", "cancelled")]
    [InlineData("job is {{ Status: var s }} && s == {0}", "canceled", "cancelled")]
    [InlineData("IsOver(job.Status.ToString()) || job.Status == {0}", "canceled", "cancelled")]
    public Task Word_that_is_never_sent_is_reported_and_replaced(string condition, string wrong, string right) => Verify.VerifyCodeFixAsync(
        FineTuning("Use(" + string.Format(System.Globalization.CultureInfo.InvariantCulture, condition, "{|AIG4008:\"" + wrong + "\"|}") + ");"),
        FineTuning("Use(" + string.Format(System.Globalization.CultureInfo.InvariantCulture, condition, "\"" + right + "\"") + ");"));

    [Theory]
    [InlineData("job.Status == \"cancelled\"")]
    [InlineData("job.Status == \"FAILED\"")] // the operator converts, and ignores case
    [InlineData("job.Status != \"Succeeded\"")]
    [InlineData("job.Status.Equals(\"failed\")")]
    [InlineData("job.Status.Equals((FineTuningStatus)\"FAILED\")")]
    [InlineData("job.Status.ToString() == \"failed\"")]
    [InlineData("job.Status.ToString().Equals(\"FAILED\", System.StringComparison.OrdinalIgnoreCase)")]
    [InlineData("string.Equals(job.Status.ToString(), \"Failed\", System.StringComparison.OrdinalIgnoreCase)")]
    [InlineData("new HashSet<string>(System.StringComparer.OrdinalIgnoreCase) { \"FAILED\" }.Contains(job.Status.ToString())")]
    [InlineData("new[] { \"FAILED\" }.Contains(job.Status.ToString(), System.StringComparer.OrdinalIgnoreCase)")]
    [InlineData("job.Status.ToString().ToUpperInvariant() == \"FAILED\"")]
    [InlineData("job.Status == \"paused\"")] // on the wire, and in no member of the struct
    [InlineData("job.Status == \"\"")]
    [InlineData("job.Status.ToString() == null")]
    [InlineData("job.Status == wanted")]
    [InlineData("job.Status.ToString() is \"cancelled\" or \"canceled\"")] // both spellings: does no harm
    [InlineData("job.Status == \"canceled\" || job.Status == FineTuningStatus.Cancelled")]
    [InlineData("job.Status.ToString() is \"succeeded\" or \"success\" or \"completed\"")]
    [InlineData("new[] { \"succeeded\", \"completed\", \"failed\", \"cancelled\", \"canceled\", \"expired\" }.Contains(job.Status.ToString())")] // serves other jobs too
    [InlineData("job.Status.ToString() switch { \"cancelled\" => true, \"canceled\" => true, _ => false }")]
    [InlineData("job.Status.ToString().Length == 3")]
    [InlineData("job.BaseModel == \"canceled\"")]
    [InlineData("job.Status.ToString().StartsWith(\"cancel\")")]
    [InlineData("text == \"canceled\"")]
    public Task Word_that_is_sent_or_does_no_harm_is_not_reported(string condition) => Verify.VerifyAnalyzerAsync(
        FineTuning($"Use({condition});"));

    [Theory]
    [InlineData("if (job.Status == \"cancelled\") { Use(); } else if (job.Status == \"canceled\") { Use(); }")]
    [InlineData("if (job.Status == \"canceled\") { Use(); } if (job.Status == FineTuningStatus.Cancelled) { Use(); }")]
    [InlineData("switch (job.Status.ToString()) { case \"cancelled\": case \"canceled\": Use(); break; }")]
    [InlineData("var status = \"new\"; while (status is \"new\" or \"running\") { status = job.Status.ToString(); }")] // a word of the program's own
    [InlineData("var status = text; if (status == \"canceled\") { status = job.Status.ToString(); }")] // may be anything
    [InlineData("var status = job.Status.ToString() == \"succeeded\" ? \"done\" : \"pending\"; Use(status == \"done\");")] // mapped
    [InlineData("var record = new Record { Status = job.Status.ToString() }; Use(record.Status == \"canceled\");")] // and kept
    public Task Ways_of_one_choice_count_as_one(string statement) => Verify.VerifyAnalyzerAsync(FineTuning(statement));

    [Fact]
    public Task Switches_locals_and_helpers_are_looked_at() => Verify.VerifyCodeFixAsync(
        FineTuning(
            """
            switch (job.Status.ToString())
            {
                case "succeeded":
                case {|AIG4008:"canceled"|}: // spelled as in America
                    Use();
                    break;
                case var other when other == {|AIG4008:"Failed"|}:
                    break;
            }

            string status = "";
            while (status != {|AIG4008:"done"|})
            {
                status = job.Status.ToString();
            }

            Use(Failed(job.Status.ToString()));
            Use(Failed(status));
            """,
            """
            static bool Failed(string status) => status is "failed" or {|AIG4008:"canceled"|};
            """),
        FineTuning(
            """
            switch (job.Status.ToString())
            {
                case "succeeded":
                case "cancelled": // spelled as in America
                    Use();
                    break;
                case var other when other == "failed":
                    break;
            }

            string status = "";
            while (status != "succeeded")
            {
                status = job.Status.ToString();
            }

            Use(Failed(job.Status.ToString()));
            Use(Failed(status));
            """,
            """
            static bool Failed(string status) => status is "failed" or "cancelled";
            """));

    [Fact]
    public Task Helper_that_others_may_call_is_not_reported() => Verify.VerifyAnalyzerAsync(
        FineTuning(
            "Use(Failed(job.Status.ToString())); Use(AlsoFailed(job.Status.ToString())); Use(AlsoFailed(text));",
            """
            public static bool Failed(string status) => status is "failed" or "canceled";
            static bool AlsoFailed(string status) => status is "failed" or "canceled";
            """));

    [Fact]
    public Task Two_words_for_one_state_become_one() => Verify.VerifyCodeFixAsync(
        FineTuning("Use(job.Status.ToString() is {|AIG4008:\"success\"|} or {|AIG4008:\"completed\"|});"),
        FineTuning("Use(job.Status.ToString() is \"succeeded\" or \"completed\");"));

    [Fact]
    public Task Constant_is_reported_where_it_is_used_and_left_alone() => Verify.VerifyNoCodeFixAsync(
        FineTuning("const string Stopped = \"canceled\"; Use(job.Status == {|AIG4008:Stopped|});"));

    [Fact]
    public Task Word_of_nothing_has_no_fix() => Verify.VerifyNoCodeFixAsync(
        FineTuning("Use(job.Status == {|AIG4008:\"archived\"|});"));

    [Fact]
    public Task Text_of_an_enum_is_the_name_of_its_member() => Verify.VerifyCodeFixAsync(
        """
        using OpenAI.Responses;

        class C
        {
            bool A(ResponseResult r) => r.Status.ToString() == {|AIG4008:"completed"|};
            bool B(ResponseResult r) => r.Status.ToString() == {|AIG4008:"in_progress"|};
            bool D(ResponseResult r) => r.Status?.ToString() is {|AIG4008:"canceled"|} or "Failed";
            bool E(ResponseResult r) => r.Status.ToString() == "Completed";
            bool F(ResponseResult r) => r.Status.ToString()!.ToLowerInvariant() == "completed";
            bool G(ResponseResult r) => r.Status.ToString() == nameof(ResponseStatus.Completed);
            bool H(ResponseResult r) => r.Status.ToString() == ResponseStatus.Completed.ToString();
            bool I(ResponseResult r) => r.Status!.Value.ToString("D") == "1";
            bool J(ResponseResult r) => r.Status.ToString() == "";
        }
        """,
        """
        using OpenAI.Responses;

        class C
        {
            bool A(ResponseResult r) => r.Status.ToString() == "Completed";
            bool B(ResponseResult r) => r.Status.ToString() == "InProgress";
            bool D(ResponseResult r) => r.Status?.ToString() is "Cancelled" or "Failed";
            bool E(ResponseResult r) => r.Status.ToString() == "Completed";
            bool F(ResponseResult r) => r.Status.ToString()!.ToLowerInvariant() == "completed";
            bool G(ResponseResult r) => r.Status.ToString() == nameof(ResponseStatus.Completed);
            bool H(ResponseResult r) => r.Status.ToString() == ResponseStatus.Completed.ToString();
            bool I(ResponseResult r) => r.Status!.Value.ToString("D") == "1";
            bool J(ResponseResult r) => r.Status.ToString() == "";
        }
        """);

    [Fact]
    public Task Anthropic_spells_with_one_l_and_its_text_is_json() => Verify.VerifyCodeFixAsync(
        """
        using Anthropic.Models.Messages.Batches;
        using Anthropic.Models.Beta.Dreams;

        class C
        {
            bool A(MessageBatch b) => b.ProcessingStatus == {|AIG4008:"cancelling"|};
            bool B(MessageBatch b) => b.ProcessingStatus.Raw() == {|AIG4008:"completed"|};
            bool D(BetaDream d) => d.Status.Raw() is "failed" or {|AIG4008:"cancelled"|};
            bool E(BetaDream d) => d.Status.Value().ToString() == {|AIG4008:"canceled"|};
            bool F(BetaDream d) => d.Status.ToString() == {|AIG4008:"failed"|};
            bool G(BetaDream d) => d.Status == BetaDreamStatus.Failed || d.Status == "canceled" || d.Status == "pending";
            bool H(BetaDream d) => d.Status.ToString() == "\"failed\"";
        }
        """,
        """
        using Anthropic.Models.Messages.Batches;
        using Anthropic.Models.Beta.Dreams;

        class C
        {
            bool A(MessageBatch b) => b.ProcessingStatus == "canceling";
            bool B(MessageBatch b) => b.ProcessingStatus.Raw() == "ended";
            bool D(BetaDream d) => d.Status.Raw() is "failed" or "canceled";
            bool E(BetaDream d) => d.Status.Value().ToString() == "Canceled";
            bool F(BetaDream d) => d.Status.ToString() == {|AIG4008:"failed"|};
            bool G(BetaDream d) => d.Status == BetaDreamStatus.Failed || d.Status == "canceled" || d.Status == "pending";
            bool H(BetaDream d) => d.Status.ToString() == "\"failed\"";
        }
        """);

    [Fact]
    public Task Eval_runs_are_canceled_with_one_l() => Verify.VerifyCodeFixAsync(
        """
        using System.Text.Json;
        using System.Threading.Tasks;
        using OpenAI.Evals;

        class C
        {
            async Task<bool> M(EvaluationClient client, string evaluation, string run)
            {
                var reply = await client.GetEvaluationRunAsync(evaluation, run, null);
                using var doc = JsonDocument.Parse(reply.GetRawResponse().Content);
                var status = doc.RootElement.GetProperty("status").GetString();
                return status is "completed" or "failed" or {|AIG4008:"cancelled"|};
            }
        }
        """,
        """
        using System.Text.Json;
        using System.Threading.Tasks;
        using OpenAI.Evals;

        class C
        {
            async Task<bool> M(EvaluationClient client, string evaluation, string run)
            {
                var reply = await client.GetEvaluationRunAsync(evaluation, run, null);
                using var doc = JsonDocument.Parse(reply.GetRawResponse().Content);
                var status = doc.RootElement.GetProperty("status").GetString();
                return status is "completed" or "failed" or "canceled";
            }
        }
        """);

    [Theory]
    [InlineData("doc.RootElement.GetProperty(\"status\").GetString() == {|AIG4008:\"canceled\"|}")]
    [InlineData("doc.RootElement.GetProperty(\"status\").ValueEquals({|AIG4008:\"canceled\"|})")]
    [InlineData("doc.RootElement.GetProperty(\"status\").ValueEquals({|AIG4008:\"canceled\"u8|})")]
    [InlineData("doc.RootElement.TryGetProperty(\"status\", out var status) && status.GetString() == {|AIG4008:\"Succeeded\"|}")]
    [InlineData("doc.RootElement.GetProperty(\"data\")[0].GetProperty(\"status\").GetString() == {|AIG4008:\"success\"|}")]
    [InlineData("(string?)node[\"status\"] == {|AIG4008:\"completed\"|}")]
    [InlineData("node[\"status\"]!.GetValue<string>() == {|AIG4008:\"completed\"|}")]
    [InlineData("job!.Status == {|AIG4008:\"FAILED\"|}")]
    [InlineData("job!.Status.Equals({|AIG4008:\"FAILED\"|})")]
    [InlineData("job is { Status: \"succeeded\" or {|AIG4008:\"canceled\"|} }")]
    [InlineData("(await StatusAsync(http)) is \"succeeded\" or {|AIG4008:\"canceled\"|}")]
    [InlineData("job!.Status == {|AIG4008:\"pending\"|}")]
    [InlineData("doc.RootElement.GetProperty(\"error\").GetProperty(\"status\").GetString() == \"canceled\"")] // not the job's
    [InlineData("doc.RootElement.GetProperty(\"state\").GetString() == \"canceled\"")]
    [InlineData("(string?)node[\"training\"]![\"status\"] == \"completed\"")]
    [InlineData("record.Status == \"canceled\"")] // gets its status from the program
    [InlineData("stored.Status == \"canceled\"")] // no reply is read into it
    [InlineData("job!.Status == \"archived\"")] // stands for nothing that is sent
    public Task Strings_of_a_reply_over_http(string condition) => Verify.VerifyAnalyzerAsync(
        Http("https://api.openai.com/v1/fine_tuning/jobs/ftjob-1", $"Use({condition});"),
        static test => test.SilentWithoutSdk = false);

    [Theory]
    [InlineData("https://res.openai.azure.com/openai/fine_tuning/jobs/1", "pending")] // sent there
    [InlineData("v1/fine_tuning/jobs/1", "pending")] // who knows where
    [InlineData("v1/fine_tuning/jobs/1", "SUCCESS")] // others send capitals
    [InlineData("https://api.mistral.ai/v1/fine_tuning/jobs/1", "success")]
    [InlineData("https://api.together.xyz/v1/fine-tunes/1", "completed")]
    [InlineData("https://api.openai.com/v1/batches/1", "completed")]
    [InlineData("https://api.openai.com/v1/files/1", "canceled")]
    [InlineData("https://example.com/jobs/1", "canceled")]
    [InlineData("https://res.openai.azure.com/openai/v1/video/generations/jobs/1", "succeeded")]
    public Task Words_of_other_services_are_not_reported(string url, string word) => Verify.VerifyAnalyzerAsync(
        Http(url, $"Use((string?)node[\"status\"] == \"{word}\");"));

    [Theory]
    [InlineData("v1/fine_tuning/jobs/1", "canceled", "cancelled")]
    [InlineData("https://res.openai.azure.com/openai/fine_tuning/jobs/1", "success", "succeeded")]
    [InlineData("https://api.openai.com/v1/batches/1", "succeeded", "completed")]
    [InlineData("https://api.openai.com/v1/threads/1/runs/2", "succeeded", "completed")]
    [InlineData("https://api.openai.com/v1/videos/1", "succeeded", "completed")]
    [InlineData("https://api.openai.com/v1/evals/1/runs/2", "cancelled", "canceled")]
    public Task Words_of_the_service_in_view_are_known(string url, string wrong, string right) => Verify.VerifyCodeFixAsync(
        Http(url, $"Use((string?)node[\"status\"] == {{|AIG4008:\"{wrong}\"|}});"),
        Http(url, $"Use((string?)node[\"status\"] == \"{right}\");"),
        static test => test.SilentWithoutSdk = false);

    [Fact]
    public Task Words_of_Azure_are_left_where_its_SDK_is_referenced() => Verify.VerifyAnalyzerAsync(
        FineTuning("Use(job.Status == \"pending\"); Use(job.Status == {|AIG4008:\"canceled\"|});"),
        static test => test.References = ReferenceSets.Default | ReferenceSets.AzureOpenAI);

    [Fact]
    public Task Messages_name_the_word_and_the_one_that_is_meant() => Verify.VerifyAnalyzerAsync(
        FineTuning("Use(job.Status == {|#0:\"canceled\"|}); Use(job.Status.Equals({|#1:\"FAILED\"|})); Use(job.Status == {|#2:\"archived\"|});"),
        Verify.Diagnostic("AIG4008").WithLocation(0).WithArguments("No fine-tuning job ever has the status 'canceled'; the API sends 'cancelled'"),
        Verify.Diagnostic("AIG4008").WithLocation(1).WithArguments("The status of the fine-tuning job is never spelled 'FAILED' here; the API sends 'failed', and this comparison regards case"),
        Verify.Diagnostic("AIG4008").WithLocation(2).WithArguments("No fine-tuning job ever has the status 'archived'; the API sends 'validating_files', 'queued', 'running', 'succeeded', 'failed', 'cancelled', 'paused'"));

    [Fact]
    public Task Half_typed_code_does_no_harm() => AnalyzerFuzz.VerifyNeverThrowsAsync<AiGuardrails.Analyzers.Rules.Jobs.UnknownStatusWordAnalyzer>(
        FineTuning("switch (job.Status.ToString()) { case \"canceled\": Use(new[] { \"a\", \"canceled\" }.Contains(job.Status.ToString())); break; }"));

    private static string FineTuning(string statements, string members = "") =>
        $$"""
        #pragma warning disable CS1998, CS0219, CS8321
        using System.Collections.Generic;
        using System.Linq;
        using OpenAI.FineTuning;

        class C
        {
            void M(FineTuningJob job, bool ready, FineTuningStatus wanted, string text)
            {
        {{Indented(statements)}}
            }

            static void Use(object? value = null) { }

            static bool IsOver(string status) { Use(status); return false; }

        {{Indented(members)}}
        }

        class Record { public string Status { get; set; } = ""; }
        """;

    private static string Http(string url, string statements) =>
        $$"""
        #pragma warning disable CS1998, CS0219, CS8321
        using System.Net.Http;
        using System.Net.Http.Json;
        using System.Text.Json;
        using System.Text.Json.Nodes;
        using System.Threading.Tasks;

        class C
        {
            const string Url = "{{url}}";

            async Task M(HttpClient http)
            {
                var json = await http.GetStringAsync(Url);
                using var doc = JsonDocument.Parse(json);
                var node = JsonNode.Parse(json)!;
                var job = await http.GetFromJsonAsync<Job>(Url);
                var record = JsonSerializer.Deserialize<Record>(json)!;
                record.Status = "submitted";
                var stored = new Stored();
        {{Indented(statements)}}
            }

            static async Task<string> StatusAsync(HttpClient http)
            {
                var reply = JsonNode.Parse(await http.GetStringAsync(Url))!;
                return (string)reply["status"]!;
            }

            static void Use(object? value = null) { }
        }

        class Job { public string Status { get; set; } = ""; }

        class Record { public string Status { get; set; } = ""; }

        class Stored { public string Status { get; set; } = ""; }
        """;

    private static string Indented(string lines) => string.Join("\n", lines.Split('\n').Select(static line => "        " + line.TrimEnd('\r')));
}
