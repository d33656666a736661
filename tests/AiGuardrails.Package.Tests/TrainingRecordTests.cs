using System.Text.Json;

namespace AiGuardrails.Package.Tests;

/// <summary>Training records in a project that has nothing but the package: the generated code compiles, and runs.</summary>
[Collection(PackageCollection.Name)]
public sealed class TrainingRecordTests(PackageFixture package)
{
    [Fact]
    public async Task Generated_writer_writes_a_training_file()
    {
        var assembly = package.PathOf("Records", "bin", "Debug", "net10.0", "Records.dll");
        Assert.True(File.Exists(assembly), package.DefaultOutput("Records"));

        var file = package.PathOf("Records", "train.jsonl");
        _ = (await package.RunAsync(["exec", assembly, file])).EnsureSuccess();

        var answers = File.ReadLines(file)
            .Select(static line => JsonDocument.Parse(line).RootElement.GetProperty("messages").EnumerateArray().ToList())
            .Select(static messages => messages.Select(static message => message.GetProperty("role").GetString() + ": " + message.GetProperty("content").GetString()));
        Assert.Equal(
            [
                ["system: You are a customer support agent for Acme Corp.", "user: How do I reset my password?", "assistant: Under Settings, Security."],
                ["system: You are a customer support agent for Acme Corp.", "user: Où est ma facture ?", "assistant: Sous « Factures »."],
            ],
            answers);
    }
}
