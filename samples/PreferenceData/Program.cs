using AiGuardrails;
using PreferenceData;

// A pair on which reviewers disagree is noise; of the others each counts once.
var agreed = Ratings.All
    .Select(static rating => rating.PrefersFirst ? (rating.Complaint, Better: rating.First, Worse: rating.Second) : (rating.Complaint, Better: rating.Second, Worse: rating.First))
    .Distinct()
    .ToList();
var records = agreed
    .Where(pair => !agreed.Contains((pair.Complaint, pair.Worse, pair.Better)))
    .Select(static pair => new ReplyPreference { Complaint = pair.Complaint, Better = pair.Better, Worse = pair.Worse })
    .ToList();
Console.WriteLine($"{Ratings.All.Count} ratings, {records.Count} pairs that reviewers agree on");

Directory.CreateDirectory("data");
try
{
    foreach (var (path, target) in new[] { ("data/preferences.openai.jsonl", TrainingTarget.OpenAIDpo), ("data/preferences.trl.jsonl", TrainingTarget.TrlPreference) })
    {
        // One model, one file for each service. Duplicates and contradictions stop the writing, and the old file stays.
        var options = new TrainingWriteOptions { Target = target, RefuseDuplicates = true, RefuseConflicts = true };
        var written = await TrainingFile.WriteAsync(path, records, options);
        Console.WriteLine($"{path}: {written.Report}");
        written.Report?.ThrowIfAny();
    }

    return 0;
}
catch (Exception exception) when (exception is TrainingDataException or TrainingRecordException or IOException)
{
    Console.Error.WriteLine(exception.Message);
    return 1;
}
