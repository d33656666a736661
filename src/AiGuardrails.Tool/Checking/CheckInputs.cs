namespace AiGuardrails.Tool.Checking;

/// <summary>What the paths on the command line stand for.</summary>
internal static class CheckInputs
{
    private static readonly string[] s_solutions = [".slnx", ".sln", ".slnf"];
    private static readonly string[] s_skippedFolders = ["bin", "obj", "node_modules", "artifacts"];

    public static IReadOnlyList<CheckInput> Resolve(IEnumerable<string> paths, string currentDirectory)
    {
        var inputs = new List<CheckInput>();
        var looseFiles = new List<string>();

        foreach (var given in paths)
        {
            var path = Path.TrimEndingDirectorySeparator(Path.GetFullPath(given, currentDirectory));
            if (Directory.Exists(path))
            {
                inputs.AddRange(InFolder(path, given));
            }
            else if (!Files.DataFiles.IsThere(path))
            {
                throw new ToolException($"'{given}' does not exist; give a project, a solution, a .cs file or a folder that holds them.");
            }
            else if (HasExtension(path, ".csproj") || s_solutions.Any(extension => HasExtension(path, extension)))
            {
                inputs.Add(new CheckInput.Build(path));
            }
            else if (HasExtension(path, ".cs"))
            {
                looseFiles.Add(path);
            }
            else
            {
                throw new ToolException($"'{given}' cannot be checked: the rules read C#; give a .csproj, .sln, .slnx, .slnf or .cs file.");
            }
        }

        inputs.AddRange(Group(looseFiles));
        return inputs.Distinct().ToList();
    }

    private static IEnumerable<CheckInput> InFolder(string folder, string given)
    {
        var here = Directory.EnumerateFiles(folder).Order(StringComparer.Ordinal).ToList();

        // Two solutions mostly hold the same projects (a new .slnx beside the old .sln, a filter); one must hold them all, or the projects speak for themselves.
        foreach (var extension in s_solutions)
        {
            if (here.Where(file => HasExtension(file, extension)).ToList() is [var solution])
            {
                return [new CheckInput.Build(solution)];
            }
        }

        var projects = here.Where(file => HasExtension(file, ".csproj")).ToList();
        if (projects.Count == 0)
        {
            projects = FilesBelow(folder, ".csproj");
        }

        if (projects.Count > 0)
        {
            return projects.Select(project => new CheckInput.Build(project));
        }

        var sources = FilesBelow(folder, ".cs");
        return sources.Count > 0
            ? Group(sources, folder)
            : throw new ToolException($"'{given}' holds no project, no solution and no .cs file; give a folder that does.");
    }

    /// <summary>Files belong together, apart from those that say that each is a program of its own (<c>#:package</c>, <c>#!</c>).</summary>
    private static IEnumerable<CheckInput.Loose> Group(IReadOnlyList<string> files, string? folder = null)
    {
        var programs = files.Where(FileDirectives.IsProgram).ToList();
        var together = files.Except(programs, StringComparer.Ordinal).ToList();

        if (together.Count > 0)
        {
            yield return new CheckInput.Loose(folder ?? Path.GetDirectoryName(together[0])!, together);
        }

        foreach (var program in programs)
        {
            yield return new CheckInput.Loose(folder ?? Path.GetDirectoryName(program)!, [program]);
        }
    }

    private static List<string> FilesBelow(string folder, string extension)
    {
        var found = new List<string>();
        var pending = new Stack<string>([folder]);

        while (pending.TryPop(out var current))
        {
            try
            {
                found.AddRange(Directory.EnumerateFiles(current).Where(file => HasExtension(file, extension)));
                foreach (var directory in new DirectoryInfo(current).EnumerateDirectories())
                {
                    // A link may lead back to where we came from.
                    if (!directory.Name.StartsWith('.') && directory.LinkTarget is null && !s_skippedFolders.Contains(directory.Name, StringComparer.OrdinalIgnoreCase))
                    {
                        pending.Push(directory.FullName);
                    }
                }
            }
            catch (UnauthorizedAccessException) when (current != folder)
            {
                // Below what was asked for; a folder that its owner closed holds nothing that a build would read either.
            }
        }

        found.Sort(StringComparer.Ordinal);
        return found;
    }

    private static bool HasExtension(string path, string extension) => path.EndsWith(extension, StringComparison.OrdinalIgnoreCase);
}
