// A line that ends in "expect" and identifiers is where the rules must report, and no other line is.
using OpenAI;
using OpenAI.Chat;

var openAI = new OpenAIClient(Environment.GetEnvironmentVariable("OPENAI_API_KEY"));
ChatClient chat = openAI.GetChatClient("ft:gpt-4o-mini-2024-07-18:acme::AbC12345"); // expect AIG1001
ChatClient untuned = openAI.GetChatClient("gpt-4o-mini");
Console.WriteLine(chat.GetType() == untuned.GetType());

// Types below top-level statements, and members below a primary constructor that passes an ID on, are looked at too.
internal sealed class SupportClient(string key) : ChatClient("ft:gpt-4o-mini-2024-07-18:acme::AbC12345", key) // expect AIG1001
{
    public const string Fallback = "ft:gpt-4o-mini-2024-07-18:acme::dEf67890"; // expect AIG1001
}
