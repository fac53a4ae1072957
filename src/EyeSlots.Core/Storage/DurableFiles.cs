using EyeSlots.Core.Storage.Local;

namespace EyeSlots.Core.Storage;

/// <summary>
/// Files of this machine that are replaced as a whole: whoever reads, and whoever comes after a kill or a power cut, finds the old or the
/// new, never a part. One process writes below a folder at a time (<see cref="ProcessLock"/>).
/// </summary>
public static class DurableFiles
{
    /// <summary>What is written has this behind its name until it is whole.</summary>
    public const string Aside = ".new";

    /// <summary>Demands a name whose ending says what kind of file it is to be, in a folder that is there.</summary>
    /// <param name="option">The option that names the file.</param>
    /// <param name="path">The file.</param>
    /// <param name="endings">The endings that it may have, with their points.</param>
    /// <exception cref="EyeSlotsException">usage.</exception>
    public static void RequireWritable(string option, string path, params ReadOnlySpan<string> endings)
    {
        Require.That(endings.Contains(Path.GetExtension(path)), $"{option} takes a file that ends with {string.Join(" or ", endings)}, not '{path}'.");
        Require.That(!Directory.Exists(path), $"{option}: {path} is a folder.");
        Require.That(Directory.Exists(FolderOf(path)), $"{option}: there is no folder for {path}.");
    }

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

            Rename(aside, Path.Combine(folder, name));
            Flush(folder);
        }
        catch (Exception error)
        {
            File.Delete(aside);
            if (error is IOException fault) throw Fault(Path.Combine(folder, what), fault);
            throw;
        }
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

    /// <summary>Renames, over what has the name.</summary>
    internal static void Rename(string from, string to)
    {
        if (Posix.Rename(Posix.CurrentFolder, from, Posix.CurrentFolder, to, 0) < 0) throw Errno.Explain("write", to, Posix.Error);
    }

    /// <summary>Makes the names in a folder last.</summary>
    internal static void Flush(string folder)
    {
        using var at = LocalFolder.Open(folder, new RealRoot(folder), "", make: false) ?? throw new StorageException($"The folder {folder} is gone.");
        at.Sync();
    }

    /// <summary>The folder that holds a path.</summary>
    internal static string FolderOf(string path) => Path.GetDirectoryName(Path.GetFullPath(path))!;

    private static long FreeAt(string path) => new DriveInfo(FolderOf(path)).AvailableFreeSpace;
}
