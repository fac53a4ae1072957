using System.Buffers.Binary;
using EyeSlots.Core.Storage;
using Microsoft.Win32.SafeHandles;

namespace EyeSlots.Core.Planning;

/// <summary>
/// Keeps what a plan knows of its faces: the first in memory, all others in a temporary file, so that memory does not grow with the
/// landmarks. The file loses its name as soon as it is open: whatever ends the process, nothing stays behind.
/// </summary>
internal sealed class FaceSpool : IDisposable
{
    private const int BlockBytes = 1 << 20;

    /// <summary>What stays in memory: some 70,000 faces, which need not go to the file and back one by one.</summary>
    private const int MostBlocks = 32;

    private readonly SafeFileHandle file;
    private readonly List<byte[]> blocks = [];
    private byte[] pending = new byte[BlockBytes];
    private int used;
    private long written;

    /// <summary>Makes the file in the temporary folder.</summary>
    public FaceSpool()
    {
        file = Guard(() =>
        {
            var path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
            var opened = File.OpenHandle(path, FileMode.CreateNew, FileAccess.ReadWrite);
            File.Delete(path);
            return opened;
        });
    }

    /// <summary>Appends a record and returns where it begins. One writer at a time.</summary>
    public long Append(ReadOnlySpan<byte> record)
    {
        var at = written + used;
        Span<byte> length = stackalloc byte[sizeof(int)];
        BinaryPrimitives.WriteInt32LittleEndian(length, record.Length);
        Write(length);
        Write(record);
        return at;
    }

    /// <summary>Writes what is pending; records can be read from then on.</summary>
    public void Flush()
    {
        WriteOut(pending.AsMemory(0, used));
        used = 0;
    }

    /// <summary>Reads a record back. Safe to call from several threads after <see cref="Flush"/>.</summary>
    /// <param name="at">What <see cref="Append"/> returned.</param>
    /// <param name="buffer">Grown as needed.</param>
    /// <returns>The record, in the buffer.</returns>
    public ReadOnlySpan<byte> Read(long at, ref byte[] buffer)
    {
        var got = RandomAccess.Read(file, buffer, at);
        var length = BinaryPrimitives.ReadInt32LittleEndian(buffer);
        if (got < sizeof(int) + length)
        {
            if (buffer.Length < sizeof(int) + length) buffer = new byte[sizeof(int) + length];
            for (got = 0; got < sizeof(int) + length;) got += RandomAccess.Read(file, buffer.AsSpan(got, sizeof(int) + length - got), at + got);
        }

        return buffer.AsSpan(sizeof(int), length);
    }

    /// <summary>Gives the space back.</summary>
    public void Dispose() => file.Dispose();

    private void Write(ReadOnlySpan<byte> bytes)
    {
        if (used + bytes.Length > BufferBytes) Flush();
        if (bytes.Length > BufferBytes)
        {
            WriteOut(bytes.ToArray());
            return;
        }

        bytes.CopyTo(pending.AsSpan(used));
        used += bytes.Length;
    }

    private void WriteOut(ReadOnlyMemory<byte> bytes) => written += Guard(() =>
    {
        RandomAccess.Write(file, bytes.Span, written);
        return bytes.Length;
    });

    // .NET tells a file that may not grow any more by an ArgumentOutOfRangeException.
    private static T Guard<T>(Func<T> write)
    {
        try
        {
            return write();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ArgumentOutOfRangeException)
        {
            throw new StorageException($"The temporary folder {Path.GetTempPath()} cannot be written: {error.Message} A plan takes about 0.6 KB a face; TMPDIR names another folder.", error);
        }
    }
}
