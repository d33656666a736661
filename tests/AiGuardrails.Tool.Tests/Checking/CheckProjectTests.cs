using System.Diagnostics;
using AiGuardrails.Tool.Checking;

namespace AiGuardrails.Tool.Tests.Checking;

/// <summary>The whole check over small projects; each run is a build, so each proves several things.</summary>
public sealed class CheckProjectTests
{
    private const string OneFinding = "class C { string S = \"ft:a\"; }";

    [Fact]
    public async Task Projects_of_a_graph_are_checked_and_nothing_in_their_folders_changes()
    {
        // Everything that a project can do to make a build write into its folder, or the check lose its findings.
        using var run = new ToolRun()
            .Project(
                "app/app.csproj",
                properties:
                """
                <OutputPath>out\</OutputPath>
                <DocumentationFile>app.xml</DocumentationFile>
                <ErrorLog>app.sarif,version=2.1</ErrorLog>
                <EmitCompilerGeneratedFiles>true</EmitCompilerGeneratedFiles>
                <CompilerGeneratedFilesOutputPath>generated</CompilerGeneratedFilesOutputPath>
                <RestorePackagesWithLockFile>true</RestorePackagesWithLockFile>
                <GeneratePackageOnBuild>true</GeneratePackageOnBuild>
                <RunAnalyzers>false</RunAnalyzers>
                <CustomBeforeMicrosoftCommonTargets>$(MSBuildProjectDirectory)/own.targets</CustomBeforeMicrosoftCommonTargets>
                """,
                items: "<ProjectReference Include=\"../lib/lib.csproj\" />")
            .Write("app/own.targets", "<Project><PropertyGroup><DefineConstants>$(DefineConstants);OWN</DefineConstants></PropertyGroup></Project>")
            .Write("app/app.cs", "#if OWN\npublic class App : Lib { string S = \"ft:app\"; }\n#endif")
            .Project("lib/lib.csproj", framework: "net10.0;netstandard2.0")
            .Write("lib/lib.cs", "public class Lib\n{\n    string S = \"ft:lib\";\n}");

        // Built before: what an earlier build left must neither be compiled nor touched.
        await DotnetAsync(run.Folder, "build", "app/app.csproj", "-nodeReuse:false", "-p:NuGetAudit=false", "-p:GeneratePackageOnBuild=false");
        Assert.True(Directory.Exists(Path.Combine(run.Folder, "lib", "obj")));

        var before = run.Snapshot();
        var exitCode = await run.RunAsync("check", "app", "--format", "json");

        Assert.Equal(["app/app.cs(2,37): warning AIG1001", "lib/lib.cs(3,16): warning AIG1001"], run.Findings);
        Assert.Equal(ExitCodes.Findings, exitCode);
        Assert.Equal(2, run.Json.GetProperty("summary").GetProperty("projects").GetInt32());
        Assert.Equal(2, run.Json.GetProperty("summary").GetProperty("files").GetInt32());
        Assert.Equal(before, run.Snapshot());
    }

    [Fact]
    public async Task Levels_are_those_of_the_team_and_an_error_does_not_hide_what_depends_on_it()
    {
        using var run = new ToolRun("a b;c,é")
            .Project("top/top.csproj", items: "<ProjectReference Include=\"../strict/strict.csproj\" /><Analyzer Include=\"AiGuardrails.Analyzers.dll\" />")
            // Stands for the package, which the project may have already; it must not be loaded, and cannot be.
            .Write("top/AiGuardrails.Analyzers.dll", "not an assembly")
            .Write("top/top.cs", "class Top : Strict { string S = \"hint:top\"; }")
            .Project("strict/strict.csproj", "<TreatWarningsAsErrors>true</TreatWarningsAsErrors>", "<ProjectReference Include=\"../error/error.csproj\" />")
            .Write("strict/strict.cs", "public class Strict : Error\n{\n    string S = \"ft:strict\";\n}")
            .Project("error/error.csproj")
            .Write("error/.editorconfig", "root = true\n[*.cs]\ndotnet_diagnostic.AIG1001.severity = error")
            .Write(
                "error/error.cs",
                """
                public class Error
                {
                    string S = "ft:error";
                #pragma warning disable AIG1001
                    string T = "ft:suppressed";
                }
                """);

        var exitCode = await run.RunAsync("check", "top/top.csproj", "--format", "json");

        Assert.Equal(
            ["error/error.cs(3,16): error AIG1001", "strict/strict.cs(3,16): error AIG1001", "top/top.cs(1,33): info AIG1002"],
            run.Findings);
        Assert.Equal(ExitCodes.Findings, exitCode);

        var summary = run.Json.GetProperty("summary");
        Assert.Equal(1, summary.GetProperty("suppressed").GetInt32());
        Assert.True(summary.GetProperty("complete").GetBoolean());
    }

