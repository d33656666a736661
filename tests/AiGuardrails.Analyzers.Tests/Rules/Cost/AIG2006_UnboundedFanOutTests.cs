using Verify = AiGuardrails.Testing.CSharpCodeFixVerifier<
    AiGuardrails.Analyzers.Rules.Cost.UnboundedFanOutAnalyzer,
    AiGuardrails.CodeFixes.Rules.Cost.UnboundedFanOutCodeFix>;

namespace AiGuardrails.Analyzers.Tests.Rules.Cost;

public sealed class AIG2006_UnboundedFanOutTests
{
    [Theory]
    [InlineData("var all = await {|AIG2006:Task.WhenAll|}(texts.Select(text => chat.CompleteChatAsync(text)));")]
    [InlineData("var all = await {|AIG2006:Task.WhenAll|}(texts.Select(async text => (await chat.CompleteChatAsync(text)).Value.Content[0].Text).ToArray());")]
    [InlineData("var all = await {|AIG2006:Task.WhenAll|}(texts.Where(text => text.Length > 0).Select(text => AskAsync(text)));")]
    [InlineData("var all = await {|AIG2006:Task.WhenAll|}(texts.Select(AskAsync));")]
    [InlineData("var all = await {|AIG2006:Task.WhenAll|}(from text in texts where text.Length > 0 select chat.CompleteChatAsync(text));")]
    [InlineData("var tasks = texts.Select(text => AskAsync(text)).ToList(); await {|AIG2006:Task.WhenAll|}(tasks);")]
    [InlineData("Task<string>[] tasks = [.. texts.Select(AskAsync)]; await {|AIG2006:Task.WhenAll|}(tasks);")]
    [InlineData("{|AIG2006:Task.WaitAll|}(texts.Select(text => (Task)AskAsync(text)).ToArray());")]
    [InlineData("var tasks = new List<Task>(); foreach (var text in texts) { tasks.Add(AskAsync(text)); } await {|AIG2006:Task.WhenAll|}(tasks);")]
    [InlineData("var tasks = new List<Task>(); foreach (var text in texts) { tasks.Add(Task.Run(() => chat.CompleteChat(text))); } await {|AIG2006:Task.WhenAll|}(tasks);")]
    [InlineData("var tasks = new List<Task>(); for (var i = 0; i < texts.Count; i++) { tasks.Add(chat.CompleteChatAsync(texts[i])); } await {|AIG2006:Task.WhenAll|}(tasks);")]
    [InlineData("var tasks = new Task[texts.Count]; for (var i = 0; i < texts.Count; i++) { tasks[i] = AskAsync(texts[i]); } await {|AIG2006:Task.WhenAll|}(tasks);")]
    [InlineData("await {|AIG2006:Task.WhenAll|}(Enumerable.Range(0, 1000).Select(i => AskAsync(\"joke\")));")] // a number, and a high one
    [InlineData("await {|AIG2006:Task.WhenAll|}(texts.Take(500).Select(AskAsync));")]
    [InlineData("var list = new List<string>(); foreach (var text in texts) { list.Add(text.Trim()); } await {|AIG2006:Task.WhenAll|}(list.Select(AskAsync));")]
    [InlineData("await {|AIG2006:Task.WhenAll|}(_texts.Select(AskAsync));")]
    [InlineData("{|AIG2006:Parallel.ForEach|}(texts, text => chat.CompleteChat(text));")]
    [InlineData("{|AIG2006:Parallel.ForEach|}(texts, async text => await AskAsync(text));")]
    [InlineData("{|AIG2006:Parallel.ForEach|}(texts, new ParallelOptions(), text => { chat.CompleteChat(text); });")]
    [InlineData("{|AIG2006:Parallel.ForEach|}(texts, new ParallelOptions { MaxDegreeOfParallelism = -1 }, text => { chat.CompleteChat(text); });")]
    [InlineData("{|AIG2006:Parallel.For|}(0, texts.Count, i => { chat.CompleteChat(texts[i]); });")]
    [InlineData("var tasks = new List<Task<string>>(); await foreach (var text in stream) { tasks.Add(AskAsync(text)); } await {|AIG2006:Task.WhenAll|}(tasks);")]
    [InlineData("var pairs = await {|AIG2006:Task.WhenAll|}(texts.Select(async text => (text, await AskAsync(text))));")]
    [InlineData("await {|AIG2006:Task.WhenAll|}(texts.GroupBy(text => text.Length).Select(group => AskAsync(group.First())));")]
    [InlineData("await {|AIG2006:Task.WhenAll|}(texts.Select(text => AskAsync(text)).Where(task => !task.IsCompleted).AsEnumerable());")]
    [InlineData("await {|AIG2006:Task.WhenAll|}(texts.Select(AskAsync).Append(AskAsync(\"last\")).Concat(new[] { AskAsync(\"one\") }));")]
    [InlineData("await {|AIG2006:Task.WhenAll|}(texts.Select(AskAsync).Cast<Task>().ToArray());")]
    [InlineData("await {|AIG2006:Task.WhenAll|}(System.Collections.Immutable.ImmutableArray.ToImmutableArray(texts.Select(AskAsync)));")]
    [InlineData("await {|AIG2006:Task.WhenAll|}(System.Linq.ImmutableArrayExtensions.Select(System.Collections.Immutable.ImmutableArray.CreateRange(texts), AskAsync));")]
    [InlineData("var tasks = new Queue<Task>(); foreach (var text in texts) { tasks.Enqueue(AskAsync(text)); } await {|AIG2006:Task.WhenAll|}(tasks);")]
    [InlineData("var names = new string[100]; await {|AIG2006:Task.WhenAll|}(names.Select(AskAsync));")]
    [InlineData("await {|AIG2006:Task.WhenAll|}(Enumerable.Repeat(\"joke\", 200).Select(AskAsync));")]
    [InlineData("var list = new List<string>(); list.AddRange(texts); await {|AIG2006:Task.WhenAll|}(list.Select(AskAsync));")]
    [InlineData("var list = new List<string> { \"a\" }; list.Insert(0, \"b\"); await {|AIG2006:Task.WhenAll|}(list.Select(AskAsync));")]
    [InlineData("var stack = new Stack<string>(_texts); stack.Push(\"b\"); await {|AIG2006:Task.WhenAll|}(stack.Select(AskAsync));")]
    [InlineData("foreach (var name in texts) { await {|AIG2006:Task.WhenAll|}(name.Select(letter => AskAsync(\"\" + letter))); }")]
    [InlineData("{|AIG2006:Task.WaitAll|}([.. texts.Select(AskAsync)]);")]
    [InlineData("var options = new ParallelOptions(); {|AIG2006:Parallel.ForEach|}(texts, options, text => { chat.CompleteChat(text); });")]
    public Task Call_for_every_element_is_reported(string code) => Verify.VerifyAnalyzerAsync(Chat(code));

