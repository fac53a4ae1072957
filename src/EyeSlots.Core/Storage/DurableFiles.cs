using EyeSlots.Core.Storage.Local;

namespace EyeSlots.Core.Storage;

/// <summary>
/// Files and folders of this machine that are replaced as a whole: whoever reads, and whoever comes after a kill or a power cut, finds the
/// old or the new, never a part. One process writes below a folder at a time (<see cref="ProcessLock"/>).
/// </summary>
public static class DurableFiles
{
    private const string Aside = ".new", Outgoing = ".old";
    private const int Exchange = 2;

    /// <summary>Writes a file aside, flushes it, renames it over the path, and flushes the folder.</summary>
    /// <param name="path">The file; its folder is there.</param>
    /// <param name="write">Writes the content.</param>
    /// <exception cref="EyeSlotsException">disk-full, or storage-failed. What was at the path is untouched.</exception>
    public static void Write(string path, Action<Stream> write) => Write(FolderOf(path), Path.GetFileName(path), stream =>
    {
        write(stream);
        return Path.GetFileName(path);
    });

    /// <summary>Likewise a file whose name follows from its content.</summary>
    /// <param name="folder">The folder; it is there.</param>
    /// <param name="what">How an error names the file.</param>
    /// <param name="write">Writes the content, may read it again, and returns the name.</param>
    /// <exception cref="EyeSlotsException">disk-full, or storage-failed. What had the name is untouched.</exception>
    public static void Write(string folder, string what, Func<Stream, string> write)
    {
        var aside = Path.Combine(folder, what + Aside);
        try
        {
            string name;
            using (var file = new FileStream(aside, FileMode.Create, FileAccess.ReadWrite, FileShare.Read, 1 << 16))
            {
                name = write(file);
                file.Flush(flushToDisk: true);
            }

            Rename(aside, Path.Combine(folder, name), 0);
            Flush(folder);
        }
        catch (Exception error)
        {
            File.Delete(aside);
            if (error is IOException fault) throw Fault(Path.Combine(folder, what), fault);
            throw;
        }
    }

    /// <summary>Fills a folder aside, flushes all of it, and puts it in the place of the one that is there.</summary>
    /// <param name="path">The folder; the one above it is there.</param>
    /// <param name="fill">Writes the files into the folder it is given.</param>
    /// <exception cref="EyeSlotsException">disk-full, or storage-failed. What was at the path is untouched.</exception>
    public static void WriteFolder(string path, Action<string> fill)
    {
        var aside = path + Aside;
        try
        {
            DeleteFolder(aside);
            Directory.CreateDirectory(aside);
            fill(aside);
            foreach (var file in Directory.EnumerateFiles(aside)) FlushFile(file);
            Flush(aside);
            PutInPlace(aside, path);
            Flush(FolderOf(path));
        }
        catch (IOException error)
        {
            throw Fault(path, error);
        }
        finally
        {
            DeleteFolder(aside);
        }
    }

    /// <summary>Takes away what a kill has left beside a folder, and brings the folder back where a file system without exchanges lost it.</summary>
    public static void Restore(string path)
    {
        DeleteFolder(path + Aside);
        if (!Directory.Exists(path) && Directory.Exists(path + Outgoing)) Rename(path + Outgoing, path, 0);
    }

    /// <summary>What a full disk, or one that cannot be written, is told as.</summary>
    /// <param name="path">What was to be written.</param>
    /// <param name="error">How it failed.</param>
    public static EyeSlotsException Fault(string path, IOException error)
    {
        if (error.HResult is not (Errno.NoSpace or Errno.Quota or Errno.TooLarge)) return new StorageException($"Cannot write {path}: {error.Message}", error);
        var why = error.HResult == Errno.TooLarge ? "the file is larger than allowed here (ulimit -f or the file system's limit)" : "the disk is full, or the quota used up";
        return new(ErrorCodes.DiskFull, $"Cannot write {path}: {why}; {Quantity.Bytes(FreeAt(path))} are free. Make room, then go on with --resume.", error);
    }

    // Network file systems cannot exchange two folders; there the old one has another name for a moment.
    private static void PutInPlace(string aside, string path)
    {
        if (!Directory.Exists(path))
        {
            Rename(aside, path, 0);
        }
        else if (Posix.Rename(Posix.CurrentFolder, aside, Posix.CurrentFolder, path, Exchange) < 0)
        {
            if (Posix.Error is not (Errno.Invalid or Errno.NotImplemented or Errno.NotSupported)) throw Errno.Explain("write", path, Posix.Error);
            DeleteFolder(path + Outgoing);
            Rename(path, path + Outgoing, 0);
            Rename(aside, path, 0);
            DeleteFolder(path + Outgoing);
        }
    }

    private static void Rename(string from, string to, uint flags)
    {
        if (Posix.Rename(Posix.CurrentFolder, from, Posix.CurrentFolder, to, flags) < 0) throw Errno.Explain("write", to, Posix.Error);
    }

    private static void FlushFile(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.ReadWrite);
        file.Flush(flushToDisk: true);
    }

    private static void Flush(string folder)
    {
        using var at = LocalFolder.Open(folder, new RealRoot(folder), "", make: false) ?? throw new StorageException($"The folder {folder} is gone.");
        at.Sync();
    }

    private static void DeleteFolder(string path)
    {
        if (Directory.Exists(path)) Directory.Delete(path, recursive: true);
    }

    private static string FolderOf(string path) => Path.GetDirectoryName(Path.GetFullPath(path))!;

    private static long FreeAt(string path) => new DriveInfo(FolderOf(path)).AvailableFreeSpace;
}
