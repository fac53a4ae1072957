using System.Buffers.Binary;

namespace EyeSlots.Core.Shards.Format;

/// <summary>
/// Takes out of a file what the Parquet library states of each column: it orders text as UTF-16, where the format asks for UTF-8, and
/// states a least and a greatest value of 0 where all values are null. A reader that trusts either passes over rows that it was asked
/// for; the library has no option to state nothing.
/// </summary>
/// <param name="file">A file as the library wrote it: one page for each column of each row group.</param>
internal sealed class StatisticsRemoval(Memory<byte> file) : ThriftCopy
{
    private readonly ThriftWriter header = new(), footer = new();
    private int start, end = sizeof(int);
    private int bodyLength, removed, removedOfGroup;

    /// <summary>Moves pages and footer together in the file's own memory.</summary>
    /// <returns>The bytes that are the file now.</returns>
    public ReadOnlyMemory<byte> Run()
    {
        var length = BinaryPrimitives.ReadInt32LittleEndian(file.Span[^FileFooter.TailBytes..]);
        var reader = new ThriftReader(file.Span.Slice(file.Length - FileFooter.TailBytes - length, length).ToArray());
        CopyStruct(ref reader, footer, "");
        footer.Written.CopyTo(file.Span[end..]);
        var tail = file.Span[(end + footer.Written.Length)..];
        BinaryPrimitives.WriteInt32LittleEndian(tail, footer.Written.Length);
        "PAR1"u8.CopyTo(tail[sizeof(int)..]);
        return file[..(end + footer.Written.Length + FileFooter.TailBytes)];
    }

    /// <inheritdoc/>
    protected override bool Leaves(string path) => path is "page.5.5" or "4[].1[].3.12";

    /// <inheritdoc/>
    /// <remarks>In this order: where a column begins, its sizes, where its page begins; then, for all columns of a row group, their sizes.</remarks>
    protected override long Changed(string path, long value)
    {
        switch (path)
        {
            case "page.3": return bodyLength = checked((int)value);
            case "4[].1[].2": return Move(checked((int)value));
            case "4[].1[].3.6" or "4[].1[].3.7": return value - removed;
            case "4[].1[].3.9": return start;
            case "4[].2": return value - removedOfGroup;
            case "4[].6":
                value -= removedOfGroup;
                removedOfGroup = 0;
                return value;
            default: return value;
        }
    }

    /// <summary>Moves a page, its header shortened, to the end of those that were moved already.</summary>
    private int Move(int from)
    {
        var reader = new ThriftReader(file.Span[from..]);
        header.Clear();
        CopyStruct(ref reader, header, "page.");
        header.Written.CopyTo(file.Span[end..]);
        file.Span.Slice(from + reader.Position, bodyLength).CopyTo(file.Span[(end + header.Written.Length)..]);
        removed = reader.Position - header.Written.Length;
        removedOfGroup += removed;
        start = end;
        end += header.Written.Length + bodyLength;
        return start;
    }
}
