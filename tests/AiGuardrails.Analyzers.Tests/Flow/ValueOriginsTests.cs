using AiGuardrails.Analyzers.Flow.Origins;

namespace AiGuardrails.Analyzers.Tests.Flow;

/// <summary>Where values come from: one test at least for every step and every source, both ways.</summary>
public sealed class ValueOriginsTests
{
    [Theory]
    [InlineData("Use(\"fixed\");")]
    [InlineData("Use(\"a\" + \"b\");")]
    [InlineData("const string name = \"a\"; Use($\"You are {name}.\");")]
    [InlineData("var text = \"a\"; text += \"b\"; Use(text);")]
    [InlineData("Use(string.Join(\", \", s_topics));")]
    [InlineData("Use(string.Join(\", \", s_topics.Select(t => \"- \" + t)));")]
    [InlineData("var text = new StringBuilder(); text.Append(\"a\").AppendLine(\"b\"); Use(text.ToString());")]
    [InlineData("var text = new StringBuilder(\"a\", 100); Use(text.ToString());")]
    [InlineData("foreach (var variant in new[] { \"a\", \"b\" }) { Use(variant); }")]
    [InlineData("Use(Prompt());", "static string Prompt() => \"fixed\";")]
    [InlineData("Use(ask.Count > 3 ? \"a\" : \"b\");")]
    [InlineData("Use(ask.Tone switch { Tone.Kind => \"a\", _ => \"b\" });")]
    [InlineData("(string First, string Second) pair = (\"a\", ask.Text); Use(pair.First);")]
    [InlineData("var (first, second) = (\"a\", ask.Text); Use(first);")]
    public void Constant(string statements, string members = "")
    {
        var origins = OriginSnippet.InAction(statements, members);

        Assert.True(origins.IsConstant, OriginSnippet.Text(origins));
    }

