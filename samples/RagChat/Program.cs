using AiGuardrails;
using Microsoft.Extensions.AI;
using RagChat;

// Ctrl+C ends the question at hand in an orderly way.
using var stop = new CancellationTokenSource();
Console.CancelKeyPress += (_, e) =>
{
    e.Cancel = true;
    stop.Cancel();
};

var invents = args is ["--invent", ..];
var questions = invents ? args[1..] : args;
using IChatClient client = new OfflineClient(invents);
var history = new List<ChatMessage>();

try
{
    if (questions.Length > 0)
    {
        return await AskAsync(string.Join(' ', questions)) ? 0 : 1;
    }

    Console.WriteLine("What do you want to know about the machine? An empty line ends.");
    while (Console.ReadLine() is { Length: > 0 } question)
    {
        await AskAsync(question);
    }

    return 0;
}
catch (OperationCanceledException) when (stop.IsCancellationRequested)
{
    Console.Error.WriteLine("Stopped.");
    return 130;
}
catch (PromptException exception)
{
    Console.Error.WriteLine(exception.Message);
    return 1;
}

async Task<bool> AskAsync(string question)
{
    var prompt = new ManualQuestion { Question = question, Passages = Manual.Search(question) };
    var messages = prompt.ToChatMessages();

    using var timeout = CancellationTokenSource.CreateLinkedTokenSource(stop.Token);
    timeout.CancelAfter(TimeSpan.FromMinutes(1));

    // The instructions first, then what was said, then the question with its passages.
    var response = await client.GetResponseAsync([messages[0], .. history, .. messages.Skip(1)], prompt.CreateOptions(), timeout.Token);
    if (!ManualQuestion.TryRead(response, out var answer, out var problem))
    {
        Console.Error.WriteLine($"{ManualQuestion.PromptId}: no answer that can be used ({problem}).");
        return false;
    }

    if (Citations.ProblemsOf(answer, prompt.Passages) is { Count: > 0 } problems)
    {
        Console.Error.WriteLine($"{ManualQuestion.PromptId}: the answer is held back: {string.Join("; ", problems)}.");
        return false;
    }

    Console.WriteLine(answer.Text);
    foreach (var citation in answer.Citations)
    {
        Console.WriteLine($"  {citation.Source}: \"{citation.Quote}\"");
    }

    history.Add(new ChatMessage(ChatRole.User, question));
    history.Add(new ChatMessage(ChatRole.Assistant, answer.Text));
    return true;
}
