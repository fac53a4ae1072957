using Apache.Arrow;

namespace EyeSlots.Spark.Connect.Values;

/// <summary>One value of an Arrow array as .NET has it; see <see cref="Row"/> for the list.</summary>
internal static class ArrowValues
{
    public static object? Read(IArrowArray array, int index) => array.IsNull(index) ? null : array switch
    {
        BooleanArray values => values.GetValue(index),
        Int8Array values => values.GetValue(index),
        Int16Array values => values.GetValue(index),
        Int32Array values => values.GetValue(index),
        Int64Array values => values.GetValue(index),
        FloatArray values => values.GetValue(index),
        DoubleArray values => values.GetValue(index),
        Decimal128Array values => values.GetSqlDecimal(index),
        StringArray values => values.GetString(index),
        LargeStringArray values => values.GetString(index),
        BinaryArray values => values.GetBytes(index).ToArray(),
        LargeBinaryArray values => values.GetBytes(index).ToArray(),
        Date32Array values => values.GetDateOnly(index),
        TimestampArray values => Time(values, index),
        DurationArray values => values.GetTimeSpan(index),
        MapArray values => Map(values, index),
        ListArray values => List(values, index),
        StructArray values => Struct(values, index),
        _ => throw new NotSupportedException($"Values of {array.Data.DataType.Name} are not read as rows; collect batches instead."),
    };

    public static Row Struct(StructArray array, int index)
    {
        var type = (Apache.Arrow.Types.StructType)array.Data.DataType;
        return new(type.Fields, [.. array.Fields.Select(child => Read(child, index))]);
    }

    private static object Time(TimestampArray array, int index)
    {
        var time = array.GetTimestamp(index)!.Value;
        var type = (Apache.Arrow.Types.TimestampType)array.Data.DataType;

        // Boxed one by one: a DateTime beside a DateTimeOffset would become one.
        return string.IsNullOrEmpty(type.Timezone) ? (object)time.DateTime : time.ToUniversalTime();
    }

    private static object?[] List(ListArray array, int index) => Items(array.Values, array.ValueOffsets[index], array.ValueOffsets[index + 1]);

    private static object?[] Items(IArrowArray values, int from, int to)
    {
        var items = new object?[to - from];
        for (var i = 0; i < items.Length; i++) items[i] = Read(values, from + i);
        return items;
    }

    private static Dictionary<object, object?> Map(MapArray array, int index)
    {
        var map = new Dictionary<object, object?>();
        for (var i = array.ValueOffsets[index]; i < array.ValueOffsets[index + 1]; i++)
            map[Read(array.Keys, i)!] = Read(array.Values, i);
        return map;
    }
}