    [Theory]
    [InlineData("Use(ask.Text);", "Untrusted the request: ask.Text")]
    [InlineData("Use(topic);", "Untrusted the request: topic")]
    [InlineData("var text = ask.Text; Use(text);", "Untrusted the request: ask.Text")]
    [InlineData("Use($\"About {topic}.\");", "Untrusted the request: topic (part)")]
    [InlineData("Use(\"About \" + topic);", "Untrusted the request: topic (part)")]
    [InlineData("var text = \"About \"; text += topic; Use(text);", "Untrusted the request: topic (part)")]
    [InlineData("var text = \"\"; foreach (var tag in ask.Tags) { text += tag; } Use(text);", "Untrusted the request: ask.Tags (part)")]
    [InlineData("Use(topic.Trim().Replace(\"a\", \"b\").Substring(1));", "Untrusted the request: topic.Trim().Replace(\"a\", \"b\").Substring(1)")]
    [InlineData("Use(topic[..10]);", "Untrusted the request: topic[..10]")]
    [InlineData("Use(string.Format(\"About {0}.\", topic));", "Untrusted the request: topic (part)")]
    [InlineData("Use(string.Concat(\"About \", topic));", "Untrusted the request: topic (part)")]
    [InlineData("Use(\"About {topic}\".Replace(\"{topic}\", topic));", "Untrusted the request: topic (part)")]
    [InlineData("Use(string.Join(\", \", ask.Tags));", "Untrusted the request: ask.Tags (part)")]
    [InlineData("Use(string.Join(\", \", ask.Tags.Where(t => t.Length > 1).Select(t => $\"- {t}\")));", "Untrusted the request: t (part)")]
    [InlineData("Use(string.Join(\", \", from t in ask.Tags select \"- \" + t));", "Untrusted the request: t (part)")]
    [InlineData("Use(ask.Tags.First());", "Untrusted the request: ask.Tags.First()")]
    [InlineData("Use(ask.Tags[0]);", "Untrusted the request: ask.Tags[0]")]
    [InlineData("var text = new StringBuilder(\"a\"); text.Append(\"b\").AppendLine(topic); Use(text.ToString());", "Untrusted the request: topic (part)")]
    [InlineData("var text = new StringBuilder(); text.AppendFormat(\"{0}\", topic); Use(text.ToString());", "Untrusted the request: topic (part)")]
    [InlineData("var text = new StringBuilder(); text.Insert(0, topic); Use(text.ToString());", "Untrusted the request: topic (part)")]
    [InlineData("var text = new StringBuilder(); text.Append($\"About {topic}\"); Use(text.ToString());", "Untrusted the request: topic (part)")]
    [InlineData("var parts = new List<string> { \"a\" }; parts.Add(topic); Use(string.Join(\", \", parts));", "Untrusted the request: topic (part)")]
    [InlineData("string[] parts = [\"a\", topic]; Use(string.Join(\", \", parts));", "Untrusted the request: topic (part)")]
    [InlineData("var parts = new string[2]; parts[0] = topic; Use(string.Join(\", \", parts));", "Untrusted the request: topic (part)")]
    [InlineData("foreach (var tag in ask.Tags) { Use(tag); }", "Untrusted the request: ask.Tags")]
    [InlineData("foreach (var (tag, number) in ask.Tags.Select((t, i) => (t, i))) { Use(tag); }", "Checked: i (part); Untrusted the request: t (part)")]
    [InlineData("var (first, second) = (\"a\", ask.Text); Use(second);", "Untrusted the request: ask.Text")]
    [InlineData("string a; string b; (a, b) = (ask.Text, \"b\"); Use(a);", "Untrusted the request: ask.Text")]
    [InlineData("var (text, _, _, _) = ask; Use(text);", "Untrusted the request: ask")]
    [InlineData("(string First, string Second) pair = (\"a\", ask.Text); Use(pair.Second);", "Untrusted the request: ask.Text")]
    [InlineData("if (ask is { Text: { Length: > 1 } text }) { Use(text); }", "Untrusted the request: text")]
    [InlineData("object data = ask.Text; if (data is string text) { Use(text); }", "Untrusted the request: text")]
    [InlineData("Use(ask?.Text ?? \"none\");", "Untrusted the request: ask?.Text")]
    [InlineData("Use(ask.Count > 3 ? ask.Text : \"none\");", "Untrusted the request: ask.Text")]
    [InlineData("Use(await Task.FromResult(topic));", "Untrusted the request: topic (part)")]
    [InlineData("Use(Request.Query[\"q\"]);", "Untrusted the request: Request.Query[\"q\"]")]
    [InlineData("Use(HttpContext.Request.Query[\"q\"]);", "Untrusted the request: HttpContext.Request.Query[\"q\"]")]
    [InlineData("Request.Query.TryGetValue(\"q\", out var q); Use(q);", "Untrusted the request: q")]
    [InlineData("using var reader = new StreamReader(Request.Body); Use(await reader.ReadToEndAsync());", "Untrusted the request: Request.Body (part)")]
    [InlineData("Use(new { a = 1, b = topic }.b);", "Untrusted the request: topic")]
    [InlineData("var other = new Settings { Prompt = topic }; Use(other.Prompt);", "Untrusted the request: topic")]
    [InlineData("var other = new Settings(); other.Prompt = topic; Use(other.Prompt);", "Unknown: other.Prompt; Untrusted the request: topic")]
    [InlineData("Use(JsonSerializer.Serialize(ask));", "Untrusted the request: ask (part)")]
    [InlineData("Use(JsonDocument.Parse(topic).RootElement.GetProperty(\"a\").GetString());", "Untrusted the request: topic (part)")]
    [InlineData("Use(Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(topic)));", "Untrusted the request: topic (part)")]
    [InlineData("Func<string, string> shape = t => t; Use(ask.Tags.Select(t => t.ToUpper()).Last());", "Untrusted the request: ask.Tags.Select(t => t.ToUpper()).Last()")]
    public void Steps_from_the_request(string statements, string expected) => Assert.Equal(expected, OriginSnippet.Text(OriginSnippet.InAction(statements)));

