using Microsoft.CodeAnalysis.Operations;

namespace AiGuardrails.Analyzers.Tests.Flow;

/// <summary>What ends a loop around a generation call.</summary>
public sealed class LoopBoundsTests
{
    private const string Ask = "ChatCompletion reply = await chat.CompleteChatAsync(messages); ";
    private const string StopsItself = "if (reply.FinishReason == ChatFinishReason.Stop) { break; } ";

    [Theory]
    [InlineData("while (true) { " + Ask + "}")]
    [InlineData("while (true) { " + Ask + StopsItself + "}")]
    [InlineData("for (;;) { " + Ask + StopsItself + "}")]
    [InlineData("for (var i = 0; ; i++) { " + Ask + StopsItself + "}")] // counted, and never compared
    [InlineData("ChatCompletion last; do { last = await chat.CompleteChatAsync(messages); } while (last.FinishReason == ChatFinishReason.ToolCalls);")]
    [InlineData("ChatCompletion last = await chat.CompleteChatAsync(messages); while (last.FinishReason != ChatFinishReason.Stop) { last = await chat.CompleteChatAsync(messages); }")]
    [InlineData("while (true) { " + Ask + "if (reply.Content[0].Text.Contains(\"DONE\")) { return \"\"; } }")]
    [InlineData("while (true) { " + Ask + "var text = TextOf(reply); if (text == \"DONE\") { return text; } }")]
    [InlineData("while (true) { " + Ask + "if (IsFinal(reply)) { break; } }")]
    [InlineData("while (true) { " + Ask + "if (reply.ToolCalls.Count == 0) { break; } foreach (var call in reply.ToolCalls) { if (call.FunctionName == \"finish\") { return \"\"; } } }")]
    [InlineData("while (true) { " + Ask + "if (!int.TryParse(reply.Content[0].Text, out var n)) { continue; } if (n > 3) { break; } }")]
    [InlineData("while (true) { " + Ask + "switch (reply.FinishReason) { case ChatFinishReason.Stop: return \"\"; case ChatFinishReason.Length: continue; } }")]
    [InlineData("while (true) { " + Ask + "var done = reply.FinishReason is ChatFinishReason.Stop or ChatFinishReason.Length; if (done) { break; } }")]
    [InlineData("var done = false; while (!done) { " + Ask + "if (reply.ToolCalls.Count == 0) { done = true; } }")]
    [InlineData("while (true) { try { " + Ask + "return \"\"; } catch (HttpRequestException) { } }")]
    [InlineData("while (true) { try { " + Ask + "return \"\"; } catch (Exception e) when (e is HttpRequestException { StatusCode: System.Net.HttpStatusCode.TooManyRequests }) { await Task.Delay(1000); } }")]
    [InlineData("var delay = 100; while (true) { try { " + Ask + "return \"\"; } catch (HttpRequestException) { if (delay < 5000) { delay *= 2; } await Task.Delay(delay); } }")] // compared, but no way out hangs on it
    [InlineData("while (!token.IsCancellationRequested) { " + Ask + "}")]
    [InlineData("while (true) { token.ThrowIfCancellationRequested(); " + Ask + "}")]
    [InlineData("using var source = new CancellationTokenSource(); while (!source.IsCancellationRequested) { " + Ask + "}")]
    [InlineData("while (!_open.IsCancellationRequested) { " + Ask + "}")]
    [InlineData("while (verbose) { " + Ask + "}")] // never changes
    [InlineData("while (true) { " + Ask + "Console.WriteLine(reply.Content[0].Text); " + StopsItself + "}")]
    [InlineData("while (true) { await foreach (var update in chat.CompleteChatStreamingAsync(messages)) { if (update.FinishReason == ChatFinishReason.Stop) { return \"\"; } } }")]
    [InlineData("using var source = new CancellationTokenSource(Timeout.InfiniteTimeSpan); while (!source.IsCancellationRequested) { " + Ask + "}")]
    [InlineData("using var source = new CancellationTokenSource(-1); while (!source.IsCancellationRequested) { " + Ask + "}")]
    [InlineData("using var source = new CancellationTokenSource(); source.CancelAfter(Timeout.Infinite); while (!source.IsCancellationRequested) { " + Ask + "}")]
    [InlineData("using var source = new CancellationTokenSource(); source.CancelAfter(Timeout.InfiniteTimeSpan); while (!source.IsCancellationRequested) { " + Ask + "}")]
    [InlineData("using var source = CancellationTokenSource.CreateLinkedTokenSource(token); while (!source.Token.IsCancellationRequested) { " + Ask + "}")]
    [InlineData("var none = CancellationToken.None; while (!none.IsCancellationRequested) { " + Ask + "}")]
    [InlineData("var none = new CancellationToken(); while (!none.IsCancellationRequested) { " + Ask + "}")]
    [InlineData("var source = new CancellationTokenSource(); source.TryReset(); source.Dispose(); source?.Dispose(); while (!source.IsCancellationRequested) { " + Ask + "}")]
    [InlineData("while (true) { var text = File.ReadAllText(\"prompt.txt\"); " + Ask + "}")] // the same one again
    [InlineData("while (true) { var some = messages.Take(3).ToList(); " + Ask + "}")]
    [InlineData("var uri = new Uri(\"https://example.org\"); while (uri.IsAbsoluteUri) { " + Ask + "}")]
    [InlineData("while (true) { " + Ask + "var text = reply.Content[0].Text; while (text.Length > 0) { text = text.Substring(1); } if (text == \"DONE\") { break; } }")]
    public void Only_the_model_ends_the_loop(string code) => Assert.Equal(LoopBound.None, BoundsOf(code));

