using System.Text;
using AiGuardrails.Core.Json;
using AiGuardrails.Core.Models;

namespace AiGuardrails.Core.Tests.Models;

/// <summary>The file of a team: what can be said in it, and what is said about one that cannot be read.</summary>
public sealed class ModelCatalogueFileTests
{
    private const string Row = "\"provider\": \"OpenAI\", \"source\": \"here\", \"asOf\": \"2026-01-31\"";

    [Fact]
    public void Row_replaces_what_it_states_and_nothing_else()
    {
        var catalogue = With("""{ "models": [ { "id": "gpt-3.5-turbo-0125", "retires": "2027-01-31", "note": "a contract", """ + Row + " } ] }");
        var match = catalogue.Find("gpt-3.5-turbo")!;

        Assert.Equal("2027-01-31", match.Retires.ToString());
        Assert.Equal(8.00m, match.TrainingPrice!.TrainingPerMillion);
        Assert.Equal(["gpt-5.6-terra"], match.Own!.Successors);
        Assert.Equal(("a contract", "here"), (match.Own.Note, match.Own.Source));
        Assert.Equal("2026-10-23", ModelCatalogue.Default.Find("gpt-3.5-turbo")!.Retires.ToString());
    }

    [Fact]
    public void Null_takes_a_date_away()
    {
        var catalogue = With("""{ "models": [ { "id": "ft:gpt-3.5-turbo", "retires": null, """ + Row + " } ] }");

        Assert.Null(catalogue.Find("ft:gpt-3.5-turbo-0613:acme::AbC12345")!.Retires);
        Assert.Equal(8.00m, catalogue.Find("ft:gpt-3.5-turbo-0125:acme::AbC12345")!.TrainingPrice!.TrainingPerMillion);
    }

    [Fact]
    public void One_fine_tuned_model_can_have_a_row_of_its_own()
    {
        var catalogue = With("""{ "models": [ { "id": "ft:gpt-3.5-turbo-0125:acme::AbC12345", "retires": "2027-05-01", """ + Row + " } ] }");

        Assert.Equal("2027-05-01", catalogue.Find("ft:gpt-3.5-turbo-0125:acme::AbC12345")!.Retires.ToString());
        Assert.Equal("2026-10-23", catalogue.Find("ft:gpt-3.5-turbo-0125:acme::AbC99999")!.Retires.ToString());
    }

