using AiGuardrails.Core.Models;

namespace AiGuardrails.Core.Tests.Models;

public sealed class ModelCatalogueTests
{
    private static readonly ModelCatalogue s_catalogue = ModelCatalogue.Default;

    [Fact]
    public void Every_row_has_a_source_of_a_day_that_has_been()
    {
        var dates = s_catalogue.Models.Select(static row => (row.Id, row.Source, row.AsOf))
            .Concat(s_catalogue.Models.Where(static row => row.Price is not null).Select(static row => (row.Id, row.Price!.Source, row.Price.AsOf)))
            .Concat(s_catalogue.Models.Where(static row => row.Limits is not null).Select(static row => (row.Id, row.Limits!.Source, row.Limits.AsOf)))
            .Concat(s_catalogue.Providers.Select(static row => (row.Name, row.Source, row.AsOf)))
            .Concat(s_catalogue.Closures.Select(static row => (row.Provider, row.Source, row.AsOf)));

        Assert.All(dates, static row =>
        {
            Assert.NotEmpty(row.Item2);
            Assert.True(row.Item3 >= Day("2023-01-01") && row.Item3 <= Day("2026-12-31"), $"{row.Item1}: {row.Item3}");
        });
    }

    [Fact]
    public void Providers_stand_in_the_order_in_which_their_ids_are_told_apart()
    {
        Assert.All(s_catalogue.Providers, static provider => Assert.All(
            provider.IdExamples, id => Assert.Equal(provider.Name, FineTunedModelId.TryParse(id, ModelIdContext.ModelSink)?.Provider)));
        Assert.Equal(["Mistral", "OpenAI", "Azure OpenAI"], s_catalogue.Providers.Take(3).Select(static provider => provider.Name));
    }

    [Fact]
    public void Successors_that_are_in_the_catalogue_lead_out_of_it()
    {
        var today = Day("2027-06-01");
        foreach (var row in s_catalogue.Models.Where(static row => row.Successors.Count == 1))
        {
            var successor = s_catalogue.SuccessorOf(row, today);
            if (successor is not null)
            {
                Assert.False(s_catalogue.Find(successor)?.Retires <= today, $"{row.Id} is to be replaced by {successor}, which is retired too.");
            }
        }
    }

    [Theory]
    [InlineData("gpt-4.1-nano-2025-04-14", "2026-10-23")]
    [InlineData("gpt-4.1-nano", "2026-10-23")] // an alias that the page dates itself
    [InlineData("gpt-4o-mini", null)] // one that it does not
    [InlineData("gpt-3.5-turbo-0613", "2024-09-13")]
    [InlineData("ft:gpt-3.5-turbo-0613:acme::AbC12345", "2026-10-23")] // exempt when its base went
    [InlineData("ft:gpt-3.5-turbo-1106:acme::AbC12345:ckpt-step-88", "2026-10-23")]
    [InlineData("ft:gpt-3.5-turbo-0301:acme::AbC12345", "2024-09-13")] // no row of its own: the base counts
    [InlineData("ft:gpt-4o-mini-2024-07-18:acme::AbC12345", "2027-01-14")]
    [InlineData("ft:gpt-4o-mini:acme::AbC12345", null)] // the base by an alias
    [InlineData("davinci:ft-personal-2023-04-28-18-40-02", "2024-01-04")]
    [InlineData("claude-3-haiku-20240307", "2026-04-20")]
    [InlineData("gpt-4.1-nano-2025-04-14.ft-b044a9d3cf9c4228b5d393567f693b83", null)] // Azure has dates of its own
    [InlineData("ft:open-mistral-7b:587a6b29:20240514:7e773925", null)]
    [InlineData("some-model", null)]
    public void Date_of_a_model(string id, string? date) => Assert.Equal(date, s_catalogue.Find(id)?.Retires?.ToString());

    [Theory]
    [InlineData("gpt-4o-mini", 3.00, 0.0)]
    [InlineData("gpt-4o-mini-2024-07-18", 3.00, 0.0)]
    [InlineData("ft:gpt-4o-mini:acme::AbC12345", 3.00, 0.30)]
    [InlineData("gpt-3.5-turbo", 8.00, 0.0)]
    [InlineData("ft:gpt-3.5-turbo-0125:acme::AbC12345", 8.00, 3.00)]
    public void Prices_of_a_model(string id, double training, double input)
    {
        var match = s_catalogue.Find(id)!;

        Assert.Equal((decimal)training, match.TrainingPrice!.TrainingPerMillion);
        Assert.Equal((decimal)input, match.UsePrice?.InputPerMillion ?? 0);
    }

    [Fact]
    public void Training_ends_before_the_model_where_the_page_says_so()
    {
        Assert.Equal("2024-10-28", s_catalogue.Find("davinci-002")!.TrainingEnds.ToString());
        Assert.Equal("2026-09-28", s_catalogue.Find("davinci-002")!.Retires.ToString());
        Assert.Equal("2026-10-23", s_catalogue.Find("gpt-4.1-nano")!.TrainingEnds.ToString());
        Assert.Null(s_catalogue.Find("gpt-4o")!.TrainingEnds);
    }

    [Theory]
    [InlineData("gpt-3.5-turbo-0613", "2024-10-01", "gpt-3.5-turbo")]
    [InlineData("gpt-3.5-turbo-0613", "2026-10-23", "gpt-5.6-terra")] // its successor is retired too
    [InlineData("dall-e-3", "2026-10-23", null)] // several
    [InlineData("o1-pro", "2026-10-23", null)] // none
    public void Successor_of_a_model(string id, string today, string? successor) =>
        Assert.Equal(successor, s_catalogue.SuccessorOf(s_catalogue.Find(id)!.Own!, Day(today)));

    [Fact]
    public void Closure_has_steps()
    {
        var closure = s_catalogue.FindClosure("OpenAI")!;

        Assert.Equal("2027-01-06", closure.ClosedFrom.ToString());
        Assert.Null(closure.StepOn(Day("2026-05-06")));
        Assert.Equal("2026-05-07", closure.StepAfter(Day("2026-05-06"))!.From.ToString());
        Assert.Equal("2026-07-02", closure.StepOn(Day("2027-01-05"))!.From.ToString());
        Assert.Null(closure.StepAfter(Day("2027-01-06")));
        Assert.Equal("2026-08-21", s_catalogue.FindClosure("Mistral")!.ClosedFrom.ToString());
        Assert.All(s_catalogue.Closures.SelectMany(static one => one.Alternatives), static name => Assert.NotNull(s_catalogue.FindProvider(name)));
    }

    private static CalendarDate Day(string text) => CalendarDate.TryParse(text)!.Value;
}
