namespace AiGuardrails.Tool.Checking;

/// <summary>A temporary folder for everything that a check writes; gone when the check ends, however it ends.</summary>
internal sealed class WorkFolder(string parent) : IDisposable
{
    private readonly string _path = Create(parent);

    /// <summary>With a separator at its end, as MSBuild wants its folders.</summary>
    public string Root => _path + Path.DirectorySeparatorChar;

    public string LogDirectory => Path.Combine(_path, "logs");

    public string PathOf(string name) => Path.Combine(_path, name);

    public void Dispose()
    {
        // A process that was just told to stop may still hold a file, and on Unix may still write one.
        for (var attempt = 1; attempt <= 10; attempt++)
        {
            try
            {
                Directory.Delete(_path, recursive: true);
                return;
            }
            catch (DirectoryNotFoundException)
            {
                return;
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                Thread.Sleep(attempt * 50);
            }
        }
    }

    // For the user alone: copies of other people's code lie in it.
    private static string Create(string parent)
    {
        var path = Path.Combine(parent, $"aiguardrails-{Guid.NewGuid():N}");
        _ = OperatingSystem.IsWindows()
            ? Directory.CreateDirectory(path)
            : Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        return path;
    }
}
