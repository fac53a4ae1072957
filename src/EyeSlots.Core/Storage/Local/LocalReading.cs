using Microsoft.Win32.SafeHandles;

namespace EyeSlots.Core.Storage.Local;

/// <summary>Reads files, whole or their starts, bound to the size and time that were planned, without an object for each file.</summary>
internal sealed unsafe class LocalReading(string root, RealRoot realRoot, RootFolder folder, bool followLinks)
{
    internal ReadOutcome Read(string key, ObjectStat? expected, ByteBuffer buffer, long maxBytes) =>
        Read(key, expected, buffer, new(0, long.MaxValue), maxBytes);

    internal ReadOutcome ReadStart(string key, in ObjectStat expected, ByteBuffer buffer, int bytes) =>
        Read(key, expected, buffer, new(0, bytes), long.MaxValue);

    internal ReadOutcome ReadRest(string key, in ObjectStat expected, ByteBuffer buffer) =>
        Read(key, expected, buffer, new(buffer.Length, long.MaxValue), long.MaxValue);

    private ReadOutcome Read(string key, ObjectStat? expected, ByteBuffer buffer, Part part, long maxBytes) =>
        expected is { } planned && TryRead(key, planned, buffer, part, maxBytes) ? ReadOutcome.Read : ReadClosely(key, expected, buffer, part, maxBytes);

    /// <summary>The short way for a file that is what was planned, which one stat after the read tells; false decides nothing.</summary>
    private bool TryRead(string key, in ObjectStat planned, ByteBuffer buffer, Part part, long maxBytes)
    {
        var file = planned.Size <= Math.Min(maxBytes, Array.MaxLength) && LocalPath.IsBelow(key) ? folder.Open(key, Posix.ReadOnly | Posix.NonBlocking) : -1;
        if (file < 0)
            return false;

        var read = TryFill(file, part, planned.Size, buffer) == true && Posix.TryStat(file, out var stat) && stat.IsFile && Same(planned, stat);
        Posix.Close(file);
        return read;
    }

    private ReadOutcome ReadClosely(string key, ObjectStat? expected, ByteBuffer buffer, Part part, long maxBytes)
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
            var read = TryFill(file, part, before.Size, buffer) ?? throw Fault(key);
            return read && IsUnchanged(file, key, before) ? ReadOutcome.Read : ReadOutcome.Changed;
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

    /// <summary>Fills the buffer with a part: false where the file is shorter, null where it cannot be read.</summary>
    private static bool? TryFill(int file, Part part, long size, ByteBuffer buffer)
    {
        var end = (int)Math.Min(part.End, size);
        if (part.From == 0)
            buffer.Reset(end);
        else
            buffer.Extend(end);
        fixed (byte* to = buffer.Span)
        {
            for (var done = part.From; done < end;)
            {
                var count = Posix.ReadAt(file, to + done, end - done, done);
                if (count == 0)
                    return false;
                if (count < 0 && Posix.Error != Errno.Interrupted)
                    return null;
                done += (int)Math.Max(0, count);
            }
        }

        return true;
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

    /// <summary>What is read of a file: from a byte on, which the buffer holds up to there, to another or to the file's end.</summary>
    private readonly record struct Part(int From, long End);
}
