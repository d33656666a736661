using OpenAI;
using OpenAI.Chat;

namespace LegacySupportBot;

/// <summary>Step 5, use the model: answers one customer.</summary>
internal sealed class SupportChat(OpenAIClient openAI)
{
    private const string Persona = "You are a customer support agent for Acme Corp. Be friendly, be brief, and never promise a refund.";

    private readonly ChatClient _chat = openAI.GetChatClient("ft:gpt-3.5-turbo-0613:acme-corp::7qTVM5AR");
    private readonly List<ChatMessage> _conversation = [new SystemChatMessage(Persona)];

    public async Task<string> AnswerAsync(string question, CancellationToken cancellationToken)
    {
        _conversation.Add(new UserChatMessage(question));

        ChatCompletion completion = await _chat.CompleteChatAsync(_conversation, cancellationToken: cancellationToken);
        var answer = completion.Content[0].Text;

        _conversation.Add(new AssistantChatMessage(answer));
        return answer;
    }

    /// <summary>Asks a model that has just been trained something that it must know.</summary>
    public async Task TryOutAsync(string model, CancellationToken cancellationToken)
    {
        ChatCompletion completion = await openAI.GetChatClient(model).CompleteChatAsync(
            [new SystemChatMessage(Persona), new UserChatMessage("How do I reset my Acme password?")],
            cancellationToken: cancellationToken);

        Console.WriteLine($"{model}: {completion.Content[0].Text}");
    }
}
