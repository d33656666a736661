using AiGuardrails.Docs;

// The exit code is the number of files that were out of step, so that a build can fail on it; 0 means that nothing was to be done.
var check = args is ["--check"];
if (args.Length > 0 && !check)
{
    Console.Error.WriteLine("usage: dotnet run --project tests/docs [-- --check]");
    return 255;
}

var outOfStep = GeneratedPages.In(GeneratedPages.RepositoryRoot()).Where(static page => page.IsOutOfStep).ToArray();
foreach (var page in outOfStep)
{
    if (!check)
    {
        page.Write();
    }

    Console.WriteLine($"{(check ? "out of step" : "written")}: {page.Name}");
}

return Math.Min(outOfStep.Length, 254);
