using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace EyeSlots.Core.Storage.Local;

/// <summary>
/// The system calls that .NET has no equal for: link(2) and renameat2(2), which publish only if absent, folders flushed by
/// fsync(2), and open, statx and pread without an object for each file.
/// </summary>
internal static unsafe partial class Posix
{
    internal const int ReadOnly = 0, WriteOnly = 1, Create = 0x40, Exclusive = 0x80, NoTerminal = 0x100, NonBlocking = 0x800, PathOnly = 0x200000;
    internal const int CloseOnExec = 0x80000;

    /// <summary>O_DIRECTORY, whose value differs between processors.</summary>
    internal static readonly int Directory = RuntimeInformation.ProcessArchitecture == Architecture.Arm64 ? 0x4000 : 0x10000;

    /// <summary>O_NOFOLLOW, whose value differs between processors.</summary>
    internal static readonly int NoFollow = RuntimeInformation.ProcessArchitecture == Architecture.Arm64 ? 0x8000 : 0x20000;

    /// <summary>LOCK_EX, LOCK_NB and LOCK_UN.</summary>
    internal const int Exclusively = 2, AtOnce = 4, Unlock = 8;

    internal const int CurrentFolder = -100, NoFollowStat = 0x100, EmptyPath = 0x1000, NoReplace = 1;

    [LibraryImport("libc", EntryPoint = "openat", SetLastError = true)]
    internal static partial int OpenAt(int folder, byte* path, int flags, uint mode);

    /// <summary>openat2(2), for which glibc has no function.</summary>
    [LibraryImport("libc", EntryPoint = "syscall", SetLastError = true)]
    internal static partial nint OpenAt2(nint number, nint folder, byte* path, OpenHow* how, nint size);

    [LibraryImport("libc", EntryPoint = "close")]
    internal static partial int Close(int file);

    [LibraryImport("libc", EntryPoint = "pread", SetLastError = true)]
    internal static partial nint ReadAt(int file, byte* to, nint count, long offset);

    [LibraryImport("libc", EntryPoint = "write", SetLastError = true)]
    internal static partial nint Write(int file, byte* from, nint count);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    internal static partial int Sync(int file);

    [LibraryImport("libc", EntryPoint = "flock", SetLastError = true)]
    internal static partial int Lock(int file, int operation);

    [LibraryImport("libc", EntryPoint = "readlink", SetLastError = true)]
    internal static partial nint ReadLink(byte* path, byte* to, nint count);

    [LibraryImport("libc", EntryPoint = "statx", SetLastError = true)]
    internal static partial int Stat(int folder, byte* path, int flags, uint mask, StatX* stat);

    [LibraryImport("libc", EntryPoint = "mkdirat", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int MakeFolder(int folder, string name, uint mode);

    [LibraryImport("libc", EntryPoint = "linkat", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int Link(int fromFolder, string from, int toFolder, string to, int flags);

    [LibraryImport("libc", EntryPoint = "renameat2", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int Rename(int fromFolder, string from, int toFolder, string to, uint flags);

    [LibraryImport("libc", EntryPoint = "unlinkat", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int Unlink(int folder, string name, int flags);

    internal static int Error => Marshal.GetLastPInvokeError();

    /// <summary>The number of openat2, the same on every processor, and RESOLVE_BENEATH.</summary>
    internal const int OpenAt2Number = 437, Beneath = 8;

    /// <summary>The kernel's struct open_how.</summary>
    [StructLayout(LayoutKind.Sequential)]
    internal struct OpenHow
    {
        public ulong Flags, Mode, Resolve;
    }

    /// <summary>The kernel's struct statx, the same on every processor; only what is used has a name.</summary>
    [StructLayout(LayoutKind.Explicit, Size = 256)]
    internal struct StatX
    {
        [FieldOffset(28)]
        public ushort Mode;

        [FieldOffset(40)]
        public long Size;

        [FieldOffset(112)]
        public long Seconds;

        [FieldOffset(120)]
        public uint Nanoseconds;

        public readonly bool IsFile => (Mode & 0xF000) == 0x8000;

        public readonly bool IsLink => (Mode & 0xF000) == 0xA000;

        /// <summary>Modification time in nanoseconds since 1970.</summary>
        public readonly long Modified => unchecked((Seconds * 1_000_000_000) + Nanoseconds);
    }

    [SkipLocalsInit]
    internal static bool TryStat(int file, out StatX stat)
    {
        byte none = 0;
        fixed (StatX* to = &stat)
        {
            return Stat(file, &none, EmptyPath, 0x7FF, to) == 0;
        }
    }
}
