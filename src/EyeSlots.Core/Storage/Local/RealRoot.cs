using System.Runtime.CompilerServices;
using System.Text;

namespace EyeSlots.Core.Storage.Local;

/// <summary>
/// Says whether an open file really lies below the root, whatever links led to it: the kernel's own name of the descriptor is
/// compared, so nobody can change a link between the check and the use.
/// </summary>
internal sealed unsafe class RealRoot(string path)
{
    private const int MaxPath = 4096;

    /// <summary>The root's real path with a slash at its end; links to it may change during a run, so it can be found anew.</summary>
    private byte[]? real;

    /// <summary>Whether the open file is the root or lies below it.</summary>
    [SkipLocalsInit]
    internal bool Contains(int file)
    {
        Span<byte> name = stackalloc byte[MaxPath + 1];
        name = name[..NameOf(file, name)];
        return Below(real ??= Find(), name) || Below(real = Find(), name);
    }

    /// <summary>The path of an open file or folder, without links.</summary>
    [SkipLocalsInit]
    internal static string PathOf(int file)
    {
        Span<byte> name = stackalloc byte[MaxPath + 1];
        return Encoding.UTF8.GetString(name[..NameOf(file, name)]);
    }

    private static bool Below(byte[] root, ReadOnlySpan<byte> name) =>
        name.StartsWith(root) || name.SequenceEqual(root.AsSpan(0, Math.Max(1, root.Length - 1)));

    [SkipLocalsInit]
    private byte[] Find()
    {
        var file = LocalPath.Open(path, Posix.ReadOnly | Posix.Directory);
        if (file < 0)
            throw Errno.Explain("open", path, Posix.Error);

        try
        {
            Span<byte> name = stackalloc byte[MaxPath + 1];
            var length = NameOf(file, name);
            if (name[length - 1] != '/')
                name[length++] = (byte)'/';
            return name[..length].ToArray();
        }
        finally
        {
            Posix.Close(file);
        }
    }

    [SkipLocalsInit]
    private static int NameOf(int file, Span<byte> name)
    {
        Span<byte> link = stackalloc byte[32];
        "/proc/self/fd/"u8.CopyTo(link);
        System.Buffers.Text.Utf8Formatter.TryFormat(file, link[14..], out var digits);
        link[14 + digits] = 0;
        fixed (byte* from = link, to = name)
        {
            var length = Posix.ReadLink(from, to, MaxPath);
            return length > 0
                ? (int)length
                : throw new StorageException($"Cannot read {Encoding.ASCII.GetString(link[..(14 + digits)])}: mount /proc, without it links cannot be checked.");
        }
    }
}
