using System.Buffers.Binary;

namespace EyeSlots.Preprocessing.Decoding;

/// <summary>PNG (ISO/IEC 15948): IHDR is the first chunk.</summary>
internal static class PngHeader
{
    public static bool TryRead(ReadOnlySpan<byte> file, out ImageHeader header)
    {
        header = default;
        if (file.Length < 33 || !file[12..16].SequenceEqual("IHDR"u8)) return false;
        var (width, height) = (BinaryPrimitives.ReadUInt32BigEndian(file[16..]), BinaryPrimitives.ReadUInt32BigEndian(file[20..]));
        if (width > int.MaxValue || height > int.MaxValue) return false;
        header = new(ImageFormat.Png, (int)width, (int)height);
        return true;
    }
}

/// <summary>BMP: the OS/2 header of 12 bytes or a Windows header of 40 bytes and more. A negative height stores rows top down.</summary>
internal static class BmpHeader
{
    public static bool TryRead(ReadOnlySpan<byte> file, out ImageHeader header)
    {
        header = default;
        if (file.Length < 26) return false;
        var length = BinaryPrimitives.ReadUInt32LittleEndian(file[14..]);
        var (width, height) = length == 12
            ? (BinaryPrimitives.ReadUInt16LittleEndian(file[18..]), BinaryPrimitives.ReadUInt16LittleEndian(file[20..]))
            : (BinaryPrimitives.ReadInt32LittleEndian(file[18..]), BinaryPrimitives.ReadInt32LittleEndian(file[22..]));
        if ((length != 12 && length < 40) || height == int.MinValue) return false;
        header = new(ImageFormat.Bmp, width, Math.Abs(height));
        return true;
    }
}
