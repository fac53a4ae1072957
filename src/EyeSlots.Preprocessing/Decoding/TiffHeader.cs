using System.Buffers.Binary;

namespace EyeSlots.Preprocessing.Decoding;

/// <summary>TIFF 6.0: width, height and orientation of the first directory.</summary>
internal static class TiffHeader
{
    private const int EntryBytes = 12;

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
        var (width, height, orientation) = (0u, 0u, 1u);
        for (var i = 0; i < count; i++)
        {
            var entry = entries.Slice(2 + (i * EntryBytes), EntryBytes);
            var value = UInt16(entry[2..], little) == 3 ? UInt16(entry[8..], little) : UInt32(entry[8..], little);
            switch (UInt16(entry, little))
            {
                case 256: width = value; break;
                case 257: height = value; break;
                case 274: orientation = value; break;
            }
        }

        if (width > int.MaxValue || height > int.MaxValue) return false;
        header = new(ImageFormat.Tiff, (int)width, (int)height) { Orientation = orientation is >= 1 and <= 8 ? (int)orientation : 1 };
        return true;
    }

    private static uint UInt32(ReadOnlySpan<byte> bytes, bool little) =>
        little ? BinaryPrimitives.ReadUInt32LittleEndian(bytes) : BinaryPrimitives.ReadUInt32BigEndian(bytes);

    private static uint UInt16(ReadOnlySpan<byte> bytes, bool little) =>
        little ? BinaryPrimitives.ReadUInt16LittleEndian(bytes) : BinaryPrimitives.ReadUInt16BigEndian(bytes);
}
