using System.ClientModel.Primitives;
using OpenAI;
using OpenAI.Chat;
using OpenAI.FineTuning;
using OpenAI.Responses;

namespace Fixable;

/// <summary>One finding of every rule that has a fix; comments must survive.</summary>
public static class Training
{
    public static async Task<string> TrainAsync(OpenAIClient openAI, string file, CancellationToken cancellationToken)
    {
        // the job
        FineTuningJob job = await openAI.GetFineTuningClient().FineTuneAsync( // expect AIG2008 AIG5002
            "gpt-4o-mini-2024-07-18",
            file,
            waitUntilCompleted: false,
            new FineTuningOptions // expect AIG5001
            {
                Suffix = "support", // kept
                TrainingMethod = FineTuningTrainingMethod.CreateSupervised(epochCount: 80), // expect AIG5004
            },
            cancellationToken);

        while (job.Status != FineTuningStatus.Succeeded) // expect AIG4001
        {
            await Task.Delay(2, cancellationToken); // expect AIG4005
            await job.UpdateStatusAsync(cancellationToken);
        }

        // the model
        return job.Value!;
    }

    public static async Task<string> WaitAsync(FineTuningJob job)
    {
        await job.WaitForCompletionAsync(); // expect AIG4004
        return job.Value!; // expect AIG4003
    }

    public static bool IsOver(FineTuningJob job) =>
        job.Status != FineTuningStatus.Succeeded || job.Status != FineTuningStatus.Failed; // expect AIG4002

    public static bool IsCancelled(FineTuningJob job) =>
        job.Status == "canceled"; // expect AIG4008

    public static string Refresh(FineTuningJob job)
    {
        job.UpdateStatus(new RequestOptions()); // expect AIG4006
        return job.Status.ToString();
    }

    public static async Task WarmUpAsync(ChatClient chat, IEnumerable<string> questions, ChatCompletionOptions options, CancellationToken cancellationToken)
    {
        await Task.WhenAll(questions.Select(question => chat.CompleteChatAsync([new UserChatMessage(question)], options, cancellationToken))); // expect AIG2006
    }

    public static async Task<string> AnswerAsync(OpenAIClient openAI, IEnumerable<ChatMessage> messages, CancellationToken cancellationToken)
    {
        var chat = openAI.GetChatClient("gpt-3.5-turbo-0613"); // expect AIG1002
        while (true) // expect AIG2003
        {
            ChatCompletion answer = await chat.CompleteChatAsync(messages, cancellationToken: cancellationToken); // expect AIG2001
            if (answer.FinishReason == ChatFinishReason.Stop)
            {
                return answer.Content[0].Text;
            }
        }
    }

    public static CreateResponseOptions Options() => new()
    {
        MaxToolCallCount = 1000, // expect AIG2004
    };
}
