using System.Buffers.Binary;

namespace EyeSlots.Preprocessing.Decoding;

/// <summary>The fields of a BMP's two headers as they are stored; the file is long enough for both.</summary>
/// <param name="file">The whole file.</param>
internal readonly ref struct BmpFields(ReadOnlySpan<byte> file)
{
    /// <summary>Bytes before the second header.</summary>
    public const int FileHeaderBytes = 14;

    /// <summary>The second header of OS/2 1.x.</summary>
    public const int Os2Bytes = 12;

    /// <summary>The shortest second header of Windows; longer ones begin with it.</summary>
    public const int WindowsBytes = 40;

    /// <summary>Colours are where <see cref="Mask"/> says.</summary>
    public const uint Masks = 3;

    private readonly ReadOnlySpan<byte> file = file;

    /// <summary>Bytes of the second header.</summary>
    public uint HeaderBytes => UInt32(14);

    /// <summary>Where pixels begin.</summary>
    public uint PixelsAt => UInt32(10);

    /// <summary>Pixels.</summary>
    public int Width => IsOs2 ? UInt16(18) : (int)UInt32(18);

    /// <summary>Pixels; negative where rows go top down.</summary>
    public int Height => IsOs2 ? UInt16(20) : (int)UInt32(22);

    /// <summary>Bits of a pixel.</summary>
    public int Bits => UInt16(IsOs2 ? 24 : 28);

    /// <summary>0 rows, 1 runs of 8 bits, 2 runs of 4 bits, 3 rows with masks.</summary>
    public uint Compression => IsOs2 ? 0 : UInt32(30);

    /// <summary>Colours of the palette, 0 for as many as there are indices.</summary>
    public uint ColoursUsed => IsOs2 ? 0 : UInt32(46);

    private bool IsOs2 => HeaderBytes == Os2Bytes;

    /// <summary>Red, green and blue: behind the shortest header, and in the same place of longer ones. The file must reach there.</summary>
    public uint Mask(int channel) => UInt32(FileHeaderBytes + WindowsBytes + (4 * channel));

    private uint UInt32(int at) => BinaryPrimitives.ReadUInt32LittleEndian(file[at..]);

    private ushort UInt16(int at) => BinaryPrimitives.ReadUInt16LittleEndian(file[at..]);
}