    [Theory]
    [InlineData("for (var i = 0; i < 10; i++) { " + Ask + "}", "Counter")]
    [InlineData("var left = 5; while (left-- > 0) { " + Ask + "}", "Counter")]
    [InlineData("var n = 0; while (true) { " + Ask + "if (++n > 5) { throw new InvalidOperationException(); } }", "Counter")]
    [InlineData("var n = 0; while (true) { " + Ask + "n = n + 1; if (n == 5) { break; } }", "Counter")]
    [InlineData("var n = 0; while (true) { try { " + Ask + "return \"\"; } catch (HttpRequestException) when (n++ < 3) { } }", "Counter")]
    [InlineData("var n = 0; while (true) { try { " + Ask + "return \"\"; } catch (HttpRequestException) { if (++n > 3) { throw; } } }", "Counter")]
    [InlineData("var n = 0; while (true) { " + Ask + "if (reply.FinishReason != ChatFinishReason.Stop && n++ < 5) { continue; } break; }", "Counter")]
    [InlineData("var n = 0; var done = false; while (!done) { " + Ask + "if (n++ > 5) { done = true; } }", "Counter")]
    [InlineData("var n = 0; while (true) { " + Ask + "var done = reply.FinishReason == ChatFinishReason.Stop || ++n > 5; if (done) { break; } }", "Counter")]
    [InlineData("var tokens = 0; while (true) { " + Ask + "tokens += reply.Usage.TotalTokenCount; if (tokens > 10_000) { break; } }", "Counter")]
    [InlineData("while (messages.Count < 40) { " + Ask + "messages.Add(new AssistantChatMessage(reply)); }", "Counter")]
    [InlineData("var deadline = DateTime.UtcNow.AddMinutes(5); while (DateTime.UtcNow < deadline) { " + Ask + "}", "Deadline")]
    [InlineData("var watch = Stopwatch.StartNew(); while (true) { " + Ask + "if (watch.Elapsed > TimeSpan.FromMinutes(1)) { break; } }", "Deadline")]
    [InlineData("var start = TimeProvider.System.GetTimestamp(); while (TimeProvider.System.GetElapsedTime(start).TotalMinutes < 5) { " + Ask + "}", "Deadline")]
    [InlineData("using var source = new CancellationTokenSource(TimeSpan.FromMinutes(5)); while (!source.IsCancellationRequested) { " + Ask + "}", "Cancellation")]
    [InlineData("using var source = new CancellationTokenSource(); source.CancelAfter(5000); while (true) { ChatCompletion reply = await chat.CompleteChatAsync(messages, null, source.Token); }", "Cancellation")]
    [InlineData("using var source = CancellationTokenSource.CreateLinkedTokenSource(token); source.CancelAfter(TimeSpan.FromMinutes(1)); var linked = source.Token; while (true) { linked.ThrowIfCancellationRequested(); " + Ask + "}", "Cancellation")]
    [InlineData("while (!_timed.IsCancellationRequested) { " + Ask + "}", "Cancellation")]
    [InlineData("while (true) { var line = Console.ReadLine(); messages.Add(new UserChatMessage(line)); " + Ask + "}", "Input")]
    [InlineData("while (true) { var line = await reader.ReadLineAsync(); " + Ask + "}", "Input")]
    [InlineData("while (await channel.Reader.WaitToReadAsync()) { var line = await channel.Reader.ReadAsync(); " + Ask + "}", "Input, Other")]
    [InlineData("while (queue.TryDequeue(out var line)) { " + Ask + "}", "Input, Other")]
    [InlineData("while (true) { var line = await inbox.GetAsync(); " + Ask + "}", "Input")]
    [InlineData("using var timer = new PeriodicTimer(TimeSpan.FromHours(1)); while (await timer.WaitForNextTickAsync()) { " + Ask + "}", "Input")]
    [InlineData("while (true) { foreach (var line in queue) { " + Ask + "} }", "Input")]
    [InlineData("while (!_stop) { " + Ask + "}", "Other")]
    [InlineData("while (more()) { " + Ask + "}", "Other")]
    [InlineData("while (true) { " + Ask + "if (!MayGoOn(reply)) { break; } }", "Other")]
    [InlineData("while (inbox.IsOpen) { " + Ask + "}", "Other")]
    [InlineData("while (true) { " + Ask + "if (File.Exists(\"stop\")) { break; } }", "Other")]
    [InlineData("var deadline = DateTimeOffset.UtcNow.AddMinutes(5); while (DateTimeOffset.Now < deadline) { " + Ask + "}", "Deadline")]
    [InlineData("var end = Environment.TickCount64 + 1000; while (Environment.TickCount64 < end) { " + Ask + "}", "Deadline")]
    [InlineData("while (TimeProvider.System.GetUtcNow().Year < 2040) { " + Ask + "}", "Deadline")]
    [InlineData("while (TimeProvider.System.GetLocalNow().Year < 2040) { " + Ask + "}", "Deadline")]
    [InlineData("while (Stopwatch.GetTimestamp() < 5) { " + Ask + "}", "Deadline")]
    [InlineData("using var source = CancellationTokenSource.CreateLinkedTokenSource(token, _timed.Token); while (!source.IsCancellationRequested) { " + Ask + "}", "Cancellation")]
    [InlineData("var source = verbose ? new CancellationTokenSource(5000) : new CancellationTokenSource(); while (!source.IsCancellationRequested) { " + Ask + "}", "Cancellation")]
    [InlineData("CancellationTokenSource given = null; var source = given ?? new CancellationTokenSource(5000); while (!source.IsCancellationRequested) { " + Ask + "}", "Cancellation")]
    [InlineData("CancellationTokenSource source; source = new CancellationTokenSource(5000); while (!source.IsCancellationRequested) { " + Ask + "}", "Cancellation")]
    [InlineData("async Task Loop() { while (true) { " + Ask + "} } await Loop().WaitAsync(TimeSpan.FromMinutes(1));", "Cancellation")]
    [InlineData("async Task Loop() { while (true) { " + Ask + "} } await Task.WhenAny(Loop(), Task.Delay(1000));", "Cancellation")]
    [InlineData("async Task Loop() { while (true) { " + Ask + "} } Task.WaitAny(Loop(), Task.Delay(1000));", "Cancellation")]
    [InlineData("async Task Loop() { while (true) { " + Ask + "} } Loop().Wait(1000);", "Cancellation")]
    [InlineData("await Task.WhenAny(Task.Run(async () => { while (true) { " + Ask + "} }), Task.Delay(1000));", "Cancellation")]
    [InlineData("async Task Loop() { while (true) { " + Ask + "} } await Loop();", "None")]
    [InlineData("async Task Loop() { while (true) { " + Ask + "} } Loop().Wait();", "None")]
    [InlineData("await Task.Run(async () => { while (true) { " + Ask + "} });", "None")]
    [InlineData("while (reader.Peek() >= 0) { " + Ask + "}", "Input, Other")]
    [InlineData("while (channel.Reader.TryRead(out var line)) { " + Ask + "}", "Input, Other")]
    [InlineData("var text = \"abc\"; while (text.Length > 0) { text = text.Substring(1); " + Ask + "}", "Counter")]
    [InlineData("var text = \"abc\"; while (text.Length > 0) { text = text[1..]; " + Ask + "}", "Counter")]
    [InlineData("var text = \"abc\"; while (text.Length > 0) { text = text.Remove(0, 1); " + Ask + "}", "Counter")]
    [InlineData("var wait = TimeSpan.Zero; while (wait < TimeSpan.FromMinutes(1)) { wait = wait + TimeSpan.FromSeconds(5); " + Ask + "}", "Counter")]
    public void What_else_ends_the_loop_is_a_bound(string code, string bound) => Assert.Equal(bound, BoundsOf(code).ToString());

