using AiGuardrails.Analyzers.Flow;
using AiGuardrails.Analyzers.Sdks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace AiGuardrails.Analyzers.Tests.Flow;

/// <summary>A piece of code as the flow classes see it: statements of one method, compiled against the SDKs.</summary>
internal sealed class FlowSnippet
{
    private FlowSnippet(AiContext ai, AiBody body)
    {
        Ai = ai;
        Body = body;
    }

    public AiContext Ai { get; }

    public AiBody Body { get; }

    /// <summary>The outermost loop.</summary>
    public SyntaxNode Loop => Body.Syntax.DescendantNodes().First(static node => LoopSyntax.IsPollLoop(node) || node is CommonForEachStatementSyntax);

    /// <summary>The outermost loop in its graph; null where it has no second round.</summary>
    public LoopGraph? Graph => BodyGraphs.Of(Body, CancellationToken.None).Around(Loop) is { } graph ? LoopGraph.Of(graph, Loop) : null;

    public static FlowSnippet Of(string statements)
    {
        var source = FlowSource.Of(
            $$"""
            using System.Collections.Concurrent;
            using System.Diagnostics;
            using System.IO;
            using System.Threading.Channels;
            using OpenAI.Chat;
            using OpenAI.FineTuning;

            interface IInbox { Task<string> GetAsync(); bool IsOpen { get; } }
            class BudgetGuard { public void Spend(int tokens) { } public bool Left => true; }

            class C
            {
                const int Short = 2;
                static readonly TimeSpan s_period = TimeSpan.FromSeconds(5);
                readonly CancellationTokenSource _timed = new(TimeSpan.FromMinutes(1));
                readonly CancellationTokenSource _open = new();
                volatile bool _stop;

                static bool IsFinal(ChatCompletion reply) => reply.FinishReason == ChatFinishReason.Stop;

                bool MayGoOn(ChatCompletion reply) => !_stop && reply.FinishReason != ChatFinishReason.Stop;

                static string TextOf(ChatCompletion reply) => reply.Content[0].Text;

                static async Task PauseAsync() => await Task.Delay(10_000);

                static void Print(FineTuningJob job) => Console.WriteLine(job.Status);

                async Task<string> M(ChatClient chat, FineTuningClient client, FineTuningJob job, List<ChatMessage> messages, IInbox inbox, Channel<string> channel, ConcurrentQueue<string> queue, TextReader reader, TimeSpan pause, bool verbose, Func<bool> more, CancellationToken token)
                {
                    {{statements}}
                    return "";
                }
            }
            """);

        return new FlowSnippet(source.Ai, source.BodyOf("M"));
    }
}
