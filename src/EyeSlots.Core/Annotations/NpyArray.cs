using System.Buffers.Binary;
using System.Text;

namespace EyeSlots.Core.Annotations;

/// <summary>The numbers of a NumPy file: integers, floats, or text as AffectNet stores them. Text for "no label" is NaN.</summary>
/// <param name="Values">In C order: the last index runs fastest, whatever the file's order.</param>
/// <param name="Shape">Without sides of length 1; nothing for a single value.</param>
internal sealed record NpyArray(double[] Values, int[] Shape)
{
    /// <summary>Reads a file.</summary>
    /// <exception cref="FormatException">It is none, or not one of numbers; the message says what is wrong.</exception>
    public static NpyArray Read(ReadOnlySpan<byte> file)
    {
        var header = NpyHeader.Read(file);
        var body = file[header.Length..];
        if (body.Length != header.Items * header.ItemBytes)
        {
            throw new FormatException($"it holds {body.Length} bytes of items instead of {header.Items} times {header.ItemBytes}");
        }

        var values = new double[header.Items];
        for (var i = 0; i < values.Length; i++) values[i] = Item(body.Slice(i * header.ItemBytes, header.ItemBytes), header);
        int[] shape = [.. header.Shape.Where(side => side != 1)];
        return new(header.IsFortran && shape.Length > 1 ? InOrderOfC(values, shape) : values, shape);
    }

    /// <summary>The 68 points as x, y, x, y…: (136) or (68, 2) as they are stored, (2, 68) by columns.</summary>
    /// <exception cref="FormatException">Another shape, whose order nobody knows.</exception>
    public double[] ToPoints()
    {
        const int points = 68;
        return Shape switch
        {
            [2 * points] or [points, 2] => Values,
            [2, points] => InOrderOfC(Values, [points, 2]),
            _ => throw new FormatException($"landmarks of shape ({string.Join(", ", Shape)}) instead of (136), (68, 2) or (2, 68)"),
        };
    }

    /// <summary>Numbers whose first index runs fastest, so that the last does.</summary>
    private static double[] InOrderOfC(double[] values, int[] shape)
    {
        var ordered = new double[values.Length];
        Span<int> index = stackalloc int[shape.Length];
        foreach (var value in values)
        {
            var at = 0;
            for (var axis = 0; axis < shape.Length; axis++) at = (at * shape[axis]) + index[axis];
            ordered[at] = value;
            for (var axis = 0; axis < shape.Length && ++index[axis] == shape[axis]; axis++) index[axis] = 0;
        }

        return ordered;
    }

    private static double Item(ReadOnlySpan<byte> item, NpyHeader header)
    {
        if (header.Type == 'U') return Number(new UTF32Encoding(header.IsBigEndian, byteOrderMark: false).GetString(item));
        if (header.Type == 'S') return Number(Encoding.ASCII.GetString(item));
        Span<byte> ordered = stackalloc byte[item.Length];
        item.CopyTo(ordered);
        if (header.IsBigEndian) ordered.Reverse();
        return (header.Type, item.Length) switch
        {
            ('f', 2) => (double)BinaryPrimitives.ReadHalfLittleEndian(ordered),
            ('f', 4) => BinaryPrimitives.ReadSingleLittleEndian(ordered),
            ('f', _) => BinaryPrimitives.ReadDoubleLittleEndian(ordered),
            ('i', 1) => (sbyte)ordered[0],
            ('i', 2) => BinaryPrimitives.ReadInt16LittleEndian(ordered),
            ('i', 4) => BinaryPrimitives.ReadInt32LittleEndian(ordered),
            ('i', _) => BinaryPrimitives.ReadInt64LittleEndian(ordered),
            (_, 1) => ordered[0],
            (_, 2) => BinaryPrimitives.ReadUInt16LittleEndian(ordered),
            (_, 4) => BinaryPrimitives.ReadUInt32LittleEndian(ordered),
            _ => BinaryPrimitives.ReadUInt64LittleEndian(ordered),
        };
    }

    private static double Number(string padded)
    {
        var text = padded.AsSpan().TrimEnd('\0').Trim();
        if (Labels.IsEmpty(text)) return double.NaN;
        return DecimalText.TryRead(text, out var value) ? value : throw new FormatException("one of its texts is no number");
    }
}
