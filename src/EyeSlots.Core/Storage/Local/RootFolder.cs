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

    /// <summary>Opens a file that surely lies below the root; -1 where somebody has to look closer.</summary>
    internal int Open(string key, int flags)
    {
        var root = folder ??= new(LocalPath.Open(path, Posix.ReadOnly | Posix.Directory), ownsHandle: true);
        var file = root.IsInvalid ? -1 : LocalPath.OpenBeneath((int)root.DangerousGetHandle(), key, flags);
        GC.KeepAlive(root);
        return file;
    }
}