    [Theory]
    [InlineData("await Task.WhenAll(texts.Take(5).Select(AskAsync));")]
    [InlineData("await Task.WhenAll(texts.Take(count).Select(AskAsync));")]
    [InlineData("await Task.WhenAll(Enumerable.Range(0, 5).Select(i => AskAsync(\"joke\")));")]
    [InlineData("await Task.WhenAll(Enumerable.Range(0, count).Select(i => AskAsync(\"joke\")));")]
    [InlineData("await Task.WhenAll(new[] { \"a\", \"b\" }.Select(AskAsync));")]
    [InlineData("string[] three = [\"a\", \"b\", \"c\"]; await Task.WhenAll(three.Select(AskAsync));")]
    [InlineData("await Task.WhenAll(s_languages.Select(AskAsync));")]
    [InlineData("await Task.WhenAll(AskAsync(\"a\"), AskAsync(\"b\"));")]
    [InlineData("foreach (var part in texts.Chunk(8)) { await Task.WhenAll(part.Select(AskAsync)); }")]
    [InlineData("using var gate = new SemaphoreSlim(4); await Task.WhenAll(texts.Select(async text => { await gate.WaitAsync(); try { await AskAsync(text); } finally { gate.Release(); } }));")]
    [InlineData("await Task.WhenAll(texts.Select(GatedAsync));")] // the helper has the limiter
    [InlineData("await Task.WhenAll(texts.Select(text => limiter.RunAsync(() => AskAsync(text))));")]
    [InlineData("await Task.WhenAll(texts.Select(SaveAsync));")] // no generation
    [InlineData("await Task.WhenAll(texts.Select(text => embeddings.GenerateEmbeddingAsync(text)));")]
    [InlineData("foreach (var text in texts) { await AskAsync(text); }")]
    [InlineData("var tasks = new List<string>(); foreach (var text in texts) { tasks.Add(await AskAsync(text)); }")]
    [InlineData("var tasks = new List<Task>(); for (var i = 0; i < 5; i++) { tasks.Add(AskAsync(\"joke\")); } await Task.WhenAll(tasks);")]
    [InlineData("await Parallel.ForEachAsync(texts, async (text, token) => await AskAsync(text));")]
    [InlineData("Parallel.ForEach(texts, new ParallelOptions { MaxDegreeOfParallelism = 4 }, text => { chat.CompleteChat(text); });")]
    [InlineData("Parallel.ForEach(texts, settings, text => { chat.CompleteChat(text); });")] // not known
    [InlineData("var all = texts.AsParallel().Select(text => chat.CompleteChat(text)).ToArray();")]
    [InlineData("Parallel.ForEach(texts, text => Console.WriteLine(text));")]
    [InlineData("var tasks = texts.Select(AskAsync); await Task.WhenAny(tasks);")]
    [InlineData("var running = new List<Task>(); foreach (var text in texts) { running.Add(AskAsync(text)); if (running.Count == 8) { await Task.WhenAny(running); running.RemoveAll(task => task.IsCompleted); } } await Task.WhenAll(running);")]
    [InlineData("for (var i = 0; i < texts.Count; i += 10) { var part = texts.Skip(i).Take(10); await Task.WhenAll(part.Select(AskAsync)); }")]
    [InlineData("await Task.WhenAll(Enum.GetValues<DayOfWeek>().Select(day => AskAsync(day.ToString())));")]
    [InlineData("var tasks = new[] { AskAsync(\"a\"), AskAsync(\"b\") }; await Task.WhenAll(tasks);")]
    [InlineData("var options = new ParallelOptions(); options.MaxDegreeOfParallelism = 4; Parallel.ForEach(texts, options, text => { chat.CompleteChat(text); });")]
    [InlineData("Parallel.For(0, 1000, i => { chat.CompleteChat(\"joke\"); });")]
    [InlineData("Parallel.ForEach(new[] { \"a\" }, text => { chat.CompleteChat(text); });")]
    [InlineData("var names = new string[5]; await Task.WhenAll(names.Select(AskAsync));")]
    [InlineData("var names = new string[count]; await Task.WhenAll(names.Select(AskAsync));")]
    [InlineData("var names = new List<string> { \"a\", \"b\" }; await Task.WhenAll(names.Select(AskAsync));")]
    [InlineData("await Task.WhenAll(Enumerable.Repeat(\"joke\", 3).Select(AskAsync));")]
    [InlineData("await Task.WhenAll(texts.TakeLast(count).Select(AskAsync));")]
    [InlineData("await Task.WhenAll(Enum.GetNames<DayOfWeek>().Select(AskAsync));")]
    [InlineData("await Task.WhenAll(texts.Chunk(100).Select(part => AskAsync(part[0])));")]
    [InlineData("await Task.WhenAll(s_languages.Where(name => name.Length > 1).Select(AskAsync));")]
    [InlineData("var running = new List<Task>(); foreach (var text in texts) { running.Add(AskAsync(text)); await Task.Delay(100); } await Task.WhenAll(running);")]
    [InlineData("var running = new List<Task>(); foreach (var text in texts) { running.Add(AskAsync(text)); if (running.Count == 8) { await Task.WhenAll(running); running.Clear(); } } await Task.WhenAll(running);")]
    [InlineData("var running = new List<Task>(); foreach (var text in texts) { running.Add(AskAsync(text)); if (running.Count == 8) { Task.WaitAny(running.ToArray()); } } await Task.WhenAll(running);")]
    [InlineData("var running = new List<Task>(); foreach (var text in texts) { running.Add(AskAsync(text)); Task.WaitAll(running.ToArray()); } await Task.WhenAll(running);")]
    [InlineData("var running = new List<Task>(); foreach (var text in texts) { running.Add(AskAsync(text)); await Task.WhenAll(running); }")]
    [InlineData("await Task.WhenAll(texts.AsParallel().Select(AskAsync));")]
    public Task Limited_calls_are_not_reported(string code) => Verify.VerifyAnalyzerAsync(Chat(code));

