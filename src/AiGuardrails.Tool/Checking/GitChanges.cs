using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using AiGuardrails.Tool.Files;
using AiGuardrails.Tool.Findings;

namespace AiGuardrails.Tool.Checking;

/// <summary>
/// The lines of the working tree that are not as they were where it left a commit, by asking git: committed, staged or not, and files that
/// git does not know yet. Nothing in the repository is written to.
/// </summary>
internal sealed class GitChanges
{
    private static readonly UTF8Encoding s_utf8 = new(encoderShouldEmitUTF8Identifier: false);

    // Of each changed file its full path, and the lines; a range to the end for files that are new as a whole.
    private readonly Dictionary<string, List<(int First, int Last)>> _lines = new(OperatingSystem.IsLinux() ? StringComparer.Ordinal : StringComparer.OrdinalIgnoreCase);

    private GitChanges(string reference) => Reference = reference;

    /// <summary>Gets what was asked for: a branch, a tag or a commit.</summary>
    public string Reference { get; }

    /// <summary>Asks git what has changed in the repositories that some folders lie in.</summary>
    /// <exception cref="ToolException">A folder lies in no repository, the reference is not known there, or git is missing.</exception>
    public static async Task<GitChanges> SinceAsync(string reference, IEnumerable<string> folders, CancellationToken cancellationToken)
    {
        var changes = new GitChanges(reference);
        var roots = new HashSet<string>(StringComparer.Ordinal);
        foreach (var folder in folders)
        {
            // Relative to where we are, and so through the same links as all other paths.
            var (exitCode, up, error) = await AskAsync(folder, cancellationToken, "rev-parse", "--show-cdup").ConfigureAwait(false);
            if (exitCode != 0)
            {
                throw new ToolException($"--since needs a git repository, and '{folder}' is in none that git opens ({FirstLine(error)}); run the check in a clone, or leave --since out.");
            }

            var root = Path.TrimEndingDirectorySeparator(Path.GetFullPath(Path.Combine(folder, up.TrimEnd('\n', '\r'))));
            if (roots.Add(root))
            {
                await changes.AddAsync(root, cancellationToken).ConfigureAwait(false);
            }
        }

        return changes;
    }

    /// <summary>The findings on changed lines; those about a file as a whole where any line of it changed.</summary>
    public Report Filter(Report report, string currentDirectory)
    {
        var findings = report.Findings.Where(finding => Contains(Path.GetFullPath(finding.Place.File, currentDirectory), finding.Place.Line)).ToList();
        var others = report.Findings.Count - findings.Count;
        return report with
        {
            Findings = findings,
            Notes = [.. report.Notes, $"Only lines that changed since {Reference} count; {(others == 0 ? "there are no findings" : $"{Words.Count(others, "finding")} {(others == 1 ? "is" : "are")}")} on others"],
        };
    }

    public bool Contains(string path, int line) =>
        _lines.TryGetValue(path, out var ranges) && (line == 0 || ranges.Exists(range => line >= range.First && line <= range.Last));

    private async Task AddAsync(string root, CancellationToken cancellationToken)
    {
        var (known, commit, _) = await AskAsync(root, cancellationToken, "rev-parse", "--verify", "--quiet", "--end-of-options", Reference + "^{commit}").ConfigureAwait(false);
        if (known != 0)
        {
            throw new ToolException($"git knows no commit '{Reference}' in '{root}'; give a branch, a tag or a commit, and fetch it first where the clone is shallow.");
        }

        // What others did on that branch since is no change of ours.
        var (hasBase, fork, _) = await AskAsync(root, cancellationToken, "merge-base", commit.Trim(), "HEAD").ConfigureAwait(false);
        var from = hasBase == 0 ? fork.Trim() : commit.Trim();

        var parser = new DiffParser((path, first, count) => Add(Path.Combine(root, path), first, count));
        var cutter = new LineCutter(parser.Add);
        var (compared, why) = await RunAsync(
            root,
            ["-c", "core.quotepath=off", "diff", "--unified=0", "--inter-hunk-context=0", "--no-color", "--no-ext-diff", "--no-textconv", "--text", "--find-renames", "--ignore-submodules", "--src-prefix=a/", "--dst-prefix=b/", from, "--"],
            cutter.Write,
            cancellationToken).ConfigureAwait(false);
        cutter.Complete();
        MustHaveWorked(compared, "diff", why);

        var (listed, untracked, whyNot) = await AskAsync(root, cancellationToken, "ls-files", "--others", "--exclude-standard", "-z").ConfigureAwait(false);
        MustHaveWorked(listed, "ls-files", whyNot);
        foreach (var path in untracked.Split('\0', StringSplitOptions.RemoveEmptyEntries))
        {
            Add(Path.Combine(root, path), 1, int.MaxValue);
        }
    }

    // Half an answer would hide findings.
    private static void MustHaveWorked(int exitCode, string command, string error)
    {
        if (exitCode != 0)
        {
            throw new ToolException($"'git {command}' failed with exit code {exitCode}, so what has changed is not known ({FirstLine(error)}); mend the clone, or leave --since out.");
        }
    }

