using System.Diagnostics;
using System.Text;
using AiGuardrails.Tool.Checking;
using AiGuardrails.Tool.Findings;

namespace AiGuardrails.Tool.Tests.Checking;

/// <summary><c>check --since</c>: which lines have changed, as git sees it.</summary>
public sealed class GitChangesTests : IDisposable
{
    private readonly ToolRun _run = new("repository");

    [Fact]
    public async Task Changed_lines_new_files_and_renamed_ones_count_and_no_others()
    {
        Git("init", "-q", "-b", "main");
        _ = _run
            .Write("src/changed.cs", Lines(1, 10))
            .Write("src/same.cs", Lines(1, 10))
            .Write("src/old name.cs", Lines(20, 60))
            .Write("src/moved.cs", Lines(70, 90))
            .Write("src/gone.cs", "x\n")
            .Write("src/shorter.cs", Lines(1, 5))
            .Write("data/train.jsonl", "{\"a\":\"1\"}\n{\"a\":\"2\"}\n")
            .Write(".gitignore", "ignored.cs\n");
        Commit("first");

        _ = _run
            .Write("src/changed.cs", Lines(1, 10).Replace("line 4\n", "other\nand more\n", StringComparison.Ordinal) + "+++ b/src/same.cs\n@@ -1 +1 @@\n")
            .Write("src/new name.cs", Lines(20, 60).Replace("line 30\n", "other\n", StringComparison.Ordinal))
            .Write("src/shorter.cs", Lines(1, 4))
            .Write("src/committed.cs", Lines(1, 3))
            .Write("data/train.jsonl", "{\"a\":\"1\"}\n{\"a\":\"2\"}\n{\"a\":\"\r\u2028\"}\n");
        File.Delete(Path.Combine(_run.Folder, "src/old name.cs"));
        File.Delete(Path.Combine(_run.Folder, "src/gone.cs"));
        File.Move(Path.Combine(_run.Folder, "src/moved.cs"), Path.Combine(_run.Folder, "src/moved to \"数据\".cs"));
        Commit("second");
        _ = _run.Write("src/untracked.cs", Lines(1, 3)).Write("ignored.cs", "x\n");

        var changes = await GitChanges.SinceAsync("HEAD~1", [Path.Combine(_run.Folder, "src")], CancellationToken.None);

        Assert.Equal([0, 4, 5, 12, 13], Changed(changes, "src/changed.cs", 20));
        Assert.Empty(Changed(changes, "src/same.cs", 20));
        Assert.Equal([0, 11], Changed(changes, "src/new name.cs", 50));
        Assert.Empty(Changed(changes, "src/moved to \"数据\".cs", 30));
        Assert.Equal([0], Changed(changes, "src/shorter.cs", 10));
        Assert.Equal([0, 1, 2, 3], Changed(changes, "src/committed.cs", 5));
        Assert.Equal([0, 3], Changed(changes, "data/train.jsonl", 5));
        Assert.Equal([0, 1, 2, 3, 4, 5], Changed(changes, "src/untracked.cs", 5));
        Assert.Empty(Changed(changes, "ignored.cs", 5));
    }

    [Fact]
    public async Task What_others_did_on_the_branch_since_is_no_change_of_ours()
    {
        Git("init", "-q", "-b", "main");
        _ = _run.Write("a.cs", Lines(1, 5)).Write("b.cs", Lines(1, 5));
        Commit("first");
        Git("checkout", "-q", "-b", "work");
        _ = _run.Write("a.cs", Lines(1, 6));
        Commit("ours");
        Git("checkout", "-q", "main");
        _ = _run.Write("b.cs", Lines(1, 8));
        Commit("theirs");
        Git("checkout", "-q", "work");

        var changes = await GitChanges.SinceAsync("main", [_run.Folder], CancellationToken.None);

        Assert.Equal([0, 6], Changed(changes, "a.cs", 10));
        Assert.Empty(Changed(changes, "b.cs", 10));
    }

    [Fact]
    public async Task Settings_of_a_person_change_nothing()
    {
        Git("init", "-q", "-b", "main");
        Git("config", "diff.noprefix", "true");
        Git("config", "diff.external", "false");
        Git("config", "color.ui", "always");
        Git("config", "diff.interHunkContext", "9");
        Git("config", "diff.context", "9");
        _ = _run.Write("a.cs", Lines(1, 5));
        Commit("first");
        _ = _run.Write("a.cs", "line 0\n" + Lines(1, 6));

        // Between two changes of one file, neither the lines around them nor those between them count.
        Assert.Equal([0, 1, 7], Changed(await GitChanges.SinceAsync("HEAD", [_run.Folder], CancellationToken.None), "a.cs", 10));
    }