    [Fact]
    public void Everything_can_be_said()
    {
        var catalogue = With(
            """
            {
              "$schema": "https://example.com/schema.json",
              "providers": [
                {
                  "name": "Acme", "hosts": ["ai.acme.example"], "idExamples": ["acme/support"], "minimumPerJob": 1.5, "hostingPerHour": 2e-1,
                  "trainingTiers": [ { "maxBillionParameters": 8, "method": "supervised", "tuning": "full", "perMillion": 0.25 } ],
                  "note": "ours", "source": "the contract", "asOf": "2026-01-31"
                }
              ],
              "models": [
                {
                  "id": "acme-1", "provider": "Acme", "aliases": ["acme"], "datedAliases": ["acme-one"], "retires": "2028-02-29",
                  "trainingEnds": "2027-01-01", "successors": ["acme-2"],
                  "price": {
                    "trainingPerMillion": 1, "trainingPerHour": 2, "inputPerMillion": 3, "cachedInputPerMillion": 4, "outputPerMillion": 5,
                    "batchInputPerMillion": 6, "batchOutputPerMillion": 7, "minimumPerJob": 8, "source": "s", "asOf": "2026-01-31"
                  },
                  "limits": { "contextWindow": 1, "maxExampleTokens": 2, "minExamples": 3, "source": "s", "asOf": "2026-01-31" },
                  "note": null, "source": "the contract", "asOf": "2026-01-31"
                },
                { "id": "ft:acme", "provider": "Acme", "bases": ["acme-1", "acme-2"], "source": "the contract", "asOf": "2026-01-31" }
              ],
              "closures": [
                {
                  "provider": "OpenAI", "steps": [ { "from": "2028-01-01", "affects": "everybody" } ],
                  "alternatives": ["Acme"], "note": "agreed", "source": "the contract", "asOf": "2026-01-31"
                }
              ]
            }
            """);

        Assert.Equal("Acme", catalogue.Providers[^1].Name);
        Assert.Equal("Acme", catalogue.FindProviderOf("https://ai.acme.example/v1/fine_tuning/jobs")!.Name);
        Assert.Equal(0.2m, catalogue.FindProvider("Acme")!.HostingPerHour);
        Assert.Equal(new TrainingTier(8, "supervised", "full", 0.25m), Assert.Single(catalogue.FindProvider("Acme")!.TrainingTiers));
        Assert.Null(catalogue.Find("acme")!.Retires);
        Assert.Equal("2028-02-29", catalogue.Find("acme-one")!.Retires.ToString());
        Assert.Equal("2027-01-01", catalogue.Find("acme-1")!.TrainingEnds.ToString());
        Assert.Equal(7, catalogue.Find("acme-1")!.UsePrice!.BatchOutputPerMillion);
        Assert.Equal(3, catalogue.Find("acme-1")!.TrainingLimits!.MinExamples);
        Assert.Equal("2028-01-01", catalogue.FindClosure("OpenAI")!.ClosedFrom.ToString());
        Assert.Equal("2025-09-15", catalogue.FindClosure("Cohere")!.ClosedFrom.ToString());
    }

    [Theory]
    [InlineData("", 1, 1, "there is no value")]
    [InlineData("\uFEFF{}", 1, 1, "a byte-order mark, which JSON does not allow")]
    [InlineData("// models\n{}", 1, 1, "JSON has no comments")]
    [InlineData("{\n  /* none */ }", 2, 3, "JSON has no comments")]
    [InlineData("[]", 1, 1, "the file must be an object")]
    [InlineData("null", 1, 1, "the file must be an object")]
    [InlineData("{ \"models\": [", 1, 14, "the text ends inside a value")]
    [InlineData("{ \"models\": [] ", 1, 16, "the text ends inside a value")]
    [InlineData("{ \"models\": [], }", 1, 17, "a comma before the closing bracket")]
    [InlineData("{} {}", 1, 4, "more text after the value")]
    [InlineData("{ \"model\": [] }", 1, 3, "'model' is no member of the file, which has providers, models and closures")]
    [InlineData("{ \"models\": {} }", 1, 13, "'models' must be a list")]
    [InlineData("{ \"models\": [\"gpt-4o\"] }", 1, 14, "'models' must be a list of objects")]
    [InlineData("{ \"models\": [], \"models\": [] }", 1, 17, "'models' stands twice in the file")]
    [InlineData("{ \"m\\ud800\": [] }", 1, 3, "a text holds half of a surrogate pair")]
    public void Error_of_the_file_says_where_and_what(string text, int line, int column, string message) =>
        AssertError(text, line, column, message);

