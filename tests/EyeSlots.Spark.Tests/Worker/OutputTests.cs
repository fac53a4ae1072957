using Apache.Arrow;
using Apache.Arrow.Types;
using EyeSlots.Spark.Worker;
using EyeSlots.Spark.Worker.Batches;

namespace EyeSlots.Spark.Tests.Worker;

/// <summary>Output that Spark could not take is refused by name of column before a byte of it is sent.</summary>
public sealed class OutputTests
{
    private static readonly Schema Declared = new([new Field("a", Int64Type.Default, false), new Field("b", StringType.Default, true)], null);

    public static TheoryData<string, string> Faults => new()
    {
        { "fewer", "An output batch has 1 columns; 2 are declared." },
        { "name", "Output column 'c' stands where 'b' is declared." },
        { "type", "Output column 'a' has the type int32; int64 is declared." },
        { "length", "Output column 'b' has 1 values in a batch of 2 rows." },
        { "nulls", "Output column 'a' has 1 nulls, but is declared without." },
        { "short", "Output column 'a' has 8 bytes of values where its length needs 16." },
        { "offsets", "Output column 'b' has offsets outside of its values." },
        { "null", "The function returned null for a batch." },
    };

    [Theory]
    [MemberData(nameof(Faults))]
    public void Batch_NotAsDeclared_IsAnErrorBeforeAnyOutput(string fault, string error)
    {
        var talk = Run(Declared, Faulty(fault));
        Assert.Equal(TaskEnd.Failed, talk.End);
        var reply = Reply.Read(talk.Reply, 41);
        Assert.Empty(reply.Batches);
        Assert.StartsWith("EyeSlots.Spark.Worker.Batches.OutputException: " + error + "\n", reply.Error);
    }

    [Fact]
    public void Batch_NotAsDeclaredAfterAGoodOne_IsAnErrorAfterTheStream()
    {
        var reply = Reply.Read(Run(Declared, Faulty(""), Faulty("type")).Reply, 41);
        Assert.Equal(["(1 | x)", "(2 | null)"], reply.Batches.SelectMany(BatchText.Rows));
        Assert.Contains("int64 is declared", reply.Error);
    }

    [Fact]
    public void Batch_SlicedOrEmpty_ArrivesWithItsRows()
    {
        var batch = Faulty("")!;
        var reply = Reply.Read(Run(Declared, batch.Slice(1, 1), batch.Slice(0, 0), batch).Reply, 41);
        Assert.Equal(["(2 | null)", "(1 | x)", "(2 | null)"], reply.Batches.SelectMany(BatchText.Rows));
    }

    [Fact]
    public void Schema_OfNoColumn_IsRefused() =>
        Assert.Contains("The output schema has no column.", Reply.Read(Run(new Schema([], null), Faulty("")).Reply, 41).Error);

    [Fact]
    public void Types_ThatSparkCannotTake_AreNamed()
    {
        Assert.Equal("uint32", Refused(UInt32Type.Default, 43));
        Assert.Equal("uint8", Refused(new ListType(new Field("element", UInt8Type.Default, true)), 43));
        Assert.Equal("timestamp[Millisecond, UTC]", Refused(new TimestampType(TimeUnit.Millisecond, "UTC"), 43));
        Assert.Equal("time64[Nanosecond]", Refused(new Time64Type(TimeUnit.Nanosecond), 40));
        Assert.Equal("interval[MonthDayNanosecond]", Refused(IntervalType.FromIntervalUnit(IntervalUnit.MonthDayNanosecond), 35));
        Assert.Null(Refused(new Time64Type(TimeUnit.Nanosecond), 41));
        Assert.Null(Refused(new MapType(StringType.Default, new Decimal128Type(10, 2), true, false), 35));
        Assert.Null(Refused(LargeBinaryType.Default, 35));
    }

    private static string? Refused(IArrowType type, int level) =>
        ArrowTypes.FirstRefused(type, new(level)) is { } refused ? ArrowTypes.TextOf(refused) : null;

    private static Conversation Run(Schema declared, params RecordBatch?[] batches) =>
        Conversation.Of(new Frame(41).Bytes(), _ => new Sample((_, _, _) => batches.ToAsyncEnumerable()!, declared));

    private static RecordBatch? Faulty(string fault)
    {
        IArrowArray a = new Int64Array.Builder().Append(1).Append(2).Build(), b = new StringArray.Builder().Append("x").AppendNull().Build();
        return fault switch
        {
            "null" => null,
            "fewer" => new(new Schema([Declared.FieldsList[0]], null), [a], 2),
            "name" => new(new Schema([Declared.FieldsList[0], new Field("c", StringType.Default, true)], null), [a, b], 2),
            "type" => new(Declared, [new Int32Array.Builder().Append(1).Append(2).Build(), b], 2),
            "length" => new(Declared, [a, new StringArray.Builder().Append("x").Build()], 2),
            "nulls" => new(Declared, [new Int64Array.Builder().Append(1).AppendNull().Build(), b], 2),
            "short" => new(Declared, [new Int64Array(new ArrayData(Int64Type.Default, 2, 0, 0, [ArrowBuffer.Empty, new ArrowBuffer(new byte[8])])), b], 2),
            "offsets" => new(Declared, [a, new StringArray(new ArrayData(StringType.Default, 2, 0, 0, [ArrowBuffer.Empty, new ArrowBuffer(new byte[] { 0, 0, 0, 0, 1, 0, 0, 0, 9, 0, 0, 0 }), new ArrowBuffer(new byte[1])]))], 2),
            _ => new(Declared, [a, b], 2),
        };
    }
}
