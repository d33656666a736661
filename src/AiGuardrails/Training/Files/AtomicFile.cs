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
    private const int MostAttempts = 4;

    // On Windows a file is closed before it is renamed, and for that moment a live writer holds no lock.
    private static readonly TimeSpan s_restOnWindows = TimeSpan.FromSeconds(10);

    // Some network file systems know no locks; there, only time tells a dead writer from a slow one.
    private static readonly TimeSpan s_restWithoutLocks = TimeSpan.FromMinutes(10);

    private readonly string _temporary;
    private bool _committed;

    private AtomicFile(string temporary, FileStream stream)
    {
        _temporary = temporary;
        Stream = stream;
    }

    public FileStream Stream { get; }

    /// <summary>Begins to write a file.</summary>
    /// <param name="place">Where it will be, or where the files of its set will be.</param>
    /// <param name="rightsOf">The file whose access rights the new one gets, on Unix; null or a file that is not there for the usual rights.</param>
    /// <exception cref="IOException">The file system refuses.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder does not let us write.</exception>
    public static AtomicFile Create(OutputPlace place, string? rightsOf)
    {
        for (var attempt = 1; ; attempt++)
        {
            var temporary = Path.Combine(place.Folder, TemporaryPrefix(place.Name) + RandomName() + TemporarySuffix);
            try
            {
                var file = new AtomicFile(temporary, Open(temporary, rightsOf));

                // Between its creation and its lock, a cleaner may have taken the file for one that a crash left behind.
                if (File.Exists(temporary) || attempt == MostAttempts)
                {
                    return file;
                }

                file.Stream.Dispose();
            }
            catch (UnauthorizedAccessException exception)
            {
                throw new UnauthorizedAccessException($"The folder '{place.Folder}' of the training file '{place.Path}' cannot be written to ({exception.Message.TrimEnd('.')}); allow it, or write to another folder", exception);
            }
            catch (IOException exception) when (attempt == MostAttempts || exception is DirectoryNotFoundException or PathTooLongException)
            {
                throw place.WriteError(exception);
            }
            catch (IOException)
            {
                // A cleaner held the lock at that moment: another name.
            }
        }
    }

    /// <summary>Writes to the disk what the system still holds in memory.</summary>
    public void FlushToDisk() => Stream.Flush(flushToDisk: true);

    /// <summary>Puts the file, which was flushed to the disk, in place of the old one.</summary>
    public void Commit(string target)
    {
        if (Path.DirectorySeparatorChar == '\\')
        {
            Stream.Dispose();
        }

#if NET8_0_OR_GREATER
        File.Move(_temporary, target, overwrite: true);
#else
        if (File.Exists(target))
        {
            File.Replace(_temporary, target, destinationBackupFileName: null);
        }
        else
        {
            File.Move(_temporary, target);
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

        // A stream that could not write may fail once more when it is closed; what counts is that nothing stays behind.
        try
        {
            Stream.Dispose();
        }
        catch (IOException)
        {
        }

        try
        {
            File.Delete(_temporary);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // The error that ended the writing is the one to tell; the next run deletes the file.
        }
    }

    /// <summary>
    /// Deletes what writers of the same file left behind when their process ended in the middle. A writer that lives holds
    /// its file locked; only a file with our name and without a lock is stale. Whatever stands in the way of that is no
    /// reason not to write.
    /// </summary>
    public static void DeleteStale(OutputPlace place)
    {
        var prefix = TemporaryPrefix(place.Name);
        foreach (var path in Directory.EnumerateFiles(place.Folder).Where(path => IsTemporary(Path.GetFileName(path), prefix)))
        {
            try
            {
                using (new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.None))
                {
                    var rest = Path.DirectorySeparatorChar == '\\' ? s_restOnWindows : IsLocked(path) ? TimeSpan.Zero : s_restWithoutLocks;
                    if (DateTime.UtcNow - File.GetLastWriteTimeUtc(path) < rest)
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

    private static FileStream Open(string temporary, string? rightsOf)
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
        if (OperatingSystem.IsWindows() || !File.Exists(rightsOf))
        {
            return new FileStream(temporary, options);
        }

        // The new file may be read by whoever could read the old one, and at no moment by anybody else.
        var mode = File.GetUnixFileMode(rightsOf);
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
        _ = rightsOf;
        return new FileStream(temporary, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 1, FileOptions.Asynchronous);
#endif
    }

    // We hold the file open for ourselves alone; where it can be opened again all the same, locks mean nothing.
    private static bool IsLocked(string path)
    {
        try
        {
            new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.None).Dispose();
            return false;
        }
        catch (IOException)
        {
            return true;
        }
    }

    private static bool IsTemporary(string file, string prefix) =>
        file.Length == prefix.Length + RandomDigits + TemporarySuffix.Length
        && file.StartsWith(prefix, StringComparison.Ordinal)
        && file.EndsWith(TemporarySuffix, StringComparison.Ordinal)
        && file.Skip(prefix.Length).Take(RandomDigits).All(static c => c is (>= '0' and <= '9') or (>= 'a' and <= 'f'));
}
