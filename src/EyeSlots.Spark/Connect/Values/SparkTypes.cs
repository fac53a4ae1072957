using Apache.Arrow;
using Apache.Arrow.Types;
using EyeSlots.Spark.Connect.Protocol;
using SparkStruct = EyeSlots.Spark.Connect.Protocol.DataType.Types.Struct;

namespace EyeSlots.Spark.Connect.Values;

/// <summary>Spark's types for Arrow's. What Spark takes from Arrow is less than Arrow has; the rest is refused with what to use.</summary>
internal static class SparkTypes
{
    public const string Supported =
        "boolean, int8 to int64, float, double, decimal128, utf8, binary, large utf8 and binary, date32, timestamp and duration in microseconds, list, struct, map and null";

    /// <summary>The struct of a schema's columns. Throws <see cref="ArgumentException"/> for a type that Spark has not.</summary>
    public static DataType ToSpark(Schema schema) => new() { Struct = ToSpark(schema.FieldsList) };

    /// <summary>The columns of the struct that Spark answers an analysis with.</summary>
    public static Schema ToArrowSchema(DataType type) => new(type.Struct.Fields.Select(ArrowTypes.Field), null);

    private static SparkStruct ToSpark(IEnumerable<Field> fields)
    {
        var result = new SparkStruct();
        result.Fields.AddRange(fields.Select(field => new DataType.Types.StructField
        {
            Name = field.Name,
            DataType = ToSpark(field),
            Nullable = field.IsNullable,
        }));
        return result;
    }

    private static DataType ToSpark(Field field) => field.DataType switch
    {
        ListType list => new() { Array = new() { ElementType = ToSpark(list.ValueField), ContainsNull = list.ValueField.IsNullable } },
        MapType map => new()
        {
            Map = new() { KeyType = ToSpark(map.KeyField), ValueType = ToSpark(map.ValueField), ValueContainsNull = map.ValueField.IsNullable },
        },
        StructType inner => new() { Struct = ToSpark(inner.Fields) },
        Decimal128Type number => new() { Decimal = new() { Precision = number.Precision, Scale = number.Scale } },
        TimestampType { Unit: TimeUnit.Microsecond } time => time.Timezone is null or "" ? new() { TimestampNtz = new() } : new() { Timestamp = new() },
        DurationType { Unit: TimeUnit.Microsecond } => new() { DayTimeInterval = new() { StartField = 0, EndField = 3 } },
        var plain => Plain(plain.TypeId) ?? throw new ArgumentException($"Column '{field.Name}' is {plain.Name}, which Spark has not; use one of {Supported}."),
    };

    private static DataType? Plain(ArrowTypeId type) => type switch
    {
        ArrowTypeId.Null => new() { Null = new() },
        ArrowTypeId.Boolean => new() { Boolean = new() },
        ArrowTypeId.Int8 => new() { Byte = new() },
        ArrowTypeId.Int16 => new() { Short = new() },
        ArrowTypeId.Int32 => new() { Integer = new() },
        ArrowTypeId.Int64 => new() { Long = new() },
        ArrowTypeId.Float => new() { Float = new() },
        ArrowTypeId.Double => new() { Double = new() },
        ArrowTypeId.String or ArrowTypeId.LargeString => new() { String = new() },
        ArrowTypeId.Binary or ArrowTypeId.LargeBinary => new() { Binary = new() },
        ArrowTypeId.Date32 => new() { Date = new() },
        _ => null,
    };
}
