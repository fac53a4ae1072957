using Apache.Arrow.Types;
using EyeSlots.Spark.Worker.Protocol;

namespace EyeSlots.Spark.Worker.Batches;

/// <summary>Arrow's types as texts, equal where the types are, and which of them Spark takes as output.</summary>
internal static class ArrowTypes
{
    /// <summary>For example <c>list&lt;element: utf8&gt;</c>. Says nothing of nullability.</summary>
    internal static string TextOf(IArrowType type) => type switch
    {
        TimestampType timestamp => $"timestamp[{timestamp.Unit}, {timestamp.Timezone ?? "no time zone"}]",
        DurationType duration => $"duration[{duration.Unit}]",
        TimeBasedType time => $"{time.Name}[{time.Unit}]",
        IntervalType interval => $"interval[{interval.Unit}]",
        Decimal128Type number => $"decimal128({number.Precision}, {number.Scale})",
        FixedSizeBinaryType binary => $"{binary.Name}[{binary.ByteWidth}]",
        NestedType nested => $"{nested.Name}<{string.Join(", ", nested.Fields.Select(field => $"{field.Name}: {TextOf(field.DataType)}"))}>",
        _ => type.Name,
    };

    /// <summary>The innermost type that Spark cannot take from a worker; null where it takes all.</summary>
    internal static IArrowType? FirstRefused(IArrowType type, ProtocolLevel level)
    {
        if (!IsTaken(type, level)) return type;
        return type is NestedType nested
            ? nested.Fields.Select(field => FirstRefused(field.DataType, level)).FirstOrDefault(refused => refused is not null)
            : null;
    }

    private static bool IsTaken(IArrowType type, ProtocolLevel level) => type.TypeId switch
    {
        ArrowTypeId.Null or ArrowTypeId.Boolean => true,
        ArrowTypeId.Int8 or ArrowTypeId.Int16 or ArrowTypeId.Int32 or ArrowTypeId.Int64 => true,
        ArrowTypeId.Float or ArrowTypeId.Double or ArrowTypeId.Decimal128 or ArrowTypeId.Date32 => true,
        ArrowTypeId.String or ArrowTypeId.LargeString or ArrowTypeId.Binary or ArrowTypeId.LargeBinary => true,
        ArrowTypeId.List or ArrowTypeId.Struct or ArrowTypeId.Map => true,
        ArrowTypeId.Timestamp => ((TimestampType)type).Unit == TimeUnit.Microsecond,
        ArrowTypeId.Duration => ((DurationType)type).Unit == TimeUnit.Microsecond,
        ArrowTypeId.Time64 => level.Number >= 41 && ((Time64Type)type).Unit == TimeUnit.Nanosecond,
        ArrowTypeId.Interval => IsTaken(((IntervalType)type).Unit, level),
        _ => false,
    };

    private static bool IsTaken(IntervalUnit unit, ProtocolLevel level) =>
        unit == IntervalUnit.YearMonth || (unit == IntervalUnit.MonthDayNanosecond && level.Number >= 40);
}
