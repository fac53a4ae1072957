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

    /// <summary>What stays in memory: some 20,000 faces, which need not go to the file and back one by one.</summary>
    private const int MostBlocks = 4;

    private readonly SafeFileHandle file;
    private readonly List<byte[]> blocks = [];
    private byte[] block = NewBlock();
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

    /// <summary>Appends a record and returns where it begins, which grows. One writer at a time.</summary>
    public long Append(ReadOnlySpan<byte> record)
    {
        if (used + sizeof(int) + record.Length > BlockBytes) Advance(record.Length);
        var at = ((long)blocks.Count * BlockBytes) + written + used;
        Span<byte> length = stackalloc byte[sizeof(int)];
        BinaryPrimitives.WriteInt32LittleEndian(length, record.Length);
        Write(length);
        Write(record);
        return at;
    }

    /// <summary>Writes what is pending; records can be read from then on.</summary>
    public void Flush()
    {
        if (blocks.Count < MostBlocks) return;
        WriteOut(block.AsMemory(0, used));
        used = 0;
    }

    /// <summary>Reads a record back. Safe to call from several threads after <see cref="Flush"/>.</summary>
    /// <param name="at">What <see cref="Append"/> returned.</param>
    /// <param name="buffer">For records of the file; grown as needed.</param>
    /// <returns>The record, in memory or in the buffer.</returns>
    public ReadOnlySpan<byte> Read(long at, ref byte[] buffer)
    {
        var (index, offset) = Math.DivRem(at, BlockBytes);
        if (index >= MostBlocks) return ReadFile(at - ((long)MostBlocks * BlockBytes), ref buffer);
        var held = (index < blocks.Count ? blocks[(int)index] : block).AsSpan((int)offset);
        return held.Slice(sizeof(int), BinaryPrimitives.ReadInt32LittleEndian(held));
    }

    /// <summary>Gives the space back.</summary>
    public void Dispose() => file.Dispose();

    private ReadOnlySpan<byte> ReadFile(long at, ref byte[] buffer)
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

    // No record crosses blocks in memory; one that fits into none goes to the file, and so do all behind it.
    private void Advance(int length)
    {
        Flush();
        while (blocks.Count < MostBlocks)
        {
            blocks.Add(block);
            (block, used) = (NewBlock(), 0);
            if (sizeof(int) + length <= BlockBytes) return;
        }
    }

    private static byte[] NewBlock() => GC.AllocateUninitializedArray<byte>(BlockBytes);

    private void Write(ReadOnlySpan<byte> bytes)
    {
        if (used + bytes.Length > BlockBytes) Flush();
        if (bytes.Length > BlockBytes)
        {
            WriteOut(bytes.ToArray());
            return;
        }

        bytes.CopyTo(block.AsSpan(used));
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
            throw new StorageException($"The temporary folder {Path.GetTempPath()} cannot be written: {error.Message} A plan takes about 0.2 KB a face; TMPDIR names another folder.", error);
        }
    }
}