    [Theory]
    [InlineData("ReadLine")]
    [InlineData("TryRead")]
    [InlineData("WaitToReadAsync")]
    [InlineData("WaitForNextTickAsync")]
    [InlineData("ReceiveMessageAsync")]
    [InlineData("TryReceive")]
    [InlineData("Dequeue")]
    [InlineData("TryDequeue")]
    [InlineData("Take")]
    [InlineData("TryTake")]
    [InlineData("TryPop")]
    [InlineData("Pop")]
    [InlineData("Peek")]
    [InlineData("TryPeek")]
    [InlineData("AcceptTcpClient")]
    [InlineData("MoveNextAsync")]
    [InlineData("GetNext")]
    [InlineData("TryGetNext")]
    [InlineData("Next")]
    [InlineData("Consume")]
    [InlineData("FetchAsync")]
    [InlineData("Pull")]
    [InlineData("Listen")]
    [InlineData("ClaimNext")]
    [InlineData("GetContextAsync")]
    [InlineData("GetConsumingEnumerable")]
    public void Name_of_a_reader(string name) => Assert.True(ReaderNames.Has(name));

    [Theory]
    [InlineData("Reader")]
    [InlineData("Takes")]
    [InlineData("Popular")]
    [InlineData("Nextdoor")]
    [InlineData("Get")]
    [InlineData("DoRead")]
    public void Name_that_only_begins_like_one(string name) => Assert.False(ReaderNames.Has(name));

