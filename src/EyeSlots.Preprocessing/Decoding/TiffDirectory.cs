using System.Buffers.Binary;

namespace EyeSlots.Preprocessing.Decoding;

/// <summary>Tags of TIFF 6.0 that decide pixels.</summary>
internal enum TiffTag : ushort
{
    Width = 256, Height = 257, BitsPerSample = 258, Compression = 259, Photometric = 262, FillOrder = 266, StripOffsets = 273, SamplesPerPixel = 277,
    RowsPerStrip = 278, StripBytes = 279, Planes = 284, Predictor = 317, ColorMap = 320, TileWidth = 322, TileHeight = 323, TileOffsets = 324,
    TileBytes = 325, InkSet = 332, ExtraSamples = 338, SampleFormat = 339, ImageDepth = 32997, TileDepth = 32998,
}

/// <summary>The first directory of a TIFF, walked to its end: all values lie within the file.</summary>
internal readonly ref struct TiffDirectory
{
    private const int HeaderBytes = 8;
    private const int EntryBytes = 12;
    private const ushort Short = 3;
    private const ushort Long = 4;
    private readonly ReadOnlySpan<byte> file;
    private readonly ReadOnlySpan<byte> entries;
    private readonly bool isLittle;

    private TiffDirectory(ReadOnlySpan<byte> file, ReadOnlySpan<byte> entries, bool isLittle)
    {
        this.file = file;
        this.entries = entries;
        this.isLittle = isLittle;
    }

    /// <summary>Bytes of all values that lie outside the directory: a decoder may read them, whatever they mean.</summary>
    public long ValueBytes { get; private init; }

    /// <summary>Finds the first directory and walks it.</summary>
    /// <returns>Null, or why the file is refused.</returns>
    public static string? Open(ReadOnlySpan<byte> file, out TiffDirectory directory)
    {
        directory = default;
        var isLittle = file[0] == (byte)'I';
        if (UInt16(file[2..], isLittle) == 43) return "BigTIFF is not read";
        var at = UInt32(file[4..], isLittle);
        if (at + 2L > file.Length) return "its directory does not lie within the file";
        var rest = file[(int)at..];
        var count = UInt16(rest, isLittle);
        if (2 + (count * EntryBytes) + 4 > rest.Length) return "its directory does not lie within the file";
        directory = new(file, rest.Slice(2, count * EntryBytes), isLittle);
        return directory.Walk(ref directory);
    }

    /// <summary>Whether there is such a tag.</summary>
    public bool Has(TiffTag tag) => !Find(tag).IsEmpty;

    /// <summary>The values of a tag; none where it is missing.</summary>
    public TiffValues Values(TiffTag tag)
    {
        var entry = Find(tag);
        if (entry.IsEmpty) return default;
        var (size, count) = (SizeOf(UInt16(entry[2..], isLittle)), UInt32(entry[4..], isLittle));
        var bytes = size * (long)count <= 4 ? entry[8..] : file[(int)UInt32(entry[8..], isLittle)..];
        return new(bytes[..(int)(size * count)], size, isLittle);
    }

    /// <summary>The first value of a tag, or another where the tag is missing.</summary>
    public uint Value(TiffTag tag, uint missing = 0) => Values(tag) is { Count: > 0 } values ? values[0] : missing;

    private string? Walk(ref TiffDirectory directory)
    {
        long bytes = 0;
        for (var entry = entries; !entry.IsEmpty; entry = entry[EntryBytes..])
        {
            var (type, count) = (UInt16(entry[2..], isLittle), UInt32(entry[4..], isLittle));
            var length = (long)SizeOf(type) * count;
            if (length > 4 && UInt32(entry[8..], isLittle) is var value && (value < HeaderBytes || value + length > file.Length)) return "a value does not lie within the file";
            bytes += length > 4 ? length : 0;
            var tag = (TiffTag)UInt16(entry, isLittle);
            if (!Enum.IsDefined(tag)) continue;
            if (type is not (Short or Long) || (type == Long && tag == TiffTag.ColorMap) || count == 0 || (count > 1 && !HasMany(tag))) return $"its tag {(int)tag} is of another kind";
            if (Find(tag).Length != entry.Length) return $"it has the tag {(int)tag} twice"; // decoders differ in which they take
        }

        directory = new(file, entries, isLittle) { ValueBytes = bytes };
        return null;
    }

    // libtiff passes over some of the others that have several values or another type, and guesses.
    private static bool HasMany(TiffTag tag) => tag is TiffTag.BitsPerSample or TiffTag.SampleFormat or TiffTag.ExtraSamples or TiffTag.ColorMap
        or TiffTag.StripOffsets or TiffTag.StripBytes or TiffTag.TileOffsets or TiffTag.TileBytes;

    // From the entry to the directory's end.
    private ReadOnlySpan<byte> Find(TiffTag tag)
    {
        var entry = entries;
        while (!entry.IsEmpty && UInt16(entry, isLittle) != (ushort)tag) entry = entry[EntryBytes..];
        return entry;
    }

    // Bytes of a value; nobody reads a value of another type.
    private static int SizeOf(uint type) => type switch
    {
        1 or 2 or 6 or 7 => 1,
        3 or 8 => 2,
        4 or 9 or 11 or 13 => 4,
        5 or 10 or 12 or 16 or 17 or 18 => 8,
        _ => 0,
    };

    private static uint UInt32(ReadOnlySpan<byte> bytes, bool isLittle) =>
        isLittle ? BinaryPrimitives.ReadUInt32LittleEndian(bytes) : BinaryPrimitives.ReadUInt32BigEndian(bytes);

    private static ushort UInt16(ReadOnlySpan<byte> bytes, bool isLittle) =>
        isLittle ? BinaryPrimitives.ReadUInt16LittleEndian(bytes) : BinaryPrimitives.ReadUInt16BigEndian(bytes);
}
