using AiGuardrails.Analyzers.Sdks;
using AiGuardrails.Testing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace AiGuardrails.Analyzers.Tests.Sdks;

/// <summary>What the tables say of stale members, batches and jobs that come as JSON, against the real packages.</summary>
public sealed class JobConceptTableTests
{
    private static readonly Compilation s_compilation = CSharpCompilation.Create("Sdks", references: TestReferences.Of(ReferenceSets.Default));

    [Fact]
    public void Refreshes_that_leave_members_stale_are_there()
    {
        var job = Assert.Single(OpenAISdk.Table.Jobs, static job => job.UntypedRefreshParameter is not null);
        var type = Type(job.JobTypes[0]);

        Assert.Equal(job.UntypedBase, type.BaseType!.ToDisplayString());
        Assert.All(job.StaleMembers, member => Assert.NotEmpty(type.GetMembers(member)));
        Assert.All(job.RefreshMethods, method =>
        {
            Assert.Contains(type.GetMembers(method).OfType<IMethodSymbol>(), overload => overload.Parameters is [var parameter] && parameter.Name == job.UntypedRefreshParameter);
            Assert.Contains(type.GetMembers(method).OfType<IMethodSymbol>(), static overload => overload.Parameters is [{ Type.Name: "CancellationToken", IsOptional: true }]);
        });
    }

    [Fact]
    public void Outputs_and_outcomes_of_batches_are_there()
    {
        foreach (var batch in AiContext.Tables.SelectMany(static table => table.BatchOutcomes))
        {
            Assert.All(batch.Types, name => Assert.All(batch.Outputs.AddRange(batch.Outcomes), member => Assert.NotEmpty(Type(name).GetMembers(member))));
            Assert.All(batch.ItemTypes, name => Assert.All(batch.ItemSuccessTests, member => Assert.NotEmpty(Type(name).GetMembers(member))));
            Assert.All(batch.ItemSuccessTypes, static name => Type(name));
        }
    }

    [Fact]
    public void Clients_that_hand_out_json_are_there()
    {
        foreach (var client in AiContext.Tables.SelectMany(static table => table.ProtocolJobs))
        {
            _ = Type(client.Type);
            Assert.Contains(RawHttp.Jobs, job => job.Name == client.Job);
        }

        Assert.Contains(RawHttp.Jobs, static job => job.Name == RawHttp.BatchOutcome.Name);
    }

    [Theory]
    [InlineData("canceled", "cancelled")]
    [InlineData("CANCELED", "cancelled")]
    [InlineData("success", "succeeded")]
    [InlineData("completed", "succeeded")]
    [InlineData("in-progress", "running")]
    [InlineData("Validating Files", "validating_files")]
    [InlineData("faild", "failed")]
    [InlineData("pending", "queued")]
    [InlineData("timeout", null)] // the service has no state for it
    [InlineData("archived", null)]
    [InlineData("", null)]
    public void Word_that_is_meant(string word, string? meant) =>
        Assert.Equal(meant, StatusWords.Meant(word, ["validating_files", "queued", "running", "succeeded", "failed", "cancelled"]));

    private static INamedTypeSymbol Type(string name)
    {
        var type = s_compilation.GetTypesByMetadataName(name).FirstOrDefault();
        Assert.True(type is not null, name);
        return type;
    }
}
