using System.Buffers.Binary;

namespace EyeSlots.Preprocessing.Decoding;

/// <summary>TIFF 6.0: width, height and orientation of the first directory.</summary>
internal static class TiffHeader
{
    private const int EntryBytes = 12;
    private const uint Short = 3;
    private const uint Long = 4;

    public static bool TryRead(ReadOnlySpan<byte> file, out ImageHeader header)
    {
        header = default;
        if (file.Length < 8) return false;
        var little = file[0] == (byte)'I';
        var directory = UInt32(file[4..], little);
        if (directory + 2L > file.Length) return false;
        var entries = file[(int)directory..];
        var count = UInt16(entries, little);
        if (2 + (count * EntryBytes) > entries.Length) return false;
        var (width, height, orientation) = (0u, 0u, 0u);
        for (var i = 0; i < count; i++)
        {
            // The first of equal tags counts, as for libtiff: a bomb must not hide behind a second one.
            var entry = entries.Slice(2 + (i * EntryBytes), EntryBytes);
            var read = UInt16(entry, little) switch
            {
                256 => TryValue(entry, little, ref width),
                257 => TryValue(entry, little, ref height),
                274 => TryValue(entry, little, ref orientation),
                _ => true,
            };
            if (!read) return false;
        }

        if (width > int.MaxValue || height > int.MaxValue) return false;
        header = new(ImageFormat.Tiff, (int)width, (int)height) { Orientation = orientation is >= 1 and <= 8 ? (int)orientation : 1 };
        return true;
    }

    // SHORT or LONG, as the standard has it; of other types libtiff may find the value elsewhere.
    private static bool TryValue(ReadOnlySpan<byte> entry, bool little, ref uint value)
    {
        var type = UInt16(entry[2..], little);
        if (value == 0) value = type == Short ? UInt16(entry[8..], little) : UInt32(entry[8..], little);
        return type is Short or Long;
    }

    private static uint UInt32(ReadOnlySpan<byte> bytes, bool little) =>
        little ? BinaryPrimitives.ReadUInt32LittleEndian(bytes) : BinaryPrimitives.ReadUInt32BigEndian(bytes);

    private static uint UInt16(ReadOnlySpan<byte> bytes, bool little) =>
        little ? BinaryPrimitives.ReadUInt16LittleEndian(bytes) : BinaryPrimitives.ReadUInt16BigEndian(bytes);
}