    private void Add(string path, int first, int count)
    {
        var full = Path.GetFullPath(path);
        if (!_lines.TryGetValue(full, out var ranges))
        {
            _lines.Add(full, ranges = []);
        }

        // Where lines only went, the file has changed and none of its lines has.
        if (count > 0)
        {
            ranges.Add((first, (int)Math.Min(int.MaxValue, first + (long)count - 1)));
        }
    }

    private static async Task<(int ExitCode, string Output, string Error)> AskAsync(string folder, CancellationToken cancellationToken, params string[] arguments)
    {
        using var output = new MemoryStream();
        var (exitCode, error) = await RunAsync(folder, arguments, bytes => output.Write(bytes), cancellationToken).ConfigureAwait(false);
        return (exitCode, s_utf8.GetString(output.ToArray()), error);
    }

    // The bytes as they come: lines of data end with a line feed alone, and a text reader would see more of them.
    private static async Task<(int ExitCode, string Error)> RunAsync(string folder, IEnumerable<string> arguments, Piece take, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo("git", arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
            UseShellExecute = false,
            CreateNoWindow = true,
        };

        // A setting of the person would add lines to every change.
        _ = start.Environment.Remove("GIT_DIFF_OPTS");
        start.Environment["GIT_OPTIONAL_LOCKS"] = "0";
        start.Environment["LC_ALL"] = "C";

        using var process = new Process { StartInfo = start };
        try
        {
            _ = process.Start();
        }
        catch (Win32Exception)
        {
            throw new ToolException("--since asks git what has changed, and git was not found; install it, or leave --since out.");
        }

        try
        {
            process.StandardInput.Close();
            var error = process.StandardError.ReadToEndAsync(cancellationToken);
            await Reading.ReadAsync(process.StandardOutput.BaseStream, take, static _ => { }, cancellationToken).ConfigureAwait(false);
            await process.WaitForExitAsync(cancellationToken).ConfigureAwait(false);
            return (process.ExitCode, await error.ConfigureAwait(false));
        }
        catch
        {
            process.Kill(entireProcessTree: true);
            throw;
        }
    }

    private static string FirstLine(string error) => error.Split('\n')[0].Trim().TrimEnd('.') is { Length: > 0 } line ? line : "no reason is given";

    /// <summary>Reads a diff without context: of each file the name that it has now, and where lines were added.</summary>
    internal sealed class DiffParser(Action<string, int, int> add)
    {
        private string? _path;
        private int _left; // lines of the present hunk that are still to come: they may look like anything

        public void Add(ReadOnlySpan<byte> line)
        {
            if (_left > 0)
            {
                _left -= line is [(byte)'\\', ..] ? 0 : 1;
            }
            else if (line.StartsWith("+++ "u8))
            {
                _path = PathOf(s_utf8.GetString(line[4..]));
            }
            else if (line.StartsWith("@@ "u8))
            {
                AddHunk(s_utf8.GetString(line));
            }
        }

        // @@ -12,3 +14 @@: a number without a count is one line.
        private void AddHunk(string header)
        {
            var parts = header.Split(' ', 4);
            var (_, removed) = Range(parts[1]);
            var (first, added) = Range(parts[2]);
            _left = removed + added;
            if (_path is not null)
            {
                add(_path, first, added);
            }
        }

        private static (int First, int Count) Range(string text)
        {
            var numbers = text[1..].Split(',');
            return (Number(numbers[0]), numbers.Length == 1 ? 1 : Number(numbers[1]));
        }

        private static int Number(string text) => int.Parse(text, NumberStyles.None, CultureInfo.InvariantCulture);

        // b/name, "b/na\tme" where it holds characters that are escaped, /dev/null where the file is gone.
        private static string? PathOf(string text)
        {
            var name = text.StartsWith('"') ? Unquote(text) : text.TrimEnd('\t');
            return name.StartsWith("b/", StringComparison.Ordinal) ? name[2..] : null;
        }

        private static string Unquote(string text)
        {
            var bytes = new List<byte>();
            for (var i = 1; i < text.Length && text[i] != '"'; i++)
            {
                if (text[i] != '\\')
                {
                    bytes.AddRange(s_utf8.GetBytes(char.IsHighSurrogate(text[i]) ? text.Substring(i++, 2) : text[i].ToString()));
                    continue;
                }

                i++;
                if (text[i] is >= '0' and <= '3')
                {
                    bytes.Add((byte)(((text[i] - '0') * 64) + ((text[i + 1] - '0') * 8) + (text[i + 2] - '0')));
                    i += 2;
                }
                else
                {
                    bytes.Add((byte)(text[i] switch { 'n' => '\n', 't' => '\t', 'r' => '\r', 'a' => '\a', 'b' => '\b', 'f' => '\f', 'v' => '\v', var c => c }));
                }
            }

            return s_utf8.GetString([.. bytes]);
        }
    }
}
