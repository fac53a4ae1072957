using System.Globalization;
using System.Text;
using EyeSlots.Core.Storage.Local;
using Microsoft.Win32.SafeHandles;

namespace EyeSlots.Core.Storage;

/// <summary>
/// A folder that one process works in at a time. The kernel holds the lock (flock) and releases it when the process ends, however it ends;
/// the file says who has it, for the message. A network file system without locks lets everybody in.
/// </summary>
public sealed class ProcessLock : IDisposable
{
    private const int ReadWrite = 2, MostText = 256;
    private readonly FileStream file;

    private ProcessLock(FileStream file) => this.file = file;

    /// <summary>Takes the lock of a file, which is made where it is not there; null when another process has it.</summary>
    /// <param name="path">The lock's file; its folder is there.</param>
    /// <param name="holder">Who has it, such as <c>process 17 on host</c>; empty when this process does.</param>
    /// <exception cref="StorageException">The file cannot be opened.</exception>
    public static ProcessLock? TryTake(string path, out string holder)
    {
        holder = "";
        var descriptor = LocalPath.Open(path, ReadWrite | Posix.Create);
        if (descriptor < 0) throw Errno.Explain("open", path, Posix.Error);
        var file = new FileStream(new SafeFileHandle(descriptor, ownsHandle: true), FileAccess.ReadWrite, bufferSize: 0);
        if (Posix.Lock(descriptor, Posix.Exclusively | Posix.AtOnce) < 0 && Posix.Error == Errno.WouldBlock)
        {
            holder = Read(file);
            file.Dispose();
            return null;
        }

        Sign(file, path);
        return new(file);
    }

    /// <summary>Gives the lock back. The file stays: another process may have opened it already.</summary>
    public void Dispose() => file.Dispose();

    private static void Sign(FileStream file, string path)
    {
        try
        {
            file.SetLength(0);
            file.Write(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"process {Environment.ProcessId} on {Environment.MachineName}\n")));
        }
        catch (IOException error)
        {
            file.Dispose();
            throw DurableFiles.Fault(path, error);
        }
    }

    private static string Read(FileStream file)
    {
        Span<byte> text = stackalloc byte[MostText];
        var length = file.Read(text);
        return length == 0 ? "another process" : Encoding.UTF8.GetString(text[..length]).Trim();
    }
}
