using System.Buffers.Binary;

namespace EyeSlots.Core.Shards.Format;

/// <summary>Which rows of a column have a value: one bit for each, in runs of one bit or of eight bits a byte.</summary>
internal static class DefinitionLevels
{
    /// <summary>Reads the levels at the start of a page.</summary>
    /// <param name="body">The page.</param>
    /// <param name="present">Becomes true for each row that has a value.</param>
    /// <returns>Bytes of the levels, their length included.</returns>
    /// <exception cref="FormatException">They are not one for each row.</exception>
    public static int Read(ReadOnlySpan<byte> body, Span<bool> present)
    {
        if (body.Length < sizeof(int)) throw Damaged();
        var length = BinaryPrimitives.ReadInt32LittleEndian(body);
        if (length < 0 || length > body.Length - sizeof(int)) throw Damaged();
        var runs = body.Slice(sizeof(int), length);
        while (!present.IsEmpty) ReadRun(ref runs, ref present);
        return runs.IsEmpty ? sizeof(int) + length : throw Damaged();
    }

    private static void ReadRun(ref ReadOnlySpan<byte> runs, ref Span<bool> present)
    {
        var head = Number(ref runs);
        var (count, isPacked) = (head >> 1, (head & 1) == 1);
        if (count == 0 || runs.IsEmpty || (isPacked && count > runs.Length)) throw Damaged();
        if (count > (isPacked ? (present.Length + 7) / 8 : present.Length)) throw Damaged();
        var rows = Math.Min(present.Length, isPacked ? 8 * count : count);
        for (var row = 0; row < rows; row++) present[row] = isPacked ? ((runs[row >> 3] >> (row & 7)) & 1) == 1 : runs[0] == 1;
        runs = runs[(isPacked ? count : 1)..];
        present = present[rows..];
    }

    /// <summary>A number of up to 28 bits, of which more than a page's rows make no sense.</summary>
    private static int Number(ref ReadOnlySpan<byte> runs)
    {
        var value = 0;
        for (var shift = 0; shift < 28 && !runs.IsEmpty; shift += 7)
        {
            var part = runs[0];
            runs = runs[1..];
            value |= (part & 127) << shift;
            if (part < 128) return value;
        }

        throw Damaged();
    }

    private static FormatException Damaged() => new("a column of it does not say which rows have a value");
}
