
namespace AiGuardrails.Analyzers.Tests.Flow;

/// <summary>Which operations compare a job status with constants: the form of the status, what is asked, and the constants.</summary>
public sealed class StatusComparisonsTests
{
    [Theory]
    [InlineData("job.Status == FineTuningStatus.Failed", "StringStruct job.Status = Failed")]
    [InlineData("FineTuningStatus.Failed == job.Status", "StringStruct job.Status = Failed")]
    [InlineData("job.Status != FineTuningStatus.Failed", "StringStruct job.Status <> Failed")]
    [InlineData("job.Status == \"failed\"", "StringStruct job.Status = 'failed' i")]
    [InlineData("job.Status.Equals(\"failed\")", "StringStruct job.Status = 'failed'")]
    [InlineData("job.Status.Equals(FineTuningStatus.Failed)", "StringStruct job.Status = Failed")]
    [InlineData("job.Status == new FineTuningStatus(\"failed\")", "StringStruct job.Status = 'failed' i")]
    [InlineData("job.Status.ToString() == \"failed\"", "Word job.Status = 'failed'")]
    [InlineData("job.Status.ToString() == FineTuningStatus.Failed.ToString()", "Word job.Status = 'failed'")]
    [InlineData("job.Status.ToString().Equals(\"Failed\", StringComparison.OrdinalIgnoreCase)", "Word job.Status = 'Failed' i")]
    [InlineData("string.Equals(\"Failed\", job.Status.ToString(), StringComparison.OrdinalIgnoreCase)", "Word job.Status = 'Failed' i")]
    [InlineData("StringComparer.OrdinalIgnoreCase.Equals(job.Status.ToString(), \"Failed\")", "Word job.Status = 'Failed' i")]
    [InlineData("job.Status.ToString().ToLowerInvariant() == \"failed\"", "Word Lower job.Status = 'failed'")]
    [InlineData("job.Status.ToString() is \"failed\" or \"cancelled\"", "Word job.Status = 'failed'|Word job.Status = 'cancelled'")]
    [InlineData("job is { Status: var status } && status == \"failed\"", "StringStruct status = 'failed' i")]
    [InlineData("(ready ? FineTuningStatus.Failed : FineTuningStatus.Cancelled) == job.Status", "StringStruct job.Status = Failed, Cancelled ?")]
    [InlineData("s_words.Contains(job.Status.ToString())", "Word job.Status = 'failed', 'cancelled'")]
    [InlineData("s_folded.Contains(job.Status.ToString())", "Word job.Status = 'failed' i")]
    [InlineData("s_map.ContainsKey(job.Status.ToString())", "Word job.Status = 'failed'")]
    [InlineData("new List<FineTuningStatus> { FineTuningStatus.Failed }.Contains(job.Status)", "StringStruct job.Status = Failed")]
    [InlineData("_job.Status == FineTuningStatus.Failed", "StringStruct _job.Status = Failed")]
    [InlineData("this._job.Status == FineTuningStatus.Failed", "StringStruct _job.Status = Failed")]
    [InlineData("jobs[0].Status == FineTuningStatus.Failed", "StringStruct jobs.[0].Status = Failed")]
    [InlineData("job?.Status == FineTuningStatus.Failed", "StringStruct job.Status = Failed")]
    [InlineData("Fetch().Status == FineTuningStatus.Failed", "StringStruct - = Failed")]
    [InlineData("response.Status == ResponseStatus.Failed", "Enum response.Status = Failed")]
    [InlineData("response.Status is ResponseStatus.Failed", "Enum response.Status = Failed")]
    [InlineData("response.Status is null", "Enum response.Status = null")]
    [InlineData("response.Status.HasValue", "Enum response.Status <> null", true)]
    [InlineData("response.Status.Value == ResponseStatus.Failed", "Enum response.Status = Failed")]
    [InlineData("response.Status.ToString() == \"Failed\"", "MemberName response.Status = 'Failed'")]
    [InlineData("response.Status.ToString() == nameof(ResponseStatus.Failed)", "MemberName response.Status = 'Failed'")]
    [InlineData("batch.ProcessingStatus == ProcessingStatus.Ended", "OpenEnum batch.ProcessingStatus = Ended")]
    [InlineData("batch.ProcessingStatus == \"ended\"", "OpenEnum batch.ProcessingStatus = 'ended'")]
    [InlineData("batch.ProcessingStatus.Value() == ProcessingStatus.Ended", "Enum batch.ProcessingStatus = Ended")]
    [InlineData("batch.ProcessingStatus.Raw() == \"ended\"", "Word batch.ProcessingStatus = 'ended'")]
    [InlineData("batch.ProcessingStatus.ToString() == \"ended\"", "QuotedWord batch.ProcessingStatus = 'ended'")]
    [InlineData("s_words.ToHashSet().Contains(job.Status.ToString())", "Word job.Status = 'failed', 'cancelled'")]
    [InlineData("s_words.ToHashSet(StringComparer.InvariantCultureIgnoreCase).Contains(job.Status.ToString())", "Word job.Status = 'failed' i, 'cancelled' i")]
    [InlineData("s_words.ToList().Contains(job.Status.ToString())", "Word job.Status = 'failed', 'cancelled'")]
    [InlineData("s_words.ToImmutableHashSet().Contains(job.Status.ToString())", "Word job.Status = 'failed', 'cancelled'")]
    [InlineData("s_words.ToImmutableArray().Contains(job.Status.ToString())", "Word job.Status = 'failed', 'cancelled'")]
    [InlineData("System.Collections.Frozen.FrozenSet.ToFrozenSet(s_words, StringComparer.CurrentCultureIgnoreCase).Contains(job.Status.ToString())", "Word job.Status = 'failed' i, 'cancelled' i")]
    [InlineData("ImmutableHashSet.Create(\"failed\", \"cancelled\").Contains(job.Status.ToString())", "Word job.Status = 'failed', 'cancelled'")]
    [InlineData("Array.AsReadOnly(s_words).Contains(job.Status.ToString())", "Word job.Status = 'failed', 'cancelled'")]
    [InlineData("s_map.TryGetValue(job.Status.ToString(), out _)", "Word job.Status = 'failed'")]
    [InlineData("StringComparer.InvariantCultureIgnoreCase.Equals(job.Status.ToString(), \"Failed\")", "Word job.Status = 'Failed' i")]
    [InlineData("StringComparer.CurrentCultureIgnoreCase.Equals(job.Status.ToString(), \"Failed\")", "Word job.Status = 'Failed' i")]
    [InlineData("StringComparer.Ordinal.Equals(job.Status.ToString(), \"failed\")", "Word job.Status = 'failed'")]
    [InlineData("job.Status.ToString().Equals(\"Failed\", StringComparison.CurrentCultureIgnoreCase)", "Word job.Status = 'Failed' i")]
    [InlineData("job.Status.ToString().Equals(\"Failed\", StringComparison.InvariantCultureIgnoreCase)", "Word job.Status = 'Failed' i")]
    [InlineData("job.Status.ToString().Equals(\"failed\", StringComparison.CurrentCulture)", "Word job.Status = 'failed'")]
    [InlineData("job.Status.ToString().ToLower() == \"failed\"", "Word Lower job.Status = 'failed'")]
    [InlineData("job.Status.ToString().ToUpper() == \"FAILED\"", "Word Upper job.Status = 'FAILED'")]
    [InlineData("job.Status.ToString().ToUpperInvariant() == \"FAILED\"", "Word Upper job.Status = 'FAILED'")]
    [InlineData("job.Status.ToString().Trim() == \"failed\"", "Word job.Status = 'failed'")]
    [InlineData("response.Status.Value.ToString(\"G\") == \"Failed\"", "MemberName response.Status = 'Failed'")]
    [InlineData("response.Status.Value.ToString(\"g\") == \"Failed\"", "MemberName response.Status = 'Failed'")]
    [InlineData("response.Status.ToString().ToLower() == \"failed\"", "MemberName Lower response.Status = 'failed'")]
    public void Comparison_is_found(string condition, string expected, bool asOperation = false) => Assert.Equal(expected, Found(condition, asOperation));

