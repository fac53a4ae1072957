using System.Collections.Concurrent;

namespace EyeSlots.Core.Storage.Local;

/// <summary>
/// Looks at files below the root, and at whether a link on the way leads out of it: that is refused, or followed where the user says so.
/// Folders are remembered, so that a file costs one call. Who changes links meanwhile gains nothing: reads look again.
/// </summary>
internal sealed class LocalLinks(string root, RealRoot realRoot, RootFolder rootFolder, bool follow)
{
    /// <summary>Folders that are remembered; a set has hundreds.</summary>
    private const int MostFolders = 1 << 16;

    /// <summary>The remembered ones: they lie below the root.</summary>
    private readonly ConcurrentDictionary<string, byte> folders = new();
    private int remembered;

    /// <summary>Whether links out of the root are followed like all others.</summary>
    internal bool Follow => follow;

    /// <summary>The stat of a key, links followed; false and <see cref="Posix.Error"/> where there is none.</summary>
    internal bool TryStat(string key, out Posix.StatX stat, out bool leavesRoot)
    {
        leavesRoot = false;
        var isFolderInside = follow ? false : IsFolderInside(key);
        if (isFolderInside is null)
        {
            // Without its folder there is no file, and the error is the same.
            stat = default;
            return false;
        }

        if (isFolderInside == true)
        {
            if (!rootFolder.TryStat(key, out stat, Posix.NoFollowStat))
                return false;
            if (!stat.IsLink)
                return true;
        }

        if (!LocalPath.TryStat(root, key, out stat))
            return false;
        leavesRoot = LeavesRoot(key);
        return true;
    }

    /// <summary>Whether a link on the way to a file or folder that is there leads out of the root, and such are not followed.</summary>
    internal bool LeavesRoot(string key) => !follow && IsInside(key) == false;

    /// <summary>Whether nothing is there under a path; false where it could not be looked at.</summary>
    internal bool IsMissing(string key) => IsInside(key) is null && Errno.IsMissing(Posix.Error);

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

    /// <summary>Whether the folder that a key lies in lies below the root itself; null where there is none.</summary>
    private bool? IsFolderInside(string key)
    {
        var slash = key.LastIndexOf('/');
        if (slash < 0 || folders.GetAlternateLookup<ReadOnlySpan<char>>().ContainsKey(key.AsSpan(0, slash)))
            return true;

        var folder = key[..slash];
        var inside = IsInside(folder);
        if (inside == true && Volatile.Read(ref remembered) < MostFolders && folders.TryAdd(folder, 0))
            Interlocked.Increment(ref remembered);
        return inside;
    }

    /// <summary>Null where there is no such file or folder.</summary>
    private bool? IsInside(string key)
    {
        var file = LocalPath.Open(root, key, Posix.PathOnly);
        if (file < 0)
            return null;
        var inside = realRoot.Contains(file);
        _ = Posix.Close(file);
        return inside;
    }
}