    [Fact]
    public async Task Project_that_does_not_compile_is_reported_as_that_and_checked_as_far_as_it_can_be_and_what_depends_on_it_too()
    {
        using var run = new ToolRun()
            .Project("top/top.csproj", items: "<ProjectReference Include=\"../broken/broken.csproj\" />")
            .Write("top/top.cs", "class Top : D { string S = \"ft:top\"; }")
            .Project("broken/broken.csproj")
            .Write("broken/.editorconfig", "root = true\n[*.cs]\ndotnet_diagnostic.AIG1002.severity = none")
            .Write("broken/good.cs", OneFinding)
            .Write("broken/bad.cs", "public class D : Missing { string S = \"hint:off\"; string T = \"ft:b\"; }");

        var exitCode = await run.RunAsync("check", "top", "--format", "json");

        Assert.Equal(["broken/bad.cs(1,62): warning AIG1001", "broken/good.cs(1,22): warning AIG1001", "top/top.cs(1,28): warning AIG1001"], run.Findings);
        Assert.Equal(ExitCodes.NotChecked, exitCode);

        var problem = Assert.Single(run.Json.GetProperty("summary").GetProperty("problems").EnumerateArray());
        Assert.Equal("CS0246", problem.GetProperty("code").GetString());
        Assert.Equal("broken/bad.cs", problem.GetProperty("file").GetString());
        Assert.StartsWith("Not checked: broken/bad.cs(1,18): CS0246: ", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Loose_files_are_checked_with_what_can_be_guessed_about_them()
    {
        using var run = new ToolRun("100%25 loose")
            .Write("Program.cs", "using Nobody.Knows;\nConsole.WriteLine(\"ft:a\" + new Unknown());")
            .Write("sub/Other.cs", OneFinding)
            .Write("bin/Left.cs", OneFinding)
            .Write("script.cs", "#!/usr/bin/env dotnet\n#:property LangVersion=preview\nConsole.WriteLine(\"ft:script\");");

        var exitCode = await run.RunAsync("check", ".", "--format", "json");

        Assert.Equal(
            ["Program.cs(2,19): warning AIG1001", "script.cs(3,19): warning AIG1001", "sub/Other.cs(1,22): warning AIG1001"],
            run.Findings);
        Assert.Equal(ExitCodes.Findings, exitCode);
        Assert.StartsWith("Note: 1 file could not be fully analysed", run.Error, StringComparison.Ordinal);
        Assert.Equal(3, run.Json.GetProperty("summary").GetProperty("files").GetInt32());
    }

    [Fact]
    public async Task Projects_of_one_name_are_checked_together()
    {
        using var run = new ToolRun()
            .Project("one/same.csproj").Write("one/one.cs", OneFinding)
            .Project("two/same.csproj").Write("two/two.cs", "class Fine;");

        Assert.Equal(ExitCodes.Findings, await run.RunAsync("check"));

        Assert.Equal(
            """
            one/one.cs
              1:22  warning  AIG1001  'ft:a' is a stub

            1 finding (1 warning) in 1 file; 2 projects, 2 files analysed

            """,
            run.Output,
            ignoreLineEndingDifferences: true);
    }

    [Fact]
    public async Task Restore_that_fails_is_said_in_one_line_and_the_code_is_checked_all_the_same()
    {
        using var run = new ToolRun()
            .Project("good/good.csproj")
            .Write("good/good.cs", OneFinding)
            .Project("p/p.csproj", items: "<PackageReference Include=\"AiGuardrails.No.Such.Package\" Version=\"1.0.0\" />")
            .Write("nuget.config", "<configuration><packageSources><clear /><add key=\"empty\" value=\".\" /></packageSources></configuration>")
            .Write("p/a.cs", OneFinding);

        Assert.Equal(ExitCodes.NotChecked, await run.RunAsync("check", "--format", "json"));
        Assert.Equal(["good/good.cs(1,22): warning AIG1001", "p/a.cs(1,22): warning AIG1001"], run.Findings);
        Assert.StartsWith("Not checked: p/p.csproj: NU1101: ", run.Error, StringComparison.Ordinal);
        Assert.Single(run.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    [Fact]
    public async Task Cancelled_check_ends_its_build_and_leaves_nothing()
    {
        using var run = new ToolRun()
            .Project("p.csproj")
            .Write("Directory.Build.targets", "<Project><Target Name=\"Wait\" BeforeTargets=\"CoreCompile\"><Exec Command=\"sleep 60 || ping -n 60 localhost\" /></Target></Project>")
            .Write("a.cs", OneFinding);

        using var stop = new CancellationTokenSource(TimeSpan.FromSeconds(2));

        Assert.Equal(ExitCodes.Cancelled, await run.RunAsync(["check"], stop.Token));

        Assert.Equal("Cancelled." + Environment.NewLine, run.Error);
        Assert.Empty(Directory.EnumerateFileSystemEntries(run.Temporary));
    }

    private static async Task DotnetAsync(string folder, params string[] arguments)
    {
        var start = new ProcessStartInfo(DotnetHost.Path, arguments) { WorkingDirectory = folder };
        DotnetHost.CleanEnvironment(start.Environment);
        var (exitCode, lines) = await ChildProcess.RunAsync(start, CancellationToken.None);
        Assert.True(exitCode == 0, string.Join('\n', lines));
    }
}