    [Theory]
    [InlineData("\"id\": 4, $", 3, 7, "'id' must be a text")]
    [InlineData("\"id\": \" \", $", 3, 7, "'id' is empty")]
    [InlineData("$", 2, 3, "a model needs 'id'")]
    [InlineData("\"id\": \"m\", \"provider\": \"OpenAI\", \"source\": \"s\"", 2, 3, "a model needs 'asOf'")]
    [InlineData("\"id\": \"m\", \"asOf\": \"2026-01-31\", \"source\": \"s\"", 2, 3, "a model needs 'provider'")]
    [InlineData("\"id\": \"m\", \"provider\": \"Open AI\", \"source\": \"s\", \"asOf\": \"2026-01-31\"", 3, 24, "'Open AI' is no provider of the catalogue; add it to 'providers' or mend the name")]
    [InlineData("\"id\": \"m\", \"retires\": \"31.01.2027\", $", 3, 23, "'31.01.2027' is not a date as yyyy-MM-dd")]
    [InlineData("\"id\": \"m\", \"retires\": \"2027-02-29\", $", 3, 23, "'2027-02-29' is not a date as yyyy-MM-dd")]
    [InlineData("\"id\": \"m\", \"retires\": 20270131, $", 3, 23, "'retires' must be a date as yyyy-MM-dd, or null")]
    [InlineData("\"id\": \"m\", \"asOf\": null, \"source\": \"s\"", 3, 20, "'asOf' must be a date as yyyy-MM-dd")]
    [InlineData("\"id\": \"m\", \"retires\": \"2027-01-31\", \"retires\": null, $", 3, 37, "'retires' stands twice in a model")]
    [InlineData("\"id\": \"m\", \"retired\": \"2027-01-31\", $", 3, 12, "'retired' is no member of a model, which has id, provider, aliases, datedAliases, bases, retires, trainingEnds, successors, price, limits, note, source and asOf")]
    [InlineData("\"id\": \"m\", \"successors\": \"n\", $", 3, 26, "'successors' must be a list")]
    [InlineData("\"id\": \"m\", \"successors\": [1], $", 3, 27, "'successors' must be a list of texts")]
    [InlineData("\"id\": \"m\", \"successors\": [\"\"], $", 3, 27, "a text of 'successors' is empty or has more than 512 characters")]
    [InlineData("\"id\": \"m\", \"aliases\": [\"m\"], $", 3, 24, "the model 'm' is listed twice")]
    [InlineData("\"id\": \"m\", \"bases\": [\"n\"], $", 2, 3, "'bases' is for rows of fine-tuned models, whose 'id' begins with 'ft:'")]
    [InlineData("\"id\": \"m\", \"price\": 8, $", 3, 21, "'price' must be an object")]
    [InlineData("\"id\": \"m\", \"price\": { \"trainingPerMillion\": -8 }, $", 3, 45, "'trainingPerMillion' must be an amount in US dollars, from 0 to 1000000")]
    [InlineData("\"id\": \"m\", \"price\": { \"trainingPerMillion\": 1e99 }, $", 3, 45, "'trainingPerMillion' must be an amount in US dollars, from 0 to 1000000")]
    [InlineData("\"id\": \"m\", \"price\": { \"trainingPerMillion\": \"8\" }, $", 3, 45, "'trainingPerMillion' must be a number")]
    [InlineData("\"id\": \"m\", \"price\": { \"trainingPerMillion\": 8 }, $", 3, 21, "a price needs 'source'")]
    [InlineData("\"id\": \"m\", \"limits\": { \"minExamples\": 1.5 }, $", 3, 39, "'minExamples' must be a whole number above 0")]
    [InlineData("\"id\": \"m\", \"limits\": { \"minExamples\": 0 }, $", 3, 39, "'minExamples' must be a whole number above 0")]
    public void Error_of_a_row_says_where_and_what(string row, int line, int column, string message) =>
        AssertError("{ \"models\": [\n  {\n" + row.Replace("$", Row, StringComparison.Ordinal) + "\n} ] }", line, column, message);

