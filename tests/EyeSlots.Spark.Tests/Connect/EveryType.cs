using System.Data.SqlTypes;
using System.Globalization;
using Apache.Arrow;
using Apache.Arrow.Types;

namespace EyeSlots.Spark.Tests.Connect;

/// <summary>A batch with a column of every type that is supported: two rows of values, extremes among them, and one of nulls.</summary>
internal static class EveryType
{
    private static readonly DateTimeOffset Moment = new(2026, 2, 3, 4, 5, 6, 789, TimeSpan.Zero);

    private static readonly (Field Field, IArrowArray Array, object First, object Second)[] Columns =
    [
        Column(new BooleanArray.Builder().Append(true).Append(false).AppendNull().Build(), true, false),
        Column(new Int8Array.Builder().Append(sbyte.MinValue).Append(sbyte.MaxValue).AppendNull().Build(), sbyte.MinValue, sbyte.MaxValue),
        Column(new Int16Array.Builder().Append(short.MinValue).Append(short.MaxValue).AppendNull().Build(), short.MinValue, short.MaxValue),
        Column(new Int32Array.Builder().Append(int.MinValue).Append(int.MaxValue).AppendNull().Build(), int.MinValue, int.MaxValue),
        Column(new Int64Array.Builder().Append(long.MinValue).Append(long.MaxValue).AppendNull().Build(), long.MinValue, long.MaxValue),
        Column(new FloatArray.Builder().Append(float.Epsilon).Append(float.NaN).AppendNull().Build(), float.Epsilon, float.NaN),
        Column(new DoubleArray.Builder().Append(double.MaxValue).Append(double.NegativeInfinity).AppendNull().Build(), double.MaxValue, double.NegativeInfinity),
        Column(Decimals(), SqlDecimal.Parse("99999999999999999999.999999999999999999"), SqlDecimal.Parse("-0.000000000000000001")),
        Column(new StringArray.Builder().Append("").Append("Ä\u0000𝄞").AppendNull().Build(), "", "Ä\u0000𝄞"),
        Column(new BinaryArray.Builder().Append((ReadOnlySpan<byte>)[]).Append((ReadOnlySpan<byte>)[0, 255]).AppendNull().Build(), System.Array.Empty<byte>(), (byte[])[0, 255]),
        Column(new Date32Array.Builder().Append(new DateOnly(1, 1, 1)).Append(new DateOnly(9999, 12, 31)).AppendNull().Build(), new DateOnly(1, 1, 1), new DateOnly(9999, 12, 31)),
        Column(new TimestampArray.Builder(new TimestampType(TimeUnit.Microsecond, "UTC")).Append(Moment).Append(Moment.AddYears(-200)).AppendNull().Build(), Moment, Moment.AddYears(-200)),
        Column(new TimestampArray.Builder(new TimestampType(TimeUnit.Microsecond, (string?)null)).Append(Moment).Append(Moment.AddYears(-200)).AppendNull().Build(), Moment.DateTime, Moment.AddYears(-200).DateTime),
        Column(new DurationArray.Builder(DurationType.Microsecond).Append(TimeSpan.FromDays(3)).Append(TimeSpan.FromMicroseconds(-1)).AppendNull().Build(), TimeSpan.FromDays(3), TimeSpan.FromMicroseconds(-1)),
        Column(Lists(), (object?[])[1, null], System.Array.Empty<object?>()),
        Column(Maps(), new Dictionary<object, object?> { ["a"] = 1L, ["b"] = null }, new Dictionary<object, object?>()),
        Column(Structs(), "[7, x]", "[null, null]"),
    ];

    public static RecordBatch Batch() => new(new Schema(Columns.Select(column => column.Field), null), Columns.Select(column => column.Array), 3);

    public static IReadOnlyList<object> FirstRow => [.. Columns.Select(column => column.First)];

    public static IReadOnlyList<object> SecondRow => [.. Columns.Select(column => column.Second)];

    private static (Field, IArrowArray, object, object) Column(IArrowArray array, object first, object second)
    {
        var type = array.Data.DataType;
        return (new(string.Create(CultureInfo.InvariantCulture, $"{type.TypeId}.{(type as TimestampType)?.Timezone}`"), type, true), array, first, second);
    }

    private static Decimal128Array Decimals() => new Decimal128Array.Builder(new Decimal128Type(38, 18))
        .Append(SqlDecimal.Parse("99999999999999999999.999999999999999999")).Append(SqlDecimal.Parse("-0.000000000000000001")).AppendNull().Build();

    private static ListArray Lists()
    {
        var builder = new ListArray.Builder(new Field("element", Int32Type.Default, true));
        var values = (Int32Array.Builder)builder.ValueBuilder;
        builder.Append();
        values.Append(1).AppendNull();
        builder.Append();
        builder.AppendNull();
        return builder.Build();
    }

    private static MapArray Maps()
    {
        var builder = new MapArray.Builder(new MapType(StringType.Default, Int64Type.Default));
        builder.Append();
        ((StringArray.Builder)builder.KeyBuilder).Append("a").Append("b");
        ((Int64Array.Builder)builder.ValueBuilder).Append(1).AppendNull();
        builder.Append();
        builder.AppendNull();
        return builder.Build();
    }

    private static StructArray Structs()
    {
        var type = new StructType([new Field("number", Int32Type.Default, true), new Field("text", StringType.Default, true)]);
        var validity = new ArrowBuffer.BitmapBuilder().Append(true).Append(true).Append(false).Build();
        return new(type, 3, [
            new Int32Array.Builder().Append(7).AppendNull().AppendNull().Build(),
            new StringArray.Builder().Append("x").AppendNull().AppendNull().Build()], validity, 1);
    }
}