    [Theory]
    [InlineData("if (call.FunctionName == \"ask\") { var line = Console.ReadLine(); messages.Add(new ToolChatMessage(call.Id, line)); }")]
    [InlineData("messages.Add(new ToolChatMessage(call.Id, call.FunctionArguments.ToString()));")]
    public void Input_on_some_rounds_is_no_bound(string answer) => Assert.Equal(
        LoopBound.None,
        BoundsOf("while (true) { " + Ask + StopsItself + "foreach (var call in reply.ToolCalls) { " + answer + " } }"));

    [Fact]
    public void Names_of_the_team_are_guards()
    {
        const string code = "var guard = new BudgetGuard(); while (true) { " + Ask + "guard.Spend(reply.Usage.TotalTokenCount); }";

        Assert.Equal(LoopBound.None, BoundsOf(code));
        Assert.Equal(LoopBound.Budget, BoundsOf(code, "BudgetGuard"));
        Assert.Equal(LoopBound.Budget, BoundsOf(code, "Spend"));
    }

    [Theory]
    [InlineData("while (true) { " + Ask + "return \"\"; }", false)]
    [InlineData("while (true) { " + Ask + "break; }", false)]
    [InlineData("while (true) { " + Ask + "throw new InvalidOperationException(); }", false)]
    [InlineData("while (true) { try { " + Ask + "return \"\"; } catch (HttpRequestException) { throw; } }", false)]
    [InlineData("while (true) { try { " + Ask + "return \"\"; } catch (HttpRequestException) { Console.WriteLine(); } }", true)]
    [InlineData("while (true) { try { " + Ask + "return \"\"; } finally { Console.WriteLine(); } }", false)]
    [InlineData("while (true) { " + Ask + "if (reply.Content.Count == 0) { continue; } return \"\"; }", true)]
    [InlineData("do { " + Ask + "} while (true);", true)]
    [InlineData("do { " + Ask + "} while (false);", false)]
    public void Call_is_repeated_where_a_way_leads_back(string code, bool isRepeated)
    {
        var snippet = FlowSnippet.Of(code);
        var call = snippet.Body.All<IInvocationOperation>(Microsoft.CodeAnalysis.OperationKind.Invocation).First(call => snippet.Ai.IsGenerationCall(call.TargetMethod));

        Assert.Equal(isRepeated, snippet.Graph is { } graph && Of(snippet, graph).IsRepeated(call.Syntax));
    }

    private static LoopBound BoundsOf(string code, params string[] guards)
    {
        var snippet = FlowSnippet.Of(code);
        return Of(snippet, snippet.Graph!, guards).Bounds;
    }

    private static LoopBounds Of(FlowSnippet snippet, LoopGraph graph, params string[] guards) =>
        LoopBounds.Of(
            snippet.Ai,
            snippet.Body,
            graph,
            new LoopSubject
            {
                Is = operation => operation is IInvocationOperation call && snippet.Ai.IsGenerationCall(call.TargetMethod),
                Needed = Cancellability.AfterTime,
                Guards = [.. guards],
            },
            CancellationToken.None);
}
