namespace EyeSlots.Core.Storage.Local;

/// <summary>Reads whole files bound to the size and time that were planned, without an object for each file.</summary>
internal sealed unsafe class LocalReading(string root, RealRoot realRoot)
{
    internal ReadOutcome Read(string key, ObjectStat? expected, ByteBuffer buffer, long maxBytes)
    {
        var file = Open(key, out var before);
        if (file < 0)
            return ReadOutcome.Missing;

        try
        {
            if (!realRoot.Contains(file))
                return ReadOutcome.OutsideRoot;
            if (expected is { } planned && !Same(planned, before))
                return ReadOutcome.Changed;
            if (before.Size > Math.Min(maxBytes, Array.MaxLength))
                return ReadOutcome.TooLarge;
            return Fill(file, key, before, buffer) ? ReadOutcome.Read : ReadOutcome.Changed;
        }
        finally
        {
            Posix.Close(file);
        }
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

    private bool Fill(int file, string key, in Posix.StatX before, ByteBuffer buffer)
    {
        var size = (int)before.Size;
        buffer.Reset(size);
        fixed (byte* to = buffer.Span)
        {
            for (var done = 0; done < size;)
            {
                var count = Posix.Read(file, to + done, size - done);
                if (count < 0 && Posix.Error != Errno.Interrupted)
                    throw Fault(key);
                if (count == 0)
                    return false;
                done += (int)Math.Max(0, count);
            }
        }

        if (!Posix.TryStat(file, out var after))
            throw Fault(key);
        return after.Size == before.Size && after.Modified == before.Modified;
    }

    private static bool Same(in ObjectStat planned, in Posix.StatX stat)
    {
        Span<char> version = stackalloc char[24];
        return planned.Size == stat.Size
            && stat.Modified.TryFormat(version, out var length, default, System.Globalization.CultureInfo.InvariantCulture)
            && version[..length].SequenceEqual(planned.Version);
    }

    private StorageException Fault(string key) => Errno.Explain("read", Path.Join(root, key), Posix.Error);
}