    [Theory]
    [InlineData("string.Format(\"{0}\", topic)")]
    [InlineData("string.Concat(\"a\", topic)")]
    [InlineData("\"a\".Insert(0, topic)")]
    [InlineData("\"a\".Replace(\"a\", topic)")]
    [InlineData("string.Copy(topic)")]
    [InlineData("string.Intern(topic)")]
    [InlineData("string.Join(\", \", \"a\", topic)")]
    [InlineData("Encoding.UTF8.GetString(bytes)")]
    [InlineData("Encoding.UTF8.GetBytes(topic)")]
    [InlineData("Encoding.UTF8.GetChars(bytes)")]
    [InlineData("new UTF8Encoding(false).GetString(bytes)")]
    [InlineData("System.Text.Encodings.Web.HtmlEncoder.Default.Encode(topic)")]
    [InlineData("System.Text.Encodings.Web.JavaScriptEncoder.Default.Encode(topic)")]
    [InlineData("System.Text.Encodings.Web.UrlEncoder.Default.Encode(topic)")]
    [InlineData("JsonSerializer.Serialize(topic)")]
    [InlineData("JsonDocument.Parse(topic)")]
    [InlineData("System.Text.Json.Nodes.JsonNode.Parse(topic)")]
    [InlineData("Convert.ToString(topic)")]
    [InlineData("Convert.FromBase64String(topic)")]
    [InlineData("Convert.ToBase64String(bytes)")]
    [InlineData("System.Net.WebUtility.UrlDecode(topic)")]
    [InlineData("System.Web.HttpUtility.UrlDecode(topic)")]
    [InlineData("Uri.UnescapeDataString(topic)")]
    [InlineData("BinaryData.FromString(topic)")]
    [InlineData("System.Text.RegularExpressions.Regex.Match(topic, \"a\")")]
    [InlineData("System.Text.RegularExpressions.Regex.Matches(topic, \"a\")")]
    [InlineData("System.Text.RegularExpressions.Regex.Split(topic, \"a\")")]
    [InlineData("System.Text.RegularExpressions.Regex.Escape(topic)")]
    [InlineData("System.Text.RegularExpressions.Regex.Unescape(topic)")]
    [InlineData("new System.Text.RegularExpressions.Regex(\"a\").Match(topic)")]
    [InlineData("Path.Combine(\"a\", topic)")]
    [InlineData("Task.FromResult(topic)")]
    [InlineData("ValueTask.FromResult(topic)")]
    [InlineData("Task.WhenAll(Task.FromResult(topic))")]
    [InlineData("Task.WhenAny(Task.FromResult(topic))")]
    [InlineData("s_topics.Concat(ask.Tags)")]
    [InlineData("s_topics.Union(ask.Tags)")]
    [InlineData("s_topics.Append(topic)")]
    [InlineData("s_topics.Prepend(topic)")]
    [InlineData("Enumerable.Repeat(topic, 2)")]
    [InlineData("s_topics.Zip(ask.Tags)")]
    [InlineData("s_topics.DefaultIfEmpty(topic)")]
    [InlineData("s_topics.Select(known => topic)")]
    [InlineData("s_topics.SelectMany(known => ask.Tags)")]
    [InlineData("s_topics.AsQueryable().Select(known => topic)")]
    [InlineData("s_topics.AsParallel().Select(known => topic)")]
    [InlineData("s_topics.Aggregate((a, b) => topic)")]
    [InlineData("s_topics.Aggregate(topic, (a, b) => a + b)")]
    [InlineData("ask.Tags.Aggregate((a, b) => \"a\")")]
    [InlineData("s_topics.Zip(ask.Tags, (a, b) => b)")]
    [InlineData("new StringBuilder().Append(topic)")]
    [InlineData("new StringBuilder().AppendLine(topic)")]
    [InlineData("new StringBuilder().AppendFormat(\"{0}\", topic)")]
    [InlineData("new StringBuilder().AppendJoin(\", \", ask.Tags)")]
    [InlineData("new StringBuilder().Insert(0, topic)")]
    [InlineData("new StringBuilder(\"a\").Replace(\"a\", topic)")]
    [InlineData("System.Collections.Immutable.ImmutableArray.Create(topic)")]
    [InlineData("System.Collections.Immutable.ImmutableList.Create(topic)")]
    [InlineData("Array.AsReadOnly(ask.Tags.ToArray())")]
    [InlineData("Tuple.Create(topic)")]
    [InlineData("ValueTuple.Create(topic)")]
    [InlineData("KeyValuePair.Create(\"a\", topic)")]
    [InlineData("topic.AsSpan().ToString()")]
    public void Text_goes_through_what_passes_it_on(string expression) =>
        Assert.NotEmpty(OriginSnippet.InAction("var bytes = Encoding.UTF8.GetBytes(topic); Use((object)Passed()); object Passed() => (object)" + expression + ";").Untrusted);

    [Theory]
    [InlineData("\"a\".PadLeft(topic.Length)")]
    [InlineData("\"abc\".IndexOf(topic)")]
    [InlineData("string.CompareOrdinal(\"a\", topic)")]
    [InlineData("System.Text.RegularExpressions.Regex.Replace(\"a\", topic, \"b\")")]
    [InlineData("new StringBuilder().Equals(topic)")]
    [InlineData("s_topics.Except(ask.Tags)")]
    [InlineData("s_topics.Contains(topic)")]
    [InlineData("Convert.ToInt32(topic)")]
    [InlineData("Encoding.UTF8.GetByteCount(topic)")]
    public void Text_that_is_only_asked_stays_where_it_is(string expression) =>
        Assert.Empty(OriginSnippet.InAction("Use((object)" + expression + ");").Untrusted);

