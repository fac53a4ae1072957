using System.Security.Cryptography;

namespace EyeSlots.Core.Storage.Local;

/// <summary>
/// A file that is written and flushed before it gets its name. It is locked until then, so that a collection of garbage can tell it
/// from one whose writer was killed.
/// </summary>
internal sealed unsafe class LocalTemporaryFile : IDisposable
{
    /// <summary>The end of a temporary file's name.</summary>
    internal const string Extension = ".tmp";

    private static long counter;
    private readonly LocalFolder folder;
    private readonly int file;

    private LocalTemporaryFile(LocalFolder folder, string name, int file) => (this.folder, Name, this.file) = (folder, name, file);

    /// <summary>Its name in the folder.</summary>
    internal string Name { get; }

    /// <summary>Set when it was renamed, so that nothing is left under <see cref="Name"/>.</summary>
    internal bool Moved { get; set; }

    /// <summary>Writes content to a new temporary file of the folder.</summary>
    internal static LocalTemporaryFile Write(LocalFolder folder, ReadOnlySpan<byte> content)
    {
        var name = $"{Environment.ProcessId}-{Interlocked.Increment(ref counter)}-{RandomNumberGenerator.GetHexString(16, lowercase: true)}{Extension}";
        var file = LocalPath.OpenIn(folder.Descriptor, name, Posix.WriteOnly | Posix.Create | Posix.Exclusive);
        if (file < 0)
            throw folder.Fault("write", name);
        var temporary = new LocalTemporaryFile(folder, name, file);
        try
        {
            // Some network file systems have no locks; there the attempts of the publication must do.
            _ = Posix.Lock(file, Posix.Exclusively | Posix.AtOnce);
            temporary.Fill(content);
            return temporary;
        }
        catch
        {
            temporary.Dispose();
            throw;
        }
    }

    /// <summary>Removes it unless it was moved, and ends the lock.</summary>
    public void Dispose()
    {
        if (!Moved)
            Posix.Unlink(folder.Descriptor, Name, 0);

        // A process that is started at this moment has a copy of the descriptor until it is another program, and with it the lock.
        _ = Posix.Lock(file, Posix.Unlock);
        Posix.Close(file);
    }

    private void Fill(ReadOnlySpan<byte> content)
    {
        fixed (byte* from = content)
        {
            for (nint done = 0; done < content.Length;)
            {
                var count = Posix.Write(file, from + done, content.Length - done);
                if (count < 0 && Posix.Error != Errno.Interrupted)
                    throw folder.Fault("write", Name);
                done += Math.Max(0, count);
            }
        }

        if (Posix.Sync(file) < 0)
            throw folder.Fault("flush", Name);
    }
}
