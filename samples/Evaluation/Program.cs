using AiGuardrails;
using Evaluation;
using Microsoft.Extensions.AI;

using var stop = new CancellationTokenSource(TimeSpan.FromMinutes(5));
Directory.CreateDirectory("data");

// By the hash of the content: the same examples are held out on every machine, and none of them was trained on.
var split = await TrainingFile.SplitAsync("data/train.jsonl", "data/held-out.jsonl", Reviews.All, new TrainingSplit { ValidationShare = 0.2 }, cancellationToken: stop.Token);
Console.WriteLine($"{split.Training.Records} examples to train on, {split.Validation.Records} held out");

// Which model is which is configuration; the prices are those of your contract.
var meter = new CostMeter(new CostBudget(1m, "evaluation"));
using IChatClient baseline = new OfflineClient(isTuned: false);
using IChatClient tuned = new OfflineClient(isTuned: true);
var before = await Evaluator.RunAsync("prompt only", baseline, ReviewExample.Prompt, "data/held-out.jsonl", new TokenPrice(0.15m, 0.60m), meter, stop.Token);
var after = await Evaluator.RunAsync("fine-tuned", tuned, ReviewExample.Task, "data/held-out.jsonl", new TokenPrice(0.30m, 1.20m), meter, stop.Token);

Console.WriteLine($"{"model",-12}  {"right",9}  {"accuracy",8}  {"unusable",8}  {"USD per 1,000",13}");
foreach (var score in new[] { before, after })
{
    Console.WriteLine($"{score.Name,-12}  {score.Right,3} of {score.Total,2}  {score.Accuracy,8:P0}  {score.Unusable,8}  {score.Usd / Math.Max(score.Total, 1) * 1_000,13:F4}");
}

// A tuned model that is no better is not shipped, whatever it cost.
return after.Accuracy > before.Accuracy ? 0 : 1;
