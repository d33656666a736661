using AiGuardrails.Testing.Generation;
using AiGuardrails.Testing.Inputs;
using AiGuardrails.Testing.Tests.Samples;

namespace AiGuardrails.Testing.Tests;

public sealed class SnapshotTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("snapshots").FullName;

    private readonly Dictionary<string, string> _generated = new(StringComparer.Ordinal) { ["A.g.cs"] = "class A { }\n" };

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Snapshot_beside_the_test_is_met() =>
        Snapshot.Verify(new GeneratorTest(new HelloGenerator(), HelloGenerator.Models).Run("[Hello] partial class C { }").Result);

    [Fact]
    public void Mapped_paths_lead_to_the_repository() =>
        Assert.True(File.Exists(Snapshot.Unmapped("/_/tests/AiGuardrails.Testing.Tests/SnapshotTests.cs")), TestInputs.Root);

    [Fact]
    public void Accepted_snapshot_is_met()
    {
        Folder(accept: true).Verify(_generated);
        Folder().Verify(_generated);

        Assert.Equal("//HintName: A.g.cs\nclass A { }\n", File.ReadAllText(Verified("A.g")));
    }

    [Fact]
    public void Version_of_the_generator_is_no_difference()
    {
        _generated["A.g.cs"] = "[global::System.CodeDom.Compiler.GeneratedCodeAttribute(\"G\", \"1.0.0\")] class A { }";
        Folder(accept: true).Verify(_generated);
        _generated["A.g.cs"] = _generated["A.g.cs"].Replace("1.0.0", "2.0.0", StringComparison.Ordinal);
        Folder().Verify(_generated);
    }

    [Fact]
    public void Hint_names_with_folders_are_flattened()
    {
        _generated["Folder/B.g.cs"] = "class B { }";
        Folder(accept: true).Verify(_generated);

        Assert.StartsWith("//HintName: Folder/B.g.cs\n", File.ReadAllText(Verified("Folder_B.g")), StringComparison.Ordinal);
    }

    [Fact]
    public void Missing_snapshot_fails_and_is_written_as_received()
    {
        KitAssert.Fails("There is no snapshot Tests.Method#A.g.verified.cs yet", () => Folder().Verify(_generated));

        Assert.True(File.Exists(Received("A.g")));
        Assert.False(File.Exists(Verified("A.g")));
    }

    [Fact]
    public void Mismatch_fails_and_is_written_as_received_until_it_is_met()
    {
        Folder(accept: true).Verify(_generated);
        File.AppendAllText(Verified("A.g"), "// edited\n");

        KitAssert.Fails("differs first in line 3", () => Folder().Verify(_generated));
        Assert.True(File.Exists(Received("A.g")));

        Folder(accept: true).Verify(_generated);
        Assert.False(File.Exists(Received("A.g")));
    }

    [Fact]
    public void Carriage_return_in_generated_code_fails()
    {
        Folder(accept: true).Verify(_generated);
        _generated["A.g.cs"] = "class A { }\r\n";

        KitAssert.Fails("class A { }␍", () => Folder().Verify(_generated));
    }

    [Fact]
    public void Orphan_of_the_same_test_fails()
    {
        Folder(accept: true).Verify(_generated);
        File.WriteAllText(Verified("B.g"), "");
        File.WriteAllText(Path.Combine(_folder, "Tests.MethodWithLongerName#C.g.verified.cs"), "");

        KitAssert.Fails("Nothing is generated any more for the snapshot Tests.Method#B.g.verified.cs", () => Folder().Verify(_generated));
    }

    [Fact]
    public void Accepting_in_ci_fails() => KitAssert.Fails("never in CI", () => Folder(accept: true, isContinuousIntegration: true).Verify(_generated));

    private SnapshotFolder Folder(bool accept = false, bool isContinuousIntegration = false) => new(_folder, "Tests.Method", accept, isContinuousIntegration);

    private string Verified(string hint) => Path.Combine(_folder, $"Tests.Method#{hint}.verified.cs");

    private string Received(string hint) => Path.Combine(_folder, $"Tests.Method#{hint}.received.cs");
}
