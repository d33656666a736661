using AiGuardrails.Core.Models;

namespace AiGuardrails.Core.Tests.Models;

public sealed class FineTunedModelIdTests
{
    [Theory]
    [InlineData("ft:gpt-4o-mini-2024-07-18:org:weather:B7R9VjQd", "OpenAI", "gpt-4o-mini-2024-07-18")]
    [InlineData("ft:gpt-4o-mini:openai::7p4lURel", "OpenAI", "gpt-4o-mini")]
    [InlineData("ft:davinci-002:my-org:custom_suffix:7q8mpxmy", "OpenAI", "davinci-002")]
    [InlineData("ft:gpt-4o-mini-2024-07-18:my-org:custom_suffix:9ABel2dg:ckpt-step-88", "OpenAI", "gpt-4o-mini-2024-07-18")]
    [InlineData("ft:open-mistral-7b:587a6b29:20240514:7e773925", "Mistral", "open-mistral-7b")]
    [InlineData("ft:classifier:ministral-3b-latest:XXX:20250401:XXX", "Mistral", "ministral-3b-latest")]
    [InlineData("gpt-4.1-mini-2025-04-14.ft-b044a9d3cf9c4228b5d393567f693b83", "Azure OpenAI", "gpt-4.1-mini-2025-04-14")]
    [InlineData("arn:aws:bedrock:us-east-1:123456789012:custom-model/amazon.titan-text-lite-v1:0:4k/abcdefghijkl", "Amazon Bedrock", "amazon.titan-text-lite-v1:0:4k")]
    [InlineData("arn:aws:bedrock:us-east-1:123456789012:custom-model/imported/abcdefghijkl", "Amazon Bedrock", "")]
    [InlineData("arn:aws-us-gov:bedrock:us-gov-west-1:123456789012:provisioned-model/abcdefghijkl", "Amazon Bedrock", "")]
    public void Id_that_proves_itself_is_read_anywhere(string text, string provider, string baseModel)
    {
        Assert.Equal(new FineTunedModelId(provider, baseModel), FineTunedModelId.TryParse(text, ModelIdContext.Anywhere));
        Assert.Equal(new FineTunedModelId(provider, baseModel), FineTunedModelId.TryParse(text, ModelIdContext.ModelSink));
    }

    [Theory]
    [InlineData("ft:gpt-4o:acme::x", "OpenAI", "gpt-4o")]
    [InlineData("davinci:ft-personal-2023-04-28-18-40-02", "OpenAI", "davinci")]
    [InlineData("davinci:ft-personal:sup-v2p1-2023-03-02-18-39-57", "OpenAI", "davinci")]
    [InlineData("projects/acme/locations/us-central1/endpoints/1234567890", "Vertex AI", "")]
    [InlineData("projects/acme/locations/us-central1/models/support@2", "Vertex AI", "")]
    [InlineData("tunedModels/support-a1b2", "Gemini API", "")]
    [InlineData("accounts/acme/models/support", "Fireworks", "")]
    [InlineData("acme/support:5c7d5dc6dd8bf75c1acaa8565735e7986bc5b66206b55cca93cb72c9bf15ccaa", "Replicate", "support")]
    [InlineData("mistralai/Mistral-7B-Instruct-v0.1:aitra:qzoyg", "Anyscale", "Mistral-7B-Instruct-v0.1")]
    [InlineData("acb944bb-fb49-4c29-a15b-e6a245a7bdf9-ft", "Cohere", "")]
    [InlineData("zainhas/Meta-Llama-3.1-8B-Instruct-Reference-test1_8b-e5a0fb5d", "Together AI", "Meta-Llama-3.1-8B-Instruct-Reference-test1_8b")]
    [InlineData("acme/base-support-e5a0fb5d:200", "Together AI", "base-support")]
    public void Loose_id_is_read_where_a_model_is_named(string text, string provider, string baseModel)
    {
        Assert.Equal(new FineTunedModelId(provider, baseModel), FineTunedModelId.TryParse(text, ModelIdContext.ModelSink));
        Assert.Null(FineTunedModelId.TryParse(text, ModelIdContext.Anywhere));
    }

    [Theory]
    [InlineData("")]
    [InlineData("gpt-4o-mini")]
    [InlineData("gpt-4o-mini-2024-07-18")]
    [InlineData("claude-sonnet-5")]
    [InlineData("ft:")]
    [InlineData("ft:gpt-4o")]
    [InlineData("ft:gpt-4o:acme")]
    [InlineData("ft:gpt-4o:acme::")]
    [InlineData("ft:gpt 4o:acme::AbC12345")]
    [InlineData("see ft:gpt-4o:acme::AbC12345")]
    [InlineData("ft:gpt-4o:acme::AbC12345 and more")]
    [InlineData("ftjob-abc123")]
    [InlineData("file-abc123")]
    [InlineData("ft-3758bcdc-7d52")] // a job of Together AI
    [InlineData("accounts/fireworks/models/qwen3-8b")]
    [InlineData("acme/model-20240718")] // a date
    [InlineData("meta-llama/Llama-3.3-70B-Instruct-Turbo")]
    [InlineData("projects/acme/locations/us-central1/publishers/google/models/gemini-2.5-pro")]
    [InlineData("arn:aws:bedrock:us-east-1::foundation-model/anthropic.claude-3-haiku-20240307-v1:0")]
    [InlineData("https://api.openai.com/v1")]
    public void Other_text_is_no_id(string text) => Assert.Null(FineTunedModelId.TryParse(text, ModelIdContext.ModelSink));

    [Fact]
    public void Absurd_text_is_no_id_and_takes_no_time()
    {
        Assert.Null(FineTunedModelId.TryParse("ft:" + new string('a', 1_000_000), ModelIdContext.ModelSink));
        Assert.Null(FineTunedModelId.TryParse("\uD800:ft\uDFFF", ModelIdContext.ModelSink));
        Assert.Null(FineTunedModelId.TryParse(string.Concat(Enumerable.Repeat("a:", 250)), ModelIdContext.ModelSink));
        Assert.Null(FineTunedModelId.TryParse("davinci:ft-" + string.Concat(Enumerable.Repeat("-a:", 160)), ModelIdContext.ModelSink));
    }
}
