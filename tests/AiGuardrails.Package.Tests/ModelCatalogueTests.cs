namespace AiGuardrails.Package.Tests;

/// <summary>A model catalogue of the team, beside the project file: nothing else has to be said for the rules to read it.</summary>
[Collection(PackageCollection.Name)]
public sealed class ModelCatalogueTests(PackageFixture package)
{
    private const string File = "aiguardrails.models.json";

    [Fact]
    public async Task File_beside_the_project_is_read()
    {
        var log = await BuildAsync("""{ "models": [ { "id": "gpt-4o-mini", "provider": "OpenAI", "retires": "2026-01-01", "source": "the tests", "asOf": "2026-01-01" } ] }""");

        Assert.Equal(["Program.cs"], log.OurFindings.Where(static finding => finding.Id == "AIG1002").Select(static finding => finding.File));
        Assert.DoesNotContain(log.OurFindings, static finding => finding.Id == "AIG0002");
    }

    [Fact]
    public async Task Error_in_the_file_is_reported_once_and_there()
    {
        var log = await BuildAsync("{\n  \"models\": [ { \"retired\": \"2026-01-01\" } ]\n}\n");

        var finding = Assert.Single(log.OurFindings, static finding => finding.Id == "AIG0002");
        Assert.Equal((File, 2, "warning"), (finding.File, finding.Line, finding.Level));
        Assert.DoesNotContain(log.OurFindings, static other => other.Id == "AIG1002");
    }

    private async Task<SarifLog> BuildAsync(string text)
    {
        var path = package.PathOf("Chat", File);
        await System.IO.File.WriteAllTextAsync(path, text);
        try
        {
            var (result, log) = await package.BuildAsync("Chat", ["AiGuardrailsToday=2026-01-31"]);
            _ = result.EnsureSuccess();
            return log;
        }
        finally
        {
            System.IO.File.Delete(path);
        }
    }
}