    [Theory]
    [InlineData("var all = new StringBuilder(); all.Append(topic); Use(all.ToString());")]
    [InlineData("var all = new StringBuilder(); all.Insert(0, topic); Use(all.ToString());")]
    [InlineData("var all = new StringBuilder(\"a\"); all.Replace(\"a\", topic); Use(all.ToString());")]
    [InlineData("var all = new StringWriter(); all.Write(topic); Use(all.ToString());")]
    [InlineData("TextWriter all = new StringWriter(); all.Write(topic); Use(all.ToString());")]
    [InlineData("var all = new MemoryStream(); all.Write(Encoding.UTF8.GetBytes(topic)); Use(all.ToArray());")]
    [InlineData("var all = new List<string>(); all.Add(topic); Use(string.Concat(all));")]
    [InlineData("var all = new List<string>(); all.AddRange(ask.Tags); Use(string.Concat(all));")]
    [InlineData("var all = new List<string>(); all.Insert(0, topic); Use(string.Concat(all));")]
    [InlineData("var all = new List<string>(); all.InsertRange(0, ask.Tags); Use(string.Concat(all));")]
    [InlineData("var all = new Stack<string>(); all.Push(topic); Use(string.Concat(all));")]
    [InlineData("var all = new Queue<string>(); all.Enqueue(topic); Use(string.Concat(all));")]
    [InlineData("var all = new HashSet<string>(); all.Add(topic); Use(string.Concat(all));")]
    [InlineData("var all = new Dictionary<string, string>(); all[\"a\"] = topic; Use(all[\"a\"]);")]
    [InlineData("var all = new System.Collections.Concurrent.ConcurrentQueue<string>(); all.Enqueue(topic); Use(string.Concat(all));")]
    [InlineData("var all = new System.Collections.ArrayList(); all.Add(topic); Use(string.Concat(all.ToArray()));")]
    [InlineData("var all = new string[1]; all[0] = topic; Use(string.Concat(all));")]
    [InlineData("var all = new Dictionary<string, string>(); all.TryAdd(\"a\", topic); Use(string.Join(\", \", all));")]
    [InlineData("var all = new System.Collections.Concurrent.ConcurrentDictionary<string, string>(); all.AddOrUpdate(\"a\", topic, (k, v) => v); Use(string.Join(\", \", all));")]
    [InlineData("var all = new System.Collections.Concurrent.ConcurrentDictionary<string, string>(); all.GetOrAdd(\"a\", topic); Use(string.Join(\", \", all));")]
    [InlineData("var all = new Dictionary<string, string>(); all.Add(\"a\", topic); Use(all[\"a\"]);")]
    [InlineData("var all = new Dictionary<string, string>(); all.Add(\"a\", topic); Use(string.Concat(all.Values));")]
    [InlineData("var all = new System.Collections.Concurrent.ConcurrentDictionary<string, string>(); all.GetOrAdd(\"a\", topic); Use(all[\"a\"]);")]
    public void Text_that_is_put_into_a_container_is_in_it(string statements) => Assert.NotEmpty(OriginSnippet.InAction(statements).Untrusted);

    [Theory]
    [InlineData("var all = new List<string> { \"a\" }; all.Remove(topic); Use(string.Concat(all));")]
    [InlineData("var all = new List<string> { \"a\" }; all.Contains(topic); Use(string.Concat(all));")]
    [InlineData("var all = new Dictionary<string, string> { [\"a\"] = \"b\" }; all.ContainsKey(topic); Use(all[\"a\"]);")]
    [InlineData("var all = new Dictionary<string, string> { [\"a\"] = \"b\" }; Use(all[\"a\"]); all.Add(\"c\", topic);")]
    [InlineData("var all = new StringBuilder(\"a\"); all.EnsureCapacity(topic.Length); Use(all.ToString());")]
    public void Container_that_is_only_asked_holds_no_more(string statements) => Assert.Empty(OriginSnippet.InAction(statements).Untrusted);

    [Theory]
    [InlineData("Use(Prompt(topic));", "static string Prompt(string about) => $\"About {about}\";", "topic")]
    [InlineData("Use(Prompt(topic));", "string Prompt(string about) { if (about.Length > 3) { return \"none\"; } var text = \"About \" + about; return text; }", "topic")]
    [InlineData("Use(Prompt(about: topic, number: 3));", "static string Prompt(int number, string about) { return about + number; }", "topic")]
    [InlineData("Use(topic.AsPrompt());", "} static class Extensions { public static string AsPrompt(this string about) => \"About \" + about;", "topic")]
    [InlineData("Use(await PromptAsync(topic));", "static async Task<string> PromptAsync(string about) { await Task.Yield(); return about; }", "topic")]
    [InlineData("var text = new StringBuilder(); Fill(text, topic); Use(text.ToString());", "static void Fill(StringBuilder target, string about) { target.Append(about); }", "topic")]
    [InlineData("string Local() => topic; Use(Local());", "", "topic")]
    [InlineData("_about = topic; Use(_about);", "string _about = \"\";", "topic")]
    [InlineData("About = topic; Use(About);", "public string About { get; private set; } = \"\";", "topic")]
    public void Helpers_and_members_of_the_same_object(string statements, string members, string source)
    {
        var origins = OriginSnippet.InAction(statements, members);

        var origin = Assert.Single(origins.Untrusted);
        Assert.Equal("the request", origin.Words);
        Assert.Equal(source, origin.Source.Syntax.ToString());
    }

