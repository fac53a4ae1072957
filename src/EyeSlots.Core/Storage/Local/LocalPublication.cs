using System.Security.Cryptography;

namespace EyeSlots.Core.Storage.Local;

/// <summary>
/// Publishes a file atomically and only if absent: a temporary file in the same folder, flushed, then link(2), which fails
/// when the name is there. File systems without hard links get renameat2(RENAME_NOREPLACE).
/// </summary>
internal static unsafe class LocalPublication
{
    private const int MostAttempts = 16;
    private static long counter;

    /// <summary>Publishes; false when the name is there already.</summary>
    internal static bool Publish(LocalFolder folder, string name, ReadOnlySpan<byte> content)
    {
        // A gc without a grace period may take the temporary file away before it has its name: then it is written again.
        for (var attempt = 1; ; attempt++)
        {
            if (TryPublish(folder, name, content) is { } won) return won;
            if (attempt == MostAttempts) throw Errno.Explain("publish", folder.PathOf(name), Errno.NoEntry);
        }
    }

    private static bool? TryPublish(LocalFolder folder, string name, ReadOnlySpan<byte> content)
    {
        var temporary = $"{Environment.ProcessId}-{Interlocked.Increment(ref counter)}-{RandomNumberGenerator.GetHexString(16, lowercase: true)}.tmp";
        var moved = false;
        try
        {
            Write(folder, temporary, content);
            return Link(folder, temporary, name, out moved);
        }
        finally
        {
            if (!moved)
                Posix.Unlink(folder.Descriptor, temporary, 0);
        }
    }

    private static void Write(LocalFolder folder, string name, ReadOnlySpan<byte> content)
    {
        var file = LocalPath.OpenIn(folder.Descriptor, name, Posix.WriteOnly | Posix.Create | Posix.Exclusive);
        if (file < 0)
            throw folder.Fault("write", name);

        try
        {
            fixed (byte* from = content)
            {
                for (nint done = 0; done < content.Length;)
                {
                    var count = Posix.Write(file, from + done, content.Length - done);
                    if (count < 0 && Posix.Error != Errno.Interrupted)
                        throw folder.Fault("write", name);
                    done += Math.Max(0, count);
                }
            }

            if (Posix.Sync(file) < 0)
                throw folder.Fault("flush", name);
        }
        finally
        {
            Posix.Close(file);
        }
    }

    private static bool? Link(LocalFolder folder, string from, string to, out bool moved)
    {
        var at = folder.Descriptor;
        moved = false;
        if (Posix.Link(at, from, at, to, 0) == 0)
            return true;
        if (Posix.Error is Errno.NotPermitted or Errno.NotSupported or Errno.NotImplemented or Errno.TooManyLinks)
        {
            moved = Posix.Rename(at, from, at, to, Posix.NoReplace) == 0;
            if (moved)
                return true;
        }

        return Posix.Error switch
        {
            Errno.Exists => false,
            Errno.NoEntry => null,
            _ => throw folder.Fault("publish", to),
        };
    }
}
