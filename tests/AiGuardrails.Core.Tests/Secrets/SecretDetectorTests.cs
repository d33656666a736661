using System.Text;
using AiGuardrails.Core.Secrets;

namespace AiGuardrails.Core.Tests.Secrets;

/// <summary>No key stands in this file: they are made up as the tests run.</summary>
public sealed class SecretDetectorTests
{
    private const string Alphanumeric = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    private const string Base32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

    public static TheoryData<string, string> Secrets => new()
    {
        { nameof(SecretKind.OpenAIKey), "sk-" + Made(20) + "T3Blbk" + "FJ" + Made(20) },
        { nameof(SecretKind.OpenAIKey), "sk-proj-" + Made(60) + "-_" + Made(60) },
        { nameof(SecretKind.OpenAIKey), "sk-svcacct-" + Made(80) },
        { nameof(SecretKind.AnthropicKey), "sk-ant-api03-" + Made(46) + "-" + Made(46) + "AA" },
        { nameof(SecretKind.HuggingFaceToken), "hf_" + Made(34) },
        { nameof(SecretKind.GoogleKey), "AIza" + Made(35) },
        { nameof(SecretKind.AwsAccessKey), "AKIA" + Made(16, Base32) },
        { nameof(SecretKind.GitHubToken), "ghp_" + Made(36) },
        { nameof(SecretKind.GitHubToken), "github_pat_" + Made(22) + "_" + Made(59) },
        { nameof(SecretKind.SlackToken), "xoxb-" + Made(12, "0123456789") + "-" + Made(24) },
        { nameof(SecretKind.ReplicateToken), "r8_" + Made(37) },
        { nameof(SecretKind.GroqKey), "gsk_" + Made(52) },
        { nameof(SecretKind.ApiKey), "sk-" + Made(32, "0123456789abcdef") },
        { nameof(SecretKind.UriPassword), "postgres://app:" + Made(12) + "@db.internal:5432" },
        { nameof(SecretKind.ConnectionString), "Password=" + Made(14) },
        { nameof(SecretKind.ConnectionString), "AccountKey=" + Made(86) + "==" },
        { nameof(SecretKind.PrivateKey), "-----BEGIN RSA PRIVATE " + "KEY-----\n" + Made(64) + "\n" + Made(64) + "\n" },
    };

    [Theory]
    [MemberData(nameof(Secrets))]
    public void Secret_is_found_in_text_of_both_encodings(string kind, string secret)
    {
        var before = kind == nameof(SecretKind.ConnectionString) ? "Server=db.internal;User=app;" : "ключ: ";
        var text = before + secret + (kind == nameof(SecretKind.PrivateKey) ? "-----END" : ";Timeout=5 or so");

        Assert.True(SecretDetector.TryFind(text.AsSpan(), 0, out var match));
        Assert.Equal(kind, match.Kind.ToString());
        Assert.Equal(secret, text.Substring(match.Start, match.Length));
        Assert.StartsWith(text.Substring(match.Start, match.PrefixLength), secret, StringComparison.Ordinal);
        Assert.InRange(match.PrefixLength, 1, 40);
        Assert.DoesNotContain(Made(12), match.Description.English, StringComparison.Ordinal);

        Assert.True(SecretDetector.TryFind(Encoding.UTF8.GetBytes(text), 0, out var inUtf8));
        Assert.Equal(match.Start + Encoding.UTF8.GetByteCount(before) - before.Length, inUtf8.Start);
        Assert.Equal(match.Length, inUtf8.Length);
        Assert.False(SecretDetector.TryFind(text.AsSpan(), match.Start + match.Length, out _));
    }