    [Theory]
    [InlineData("Use(ask.Tone.ToString());")]
    [InlineData("Use($\"{ask.Count}\");")]
    [InlineData("Use(int.Parse(topic).ToString());")]
    [InlineData("Use(Guid.TryParse(topic, out var id) ? id.ToString() : \"none\");")]
    [InlineData("Use(Enum.Parse<Tone>(topic).ToString());")]
    [InlineData("if (topic == \"billing\") { Use(topic); }")]
    [InlineData("if (topic is \"billing\" or \"delivery\") { Use(topic); }")]
    [InlineData("if (topic is not (\"billing\" or \"delivery\")) { return 0; } Use(topic);")]
    [InlineData("if (topic != \"billing\" && topic != \"delivery\") { throw new ArgumentException(); } Use(topic);")]
    [InlineData("if (!s_topics.Contains(topic)) { return 0; } Use(topic);")]
    [InlineData("if (!s_topics.Contains(topic, StringComparer.OrdinalIgnoreCase)) { topic = \"billing\"; } Use(topic);")]
    [InlineData("if (!s_topics.Contains(topic.Trim().ToLowerInvariant())) { return 0; } Use(topic);")]
    [InlineData("var known = s_topics.Contains(topic); if (!known) { return 0; } Use($\"About {topic}\");")]
    [InlineData("Use(s_topics.Contains(topic) ? topic : \"billing\");")]
    [InlineData("Use(s_prompts[topic]);")]
    [InlineData("if (!s_prompts.TryGetValue(topic, out var prompt)) { return 0; } Use(prompt);")]
    [InlineData("Use(s_prompts.GetValueOrDefault(topic, \"none\"));")]
    [InlineData("switch (topic) { case \"billing\": case \"delivery\": Use(topic); break; }")]
    [InlineData("Use(topic switch { \"billing\" or \"delivery\" => topic, _ => \"other\" });")]
    [InlineData("if (string.Equals(topic, \"billing\", StringComparison.OrdinalIgnoreCase)) { Use(topic); }")]
    [InlineData("if (!s_topics.Any(t => t == topic)) { return 0; } Use(topic);")]
    [InlineData("if (ask.Text is not \"a\") { return 0; } Use(ask.Text);")]
    [InlineData("if (!IsKnown(topic)) { return 0; } Use(topic);", "static bool IsKnown(string text) => s_topics.Contains(text);")]
    [InlineData("if (!IsKnown(topic)) { return 0; } Use(topic);", "[Sanitizer] static bool IsKnown(string text) => text.Length > 3;")]
    [InlineData("Ensure(topic); Use(topic);", "[Sanitizer] static void Ensure(string text) { if (text.Length > 3) { throw new ArgumentException(); } }")]
    [InlineData("Use(Clean(topic));", "[Sanitizer] static string Clean(string text) => text.Replace(\"<\", \"\");")]
    [InlineData("Use(new Safe(topic).Text);", "} [Sanitizer] class Safe(string text) { public string Text => text;")]
    public void Checked_text_is_no_text_of_others(string statements, string members = "") =>
        Assert.Empty(OriginSnippet.InAction(statements, members).Untrusted);

    [Theory]
    [InlineData("if (topic != \"billing\") { Use(topic); }")]
    [InlineData("if (string.IsNullOrWhiteSpace(topic)) { return 0; } Use(topic);")]
    [InlineData("if (topic.Length > 100) { return 0; } Use(topic);")]
    [InlineData("if (topic.Contains(\"ignore\")) { return 0; } Use(topic);")]
    [InlineData("if (s_topics.Contains(topic)) { return 0; } Use(topic);")]
    [InlineData("if (!s_topics.Contains(topic)) { Console.WriteLine(topic); } Use(topic);")]
    [InlineData("if (!s_topics.Contains(topic)) { return 0; } topic = ask.Text; Use(topic);")]
    [InlineData("if (!s_topics.Contains(ask.Text)) { return 0; } Use(topic);")]
    [InlineData("switch (topic) { case \"billing\": break; default: Use(topic); break; }")]
    [InlineData("Use(topic switch { \"billing\" => \"b\", _ => topic });")]
    [InlineData("if (!HasText(topic)) { return 0; } Use(topic);", "static bool HasText(string text) => text.Length > 0;")]
    public void Other_questions_leave_it_untrusted(string statements, string members = "") =>
        Assert.NotEmpty(OriginSnippet.InAction(statements, members).Untrusted);

