namespace EyeSlots.Core.Storage.Local;

/// <summary>Linux error numbers, and what a user can do about each.</summary>
internal static class Errno
{
    internal const int NotPermitted = 1, NoEntry = 2, Interrupted = 4, InputOutput = 5, WouldBlock = 11, Access = 13, Exists = 17, NotFolder = 20;
    internal const int Invalid = 22, TooManySystem = 23, TooMany = 24, TooLarge = 27, NoSpace = 28, ReadOnly = 30, TooManyLinks = 31;
    internal const int NameTooLong = 36, NotImplemented = 38, Loop = 40, NotSupported = 95, Stale = 116, Quota = 122;

    /// <summary>Whether the error says that there is no such file (opening a socket gives 6, ENXIO).</summary>
    internal static bool IsMissing(int error) => error is NoEntry or NotFolder or NameTooLong or Loop or 6;

    /// <summary>The one line for the user: what failed, where, why, and what to do.</summary>
    internal static StorageException Explain(string what, string path, int error) => new($"Cannot {what} {path}: {Why(error)}");

    private static string Why(int error) => error switch
    {
        NoSpace => "the disk is full; free some space or choose another folder, then run again.",
        Quota => "the disk quota is used up; free some space or choose another folder, then run again.",
        TooLarge => "the file is larger than allowed here (ulimit -f or the file system's limit).",
        ReadOnly => "the file system is read-only; choose another folder or mount it for writing.",
        Access or NotPermitted => "permission denied; give this user access to it (ls -l shows the owner) or choose another folder.",
        TooMany or TooManySystem => "too many files are open; raise the limit (ulimit -n 65536) or use fewer workers.",
        NotFolder or Exists => "a part of the path is a file and not a folder; rename it or choose another folder.",
        NoEntry => "there is no such folder or file.",
        NameTooLong => "the name is too long for this file system.",
        NotSupported or NotImplemented or Invalid =>
            "the file system can publish neither by hard links nor by renameat2; choose a folder on a local disk or on S3.",
        InputOutput => "the disk reports an input/output error; check it (dmesg shows more).",
        Stale => "the network folder was lost (stale file handle); mount it again.",
        _ => $"{System.Runtime.InteropServices.Marshal.GetPInvokeErrorMessage(error)} (error {error}).",
    };
}
