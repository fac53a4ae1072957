using Microsoft.Win32.SafeHandles;

namespace EyeSlots.Core.Storage.Local;

/// <summary>
/// The root, kept open, below which openat2(2) opens files: the kernel itself refuses links that lead out, at half the price of
/// asking it afterwards (<see cref="RealRoot"/>). It refuses some that lead back in, too, and older kernels and some containers do
/// not know the call, so a refusal decides nothing.
/// </summary>
internal sealed unsafe class RootFolder(string path)
{
    private SafeFileHandle? folder;

    /// <summary>The stat of a key, for which the kernel need not walk to the root each time; <paramref name="flags"/> as in <see cref="LocalPath.TryStat"/>. False and <see cref="Posix.Error"/> where there is none.</summary>
    internal bool TryStat(string key, out Posix.StatX stat, int flags)
    {
        var root = Folder;
        stat = default;
        var found = !root.IsInvalid && LocalPath.TryStatIn((int)root.DangerousGetHandle(), key, out stat, flags);
        GC.KeepAlive(root);

        // The root may have been made, or made anew, since it was opened.
        return found || LocalPath.TryStat(path, key, out stat, flags);
    }

    /// <summary>Opens a file that surely lies below the root; -1 where somebody has to look closer.</summary>
    internal int Open(string key, int flags)
    {
        var root = Folder;
        var file = root.IsInvalid ? -1 : LocalPath.OpenBeneath((int)root.DangerousGetHandle(), key, flags);
        GC.KeepAlive(root);
        return file;
    }

    private SafeFileHandle Folder => folder ??= new(LocalPath.Open(path, Posix.ReadOnly | Posix.Directory), ownsHandle: true);
}
