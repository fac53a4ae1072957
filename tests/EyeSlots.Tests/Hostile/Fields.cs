using System.Buffers.Binary;

namespace EyeSlots.Tests.Hostile;

/// <summary>Where the fields of each format's headers lie in a valid file.</summary>
internal static class Fields
{
    /// <summary>All of a file of a format, which is named by its folder's prefix.</summary>
    public static List<Field> Of(string format, byte[] file) => format switch
    {
        "png" => Png(file),
        "bmp" => Bmp(file),
        "tiff" => Tiff(file),
        "webp" => WebP(file),
        "jpeg" => Jpeg(file),
        _ => throw new ArgumentException($"There is no format {format}.", nameof(format)),
    };

    // Each chunk's length, name, and the first bytes of its body: all of IHDR, the head of zlib's stream and of its first block.
    private static List<Field> Png(byte[] file)
    {
        List<Field> fields = [];
        for (var at = 8; at + 12 <= file.Length;)
        {
            var length = BinaryPrimitives.ReadInt32BigEndian(file.AsSpan(at));
            fields.AddRange([new(at, 4, false), new(at + 4, 4, false), new(at + 8 + length, 4, false)]);
            if (length == 13) fields.AddRange([new(at + 8, 4, false), new(at + 12, 4, false)]);
            for (var i = length == 13 ? 8 : 0; i < Math.Min(length, 16); i++) fields.Add(new(at + 8 + i, 1, false));
            at += 12 + length;
        }

        return fields;
    }

    // Both headers byte for byte and by fields, masks or the palette's first colours, and the first runs.
    private static List<Field> Bmp(byte[] file)
    {
        List<Field> fields = [new(0, 2, true), new(2, 4, true), new(6, 4, true), new(10, 4, true), new(14, 4, true)];
        var header = BinaryPrimitives.ReadInt32LittleEndian(file.AsSpan(14));
        if (header == 12) fields.AddRange([new(18, 2, true), new(20, 2, true), new(22, 2, true), new(24, 2, true)]);
        else fields.AddRange([new(18, 4, true), new(22, 4, true), new(26, 2, true), new(28, 2, true), .. Enumerable.Range(0, 9).Select(i => new Field(30 + (4 * i), 4, true))]);
        var pixels = BinaryPrimitives.ReadInt32LittleEndian(file.AsSpan(10));
        fields.AddRange(Enumerable.Range(0, 24).Select(i => new Field(pixels + i, 1, true)));
        return fields;
    }

    // The header; each entry's tag, type, count and value; and the numbers that lie elsewhere, which are offsets and lengths of strips and tiles.
    private static List<Field> Tiff(byte[] file)
    {
        var little = file[0] == (byte)'I';
        var directory = (int)UInt32(file, 4, little);
        var count = UInt16(file, directory, little);
        List<Field> fields = [new(2, 2, little), new(4, 4, little), new(directory, 2, little), new(directory + 2 + (12 * count), 4, little)];
        for (var at = directory + 2; at < directory + 2 + (12 * count); at += 12)
        {
            fields.AddRange([new(at, 2, little), new(at + 2, 2, little), new(at + 4, 4, little), new(at + 8, 4, little), new(at + 8, 2, little)]);
            var (type, values, value) = (UInt16(file, at + 2, little), UInt32(file, at + 4, little), (int)UInt32(file, at + 8, little));
            var size = type switch { 3 => 2, 4 => 4, _ => 1 };
            if (size * values > 4) fields.AddRange(Enumerable.Range(0, (int)Math.Min(values, 24)).Select(i => new Field(value + (i * size), size, little)));
        }

        return fields;
    }

    // RIFF's length, each chunk's name and length, and the first bytes of its body.
    private static List<Field> WebP(byte[] file)
    {
        List<Field> fields = [new(4, 4, true), new(8, 4, true)];
        for (var at = 12; at + 8 <= file.Length;)
        {
            var length = BinaryPrimitives.ReadInt32LittleEndian(file.AsSpan(at + 4));
            fields.AddRange([new(at, 4, true), new(at + 4, 4, true)]);
            fields.AddRange(Enumerable.Range(0, Math.Min(length, 40)).Select(i => new Field(at + 8 + i, 1, true)));
            at += 8 + length + (length & 1);
        }

        return fields;
    }

    // Each segment's marker and length, and the first bytes of its body, those behind a scan too.
    private static List<Field> Jpeg(byte[] file)
    {
        List<Field> fields = [];
        for (var at = 2; at + 4 <= file.Length && file[at] == 0xFF;)
        {
            var length = BinaryPrimitives.ReadUInt16BigEndian(file.AsSpan(at + 2));
            fields.AddRange([new(at, 1, false), new(at + 1, 1, false), new(at + 2, 2, false)]);
            if (file[at + 1] is >= 0xC0 and <= 0xC2) fields.AddRange([new(at + 5, 2, false), new(at + 7, 2, false)]);
            fields.AddRange(Enumerable.Range(0, Math.Min(length - 2, 40)).Select(i => new Field(at + 4 + i, 1, false)));
            at += 2 + length;
            if (file[at - length - 1] == 0xDA) while (at + 4 <= file.Length && (file[at] != 0xFF || file[at + 1] is 0 or (>= 0xD0 and <= 0xD7))) at++;
        }

        return fields;
    }

    private static uint UInt32(byte[] file, int at, bool little) =>
        little ? BinaryPrimitives.ReadUInt32LittleEndian(file.AsSpan(at)) : BinaryPrimitives.ReadUInt32BigEndian(file.AsSpan(at));

    private static ushort UInt16(byte[] file, int at, bool little) =>
        little ? BinaryPrimitives.ReadUInt16LittleEndian(file.AsSpan(at)) : BinaryPrimitives.ReadUInt16BigEndian(file.AsSpan(at));
}