    [Theory]
    [InlineData("{ \"models\": [ { \"id\": \"m\", $ },\n { \"id\": \"m\", $ } ] }", 2, 10, "the model 'm' is listed twice")]
    [InlineData("{ \"models\": [ { \"id\": \"ft:a\", \"bases\": [\"b\"], $ },\n { \"id\": \"ft:c\", \"bases\": [\"b\"], $ } ] }", 2, 28, "the base of fine-tuned models 'b' is listed twice")]
    [InlineData("{ \"providers\": [ { \"name\": \"p\", \"source\": \"s\", \"asOf\": \"2026-01-31\" },\n { \"name\": \"p\" } ] }", 2, 12, "the provider 'p' is listed twice")]
    [InlineData("{ \"providers\": [ { \"name\": \"p\", \"source\": \"s\" } ] }", 1, 18, "a provider needs 'asOf'")]
    [InlineData("{ \"providers\": [ { \"trainingTiers\": [ { \"method\": \"dpo\" } ] } ] }", 1, 51, "'dpo' is not a value of 'method'; expected 'supervised' or 'preference'")]
    [InlineData("{ \"closures\": [ { $, \"steps\": [] } ] }", 1, 17, "a closure has at least one step")]
    [InlineData("{ \"closures\": [ { $, \"steps\": [ { \"from\": \"2026-01-31\" } ] } ] }", 1, 92, "a step needs 'affects'")]
    [InlineData("{ \"closures\": [ { $, \"steps\": [ { \"affects\": \"all\", \"from\": \"2026-01-31\" },\n{ \"affects\": \"all\", \"from\": \"2026-01-31\" } ] } ] }", 2, 1, "the steps of a closure follow each other by date, each with 'from' where there are several")]
    [InlineData("{ \"closures\": [ { $, \"steps\": [ { \"affects\": \"all\" } ] },\n{ \"provider\": \"OpenAI\" } ] }", 2, 15, "the closure of 'OpenAI' is listed twice")]
    public void Rows_that_disagree_are_errors(string text, int line, int column, string message) =>
        AssertError(text.Replace("$", Row, StringComparison.Ordinal), line, column, message);

    [Fact]
    public void Bytes_that_are_not_utf8_are_an_error()
    {
        Assert.False(ModelCatalogueFile.TryParse([(byte)'{', (byte)'"', 0xFF, (byte)'"'], [], out var rows, out var error));
        Assert.Null(rows);
        Assert.Equal(new JsonFileError("bytes that are not UTF-8", 1, 3), error);
    }

    [Fact]
    public void Column_counts_characters() =>
        AssertError("{ \"models\": [ { \"id\": \"日本😀\", \"x\": 1 } ] }", 1, 31, "'x' is no member of a model, which has id, provider, aliases, datedAliases, bases, retires, trainingEnds, successors, price, limits, note, source and asOf");

    [Fact]
    public void Large_and_deep_files_are_errors()
    {
        AssertError(new string(' ', ModelCatalogueFile.MaxLength) + "{}", 1, 1, "the file has more than 1 MiB");
        AssertError("{ \"models\": " + new string('[', 100_000), 1, 14, "'models' must be a list of objects");
        AssertError("{ \"models\": [ { \"id\": \"" + new string('m', 513) + "\" } ] }", 1, 23, "'id' has more than 512 characters");
    }

    [Fact]
    public void No_prefix_of_the_built_in_file_is_read_or_throws()
    {
        var file = File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "models.json"));
        var text = Encoding.UTF8.GetString(file).TrimEnd();
        Assert.True(ModelCatalogueFile.TryParse(text, [], out _, out _));
        for (var length = 0; length < text.Length; length += 97)
        {
            Assert.False(ModelCatalogueFile.TryParse(text[..length], [], out var rows, out var error));
            Assert.Null(rows);
            Assert.NotNull(error);
        }
    }

    private static ModelCatalogue With(string text)
    {
        Assert.True(ModelCatalogueFile.TryParse(text, ModelCatalogue.Default.Providers.Select(static provider => provider.Name), out var rows, out var error), error?.ToString());
        return ModelCatalogue.Default.With(rows!);
    }

    private static void AssertError(string text, int line, int column, string message)
    {
        Assert.False(ModelCatalogueFile.TryParse(text, ModelCatalogue.Default.Providers.Select(static provider => provider.Name), out var rows, out var error));
        Assert.Null(rows);
        Assert.Equal(new JsonFileError(message, line, column), error);
    }
}
