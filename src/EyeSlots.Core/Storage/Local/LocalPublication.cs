namespace EyeSlots.Core.Storage.Local;

/// <summary>
/// Publishes a file atomically and only if absent: a temporary file in the same folder, flushed, then link(2), which fails
/// when the name is there. File systems without hard links get renameat2(RENAME_NOREPLACE). A file is replaced by a rename over it.
/// </summary>
internal static class LocalPublication
{
    private const int MostAttempts = 100;

    /// <summary>Whether the file is ours; false when another was there first.</summary>
    internal static bool Publish(LocalFolder folder, string name, ReadOnlySpan<byte> content)
    {
        for (var attempt = 1; ; attempt++)
        {
            using var temporary = LocalTemporaryFile.Write(folder, content);
            if (Link(folder, temporary, name, attempt == MostAttempts) is { } won)
                return won;
        }
    }

    /// <summary>Whether the file that was seen has been replaced; false when it is another by now, or gone.</summary>
    internal static bool Replace(LocalFolder folder, string name, in ObjectStat seen, ReadOnlySpan<byte> content)
    {
        for (var attempt = 1; ; attempt++)
        {
            using var temporary = LocalTemporaryFile.Write(folder, content);

            // Two replacements take turns, so that the second sees what the first has left. The lock ends with the folder's handle;
            // where a network file system has none, the second renames equal bytes over the first's.
            _ = Posix.Lock(folder.Descriptor, Posix.Exclusively);
            if (!LocalPath.TryStatIn(folder.Descriptor, name, out var there) || !there.IsFile || !LocalReading.Same(seen, there))
                return false;
            temporary.Moved = Posix.Rename(folder.Descriptor, temporary.Name, folder.Descriptor, name, 0) == 0;
            if (temporary.Moved)
                return true;
            if (Posix.Error != Errno.NoEntry || attempt == MostAttempts)
                throw folder.Fault("replace", name);
        }
    }

    /// <summary>Deletes a file if it is there; a temporary one that a living process still writes is no garbage and is left.</summary>
    internal static void Delete(LocalFolder folder, string name)
    {
        var file = name.EndsWith(LocalTemporaryFile.Extension, StringComparison.Ordinal)
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
                _ = Posix.Close(file);
        }
    }

    /// <summary>Null where the temporary file was taken for a stray one before it had its name.</summary>
    private static bool? Link(LocalFolder folder, LocalTemporaryFile from, string to, bool last)
    {
        var at = folder.Descriptor;
        if (Posix.Link(at, from.Name, at, to, 0) == 0)
            return true;
        if (Posix.Error is Errno.NotPermitted or Errno.NotSupported or Errno.NotImplemented or Errno.TooManyLinks)
        {
            from.Moved = Posix.Rename(at, from.Name, at, to, Posix.NoReplace) == 0;
            if (from.Moved)
                return true;
        }

        if (Posix.Error == Errno.Exists)
            return IsFile(folder, to) ? false : throw folder.InTheWay(to);
        return Posix.Error == Errno.NoEntry && !last ? null : throw folder.Fault("publish", to);
    }

    // A folder or a link to nothing keeps the name for ever and can never be read: whoever tried again would not come to an end.
    private static bool IsFile(LocalFolder folder, string name) =>
        LocalPath.TryStatIn(folder.Descriptor, name, out var there)
            ? there.IsFile
            : !LocalPath.TryStatIn(folder.Descriptor, name, out _, Posix.NoFollowStat);
}
