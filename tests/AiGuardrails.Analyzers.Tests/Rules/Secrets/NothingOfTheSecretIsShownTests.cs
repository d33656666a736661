using AiGuardrails.Analyzers.Rules.Secrets;
using AiGuardrails.Testing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;

namespace AiGuardrails.Analyzers.Tests.Rules.Secrets;

/// <summary>Findings go into logs, reports and pull requests: what they say of a secret is its kind, and what all of the kind have in common.</summary>
public sealed class NothingOfTheSecretIsShownTests
{
    private static readonly string s_password = MadeUp.Random(14);

    public static TheoryData<string> Secrets =>
    [
        MadeUp.OpenAIKey, MadeUp.OldOpenAIKey, MadeUp.AnthropicKey, MadeUp.HuggingFaceToken, MadeUp.GoogleKey, MadeUp.GroqKey, MadeUp.ReplicateToken,
        MadeUp.OpaqueKey, MadeUp.AwsKey, MadeUp.GitHubToken, MadeUp.ConnectionString, MadeUp.PrivateKey, "http://app:" + s_password + "@llm.acme.com/v1",
    ];

    [Theory]
    [MemberData(nameof(Secrets))]
    public async Task Message_properties_and_other_places_hold_nothing_of_it(string secret)
    {
        var source = "class C { object A() => new OpenAI.Chat.ChatClient(\"gpt-4o\", \"" + secret + "\"); object B() => new OpenAI.Chat.UserChatMessage(\"Use " + secret
            + " now\"); object D(string key) => new Anthropic.AnthropicClient { ApiKey = key, BaseUrl = \"" + secret + "\" }; }";
        var found = await CSharpCompilation.Create("Secrets", [CSharpSyntaxTree.ParseText(source)], TestReferences.Of(ReferenceSets.Default), new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary))
            .WithAnalyzers([new HardCodedApiKeyAnalyzer(), new SecretInPromptAnalyzer(), new EndpointWithoutTlsAnalyzer()])
            .GetAnalyzerDiagnosticsAsync();

        Assert.NotEmpty(found);

        // What is the same in all secrets of a kind is no more than its beginning.
        const int Piece = 6;
        const int LongestPrefix = 16;
        var pieces = Enumerable.Range(0, secret.Length - Piece).Where(static start => start >= LongestPrefix).Select(start => secret.Substring(start, Piece))
            .Where(static piece => !"Use Server User Id=app;Password=;Database=shop @llm.acme.com/v1 PRIVATE KEY-----END RSA".Contains(piece, StringComparison.Ordinal))
            .ToList();
        Assert.All(found, diagnostic =>
        {
            var texts = diagnostic.Properties.Values.OfType<string>().Append(diagnostic.GetMessage(System.Globalization.CultureInfo.InvariantCulture)).ToList();
            Assert.All(pieces, piece => Assert.All(texts, text => Assert.DoesNotContain(piece, text, StringComparison.Ordinal)));
            Assert.Empty(diagnostic.AdditionalLocations);
        });
    }
}
