using EyeSlots.Core.Storage.Local;

namespace EyeSlots.Core.Storage;

/// <summary>
/// A folder of this machine that is replaced as a whole, as <see cref="DurableFiles"/> replaces a file.
/// </summary>
public static class DurableFolder
{
    private const string Outgoing = ".old";
    private const int Exchange = 2;

    /// <summary>Fills a folder aside, flushes all of it, and puts it in the place of the one that is there.</summary>
    /// <param name="path">The folder; the one above it is there.</param>
    /// <param name="fill">Writes the files into the folder it is given.</param>
    /// <exception cref="EyeSlotsException">disk-full, or storage-failed. What was at the path is untouched.</exception>
    public static void Write(string path, Action<string> fill)
    {
        var aside = path + DurableFiles.Aside;
        try
        {
            Delete(aside);
            Directory.CreateDirectory(aside);
            fill(aside);
            foreach (var file in Directory.EnumerateFiles(aside)) FlushFile(file);
            DurableFiles.Flush(aside);
            PutInPlace(aside, path);
            DurableFiles.Flush(DurableFiles.FolderOf(path));
        }
        catch (IOException error)
        {
            throw DurableFiles.Fault(path, error);
        }
        finally
        {
            Delete(aside);
        }
    }

    /// <summary>Takes away what a kill has left beside a folder, and brings the folder back where a file system without exchanges lost it.</summary>
    public static void Restore(string path)
    {
        Delete(path + DurableFiles.Aside);
        if (!Directory.Exists(path) && Directory.Exists(path + Outgoing)) DurableFiles.Rename(path + Outgoing, path);
    }

    // Network file systems cannot exchange two folders; there the old one has another name for a moment.
    private static void PutInPlace(string aside, string path)
    {
        if (!Directory.Exists(path))
        {
            DurableFiles.Rename(aside, path);
        }
        else if (Posix.Rename(Posix.CurrentFolder, aside, Posix.CurrentFolder, path, Exchange) < 0)
        {
            if (Posix.Error is not (Errno.Invalid or Errno.NotImplemented or Errno.NotSupported)) throw Errno.Explain("write", path, Posix.Error);
            Delete(path + Outgoing);
            DurableFiles.Rename(path, path + Outgoing);
            DurableFiles.Rename(aside, path);
            Delete(path + Outgoing);
        }
    }

    private static void FlushFile(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.ReadWrite);
        file.Flush(flushToDisk: true);
    }

    private static void Delete(string path)
    {
        if (Directory.Exists(path)) Directory.Delete(path, recursive: true);
    }
}
