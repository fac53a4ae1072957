using Microsoft.Win32.SafeHandles;

namespace EyeSlots.Core.Storage.Local;

/// <summary>Reads whole files bound to the size and time that were planned, without an object for each file.</summary>
internal sealed unsafe class LocalReading(string root, RealRoot realRoot, bool followLinks)
{
    private readonly RootFolder folder = new(root);

    internal ReadOutcome Read(string key, ObjectStat? expected, ByteBuffer buffer, long maxBytes) =>
        expected is { } planned && TryRead(key, planned, buffer, maxBytes) ? ReadOutcome.Read : ReadClosely(key, expected, buffer, maxBytes);

    /// <summary>The short way for a file that is what was planned, which one stat after the read tells; false decides nothing.</summary>
    private bool TryRead(string key, in ObjectStat planned, ByteBuffer buffer, long maxBytes)
    {
        var file = planned.Size <= Math.Min(maxBytes, Array.MaxLength) && LocalPath.IsBelow(key) ? folder.Open(key, Posix.ReadOnly | Posix.NonBlocking) : -1;
        if (file < 0)
            return false;

        var read = Fill(file, (int)planned.Size, buffer) == planned.Size && Posix.TryStat(file, out var stat) && stat.IsFile && Same(planned, stat);
        Posix.Close(file);
        return read;
    }

    private ReadOutcome ReadClosely(string key, ObjectStat? expected, ByteBuffer buffer, long maxBytes)
    {
        var file = Open(key, out var before);
        if (file < 0)
            return ReadOutcome.Missing;

        try
        {
            if (!followLinks && !realRoot.Contains(file))
                return ReadOutcome.OutsideRoot;
            if (expected is { } planned && !Same(planned, before))
                return ReadOutcome.Changed;
            if (before.Size > Math.Min(maxBytes, Array.MaxLength))
                return ReadOutcome.TooLarge;
            var read = Fill(file, (int)before.Size, buffer);
            return read < 0 ? throw Fault(key) : read == before.Size && IsUnchanged(file, key, before) ? ReadOutcome.Read : ReadOutcome.Changed;
        }
        finally
        {
            Posix.Close(file);
        }
    }

    /// <summary>False when there is no such file.</summary>
    internal bool ReadPart(string key, long offset, Span<byte> part)
    {
        var opened = Open(key, out _);
        if (opened < 0)
            return false;

        using var file = new SafeFileHandle(opened, ownsHandle: true);
        while (part.Length > 0)
        {
            var count = RandomAccess.Read(file, part, offset);
            if (count == 0)
                throw new StorageException($"{Path.Join(root, key)} is shorter than it was when it was written.");
            offset += count;
            part = part[count..];
        }

        return true;
    }

    /// <summary>Opens a regular file; -1 when there is none. Pipes are opened without waiting for a writer, and refused.</summary>
    internal int Open(string key, out Posix.StatX stat)
    {
        stat = default;
        var file = LocalPath.IsBelow(key) ? LocalPath.Open(root, key, Posix.ReadOnly | Posix.NonBlocking) : -1;
        if (file < 0)
            return !LocalPath.IsBelow(key) || Errno.IsMissing(Posix.Error) ? -1 : throw Fault(key);

        if (!Posix.TryStat(file, out stat))
        {
            var error = Posix.Error;
            Posix.Close(file);
            throw Errno.Explain("read", Path.Join(root, key), error);
        }

        if (stat.IsFile)
            return file;
        Posix.Close(file);
        return -1;
    }

    /// <summary>How many bytes were read: fewer than asked for where the file is shorter, -1 where it cannot be read.</summary>
    private static int Fill(int file, int size, ByteBuffer buffer)
    {
        buffer.Reset(size);
        var done = 0;
        fixed (byte* to = buffer.Span)
        {
            while (done < size)
            {
                var count = Posix.Read(file, to + done, size - done);
                if (count == 0)
                    break;
                if (count < 0 && Posix.Error != Errno.Interrupted)
                    return -1;
                done += (int)Math.Max(0, count);
            }
        }

        return done;
    }

    private bool IsUnchanged(int file, string key, in Posix.StatX before) =>
        Posix.TryStat(file, out var after) ? after.Size == before.Size && after.Modified == before.Modified : throw Fault(key);

    /// <summary>Whether a file still is what was planned, by size and time.</summary>
    internal static bool Same(in ObjectStat planned, in Posix.StatX stat)
    {
        Span<char> version = stackalloc char[24];
        return planned.Size == stat.Size
            && stat.Modified.TryFormat(version, out var length, default, System.Globalization.CultureInfo.InvariantCulture)
            && version[..length].SequenceEqual(planned.Version);
    }

    private StorageException Fault(string key) => Errno.Explain("read", Path.Join(root, key), Posix.Error);
}
