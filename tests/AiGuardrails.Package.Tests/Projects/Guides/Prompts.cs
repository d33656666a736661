using AiGuardrails;
using Guides.prompts_1;
using Guides.prompts_2;
using Microsoft.Extensions.AI;

namespace Guides.Prompts;

public sealed record Claim(ApplianceLine Line, DateOnly CoveredUntil, string Text, ClaimRoute Route, string Reason);

[Prompt("claims/triage", File = "Prompts/triage.prompt.md")]
public sealed partial record ClaimTriage
{
    public required ApplianceLine Line { get; init; }

    public required string Complaint { get; init; }
}

internal static class Program
{
    public static async Task<ClaimVerdict> Ask(IChatClient client, WarrantyTriage prompt, CancellationToken cancellationToken)
    {
        ChatResponse response = await client.GetResponseAsync(prompt.ToChatMessages(), prompt.CreateOptions(), cancellationToken);
        if (!WarrantyTriage.TryRead(response, out ClaimVerdict? verdict, out AnswerProblem problem))
        {
            throw new InvalidOperationException($"{WarrantyTriage.PromptId}: {problem}");
        }

        return verdict;
    }

    public static async Task Train(IEnumerable<Claim> claims)
    {
        IEnumerable<PromptTrainingRecord> records = claims.Select(claim =>
            new WarrantyTriage { Line = claim.Line, CoveredUntil = claim.CoveredUntil, Complaint = claim.Text }
                .ToTrainingRecord(new ClaimVerdict(claim.Route, claim.Reason, 100)));

        await TrainingFile.WriteAsync("train.jsonl", records, new TrainingWriteOptions { Target = TrainingTarget.OpenAIChat });
    }

    public static async Task<bool> Route(IChatClient client, string ticket, IReadOnlyList<Passage> passages, CancellationToken cancellationToken)
    {
        var prompt = new RouteTicket { Product = Product.Router, Ticket = ticket, Handbook = passages };
        var response = await client.GetResponseAsync(prompt.ToChatMessages(), prompt.CreateOptions(), cancellationToken);
        bool isRead = RouteTicket.TryRead(response, out TicketRoute? route, out AnswerProblem problem);
        return isRead && route is not null && problem == AnswerProblem.None;
    }

    public static string OneLine(string userText)
    {
#if REFUSED
        string instructions = Instructions.Of($"You triage {ApplianceLine.Oven}, with {3} labels.");
        string injected = Instructions.Of($"You triage {userText}");     // CS0619, with the way out
        return instructions + injected;
#else
        string instructions = Instructions.Of($"You triage {ApplianceLine.Oven}, with {3} labels.");
        return instructions + userText.Length;
#endif
    }
}
