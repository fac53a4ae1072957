using Apache.Arrow;
using Apache.Arrow.Types;
using EyeSlots.Spark.Connect.Protocol;
using Kind = EyeSlots.Spark.Connect.Protocol.DataType.KindOneofCase;

namespace EyeSlots.Spark.Connect.Values;

/// <summary>Arrow's types for Spark's, as Spark sends results.</summary>
internal static class ArrowTypes
{
    public static Field Field(DataType.Types.StructField field) => new(field.Name, Of(field.Name, field.DataType), field.Nullable);

    private static IArrowType Of(string name, DataType type) => type.KindCase switch
    {
        Kind.Array => new ListType(new Field("element", Of(name, type.Array.ElementType), type.Array.ContainsNull)),
        Kind.Map => new MapType(
            new Field("key", Of(name, type.Map.KeyType), false), new Field("value", Of(name, type.Map.ValueType), type.Map.ValueContainsNull)),
        Kind.Struct => new StructType([.. type.Struct.Fields.Select(Field)]),
        Kind.Decimal => new Decimal128Type(type.Decimal.Precision, type.Decimal.Scale),
        var kind => Plain(kind) ?? throw new SparkException($"Column '{name}' has a type that this client does not know; select it AS STRING, or leave it out."),
    };

    private static IArrowType? Plain(Kind kind) => kind switch
    {
        Kind.Null => NullType.Default,
        Kind.Boolean => BooleanType.Default,
        Kind.Byte => Int8Type.Default,
        Kind.Short => Int16Type.Default,
        Kind.Integer => Int32Type.Default,
        Kind.Long => Int64Type.Default,
        Kind.Float => FloatType.Default,
        Kind.Double => DoubleType.Default,
        Kind.String or Kind.Char or Kind.VarChar => StringType.Default,
        Kind.Binary => BinaryType.Default,
        Kind.Date => Date32Type.Default,
        Kind.Timestamp => new TimestampType(TimeUnit.Microsecond, "UTC"),
        Kind.TimestampNtz => new TimestampType(TimeUnit.Microsecond, (string?)null),
        Kind.DayTimeInterval => DurationType.Microsecond,
        _ => null,
    };
}
