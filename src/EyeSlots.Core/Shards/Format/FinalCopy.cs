using System.Buffers.Binary;
using EyeSlots.Core.Storage;

namespace EyeSlots.Core.Shards.Format;

/// <summary>
/// Copies what the Parquet library wrote into the file that is published. What the library states of each column is left out: it orders text as
/// UTF-16, where the format asks for UTF-8, and states a least and a greatest value of 0 where all values are null. A reader that trusts either
/// passes over rows that it was asked for; the library has no option to state nothing. Large values, of which the library was given empty ones,
/// are laid in here: by the library they would be copied three times more.
/// </summary>
/// <param name="written">A file as the library wrote it: one page for each column of each row group.</param>
/// <param name="file">Receives the file.</param>
/// <param name="large">The values to lay in.</param>
internal sealed class FinalCopy(ReadOnlyMemory<byte> written, ByteBuffer file, LargeValues large) : ThriftCopy
{
    /// <summary>A column of a row group takes so many bytes more at most: for larger numbers in its page's header and in the footer.</summary>
    private const int MostMore = 64;

    private readonly ThriftWriter header = new(), footer = new();
    private int chunks, start, end;
    private int bodyLength, added, grown;
    private long grownOfGroup;

    /// <summary>Copies pages and footer.</summary>
    public ReadOnlyMemory<byte> Run()
    {
        var length = BinaryPrimitives.ReadInt32LittleEndian(written.Span[^FileFooter.TailBytes..]);
        file.Reset(checked((int)(written.Length + large.Bytes + (MostMore * large.Chunks))));
        Append("PAR1"u8);
        var reader = new ThriftReader(written.Span.Slice(written.Length - FileFooter.TailBytes - length, length));
        CopyStruct(ref reader, footer, "");
        Append(footer.Written);
        Append(footer.Written.Length);
        Append("PAR1"u8);
        file.Reset(end);
        return file.Memory;
    }

    /// <inheritdoc/>
    protected override bool Leaves(string path) => path is "page.5.5" or "4[].1[].3.12";

    /// <inheritdoc/>
    /// <remarks>In this order: where a column begins, its sizes, where its page begins; then, for all columns of a row group, their sizes.</remarks>
    protected override long Changed(string path, long value)
    {
        switch (path)
        {
            case "page.2": return value + added;
            case "page.3":
                bodyLength = checked((int)value);
                return value + added;
            case "4[].1[].2": return Copy(checked((int)value));
            case "4[].1[].3.6" or "4[].1[].3.7": return value + grown;
            case "4[].1[].3.9": return start;
            case "4[].2": return value + grownOfGroup;
            case "4[].6":
                value += grownOfGroup;
                grownOfGroup = 0;
                return value;
            default: return value;
        }
    }

    /// <summary>Copies a page, its header changed, behind those that were copied already.</summary>
    private int Copy(int from)
    {
        var values = large.Of(chunks++);
        added = LargeValues.Sum(values);
        var reader = new ThriftReader(written.Span[from..]);
        header.Clear();
        CopyStruct(ref reader, header, "page.");
        start = end;
        Append(header.Written);
        if (values.IsEmpty) Append(written.Span.Slice(from + reader.Position, bodyLength));
        else Append(values);
        grown = end - start - (reader.Position + bodyLength);
        grownOfGroup += grown;
        return start;
    }

    private void Append(ReadOnlySpan<ReadOnlyMemory<byte>> values)
    {
        if (bodyLength != sizeof(int) * values.Length) throw new InvalidOperationException($"A page of {values.Length} empty values has {bodyLength} bytes.");
        foreach (var value in values)
        {
            Append(value.Length);
            Append(value.Span);
        }
    }

    private void Append(int number)
    {
        BinaryPrimitives.WriteInt32LittleEndian(file.Span[end..], number);
        end += sizeof(int);
    }

    private void Append(ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(file.Span[end..]);
        end += bytes.Length;
    }
}