    [Theory]
    [InlineData("Use(service.Prompt);", "Unknown: service.Prompt")]
    [InlineData("Use(configuration[\"Prompt\"]);", "Configuration configuration: configuration[\"Prompt\"]")]
    [InlineData("Use(settings.Value.Prompt);", "Configuration configuration: settings.Value.Prompt")]
    [InlineData("Use(Environment.GetEnvironmentVariable(\"PROMPT\"));", "Configuration configuration: Environment.GetEnvironmentVariable(\"PROMPT\")")]
    [InlineData("Use(HttpContext.RequestServices.GetService(typeof(Settings))!.ToString());", "Unknown: HttpContext.RequestServices.GetService(typeof(Settings))!.ToString()")]
    [InlineData("Use(Request.HttpContext.RequestServices.ToString());", "Unknown: Request.HttpContext.RequestServices.ToString()")]
    [InlineData("Use(File.ReadAllText(\"prompts/system.txt\"));", "Configuration a file of the team: File.ReadAllText(\"prompts/system.txt\")")]
    [InlineData("Use(File.ReadAllText(Path.Combine(configuration[\"Folder\"], \"system.txt\")));", "Configuration a file of the team: File.ReadAllText(Path.Combine(configuration[\"Folder\"], \"system.txt\"))")]
    [InlineData("using var reader = new StreamReader(\"prompts/system.txt\"); Use(reader.ReadToEnd());", "Configuration a file of the team: reader.ReadToEnd()")]
    [InlineData("Use(File.ReadAllText(Directory.GetCurrentDirectory()));", "Unknown: File.ReadAllText(Directory.GetCurrentDirectory())")]
    [InlineData("Use(File.ReadAllText(topic));", "Untrusted a file: File.ReadAllText(topic)")]
    [InlineData("Use(Console.ReadLine());", "Untrusted console input: Console.ReadLine()")]
    [InlineData("Use(await Console.In.ReadToEndAsync());", "Untrusted console input: Console.In.ReadToEndAsync()")]
    [InlineData("using var http = new HttpClient(); Use(await http.GetStringAsync(\"https://example.org\"));", "Untrusted the reply of another service: http.GetStringAsync(\"https://example.org\")")]
    [InlineData("using var http = new HttpClient(); var reply = await http.GetAsync(\"https://example.org\"); Use(await reply.Content.ReadAsStringAsync());", "Untrusted the reply of another service: reply.Content.ReadAsStringAsync()")]
    [InlineData("using var http = new HttpClient(); Use((await http.GetFromJsonAsync<Ask>(\"https://example.org\"))!.Text);", "Untrusted the reply of another service: (await http.GetFromJsonAsync<Ask>(\"https://example.org\"))!.Text")]
    [InlineData("System.Data.Common.DbDataReader reader = null!; Use(reader.GetString(0));", "Untrusted the database: reader.GetString(0)")]
    [InlineData("System.Data.Common.DbDataReader reader = null!; Use(reader[\"name\"].ToString());", "Untrusted the database: reader[\"name\"].ToString()")]
    [InlineData("System.Data.Common.DbDataReader reader = null!; Use(reader.GetInt32(0).ToString());", "Checked: reader.GetInt32(0).ToString()")]
    [InlineData("Azure.Messaging.ServiceBus.ServiceBusReceivedMessage message = null!; Use(message.Body.ToString());", "Untrusted a message: message.Body.ToString()")]
    [InlineData("ChatCompletion reply = await new ChatClient(\"m\", \"k\").CompleteChatAsync(\"hi\"); Use(reply.Content[0].Text);", "ModelOutput model output: reply.Content[0].Text")]
    [InlineData("var reply = await new ChatClient(\"m\", \"k\").CompleteChatAsync(\"hi\"); Use(reply.Value.Content[0].Text);", "ModelOutput model output: reply.Value.Content[0].Text")]
    [InlineData("ChatToolCall call = null!; Use(call.FunctionArguments.ToString());", "ToolArguments tool arguments: call.FunctionArguments.ToString()")]
    [InlineData("using var document = JsonDocument.Parse(((ChatToolCall)null!).FunctionArguments); Use(document.RootElement.GetProperty(\"city\").GetString());", "ToolArguments tool arguments: ((ChatToolCall)null!).FunctionArguments (part)")]
    public void Sources(string statements, string expected) => Assert.Equal(expected, OriginSnippet.Text(OriginSnippet.InAction(statements)));