    [Theory]
    [InlineData("job.BaseModel == \"failed\"")]
    [InlineData("job.Status == wanted")]
    [InlineData("job.Status.ToString() == text")]
    [InlineData("text == \"failed\"")]
    [InlineData("job.Status.ToString().StartsWith(\"fail\")")]
    [InlineData("job.Status.ToString().Length == 6")]
    [InlineData("response.Status > ResponseStatus.Completed")]
    [InlineData("response.Status.Value.ToString(\"D\") == \"1\"")]
    [InlineData("(int)response.Status.Value == 1")]
    [InlineData("s_open.Contains(job.Status.ToString())")]
    [InlineData("FineTuningStatus.Failed == FineTuningStatus.Cancelled")]
    [InlineData("s_words.ToHashSet(StringComparer.Ordinal).Contains(job.Status.ToString())")] // which case, it says no more
    [InlineData("new List<string>(s_words) { \"failed\" }.Contains(job.Status.ToString())")] // and what else is in it
    public void Nothing_is_found(string condition) => Assert.Equal("", Found(condition));

    [Theory]
    [InlineData("var status = job.Status; Use(status == \"failed\");", "StringStruct status = 'failed' i")]
    [InlineData("var status = job.Status.ToString(); Use(status == \"failed\");", "Word status = 'failed'")]
    [InlineData("var status = \"new\"; status = job.Status.ToString(); Use(status == \"failed\");", "Word status = 'failed' (new)")]
    [InlineData("var status = job.Status.ToString(); status = text; Use(status == \"failed\");", "")] // may be anything
    [InlineData("var set = new[] { \"failed\" }; Use(set.Contains(job.Status.ToString()));", "Word job.Status = 'failed'")]
    [InlineData("var set = new List<string> { \"failed\" }; set.Add(text); Use(set.Contains(job.Status.ToString()));", "")]
    [InlineData("var set = new[] { \"failed\" }; set = [text]; Use(set.Contains(job.Status.ToString()));", "")]
    [InlineData("var map = new Dictionary<string, int> { [\"failed\"] = 1 }; map[text] = 2; Use(map.ContainsKey(job.Status.ToString()));", "")]
    [InlineData("Use(Tell(job) == \"failed\");", "Word - = 'failed'")] // a helper of the project
    [InlineData("switch (job.Status.ToString()) { case \"failed\": break; }", "Word job.Status = 'failed'")]
    [InlineData("Use(job.Status.ToString() switch { \"failed\" => true, _ => false });", "Word job.Status = 'failed'")]
    [InlineData("Use(jobs.Any(j => j.Status == FineTuningStatus.Failed));", "StringStruct j.Status = Failed")]
    public void Statements_are_looked_through(string statements, string expected) => Assert.Equal(expected, FoundIn(statements));

