using System.Buffers.Binary;
using EyeSlots.Core.Planning;

namespace EyeSlots.Tests.Planning;

public sealed class FaceSpoolTests
{
    private const int Records = 60_000, Largest = 3 << 20;

    /// <summary>The first records stay in memory, some cross its end, most lie in the file; one is larger than a block.</summary>
    [Fact]
    public void Read_RecordsInMemoryAndInTheFile_ComeBackFromSeveralThreadsAsTheyWere()
    {
        using var spool = new FaceSpool();
        var places = new long[Records];
        for (var at = 0; at < Records; at++) places[at] = spool.Append(Record(at));
        spool.Flush();
        Assert.All(places.Zip(places.Skip(1)), two => Assert.True(two.First < two.Second));
        Parallel.For(0, 4, reader =>
        {
            var buffer = new byte[512];
            for (var at = reader; at < Records; at += 4) Assert.True(spool.Read(places[at], ref buffer).SequenceEqual(Record(at)));
        });
    }

    /// <summary>A slice's images are one record; a plan of a million faces has thousands of them.</summary>
    [Fact]
    public void Append_FarMoreThanStaysInMemory_TakesNoMemory()
    {
        using var spool = new FaceSpool();
        var record = new byte[64 << 10];
        for (var at = 0; at < 100; at++) spool.Append(record);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var at = 0; at < 1000; at++) spool.Append(record);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1 << 20);
    }

    private static byte[] Record(int number)
    {
        var record = new byte[number == Records / 2 ? Largest : 20 + (number * 7 % 300)];
        BinaryPrimitives.WriteInt32LittleEndian(record, number);
        record[^1] = (byte)number;
        return record;
    }
}
