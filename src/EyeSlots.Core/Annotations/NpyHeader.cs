using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace EyeSlots.Core.Annotations;

/// <summary>The header of a NumPy file (NEP 1), versions 1 to 3. All of it is honoured, or the file is refused.</summary>
/// <param name="Type">As NumPy writes it, without byte order and size: f, i, u, b, U or S.</param>
/// <param name="ItemBytes">Bytes of one item.</param>
/// <param name="IsBigEndian">Byte order of an item.</param>
/// <param name="IsFortran">The first index runs fastest.</param>
/// <param name="Shape">Nothing for a single value.</param>
/// <param name="Length">Bytes in front of the items.</param>
internal sealed partial record NpyHeader(char Type, int ItemBytes, bool IsBigEndian, bool IsFortran, int[] Shape, int Length)
{
    private const int MostItemBytes = 4096;

    /// <summary>What NumPy itself reads; a header has room for millions, of which one of no length would hide all others.</summary>
    private const int MostAxes = 64;

    /// <summary>How many items there are.</summary>
    public long Items => Shape.Aggregate(1L, (product, side) => Math.Min(product * side, int.MaxValue));

    /// <summary>Reads the header.</summary>
    /// <exception cref="FormatException">It is no header, or says something that is not known.</exception>
    public static NpyHeader Read(ReadOnlySpan<byte> file)
    {
        if (file.Length < 12 || !file.StartsWith((ReadOnlySpan<byte>)[0x93, (byte)'N', (byte)'U', (byte)'M', (byte)'P', (byte)'Y'])) throw new FormatException("it is no NumPy file");
        if (file[6] is not (1 or 2 or 3)) throw new FormatException($"version {file[6]} of NumPy's format is not known");
        var start = file[6] == 1 ? 10 : 12;
        var length = start + (long)(start == 10 ? BinaryPrimitives.ReadUInt16LittleEndian(file[8..]) : BinaryPrimitives.ReadUInt32LittleEndian(file[8..]));
        if (length > file.Length) throw new FormatException("its header is cut off");
        var text = Encoding.UTF8.GetString(file[start..(int)length]);
        var (type, bytes, big) = ReadType(text);
        return new(type, bytes, big, Only(Order(), text, "fortran_order").Value == "True", ReadShape(Only(Shapes(), text, "shape").Value), (int)length);
    }

    private static (char Type, int Bytes, bool IsBigEndian) ReadType(string text)
    {
        var type = Only(Types(), text, "descr").Value;
        var kind = type[1];
        if (!int.TryParse(type.AsSpan(2), NumberStyles.None, CultureInfo.InvariantCulture, out var size)) size = 0;
        var known = (kind, size) is ('f', 2 or 4 or 8) or ('i' or 'u', 1 or 2 or 4 or 8) or ('b', 1) or ('U' or 'S', > 0 and <= MostItemBytes / 4);
        var ordered = type[0] != '|' || kind is 'S' or 'b' || size == 1;
        return known && ordered ? (kind, kind == 'U' ? 4 * size : size, type[0] == '>') : throw new FormatException($"its type {type} is not known");
    }

    private static int[] ReadShape(string text)
    {
        var sides = text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (sides.Length > MostAxes) throw new FormatException($"its shape has {sides.Length} axes, more than {MostAxes}");
        return Array.ConvertAll(sides, side => int.TryParse(side, NumberStyles.None, CultureInfo.InvariantCulture, out var length)
            ? length
            : throw new FormatException($"its shape ({text}) cannot be read"));
    }

    private static Group Only(Regex field, string text, string name) =>
        field.Matches(text) is [var match] ? match.Groups[1] : throw new FormatException($"its header has no single '{name}' that is known");

    [GeneratedRegex(@"['""]descr['""]\s*:\s*['""]([<>|=][a-zA-Z]\d*)['""]")]
    private static partial Regex Types();

    [GeneratedRegex(@"['""]fortran_order['""]\s*:\s*(True|False)\b")]
    private static partial Regex Order();

    [GeneratedRegex(@"['""]shape['""]\s*:\s*\(([^()]*)\)")]
    private static partial Regex Shapes();
}