    [Theory]
    [InlineData("using var doc = JsonDocument.Parse(await http.GetStringAsync(Url)); Use(doc.RootElement.GetProperty(\"status\").GetString() == \"failed\");", "Word doc.RootElement.[status] = 'failed'")]
    [InlineData("using var doc = JsonDocument.Parse(await http.GetStringAsync(Url)); Use(doc.RootElement.GetProperty(\"status\").ValueEquals(\"failed\"));", "Word doc.RootElement.[status] = 'failed'")]
    [InlineData("using var doc = JsonDocument.Parse(await http.GetStringAsync(Url)); var status = doc.RootElement.GetProperty(\"status\"); Use(status.GetString() == \"failed\");", "Word status = 'failed'")]
    [InlineData("using var doc = JsonDocument.Parse(await http.GetStringAsync(Url)); if (doc.RootElement.TryGetProperty(\"status\", out var status)) { Use(status.GetString() == \"failed\"); }", "Word status = 'failed'")]
    [InlineData("var reply = await http.GetFromJsonAsync<Reply>(Url); Use(reply.Status == \"failed\");", "Word reply.Status = 'failed'")]
    [InlineData("var reply = await http.GetFromJsonAsync<Reply>(Url); Use(reply.State == \"failed\");", "Word reply.State = 'failed'")] // by its name in JSON
    [InlineData("var reply = await http.GetFromJsonAsync<Reply>(Url); Use(reply.Model == \"failed\");", "")]
    [InlineData("using var doc = JsonDocument.Parse(await http.GetStringAsync(Url)); Use(doc.RootElement.GetProperty(\"error\").GetProperty(\"status\").GetString() == \"failed\");", "")]
    [InlineData("Use(own.Status == \"failed\");", "")]
    [InlineData("var node = System.Text.Json.Nodes.JsonNode.Parse(await http.GetStringAsync(Url)); Use(node[\"status\"].GetValue<string>() == \"failed\");", "Word node.[status] = 'failed'")]
    [InlineData("var node = System.Text.Json.Nodes.JsonNode.Parse(await http.GetStringAsync(Url)); Use(node[\"status\"].ToString() == \"failed\");", "Word node.[status] = 'failed'")]
    [InlineData("var node = System.Text.Json.Nodes.JsonNode.Parse(await http.GetStringAsync(Url)); Use((string)node[\"status\"] == \"failed\");", "Word node.[status] = 'failed'")]
    [InlineData("var node = System.Text.Json.Nodes.JsonNode.Parse(await http.GetStringAsync(Url)); Use(node[\"error\"][\"status\"].ToString() == \"failed\");", "")]
    [InlineData("var node = System.Text.Json.Nodes.JsonNode.Parse(await http.GetStringAsync(Url)); Use(node[\"data\"][\"status\"].ToString() == \"failed\");", "Word node.[data].[status] = 'failed'")]
    [InlineData("var node = System.Text.Json.Nodes.JsonNode.Parse(await http.GetStringAsync(Url)).AsObject(); if (node.TryGetPropertyValue(\"status\", out var status)) { Use(status.ToString() == \"failed\"); }", "Word status = 'failed'")]
    [InlineData("var token = Newtonsoft.Json.Linq.JObject.Parse(await http.GetStringAsync(Url)); Use(token.Value<string>(\"status\") == \"failed\");", "Word token.[status] = 'failed'")]
    [InlineData("var token = Newtonsoft.Json.Linq.JObject.Parse(await http.GetStringAsync(Url)); Use(token.SelectToken(\"status\").ToString() == \"failed\");", "Word token.[status] = 'failed'")]
    [InlineData("var token = Newtonsoft.Json.Linq.JObject.Parse(await http.GetStringAsync(Url)); Use(token.GetValue(\"status\").ToString() == \"failed\");", "Word token.[status] = 'failed'")]
    [InlineData("var token = Newtonsoft.Json.Linq.JObject.Parse(await http.GetStringAsync(Url)); if (token.TryGetValue(\"status\", out var status)) { Use(status.ToString() == \"failed\"); }", "Word status = 'failed'")]
    [InlineData("var token = Newtonsoft.Json.Linq.JObject.Parse(await http.GetStringAsync(Url)); Use(token.GetValue(\"model\").ToString() == \"failed\");", "")]
    [InlineData("var token = Newtonsoft.Json.Linq.JToken.Parse(await http.GetStringAsync(Url)); Use(token[\"status\"].ToString() == \"failed\");", "Word token.[status] = 'failed'")]
    public void Replies_over_http_are_looked_through(string statements, string expected) => Assert.Equal(expected, FoundIn(statements, "https://api.openai.com/v1/fine_tuning/jobs/1"));

