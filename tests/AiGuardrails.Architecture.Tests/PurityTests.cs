namespace AiGuardrails.Architecture.Tests;

/// <summary>
/// What loads into the compiler touches nothing but its input: no file, clock, environment, network, chance or culture. The analyzer
/// of banned members says so while the code is written; this says so of what was compiled, whatever a pragma let through.
/// </summary>
public sealed class PurityTests
{
    private static readonly string[] s_types =
    [
        "System.IO.File", "System.IO.FileInfo", "System.IO.FileStream", "System.IO.Directory", "System.IO.DirectoryInfo",
        "System.Console", "System.Random", "System.Diagnostics.Process", "System.Diagnostics.Stopwatch",
        "System.Threading.Thread", "System.Threading.Timer", "System.TimeProvider", "System.TimeZoneInfo",
    ];

    private static readonly string[] s_namespaces = ["System.Net", "Microsoft.Win32"];

    private static readonly string[] s_members =
    [
        "System.DateTime.get_Now", "System.DateTime.get_UtcNow", "System.DateTime.get_Today",
        "System.DateTimeOffset.get_Now", "System.DateTimeOffset.get_UtcNow", "System.Guid.NewGuid",
        "System.Globalization.CultureInfo.get_CurrentCulture", "System.Globalization.CultureInfo.get_CurrentUICulture",
        "System.String.ToLower", "System.String.ToUpper",
    ];

    public static TheoryData<string, string> Assemblies => new()
    {
        { "AiGuardrails.Core", "netstandard2.0" },
        { "AiGuardrails.Core", "net8.0" },
        { "AiGuardrails.Analyzers", "netstandard2.0" },
        { "AiGuardrails.CodeFixes", "netstandard2.0" },
        { "AiGuardrails.Generators", "netstandard2.0" },
    };

    [Theory]
    [MemberData(nameof(Assemblies))]
    public void Compiler_component_touches_only_its_input(string project, string framework)
    {
        var assembly = CompiledAssembly.Read(SourceTree.Assembly(project, framework));

        Assert.Empty(assembly.Types.Intersect(s_types, StringComparer.Ordinal));
        Assert.DoesNotContain(assembly.Types, static type => s_namespaces.Any(space => type.StartsWith(space + ".", StringComparison.Ordinal)));

        // In which language a message is shown, where nobody asks for one, is that of the user interface; what is found never depends on it.
        string[] ofMessages = project == "AiGuardrails.Core" ? ["System.Globalization.CultureInfo.get_CurrentUICulture"] : [];
        Assert.Empty(assembly.Members.Intersect(s_members, StringComparer.Ordinal).Except(ofMessages, StringComparer.Ordinal));

        // The compiler writes it into every iterator.
        Assert.DoesNotContain(assembly.Members, static member => member.StartsWith("System.Environment.", StringComparison.Ordinal) && member != "System.Environment.get_CurrentManagedThreadId");
    }

    // So that the lists above cannot be wrong in a way that finds nothing: the tool may do all of it, and does some.
    [Fact]
    public void What_may_touch_the_machine_is_seen_to()
    {
        var tool = CompiledAssembly.Read(SourceTree.Assembly("AiGuardrails.Tool", "net10.0"));

        Assert.Contains("System.IO.File", tool.Types);
        Assert.Contains("System.Environment.GetEnvironmentVariable", tool.Members);
    }

    [Theory]
    [InlineData("AiGuardrails.CodeFixes")]
    [InlineData("AiGuardrails.Generators")]
    public void Descriptors_are_made_in_the_one_table(string project) =>
        Assert.DoesNotContain("Microsoft.CodeAnalysis.DiagnosticDescriptor..ctor", CompiledAssembly.Read(SourceTree.Assembly(project)).Members);
}