    [Theory]
    [InlineData("no-such-branch")]
    [InlineData("--output=x")]
    public async Task A_reference_that_git_does_not_know_is_one_line(string reference)
    {
        Git("init", "-q", "-b", "main");
        _ = _run.Write("a.cs", "class A;\n");
        Commit("first");

        Assert.Equal(ExitCodes.NotChecked, await _run.RunAsync("check", $"--since={reference}"));

        Assert.StartsWith($"git knows no commit '{reference}' in ", _run.Error, StringComparison.Ordinal);
        Assert.Single(_run.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.False(File.Exists(Path.Combine(_run.Folder, "x")));
    }

    /// <summary>Half an answer would hide findings: a clone that lacks what the commit is made of, and one whose list of files is broken.</summary>
    [Theory]
    [InlineData("diff", "objects")]
    [InlineData("diff", "index")]
    public async Task A_git_that_fails_half_way_is_one_line_and_no_answer(string command, string damaged)
    {
        Git("init", "-q", "-b", "main");
        _ = _run.Write("a.cs", "class A;\n").Write("src/b.cs", "class B;\n");
        Commit("first");
        _ = _run.Write("a.cs", "class A { }\n");
        if (damaged == "index")
        {
            File.WriteAllText(Path.Combine(_run.Folder, ".git", "index"), "no index");
        }
        else
        {
            // The commit is there, and so it is known; its folder is not.
            var tree = Read("rev-parse", "HEAD^{tree}");
            File.Delete(Path.Combine(_run.Folder, ".git", "objects", tree[..2], tree[2..]));
        }

        var error = await Assert.ThrowsAsync<ToolException>(() => GitChanges.SinceAsync("main", [_run.Folder], CancellationToken.None));
        Assert.Matches($"^'git {command}' failed with exit code [0-9]+, so what has changed is not known \\([^\n]+\\); mend the clone, or leave --since out\\.$", error.Message);

        Assert.Equal(ExitCodes.NotChecked, await _run.RunAsync("check", "--since", "main"));
        Assert.Empty(_run.Output);
        Assert.Equal(error.Message, _run.Error.Trim());
    }

    [Fact]
    public async Task A_folder_in_no_repository_is_one_line()
    {
        _ = _run.Write("a.cs", "class A;\n");

        Assert.Equal(ExitCodes.NotChecked, await _run.RunAsync("check", "--since", "main"));

        Assert.StartsWith("--since needs a git repository, and ", _run.Error, StringComparison.Ordinal);
        Assert.Single(_run.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    [Fact]
    public async Task Findings_on_other_lines_are_counted_and_not_shown()
    {
        Git("init", "-q", "-b", "main");
        _ = _run.Write("a.cs", Lines(1, 5));
        Commit("first");
        _ = _run.Write("a.cs", Lines(1, 6));
        var changes = await GitChanges.SinceAsync("main", [_run.Folder], CancellationToken.None);

        var report = changes.Filter(new Report { Findings = [.. new[] { 0, 1, 6 }.Select(static line => new Finding("AIG1001", FindingLevel.Warning, new Place("a.cs", line, 1), "m"))] }, _run.Folder);

        Assert.Equal([0, 6], report.Findings.Select(static finding => finding.Place.Line));
        Assert.Equal(["Only lines that changed since main count; 1 finding is on others"], report.Notes);
    }

    public void Dispose() => _run.Dispose();

    private static string Lines(int first, int last) => string.Concat(Enumerable.Range(first, last - first + 1).Select(static i => FormattableString.Invariant($"line {i}\n")));

    private List<int> Changed(GitChanges changes, string path, int lines) =>
        [.. Enumerable.Range(0, lines + 1).Where(line => changes.Contains(Path.Combine(_run.Folder, path.Replace('/', Path.DirectorySeparatorChar)), line))];

    private void Commit(string message)
    {
        Git("add", "-A");
        Git("-c", "user.name=Test", "-c", "user.email=test@example.com", "-c", "commit.gpgsign=false", "commit", "-q", "-m", message);
    }

    private void Git(params string[] arguments) => _ = Read(arguments);

    private string Read(params string[] arguments)
    {
        var start = new ProcessStartInfo("git", arguments) { WorkingDirectory = _run.Folder, UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true, StandardErrorEncoding = Encoding.UTF8 };
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, error.GetAwaiter().GetResult());
        return output.Trim();
    }
}
