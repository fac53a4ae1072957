using System.Numerics;

namespace EyeSlots.Preprocessing.Decoding;

/// <summary>BMP: the header of OS/2 (12 bytes) or one of Windows (40 bytes and more). A negative height stores rows top down.</summary>
internal static class BmpHeader
{
    private const int MostColours = 256;
    private const int MaskBytes = 3 * 4;
    private static readonly BmpChannels Fifteen = new(new(0, 31), new(5, 31), new(10, 31));
    private static readonly BmpChannels Bytes = new(new(0, 255), new(8, 255), new(16, 255));

    public static string? Read(ReadOnlySpan<byte> file, out ImageHeader header)
    {
        var why = Read(file, out BmpLayout layout);
        header = why is null ? new(ImageFormat.Bmp, layout.Width, layout.Height) { DecoderBytes = layout.Width } : default;
        return why;
    }

    /// <summary>Reads the header, and compares palette and rows with the file's length.</summary>
    /// <returns>Null, or why the file is refused.</returns>
    public static string? Read(ReadOnlySpan<byte> file, out BmpLayout layout)
    {
        layout = default;
        if (file.Length < BmpFields.FileHeaderBytes + BmpFields.Os2Bytes) return "it ends in its header";
        var fields = new BmpFields(file);
        if (fields.HeaderBytes is not (BmpFields.Os2Bytes or BmpFields.WindowsBytes or 52 or 56 or 64 or 108 or 124)) return $"a header of {fields.HeaderBytes} bytes is not read";
        if (file.Length < BmpFields.FileHeaderBytes + fields.HeaderBytes) return "it ends in its header";
        if (fields.Width < 1 || fields.Height is 0 or int.MinValue) return "its size is none";
        if (PackingOf(fields) is not { } packing) return $"{fields.Bits} bits with compression {fields.Compression} are not read";
        if (packing != BmpPacking.Rows && fields.Height < 0) return "run lengths do not go top down";
        if (fields.PixelsAt > file.Length || fields.PixelsAt < BmpFields.FileHeaderBytes + fields.HeaderBytes) return "its pixels do not lie within the file";
        layout = new(fields.Width, Math.Abs(fields.Height), fields.Bits, packing, (int)fields.PixelsAt) { IsTopDown = fields.Height < 0 };
        var last = layout.PixelsAt + (layout.Stride * (layout.Height - 1)) + layout.RowBytes;
        if (packing == BmpPacking.Rows && last > file.Length) return "it ends before its last row";
        return layout.Bits <= 8 ? AddPalette(fields, ref layout) : AddChannels(file, fields, ref layout);
    }

    private static BmpPacking? PackingOf(in BmpFields fields) => (fields.Bits, fields.Compression) switch
    {
        (1 or 4 or 8 or 16 or 24 or 32, 0) or (16 or 32, BmpFields.Masks) => BmpPacking.Rows,
        (8, 1) => BmpPacking.RunLengths8,
        (4, 2) => BmpPacking.RunLengths4,
        _ => null,
    };

    // It lies between header and pixels, and may be shorter than the header says: an index beyond it is damage.
    private static string? AddPalette(in BmpFields fields, ref BmpLayout layout)
    {
        var at = BmpFields.FileHeaderBytes + (int)fields.HeaderBytes;
        var entry = fields.HeaderBytes == BmpFields.Os2Bytes ? 3 : 4;
        var most = 1 << fields.Bits;
        if (fields.ColoursUsed > MostColours) return "its palette has more colours than there are indices";
        var used = fields.ColoursUsed is var stated and > 0 ? (int)Math.Min(stated, (uint)most) : most;
        layout = layout with { PaletteAt = at, PaletteEntryBytes = entry, PaletteColours = Math.Min(used, (layout.PixelsAt - at) / entry) };
        return layout.PaletteColours > 0 ? null : "it has no palette";
    }

    private static string? AddChannels(ReadOnlySpan<byte> file, in BmpFields fields, ref BmpLayout layout)
    {
        layout = layout with { Channels = layout.Bits == 16 ? Fifteen : Bytes };
        if (fields.Compression != BmpFields.Masks) return null;
        if (file.Length < BmpFields.FileHeaderBytes + BmpFields.WindowsBytes + MaskBytes) return "it ends in its masks";
        var (red, green, blue) = (Channel(fields.Mask(0)), Channel(fields.Mask(1)), Channel(fields.Mask(2)));
        layout = layout with { Channels = new(blue, green, red) };
        return IsKnown(layout) ? null : FormattableString.Invariant($"colours with masks {fields.Mask(0):X}, {fields.Mask(1):X}, {fields.Mask(2):X} are not read");
    }

    private static BmpChannel Channel(uint mask)
    {
        var shift = BitOperations.TrailingZeroCount(mask) & 31;
        return new(shift, mask >> shift);
    }

    // 16 bits as 5-5-5 or 5-6-5, 32 bits as three bytes in any order: what other masks mean for a byte is a matter of taste.
    private static bool IsKnown(in BmpLayout layout)
    {
        var (blue, green, red) = layout.Channels;
        if (layout.Bits == 16) return layout.Channels == Fifteen || layout.Channels == new BmpChannels(new(0, 31), new(5, 63), new(11, 31));
        return IsByte(blue) && IsByte(green) && IsByte(red) && blue.Shift != green.Shift && green.Shift != red.Shift && red.Shift != blue.Shift;
    }

    private static bool IsByte(BmpChannel channel) => channel.Most == 255 && channel.Shift % 8 == 0;
}
