namespace EyeSlots.Core.Storage.Local;

/// <summary>Looks at files below the root, and at whether a link on the way leads out of it: that is refused, or followed where the user says so.</summary>
internal sealed class LocalLinks(string root, RealRoot realRoot, RootFolder folder, bool follow)
{
    /// <summary>Whether links out of the root are followed like all others.</summary>
    internal bool Follow => follow;

    /// <summary>The stat of a key, links followed; false and <see cref="Posix.Error"/> where there is none.</summary>
    internal bool TryStat(string key, out Posix.StatX stat, out bool leavesRoot)
    {
        leavesRoot = false;
        if (!follow && TryStatBeneath(key, out stat))
            return true;
        if (!LocalPath.TryStat(root, key, out stat))
            return false;
        leavesRoot = LeavesRoot(key);
        return true;
    }

    /// <summary>Whether a link on the way to a file or folder that is there leads out of the root, and such are not followed.</summary>
    internal bool LeavesRoot(string key)
    {
        var file = follow ? -1 : LocalPath.Open(root, key, Posix.PathOnly);
        if (file < 0)
            return false;
        var inside = realRoot.Contains(file);
        _ = Posix.Close(file);
        return !inside;
    }

    /// <summary>The folder's own path, however links led to it; null where it is none, or is refused.</summary>
    internal string? RealFolder(string key)
    {
        var file = LocalPath.Open(root, key, Posix.ReadOnly | Posix.Directory);
        if (file < 0)
            return Errno.IsMissing(Posix.Error) ? null : throw Errno.Explain("list", Path.Join(root, key), Posix.Error);

        try
        {
            return follow || realRoot.Contains(file) ? RealRoot.PathOf(file) : null;
        }
        finally
        {
            _ = Posix.Close(file);
        }
    }

    // The kernel's answer decides only where it finds the file: it refuses some links that lead back in, too.
    private bool TryStatBeneath(string key, out Posix.StatX stat)
    {
        stat = default;
        var file = folder.Open(key, Posix.PathOnly);
        if (file < 0)
            return false;
        var known = Posix.TryStat(file, out stat);
        _ = Posix.Close(file);
        return known;
    }
}
