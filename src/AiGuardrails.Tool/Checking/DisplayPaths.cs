namespace AiGuardrails.Tool.Checking;

/// <summary>Paths as a reader wants them: from where the command was started, with forward slashes on every system.</summary>
internal sealed class DisplayPaths(string currentDirectory)
{
    public string Of(string path)
    {
        if (path.Length == 0 || !Path.IsPathFullyQualified(path))
        {
            return path.Replace('\\', '/');
        }

        return Path.GetRelativePath(currentDirectory, path).Replace(Path.DirectorySeparatorChar, '/');
    }
}