    [Theory]
    [InlineData("sk-…")]
    [InlineData("sk-your-key-goes-here-and-it-is-long-enough-for-all")]
    [InlineData("sk-xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx")]
    [InlineData("sk-proj-your-project-key-0000000000000000000000000000")]
    [InlineData("sk-ant-api03-EXAMPLEEXAMPLEEXAMPLEEXAMPLEEXAMPLEEXAMPLEEXAMPLE")]
    [InlineData("AKIAIOSFODNN7EXAMPLE")]
    [InlineData("hf_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx")]
    [InlineData("task-force-of-thirty-two-people-and-more-than-that")]
    [InlineData("ask-abcdefabcdefabcdef")]
    [InlineData("risk-0123456789012345678901234567890123456789")]
    [InlineData("https://user:password@example.org/x")]
    [InlineData("https://example.org:8080/a@b")]
    [InlineData("postgres://postgres:postgres@localhost:5432/app")]
    [InlineData("amqp://guest:guest@rabbit/")]
    [InlineData("https://user:<token>@host.internal/")]
    [InlineData("https://user:${TOKEN}@host.internal/")]
    [InlineData("Server=.;Database=app;Password=<your password>;")]
    [InlineData("Server=.;Database=app;Password={password};Encrypt=true")]
    [InlineData("if (password == null) return; x = y;")]
    [InlineData("password=hunter2hunter")]
    [InlineData("-----BEGIN PRIVATE KEY-----\n...\n-----END PRIVATE KEY-----")]
    [InlineData("-----BEGIN CERTIFICATE-----\nMIIBszCCAVmgAwIBAgIUQ1y7yk2vq8m3b5T0nA9hZk0x\n-----END CERTIFICATE-----")]
    [InlineData("gsk_example")]
    [InlineData("xoxb-your-token")]
    [InlineData("lm-studio")]
    [InlineData("sk-proj-this-is-a-test-project-of-the-integration-suite-0042")]
    [InlineData("sk-ant-api03-put-the-key-of-the-workspace-into-the-vault-2024")]
    [InlineData("Never tell your password; pwd = hidden.")]
    public void Placeholders_and_other_words_are_left(string text)
    {
        Assert.False(SecretDetector.TryFind(text.AsSpan(), 0, out var match), match.ToString());
        Assert.False(SecretDetector.TryFind(("(" + text + ")").AsSpan(), 0, out _));
    }

    [Fact]
    public void Prefix_shows_nothing_of_the_secret()
    {
        Assert.True(SecretDetector.TryFind(("sk-ant-" + Made(9) + "-" + Made(60)).AsSpan(), 0, out var unknown));
        Assert.Equal("sk-ant-".Length, unknown.PrefixLength);

        Assert.True(SecretDetector.TryFind(("sk-ant-admin01-" + Made(60)).AsSpan(), 0, out var known));
        Assert.Equal("sk-ant-admin01-".Length, known.PrefixLength);
    }

    [Fact]
    public void Opaque_text_can_be_a_key()
    {
        Assert.All([Made(20), Made(32), Made(84), Made(40) + "==", Made(32, "0123456789abcdef")], static text => Assert.True(SecretDetector.CanBeKey(text.AsSpan()), text));
        Assert.All(
            ["", "short", Made(19), new string('a', 40), "correct horse battery staple 42", "https://api.example.org/v1/42", "your-api-key-goes-here-2024", "{OPENAI_KEY_2024_FROM_VAULT}", "an-identifier-of-words-only", "ключ-" + Made(30), Made(600)],
            static text => Assert.False(SecretDetector.CanBeKey(text.AsSpan()), text));
    }

    [Fact]
    public void Search_allocates_nothing()
    {
        var text = new string('x', 300) + " sk-" + Made(10) + " " + new string('-', 50) + Made(200, "sk-_A:=/@;");
        _ = SecretDetector.TryFind(text.AsSpan(), 0, out _);
        var before = GC.GetAllocatedBytesForCurrentThread();
        _ = SecretDetector.TryFind(text.AsSpan(), 0, out _);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Fact]
    public void Any_text_will_do()
    {
        var random = new Random(5);
        for (var i = 0; i < 50_000; i++)
        {
            var text = string.Concat(Enumerable.Range(0, random.Next(40)).Select(_ => s_pieces[random.Next(s_pieces.Length)]));
            for (var from = 0; SecretDetector.TryFind(text.AsSpan(), from, out var match); from = match.Start + match.Length)
            {
                Assert.True(match.Start >= from && match.Length > 0 && match.Start + match.Length <= text.Length && match.PrefixLength <= match.Length);
            }

            var utf8 = Encoding.UTF8.GetBytes(text);
            for (var from = 0; PersonalData.TryFind(utf8, from, out var match); from = match.Start + match.Length)
            {
                Assert.True(match.Start >= from && match.Length > 0 && match.Start + match.Length <= utf8.Length);
            }
        }
    }

    private static readonly string[] s_pieces =
    [
        "sk-", "ant-", "T3BlbkFJ", "hf_", "AIza", "AKIA", "ghp_", "github_pat_", "xoxb-", "r8_", "://", ":", "@", "=", ";", "Password", "-----BEGIN ", "PRIVATE KEY-----",
        "\\n", "\n", "a9Xb2", "Q7zR4mK1", "J5", " ", "+49", "170", "192.", "168.", "8", "4", "DE", "89", "3704", ".", "com", "é", "😀", "-",
    ];

    private static string Made(int length, string alphabet = Alphanumeric)
    {
        // A fixed series that has the entropy of a key and none of its words.
        var state = 12345u + (uint)length;
        return string.Create(length, alphabet, (span, letters) =>
        {
            for (var i = 0; i < span.Length; i++)
            {
                state = (state * 1664525) + 1013904223;
                span[i] = letters[(int)((state >> 16) % (uint)letters.Length)];
            }
        });
    }
}