    [Fact]
    public Task Maximum_is_an_option() => Verify.VerifyAnalyzerAsync(
        Chat("await Task.WhenAll(texts.Take(5).Select(AskAsync)); await {|AIG2006:Task.WhenAll|}(texts.Take(6).Select(AskAsync));"),
        test => test.EditorConfig = "[*.cs]\naiguardrails.max_fanout = 5");

    [Theory]
    [InlineData("var tasks = new List<Task>(); for (var i = 0; i < texts.Count; i++) { tasks.Add(AskAsync(texts[i])); } await Task.WhenAll([.. tasks, .. from text in texts.Take(20) select AskAsync(text)]); Parallel.ForEach(texts, new ParallelOptions { MaxDegreeOfParallelism = -1 }, text => chat.CompleteChat(text));")]
    public Task Half_typed_code_does_no_harm(string code) =>
        AiGuardrails.Testing.AnalyzerFuzz.VerifyNeverThrowsAsync<AiGuardrails.Analyzers.Rules.Cost.UnboundedFanOutAnalyzer>(Chat(code));

    [Fact]
    public Task Message_names_the_call() => Verify.VerifyAnalyzerAsync(
        Chat("await {|#0:Task.WhenAll|}(texts.Select(AskAsync));"),
        Verify.Diagnostic("AIG2006").WithLocation(0).WithArguments("CompleteChatAsync"));

