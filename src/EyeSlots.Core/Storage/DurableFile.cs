using EyeSlots.Core.Storage.Local;

namespace EyeSlots.Core.Storage;

/// <summary>
/// A file that outlives a power cut as a whole: written aside, flushed, renamed over what had its name, and the folder flushed. Whoever is
/// killed meanwhile leaves the old file, and beside it one that ends in <c>.tmp</c>.
/// </summary>
public static class DurableFile
{
    /// <summary>The end of the name of what was not finished.</summary>
    public const string Unfinished = ".tmp";

    /// <summary>Writes a file in a folder that is there.</summary>
    /// <param name="path">Its path.</param>
    /// <param name="write">Writes the content, from the start to the end.</param>
    /// <exception cref="EyeSlotsException">disk-full: what was to be written, and what is free; storage-failed.</exception>
    public static void Write(string path, Action<Stream> write)
    {
        var aside = path + Unfinished;
        try
        {
            using (var file = new FileStream(aside, FileMode.Create, FileAccess.Write, FileShare.None, 1 << 16))
            {
                write(file);
                file.Flush(flushToDisk: true);
            }

            if (Posix.Rename(Posix.CurrentFolder, aside, Posix.CurrentFolder, path, 0) < 0) throw Errno.Explain("rename", aside, Posix.Error);
        }
        catch (Exception error)
        {
            Remove(aside);
            if (error is IOException or UnauthorizedAccessException) throw Explain(path, error);
            throw;
        }

        FlushFolder(Path.GetDirectoryName(Path.GetFullPath(path))!);
    }

    /// <summary>Flushes a folder, so that names made in it outlive a power cut.</summary>
    /// <exception cref="StorageException">It cannot be opened or flushed.</exception>
    public static void FlushFolder(string folder)
    {
        var at = LocalPath.Open(folder, Posix.ReadOnly | Posix.Directory);
        if (at < 0) throw Errno.Explain("open", folder, Posix.Error);
        try
        {
            // Some network and FUSE file systems cannot flush a folder and say EINVAL; there is nothing more to do then.
            if (Posix.Sync(at) < 0 && Posix.Error is not (Errno.Invalid or Errno.NotSupported)) throw Errno.Explain("flush", folder, Posix.Error);
        }
        finally
        {
            _ = Posix.Close(at);
        }
    }

    /// <summary>What .NET says of a file that could not be written, with the code of a full disk where it is that.</summary>
    public static EyeSlotsException Explain(string path, Exception error) => error switch
    {
        IOException { HResult: Errno.NoSpace or Errno.Quota } => new EyeSlotsException(
            ErrorCodes.DiskFull,
            $"There is no room to write {path}{Free(path)}; free some space or choose another folder, then run again.",
            error),
        _ => new StorageException($"Cannot write {path}: {error.Message}", error),
    };

    private static string Free(string path)
    {
        try
        {
            var bytes = new DriveInfo(Path.GetDirectoryName(Path.GetFullPath(path))!).AvailableFreeSpace;
            return FormattableString.Invariant($": {bytes:N0} bytes are free");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return "";
        }
    }

    private static void Remove(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // What is left is overwritten by the next writer.
        }
    }
}
