using System.Buffers.Binary;

namespace EyeSlots.Core.Shards;

/// <summary>
/// Walks a file's footer (Thrift's compact protocol) before the Parquet library reads it. The library trusts the footer: a field of
/// another type than it expects puts it out of step, and at the end of the bytes it waits for a field for ever.
/// </summary>
internal static class ParquetFooter
{
    private const int Tail = 8;
    private const int True = 1, False = 2, Int8 = 3, Int64 = 6, Float64 = 7, Bytes = 8, List = 9, Struct = 12;

    /// <summary>
    /// Fields of parquet.thrift that a writer of plain columns uses: numbers from the outside in, <c>[]</c> for the elements of a list,
    /// and the type. A field that is not here is not ours.
    /// </summary>
    private static readonly HashSet<string> Known =
    [
        "1:5", "3:6", "6:8", "7[]:12", "7[].1:12", // version, rows, writer, column orders
        "2[]:12", "2[].1:5", "2[].2:5", "2[].3:5", "2[].4:8", "2[].5:5", "2[].6:5", "2[].9:5", // schema
        "2[].10:12", "2[].10.1:12", "2[].10.10:12", "2[].10.10.1:3", "2[].10.10.2:1", // logical types: text, integer
        "4[]:12", "4[].2:6", "4[].3:6", "4[].5:6", "4[].6:6", "4[].7:4", // row groups
        "4[].1[]:12", "4[].1[].2:6", "4[].1[].3:12", "4[].1[].4:6", "4[].1[].5:5", "4[].1[].6:6", "4[].1[].7:5", // columns
        "4[].1[].3.1:5", "4[].1[].3.2[]:5", "4[].1[].3.3[]:8", "4[].1[].3.4:5", "4[].1[].3.5:6", "4[].1[].3.6:6", "4[].1[].3.7:6",
        "4[].1[].3.9:6", "4[].1[].3.10:6", "4[].1[].3.11:6", "4[].1[].3.13[]:12", "4[].1[].3.13[].1:5", "4[].1[].3.13[].2:5", "4[].1[].3.13[].3:5",
        "4[].1[].3.12:12", "4[].1[].3.12.1:8", "4[].1[].3.12.2:8", "4[].1[].3.12.3:6", "4[].1[].3.12.4:6", "4[].1[].3.12.5:8",
        "4[].1[].3.12.6:8", "4[].1[].3.12.7:1", "4[].1[].3.12.8:1", // statistics
        "5[]:12", "5[].1:8", "5[].2:8", // our metadata
    ];

    /// <summary>Throws when the footer is not one that our writer could have made.</summary>
    /// <exception cref="FormatException">The footer is damaged.</exception>
    public static void Check(ReadOnlySpan<byte> file)
    {
        if (file.Length < Tail + 4 || !file.EndsWith("PAR1"u8)) throw Damaged();
        var length = BinaryPrimitives.ReadInt32LittleEndian(file[^Tail..]);
        if (length < 0 || length > file.Length - Tail - 4) throw Damaged();
        var walk = new Walk(file.Slice(file.Length - Tail - length, length));
        walk.Fields("");
        if (!walk.IsAtEnd) throw Damaged();
    }

    private static FormatException Damaged() => new("its footer is damaged");

    private ref struct Walk(ReadOnlySpan<byte> rest)
    {
        private ReadOnlySpan<byte> rest = rest;

        public readonly bool IsAtEnd => rest.IsEmpty;

        public void Fields(string path)
        {
            for (var id = 0L; ;)
            {
                var head = Byte();
                if (head == 0) return;
                var delta = head >> 4;
                id = delta > 0 ? id + delta : Number();
                Value($"{path}{id}", head & 15);
            }
        }

        private void Value(string path, int type)
        {
            switch (type)
            {
                case True or False: Demand(path, True); break;
                case Int8: Demand(path, type); Byte(); break;
                case > Int8 and <= Int64: Demand(path, type); Number(); break;
                case Float64: Demand(path, type); Skip(8); break;
                case Bytes: Demand(path, type); Skip(Number()); break;
                case List: Elements(path); break;
                case Struct: Demand(path, type); Fields(path + "."); break;
                default: throw Damaged();
            }
        }

        private void Elements(string path)
        {
            var head = Byte();
            var count = head >> 4 == 15 ? Number() : head >> 4;
            if (count < 0 || count > rest.Length) throw Damaged();
            for (; count > 0; count--) Value(path + "[]", head & 15);
        }

        private static void Demand(string path, int type)
        {
            if (!Known.Contains($"{path}:{type}")) throw Damaged();
        }

        // Lengths are plain and numbers are zigzag; for walking it is enough that both are varints.
        private long Number()
        {
            ulong value = 0;
            for (var shift = 0; shift < 70; shift += 7)
            {
                var next = Byte();
                value |= (ulong)(next & 127) << shift;
                if (next < 128) return (long)value;
            }

            throw Damaged();
        }

        private int Byte()
        {
            if (rest.IsEmpty) throw Damaged();
            var value = rest[0];
            rest = rest[1..];
            return value;
        }

        private void Skip(long count)
        {
            if (count < 0 || count > rest.Length) throw Damaged();
            rest = rest[(int)count..];
        }
    }
}
