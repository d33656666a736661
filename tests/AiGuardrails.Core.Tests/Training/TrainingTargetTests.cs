namespace AiGuardrails.Core.Tests.Training;

public sealed class TrainingTargetTests
{
    [Fact]
    public void Every_target_is_found_by_its_name()
    {
        foreach (var target in TrainingTarget.All)
        {
            Assert.Same(target, TrainingTarget.Parse(target.Name));
            Assert.Equal(target.Name, target.ToString());
        }

        Assert.Equal("openai-chat", TrainingTarget.OpenAIChat.Name);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("OpenAI-Chat")]
    [InlineData("openai-chat ")]
    public void Other_names_are_not(string? name)
    {
        Assert.False(TrainingTarget.TryParse(name, out var target));
        Assert.Null(target);
    }

    [Fact]
    public void The_error_lists_the_names()
    {
        var error = Assert.Throws<FormatException>(() => TrainingTarget.Parse("openai"));

        Assert.StartsWith("'openai' is not a training target; expected openai-chat, openai-dpo, openai-rft, azure-chat", error.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentNullException>(() => TrainingTarget.Parse(null!));
    }
}
