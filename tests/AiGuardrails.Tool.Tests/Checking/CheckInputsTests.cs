using AiGuardrails.Tool.Checking;

namespace AiGuardrails.Tool.Tests.Checking;

public sealed class CheckInputsTests
{
    [Fact]
    public void Folder_with_one_solution_is_that_solution()
    {
        using var run = new ToolRun().Write("all.sln", "").Write("a.csproj", "").Write("sub/b.csproj", "");

        Assert.Equal(["all.sln"], Resolve(run, "."));
    }

    [Fact]
    public void New_solution_format_goes_before_the_old()
    {
        using var run = new ToolRun().Write("all.sln", "").Write("all.slnx", "");

        Assert.Equal(["all.slnx"], Resolve(run, "."));
    }

    [Fact]
    public void Folder_with_a_project_is_that_project()
    {
        using var run = new ToolRun().Write("a.csproj", "").Write("sub/b.csproj", "").Write("a.cs", "");

        Assert.Equal(["a.csproj"], Resolve(run, "."));
    }

    [Fact]
    public void Folder_with_projects_below_is_all_of_them_but_not_what_builds_left()
    {
        using var run = new ToolRun().Write("b/b.csproj", "").Write("a/x/a.csproj", "").Write("b/obj/c.csproj", "").Write(".git/d.csproj", "");

        Assert.Equal(["a/x/a.csproj", "b/b.csproj"], Resolve(run, "."));
    }

    [Fact]
    public void Files_without_a_project_stay_together_and_programs_apart()
    {
        using var run = new ToolRun()
            .Write("a.cs", "class A;")
            .Write("sub/b.cs", "// #:package Not.A.Directive@1.0.0\nclass B;")
            .Write("program.cs", "#:package OpenAI@2.15.0\nreturn 0;");

        Assert.Equal(["a.cs + sub/b.cs", "program.cs"], Resolve(run, "."));
    }

    [Fact]
    public void Path_given_twice_is_checked_once()
    {
        using var run = new ToolRun().Write("a.csproj", "");

        Assert.Equal(["a.csproj"], Resolve(run, ".", "a.csproj", "./"));
    }

    [Theory]
    [InlineData("missing", "'missing' does not exist")]
    [InlineData("a.fsproj", "'a.fsproj' cannot be checked: the rules read C#")]
    [InlineData("empty", "'empty' holds no project, no solution and no .cs file")]
    public void What_cannot_be_checked_is_said_with_the_way_on(string path, string message)
    {
        using var run = new ToolRun().Write("a.fsproj", "").Write("empty/readme.txt", "");

        var error = Assert.Throws<ToolException>(() => Resolve(run, path));

        Assert.StartsWith(message, error.Message, StringComparison.Ordinal);
        Assert.Contains("; give ", error.Message, StringComparison.Ordinal);
    }

    private static List<string> Resolve(ToolRun run, params string[] paths)
    {
        var display = new DisplayPaths(run.Folder);
        return CheckInputs.Resolve(paths, run.Folder)
            .Select(input => input switch
            {
                CheckInput.Build build => display.Of(build.Path),
                CheckInput.Loose loose => string.Join(" + ", loose.Files.Select(display.Of)),
                _ => "?",
            })
            .ToList();
    }

    [Fact]
    public void An_sdk_that_is_missing_is_one_line_and_no_error_of_ours()
    {
        var error = Assert.Throws<ToolException>(static () => DotnetHost.Find([null, "/no/such/folder/dotnet", "/no/such/folder/dotnet.exe"]));

        Assert.Equal("The .NET SDK was not found; install it from https://dot.net, or put 'dotnet' on the PATH.", error.Message);
    }
}