    [Theory]
    [InlineData("Untrusted the request: ask.Text", "app.MapPost(\"/ask\", (Ask ask) => Use(ask.Text));")]
    [InlineData("Untrusted the request: text", "app.MapGet(\"/ask\", (string text) => Use(text));")]
    [InlineData("Unknown: settings.Text", "app.MapGet(\"/ask\", (Ask settings) => Use(settings.Text));")]
    [InlineData("Unknown: service.Prompt", "app.MapPost(\"/ask\", (Service service) => Use(service.Prompt));")]
    [InlineData("Unknown: ask.Text", "app.MapPost(\"/ask\", ([FromServices] Ask ask) => Use(ask.Text));")]
    [InlineData("Untrusted the request: ask.Text", "app.MapPost(\"/ask\", Post); string Post(Ask ask) => Use(ask.Text);")]
    [InlineData("Untrusted the request: ask.Text", "app.MapPost(\"/ask\", Endpoints.Post); } } static class Endpoints { public static string Post(Ask ask) { return Use(ask.Text);")]
    [InlineData("Untrusted the request: request.Query[\"q\"]", "app.MapGet(\"/ask\", (HttpRequest request) => Use(request.Query[\"q\"]));")]
    [InlineData("Untrusted the request: context.Request.Query[\"q\"]", "app.MapGet(\"/ask\", (HttpContext context) => Use(context.Request.Query[\"q\"]));")]
    [InlineData("ToolArguments tool arguments: city", "Microsoft.Extensions.AI.AIFunctionFactory.Create((string city) => Use(city));")]
    [InlineData("ToolArguments tool arguments: city", "Microsoft.Extensions.AI.AIFunctionFactory.Create(Tools.Weather); } } static class Tools { public static string Weather(string city) { return Use(city);")]
    [InlineData("Unknown: city", "} } static class Tools { public static string Weather(string city) { return Use(city);")]
    public void Endpoints_and_tools(string expected, string statements) => Assert.Equal(expected, OriginSnippet.Text(OriginSnippet.InSource(
        $$"""
        record Ask(string Text);
        class Service { public string Prompt { get; set; } = ""; public void Load() { } }
        class Start { void Configure(IEndpointRouteBuilder app) { {{statements}} } }
        """)));

    [Theory]
    [InlineData("Untrusted a client of the hub: text", "class ChatHub : Microsoft.AspNetCore.SignalR.Hub { public Task Send(string text) { Use(text); return Task.CompletedTask; } }")]
    [InlineData("Unknown: text", "class ChatHub : Microsoft.AspNetCore.SignalR.Hub { private Task Send(string text) { Use(text); return Task.CompletedTask; } }")]
    [InlineData("Untrusted a message: context.Message.Text", "class Consumer : MassTransit.IConsumer<Ask> { public Task Consume(MassTransit.ConsumeContext<Ask> context) { Use(context.Message.Text); return Task.CompletedTask; } }")]
    [InlineData("Untrusted the request: ask.Text", "class Base { public virtual Task<Ask> Answer(Ask ask, Grpc.Core.ServerCallContext context) => null!; } class Service : Base { public override Task<Ask> Answer(Ask ask, Grpc.Core.ServerCallContext context) { Use(ask.Text); return null!; } }")]
    [InlineData("Untrusted a message: text", "class FunctionAttribute(string name) : Attribute { } class QueueTriggerAttribute : Attribute { } class Job { [Function(\"job\")] public void Run([QueueTrigger] string text) => Use(text); }")]
    [InlineData("Unknown: text", "class FunctionAttribute(string name) : Attribute { } class BlobInputAttribute : Attribute { } class Job { [Function(\"job\")] public void Run([BlobInput] string text) => Use(text); }")]
    [InlineData("ToolArguments tool arguments: city", "class KernelFunctionAttribute : Attribute { } class Plugin { [KernelFunction] public string Weather(string city) => Use(city); }")]
    [InlineData("Unknown: ask.Text", "class AskController : ControllerBase { [NonAction] public void Post(Ask ask) => Use(ask.Text); }")]
    [InlineData("Unknown: ask.Text", "class AskService { public void Post(Ask ask) => Use(ask.Text); }")]
    [InlineData("Untrusted 'text', which is marked as untrusted: text", "class AskService { public void Post([Untrusted] string text) => Use(text); }")]
    [InlineData("Untrusted 'Body', which is marked as untrusted: mail.Body", "class Mail { [Untrusted] public string Body { get; set; } = \"\"; } class Reader { public void Post(Mail mail) => Use(mail.Body); }")]
    [InlineData("Untrusted 'Read', which is marked as untrusted: box.Read()", "interface IMailbox { [Untrusted] string Read(); } class Box : IMailbox { public string Read() => \"\"; } class Reader { public void Post(Box box) => Use(box.Read()); }")]
    [InlineData("Retrieved retrieved text: store.Find(\"q\")", "interface IStore { [Retrieved] string Find(string query); } class Reader { public void Post(IStore store) => Use(store.Find(\"q\")); }")]
    [InlineData("Retrieved retrieved text: passage.Text", "[Retrieved] class Passage { public string Text { get; set; } = \"\"; } class Reader { public void Post(List<Passage> passages) { foreach (var passage in passages) { Use(passage.Text); } } }")]
    [InlineData("Configuration the command line: args[0]", "class Program { static void Main(string[] args) => Use(args[0]); }")]
    public void Handlers_and_marks(string expected, string source) =>
        Assert.Equal(expected, OriginSnippet.Text(OriginSnippet.InSource("record Ask(string Text); " + source)));

