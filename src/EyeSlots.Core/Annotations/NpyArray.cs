using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace EyeSlots.Core.Annotations;

/// <summary>Numbers of a NumPy file (NEP 1), versions 1 to 3: integers, floats, or text as AffectNet stores them.</summary>
internal static partial class NpyArray
{
    /// <summary>All numbers in storage order, or null when the file holds none that can be read.</summary>
    public static double[]? Read(ReadOnlySpan<byte> file)
    {
        if (file.Length < 12 || !file.StartsWith((ReadOnlySpan<byte>)[0x93, (byte)'N', (byte)'U', (byte)'M', (byte)'P', (byte)'Y'])) return null;
        var (start, length) = file[6] == 1 ? (10, (long)BinaryPrimitives.ReadUInt16LittleEndian(file[8..])) : (12, BinaryPrimitives.ReadUInt32LittleEndian(file[8..]));
        if (start + length > file.Length) return null;
        var kind = Kind().Match(Encoding.UTF8.GetString(file.Slice(start, (int)length)));
        if (!kind.Success || !int.TryParse(kind.Groups[2].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out var size)) return null;
        return Items(file[(int)(start + length)..], kind.Groups[1].Value[0], size);
    }

    private static double[]? Items(ReadOnlySpan<byte> body, char kind, int size)
    {
        var bytes = kind == 'U' ? 4L * size : size;
        if (bytes is < 1 or > 4096 || body.Length % bytes != 0) return null;
        var items = new double[body.Length / bytes];
        for (var i = 0; i < items.Length; i++)
        {
            if (!TryItem(body.Slice(i * (int)bytes, (int)bytes), kind, out items[i])) return null;
        }

        return items;
    }

    private static bool TryItem(ReadOnlySpan<byte> item, char kind, out double value)
    {
        value = (kind, item.Length) switch
        {
            ('f', 8) => BinaryPrimitives.ReadDoubleLittleEndian(item),
            ('f', 4) => BinaryPrimitives.ReadSingleLittleEndian(item),
            ('i', 8) => BinaryPrimitives.ReadInt64LittleEndian(item),
            ('i', 4) => BinaryPrimitives.ReadInt32LittleEndian(item),
            ('i', 2) => BinaryPrimitives.ReadInt16LittleEndian(item),
            ('i', 1) => (sbyte)item[0],
            ('u', 1) => item[0],
            _ => double.NaN,
        };
        return kind switch
        {
            'U' => DecimalText.TryRead(Encoding.UTF32.GetString(item).TrimEnd('\0'), out value),
            'S' => DecimalText.TryRead(Encoding.ASCII.GetString(item).TrimEnd('\0'), out value),
            'f' => item.Length is 4 or 8,
            _ => !double.IsNaN(value),
        };
    }

    [GeneratedRegex(@"'descr':\s*'[<|=]?([fiuUS])(\d+)'")]
    private static partial Regex Kind();
}
