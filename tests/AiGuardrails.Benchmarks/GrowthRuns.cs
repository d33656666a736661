using System.Globalization;
using System.Text;
using AiGuardrails.Benchmarks.Analysis;
using AiGuardrails.Testing;
using Microsoft.CodeAnalysis.Text;

namespace AiGuardrails.Benchmarks;

/// <summary>
/// How the cost of all rules grows: with lines, with findings, with types, and with the length of one method. A power of the size is fitted
/// to the least times; its exponent is 1 where growth is linear.
/// </summary>
internal static class GrowthRuns
{
    private const int Rounds = 2;

    // Too little time to say anything about: the clock, and what is done once, are as large.
    private const double Noise = 3;

    // Beyond this exponent a rule is named.
    private const double Linear = 1.15;

    private static readonly int[] s_factors = [1, 2, 4, 8];

    /// <summary>Runs the cases with these words in their names. A number in front makes all of them so many times as large.</summary>
    public static void Run(string words)
    {
        var scale = words.Split(' ')[0] is var first && int.TryParse(first, NumberStyles.None, CultureInfo.InvariantCulture, out var times) ? times : 1;
        words = scale == 1 ? words : words[first.Length..].Trim();
        Console.WriteLine("Own time of all rules in milliseconds of processor time, and the power of the size that fits it best.");
        foreach (var (name, unit, files) in Cases())
        {
            if (name.Contains(words, StringComparison.OrdinalIgnoreCase))
            {
                Measure(name, unit * scale, files);
            }
        }
    }

    private static IEnumerable<(string Name, int Unit, Func<int, IReadOnlyList<SourceText>> Files)> Cases()
    {
        yield return ("lines without AI in a project with AI", 1_000, static lines => Sources.Mix(lines, 100));
        yield return ("lines, half of them about AI", 500, static lines => Sources.Mix(lines / 2, lines / 2));
        yield return ("examples with findings", 15, static count => Repeated(static example => example.IsBad, count));
        yield return ("examples without findings", 15, static count => Repeated(static example => !example.IsBad, count));
        yield return ("types in one file", 15, static count => [SourceText.From(OneFile(count))]);
        yield return ("calls of a model in one method", 12, static count => [SourceText.From(OneMethod(count, static i => $$"""
                    ChatCompletion answer{{i}} = await client.CompleteChatAsync(new List<ChatMessage> { new SystemChatMessage("You answer in sentences."), new UserChatMessage(text + "{{i}}") });
                    text += answer{{i}}.Content[0].Text;

            """))]);
        yield return ("loops over jobs in one method", 6, static count => [SourceText.From(OneMethod(count, static i => $$"""
                    while (job.Status != FineTuningStatus.Succeeded && job.Status != FineTuningStatus.Cancelled)
                    {
                        await Task.Delay(1000 + {{i}});
                        await job.UpdateStatusAsync();
                    }

            """))]);
        yield return ("lambdas in one method", 12, static count => [SourceText.From(OneMethod(count, static i => $$"""
                    Func<string, Task<string>> ask{{i}} = async question => (await client.CompleteChatAsync(question + text)).Value.Content[0].Text;
                    text += await ask{{i}}("{{i}}");

            """))]);
        yield return ("ordinary statements beside a call", 100, static count => [SourceText.From(OneMethod(count, static i => $$"""
                    if (text.Length > {{i}} && names.Count < {{i}}) { names.Add(text.Substring(1) + "{{i}}"); } else { text = text.Trim() + names[0].ToUpperInvariant(); }

            """))]);
    }

    private static List<SourceText> Repeated(Func<Example, bool> which, int count)
    {
        var examples = Sources.Examples.Where(which).ToList();
        return [.. Enumerable.Range(0, count).Select(i => SourceText.From(Sources.FileOf(examples[i % examples.Count], i)))];
    }

    private const string Usings = "using System;\nusing System.Collections.Generic;\nusing System.Threading.Tasks;\nusing OpenAI.Chat;\nusing OpenAI.FineTuning;\n\n";

    private static string OneFile(int types)
    {
        var text = new StringBuilder(Usings);
        for (var i = 0; i < types; i++)
        {
            text.Append(CultureInfo.InvariantCulture, $$"""
                class Service{{i}}(ChatClient client)
                {
                    public async Task<string> Ask(string question)
                    {
                        ChatCompletion answer = await client.CompleteChatAsync(new SystemChatMessage("You answer in sentences."), new UserChatMessage(question));
                        return answer.Content[0].Text;
                    }
                }


                """);
        }

        return text.ToString();
    }

    private static string OneMethod(int statements, Func<int, string> statement) =>
        Usings + "class Service\n{\n    public async Task<string> Run(ChatClient client, FineTuningJob job, string text, List<string> names)\n    {\n        text += (await client.CompleteChatAsync(text)).Value.Content[0].Text;\n"
        + string.Concat(Enumerable.Range(0, statements).Select(statement)) + "        return text;\n    }\n}\n";

    private static void Measure(string name, int unit, Func<int, IReadOnlyList<SourceText>> filesOf)
    {
        var sizes = s_factors.Select(factor => factor * unit).ToArray();
        var best = new DriverRun?[sizes.Length];
        var files = sizes.Select(filesOf).ToArray();

        // The first round warms up, with the smaller half.
        for (var round = 0; round <= Rounds; round++)
        {
            for (var i = 0; i < (round == 0 ? sizes.Length / 2 : sizes.Length); i++)
            {
                var run = Driver.Analyze(files[i], ReferenceSets.Default, AnalyzerSets.Ours);
                best[i] = round == 0 ? null : run.Best(best[i]);
            }
        }

        var all = Fit.Power(sizes, [.. best.Select(static run => run!.Own)]);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name,-40} {string.Join("  ", sizes.Select((size, i) => $"{size}: {best[i]!.Own.ToString("F1", CultureInfo.InvariantCulture)}")),-60} exponent {all.Exponent:F2}, R² {all.Certainty:F3}"));
        foreach (var analyzer in best[^1]!.ByAnalyzer.Keys.Order(StringComparer.Ordinal))
        {
            var times = best.Select(run => run!.ByAnalyzer[analyzer]).ToArray();
            var fit = Fit.Power(sizes, times);
            if (times[^1] > Noise && fit.Exponent > Linear)
            {
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {analyzer,-50} {string.Join("  ", times.Select(static time => time.ToString("F1", CultureInfo.InvariantCulture))),-40} exponent {fit.Exponent:F2}, R² {fit.Certainty:F3}"));
            }
        }
    }
}
