using System.Security.Cryptography;

namespace EyeSlots.Core.Storage.Local;

/// <summary>
/// Publishes a file atomically and only if absent: a temporary file in the same folder, flushed, then link(2), which fails
/// when the name is there. File systems without hard links get renameat2(RENAME_NOREPLACE). The temporary file is locked until
/// it has its name, so that a collection of garbage can tell it from one whose writer was killed: see <see cref="Delete"/>.
/// </summary>
internal static unsafe class LocalPublication
{
    /// <summary>The end of a temporary file's name.</summary>
    internal const string Temporary = ".tmp";

    private const int MostAttempts = 100;
    private static long counter;

    internal static bool Publish(LocalFolder folder, string name, ReadOnlySpan<byte> content)
    {
        for (var attempt = 1; ; attempt++)
        {
            if (TryPublish(folder, name, content, attempt == MostAttempts) is { } won)
                return won;
        }
    }

    /// <summary>Deletes a file if it is there; a temporary one that a living process still writes is no garbage and is left.</summary>
    internal static void Delete(LocalFolder folder, string name)
    {
        var file = name.EndsWith(Temporary, StringComparison.Ordinal)
            ? LocalPath.OpenIn(folder.Descriptor, name, Posix.ReadOnly | Posix.NonBlocking | Posix.NoFollow)
            : -1;
        try
        {
            if (file >= 0 && Posix.Lock(file, Posix.Exclusively | Posix.AtOnce) < 0 && Posix.Error == Errno.WouldBlock)
                return;
            if (Posix.Unlink(folder.Descriptor, name, 0) < 0 && !Errno.IsMissing(Posix.Error))
                throw folder.Fault("delete", name);
        }
        finally
        {
            if (file >= 0)
                Posix.Close(file);
        }
    }

    /// <summary>Null where the temporary file was taken for a stray one before it had its name.</summary>
    private static bool? TryPublish(LocalFolder folder, string name, ReadOnlySpan<byte> content, bool last)
    {
        var temporary = $"{Environment.ProcessId}-{Interlocked.Increment(ref counter)}-{RandomNumberGenerator.GetHexString(16, lowercase: true)}{Temporary}";
        var file = LocalPath.OpenIn(folder.Descriptor, temporary, Posix.WriteOnly | Posix.Create | Posix.Exclusive);
        if (file < 0)
            throw folder.Fault("write", temporary);

        var moved = false;
        try
        {
            // Some network file systems have no locks; there the attempts must do.
            _ = Posix.Lock(file, Posix.Exclusively | Posix.AtOnce);
            Write(file, folder, temporary, content);
            return Link(folder, temporary, name, last, out moved);
        }
        finally
        {
            if (!moved)
                Posix.Unlink(folder.Descriptor, temporary, 0);
            Posix.Close(file);
        }
    }

    private static void Write(int file, LocalFolder folder, string name, ReadOnlySpan<byte> content)
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
