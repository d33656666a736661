namespace AiGuardrails.Analyzers.Tests.Rules.Secrets;

/// <summary>Secrets that are made up as the tests run: none stands in the repository, where scanners would find it.</summary>
internal static class MadeUp
{
    private const string Alphanumeric = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

    public static string OpenAIKey { get; } = "sk-" + "proj-" + Random(74) + "T3Blbk" + "FJ" + Random(74);

    public static string OldOpenAIKey { get; } = "sk-" + Random(20) + "T3Blbk" + "FJ" + Random(20);

    public static string AnthropicKey { get; } = "sk-" + "ant-api03-" + Random(46) + "-" + Random(46) + "AA";

    public static string HuggingFaceToken { get; } = "hf" + "_" + Random(34);

    public static string GoogleKey { get; } = "AI" + "za" + Random(35);

    public static string GroqKey { get; } = "gsk" + "_" + Random(52);

    public static string ReplicateToken { get; } = "r8" + "_" + Random(37);

    public static string AwsKey { get; } = "AK" + "IA" + "QX7WPLM3NZ5TV2RY";

    public static string GitHubToken { get; } = "gh" + "p_" + Random(36);

    /// <summary>Gets a key of no known form.</summary>
    public static string OpaqueKey { get; } = Random(32);

    public static string ConnectionString { get; } = "Server=db.internal;User Id=app;" + "Pass" + "word=" + Random(14) + ";Database=shop";

    public static string PrivateKey { get; } = "-----BEGIN RSA PRIVATE " + "KEY-----" + Random(64) + Random(64) + "-----END RSA PRIVATE KEY-----";

    /// <summary>Letters and digits that are the same in every run.</summary>
    public static string Random(int length)
    {
        var state = (uint)(length * 7919) + 12345;
        return string.Create(length, state, static (text, seed) =>
        {
            for (var i = 0; i < text.Length; i++)
            {
                seed = (seed * 1664525) + 1013904223;
                text[i] = Alphanumeric[(int)((seed >> 16) % (uint)Alphanumeric.Length)];
            }
        });
    }
}
