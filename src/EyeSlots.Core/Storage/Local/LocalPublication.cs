using System.Security.Cryptography;

namespace EyeSlots.Core.Storage.Local;

/// <summary>
/// Publishes a file atomically and only if absent: a temporary file in the same folder, flushed, then link(2), which fails
/// when the name is there. File systems without hard links get renameat2(RENAME_NOREPLACE).
/// </summary>
internal static unsafe class LocalPublication
{
    private const int MostAttempts = 10;
    private static long counter;

    internal static bool Publish(LocalFolder folder, string name, ReadOnlySpan<byte> content)
    {
        for (var attempt = 1; ; attempt++)
        {
            if (TryPublish(folder, name, content, attempt == MostAttempts) is { } won)
                return won;
        }
    }

    /// <summary>Null where <c>gc --grace 0s</c> took the temporary file for a stray one before it got its name.</summary>
    private static bool? TryPublish(LocalFolder folder, string name, ReadOnlySpan<byte> content, bool last)
    {
        var temporary = $"{Environment.ProcessId}-{Interlocked.Increment(ref counter)}-{RandomNumberGenerator.GetHexString(16, lowercase: true)}.tmp";
        var moved = false;
        try
        {
            Write(folder, temporary, content);
            return Link(folder, temporary, name, last, out moved);
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

    private static bool? Link(LocalFolder folder, string from, string to, bool last, out bool moved)
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

        if (Posix.Error == Errno.Exists)
            return false;
        return Posix.Error == Errno.NoEntry && !last ? null : throw folder.Fault("publish", to);
    }
}