    private static string Found(string condition, bool asOperation = false)
    {
        if (!asOperation)
        {
            return FoundIn($"Use({condition});");
        }

        var source = Source($"Use({condition});", "");
        return new StatusComparisons(source.Ai, source.BodyOf("M"), CancellationToken.None).Of(source.Used()) is { } comparison ? Shown(comparison) : "";
    }

    private static string FoundIn(string statements, string url = "https://example.com")
    {
        var source = Source(statements, url);
        return string.Join("|", new StatusComparisons(source.Ai, source.BodyOf("M"), CancellationToken.None).All().Select(Shown));
    }

    private static string Shown(StatusComparison comparison)
    {
        var status = comparison.Status;
        var constants = string.Join(", ", comparison.Constants.Select(static constant => constant.Kind switch
        {
            StatusConstantKind.Null => "null",
            StatusConstantKind.Member => constant.Text,
            _ => "'" + constant.Text + "'" + (constant.IgnoresCase ? " i" : ""),
        }));

        return status.Form + (status.Case == TextCase.AsIs ? "" : " " + status.Case)
            + " " + (status.Path is { } path ? path.Root.Name + path.Members : "-")
            + (comparison.IsNegated ? " <> " : " = ") + constants
            + (comparison.IsComplete ? "" : " ?")
            + (status.OwnWords.IsEmpty ? "" : " (" + string.Join(", ", status.OwnWords) + ")");
    }

    private static FlowSource Source(string statements, string url) => FlowSource.Of(
        $$"""
        using Anthropic.Models.Messages.Batches;
        using OpenAI.FineTuning;
        using OpenAI.Responses;

        class C
        {
            const string Url = "{{url}}";

            static readonly string[] s_words = ["failed", "cancelled"];
            static readonly HashSet<string> s_folded = new(StringComparer.OrdinalIgnoreCase) { "failed" };
            static readonly Dictionary<string, int> s_map = new() { ["failed"] = 1 };
            static string[] s_open = ["failed"];
            FineTuningJob _job;

            async Task M(FineTuningJob job, FineTuningJob[] jobs, ResponseResult response, MessageBatch batch, FineTuningStatus wanted, string text, bool ready, HttpClient http, Own own)
            {
                {{statements}}
            }

            static string Tell(FineTuningJob job) => job.Status.ToString();

            FineTuningJob Fetch() => null;

            static void Use(bool value) { }
        }

        class Reply
        {
            public string Status { get; set; }
            public string Model { get; set; }
            [System.Text.Json.Serialization.JsonPropertyName("status")] public string State { get; set; }
        }

        class Own { public string Status { get; set; } }

        namespace Newtonsoft.Json.Linq
        {
            class JToken
            {
                public static JToken Parse(string json) => new();
                public JToken this[object key] => this;
                public JToken SelectToken(string path) => this;
                public T Value<T>(object key) => default;
            }

            class JObject : JToken
            {
                public static new JObject Parse(string json) => new();
                public JToken GetValue(string name) => this;
                public bool TryGetValue(string name, out JToken value) { value = this; return true; }
            }
        }
        """);
}
