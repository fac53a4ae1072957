using System.Buffers.Binary;
using EyeSlots.Core.Shards.Format;

namespace EyeSlots.Benchmarks.Fuzzing;

/// <summary>Writes a Parquet file's footer again with some numbers changed, or fields left out, and all lengths right.</summary>
internal sealed class FooterMutation(Random random) : ThriftCopy
{
    private readonly int everyNumber = random.Next(10, 400), everyField = random.Next(50, 2000);

    /// <summary>A copy of the file with a changed footer.</summary>
    public byte[] Of(byte[] file)
    {
        var length = BinaryPrimitives.ReadInt32LittleEndian(file.AsSpan()[^FileFooter.TailBytes..]);
        var start = file.Length - FileFooter.TailBytes - length;
        var reader = new ThriftReader(file.AsSpan(start, length));
        var writer = new ThriftWriter();
        CopyStruct(ref reader, writer, "");
        var changed = new byte[start + writer.Written.Length + FileFooter.TailBytes];
        file.AsSpan(0, start).CopyTo(changed);
        writer.Written.CopyTo(changed.AsSpan(start));
        BinaryPrimitives.WriteInt32LittleEndian(changed.AsSpan()[^FileFooter.TailBytes..], writer.Written.Length);
        "PAR1"u8.CopyTo(changed.AsSpan()[^sizeof(int)..]);
        return changed;
    }

    protected override bool Leaves(string path) => random.Next(everyField) == 0;

    protected override long Changed(string path, long value) => random.Next(everyNumber) switch
    {
        0 => HostileValues.Number(random),
        1 => value + random.Next(-300, 300),
        _ => value,
    };
}
