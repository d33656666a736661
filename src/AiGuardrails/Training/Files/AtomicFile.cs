using System.Globalization;
using System.Security.Cryptography;

namespace AiGuardrails;

/// <summary>
/// A file that is there in full or not at all: it is written under another name in the same folder, flushed to the disk,
/// and renamed over the old one. Whatever ends the writing before that leaves the old file as it was.
/// </summary>
internal sealed class AtomicFile : IDisposable
{
    private const string TemporarySuffix = ".aigtmp";
    private const int RandomDigits = 16;

    // On Windows a file is closed before it is renamed, and for that moment a live writer holds no lock.
    private static readonly TimeSpan s_restBeforeStale = TimeSpan.FromSeconds(10);

    private readonly string _target;
    private readonly string _temporary;
    private bool _committed;

    private AtomicFile(string target, string temporary, FileStream stream)
    {
        _target = target;
        _temporary = temporary;
        Stream = stream;
    }

    public FileStream Stream { get; }

    /// <summary>Begins to write a file.</summary>
    /// <exception cref="DirectoryNotFoundException">The folder is missing.</exception>
    /// <exception cref="IOException">The path names a folder.</exception>
    /// <exception cref="UnauthorizedAccessException">The file is read-only, or the folder does not let us write.</exception>
    public static AtomicFile Create(string path)
    {
        var target = Path.GetFullPath(path);
#if NET8_0_OR_GREATER
        // A link stays a link: what is replaced is the file that it leads to.
        if (new FileInfo(target) is { LinkTarget: not null } link)
        {
            target = link.ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? target;
        }

#endif
        var name = Path.GetFileName(target);
        if (name.Length == 0 || Directory.Exists(target))
        {
            throw new IOException($"'{path}' is a folder; give the name of a file in it");
        }

        var folder = Path.GetDirectoryName(target)!;
        if (!Directory.Exists(folder))
        {
            throw new DirectoryNotFoundException($"The folder '{folder}' of the training file '{path}' does not exist; create it first");
        }

        if (File.Exists(target) && File.GetAttributes(target).HasFlag(FileAttributes.ReadOnly))
        {
            throw new UnauthorizedAccessException($"The training file '{path}' is read-only; make it writable, or write to another file");
        }

        DeleteStale(folder, name);
        var temporary = Path.Combine(folder, TemporaryPrefix(name) + RandomName() + TemporarySuffix);
        return new AtomicFile(target, temporary, Open(target, temporary));
    }

    /// <summary>Puts the file in place of the old one.</summary>
    public void Commit()
    {
        Stream.Flush(flushToDisk: true);
        if (Path.DirectorySeparatorChar == '\\')
        {
            Stream.Dispose();
        }

#if NET8_0_OR_GREATER
        File.Move(_temporary, _target, overwrite: true);
#else
        if (File.Exists(_target))
        {
            File.Replace(_temporary, _target, destinationBackupFileName: null);
        }
        else
        {
            File.Move(_temporary, _target);
        }
#endif
        _committed = true;
        Stream.Dispose();
    }

    public void Dispose()
    {
        if (_committed)
        {
            return;
        }

        try
        {
            Stream.Dispose();
        }
        finally
        {
            File.Delete(_temporary);
        }
    }

    private static string TemporaryPrefix(string name) => $".{name}.";

    private static string RandomName()
    {
        var random = new byte[RandomDigits / 2];
        using (var generator = RandomNumberGenerator.Create())
        {
            generator.GetBytes(random);
        }

        return string.Concat(random.Select(static b => b.ToString("x2", CultureInfo.InvariantCulture)));
    }

    private static FileStream Open(string target, string temporary)
    {
#if NET8_0_OR_GREATER
        var options = new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.Write,
            Share = FileShare.None,
            Options = FileOptions.Asynchronous,
            BufferSize = 0,
        };
        if (OperatingSystem.IsWindows() || !File.Exists(target))
        {
            return new FileStream(temporary, options);
        }

        // The new file may be read by whoever could read the old one, and at no moment by anybody else.
        var mode = File.GetUnixFileMode(target);
        options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        var stream = new FileStream(temporary, options);
        try
        {
            File.SetUnixFileMode(stream.SafeFileHandle, mode);
            return stream;
        }
        catch
        {
            stream.Dispose();
            File.Delete(temporary);
            throw;
        }
#else
        return new FileStream(temporary, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 1, FileOptions.Asynchronous);
#endif
    }

    /// <summary>
    /// Deletes what a writer of the same file left behind when its process ended in the middle. A writer that lives holds
    /// its file locked; only a file with our name, without a lock and at rest is stale. Whatever stands in the way of
    /// that is no reason not to write.
    /// </summary>
    private static void DeleteStale(string folder, string name)
    {
        var prefix = TemporaryPrefix(name);
        foreach (var path in Directory.EnumerateFiles(folder).Where(path => IsTemporary(Path.GetFileName(path), prefix)))
        {
            try
            {
                using (new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.None))
                {
                    if (DateTime.UtcNow - File.GetLastWriteTimeUtc(path) < s_restBeforeStale)
                    {
                        continue;
                    }

                    // Where an open file can be deleted, this leaves no moment for anybody else to open it.
                    if (Path.DirectorySeparatorChar != '\\')
                    {
                        File.Delete(path);
                    }
                }

                File.Delete(path);
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                // In use, or not ours to delete.
            }
        }
    }

    private static bool IsTemporary(string file, string prefix) =>
        file.Length == prefix.Length + RandomDigits + TemporarySuffix.Length
        && file.StartsWith(prefix, StringComparison.Ordinal)
        && file.EndsWith(TemporarySuffix, StringComparison.Ordinal)
        && file.Skip(prefix.Length).Take(RandomDigits).All(static c => c is (>= '0' and <= '9') or (>= 'a' and <= 'f'));
}