    [Fact]
    public void Names_of_the_team_are_sources_and_checks()
    {
        var options = new OriginOptions(["Mail.Body"], ["Cleaner"]);

        Assert.Single(OriginSnippet.InAction("Use(new Mailbox().Next().Body);", "} class Mailbox { public Mail Next() => null!; } class Mail { public string Body { get; set; } = \"\";", options).Untrusted);
        Assert.Empty(OriginSnippet.InAction("Use(new Mailbox().Next().Body);", "} class Mailbox { public Mail Next() => null!; } class Mail { public string Body { get; set; } = \"\";").Untrusted);
        Assert.Empty(OriginSnippet.InAction("Use(Cleaner.Clean(topic));", "} static class Cleaner { public static string Clean(string text) => text.Trim();", options).Untrusted);
        Assert.Single(OriginSnippet.InAction("Use(Cleaner.Clean(topic));", "} static class Cleaner { public static string Clean(string text) => text.Trim();").Untrusted);
    }

    [Theory]
    [InlineData("Use(Ping(topic, 3));", "string Ping(string text, int n) => n == 0 ? text : Pong(text, n - 1); string Pong(string text, int n) => n == 0 ? text : Ping(text, n - 1);")]
    [InlineData("Use(_a);", "readonly string _a = _b + \"a\"; static string _b = _c + \"b\"; static string _c = _b;")]
    [InlineData("var a = topic; var b = a; for (var i = 0; i < 3; i++) { a = b + a; b = a + b; } Use(a + b);")]
    [InlineData("var list = new List<object>(); list.Add(list); Use(string.Join(\"\", list));")]
    public void Cycles_end(string statements, string members = "") => Assert.NotEmpty(OriginSnippet.InAction(statements, members).Origins);

    [Fact]
    public void Text_doubled_forty_times_over_ends()
    {
        var statements = "var a0 = topic;" + string.Concat(Enumerable.Range(1, 40).Select(static i => $"var a{i} = a{i - 1} + a{i - 1};")) + "Use(a40);";

        Assert.NotEmpty(OriginSnippet.InAction(statements).Origins);
    }

    [Fact]
    public void Sum_of_two_thousand_parts_ends()
    {
        var statements = "Use(" + string.Join(" + ", Enumerable.Range(0, 2000).Select(static i => i % 2 == 0 ? "\"a\"" : "ask.Text")) + ");";

        Assert.NotEmpty(OriginSnippet.InAction(statements).Origins);
    }

    [Fact]
    public void First_of_a_hundred_parts_is_seen()
    {
        var statements = "Use(topic + " + string.Join(" + ", Enumerable.Repeat("\"a\"", 100)) + ");";

        Assert.Single(OriginSnippet.InAction(statements).Untrusted);
    }

    [Fact]
    public void Rule_can_say_what_is_harmless_to_it()
    {
        var flow = FlowSource.Of("using static Sink; class C { void M() => Use(System.Net.WebUtility.HtmlEncode(Console.ReadLine())); } static class Sink { public static void Use(string text) { } }");
        var origins = ValueOrigins.In(flow.Ai, flow.BodyOf("M"), OriginOptions.None);

        Assert.Single(origins.Of(flow.Used(), default).Untrusted);
        Assert.Empty(origins.Of(flow.Used(), static operation => operation is Microsoft.CodeAnalysis.Operations.IInvocationOperation { TargetMethod.Name: "HtmlEncode" }, default).Untrusted);
    }

    [Fact]
    public void Cancellation_is_honoured()
    {
        var flow = FlowSource.Of("using static Sink; class C { void M() => Use(\"a\" + Console.ReadLine()); } static class Sink { public static void Use(string text) { } }");

        Assert.ThrowsAny<OperationCanceledException>(() => ValueOrigins.In(flow.Ai, flow.BodyOf("M"), OriginOptions.None).Of(flow.Used(), new CancellationToken(canceled: true)));
    }
}
