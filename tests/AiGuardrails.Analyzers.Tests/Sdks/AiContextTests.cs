using AiGuardrails.Analyzers.Rules.Models;
using AiGuardrails.Testing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Verify = AiGuardrails.Testing.CSharpAnalyzerVerifier<AiGuardrails.Analyzers.Rules.Models.HardCodedFineTunedModelIdAnalyzer>;

namespace AiGuardrails.Analyzers.Tests.Sdks;

/// <summary>When the rules look at a project at all, and what they make of unusual references.</summary>
public sealed class AiContextTests
{
    private const string Client =
        """
        namespace OpenAI
        {
            public class OpenAIClient { }
        }

        namespace OpenAI.Chat
        {
            public class ChatClient
            {
                public ChatClient(string model, string apiKey) { }
            }
        }
        """;

    [Fact]
    public Task Project_without_ai_is_not_looked_at() => Verify.VerifyAnalyzerAsync(
        "class C { const string Model = \"ft:gpt-4o-mini-2024-07-18:acme::AbC12345\"; }",
        test => test.References = ReferenceSets.Platform);

    [Fact]
    public Task Host_of_an_ai_service_is_reason_enough() => Verify.VerifyAnalyzerAsync(
        """
        class C
        {
            const string Url = "https://api.openai.com/v1/chat/completions";
            const string Model = {|AIG1001:"ft:gpt-4o-mini-2024-07-18:acme::AbC12345"|};
        }
        """,
        test =>
        {
            test.References = ReferenceSets.Platform;
            test.SilentWithoutSdk = false;
        });

    [Fact]
    public Task Sdk_type_declared_in_source_is_the_sdk() => Verify.VerifyAnalyzerAsync(
        Client + "class C { object M() => new OpenAI.Chat.ChatClient({|AIG1001:\"ft:gpt-4o:acme::x1\"|}, \"\"); }",
        test =>
        {
            test.References = ReferenceSets.Platform;
            test.SilentWithoutSdk = false;
        });

    [Fact]
    public Task Sdk_type_declared_in_source_beside_the_package_does_no_harm() => Verify.VerifyAnalyzerAsync(
        """
        namespace OpenAI.Chat
        {
            class ChatClient
            {
                public ChatClient(string name) { }
            }
        }

        class C { object M() => new OpenAI.Chat.ChatClient("ft:gpt-4o:acme::x1"); }
        """);

    [Fact]
    public Task Two_versions_of_the_sdk_do_no_harm() => Verify.VerifyAnalyzerAsync(
        """
        extern alias other;

        class C
        {
            object Package() => new OpenAI.Chat.ChatClient({|AIG1001:"ft:gpt-4o:acme::x1"|}, "");

            object Other() => new other::OpenAI.Chat.ChatClient({|AIG1001:"ft:gpt-4o:acme::x2"|}, "");
        }
        """,
        test =>
        {
            var platform = TestReferences.Of(ReferenceSets.Platform);
            var image = new MemoryStream();
            var emitted = CSharpCompilation.Create("OpenAI.Other", [CSharpSyntaxTree.ParseText(Client)], platform, new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary)).Emit(image);
            Assert.True(emitted.Success);
            test.AdditionalReferences.Add(MetadataReference.CreateFromImage(image.ToArray()).WithAliases(["other"]));
            test.SilentWithoutSdk = false; // the other version is there
        });

    [Fact]
    public Task Missing_reference_does_no_harm() => AnalyzerFuzz.VerifyNeverThrowsAsync<HardCodedFineTunedModelIdAnalyzer>(
        "using Missing.Sdk; class C { object M(Missing.Client client) => client.Create(model: \"ft:gpt-4o:acme::x1\").Run(new OpenAI.Chat.ChatClient(\"ft:gpt-4o:acme::x1\", client)); }");
}
