using System.Runtime.InteropServices;
using Parquet;

namespace EyeSlots.Core.Shards;

/// <summary>A file that is no longer what was written ends in one clear error, whatever the Parquet library throws at it.</summary>
internal static class ParquetDamage
{
    /// <summary>Opens a file's bytes.</summary>
    public static async Task<ParquetReader> OpenAsync(ReadOnlyMemory<byte> bytes)
    {
        ParquetFooter.Check(bytes.Span);
        return await ParquetReader.CreateAsync(Stream(bytes)).ConfigureAwait(false);
    }

    private static EndingStream Stream(ReadOnlyMemory<byte> bytes) =>
        MemoryMarshal.TryGetArray(bytes, out var array) ? new EndingStream(array.Array!, array.Offset, array.Count) : new EndingStream(bytes.ToArray(), 0, bytes.Length);

    public static async Task<T> GuardAsync<T>(string what, Func<Task<T>> read)
    {
        try
        {
            return await read().ConfigureAwait(false);
        }
        catch (Exception error) when (error is not (EyeSlotsException or OperationCanceledException))
        {
            throw new EyeSlotsException(ErrorCodes.DatasetDamaged, $"The {what} cannot be read: {error.Message}", error);
        }
    }

    /// <summary>
    /// Throws at its end, which the library's Thrift reader takes for bytes of a field: a damaged page header would be read for ever.
    /// </summary>
    private sealed class EndingStream(byte[] bytes, int start, int count) : MemoryStream(bytes, start, count, writable: false)
    {
        public override int ReadByte() => base.ReadByte() is >= 0 and var value ? value : throw new EndOfStreamException();

        public override int Read(Span<byte> buffer) => Checked(base.Read(buffer), buffer.Length);

        public override int Read(byte[] buffer, int offset, int count) => Checked(base.Read(buffer, offset, count), count);

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            Checked(await base.ReadAsync(buffer, cancellationToken).ConfigureAwait(false), buffer.Length);

        public override async Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
            Checked(await base.ReadAsync(buffer.AsMemory(offset, count), cancellationToken).ConfigureAwait(false), count);

        private static int Checked(int read, int wanted) => read > 0 || wanted == 0 ? read : throw new EndOfStreamException();
    }
}
