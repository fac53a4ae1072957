using System.Runtime.CompilerServices;
using System.Text;

namespace EyeSlots.Core.Storage.Local;

/// <summary>Keys to paths: on the stack, so that opening a file allocates nothing.</summary>
internal static unsafe class LocalPath
{
    /// <summary>PATH_MAX with its NUL.</summary>
    private const int Room = 4096;

    /// <summary>Whether the key has only parts that go down: none empty, <c>.</c> or <c>..</c>, no NUL.</summary>
    internal static bool IsBelow(ReadOnlySpan<char> key)
    {
        if (key.IsEmpty || key.Contains('\0'))
            return false;

        foreach (var part in key.Split('/'))
        {
            if (key[part] is "" or "." or "..")
                return false;
        }

        return true;
    }

    /// <summary>Opens the root + key; -1 and <see cref="Posix.Error"/> on failure.</summary>
    [SkipLocalsInit]
    internal static int Open(string root, string key, int flags)
    {
        var path = stackalloc byte[Room];
        return Join(root, key, path) ? Retry(Posix.CurrentFolder, path, flags) : -1;
    }

    /// <summary>Opens a path; -1 and <see cref="Posix.Error"/> on failure.</summary>
    internal static int Open(string path, int flags) => Open(path, "", flags);

    /// <summary>The stat of root + key, links followed, the last one too unless <see cref="Posix.NoFollowStat"/> says otherwise.</summary>
    internal static bool TryStat(string root, string key, out Posix.StatX stat, int flags = 0) => Look(Posix.CurrentFolder, root, key, out stat, flags);

    /// <summary>The stat of a name or path below an open folder; links as in <see cref="TryStat"/>.</summary>
    internal static bool TryStatIn(int folder, string key, out Posix.StatX stat, int flags = 0) => Look(folder, "", key, out stat, flags);

    /// <summary>Opens a name in an open folder.</summary>
    [SkipLocalsInit]
    internal static int OpenIn(int folder, string name, int flags)
    {
        var path = stackalloc byte[Room];
        return Join("", name, path) ? Retry(folder, path, flags) : -1;
    }

    /// <summary>Opens a name below an open folder, no link on the way leading out of it; -1 on failure.</summary>
    [SkipLocalsInit]
    internal static int OpenBeneath(int folder, string name, int flags)
    {
        var path = stackalloc byte[Room];
        var how = new Posix.OpenHow { Flags = (ulong)(flags | Posix.CloseOnExec | Posix.NoTerminal), Resolve = Posix.Beneath };
        return Join("", name, path) ? (int)Posix.OpenAt2(Posix.OpenAt2Number, folder, path, &how, sizeof(Posix.OpenHow)) : -1;
    }

    [SkipLocalsInit]
    private static bool Look(int folder, string root, string key, out Posix.StatX stat, int flags)
    {
        stat = default;
        var path = stackalloc byte[Room];
        fixed (Posix.StatX* to = &stat)
        {
            return Join(root, key, path) && Posix.Stat(folder, path, flags, 0x7FF, to) == 0;
        }
    }

    private static int Retry(int folder, byte* path, int flags)
    {
        int file;
        do
        {
            file = Posix.OpenAt(folder, path, flags | Posix.CloseOnExec | Posix.NoTerminal, 0x1B6);
        }
        while (file < 0 && Posix.Error == Errno.Interrupted);
        return file;
    }

    private static bool Join(string root, string key, byte* path)
    {
        var room = new Span<byte>(path, Room - 1);
        var length = 0;
        if (Append(root, room, ref length) && (root.Length == 0 || key.Length == 0 || root.EndsWith('/') || Append("/", room, ref length))
            && Append(key, room, ref length))
        {
            path[length] = 0;
            return true;
        }

        System.Runtime.InteropServices.Marshal.SetLastPInvokeError(Errno.NameTooLong);
        return false;
    }

    private static bool Append(string text, Span<byte> room, ref int length)
    {
        if (!Encoding.UTF8.TryGetBytes(text, room[length..], out var written))
            return false;
        length += written;
        return true;
    }
}
