using AiGuardrails.Core.Baselines;

namespace AiGuardrails.Tool.Baselines;

/// <summary>Where a baseline is, or is to be: found as the build finds it.</summary>
internal static class BaselinePlace
{
    /// <summary>The path that a user gave, or the one by default.</summary>
    /// <param name="given">A file or a folder; null for the default.</param>
    /// <param name="currentDirectory">What the path is relative to.</param>
    /// <param name="mustExist">Whether a folder above may have it.</param>
    public static string Find(string? given, string currentDirectory, bool mustExist)
    {
        if (given is not null)
        {
            var path = Path.GetFullPath(given, currentDirectory);
            path = Directory.Exists(path) ? Path.Combine(path, BaselineFile.Name) : path;
            return Path.GetFileName(path).Equals(BaselineFile.Name, StringComparison.Ordinal)
                ? path
                : throw new ToolException($"'{given}' is no name for a baseline; the build looks for {BaselineFile.Name}, so only its folder can be chosen.");
        }

        for (var folder = mustExist ? currentDirectory : null; folder is not null; folder = IsRepository(folder) ? null : Path.GetDirectoryName(folder))
        {
            if (File.Exists(Path.Combine(folder, BaselineFile.Name)))
            {
                return Path.Combine(folder, BaselineFile.Name);
            }
        }

        return Path.Combine(currentDirectory, BaselineFile.Name);
    }

    /// <summary>The root of the repository that a folder is in; the folder itself where it is in none.</summary>
    public static string RootOf(string folder)
    {
        for (var above = folder; above is not null; above = Path.GetDirectoryName(above))
        {
            if (IsRepository(above))
            {
                return above;
            }
        }

        return folder;
    }

    // In a worktree or a submodule it is a file.
    private static bool IsRepository(string folder) => Path.Exists(Path.Combine(folder, ".git"));
}
