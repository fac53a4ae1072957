using System.Runtime.InteropServices;

namespace EyeSlots.Core.Shards;

/// <summary>A file that is no longer what was written ends in one clear error, whatever the Parquet library throws at it.</summary>
internal static class ParquetDamage
{
    public static Stream Stream(ReadOnlyMemory<byte> bytes) =>
        MemoryMarshal.TryGetArray(bytes, out var array) ? new MemoryStream(array.Array!, array.Offset, array.Count, writable: false) : new MemoryStream(bytes.ToArray());

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
}