    [Fact]
    public Task Helper_in_another_class_is_found() => Verify.VerifyAnalyzerAsync(
        """
        using System.Collections.Generic;
        using System.Linq;
        using System.Threading.Tasks;
        using Microsoft.Extensions.AI;

        class Summarizer(IChatClient client)
        {
            public async Task<string> SummarizeAsync(string text) => (await client.GetResponseAsync("Summarize: " + text)).Text;
        }

        class C(Summarizer summarizer)
        {
            Task<string[]> All(IEnumerable<string> texts) => {|AIG2006:Task.WhenAll|}(texts.Select(summarizer.SummarizeAsync));
        }
        """);

    [Fact]
    public Task Fix_runs_some_at_a_time() => Verify.VerifyCodeFixAsync(
        Chat(
            """
            // All of them.
            await {|AIG2006:Task.WhenAll|}(texts.Select(text => chat.CompleteChatAsync(text))); // at once
            await {|AIG2006:Task.WhenAll|}(texts.Where(text => text.Length > 0).Select(AskAsync)).ConfigureAwait(false);
            await {|AIG2006:Task.WhenAll|}(texts.Select(async text =>
            {
                // One by one.
                var answer = await AskAsync(text);
                Console.WriteLine(answer);
            }));
            await {|AIG2006:Task.WhenAll|}(texts.Select(async (text) => await AskAsync(text)));
            {|AIG2006:Parallel.ForEach|}(texts, text => chat.CompleteChat(text));
            {|AIG2006:Parallel.ForEach|}(texts, new ParallelOptions(), text => { chat.CompleteChat(text); });
            {|AIG2006:Parallel.For|}(0, texts.Count, i => { chat.CompleteChat(texts[i]); });
            """),
        Chat(
            """
            // All of them.
            await Parallel.ForEachAsync(texts, new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (text, _) => await chat.CompleteChatAsync(text)); // at once
            await Parallel.ForEachAsync(texts.Where(text => text.Length > 0), new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (item, _) => await AskAsync(item)).ConfigureAwait(false);
            await Parallel.ForEachAsync(texts, new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (text, _) =>
            {
                // One by one.
                var answer = await AskAsync(text);
                Console.WriteLine(answer);
            });
            await Parallel.ForEachAsync(texts, new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (text, _) => await AskAsync(text));
            Parallel.ForEach(texts, new ParallelOptions { MaxDegreeOfParallelism = 8 }, text => chat.CompleteChat(text));
            Parallel.ForEach(texts, new ParallelOptions { MaxDegreeOfParallelism = 8 }, text => { chat.CompleteChat(text); });
            Parallel.For(0, texts.Count, new ParallelOptions { MaxDegreeOfParallelism = 8 }, i => { chat.CompleteChat(texts[i]); });
            """));

    [Theory]
    [InlineData("var all = await {|AIG2006:Task.WhenAll|}(texts.Select(AskAsync));")] // the results are used
    [InlineData("await {|AIG2006:Task.WhenAll|}(texts.Select((text, i) => AskAsync(text + i)));")] // there is no index
    [InlineData("await {|AIG2006:Task.WhenAll|}(texts.Select(async text => { return await AskAsync(text); }));")]
    [InlineData("var tasks = texts.Select(AskAsync); await {|AIG2006:Task.WhenAll|}(tasks);")]
    [InlineData("{|AIG2006:Parallel.ForEach|}(texts, async text => await AskAsync(text));")] // nobody waits for it
    public Task No_fix_where_it_would_lose_something(string code) => Verify.VerifyNoCodeFixAsync(Chat(code));

    private static string Chat(string code) =>
        $$"""
        using System;
        using System.Collections.Generic;
        using System.Linq;
        using System.Threading;
        using System.Threading.Tasks;
        using OpenAI.Chat;
        using OpenAI.Embeddings;

        class CallLimiter
        {
            public Task<T> RunAsync<T>(Func<Task<T>> call) => call();
        }

        class C
        {
            static readonly string[] s_languages = ["en", "de", "fr"];
            readonly List<string> _texts = [];
            readonly SemaphoreSlim _gate = new(4);
            readonly ChatClient chat = null!;

            async Task<string> AskAsync(string text)
            {
                ChatCompletion reply = await chat.CompleteChatAsync(text);
                return reply.Content[0].Text;
            }

            async Task GatedAsync(string text)
            {
                await _gate.WaitAsync();
                await chat.CompleteChatAsync(text);
                _gate.Release();
            }

            Task SaveAsync(string text) => Task.CompletedTask;

            async Task M(EmbeddingClient embeddings, List<string> texts, IAsyncEnumerable<string> stream, CallLimiter limiter, ParallelOptions settings, int count)
            {
        {{Indent(code)}}
            }
        }
        """;

    private static string Indent(string code) => string.Join('\n', code.Split('\n').Select(static line => line.Length == 0 ? line : "        " + line));
}
