using OpenAI;
using OpenAI.Chat;

namespace Fixable;

public static class Support
{
    public static ChatClient Client(OpenAIClient openAI) =>
        openAI.GetChatClient("ft:gpt-4o-mini-2024-07-18:acme::AbC12345"); // expect AIG1001
}
