namespace AiGuardrails.Package.Tests;

/// <summary>The build in the language of its reader: the compiler finds the translations beside the rules.</summary>
[Collection(PackageCollection.Name)]
public sealed class TranslationTests(PackageFixture package)
{
    [Theory]
    [InlineData("zh-Hans")]
    [InlineData("zh-CN")]
    public async Task Build_speaks_Chinese_where_its_reader_does(string language)
    {
        // A rule with a message of its own, one that puts it together, and one about data files.
        var code = await BuildAsync("Chat", language);
        var data = await BuildAsync("TrainingData", language);

        Assert.Contains("warning AIG1001: 'ft:gpt-4o-mini-2024-07-18:acme::AbC12345' 是微调模型 ID；请从配置中读取，这样重新训练时无需修改代码", code, StringComparison.Ordinal);
        Assert.Contains("warning AIG4001: 微调作业一旦处于 ", code, StringComparison.Ordinal);
        Assert.Contains("train.jsonl(2,83): warning AIG9009: 回答只是占位文字", data, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("en-US")]
    [InlineData("tr-TR")]
    public async Task Build_speaks_English_to_everybody_else(string language)
    {
        var output = await BuildAsync("Chat", language);

        Assert.Contains("warning AIG1001: 'ft:gpt-4o-mini-2024-07-18:acme::AbC12345' is a fine-tuned model ID; read it from configuration", output, StringComparison.Ordinal);
        Assert.Contains("warning AIG4001: This loop never ends once the fine-tuning job is ", output, StringComparison.Ordinal);
    }

    private async Task<string> BuildAsync(string project, string language)
    {
        var (result, _) = await package.BuildAsync(project, ["PreferredUILang=" + language]);
        return result.EnsureSuccess().Output;
    }
}
